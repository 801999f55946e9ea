"""From the bytes of one CSV file to its sound records, each with the physical line it starts on.

Every fault of encoding, line ends, quoting and number of cells is found here. A record at fault is set
aside whole, so that what follows looks at sound records only. What is read differently from how it stands
(a byte order mark, CRLF) is said in a warning.

A sound file costs a few passes over an array of bytes; records are taken one by one only where quoting is
broken, to find out where.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sightline.register.faults import FindingList
from sightline.register.rules import files

LONGEST_HEADER = 20_000
MOST_LINES_IN_A_RECORD = 500
# A quoted cell, or what there is of it where the text is cut inside.
_QUOTED = re.compile(rb'"[^"]*(?:""[^"]*)*(?:"|\Z)')
_SOUND_RECORD = re.compile(rb'(?:[^",\n]*|"[^"]*(?:""[^"]*)*")(?:,(?:[^",\n]*|"[^"]*(?:""[^"]*)*"))*')
_BROKEN = -1  # stands for the number of cells of a record whose quotes do not pair up

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scan:
    """`body` is the sound records without the header; `lines` has the physical line of each.

    `set_aside` holds the records at fault as they stand, so that a reference to one of them is not
    reported as a second fault.
    """

    header: tuple[str, ...]
    body: bytes
    lines: NDArray[np.uint32]
    set_aside: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class _Records:
    """Where each record starts and ends (its line end left out), its first physical line and its cells."""

    starts: Numbers
    ends: Numbers
    lines: Numbers
    cells: Numbers


def scan(data: bytes, *, found: FindingList) -> Scan | None:
    """Take the file apart; None where not even a header can be read. Faults are added to `found`."""
    plain = _plain(data, found)
    if plain is None:
        return None
    header = _header(plain, found)
    if header is None:
        return None
    records = _records(plain, expected=len(header))
    bad = _report_bad_bytes(plain, records, header, found)
    bad |= _report_shape(records, expected=len(header), found=found)
    return _sorted_out(plain, records, header, bad)


def _plain(data: bytes, found: FindingList) -> bytes | None:
    """The text without a byte order mark, its lines ended by LF alone, the last one too."""
    if not data:
        found.add(files.EMPTY_FILE)
        return None
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found.add(files.NOT_UTF_8)
        return None
    if data.startswith(codecs.BOM_UTF8):
        found.add(files.BYTE_ORDER_MARK, line=1)
        data = data.removeprefix(codecs.BOM_UTF8)
    if b"\r\n" in data:
        found.add(files.CRLF, line=1 + data.count(b"\n", 0, data.index(b"\r\n")))
        data = data.replace(b"\r\n", b"\n")
    if b"\n" not in data and b"\r" in data:
        found.add(files.OLD_LINE_ENDS)
        return None
    if not data.strip():
        found.add(files.EMPTY_FILE)
        return None
    if not data.endswith(b"\n"):
        found.add(files.NO_FINAL_LINE_END, line=1 + data.count(b"\n"))
        data += b"\n"
    return data


def _header(data: bytes, found: FindingList) -> tuple[str, ...] | None:
    first = data[: data.index(b"\n")]
    try:
        if len(first) > LONGEST_HEADER or b"\0" in first:
            raise ValueError
        names = next(csv.reader([first.decode()], strict=True), [])
    except (ValueError, csv.Error):
        found.add(files.HEADER_NOT_READ, line=1)
        return None
    if not names:
        found.add(files.HEADER_NOT_READ, line=1)
        return None
    return tuple(names)


def _records(data: bytes, *, expected: int) -> _Records:
    if b'"' not in data:
        return _records_without_quotes(data)
    records = _records_with_sound_quotes(data)
    if records is None or _swallows_lines(records, expected):
        return _records_one_by_one(data, expected=expected)
    return records


def _records_without_quotes(data: bytes) -> _Records:
    text = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(text == ord("\n"))
    return _counted(ends, np.flatnonzero(text == ord(",")), np.arange(1, len(ends) + 1))


def _records_with_sound_quotes(data: bytes) -> _Records | None:
    """None where a quote stands where it may not."""
    text = np.frombuffer(data, np.uint8)
    if not _quotes_are_sound(text):
        return None
    # A doubled quote goes out of the cell and in again, so parity tells inside from outside; the running
    # count may overflow its byte without losing it.
    is_outside = (np.cumsum(text == ord('"'), dtype=np.uint8) & 1) == 0
    is_line_end = text == ord("\n")
    ends = np.flatnonzero(is_line_end & is_outside)
    lines = 1 + np.searchsorted(np.flatnonzero(is_line_end), np.concatenate(([0], ends[:-1] + 1)))
    return _counted(ends, np.flatnonzero((text == ord(",")) & is_outside), lines)


def _quotes_are_sound(text: NDArray[np.uint8]) -> bool:
    """A quote opens at the start of a cell and closes at its end, unless it is one of a pair inside."""
    quotes = np.flatnonzero(text == ord('"'))
    if len(quotes) % 2:
        return False
    edges = np.array([ord(","), ord("\n"), ord('"')], np.uint8)
    before = np.where(quotes[::2] == 0, ord("\n"), text[quotes[::2] - 1])
    return bool(np.isin(before, edges).all() and np.isin(text[quotes[1::2] + 1], edges).all())


def _counted(ends: Numbers, commas: Numbers, lines: Numbers) -> _Records:
    starts = np.concatenate(([0], ends[:-1] + 1))
    cells = 1 + np.diff(np.searchsorted(commas, ends), prepend=0)
    return _Records(starts, ends, lines, cells)


def _swallows_lines(records: _Records, expected: int) -> bool:
    """A record over several lines with the wrong number of cells may be two stray quotes far apart."""
    spans = np.diff(records.lines, append=records.lines[-1] + 1)
    return bool(((spans > 1) & (records.cells != expected)).any())


def _records_one_by_one(data: bytes, *, expected: int) -> _Records:
    taken = list(_take_records(data.split(b"\n")[:-1], expected))
    starts, ends, lines, cells = np.array(taken, np.int64).reshape(-1, 4).T
    return _Records(starts, ends, lines, cells)


def _take_records(lines: list[bytes], expected: int) -> Iterator[tuple[int, int, int, int]]:
    """Start, end, first line and cells of each record. After a broken one, reading resumes a line on."""
    at, offset = 0, 0
    while at < len(lines):
        span, cells = _record_at(lines, at, expected)
        end = offset + sum(map(len, lines[at : at + span])) + span - 1
        yield offset, end, at + 1, cells
        at, offset = at + span, end + 1


def _record_at(lines: list[bytes], at: int, expected: int) -> tuple[int, int]:
    """How many lines the record at this line takes, and how many cells it has."""
    record, span = lines[at], 1
    while record.count(b'"') % 2 and span < MOST_LINES_IN_A_RECORD and at + span < len(lines):
        record += b"\n" + lines[at + span]
        span += 1
    if not _SOUND_RECORD.fullmatch(record):
        return 1, _BROKEN
    cells = 1 + _QUOTED.sub(b"", record).count(b",")
    return (span, cells) if span == 1 or cells == expected else (1, _BROKEN)


def _report_shape(records: _Records, *, expected: int, found: FindingList) -> NDArray[np.bool_]:
    """Which records are not rows of the right number of cells; the header is not asked."""
    is_blank = records.starts == records.ends
    is_wrong: NDArray[np.bool_] = (records.cells != expected) | is_blank
    is_wrong[0] = False
    for at in np.flatnonzero(is_wrong):
        line, cells = int(records.lines[at]), int(records.cells[at])
        if is_blank[at]:
            found.add(files.BLANK_LINE, line=line)
        elif cells == _BROKEN:
            found.add(files.BROKEN_QUOTES, line=line)
        else:
            rule = files.TOO_MANY_CELLS if cells > expected else files.TOO_FEW_CELLS
            found.add(rule, line=line, count=cells, expected=expected)
    return is_wrong


def _report_bad_bytes(
    data: bytes, records: _Records, header: tuple[str, ...], found: FindingList
) -> NDArray[np.bool_]:
    """Which records hold bytes that no text has."""
    is_bad = np.zeros(len(records.starts), np.bool_)
    if b"\0" not in data and b"\r" not in data and _is_utf_8(data):
        return is_bad
    for line, offset, rule, looks_like in _bad_bytes(data):
        at = int(np.searchsorted(records.starts, offset, side="right")) - 1
        is_bad[at] = True
        before = _QUOTED.sub(b"", data[records.starts[at] : offset]).count(b",")
        column = header[before] if records.cells[at] == len(header) and before < len(header) else ""
        found.add(rule, line=line, column=column, looks_like=looks_like)
    return is_bad


def _is_utf_8(data: bytes) -> bool:
    if data.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        # In pieces, because a string of the whole file could take four times its size.
        for start in range(0, len(data), 1 << 20):
            decoder.decode(data[start : start + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _bad_bytes(data: bytes) -> Iterator[tuple[int, int, files.FileRule, str]]:
    """Line, offset, rule and likely encoding of the first bad byte of each kind in each line."""
    start = 0
    for line, text in enumerate(data.split(b"\n"), start=1):
        if b"\0" in text:
            yield line, start + text.index(b"\0"), files.NUL_BYTE, ""
        if b"\r" in text:
            yield line, start + text.index(b"\r"), files.STRAY_CARRIAGE_RETURN, ""
        if not text.isascii():
            try:
                text.decode()
            except UnicodeDecodeError as bad:
                yield line, start + bad.start, files.BAD_BYTES, _looks_like(text)
        start += len(text) + 1


def _looks_like(text: bytes) -> str:
    return "Windows-1252" if any(0x80 <= byte <= 0x9F for byte in text) else "Latin-1"


def _sorted_out(data: bytes, records: _Records, header: tuple[str, ...], bad: NDArray[np.bool_]) -> Scan:
    is_row = ~bad
    is_row[0] = False
    lines = records.lines[is_row].astype(np.uint32)
    if not bad[1:].any():
        return Scan(header, data[int(records.ends[0]) + 1 :], lines, ())
    spans = list(zip(records.starts.tolist(), records.ends.tolist(), strict=True))
    body = b"".join(data[start : end + 1] for (start, end), keep in zip(spans, is_row, strict=True) if keep)
    set_aside = tuple(data[spans[at][0] : spans[at][1]] for at in np.flatnonzero(bad[1:]) + 1)
    return Scan(header, body, lines, set_aside)
