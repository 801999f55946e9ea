"""Days known to the day, month, term or year, and ages and school ages on their boundary days."""

from datetime import date

import pytest

from sightline.chronology.days import age_on, days_apart, school_age, school_year_of, stretch_of, written
from sightline.vocabulary.events import DatePrecision as P


@pytest.mark.parametrize(
    ("on", "precision", "last", "said"),
    [
        (date(2024, 5, 3), P.DAY, date(2024, 5, 3), "3 May 2024"),
        (date(2024, 2, 1), P.MONTH, date(2024, 2, 29), "February 2024"),
        (date(2024, 9, 1), P.TERM, date(2024, 12, 31), "autumn term 2024"),
        (date(2024, 1, 1), P.TERM, date(2024, 4, 30), "spring term 2024"),
        (date(2024, 4, 20), P.TERM, date(2024, 7, 31), "summer term 2024"),
        (date(2024, 8, 1), P.TERM, date(2024, 12, 31), "autumn term 2024"),
        (date(2027, 3, 29), P.TERM, date(2027, 7, 31), "summer term 2027"),
        (date(2024, 1, 1), P.YEAR, date(2024, 12, 31), "2024"),
        (date(2023, 4, 1), P.YEAR, date(2024, 3, 31), "year from 1 April 2023"),
    ],
)
def test_a_date_stretches_as_far_as_it_is_known(on, precision, last, said):
    assert stretch_of(on, precision) == (on, last)
    assert written(on, precision) == said


def test_no_date_has_no_stretch():
    assert stretch_of(None, P.DAY) is None
    assert stretch_of(date(2024, 1, 1), P.UNKNOWN) is None
    assert written(None, P.DAY) == "date not known"


def test_days_apart_counts_between_the_nearest_days():
    march = (date(2024, 3, 1), date(2024, 3, 31))
    assert days_apart(march, (date(2024, 3, 31), date(2024, 3, 31))) == 0
    assert days_apart(march, (date(2024, 4, 2), date(2024, 4, 2))) == 2
    assert days_apart((date(2024, 2, 27), date(2024, 2, 28)), march) == 2


BORN = date(2016, 2, 29)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2016, 2, 28), date(2016, 2, 28), "before birth"),
        (date(2016, 3, 1), date(2016, 3, 1), "1 day"),
        (date(2016, 4, 28), date(2016, 4, 28), "1 month"),
        (date(2018, 2, 28), date(2018, 2, 28), "23 months"),
        (date(2018, 3, 1), date(2018, 3, 1), "2 years"),
        (date(2020, 2, 28), date(2020, 2, 28), "3 years"),
        (date(2020, 2, 29), date(2020, 2, 29), "4 years"),
        (date(2020, 2, 1), date(2020, 2, 29), "3 or 4 years"),
        (date(2018, 2, 1), date(2018, 3, 31), "23 months to 2 years"),
    ],
)
def test_an_age_is_as_exact_as_the_day(first, last, said):
    assert age_on(BORN, (first, last)) == said


@pytest.mark.parametrize(
    ("born", "starts"),
    [
        (date(2019, 8, 31), date(2024, 8, 31)),
        (date(2019, 9, 1), date(2024, 12, 31)),
        (date(2019, 12, 31), date(2024, 12, 31)),
        (date(2020, 1, 1), date(2025, 3, 31)),
        (date(2020, 4, 1), date(2025, 8, 31)),
    ],
)
def test_school_age_starts_on_the_prescribed_day_after_the_fifth_birthday(born, starts):
    assert school_age(born)[0] == starts


def test_school_age_ends_on_the_last_friday_in_june_of_the_year_of_sixteen():
    assert school_age(date(2008, 9, 1))[1] == date(2025, 6, 27)
    assert school_age(date(2008, 8, 31))[1] == date(2024, 6, 28)
    assert school_year_of(date(2024, 8, 31)) == (date(2023, 9, 1), date(2024, 8, 31))
