"""The parts of a workbook as values: sheets, their columns, and what stands in their cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from sightline.disclosure_control.safe import Symbol
from sightline.statistics.tables import CellKey


class Kind(Enum):
    """What a column holds, which says how its numbers are shown."""

    TEXT = "text"
    COUNT = "count"
    PERCENT = "percent"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to another sheet."""

    sheet: str


Value = str | int | float | Link


@dataclass(frozen=True, slots=True)
class Placed:
    """Which number stands in a cell: a table's cell or a figure, and whether its count or its percent."""

    number: CellKey | str
    form: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """`lines` stand between the title and the table, one row each. `placed` says which cells hold numbers,
    by row and column of the table's body, both from 0."""

    name: str
    title: str
    lines: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    placed: Mapping[tuple[int, int], Placed] = field(default_factory=dict)
    table: str = ""

    @property
    def header_row(self) -> int:
        """The sheet's row, from 1, that holds the column headings."""
        return 2 + len(self.lines)

    @property
    def table_name(self) -> str:
        return f"{self.name.lower()}_data"

    def address(self, row: int, column: int) -> str:
        """“C12” for a cell of the table's body. A table has at most 26 columns before letters double."""
        return f"{_letters(column)}{self.header_row + 1 + row}"


@dataclass(frozen=True, slots=True)
class Workbook:
    """`mark` stands on every sheet of a draft or of invented data, and is else empty. `cover` holds headings
    and paragraphs."""

    title: str
    subject: str
    mark: str
    author: str
    cover: tuple[tuple[str, tuple[str, ...]], ...]
    contents: Sheet
    notes: Sheet
    tables: tuple[Sheet, ...]
    language: str = "en-GB"

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """All but the cover, in the order they stand."""
        return (self.contents, self.notes, *self.tables)


COVER = "Cover"


def in_brackets(symbol: Symbol) -> str:
    """“[c]”, as the Government Analysis Function writes symbols in spreadsheets."""
    return f"[{symbol.value}]"


def _letters(column: int) -> str:
    before, last = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)
