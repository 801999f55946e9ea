"""Small releases: a few invented tables, counted by hand, and what disclosure control makes of them."""

from collections.abc import Iterator, Mapping
from datetime import date

from sightline.disclosure_control.protect import protect
from sightline.disclosure_control.safe import SafeRelease
from sightline.publication.inputs import ReportInputs
from sightline.statistics.tables import (
    CellKey,
    CountedRelease,
    Figure,
    Geography,
    Line,
    Population,
    Sum,
    Table,
    where,
)
from sightline.vocabulary.areas import Region, authority
from sightline.vocabulary.periods import Period, financial_year
from sightline.vocabulary.units import Unit

YEAR = financial_year(2022)
LONGER = Period(date(2022, 1, 1), date(2023, 3, 31))

PANEL = Population("panel", "incidents", YEAR)
PANEL_15_MONTHS = Population("panel_15_months", "incidents", LONGER)
DEPARTMENT = Population("department", "notifications", YEAR)

TOTAL = Line("Total", (), is_total=True)
ENGLAND = Line("England", (), is_total=True)
NATURES = (
    TOTAL,
    Line("Child death", where(nature="death")),
    Line("Serious harm", where(nature="serious_harm")),
    Line("Other", where(nature="other")),
)
SEXES = (TOTAL, Line("Female", where(sex="female")), Line("Male", where(sex="male")))
AGES = (
    TOTAL,
    Line("Under 1", where(age_band="under_1")),
    Line("1 to 5", where(age_band="1_to_5")),
    Line("Unknown", where(age_band="unknown")),
)
CAUSES = (
    TOTAL,
    Line("Suicide", where(likely_cause="suicide")),
    Line("Neglect", where(likely_cause="neglect")),
)
QUARTERS = (TOTAL, *(Line(f"Q{number}", where(quarter=f"q{number}")) for number in (1, 2, 3, 4)))
REGIONS = (
    ENGLAND,
    *(
        Line(region.label, where(region=str(region)), geography=Geography.REGIONAL, area_code=region.ons_code)
        for region in (Region.NORTH_WEST, Region.LONDON, Region.SOUTH_WEST)
    ),
    Line("Not supplied", where(region="not_supplied")),
)
AUTHORITIES = (
    ENGLAND,
    *(
        Line(
            authority(code).name,
            where(authority=code),
            geography=Geography.LOCAL_AUTHORITY,
            area_code=code,
        )
        for code in ("E08000001", "E09000002", "E06000023")
    ),
    Line("Not supplied", where(authority="not_supplied")),
)

AGE_BY_NATURE = Table(
    name="panel_age_by_nature",
    title="Incidents by age and nature",
    population=PANEL,
    unit=Unit.INCIDENT,
    rows=AGES,
    columns=NATURES,
    row_variable="age_band",
    row_label="Age at the incident",
    column_variable="nature",
    column_label="Nature of the incident",
    notes=("Age of the first listed child.",),
    source="An invented register",
)
CAUSE = Table(
    name="panel_likely_cause",
    title="Likely cause of death",
    population=PANEL,
    unit=Unit.INCIDENT,
    rows=CAUSES,
    columns=(TOTAL,),
    row_variable="likely_cause",
    row_label="Likely cause",
    base=where(nature="death"),
    notes=("As judged from the rapid review.", "Age of the first listed child."),
    source="An invented register",
)
LONGER_WINDOW = Table(
    name="panel_15_months_age",
    title="Incidents of the longer window by age",
    population=PANEL_15_MONTHS,
    unit=Unit.INCIDENT,
    rows=AGES,
    columns=(TOTAL,),
    row_variable="age_band",
    row_label="Age at the incident",
)
SEX_BY_NATURE = Table(
    name="department_sex_by_nature",
    title="Notifications by sex and nature",
    population=DEPARTMENT,
    unit=Unit.NOTIFICATION,
    rows=SEXES,
    columns=NATURES,
    row_variable="sex",
    row_label="Sex",
    column_variable="nature",
    column_label="Nature as notified",
)
QUARTER_BY_NATURE = Table(
    name="department_quarter_by_nature",
    title="Notifications by quarter and nature",
    population=DEPARTMENT,
    unit=Unit.NOTIFICATION,
    rows=QUARTERS,
    columns=NATURES,
    row_variable="quarter",
    row_label="Quarter",
    column_variable="nature",
    column_label="Nature as notified",
)
BY_REGION = Table(
    name="department_region",
    title="Notifications by region",
    population=DEPARTMENT,
    unit=Unit.NOTIFICATION,
    rows=REGIONS,
    columns=(TOTAL,),
    row_variable="region",
    row_label="Region",
)
BY_AUTHORITY = Table(
    name="department_authority",
    title="Notifications by local authority",
    population=DEPARTMENT,
    unit=Unit.NOTIFICATION,
    rows=AUTHORITIES,
    columns=(TOTAL,),
    row_variable="authority",
    row_label="Local authority",
    with_percent=False,
)
TABLES = (AGE_BY_NATURE, CAUSE, LONGER_WINDOW, SEX_BY_NATURE, QUARTER_BY_NATURE, BY_REGION, BY_AUTHORITY)

# The body of each table without its totals, row by row. The 1 and the 2 are what must be hidden.
COUNTS: Mapping[str, tuple[tuple[int, ...], ...]] = {
    "panel_age_by_nature": ((70, 60, 4), (50, 90, 1), (26, 77, 15)),
    "panel_likely_cause": ((40,), (106,)),
    "panel_15_months_age": ((160,), (180,), (140,)),
    "department_sex_by_nature": ((101, 120, 6), (100, 124, 5)),
    "department_quarter_by_nature": ((51, 60, 3), (50, 62, 2), (50, 61, 3), (50, 61, 3)),
    "department_region": ((203,), (248,), (4,), (1,)),
    "department_authority": ((200,), (248,), (0,), (8,)),
}


def a_counted_release(
    tables: tuple[Table, ...] = TABLES, counts: Mapping[str, tuple[tuple[int, ...], ...]] = COUNTS
) -> CountedRelease:
    cells: dict[CellKey, int] = {}
    sums: list[Sum] = []
    for table in tables:
        cells |= _cells(table, counts[table.name])
        sums += _sums(table)
    return CountedRelease(
        tables=tables,
        figures=tuple(_figures(cells)),
        cells=cells,
        sums=tuple(dict.fromkeys(sums)),
        published=frozenset(cells),
    )


def a_safe_release(tables: tuple[Table, ...] = TABLES) -> SafeRelease:
    return protect(a_counted_release(tables))


def report_inputs() -> ReportInputs:
    return ReportInputs(
        period=YEAR,
        files={"incidents.csv": "a" * 64, "children.csv": "b" * 64},
        data_from=LONGER.first,
        parameters={"counting": "all"},
        rows={f"panel incidents {YEAR}": "c" * 64},
        is_invented=True,
    )


def _cells(table: Table, body: tuple[tuple[int, ...], ...]) -> dict[CellKey, int]:
    counts = [list(row) if len(table.columns) == 1 else [sum(row), *row] for row in body]
    counts.insert(0, [sum(column) for column in zip(*counts, strict=True)])
    return {
        table.key(row, column): counts[row_index][column_index]
        for row_index, row in enumerate(table.rows)
        for column_index, column in enumerate(table.columns)
    }


def _sums(table: Table) -> Iterator[Sum]:
    whole, *parts = table.rows
    for column in table.columns:
        yield Sum(table.key(whole, column), tuple(table.key(row, column) for row in parts))
    if len(table.columns) > 1:
        total, *others = table.columns
        for row in table.rows:
            yield Sum(table.key(row, total), tuple(table.key(row, column) for column in others))


def _figures(cells: Mapping[CellKey, int]) -> Iterator[Figure]:
    everybody, deaths = CellKey(PANEL), CellKey(PANEL, where(nature="death"))
    if everybody in cells and deaths in cells:
        yield Figure(
            name="nature_death",
            way="panel",
            unit=Unit.INCIDENT,
            sentence="Incidents in which a child died",
            value=float(cells[deaths]),
            base=cells[everybody],
            missing=0,
            low=32.5,
            high=42.1,
            cell=deaths,
            base_cell=everybody,
            source="An invented register",
            base_sentence="All incidents",
        )
