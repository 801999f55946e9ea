from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sightline.vocabulary.working_days import (
    is_working_day,
    working_day_after,
    working_day_after_many,
    working_days_between,
    working_days_between_many,
)

DAYS = st.dates(date(2010, 1, 1), date(2031, 12, 31))  # past both ends of the table
COUNTS = st.integers(-300, 300)


@given(DAYS, COUNTS)
def test_counting_to_a_day_and_numbering_it_are_inverse(day, count):
    assert working_days_between(day, working_day_after(day, count)) == count


@given(DAYS, DAYS)
def test_numbering_a_working_day_and_counting_to_it_are_inverse(start, end):
    if not is_working_day(end):
        end = working_day_after(end, 1)
    count = working_days_between(start, end)
    assert working_day_after(start, count) == end


@given(DAYS, COUNTS)
def test_the_day_found_is_a_working_day_and_a_plain_count_agrees(day, count):
    step = timedelta(days=1 if count > 0 else -1)
    reached, left = day, abs(count)
    while left:
        reached += step
        left -= is_working_day(reached)
    assert working_day_after(day, count) == reached


@given(DAYS, DAYS, COUNTS)
def test_a_later_trigger_never_falls_due_earlier(one, other, count):
    earlier, later = sorted((one, other))
    assert working_day_after(earlier, count) <= working_day_after(later, count)


@given(DAYS, COUNTS, COUNTS)
def test_a_longer_limit_never_falls_due_earlier(day, one, other):
    shorter, longer = sorted((one, other))
    # Day 0 of a day off is that day itself, which lies between the working days before and after it.
    assert working_day_after(day, shorter) <= working_day_after(day, longer)


@given(DAYS, DAYS, DAYS)
def test_a_later_end_never_has_a_smaller_number(start, one, other):
    earlier, later = sorted((one, other))
    assert working_days_between(start, earlier) <= working_days_between(start, later)


@given(st.lists(st.tuples(DAYS, DAYS, COUNTS), min_size=1, max_size=20))
def test_arrays_give_what_single_dates_give(rows):
    starts, ends, counts = (list(column) for column in zip(*rows, strict=True))
    as_days = np.array(starts, dtype="datetime64[D]")
    assert working_day_after_many(as_days, counts).tolist() == [
        working_day_after(start, count) for start, count in zip(starts, counts, strict=True)
    ]
    assert working_days_between_many(as_days, np.array(ends, dtype="datetime64[D]")).tolist() == [
        working_days_between(start, end) for start, end in zip(starts, ends, strict=True)
    ]
    assert working_day_after_many(as_days, counts[0]).tolist() == [
        working_day_after(start, counts[0]) for start in starts
    ]
