"""Codebook 1 is what register layout 1 says it is."""

import csv
from pathlib import Path

import pytest

import sightline.register
from sightline.coding.codebook import CODEBOOK_1, CODEBOOKS, Level

EXAMPLE = Path(sightline.register.__file__).parent / "example" / "2022-23"

ABOUT_THE_REVIEW = {
    "family_known_to_social_care",
    "domestic_abuse",
    "parental_mental_health",
    "parental_substance_misuse",
    "practice_theme",
}


def test_the_whole_review_variables_are_those_of_the_layout():
    about_reviews = {name for name, each in CODEBOOK_1.items() if each.level is Level.REVIEW}
    assert about_reviews == ABOUT_THE_REVIEW
    assert len(CODEBOOK_1) == 13


def test_only_practice_theme_takes_many_values():
    assert [name for name, each in CODEBOOK_1.items() if each.many] == ["practice_theme"]


@pytest.mark.parametrize("variable", CODEBOOK_1.values(), ids=lambda each: each.name)
def test_no_value_is_also_a_way_of_having_none(variable):
    assert len(variable.codes) == len(set(variable.codes))
    assert {"not_mentioned", "not_known", "not_applicable"} <= set(variable.codes)


@pytest.mark.parametrize(
    ("variable", "role", "applies"),
    [
        ("likely_cause_primary", "died", True),
        ("likely_cause_primary", "seriously_harmed", False),
        ("harm_primary", "seriously_harmed", True),
        ("harm_primary", "caused_harm", True),
        ("harm_primary", "died", False),
        ("neglect_experienced", "died", True),
        ("harm_primary", None, True),
    ],
)
def test_cause_of_death_is_for_children_who_died_and_harm_for_the_others(variable, role, applies):
    assert CODEBOOK_1[variable].applies_to(role) is applies


def test_every_version_is_found_by_its_number():
    assert CODEBOOKS[1] is CODEBOOK_1


def test_every_coded_answer_of_the_example_register_is_in_the_codebook():
    with (EXAMPLE / "codings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        variable = CODEBOOK_1[row["variable"]]
        assert row["value"] in variable.codes
        assert (variable.level is Level.REVIEW) == (row["child_ref"] == "")
