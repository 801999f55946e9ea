from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.vocabulary.periods import Period, financial_year, financial_year_of, in_words

YEAR_2022_23 = financial_year(2022)
FIFTEEN_MONTHS = Period(date(2022, 1, 1), date(2023, 3, 31))


def test_financial_year_runs_from_april_to_march():
    assert financial_year(2022) == Period(date(2022, 4, 1), date(2023, 3, 31))
    assert YEAR_2022_23.is_financial_year and YEAR_2022_23.year_label == "2022-23"
    assert financial_year(1999).year_label == "1999-00"


@pytest.mark.parametrize(
    ("day", "starting_in"),
    [
        (date(2023, 3, 31), 2022),
        (date(2023, 4, 1), 2023),
        (date(2024, 2, 29), 2023),
        (date(2023, 12, 31), 2023),
    ],
)
def test_financial_year_of_a_day(day, starting_in):
    assert financial_year_of(day) == financial_year(starting_in)


@pytest.mark.parametrize(
    "period",
    [
        FIFTEEN_MONTHS,
        Period(date(2022, 4, 1), date(2024, 3, 31)),
        Period(date(2022, 4, 1), date(2023, 3, 30)),
        Period(date(2022, 4, 2), date(2023, 3, 31)),
        Period(date(9999, 4, 1), date(9999, 12, 31)),
    ],
)
def test_other_windows_are_no_financial_year_and_say_their_days(period):
    assert not period.is_financial_year
    assert period.year_label == period.label == f"{in_words(period.first)} to {in_words(period.last)}"


def test_both_ends_are_inside_and_the_days_around_them_are_not():
    assert date(2022, 4, 1) in YEAR_2022_23 and date(2023, 3, 31) in YEAR_2022_23
    assert date(2022, 3, 31) not in YEAR_2022_23 and date(2023, 4, 1) not in YEAR_2022_23


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="swap the dates"):
        Period(date(2023, 4, 1), date(2023, 3, 31))


def test_a_period_of_one_day_is_its_own_quarter_and_half_year():
    day = Period(date(2024, 2, 29), date(2024, 2, 29))
    assert day.quarters() == day.half_years() == (day,)


def test_quarters_and_half_years_of_a_financial_year():
    assert [str(quarter) for quarter in YEAR_2022_23.quarters()] == [
        "2022-04-01/2022-06-30",
        "2022-07-01/2022-09-30",
        "2022-10-01/2022-12-31",
        "2023-01-01/2023-03-31",
    ]
    assert [str(half) for half in YEAR_2022_23.half_years()] == [
        "2022-04-01/2022-09-30",
        "2022-10-01/2023-03-31",
    ]


def test_fifteen_months_have_five_quarters_and_a_half_year_cut_short():
    assert len(FIFTEEN_MONTHS.quarters()) == 5
    assert FIFTEEN_MONTHS.half_years()[-1] == Period(date(2023, 1, 1), date(2023, 3, 31))


def test_quarters_from_a_month_end_do_not_wander():
    from_a_31st = Period(date(2022, 8, 31), date(2023, 8, 30))
    assert [quarter.first for quarter in from_a_31st.quarters()] == [
        date(2022, 8, 31),
        date(2022, 11, 30),
        date(2023, 2, 28),
        date(2023, 5, 31),
    ]


def test_a_window_to_the_end_of_the_calendar_can_be_cut():
    assert Period(date(9999, 1, 31), date.max).quarters()[-1] == Period(date(9999, 10, 31), date.max)


@given(
    st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    st.integers(0, 2000),
    st.sampled_from(["quarters", "half_years"]),
)
def test_every_day_lies_in_exactly_one_run(first, days, cut):
    period = Period(first, first + timedelta(days=days))
    runs = getattr(period, cut)()
    assert (runs[0].first, runs[-1].last) == (period.first, period.last)
    for earlier, later in pairwise(runs):
        assert later.first - earlier.last == timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "words"), [(date(2022, 4, 1), "1 April 2022"), (date(2024, 12, 31), "31 December 2024")]
)
def test_a_date_in_words(day, words):
    assert in_words(day) == words
