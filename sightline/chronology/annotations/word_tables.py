"""The rows of a chronology's table in a Word document, after all that Word and people do to tables.

A table may be cut in two, cells joined, rows wrapped in controls, changes tracked (what was inserted counts,
what was deleted does not) and comments put in the margin. Only the document's own parts are read, in limits.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from sightline.chronology.annotations.tables import TableRow, cannot_be_read, columns_in, row_from
from sightline.chronology.pages.columns import WORD_COLUMNS

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LARGEST_PART = 100 * 1024 * 1024
_TAKEN_OUT = {f"{_W}del", f"{_W}moveFrom"}
_LINE_ENDS = {f"{_W}br", f"{_W}cr"}


def word_rows(content: bytes, *, name: str) -> Iterator[TableRow]:
    """Each row of the table that has the chronology's headings, and of its continuations."""
    body, comments = _parts(content, name)
    places: dict[int, str] = {}
    width = 0
    number = 0
    was_found = False
    for table in body.iter(f"{_W}tbl"):
        if any(ancestor.tag == f"{_W}tbl" for ancestor in table.iterancestors()):
            continue
        rows = list(_rows(table))
        if not rows:
            continue
        starts, head = _heading_row(rows)
        if head:
            places, width, was_found = head, len(_cells(rows[starts])), True
            rows = rows[starts + 1 :]
        elif not places or not any(_continues(row, places, width) for row in rows):
            places = {}
            continue
        for row in rows:
            number += 1
            cells = _cells(row)
            if _is_heading(cells, places):
                continue
            margin = tuple(
                comments[mark]
                for reference in row.iter(f"{_W}commentReference")
                if (mark := reference.get(f"{_W}id", "")) in comments
            )
            by_name = {column: cells.get(place, "") for place, column in places.items()}
            if (read := row_from(by_name, line=number, margin=margin)) is not None:
                yield read
    if not was_found:
        raise cannot_be_read(
            name, "No table of a chronology is in the document: its columns have to keep their headings."
        )


def _parts(content: bytes, name: str) -> tuple[Any, dict[str, str]]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            names = set(parts.namelist())
            if "word/document.xml" not in names:
                raise cannot_be_read(name, "This is no Word document (.docx).")
            body = _parsed(parts, "word/document.xml", name)
            marks = _parsed(parts, "word/comments.xml", name) if "word/comments.xml" in names else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise cannot_be_read(name, "The document is damaged; save it again and send it again.") from None
    comments = {}
    if marks is not None:
        for mark in marks.iter(f"{_W}comment"):
            author = mark.get(f"{_W}author", "").strip()
            words = _text(mark).strip()
            comments[mark.get(f"{_W}id", "")] = f"{author}: {words}" if author else words
    return body, comments


def _parsed(parts: zipfile.ZipFile, part: str, name: str) -> Any:
    with parts.open(part) as file:
        content = file.read(_LARGEST_PART + 1)
    if len(content) > _LARGEST_PART:
        raise cannot_be_read(name, "The document unpacks to more than 100 MB of text.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise cannot_be_read(name, "The document is damaged; save it again and send it again.") from None
    if root.getroottree().docinfo.doctype:
        raise cannot_be_read(name, "The document declares a document type, which Word never does.")
    return root


def _rows(table: Any) -> Iterator[Any]:
    """The table's own rows, also those wrapped in controls; rows deleted under tracked changes left out."""
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table:
            continue
        if row.find(f"{_W}trPr/{_W}del") is None:
            yield row


def _cells(row: Any) -> dict[int, str]:
    """Text by column, counting joined cells as the columns they cover."""
    before = row.find(f"{_W}trPr/{_W}gridBefore")
    place = _value(before, 0)
    cells = {}
    for cell in row.iter(f"{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr")) is not row:
            continue
        cells[place] = _text(cell)
        place += max(1, _value(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1))
    return cells


def _value(element: Any, otherwise: int) -> int:
    given = element.get(f"{_W}val", "") if element is not None else ""
    return int(given) if given.isdecimal() else otherwise


def _text(cell: Any) -> str:
    """Paragraph by paragraph, as it reads with all tracked changes accepted."""
    return "\n".join(
        "".join(_pieces(paragraph)) for paragraph in cell.iter(f"{_W}p") if not _is_taken_out(paragraph)
    ).strip()


def _pieces(paragraph: Any) -> Iterator[str]:
    for piece in paragraph.iter():
        if piece.tag == f"{_W}t" and not _is_taken_out(piece):
            yield piece.text or ""
        elif piece.tag in _LINE_ENDS:
            yield "\n"
        elif piece.tag == f"{_W}tab" and piece.getparent().tag == f"{_W}r":
            yield " "
        elif piece.tag == f"{_W}noBreakHyphen":
            yield "-"


def _is_taken_out(element: Any) -> bool:
    return any(ancestor.tag in _TAKEN_OUT for ancestor in element.iterancestors())


def _heading_row(rows: list[Any]) -> tuple[int, dict[int, str]]:
    """The first of the top rows that reads as the headings; people put a title above them."""
    for start, row in enumerate(rows[:3]):
        cells = _cells(row)
        places = columns_in(
            [cells.get(place, "") for place in range(max(cells, default=-1) + 1)], WORD_COLUMNS
        )
        names = set(places.values())
        if "event" in names and "date" in names and len(places) >= 3:
            return start, places
    return 0, {}


def _is_heading(cells: dict[int, str], places: dict[int, str]) -> bool:
    """The headings once more, as Word repeats them where a table is cut."""
    listed = [cells.get(place, "") for place in range(max(cells, default=-1) + 1)]
    return len(columns_in(listed, WORD_COLUMNS)) >= max(3, len(places) - 1)


def _continues(row: Any, places: dict[int, str], width: int) -> bool:
    cells = _cells(row)
    entry = next((place for place, column in places.items() if column == "entry"), 0)
    return len(cells) == width and bool(cells.get(entry, "").startswith(("E-", "R-")))
