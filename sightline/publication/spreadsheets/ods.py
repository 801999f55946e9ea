"""The workbook as an OpenDocument spreadsheet, the format that government publishes in.

odfdo holds the document, its styles and its properties. The cells are written as XML and parsed once a
sheet, because an object for each cell takes twenty times as long.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from sightline.publication.spreadsheets.sheets import COVER, Column, Kind, Link, Sheet, Value, Workbook

_ONE_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)
_CELL_STYLES = {Kind.TEXT: "text", Kind.COUNT: "count", Kind.PERCENT: "percent", Kind.MEASURE: "measure"}
_WIDTHS_CM = {Kind.TEXT: 6.0, Kind.COUNT: 3.4, Kind.PERCENT: 3.0, Kind.MEASURE: 3.0}
_WIDE_CM = 16.0

_STYLES = (
    '<number:number-style style:name="whole"><number:number number:decimal-places="0" '
    'number:min-integer-digits="1" number:grouping="true"/></number:number-style>',
    '<number:number-style style:name="one-decimal"><number:number number:decimal-places="1" '
    'number:min-decimal-places="1" number:min-integer-digits="1"/></number:number-style>',
    '<number:number-style style:name="as-needed"><number:number number:decimal-places="3" '
    'number:min-decimal-places="0" number:min-integer-digits="1" number:grouping="true"/>'
    "</number:number-style>",
    '<style:style style:name="title" style:family="table-cell">'
    '<style:text-properties fo:font-size="16pt" fo:font-weight="bold"/></style:style>',
    '<style:style style:name="subtitle" style:family="table-cell">'
    '<style:text-properties fo:font-size="14pt" fo:font-weight="bold"/></style:style>',
    '<style:style style:name="line" style:family="table-cell"/>',
    '<style:style style:name="text" style:family="table-cell">'
    '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>',
    '<style:style style:name="heading" style:family="table-cell">'
    '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top" '
    'fo:border-bottom="0.5pt solid #000000"/><style:text-properties fo:font-weight="bold"/></style:style>',
    '<style:style style:name="number-heading" style:family="table-cell">'
    '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top" '
    'style:text-align-source="fix" fo:border-bottom="0.5pt solid #000000"/>'
    '<style:paragraph-properties fo:text-align="end"/>'
    '<style:text-properties fo:font-weight="bold"/></style:style>',
    *(
        f'<style:style style:name="{name}" style:family="table-cell" style:data-style-name="{numbers}">'
        '<style:table-cell-properties style:vertical-align="top" style:text-align-source="fix"/>'
        '<style:paragraph-properties fo:text-align="end"/></style:style>'
        for name, numbers in (("count", "whole"), ("percent", "one-decimal"), ("measure", "as-needed"))
    ),
    *(
        f'<style:style style:name="{name}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}cm"/></style:style>'
        for name, width in (
            *((f"wide-{kind.value}", cm) for kind, cm in _WIDTHS_CM.items()),
            ("wide", _WIDE_CM),
        )
    ),
)
_DEFAULT_STYLE = (
    '<style:default-style style:family="table-cell"><style:text-properties style:font-name="Arial" '
    'fo:font-family="Arial" fo:font-size="12pt" fo:language="en" fo:country="GB"/></style:default-style>'
)

_PAGE = {
    "fo:page-width": "29.7cm",
    "fo:page-height": "21cm",
    "style:print-orientation": "landscape",
    "style:scale-to-X": "1",
    "style:scale-to-Y": "0",
}
"""A4 on its side, every sheet as wide as one page."""


def render(workbook: Workbook) -> bytes:
    """The file's content, the same for the same workbook."""
    from odfdo import Document, Element

    document = Document("spreadsheet")
    document.body.clear()
    _add_styles(document, workbook.mark)
    for table in (_cover(workbook), *(_table(sheet) for sheet in workbook.sheets)):
        document.body.append(Element.from_tag(table))
    document.body.append(Element.from_tag(_named_ranges(workbook)))
    document.body.append(Element.from_tag(_database_ranges(workbook)))
    _describe_file(document, workbook)
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_times(buffer.getvalue())


def _add_styles(document: Any, mark: str) -> None:
    from odfdo import Element

    for style in _STYLES:
        document.content.root.get_element("office:automatic-styles").append(Element.from_tag(style))
    styles = document.styles.root.get_element("office:styles")
    for old in styles.get_elements("style:default-style[@style:family='table-cell']"):
        styles.delete(old)
    styles.append(Element.from_tag(_DEFAULT_STYLE))
    root = document.styles.root
    page = root.get_element("//style:page-layout[@style:name='Mpm1']/style:page-layout-properties")
    for name, value in _PAGE.items():
        page.set_attribute(name, value)
    header = root.get_element("//style:master-page[@style:name='Default']/style:header")
    header.clear()
    header.append(Element.from_tag(f"<text:p>{escape(mark)}</text:p>"))


def _cover(workbook: Workbook) -> str:
    rows = [_row(_text_cell(workbook.title, "title"))]
    for heading, paragraphs in workbook.cover:
        rows.append(_row(_text_cell(heading, "subtitle")))
        rows += [_row(_text_cell(paragraph, "text")) for paragraph in paragraphs]
    return _sheet_xml(COVER, workbook.title, ['<table:table-column table:style-name="wide"/>'], rows)


def _table(sheet: Sheet) -> str:
    rows = [_row(_text_cell(sheet.title, "title"))]
    rows += [_row(_text_cell(line, "line")) for line in sheet.lines]
    # Marked as a heading row, so that a screen reader and a printout repeat it.
    headings = "".join(
        _text_cell(column.heading, "heading" if column.kind is Kind.TEXT else "number-heading")
        for column in sheet.columns
    )
    rows.append(f"<table:table-header-rows>{_row(headings)}</table:table-header-rows>")
    for values in sheet.rows:
        rows.append(_row("".join(map(_cell, values, sheet.columns))))
    columns = [
        f'<table:table-column table:style-name="{_column_style(sheet, position)}"/>'
        for position in range(len(sheet.columns))
    ]
    return _sheet_xml(sheet.name, sheet.title, columns, rows)


def _sheet_xml(name: str, title: str, columns: list[str], rows: list[str]) -> str:
    return (
        f"<table:table table:name={quoteattr(name)}><table:title>{escape(title)}</table:title>"
        f"{''.join(columns)}{''.join(rows)}</table:table>"
    )


def _row(cells: str) -> str:
    return f"<table:table-row>{cells}</table:table-row>"


def _cell(value: Value, column: Column) -> str:
    style = _CELL_STYLES[column.kind]
    if isinstance(value, Link):
        link = (
            f'<text:a xlink:type="simple" xlink:href="#{escape(value.sheet)}">{escape(value.sheet)}</text:a>'
        )
        return _string_cell(link, style)
    if isinstance(value, str):
        return _text_cell(value, style)
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="float" office:value="{value}">'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def _text_cell(text: str, style: str) -> str:
    """A string, whatever it starts with: nothing here is ever a formula."""
    return _string_cell(escape(text), style)


def _string_cell(content: str, style: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">'
        f"<text:p>{content}</text:p></table:table-cell>"
    )


def _column_style(sheet: Sheet, position: int) -> str:
    kind = sheet.columns[position].kind
    longest = max((len(str(row[position])) for row in sheet.rows), default=0)
    return "wide" if kind is Kind.TEXT and longest > 40 else f"wide-{kind.value}"


def _ranges(workbook: Workbook) -> Iterator[tuple[Sheet, str, str]]:
    for sheet in workbook.sheets:
        yield sheet, f"A{sheet.header_row}", sheet.address(len(sheet.rows) - 1, len(sheet.columns) - 1)


def _named_ranges(workbook: Workbook) -> str:
    ranges = "".join(
        f'<table:named-range table:name="{sheet.table_name}_range" '
        f'table:base-cell-address="${sheet.name}.{_fixed(first)}" '
        f'table:cell-range-address="${sheet.name}.{_fixed(first)}:.{_fixed(last)}"/>'
        for sheet, first, last in _ranges(workbook)
    )
    return f"<table:named-expressions>{ranges}</table:named-expressions>"


def _database_ranges(workbook: Workbook) -> str:
    """What ODF has for “this is a table with headings”."""
    ranges = "".join(
        f'<table:database-range table:name="{sheet.table_name}" table:contains-header="true" '
        f'table:display-filter-buttons="false" '
        f'table:target-range-address="{sheet.name}.{first}:{sheet.name}.{last}"/>'
        for sheet, first, last in _ranges(workbook)
    )
    return f"<table:database-ranges>{ranges}</table:database-ranges>"


def _fixed(address: str) -> str:
    letters = address.rstrip("0123456789")
    return f"${letters}${address[len(letters) :]}"


def _describe_file(document: Any, workbook: Workbook) -> None:
    document.meta.title = workbook.title
    document.meta.subject = workbook.subject
    document.meta.language = workbook.language
    document.meta.creator = workbook.author
    document.meta.initial_creator = workbook.author
    document.meta.creation_date = _ONE_MOMENT
    document.meta.date = _ONE_MOMENT
    document.meta.generator = "Sightline"
    if workbook.mark:
        document.meta.keyword = workbook.mark


def _without_times(content: bytes) -> bytes:
    """The same parts in a ZIP file that does not say when it was made; `mimetype` first and not packed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(buffer, "w") as fixed:
        for name in sorted(packed.namelist(), key=lambda each: (each != "mimetype", each)):
            part = zipfile.ZipInfo(name, _ZIP_MOMENT)
            part.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            fixed.writestr(part, packed.read(name))
    return buffer.getvalue()
