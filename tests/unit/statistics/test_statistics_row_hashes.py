"""Rows are traced by a hash that their order does not change and that only the register can give."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import sightline.register
from sightline.register.reading import read_register
from sightline.register.tables import Register
from sightline.statistics.row_hashes import file_hashes, register_key, row_hashes
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
    key = register_key(register)
    assert register_key(reversed_rows) == key
    assert row_hashes(reversed_rows, counting="all", period=YEAR, key=key) == row_hashes(
        register, counting="all", period=YEAR, key=key
    )


def test_a_changed_answer_changes_the_hashes_of_the_rows_that_hold_it_alone(register: Register) -> None:
    key = register_key(register)
    before = row_hashes(register, counting="all", period=YEAR, key=key)
    of_another_sex = register.children.with_columns(sex=pl.lit("not_known"))
    after = row_hashes(replace(register, children=of_another_sex), counting="all", period=YEAR, key=key)
    assert after[PANEL] != before[PANEL]
    assert after["register codings"] == before["register codings"]


def test_one_cell_anywhere_changes_the_key_and_so_every_hash(register: Register) -> None:
    """Whoever guesses the few rows of one file right still cannot see it: the key needs all the others."""
    changed = replace(register, recommendations=register.recommendations.head(-1))
    keys = register_key(register), register_key(changed)
    assert keys[0] != keys[1]
    files = {"panel_responses.csv": register.panel_responses.write_csv()}
    hashes = [file_hashes(files, key=key) for key in keys]
    assert not set(hashes[0].values()) & set(hashes[1].values())


def test_populations_of_the_same_rows_have_different_hashes(register: Register) -> None:
    hashes = row_hashes(register, counting="all", period=YEAR, key=register_key(register))
    assert len(set(hashes.values())) == len(hashes)
