"""Cells of any format as values: a day, a postcode, an identifier, a sex; or what is wrong with the cell.

An empty cell is None. A `Problem` never repeats the cell, so that its sentence can stand in a finding. What
was asked before is remembered: a million rows hold few different dates and postcodes.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sightline.vocabulary.codes import Sex
from sightline.vocabulary.identifiers import UPN, NHSNumber, Postcode

_REMEMBERED = 1 << 16


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell is no value. `is_placeholder`: it is well written and means that nothing is known."""

    sentence: str
    is_placeholder: bool = False


ISO, SLASHED, MONTH_NAMED, EXCEL_NUMBER = "YYYY-MM-DD", "DD/MM/YYYY", "DD-Mon-YYYY", "Excel's day number"
YEAR_FIRST_MONTH_NAMED = "YYYY-Mon-DD"  # as the department's collection system writes its tables
DATE_FORMS = (ISO, SLASHED, MONTH_NAMED)
"""What dates are written as. ISO dates may have a time of day behind them; a slash may be a dot or a dash."""

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+\-]\d{2}:?\d{2})?)?"
)
_SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_MONTH_NAMED = re.compile(r"(\d{1,2})[ \-/]([A-Za-z]{3,9})[ \-/,]*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-([A-Za-z]{3})-(\d{1,2})(?: \d{2}:\d{2}:\d{2})?")
_NUMBER = re.compile(r"\d{5}(?:\.0+)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EXCEL_DAY_0 = date(1899, 12, 30)

STAND_IN_DAYS = frozenset((date(1900, 1, 1), date(1900, 1, 2), date(1901, 1, 1), date(1970, 1, 1)))
"""Days that systems write where they know none."""
FIRST_PLAUSIBLE_YEAR = 1900

_NOTHING = frozenset(
    ("", "-", "--", "?", "n/a", "na", "none", "null", "nil", "not known", "unknown", "not recorded")
)


def is_nothing(cell: object) -> bool:
    """Whether the cell is empty or one of the usual ways to write that nothing is known."""
    return cell is None or (isinstance(cell, str) and cell.strip().lower() in _NOTHING)


def date_of(cell: object, forms: tuple[str, ...] = DATE_FORMS) -> date | Problem | None:
    """The day that a cell means in the first of the forms that takes it.

    Days come before months; a two-digit year is a problem, because a child's and a grandparent's look alike.
    """
    if isinstance(cell, str):
        return _date_of_text(cell, forms)
    if isinstance(cell, datetime):
        return cell.date()
    if cell is None or isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool) and EXCEL_NUMBER in forms:
        return _excel_day(cell)
    return _no_date(forms)


@lru_cache(maxsize=_REMEMBERED)
def _date_of_text(text: str, forms: tuple[str, ...]) -> date | Problem | None:
    text = text.strip()
    if not text:
        return None
    for form in forms:
        read = _READERS[form](text)
        if read is not None:
            return read
    return _no_date(forms)


def _no_date(forms: tuple[str, ...]) -> Problem:
    return Problem(f"This is not a day of the calendar as {' or '.join(forms)}.")


def _iso(text: str) -> date | Problem | None:
    found = _ISO.fullmatch(text)
    return _day(found[1], found[2], found[3]) if found else None


def _slashed(text: str) -> date | Problem | None:
    found = _SLASHED.fullmatch(text)
    return _day(found[3], found[2], found[1]) if found else None


def _month_named(text: str) -> date | Problem | None:
    found = _MONTH_NAMED.fullmatch(text)
    if not found or found[2][:3].lower() not in _MONTHS:
        return None
    return _day(found[3], _MONTHS.index(found[2][:3].lower()) + 1, found[1])


def _year_first_month_named(text: str) -> date | Problem | None:
    found = _YEAR_FIRST.fullmatch(text)
    if not found or found[2].lower() not in _MONTHS:
        return None
    return _day(found[1], _MONTHS.index(found[2].lower()) + 1, found[3])


def _excel_number(text: str) -> date | Problem | None:
    return _excel_day(float(text)) if _NUMBER.fullmatch(text) else None


def _excel_day(number: float) -> date | Problem:
    try:
        return _EXCEL_DAY_0 + timedelta(days=int(number))
    except (OverflowError, ValueError):
        return Problem("There is no day of this number in a workbook.")


def _day(year: str, month: str | int, day: str) -> date | Problem:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return Problem("There is no such day in the calendar.")


_READERS: Mapping[str, Callable[[str], date | Problem | None]] = {
    ISO: _iso,
    SLASHED: _slashed,
    MONTH_NAMED: _month_named,
    YEAR_FIRST_MONTH_NAMED: _year_first_month_named,
    EXCEL_NUMBER: _excel_number,
}


@lru_cache(maxsize=_REMEMBERED)
def doubt_about(day: date, *, as_of: date, may_lie_ahead: bool = False) -> Problem | None:
    """Why a day is hard to believe: a stand-in, long before anybody alive, or still to come."""
    if day in STAND_IN_DAYS:
        return Problem(
            f"Systems write {day} where they know no date. Leave the cell empty if that is so.", True
        )
    if day.year < FIRST_PLAUSIBLE_YEAR:
        return Problem(f"{day} is before {FIRST_PLAUSIBLE_YEAR}. Is the year right?")
    if day > as_of and not may_lie_ahead:
        return Problem(f"{day} is after {as_of}, the day on which the file was read. Is the year right?")
    if day.year > as_of.year + 2:
        return Problem(f"{day} is years ahead. Is the year right?")
    return None


_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
NO_FIXED_ABODE = "ZZ993VZ"
PLACEHOLDER_POSTCODES: Mapping[str, str] = {
    NO_FIXED_ABODE: "there is no fixed abode",
    "ZZ993WZ": "the address is not known",
    "ZZ993CZ": "the address is in England and otherwise not known",
    "ZZ993GZ": "the address is in Wales and otherwise not known",
    "ZZ991WZ": "the address is in Scotland and otherwise not known",
    "ZZ992WZ": "the address is in Northern Ireland and otherwise not known",
}
"""NHS pseudo postcodes of the group ZZ99 3, and those for the other countries; other ZZ99s are abroad."""


@lru_cache(maxsize=_REMEMBERED)
def postcode_of(text: str | None) -> str | Problem | None:
    """“sw1a  1aa” is “SW1A1AA”. A letter O for a nought is not mended: two places could be meant."""
    if not text:
        return None
    compact = "".join(text.split()).upper()
    # As `Postcode` has it, and ten times as fast: a million rows hold more postcodes than are remembered.
    if _POSTCODE.fullmatch(compact) and not compact.startswith("ZZ99"):
        return compact
    if compact.lower() in _NOTHING:
        return None
    if compact.startswith("ZZ99"):
        meaning = PLACEHOLDER_POSTCODES.get(compact, "the address is abroad or not known")
        return Problem(f"This stands in for a postcode and says that {meaning}.", True)
    if compact == "NFA":
        return Problem("This stands in for a postcode and says that there is no fixed abode.", True)
    try:
        return Postcode(compact).text
    except ValueError:
        return Problem("This does not have the form of a postcode, such as “SW1A 1AA”.")


def nhs_number_of(cell: object) -> str | Problem | None:
    return _identifier(cell, NHSNumber, digits=10)


def upn_of(cell: object) -> str | Problem | None:
    return _identifier(cell, UPN)


def _identifier(cell: object, kind: Callable[[str], Any], *, digits: int = 0) -> str | Problem | None:
    """The normal form of an identifier that passes its check. Spreadsheets make numbers of long digits."""
    if cell is None:
        return None
    text = str(cell).strip().removesuffix(".0") if digits else str(cell).strip()
    if text.lower() in _NOTHING:
        return None
    try:
        return str(kind(text).text)
    except ValueError as wrong:
        return Problem(str(wrong))


_SEX: Mapping[str, Sex] = {
    **dict.fromkeys(("m", "1", "male", "boy", "man"), Sex.MALE),
    **dict.fromkeys(("f", "2", "female", "girl", "woman"), Sex.FEMALE),
    # U and 0: not known or not recorded; I and 9: indeterminate, not specified.
    **dict.fromkeys(("u", "0", "i", "9", "n", "x", "unknown", "not known", "indeterminate"), Sex.NOT_KNOWN),
    **dict.fromkeys(("unborn", "other", "not specified", "not stated", "not recorded"), Sex.NOT_KNOWN),
}


@lru_cache(maxsize=1024)
def sex_of(text: str | None) -> Sex | Problem | None:
    """M F U I, 1 2 0 9 and words; they never contradict one another, so every format may use all of them."""
    if not text or not (word := text.strip().lower()):
        return None
    return (
        _SEX.get(word)
        or _SEX.get(word.removesuffix(".0"))
        or Problem("This is not one of M, F, U, I, 1, 2, 0, 9, “male”, “female” or “unknown”.")
    )
