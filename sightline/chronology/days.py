"""Days known to the day, the month, the term or the year: how far each stretches, and how it is written."""

from calendar import monthrange
from datetime import date, timedelta

from sightline.vocabulary.events import DatePrecision
from sightline.vocabulary.periods import in_words

Stretch = tuple[date, date]
"""The first and the last day that is possible, both counted."""


def stretch_of(on: date | None, precision: DatePrecision) -> Stretch | None:
    """Every day that can be meant; None where no date is known."""
    if on is None or precision is DatePrecision.UNKNOWN:
        return None
    if precision is DatePrecision.MONTH:
        return on, date(on.year, on.month, monthrange(on.year, on.month)[1])
    if precision is DatePrecision.TERM:
        return on, _last_day_of_term(on)
    if precision is DatePrecision.YEAR:
        return on, _a_year_later(on) - timedelta(days=1)
    return on, on


def days_apart(one: Stretch, other: Stretch) -> int:
    """The least number of days between them; 0 where they share a day."""
    return max(0, (other[0] - one[1]).days, (one[0] - other[1]).days)


def written(on: date | None, precision: DatePrecision) -> str:
    """“3 May 2024”, “May 2024”, “summer term 2024”, “2024”, “year from 1 April 2024”, “date not known”."""
    if on is None or precision is DatePrecision.UNKNOWN:
        return "date not known"
    if precision is DatePrecision.MONTH:
        return in_words(on).partition(" ")[2]
    if precision is DatePrecision.TERM:
        return f"{_term_of(on)} term {on.year}"
    if precision is DatePrecision.YEAR:
        return str(on.year) if (on.month, on.day) == (1, 1) else f"year from {in_words(on)}"
    return in_words(on)


def age_on(born: date, stretch: Stretch) -> str:
    """“4 years”, “7 months”, “3 or 4 years”, “before birth”: as exact as the day of the event is."""
    first, last = _age(born, stretch[0]), _age(born, stretch[1])
    if first == last:
        return first
    if first.endswith("years") and last.endswith("years"):
        joined = "or" if int(last.split()[0]) - int(first.split()[0]) == 1 else "to"
        return f"{first.split()[0]} {joined} {last}"
    return f"{first} to {last}"


def birthday(born: date, years: int) -> date:
    """The day on which this age is reached; someone born on 29 February reaches it on 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def school_year_of(day: date) -> Stretch:
    """1 September to 31 August."""
    first = day.year if day.month >= 9 else day.year - 1
    return date(first, 9, 1), date(first + 1, 8, 31)


def school_age(born: date) -> Stretch:
    """The days of compulsory school age (Education Act 1996, section 8).

    It starts on the prescribed day (31 December, 31 March or 31 August) on or after the fifth birthday, and
    ends on the last Friday in June of the school year in which the child becomes 16.
    """
    fifth = birthday(born, 5)
    starts = next(
        day
        for day in (
            date(fifth.year, 3, 31),
            date(fifth.year, 8, 31),
            date(fifth.year, 12, 31),
        )
        if day >= fifth
    )
    june = date(school_year_of(birthday(born, 16))[1].year, 6, 30)
    return starts, june - timedelta(days=(june.weekday() - 4) % 7)


def _age(born: date, day: date) -> str:
    if day < born:
        return "before birth"
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    if months < 24:
        days = (day - born).days
        if days < 28:
            return f"{days} day" if days == 1 else f"{days} days"
        return f"{months} month" if months == 1 else f"{months} months"
    return f"{months // 12} years"


def _a_year_later(day: date) -> date:
    return birthday(day, 1)


def _last_day_of_term(on: date) -> date:
    return {
        "autumn": date(on.year, 12, 31),
        "spring": date(on.year, 4, 30),
        "summer": date(on.year, 7, 31),
    }[_term_of(on)]


def _term_of(on: date) -> str:
    """As the department counts sessions: autumn from 1 August, summer from the day after Easter."""
    if on.month >= 8:
        return "autumn"
    return "summer" if (on.month, on.day) > (3, 22) else "spring"
