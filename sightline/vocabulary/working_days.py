"""England's working days: Monday to Friday without the bank holidays of the shipped table.

The trigger's day is day 0 and the next working day is day 1, also where the trigger falls on a weekend or a
bank holiday. The safeguarding texts do not define a working day; leaving out Saturdays, Sundays, Christmas
Day, Boxing Day, Good Friday and bank holidays is the definition of SI 2006/1738 (children's complaints).
"""

from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sightline.vocabulary.periods import in_words
from sightline.vocabulary.shipped import shipped_rows

BANK_HOLIDAYS: tuple[date, ...] = tuple(
    date.fromisoformat(row["observed_on"]) for row in shipped_rows("bank_holidays")
)
"""Every bank holiday in the table, the day on which it is observed, earliest first."""

TABLE_FIRST = date(BANK_HOLIDAYS[0].year, 1, 1)
TABLE_LAST = date(BANK_HOLIDAYS[-1].year, 12, 31)
"""The table holds whole years; outside them only weekends are left out (`beyond_table` says so)."""

_CALENDAR = np.busdaycalendar(holidays=[np.datetime64(day, "D") for day in BANK_HOLIDAYS])


def is_working_day(day: date) -> bool:
    return bool(np.is_busday(np.datetime64(day, "D"), busdaycal=_CALENDAR))


def working_day_after(day: date, count: int) -> date:
    """The working day numbered `count` after a trigger on `day`; a negative count counts back.

    A count of 0 is the day itself, working or not. Raises OverflowError beyond the calendar of `date`.
    """
    if count == 0:
        return day
    found = np.busday_offset(np.datetime64(day, "D"), count, roll=_roll(count), busdaycal=_CALENDAR).item()
    if not isinstance(found, date):
        raise OverflowError(f"Working day {count} after {day.isoformat()} lies outside the years 1 to 9999.")
    return found


def working_days_between(start: date, end: date) -> int:
    """The number of the day `end` when `start` is day 0: working days after `start`, `end` counted.

    Negative where `end` comes first. A day off has the number of the last working day before it, seen from
    the start.
    """
    first, last = np.datetime64(start, "D"), np.datetime64(end, "D")
    if last < first:
        return -int(np.busday_count(last, first, busdaycal=_CALENDAR))
    # numpy counts the first day and not the last; here the trigger is day 0 and the last day counts.
    return int(np.busday_count(first + 1, last + 1, busdaycal=_CALENDAR))


def _roll(count: int) -> Literal["backward", "forward"]:
    """Moves a trigger on a day off against the direction of counting: the next working day is then day 1."""
    return "backward" if count > 0 else "forward"


def working_day_after_many(days: ArrayLike, count: ArrayLike) -> NDArray[np.datetime64]:
    """`working_day_after` for datetime64[D] arrays (one count or one a day); a missing date stays missing."""
    days, count = np.asarray(days, dtype="datetime64[D]"), np.asarray(count, dtype=np.int64)
    onward = np.busday_offset(days, np.maximum(count, 0), roll=_roll(1), busdaycal=_CALENDAR)
    backward = np.busday_offset(days, np.minimum(count, 0), roll=_roll(-1), busdaycal=_CALENDAR)
    return np.where(count > 0, onward, np.where(count < 0, backward, days))


def working_days_between_many(start: ArrayLike, end: ArrayLike) -> NDArray[np.float64]:
    """`working_days_between` for datetime64[D] arrays, as whole floats; NaN where a date is missing."""
    start, end = np.broadcast_arrays(
        np.asarray(start, dtype="datetime64[D]"), np.asarray(end, dtype="datetime64[D]")
    )
    missing = np.isnat(start) | np.isnat(end)
    start = np.where(missing, np.datetime64(0, "D"), start)
    end = np.where(missing, np.datetime64(0, "D"), end)
    onward = np.busday_count(start + 1, np.maximum(start, end) + 1, busdaycal=_CALENDAR)
    backward = np.busday_count(np.minimum(start, end), start, busdaycal=_CALENDAR)
    return np.where(missing, np.nan, np.where(end >= start, onward, -backward))


def beyond_table(day: date) -> str | None:
    """The warning that belongs beside a result that rests on this day; None where the table covers it."""
    if TABLE_FIRST <= day <= TABLE_LAST:
        return None
    return (
        f"{in_words(day)} is outside the bank holiday table, which covers {TABLE_FIRST.year} to "
        f"{TABLE_LAST.year}; only weekends are left out there, so a bank holiday counts as a working day."
    )
