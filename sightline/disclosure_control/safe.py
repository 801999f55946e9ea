"""What may leave: tables and figures after disclosure control. Nothing outside this room can make one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sightline.statistics.tables import CellKey, Figure, Line, Sum, Table

if TYPE_CHECKING:
    from sightline.disclosure_control.policies import Policy

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

    @property
    def description(self) -> Table:
        return self._table

    def cell(self, row: Line, column: Line) -> SafeCell:
        return self._cells[self._table.rows.index(row), self._table.columns.index(column)]

    def at(self, row_index: int, column_index: int) -> SafeCell:
        return self._cells[row_index, column_index]


class SafeFigure(_Minted):
    """A figure with its number, or with the symbol that stands in its place.

    `value`, `base`, `missing`, `low` and `high` are None where `symbol` is set. `figure` comes with only
    what may be seen of it: protect.py takes the rest out first.
    """

    def __init__(
        self, mint: object, *, figure: Figure, symbol: Symbol | None, is_rounded: bool = False
    ) -> None:
        super().__init__(mint)
        self.name, self.way, self.ref, self.unit = figure.name, figure.way, figure.ref, figure.unit
        self.statistic, self.sentence, self.source = figure.statistic, figure.sentence, figure.source
        self.base_sentence, self.cell, self.base_cell = figure.base_sentence, figure.cell, figure.base_cell
        self.missing_cell, self.by = figure.missing_cell, figure.by
        self.symbol = symbol
        self.is_rounded = is_rounded
        shown = symbol is None
        self.value = figure.value if shown else None
        self.base = figure.base if shown else None
        self.missing = figure.missing if shown else None
        self.low = figure.low if shown else None
        self.high = figure.high if shown else None
        self.percent = figure.percent if shown else None
        self.percent_rounded = figure.percent_rounded if shown else None


@dataclass(frozen=True, slots=True)
class Checks:
    """What disclosure control did: how many cells were printed, how many of them hidden, and what the
    attack on the result tried. Nothing here says which hidden cells were hidden for their own sake."""

    cells_printed: int
    cells_hidden: int
    cells_rounded: int
    cells_attacked: int
    tables_found: int
    programmes_solved: int
    earlier_releases: tuple[str, ...] = ()
    cells_revised: int = 0  # printed with another number in an earlier release

    @property
    def sentence(self) -> str:
        return (
            f"{self.cells_hidden} of {self.cells_printed} counts are hidden. An attack that knew everything "
            f"printed and every sum tried to work out {self.cells_attacked} counts and found none."
        )


class SafeRelease(_Minted):
    """Everything that may leave of one release, with what a reader can know from it.

    `known` says of every printed cell between which counts it lies for a reader ((5, 5) is a five, (0, None)
    is hidden), and `sums` how cells add up: with both, a later release can be attacked with this one.
    """

    def __init__(
        self,
        mint: object,
        *,
        tables: tuple[SafeTable, ...],
        figures: Mapping[str, SafeFigure],
        policy: "Policy",
        checks: Checks,
        known: Mapping[CellKey, tuple[int, int | None]],
        sums: tuple[Sum, ...],
    ) -> None:
        super().__init__(mint)
        self.tables, self.figures, self.policy, self.checks = tables, dict(figures), policy, checks
        self.known, self.sums = dict(known), sums

    def to_json(self) -> dict[str, Any]:
        """Plain lists, texts and numbers, from which `from_json` makes the same release again."""
        from sightline.disclosure_control.written import release_to_json

        return release_to_json(self)

    @staticmethod
    def from_json(written: Mapping[str, Any]) -> "SafeRelease":
        """Raises KeyError, TypeError or ValueError for what `to_json` did not write."""
        from sightline.disclosure_control.written import release_from_json

        return release_from_json(written)
