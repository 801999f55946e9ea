"""The tables of the annual report, as declarations. docs/how-to/add-a-table.md shows how to add one.

A table's lines come from its variables' values; the values that say «nothing» and a few that hardly occur
get a line only where somebody has them, so that parts always sum to the whole.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sightline.statistics.cells import count_cells
from sightline.statistics.facts import Facts, quarters_of
from sightline.statistics.measures import CODEBOOK, DEPARTMENT_RELEASE, LAYOUT, PANEL_REPORT
from sightline.statistics.tables import CellKey, Geography, Line, Population, Table, Where, both, where
from sightline.statistics.variables import NOTHING, THEMES, VARIABLES, theme_variable
from sightline.vocabulary.areas import AUTHORITIES, Region, authorities_on
from sightline.vocabulary.codes import PracticeTheme
from sightline.vocabulary.units import Unit

TOTAL = Line("Total", (), is_total=True)
SERIOUS_HARM_AND_OTHER = Line("Serious harm and other", where(nature=("other", "serious_harm")))
_SHOWN_WHERE_THEY_OCCUR = {*NOTHING, "transgender", "too_young", "early_years", "post_16_education"}

Lines = Callable[[Facts, Population, Where], tuple[Line, ...]]
"""Makes the lines of one side of a table that stands under a condition."""


@dataclass(frozen=True, slots=True)
class TableDeclaration:
    """A table before its lines are known. `rows_are` and `columns_are` make them; a variable's name stands
    for a line for each of its values and a total."""

    name: str
    title: str
    way: str
    rows: str
    unit: Unit
    section: str
    row_variable: str
    column_variable: str = ""
    rows_are: Lines | None = None
    columns_are: Lines | None = None
    base: Where = ()
    row_label: str = ""
    column_label: str = ""
    with_percent: bool = True
    source: str = LAYOUT
    notes: tuple[str, ...] = ()

    def table(self, facts: Facts) -> Table | None:
        """None where the facts do not hold the rows, because the other way of counting was asked for."""
        population = facts.population(self.way, self.rows)
        if population is None:
            return None
        return Table(
            name=self.name,
            title=self.title,
            population=population,
            unit=self.unit,
            rows=(self.rows_are or of_variable(self.row_variable))(facts, population, self.base),
            columns=self._columns(facts, population),
            row_variable=self.row_variable,
            row_label=self.row_label or VARIABLES[self.row_variable].label,
            column_variable=self.column_variable,
            column_label=self.column_label or self._column_label(),
            base=self.base,
            with_percent=self.with_percent,
            section=self.section,
            source=self.source,
            notes=self.notes,
        )

    def _columns(self, facts: Facts, population: Population) -> tuple[Line, ...]:
        if self.columns_are:
            return self.columns_are(facts, population, self.base)
        if self.column_variable:
            return of_variable(self.column_variable)(facts, population, self.base)
        return (Line(self.unit.many.capitalize(), (), is_total=True),)

    def _column_label(self) -> str:
        return VARIABLES[self.column_variable].label if self.column_variable else ""


def of_variable(variable: str) -> Lines:
    """A line for each value, then the total."""

    def lines(facts: Facts, population: Population, base: Where) -> tuple[Line, ...]:
        labels = VARIABLES[variable].values
        every = [
            Line(labels.get(value, value), ((variable, (value,)),))
            for value in facts.values(population, variable)
        ]
        return (*_that_occur(facts, population, base, every), TOTAL)

    return lines


def _that_occur(facts: Facts, population: Population, base: Where, lines: list[Line]) -> list[Line]:
    counts = count_cells(facts, (CellKey(population, both(base, line.where)) for line in lines))
    return [
        line
        for line in lines
        if line.where[0][1][0] not in _SHOWN_WHERE_THEY_OCCUR
        or counts[CellKey(population, both(base, line.where))]
    ]


def death_or_not(facts: Facts, population: Population, base: Where) -> tuple[Line, ...]:
    """The columns of the department's breakdowns: deaths, and serious harm together with other."""
    death = Line(VARIABLES["nature"].values["death"], where(nature="death"))
    silent = [Line(NOTHING["not_supplied"], where(nature="not_supplied"))]
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
        Line(NOTHING["not_supplied"], where(region="not_supplied")),
    ]
    return (*_that_occur(facts, population, base, every), Line("England", (), is_total=True))


def authorities(facts: Facts, population: Population, base: Where) -> tuple[Line, ...]:
    """Those in operation on the last day, and those since replaced that notified in the period."""
    live = {each.code for each in authorities_on(facts.period.last)}
    frame = facts.frames[population]
    seen = set(frame["authority"].unique().to_list())
    shown = [each for code, each in AUTHORITIES.items() if code in live or code in seen]
    every = [
        *(
            Line(each.name, where(authority=each.code), False, Geography.LOCAL_AUTHORITY, each.code)
            for each in sorted(shown, key=lambda each: (each.region.ons_code, each.name))
        ),
        Line(NOTHING["not_supplied"], where(authority="not_supplied")),
    ]
    return (*_that_occur(facts, population, base, every), Line("England", (), is_total=True))


def answers(facts: Facts, population: Population, base: Where) -> tuple[Line, ...]:
    """A line for each answer to a yes-or-no question, for a table that has a column for each question."""
    every = [Line(label, where(answer=value)) for value, label in VARIABLES["domestic_abuse"].values.items()]
    asked = [where(**{question: line.where[0][1]}) for line in every for question in FACTORS]
    counts = count_cells(facts, (CellKey(population, each) for each in asked))
    occurring = {values for key, count in counts.items() for _, values in key.where if count}
    return (
        *(
            line
            for line in every
            if line.where[0][1] in occurring or line.where[0][1][0] not in _SHOWN_WHERE_THEY_OCCUR
        ),
        TOTAL,
    )


FACTORS = ("domestic_abuse", "parental_mental_health", "parental_substance_misuse")


def factors(facts: Facts, population: Population, base: Where) -> tuple[Line, ...]:
    return tuple(Line(VARIABLES[factor].label, where(question=factor)) for factor in FACTORS)


def themes(facts: Facts, population: Population, base: Where) -> tuple[Line, ...]:
    """A review may raise several themes, so the lines do not sum to the total, which is all reviews."""
    named = [Line(THEMES[theme], where(**{theme_variable(theme): "yes"})) for theme in PracticeTheme.codes()]
    silent = [
        Line(THEMES[theme], ((theme_variable(theme), ("yes",)),))
        for theme in THEMES
        if theme not in PracticeTheme.codes()
    ]
    counts = count_cells(facts, (CellKey(population, line.where) for line in silent))
    return (
        *named,
        *(line for line in silent if counts[CellKey(population, line.where)]),
        Line("All rapid reviews", (), is_total=True),
    )


def _panel(name: str, title: str, row_variable: str, section: str, **more: object) -> TableDeclaration:
    settled: dict[str, object] = {
        "way": "panel",
        "rows": "incidents",
        "unit": Unit.INCIDENT,
        "source": PANEL_REPORT,
    }
    return TableDeclaration(
        name=f"panel_{name}",
        title=title,
        row_variable=row_variable,
        section=section,
        **(settled | more),  # type: ignore[arg-type]
    )


def _department(name: str, title: str, row_variable: str, section: str, **more: object) -> TableDeclaration:
    settled: dict[str, object] = {
        "way": "department",
        "rows": "notifications",
        "unit": Unit.NOTIFICATION,
        "source": DEPARTMENT_RELEASE,
    }
    return TableDeclaration(
        name=f"department_{name}",
        title=title,
        row_variable=row_variable,
        section=section,
        **(settled | more),  # type: ignore[arg-type]
    )


_INDEX_CHILD = "The child of an incident is the first one listed."
_BY_NATURE = {"column_variable": "nature", "notes": (_INDEX_CHILD,)}
_CHILD = {"unit": Unit.CHILD, "notes": (_INDEX_CHILD,)}
_REVIEW = {"unit": Unit.REVIEW, "source": CODEBOOK}
_SILENT = "«Not mentioned» means that the rapid review is silent; it never means no."
_NAMED_CHILD = "The child is the one that the notification names."
_DEATH_OR_NOT = {"column_variable": "nature", "columns_are": death_or_not, "notes": (_NAMED_CHILD,)}

PANEL_TABLES: tuple[TableDeclaration, ...] = (
    _panel("nature", "Incidents by nature, as coded on the rapid review", "nature", "overview"),
    _panel("age", "Incidents by the child's age and nature", "age_band", "children", **_BY_NATURE),
    _panel("sex", "Incidents by the child's sex and nature", "sex", "children", **_BY_NATURE),
    _panel(
        "ethnicity", "Incidents by the child's ethnic group and nature", "ethnicity", "children", **_BY_NATURE
    ),
    _panel(
        "neglect",
        "Children by whether they had experienced neglect",
        "neglect_experienced",
        "children",
        unit=Unit.CHILD,
        notes=(_INDEX_CHILD, _SILENT),
    ),
    _panel(
        "education",
        "School-age children by education status",
        "education_status",
        "education",
        base=where(school_age="yes"),
        unit=Unit.CHILD,
        notes=(_INDEX_CHILD, "School age is 5 to 15 years at the incident.", _SILENT),
    ),
    _panel(
        "looked_after_ever",
        "Children by whether they were ever looked after",
        "looked_after_ever",
        "care",
        unit=Unit.CHILD,
        notes=(_INDEX_CHILD, _SILENT),
    ),
    _panel(
        "child_protection_plan_ever",
        "Children by whether they ever had a child protection plan",
        "child_protection_plan_ever",
        "care",
        unit=Unit.CHILD,
        notes=(_INDEX_CHILD, _SILENT),
    ),
    _panel(
        "child_mental_health_condition",
        "Children by whether a mental health condition is recorded",
        "child_mental_health_condition",
        "health",
        unit=Unit.CHILD,
        notes=(_INDEX_CHILD, "«Not applicable» is mostly for children too young for the question.", _SILENT),
    ),
    _panel(
        "child_health_condition",
        "Children by whether a health condition is recorded",
        "child_health_condition",
        "health",
        unit=Unit.CHILD,
        notes=(_INDEX_CHILD, _SILENT),
    ),
    _panel(
        "family_known_to_social_care",
        "Rapid reviews by whether the family was known to children's social care",
        "family_known_to_social_care",
        "family",
        notes=(_SILENT,),
        **_REVIEW,
    ),
    _panel(
        "factors",
        "Rapid reviews by what they say about the parents and the home",
        "answer",
        "family",
        rows_are=answers,
        columns_are=factors,
        row_label="Answer",
        column_variable="question",
        column_label="Question",
        notes=(_SILENT,),
        **_REVIEW,
    ),
    _panel(
        "likely_cause",
        "Deaths by likely cause, as judged from the rapid review",
        "likely_cause_primary",
        "causes",
        base=where(nature="death"),
        notes=("A likely cause is a judgement at this stage, not a coroner's finding.",),
    ),
    _panel(
        "harm",
        "Incidents of serious harm by main type of harm",
        "harm_primary",
        "causes",
        base=where(nature="serious_harm"),
    ),
    _panel(
        "practice_themes",
        "Rapid reviews by practice theme raised",
        "practice_theme",
        "practice",
        rows_are=themes,
        row_label="Practice theme",
        notes=("A review may raise several themes, so the lines do not sum to the total.",),
        **_REVIEW,
    ),
    _panel(
        "notified_in_time", "Incidents by timeliness of the notification", "notified_in_time", "timeliness"
    ),
    _panel(
        "rapid_review_in_time",
        "Rapid reviews by timeliness",
        "rapid_review_in_time",
        "timeliness",
        unit=Unit.REVIEW,
    ),
    _panel(
        "lcspr_decision",
        "Rapid reviews by the partnership's decision on a local review",
        "lcspr_decision",
        "decisions",
        unit=Unit.REVIEW,
    ),
    _panel("outcome", "Rapid reviews by the Panel's outcome", "panel_outcome", "decisions", unit=Unit.REVIEW),
    _panel(
        "nature_15_months",
        "Incidents of the longer window by nature, as coded on the rapid review",
        "nature",
        "overview",
        way="panel_15_months",
    ),
)

DEPARTMENT_TABLES: tuple[TableDeclaration, ...] = (
    _department("nature", "Notifications by nature, as notified", "nature", "department"),
    _department(
        "quarter",
        "Notifications by quarter and nature",
        "quarter",
        "department",
        rows_are=quarters,
        column_variable="nature",
    ),
    *(
        _department(name, f"Notifications by {phrase} and nature", variable, "department", **_DEATH_OR_NOT)
        for name, phrase, variable in (
            ("age", "the child's age", "age_band"),
            ("sex", "the child's sex", "sex"),
            ("ethnicity", "the child's ethnic group", "ethnicity"),
            ("looked_after", "whether the child was looked after", "looked_after"),
            ("child_protection_plan", "child protection plan", "child_protection_plan"),
            ("child_in_need_plan", "child in need plan", "child_in_need_plan"),
            ("known_to_agencies", "whether the child was known to agencies", "known_to_agencies"),
            ("disability", "the child's disability", "disability"),
            ("placement_type", "where the child lived", "placement_type"),
        )
    ),
    _department(
        "region",
        "Notifications by region of the notifying authority",
        "region",
        "places",
        rows_are=regions,
        with_percent=False,
    ),
    _department(
        "authority",
        "Notifications by notifying authority",
        "authority",
        "places",
        rows_are=authorities,
        with_percent=False,
    ),
    _department("route", "Notifications by route", "route", "department"),
    _department("notified_in_time", "Notifications by timeliness", "notified_in_time", "timeliness"),
)

REGISTER_TABLES: tuple[TableDeclaration, ...] = (
    TableDeclaration(
        name="local_reviews_publication",
        title="Local reviews by publication",
        way="register",
        rows="local_reviews",
        unit=Unit.LOCAL_REVIEW,
        section="learning",
        row_variable="publication",
        notes=("All local reviews in the register, whatever their date.",),
    ),
    TableDeclaration(
        name="recommendations_status",
        title="Recommendations by status",
        way="register",
        rows="recommendations",
        unit=Unit.RECOMMENDATION,
        section="learning",
        row_variable="status",
        notes=("All recommendations in the register, whatever their date.",),
    ),
)


def tables_of(facts: Facts) -> Iterator[Table]:
    for declaration in (*PANEL_TABLES, *DEPARTMENT_TABLES, *REGISTER_TABLES):
        table = declaration.table(facts)
        if table is not None:
            yield table
