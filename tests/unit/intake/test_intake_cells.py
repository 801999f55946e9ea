"""Cells as values, in the ways that agencies write them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.intake.cells import (
    DATE_FORMS,
    EXCEL_NUMBER,
    ISO,
    SLASHED,
    Problem,
    date_of,
    doubt_about,
    is_nothing,
    nhs_number_of,
    postcode_of,
    sex_of,
    upn_of,
)
from sightline.vocabulary.codes import Sex

AS_OF = date(2025, 9, 1)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2015-04-03", date(2015, 4, 3)),
        (" 03/04/2015 ", date(2015, 4, 3)),
        ("3.4.2015", date(2015, 4, 3)),
        ("03/04/2015 00:00:00", date(2015, 4, 3)),
        ("03-Apr-2015", date(2015, 4, 3)),
        ("3 April 2015", date(2015, 4, 3)),
        ("2015-04-03T23:30:00Z", date(2015, 4, 3)),
        ("2015-04-03 00:00:00.000", date(2015, 4, 3)),
        ("29/02/2016", date(2016, 2, 29)),
        (date(2015, 4, 3), date(2015, 4, 3)),
        (datetime(2015, 4, 3, 12, 0), date(2015, 4, 3)),  # noqa: DTZ001 - a workbook's cell has no zone
        ("", None),
        ("   ", None),
        (None, None),
    ],
)
def test_a_day_is_read_in_every_usual_form(cell, day):
    assert date_of(cell) == day


@pytest.mark.parametrize(
    "cell", ["29/02/2015", "31/04/2015", "2015-13-01", "03/04/15", "04/31/2015", "soon", "20150403", 42, True]
)
def test_what_is_no_day_is_a_problem_that_does_not_repeat_it(cell):
    problem = date_of(cell)
    assert isinstance(problem, Problem)
    assert str(cell) not in problem.sentence


def test_only_the_forms_asked_for_are_taken():
    assert isinstance(date_of("03/04/2015", (ISO,)), Problem)
    assert date_of("03/04/2015", (SLASHED,)) == date(2015, 4, 3)
    assert date_of("42097", (*DATE_FORMS, EXCEL_NUMBER)) == date(2015, 4, 3)
    assert date_of(42097, (EXCEL_NUMBER,)) == date(2015, 4, 3)
    assert isinstance(date_of("42097"), Problem)
    assert isinstance(date_of(1e12, (EXCEL_NUMBER,)), Problem)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_survives_each_form(day):
    assert date_of(day.isoformat()) == day
    assert date_of(f"{day.day:02}/{day.month:02}/{day.year}") == day


@pytest.mark.parametrize(
    ("day", "is_doubted"),
    [
        (date(1900, 1, 1), True),
        (date(1899, 12, 31), True),
        (date(1900, 1, 3), False),
        (date(1970, 1, 1), True),
        (AS_OF, False),
        (date(2025, 9, 2), True),
        (date(2099, 12, 31), True),
    ],
)
def test_a_day_nobody_can_mean_is_doubted_and_never_an_error(day, is_doubted):
    assert (doubt_about(day, as_of=AS_OF) is not None) is is_doubted


def test_a_day_that_may_lie_ahead_is_doubted_only_years_ahead():
    assert doubt_about(date(2026, 3, 1), as_of=AS_OF, may_lie_ahead=True) is None
    assert doubt_about(date(2099, 3, 1), as_of=AS_OF, may_lie_ahead=True)


@pytest.mark.parametrize("written", ["SW1A 1AA", "sw1a1aa", " SW1A  1AA ", "Sw1a 1aA"])
def test_a_postcode_is_one_however_it_is_typed(written):
    assert postcode_of(written) == "SW1A1AA"


@pytest.mark.parametrize("written", ["ZZ99 3VZ", "zz993wz", "ZZ99 9ZZ", "NFA"])
def test_what_stands_in_for_a_postcode_is_no_place(written):
    problem = postcode_of(written)
    assert isinstance(problem, Problem)
    assert problem.is_placeholder


def test_a_letter_for_a_nought_is_not_mended():
    problem = postcode_of("BN1 OAA")
    assert isinstance(problem, Problem)
    assert not problem.is_placeholder
    assert "BN1" not in problem.sentence


@pytest.mark.parametrize("written", ["", None, " ", "N/A", "unknown"])
def test_no_postcode_is_nothing_wrong(written):
    assert postcode_of(written) is None


def test_identifiers_come_in_their_normal_form_or_as_a_problem():
    assert nhs_number_of("943 476 5919") == "9434765919"
    assert nhs_number_of(9434765919.0) == "9434765919"
    assert isinstance(nhs_number_of("9434765918"), Problem)
    assert nhs_number_of("") is None
    assert upn_of(" y822746613657 ") == "Y822746613657"
    assert isinstance(upn_of("Y822746613658"), Problem)
    assert upn_of("unknown") is None


@pytest.mark.parametrize(
    ("written", "sex"),
    [
        *((each, Sex.MALE) for each in ("M", "m", "1", "Male", " boy ", "1.0")),
        *((each, Sex.FEMALE) for each in ("F", "2", "FEMALE", "girl")),
        *((each, Sex.NOT_KNOWN) for each in ("U", "0", "I", "9", "unknown", "Indeterminate")),
        ("", None),
        (None, None),
    ],
)
def test_a_sex_is_read_in_every_agencys_codes(written, sex):
    assert sex_of(written) is sex


def test_another_code_for_sex_is_a_problem():
    assert isinstance(sex_of("7"), Problem)


def test_the_usual_words_for_nothing_are_nothing():
    assert all(is_nothing(each) for each in (None, "", " - ", "N/A", "Not known"))
    assert not any(is_nothing(each) for each in ("0", 0, "no", "Nil Street"))
