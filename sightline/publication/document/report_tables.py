"""Safe tables set out for readers: counts, each with its share of the column where both may be seen."""

from decimal import Decimal

from sightline.coding.codebook import CODEBOOK_1
from sightline.disclosure_control.safe import SafeCell, SafeTable, Symbol
from sightline.publication.document.content import Cell, HeadCell, Row, TableBlock, Text
from sightline.publication.document.forms import whole
from sightline.publication.shares import has_shares, share_or_symbol
from sightline.statistics.tables import Line, round_half_up


def table_block(safe: SafeTable, *, number: int) -> TableBlock:
    """`safe` as the report's table of that number."""
    with_shares = has_shares(safe)
    return TableBlock(
        id=table_id(safe.name),
        number=number,
        caption=safe.title,
        row_head=safe.row_label,
        head=tuple(_head(safe, with_shares=with_shares)),
        rows=tuple(_row(safe, line, with_shares=with_shares) for line in safe.rows),
        name=safe.name,
        notes=(*map(in_english_quotes, safe.notes), *_notes(safe)),
        source=source_of(safe),
    )


def source_of(safe: SafeTable) -> str:
    """What the numbers were counted from, in words that a reader knows."""
    is_coded = safe.row_variable in CODEBOOK_1 or safe.source.startswith("Codebook")
    return "the register, coded from the rapid reviews" if is_coded else "the register"


def table_id(name: str) -> str:
    return "table-" + name.replace("_", "-").replace(".", "-")


def in_english_quotes(text: str) -> str:
    """“So” as “so”: declarations quote codes as the documentation does, which readers do not expect."""
    return text.translate({ord("“"): "“", ord("”"): "”"})


def is_crossed(safe: SafeTable) -> bool:
    return len(safe.columns) > 1


def shown(cell: SafeCell) -> str:
    """What stands in the cell: the number, or the symbol in its place."""
    return str(cell.symbol) if cell.value is None else whole(cell.value)


def share_shown(percent: Decimal) -> str:
    """Whole, half up; a share that is there but rounds to nothing is not printed as nothing."""
    rounded = int(round_half_up(percent))
    return "<1%" if rounded == 0 and percent > 0 else f"{rounded}%"


def _notes(safe: SafeTable) -> list[str]:
    cells = (safe.cell(row, column) for row in safe.rows for column in safe.columns)
    return ["Rounded numbers may not add up to the total."] if any(cell.is_rounded for cell in cells) else []


def _head(safe: SafeTable, *, with_shares: bool) -> list[HeadCell]:
    heads = []
    unit = safe.unit.many.capitalize()
    for column in safe.columns:
        group = column.label if is_crossed(safe) and with_shares else ""
        heads.append(HeadCell(column.label if is_crossed(safe) and not group else unit, group))
        if with_shares:
            # Under a group of columns there is no room for the words.
            heads.append(HeadCell("%" if group else "Per cent", group))
    return heads


def _row(safe: SafeTable, line: Line, *, with_shares: bool) -> Row:
    cells = []
    for column in safe.columns:
        cell = safe.cell(line, column)
        cells.append(Cell((Text(shown(cell)),), symbol=cell.symbol))
        if with_shares:
            cells.append(_share_cell(share_or_symbol(safe, line, column)))
    return Row(line.label, tuple(cells), is_total=line.is_total)


def _share_cell(percent: Decimal | Symbol) -> Cell:
    if isinstance(percent, Symbol):
        return Cell((Text(str(percent)),), symbol=percent)
    return Cell((Text(share_shown(percent)),))
