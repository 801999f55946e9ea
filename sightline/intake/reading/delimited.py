"""Rows of a delimited file, one `RawRecord` each, at little more than the cost of `csv.reader`.

A quoted cell may hold line breaks; the line of a row is the physical line on which it starts. A row with the
wrong number of cells comes out with an error, its cells kept as they stand, and reading goes on.
"""

import csv
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, TextIO

from sightline.intake.declaration import RawRecord
from sightline.intake.reading.faults import RULES, cannot_be_read
from sightline.intake.sources import Reshaping, Source
from sightline.vocabulary.findings import Finding, Place

if TYPE_CHECKING:
    from _csv import Reader

LONGEST_CELL = 1 << 17
CELLS_AS_THEY_STAND = "cells"
"""The key under which a row that fits no header keeps its cells."""

_END = "\x02end of file\x03"
_FORMULA = re.compile(r"[=@]|[+\-](?=[A-Za-z(])")


def rows(source: Source, *, table: str = "") -> Iterator[RawRecord]:
    """Every row after the header, in the file's order. Raises `CannotBeRead`."""
    facts = source.text
    if facts.is_guessed:
        source.findings.append(RULES["encoding"].at(Place(source.name)))
    if not facts.is_ended:
        source.findings.append(RULES["no_line_end"].at(Place(source.name)))
    with source.path.open(encoding=facts.encoding, newline="") as file:
        yield from _rows(file, source, table=table, look_for_formulas=facts.may_hold_formulas)


def _rows(file: TextIO, source: Source, *, table: str, look_for_formulas: bool) -> Iterator[RawRecord]:
    csv.field_size_limit(LONGEST_CELL)
    end = _End()
    reader = csv.reader(chain(file, end), delimiter=source.delimiter)
    name = source.name
    header, as_given, line = _header(reader, source)
    reshape = _reshaper(source.reshaping)
    width, blank = len(header), _Blank()
    try:
        for cells in reader:
            start, line = line + 1, reader.line_num
            if end.is_reached:
                _check_end(cells, name, start)
                break
            if not any(cells):
                if cells:
                    blank.see(start)
                continue
            if cells == as_given:
                again = RULES["header_again"].at(Place(name, start))
                yield RawRecord(Place(name, start), table, {CELLS_AS_THEY_STAND: cells}, (again,))
                continue
            if len(cells) != width:
                yield _misshapen(cells, width, Place(name, start), table)
                continue
            content = dict(zip(header, cells, strict=True))
            findings = _formulas(content, name, start) if look_for_formulas else ()
            if reshape is not None:
                reshape(content)
            yield RawRecord(Place(name, start), table, content, findings)
    except csv.Error:
        raise cannot_be_read("open_quote", name, line + 1) from None
    except UnicodeDecodeError:  # the file has changed since it was looked through
        raise cannot_be_read("encoding_unknown", name, line + 1) from None
    source.findings.extend(blank.findings(name))


def _header(reader: "Reader", source: Source) -> tuple[list[str], list[str], int]:
    """The columns' names, the header as it stands, and the line on which it ends."""
    try:
        header = next((cells for cells in reader if any(cell.strip() for cell in cells)), None)
    except csv.Error:
        raise cannot_be_read("open_quote", source.name, 1) from None
    if header is None or header == [_END]:
        raise cannot_be_read("no_header", source.name)
    if _END in header[-1]:
        raise cannot_be_read("open_quote", source.name, 1)
    renamed = source.reshaping.columns if source.reshaping else {}
    stripped = [name.strip().lstrip("\ufeff").strip() for name in header]  # a mark can stand there twice
    names = [renamed.get(name, name) or f"column {number}" for number, name in enumerate(stripped, start=1)]
    check_names(names, stripped, source, line=reader.line_num)
    return names, header, reader.line_num


def check_names(names: list[str], as_given: list[str], source: Source, *, line: int) -> None:
    """Raise where a name stands twice; note the columns that have none.

    Columns are told by their numbers: in a file without a header these “names” are somebody's.
    """
    for place, name in enumerate(names):
        if name in names[:place]:
            first = names.index(name) + 1
            raise cannot_be_read("repeated_column", source.name, line, first=first, second=place + 1)
        if not as_given[place]:
            source.findings.append(
                RULES["unnamed_column"].at(Place(source.name, line, name), number=place + 1)
            )


def _check_end(cells: list[str], name: str, line: int) -> None:
    """The mark put behind the file stands alone, unless a cell before it was never closed."""
    if cells != [_END]:
        raise cannot_be_read("open_quote", name, line)


def _misshapen(cells: list[str], width: int, place: Place, table: str) -> RawRecord:
    finding = RULES["cells"].at(place, found=len(cells), expected=width)
    return RawRecord(place, table, {CELLS_AS_THEY_STAND: cells}, (finding,))


def _formulas(content: dict[str, str], name: str, line: int) -> tuple[Finding, ...]:
    return tuple(
        RULES["formula"].at(Place(name, line, column))
        for column, cell in content.items()
        if cell and cell[0] in "=+-@" and _FORMULA.match(cell)
    )


def _reshaper(reshaping: Reshaping | None) -> Callable[[dict[str, str]], None] | None:
    """What turns a row's codes and dates into ours in place; a cell that it does not know stays as it is."""
    if reshaping is None or not (reshaping.codes or reshaping.dates):
        return None
    codes, dates = reshaping.codes, reshaping.dates

    def reshape(content: dict[str, str]) -> None:
        for column, ours in codes.items():
            cell = content.get(column, "")
            content[column] = ours.get(cell.strip(), cell)
        for column, form in dates.items():
            content[column] = _iso(content.get(column, ""), form)

    return reshape


def _iso(cell: str, form: str) -> str:
    try:
        return datetime.strptime(cell.strip(), form).date().isoformat()  # noqa: DTZ007 - a day, no moment
    except ValueError:
        return cell


class _End:
    """Puts a mark behind the last line, so that a cell which is still open there shows."""

    def __init__(self) -> None:
        self.is_reached = False

    def __iter__(self) -> Iterator[str]:
        self.is_reached = True
        yield _END


class _Blank:
    """Rows of nothing but separators, which spreadsheets leave behind."""

    def __init__(self) -> None:
        self.count = 0
        self.first = 0

    def see(self, line: int) -> None:
        self.count += 1
        self.first = self.first or line

    def findings(self, name: str) -> tuple[Finding, ...]:
        return (RULES["blank_rows"].at(Place(name, self.first), count=self.count),) if self.count else ()
