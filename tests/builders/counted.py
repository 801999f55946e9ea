"""Counted releases from arrays of counts: every table that the dimensions make, with all its margins."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from sightline.statistics.tables import (
    CellKey,
    CountedRelease,
    Figure,
    Geography,
    Line,
    Population,
    Statistic,
    Sum,
    Table,
    where,
)
from sightline.vocabulary.periods import Period, financial_year
from sightline.vocabulary.units import Unit

Counts = NDArray[np.int64]
Dimensions = Mapping[str, Sequence[str]]
YEAR = financial_year(2022)


def population(*, way: str = "department", period: Period | None = YEAR) -> Population:
    return Population(way, "notifications", period)


def cell(counted_in: Population | None = None, **conditions: str | tuple[str, ...]) -> CellKey:
    """`cell(age="under 1")` in the year's notifications; `cell()` is all of them."""
    return CellKey(counted_in or population(), where(**conditions))


def crossed(counts: Counts, dimensions: Dimensions, *, of: Population | None = None) -> CountedRelease:
    """Everything that the dimensions make: the cells, every margin, every sum, and one two-way table for
    the first two dimensions (none for a single one)."""
    rows = of or population()
    names = tuple(dimensions)
    choices = [(*dimensions[name], None) for name in names]
    cells = {}
    for chosen in product(*choices):
        at = tuple(
            slice(None) if value is None else list(dimensions[name]).index(value)
            for name, value in zip(names, chosen, strict=True)
        )
        cells[_key(rows, names, chosen)] = int(np.sum(counts[at]))
    return CountedRelease(
        tables=(_two_way(rows, dimensions),) if len(names) > 1 else (),
        figures=(),
        cells=cells,
        sums=tuple(_sums(rows, names, choices)),
        published=frozenset(cells),
    )


def _key(rows: Population, names: tuple[str, ...], chosen: Sequence[str | None]) -> CellKey:
    conditions = {name: value for name, value in zip(names, chosen, strict=True) if value is not None}
    return CellKey(rows, where(**conditions))


def _sums(rows: Population, names: tuple[str, ...], choices: Sequence[Sequence[str | None]]) -> Iterator[Sum]:
    for place in range(len(names)):
        for chosen in product(*(choices[:place]), (None,), *(choices[place + 1 :])):
            parts = (
                (*chosen[:place], value, *chosen[place + 1 :])
                for value in choices[place]
                if value is not None
            )
            yield Sum(_key(rows, names, chosen), tuple(_key(rows, names, part) for part in parts))


def _two_way(rows: Population, dimensions: Dimensions) -> Table:
    (row_name, row_values), (column_name, column_values), *_ = dimensions.items()
    return Table(
        name=f"{row_name}_by_{column_name}",
        title=f"Notifications by {row_name} and {column_name}",
        population=rows,
        unit=Unit.NOTIFICATION,
        rows=tuple(_lines(row_name, row_values)),
        columns=tuple(_lines(column_name, column_values)),
        row_variable=row_name,
        row_label=row_name,
        column_variable=column_name,
        column_label=column_name,
    )


def _lines(name: str, values: Sequence[str]) -> Iterator[Line]:
    geography = Geography.REGIONAL if name == "region" else Geography.NATIONAL
    yield Line("Total", (), is_total=True)
    for value in values:
        yield Line(value, where(**{name: value}), geography=geography)


def joined(*releases: CountedRelease, sums: Sequence[Sum] = ()) -> CountedRelease:
    """Several releases as one, tied by further sums."""
    cells: dict[CellKey, int] = {}
    for each in releases:
        cells |= each.cells
    return CountedRelease(
        tables=tuple(table for each in releases for table in each.tables),
        figures=tuple(figure for each in releases for figure in each.figures),
        cells=cells,
        sums=(*(line for each in releases for line in each.sums), *sums),
        published=frozenset().union(*(each.published for each in releases)),
    )


def a_figure(
    key: CellKey | None,
    value: float | None,
    *,
    base_cell: CellKey | None = None,
    base: int | None = None,
    missing_cell: CellKey | None = None,
    missing: int | None = None,
    statistic: Statistic = Statistic.COUNT,
    name: str = "a_figure",
) -> Figure:
    return Figure(
        name=name,
        way="department",
        unit=Unit.NOTIFICATION,
        sentence="Notifications",
        value=value,
        base=base,
        missing=missing,
        low=1.0 if base else None,
        high=99.0 if base else None,
        statistic=statistic,
        cell=key,
        base_cell=base_cell,
        missing_cell=missing_cell,
    )
