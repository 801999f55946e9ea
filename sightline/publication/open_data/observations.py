"""Safe tables taken apart into observations: one number of one time, place and set of items."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sightline.disclosure_control.safe import SafeCell, SafeTable, Symbol
from sightline.publication.plain_text import one_line
from sightline.publication.shares import has_shares, share_or_symbol
from sightline.statistics.tables import CellKey, Geography, Line, Where
from sightline.vocabulary.areas import Region, authority
from sightline.vocabulary.periods import Period

TOTAL = "Total"
WHATEVER_DATE = "Everything in the register, whatever its date"
GEOGRAPHY_COLUMNS = ("region_code", "region_name", "old_la_code", "new_la_code", "la_name")
_NOT_AVAILABLE = ("x", "Not available")

_LEVEL_OF = {"region": Geography.REGIONAL, "authority": Geography.LOCAL_AUTHORITY}
"""The variables whose values are places."""


@dataclass(frozen=True, slots=True)
class Time:
    """`coverage` says what is covered where the identifier does not: the days of a window that is no year of
    any kind, or that the date does not matter."""

    time_period: str
    identifier: str
    coverage: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """`place` fills GEOGRAPHY_COLUMNS; `item` is the item of the table's column variable."""

    key: CellKey
    time: Time
    level: Geography
    place: tuple[str, ...]
    topic: str
    breakdown: str
    item: str
    count: str
    percent: str


@dataclass(frozen=True, slots=True)
class Shape:
    """What columns a table's observations need: tables of one shape and population share a file."""

    has_areas: bool
    has_breakdown: bool
    column_variable: str


def shape_of(table: SafeTable) -> Shape:
    places = [variable for variable in (table.row_variable, table.column_variable) if variable in _LEVEL_OF]
    return Shape(
        has_areas=bool(places),
        has_breakdown=table.row_variable not in _LEVEL_OF,
        column_variable="" if table.column_variable in _LEVEL_OF else table.column_variable,
    )


def observations(table: SafeTable, *, topic: str, year: Period) -> Iterator[Observation]:
    """One for each cell. `year` dates a population that has no period of its own."""
    with_percent, shape = has_shares(table), shape_of(table)
    time = time_of_table(table, year=year)
    for row in table.rows:
        for column in table.columns:
            level, place = _place(table, row, column)
            is_whole = row.is_total and not table.base
            share = share_or_symbol(table, row, column) if with_percent else Symbol.NOT_APPLICABLE
            yield Observation(
                key=table.key(row, column),
                time=time,
                level=level,
                place=place,
                topic=TOTAL if is_whole or not shape.has_breakdown else topic,
                breakdown=_item(row) if shape.has_breakdown else TOTAL,
                item=_item(column) if shape.column_variable else TOTAL,
                count=_count(table.cell(row, column)),
                percent=_percent(share),
            )


def topics(tables: Iterable[SafeTable]) -> Mapping[str, str]:
    """What each table's breakdown is called: its row label, or its title where the label is also that of
    another subject. The same subject in another year is the same topic."""
    listed = [(table, one_line(table.row_label)) for table in tables]
    subjects: dict[str, set[tuple[str, Where]]] = {}
    for table, label in listed:
        subjects.setdefault(label, set()).add((table.row_variable, table.base))
    return {
        table.name: label if len(subjects[label]) == 1 else one_line(table.title) for table, label in listed
    }


def time_of_table(table: SafeTable, *, year: Period) -> Time:
    """The standard has no time for what has none: such a table stands under the `year` of the release, and
    its coverage says that it holds everything."""
    if table.population.period is None:
        return replace(time_of(year), coverage=WHATEVER_DATE)
    return time_of(table.population.period)


def time_of(period: Period) -> Time:
    first, last = period.first, period.last
    if period.is_financial_year:
        return Time(_six_digits(first.year), "Financial year")
    if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return Time(str(first.year), "Calendar year")
    # The months before April belong to the financial year that began the year before.
    start_year = last.year if last.month > 3 else last.year - 1
    is_within_a_year = first.day == 1 and (last - first).days < 190
    for identifier, (months, last_day) in _PARTS_OF_A_YEAR.items():
        if is_within_a_year and (first.month, last.month) == months and last.day == last_day:
            return Time(_six_digits(start_year), identifier)
    return Time(_six_digits(start_year), "Financial year", coverage=period.label)


_PARTS_OF_A_YEAR = {
    "Financial year Q1": ((4, 6), 30),
    "Financial year Q2": ((7, 9), 30),
    "Financial year Q3": ((10, 12), 31),
    "Financial year Q4": ((1, 3), 31),
    "Part 1 (April to September)": ((4, 9), 30),
    "Part 2 (October to March)": ((10, 3), 31),
}


def _six_digits(start_year: int) -> str:
    return f"{start_year}{(start_year + 1) % 100:02d}"


def _place(table: SafeTable, row: Line, column: Line) -> tuple[Geography, tuple[str, ...]]:
    for variable, line in ((table.row_variable, row), (table.column_variable, column)):
        if variable in _LEVEL_OF and not line.is_total:
            return _columns_of(_LEVEL_OF[variable], line)
    return Geography.NATIONAL, ("",) * len(GEOGRAPHY_COLUMNS)


def _columns_of(level: Geography, line: Line) -> tuple[Geography, tuple[str, ...]]:
    is_place = line.geography is level
    if level is Geography.REGIONAL:
        region = (line.area_code, _region_name(line)) if is_place else _NOT_AVAILABLE
        return level, (*region, "", "", "")
    if not is_place:
        code, name = _NOT_AVAILABLE
        return level, (code, name, code, code, name)
    la = authority(line.area_code)
    return level, (la.region.ons_code, la.region.label, la.old_code, la.code, la.name)


def _region_name(line: Line) -> str:
    """The standard's own spelling, whatever the table calls it."""
    return next((region.label for region in Region if region.ons_code == line.area_code), line.label)


def _item(line: Line) -> str:
    return TOTAL if line.is_total else one_line(line.label)


def _count(cell: SafeCell) -> str:
    return str(cell.symbol.value) if cell.symbol else str(cell.value)


def _percent(share: Decimal | Symbol) -> str:
    """Ten places at most, as the standard asks for full precision; how many are shown, the metadata says."""
    if isinstance(share, Symbol):
        return share.value
    return f"{share.quantize(Decimal('1e-10'), ROUND_HALF_UP).normalize():f}"
