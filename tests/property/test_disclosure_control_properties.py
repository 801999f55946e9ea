"""Nothing hidden can be recovered: a reader who tries every table agrees with the attack."""

import numpy as np
import pytest
from counted import YEAR, cell, crossed, joined, population
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from patient_reader import PatientReader, TooMany

from sightline.disclosure_control.earlier import EarlierRelease
from sightline.disclosure_control.hiding import DisclosureRisk
from sightline.disclosure_control.policies import DEFAULT_POLICY, UNDER_FIVE, Policy
from sightline.disclosure_control.protect import attack_release, protect
from sightline.disclosure_control.safe import SafeRelease
from sightline.statistics.tables import CellKey, CountedRelease, Sum
from sightline.vocabulary.periods import Period

QUICK = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
COUNTS = st.sampled_from((0, 0, 1, 1, 2, 3, 4, 6))
VALUES = {"sex": ("f", "m", "n"), "nature": ("d", "h", "o"), "age": ("u", "v"), "region": ("ne", "nw", "se")}


def arrays(*shape: int) -> st.SearchStrategy[np.ndarray]:
    size = int(np.prod(shape))
    return st.lists(COUNTS, min_size=size, max_size=size).map(lambda counts: np.array(counts).reshape(shape))


def release(counts: np.ndarray, *names: str) -> CountedRelease:
    return crossed(
        counts, {name: VALUES[name][:length] for name, length in zip(names, counts.shape, strict=True)}
    )


def assert_nothing_is_recovered(
    counted: CountedRelease,
    safe: SafeRelease,
    *,
    policy: Policy = DEFAULT_POLICY,
    earlier: tuple[EarlierRelease, ...] = (),
) -> None:
    known = dict(safe.known)
    for before in earlier:
        for key, (low, high) in before.known.items():
            now_low, now_high = known.get(key, (0, None))
            highs = [each for each in (high, now_high) if each is not None]
            known[key] = (max(low, now_low), min(highs, default=None))
    sums = [*safe.sums, *(each for before in earlier for each in before.sums)]
    for farthest in (1, 2, 4):
        reader = PatientReader(known, sums, farthest=farthest * (max(counted.cells.values()) + 3))
        try:
            fault = _recovered(reader.possible(), counted, safe, policy)
        except TooMany:
            assume(False)
        if not fault:
            return
    # A reader who looks far enough still cannot see another count.
    raise AssertionError(fault)


def _recovered(
    possible: dict[CellKey, set[int]], counted: CountedRelease, safe: SafeRelease, policy: Policy
) -> str:
    for key, seen in possible.items():
        count = counted.cells[key]
        if count not in seen:
            return f"{key}: the true count is ruled out"
        if all(1 <= each <= policy.hides_up_to for each in seen):
            return f"{key} is surely small: {seen}"
        if 1 <= count <= policy.hides_up_to and max(seen) - min(seen) < policy.protection_width:
            return f"{key} is too narrow: {seen}"
        if safe.known.get(key) == (0, None) and len(seen) == 1:
            return f"{key} is hidden and is surely {seen}"
    return ""


@QUICK
@given(arrays(3, 3))
def test_nothing_is_recovered_from_a_table_with_totals(counts: np.ndarray) -> None:
    counted = release(counts, "sex", "nature")
    assert_nothing_is_recovered(counted, protect(counted))


@QUICK
@given(arrays(2, 3))
def test_nothing_is_recovered_under_a_stricter_policy(counts: np.ndarray) -> None:
    counted = release(counts, "sex", "nature")
    assert_nothing_is_recovered(counted, protect(counted, policy=UNDER_FIVE), policy=UNDER_FIVE)


@QUICK
@given(arrays(2, 2, 2))
def test_nothing_is_recovered_from_three_dimensions(counts: np.ndarray) -> None:
    counted = release(counts, "sex", "nature", "age")
    assert_nothing_is_recovered(counted, protect(counted))


@QUICK
@given(arrays(2, 2, 2))
def test_nothing_is_recovered_from_linked_tables_that_share_a_margin(counts: np.ndarray) -> None:
    by_nature = release(counts.sum(axis=2), "sex", "nature")
    by_age = release(counts.sum(axis=1), "sex", "age")
    counted = joined(by_nature, by_age)
    assert_nothing_is_recovered(counted, protect(counted))


@QUICK
@given(arrays(3, 2))
def test_nothing_is_recovered_where_regions_are_rounded(counts: np.ndarray) -> None:
    counted = release(np.where(counts > 3, 2 * counts, counts), "region", "nature")
    assert_nothing_is_recovered(counted, protect(counted))


@QUICK
@given(arrays(3, 3))
def test_nothing_is_recovered_with_subtotals(counts: np.ndarray) -> None:
    counted = release(counts, "sex", "nature")
    either = cell(nature=("d", "h"))
    subtotal = Sum(either, (cell(nature="d"), cell(nature="h")))
    rest = Sum(cell(), (either, cell(nature="o")))
    counted = CountedRelease(
        tables=counted.tables,
        figures=(),
        cells={**counted.cells, either: int(counts[:, :2].sum())},
        sums=(*counted.sums, subtotal, rest),
        published=counted.published | {either},
    )
    assert_nothing_is_recovered(counted, protect(counted))


@QUICK
@given(arrays(2, 3), st.integers(0, 8))
def test_what_is_never_printed_is_protected_too(counts: np.ndarray, others: int) -> None:
    """The rest of a base is not printed; who takes the part from the whole has it all the same."""
    counted = release(counts, "sex", "nature")
    everybody, rest = CellKey(population(way="all")), cell(left_out="yes")
    counted = CountedRelease(
        tables=counted.tables,
        figures=(),
        cells={**counted.cells, everybody: int(counts.sum()) + others, rest: others},
        sums=(*counted.sums, Sum(everybody, (cell(), rest))),
        published=counted.published | {everybody},
    )
    assert_nothing_is_recovered(counted, protect(counted))


@QUICK
@given(arrays(2, 2), arrays(2, 2))
def test_nothing_is_recovered_by_taking_an_earlier_release_from_a_later_one(
    year: np.ndarray, quarter: np.ndarray
) -> None:
    """The earlier one printed the year; this one prints the fifteen months that hold it."""
    longer = population(way="longer", period=Period(YEAR.first.replace(year=2021), YEAR.last))
    before = population(way="before", period=None)
    first = release(year, "sex", "nature")
    printed_first = protect(first)
    second = crossed(year + quarter, {"sex": ("f", "m"), "nature": ("d", "h")}, of=longer)
    implied = {
        CellKey(before, key.where): second.cells[key] - first.cells[CellKey(population(), key.where)]
        for key in second.cells
    }
    ties = tuple(
        Sum(key, (CellKey(population(), key.where), CellKey(before, key.where))) for key in second.cells
    )
    counted = CountedRelease(
        tables=second.tables,
        figures=(),
        # With a nobody among the unprinted cells, that a cell is listed does not say that it holds somebody.
        cells={**second.cells, **first.cells, **implied, cell(before, left_out="yes"): 0},
        sums=(*second.sums, *first.sums, *ties),
        published=second.published,
    )
    earlier = (EarlierRelease.of(printed_first, name="2022"),)
    safe = protect(counted, earlier=earlier)
    assert_nothing_is_recovered(counted, safe, earlier=earlier)


@QUICK
@given(arrays(3, 3), st.randoms(use_true_random=False))
def test_the_order_of_tables_cells_and_sums_changes_nothing(counts: np.ndarray, chance) -> None:
    counted = release(counts, "sex", "nature")
    cells, sums = list(counted.cells.items()), list(counted.sums)
    chance.shuffle(cells)
    chance.shuffle(sums)
    shuffled = CountedRelease(
        tables=counted.tables,
        figures=(),
        cells=dict(cells),
        sums=tuple(Sum(each.total, tuple(reversed(each.parts))) for each in sums),
        published=counted.published,
    )
    assert protect(shuffled).known == protect(counted).known


@QUICK
@given(arrays(3, 2))
def test_a_release_read_back_is_the_same_and_withstands_the_attack_again(counts: np.ndarray) -> None:
    safe = protect(release(counts, "region", "nature"))
    again = SafeRelease.from_json(safe.to_json())
    assert again.to_json() == safe.to_json()
    assert attack_release(again).revealed == ()


@QUICK
@given(arrays(3, 3), st.integers(0, 15))
def test_showing_what_was_hidden_for_its_own_sake_never_passes(counts: np.ndarray, which: int) -> None:
    counted = release(counts, "sex", "nature")
    small = sorted((key for key, count in counted.cells.items() if count in (1, 2)), key=str)
    assume(small)
    leak = small[which % len(small)]
    count = counted.cells[leak]
    told = EarlierRelease("a leak", {leak: (count, count)})
    with pytest.raises(DisclosureRisk) as risk:
        protect(counted, earlier=(told,))
    assert leak in {each.cell for each in risk.value.revealed}
