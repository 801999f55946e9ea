"""A file somebody sent, before it is known what is in it: enough of its start to recognise its format."""

import csv
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sightline.intake.reading.faults import cannot_be_read
from sightline.intake.reading.text import TextFacts, decoded_head, encoding_by_mark, look_through
from sightline.vocabulary.findings import Finding

HEAD = 64 * 1024
_DELIMITERS = (",", ";", "\t", "|")
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_FIRST_ELEMENTS = 12
_MARKUP = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<([A-Za-z_][\w.\-]*:)?([A-Za-z_][\w.\-]*)", re.DOTALL
)
_DEFAULT_NAMESPACE = re.compile(r"""<(?![?!])[^>]*?\bxmlns(?::[\w.\-]+)?\s*=\s*(["'])(.*?)\1""", re.DOTALL)
_JSON_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:)?|[\[\]{}]', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reshaping:
    """How the columns of a delimited file become a format's own, as a mapping says (see `mapping`).

    `columns` is theirs → ours; `codes` has for one of our columns their codes → ours; `dates` has for one
    of our columns the form of their dates as `strptime` has it, which become YYYY-MM-DD.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""

    def theirs(self, column: str) -> str:
        return next((theirs for theirs, ours in self.columns.items() if ours == column), column)


class Source:
    """One file. `findings` is where a reader leaves what it has to say of the file as a whole.

    Raises `CannotBeRead` for a folder, a pipe, a device, or a file that may not be read.
    """

    def __init__(self, path: Path, *, reshaping: Reshaping | None = None) -> None:
        try:
            about = path.stat()
        except FileNotFoundError:
            raise
        except OSError:  # a link to itself, a name too long
            raise cannot_be_read("not_a_file", path.name) from None
        if not stat.S_ISREG(about.st_mode) or not os.access(path, os.R_OK):
            # A pipe would be waited for without end, a device read without end.
            raise cannot_be_read("not_a_file", path.name)
        self.path = path
        self.name = path.name
        self.suffix = path.suffix.lower()
        self.size = about.st_size
        self.reshaping = reshaping
        self.findings: list[Finding] = []

    def __repr__(self) -> str:
        return f"Source({self.name!r})"

    @cached_property
    def head(self) -> bytes:
        with self.path.open("rb") as file:
            return file.read(HEAD)

    @cached_property
    def head_text(self) -> str:
        """The start as text; empty for what is clearly not text."""
        if self.head.startswith((_ZIP, _OLD_OFFICE)):
            return ""
        text = decoded_head(self.head)
        return "" if "\0" in text else text

    @cached_property
    def text(self) -> TextFacts:
        """What reading the whole file once shows of it as text; raises `CannotBeRead`."""
        return look_through(self.path, encoding=self.reshaping.encoding if self.reshaping else "")

    @cached_property
    def delimiter(self) -> str:
        """What stands between the cells, by the header row: a comma where there is any."""
        if self.reshaping and self.reshaping.delimiter:
            return self.reshaping.delimiter
        line = self._first_line
        if "," in line:
            return ","
        return max(_DELIMITERS, key=line.count)

    def csv_header(self) -> tuple[str, ...]:
        """The names of the columns, ours where a mapping renames them; () if this is no CSV file."""
        if not self._first_line or self._starts_with(("<", "{", "[")):
            return ()
        try:
            header = next(csv.reader([self._first_line], delimiter=self.delimiter), [])
        except csv.Error:
            return ()
        names = tuple(name.strip() for name in header)
        renamed = self.reshaping.columns if self.reshaping else {}
        return tuple(renamed.get(name, name) for name in names)

    @property
    def is_workbook(self) -> bool:
        return self.head.startswith(_ZIP) and self.suffix in {".xlsx", ".xlsm", ".zip", ""}

    @property
    def is_packed(self) -> bool:
        return self.head.startswith(_ZIP)

    @property
    def is_damaged_text(self) -> bool:
        """Whether the start would be text but for its NUL bytes."""
        is_packed = self.head.startswith((_ZIP, _OLD_OFFICE))
        return b"\0" in self.head and not is_packed and not encoding_by_mark(self.head)

    @property
    def is_old_workbook(self) -> bool:
        return self.head.startswith(_OLD_OFFICE)

    def xml_start(self) -> tuple[str, ...]:
        """The names of the first elements, the root's first, without namespaces; () if not XML."""
        if not self._starts_with("<"):
            return ()
        found = (match.group(2) for match in _MARKUP.finditer(self.head_text))
        names = [name for name in found if name]
        return tuple(names[:_FIRST_ELEMENTS])

    def xml_namespace(self) -> str:
        """The namespace that the root declares; empty where it declares none."""
        if not self._starts_with("<"):
            return ""
        found = _DEFAULT_NAMESPACE.search(self.head_text)
        root = _MARKUP.search(self.head_text)
        return found.group(2) if found and root else ""

    def sheet_names(self) -> tuple[str, ...]:
        """The workbook's sheets in their order; () if this is no workbook. May raise `CannotBeRead`."""
        from sightline.intake.reading.workbooks import sheet_names

        return sheet_names(self) if self.is_workbook else ()

    def json_start(self) -> tuple[str, ...] | None:
        """The keys of the object, or of the first object of the list, as far as the head shows; None if not
        JSON."""
        if not self._starts_with(("{", "[")):
            return None
        return tuple(_keys(self.head_text.lstrip("\ufeff \t\r\n")))

    @cached_property
    def _first_line(self) -> str:
        lines = (line for line in self.head_text.lstrip("\ufeff").splitlines() if line.strip())
        return next(lines, "")

    def _starts_with(self, text: str | tuple[str, ...]) -> bool:
        return self.head_text.lstrip("\ufeff \t\r\n").startswith(text)


def _keys(text: str) -> list[str]:
    """The names at the first object's own level, up to where that object or the text ends."""
    keys, depth, wanted = [], 0, 2 if text.startswith("[") else 1
    for token in _JSON_TOKEN.finditer(text):
        mark = token.group()
        if mark in "{[":
            depth += 1
            if mark == "[" and depth == wanted:
                return []
        elif mark in "}]":
            depth -= 1
            if depth < wanted:
                break
        elif depth == wanted and token.group(2):
            keys.append(token.group(1))
    return keys
