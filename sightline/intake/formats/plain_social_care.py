"""The plain CSV extract of children's social care: one row for each child known, unborn children among them.

An unborn child stands in these extracts under a word for a forename (“Unborn”, “UBB”) or none, and the date
in the column for the date of birth is the day on which it was expected: set beside the dates of birth that
health gives for the same children, such dates are mostly within a fortnight, on either side. Read as dates
of birth they would speak against every record of the child who was born, so they are read as expected
dates. “Baby” alone may be a child already born; with a sex that is not known, the row was made before
birth.
"""

import re
from datetime import date
from functools import partial

from sightline.intake.cells import STAND_IN_DAYS, Problem, date_of
from sightline.intake.declaration import Column, Delivery, Format, Header, Judged, RawRecord, Table
from sightline.intake.ethnicities import MAIN_CODES
from sightline.intake.formats import plain_layout
from sightline.intake.formats.plain_layout import Layout, NumbersOnce, Row
from sightline.intake.records import PersonRecord
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.areas import AUTHORITIES
from sightline.vocabulary.codes import Ethnicity, Sex

UNBORN = plain_layout.warning(
    "unborn",
    "The row is about a child who was not born when it was made; its date is read as the expected one. If "
    "the child has been born, please give forename, date of birth and sex.",
)
LONG_EXPECTED = plain_layout.warning(
    "expected-long-ago",
    "The child was expected on {day} and is still held as unborn. Please bring it up to date.",
)
NO_EXPECTED_DATE = plain_layout.warning(
    "no-expected-date", "The child is unborn; please give the expected date."
)
FAR_OFF = plain_layout.warning(
    "expected-too-late", "{day} is too far off for a birth. Please correct the date."
)
BAD_ETHNICITY = plain_layout.warning(
    "ethnicity", "This is not one of the department's ethnicity codes, such as WBRI. It was left out."
)
BAD_AUTHORITY = plain_layout.warning(
    "la-code", "No authority in England has or had this code: nine characters, E first. It was left out."
)

_ETHNICITIES = {code: main.value for code, main in MAIN_CODES.items()}
_UNBORN = re.compile(r"\b(?:unborn|ubb)\b", re.IGNORECASE)
_BABY = re.compile(r"(?:baby|bby|infant)(?:\s+(?:[1-9]|one|two|a|b|of .*))?", re.IGNORECASE)
_LONGEST_WAIT = 300
"""Days from conception to a late birth, rounded up: nobody is expected later than that."""
_LATEST_BIRTH = 42
"""Days after the expected date by which every child is born and the case file says so."""

LAYOUT = Layout(
    Table(
        "social_care",
        (
            Column(
                "record_id", "Your own number for this record; the same in every extract.", is_required=True
            ),
            Column("person_id", "Number of the person in your case management system."),
            Column("surname", "Surname.", is_required=True),
            Column("forename", "Forename; for an unborn child “Unborn” or nothing.", is_required=True),
            Column(
                "date_of_birth",
                "Date of birth; for an unborn child the expected date.",
                "date, DD/MM/YYYY",
                is_required=True,
            ),
            Column(
                "gender",
                "Gender in words.",
                "code",
                codes={
                    "Male": "Male",
                    "Female": "Female",
                    "Indeterminate": "Not known",
                    "Unknown": "Not known",
                },
            ),
            Column("ethnicity", "Ethnicity as the department codes it.", "code", codes=Ethnicity.labels()),
            Column("postcode", "Postcode of the home address.", "postcode"),
            Column("nhs_number", "NHS number, where you hold it.", "NHS number"),
            Column("la_code", "Code of the authority that is responsible.", "nine characters, E first"),
        ),
        "One row for each child.",
    ),
    known_by=frozenset(("record_id", "person_id", "surname", "forename")),
    seldom=frozenset(("nhs_number",)),
)


def judge(raw: RawRecord, header: Header, as_of: date) -> Judged:
    row = Row(raw, as_of)
    record_id = row.text("record_id")
    if not record_id:
        return row.refuse(plain_layout.NO_RECORD_ID, "record_id")
    sex = row.sex("gender")
    surname, forename = row.name("surname"), row.text("forename")
    born_on = expected_on = None
    if _is_unborn(row, forename, sex):
        expected_on = _expected_on(row)
    else:
        if not forename:
            row.find(plain_layout.NO_NAME, "forename", part="forename")
        born_on = row.born_on("date_of_birth")
    person_id, nhs_number = row.text("person_id"), row.nhs_number("nhs_number")
    if not (surname or forename or born_on or expected_on or nhs_number):
        return row.refuse(plain_layout.NOBODY)
    person = PersonRecord(
        record_id=record_id,
        surname=surname,
        forenames=forename,
        born_on=born_on,
        expected_on=expected_on,
        sex=sex,
        ethnicity=_ethnicity(row),
        nhs_number=nhs_number,
        other_ids=(("person_id", person_id),) if person_id else (),
        postcode=row.postcode("postcode"),
        la_code=_authority(row),
    )
    return Judged(people=(person,), findings=tuple(row.findings))


def _is_unborn(row: Row, forename: str, sex: Sex | None) -> bool:
    if forename:
        if _UNBORN.search(forename):
            return True
        return sex not in (Sex.MALE, Sex.FEMALE) and _BABY.fullmatch(forename) is not None
    if sex in (Sex.MALE, Sex.FEMALE):
        return False
    # No forename, no sex: unborn where the date is missing or yet to come, else a child whose name is
    # missing.
    day = date_of(row.text("date_of_birth"))
    return not isinstance(day, date) or day > row.as_of


def _expected_on(row: Row) -> date | None:
    row.find(UNBORN, "forename")
    day = date_of(row.text("date_of_birth"))
    if isinstance(day, Problem):
        row.find(plain_layout.BAD_DATE, "date_of_birth")
        return None
    if day is None:
        row.find(NO_EXPECTED_DATE, "date_of_birth")
    elif day in STAND_IN_DAYS:
        row.find(plain_layout.STAND_IN, "date_of_birth", day=day)
    elif (day - row.as_of).days > _LONGEST_WAIT:
        row.find(FAR_OFF, "date_of_birth", day=day)
    elif (row.as_of - day).days > _LATEST_BIRTH:
        row.find(LONG_EXPECTED, "date_of_birth", day=day)
    return day


def _ethnicity(row: Row) -> str:
    code = row.text("ethnicity").upper()
    found = _ETHNICITIES.get(code, "")
    if code and not found:
        row.find(BAD_ETHNICITY, "ethnicity")
    return found


def _authority(row: Row) -> str:
    code = row.text("la_code").upper()
    if not code or code in AUTHORITIES:
        return code
    row.find(BAD_AUTHORITY, "la_code")
    return ""


FORMAT = Format(
    name="plain-social-care",
    title="Plain extract: children's social care",
    about=(
        "A CSV file with one row for each child in an authority's case management system. Unborn children "
        "are held with their expected date. It says who the children are; it tells no events."
    ),
    kinds=(AgencyKind.SOCIAL_CARE,),
    unit="row",
    delivery=Delivery.WHOLE,
    tables=(LAYOUT.table,),
    rules=(
        *plain_layout.RULES,
        plain_layout.BAD_NHS_NUMBER,
        plain_layout.NUMBER_TWICE,
        *(UNBORN, LONG_EXPECTED, NO_EXPECTED_DATE, FAR_OFF, BAD_ETHNICITY, BAD_AUTHORITY),
    ),
    recognises=LAYOUT.recognises,
    header=LAYOUT.header,
    records=LAYOUT.records,
    judge=judge,
    across=partial(NumbersOnce, "nhs_number"),
)
