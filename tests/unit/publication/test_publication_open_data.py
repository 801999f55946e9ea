"""Rows as the published samples have them: national, regional and authority; both profiles."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from releases import (
    AGE_BY_NATURE,
    AGES,
    COUNTS,
    LONGER,
    LONGER_WINDOW,
    PANEL,
    TOTAL,
    YEAR,
    a_counted_release,
    a_safe_release,
)

from sightline.disclosure_control.protect import protect
from sightline.disclosure_control.safe import SafeRelease
from sightline.publication.open_data.data_sets import DataSet, ees_standard
from sightline.publication.open_data.observations import Time, time_of
from sightline.publication.open_data.sin_profile import sin_2026
from sightline.statistics.tables import Population, where
from sightline.vocabulary.periods import Period, financial_year
from sightline.vocabulary.units import Unit


@pytest.fixture(scope="module")
def safe() -> SafeRelease:
    return a_safe_release()


@pytest.fixture(scope="module")
def standard(safe: SafeRelease) -> dict[str, DataSet]:
    return {each.name: each for each in ees_standard(safe.tables, year=YEAR)}


@pytest.fixture(scope="module")
def published_names(safe: SafeRelease) -> dict[str, DataSet]:
    return {each.name: each for each in sin_2026(safe.tables, year=YEAR)}


def lines(data_set: DataSet) -> list[str]:
    return data_set.data_csv().decode().splitlines()


def meta(data_set: DataSet) -> list[str]:
    return data_set.meta_csv().decode().splitlines()


def test_tables_of_one_population_and_shape_share_a_file(standard: dict[str, DataSet]) -> None:
    assert list(standard) == [
        "panel_incidents_by_nature",
        "panel_incidents",
        "panel_15_months_incidents",
        "department_notifications_by_nature",
        "department_notifications_by_area",
    ]


def test_national_rows(standard: dict[str, DataSet]) -> None:
    assert lines(standard["panel_incidents_by_nature"])[:6] == [
        "time_period,time_identifier,geographic_level,country_code,country_name,"
        "breakdown_topic,breakdown,nature,incidents_count,incidents_percent",
        "202223,Financial year,National,E92000001,England,Total,Total,Total,393,100",
        "202223,Financial year,National,E92000001,England,Total,Total,Child death,146,100",
        "202223,Financial year,National,E92000001,England,Total,Total,Serious harm,227,100",
        "202223,Financial year,National,E92000001,England,Total,Total,Other,20,100",
        "202223,Financial year,National,E92000001,England,Age at the incident,Under 1,Total,134,34.096692112",
    ]


def test_a_hidden_count_has_its_symbol_in_both_indicators(standard: dict[str, DataSet]) -> None:
    hidden = [line for line in lines(standard["panel_incidents_by_nature"]) if line.endswith(",c,c")]
    assert len(hidden) == 4
    assert all(",Age at the incident," in line for line in hidden)


def test_the_total_of_part_of_a_population_is_not_the_total_of_all(standard: dict[str, DataSet]) -> None:
    rows = lines(standard["panel_incidents"])
    assert rows[1] == "202223,Financial year,National,E92000001,England,Likely cause,Total,146,100"


def test_regional_and_authority_rows(standard: dict[str, DataSet]) -> None:
    assert lines(standard["department_notifications_by_area"]) == [
        "time_period,time_identifier,geographic_level,country_code,country_name,"
        "region_code,region_name,old_la_code,new_la_code,la_name,notifications_count",
        "202223,Financial year,National,E92000001,England,,,,,,456",
        "202223,Financial year,Regional,E92000001,England,E12000002,North West,,,,200",
        "202223,Financial year,Regional,E92000001,England,E12000007,London,,,,250",
        "202223,Financial year,Regional,E92000001,England,E12000009,South West,,,,k",
        "202223,Financial year,Regional,E92000001,England,x,Not available,,,,k",
        "202223,Financial year,Local authority,E92000001,England,"
        "E12000002,North West,350,E08000001,Bolton,200",
        "202223,Financial year,Local authority,E92000001,England,"
        "E12000007,London,301,E09000002,Barking and Dagenham,248",
        "202223,Financial year,Local authority,E92000001,England,"
        'E12000009,South West,801,E06000023,"Bristol, City of",0',
        "202223,Financial year,Local authority,E92000001,England,x,Not available,x,x,Not available,8",
    ]


def test_a_window_that_is_no_year_says_its_days(standard: dict[str, DataSet]) -> None:
    rows = lines(standard["panel_15_months_incidents"])
    assert rows[0].startswith("time_period,time_identifier,coverage,geographic_level")
    assert rows[1].startswith("202223,Financial year,1 January 2022 to 31 March 2023,National")


def test_what_is_counted_whatever_its_date_says_so_and_passes_the_screener() -> None:
    undated = replace(
        LONGER_WINDOW, name="local_reviews", population=Population("register", "local_reviews", None)
    )
    counts = {undated.name: ((20,), (30,), (10,))}
    safe = protect(a_counted_release((undated,), counts))
    [data_set] = ees_standard(safe.tables, year=YEAR)
    rows = lines(data_set)
    assert rows[0].startswith("time_period,time_identifier,coverage,geographic_level")
    covered = '202223,Financial year,"Everything in the register, whatever its date",National,'
    assert len(rows) == 5
    assert all(row.startswith(covered) for row in rows[1:])
    assert [finding for finding in data_set.screened() if finding.is_error] == []


def test_metadata_names_filters_and_indicators(standard: dict[str, DataSet]) -> None:
    assert meta(standard["panel_incidents_by_nature"]) == [
        "col_name,col_type,label,indicator_grouping,indicator_unit,indicator_dp,filter_hint,"
        "filter_grouping_column,filter_default",
        "breakdown,Filter,Breakdown,,,,,breakdown_topic,",
        "nature,Filter,Nature of the incident,,,,,,",
        "incidents_count,Indicator,Number of incidents,,,0,,,",
        "incidents_percent,Indicator,Percentage of incidents,,%,1,,,",
    ]
    assert meta(standard["department_notifications_by_area"])[1:] == [
        "notifications_count,Indicator,Number of notifications,,,0,,,"
    ]


def test_two_tables_with_one_row_label_are_told_apart_by_their_titles() -> None:
    other = replace(
        AGE_BY_NATURE,
        name="panel_age_in_hospital",
        title="Ages of children in hospital",
        base=where(placement_type="hospital"),
    )
    counts = {**COUNTS, other.name: ((20, 30, 10), (20, 30, 10), (20, 30, 10))}
    safe = protect(a_counted_release((AGE_BY_NATURE, other), counts))
    topics = {row.values[5] for row in ees_standard(safe.tables, year=YEAR)[0].rows}
    assert topics == {"Total", "Incidents by age and nature", "Ages of children in hospital"}


@pytest.mark.parametrize("prefix", ["", "draft_"])
def test_every_pair_passes_the_screener(safe: SafeRelease, prefix: str) -> None:
    data_sets = (
        *ees_standard(safe.tables, year=YEAR, prefix=prefix),
        *sin_2026(safe.tables, year=YEAR, prefix=prefix),
    )
    assert len(data_sets) == 7
    assert [finding for each in data_sets for finding in each.screened() if finding.is_error] == []


def test_an_item_that_a_spreadsheet_would_run_fails_the_screening() -> None:
    rows = (TOTAL, replace(AGES[1], label="=HYPERLINK(1)"), *AGES[2:])
    table = replace(AGE_BY_NATURE, rows=rows)
    data_set = ees_standard(a_safe_release((table,)).tables, year=YEAR)[0]
    assert "ees.formula" in {finding.rule for finding in data_set.screened()}


def test_the_departments_columns_and_its_reporting_year(published_names: dict[str, DataSet]) -> None:
    rows = lines(published_names["sin_characteristics"])
    assert rows[:3] == [
        "time_period,time_identifier,quarter,geographic_level,country_code,country_name,"
        "breakdown_topic,breakdown,nature_of_notification,number_notifications",
        "2023,Reporting year,Total,National,E92000001,England,Total,Total,Total,456",
        "2023,Reporting year,Total,National,E92000001,England,Total,Total,Child death,201",
    ]
    assert "2023,Reporting year,Total,National,E92000001,England,Gender,Male,Total,229" in rows
    assert "2023,Reporting year,Q1,National,E92000001,England,Total,Total,Total,114" in rows


def test_the_departments_area_file(published_names: dict[str, DataSet]) -> None:
    rows = lines(published_names["sin_area"])
    assert rows[0] == (
        "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,"
        "old_la_code,new_la_code,la_name,number_notifications,cin_31march,idaci_avgscore,ons_midyear_population"
    )
    assert "2023,Reporting year,Regional,E92000001,England,E12000002,North West,,,,200,x,x,x" in rows


def test_every_number_says_which_cell_it_prints(safe: SafeRelease, standard: dict[str, DataSet]) -> None:
    shown = {
        table.key(row, column): str(table.cell(row, column))
        for table in safe.tables
        for row in table.rows
        for column in table.columns
    }
    for data_set in standard.values():
        count = data_set.indicators[0].name
        position = data_set.columns.index(count)
        assert [row.values[position] for row in data_set.rows] == [
            shown[row.numbers[count]] for row in data_set.rows
        ]


def test_files_hold_every_cell_of_every_table(safe: SafeRelease, standard: dict[str, DataSet]) -> None:
    printed = {key for each in standard.values() for row in each.rows for key in row.numbers.values()}
    assert printed == {
        table.key(row, column) for table in safe.tables for row in table.rows for column in table.columns
    }


def test_tables_of_another_unit_have_a_file_of_their_own() -> None:
    children = replace(AGE_BY_NATURE, name="panel_children_by_nature", unit=Unit.CHILD)
    counts = {**COUNTS, children.name: COUNTS[AGE_BY_NATURE.name]}
    safe = protect(a_counted_release((AGE_BY_NATURE, children), counts))
    assert [each.indicators[0].name for each in ees_standard(safe.tables, year=YEAR)] == [
        "incidents_count",
        "children_count",
    ]


def test_newer_years_and_totals_come_first() -> None:
    earlier = replace(
        AGE_BY_NATURE, name="panel_age_earlier", population=replace(PANEL, period=financial_year(2021))
    )
    total_last = replace(AGE_BY_NATURE, rows=(*AGE_BY_NATURE.rows[1:], TOTAL))
    counts = {**COUNTS, earlier.name: ((30, 20, 10), (10, 20, 10), (10, 20, 10))}
    counted = a_counted_release((earlier, AGE_BY_NATURE), counts)
    safe = protect(replace(counted, tables=(earlier, total_last)))
    rows = ees_standard(safe.tables, year=YEAR)[0].rows
    assert [(row.values[0], row.values[5]) for row in rows[:5]] == [
        *(("202223", "Total"),) * 4,
        ("202223", "Age at the incident"),
    ]
    assert rows[-1].values[0] == "202122"


def test_cells_with_commas_are_quoted(standard: dict[str, DataSet]) -> None:
    content = standard["department_notifications_by_area"].data_csv().decode()
    assert [row[9] for row in csv.reader(io.StringIO(content))][-2] == "Bristol, City of"


@pytest.mark.parametrize(
    ("period", "time"),
    [
        (financial_year(2022), Time("202223", "Financial year")),
        (financial_year(1999), Time("199900", "Financial year")),
        (Period(date(2022, 1, 1), date(2022, 12, 31)), Time("2022", "Calendar year")),
        (Period(date(2022, 4, 1), date(2022, 6, 30)), Time("202223", "Financial year Q1")),
        (Period(date(2022, 10, 1), date(2022, 12, 31)), Time("202223", "Financial year Q3")),
        (Period(date(2023, 1, 1), date(2023, 3, 31)), Time("202223", "Financial year Q4")),
        (Period(date(2022, 4, 1), date(2022, 9, 30)), Time("202223", "Part 1 (April to September)")),
        (Period(date(2022, 10, 1), date(2023, 3, 31)), Time("202223", "Part 2 (October to March)")),
        (LONGER, Time("202223", "Financial year", "1 January 2022 to 31 March 2023")),
        (
            Period(date(2022, 4, 2), date(2022, 6, 30)),
            Time("202223", "Financial year", "2 April 2022 to 30 June 2022"),
        ),
        (
            Period(date(2021, 4, 1), date(2022, 6, 30)),
            Time("202223", "Financial year", "1 April 2021 to 30 June 2022"),
        ),
    ],
)
def test_periods_have_the_standards_identifiers(period: Period, time: Time) -> None:
    assert time_of(period) == time


def test_years_and_quarters_do_not_share_a_file() -> None:
    quarter = replace(PANEL, period=Period(date(2022, 4, 1), date(2022, 6, 30)))
    table = replace(AGE_BY_NATURE, name="panel_age_first_quarter", population=quarter)
    counts = {**COUNTS, table.name: ((30, 20, 10), (10, 20, 10), (10, 20, 10))}
    safe = protect(a_counted_release((AGE_BY_NATURE, table), counts))
    data_sets = ees_standard(safe.tables, year=YEAR)
    assert [each.name for each in data_sets] == [
        "panel_incidents_by_nature",
        "panel_incidents_by_nature_financial_year_q1",
    ]
    assert [each.rows[0].values[1] for each in data_sets] == ["Financial year", "Financial year Q1"]
