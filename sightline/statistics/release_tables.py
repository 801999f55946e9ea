"""The tables of the annual report, as declarations. docs/how-to/add-a-table.md shows how to add one."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from sightline.statistics.department_facts import LEFT_OUT_ROUTES
from sightline.statistics.facts import Facts
from sightline.statistics.measures import CODEBOOK, DEPARTMENT_RELEASE, LAYOUT, PANEL_REPORT
from sightline.statistics.table_lines import (
    Lines,
    answers,
    authorities,
    death_or_not,
    factors,
    of_variable,
    quarters,
    regions,
    themes,
)
from sightline.statistics.tables import Line, Population, Table, Where, where
from sightline.statistics.variables import VARIABLES
from sightline.vocabulary.units import Unit


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


_INDEX_CHILD = "The child of an incident is the first one listed."
_NAMED_CHILD = "The child is the one that the notification names."
_SILENT = "“Not mentioned” means that the rapid review is silent; it never means no."

_panel = partial(TableDeclaration, way="panel", rows="incidents", unit=Unit.INCIDENT, source=PANEL_REPORT)
_by_nature = partial(_panel, section="children", column_variable="nature", notes=(_INDEX_CHILD,))
_of_children = partial(_panel, unit=Unit.CHILD, notes=(_INDEX_CHILD, _SILENT))
_of_reviews = partial(_panel, unit=Unit.REVIEW)
_department = partial(
    TableDeclaration,
    way="department",
    rows="notifications",
    unit=Unit.NOTIFICATION,
    source=DEPARTMENT_RELEASE,
    section="department",
)
_register = partial(TableDeclaration, way="register", section="learning")

PANEL_TABLES: tuple[TableDeclaration, ...] = (
    _panel(
        name="panel_nature",
        title="Incidents by nature, as coded on the rapid review",
        row_variable="nature",
        section="overview",
    ),
    _by_nature(name="panel_age", title="Incidents by the child's age and nature", row_variable="age_band"),
    _by_nature(name="panel_sex", title="Incidents by the child's sex and nature", row_variable="sex"),
    _by_nature(
        name="panel_ethnicity",
        title="Incidents by the child's ethnic group and nature",
        row_variable="ethnicity",
    ),
    _of_children(
        name="panel_neglect",
        title="Children by whether they had experienced neglect",
        row_variable="neglect_experienced",
        section="children",
    ),
    _of_children(
        name="panel_education",
        title="School-age children by education status",
        row_variable="education_status",
        section="education",
        base=where(school_age="yes"),
        notes=(_INDEX_CHILD, "School age is 5 to 15 years at the incident.", _SILENT),
    ),
    _of_children(
        name="panel_looked_after_ever",
        title="Children by whether they were ever looked after",
        row_variable="looked_after_ever",
        section="care",
    ),
    _of_children(
        name="panel_child_protection_plan_ever",
        title="Children by whether they ever had a child protection plan",
        row_variable="child_protection_plan_ever",
        section="care",
    ),
    _of_children(
        name="panel_child_mental_health_condition",
        title="Children by whether a mental health condition is recorded",
        row_variable="child_mental_health_condition",
        section="health",
        notes=(_INDEX_CHILD, "“Not applicable” is mostly for children too young for the question.", _SILENT),
    ),
    _of_children(
        name="panel_child_health_condition",
        title="Children by whether a health condition is recorded",
        row_variable="child_health_condition",
        section="health",
    ),
    _of_reviews(
        name="panel_family_known_to_social_care",
        title="Rapid reviews by whether the family was known to children's social care",
        row_variable="family_known_to_social_care",
        section="family",
        source=CODEBOOK,
        notes=(_SILENT,),
    ),
    _of_reviews(
        name="panel_factors",
        title="Rapid reviews by what they say about the parents and the home",
        row_variable="answer",
        rows_are=answers,
        row_label="Answer",
        column_variable="question",
        columns_are=factors,
        column_label="Question",
        section="family",
        source=CODEBOOK,
        notes=(_SILENT,),
    ),
    _panel(
        name="panel_likely_cause",
        title="Deaths by likely cause, as judged from the rapid review",
        row_variable="likely_cause_primary",
        section="causes",
        base=where(nature="death"),
        notes=("A likely cause is a judgement at this stage, not a coroner's finding.",),
    ),
    _panel(
        name="panel_harm",
        title="Incidents of serious harm by main type of harm",
        row_variable="harm_primary",
        section="causes",
        base=where(nature="serious_harm"),
    ),
    _of_reviews(
        name="panel_practice_themes",
        title="Rapid reviews by practice theme raised",
        row_variable="practice_theme",
        rows_are=themes,
        row_label="Practice theme",
        section="practice",
        source=CODEBOOK,
        notes=("A review may raise several themes, so the lines do not sum to the total.",),
    ),
    _panel(
        name="panel_notified_in_time",
        title="Incidents by timeliness of the notification",
        row_variable="notified_in_time",
        section="timeliness",
    ),
    _of_reviews(
        name="panel_rapid_review_in_time",
        title="Rapid reviews by timeliness",
        row_variable="rapid_review_in_time",
        section="timeliness",
    ),
    _of_reviews(
        name="panel_lcspr_decision",
        title="Rapid reviews by the partnership's decision on a local review",
        row_variable="lcspr_decision",
        section="decisions",
    ),
    _of_reviews(
        name="panel_outcome",
        title="Rapid reviews by the Panel's outcome",
        row_variable="panel_outcome",
        section="decisions",
    ),
    _panel(
        name="panel_nature_15_months",
        title="Incidents of the longer window by nature, as coded on the rapid review",
        row_variable="nature",
        way="panel_15_months",
        section="overview",
    ),
)

DEPARTMENT_TABLES: tuple[TableDeclaration, ...] = (
    _department(
        name="department_nature",
        title="Notifications by nature, as notified",
        row_variable="nature",
    ),
    _department(
        name="department_quarter",
        title="Notifications by quarter and nature",
        row_variable="quarter",
        rows_are=quarters,
        column_variable="nature",
    ),
    *(
        _department(
            name=f"department_{name}",
            title=f"Notifications by {phrase} and nature",
            row_variable=variable,
            column_variable="nature",
            columns_are=death_or_not,
            notes=(_NAMED_CHILD,),
        )
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
        name="department_region",
        title="Notifications by region of the notifying authority",
        row_variable="region",
        rows_are=regions,
        with_percent=False,
        section="places",
    ),
    _department(
        name="department_authority",
        title="Notifications by notifying authority",
        row_variable="authority",
        rows_are=authorities,
        with_percent=False,
        section="places",
    ),
    _department(
        name="department_route",
        title="Notifications by route",
        row_variable="route",
        rows_are=of_variable("route", never=LEFT_OUT_ROUTES),
    ),
    _department(
        name="department_notified_in_time",
        title="Notifications by timeliness",
        row_variable="notified_in_time",
        section="timeliness",
    ),
)

REGISTER_TABLES: tuple[TableDeclaration, ...] = (
    _register(
        name="local_reviews_publication",
        title="Local reviews by publication",
        rows="local_reviews",
        unit=Unit.LOCAL_REVIEW,
        row_variable="publication",
        notes=("All local reviews in the register, whatever their date.",),
    ),
    _register(
        name="recommendations_status",
        title="Recommendations by status",
        rows="recommendations",
        unit=Unit.RECOMMENDATION,
        row_variable="status",
        notes=("All recommendations in the register, whatever their date.",),
    ),
)


def tables_of(facts: Facts) -> Iterator[Table]:
    """Every table whose rows these facts hold."""
    for declaration in (*PANEL_TABLES, *DEPARTMENT_TABLES, *REGISTER_TABLES):
        table = declaration.table(facts)
        if table is not None:
            yield table
