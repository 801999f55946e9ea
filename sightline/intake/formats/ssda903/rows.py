"""A child's rows as the checks and the telling see them: cells by our names, dates as dates."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from sightline.intake.cells import ISO, SLASHED, Problem, date_of
from sightline.intake.formats.ssda903 import tables
from sightline.intake.formats.ssda903.years import Year
from sightline.vocabulary.findings import Place

EARLIEST = date(1980, 1, 1)
"""Nobody in a return of 2017 or later was born, or anything happened to them, before this."""

_NOT_IN_THE_PAST = frozenset({"DUC"})


def date_in(cell: str) -> date | None:
    """A day as the return writes it, or as ISO does; None where it is no day of the calendar."""
    found = date_of(cell, (SLASHED, ISO))
    return None if isinstance(found, Problem) else found


def birthday(born: date, age: int) -> date:
    """The day on which that age is reached; for 29 February it is 1 March in a common year."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def age_on(born: date, day: date) -> int:
    age = day.year - born.year
    return age - (day < birthday(born, age))


class Row:
    """One row of one table. A cell that is not there is empty, a date that cannot be right is None."""

    __slots__ = ("_days", "as_of", "born", "cells", "nth", "place", "prefix", "spelled", "table")

    def __init__(
        self,
        table: str,
        place: Place,
        cells: Mapping[str, str],
        *,
        as_of: date,
        prefix: str = "",
        spelled: Mapping[str, str] | None = None,
        born: date | None = None,
        nth: int = 1,
    ) -> None:
        self.table = table
        self.place = place
        self.cells = cells
        self.as_of = as_of
        self.prefix = prefix  # where the row stands in its record, “EPISODE[2]/”
        self.spelled = spelled or {}  # the file's own names of columns
        self.nth = nth  # counts rows that have the same key
        self._days: dict[str, date | None] = {}
        self.born = born or self.day("DOB")

    def __repr__(self) -> str:
        return f"Row({self.table!r}, {self.place!s})"

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def day(self, column: str) -> date | None:
        if column not in self._days:
            found = date_in(self[column])
            self._days[column] = found if found and self._is_credible(column, found) else None
        return self._days[column]

    def _is_credible(self, column: str, day: date) -> bool:
        return day >= EARLIEST and (day <= self.as_of or column in _NOT_IN_THE_PAST)

    def says(self, *columns: str) -> bool:
        """Whether any of the columns holds something."""
        return any(self[column] for column in columns)

    def age_on(self, day: date | None) -> int | None:
        return None if self.born is None or day is None else age_on(self.born, day)

    def is_under(self, age: int, day: date | None) -> bool:
        found = self.age_on(day)
        return found is not None and found < age

    def is_at_least(self, age: int, day: date | None) -> bool:
        found = self.age_on(day)
        return found is not None and found >= age

    def at(self, column: str) -> Place:
        return Place(self.place.file, self.place.line, f"{self.prefix}{self.spelled.get(column, column)}")

    def shown(self, column: str) -> str:
        """The cell as a finding may show it: a date or a known code, never what else stands there."""
        declared = tables.column(self.table, column)
        if declared.form.startswith("date"):
            day = self.born if column == "DOB" else date_in(self[column])
            if day:
                return f"{day.day} {day:%B %Y}"
            return "a date that cannot be read" if self[column] else "no date"
        if self[column] in declared.codes:
            return self[column]
        return "a code that is not known" if self[column] else "nothing"


class Child:
    """What one record, or one file, holds of a child. `known` names the tables that it could hold."""

    def __init__(
        self,
        rows: Mapping[str, Sequence[Row]],
        known: frozenset[str],
        as_of: date,
        year: Year | None = None,
    ) -> None:
        self.rows = rows
        self.known = known
        self.as_of = as_of
        self.year = year

    def all(self, table: str) -> Sequence[Row]:
        return self.rows.get(table, ())

    def one(self, table: str) -> Row | None:
        found = self.all(table)
        return found[0] if found else None

    @cached_property
    def episodes(self) -> Sequence[Row]:
        """Those with a date, in its order; of two that began on one day the one that ended first."""
        dated = [row for row in self.all("episodes") if row.day("DECOM")]
        return sorted(dated, key=lambda row: (row.day("DECOM") or date.min, row.day("DEC") or date.max))
