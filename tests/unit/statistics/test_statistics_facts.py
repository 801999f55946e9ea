"""The corner cases of what is derived: ages, dates, timeliness, which review and which child counts."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from plain_counts import FILES
from register_frames import a_reviewed_incident, as_register

from sightline.statistics.characteristics import age_band, age_in_months, occurred_on
from sightline.statistics.facts import BadWindow, build_facts
from sightline.statistics.figures import count_figures
from sightline.statistics.releases import count_release
from sightline.statistics.timeliness import in_time, working_days_late
from sightline.vocabulary.periods import Period, financial_year

YEAR = financial_year(2022)


def age(born, on, supplied=None):
    row = pl.DataFrame(
        {"date_of_birth": [born], "occurred_on": [on], "age_in_months": [supplied]},
        schema={"date_of_birth": pl.Date, "occurred_on": pl.Date, "age_in_months": pl.Int32},
    ).with_columns(months=age_in_months())
    return row.select("months", band=age_band(pl.col("months"))).row(0)


@pytest.mark.parametrize(
    ("born", "on", "months", "band"),
    [
        (date(2021, 5, 10), date(2022, 5, 9), 11, "under_1"),
        (date(2021, 5, 10), date(2022, 5, 10), 12, "1_to_5"),
        (date(2021, 5, 10), date(2022, 5, 11), 12, "1_to_5"),
        (date(2016, 5, 10), date(2022, 5, 9), 71, "1_to_5"),
        (date(2016, 5, 10), date(2022, 5, 10), 72, "6_to_10"),
        (date(2006, 5, 10), date(2022, 5, 9), 191, "11_to_15"),
        (date(2006, 5, 10), date(2022, 5, 10), 192, "16_and_over"),
        (date(2020, 2, 29), date(2021, 2, 28), 11, "under_1"),
        (date(2020, 2, 29), date(2021, 3, 1), 12, "1_to_5"),
        (date(2022, 3, 31), date(2022, 4, 30), 0, "under_1"),
        (date(2022, 5, 10), date(2022, 5, 10), 0, "under_1"),
        # Known to the month, the incident counts on its first day; the child was born later in the month.
        (date(2022, 5, 10), date(2022, 5, 1), 0, "under_1"),
    ],
)
def test_age_in_completed_months(born, on, months, band):
    assert age(born, on) == (months, band)


@pytest.mark.parametrize(
    ("born", "on", "supplied", "expected"),
    [
        (date(2020, 1, 1), date(2022, 1, 1), 99, (24, "1_to_5")),
        (None, date(2022, 1, 1), 99, (99, "6_to_10")),
        (date(2020, 1, 1), None, 99, (99, "6_to_10")),
        (date(2020, 1, 1), None, None, (None, "unknown")),
        (None, None, None, (None, "unknown")),
    ],
)
def test_the_age_supplied_is_used_only_where_none_can_be_worked_out(born, on, supplied, expected):
    assert age(born, on, supplied) == expected


@pytest.mark.parametrize(
    ("precision", "counts_on"),
    [
        ("day", date(2022, 5, 17)),
        ("month", date(2022, 5, 1)),
        ("year", date(2022, 1, 1)),
        (None, date(2022, 5, 17)),
    ],
)
def test_an_incident_known_to_the_month_counts_on_its_first_day(precision, counts_on):
    row = pl.DataFrame(
        {"occurred_on": [date(2022, 5, 17)], "occurred_precision": [precision]},
        schema={"occurred_on": pl.Date, "occurred_precision": pl.String},
    )
    assert row.select(occurred_on()).item() == counts_on


@pytest.mark.parametrize(
    ("aware", "notified", "said", "late"),
    [
        (date(2022, 12, 19), date(2022, 12, 28), "in_time", None),
        (date(2022, 12, 19), date(2022, 12, 29), "late", 1),
        (date(2022, 4, 13), date(2022, 4, 22), "in_time", None),
        (date(2022, 4, 13), date(2022, 4, 25), "late", 1),
        (date(2022, 5, 20), date(2022, 5, 27), "in_time", None),
        (date(2022, 5, 20), date(2022, 5, 28), "late", 0),  # a Saturday: late by the date, by no working day
        (date(2022, 5, 21), date(2022, 5, 27), "in_time", None),
        (date(2022, 5, 20), date(2022, 5, 19), "in_time", None),
        (None, date(2022, 5, 19), "not_supplied", None),
    ],
)
def test_in_time_is_by_the_date_of_the_fifth_working_day(aware, notified, said, late):
    row = pl.DataFrame(
        {"aware_on": [aware], "notified_on": [notified]},
        schema={"aware_on": pl.Date, "notified_on": pl.Date},
    )
    names = {"start": "aware_on", "end": "notified_on", "within": 5}
    assert in_time(row, **names).to_list() == [said]
    assert working_days_late(row, **names).to_list() == [late]


def figure(register, name, way="panel"):
    figures = count_figures(register, counting="all", period=YEAR, data_from=date(2022, 1, 1))
    return next(each for each in figures if (each.name, each.way) == (name, way))


def test_an_incident_with_several_reviews_is_one_and_the_earliest_review_counts():
    register = a_reviewed_incident(
        ("R2", "death", "2022-05-20", ""), ("R1", "serious_harm", "2022-05-21", "")
    )
    assert figure(register, "incidents_total").value == 1
    assert figure(register, "nature_death").value == 1


def test_a_review_of_a_withdrawn_notification_counts_only_where_there_is_no_other():
    withdrawn = ("R1", "death", "2022-05-20", "2022-05-25")
    live = ("R2", "serious_harm", "2022-05-30", "")
    assert figure(a_reviewed_incident(withdrawn, live), "nature_serious_harm").value == 1
    assert figure(a_reviewed_incident(withdrawn), "nature_death").value == 1


def test_a_child_coded_in_a_review_of_its_own_is_not_lost():
    register = a_reviewed_incident(
        ("R1", "serious_harm", "2022-05-20", ""),
        ("R2", "serious_harm", "2022-05-21", ""),
        children=("first", "sibling"),
        codings=[
            ("R1", "first", "neglect_experienced", "no", "A"),
            ("R2", "sibling", "neglect_experienced", "yes", "A"),
        ],
    )
    assert figure(register, "reviews_neglect_experienced").value == 1
    assert figure(register, "index_children_neglect_experienced").value == 0


def test_the_child_of_an_incident_is_the_one_in_the_first_position_whatever_its_reference():
    register = a_reviewed_incident(
        ("R1", "serious_harm", "2022-05-20", ""),
        children=("zulu", "alpha"),
        codings=[
            ("R1", "zulu", "neglect_experienced", "yes", "A"),
            ("R1", "alpha", "neglect_experienced", "no", "A"),
        ],
    )
    for children in (register.children, register.children.reverse()):
        shuffled = replace(register, children=children)
        assert figure(shuffled, "index_children_neglect_experienced").value == 1


def test_the_agreed_answer_is_the_lowest_letters_even_where_it_is_none():
    register = a_reviewed_incident(
        ("R1", "death", "2022-05-20", ""),
        codings=[
            ("R1", "", "domestic_abuse", "yes", "D"),
            ("R1", "", "domestic_abuse", "not_known", "B"),
            ("R1", "", "practice_theme", "voice_of_the_child", "D"),
            ("R1", "", "practice_theme", "information_sharing", "B"),
        ],
    )
    assert figure(register, "domestic_abuse_not_known").value == 1
    assert figure(register, "practice_theme_information_sharing").value == 1
    assert figure(register, "practice_theme_voice_of_the_child").value == 0


def test_what_nobody_coded_is_not_no():
    register = a_reviewed_incident(("R1", "death", "2022-05-20", ""))
    assert figure(register, "domestic_abuse_not_coded").value == 1
    missing = figure(register, "domestic_abuse_no")
    assert (missing.value, missing.missing) == (0, 1)


def test_an_empty_register_has_figures_of_nothing_and_no_crash():
    figures = count_figures(
        as_register({name: [] for name in FILES}), counting="all", period=YEAR, data_from=date(2022, 1, 1)
    )
    assert {each.value for each in figures} <= {0, None}
    assert {(each.percent, each.low) for each in figures if each.base == 0} == {(None, None)}


def test_a_window_that_is_no_year_has_the_quarters_it_has():
    register = a_reviewed_incident(("R1", "death", "2022-05-20", ""))
    figures = count_figures(
        register, counting="department", period=Period(date(2022, 5, 1), date(2023, 6, 30))
    )
    quarters = [each.name for each in figures if each.name.startswith("quarter_") and each.name[8:].isdigit()]
    assert quarters == ["quarter_1", "quarter_2", "quarter_3", "quarter_4", "quarter_5"]


def test_a_code_outside_its_set_is_refused_by_name():
    register = a_reviewed_incident(("R1", "murder", "2022-05-20", ""))
    with pytest.raises(ValueError, match="nature holds 'murder', which is not in its code set"):
        build_facts(register, counting="panel", period=YEAR)


def test_an_unknown_way_of_counting_is_refused():
    register = a_reviewed_incident(("R1", "death", "2022-05-20", ""))
    with pytest.raises(ValueError, match="panel, department, register, all"):
        build_facts(register, counting="both", period=YEAR)


@pytest.mark.parametrize("count", [count_figures, count_release])
@pytest.mark.parametrize("data_from", [YEAR.first, date(2022, 4, 2)])
def test_a_longer_window_that_does_not_start_before_the_period_is_refused(count, data_from):
    register = a_reviewed_incident(("R1", "death", "2022-05-20", ""))
    with pytest.raises(BadWindow, match=r"^The longer window must start before the period: "):
        count(register, counting="panel", period=YEAR, data_from=data_from)


def test_a_longer_window_may_start_the_day_before_the_period():
    register = a_reviewed_incident(("R1", "death", "2022-05-20", ""))
    assert build_facts(register, counting="panel", period=YEAR, data_from=date(2022, 3, 31)).data_from


def test_a_total_has_no_interval_because_it_is_no_share_of_itself():
    register = a_reviewed_incident(("R1", "death", "2022-05-20", ""))
    figures = count_figures(register, counting="panel", period=YEAR, data_from=date(2022, 1, 1))
    by_name = {each.ref: each for each in figures}
    total, deaths = by_name["panel.incidents_total"], by_name["panel.nature_death"]
    assert (total.value, total.base, total.low, total.high) == (1, 1, None, None)
    # All of one incident is a share like any other: the next incident could have been of another nature.
    assert deaths.high == 100 and deaths.low == pytest.approx(20.65, abs=0.01)


@pytest.mark.parametrize(("months", "base"), [(11, 0), (12, 1), (71, 1), (72, 0)])
def test_a_child_of_one_to_five_has_not_had_its_sixth_birthday(months, base):
    register = a_reviewed_incident(("R1", "serious_harm", "2022-05-20", ""))
    aged = register.children.with_columns(age_in_months=pl.lit(months, pl.Int32))
    found = figure(replace(register, children=aged), "parental_mental_health_yes_where_a_child_is_1_to_5")
    assert found.base == base


def test_the_first_reply_of_the_panel_to_a_review_counts():
    register = a_reviewed_incident(("R1", "serious_harm", "2022-05-20", ""))
    replies = register.panel_responses.clear().vstack(
        pl.DataFrame(
            {
                "review_id": ["R1", "R1"],
                "responded_on": [date(2022, 7, 1), date(2022, 6, 1)],
                "outcome": ["agrees", "disagrees"],
                "agrees_with_lcspr_decision": ["yes", "no"],
            }
        )
    )
    answered = replace(register, panel_responses=replies)
    assert figure(answered, "panel_agrees_with_lcspr_decision_no").value == 1
