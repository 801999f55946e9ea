"""What stands in a percent column beside a count: the share, or the symbol that says why there is none."""

from decimal import Decimal

from sightline.disclosure_control.safe import SafeTable, Symbol
from sightline.statistics.tables import Line


def share(table: SafeTable, row: Line, column: Line) -> Decimal | None:
    """The cell's percentage of its column's total.

    None where either may not be seen, or was rounded, because the share would give the exact count away.
    """
    total_row = table.total_row
    if not table.with_percent or total_row is None:
        return None
    cell, total = table.cell(row, column), table.cell(total_row, column)
    if cell.value is None or not total.value or cell.is_rounded or total.is_rounded:
        return None
    return Decimal(cell.value) * 100 / Decimal(total.value)


def has_shares(table: SafeTable) -> bool:
    """Whether any row but the total, whose share is always 100, has one."""
    return any(
        share(table, row, column) is not None
        for row in table.rows
        if not row.is_total
        for column in table.columns
    )


def share_or_symbol(table: SafeTable, row: Line, column: Line) -> Decimal | Symbol:
    """The exact percentage, or a symbol. A share may tell nobody more than the two counts it is made of."""
    percent = share(table, row, column)
    if percent is not None:
        return percent
    cell = table.cell(row, column)
    total = table.cell(table.total_row, column) if table.total_row else cell
    hidden = cell.symbol or total.symbol
    if hidden is not None:
        return hidden
    # A rounded count has a share, which is not given because it would give the exact count away.
    return Symbol.NOT_AVAILABLE if total.value else Symbol.NOT_APPLICABLE
