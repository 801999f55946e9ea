"""Rows of an Excel workbook. It is looked at as a zip file first, so that one made to burst is never opened.

Cells come as text, dates as YYYY-MM-DD (with the time where they have one). Macros and links to other files
are named and left alone; a formula counts as the value that was saved with it.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

from lxml import etree

from sightline.intake.declaration import RawRecord
from sightline.intake.reading.delimited import CELLS_AS_THEY_STAND, check_names
from sightline.intake.reading.faults import RULES, cannot_be_read
from sightline.intake.sources import Source
from sightline.vocabulary.findings import Place

MOST_MEMBERS = 2_000
LARGEST_MEMBER = 400 << 20
LARGEST_UNPACKED = 600 << 20
LARGEST_RATIO = 200
"""How many times its packed size a large member may unpack to; sheets come to about 10 to 40."""
SMALL_MEMBER = 10 << 20
ROWS_LOOKED_AT_FOR_HEADER = 30

FindHeader = Callable[[tuple[str, ...]], bool]


def sheet_names(source: Source) -> tuple[str, ...]:
    return tuple(_opened(source).sheet_names)


def rows(source: Source, sheet: str, *, find_header: FindHeader | None = None) -> Iterator[RawRecord]:
    """Every row under the header row, which is the first that `find_header` takes, or that has any cell.

    The record's line is the sheet's row; its table is the sheet's name. Raises `CannotBeRead`.
    """
    book = _opened(source)
    if sheet not in book.sheet_names:
        raise cannot_be_read("no_sheet", source.name, sheet=sheet)
    cells = _cells(book, sheet, source)
    without_value = formulas_without_value(source, sheet)
    header: list[str] = []
    for number, row in enumerate(cells, start=1):
        texts = tuple("" if cell is None else _text(cell) for cell in row)
        if not any(texts):
            continue
        if not header:
            if find_header is None or find_header(texts):
                header = _names(texts, source, line=number)
            elif number >= ROWS_LOOKED_AT_FOR_HEADER:
                break
            continue
        findings = tuple(
            RULES["formula_without_value"].at(Place(source.name, number), cell=f"{sheet}!{cell}")
            for cell in without_value.get(number, ())
        )
        beyond = [text for text in texts[len(header) :] if text]
        if beyond:
            findings += (
                RULES["cells"].at(
                    Place(source.name, number), found=len(header) + len(beyond), expected=len(header)
                ),
            )
            yield RawRecord(Place(source.name, number), sheet, {CELLS_AS_THEY_STAND: list(texts)}, findings)
            continue
        yield RawRecord(Place(source.name, number), sheet, dict(zip(header, texts, strict=False)), findings)
    if not header:
        raise cannot_be_read("no_header", source.name, in_column=sheet)


def _names(texts: tuple[str, ...], source: Source, *, line: int) -> list[str]:
    width = max(place for place, text in enumerate(texts) if text.strip()) + 1
    stripped = [" ".join(text.split()) for text in texts[:width]]
    names = [name or f"column {number}" for number, name in enumerate(stripped, start=1)]
    check_names(names, stripped, source, line=line)
    return names


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    return text.removesuffix(" 00:00:00") if len(text) == 19 else text


def _cells(book: Any, sheet: str, source: Source) -> Iterator[tuple[Any, ...]]:
    """The sheet's rows from its first, which keeps their numbers true."""
    import fastexcel

    try:
        loaded = book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
        frame = loaded.to_polars()
    except fastexcel.FastExcelError:
        raise cannot_be_read("not_a_workbook", source.name) from None
    yield from frame.iter_rows()


def _opened(source: Source) -> Any:
    import fastexcel

    if source.is_old_workbook:
        raise cannot_be_read("old_workbook", source.name)
    _look_at_members(source)
    try:
        return fastexcel.read_excel(source.path)
    except fastexcel.FastExcelError:
        raise cannot_be_read("not_a_workbook", source.name) from None


def _look_at_members(source: Source) -> None:
    """Refuse what would burst, and say what is left alone; read from the zip's own list, nothing unpacked."""
    try:
        with zipfile.ZipFile(source.path) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        raise cannot_be_read("not_a_workbook", source.name) from None
    if what := _too_large(members):
        raise cannot_be_read("large_workbook", source.name, what=what)
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names and "xl/workbook.bin" not in names:
        raise cannot_be_read("not_a_workbook", source.name)
    _note(source, "external_links", any(name.startswith("xl/externalLinks/") for name in names))
    _note(source, "macros", any(name.endswith("vbaProject.bin") for name in names))


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


def _note(source: Source, name: str, is_so: bool) -> None:
    finding = RULES[name].at(Place(source.name))
    if is_so and finding not in source.findings:
        source.findings.append(finding)


_ROW_OF_CELL = re.compile(r"[A-Z]{1,3}([0-9]{1,7})")


def formulas_without_value(source: Source, sheet: str) -> dict[int, list[str]]:
    """The cells of each row that hold a formula and nothing that it came to."""
    found: dict[int, list[str]] = {}
    with zipfile.ZipFile(source.path) as packed:
        member = _member_of(packed, sheet)
        if not member:
            return found
        with packed.open(member) as part:
            for cell in _each(part, "c"):
                if cell.find("{*}f") is None:
                    continue
                value, name = cell.find("{*}v"), cell.get("r") or ""
                row = _ROW_OF_CELL.fullmatch(name)
                if row and (value is None or not value.text):
                    found.setdefault(int(row.group(1)), []).append(name)
    return found


def _member_of(packed: zipfile.ZipFile, sheet: str) -> str:
    """The part of the zip that holds this sheet; empty where the workbook does not say."""
    names = set(packed.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return ""
    with packed.open("xl/workbook.xml") as part:
        identity = next(
            (
                value
                for each in _each(part, "sheet")
                if each.get("name") == sheet
                for key, value in each.attrib.items()
                if key.endswith("}id")
            ),
            "",
        )
    with packed.open("xl/_rels/workbook.xml.rels") as part:
        target = next(
            (each.get("Target") or "" for each in _each(part, "Relationship") if each.get("Id") == identity),
            "",
        )
    member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return member if member in names else ""


def _each(part: Any, tag: str) -> Iterator[Any]:
    """Elements of one name, dropped again once they have been looked at."""
    events = etree.iterparse(
        part, events=("end",), tag=f"{{*}}{tag}", load_dtd=False, no_network=True, resolve_entities=False
    )
    try:
        for _, element in events:
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError:
        return
