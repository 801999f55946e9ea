"""The lines of the report's tables: rows and columns made from variables, places, quarters and questions.

Each maker takes the facts, the table's population and the condition that the whole table stands under. The
values that say “nothing”, and a few that hardly occur, get a line only where somebody has them; such a line
says so, because seeing it tells a reader that its count is at least 1.
"""

from collections.abc import Callable

from sightline.statistics.cells import count_cells
from sightline.statistics.facts import Facts, quarters_of
from sightline.statistics.tables import CellKey, Geography, Line, Population, Where, both, where
from sightline.statistics.variables import NOTHING, THEMES, VARIABLES, theme_variable
from sightline.vocabulary.areas import AUTHORITIES, Region, authorities_on
from sightline.vocabulary.codes import PracticeTheme

Lines = Callable[[Facts, Population, Where], tuple[Line, ...]]

TOTAL = Line("Total", (), is_total=True)
SERIOUS_HARM_AND_OTHER = Line("Serious harm and other", where(nature=("other", "serious_harm")))
_SHOWN_WHERE_THEY_OCCUR = {*NOTHING, "transgender", "too_young", "early_years", "post_16_education"}


def of_variable(variable: str, *, never: tuple[str, ...] = ()) -> Lines:
    """A line for each value, then the total. `never` names values that no row of the population can have,
    by its definition and whatever the data: a line of zeros would look like a finding."""

    def lines(facts: Facts, population: Population, base: Where) -> tuple[Line, ...]:
        labels = VARIABLES[variable].values
        every = [
            Line(
                labels.get(value, value),
                ((variable, (value,)),),
                is_there_because_it_occurs=value in _SHOWN_WHERE_THEY_OCCUR,
            )
            for value in facts.values(population, variable)
            if value not in never
        ]
        return (*_that_occur(facts, population, base, every), TOTAL)

    return lines


def _that_occur(facts: Facts, population: Population, base: Where, lines: list[Line]) -> list[Line]:
    counts = count_cells(facts, (CellKey(population, both(base, line.where)) for line in lines))
    return [
        line
        for line in lines
        if not line.is_there_because_it_occurs or counts[CellKey(population, both(base, line.where))]
    ]


def _silent(**condition: str) -> Line:
    return Line(NOTHING["not_supplied"], where(**condition), is_there_because_it_occurs=True)


def death_or_not(facts: Facts, population: Population, base: Where) -> tuple[Line, ...]:
    """The columns of the department's breakdowns: deaths, and serious harm together with other."""
    death = Line(VARIABLES["nature"].values["death"], where(nature="death"))
    silent = [_silent(nature="not_supplied")]
    return (death, SERIOUS_HARM_AND_OTHER, *_that_occur(facts, population, base, silent), TOTAL)


def quarters(facts: Facts, population: Population, base: Where) -> tuple[Line, ...]:
    dated = zip(quarters_of(facts.period), facts.period.quarters(), strict=True)
    return (
        *(Line(f"Quarter {number}: {quarter.label}", where(quarter=number)) for number, quarter in dated),
        TOTAL,
    )


def regions(facts: Facts, population: Population, base: Where) -> tuple[Line, ...]:
    every = [
        *(
            Line(region.label, where(region=str(region)), False, Geography.REGIONAL, region.ons_code)
            for region in Region
        ),
        _silent(region="not_supplied"),
    ]
    return (*_that_occur(facts, population, base, every), Line("England", (), is_total=True))


def authorities(facts: Facts, population: Population, base: Where) -> tuple[Line, ...]:
    """By name, which is what a reader looks for: those in operation on the last day, and those since replaced
    that notified in the period."""
    live = {each.code for each in authorities_on(facts.period.last)}
    every = [
        *(
            Line(
                each.name,
                where(authority=each.code),
                geography=Geography.LOCAL_AUTHORITY,
                area_code=each.code,
                is_there_because_it_occurs=each.code not in live,
            )
            for each in sorted(AUTHORITIES.values(), key=lambda each: (each.name, each.code))
        ),
        _silent(authority="not_supplied"),
    ]
    return (*_that_occur(facts, population, base, every), Line("England", (), is_total=True))


def answers(facts: Facts, population: Population, base: Where) -> tuple[Line, ...]:
    """A line for each answer to a yes-or-no question, for a table that has a column for each question."""
    every = [
        Line(label, where(answer=value), is_there_because_it_occurs=value in _SHOWN_WHERE_THEY_OCCUR)
        for value, label in VARIABLES["domestic_abuse"].values.items()
    ]
    asked = {
        line: [CellKey(population, both(base, where(**{question: line.where[0][1]}))) for question in FACTORS]
        for line in every
    }
    counts = count_cells(facts, (key for keys in asked.values() for key in keys))
    occurring = [
        line
        for line in every
        if not line.is_there_because_it_occurs or any(counts[key] for key in asked[line])
    ]
    return (*occurring, TOTAL)


FACTORS = ("domestic_abuse", "parental_mental_health", "parental_substance_misuse")


def factors(facts: Facts, population: Population, base: Where) -> tuple[Line, ...]:
    return tuple(Line(VARIABLES[factor].label, where(question=factor)) for factor in FACTORS)


def themes(facts: Facts, population: Population, base: Where) -> tuple[Line, ...]:
    """A review may raise several themes, so the lines do not sum to the total, which is all reviews."""
    named = [Line(THEMES[theme], where(**{theme_variable(theme): "yes"})) for theme in PracticeTheme.codes()]
    silent = [
        Line(THEMES[theme], where(**{theme_variable(theme): "yes"}), is_there_because_it_occurs=True)
        for theme in THEMES
        if theme not in PracticeTheme.codes()
    ]
    return (
        *named,
        *_that_occur(facts, population, base, silent),
        Line("All rapid reviews", (), is_total=True),
    )
