"""A small format of our own, so that loading is tested by itself: `id,name,event,on,do`.

A row without an `id` is refused; a `name` of “?” is a finding; `do` of “purge” withdraws the record, and with
an `event` that event alone. The first line may be “#sender=…;collection=…;made=…”, which becomes the header.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from sightline.intake import formats
from sightline.intake.declaration import (
    CannotBeRead,
    Column,
    Delivery,
    Format,
    Header,
    Judged,
    RawRecord,
    Rule,
    Table,
)
from sightline.intake.reading import delimited
from sightline.intake.records import PersonRecord, SourceEvent
from sightline.intake.sources import Source
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.events import EventKind
from sightline.vocabulary.findings import Finding, Place, Severity

NO_ID = Rule("invented.no_id", Severity.ERROR, "The row has no number.")
NO_NAME = Rule(
    "invented.no_name", Severity.WARNING, "The name is not known.", department="17Q", source="The list"
)
TWICE = Rule("invented.twice", Severity.WARNING, "Line {line} has this number too.")
BROKEN = Rule("invented.broken", Severity.ERROR, "Nothing after this line can be read.")
COLUMNS = ("id", "name", "event", "on", "do")


def header(source: Source) -> Header:
    told = dict(part.split("=", 1) for part in source.path.stem.split(";")[1:] if "=" in part)
    made = told.get("made")
    return Header(
        sender=told.get("sender", ""),
        collection=told.get("collection", ""),
        made_on=date.fromisoformat(made) if made else None,
    )


def records(source: Source) -> Iterator[RawRecord]:
    for raw in delimited.rows(source, table="rows"):
        if raw.content.get("do") == "break":
            raise CannotBeRead(BROKEN.at(raw.place))
        yield raw


def judge(raw: RawRecord, header: Header, as_of: date) -> Judged:
    row, place = raw.content, raw.place
    if not row["id"]:
        return Judged(findings=(NO_ID.at(Place(place.file, place.line, "id")),))
    if row["do"] == "purge":
        if row["event"]:
            return Judged(withdrawn_events=((row["id"], row["event"]),))
        return Judged(withdrawn=(row["id"],))
    findings = (NO_NAME.at(Place(place.file, place.line, "name")),) if row["name"] == "?" else ()
    events = ()
    if row["event"]:
        on = date.fromisoformat(row["on"]) if row["on"] else None
        events = (SourceEvent(row["id"], row["event"], EventKind.CONTACT, on, "A contact."),)
    return Judged((PersonRecord(row["id"], surname=row["name"]),), events, findings)


class Twice:
    def __init__(self) -> None:
        self.lines: dict[str, int] = {}

    def see(self, raw: RawRecord, judged: Judged) -> tuple[Finding, ...]:
        found = ()
        for person in judged.people:
            if person.record_id in self.lines:
                found = (TWICE.at(raw.place, line=self.lines[person.record_id]),)
            self.lines[person.record_id] = raw.place.line
        return found

    def end(self) -> tuple[Finding, ...]:
        return ()


INVENTED = Format(
    name="invented",
    title="Invented rows",
    about="For tests.",
    kinds=(AgencyKind.HOUSING, AgencyKind.OTHER),
    unit="row",
    delivery=Delivery.WHOLE,
    tables=(Table("rows", tuple(Column(name, "A column.", is_required=name == "id") for name in COLUMNS)),),
    rules=(NO_ID, NO_NAME, TWICE, BROKEN),
    recognises=lambda source: source.csv_header() == COLUMNS,
    header=header,
    records=records,
    judge=judge,
    across=Twice,
)


def declare(monkeypatch: pytest.MonkeyPatch, *, delivery: Delivery = Delivery.WHOLE) -> Format:
    """Make this the only format there is."""
    module = ModuleType("sightline.intake.formats.invented")
    module.FORMAT = replace(INVENTED, delivery=delivery)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(formats, "MODULES", ("invented",))
    return module.FORMAT


def a_file(folder: Path, rows: Iterable[Sequence[str]], *, name: str = "rows", **told: str) -> Path:
    """Rows as tuples of up to five cells; what the header tells stands in the file's name."""
    stem = ";".join([name, *(f"{key}={value}" for key, value in told.items())])
    path = folder / f"{stem}.csv"
    lines = [",".join(COLUMNS), *(",".join([*row, "", "", "", "", ""][:5]) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
