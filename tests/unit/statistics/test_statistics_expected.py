"""Every expected figure of the example register, exactly."""

import csv
from datetime import date
from pathlib import Path

import pytest
from plain_counts import read_rows
from register_frames import as_register

import sightline.register
from sightline.statistics.figures import count_figures
from sightline.vocabulary.periods import financial_year
from sightline.vocabulary.units import Unit

EXAMPLE = Path(sightline.register.__file__).parent / "example" / "2022-23"
EXPECTED = Path(__file__).parents[2] / "expected" / "register-2022-23.csv"


@pytest.fixture(scope="module")
def sample_rows():
    return read_rows(EXAMPLE)


@pytest.fixture(scope="module")
def sample_register(sample_rows):
    return as_register(sample_rows)


@pytest.fixture(scope="module")
def sample_figures(sample_register):
    return count_figures(
        sample_register, counting="all", period=financial_year(2022), data_from=date(2022, 1, 1)
    )


def printed(number):
    if number is None:
        return ""
    return str(int(number)) if number == int(number) else str(number)


def test_every_expected_figure_comes_out_exactly(sample_figures):
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        expected = [tuple(row.values()) for row in csv.DictReader(file)]
    counted = {
        (each.name, each.way): (
            each.name,
            each.way,
            printed(each.value),
            printed(each.base),
            printed(each.percent_rounded),
        )
        for each in sample_figures
    }

    assert [counted.get(row[:2]) for row in expected] == expected
    assert len(expected) > 250


def test_figures_beyond_the_expected_ones_are_values_nobody_has(sample_figures):
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        expected = {(row["figure"], row["way_of_counting"]) for row in csv.DictReader(file)}
    beyond = [each for each in sample_figures if (each.name, each.way) not in expected]
    about_agreement = (Unit.AGREEMENT, Unit.PAIR_OF_ANSWERS)
    assert {each.ref for each in beyond if each.value and each.unit not in about_agreement} == set()


def test_each_figure_has_one_name_a_way(sample_figures):
    references = [each.ref for each in sample_figures]
    assert len(references) == len(set(references))


def test_the_plain_count_gives_the_same(sample_rows, sample_figures):
    from plain_counts import plain_figures

    plain = plain_figures(
        sample_rows, first=date(2022, 4, 1), last=date(2023, 3, 31), data_from=date(2022, 1, 1)
    )
    counted = {(each.name, each.way): (each.value, each.base) for each in sample_figures}
    for key, (count, base) in plain.items():
        assert counted[key] == (pytest.approx(count, abs=0.0005), base), key
