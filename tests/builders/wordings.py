"""Figures and wording for tests of sentences: a figure a line, and one line of wording at a time."""

from collections.abc import Mapping

from sightline.disclosure_control.protect import protect
from sightline.disclosure_control.safe import SafeFigure
from sightline.publication.document.binding import Defined, Facts
from sightline.publication.document.markup import Kind, Line
from sightline.statistics.tables import CellKey, CountedRelease, Figure, Population, Statistic, where
from sightline.vocabulary.periods import financial_year
from sightline.vocabulary.units import Unit

INCIDENTS = Population("panel", "incidents", financial_year(2022))
EVERYBODY = CellKey(INCIDENTS)


def a_count(
    name: str, value: int, *, base: int = 393, unit: Unit = Unit.INCIDENT, way: str = "panel"
) -> Figure:
    """Counts of 1 and 2 come out withheld."""
    return Figure(
        name=name,
        way=way,
        unit=unit,
        sentence=f"Those that are {name}",
        value=value,
        base=base,
        low=32.5,
        high=42.1,
        cell=CellKey(INCIDENTS, where(figure=name)),
        base_cell=EVERYBODY,
    )


def a_mean(name: str, value: float | None, *, unit: Unit = Unit.WORKING_DAY) -> Figure:
    return Figure(
        name=name,
        way="panel",
        unit=unit,
        sentence=f"The mean of {name}",
        value=value,
        base=164,
        statistic=Statistic.MEAN,
    )


def safe_figures(*figures: Figure) -> Mapping[str, SafeFigure]:
    counted = {each.cell: int(each.value or 0) for each in figures if each.cell}
    bases = {each.base_cell: each.base or 0 for each in figures if each.base_cell}
    cells = bases | counted
    return protect(
        CountedRelease(tables=(), figures=figures, cells=cells, sums=(), published=frozenset(cells))
    ).figures


def facts_of(*figures: Figure, known: tuple[str, ...] = ()) -> Facts:
    return Facts(
        figures=safe_figures(*figures),
        known=frozenset(known),
        slots={"period": "1 April 2022 to 31 March 2023"},
        defined={"rule.notify_within": Defined(5, "working days", "a rule")},
        references={"table:panel_nature": ("Table 3", "table-panel-nature")},
    )


def a_line(text: str, *others: str) -> Line:
    alternatives = tuple(Line(Kind.SENTENCE, other, "10-test.txt", 8) for other in others)
    return Line(Kind.SENTENCE, text, "10-test.txt", 7, alternatives)
