"""Deciding which records are one child, and people's rulings on it. Each change is recorded and undoable."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sightline.access.actions import record_act
from sightline.identity import lookups, permitting
from sightline.identity.learnt.lookups import weights_in_force
from sightline.identity.models import (
    Answer,
    Identity,
    Link,
    LinkKind,
    LinkRun,
    Membership,
    Question,
    Reliance,
    Ruling,
)
from sightline.identity.numbering import numbered
from sightline.identity.redeciding import Redecided, Tie, redecide
from sightline.identity.runs import Decided, code_version, decided, digest_of, pairs_frame
from sightline.identity.standing import Pair, Record, Standing, pair_of
from sightline.identity.storing import (
    LINKS,
    PAIR,
    current_links,
    current_memberships,
    open_questions,
    store_links,
    store_numbers,
    store_questions,
)
from sightline.identity.weights import Weights
from sightline.vocabulary.decisions import require
from sightline.vocabulary.progress import Progress, silent

TIMES_TRIED = 3


class RulingsChanged(OSError):
    """Somebody ruled again and again while a run was deciding. Its text is fit to be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkResult:
    """What a run decided. `was_current`: nothing had changed since the last, and nothing was written."""

    run: int
    records: int
    identities: int
    joined: int
    asked: int
    changed_records: int
    weights_version: str
    was_current: bool = False


def run_link(
    *, by: str, as_of: date, weights: Weights | None = None, progress: Progress = silent
) -> LinkResult:
    """Decide of every record which identity it is of, under the rulings that stand.

    An identity keeps its number while the largest part of its records stays together; merges and splits are
    recorded. Where people, rulings, weights and code are those of the last run, nothing is done.
    Raises `Refusal` where nobody is named and `RulingsChanged`.
    """
    require(permitting.names_somebody(by))
    weights = weights or weights_in_force()
    progress("reading people", 0, 0)
    people = lookups.people_for_linking()
    people_sha256 = digest_of(people)
    for _ in range(TIMES_TRIED):
        last_ruling = lookups.last_ruling_number()
        if current := _is_current(people_sha256, weights, last_ruling):
            return current
        answer = decided(people, rulings=lookups.rulings_standing(), weights=weights, progress=progress)
        progress("storing identities", 0, 0)
        run = LinkRun(
            at=timezone.now(),
            by=by.strip(),
            as_of=as_of,
            records=people.height,
            identities=answer.identities,
            joined=people.height - answer.identities,
            asked=answer.questions.height,
            last_ruling=last_ruling,
            weights_version=weights.version,
            code_version=code_version(),
            people_sha256=people_sha256,
        )
        if (result := _stored(run, answer)) is not None:
            return result
    raise RulingsChanged(
        "Nothing was changed: rulings were made faster than the run could take them in. Run it again."
    )


def _is_current(people_sha256: str, weights: Weights, last_ruling: int) -> LinkResult | None:
    last = lookups.last_run()
    if last is None or (last.people_sha256, last.last_ruling) != (people_sha256, last_ruling):
        return None
    if (last.weights_version, last.code_version) != (weights.version, code_version()):
        return None
    return LinkResult(
        run=last.pk,
        records=last.records,
        identities=last.identities,
        joined=last.joined,
        asked=last.asked,
        changed_records=0,
        weights_version=last.weights_version,
        was_current=True,
    )


@transaction.atomic
def _stored(run: LinkRun, answer: Decided) -> LinkResult | None:
    """Nothing where somebody has ruled since the run began: it has to take that ruling in."""
    held = current_memberships()
    records = answer.clusters.join(held, on=("agency", "record_id"), how="left", maintain_order="left")
    records = records.with_columns(pl.col("before").fill_null(0))
    gone = held.join(answer.clusters, on=("agency", "record_id"), how="anti")
    numbering = numbered(records, gone=gone.select("before"), next_number=_next_number())
    run.answer_sha256 = digest_of(
        records.select("agency", "record_id").with_columns(numbering.numbers.alias("number"))
    )
    run.save()
    record_act("identity.run_link", by=run.by, thing_kind="link_run", thing_id=str(run.pk), at=run.at)
    if lookups.last_ruling_number() != run.last_ruling:
        transaction.set_rollback(True)
        return None
    changed = store_numbers(run, records, gone=gone["id"].to_list(), numbering=numbering)
    store_links(run, answer.links, held=current_links())
    store_questions(run, answer.questions, held=open_questions())
    return LinkResult(
        run=run.pk,
        records=run.records,
        identities=run.identities,
        joined=run.joined,
        asked=run.asked,
        changed_records=changed,
        weights_version=run.weights_version,
    )


def _next_number() -> int:
    return (Identity.objects.aggregate(last=Max("number"))["last"] or 0) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingResult:
    """What a ruling did at once: the identities of its two records now, and who relied on what it undoes."""

    ruling: int
    identities: tuple[str | None, str | None]
    changed_records: int
    relied: tuple[lookups.Relied, ...]


@transaction.atomic
def rule(
    *, by: str, record_a: Record, record_b: Record, answer: Answer, why: str, as_of: date
) -> RulingResult:
    """Say of two records whether they are the same child. It takes effect at once and holds in every run.

    “Same” joins their identities, “never” parts them by the evidence of the last run, “unsure” only takes
    the question out of the queue. Raises `Refusal`.
    """
    _queue_behind_other_rulings()
    pair = pair_of(record_a, record_b)
    before = lookups.rulings_standing()
    _require_may_rule(pair, answer, before, by=by, why=why)
    relied = lookups.relied_since(*pair) if answer is Answer.NEVER else []
    row = _new_ruling(pair, answer, by=by, why=why)
    return _in_effect(row, pair, as_of=as_of, relied=relied, restored=())


@transaction.atomic
def undo_ruling(*, by: str, ruling: int, why: str, as_of: date) -> RulingResult:
    """Take a ruling back: what stood before it stands again, and its question is asked again."""
    _queue_behind_other_rulings()
    made = Ruling.objects.filter(pk=ruling).first()
    require(permitting.may_undo(made, by=by, why=why))
    assert made is not None
    pair = ((made.agency_a, made.record_a), (made.agency_b, made.record_b))
    relied = lookups.relied_since(*pair) if made.answer == Answer.SAME else []
    row = _new_ruling(pair, Answer.UNDONE, by=by, why=why, undoes=made)
    return _in_effect(row, pair, as_of=as_of, relied=relied, restored=_runs_of(made))


def _queue_behind_other_rulings() -> None:
    """Two rulings at one moment must not contradict each other unseen. SQLite has one writer anyhow."""
    LinkRun.objects.select_for_update().order_by("pk").first()


def _runs_of(ruling: Ruling) -> Sequence[int]:
    return list(LinkRun.objects.filter(ruling=ruling).values_list("pk", flat=True))


def _require_may_rule(pair: Pair, answer: Answer, before: Standing, *, by: str, why: str) -> None:
    require(permitting.names_somebody(by))
    require(permitting.says_why(why))
    current = {record: lookups.identity_of(*record) for record in pair}
    require(permitting.are_two_held_records(pair, current))
    if answer is Answer.SAME:
        closed = set(lookups.closed_among(pair))
        require(permitting.are_open(pair, closed))
        members = [set(lookups.records_of(current[record] or "")) for record in pair]
        require(permitting.is_not_forbidden(pair, members, before))
    if answer is Answer.NEVER:
        require(permitting.is_not_ruled_together(pair, before))
    require(permitting.is_not_ruled_so(pair, answer, before))


def _new_ruling(pair: Pair, answer: Answer, *, by: str, why: str, undoes: Ruling | None = None) -> Ruling:
    (agency_a, record_a), (agency_b, record_b) = pair
    return Ruling.objects.create(
        agency_a=agency_a,
        record_a=record_a,
        agency_b=agency_b,
        record_b=record_b,
        answer=answer.value,
        undoes=undoes,
        by=by.strip(),
        at=timezone.now(),
        why=why.strip(),
    )


def _in_effect(
    ruling: Ruling, pair: Pair, *, as_of: date, relied: Iterable[lookups.Relied], restored: Sequence[int]
) -> RulingResult:
    """Decide the identities of the two records again. `restored` are runs whose endings are taken back."""
    members = sorted(
        {record for one in pair for record in lookups.records_of(lookups.identity_of(*one) or "")}
    )
    standing = lookups.rulings_standing()
    ties = [*_ties_among(members, restored), *(Tie(each, 0.0, is_ruled=True) for each in standing.same)]
    answer = redecide(members, ties=ties, never=standing.never)
    reopened = _asked_before(restored, standing)
    last = lookups.last_run()
    assert last is not None, "records have identities, so there was a run"
    run = LinkRun.objects.create(
        at=ruling.at,
        by=ruling.by,
        as_of=as_of,
        ruling=ruling,
        records=len(members),
        identities=len(answer.groups),
        joined=len(members) - len(answer.groups),
        asked=reopened.height,
        last_ruling=ruling.pk,
        weights_version=last.weights_version,
        code_version=code_version(),
    )
    name = "identity.undo_ruling" if ruling.undoes_id else "identity.rule"
    record_act(
        name, by=ruling.by, thing_kind="ruling", thing_id=str(ruling.pk), fields=["answer"], at=ruling.at
    )
    changed = _store_redecided(run, members, answer)
    _store_questions_of(run, pair, answer, reopened)
    return RulingResult(
        ruling=ruling.pk,
        identities=(lookups.identity_of(*pair[0]), lookups.identity_of(*pair[1])),
        changed_records=changed,
        relied=tuple(relied),
    )


def _ties_among(members: Sequence[Record], restored: Sequence[int]) -> list[Tie]:
    """The model's links that stand, and those that ended in a run which is taken back."""
    among = lookups.links_among(members)
    standing = set(
        Link.objects.filter(pk__in=[each.link for each in among], until_run=None).values_list("pk", flat=True)
    )
    back = (
        set(Link.objects.filter(until_run__in=restored).values_list("pk", flat=True)) if restored else set()
    )
    return [
        Tie(each.pair, each.bits)
        for each in among
        if each.kind is LinkKind.MODEL and each.link in standing | back
    ]


def _store_redecided(run: LinkRun, members: Sequence[Record], answer: Redecided) -> int:
    cluster_of = {record: at for at, group in enumerate(answer.groups) for record in group}
    held = Membership.objects.filter(until_run=None)
    rows = []
    for agency, record_id in members:
        now = held.get(agency=agency, record_id=record_id)
        rows.append((now.pk, agency, record_id, cluster_of[agency, record_id], now.identity_id))
    schema = {
        "id": pl.Int64,
        "agency": pl.String,
        "record_id": pl.String,
        "cluster": pl.Int64,
        "before": pl.Int64,
    }
    records = pl.DataFrame(rows, schema=schema, orient="row")
    nobody = pl.DataFrame(schema={"before": pl.Int64})
    numbering = numbered(records, gone=nobody, next_number=_next_number())
    changed = store_numbers(run, records, gone=[], numbering=numbering)
    kinds = [LinkKind.RULING.value if tie.is_ruled else LinkKind.MODEL.value for tie in answer.ties]
    links = pairs_rows([tie.pair for tie in answer.ties]).with_columns(
        pl.Series("bits", [tie.bits for tie in answer.ties], dtype=pl.Float64),
        pl.Series("kind", kinds, dtype=pl.String),
    )
    standing = Link.objects.filter(
        pk__in=[each.link for each in lookups.links_among(members)], until_run=None
    )
    store_links(
        run,
        links,
        held=pl.DataFrame(list(standing.values_list("id", *PAIR, "kind")), schema=LINKS, orient="row"),
    )
    return changed


def pairs_rows(pairs: Sequence[Pair]) -> pl.DataFrame:
    """As `runs.pairs_frame`, in the order given."""
    rows = [(*one, *other) for one, other in pairs]
    return pl.DataFrame(rows, schema=dict.fromkeys(PAIR, pl.String), orient="row")


def _asked_before(restored: Sequence[int], standing: Standing) -> pl.DataFrame:
    """Questions that the runs taken back had closed and that no ruling answers any more."""
    rows = (
        Question.objects.filter(closed_in__in=restored).values_list(*PAIR, "bits", "reason")
        if restored
        else []
    )
    schema = {**dict.fromkeys(PAIR, pl.String), "bits": pl.Float64, "reason": pl.String}
    closed = pl.DataFrame(list(rows), schema=schema, orient="row")
    return closed.join(pairs_frame(standing.settled), on=PAIR, how="anti")


def _store_questions_of(run: LinkRun, pair: Pair, answer: Redecided, reopened: pl.DataFrame) -> None:
    """Close the pair's question and those within one identity; ask again what an undoing leaves open."""
    cluster_of = {record: at for at, group in enumerate(answer.groups) for record in group}
    answered = set() if run.ruling and run.ruling.undoes_id else {pair}
    for row in Question.objects.filter(closed_in=None, record_a__in=[record for _, record in cluster_of]):
        one, other = (row.agency_a, row.record_a), (row.agency_b, row.record_b)
        is_within = one in cluster_of and cluster_of[one] == cluster_of.get(other)
        if is_within or (one, other) in answered:
            Question.objects.filter(pk=row.pk).update(closed_in=run)
    for asked in reopened.join(open_questions(), on=PAIR, how="anti").iter_rows(named=True):
        one, other = (asked["agency_a"], asked["record_a"]), (asked["agency_b"], asked["record_b"])
        if cluster_of.get(one) is None or cluster_of.get(one) != cluster_of.get(other):
            Question.objects.create(**asked, asked_in=run)


@transaction.atomic
def rely_on(identity: str, *, by: str, why: str) -> None:
    """Note that somebody acts on an identity as it stands, so that they can be told if it proves wrong.

    Raises `Refusal` where nobody or no such identity is named.
    """
    require(permitting.names_somebody(by))
    require(permitting.says_why(why))
    followed = lookups.became(identity)
    require(permitting.is_an_identity(followed))
    last = lookups.last_run()
    assert last is not None
    record_act("identity.rely_on", by=by, thing_kind="identity", thing_id=followed[0])
    Reliance.objects.create(
        identity_id=lookups.number_of(followed[0]),
        run=last,
        by=by.strip(),
        at=timezone.now(),
        why=why.strip(),
    )
