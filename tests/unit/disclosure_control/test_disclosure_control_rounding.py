import pytest

from sightline.disclosure_control.rounding import as_shown, counts_that_round_to, rounded, what_it_tells
from sightline.disclosure_control.safe import SafeCell, Symbol

SENSITIVE = Symbol.ROUNDS_TO_ZERO_SENSITIVE


@pytest.mark.parametrize(
    ("count", "nearest"), [(0, 0), (4, 0), (5, 10), (14, 10), (15, 20), (25, 30), (35, 40), (456, 460)]
)
def test_tens_are_rounded_half_up(count: int, nearest: int) -> None:
    assert rounded(count, 10) == nearest


@pytest.mark.parametrize("to", [2, 3, 5, 10, 25])
def test_the_counts_that_round_to_a_number_are_exactly_those(to: int) -> None:
    for value in range(0, 5 * to, to):
        low, high = counts_that_round_to(value, to)
        assert [count for count in range(8 * to) if rounded(count, to) == value] == list(range(low, high + 1))


def test_a_true_zero_is_shown_as_one() -> None:
    assert as_shown(0, 10, SENSITIVE) == SafeCell(0)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_what_rounds_to_zero_has_a_symbol_of_its_own(count: int) -> None:
    assert as_shown(count, 10, SENSITIVE) == SafeCell(None, Symbol.ROUNDS_TO_ZERO_SENSITIVE)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (SafeCell(0), (0, 0)),
        (SafeCell(7), (7, 7)),
        (SafeCell(10, is_rounded=True), (5, 14)),
        (SafeCell(None, Symbol.ROUNDS_TO_ZERO_SENSITIVE), (1, 4)),
        (SafeCell(None, Symbol.ROUNDS_TO_ZERO), (1, 4)),
        (SafeCell(None, Symbol.SUPPRESSED), (0, None)),
    ],
)
def test_what_a_reader_learns_from_a_printed_cell(cell: SafeCell, told: tuple) -> None:
    assert what_it_tells(cell, 10) == told


@pytest.mark.parametrize("count", range(60))
def test_a_reader_never_learns_less_than_the_truth_allows(count: int) -> None:
    low, high = what_it_tells(as_shown(count, 10, SENSITIVE), 10)
    assert low <= count <= high
