"""Which encoding a text file has, found by reading it once in pieces, and whether it is text at all."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from sightline.intake.reading.faults import cannot_be_read

PIECE = 1 << 20
LONGEST_LINE = 1 << 20
"""In bytes. The longest real cell is a page of free text; a line past this is no row."""

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_NOT_IN_WINDOWS_1252 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_SIGNS_OF_FORMULAS = (b"=", b"@", b"+", b",-", b";-", b"\t-", b'"-')
"""A cell that begins as a formula has one of these; a hyphen alone stands in every date."""


@dataclass(frozen=True, slots=True)
class TextFacts:
    """`may_hold_formulas` is False only where no cell can begin with = + - or @.

    `is_ended` says whether the last line has a line end.
    """

    encoding: str
    is_guessed: bool
    may_hold_formulas: bool
    is_ended: bool = True


def encoding_by_mark(head: bytes) -> str:
    """The encoding that a byte order mark names; empty without one."""
    return next((name for mark, name in _MARKS.items() if head.startswith(mark)), "")


def decoded_head(head: bytes) -> str:
    """The start of a file as text, as well as can be: the last character may be cut off."""
    if encoding := encoding_by_mark(head):
        return head.decode(encoding, errors="ignore")
    try:
        return codecs.utf_8_decode(head, "strict", False)[0]
    except UnicodeDecodeError:
        return head.decode("cp1252", errors="replace")


def look_through(path: Path, *, encoding: str = "") -> TextFacts:
    """Read the file once. Raises `CannotBeRead` for what is not text: NUL bytes, endless lines.

    `encoding` is one that somebody named: then nothing is guessed.
    """
    scan = _Scan(path.name, encoding)
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            scan.take(piece)
    return scan.result()


class _Scan:
    def __init__(self, name: str, encoding: str) -> None:
        self.name = name
        self.named = encoding
        self.lines = 0
        self.since_line_end = 0
        self.is_first = True
        self.is_two_byte = False
        self.decoder: codecs.IncrementalDecoder | None = None
        self.marked = ""
        self.not_windows = False
        self.formulas = False
        self.is_ended = True

    def take(self, piece: bytes) -> None:
        if self.is_first:
            self._start(piece)
        self._check_line_length(piece)
        if not self.is_two_byte and b"\0" in piece:
            line = self.lines + _line_ends(piece[: piece.index(b"\0")]) + 1
            raise cannot_be_read("nul_byte", self.name, line)
        if self.decoder is not None:
            try:
                self.decoder.decode(piece)
            except UnicodeDecodeError:
                self.decoder = None
        self.not_windows = self.not_windows or any(byte in piece for byte in _NOT_IN_WINDOWS_1252)
        if not self.formulas:
            self.formulas = any(sign in piece for sign in _SIGNS_OF_FORMULAS)
        self.lines += _line_ends(piece)
        self.is_ended = piece.rstrip(b"\0 \t").endswith((b"\n", b"\r"))

    def result(self) -> TextFacts:
        if self.is_first:
            raise cannot_be_read("empty", self.name)
        try:
            if self.decoder is not None:
                self.decoder.decode(b"", final=True)
                return TextFacts(
                    self.named or self.marked or "utf-8",
                    False,
                    self.formulas or self.is_two_byte,
                    self.is_ended,
                )
        except UnicodeDecodeError:
            pass
        if self.named or self.marked or self.not_windows:
            raise cannot_be_read("encoding_unknown", self.name)
        return TextFacts("cp1252", True, self.formulas, self.is_ended)

    def _start(self, piece: bytes) -> None:
        self.is_first = False
        self.marked = encoding_by_mark(piece)
        encoding = self.named or self.marked or "utf-8"
        self.is_two_byte = encoding.startswith("utf-16")
        self.decoder = codecs.getincrementaldecoder(encoding)()

    def _check_line_length(self, piece: bytes) -> None:
        # A line lies within two pieces or is longer than one, so that looking at the seams is enough.
        first, last = piece.find(b"\n"), piece.rfind(b"\n")
        if first < 0:
            first, last = piece.find(b"\r"), piece.rfind(b"\r")
        if self.since_line_end + (first if first >= 0 else len(piece)) > LONGEST_LINE:
            raise cannot_be_read("long_line", self.name, self.lines + 1, limit=LONGEST_LINE)
        self.since_line_end = len(piece) - last - 1 if last >= 0 else self.since_line_end + len(piece)


def _line_ends(piece: bytes) -> int:
    return piece.count(b"\n") or piece.count(b"\r")
