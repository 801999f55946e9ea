"""Everything that a release prints and everything that can be worked out from it, counted."""

from collections.abc import Iterator
from datetime import date

from sightline.register.tables import Register
from sightline.statistics import equations
from sightline.statistics.cells import count_cells
from sightline.statistics.facts import Facts, build_facts
from sightline.statistics.figures import figures_of, measures_of
from sightline.statistics.rates import AreaBase, rates_of
from sightline.statistics.release_tables import tables_of
from sightline.statistics.tables import CellKey, CountedRelease, Figure, Sum, Table
from sightline.vocabulary.periods import Period


def count_release(
    register: Register,
    *,
    counting: str,
    period: Period,
    data_from: date | None = None,
    rates: AreaBase | None = None,
) -> CountedRelease:
    """The tables and figures of one release with their cells and every sum that links them.

    `counting` is panel, department or all. A figure that is printed rounded is left out: a release rounds by
    its policy, and two roundings of one count would narrow it down. Raises `BadWindow` and
    ValueError as `build_facts`.
    """
    facts = build_facts(register, counting=counting, period=period, data_from=data_from)
    figures = figures_of(facts, (each for each in measures_of(facts) if each.rounded_to == 1))
    if rates is not None:
        figures += rates_of(figures, areas=rates, period=period)
    tables = tuple(tables_of(facts))
    published = frozenset(_printed(tables, figures))
    occurring = {each.total: each for each in equations.lines_that_occur(tables)}
    told_of = frozenset(part for each in occurring.values() for part in each.parts)
    sums = list(_all_sums(facts, published | told_of, figures))
    linked = (key for each in sums for key in (each.total, *each.parts))
    cells = count_cells(facts, sorted({*published, *told_of, *linked}))
    cells |= {key: sum(cells[part] for part in each.parts) for key, each in occurring.items()}
    kept = tuple(equations.distinct([*sums, *occurring.values()], cells, published))
    needed = published.union(*((each.total, *each.parts) for each in kept))
    return CountedRelease(
        tables=tables,
        figures=figures,
        cells={key: count for key, count in cells.items() if key in needed},
        sums=kept,
        published=published,
        occurring=frozenset(occurring),
    )


def _printed(tables: tuple[Table, ...], figures: tuple[Figure, ...]) -> Iterator[CellKey]:
    for table in tables:
        for row in table.rows:
            for column in table.columns:
                yield table.key(row, column)
    for figure in figures:
        yield from (key for key in (figure.cell, figure.base_cell, figure.missing_cell) if key is not None)


def _all_sums(facts: Facts, published: frozenset[CellKey], figures: tuple[Figure, ...]) -> Iterator[Sum]:
    yield from equations.partitions(facts, published)
    yield from equations.rest_of_bases(
        facts, ((each.cell, each.base_cell) for each in figures if each.cell and each.base_cell)
    )
    yield from equations.places(published)
    yield from equations.school_age(published)
    yield from equations.neglect(published)
    yield from equations.aged_1_to_5(published)
    yield from equations.publication_of_local_reviews(published)
    yield from equations.one_silence(published)
    yield from equations.longer_window(facts, published)
    yield from equations.index_and_other_children(facts, published)
