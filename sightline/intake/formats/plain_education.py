"""The plain CSV extract of schools: one row for each pupil on a roll, with attendance."""

import re
from datetime import date
from functools import lru_cache, partial

from sightline.intake.declaration import Column, Delivery, Format, Header, Judged, RawRecord, Table
from sightline.intake.formats import plain_layout
from sightline.intake.formats.plain_layout import Layout, NumbersOnce, Row
from sightline.intake.records import PersonRecord, SourceEvent
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.events import DatePrecision, EventKind

BAD_SCHOOL = plain_layout.warning("school-urn", "A school's URN is six digits. This one was left out.")
BAD_ATTENDANCE = plain_layout.warning(
    "attendance", "Attendance is a percentage of sessions, 0 to 100. This one was left out."
)

_URN = re.compile(r"[0-9]{6}", re.ASCII)
_PERCENTAGE = re.compile(r"(?:100(?:\.0+)?|[0-9]{1,2}(?:\.[0-9]+)?)%?", re.ASCII)

LAYOUT = Layout(
    Table(
        "education",
        (
            Column(
                "record_id", "Your own number for this record; the same in every extract.", is_required=True
            ),
            Column("upn", "Unique pupil number.", "UPN"),
            Column("surname", "Legal surname.", is_required=True),
            Column("forename", "Legal forename.", is_required=True),
            Column("middle_names", "Other forenames, in order."),
            Column("preferred_forename", "Forename the pupil is called by, where it is another."),
            Column("date_of_birth", "Date of birth.", "date, YYYY-MM-DD", is_required=True),
            Column("sex", "Sex.", "code", codes={"M": "Male", "F": "Female", "U": "Not known"}),
            Column("postcode", "Postcode of the home address.", "postcode"),
            Column("school_urn", "URN of the school whose roll the pupil is on.", "six digits"),
            Column("attendance_pct", "Sessions attended, in per cent of those possible.", "number, 0 to 100"),
        ),
        "One row for each pupil.",
    ),
    known_by=frozenset(("record_id", "upn", "surname", "forename")),
)


def judge(raw: RawRecord, header: Header, as_of: date) -> Judged:
    row = Row(raw, as_of)
    record_id = row.text("record_id")
    if not record_id:
        return row.refuse(plain_layout.NO_RECORD_ID, "record_id")
    surname, forename, others = row.name("surname"), row.name("forename"), row.text("middle_names")
    upn = row.upn("upn")
    born_on = row.born_on("date_of_birth")
    if not (surname or forename or upn or born_on):
        return row.refuse(plain_layout.NOBODY)
    school = row.text("school_urn")
    if school and not _URN.fullmatch(school):
        row.find(BAD_SCHOOL, "school_urn")
        school = ""
    person = PersonRecord(
        record_id=record_id,
        surname=surname,
        forenames=f"{forename} {others}".strip() if others else forename,
        preferred_forename=row.text("preferred_forename"),
        born_on=born_on,
        sex=row.sex("sex"),
        upn=upn,
        postcode=row.postcode("postcode"),
        school=school,
    )
    return Judged((person,), _attendance(row, record_id, school), tuple(row.findings))


def _attendance(row: Row, record_id: str, school: str) -> tuple[SourceEvent, ...]:
    """The layout does not say which period a percentage is of, so the event has no date."""
    given = row.text("attendance_pct")
    if not given:
        return ()
    summary = _attended(given)
    if not summary:
        row.find(BAD_ATTENDANCE, "attendance_pct")
        return ()
    return (
        SourceEvent(
            record_id,
            "attendance",
            EventKind.ATTENDANCE,
            None,
            summary,
            DatePrecision.UNKNOWN,
            details={"attendance_pct": given, "school_urn": school},
        ),
    )


@lru_cache(1 << 12)
def _attended(given: str) -> str:
    """The event's sentence; empty where the cell is no percentage."""
    if not _PERCENTAGE.fullmatch(given):
        return ""
    return (
        f"Attended {given.removesuffix('%')}% of possible sessions; the extract does not say in which period."
    )


FORMAT = Format(
    name="plain-education",
    title="Plain extract: education",
    about=(
        "A CSV file with one row for each pupil on the roll of a school, made by an authority or by a "
        "multi-academy trust. Attendance is one percentage whose period is not given."
    ),
    kinds=(AgencyKind.EDUCATION,),
    unit="row",
    delivery=Delivery.WHOLE,
    tables=(LAYOUT.table,),
    rules=(
        *plain_layout.RULES,
        *(plain_layout.BAD_UPN, plain_layout.NUMBER_TWICE, BAD_SCHOOL, BAD_ATTENDANCE),
    ),
    recognises=LAYOUT.recognises,
    header=LAYOUT.header,
    records=LAYOUT.records,
    judge=judge,
    across=partial(NumbersOnce, "upn"),
)
