"""Rows are traced by a hash that their order does not change; there is none where it could be guessed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import sightline.register
from sightline.register.reading import read_register
from sightline.register.tables import Register
from sightline.statistics.row_hashes import row_hashes
from sightline.vocabulary.periods import financial_year

EXAMPLE = Path(sightline.register.__file__).parent / "example" / "2022-23"
YEAR = financial_year(2022)
PANEL = f"panel incidents {YEAR}"


@pytest.fixture(scope="module")
def register() -> Register:
    read = read_register(EXAMPLE, as_of=date(2026, 1, 1)).register
    assert read is not None
    return read


def test_the_order_of_rows_changes_no_hash(register: Register) -> None:
    reversed_rows = Register(**{name: frame.reverse() for name, frame in register})
    assert row_hashes(reversed_rows, counting="all", period=YEAR) == row_hashes(
        register, counting="all", period=YEAR
    )


def test_a_changed_answer_changes_the_hashes_of_the_rows_that_hold_it_alone(register: Register) -> None:
    before = row_hashes(register, counting="all", period=YEAR)
    of_another_sex = register.children.with_columns(sex=pl.lit("not_known"))
    after = row_hashes(replace(register, children=of_another_sex), counting="all", period=YEAR)
    assert after[PANEL] != before[PANEL]
    assert after["register codings"] == before["register codings"]


def test_a_small_population_has_no_hash(register: Register) -> None:
    few = replace(register, rapid_reviews=register.rapid_reviews.head(20))
    assert PANEL in row_hashes(register, counting="panel", period=YEAR)
    assert PANEL not in row_hashes(few, counting="panel", period=YEAR)
