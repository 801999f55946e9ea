"""Which dates of birth a search may take in place of the recorded one."""

from datetime import date, timedelta

import pytest

from sightline.identity.pds.dates import DateError, age_on, near, swapped

AS_OF = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("born_on", "days"),
    [
        (date(2026, 8, 1), 3),
        (date(2025, 9, 2), 3),  # a year old tomorrow
        (date(2025, 9, 1), 14),  # a year old today
        (date(2021, 9, 2), 14),
        (date(2021, 9, 1), 31),
        (date(2014, 9, 2), 31),
        (date(2014, 9, 1), 183),
        (date(2009, 3, 3), 183),
    ],
)
def test_the_window_round_a_date_of_birth_widens_with_age(born_on, days):
    window = near(born_on, AS_OF)
    assert (window.first, window.last) == (
        born_on - timedelta(days=days),
        min(born_on + timedelta(days=days), AS_OF),
    )
    assert window.error is DateError.NEAR


def test_no_window_reaches_into_the_future():
    assert near(date(2026, 8, 31), AS_OF).last == AS_OF


def test_the_first_of_january_of_an_older_child_stands_for_the_year():
    window = near(date(2012, 1, 1), AS_OF)
    assert (window.first, window.last) == (date(2012, 1, 1), date(2012, 12, 31))
    assert window.error is DateError.ONLY_THE_YEAR_KNOWN


def test_the_first_of_january_of_a_small_child_is_a_birthday_like_others():
    assert near(date(2024, 1, 1), AS_OF).error is DateError.NEAR


@pytest.mark.parametrize(
    ("born_on", "other"),
    [
        (date(2015, 3, 7), date(2015, 7, 3)),
        (date(2015, 3, 12), date(2015, 12, 3)),
        (date(2015, 3, 13), None),
        (date(2015, 7, 7), None),
        (date(2026, 1, 9), None),  # swapped it would be tomorrow
    ],
)
def test_day_and_month_are_swapped_where_that_is_another_day_that_has_been(born_on, other):
    as_of = AS_OF - timedelta(days=1)
    found = swapped(born_on, as_of)
    assert (found.first if found else None) == other


@pytest.mark.parametrize(
    ("as_of", "age"),
    [(date(2025, 2, 28), 4), (date(2025, 3, 1), 5), (date(2024, 2, 28), 3), (date(2024, 2, 29), 4)],
)
def test_a_child_of_a_leap_day_has_its_birthday_on_the_first_of_march(as_of, age):
    assert age_on(date(2020, 2, 29), as_of) == age
