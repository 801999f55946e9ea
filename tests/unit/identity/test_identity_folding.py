"""Several rows of one record are one person: the newest that is said counts, the rest is kept as former."""

from datetime import date

from folded_people import rows_of_people
from polars.testing import assert_frame_equal

from sightline.identity.folding import COLUMNS, folded

SUNDERLAND, DURHAM, LEEDS = "SR11AA", "DH11AA", "LS11AA"


def the_one(*rows):
    people = folded(rows_of_people(*rows))
    assert people.height == 1
    return people.row(0, named=True)


def test_parts_of_a_record_are_put_together():
    person = the_one(
        {"record_id": "1", "surname": "Quill", "forenames": "Ada", "born_on": date(2015, 3, 1)},
        {"record_id": "1", "postcode": SUNDERLAND},
        {"record_id": "1", "upn": "A123456789012"},
    )
    assert (person["surname"], person["forenames"], person["postcode"]) == ("Quill", "Ada", SUNDERLAND)
    assert (person["upn"], person["born_on"]) == ("A123456789012", date(2015, 3, 1))


def test_what_is_told_last_counts_and_an_empty_cell_tells_nothing():
    person = the_one(
        {"record_id": "1", "sex": "female", "nhs_number": "9000000009"},
        {"record_id": "1", "sex": "male"},
        {"record_id": "1", "school": "100000"},
    )
    assert (person["sex"], person["nhs_number"], person["school"]) == ("male", "9000000009", "100000")


def test_earlier_surnames_and_postcodes_become_former_ones_the_latest_first():
    person = the_one(
        {"record_id": "1", "surname": "Ash", "postcode": LEEDS, "former_postcodes": ["BD11AA"]},
        {"record_id": "1", "surname": "Birch", "postcode": DURHAM, "former_surname": "Elm"},
        {"record_id": "1", "surname": "Cedar", "postcode": SUNDERLAND},
    )
    assert person["surname"] == "Cedar"
    assert person["former_surname"] == "Elm|Birch|Ash"
    assert person["postcode"] == SUNDERLAND
    assert person["former_postcodes"] == [DURHAM, "BD11AA", LEEDS]


def test_a_surname_or_postcode_that_came_back_is_not_former():
    person = the_one(
        {"record_id": "1", "surname": "Ash", "postcode": LEEDS},
        {"record_id": "1", "surname": "Birch", "postcode": DURHAM},
        {"record_id": "1", "surname": "Ash", "postcode": LEEDS},
    )
    assert (person["former_surname"], person["former_postcodes"]) == ("Birch", [DURHAM])


def test_an_earlier_whole_name_becomes_an_alias_and_an_earlier_upn_the_former_one():
    person = the_one(
        {"record_id": "1", "surname": "Ash", "forenames": "Zofia", "upn": "A1", "aliases": ["Zo Ash"]},
        {"record_id": "1", "surname": "Ash", "forenames": "Sophie", "upn": "B2"},
        {"record_id": "1", "forenames": "Sophie"},
    )
    assert person["aliases"] == ["Zo Ash", "Zofia Ash"]
    assert (person["upn"], person["former_upn"]) == ("B2", "A1")


def test_a_flag_that_any_row_raises_stays_raised():
    person = the_one(
        {"record_id": "1", "is_restricted": True},
        {"record_id": "1", "is_address_protected": True},
        {"record_id": "1"},
    )
    assert (person["is_restricted"], person["is_address_protected"], person["is_adult"]) == (
        True,
        True,
        False,
    )


def test_records_of_two_agencies_or_numbers_stay_apart_and_come_in_their_order():
    people = folded(
        rows_of_people(
            {"record_id": "2", "surname": "Ash"},
            {"record_id": "1", "agency": "police", "surname": "Birch"},
            {"record_id": "1", "surname": "Cedar"},
            {"record_id": "2", "postcode": LEEDS},
        )
    )
    assert people.select("agency", "record_id", "surname").rows() == [
        ("health", "1", "Cedar"),
        ("health", "2", "Ash"),
        ("police", "1", "Birch"),
    ]


def test_records_told_once_come_out_as_they_went_in():
    rows = rows_of_people(
        {"record_id": "1", "surname": "Ash", "aliases": ["A Ash"], "former_postcodes": [LEEDS]},
        {"record_id": "2", "former_surname": "Elm"},
    )
    assert_frame_equal(folded(rows), rows.select(COLUMNS))


def test_nobody_is_folded_into_nobody():
    nobody = rows_of_people({"record_id": "1"}).clear()
    assert folded(nobody).rows() == []
    assert tuple(folded(nobody).columns) == COLUMNS
