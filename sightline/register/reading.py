"""Reads a register's folder and reports every fault in it, in one pass and without changing anything.

Only errors stop an import. Warnings are for a person to read: something is suspicious, or was read
differently from how it stands.
"""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from sightline.register.checking import check_rows
from sightline.register.faults import FindingList
from sightline.register.layout import COMPANIONS, LAYOUT_1, File
from sightline.register.rules import CELL_RULES, files
from sightline.register.scanning import Scan, scan
from sightline.register.sheets import LINE, Sheet, apply_rules, typed_frame
from sightline.register.tables import Register
from sightline.vocabulary.findings import Finding
from sightline.vocabulary.progress import Progress, silent

LARGEST_FILE_IN_GB = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """`register` is None where there is an error. `hashes` holds the SHA-256 of each file that was read."""

    register: Register | None
    findings: tuple[Finding, ...]
    hashes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReadSheets:
    """As `Reading`, with the sheets in the compact form in which they were checked."""

    sheets: Mapping[str, Sheet]
    findings: tuple[Finding, ...]
    hashes: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_errors(self) -> bool:
        return any(finding.is_error for finding in self.findings)


def read_register(folder: Path, *, as_of: date, progress: Progress = silent) -> Reading:
    """Read and check the eight files. `as_of` is today: nothing can have happened after it."""
    read = read_sheets(folder, as_of=as_of, progress=progress)
    register = None
    if not read.has_errors:
        register = Register(**{name: sheet.table for name, sheet in read.sheets.items()})
    return Reading(register, read.findings, read.hashes)


def read_sheets(folder: Path, *, as_of: date, progress: Progress = silent) -> ReadSheets:
    fault = _folder_fault(folder)
    if fault:
        # The folder is named by its last part: a whole path may name the person whose machine it is.
        named = FindingList(folder.name or "folder")
        named.put(f"folder.{fault.what}", fault.severity, fault.sentence)
        return ReadSheets({}, named.listed())
    found = {file.file_name: FindingList(file.file_name) for file in LAYOUT_1.values()}
    sheets: dict[str, Sheet] = {}
    hashes: dict[str, str] = {}
    for done, (name, file) in enumerate(LAYOUT_1.items()):
        progress("reading files", done, len(LAYOUT_1))
        data = _bytes_of(folder, file, found[file.file_name])
        if data is not None:
            hashes[file.file_name] = hashlib.sha256(data).hexdigest()
            sheet = _sheet(data, file, found[file.file_name])
            if sheet:
                sheets[name] = sheet
        del data
    progress("reading files", len(LAYOUT_1), len(LAYOUT_1))
    check_rows(sheets, as_of=as_of, found=found, progress=progress)
    listed = (finding for each in found.values() for finding in each.listed())
    return ReadSheets(sheets, (*_other_files(folder), *listed), hashes)


def _folder_fault(folder: Path) -> files.FileRule | None:
    try:
        if not folder.exists():
            return files.FOLDER_NOT_THERE
        if not folder.is_dir():
            return files.NOT_A_FOLDER
        next(folder.iterdir(), None)
    except (OSError, ValueError):
        return files.FOLDER_NOT_READABLE
    return None


def _other_files(folder: Path) -> Iterable[Finding]:
    """CSV files beside the eight that nobody reads, lest somebody think they were."""
    expected = {file.file_name for file in LAYOUT_1.values()} | set(COMPANIONS)
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() == ".csv" and path.name not in expected:
            found = FindingList(path.name)
            found.put(
                "folder.file_not_read",
                files.NOT_PART_OF_REGISTER.severity,
                files.NOT_PART_OF_REGISTER.sentence,
            )
            yield from found.listed()


def _bytes_of(folder: Path, file: File, found: FindingList) -> bytes | None:
    path = folder / file.file_name
    try:
        if not path.exists():
            found.add(files.MISSING_FILE, hint=_similar_file(folder, file))
        elif not path.is_file():
            found.add(files.NOT_A_FILE)
        elif path.stat().st_size > LARGEST_FILE_IN_GB * 1_000_000_000:
            found.add(files.TOO_LARGE, limit=LARGEST_FILE_IN_GB)
        else:
            return path.read_bytes()
    except OSError as failed:
        found.add(files.NOT_READABLE, reason=failed.strerror or "reading failed")
    return None


def _similar_file(folder: Path, file: File) -> str:
    names = {path.name.lower(): path.name for path in folder.iterdir()}
    close = get_close_matches(file.file_name, names, n=1, cutoff=0.85)
    taken = close and names[close[0]] in {each.file_name for each in LAYOUT_1.values()}
    return f" There is “{names[close[0]]}”: rename it if that is the file." if close and not taken else ""


def _sheet(data: bytes, file: File, found: FindingList) -> Sheet | None:
    taken = scan(data, found=found)
    places = _places_of_columns(taken.header, file, found) if taken else None
    if taken is None or places is None:
        return None
    raw = _raw_frame(taken, file, places)
    if raw.is_empty() and not taken.set_aside:
        found.add(files.NO_ROWS)
    apply_rules(CELL_RULES[file.name], raw, found)
    key_place = places.get(file.key[0])
    keys = (
        frozenset() if key_place is None else frozenset(_cell_of(row, key_place) for row in taken.set_aside)
    )
    return Sheet(file, typed_frame(raw, file), keys, has_set_aside=bool(taken.set_aside))


def _places_of_columns(header: tuple[str, ...], file: File, found: FindingList) -> dict[str, int] | None:
    """Where each of the layout's columns stands; None where the file cannot be taken for this one at all."""
    if not set(header) & set(file.column_names):
        separator = {";": "semicolons", "\t": "tabs", "|": "bars"}
        for mark, words in separator.items():
            if set("".join(header).split(mark)) & set(file.column_names):
                found.add(files.NOT_COMMAS, line=1, separator=words)
                return None
        found.add(files.NO_HEADER, line=1, columns=", ".join(file.column_names))
        return None
    places = {name: header.index(name) for name in file.column_names if name in header}
    extra = {number: name for number, name in enumerate(header, start=1) if name not in file.column_names}
    for name in file.column_names:
        if name not in places:
            found.add(files.MISSING_COLUMN, line=1, column=name, hint=_similar_column(name, extra))
        elif header.count(name) > 1:
            found.add(files.REPEATED_COLUMN, line=1, column=name)
    for number, name in extra.items():
        known = get_close_matches(name.strip().lower(), file.column_names, n=1, cutoff=0.8)
        hint = f" Is it {known[0]}?" if known else ""
        found.add(files.EXTRA_COLUMN, line=1, number=number, hint=hint)
    if list(places.values()) != sorted(places.values()):
        found.add(files.COLUMN_ORDER, line=1, columns=", ".join(file.column_names))
    return places


def _similar_column(name: str, extra: Mapping[int, str]) -> str:
    folded = {other.strip().lower(): number for number, other in extra.items()}
    close = get_close_matches(name, folded, n=1, cutoff=0.8)
    return f" Column {folded[close[0]]} has a name like it." if close else ""


def _raw_frame(taken: Scan, file: File, places: Mapping[str, int]) -> pl.DataFrame:
    """Every cell as text, an empty one as null, and the line each row starts on."""
    schema = {str(place): pl.String() for place in range(len(taken.header))}
    if len(taken.lines):
        read = pl.read_csv(
            taken.body,
            has_header=False,
            schema=schema,
            infer_schema=False,
            quote_char='"' if b'"' in taken.body else None,
        )
    else:
        read = pl.DataFrame(schema=schema)
    assert len(read) == len(taken.lines), f"{file.file_name}: rows read differ from records found"
    cells = {name: pl.col(str(places[name])) for name in file.column_names if name in places}
    return read.select(
        pl.Series(LINE, taken.lines),
        *(pl.when(cell != "").then(cell).alias(name) for name, cell in cells.items()),
    )


def _cell_of(record: bytes, place: int) -> str:
    cells = record.split(b",")
    with suppress(IndexError):
        return cells[place].strip(b'"').decode(errors="replace")
    return ""
