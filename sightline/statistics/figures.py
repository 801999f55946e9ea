"""Every figure of a register: counts with base, missing, percentage and interval; means and coefficients.

What comes out is raw: for the analyst's screen and for disclosure control, never for release.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import polars as pl

from sightline.register.tables import Register
from sightline.statistics.agreement import COEFFICIENTS, cross_table
from sightline.statistics.agreement_measures import AGREEMENT
from sightline.statistics.cells import count_cells
from sightline.statistics.department_measures import DEPARTMENT, quarters_by_nature
from sightline.statistics.dimensions import UnknownDimension, check_dimensions, crossed
from sightline.statistics.facts import Facts, build_facts, quarters_of
from sightline.statistics.intervals import wilson
from sightline.statistics.measures import Measure, expand
from sightline.statistics.panel_measures import LONGER_WINDOW, PANEL
from sightline.statistics.rates import AreaBase, rates_of
from sightline.statistics.register_measures import REGISTER
from sightline.statistics.tables import CellKey, Figure, Statistic, both, round_half_up, where
from sightline.vocabulary.periods import Period

__all__ = ["UnknownDimension", "count_figures", "figures_of", "measures_of", "with_intervals"]


def measures_of(facts: Facts) -> tuple[Measure, ...]:
    """Every measure that these facts answer."""
    notifications = facts.population("department", "notifications")
    quarters = quarters_by_nature(quarters_of(facts.period)) if notifications else ()
    return tuple(expand((*PANEL, *LONGER_WINDOW, *DEPARTMENT, *quarters, *AGREEMENT, *REGISTER), facts=facts))


def figures_of(facts: Facts, measures: Iterable[Measure]) -> tuple[Figure, ...]:
    """A figure for each measure, in the order of the measures."""
    asked = [_ask(measure, facts) for measure in measures]
    counts = count_cells(facts, (key for each in asked for key in each.keys))
    return with_intervals(_figure(each, counts, facts) for each in asked)


@dataclass(frozen=True, slots=True)
class _Question:
    """A measure with the cells that answer it."""

    measure: Measure
    cell: CellKey
    base: CellKey | None
    missing: CellKey | None

    @property
    def keys(self) -> Iterator[CellKey]:
        return (key for key in (self.cell, self.base, self.missing) if key is not None)


def _ask(measure: Measure, facts: Facts) -> _Question:
    population = facts.population(measure.way, measure.rows)
    assert population is not None, f"{measure.name} was asked of facts without its rows"
    base = facts.population(measure.way, measure.base_rows) if measure.base_rows else population
    values = facts.values(population, measure.variable) if measure.variable else ()
    assert base is not None
    return _Question(
        measure,
        measure.cell(population),
        None if measure.base is None else measure.base_cell(base, values=values),
        measure.missing_cell(population),
    )


def _figure(question: _Question, counts: Mapping[CellKey, int], facts: Facts) -> Figure:
    measure = question.measure
    figure = Figure(
        name=measure.name,
        way=measure.way,
        unit=measure.unit,
        sentence=measure.sentence,
        value=counts[question.cell],
        base=None if question.base is None else counts[question.base],
        missing=None if question.missing is None else counts[question.missing],
        statistic=measure.statistic,
        cell=question.cell,
        base_cell=question.base,
        missing_cell=question.missing,
        source=measure.source,
        base_sentence=measure.base_sentence,
        by=measure.within,
    )
    if measure.statistic is not Statistic.COUNT:
        return _of_column(figure, measure, facts)
    if measure.rounded_to > 1:
        tens = round_half_up(Decimal(counts[question.cell]) / measure.rounded_to)
        return replace(figure, value=int(tens) * measure.rounded_to)
    return figure


def _of_column(figure: Figure, measure: Measure, facts: Facts) -> Figure:
    """A mean, a minimum or a coefficient at its printed precision; no value where there is nothing to take
    it of."""
    assert figure.cell is not None
    rows_asked = figure.cell
    rows = _rows_of(rows_asked, facts)
    figure = replace(figure, cell=None, value=None)
    if measure.statistic is Statistic.COEFFICIENT:
        coefficient = COEFFICIENTS[measure.column](cross_table(rows))
        # Twelve places first, so that a tie that binary fractions miss by a hair still rounds up.
        value = None if coefficient.value is None else _rounded(Decimal(f"{coefficient.value:.12f}"), 3)
        # Who knows the coefficient can work out how many pairs agree: it is seen only where that count is.
        agree = CellKey(rows_asked.population, both(rows_asked.where, where(coders_agree="yes")))
        return replace(figure, value=value, low=coefficient.low, high=coefficient.high, cell=agree)
    numbers = rows[measure.column].drop_nulls()
    if measure.statistic is Statistic.MINIMUM:
        # A minimum is one row's value: it has no base that a share could be taken of.
        return replace(figure, value=min(numbers) // 12 if len(numbers) else None, base=None)
    return replace(figure, value=_mean(numbers.to_list()), base=len(numbers))


def _rows_of(cell: CellKey, facts: Facts) -> pl.DataFrame:
    rows = facts.frames[cell.population]
    for variable, values in cell.where:
        rows = rows.filter(pl.col(variable).is_in(values))
    return rows


def _mean(numbers: list[float]) -> float | None:
    """Exact before it is rounded: a float's hair below a half would round down."""
    return _rounded(Decimal(int(sum(numbers))) / len(numbers), 1) if numbers else None


def _rounded(number: Decimal, decimals: int) -> float:
    return float(round_half_up(number, decimals))


def with_intervals(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Wilson's interval on every share, all at once; a total is no share of itself and has none."""
    figures = tuple(figures)
    shares = [each for each in figures if each.percent is not None and not _is_its_own_base(each)]
    low, high = wilson([int(each.value or 0) for each in shares], [each.base or 0 for each in shares])
    bounds = {
        id(each): (float(below), float(above)) for each, below, above in zip(shares, low, high, strict=True)
    }
    return tuple(
        replace(each, low=bounds[id(each)][0], high=bounds[id(each)][1]) if id(each) in bounds else each
        for each in figures
    )


def _is_its_own_base(figure: Figure) -> bool:
    return figure.cell is not None and figure.cell == figure.base_cell


def count_figures(
    register: Register,
    *,
    counting: str,
    period: Period,
    data_from: date | None = None,
    by: tuple[str, ...] = (),
    rates: AreaBase | None = None,
) -> tuple[Figure, ...]:
    """Every figure of one way of counting (panel, department, register) or of `all`.

    With `by`, one or two of `DIMENSIONS`, each figure once for every combination of their values instead.
    With `rates`, the rates that the areas allow come after the counts. Raises `UnknownDimension`, and
    `BadWindow` and ValueError as `build_facts`.
    """
    check_dimensions(by)
    facts = build_facts(register, counting=counting, period=period, data_from=data_from)
    measures: Iterable[Measure] = measures_of(facts)
    if by:
        measures = crossed(measures, by=by, facts=facts)
    figures = figures_of(facts, measures)
    return figures if rates is None else (*figures, *rates_of(figures, areas=rates, period=period))
