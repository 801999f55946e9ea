"""What a workbook would unpack to, and how large its sheets would be, found before anything opens it.

A zip file lists the sizes of its parts, and the list can lie; a sheet of two cells, one in its last corner,
asks for room for all between them; a long text that stands once can be asked for in every cell. So the parts
are unpacked in pieces and counted, and a sheet's cells are counted as they stand.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from functools import lru_cache
from typing import Protocol
from weakref import WeakKeyDictionary
from xml.parsers import expat

from sightline.intake.reading.faults import RULES, cannot_be_read
from sightline.intake.sources import Source
from sightline.vocabulary.findings import Place

MOST_MEMBERS = 2_000
LARGEST_MEMBER = 400 << 20
LARGEST_UNPACKED = 600 << 20
LARGEST_RATIO = 200
"""How many times its packed size a large member may unpack to; sheets come to about 10 to 40."""
SMALL_MEMBER = 10 << 20
MOST_CELLS = 20_000_000
"""Of the rectangle that holds every filled cell of a sheet."""
MOST_TEXT = 200 << 20
"""Characters in a sheet, each shared text counted wherever it stands."""

_PIECE = 1 << 20
_WORKBOOK, _SHARED = "xl/workbook.xml", "xl/sharedStrings.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)

_checked: WeakKeyDictionary[Source, bool] = WeakKeyDictionary()
"""Every reader of every sheet asks again."""


def check_packing(source: Source) -> None:
    """Raise `CannotBeRead` for what would burst; note what is left alone."""
    if source in _checked:
        return
    with _opened(source) as packed:
        members = packed.infolist()
        if what := _too_large(members):
            raise cannot_be_read("large_workbook", source.name, what=what)
        names = {member.filename for member in members}
        if "xl/workbook.bin" in names:
            raise cannot_be_read("old_workbook", source.name)
        if _WORKBOOK not in names or len(names) < len(members):
            raise cannot_be_read("not_a_workbook", source.name)
        for member in members:
            _check_size(packed, member, source)
    _note(source, "external_links", any(name.startswith("xl/externalLinks/") for name in names))
    _note(source, "macros", any(name.endswith("vbaProject.bin") for name in names))
    _checked[source] = True


@contextmanager
def _opened(source: Source) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source.path) as packed:
            yield packed
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, expat.ExpatError):
        raise cannot_be_read("not_a_workbook", source.name) from None


def _too_large(members: list[zipfile.ZipInfo]) -> str:
    if len(members) > MOST_MEMBERS:
        return f"{len(members):,} parts"
    for member in members:
        if member.flag_bits & 0x1:
            return "a part is encrypted"
        if member.file_size > LARGEST_MEMBER:
            return f"a part of {member.file_size >> 20:,} MiB"
        if member.file_size > SMALL_MEMBER and member.file_size > LARGEST_RATIO * member.compress_size:
            return f"a part that grows to {member.file_size // max(1, member.compress_size):,} times its size"
        if ".." in member.filename.split("/") or member.filename.startswith("/"):
            return "a part that would be written elsewhere"
    whole = sum(member.file_size for member in members)
    return f"{whole >> 20:,} MiB" if whole > LARGEST_UNPACKED else ""


def _check_size(packed: zipfile.ZipFile, member: zipfile.ZipInfo, source: Source) -> None:
    """Unpack the part in pieces and see that it is no larger than the list says."""
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise cannot_be_read("not_a_workbook", source.name)
    without_end = copy(member)
    without_end.file_size = LARGEST_MEMBER  # it would otherwise be read to the size that is listed
    size = 0
    with packed.open(without_end) as part:
        while piece := part.read(_PIECE):
            size += len(piece)
            if size > member.file_size:
                raise cannot_be_read("large_workbook", source.name, what="a part larger than it says")


def _note(source: Source, name: str, is_so: bool) -> None:
    finding = RULES[name].at(Place(source.name))
    if is_so and finding not in source.findings:
        source.findings.append(finding)


def formulas_without_value(source: Source, sheet: str) -> dict[int, list[str]]:
    """The cells of each row that hold a formula and nothing that it came to.

    Reads all of the sheet, and raises `CannotBeRead` where it would be too large.
    """
    with _opened(source) as packed:
        member = _member_of(packed, sheet, source)
        shared = _SharedTexts()
        if _SHARED in packed.namelist():
            _read(packed, _SHARED, shared, source)
        cells = _Cells(shared.lengths, source, sheet)
        _read(packed, member, cells, source)
        return cells.empty_formulas


class _Reader(Protocol):
    """What is told of each element of a part, its name without a namespace, in the part's order."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


def _read(packed: zipfile.ZipFile, member: str, reader: _Reader, source: Source) -> None:
    def refuse(*_: object) -> None:
        raise cannot_be_read("doctype", source.name)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, about: reader.start(name.rpartition(":")[2], about)
    parser.EndElementHandler = lambda name: reader.end(name.rpartition(":")[2])
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = refuse
    with packed.open(member) as part:
        parser.ParseFile(part)


class _SharedTexts:
    """How long each text is that cells name by its number."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self.lengths.append(0)

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


class _Cells:
    """The rectangle of a sheet's filled cells, the text in them, and the formulas without a value."""

    def __init__(self, shared: list[int], source: Source, sheet: str) -> None:
        self.empty_formulas: dict[int, list[str]] = {}
        self._shared = shared
        self._source = source
        self._sheet = sheet
        self._row = self._column = 0
        self._name = ""
        self._is_shared = self._is_in_value = self._has_formula = False
        self._value: list[str] = []
        self._all_text = 0
        self._top = self._left = 1 << 30
        self._bottom = self._right = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("v", "is"):
            self._is_in_value = True
        elif name == "c":
            self._start_cell(attributes)
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isdecimal() and len(given) < 8 else self._row + 1
            self._column = 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._name = attributes.get("r", "")
        if place := _CELL.fullmatch(self._name):
            self._row, self._column = int(place[2]), _number_of(place[1])
        else:
            self._column += 1
        self._is_shared = attributes.get("t") == "s"
        self._has_formula = False
        self._value = []

    def text(self, text: str) -> None:
        if self._is_in_value:
            self._value.append(text)

    def end(self, name: str) -> None:
        if name in ("v", "is"):
            self._is_in_value = False
        elif name == "c":
            value = "".join(self._value)
            if value:
                self._grow(self._length(value))
            elif self._has_formula:
                self.empty_formulas.setdefault(self._row, []).append(self._name)

    def _length(self, value: str) -> int:
        if not self._is_shared:
            return len(value)
        is_known = value.isdecimal() and len(value) < 9 and int(value) < len(self._shared)
        return self._shared[int(value)] if is_known else 1

    def _grow(self, length: int) -> None:
        self._all_text += length
        self._top, self._bottom = min(self._top, self._row), max(self._bottom, self._row)
        self._left, self._right = min(self._left, self._column), max(self._right, self._column)
        height, width = self._bottom - self._top + 1, self._right - self._left + 1
        if height * width > MOST_CELLS:
            self._refuse(f"the sheet “{self._sheet}” with {height:,} rows and {width:,} columns")
        if self._all_text > MOST_TEXT:
            self._refuse(f"the sheet “{self._sheet}” with more than {MOST_TEXT:,} letters")

    def _refuse(self, what: str) -> None:
        raise cannot_be_read("large_workbook", self._source.name, what=what)


@lru_cache(1 << 15)
def _number_of(letters: str) -> int:
    """The number of column “AB”."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


class _Named:
    """Of elements of one kind, one attribute by another: the sheets' links, the links' targets."""

    def __init__(self, kind: str, key: str, value: str) -> None:
        self.found: dict[str, str] = {}
        self._kind, self._key, self._value = kind, key, value

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._kind:
            plain = {each.rpartition(":")[2]: text for each, text in attributes.items()}
            self.found.setdefault(plain.get(self._key, ""), plain.get(self._value, ""))

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


def _member_of(packed: zipfile.ZipFile, sheet: str, source: Source) -> str:
    """The part of the zip that holds this sheet."""
    names = set(packed.namelist())
    member = ""
    if _LINKS in names:
        sheets, links = _Named("sheet", "name", "id"), _Named("Relationship", "Id", "Target")
        _read(packed, _WORKBOOK, sheets, source)
        _read(packed, _LINKS, links, source)
        target = links.found.get(sheets.found.get(sheet, ""), "")
        member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    if member not in names:
        raise cannot_be_read("not_a_workbook", source.name)
    return member
