"""Which dates of birth are asked for, and which mistake in the recorded one each of them assumes.

How far a recorded date may lie from the true one depends on how old the child is: a baby's is written down
days after birth, a teenager's may be an estimate at a border. The widths are our assumption: the one other
published matcher uses six months for everybody.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sightline.vocabulary.codes import Code


class DateError(Code):
    """The mistake in the record's date of birth that a search assumes."""

    NONE = "none", "The date is right"
    DAY_AND_MONTH_SWAPPED = "day_and_month_swapped", "Day and month are swapped"
    NEAR = "near", "The date is a little off, by as much as is usual at this age"
    ONLY_THE_YEAR_KNOWN = "only_the_year_known", "1 January stands for a year"


@dataclass(frozen=True, slots=True)
class Dates:
    """From `first` to `last`, both included."""

    first: date
    last: date
    error: DateError = DateError.NONE

    def hold(self, day: date) -> bool:
        return self.first <= day <= self.last


DAYS_OFF_UNDER_AGE = ((1, 3), (5, 14), (12, 31))
DAYS_OFF_LATER = 183
YOUNGEST_WHOSE_YEAR_ALONE_IS_KNOWN = 5


def as_recorded(born_on: date) -> Dates:
    return Dates(born_on, born_on)


def swapped(born_on: date, as_of: date) -> Dates | None:
    """With day and month exchanged, where that is another day and not still to come."""
    if born_on.day > 12 or born_on.day == born_on.month:
        return None
    day = date(born_on.year, born_on.day, born_on.month)
    return Dates(day, day, DateError.DAY_AND_MONTH_SWAPPED) if day <= as_of else None


def near(born_on: date, as_of: date) -> Dates:
    """The days round the recorded one, as many as are usual at the child's age on `as_of`."""
    age = age_on(born_on, as_of)
    if (born_on.month, born_on.day) == (1, 1) and age >= YOUNGEST_WHOSE_YEAR_ALONE_IS_KNOWN:
        return Dates(born_on, min(date(born_on.year, 12, 31), as_of), DateError.ONLY_THE_YEAR_KNOWN)
    days = next((days for under, days in DAYS_OFF_UNDER_AGE if age < under), DAYS_OFF_LATER)
    off = timedelta(days=days)
    return Dates(born_on - off, max(born_on, min(born_on + off, as_of)), DateError.NEAR)


def age_on(born_on: date, as_of: date) -> int:
    """In whole years. Whoever was born on 29 February is a year older on 1 March."""
    return as_of.year - born_on.year - ((as_of.month, as_of.day) < (born_on.month, born_on.day))
