"""A reviewer's table as it comes back from Word or a spreadsheet, and the tolerance that takes."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO

from sightline.chronology.pages.columns import CSV_COLUMNS, WORD_COLUMNS, Column
from sightline.chronology.pages.comma_separated import as_it_was
from sightline.intake.declaration import CannotBeRead
from sightline.vocabulary.findings import Finding, Place, Severity

LARGEST = 50 * 1024 * 1024

_NUMBER = re.compile(r"\b([ER])\s?[-\u2010-\u2015\u2212]\s?([0-9A-Z]{8})\b", re.IGNORECASE)
_CHECK = re.compile(r"\bcheck\s+([0-9A-Z]{6})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, repr=False)
class TableRow:
    """One row: the entry's number (empty on a row of the reviewer's own), and its cells by column.

    A column that the table no longer has is not among the cells. `margin` holds comments in the margin.
    """

    line: int
    entry: str
    account: str
    check: str
    cells: Mapping[str, str]
    margin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class ReviewersTable:
    """A table that came back. `is_word`: its rows are entries; otherwise they are accounts."""

    is_word: bool
    rows: tuple[TableRow, ...] = field(default=())


def table_from(content: bytes, *, name: str) -> ReviewersTable:
    """Read what a reviewer sends back: a Word document or CSV. Raises `CannotBeRead`."""
    if len(content) > LARGEST:
        raise cannot_be_read(name, "The file is larger than 50 MB; send the table without pictures.")
    if content.startswith(b"PK"):
        from sightline.chronology.annotations.word_tables import word_rows

        return ReviewersTable(True, tuple(word_rows(content, name=name)))
    if content.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF")):
        raise cannot_be_read(name, "Save the document as a Word document (.docx), then send it again.")
    return ReviewersTable(False, tuple(_csv_rows(_decoded(content, name), name)))


def cannot_be_read(name: str, sentence: str) -> CannotBeRead:
    return CannotBeRead(Finding("annotations.unreadable", Place(name), Severity.ERROR, sentence))


def columns_in(headings: Sequence[str], known: Iterable[Column]) -> dict[int, str]:
    """Which heading is which column, by its name, its heading or another spelling; each column once."""
    listed = tuple(known)
    names = {_folded(spelling): each.name for each in listed for spelling in each.spellings}
    names |= {_folded(each.heading): each.name for each in listed}
    names |= {_folded(each.name): each.name for each in listed}
    found: dict[int, str] = {}
    for place, heading in enumerate(headings):
        name = names.get(_folded(heading))
        if name and name not in found.values():
            found[place] = name
    return found


def row_from(cells: Mapping[str, str], *, line: int, margin: tuple[str, ...] = ()) -> TableRow | None:
    """A row, or None where nothing is written in it."""
    if not any(cell.strip() for cell in cells.values()) and not margin:
        return None
    entry, account = (number_in(cells.get(name, "")) for name in ("entry", "account"))
    check = _CHECK.search(cells.get("entry", ""))
    rest = {name: cell for name, cell in cells.items() if name not in ("entry", "account", "check")}
    if not entry and not any(cell.strip() for cell in rest.values()) and not margin:
        return None
    return TableRow(line, entry, account, check[1].upper() if check else cells.get("check", ""), rest, margin)


def number_in(cell: str) -> str:
    """The entry's number in a cell, whatever dash Word has made of its hyphen."""
    found = _NUMBER.search(cell)
    return f"{found[1]}-{found[2]}".upper() if found else ""


def _csv_rows(text: str, name: str) -> Iterator[TableRow]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        headings = next(reader, [])
        places = columns_in([as_it_was(heading) for heading in headings], (*CSV_COLUMNS, *WORD_COLUMNS))
        check_columns(places, name)
        for cells in reader:
            by_name = {
                column: as_it_was(cells[place]) for place, column in places.items() if place < len(cells)
            }
            if (row := row_from(by_name, line=reader.line_num)) is not None:
                yield row
    except csv.Error:
        raise cannot_be_read(
            name, f"Line {reader.line_num + 1} is no CSV; save the table as CSV again."
        ) from None


def check_columns(places: Mapping[int, str], name: str) -> None:
    if "entry" not in places.values() or len(places) < 3:
        raise cannot_be_read(
            name,
            "No table of a chronology is in the file: its column “Entry” and the others have to keep their "
            "headings.",
        )


def _decoded(content: bytes, name: str) -> str:
    """Spreadsheets save in several encodings; the first that fits is taken."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if is_wide else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise cannot_be_read(name, "The file is neither a Word document nor CSV text.")


def _folded(heading: str) -> str:
    return "".join(letter for letter in heading.casefold() if letter.isalnum())
