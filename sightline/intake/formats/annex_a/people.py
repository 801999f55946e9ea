"""Who a row of a list is about."""

from collections.abc import Callable
from datetime import date

from sightline.intake import cells
from sightline.intake.cells import Problem
from sightline.intake.formats.annex_a import columns as c
from sightline.intake.formats.annex_a import rules
from sightline.intake.formats.annex_a.row import DATE_FORMS, PREGNANCY, Row
from sightline.intake.records import PersonRecord
from sightline.vocabulary.codes import Sex

_OLDEST_CHILD = 18
_OLDEST_CARE_LEAVER = 25
_MAY_BE_OLDER = (4, 6, 8, 9, 10)
"""Lists on which a person may stand until the end of the leaving care duties, or from long ago."""


def record_id(row: Row) -> str:
    """The authority's number for the person. An adopter's is kept apart from the children's."""
    text = row.text(row.held.person_id).removesuffix(".0")
    return f"adopter/{text}" if text and row.held.number == 11 else text


def person_of(row: Row, identity: str) -> PersonRecord:
    if row.held.number == 11:
        return PersonRecord(identity, sex=_sex(row), ethnicity=row.code(c.ETHNICITY), is_adult=True)
    born_on, expected_on = _birth(row)
    return PersonRecord(
        identity,
        surname=row.text(c.SURNAME),
        forenames=row.text(c.FORENAME),
        born_on=born_on,
        expected_on=expected_on,
        sex=_sex(row),
        ethnicity=row.code(c.ETHNICITY),
        upn=_value(row, c.UPN, cells.upn_of),
        nhs_number=_value(row, c.NHS_NUMBER, cells.nhs_number_of),
        postcode=_value(row, c.HOME_POSTCODE, cells.postcode_of),
        is_restricted=_was_adopted(row),
    )


def _sex(row: Row) -> Sex | None:
    code = row.code(c.GENDER)
    return Sex(code) if code else None


def _value(row: Row, column: str, read: Callable[[str], str | Problem | None]) -> str:
    value = read(row.text(column))
    if isinstance(value, Problem):
        if not value.is_placeholder:
            row.find(rules.BAD_CELL, column, problem=value.sentence)
        return ""
    return value or ""


def _birth(row: Row) -> tuple[date | None, date | None]:
    """The day of birth, or the day on which the child is expected."""
    text = row.text(c.BORN)
    if cells.is_nothing(text):
        row.find(rules.NO_BIRTH, c.BORN)
        return None, None
    day = cells.date_of(text, DATE_FORMS)
    if isinstance(day, Problem) or day is None:
        row.find(rules.BAD_CELL, c.BORN, problem=day.sentence if day else "")
        return None, None
    if day > row.as_of:
        if day - row.as_of > PREGNANCY:
            row.find(rules.BIRTH_FAR_AHEAD, c.BORN, day=day, as_of=row.as_of)
            return None, None
        return None, day
    if doubt := cells.doubt_about(day, as_of=row.as_of):
        row.find(rules.DOUBTFUL_DATE, c.BORN, problem=doubt.sentence)
        return None, None
    _check_against(row, day)
    return day, None


def _check_against(row: Row, born_on: date) -> None:
    """The age and the other days of the row, seen from the date of birth."""
    for name, day in row.days():
        if born_on - day > PREGNANCY:
            row.find(rules.BEFORE_BIRTH, name, day=day, born=born_on)
    oldest = _OLDEST_CARE_LEAVER if row.held.number in _MAY_BE_OLDER else _OLDEST_CHILD
    start = next((day for name, day in row.days() if name in row.held.keys and day <= row.as_of), None)
    if start and (age := _age(born_on, start)) > oldest:
        row.find(rules.TOO_OLD, c.BORN, day=born_on, age=age, on=start, list=row.held.name)
    stated = _stated_age(row)
    if stated is not None and not (-1 <= stated <= _age(born_on, row.as_of) + 1):
        row.find(rules.AGE_DISAGREES, c.AGE, age=f"{stated:g}", day=born_on)


def _stated_age(row: Row) -> float | None:
    text = row.text(c.AGE)
    try:
        return round(float(text), 1) if text else None
    except ValueError:
        return None


def _age(born_on: date, on: date) -> int:
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _was_adopted(row: Row) -> bool:
    """Whether the row says that the child has been adopted, so that this record belongs to a closed life."""
    if row.held.number == 6:
        return row.code(c.NEED_CLOSED) == "RC1"
    if row.held.number == 8:
        return row.code(c.CARE_ENDED) in {"adopted", "E11", "E12"}
    return row.held.number == 10 and isinstance(cells.date_of(row.text(c.ADOPTED), DATE_FORMS), date)
