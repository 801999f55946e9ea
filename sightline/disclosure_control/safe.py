"""What may leave: tables and figures after disclosure control. Nothing outside this room can make one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sightline.statistics.tables import Figure, Line, Table

_MINT = object()
"""Held by this room alone: the safe types refuse to be constructed without it."""


class Symbol(StrEnum):
    """The Government Statistical Service's symbols, as the department's open data uses them."""

    SUPPRESSED = "c"
    NOT_AVAILABLE = "x"
    NOT_APPLICABLE = "z"
    ROUNDS_TO_ZERO = "low"
    ROUNDS_TO_ZERO_SENSITIVE = "k"


class _Minted:
    """Base of the safe types: constructed only with this room's mint."""

    def __init__(self, mint: object) -> None:
        if mint is not _MINT:
            raise TypeError(
                f"{type(self).__name__} is made by disclosure_control.protect alone; "
                "a raw count has no other way out."
            )


@dataclass(frozen=True, slots=True)
class SafeCell:
    """Either a number that may be seen or the symbol that stands in its place, never both."""

    value: int | None
    symbol: Symbol | None = None
    is_rounded: bool = False

    def __str__(self) -> str:
        return str(self.symbol) if self.value is None else str(self.value)


class SafeTable(_Minted):
    """A table's lines with a `SafeCell` for each row and column."""

    def __init__(self, mint: object, *, table: Table, cells: Mapping[tuple[int, int], SafeCell]) -> None:
        super().__init__(mint)
        self._table = table
        self._cells = dict(cells)

    def __getattr__(self, name: str) -> Any:
        # The description (title, lines, unit, source…) is not secret; only counts are, and Table has none.
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._table, name)

    def cell(self, row: Line, column: Line) -> SafeCell:
        return self._cells[self._table.rows.index(row), self._table.columns.index(column)]

    def at(self, row_index: int, column_index: int) -> SafeCell:
        return self._cells[row_index, column_index]


class SafeFigure(_Minted):
    """A figure with its number, or with the symbol that stands in its place.

    `value`, `base`, `missing`, `low` and `high` are None where `symbol` is set.
    """

    def __init__(self, mint: object, *, figure: Figure, symbol: Symbol | None) -> None:
        super().__init__(mint)
        self.name, self.way, self.ref, self.unit = figure.name, figure.way, figure.ref, figure.unit
        self.statistic, self.sentence, self.source = figure.statistic, figure.sentence, figure.source
        self.base_sentence, self.cell, self.base_cell = figure.base_sentence, figure.cell, figure.base_cell
        self.symbol = symbol
        shown = symbol is None
        self.value = figure.value if shown else None
        self.base = figure.base if shown else None
        self.missing = figure.missing if shown else None
        self.low = figure.low if shown else None
        self.high = figure.high if shown else None
        self.percent = figure.percent if shown else None
        self.percent_rounded = figure.percent_rounded if shown else None
