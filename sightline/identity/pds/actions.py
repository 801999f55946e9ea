"""Asking PDS about records, and what a person rules of the answers.

Each record is asked about outside of any transaction and stored in one of its own: what PDS has been asked
cannot be unasked, so a run that is stopped keeps what it has, and the next goes on from there.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sightline.access.actions import record_act
from sightline.identity.pds import lookups
from sightline.identity.pds.cascade import PdsAnswers, recheck, trace, why_not_asked
from sightline.identity.pds.client import PdsAccess, PdsClient, may_connect
from sightline.identity.pds.lookups import ToTrace, TraceOf
from sightline.identity.pds.models import PdsRuling, PdsTrace
from sightline.identity.pds.outcomes import Answer, Outcome, Traced
from sightline.identity.pds.reference_keys import reference_keys
from sightline.identity.pds.references import ReferenceKeys, reference_to
from sightline.identity.pds.rules import RULE_SET
from sightline.identity.pds.ruling import may_ask, may_rule
from sightline.intake.records import PersonRecord
from sightline.vocabulary.decisions import require
from sightline.vocabulary.identifiers import NHSNumber
from sightline.vocabulary.progress import Progress, silent

FAILURES_TO_STOP = 3
"""Records in a row of which no question was answered: PDS is out of reach, and asking on helps nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TracingResult:
    """What a run did. Every record that was to be asked about is in `outcomes` or `left`."""

    outcomes: Mapping[Outcome, int]
    left: int
    stopped_because: str = ""

    @property
    def traced(self) -> int:
        return sum(self.outcomes.values())


def trace_numbers(
    *,
    by: str,
    purpose: str,
    as_of: date,
    agencies: Collection[str] = (),
    with_numbers: bool = False,
    at_most: int | None = None,
    pds: PdsAnswers | None = None,
    progress: Progress = silent,
) -> TracingResult:
    """Ask PDS for the NHS numbers of the children whose records have none, and keep every answer.

    A record is asked about once, again when its details change, and again when the asking failed. Raises
    `Refusal` where tracing is off, nobody or no purpose is named, or the rules are not the approved ones.
    """
    asked = _pds(pds, by=by, purpose=purpose)
    keys = reference_keys(settings.SIGHTLINE_REFERENCE_KEYS, as_of=as_of)
    waiting = list(lookups.records_to_trace(keys=keys, agencies=agencies, with_numbers=with_numbers))
    run = _Run(asked, keys, by=by.strip(), purpose=purpose.strip(), as_of=as_of)
    for each in waiting[:at_most]:
        progress("Asking PDS", sum(run.outcomes.values()), len(waiting))
        run.trace(each)
        if run.stopped_because:
            break
    return run.result(to_ask=len(waiting))


def recheck_numbers(
    *,
    by: str,
    purpose: str,
    as_of: date,
    found_before: date,
    agencies: Collection[str] = (),
    at_most: int | None = None,
    pds: PdsAnswers | None = None,
    progress: Progress = silent,
) -> TracingResult:
    """Ask PDS again about numbers found before a day: still so, replaced by another, or given up.

    A number that was given up is sought anew with the details of the record. Raises as `trace_numbers`.
    """
    asked = _pds(pds, by=by, purpose=purpose)
    keys = reference_keys(settings.SIGHTLINE_REFERENCE_KEYS, as_of=as_of)
    due = lookups.settled_before(found_before, agencies)
    held = {(agency, person.record_id): person for agency, person in lookups.children_held(agencies)}
    waiting = [
        (held[record], before)
        for record, before in due.items()
        if record in held and why_not_asked(held[record], as_of=as_of) is None
    ]
    run = _Run(asked, keys, by=by.strip(), purpose=purpose.strip(), as_of=as_of)
    for person, before in waiting[:at_most]:
        progress("Asking PDS again", sum(run.outcomes.values()), len(waiting))
        run.recheck(person, before)
        if run.stopped_because:
            break
    return run.result(to_ask=len(waiting))


@transaction.atomic
def rule_on_trace(trace_number: int, *, nhs_number: str, why: str, by: str) -> int:
    """Say which of the numbers found is the child's, or with an empty number that none is.

    Raises `Refusal` unless this is the record's newest trace, needs a person, and found that number.
    """
    looked_at = lookups.trace_numbered(trace_number)
    newest = looked_at and lookups.latest_traces([looked_at.agency]).get(
        (looked_at.agency, looked_at.record_id)
    )
    chosen = NHSNumber(nhs_number).text if nhs_number.strip() else ""
    require(may_rule(newest, trace_number=trace_number, nhs_number=chosen, why=why))
    record_act(
        "identity.rule_on_pds_trace",
        by=by,
        thing_kind="pds_trace",
        thing_id=str(trace_number),
        fields=["nhs_number"],
    )
    ruling = PdsRuling.objects.create(
        trace_id=trace_number, nhs_number=chosen, by=by.strip(), at=timezone.now(), why=why.strip()
    )
    return ruling.pk


def configured_access() -> PdsAccess:
    return PdsAccess(**settings.SIGHTLINE_PDS)


def _pds(pds: PdsAnswers | None, *, by: str, purpose: str) -> PdsAnswers:
    require(may_ask(by=by, purpose=purpose, approved_rules=settings.SIGHTLINE_PDS_RULES, rules=RULE_SET))
    if pds is not None:
        return pds
    access = configured_access()
    require(may_connect(access))
    return PdsClient(access)


class _Run:
    """One run's asking, storing and counting."""

    def __init__(self, pds: PdsAnswers, keys: ReferenceKeys, *, by: str, purpose: str, as_of: date) -> None:
        self.pds = pds
        self.keys = keys
        self.by = by
        self.purpose = purpose
        self.as_of = as_of
        self.outcomes: Counter[Outcome] = Counter()
        self.stopped_because = ""
        self._unanswered = 0

    def trace(self, each: ToTrace) -> None:
        traced = trace(each.person, pds=self.pds, as_of=self.as_of, earlier=each.earlier)
        self._store(each.agency, each.person, traced)

    def recheck(self, person: PersonRecord, before: TraceOf) -> None:
        traced = recheck(before.settled_number, person, pds=self.pds, earlier=before.results)
        if traced.results[0].answer in (Answer.NONE, Answer.INVALIDATED):
            traced = trace(person, pds=self.pds, as_of=self.as_of)
        self._store(before.agency, person, traced)

    def result(self, *, to_ask: int) -> TracingResult:
        return TracingResult(
            outcomes=dict(self.outcomes),
            left=to_ask - sum(self.outcomes.values()),
            stopped_because=self.stopped_because,
        )

    @transaction.atomic
    def _store(self, agency: str, person: PersonRecord, traced: Traced) -> None:
        best = traced.best
        row = PdsTrace.objects.create(
            agency=agency,
            record_id=person.record_id,
            reference=reference_to(person, self.keys),
            outcome=traced.outcome.value,
            reasons=[reason.value for reason in dict.fromkeys(traced.reasons)],
            nhs_number=traced.nhs_number,
            held_number=best.held_number if best else "",
            score=best.score if best else None,
            rule=best.rule if best else "",
            rule_version=best.version if best else None,
            rule_set=RULE_SET,
            date_error=best.date_error.value if best else "none",
            is_restricted=any(each.is_restricted for each in traced.results),
            results=[each.as_dict() for each in traced.results],
            at=timezone.now(),
            as_of=self.as_of,
            by=self.by,
            purpose=self.purpose,
        )
        record_act(
            "identity.trace_nhs_number",
            by=self.by,
            thing_kind="pds_trace",
            thing_id=str(row.pk),
            fields=["outcome"],
        )
        self.outcomes[traced.outcome] += 1
        self._judge_whether_to_go_on(traced)

    def _judge_whether_to_go_on(self, traced: Traced) -> None:
        if traced.outcome is Outcome.NOT_ALLOWED:
            self.stopped_because = "PDS does not allow us to ask. Nothing more was sent."
        asked = traced.results
        is_unanswered = bool(asked) and all(each.answer is Answer.FAILED for each in asked)
        self._unanswered = self._unanswered + 1 if is_unanswered else 0
        if self._unanswered >= FAILURES_TO_STOP:
            self.stopped_because = (
                f"PDS answered nothing about {FAILURES_TO_STOP} records in a row. They will be asked again."
            )
