"""Tables that the report's wording sets out itself, as sheets: the ways of counting, agreement, series."""

import re

from sightline.publication.document.content import Cell, HeadCell, Number, TableBlock
from sightline.publication.plain_text import one_line
from sightline.publication.spreadsheets.sheets import Column, Kind, Placed, Sheet, Value, in_brackets

_PLAIN_NUMBER = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?|-?\d+(\.\d+)?")


def report_sheet(block: TableBlock, *, lines: tuple[str, ...], notes: str) -> Sheet:
    """The table as the report prints it; a cell that is a number alone is a number here too."""
    rows = [(one_line(row.label), *(_value(cell) for cell in row.cells)) for row in block.rows]
    source = (f"Source: {one_line(block.source)}",) if block.source else ()
    return Sheet(
        name=f"Table_{block.number}",
        title=f"{block.label}: {one_line(block.caption)}{notes}",
        lines=(*lines, *source),
        columns=(Column(one_line(block.row_head) or "Row"), *(_column(head) for head in block.head)),
        rows=tuple(rows),
        placed={
            (row_index, column_index): Placed(span.ref, span.form)
            for row_index, row in enumerate(block.rows)
            for column_index, cell in enumerate(row.cells, start=1)
            for span in cell.spans
            if isinstance(span, Number)
        },
        table=block.name,
    )


def _column(head: HeadCell) -> Column:
    heading = f"{head.group}: {head.text}" if head.group else head.text
    return Column(one_line(heading), Kind.MEASURE if head.is_numeric else Kind.TEXT)


def _value(cell: Cell) -> Value:
    if cell.symbol is not None:
        return in_brackets(cell.symbol)
    text = one_line(cell.text)
    if not _PLAIN_NUMBER.fullmatch(text):
        return text or "[z]"
    digits = text.replace(",", "")
    return float(digits) if "." in digits else int(digits)
