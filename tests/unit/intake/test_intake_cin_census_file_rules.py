"""What is wrong with a census file as a whole: its header, and what only several children together show."""

from typing import Any

import pytest
from census_children import (
    AS_OF,
    a_child,
    a_protection_plan,
    an_enquiry,
    an_episode,
    an_unborn_child,
    with_disabilities,
)

from sightline.intake.declaration import Header, Judged, RawRecord
from sightline.intake.formats.cin_census import FORMAT
from sightline.intake.formats.cin_census.rules_file import (
    ACROSS_RULES,
    HEADER_RULES,
    AcrossChildren,
    header_from,
)
from sightline.vocabulary.findings import Place


def open_case(**modules: Any) -> dict[str, Any]:
    return {**a_child(), "CINdetails": [an_episode(CINclosureDate="", ReasonForClosure="", **modules)]}


def in_proceedings() -> dict[str, Any]:
    return {
        **a_child(of=2026),
        "CINdetails": [an_episode(of=2026, PreProceedingsandFGDM=[{"PPStartDate": ["2026-01-12"]}])],
    }


def header_content(**changes: str) -> dict[str, Any]:
    details = {"Collection": "CIN", "Year": "2023", "ReferenceDate": "2023-03-31"}
    source = {"SourceLevel": "L", "LEA": "201", "DateTime": "2023-05-20T10:30:00"}
    for name, value in changes.items():
        (details if name in details else source)[name] = value

    def module(items: dict[str, str]) -> list[dict[str, list[str]]]:
        return [{name: [value] for name, value in items.items() if value}]

    return {"CollectionDetails": module(details), "Source": module(source)}


@pytest.mark.parametrize(
    ("changes", "collection", "rules"),
    [
        ({}, "2023", set()),
        ({"ReferenceDate": "2023-03-28"}, "2023", {"cin.100"}),
        ({"ReferenceDate": ""}, "2023", {"cin.100"}),
        ({"Year": "2022"}, "2023", {"cin.header-years-at-odds"}),
        ({"Year": "", "ReferenceDate": ""}, "", {"cin.header-no-year"}),
        ({"Year": "2031", "ReferenceDate": "2031-03-31"}, "2031", {"cin.header-unknown-year"}),
        ({"LEA": "999"}, "2023", {"cin.header-no-authority"}),
        ({"LEA": ""}, "2023", {"cin.header-no-authority"}),
        ({"Collection": "CLA"}, "2023", {"cin.header-other-collection"}),
    ],
)
def test_the_header_says_sender_and_collection_and_what_is_wrong_with_it(changes, collection, rules):
    header = header_from(header_content(**changes), Place("census.xml", 2))
    assert header.collection == collection
    assert header.sender == changes.get("LEA", "201")
    assert header.made_on is not None and header.made_on.isoformat() == "2023-05-20"
    assert {finding.rule for finding in header.findings} == rules
    assert all(finding.rule in {rule.name for rule in HEADER_RULES} for finding in header.findings)


def test_without_a_year_a_child_is_held_against_the_latest_census():
    raw = RawRecord(Place("census.xml", 20), "Child", a_child(of=2026))
    assert FORMAT.judge(raw, Header(), AS_OF).findings == ()


def across(*children: dict[str, Any], of: int = 2023) -> tuple[list[list[str]], dict[str, str]]:
    checks = AcrossChildren()
    found = []
    for index, child in enumerate(children):
        raw = RawRecord(Place("census.xml", 20 + index), "Child", {"@collection-year": [str(of)], **child})
        found.append([finding.rule for finding in checks.see(raw, Judged())])
    return found, {finding.rule: finding.sentence for finding in checks.end()}


def test_a_number_given_twice_is_said_at_the_second_child_with_the_line_of_the_first():
    found, _ = across(a_child(), a_child(LAchildID="EXAMPLE2"), a_child(UPN="W201000117003"))
    assert found == [[], ["cin.1520"], ["cin.8510"]]


def test_two_children_without_numbers_do_not_share_one():
    found, _ = across(a_child(UPN="", LAchildID=""), a_child(UPN="", LAchildID=""))
    assert found == [[], []]


def test_more_plans_than_conferences_in_the_year_is_said_of_the_file():
    plan = a_protection_plan("2022-10-06")
    alone = open_case(ChildProtectionPlans=[plan])
    earlier = open_case(ChildProtectionPlans=[a_protection_plan("2022-03-31")])
    with_conference = open_case(
        ChildProtectionPlans=[plan], Section47=[an_enquiry("2022-09-20", "2022-10-06")]
    )
    assert "cin.2883" in across(alone)[1]
    assert "cin.2883" not in across(earlier)[1]
    assert "cin.2883" not in across(with_conference)[1]


@pytest.mark.parametrize(
    ("without", "broken"),
    [(1, False), (2, True)],
)
def test_more_than_two_in_a_hundred_without_a_gender_is_said_unborn_children_apart(without, broken):
    known = [a_child()] * (50 - without)
    unknown = [a_child(GenderCurrent="0")] * without
    not_born = [an_unborn_child("2023-05-01", GenderCurrent="0")] * 20
    assert ("cin.2886Q" in across(*known, *unknown, *not_born)[1]) is broken


def test_the_sex_of_2025_has_its_own_rule():
    assert "cin.2886Q-2025" in across(a_child(of=2025, Sex="U"), of=2025)[1]


def test_a_file_that_uses_few_disability_codes_or_one_for_each_child_is_asked_about():
    eight = ["NONE", "MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR"]
    single = [with_disabilities(code) for code in eight]
    assert set(across(*single)[1]) == {"cin.2888Q"}
    assert set(across(*single[1:])[1]) == {"cin.2887Q", "cin.2888Q"}
    assert set(across(*single, with_disabilities("LD", "AUT"))[1]) == set()


def test_a_file_of_2026_without_pre_proceedings_is_asked_about():
    assert "cin.9000Q" in across(a_child(of=2026), of=2026)[1]
    assert "cin.9000Q" not in across(in_proceedings(), of=2026)[1]
    assert "cin.9000Q" not in across(a_child(of=2025), of=2025)[1]


def test_an_empty_file_has_nothing_to_be_asked_about():
    assert AcrossChildren().end() == ()


def test_rules_have_names_of_their_own_and_those_of_the_file_are_declared():
    names = [rule.name for rule in FORMAT.rules]
    assert len(names) == len(set(names))
    assert {rule.name for rule in (*ACROSS_RULES, *HEADER_RULES)} <= set(names)
