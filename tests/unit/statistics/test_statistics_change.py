from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sightline.statistics.change import BREAKS, breaks_between, change
from sightline.statistics.tables import Figure, Statistic
from sightline.vocabulary.periods import Period, financial_year
from sightline.vocabulary.units import Unit


def a_figure(value, base=None, ref="panel.incidents_total"):
    way, name = ref.split(".")
    return Figure(name=name, way=way, unit=Unit.INCIDENT, sentence="Incidents", value=value, base=base)


def changed(later, earlier, later_period=None, earlier_period=None, **more):
    return change(
        later,
        earlier,
        later_period=later_period or financial_year(2024),
        earlier_period=earlier_period or financial_year(2023),
        **more,
    )


def test_change_between_equal_periods_has_a_percentage():
    found = changed(a_figure(330), a_figure(393))
    assert (found.difference, round(found.percent, 1), found.words) == (-63, Decimal("-16.0"), "")


@pytest.mark.parametrize(
    ("later", "earlier"), [((160, 357), (162, 338)), ((0, 40), (3, 50)), ((50, 50), (9, 9))]
)
def test_the_interval_of_a_difference_is_newcombes(later, earlier):
    from statsmodels.stats import proportion

    found = changed(a_figure(*later), a_figure(*earlier))
    theirs = proportion.confint_proportions_2indep(*later, *earlier, method="newcomb")
    assert (found.low, found.high) == pytest.approx([100 * bound for bound in theirs])


@pytest.mark.parametrize(
    ("earlier", "later", "breaks"),
    [
        ((2017, 2018), (2018, 2019), [date(2018, 6, 29)]),
        ((2018, 2019), (2019, 2020), []),
        ((2020, 2021), (2021, 2022), []),
        ((2021, 2022), (2022, 2023), [date(2022, 4, 1)]),
        ((2022, 2023), (2023, 2024), []),
    ],
)
def test_a_comparison_over_a_break_is_marked(earlier, later, breaks):
    found = breaks_between(
        "department.notifications_total", earlier=financial_year(earlier[0]), later=financial_year(later[0])
    )
    # The first year under the duty has its first three months before it.
    late_start = [date(2018, 6, 29)] if earlier[0] == 2018 else []
    assert [each.on for each in found] == late_start + breaks


@pytest.mark.parametrize(
    ("ref", "breaks"), [("department.sex_female", 1), ("department.age_under_1", 0), ("panel.sex_female", 0)]
)
def test_a_break_touches_only_its_own_figures(ref, breaks):
    found = breaks_between(ref, earlier=financial_year(2024), later=financial_year(2025))
    assert len(found) == breaks


def test_over_a_break_no_percentage_and_no_interval():
    before, now = (a_figure(count, 500, "department.nature_death") for count in (191, 201))
    found = changed(now, before, financial_year(2022), financial_year(2021))
    assert (found.difference, found.percent, found.points, found.low) == (10, None, None, None)
    assert "On 1 April 2022 the series breaks" in found.words


def test_an_undated_break_is_said_to_be_so():
    before, now = (a_figure(count, ref="panel.children_total") for count in (431, 485))
    found = changed(now, before, financial_year(2023), financial_year(2022))
    assert "Around 1 April 2023" in found.words


def test_periods_of_different_length_are_unlike():
    found = changed(a_figure(498), a_figure(393), Period(date(2024, 1, 1), date(2025, 3, 31)))
    assert (found.difference, found.percent) == (105, None)
    assert found.words == "The periods are not equally long."


def test_a_leap_year_is_as_long_as_another():
    assert changed(a_figure(5), a_figure(4), financial_year(2024), financial_year(2023)).words == ""


def test_another_codebook_is_unlike():
    found = changed(a_figure(5), a_figure(4), same_codebook=False)
    assert (found.percent, found.words) == (
        None,
        "The periods were coded by different versions of the codebook.",
    )


def test_none_before_has_no_percentage():
    found = changed(a_figure(3), a_figure(0))
    assert (found.difference, found.percent) == (3, None)


def test_a_number_that_may_not_be_seen_gives_nothing_away():
    found = changed(a_figure(None), a_figure(4))
    assert (found.difference, found.percent, found.points) == (None, None, None)


def test_different_measures_and_means_are_refused():
    with pytest.raises(ValueError, match="different things"):
        changed(a_figure(3), a_figure(3, ref="panel.nature_death"))
    mean = replace(a_figure(7.8), statistic=Statistic.MEAN)
    with pytest.raises(ValueError, match="not a count"):
        changed(mean, mean)


def test_breaks_are_in_order_and_cited():
    assert [each.on for each in BREAKS] == sorted(each.on for each in BREAKS)
    assert all(each.source and each.what.endswith(".") for each in BREAKS)
