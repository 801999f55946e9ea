"""What is held now: people, events, extracts and findings, as plain values.

A row counts where its extract is loaded and no later extract has replaced or withdrawn it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db import connection
from django.db.models import Count, Max, Q

from sightline.intake.accounting import Counts
from sightline.intake.models import (
    Agency,
    Extract,
    ExtractState,
    HeldEvent,
    HeldFinding,
    HeldPerson,
    NothingTold,
)
from sightline.intake.records import PersonRecord, SourceEvent
from sightline.intake.storing import table_of
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.codes import Sex
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity, Nothing, StatementType
from sightline.vocabulary.findings import Finding, Place, Severity

Record = tuple[str, str]
"""An agency's code and its number for the record."""

ROWS_AT_ONCE = 50_000
RECORDS_AT_ONCE = 400

_DAYS = ("born_on", "expected_on", "died_on")
_LISTS = ("aliases", "former_postcodes")
_FLAGS = ("is_adult", "is_restricted", "is_address_protected")
_TEXTS = (
    *("surname", "forenames", "preferred_forename", "former_surname", "sex", "ethnicity", "nhs_number"),
    *("upn", "former_upn", "postcode", "address", "la_code", "school", "gp_practice"),
)
PEOPLE: Mapping[str, pl.DataType] = {
    "received": pl.Int64(),
    "extract": pl.Int64(),
    "agency": pl.String(),
    "record_id": pl.String(),
    **dict.fromkeys(_TEXTS, pl.String()),
    **dict.fromkeys(_DAYS, pl.Date()),
    **dict.fromkeys(_LISTS, pl.List(pl.String)),
    "other_ids": pl.List(pl.List(pl.String)),
    **dict.fromkeys(_FLAGS, pl.Boolean()),
}
"""The columns of `current_people`. The row with the highest `received` is the newest of its record."""


def current_people(
    *, changed_after: int = 0, agencies: Collection[str] = (), columns: Collection[str] = tuple(PEOPLE)
) -> pl.DataFrame:
    """Every row about a person that counts, in the order received; `columns` are some of `PEOPLE`.

    With `changed_after`, only rows of extracts that became visible after that `last_change`; with
    `agencies`, only theirs. Time goes with the number of columns: ask for those that you need.
    """
    wanted = [_asked_for(name) for name in columns]
    where, values = _current("person")
    if changed_after:
        where += " AND e.change_number > %s"
        values.append(changed_after)
    if agencies:
        where += f" AND person.agency IN ({', '.join(['%s'] * len(agencies))})"
        values.extend(agencies)
    query = (
        f"SELECT {', '.join(wanted)} FROM {table_of(HeldPerson)} person "  # noqa: S608
        f"JOIN {table_of(Extract)} e ON e.id = person.extract_id WHERE {where} ORDER BY person.id"
    )
    schema = {name: _RAW.get(name, PEOPLE[name]) for name in columns}
    parts = [pl.DataFrame(rows, schema=schema, orient="row") for rows in _selected(query, values)]
    return _typed(pl.concat(parts) if parts else pl.DataFrame(schema=schema))


_STORED = {"received": "id", "extract": "extract_id"}
_READ_AS = {**dict.fromkeys((*_DAYS, *_LISTS, "other_ids"), "TEXT"), **dict.fromkeys(_FLAGS, "INTEGER")}
"""Databases have days, lists and flags each in a way of its own, and agree on these."""
_RAW: Mapping[str, pl.DataType] = {
    **dict.fromkeys((*_DAYS, *_LISTS, "other_ids"), pl.String()),
    **dict.fromkeys(_FLAGS, pl.Int8()),
}


def _asked_for(name: str) -> str:
    column = f"person.{_quoted(_STORED.get(name, name))}"
    return f"CAST({column} AS {_READ_AS[name]})" if name in _READ_AS else column


def _typed(people: pl.DataFrame) -> pl.DataFrame:
    named = {name: pl.col(name) for name in people.columns if name in _RAW}
    return people.with_columns(
        *(named[name].str.to_date("%Y-%m-%d") for name in _DAYS if name in named),
        *(named[name].str.json_decode(PEOPLE[name]) for name in (*_LISTS, "other_ids") if name in named),
        *(named[name].cast(pl.Boolean) for name in _FLAGS if name in named),
    )


def _selected(query: str, values: list[str | int]) -> Iterator[list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield rows


def _current(alias: str) -> tuple[str, list[str | int]]:
    return f"e.state = %s AND {alias}.superseded_by_id IS NULL", [ExtractState.LOADED.value]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


@dataclass(frozen=True, slots=True, repr=False)
class HeldRecord:
    """One row about a person, with where it comes from."""

    agency: str
    person: PersonRecord
    extract: int
    received: int
    line: int


@dataclass(frozen=True, slots=True, repr=False)
class ToldEvent:
    """One event as an agency told it. `told_on` is the day the extract was made, or else received."""

    agency: str
    agency_kind: AgencyKind
    event: SourceEvent
    extract: int
    told_on: date
    file_name: str
    line: int


def people_of(records: Iterable[Record]) -> list[HeldRecord]:
    """Every row that counts of these records, the newest of each last."""
    found = []
    for agency, numbers in _by_agency(records):
        rows = HeldPerson.objects.filter(
            agency=agency, record_id__in=numbers, extract__state=ExtractState.LOADED, superseded_by=None
        )
        found += [_held(row) for row in rows.order_by("pk")]
    return found


def events_of(records: Iterable[Record]) -> list[ToldEvent]:
    """Every event that counts of these records, in no order of days."""
    rows = [
        row
        for agency, numbers in _by_agency(records)
        for row in HeldEvent.objects.filter(
            agency=agency, record_id__in=numbers, extract__state=ExtractState.LOADED, superseded_by=None
        )
        .order_by("pk")
        .values_list("extract_id", "agency", "line", *_EVENT)
    ]
    sources = Extract.objects.select_related("agency").in_bulk({row[0] for row in rows})
    return [_told(sources[row[0]], row) for row in rows]


_EVENT = (
    *("record_id", "event_id", "kind", "on", "summary", "precision", "until", "is_open", "time"),
    *("statement", "sensitivity", "text", "details"),
)
"""The fields of `SourceEvent` in their order."""


def _by_agency(records: Iterable[Record]) -> Iterator[tuple[str, list[str]]]:
    """The records of each agency, no more at once than a statement takes."""
    listed: dict[str, list[str]] = {}
    for agency, record_id in dict.fromkeys(records):
        listed.setdefault(agency, []).append(record_id)
    for agency, numbers in listed.items():
        for start in range(0, len(numbers), RECORDS_AT_ONCE):
            yield agency, numbers[start : start + RECORDS_AT_ONCE]


def _held(row: HeldPerson) -> HeldRecord:
    texts = {name: getattr(row, name) for name in (*_TEXTS, *_DAYS, *_FLAGS) if name != "sex"}
    person = PersonRecord(
        record_id=row.record_id,
        sex=Sex(row.sex) if row.sex else None,
        aliases=tuple(row.aliases),
        former_postcodes=tuple(row.former_postcodes),
        other_ids=tuple((scheme, number) for scheme, number in row.other_ids),
        **texts,
    )
    return HeldRecord(row.agency, person, row.extract_id, row.pk, row.line)


def _told(source: Extract, row: tuple[Any, ...]) -> ToldEvent:
    _, agency, line, *fields = row
    record_id, event_id, kind, on, summary, precision, until, is_open, time, *rest = fields
    statement, sensitivity, text, details = rest
    event = SourceEvent(
        *(record_id, event_id, EventKind(kind), on, summary, DatePrecision(precision), until, is_open, time),
        *(StatementType(statement), EventSensitivity(sensitivity), text, details),
    )
    return ToldEvent(
        agency=agency,
        agency_kind=AgencyKind(source.agency.kind),
        event=event,
        extract=source.pk,
        told_on=source.made_on or source.received_at.date(),
        file_name=source.file_name,
        line=line,
    )


def last_change() -> int:
    """A number that grows with every change that can be seen; 0 while nothing has been loaded."""
    last = Extract.objects.aggregate(last=Max("change_number"))["last"] or 0
    return last + NothingTold.objects.count()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldExtract:
    """One extract as it stands: what it is, what became of it and its counts."""

    extract: int
    agency: str
    agency_kind: AgencyKind
    format: str
    collection: str
    file_name: str
    sha256: str
    made_on: date | None
    received_at: datetime
    by: str
    state: ExtractState
    superseded_by: int | None
    stopped_because: str
    counts: Counts


def extracts(*, agency: str = "") -> tuple[HeldExtract, ...]:
    """Every extract, the newest first."""
    rows = Extract.objects.select_related("agency").order_by("-pk")
    return tuple(_extract(row) for row in (rows.filter(agency=agency) if agency else rows))


def extract_numbered(number: int) -> HeldExtract | None:
    row = Extract.objects.select_related("agency").filter(pk=number).first()
    return _extract(row) if row else None


def _extract(row: Extract) -> HeldExtract:
    return HeldExtract(
        extract=row.pk,
        agency=row.agency_id,
        agency_kind=AgencyKind(row.agency.kind),
        format=row.format,
        collection=row.collection,
        file_name=row.file_name,
        sha256=row.sha256,
        made_on=row.made_on,
        received_at=row.received_at,
        by=row.by,
        state=ExtractState(row.state),
        superseded_by=row.superseded_by_id,
        stopped_because=row.stopped_because,
        counts=Counts(**{name: getattr(row, name) for name in Counts().as_dict()}),
    )


@dataclass(frozen=True, slots=True)
class FindingOf:
    """A finding with the record it is about and what became of that record."""

    finding: Finding
    record_id: str
    is_refused: bool


def findings_of(extract: int, *, rule: str = "", at_most: int | None = None) -> Iterator[FindingOf]:
    """The extract's findings in the file's order, those about the whole file first."""
    name = Extract.objects.values_list("file_name", flat=True).get(pk=extract)
    rows = HeldFinding.objects.filter(extract_id=extract).order_by("number", "pk")
    if rule:
        rows = rows.filter(rule=rule)
    for row in rows[:at_most].iterator(chunk_size=2_000):
        place = Place(name, row.line, row.column)
        finding = Finding(row.rule, place, Severity(row.severity), row.sentence)
        yield FindingOf(finding, row.record_id, row.is_refused)


@dataclass(frozen=True, slots=True)
class RuleCount:
    rule: str
    severity: Severity
    findings: int
    records: int
    refused: int


def rules_found(extract: int) -> tuple[RuleCount, ...]:
    """How often each rule was found in an extract, errors and the most frequent first."""
    counted = (
        HeldFinding.objects.filter(extract_id=extract)
        .values("rule", "severity")
        .annotate(
            findings=Count("pk"),
            records=Count("number", distinct=True),
            refused=Count("number", distinct=True, filter=Q(is_refused=True)),
        )
    )
    listed = [
        RuleCount(row["rule"], Severity(row["severity"]), row["findings"], row["records"], row["refused"])
        for row in counted
    ]
    return tuple(sorted(listed, key=lambda each: (each.severity, -each.findings, each.rule)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an agency has told so far, or which kind of nothing."""

    agency: str
    name: str
    kind: AgencyKind
    formats: tuple[str, ...]
    people: int
    events: int
    last_received_at: datetime | None
    nothing: tuple["NothingSaid", ...]


@dataclass(frozen=True, slots=True)
class NothingSaid:
    """That an agency was asked and told nothing; without `record_id`, about every child."""

    agency: str
    record_id: str
    kind: Nothing
    asked_on: date


def what_each_agency_told() -> tuple[Told, ...]:
    """Every agency known, those that have told nothing among them."""
    loaded = Extract.objects.filter(state=ExtractState.LOADED).values(
        "agency_id", "format", "people", "events", "received_at"
    )
    by_agency: dict[str, list[dict[str, Any]]] = {}
    for row in loaded:
        by_agency.setdefault(row["agency_id"], []).append(dict(row))
    nothing: dict[str, list[NothingSaid]] = {}
    for each in NothingTold.objects.order_by("asked_on", "pk"):
        said = NothingSaid(each.agency_id, each.record_id, Nothing(each.kind), each.asked_on)
        nothing.setdefault(each.agency_id, []).append(said)
    return tuple(
        _told_by(agency, by_agency.get(agency.code, []), tuple(nothing.get(agency.code, ())))
        for agency in Agency.objects.order_by("code")
    )


def _told_by(agency: Agency, loaded: list[dict[str, Any]], nothing: tuple[NothingSaid, ...]) -> Told:
    return Told(
        agency=agency.code,
        name=agency.name,
        kind=AgencyKind(agency.kind),
        formats=tuple(sorted({row["format"] for row in loaded})),
        people=sum(row["people"] for row in loaded),
        events=sum(row["events"] for row in loaded),
        last_received_at=max((row["received_at"] for row in loaded), default=None),
        nothing=nothing,
    )
