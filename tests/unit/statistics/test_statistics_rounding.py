"""A half rounds up, wherever a number is printed rounded."""

from decimal import Decimal

import pytest
from register_frames import a_reviewed_incident

from sightline.statistics.figures import count_figures
from sightline.statistics.tables import Figure, round_half_up
from sightline.vocabulary.periods import financial_year
from sightline.vocabulary.units import Unit


@pytest.mark.parametrize(
    ("number", "decimals", "rounded"),
    [
        ("0.4999", 0, "0"),
        ("0.5", 0, "1"),
        ("2.5", 0, "3"),
        ("12.5", 0, "13"),
        ("0.25", 1, "0.3"),
        ("7.345", 2, "7.35"),
    ],
)
def test_half_a_unit_rounds_up_and_less_does_not(number, decimals, rounded):
    assert round_half_up(Decimal(number), decimals) == Decimal(rounded)


@pytest.mark.parametrize(
    ("value", "base", "percent"), [(1, 8, 13), (1, 200, 1), (1, 201, 0), (5, 200, 3), (0, 8, 0), (8, 8, 100)]
)
def test_a_percentage_of_exactly_a_half_rounds_up(value, base, percent):
    figure = Figure("nature_death", "panel", Unit.INCIDENT, "Deaths", value, base=base)
    assert figure.percent_rounded == percent


@pytest.mark.parametrize(("notifications", "printed"), [(4, 0), (5, 10), (14, 10), (15, 20), (25, 30)])
def test_a_region_half_way_between_tens_rounds_up(notifications, printed):
    more = [
        {
            "notification_id": f"N{number}",
            "incident_id": "I",
            "notified_on": "2022-05-03",
            "notifying_la_code": "E06000001",
            "route": "serious_incident",
        }
        for number in range(1, notifications)
    ]
    register = a_reviewed_incident(("R1", "death", "2022-05-20", ""), more_notifications=more)
    figures = count_figures(register, counting="department", period=financial_year(2022))
    [north_east] = [each for each in figures if each.name == "region_north_east_rounded_to_10"]
    assert north_east.value == printed
