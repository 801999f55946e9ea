"""Whole runs over small invented populations: who is joined, who is kept apart, and who decides."""

import time
from datetime import date

import polars as pl
import pytest
from people_frames import AGENCIES, SCHEMA, a_crowd, a_frame, a_person

from sightline.identity.linking import Linking, Rulings, link
from sightline.identity.weights import shipped_weights

CROWD = a_crowd(300)
BOTH = ("health", "education")


def linked(
    *records: dict[str, object], rulings: Rulings | None = None, crowd: list[dict[str, object]] = CROWD
) -> Linking:
    """These records first, then a crowd of unrelated children."""
    return link(
        a_frame(*records, *crowd), agencies=AGENCIES, weights=shipped_weights(), rulings=rulings or Rulings()
    )


def groups(found: Linking, records: int) -> list[list[int]]:
    """The first `records` rows by identity."""
    by_cluster: dict[int, list[int]] = {}
    for row, cluster in enumerate(found.cluster[:records].tolist()):
        by_cluster.setdefault(cluster, []).append(row)
    return sorted(by_cluster.values())


def asked(found: Linking) -> dict[tuple[int, int], str]:
    return {
        (min(a, b), max(a, b)): reason
        for a, b, reason in found.asked.select("row_a", "row_b", "reason").iter_rows()
    }


def everywhere(**said: object) -> list[dict[str, object]]:
    return [a_person(agency=agency, **said) for agency in BOTH]


def test_one_child_at_two_agencies_is_one_identity():
    found = linked(*everywhere())
    assert groups(found, 2) == [[0, 1]]
    assert (0, 1) in set(found.joined.select("row_a", "row_b").iter_rows())


def test_a_crowd_of_strangers_is_joined_child_by_child():
    found = linked()
    assert len(set(found.cluster.tolist())) == 300
    assert all(found.cluster[2 * child] == found.cluster[2 * child + 1] for child in range(300))


@pytest.mark.parametrize(
    "said",
    [
        {"forenames": "Zuzana"},
        {"forenames": "Zuzanna Fern"},
        {"surname": "Pebblebrok"},
        {"surname": "Moss-Pebblebrook"},
        {"postcode": "QQ99ZZ"},
        {"postcode": ""},
        {"born_on": date(2014, 3, 5)},
        {"born_on": date(2014, 5, 13)},
        {"sex": ""},
        {"forenames": "Pebblebrook", "surname": "Zuzanna"},
    ],
)
def test_one_fault_does_not_part_a_child(said):
    assert groups(linked(a_person(), a_person(agency="education", **said)), 2) == [[0, 1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Amber", "Gwen"), ("Idris", "Yusra"), ("Chidi", "Emeka"), ("Kavya", "Priya"), ("Niamh", "Cillian")],
)
def test_twins_stay_two_wherever_they_are_known(one, other):
    found = linked(*everywhere(forenames=one), *everywhere(forenames=other))
    assert groups(found, 4) == [[0, 1], [2, 3]]


def test_twins_known_to_one_agency_each_are_not_joined():
    found = linked(a_person(forenames="Amber"), a_person(agency="education", forenames="Gwen"))
    assert groups(found, 2) == [[0], [1]]


def test_a_sibling_who_bears_the_forename_as_a_second_one_stays_another_child():
    older = everywhere(forenames="Amber Gwen", born_on=date(2010, 2, 9))
    younger = everywhere(forenames="Gwen", born_on=date(2014, 5, 3))
    assert groups(linked(*older, *younger), 4) == [[0, 1], [2, 3]]


def test_a_restricted_record_joins_nobody_even_where_everything_agrees():
    found = linked(a_person(), a_person(agency="education"), a_person(agency="police", is_restricted=True))
    assert groups(found, 3) == [[0, 1], [2]]
    assert not [pair for pair in asked(found) if 2 in pair]


def test_a_ruling_does_not_join_a_restricted_record():
    records = [a_person(), a_person(agency="education", is_restricted=True)]
    assert groups(linked(*records, rulings=Rulings(same=((0, 1),))), 2) == [[0], [1]]


def test_a_ruling_that_two_are_the_same_joins_them_whatever_they_say():
    records = [a_person(), a_person(agency="education", forenames="Gorse", surname="Moss", born_on=None)]
    assert groups(linked(*records), 2) == [[0], [1]]
    assert groups(linked(*records, rulings=Rulings(same=((0, 1),))), 2) == [[0, 1]]


def test_a_ruling_that_two_are_never_the_same_holds_where_everything_agrees():
    found = linked(*everywhere(), rulings=Rulings(never=((0, 1),)))
    assert groups(found, 2) == [[0], [1]]
    assert (0, 1) not in asked(found)


def test_a_ruling_never_holds_through_a_third_record():
    records = [a_person(agency=agency) for agency in AGENCIES[:3]]
    found = linked(*records, rulings=Rulings(never=((0, 1),)))
    assert found.cluster[0] != found.cluster[1]


def test_a_ruling_never_leaves_the_others_as_they_were():
    assert (
        linked(*everywhere(), rulings=Rulings(never=((0, 1),))).cluster[2:].tolist()
        == linked(*everywhere()).cluster[2:].tolist()
    )


@pytest.mark.parametrize("column", ["nhs_number", "upn"])
def test_different_numbers_at_two_agencies_are_asked_and_never_joined(column):
    one, other = {column: "9000000009"}, {column: "9000000017"}
    if column == "upn":
        one, other = {column: "A000000000001"}, {column: "B000000000002"}
    found = linked(a_person(**one), a_person(agency="education", **other))
    assert groups(found, 2) == [[0], [1]]
    assert asked(found)[0, 1] == "identifiers_conflict"


def test_different_numbers_are_not_joined_through_a_third_record():
    records = [
        a_person(nhs_number="9000000009"),
        a_person(agency="social_care", nhs_number="9000000017"),
        a_person(agency="police"),
    ]
    found = linked(*records)
    assert found.cluster[0] != found.cluster[1]


def test_a_shared_number_joins_records_whose_names_and_address_changed():
    found = linked(
        a_person(nhs_number="9000000009"),
        a_person(
            agency="social_care", nhs_number="9000000009", surname="Moss", postcode="QQ99ZZ", born_on=None
        ),
    )
    assert groups(found, 2) == [[0, 1]]


@pytest.mark.parametrize("numbers", [("", ""), ("9000000009", "9000000017")])
def test_a_child_whom_one_agency_holds_twice_is_one_where_everything_agrees(numbers):
    twice = [
        a_person(forenames="Zuzanna Fern", nhs_number=number, record_id=f"H{at}")
        for at, number in enumerate(numbers)
    ]
    assert groups(linked(*twice), 2) == [[0, 1]]


def test_a_weak_chain_does_not_join_two_strong_groups():
    first = [a_person(agency=agency, forenames="Amber") for agency in AGENCIES[:3]]
    second = [a_person(agency=agency, forenames="Gwen") for agency in AGENCIES[:3]]
    between = a_person(agency="police", forenames="Amber Gwen")
    found = linked(*first, *second, between)
    assert groups(found, 6) == [[0, 1, 2], [3, 4, 5]]


def test_the_second_run_over_the_same_records_says_the_same():
    records = [*everywhere(), *everywhere(forenames="Gorse")]
    first, second = linked(*records), linked(*records)
    assert first.cluster.tolist() == second.cluster.tolist()
    assert first.joined.equals(second.joined)
    assert first.asked.equals(second.asked)


def test_joining_what_was_joined_changes_nothing():
    records = [*everywhere(), *everywhere(forenames="Gorse"), a_person(agency="police", surname="Peblebrook")]
    first = linked(*records)
    rulings = Rulings(same=tuple(first.joined.select("row_a", "row_b").iter_rows()))
    assert linked(*records, rulings=rulings).cluster.tolist() == first.cluster.tolist()


def test_no_records_give_no_identities():
    found = link(pl.DataFrame(schema=SCHEMA), agencies=AGENCIES, weights=shipped_weights())
    assert len(found.cluster) == 0
    assert found.joined.is_empty()
    assert found.asked.is_empty()


def test_one_record_is_an_identity():
    found = link(a_frame(a_person()), agencies=AGENCIES, weights=shipped_weights())
    assert found.cluster.tolist() == [0]


def test_agencies_without_records_do_not_matter():
    with_more = link(a_frame(*CROWD), agencies=(*AGENCIES, "housing"), weights=shipped_weights())
    only_theirs = link(a_frame(*CROWD), agencies=BOTH, weights=shipped_weights())
    assert with_more.cluster.tolist() == only_theirs.cluster.tolist()


def test_records_that_say_nothing_join_nobody():
    silent = {"surname": "", "forenames": "", "born_on": None, "sex": "", "postcode": ""}
    records = [a_person(agency=agency, **silent) for agency in AGENCIES * 5]
    assert len(groups(linked(*records), 20)) == 20


def test_unborn_children_of_one_mother_are_not_joined_by_having_no_name():
    unborn = {"forenames": "Unborn", "born_on": None, "sex": ""}
    found = linked(
        a_person(agency="social_care", expected_on=date(2022, 1, 3), **unborn),
        a_person(agency="health", expected_on=date(2023, 6, 3), **unborn),
    )
    assert groups(found, 2) == [[0], [1]]


def test_thousands_of_identical_records_take_no_time_and_spoil_nothing():
    began = time.perf_counter()
    found = linked(*[a_person(record_id=f"H{n}") for n in range(5000)])
    assert time.perf_counter() - began < 60
    crowd = found.cluster[5000:].tolist()
    assert len(set(crowd)) == 300


def test_hundreds_of_identical_records_are_decided_in_time():
    """Fewer than any cap on a block: every pair of them is compared."""
    began = time.perf_counter()
    found = linked(*[a_person(agency="police", record_id=f"P{n}") for n in range(90)])
    assert time.perf_counter() - began < 60
    assert len(set(found.cluster[90:].tolist())) == 300


def test_names_of_two_hundred_letters_are_names():
    long = "Xylo" * 50
    found = linked(*everywhere(surname=long, forenames=long))
    assert groups(found, 2) == [[0, 1]]


@pytest.mark.parametrize(
    "day", [date(1, 1, 1), date(1800, 2, 3), date(1899, 12, 31), date(2101, 4, 5), date(9999, 12, 31)]
)
def test_a_date_of_another_century_is_a_date(day):
    assert groups(linked(*everywhere(born_on=day)), 2) == [[0, 1]]


@pytest.mark.parametrize("day", [date(2099, 1, 1), date(1900, 1, 1)])
def test_one_impossible_date_changes_nothing_for_others(day):
    without = linked().cluster
    found = linked(a_person(forenames="Gorse", surname="Moss", born_on=day, postcode="QQ99ZZ"))
    assert (found.cluster[1:] - 1).tolist() == without.tolist()


def test_an_agency_that_is_not_listed_is_refused():
    with pytest.raises(pl.exceptions.InvalidOperationError):
        link(a_frame(a_person(agency="nobody")), agencies=AGENCIES, weights=shipped_weights())


def test_a_pair_in_too_large_a_block_still_meets_under_another_key():
    """Four hundred and more share a birth date and a forename; the NHS number alone would bring these two
    together."""
    born = {"born_on": date(2014, 1, 1), "forenames": "Zuzanna", "surname": "Moss"}
    many = [a_person(record_id=f"M{n}", postcode=f"ZX{n % 90}{n % 9}AA", **born) for n in range(450)]
    two = [
        a_person(agency=agency, nhs_number="9000000009", postcode=postcode, **born)
        for agency, postcode in zip(BOTH, ("QQ99ZZ", "QW19ZZ"), strict=True)
    ]
    assert groups(linked(*two, *many), 2) == [[0, 1]]


# Fit to be joined only once it is known that nearly every child is known to both agencies.
LEFT_OVER = (
    a_person(forenames="Amber Fern", surname="Teasel"),
    a_person(agency="education", forenames="Amber Gorse", surname="Moss", postcode=""),
)


def test_what_is_left_over_is_joined_by_what_agencies_know_together():
    assert groups(linked(*LEFT_OVER), 2) == [[0, 1]]


def test_more_joins_than_rounds_are_no_fault(monkeypatch):
    from sightline.identity import deciding

    monkeypatch.setattr(deciding, "MOST_ROUNDS", 1)
    assert len(linked(*LEFT_OVER).cluster) == 602
