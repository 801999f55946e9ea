"""Identities as they stand and as they stood: who is together, on what evidence, and who relied on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from django.db.models import Max, Q

from sightline.identity.folding import NEEDED, RECORD, folded
from sightline.identity.models import (
    Answer,
    Identity,
    IdentityChange,
    Link,
    LinkKind,
    LinkRun,
    Membership,
    Question,
    Reason,
    Reliance,
    Ruling,
    child_id_of,
)
from sightline.identity.numbering import ChangeKind
from sightline.identity.pds.lookups import found_numbers
from sightline.identity.standing import Pair, Record, Ruled, Standing, pair_of, standing
from sightline.identity.storing import current_memberships
from sightline.intake.lookups import current_people, people_of
from sightline.intake.restriction_actions import closed_records


def people_for_linking() -> pl.DataFrame:
    """One row for each child's record that counts, as every linking, index and explanation takes it.

    Adults are left out. `is_restricted` is raised by the record's own word or by a list of closed records.
    """
    listed = pl.DataFrame(sorted(closed_records()), schema=dict.fromkeys(RECORD, pl.String), orient="row")
    return (
        folded(current_people(columns=NEEDED))
        .filter(~pl.col("is_adult"))
        .join(listed.with_columns(is_listed=True), on=RECORD, how="left", maintain_order="left")
        .with_columns((pl.col("is_restricted") | pl.col("is_listed").fill_null(False)).alias("is_restricted"))
        .drop("is_listed")
        .pipe(_with_traced_numbers)
    )


def _with_traced_numbers(people: pl.DataFrame) -> pl.DataFrame:
    """An NHS number settled by tracing stands in for one that the agency does not have."""
    found = found_numbers()
    if not found:
        return people
    traced = pl.DataFrame(
        [(*record, number) for record, number in found.items()],
        schema=dict.fromkeys((*RECORD, "traced"), pl.String),
        orient="row",
    )
    return people.join(traced, on=RECORD, how="left", maintain_order="left").select(
        *(pl.col(name) for name in people.columns if name != "nhs_number"),
        pl.when(pl.col("nhs_number").fill_null("") == "")
        .then(pl.col("traced").fill_null(""))
        .otherwise(pl.col("nhs_number"))
        .alias("nhs_number"),
    )


def closed_among(records: Iterable[Record]) -> frozenset[Record]:
    """Which of these records are closed at adoption, by their own word or by a list of closed records."""
    wanted = list(records)
    told = {(each.agency, each.person.record_id) for each in people_of(wanted) if each.person.is_restricted}
    return frozenset(told | (closed_records() & set(wanted)))


def records_of(child_id: str) -> list[Record]:
    """The records of a child; of a retired number those of the identity that most of its records went to.

    Empty where there is no such number. `became` says where a retired number went.
    """
    return [record for number in _followed(child_id)[:1] for record in _records_in(number)]


def became(child_id: str) -> tuple[str, ...]:
    """The identities that hold a retired number's records now, most of them first; itself while it lives."""
    return tuple(child_id_of(number) for number in _followed(child_id))


def _followed(child_id: str) -> list[int]:
    identity = Identity.objects.filter(number=number_of(child_id)).first()
    if identity is None:
        return []
    if identity.retired_in_id is None:
        return [identity.number]
    left = Membership.objects.filter(identity=identity, until_run=identity.retired_in_id)
    now: dict[int, int] = {}
    for agency, record_id in left.values_list("agency", "record_id"):
        for held in _current_of(agency, record_id):
            now[held.identity_id] = now.get(held.identity_id, 0) + 1
    if not now and identity.merged_into_id:
        return _followed(child_id_of(identity.merged_into_id))
    return sorted(now, key=lambda number: (-now[number], number))


def _current_of(agency: str, record_id: str) -> list[Membership]:
    return list(Membership.objects.filter(agency=agency, record_id=record_id, until_run=None))


def _records_in(number: int) -> list[Record]:
    rows = Membership.objects.filter(identity_id=number, until_run=None).order_by("agency", "record_id")
    return list(rows.values_list("agency", "record_id"))


def number_of(child_id: str) -> int:
    """“C0000123” as a number, with or without its noughts; 0 for what is none."""
    text = child_id.strip().upper().removeprefix("C")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def identity_of(agency: str, record_id: str) -> str | None:
    """The identity that a record is of now; None where it is of none, as an adult's or one not linked yet."""
    held = _current_of(agency, record_id)
    return child_id_of(held[0].identity_id) if held else None


child_of = identity_of


def export_rows() -> pl.DataFrame:
    """Every record with its identity: agency, record_id, cluster_id."""
    number = pl.col("before").cast(pl.String).str.zfill(7)
    return current_memberships().select(*RECORD, pl.format("C{}", number).alias("cluster_id")).sort(RECORD)


def last_run() -> LinkRun | None:
    """The newest deciding of any kind."""
    return LinkRun.objects.order_by("-pk").first()


def rulings_standing() -> Standing:
    return standing(
        Ruled(
            row.pk,
            ((row.agency_a, row.record_a), (row.agency_b, row.record_b)),
            row.answer,
            row.undoes_id or 0,
        )
        for row in Ruling.objects.all()
    )


def last_ruling_number() -> int:
    return Ruling.objects.aggregate(last=Max("pk"))["last"] or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Two records that wait for a person, the likeliest to be one child first."""

    question: int
    pair: Pair
    bits: float
    reason: Reason
    asked_at: datetime
    identities: tuple[str | None, str | None]


def queue() -> list[Asked]:
    """Every open question; of whose rulings none stands."""
    rows = Question.objects.filter(closed_in=None).select_related("asked_in").order_by("-bits", "pk")
    listed = [(row, ((row.agency_a, row.record_a), (row.agency_b, row.record_b))) for row in rows]
    number_of_record = _identities_of({record for _, pair in listed for record in pair})
    return [
        Asked(
            question=row.pk,
            pair=pair,
            bits=row.bits,
            reason=Reason(row.reason),
            asked_at=row.asked_in.at,
            identities=(number_of_record.get(pair[0]), number_of_record.get(pair[1])),
        )
        for row, pair in listed
    ]


def _identities_of(records: Iterable[Record]) -> dict[Record, str]:
    wanted = sorted(records)
    found: dict[Record, str] = {}
    for start in range(0, len(wanted), 400):
        by_agency: dict[str, list[str]] = {}
        for agency, record_id in wanted[start : start + 400]:
            by_agency.setdefault(agency, []).append(record_id)
        for agency, ids in by_agency.items():
            rows = Membership.objects.filter(agency=agency, record_id__in=ids, until_run=None)
            found |= {(row.agency, row.record_id): child_id_of(row.identity_id) for row in rows}
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A link that holds, or held, two records together."""

    link: int
    pair: Pair
    bits: float
    kind: LinkKind
    made_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Became:
    """What happened to a number on a day; `into` is empty where no other number is concerned."""

    at: datetime
    kind: ChangeKind
    child_id: str
    into: str
    records: int
    by: str
    ruling: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One identity: its records now and before, its evidence and changes, and the rulings on its records."""

    child_id: str
    is_retired: bool
    became: tuple[str, ...]
    records: tuple[Record, ...]
    earlier_records: tuple[Record, ...]
    changes: tuple[Became, ...]
    evidence: tuple[Evidence, ...]
    rulings: tuple["RulingMade", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingMade:
    ruling: int
    pair: Pair
    answer: Answer
    undoes: int | None
    by: str
    at: datetime
    why: str


def history_of(child_id: str) -> History | None:
    """Everything that is known of an identity itself; None where there is no such number."""
    identity = Identity.objects.filter(number=number_of(child_id)).first()
    if identity is None:
        return None
    memberships = list(Membership.objects.filter(identity=identity).order_by("agency", "record_id", "pk"))
    now = [(row.agency, row.record_id) for row in memberships if row.until_run_id is None]
    ever = list(dict.fromkeys((row.agency, row.record_id) for row in memberships))
    changes = IdentityChange.objects.filter(Q(identity=identity) | Q(into=identity))
    return History(
        child_id=str(identity),
        is_retired=identity.retired_in_id is not None,
        became=became(child_id),
        records=tuple(now),
        earlier_records=tuple(record for record in ever if record not in set(now)),
        changes=tuple(_change(row) for row in changes.select_related("run").order_by("pk")),
        evidence=tuple(links_among(ever)),
        rulings=tuple(rulings_on(ever)),
    )


def _change(row: IdentityChange) -> Became:
    return Became(
        at=row.run.at,
        kind=ChangeKind(row.kind),
        child_id=child_id_of(row.identity_id),
        into=child_id_of(row.into_id) if row.into_id else "",
        records=row.records,
        by=row.run.by,
        ruling=row.run.ruling_id,
    )


def links_among(records: Iterable[Record]) -> list[Evidence]:
    """Links between two of these records, those that have ended too, in the order in which they were made."""
    wanted = set(records)
    found = []
    for agency, record_id in sorted(wanted):
        rows = Link.objects.filter(agency_a=agency, record_a=record_id).select_related(
            "from_run", "until_run"
        )
        for row in rows:
            other = (row.agency_b, row.record_b)
            if other in wanted:
                found.append(
                    Evidence(
                        link=row.pk,
                        pair=((agency, record_id), other),
                        bits=row.bits,
                        kind=LinkKind(row.kind),
                        made_at=row.from_run.at,
                        ended_at=row.until_run.at if row.until_run else None,
                    )
                )
    return sorted(found, key=lambda each: each.link)


def rulings_on(records: Iterable[Record]) -> list[RulingMade]:
    """Every ruling on one of these records, those taken back too."""
    wanted = set(records)
    rows = Ruling.objects.order_by("pk")
    return [
        made
        for made in (ruling_made(row) for row in rows)
        if made.pair[0] in wanted or made.pair[1] in wanted
    ]


def ruling_made(row: Ruling) -> RulingMade:
    return RulingMade(
        ruling=row.pk,
        pair=((row.agency_a, row.record_a), (row.agency_b, row.record_b)),
        answer=Answer(row.answer),
        undoes=row.undoes_id,
        by=row.by,
        at=row.at,
        why=row.why,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Relied:
    """Somebody who acted on an identity while it held both records together."""

    by: str
    at: datetime
    why: str
    child_id: str


def relied_since(one: Record, other: Record) -> list[Relied]:
    """Everybody who has relied on these two records being one child, the earliest first.

    For a link that is contradicted, undone or merely doubted: whoever is listed has to be told. Those who
    relied on the identity before or after the two were together are not among them.
    """
    first, second = (
        list(Membership.objects.filter(agency=agency, record_id=record_id))
        for agency, record_id in pair_of(one, other)
    )
    found: dict[int, Relied] = {}
    for a in first:
        for b in second:
            if a.identity_id != b.identity_id:
                continue
            begun = max(a.from_run_id, b.from_run_id)
            ended = min((each for each in (a.until_run_id, b.until_run_id) if each), default=None)
            rows = Reliance.objects.filter(identity_id=a.identity_id, run_id__gte=begun)
            for row in rows.filter(run_id__lt=ended) if ended else rows:
                found[row.pk] = Relied(
                    by=row.by, at=row.at, why=row.why, child_id=child_id_of(row.identity_id)
                )
    return [found[number] for number in sorted(found)]
