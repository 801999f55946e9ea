"""The fast checks say what the identifiers themselves say."""

import random

import pytest

from sightline.intake import check_digits
from sightline.vocabulary.identifiers import UPN, NHSNumber


def by_the_value(kind, text):
    try:
        return kind(text).text
    except ValueError:
        return ""


@pytest.mark.parametrize(
    "text",
    [
        "9990000018",
        "999 000 0018",
        "999-000-0018",
        "9990000019",
        "0000000000",
        "4444444444",
        "",
        "NONE",
        "٩٩٩٠٠٠٠٠١٨",
    ],
)
def test_an_nhs_number_is_judged_as_its_value_judges_it(text):
    assert check_digits.nhs_number(text) == by_the_value(NHSNumber, text)


@pytest.mark.parametrize(
    "text",
    [
        "B801200005001",
        "b801200005001",
        "A801200005001",
        "B 801 2000 05 001",
        "I801200005001",
        "B80120000500A",
        "",
    ],
)
def test_a_upn_is_judged_as_its_value_judges_it(text):
    assert check_digits.upn(text) == by_the_value(UPN, text)


def test_random_digits_are_judged_alike():
    chosen = random.Random(3)  # noqa: S311 - digits for a test
    numbers = [f"{chosen.randrange(10**10):010}" for _ in range(500)]
    upns = [f"{chosen.choice('ABCDEFGHJKLMNPQRTUVWXYZ')}{chosen.randrange(10**12):012}" for _ in range(500)]
    assert [check_digits.nhs_number(each) for each in numbers] == [
        by_the_value(NHSNumber, each) for each in numbers
    ]
    assert [check_digits.upn(each) for each in upns] == [by_the_value(UPN, each) for each in upns]
    assert any(check_digits.nhs_number(each) for each in numbers)
    assert any(check_digits.upn(each) for each in upns)
