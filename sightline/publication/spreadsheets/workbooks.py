"""The workbook as a value: cover, contents, notes, and one table a sheet. Both formats are written from it.

It keeps to “Releasing statistics in spreadsheets” of the Government Analysis Function: one table a sheet
that starts in the first column, a heading for every column, no merged and no blank cells, words instead of
superscripts, symbols in brackets, a contents sheet with links.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sightline.disclosure_control.safe import SafeCell, SafeFigure, SafeRelease, SafeTable, Symbol
from sightline.publication.document.content import Document
from sightline.publication.document.report_tables import source_of
from sightline.publication.plain_text import one_line
from sightline.publication.shares import has_shares, share_or_symbol
from sightline.publication.spreadsheets.report_sheets import report_sheet
from sightline.publication.spreadsheets.sheets import (
    Column,
    Kind,
    Link,
    Placed,
    Sheet,
    Value,
    Workbook,
    in_brackets,
)
from sightline.publication.symbols import MEANINGS, meaning, symbols_of
from sightline.publication.ways import way_name
from sightline.statistics.tables import Geography, Line, Statistic, round_half_up

SYMBOLS = "symbols"
"""The report's table of symbols; in a workbook the Notes sheet holds them."""
_ONE_TABLE = "This sheet contains one table. Notes and symbols are explained on the Notes sheet."


def describe(safe: SafeRelease, document: Document, *, policy: str) -> Workbook:
    """The workbook of a release. Tables are numbered as in the report; those it leaves out come after."""
    mark = document.status.caution
    notes = _Notes()
    tables = (*_table_sheets(safe, document, mark, notes), _figures_sheet(safe, mark, notes))
    return Workbook(
        title=f"{one_line(document.title)}: tables",
        subject=one_line(document.subtitle),
        mark=mark,
        author=one_line(document.publisher),
        cover=tuple(_cover(document, mark, policy)),
        contents=_contents(tables, mark),
        notes=notes.sheet(mark, symbols_of(safe.policy)),
        tables=tables,
    )


def _cover(document: Document, mark: str, policy: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Headings and what stands under each, as gptables heads its covers."""
    introduction = (mark, document.subtitle, document.warning, document.status.sentence)
    yield "Introductory information", tuple(one_line(text) for text in introduction if text)
    yield (
        "About these data",
        (
            f"Numbers that could tell about one child are hidden or rounded, by the policy “{policy}”.",
            "Symbols in square brackets stand where a number cannot be given; the Notes sheet explains them.",
            "Shares are worked out from the published numbers, to one decimal place, half rounded up.",
            "The sheet Figures holds the figures that the report's sentences are made from.",
        ),
    )
    yield "Contact", (one_line(document.publisher),)


class _Notes:
    """Numbers notes in the order in which they are met, the same text once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def mark(self, texts: Sequence[str]) -> str:
        """“ [note 1] [note 3]”, to stand at the end of a title."""
        marks = (self._numbers.setdefault(one_line(text), len(self._numbers) + 1) for text in texts)
        return "".join(f" [note {number}]" for number in marks)

    def sheet(self, mark: str, symbols: Sequence[Symbol]) -> Sheet:
        rows = [(f"[note {number}]", text) for text, number in self._numbers.items()]
        rows += [(in_brackets(symbol), _sentence(meaning(symbol))) for symbol in symbols]
        return Sheet(
            name="Notes",
            title="Notes and symbols",
            lines=_marked(mark, "This sheet contains one table: the notes, then the symbols."),
            columns=(Column("Note or symbol"), Column("Meaning")),
            rows=tuple(rows),
        )


def _contents(tables: Sequence[Sheet], mark: str) -> Sheet:
    rows = [(Link("Notes"), "Notes and symbols"), *((Link(sheet.name), sheet.title) for sheet in tables)]
    return Sheet(
        name="Contents",
        title="Contents",
        lines=_marked(mark, "This sheet contains one table: a link to every other sheet."),
        columns=(Column("Sheet"), Column("What it holds")),
        rows=tuple(rows),
    )


def _marked(mark: str, *lines: str) -> tuple[str, ...]:
    return tuple(line for line in (mark, *lines) if line)


def _table_sheets(safe: SafeRelease, document: Document, mark: str, notes: _Notes) -> Iterator[Sheet]:
    """The report's tables under its numbers, then the release's tables that the report leaves out."""
    by_name = {table.name: table for table in safe.tables}
    for block in document.tables:
        if block.name in by_name:
            yield _table_sheet(by_name[block.name], block.number, mark, notes)
        elif block.name != SYMBOLS:
            yield report_sheet(block, lines=_marked(mark, _ONE_TABLE), notes=notes.mark(block.notes))
    in_report = {block.name for block in document.tables}
    following = max((block.number for block in document.tables), default=0)
    left_out = [table for table in safe.tables if table.name not in in_report]
    for number, table in enumerate(left_out, start=following + 1):
        yield _table_sheet(table, number, mark, notes)


def _table_sheet(table: SafeTable, number: int, mark: str, notes: _Notes) -> Sheet:
    rows: list[tuple[Value, ...]] = []
    placed: dict[tuple[int, int], Placed] = {}
    has_areas = any(row.geography is not Geography.NATIONAL for row in table.rows)
    with_percent = has_shares(table)
    for row_index, row in enumerate(table.rows):
        values: list[Value] = [row.area_code, one_line(row.label)] if has_areas else [one_line(row.label)]
        for column in table.columns:
            for form, value in _values(table, row, column, with_percent=with_percent):
                placed[row_index, len(values)] = Placed(table.key(row, column), form)
                values.append(value)
        rows.append(tuple(values))
    return Sheet(
        name=f"Table_{number}",
        title=f"Table {number}: {one_line(table.title)}{notes.mark(table.notes)}",
        lines=_marked(mark, *_about(table)),
        columns=_columns(table, has_areas=has_areas, with_percent=with_percent),
        rows=tuple(rows),
        placed=placed,
        table=table.name,
    )


def _values(table: SafeTable, row: Line, column: Line, *, with_percent: bool) -> Iterator[tuple[str, Value]]:
    cell = table.cell(row, column)
    yield "count", in_brackets(cell.symbol) if cell.symbol else cell.value or 0
    if with_percent:
        yield "percent", _printed(share_or_symbol(table, row, column))


def _printed(number: Decimal | Symbol) -> Value:
    if isinstance(number, Symbol):
        return in_brackets(number)
    return float(round_half_up(number, 1))


def _columns(table: SafeTable, *, has_areas: bool, with_percent: bool) -> tuple[Column, ...]:
    row_label = one_line(table.row_label) or "Row"
    columns = [Column("Area code"), Column(row_label)] if has_areas else [Column(row_label)]
    for line in table.columns:
        columns.append(Column(_heading(table, line, f"number of {table.unit.many}"), Kind.COUNT))
        if with_percent:
            columns.append(Column(_heading(table, line, "percent"), Kind.PERCENT))
    return tuple(columns)


def _heading(table: SafeTable, line: Line, what: str) -> str:
    if len(table.columns) == 1:
        return what[0].upper() + what[1:]
    return f"{one_line(line.label)}: {what}"


def _about(table: SafeTable) -> Iterator[str]:
    yield _ONE_TABLE
    period = table.population.period
    when = f" Period: {period.label}." if period else ""
    yield f"Counted: {table.unit.many}, by {way_name(table.population.way)}.{when}"
    cells = [table.at(row, column) for row in range(len(table.rows)) for column in range(len(table.columns))]
    if any(cell.is_rounded for cell in cells):
        yield "Some numbers are rounded, so they may not add up; no shares are given of rounded numbers."
    if used := _symbols(cells):
        yield "Symbols: " + "; ".join(f"{in_brackets(each)} {meaning(each)}" for each in used) + "."
    yield f"Source: {source_of(table)}."


def _symbols(cells: Sequence[SafeCell]) -> list[Symbol]:
    used = {cell.symbol for cell in cells}
    return [symbol for symbol in MEANINGS if symbol in used]


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


_FIGURE_COLUMNS = (
    Column("Reference"),
    Column("Measure"),
    Column("Unit"),
    Column("Value", Kind.MEASURE),
    Column("Base", Kind.COUNT),
    Column("Percent", Kind.PERCENT),
    Column("Low", Kind.MEASURE),
    Column("High", Kind.MEASURE),
    Column("Missing", Kind.COUNT),
)


def _figures_sheet(safe: SafeRelease, mark: str, notes: _Notes) -> Sheet:
    figures = list(safe.figures.values())
    note = notes.mark(
        (
            "Low and High bound the percentage, or the coefficient, with 95% confidence. Base is the number "
            "that a share is a share of. Missing counts those in the base on whom nothing was said.",
        )
    )
    return Sheet(
        name="Figures",
        title=f"Figures: every figure of the report{note}",
        lines=_marked(mark, _ONE_TABLE),
        columns=_FIGURE_COLUMNS,
        rows=tuple(_figure_row(figure) for figure in figures),
        placed={
            (row, column): Placed(figure.ref, form)
            for row, figure in enumerate(figures)
            for column, form in ((3, "count"), (4, "base"), (5, "percent"), (8, "missing"))
        },
    )


def _figure_row(figure: SafeFigure) -> tuple[Value, ...]:
    def shown(number: float | Decimal | None, places: int) -> Value:
        if figure.symbol is not None:
            return in_brackets(figure.symbol)
        if number is None:
            return in_brackets(Symbol.NOT_APPLICABLE)
        rounded = round_half_up(Decimal(str(number)), places)
        return float(rounded) if places else int(rounded)

    places = 0 if figure.statistic in (Statistic.COUNT, Statistic.MINIMUM) else 3
    of_bounds = 3 if figure.statistic is Statistic.COEFFICIENT else 1
    return (
        figure.ref,
        one_line(figure.sentence),
        figure.unit.many,
        shown(figure.value, places),
        shown(figure.base, 0),
        shown(figure.percent, 1),
        shown(figure.low, of_bounds),
        shown(figure.high, of_bounds),
        shown(figure.missing, 0),
    )
