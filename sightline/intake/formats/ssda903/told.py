"""What every event of the return is made of: its sentence, its identifier, its date and how exact that is."""

from collections.abc import Mapping
from datetime import date

from sightline.intake.formats.ssda903 import tables
from sightline.intake.formats.ssda903.rows import Child, Row, date_in
from sightline.intake.formats.ssda903.rules_values import postcode_in
from sightline.intake.formats.ssda903.years import Year
from sightline.intake.records import SourceEvent
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity

DETAILS: Mapping[str, str] = {
    "RNE": "reason new episode",
    "LS": "legal status",
    "CIN": "category of need",
    "PLACE": "placement type",
    "PLACE_PROVIDER": "placement provider",
    "REC": "reason ceased",
    "REASON_PLACE_CHANGE": "reason for placement change",
    "PL_POST": "placement postcode",
    "URN": "provider's Ofsted number",
    "REVIEW_CODE": "participation",
    "MISSING": "missing or away",
    "MOTHER": "mother",
    "MC_DOB": "first child born",
    "DUC": "unaccompanied status ceases",
    "SDQ_SCORE": "strengths and difficulties score",
    "SDQ_REASON": "reason for no score",
    "CONVICTED": "convicted",
    "HEALTH_CHECK": "development checks",
    "IMMUNISATIONS": "immunisations",
    "TEETH_CHECK": "teeth check",
    "HEALTH_ASSESSMENT": "health assessment",
    "SUBSTANCE_MISUSE": "substance misuse",
    "INTERVENTION_RECEIVED": "intervention received",
    "INTERVENTION_OFFERED": "intervention offered",
    "IN_TOUCH": "in touch",
    "ACTIV": "activity",
    "ACCOM": "accommodation",
    "FOSTER_CARE": "adopted by former foster carer",
    "NB_ADOPTR": "number of adopters",
    "SEX_ADOPTR": "sex of adopters",
    "LS_ADOPTR": "status of adopters",
    "REASON_PLACED_CEASED": "reason for reversal",
    "PREV_PERM": "previous permanence",
    "LA_PERM": "authority of previous permanence",
    "SW_ID": "worker",
    "SW_REASON": "reason for change of worker",
}
"""What a column is called in an event's details: in words, since PLACE is a kind of placement and no place,
URN no number of a school."""


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
        details={DETAILS[column]: value for column in columns if (value := _as_coded(row, column))},
    )


def _as_coded(row: Row, column: str) -> str:
    """The cell, unless it should be a code, a date or a postcode and is none: then it might be anything."""
    declared, cell = tables.column(row.table, column), row[column]
    if declared.codes:
        return cell if cell in declared.codes else ""
    if declared.form == tables.DATE:
        return cell if row.day(column) else ""
    return postcode_in(cell) if declared.form == "postcode" else cell


def label(values: Mapping[str, str], code: str) -> str:
    """“interim care order (C1)”; a code that is not known is not repeated."""
    return f"{values[code]} ({code})" if code in values else ""


def sentence(start: str, *parts: tuple[str, str]) -> str:
    """“Start: name: value; name: value.” with only what is known."""
    told = "; ".join(f"{name}: {value}" if name else value for name, value in parts if value)
    return f"{start}{': ' if told else ''}{told}."


def keyed(name: str, row: Row, *columns: str) -> str:
    """The same in the next extract: made of what tells the row from others of its table."""
    return ":".join((name, *(key_part(row.table, column, row[column]) for column in columns)))


def key_part(table: str, column: str, cell: str) -> str:
    """A date or a code as part of an event's identifier; what is neither is not repeated."""
    declared = tables.column(table, column)
    if declared.codes:
        return cell if cell in declared.codes else "-"
    day = date_in(cell)
    return day.isoformat() if day else "-"


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
