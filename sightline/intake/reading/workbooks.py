"""Rows of an Excel workbook, measured before it is opened (`packing`), so that one made to burst never is.

Cells come as text, dates as YYYY-MM-DD (with the time where they have one). Macros and links to other files
are named and left alone; a formula counts as the value that was saved with it.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

from sightline.intake.declaration import RawRecord
from sightline.intake.reading.delimited import CELLS_AS_THEY_STAND, check_names
from sightline.intake.reading.faults import RULES, cannot_be_read
from sightline.intake.reading.packing import check_packing, formulas_without_value
from sightline.intake.sources import Source
from sightline.vocabulary.findings import Place

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
    without_value = formulas_without_value(source, sheet)
    cells = _cells(book, sheet, source)
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
    check_packing(source)
    try:
        return fastexcel.read_excel(source.path)
    except fastexcel.FastExcelError:
        raise cannot_be_read("not_a_workbook", source.name) from None
