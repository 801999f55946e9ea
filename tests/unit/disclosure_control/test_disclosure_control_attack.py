"""The attack finds planted leaks, and names the cell and the sums that give it away."""

import numpy as np
import pytest
from counted import cell, crossed

from sightline.disclosure_control.attack import Attacked, Defence, attack
from sightline.disclosure_control.equations import equations
from sightline.disclosure_control.hiding import DisclosureRisk
from sightline.disclosure_control.protect import attack_release, protect
from sightline.disclosure_control.safe import SafeRelease
from sightline.statistics.tables import CellKey, CountedRelease, Sum


def attacked(
    counted: CountedRelease, hidden: dict[CellKey, tuple[int, int | None]], *, width: int = 1, sure: int = 0
) -> Attacked:
    known = {key: hidden.get(key, (count, count)) for key, count in counted.cells.items()}
    return attack(
        equations(counted.cells, counted.sums),
        known=known,
        defence=Defence(dict.fromkeys(hidden, width), sure),
        counts=counted.cells,
    )


SQUARE = crossed(np.array([[3, 4, 5], [6, 1, 7], [8, 9, 2]]), {"sex": "abc", "nature": "xyz"})
OPEN = (0, None)


def test_a_lone_hidden_cell_is_found_with_the_sum_that_gives_it_away() -> None:
    leak = cell(sex="b", nature="y")
    (found,) = attacked(SQUARE, {leak: OPEN}).revealed
    assert (found.cell, found.low, found.high) == (leak, 1, 1)
    assert len(found.sums) == 1 and str(leak) in found.sums[0]


def test_a_square_of_hidden_cells_withstands() -> None:
    hidden = {cell(sex=sex, nature=nature): OPEN for sex in "ab" for nature in "xy"}
    assert attacked(SQUARE, hidden, width=2).revealed == ()


def test_a_square_that_is_too_narrow_is_found_with_its_bounds() -> None:
    """Between 3, 4, 6 and 1 the one can be 0 to 5 and no more."""
    hidden = {cell(sex=sex, nature=nature): OPEN for sex in "ab" for nature in "xy"}
    found = {each.cell: each for each in attacked(SQUARE, hidden, width=6).revealed}
    leak = found[cell(sex="b", nature="y")]
    assert (leak.low, leak.high) == (0, 5)


def test_cells_hidden_in_a_row_are_given_away_by_their_columns() -> None:
    """Three hidden cells of one row do not protect one another while their columns are printed."""
    hidden = {cell(sex="a", nature=nature): OPEN for nature in "xyz"}
    found = attacked(SQUARE, hidden).revealed
    assert {each.cell for each in found} == set(hidden)
    assert all(len(each.sums) == 1 for each in found)


def test_a_sum_of_several_tables_gives_a_cell_away_and_every_one_needed_is_named() -> None:
    hidden = {cell(sex="a", nature="x"): OPEN, cell(sex="a", nature="y"): OPEN, cell(nature="y"): OPEN}
    found = {each.cell: each for each in attacked(SQUARE, hidden).revealed}
    assert len(found[cell(sex="a", nature="x")].sums) == 1
    assert len(found[cell(sex="a", nature="y")].sums) == 2


def test_a_cell_is_given_away_by_whole_numbers_where_broken_ones_would_leave_room() -> None:
    """a + b = 1, b + c = 1 and a + c = z make z even; between 1 and 3 that leaves a two."""
    a, b, c, z, one, other = (CellKey(cell().population, ((name, ("y",)),)) for name in "abczop")
    counted = CountedRelease(
        tables=(),
        figures=(),
        cells={a: 1, b: 0, c: 1, z: 2, one: 1, other: 1},
        sums=(Sum(one, (a, b)), Sum(other, (b, c)), Sum(z, (a, c))),
    )
    (found,) = (
        each for each in attacked(counted, {a: OPEN, b: OPEN, c: OPEN, z: (1, 3)}).revealed if each.cell == z
    )
    assert (found.low, found.high, found.by_whole_numbers) == (2, 2, True)


def test_nobody_may_be_sure_that_a_count_is_small_though_two_counts_are_possible() -> None:
    counted = crossed(np.array([1, 2, 30]), {"age": "abc"})
    hidden = {cell(age="a"): (1, None), cell(age="b"): (1, None)}
    assert {each.cell for each in attacked(counted, hidden, sure=2).revealed} == set(hidden)


def test_a_small_count_that_is_printed_is_found() -> None:
    counted = crossed(np.array([1, 40]), {"age": "ab"})
    found = attacked(counted, {}, sure=2).revealed
    assert [each.cell for each in found] == [cell(age="a")]
    assert found[0].is_printed and "It is printed" in found[0].in_words()


def test_a_table_to_start_from_that_does_not_fit_is_no_witness() -> None:
    counted = crossed(np.array([3, 40]), {"age": "ab"})
    with pytest.raises(ValueError, match="does not fit"):
        attack(
            equations(counted.cells, counted.sums),
            known={cell(): (44, 44)},
            defence=Defence({}, 2),
            counts=counted.cells,
        )


def test_a_rounded_total_leaves_room_that_an_exact_one_does_not() -> None:
    counted = crossed(np.array([4, 40]), {"age": "ab"})
    assert attacked(counted, {cell(age="a"): OPEN}).revealed
    assert not attacked(counted, {cell(age="a"): OPEN, cell(): (35, 44)}).revealed


def test_a_release_file_in_which_a_hidden_cell_was_filled_in_is_refused_by_cell_and_sum() -> None:
    safe = protect(crossed(np.array([[1, 4, 6], [5, 3, 7], [9, 8, 2]]), {"sex": "abc", "nature": "xyz"}))
    hidden = sorted((key for key, told in safe.known.items() if told == OPEN), key=str)
    written = safe.to_json()
    leak = hidden[-1]
    place = next(
        index
        for index, (key, *_) in enumerate(written["known"])
        if _name(written["keys"][key]) == _name_of(leak)
    )
    written["known"][place][1:] = [2, 2]
    with pytest.raises((DisclosureRisk, ValueError)) as refused:
        attack_release(SafeRelease.from_json(written))
    assert "notifications" in str(refused.value)


def _name(key: list) -> list:
    return key[3]


def _name_of(key: CellKey) -> list:
    return [[variable, list(values)] for variable, values in key.where]
