from datetime import date

import pytest
from plain_counts import FILES
from register_frames import as_register

from sightline.statistics.figures import count_figures
from sightline.statistics.rates import BadAreaBase, area_base_from
from sightline.statistics.tables import Statistic
from sightline.vocabulary.areas import Region, authorities_on
from sightline.vocabulary.periods import financial_year

YEAR = financial_year(2022)
HEADER = "area_code,period,children,children_in_need\n"


def a_register(*authorities):
    rows = {name: [] for name in FILES}
    for number, code in enumerate(authorities):
        rows["incidents"].append({"incident_id": f"I{number}", "occurred_on": "2022-05-01"})
        rows["notifications"].append(
            {
                "notification_id": f"N{number}",
                "incident_id": f"I{number}",
                "route": "serious_incident",
                "nature": "death",
                "notifying_la_code": code,
                "notified_on": "2022-05-02",
            }
        )
    return as_register(rows)


def rates(register, text, by=()):
    figures = count_figures(
        register, counting="department", period=YEAR, by=by, rates=area_base_from(HEADER + text)
    )
    return {(each.name, each.by): each for each in figures if each.statistic is Statistic.RATE}


def test_a_national_rate_with_its_poisson_interval():
    found = rates(a_register(*["E06000001"] * 10), "E92000001,2022-23,2000000,50000\n")
    rate = found["notifications_total_per_100_000_children", ()]
    assert (rate.value, rate.base) == (0.5, 2_000_000)
    assert (rate.low, rate.high) == pytest.approx((0.240, 0.920), abs=0.001)
    assert found["notifications_total_per_10_000_children_in_need", ()].value == 2.0


def test_england_is_the_sum_of_its_authorities_where_it_has_no_row():
    text = "".join(f"{each.code},{YEAR},1000,\n" for each in authorities_on(YEAR.last))
    found = rates(a_register("E06000001"), text)
    assert found["notifications_total_per_100_000_children", ()].base == 1000 * len(authorities_on(YEAR.last))
    assert ("notifications_total_per_10_000_children_in_need", ()) not in found


def test_a_sum_with_an_authority_missing_is_no_rate():
    text = "".join(f"{each.code},2022-23,1000,\n" for each in authorities_on(YEAR.last)[1:])
    assert rates(a_register("E06000001"), text) == {}


def test_rates_by_region_and_by_authority():
    text = f"{Region.LONDON.ons_code},2022-23,400000,\nE09000007,2022-23,50000,0\n"
    register = a_register("E09000007", "E09000007", "E06000001")
    london = rates(register, text, by=("region",))
    assert [(by, each.value) for (name, by), each in london.items() if name.startswith("notifications")] == [
        ((("region", ("london",)),), 0.5)
    ]
    camden = rates(register, text, by=("authority",))
    assert {each.value for (name, _), each in camden.items() if name.startswith("notifications")} == {4.0}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("area_code,period,children\nE92000001,2022-23,1\n", "no column children_in_need"),
        (HEADER + "E99,2022-23,1,1\n", "Line 2: area_code"),
        (HEADER + "E92000001,,1,1\n", "Line 2: period"),
        (HEADER + 'E92000001,2022-23,"1,000",1\n', "Line 2: children must be a whole number"),
        (HEADER + "E92000001,2022-23,-5,1\n", "whole number"),
        (HEADER + "E92000001,2022-23,5,1\nE92000001,2022-23,6,1\n", "Line 3: E92000001 has two rows"),
        (HEADER + "E92000001\n", "Line 2: period"),
        (HEADER + '"E92000001"x,2022-23,1,1\n', "Line 2 cannot be read as CSV"),
        ("", "no column area_code"),
    ],
)
def test_a_bad_file_of_areas_is_refused_by_line(text, says):
    with pytest.raises(BadAreaBase, match=says):
        area_base_from(text)


def test_another_year_gives_no_rate():
    assert rates(a_register("E06000001"), "E92000001,2021-22,100,100\n") == {}


def test_the_period_may_be_written_as_two_days():
    base = area_base_from(HEADER + "E92000001,2022-04-01/2023-03-31,100,\n")
    assert base.number("E92000001", period=YEAR, column="children") == 100
    assert base.number("E92000001", period=financial_year(2021), column="children") is None
    assert YEAR.first == date(2022, 4, 1)
