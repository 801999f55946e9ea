"""One child looked up among many: by what is known of it, mistyped, in part, or in another order."""

from datetime import date

import pytest
from people_frames import a_frame, a_person
from searched import an_index, found, look

from sightline.identity.levels import BORN, FORENAME, ORDER, Born, Forename, Order
from sightline.identity.search_words import how_sure, reasons
from sightline.identity.sought import Born as Known
from sightline.identity.sought import CannotSearch, born_of, sought, sought_as_far_as_read

OLIVIA = a_person(
    record_id="OLIVIA",
    surname="Thistledown",
    forenames="Olivia Blythe",
    born_on=date(2014, 5, 3),
    postcode="ZX11AA",
    nhs_number="9434765919",
)
HER_SCHOOL = a_person(
    record_id="SCHOOL",
    agency="education",
    surname="Thistledown",
    forenames="Livvy",
    born_on=date(2014, 5, 3),
    postcode="ZX12BB",
)
UNBORN = a_person(
    record_id="UNBORN",
    agency="social_care",
    surname="Quickthorn",
    forenames="Unborn",
    born_on=None,
    expected_on=date(2022, 3, 10),
    sex="",
    postcode="ZX98ZZ",
)
CLOSED = a_person(
    record_id="CLOSED",
    surname="Formerly",
    forenames="Peregrine",
    postcode="ZX55EE",
    nhs_number="9434765870",
    is_restricted=True,
)


@pytest.fixture(scope="module")
def index():
    return an_index(OLIVIA, HER_SCHOOL, UNBORN, CLOSED, identities=(7, 7, 8, 9))


@pytest.mark.parametrize(
    "typed",
    [
        {"surname": "Thistledown", "forenames": "Olivia", "born": "2014-05-03"},
        {"surname": "THISTLE-DOWN", "forenames": "Livvy", "born": "03/05/2014", "sex": "F"},
        {"surname": "Thisteldown", "forenames": "Olivia", "born": "2014-05-03"},
        {"surname": "Olivia", "forenames": "Thistledown", "born": "2014-05-03"},
        {"surname": "Thistledown", "forenames": "Olivia", "born": "2014-03-05"},
        {"surname": "Thistledown", "forenames": "Olivia", "born": "2014-05-08"},
        {"surname": "Thistledown", "forenames": "Olivia", "born": "2013-05-03"},
        {"surname": "Thistledown", "forenames": "Olivia", "born": "2014-05"},
        {"surname": "Thistledown", "forenames": "Olivia", "born": "2014"},
        {"surname": "Thistledown", "forenames": "Olivia"},
        {"surname": "Thistledown", "forenames": "Blythe", "postcode": "ZX1 1AA"},
        {"forenames": "Olivia", "born": "2014-05-03", "postcode": "ZX1 1AA"},
        {"surname": "Newname", "forenames": "Olivia", "born": "2014-05-03", "postcode": "ZX1 1AA"},
        {"nhs_number": "943 476 5919"},
    ],
)
def test_a_child_is_found_by_whatever_is_known_however_it_is_typed(index, typed):
    first = look(index, **typed).candidates[0]
    assert first.number == 7
    assert {each.record for each in first.records} == {("health", "OLIVIA"), ("education", "SCHOOL")}
    assert 0.4 < first.share <= 1.0


def test_an_unborn_child_is_found_by_the_mothers_name_and_address(index):
    first = look(
        index, surname="Quickthorn", born="2022-03-12", postcode="ZX9 8ZZ", everyone=True
    ).candidates[0]
    assert first.number == 8
    assert first.records[0].levels[BORN] == Born.NEAR_EXPECTED


def test_nothing_is_found_for_a_child_on_nobodys_file_but_the_nearest_are_listed_when_asked(index):
    typed = {"surname": "Thistlewood", "forenames": "Barnabas", "born": "2011-11-23", "sex": "M"}
    assert found(index, **typed) == []
    assert all(each.share < 0.2 for each in look(index, everyone=True, **typed).candidates)


@pytest.mark.parametrize(
    "typed",
    [
        {"surname": "Formerly", "forenames": "Peregrine", "born": "2014-05-03", "postcode": "ZX5 5EE"},
        {"nhs_number": "9434765870"},
        {"postcode": "ZX5 5EE"},
    ],
)
def test_a_record_closed_at_adoption_is_found_by_nobody(index, typed):
    listed = look(index, everyone=True, **typed).candidates
    assert "CLOSED" not in {record.record[1] for each in listed for record in each.records}


def test_the_reasons_say_field_by_field_what_agreed(index):
    first = look(index, surname="Olivia", forenames="Thistledown", born="2014-03-05", sex="F").candidates[0]
    levels = first.records[0].levels
    assert (levels[ORDER], levels[BORN]) == (Order.SWAPPED, Born.SWAPPED)
    assert reasons(first.records[0]) == (
        "forename and surname exchanged",
        "surname the same",
        "forename the same",
        "date of birth with day and month exchanged",
        "sex the same",
    )


def test_of_a_date_known_in_part_the_parts_are_said(index):
    first = look(index, surname="Thistledown", forenames="Olivia", born="2014-06").candidates[0]
    told = reasons(first.records[0])
    assert told[-2:] == ("year of birth the same", "month of birth different")


def test_a_pet_name_that_nobody_bears_on_file_still_leads_to_the_name_it_stands_for(index):
    first = look(index, surname="Thistledown", forenames="Ollie", born="2014-05-03").candidates[0]
    levels = {each.record[1]: each.levels[FORENAME] for each in first.records}
    assert levels["OLIVIA"] == Forename.RELATIVE


def test_every_candidate_but_the_first_is_less_likely_and_shares_make_no_more_than_one(index):
    listed = look(index, surname="Hussain", forenames="Farah", everyone=True).candidates
    assert len(listed) > 1
    assert [each.bits for each in listed] == sorted((each.bits for each in listed), reverse=True)
    assert sum(each.share for each in listed) <= 1.0
    assert listed == look(index, surname="Hussain", forenames="Farah", everyone=True).candidates


def test_a_common_name_is_narrowed_by_a_second_field():
    namesakes = [
        a_person(
            record_id=f"N{number}",
            surname="Okonjo",
            forenames="Amber",
            born_on=date(2004 + number % 15, 1 + number % 12, 1 + number % 28),
            postcode=f"ZW{number % 70 + 1}{number % 9}AA",
        )
        for number in range(1200)
    ]
    crowded = an_index(*namesakes, OLIVIA, crowd=50)
    answer = look(crowded, surname="Okonjo", forenames="Amber", born="2009-06-06", everyone=True)
    assert answer.candidates[0].records[0].levels[BORN] == Born.SAME
    assert answer.scored < 600
    assert found(crowded, surname="Thistledown", forenames="Olivia", born="2014-05-03") == ["OLIVIA"]


def test_an_index_of_closed_records_alone_finds_nobody():
    closed = an_index(people=a_frame(CLOSED))
    assert look(closed, surname="Formerly", forenames="Peregrine", everyone=True).candidates == ()


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("2014-07-31", Known(2014, 7, 31)),
        (" 31/07/2014 ", Known(2014, 7, 31)),
        ("31.7.2014", Known(2014, 7, 31)),
        ("2014-07", Known(2014, 7)),
        ("2014", Known(2014)),
        ("29/02/2012", Known(2012, 2, 29)),
        ("", None),
    ],
)
def test_a_date_of_birth_may_be_known_in_part(text, known):
    assert born_of(text) == known


@pytest.mark.parametrize(
    "text", ["29/02/2013", "2014-13", "1066", "31/07/14", "2014-00", "soon", "2014-7-31x"]
)
def test_a_date_that_cannot_be_meant_is_refused_without_being_repeated(text):
    with pytest.raises(CannotSearch) as refused:
        born_of(text)
    assert text not in str(refused.value)


@pytest.mark.parametrize("typed", [{}, {"born": "2014-05-03"}, {"sex": "F"}, {"surname": "  "}])
def test_a_search_says_at_least_a_name_a_place_or_a_number(typed):
    with pytest.raises(CannotSearch):
        sought(**typed)


def test_of_a_batch_what_cannot_be_meant_is_left_out_and_the_rest_is_searched():
    wanted, left_out = sought_as_far_as_read(surname="Thistledown", born="31/02/2014", postcode="nowhere")
    assert (wanted.surname, wanted.born, wanted.postcode) == ("Thistledown", None, "")
    assert [sentence.partition(":")[0] for sentence in left_out] == ["born", "postcode"]


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.995, "almost certain"), (0.95, "very likely"), (0.2, "possible"), (0.19, "unlikely")],
)
def test_how_sure_is_said_in_words(share, words):
    assert how_sure(share) == words
