"""The workbook as an Office Open XML file, laid out by gptables, the government's own package for it."""

import io
from datetime import UTC, datetime
from math import ceil
from typing import Any

from sightline.publication.workbooks import COVER, Column, Kind, Link, Sheet, Value, Workbook

_ONE_MOMENT = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Stands where the format wants a time: the same inputs give the same bytes."""

_NUMBER_FORMATS = {Kind.COUNT: "#,##0", Kind.PERCENT: "0.0", Kind.MEASURE: "#,##0.###;-#,##0.###;0"}
_WIDEST = 70
_EM = 1.25
"""Columns are measured in characters of the default font; ours is larger."""
_LINE_HEIGHT = 16.5

# Text is text. Without these a cell that starts with «=» would be run and one that looks like an address
# would become a link.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def render(workbook: Workbook) -> bytes:
    """The file's content. gptables brings pandas, which takes over a second to load, so it is loaded here."""
    from gptables import Cover
    from gptables.core.wrappers import GPWorkbook

    buffer = io.BytesIO()
    book = GPWorkbook(buffer, _OPTIONS)
    cover = Cover(
        title=_inert(workbook.title),
        intro=[_inert(text) for text in workbook.introduction],
        about=[_inert(text) for text in workbook.about],
        contact=[_inert(text) for text in workbook.contact] or None,
        cover_label=COVER,
    )
    book.add_worksheet(COVER).write_cover(cover)
    for sheet in workbook.sheets:
        page = book.add_worksheet(sheet.name)
        page.write_gptable(_gptable(sheet), auto_width=False)
        _fit(page, sheet)
    _describe_file(book, workbook)
    book.close()
    return buffer.getvalue()


def _gptable(sheet: Sheet) -> Any:
    import pandas as pd
    from gptables import GPTable

    headings = [_inert(column.heading) for column in sheet.columns]
    instructions, *legend = [_inert(line) for line in sheet.lines]
    return GPTable(
        table=pd.DataFrame(
            [[_cell(value) for value in row] for row in sheet.rows], columns=headings, dtype=object
        ),
        table_name=sheet.table_name,
        title=_inert(sheet.title),
        instructions=instructions,
        legend=legend,
        index_columns={2: 0},
        additional_formatting=[
            {"column": {"columns": [position], "format": {"num_format": _NUMBER_FORMATS[column.kind]}}}
            for position, column in enumerate(sheet.columns)
            if column.kind in _NUMBER_FORMATS
        ],
    )


def _cell(value: Value) -> Any:
    if isinstance(value, Link):
        return {value.sheet: f"internal:'{value.sheet}'!A1"}
    return _inert(value) if isinstance(value, str) else value


def _inert(text: str) -> str:
    """gptables reads «[words](address)» as a link and «$$word$$» as a note; a space ends both."""
    return text.replace("](", "] (").replace("$$", "$ $")


def _fit(page: Any, sheet: Sheet) -> None:
    """Widths and heights, so that every line of a wrapped cell can be seen whatever opens the file."""
    widths = [_width(sheet, position, column) for position, column in enumerate(sheet.columns)]
    for position, width in enumerate(widths):
        page.set_column(position, position, width)
    headings = tuple(column.heading for column in sheet.columns)
    for number, row in enumerate((headings, *sheet.rows), start=sheet.header_row - 1):
        lines = max(ceil(len(_shown(value)) * _EM / width) for value, width in zip(row, widths, strict=True))
        if lines > 1:
            page.set_row(number, lines * _LINE_HEIGHT)


def _width(sheet: Sheet, position: int, column: Column) -> float:
    """In characters: the longest cell, the heading wrapped at its words, and no wider than can be read."""
    words = max(len(word) for word in column.heading.split())
    longest = max((len(_shown(row[position])) for row in sheet.rows), default=0)
    return min(max(longest, words, 12) * _EM + 2, _WIDEST)


def _shown(value: Value) -> str:
    return value.sheet if isinstance(value, Link) else str(value)


def _describe_file(book: Any, workbook: Workbook) -> None:
    book.set_properties(
        {
            "title": workbook.title,
            "subject": workbook.subject,
            "author": workbook.author,
            "status": workbook.mark,
            "created": _ONE_MOMENT,
        }
    )
    book.set_custom_property("Language", workbook.language)
    for page in book.worksheets():
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        if workbook.mark:
            page.set_header("&C" + workbook.mark.replace("&", "&&"))
