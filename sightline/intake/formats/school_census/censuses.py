"""Which census a table belongs to, and which days that census tells of.

The school census is taken each term and tells of attendance one term back, of suspensions and exclusions one
and two terms back (two alone before autumn 2019). Its tables carry neither year nor term: the file's name or
folder does.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

from sightline.vocabulary.codes import Code
from sightline.vocabulary.periods import Period


class Term(Code):
    SPRING = "spring", "Spring"
    SUMMER = "summer", "Summer"
    AUTUMN = "autumn", "Autumn"


_IN_YEAR = tuple(Term)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_TERM = re.compile(r"(?<![a-z])(aut(?:umn)?|spr(?:ing)?|sum(?:mer)?)(?![a-z])")


@dataclass(frozen=True, slots=True)
class AttendancePeriod:
    """Part of a school year for which a census counts sessions."""

    name: str  # “2024 summer 1”: the same in every delivery
    words: str
    days: Period


@dataclass(frozen=True, slots=True)
class Census:
    year: int
    term: Term

    def __str__(self) -> str:
        return f"{self.year} {self.term}"

    @property
    def words(self) -> str:
        return f"{self.term} {self.year} census"

    @property
    def place(self) -> tuple[int, int]:
        """For order: autumn is the last census of a calendar year."""
        return self.year, _IN_YEAR.index(self.term)

    @property
    def taken_on(self) -> date:
        """The Thursday that the department sets: the first of October, the third of January and of May."""
        month, nth = {Term.AUTUMN: (10, 1), Term.SPRING: (1, 3), Term.SUMMER: (5, 3)}[self.term]
        first = date(self.year, month, 1)
        return first + timedelta(days=(3 - first.weekday()) % 7 + 7 * (nth - 1))

    @property
    def days(self) -> Period:
        """The term in which it was taken."""
        if self.term is Term.AUTUMN:
            return _autumn(self.year)
        return _spring(self.year) if self.term is Term.SPRING else _summer(self.year)

    @property
    def attendance(self) -> AttendancePeriod:
        """The term before; in autumn, the summer term up to the May half term."""
        if self.term is Term.AUTUMN:
            days = Period(_easter(self.year) + timedelta(days=1), _spring_bank_holiday(self.year) - _DAY)
            words = f"summer term {self.year} up to the May half term"
            return AttendancePeriod(f"{self.year} summer 1", words, days)
        if self.term is Term.SPRING:
            last = self.year - 1
            return AttendancePeriod(f"{last} autumn", f"autumn term {last}", _autumn(last))
        return AttendancePeriod(f"{self.year} spring", f"spring term {self.year}", _spring(self.year))

    @property
    def attendance_after_half_term(self) -> AttendancePeriod:
        """Asked for in autumn alone."""
        days = Period(_spring_bank_holiday(self.year), date(self.year, 7, 31))
        words = f"summer term {self.year} after the May half term"
        return AttendancePeriod(f"{self.year} summer 2", words, days)

    @property
    def attendance_of_year(self) -> AttendancePeriod:
        """What special schools were asked for in autumn, up to 2016."""
        days = Period(date(self.year - 1, 8, 1), date(self.year, 7, 31))
        words = f"school year {self.year - 1}-{self.year % 100:02d}"
        return AttendancePeriod(f"{self.year - 1} year", words, days)

    @property
    def exclusions(self) -> Period:
        """From the first day of the term two before to the last of the term before."""
        if self.term is Term.AUTUMN:
            return Period(date(self.year, 1, 1), date(self.year, 7, 31))
        if self.term is Term.SPRING:
            return Period(_easter(self.year - 1), date(self.year - 1, 12, 31))
        return Period(date(self.year - 1, 8, 1), _easter(self.year))


@lru_cache
def census_in(text: str) -> Census | None:
    """The census that a name speaks of, as “2024_autumn_pupilonroll.csv” does; None if of none or of two."""
    lower = text.lower().replace("_", " ")
    years = set(_YEAR.findall(lower))
    terms = {each[:3] for each in _TERM.findall(lower)}
    if len(years) != 1 or len(terms) != 1:
        return None
    start = terms.pop()
    return Census(int(years.pop()), next(each for each in Term if each.startswith(start)))


_DAY = timedelta(days=1)


def _easter(year: int) -> date:
    return easter(year)


def _spring_bank_holiday(year: int) -> date:
    """The last Monday of May, about which the half term lies; a moved holiday does not move the half term."""
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


def _autumn(year: int) -> Period:
    return Period(date(year, 8, 1), date(year, 12, 31))


def _spring(year: int) -> Period:
    return Period(date(year, 1, 1), _easter(year))


def _summer(year: int) -> Period:
    return Period(_easter(year) + _DAY, date(year, 7, 31))
