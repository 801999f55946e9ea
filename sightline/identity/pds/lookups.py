"""Which records have to be traced, which numbers were found, and which traces wait for a person."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from sightline.identity.folding import folded
from sightline.identity.pds.models import PdsRuling, PdsTrace
from sightline.identity.pds.outcomes import (
    NEEDS_A_PERSON,
    TO_BE_ASKED_AGAIN,
    Outcome,
    Reason,
    RuleResult,
    live_numbers,
)
from sightline.identity.pds.references import ReferenceKeys, fits
from sightline.intake.lookups import Record, current_people
from sightline.intake.records import PersonRecord
from sightline.intake.restriction_actions import closed_records
from sightline.vocabulary.codes import Sex

_TEXTS = ("surname", "forenames", "preferred_forename", "former_surname", "nhs_number", "postcode")
_FLAGS = ("is_adult", "is_restricted", "is_address_protected")


@dataclass(frozen=True, slots=True, repr=False)
class TraceOf:
    """A stored trace. `number` is what rulings are about."""

    number: int
    agency: str
    record_id: str
    reference: str
    outcome: Outcome
    reasons: tuple[Reason, ...]
    nhs_number: str
    results: tuple[RuleResult, ...]
    is_restricted: bool
    at: datetime
    ruled_number: str | None = None  # what a person said: a number, or empty for none; None: nobody has

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every NHS number that any rule found, the first found first."""
        return live_numbers(self.results)

    @property
    def settled_number(self) -> str:
        """The child's number, by a person's ruling or else by the rules; empty where there is none."""
        if self.ruled_number is not None:
            return self.ruled_number
        return self.nhs_number if self.outcome is Outcome.FOUND else ""

    @property
    def needs_a_person(self) -> bool:
        return self.outcome in NEEDS_A_PERSON and self.ruled_number is None


@dataclass(frozen=True, slots=True, repr=False)
class ToTrace:
    """A record to be traced. `earlier` holds what was answered about the same details before."""

    agency: str
    person: PersonRecord
    earlier: tuple[RuleResult, ...] = ()


def latest_traces(agencies: Collection[str] = (), *, answered: bool = False) -> dict[Record, TraceOf]:
    """The newest trace of every record that was ever asked about; with `answered` the newest with an answer.

    A person's ruling stands for later traces too, as long as they find the same numbers.
    """
    traces = PdsTrace.objects.filter(agency__in=agencies) if agencies else PdsTrace.objects.all()
    if answered:
        traces = traces.exclude(outcome__in=[each.value for each in TO_BE_ASKED_AGAIN])
    newest = traces.values("agency", "record_id").annotate(newest=Max("pk")).values("newest")
    rulings = _rulings()
    found = {}
    for row in PdsTrace.objects.filter(pk__in=newest).order_by("agency", "record_id").iterator():
        trace = _trace_of(row)
        ruled = rulings.get((row.agency, row.record_id, frozenset(trace.numbers)))
        found[row.agency, row.record_id] = replace(trace, ruled_number=ruled)
    return found


def _rulings() -> Mapping[tuple[str, str, frozenset[str]], str]:
    """The last thing said of each record and choice of numbers."""
    rows = PdsRuling.objects.select_related("trace").order_by("pk")
    traces = ((_trace_of(row.trace), row.nhs_number) for row in rows)
    return {(each.agency, each.record_id, frozenset(each.numbers)): said for each, said in traces}


def trace_numbered(number: int) -> TraceOf | None:
    row = PdsTrace.objects.filter(pk=number).first()
    return _trace_of(row) if row else None


def _trace_of(row: PdsTrace) -> TraceOf:
    return TraceOf(
        number=row.pk,
        agency=row.agency,
        record_id=row.record_id,
        reference=row.reference,
        outcome=Outcome(row.outcome),
        reasons=tuple(Reason(each) for each in row.reasons),
        nhs_number=row.nhs_number,
        results=tuple(RuleResult.from_dict(each) for each in row.results),
        is_restricted=row.is_restricted,
        at=row.at,
    )


def children_held(agencies: Collection[str] = ()) -> Iterator[tuple[str, PersonRecord]]:
    """Every record about a child, folded to one, with the flag of those closed at adoption."""
    closed = closed_records()
    for row in folded(current_people(agencies=agencies)).iter_rows(named=True):
        told: dict[str, Any] = {name: row[name] or "" for name in _TEXTS}
        told |= {name: bool(row[name]) for name in _FLAGS}
        told["is_restricted"] |= (row["agency"], row["record_id"]) in closed
        person = PersonRecord(
            record_id=row["record_id"],
            born_on=row["born_on"],
            sex=Sex(row["sex"]) if row["sex"] else None,
            aliases=tuple(row["aliases"] or ()),
            **told,
        )
        if not person.is_adult:
            yield row["agency"], person


def records_to_trace(
    *, keys: ReferenceKeys, agencies: Collection[str] = (), with_numbers: bool = False
) -> Iterator[ToTrace]:
    """Records that were never asked about, whose details have changed since, or whose asking failed.

    A record that holds a number is asked about only `with_numbers`.
    """
    traces = latest_traces(agencies)
    for agency, person in children_held(agencies):
        if person.nhs_number and not with_numbers:
            continue
        before = traces.get((agency, person.record_id))
        is_same = before is not None and fits(before.reference, person, keys)
        if before is None or not is_same:
            yield ToTrace(agency, person)
        elif before.outcome in TO_BE_ASKED_AGAIN:
            yield ToTrace(agency, person, before.results)


def found_numbers(agencies: Collection[str] = ()) -> Mapping[Record, str]:
    """The NHS number of each record for which one is settled, by the rules or by a person.

    For whoever joins records. A record closed since then has none; a failure since then takes none away.
    """
    return {record: trace.settled_number for record, trace in _settled(agencies).items()}


def _settled(agencies: Collection[str]) -> dict[Record, TraceOf]:
    closed = closed_records()
    traces = latest_traces(agencies, answered=True)
    return {record: each for record, each in traces.items() if each.settled_number and record not in closed}


def waiting_for_a_person(agencies: Collection[str] = ()) -> tuple[TraceOf, ...]:
    traces = latest_traces(agencies, answered=True).values()
    closed = closed_records()
    return tuple(
        each for each in traces if each.needs_a_person and (each.agency, each.record_id) not in closed
    )


def settled_before(day: date, agencies: Collection[str] = ()) -> dict[Record, TraceOf]:
    """Settled traces from before a day, whose numbers are due to be asked about again."""
    return {record: each for record, each in _settled(agencies).items() if each.at.date() < day}
