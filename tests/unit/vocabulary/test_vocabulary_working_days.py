from collections import Counter
from datetime import date, timedelta

import holidays
import numpy as np
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from sightline.vocabulary.working_days import (
    BANK_HOLIDAYS,
    TABLE_FIRST,
    TABLE_LAST,
    beyond_table,
    is_working_day,
    working_day_after,
    working_day_after_many,
    working_days_between,
    working_days_between_many,
)


@pytest.mark.parametrize(
    ("trigger", "count", "falls_on"),
    [
        # The golden dates of the design, section 6.
        (date(2025, 12, 19), 5, date(2025, 12, 30)),  # Christmas and Boxing Day
        (date(2025, 12, 30), 15, date(2026, 1, 21)),  # New Year's Day
        (date(2026, 4, 1), 5, date(2026, 4, 10)),  # Good Friday and Easter Monday
        (date(2026, 4, 10), 15, date(2026, 5, 1)),
        (date(2026, 5, 22), 5, date(2026, 6, 1)),  # spring bank holiday
        (date(2026, 5, 23), 5, date(2026, 6, 1)),  # a Saturday is day 0, Tuesday is day 1
        (date(2026, 6, 1), 15, date(2026, 6, 22)),
        (date(2026, 4, 14), -7, date(2026, 4, 1)),
        # Day 0 is the day itself, working or not.
        (date(2026, 5, 23), 0, date(2026, 5, 23)),
        (date(2026, 5, 25), 1, date(2026, 5, 26)),  # the bank holiday itself
        (date(2026, 5, 24), -1, date(2026, 5, 22)),
        (date(2024, 2, 28), 1, date(2024, 2, 29)),  # leap day
        (date(2024, 2, 29), 1, date(2024, 3, 1)),
        (date(2022, 12, 23), 1, date(2022, 12, 28)),  # Christmas Day on a Sunday: the substitute is the 27th
        (date(2022, 9, 16), 1, date(2022, 9, 20)),  # the one-off bank holiday of 19 September 2022
    ],
)
def test_working_day_after_known_dates(trigger, count, falls_on):
    assert working_day_after(trigger, count) == falls_on


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        (date(2025, 12, 19), date(2025, 12, 30), 5),
        (date(2026, 5, 23), date(2026, 6, 1), 5),
        (date(2026, 4, 14), date(2026, 4, 1), -7),
        (date(2026, 5, 22), date(2026, 5, 22), 0),
        (date(2026, 5, 22), date(2026, 5, 25), 0),  # a bank holiday has the number of the day before it
        (date(2026, 5, 22), date(2026, 5, 26), 1),
        (date(2026, 5, 23), date(2026, 5, 24), 0),
    ],
)
def test_working_days_between_known_dates(start, end, number):
    assert working_days_between(start, end) == number


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 5, 22), True),
        (date(2026, 5, 23), False),
        (date(2026, 5, 25), False),
        (date(2022, 6, 2), False),  # the spring bank holiday moved for the jubilee
        (date(2022, 5, 30), True),  # …from here
        (date(2020, 5, 8), False),  # early May moved to VE day
        (date(2020, 5, 4), True),
    ],
)
def test_is_working_day(day, works):
    assert is_working_day(day) is works


def test_missing_dates_stay_missing_in_arrays():
    days = np.array(["2026-05-23", "NaT"], dtype="datetime64[D]")
    assert np.isnat(working_day_after_many(days, 5)).tolist() == [False, True]
    assert np.isnan(working_days_between_many(days, days[::-1])).tolist() == [True, True]
    assert working_days_between_many(days, np.datetime64("2026-06-01")).tolist()[0] == 5.0


def test_arrays_may_be_empty():
    nothing = np.array([], dtype="datetime64[D]")
    assert working_day_after_many(nothing, 5).size == working_days_between_many(nothing, nothing).size == 0


@pytest.mark.parametrize(("edge", "count"), [(date.max, 1), (date.min, -1)])
def test_a_date_past_the_calendar_is_refused_in_words(edge, count):
    with pytest.raises(OverflowError, match="outside the years 1 to 9999"):
        working_day_after(edge, count)


@pytest.mark.parametrize("day", [TABLE_FIRST, date(2024, 2, 29), TABLE_LAST])
def test_no_warning_inside_the_table(day):
    assert beyond_table(day) is None


@pytest.mark.parametrize("day", [TABLE_FIRST - timedelta(days=1), TABLE_LAST + timedelta(days=1)])
def test_a_warning_names_the_day_and_the_years_covered_on_either_side(day):
    warning = beyond_table(day)
    assert warning is not None
    assert f"{day.day} " in warning and str(day.year) in warning
    assert f"{TABLE_FIRST.year} to {TABLE_LAST.year}" in warning


def test_table_is_in_order_on_weekdays_and_holds_whole_years():
    assert list(BANK_HOLIDAYS) == sorted(set(BANK_HOLIDAYS))
    assert all(day.weekday() < 5 for day in BANK_HOLIDAYS)
    a_year = Counter(day.year for day in BANK_HOLIDAYS)
    assert a_year.keys() == set(range(TABLE_FIRST.year, TABLE_LAST.year + 1))
    assert min(a_year.values()) == 8


def test_table_agrees_with_the_government_list():
    published = BankHolidays(use_cached_holidays=True).get_holidays(division="england-and-wales")
    ours = {day for day in BANK_HOLIDAYS if day.year <= max(each["date"].year for each in published)}
    assert ours == {each["date"] for each in published}


def test_table_agrees_with_computed_holidays_on_weekdays():
    computed = holidays.country_holidays(
        "GB", subdiv="ENG", years=range(TABLE_FIRST.year, TABLE_LAST.year + 1)
    )
    assert set(BANK_HOLIDAYS) == {day for day in computed if day.weekday() < 5}


def test_table_agrees_with_the_public_list(reference_rows):
    rows = reference_rows("bank_holidays_england_and_wales.csv")
    assert list(BANK_HOLIDAYS) == [date.fromisoformat(row["date"]) for row in rows]
