"""The year a return is about: twelve months to 31 March, told by the file's name or by its dates."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

FIRST, LAST = 2010, 2060
_SPAN = re.compile(r"(?<!\d)(20\d\d)\s*(?:-|_|/|to|–)\s*(20)?(\d\d)(?!\d)", re.IGNORECASE)
_ONE = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SHARE_THAT_COUNTS = 0.02


@dataclass(frozen=True, slots=True, order=True)
class Year:
    """A collection year, known by the calendar year in which it ends."""

    ends_in: int

    @property
    def start(self) -> date:
        return date(self.ends_in - 1, 4, 1)

    @property
    def end(self) -> date:
        return date(self.ends_in, 3, 31)

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end


def year_of(day: date) -> Year:
    return Year(day.year + (day >= date(day.year, 4, 1)))


def year_named(name: str) -> Year | None:
    """“SSDA903_2020_episodes.csv” and “header 2019-20.csv” both name the year that ends in March 2020."""
    for span in _SPAN.finditer(name):
        first, last = int(span[1]), int(span[1][:2] + span[3])
        if last == first + 1:
            return _possible(last)
    found = {int(each) for each in _ONE.findall(name)}
    return _possible(found.pop()) if len(found) == 1 else None


def year_by_dates(days: Iterable[date]) -> Year | None:
    """The latest year in which a fair share of the dates fall; a slip of the pen makes no year."""
    counted = Counter(year_of(day).ends_in for day in days)
    enough = max(1.0, counted.total() * _SHARE_THAT_COUNTS)
    years = [year for year, count in counted.items() if count >= enough and FIRST <= year <= LAST]
    return Year(max(years)) if years else None


def year_of_collection(collection: str) -> Year | None:
    """The year out of a header's collection (“2026/episodes”); None where it could not be told."""
    start = collection.partition("/")[0]
    return Year(int(start)) if start.isdecimal() else None


def _possible(year: int) -> Year | None:
    return Year(year) if FIRST <= year <= LAST else None
