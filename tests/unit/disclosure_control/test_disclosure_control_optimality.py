"""What is hidden is the least that protects: published examples, and every other choice tried."""

from itertools import combinations

import numpy as np
import pytest
from counted import Counts, cell, crossed
from patient_reader import PatientReader

from sightline.disclosure_control.complementary import choose
from sightline.disclosure_control.equations import equations
from sightline.disclosure_control.policies import DEFAULT_POLICY
from sightline.disclosure_control.problem import Problem, loss, problem_of
from sightline.disclosure_control.protect import protect
from sightline.statistics.tables import CellKey, CountedRelease


def a_problem(
    counted: CountedRelease, sensitive: dict[CellKey, int], *, cost: dict[CellKey, float]
) -> Problem:
    problem = problem_of(
        equations(counted.cells, counted.sums),
        counts=counted.cells,
        printed={key: (count, count) for key, count in counted.cells.items()},
        known_before={},
        hidden=frozenset(sensitive),
        width=sensitive,
        may_hide_zeros=True,
    )
    for key, amount in cost.items():
        problem.cost[problem.equations.position[key]] = amount
    return problem


def hidden_keys(problem: Problem) -> set[CellKey]:
    return {problem.equations.keys[index] for index in np.flatnonzero(choose(problem))}


def test_the_example_of_fischetti_and_salazar_gonzalez() -> None:
    """Investment by activity and region, with the count as the cost of hiding it. The sensitive 22 is
    protected best by a square with 8, 17 and 12, which leaves an attacker anything from 5 to 30."""
    counted = crossed(
        np.array([[20, 50, 10], [8, 19, 22], [17, 32, 12]]), {"activity": "123", "region_of": "abc"}
    )
    sensitive = cell(activity="2", region_of="c")
    cost = {key: float(count) for key, count in counted.cells.items()}
    assert hidden_keys(a_problem(counted, {sensitive: 5}, cost=cost)) == {
        sensitive,
        cell(activity="2", region_of="a"),
        cell(activity="3", region_of="a"),
        cell(activity="3", region_of="c"),
    }


def test_a_wider_protection_takes_a_dearer_square() -> None:
    """The square with 8 leaves a width of 25; for 40 the attacker must know less."""
    counted = crossed(
        np.array([[20, 50, 10], [8, 19, 22], [17, 32, 12]]), {"activity": "123", "region_of": "abc"}
    )
    sensitive = cell(activity="2", region_of="c")
    cost = {key: float(count) for key, count in counted.cells.items()}
    hidden = hidden_keys(a_problem(counted, {sensitive: 40}, cost=cost))
    known = {key: (0, None) if key in hidden else (count, count) for key, count in counted.cells.items()}
    possible = PatientReader(known, counted.sums, farthest=200).possible()[sensitive]
    assert max(possible) - min(possible) >= 40
    assert sum(cost[key] for key in hidden) > 59


def test_a_row_with_a_single_small_cell_needs_one_other() -> None:
    counted = crossed(np.array([1, 7, 30]), {"age": "abc"})
    assert {key for key, told in protect(counted).known.items() if told == (0, None)} == {
        cell(age="a"),
        cell(age="b"),
    }


def test_two_small_cells_that_protect_one_another_need_nothing_else() -> None:
    counted = crossed(np.array([1, 2, 30]), {"age": "abc"})
    assert {key for key, told in protect(counted).known.items() if told == (0, None)} == {
        cell(age="a"),
        cell(age="b"),
    }


def test_a_small_cell_is_not_protected_by_a_zero_alone() -> None:
    """One and zero add up to a printed one: whoever reads it is sure that neither is more than one."""
    counted = crossed(np.array([1, 0, 3, 30]), {"age": "abcd"})
    hidden = {key for key, told in protect(counted).known.items() if told == (0, None)}
    assert hidden == {cell(age="a"), cell(age="c")}


@pytest.mark.parametrize(
    "counts",
    [
        [[1, 4, 6], [5, 3, 7]],
        [[2, 0, 5], [4, 6, 0]],
        [[1, 1, 3], [0, 4, 8]],
        [[2, 5, 9], [0, 0, 3]],
        [[0, 1, 0], [6, 3, 4]],
        [[[1, 4], [3, 0]], [[5, 3], [6, 4]]],
    ],
    ids=str,
)
def test_no_choice_of_less_loss_protects(counts: list) -> None:
    array = np.array(counts)
    names = ("sex", "nature", "age")[: array.ndim]
    counted = crossed(array, {name: "abc"[:size] for name, size in zip(names, array.shape, strict=True)})
    system = equations(counted.cells, counted.sums)
    table = np.array([counted.cells[key] for key in system.keys], dtype=float)
    costs = dict(zip(system.keys, loss(table, system).tolist(), strict=True))
    small = {key for key, count in counted.cells.items() if count in (1, 2)}
    chosen = {key for key, told in protect(counted).known.items() if told == (0, None)} - small
    assert protects(counted, small | chosen, array)
    cheapest = sum(costs[key] for key in chosen)
    for cheaper in choices_below(cheapest, {key: costs[key] for key in system.keys if key not in small}):
        assert not protects(counted, small | cheaper, array), f"{cheaper} is enough and loses less"


def choices_below(cost: float, costs: dict[CellKey, float]):
    for size in range(len(costs) + 1):
        if sum(sorted(costs.values())[:size]) >= cost:
            return
        for choice in combinations(costs, size):
            if sum(costs[key] for key in choice) < cost:
                yield set(choice)


def protects(counted: CountedRelease, hidden: set[CellKey], counts: Counts) -> bool:
    lines = ({each.total, *each.parts} for each in counted.sums)
    if any(len(line & hidden) == 1 and counted.cells[min(line & hidden)] in (1, 2) for line in lines):
        return False  # a lone hidden cell is what the others leave of the total
    known = {key: (0, None) if key in hidden else (count, count) for key, count in counted.cells.items()}
    farthest = int(counts.sum()) + 4
    possible = PatientReader(known, counted.sums, farthest=farthest, tries=2_000_000).possible()
    return all(
        max(possible[key]) - min(possible[key]) >= DEFAULT_POLICY.protection_width
        for key in hidden
        if counted.cells[key] in (1, 2)
    )
