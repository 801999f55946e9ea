"""A safe table as a chart: its bars, and the words for somebody who cannot see them.

The words are made from the same cells as the bars. A withheld number stays withheld in both.
"""

from collections.abc import Iterator, Sequence

from sightline.disclosure_control.safe import SafeCell, SafeTable, Symbol
from sightline.publication.document.content import ChartBlock, Mark
from sightline.publication.document.forms import whole
from sightline.publication.document.report_tables import is_crossed, share_shown, shown, table_id
from sightline.publication.shares import share
from sightline.publication.symbols import meaning
from sightline.statistics.tables import Line

_NOT_ANSWERS = frozenset(
    (
        "other",
        "unknown",
        "not_known",
        "not_yet_known",
        "not_mentioned",
        "not_applicable",
        "not_supplied",
        "not_coded",
    )
)
"""Values that say nothing or anything: they stand last, however many they are."""


def chart_block(safe: SafeTable, *, number: int, by_size: bool = False) -> ChartBlock:
    """The table's chart: horizontal bars, or a panel of them for each column of a crossed table.

    `by_size` puts the longest bar first, for categories that have no order of their own.
    """
    rows = _by_size(safe) if by_size else _rows(safe)
    columns = _columns(safe)
    unit = safe.unit.many
    return ChartBlock(
        id=chart_id(safe.name),
        number=number,
        name=safe.name,
        kind="panels" if is_crossed(safe) else "bars",
        title=safe.title,
        axis=unit.capitalize(),
        unit=unit,
        marks=tuple(_mark(safe, row, column) for row in rows for column in columns),
        summary=_summary(safe, rows, columns),
        description=tuple(_sentence(safe, row, columns) for row in rows),
        table_id=table_id(safe.name),
        notes=tuple(_notes(safe, rows, columns)),
    )


def chart_id(name: str) -> str:
    return "chart-" + name.replace("_", "-").replace(".", "-")


def _rows(safe: SafeTable) -> tuple[Line, ...]:
    return tuple(line for line in safe.rows if not line.is_total)


def _columns(safe: SafeTable) -> tuple[Line, ...]:
    if not is_crossed(safe):
        return tuple(safe.columns)
    return tuple(line for line in safe.columns if not line.is_total)


def _by_size(safe: SafeTable) -> tuple[Line, ...]:
    """Longest first; a withheld number stands after those shown, so that its place gives nothing away."""
    column = safe.columns[0]

    def place(line: Line) -> tuple[bool, float]:
        value = safe.cell(line, column).value
        return _is_no_answer(line), 1.0 if value is None else -float(value)

    return tuple(sorted(_rows(safe), key=place))


def _is_no_answer(line: Line) -> bool:
    return any(set(values) <= _NOT_ANSWERS for _, values in line.where)


def _mark(safe: SafeTable, row: Line, column: Line) -> Mark:
    cell = safe.cell(row, column)
    percent = None if is_crossed(safe) else share(safe, row, column)
    text = shown(cell) if percent is None else f"{shown(cell)} ({share_shown(percent)})"
    return Mark(row.label, column.label if is_crossed(safe) else "", cell.value, text)


def _sentence(safe: SafeTable, row: Line, columns: tuple[Line, ...]) -> str:
    if not is_crossed(safe):
        cell = safe.cell(row, columns[0])
        percent = share(safe, row, columns[0])
        said = _said(cell, safe.unit.of(cell.value or 0))
        return f"{row.label}: {said}" + (f" ({share_shown(percent)})." if percent is not None else ".")
    parts = (f"{column.label} {_said(safe.cell(row, column))}" for column in columns)
    return f"{row.label}: {', '.join(parts)}."


def _said(cell: SafeCell, noun: str = "") -> str:
    if cell.value is None:
        assert cell.symbol is not None
        return meaning(cell.symbol)
    return f"{whole(cell.value)} {noun}".rstrip()


def _summary(safe: SafeTable, rows: tuple[Line, ...], columns: tuple[Line, ...]) -> str:
    """What the chart tells somebody who cannot see it: its kind, its longest bars, what is withheld."""
    names = [column.label for column in columns]
    if is_crossed(safe):
        kind = f"Bar charts of {safe.unit.many}, one each for {_listed(names)}."
    else:
        kind = f"Bar chart of {safe.unit.many}."
    wheres = (f" for {name}" if is_crossed(safe) else "" for name in names)
    longest = (_longest(safe, rows, column, where) for column, where in zip(columns, wheres, strict=True))
    return " ".join(said for said in (kind, *longest, _withheld(safe, rows, columns)) if said)


def _longest(safe: SafeTable, rows: tuple[Line, ...], column: Line, where: str) -> str:
    """The longest of the bars that are shown; a withheld number may be larger."""
    values = [(safe.cell(row, column).value, row.label) for row in rows]
    most = max((value for value, _ in values if value is not None), default=0)
    labels = [label for value, label in values if value == most]
    if not most:
        return ""
    shown_only = ", of those shown," if any(value is None for value, _ in values) else ""
    if len(labels) == 1:
        return f"The longest bar{where}{shown_only} is {labels[0]}, at {whole(most)}."
    return f"The longest bars{where}{shown_only} are {_listed(labels)}, at {whole(most)} each."


def _withheld(safe: SafeTable, rows: tuple[Line, ...], columns: tuple[Line, ...]) -> str:
    cells = (safe.cell(row, column) for row in rows for column in columns)
    hidden = sum(cell.symbol is Symbol.SUPPRESSED for cell in cells)
    if not hidden:
        return ""
    return "1 number is withheld." if hidden == 1 else f"{hidden} numbers are withheld."


def _listed(names: Sequence[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _notes(safe: SafeTable, rows: tuple[Line, ...], columns: tuple[Line, ...]) -> Iterator[str]:
    used = {safe.cell(row, column).symbol for row in rows for column in columns}
    for symbol in Symbol:
        if symbol in used:
            yield f"{symbol}: {meaning(symbol)}."
