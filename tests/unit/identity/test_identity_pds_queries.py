"""Questions to PDS that it would refuse cannot be made, and names are put to it as it can find them."""

from datetime import date

import pytest

from sightline.identity.pds.dates import Dates, as_recorded
from sightline.identity.pds.queries import Search, beginning, first_given, fitting, other_names, searchable
from sightline.intake.records import PersonRecord

BORN = as_recorded(date(2015, 3, 7))


@pytest.mark.parametrize(
    "wrong",
    [
        {"given": "Wren"},
        {"family": "Qu*", "given": "Wren", "is_fuzzy": True},
        {"family": "Quill", "given": "Wren", "postcode": "LS*", "is_fuzzy": True},
        {"family": "Quill", "is_fuzzy": True},
        {
            "family": "Quill",
            "postcode": "LS116AD",
            "is_fuzzy": True,
        },  # without gender: not a listed combination
        {"family": "Q*"},
        {"family": "Quill", "postcode": "L*"},
    ],
)
def test_a_search_that_pds_refuses_cannot_be_made(wrong):
    with pytest.raises(ValueError, match=r"search|wildcard"):
        Search(BORN, **wrong)


@pytest.mark.parametrize(
    "right",
    [
        {"family": "Quill"},
        {"family": "Qu*", "given": "Wr*", "postcode": "LS*"},
        {"family": "Quill", "given": "Wren", "is_fuzzy": True},
        {"family": "Quill", "gender": "female", "postcode": "LS116AD", "is_fuzzy": True},
        {"given": "Wren", "gender": "female", "postcode": "LS116AD", "is_fuzzy": True},
    ],
)
def test_a_search_that_pds_takes_can_be_made(right):
    assert Search(BORN, **right).parameters()


def test_a_search_sends_what_is_set_and_asks_for_one_patient_with_history():
    assert Search(BORN, "Quill", "Wren").parameters() == [
        ("family", "Quill"),
        ("given", "Wren"),
        ("birthdate", "eq2015-03-07"),
        ("_history", "true"),
        ("_max-results", "1"),
    ]


def test_a_range_of_dates_is_sent_as_two_ends():
    days = Dates(date(2015, 3, 1), date(2015, 3, 9))
    sent = Search(days, "Quill", "Wren", is_fuzzy=True).parameters()
    assert ("birthdate", "ge2015-03-01") in sent and ("birthdate", "le2015-03-09") in sent
    assert ("_fuzzy-match", "true") in sent and ("_history", "true") not in sent


def test_only_a_search_without_a_postcode_finds_restricted_patients():
    assert Search(BORN, "Quill").finds_restricted
    assert not Search(BORN, "Quill", postcode="LS*").finds_restricted


def test_what_a_search_asks_does_not_show_in_its_repr():
    assert "Quill" not in repr(Search(BORN, "Quillfeather"))


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("  o’quill   ", "o'quill"),
        ("Quill (formerly Penn)", "Quill"),
        ("Qu*ill", "Qu ill"),
        ("Ko\u0301cinski", "Kócinski"),
    ],
)
def test_a_name_is_sent_without_brackets_wildcards_and_odd_signs(name, sent):
    assert searchable(name) == sent


def test_a_name_longer_than_pds_holds_is_cut_and_opened_not_dropped():
    long = "Featherstonehaugh-Cholmondeley-Marjoribanks"
    assert fitting(long) == long[:34] + "*"
    assert fitting(long[:35]) == long[:35]


@pytest.mark.parametrize(
    ("name", "sent"), [("Annabel", "Ann*"), ("Anna", "Ann*"), ("Ann", ""), ("O'Quill", "")]
)
def test_the_beginning_of_a_name_is_sent_only_where_enough_of_it_is_left_out(name, sent):
    assert beginning(name, 3) == sent


@pytest.mark.parametrize(
    ("forenames", "first"), [("Wren Ada", "Wren"), ("Baby", ""), ("", ""), ("Baby Girl", "")]
)
def test_a_word_that_stands_for_no_name_is_never_sent_as_one(forenames, first):
    assert first_given(forenames) == first


def test_former_preferred_and_bracketed_names_become_other_names_to_ask_with():
    person = PersonRecord(
        "1",
        surname="Quill (formerly Penn)",
        forenames="Wrén Ada",
        preferred_forename="Jenny",
        former_surname="Nibb|Vane",
        aliases=("Wrenna Inkwell",),
    )
    assert other_names(person) == (
        ("Jenny", "Quill"),
        ("Wrén", "Nibb"),
        ("Wrén", "Vane"),
        ("Wrén", "Penn"),
        ("Wrenna", "Inkwell"),
        ("Wren", "Quill"),
    )
