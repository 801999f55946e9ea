"""What every event of the return is made of: its sentence, its identifier, its date and how exact that is."""

from collections.abc import Mapping
from datetime import date

from sightline.intake.formats.ssda903 import tables
from sightline.intake.formats.ssda903.rows import Child, Row, date_in
from sightline.intake.formats.ssda903.rules_values import postcode_in
from sightline.intake.formats.ssda903.years import Year
from sightline.intake.records import SourceEvent
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity


def event(
    number: str,
    row: Row,
    kind: EventKind,
    name: str,
    on: date | None,
    summary: str,
    *,
    until: date | None = None,
    is_open: bool = False,
    sensitivity: EventSensitivity = EventSensitivity.ORDINARY,
    precision: DatePrecision = DatePrecision.DAY,
    columns: tuple[str, ...] = (),
) -> SourceEvent:
    again = f".{row.nth}" if row.nth > 1 else ""
    return SourceEvent(
        number,
        f"{name}{again}",
        kind,
        on,
        summary,
        precision=precision if on or precision is not DatePrecision.DAY else DatePrecision.UNKNOWN,
        until=until if until is None or on is None or until >= on else None,
        is_open=is_open,
        sensitivity=sensitivity,
        details={column: value for column in columns if (value := _as_coded(row, column))},
    )


def _as_coded(row: Row, column: str) -> str:
    """The cell, unless it should be a code or a postcode and is none: then it might be anything."""
    declared = tables.column(row.table, column)
    if declared.codes:
        return row[column] if row[column] in declared.codes else ""
    return postcode_in(row[column]) if declared.form == "postcode" else row[column]


def label(values: Mapping[str, str], code: str) -> str:
    """“interim care order (C1)”; a code that is not known is not repeated."""
    return f"{values[code]} ({code})" if code in values else ""


def sentence(start: str, *parts: tuple[str, str]) -> str:
    """“Start: name: value; name: value.” with only what is known."""
    told = "; ".join(f"{name}: {value}" if name else value for name, value in parts if value)
    return f"{start}{': ' if told else ''}{told}."


def keyed(name: str, row: Row, *columns: str) -> str:
    """The same in the next extract: made of what tells the row from others of its table."""
    return ":".join(
        (name, *(day.isoformat() if (day := date_in(row[column])) else row[column] for column in columns))
    )


def yearly(
    number: str, row: Row, child: Child, kind: EventKind, name: str, what: str, columns: tuple[str, ...]
) -> SourceEvent:
    """What the return tells of a whole year. Where the year is not known, neither is the date."""
    year = child.year
    return event(
        number,
        row,
        kind,
        f"{name}:{year.ends_in}" if year else name,
        year.start if year else None,
        f"{what[0].upper()}{what[1:]} ({year_in_words(year)}).",
        until=year.end if year else None,
        precision=DatePrecision.YEAR if year else DatePrecision.UNKNOWN,
        sensitivity=EventSensitivity.SENSITIVE,
        columns=columns,
    )


def year_in_words(year: Year | None) -> str:
    return f"year to 31 March {year.ends_in}" if year else "year not known"
