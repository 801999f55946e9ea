"""Records in the database's tables: plain SQL, the same for every database.

Writes take whatever transaction they are called in. Dates go in as ISO text, which every database takes for
a date.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db import connection, models

from sightline.intake.accounting import Outcome
from sightline.intake.models import HeldEvent, HeldFinding, HeldPerson, RefusedRecord, Withdrawal
from sightline.intake.records import PersonRecord, SourceEvent
from sightline.vocabulary.findings import Finding

ROWS_AT_ONCE = 40_000
ROWS_REMOVED_AT_ONCE = 50_000

HELD: tuple[type[models.Model], ...] = (HeldPerson, HeldEvent, HeldFinding, RefusedRecord, Withdrawal)

_PERSON = (
    *("extract_id", "number", "line", "agency", "record_id", "surname", "forenames", "aliases"),
    *("preferred_forename", "former_surname", "born_on", "expected_on", "died_on", "sex", "ethnicity"),
    *("nhs_number", "upn", "former_upn", "other_ids", "postcode", "address", "former_postcodes"),
    *("la_code", "school", "gp_practice", "is_adult", "is_restricted", "is_address_protected"),
)
_EVENT = (
    *("extract_id", "number", "line", "agency", "record_id", "event_id", "kind", "on", "summary"),
    *("precision", "until", "is_open", "time", "statement", "sensitivity", "text", "details"),
)
_FINDING = (
    *("extract_id", "number", "record_id", "rule", "severity", "line", "column", "sentence"),
    "is_refused",
)
_REFUSED = ("extract_id", "number", "line", "table", "content")
_WITHDRAWAL = ("extract_id", "number", "record_id", "event_id")


Row = tuple[str | int | bool | None, ...]


class Chunk:
    """Rows on their way into the tables."""

    def __init__(self, extract: int, agency: str) -> None:
        self.extract = extract
        self.agency = agency
        self.people: list[Row] = []
        self.events: list[Row] = []
        self.findings: list[Row] = []
        self.refused: list[Row] = []
        self.withdrawals: list[Row] = []
        self.rows = 0

    def add(self, number: int, outcome: Outcome) -> None:
        """The record of this number in its file."""
        judged, extract = outcome.judged, self.extract
        held = (extract, number, outcome.raw.place.line, self.agency)
        # A record that holds nothing still counts as a row, so that no chunk grows without end.
        self.rows += 1 + len(judged.people) + len(judged.events) + len(outcome.findings)
        for person in judged.people:
            self.people.append(held + _person(person))
        for event in judged.events:
            self.events.append(held + _event(event))
        if outcome.findings:
            self.findings.extend(
                _finding(extract, number, outcome.record_id, each, is_refused=outcome.is_refused)
                for each in outcome.findings
            )
        if outcome.is_refused:
            place, table, content = outcome.raw.place, outcome.raw.table, outcome.raw.content
            self.refused.append((extract, number, place.line, table, _json(content)))
        for record_id in judged.withdrawn:
            self.withdrawals.append((extract, number, record_id, ""))
        for record_id, event_id in judged.withdrawn_events:
            self.withdrawals.append((extract, number, record_id, event_id))

    def add_about_file(self, findings: Iterable[Finding]) -> None:
        self.findings.extend(_finding(self.extract, 0, "", each, is_refused=False) for each in findings)

    @property
    def is_full(self) -> bool:
        return self.rows >= ROWS_AT_ONCE

    def store(self) -> None:
        _insert(HeldPerson, _PERSON, self.people)
        _insert(HeldEvent, _EVENT, self.events)
        _insert(HeldFinding, _FINDING, self.findings)
        _insert(RefusedRecord, _REFUSED, self.refused)
        _insert(Withdrawal, _WITHDRAWAL, self.withdrawals)


def _person(person: PersonRecord) -> Row:
    return (
        person.record_id,
        person.surname,
        person.forenames,
        _json(person.aliases) if person.aliases else "[]",
        person.preferred_forename,
        person.former_surname,
        _day(person.born_on),
        _day(person.expected_on),
        _day(person.died_on),
        "" if person.sex is None else str(person.sex),
        person.ethnicity,
        person.nhs_number,
        person.upn,
        person.former_upn,
        _json(person.other_ids) if person.other_ids else "[]",
        person.postcode,
        person.address,
        _json(person.former_postcodes) if person.former_postcodes else "[]",
        person.la_code,
        person.school,
        person.gp_practice,
        person.is_adult,
        person.is_restricted,
        person.is_address_protected,
    )


def _event(event: SourceEvent) -> Row:
    return (
        event.record_id,
        event.event_id,
        str(event.kind),
        _day(event.on),
        event.summary,
        str(event.precision),
        _day(event.until),
        event.is_open,
        event.time,
        str(event.statement),
        str(event.sensitivity),
        event.text,
        _json(event.details) if event.details else "{}",
    )


def _finding(extract: int, number: int, record_id: str, finding: Finding, *, is_refused: bool) -> Row:
    place = finding.place
    severity = str(finding.severity)
    return (
        *(extract, number, record_id, finding.rule, severity, place.line, place.column),
        *(finding.sentence, is_refused),
    )


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _plain(value: object) -> object:
    """What JSON has no form for: mappings of other kinds, days, sets."""
    if hasattr(value, "items"):
        return dict(value.items())
    return list(value) if isinstance(value, set | frozenset) else str(value)


_json = json.JSONEncoder(ensure_ascii=False, default=_plain).encode


def _insert(model: type[models.Model], columns: Sequence[str], rows: list[Row]) -> None:
    if not rows:
        return
    names = ", ".join(_name(column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table_of(model)} ({names}) VALUES ({marks})", rows)  # noqa: S608


def count_stored(extract: int) -> dict[str, int]:
    """What the tables hold of an extract, under the names of `Counts`."""
    tables = {
        "people": HeldPerson,
        "events": HeldEvent,
        "findings": HeldFinding,
        "refused": RefusedRecord,
        "withdrawals": Withdrawal,
    }
    counted = {}
    with connection.cursor() as cursor:
        for name, model in tables.items():
            cursor.execute(f"SELECT count(*) FROM {table_of(model)} WHERE extract_id = %s", [extract])  # noqa: S608
            counted[name] = cursor.fetchone()[0]
    return counted


def remove_in_parts(extract: int, *, keep: Sequence[type[models.Model]] = ()) -> Iterator[None]:
    """Remove the rows of an extract that was never visible, one part each time this is asked."""
    for model in HELD:
        if model in keep:
            continue
        table = table_of(model)
        some = f"SELECT id FROM {table} WHERE extract_id = %s LIMIT {ROWS_REMOVED_AT_ONCE}"  # noqa: S608
        removed = 1
        while removed:
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table} WHERE id IN ({some})", [extract])  # noqa: S608
                removed = cursor.rowcount
            yield


def table_of(model: type[models.Model]) -> str:
    return _name(model._meta.db_table)


def _name(name: str) -> str:
    return connection.ops.quote_name(name)
