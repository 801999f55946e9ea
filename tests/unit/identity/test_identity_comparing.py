"""Each level at which two records can agree, reached by an example, and what cannot be compared."""

from datetime import date

import pytest
from people_frames import a_person, compared

from sightline.identity import comparing
from sightline.identity.levels import (
    BORN,
    FIELDS,
    FORENAME,
    MIDDLE,
    NHS_NUMBER,
    ORDER,
    PLACE,
    SEX,
    SURNAME,
    UPN,
    Born,
    Forename,
    Middle,
    Number,
    Order,
    Place,
    Sex,
    Surname,
)


def level(field: int, one: dict[str, object], other: dict[str, object]) -> int:
    """Asked both ways round, which must not matter."""
    there = compared(a_person(**one), a_person(**other))[1][field]
    assert compared(a_person(**other), a_person(**one))[1][field] == there
    return there


def named(*names: str) -> tuple[dict[str, object], dict[str, object]]:
    one, other = names
    return {"forenames": one}, {"forenames": other}


@pytest.mark.parametrize(
    ("one", "other", "reached"),
    [
        ("", "Zuzanna", Forename.MISSING),
        ("Zuzanna", "ZUZANNA", Forename.SAME),
        ("Baby Zuzanna", "Zuzanna", Forename.SAME),
        ("Unborn", "Zuzanna", Forename.MISSING),
        ("Aishah", "Aysha", Forename.SOUND),
        ("Olivia", "Livvy", Forename.RELATIVE),
        ("Gloden", "Golden", Forename.SLIP),
        ("Zuzanna", "Zuzana Q", Forename.SOUND),
        ("Thornwin", "Thorn", Forename.PART),
        ("Zuzanna", "Z", Forename.PART),
        ("Quill Zuzanna", "Zuzanna", Forename.OTHER_NAME),
        ("Zuzanna (Quill)", "Quill", Forename.OTHER_NAME),
        ("Quill Bramble", "Fern Bramble", Forename.OTHER_NEAR),
        ("Thistledown", "Thisteldowm", Forename.NEAR),
        ("Zuzanna", "Gorse", Forename.DIFFERENT),
    ],
)
def test_each_level_of_forenames(one, other, reached):
    assert level(FORENAME, *named(one, other)) == reached


def test_a_preferred_forename_counts_as_a_first_one():
    assert (
        level(FORENAME, {"forenames": "Quill", "preferred_forename": "Bramble"}, {"forenames": "Bramble"})
        == Forename.SAME
    )


@pytest.mark.parametrize(
    ("one", "other", "reached"),
    [
        ("Zuzanna", "Zuzanna Fern", Middle.SILENT),
        ("Zuzanna Fern", "Zuzanna Fern", Middle.SHARED),
        ("Zuzanna Fern", "Zuzanna Ferm", Middle.SHARED),
        ("Zuzanna Fern", "Zuzanna Gorse", Middle.DIFFERENT),
    ],
)
def test_each_level_of_further_forenames(one, other, reached):
    assert level(MIDDLE, *named(one, other)) == reached


@pytest.mark.parametrize(
    ("one", "other", "reached"),
    [
        ("", "Pebblebrook", Surname.MISSING),
        ("Pebblebrook", "PEBBLEBROOK", Surname.SAME),
        ("Pebblebrook-Moss", "Moss Pebblebrook", Surname.SAME),
        ("da Pebblebrook", "Pebblebrook", Surname.SAME),
        ("Pebblebrook-Moss", "Moss", Surname.PART),
        ("Moss (Pebblebrook)", "Pebblebrook", Surname.PART),
        ("Kowalski", "Kowalska", Surname.SOUND),
        ("Pebblebrook", "Pebblebrok", Surname.SOUND),
        ("Pebblebrook", "Pebbledrook", Surname.SLIP),
        ("Thistledown", "Thisteldowm", Surname.NEAR),
        ("Pebblebrook", "Moss", Surname.DIFFERENT),
        ("Begum", "Moss", Surname.TITLE),
    ],
)
def test_each_level_of_surnames(one, other, reached):
    assert level(SURNAME, {"surname": one}, {"surname": other}) == reached


def test_a_former_surname_counts_beside_the_present_one():
    one, other = {"surname": "Moss", "former_surname": "Gorse"}, {"surname": "Gorse"}
    assert level(SURNAME, one, other) == Surname.PART


def test_a_fathers_name_among_the_forenames_is_known_for_a_surname():
    one, other = {"forenames": "Zuzanna Warsame", "surname": "Xiddig"}, {"surname": "Warsame"}
    assert level(SURNAME, one, other) == Surname.IN_FORENAMES


def test_names_in_each_others_place_are_read_the_other_way_round():
    one = {"forenames": "Thistle", "surname": "Warbler"}
    other = {"forenames": "Warbler", "surname": "Thistle"}
    assert level(ORDER, one, other) == Order.SWAPPED
    assert level(FORENAME, one, other) == Forename.SAME
    assert level(SURNAME, one, other) == Surname.SAME
    assert level(ORDER, one, one) == Order.STRAIGHT


@pytest.mark.parametrize(
    ("one", "other", "reached"),
    [
        (None, date(2014, 5, 3), Born.MISSING),
        (date(2014, 5, 3), date(2014, 5, 3), Born.SAME),
        (date(2014, 5, 3), date(2014, 3, 5), Born.SWAPPED),
        (date(2014, 5, 23), date(2014, 1, 1), Born.DEFAULT),
        (date(2014, 5, 23), date(2014, 5, 1), Born.DEFAULT),
        (date(2014, 5, 13), date(2014, 5, 14), Born.ONE_PART),
        (date(2014, 5, 13), date(2014, 5, 23), Born.ONE_PART),
        (date(2014, 9, 13), date(2014, 10, 13), Born.ONE_PART),
        (date(2014, 5, 13), date(2015, 5, 13), Born.ONE_PART),
        (date(2014, 5, 13), date(2014, 5, 28), Born.ONE_PART_FAR),
        (date(2009, 5, 13), date(2014, 5, 13), Born.ONE_PART_FAR),
        (date(2014, 5, 13), date(2015, 6, 13), Born.DIFFERENT),
        (date(1850, 5, 13), date(1850, 5, 13), Born.SAME),
        (date(1850, 5, 13), date(2014, 6, 20), Born.DIFFERENT),
        (date(2199, 5, 13), date(2199, 5, 13), Born.SAME),
        (date(1899, 12, 31), date(1899, 12, 31), Born.SAME),
    ],
)
def test_each_level_of_dates_of_birth(one, other, reached):
    assert level(BORN, {"born_on": one}, {"born_on": other}) == reached


@pytest.mark.parametrize(
    ("expected", "born", "reached"),
    [
        (date(2024, 5, 1), date(2024, 5, 20), Born.NEAR_EXPECTED),
        (date(2024, 5, 1), date(2024, 6, 1), Born.NEAR_EXPECTED),
        (date(2024, 5, 1), date(2024, 6, 2), Born.FAR_EXPECTED),
        (date(2024, 5, 1), date(2014, 5, 1), Born.FAR_EXPECTED),
        (date(2024, 5, 1), date(2024, 5, 1), Born.NEAR_EXPECTED),
    ],
)
def test_a_birth_is_compared_with_the_date_it_was_expected(expected, born, reached):
    assert level(BORN, {"born_on": None, "expected_on": expected}, {"born_on": born}) == reached


@pytest.mark.parametrize(
    ("one", "other", "reached"),
    [
        ("", "female", Sex.MISSING),
        ("male", "male", Sex.SAME),
        ("male", "female", Sex.DIFFERENT),
        ("unknown", "female", Sex.MISSING),
    ],
)
def test_each_level_of_sex(one, other, reached):
    assert level(SEX, {"sex": one}, {"sex": other}) == reached


@pytest.mark.parametrize(
    ("one", "other", "reached"),
    [
        ("", "ZZ11AA", Place.MISSING),
        ("ZZ11AA", "ZZ11AA", Place.SAME),
        ("ZZ11AA", "ZZ71AA", Place.SLIP),
        ("ZZ11AA", "ZZ11AB", Place.SECTOR),
        ("ZZ11AA", "ZZ12BB", Place.DISTRICT),
        ("ZZ11AA", "ZZ345BB", Place.AREA),
        ("ZZ11AA", "XX95QQ", Place.DIFFERENT),
    ],
)
def test_each_level_of_postcodes(one, other, reached):
    assert level(PLACE, {"postcode": one}, {"postcode": other}) == reached


def test_an_earlier_postcode_counts_beside_the_present_one():
    one, other = {"postcode": "XX95QQ", "former_postcodes": ["ZZ11AA"]}, {"postcode": "ZZ11AA"}
    assert level(PLACE, one, other) == Place.SAME


@pytest.mark.parametrize(
    ("area_of_school", "reached"), [("ZZ", Place.TOLD_SAME), ("XX", Place.TOLD_DIFFERENT)]
)
def test_a_school_tells_the_area_where_the_postcode_is_missing(area_of_school, reached):
    from people_frames import AGENCIES, a_crowd, a_frame

    pupils = [
        a_person(agency="education", postcode=f"{area_of_school}{n}1AA", school="900001") for n in range(1, 9)
    ]
    frame = a_frame(
        a_person(agency="education", postcode="", school="900001"), a_person(), *pupils, *a_crowd(10)
    )
    assert _levels(frame, AGENCIES)[PLACE] == reached


def _levels(frame, agencies):
    import numpy as np

    from sightline.identity.reading import population
    from sightline.identity.scoring import evidence_of
    from sightline.identity.weights import shipped_weights

    rows = np.array([0], np.int32), np.array([1], np.int32)
    return evidence_of(*rows, population(frame, agencies), shipped_weights())[1][0]


@pytest.mark.parametrize("field", [NHS_NUMBER, UPN])
@pytest.mark.parametrize(
    ("agencies", "numbers", "reached"),
    [
        (("health", "police"), ("", "9000000009"), Number.MISSING),
        (("health", "police"), ("9000000009", "9000000009"), Number.SAME),
        (("health", "health"), ("9000000009", "9000000017"), Number.DIFFERENT_WITHIN),
        (("health", "police"), ("9000000009", "9000000017"), Number.DIFFERENT_BETWEEN),
    ],
)
def test_each_level_of_numbers(field, agencies, numbers, reached):
    column = "nhs_number" if field == NHS_NUMBER else "upn"
    one, other = (
        {"agency": agency, column: number} for agency, number in zip(agencies, numbers, strict=True)
    )
    assert level(field, one, other) == reached


def test_the_numbers_in_the_compiled_code_are_the_levels():
    compiled = [
        *(comparing.F_MISSING, comparing.F_SAME, comparing.F_SOUND, comparing.F_RELATIVE),
        *(comparing.F_SLIP, comparing.F_PART, comparing.F_OTHER, comparing.F_OTHER_NEAR),
        *(comparing.F_NEAR, comparing.F_DIFFERENT),
    ]
    assert compiled == list(Forename)
    assert [
        *(comparing.S_MISSING, comparing.S_SAME, comparing.S_PART, comparing.S_SOUND, comparing.S_SLIP),
        *(comparing.S_NEAR, comparing.S_IN_FORENAMES, comparing.S_DIFFERENT, comparing.S_TITLE),
    ] == list(Surname)
    assert len(FIELDS) == comparing.FIELD_COUNT


@pytest.mark.parametrize("field", ["forenames", "surname"])
def test_long_names_that_differ_in_their_last_letter_are_a_slip_apart(field):
    number = FORENAME if field == "forenames" else SURNAME
    one, other = {field: "venkatasubramaniam"}, {field: "venkatasubramaniak"}
    assert level(number, one, other) == (Forename.SLIP if number == FORENAME else Surname.SLIP)


def test_two_records_that_say_nothing_say_nothing_for_each_other():
    silent = {"surname": "", "forenames": "", "born_on": None, "sex": "", "postcode": ""}
    evidence, levels = compared(a_person(**silent), a_person(agency="education", **silent))
    assert levels == [0] * len(FIELDS)
    assert -1.1 < evidence <= 0.1


def test_the_same_date_surname_and_address_do_not_outvote_different_forenames():
    home = {"surname": "Pebblebrook", "born_on": date(2014, 5, 3), "postcode": "ZZ11AA"}
    evidence, _ = compared(
        a_person(forenames="Zuzanna", **home), a_person(agency="education", forenames="Gorse", **home)
    )
    same, _ = compared(
        a_person(forenames="Zuzanna", **home), a_person(agency="education", forenames="Zuzanna", **home)
    )
    # What the forenames say when they are the same must far outweigh all that twins have in common.
    assert same - evidence > evidence
