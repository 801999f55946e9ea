"""The workbook as an Office Open XML file, laid out as gptables, the government's own package, lays it out.

XlsxWriter, which gptables itself writes with, is used without it: gptables needs pandas, and the two take
two seconds of a report's ten (docs/adr/0005).
"""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from math import ceil
from typing import Any

from sightline.publication.spreadsheets.sheets import COVER, Column, Kind, Link, Sheet, Value, Workbook

_ONE_MOMENT = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Stands where the format wants a time: the same inputs give the same bytes."""

_FONT = {"font_name": "Arial", "font_size": 12, "valign": "top"}
_HEADING = {**_FONT, "bold": True, "bottom": 1, "text_wrap": True}
_NUMBER = {**_FONT, "align": "right"}
_STYLES: Mapping[str | Kind, Mapping[str, Any]] = {
    "title": {**_FONT, "bold": True, "font_size": 16},
    "subtitle": {**_FONT, "bold": True, "font_size": 14},
    "line": _FONT,
    "link": {**_FONT, "underline": True, "font_color": "blue"},
    "heading": _HEADING,
    "number heading": {**_HEADING, "align": "right"},
    Kind.TEXT: {**_FONT, "text_wrap": True},
    Kind.COUNT: {**_NUMBER, "num_format": "#,##0"},
    Kind.PERCENT: {**_NUMBER, "num_format": "0.0"},
    Kind.MEASURE: {**_NUMBER, "num_format": "#,##0.###;-#,##0.###;0"},
}
_COVER_WIDTH = 85
_WIDEST = 70
_EM = 1.1
"""Columns are measured in characters of the default font; ours is larger."""
_LINE_HEIGHT = 16.5
_HEIGHTS = {"title": 22.0, "subtitle": 19.0, "text": _LINE_HEIGHT}


def render(workbook: Workbook) -> bytes:
    """The file's content, the same for the same workbook."""
    from xlsxwriter import Workbook as Book

    buffer = io.BytesIO()
    book = Book(buffer, {"in_memory": True})
    styles = {name: book.add_format(dict(style)) for name, style in _STYLES.items()}
    _write_cover(book.add_worksheet(COVER), workbook, styles)
    for sheet in workbook.sheets:
        page = book.add_worksheet(sheet.name)
        _write_sheet(page, sheet, styles)
        _fit(page, sheet)
    _describe_file(book, workbook)
    book.close()
    return buffer.getvalue()


def _write_cover(page: Any, workbook: Workbook, styles: Mapping[str | Kind, Any]) -> None:
    page.set_column(0, 0, _COVER_WIDTH)
    rows = [(workbook.title, "title")]
    for heading, paragraphs in workbook.cover:
        rows += [(heading, "subtitle"), *((paragraph, "text") for paragraph in paragraphs)]
    for row, (text, style) in enumerate(rows):
        page.write_string(row, 0, text, styles[Kind.TEXT if style == "text" else style])
        page.set_row(row, ceil(len(text) / _COVER_WIDTH) * _HEIGHTS[style])


def _write_sheet(page: Any, sheet: Sheet, styles: Mapping[str | Kind, Any]) -> None:
    page.write_string(0, 0, sheet.title, styles["title"])
    page.set_row(0, _HEIGHTS["title"])
    for row, line in enumerate(sheet.lines, start=1):
        page.write_string(row, 0, line, styles["line"])
    top = sheet.header_row - 1
    page.add_table(
        *(top, 0, top + len(sheet.rows), len(sheet.columns) - 1),
        {
            "name": sheet.table_name,
            "autofilter": False,
            "style": None,
            "columns": [
                {"header": column.heading, "header_format": styles[_heading_style(column)]}
                for column in sheet.columns
            ],
        },
    )
    for row, values in enumerate(sheet.rows, start=top + 1):
        for position, (value, column) in enumerate(zip(values, sheet.columns, strict=True)):
            _write_cell(page, row, position, value, column, styles)


def _heading_style(column: Column) -> str:
    return "heading" if column.kind is Kind.TEXT else "number heading"


def _write_cell(
    page: Any, row: int, position: int, value: Value, column: Column, styles: Mapping[str | Kind, Any]
) -> None:
    """Text is written as text, whatever it starts with: nothing here is ever a formula."""
    if isinstance(value, Link):
        page.write_url(row, position, f"internal:'{value.sheet}'!A1", styles["link"], value.sheet)
    elif isinstance(value, str):
        page.write_string(row, position, value, styles[column.kind])
    else:
        page.write_number(row, position, value, styles[column.kind])


def _fit(page: Any, sheet: Sheet) -> None:
    """Widths and heights, so that every line of a wrapped cell can be seen whatever opens the file."""
    widths = [_width(sheet, position, column) for position, column in enumerate(sheet.columns)]
    for position, width in enumerate(widths):
        page.set_column(position, position, width)
    headings = tuple(column.heading for column in sheet.columns)
    for number, row in enumerate((headings, *sheet.rows), start=sheet.header_row - 1):
        lines = max(ceil(len(_shown(value)) / (width - 1)) for value, width in zip(row, widths, strict=True))
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
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        if workbook.mark:
            page.set_header("&C" + workbook.mark.replace("&", "&&"))
