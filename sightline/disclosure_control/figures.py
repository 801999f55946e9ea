"""Which figures may be seen, and how much of each."""

from collections.abc import Mapping
from dataclasses import replace

from sightline.disclosure_control.policies import Policy
from sightline.disclosure_control.safe import _MINT, SafeCell, SafeFigure, Symbol
from sightline.statistics.tables import CellKey, Figure, Statistic


def safe_figure(
    figure: Figure, *, shown: Mapping[CellKey, SafeCell], counts: Mapping[CellKey, int], policy: Policy
) -> SafeFigure:
    """A count is shown as its cell is, and so are its base and its missing count; means and coefficients
    follow the policy's smallest base; the extreme of anything is one child's, and never shown."""
    if figure.statistic is Statistic.COUNT:
        return _count(figure, shown)
    if figure.statistic is Statistic.RATE:
        return _rate(figure, shown)
    symbol = _withheld(figure, shown=shown, counts=counts, policy=policy)
    base = figure.base if _is_printed(figure.base, figure.base_cell, shown) else None
    kept = replace(figure, base=base, missing=_missing(figure, shown))
    return SafeFigure(_MINT, figure=kept, symbol=symbol)


def _count(figure: Figure, shown: Mapping[CellKey, SafeCell]) -> SafeFigure:
    if figure.cell is None or (figure.base is not None and figure.base_cell is None):
        # A count that disclosure control cannot tie to a cell has not been checked by anything.
        return SafeFigure(_MINT, figure=figure, symbol=Symbol.NOT_AVAILABLE)
    printed = shown[figure.cell]
    base = SafeCell(None) if figure.base_cell is None else shown[figure.base_cell]
    if printed.symbol or base.symbol:
        return SafeFigure(_MINT, figure=figure, symbol=printed.symbol or base.symbol)
    kept = replace(figure, missing=_missing(figure, shown))
    if printed.is_rounded or base.is_rounded:
        # The interval was worked out from the exact counts and would give them away.
        kept = replace(kept, value=printed.value, base=base.value, low=None, high=None)
    return SafeFigure(_MINT, figure=kept, symbol=None, is_rounded=printed.is_rounded or base.is_rounded)


def _rate(figure: Figure, shown: Mapping[CellKey, SafeCell]) -> SafeFigure:
    """A rate times its children is the exact count: it is seen only where that count is printed exactly."""
    printed = SafeCell(None, Symbol.NOT_AVAILABLE) if figure.cell is None else shown[figure.cell]
    symbol = Symbol.NOT_AVAILABLE if printed.is_rounded else printed.symbol
    return SafeFigure(_MINT, figure=figure, symbol=symbol)


def _withheld(
    figure: Figure, *, shown: Mapping[CellKey, SafeCell], counts: Mapping[CellKey, int], policy: Policy
) -> Symbol | None:
    if figure.statistic is Statistic.MINIMUM:
        return Symbol.SUPPRESSED
    smallest = {
        Statistic.MEAN: policy.smallest_base_of_mean,
        Statistic.COEFFICIENT: policy.smallest_base_of_coefficient,
    }[figure.statistic]
    tied = [key for key in (figure.cell, figure.base_cell) if key is not None]
    sizes = [size for size in (figure.base, *(counts[key] for key in tied[-1:])) if size is not None]
    if figure.value is None:
        return Symbol.NOT_APPLICABLE
    if not sizes or min(sizes) < smallest or any(shown[key].symbol for key in tied):
        return Symbol.SUPPRESSED
    return None


def _missing(figure: Figure, shown: Mapping[CellKey, SafeCell]) -> int | None:
    return figure.missing if _is_printed(figure.missing, figure.missing_cell, shown) else None


def _is_printed(number: int | None, cell: CellKey | None, shown: Mapping[CellKey, SafeCell]) -> bool:
    """Whether a number beside a figure is the very number that its cell shows."""
    return number is not None and cell is not None and shown[cell] == SafeCell(number)
