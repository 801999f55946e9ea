"""The values that statistics hands on: counted cells, how they add up, tables, and single figures.

Everything here is raw and never for release: only `disclosure_control` turns it into what may be seen.

A cell is known by what it counts, not by the table it stands in, so the same count in two tables is one
cell, is hidden in both or in neither, and links the tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from sightline.vocabulary.periods import Period
from sightline.vocabulary.units import Unit

Where = tuple[tuple[str, tuple[str, ...]], ...]
"""Conditions of a cell: (variable, the values that count), variables and values sorted. () is everybody."""


def where(**conditions: str | tuple[str, ...]) -> Where:
    """`where(nature="death", age_band=("1_to_5", "under_1"))`, in the one order that makes keys equal."""
    return tuple(
        (variable, (values,) if isinstance(values, str) else tuple(sorted(values)))
        for variable, values in sorted(conditions.items())
    )


def both(left: Where, right: Where) -> Where:
    """Both conditions at once; a variable named in both must be narrowed by the right one."""
    return where(**(dict(left) | dict(right)))


@dataclass(frozen=True, slots=True, order=True)
class Population:
    """Whose rows are counted: one way of counting, what a row is, one period."""

    way: str  # panel, panel_15_months, department, register
    rows: str  # what one row of the facts is: incidents, children, notifications, reviews…
    period: Period | None  # None: the whole register, whatever the date


@dataclass(frozen=True, slots=True, order=True)
class CellKey:
    population: Population
    where: Where = ()

    def __str__(self) -> str:
        conditions = "; ".join(f"{variable} = {' or '.join(values)}" for variable, values in self.where)
        period = f" {self.population.period}" if self.population.period else ""
        return f"{self.population.way} {self.population.rows}{period}: {conditions or 'all'}"


@dataclass(frozen=True, slots=True)
class Sum:
    """`total` is exactly the sum of `parts`. Every such line that links published cells must be given:
    an attacker knows them all."""

    total: CellKey
    parts: tuple[CellKey, ...]


class Geography(StrEnum):
    NATIONAL = "National"
    REGIONAL = "Regional"
    LOCAL_AUTHORITY = "Local authority"


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a table. `area_code` is the ONS code where the line is a place.

    `is_there_because_it_occurs`: the table has this line only where it counts somebody, so that whoever sees
    the line knows that it does.
    """

    label: str
    where: Where
    is_total: bool = False
    geography: Geography = Geography.NATIONAL
    area_code: str = "E92000001"
    is_there_because_it_occurs: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of counts: the cell of a row and a column is both their conditions in the population.

    `base` is the condition that the whole table stands under (for example nature = death). `variables`
    names the row variable and, if crossed, the column variable, for open data; `row_label` and
    `column_label` head them for readers.
    """

    name: str
    title: str
    population: Population
    unit: Unit
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    row_variable: str
    row_label: str
    column_variable: str = ""
    column_label: str = ""
    base: Where = ()
    with_percent: bool = True  # print each cell's share of the column's total beside it
    section: str = ""  # which section of the report it belongs to
    source: str = ""
    notes: tuple[str, ...] = ()

    def key(self, row: Line, column: Line) -> CellKey:
        conditions = both(both(self.base, row.where), column.where)
        return CellKey(self.population, _asked_and_answered(conditions))

    @property
    def total_row(self) -> Line | None:
        return next((line for line in self.rows if line.is_total), None)


def _asked_and_answered(conditions: Where) -> Where:
    """A table of several questions has columns `question=domestic_abuse` and rows `answer=yes`; the cell of
    both is `domestic_abuse=yes`, the same cell as in any other table. A question alone is everybody."""
    asked = dict(conditions)
    question, answer = asked.pop("question", None), asked.pop("answer", None)
    if question and answer:
        asked[question[0]] = answer
    return where(**asked)


class Statistic(StrEnum):
    COUNT = "count"
    MEAN = "mean"
    MINIMUM = "minimum"
    COEFFICIENT = "coefficient"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with all that must be known to print it.

    `value` is a count unless `statistic` says otherwise. `low` and `high` bound the percentage (0 to 100; the
    coefficient or the rate itself for one of those) with 95% confidence. `missing` counts those in the base
    for whom the text or the sender is silent. `cell`, `base_cell` and `missing_cell` tie the three counts to
    what disclosure control decides on; a figure without `cell` is shown or withheld by its statistic and its
    base. The `base` of a rate is a number of children of the area, which is nobody's secret.
    """

    name: str
    way: str
    unit: Unit
    sentence: str
    value: float | None
    base: int | None = None
    missing: int | None = None
    low: float | None = None
    high: float | None = None
    statistic: Statistic = Statistic.COUNT
    cell: CellKey | None = None
    base_cell: CellKey | None = None
    missing_cell: CellKey | None = None
    by: Where = ()  # the values of the dimensions it is crossed by, for working figures
    source: str = ""
    base_sentence: str = ""

    @property
    def ref(self) -> str:
        """How a text names it: “panel.nature_death”."""
        return f"{self.way}.{self.name}"

    @property
    def percent(self) -> Decimal | None:
        """The share of the base, exact to ten places; None where a share has no meaning."""
        if self.statistic is not Statistic.COUNT or not self.base or self.value is None:
            return None
        return Decimal(int(self.value)) * 100 / Decimal(self.base)

    @property
    def percent_rounded(self) -> int | None:
        return None if self.percent is None else int(round_half_up(self.percent))


def round_half_up(number: Decimal, decimals: int = 0) -> Decimal:
    """Half a unit rounds up, as the published statistics do (Python's round() would go to even)."""
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class CountedRelease:
    """Everything counted for one release, before anything is hidden.

    `cells` holds every published cell and every implied one (the rest of a base, the quarter between two
    published windows): an implied cell is not printed, but an attacker can work it out, so it is
    protected too. `published` names those that are printed, and `occurring` those implied ones that a
    reader knows to be at least 1.
    """

    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    cells: Mapping[CellKey, int]
    sums: tuple[Sum, ...]
    published: frozenset[CellKey] = field(default_factory=frozenset)
    occurring: frozenset[CellKey] = field(default_factory=frozenset)
