"""What a release holds, and the arithmetic that gives one of its cells away by others."""

from datetime import date

import pytest
from plain_counts import FILES
from register_frames import a_reviewed_incident, as_register

from sightline.statistics.dimensions import UnknownDimension
from sightline.statistics.figures import count_figures
from sightline.statistics.releases import count_release
from sightline.statistics.tables import CellKey, Population, where
from sightline.statistics.variables import THEMES
from sightline.vocabulary.areas import authorities_on
from sightline.vocabulary.periods import Period, financial_year

YEAR = financial_year(2022)
FIFTEEN_MONTHS = date(2022, 1, 1)
PANEL = Population("panel", "incidents", YEAR)
NOTIFICATIONS = Population("department", "notifications", YEAR)


@pytest.fixture(scope="module")
def release():
    register = a_reviewed_incident(
        ("R1", "death", "2022-05-20", ""),
        children=("first", "sibling"),
        codings=[("R1", "sibling", "child_mental_health_condition", "yes", "A")],
    )
    return count_release(register, counting="all", period=YEAR, data_from=FIFTEEN_MONTHS)


def parts_of(release, total):
    return [set(each.parts) for each in release.sums if each.total == total]


def test_one_way_of_counting_leaves_the_other_out():
    register = a_reviewed_incident(("R1", "death", "2022-05-20", ""))
    for counting, ways in (("panel", {"panel"}), ("department", {"department"})):
        only = count_release(register, counting=counting, period=YEAR)
        assert {table.population.way for table in only.tables} == ways
        assert {each.way for each in only.figures} == ways


def test_every_printed_number_is_a_cell_of_the_release(release):
    printed = {
        table.key(row, column) for table in release.tables for row in table.rows for column in table.columns
    }
    assert printed <= release.published <= set(release.cells)


def test_the_region_is_its_authorities_and_every_authority_has_a_line(release):
    table = next(each for each in release.tables if each.name == "department_authority")
    codes = {line.area_code for line in table.rows if not line.is_total}
    assert codes == {each.code for each in authorities_on(YEAR.last)}
    [parts] = parts_of(release, CellKey(NOTIFICATIONS, where(region="north_east")))
    assert parts == {
        CellKey(NOTIFICATIONS, where(authority=each.code))
        for each in authorities_on(YEAR.last)
        if each.region == "north_east"
    }


def test_authorities_stand_by_name_where_a_reader_looks_for_them(release):
    table = next(each for each in release.tables if each.name == "department_authority")
    names = [line.label for line in table.rows]
    assert names[:3] == ["Barking and Dagenham", "Barnet", "Barnsley"]
    assert names[:-1] == sorted(names[:-1])
    assert names[-1] == "England"


def test_a_route_left_out_by_definition_has_no_line_and_the_routes_still_sum():
    care_leaver = {
        "notification_id": "N2",
        "incident_id": "I",
        "index_child_ref": "first",
        "notified_on": "2022-05-03",
        "nature": "death",
        "route": "care_leaver_death",
    }
    silent = care_leaver | {"notification_id": "N3", "route": ""}
    register = a_reviewed_incident(
        ("R1", "death", "2022-05-20", ""), more_notifications=[care_leaver, silent]
    )
    release = count_release(register, counting="department", period=YEAR)
    table = next(each for each in release.tables if each.name == "department_route")
    counts = {line.label: release.cells[table.key(line, table.columns[0])] for line in table.rows}
    assert counts == {
        "Serious incident": 1,
        "Death of a looked-after child": 0,
        "Not supplied": 1,
        "Total": 2,
    }
    lines = {table.key(line, table.columns[0]) for line in table.rows if not line.is_total}
    assert lines in parts_of(release, CellKey(NOTIFICATIONS))
    assert "route_care_leaver_death" not in {each.name for each in release.figures}


def test_the_longer_window_is_the_year_and_the_time_before(release):
    longer = Population("panel_15_months", "incidents", Period(FIFTEEN_MONTHS, YEAR.last))
    death = where(nature="death")
    assert {CellKey(PANEL, death)} in parts_of(release, CellKey(longer, death))


def test_all_children_are_the_index_children_and_the_others(release):
    children = Population("panel", "children", YEAR)
    with_condition = where(child_mental_health_condition="yes")
    others = where(child_mental_health_condition="yes", index_child="no")
    assert {CellKey(children, others)} in parts_of(release, CellKey(children, with_condition))
    assert release.cells[CellKey(children, others)] == 1


def test_the_rest_of_a_base_is_a_cell_that_is_not_printed(release):
    rest = {key for key in release.cells if key not in release.published}
    conditions = {dict(key.where).get("a_child_is_1_to_5") for key in rest}
    assert ("no",) in conditions


def test_figures_and_tables_that_count_the_same_share_one_cell(release):
    death = CellKey(PANEL, where(nature="death"))
    assert death in {each.cell for each in release.figures if each.ref == "panel.nature_death"}
    table = next(each for each in release.tables if each.name == "panel_nature")
    assert death in {table.key(row, table.columns[0]) for row in table.rows}


def test_several_questions_stand_beside_each_other_in_one_table(release):
    table = next(each for each in release.tables if each.name == "panel_factors")
    yes, abuse = table.rows[0], table.columns[0]
    assert table.key(yes, abuse) == CellKey(PANEL, where(domestic_abuse="yes"))
    assert table.key(table.total_row, abuse) == CellKey(PANEL)


def test_a_figure_printed_rounded_is_not_in_a_release(release):
    assert not [each for each in release.figures if each.name.endswith("_rounded_to_10")]


def test_an_empty_register_has_a_release():
    empty = as_register({name: [] for name in FILES})
    release = count_release(empty, counting="all", period=YEAR, data_from=FIFTEEN_MONTHS)
    assert set(release.cells.values()) == {0}


@pytest.mark.parametrize("by", [("colour",), ("sex", "sex"), ("sex", "region", "month")])
def test_what_no_figure_can_be_crossed_by_is_refused(by):
    with pytest.raises(UnknownDimension):
        count_figures(
            a_reviewed_incident(("R1", "death", "2022-05-20", "")), counting="panel", period=YEAR, by=by
        )


def test_a_figure_is_not_crossed_by_what_it_is_about():
    register = a_reviewed_incident(("R1", "death", "2022-05-20", ""))
    figures = count_figures(register, counting="panel", period=YEAR, by=("nature",))
    names = {each.name for each in figures}
    assert "incidents_total" in names
    assert not {name for name in names if name.startswith(("nature_", "likely_cause_", "harm_"))}
    [deaths] = [each for each in figures if each.name == "incidents_total" and each.value]
    assert (deaths.by, deaths.base) == (where(nature="death"), 1)


def test_a_review_without_coded_themes_is_silent_on_each(release):
    silent = [CellKey(PANEL, where(**{f"practice_theme_{theme}": "not_coded"})) for theme in THEMES]
    for each in silent[1:]:
        assert {silent[0]} in parts_of(release, each)
    assert {release.cells[each] for each in silent} == {1}


def reviewed_with_rows(**files):
    rows = {name: [] for name in FILES}
    rows["incidents"] = [
        {"incident_id": f"I{each}", "occurred_on": "2022-05-01", "occurred_precision": "day"}
        for each in range(2)
    ]
    for each in range(2):
        rows["notifications"].append(
            {"notification_id": f"N{each}", "incident_id": f"I{each}", "notified_on": "2022-05-02"}
        )
        rows["rapid_reviews"].append({"review_id": f"R{each}", "notification_id": f"N{each}"})
    return count_release(as_register(rows | files), counting="all", period=YEAR)


def test_a_child_aged_1_to_5_is_the_index_child_or_another():
    ages = [("I0", "1", "30"), ("I1", "1", "100"), ("I1", "2", "40")]
    release = reviewed_with_rows(
        children=[
            {
                "child_ref": f"{incident}-{position}",
                "incident_id": incident,
                "position": position,
                "age_in_months": age,
            }
            for incident, position, age in ages
        ]
    )
    others = where(
        a_child_is_1_to_5="yes", age_band=("under_1", "6_to_10", "11_to_15", "16_and_over", "unknown")
    )
    any_child = CellKey(PANEL, where(a_child_is_1_to_5="yes"))
    index_child = CellKey(PANEL, where(age_band="1_to_5"))
    assert {index_child, CellKey(PANEL, others)} in parts_of(release, any_child)
    assert release.cells[CellKey(PANEL, others)] == 1


def test_published_local_reviews_are_those_of_each_form_of_publication():
    forms = [("full_report", "2022-12-01"), ("improvements_only", "2022-12-01"), ("improvements_only", "")]
    release = reviewed_with_rows(
        local_reviews=[
            {"local_review_id": f"L{each}", "review_id": "R0", "publication": form, "published_on": day}
            for each, (form, day) in enumerate(forms)
        ]
    )
    local_reviews = Population("register", "local_reviews", None)

    def reviews(**conditions):
        return CellKey(local_reviews, where(**conditions))

    of_each_form = {
        reviews(published="yes", publication=form) for form in ("full_report", "improvements_only")
    }
    assert of_each_form in parts_of(release, reviews(published="yes"))
    assert {
        reviews(published="yes", publication="improvements_only"),
        reviews(published="no", publication="improvements_only"),
    } in parts_of(release, reviews(publication="improvements_only"))


def test_a_line_that_is_there_because_it_occurs_tells_of_a_cell_of_at_least_one(release):
    flagged = [
        (table, line)
        for table in release.tables
        for line in (*table.rows, *table.columns)
        if line.is_there_because_it_occurs
    ]
    assert {"panel_sex", "panel_education", "panel_practice_themes", "department_route"} & {
        table.name for table, _ in flagged
    } == {"panel_sex"}
    assert release.occurring and all(release.cells[each] >= 1 for each in release.occurring)
    assert not release.occurring & release.published
    not_supplied = where(sex="not_supplied", has_a_line_of_its_own="yes")
    assert CellKey(PANEL, not_supplied) in release.occurring
    assert parts_of(release, CellKey(PANEL, not_supplied)) == [{CellKey(PANEL, where(sex="not_supplied"))}]


def test_an_answer_that_has_a_line_was_given_to_one_of_the_questions():
    register = a_reviewed_incident(
        ("R1", "death", "2022-05-20", ""),
        codings=[
            ("R1", "", "domestic_abuse", "not_known", "A"),
            ("R1", "", "parental_mental_health", "yes", "A"),
            ("R1", "", "parental_substance_misuse", "yes", "A"),
        ],
    )
    release = count_release(register, counting="panel", period=YEAR)
    told = CellKey(PANEL, where(answer="not_known", has_a_line_of_its_own="yes"))
    assert told in release.occurring
    assert CellKey(PANEL, where(domestic_abuse="not_known")) in parts_of(release, told)[0]


def test_a_replaced_authority_has_a_line_only_because_it_notified():
    replaced = {
        "notification_id": "N2",
        "incident_id": "I",
        "index_child_ref": "first",
        "notified_on": "2022-05-03",
        "nature": "death",
        "route": "serious_incident",
        "notifying_la_code": "E10000006",
    }
    register = a_reviewed_incident(("R1", "death", "2022-05-20", ""), more_notifications=[replaced])
    release = count_release(register, counting="department", period=financial_year(2023))
    table = next(each for each in release.tables if each.name == "department_authority")
    assert not [line for line in table.rows if line.area_code == "E10000006"]
    later = count_release(register, counting="department", period=Period(date(2022, 4, 1), date(2023, 4, 30)))
    told = CellKey(
        Population("department", "notifications", Period(date(2022, 4, 1), date(2023, 4, 30))),
        where(authority="E10000006", has_a_line_of_its_own="yes"),
    )
    assert told in later.occurring
