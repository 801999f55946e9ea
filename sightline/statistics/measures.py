"""What a measure is: a declaration of what is counted, among whom, and in which way of counting.

A `Family` declares one measure for each value of a variable, so that a breakdown always has a figure for
every value, zeros included. docs/how-to/add-a-measure.md shows how to add one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sightline.statistics.facts import Facts
from sightline.statistics.tables import CellKey, Population, Statistic, Where, both
from sightline.statistics.variables import NOTHING, VARIABLES
from sightline.vocabulary.units import Unit

LAYOUT = "Register layout 1"
CODEBOOK = "Codebook 1"
PANEL_REPORT = "Child Safeguarding Practice Review Panel, annual report 2022 to 2023"
DEPARTMENT_RELEASE = "Department for Education, Serious incident notifications"


@dataclass(frozen=True, slots=True)
class Measure:
    """Rows of `rows` under `base` whose `variable` has one of the `counted` values.

    `base` None: the figure has no base and no share. `left_out` names values of the variable that are
    left out of the base, because the question could not be asked of them. Without a `variable` the base
    itself is counted. A mean or a minimum is that of `column` over the base; for a coefficient
    `column` names which. `rounded_to` is for a count that is printed rounded. `within` holds the values of
    the dimensions it is crossed by.
    """

    name: str
    sentence: str
    unit: Unit
    way: str
    rows: str
    variable: str = ""
    counted: tuple[str, ...] = ()
    base: Where | None = ()
    base_sentence: str = ""
    base_rows: str = ""
    left_out: tuple[str, ...] = ()
    statistic: Statistic = Statistic.COUNT
    column: str = ""
    rounded_to: int = 1
    within: Where = ()
    source: str = LAYOUT

    def cell(self, population: Population) -> CellKey:
        return CellKey(population, both(self._everybody, self._among(self.counted)))

    def missing_cell(self, population: Population) -> CellKey | None:
        """Those in the base for whom the text or the sender is silent on the variable."""
        if not self.variable or self.base is None:
            return None
        silent = [each for each in VARIABLES[self.variable].missing if each not in self.left_out]
        return CellKey(population, both(self._everybody, self._among(silent))) if silent else None

    def base_cell(self, population: Population, *, values: tuple[str, ...] = ()) -> CellKey:
        """`values` are all values of the variable; they matter only where some are left out."""
        if not self.left_out:
            return CellKey(population, self._everybody)
        inside = [value for value in values if value not in self.left_out]
        return CellKey(population, both(self._everybody, self._among(inside)))

    def _among(self, values: Sequence[str]) -> Where:
        return ((self.variable, tuple(sorted(values))),) if self.variable else ()

    @property
    def _everybody(self) -> Where:
        return both(self.base or (), self.within)


@dataclass(frozen=True, slots=True)
class Family:
    """One measure for each value of the pattern's variable, named by the prefix and the value.

    `{label}` in the pattern's sentence stands for the value's label. `only` limits the values.
    """

    prefix: str
    pattern: Measure
    only: tuple[str, ...] = ()

    def measures(self, facts: Facts) -> Iterator[Measure]:
        population = facts.population(self.pattern.way, self.pattern.rows)
        if population is None:
            return
        labels = VARIABLES[self.pattern.variable].values
        for value in self.only or facts.values(population, self.pattern.variable):
            label = labels.get(value, value)
            yield replace(
                self.pattern,
                name=f"{self.prefix}_{value}",
                counted=(value,),
                sentence=self.pattern.sentence.format(label=_in_a_sentence(label)),
            )


Declaration = Measure | Family


def expand(declarations: tuple[Declaration, ...], *, facts: Facts) -> Iterator[Measure]:
    """Every measure that the facts can answer, in the order of declaration."""
    for each in declarations:
        if isinstance(each, Family):
            yield from each.measures(facts)
        elif facts.population(each.way, each.rows) is not None:
            yield each


def breakdown(
    prefix: str,
    variable: str,
    *,
    way: str,
    rows: str,
    unit: Unit,
    sentence: str = "",
    base: Where = (),
    base_sentence: str = "",
    source: str = LAYOUT,
    only: tuple[str, ...] = (),
) -> Family:
    """A family with the usual sentence: “Incidents by sex of the first listed child: female”."""
    default = f"{unit.many.capitalize()} by {VARIABLES[variable].phrase}: {{label}}"
    pattern = Measure(
        name="",
        sentence=sentence or default,
        unit=unit,
        way=way,
        rows=rows,
        variable=variable,
        base=base,
        base_sentence=base_sentence,
        source=source,
    )
    return Family(prefix, pattern, only)


def _in_a_sentence(label: str) -> str:
    """A label inside a sentence starts small, unless it is a name such as “White” or “North East”."""
    small = label in NOTHING.values() or label in ("Yes", "No")
    return label.lower() if small else label
