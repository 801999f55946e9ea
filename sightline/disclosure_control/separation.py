"""Conditions that a choice of hidden cells breaks, from linear programmes that bound sensitive cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from sightline.disclosure_control.master import Cut
from sightline.disclosure_control.problem import Bools, Floats, Ints, Problem

_TOLERANCE = 1e-6
_LONG_SUM = 40
"""A sum with more open cells than this hardly ever gives one away; the first look leaves it out, and what
it misses the second look finds."""
_RANDOM_LOOKS = 12


def lone_cells(problem: Problem, hidden: Bools) -> list[Cut]:
    """A sum with exactly one open cell gives it away: another of the sum must be hidden with it."""
    is_open = np.less(*problem.seen(hidden))
    open_cells = problem.matrix[:, is_open]
    lines = np.flatnonzero(np.diff(open_cells.indptr) == 1)
    positions = np.flatnonzero(is_open)
    return [
        cut
        for line in lines.tolist()
        for cut in _company(
            problem, hidden, line, int(positions[open_cells.indices[open_cells.indptr[line]]])
        )
    ]


def _company(problem: Problem, hidden: Bools, line: int, lone: int) -> Iterator[Cut]:
    others = tuple(
        sorted(
            {cell for cell in problem.equations.lines[line] if cell != lone and problem.may_be_hidden[cell]}
        )
    )
    if problem.width[lone]:
        if others:
            yield Cut(others, tuple(1.0 for _ in others), 1.0)
    elif hidden[lone] and not problem.is_hidden[lone]:
        # Not a duty but a saving: hidden alone in this sum it would protect nothing.
        yield Cut((lone, *others), (-1.0, *(1.0 for _ in others)), 0.0)


@dataclass
class _Look:
    """The open cells and the sums that a look takes in, with the extremes seen so far of every cell."""

    problem: Problem
    cells: Ints
    lines: Ints
    matrix: Any
    right: Floats
    low: Floats
    high: Floats
    smallest: Floats
    largest: Floats


def broken_conditions(problem: Problem, hidden: Bools) -> list[Cut]:
    """Conditions that every safe choice keeps and this one breaks; none if this one is safe."""
    is_open = np.less(*problem.seen(hidden))
    targets = np.flatnonzero((problem.width > 0) & is_open)
    if not len(targets):
        return []
    open_of_line = np.diff(problem.matrix[:, is_open].indptr)
    for lines in (
        np.flatnonzero((open_of_line > 0) & (open_of_line <= _LONG_SUM)),
        np.flatnonzero(open_of_line > 0),
    ):
        cuts = _broken(_look(problem, hidden, is_open, lines), hidden, targets)
        if cuts:
            return cuts
    return []


def _look(problem: Problem, hidden: Bools, is_open: Bools, lines: Ints) -> _Look:
    cells = np.flatnonzero(is_open)
    seen = problem.matrix[lines]
    shown = np.where(is_open, 0.0, problem.counts)
    low, high = problem.seen(hidden)
    return _Look(
        problem=problem,
        cells=cells,
        lines=lines,
        matrix=seen[:, cells],
        right=-(seen @ shown),
        low=low[cells],
        high=high[cells],
        smallest=problem.counts.copy(),
        largest=problem.counts.copy(),
    )


def _broken(look: _Look, hidden: Bools, targets: Ints) -> list[Cut]:
    _look_at_random(look, targets)
    cuts: list[Cut] = []
    for batch in _batches(look, _narrow(look, targets)):
        batch = _narrow(look, batch)
        if len(batch):
            cuts.extend(_bound(look, hidden, batch))
    return cuts


def _narrow(look: _Look, targets: Ints) -> Ints:
    reach = look.largest[targets] - look.smallest[targets]
    return targets[reach < look.problem.width[targets] - _TOLERANCE]


def _look_at_random(look: _Look, targets: Ints) -> None:
    """Tables that fit all that is seen and differ from the true one in as many sensitive cells as may be."""
    chance = np.random.default_rng(2018)
    reach = 2 * look.problem.width.max()
    counts = look.problem.counts[look.cells]
    low, high = np.maximum(look.low, counts - reach), np.minimum(look.high, counts + reach)
    for _ in range(_RANDOM_LOOKS):
        narrow = _narrow(look, targets)
        if not len(narrow):
            return
        goal = np.zeros(len(look.problem.counts))
        goal[narrow] = chance.choice((-1.0, 1.0), size=len(narrow))
        _solve(look, goal, low, high)
        if len(_narrow(look, targets)) > 0.9 * len(narrow):
            return


def _solve(look: _Look, goal: Floats, low: Floats, high: Floats) -> Floats:
    """Minimise the goal; note the extremes; give the price of each sum."""
    from scipy.optimize import linprog

    found = linprog(
        goal[look.cells],
        A_eq=look.matrix,
        b_eq=look.right,
        bounds=np.column_stack((low, high)),
        method="highs-ds",
    )
    if found.x is None:
        raise RuntimeError(f"The sums of this release cannot all hold at once ({found.message}).")
    look.smallest[look.cells] = np.minimum(look.smallest[look.cells], found.x)
    look.largest[look.cells] = np.maximum(look.largest[look.cells], found.x)
    return np.asarray(found.eqlin.marginals, dtype=np.float64)


def _batches(look: _Look, targets: Ints) -> Iterator[Ints]:
    """Targets in groups with at most one in each part of the sums that hangs together: the parts do not
    disturb one another, so one linear programme bounds all of a group exactly."""
    labels = _parts(look)[1][np.searchsorted(look.cells, targets)]
    order = np.lexsort((targets, labels))
    starts = np.flatnonzero(np.r_[True, np.diff(labels[order]) != 0])
    turn = np.arange(len(order)) - np.repeat(starts, np.diff(np.r_[starts, len(order)]))
    for each in range(int(turn.max(initial=-1)) + 1):
        yield targets[order[turn == each]]


def _parts(look: _Look) -> tuple[Ints, Ints]:
    """For each line and for each open cell, the number of the part that it belongs to."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    count, width = look.matrix.shape
    entries = look.matrix.tocoo()
    graph = csr_array(
        (np.ones(entries.nnz), (entries.coords[0], entries.coords[1] + count)),
        shape=(count + width, count + width),
    )
    labels = connected_components(graph, directed=False)[1]
    return labels[:count], labels[count:]


def _bound(look: _Look, hidden: Bools, batch: Ints) -> Iterator[Cut]:
    """Bound each cell of the batch from both sides; a condition for each that is not open enough."""
    problem = look.problem
    low, high = look.low.copy(), look.high.copy()
    at = np.searchsorted(look.cells, batch)
    # A cell that moves by its width in one direction is open enough; further would be a waste.
    low[at] = np.maximum(low[at], problem.counts[batch] - problem.width[batch])
    high[at] = np.minimum(high[at], problem.counts[batch] + problem.width[batch])
    prices = []
    for sign in (-1.0, 1.0):
        goal = np.zeros(len(problem.counts))
        goal[batch] = sign
        prices.append(_solve(look, goal, low, high))
    line_parts, cell_parts = _parts(look)
    for target in _narrow(look, batch).tolist():
        part = cell_parts[np.searchsorted(look.cells, target)]
        inside = line_parts == part
        cut = _condition(look, hidden, target, *(np.where(inside, price, 0.0) for price in prices))
        if cut is not None:
            yield cut


def _condition(look: _Look, hidden: Bools, target: int, up: Floats, down: Floats) -> Cut | None:
    """From the prices of the sums, how much each cell adds to the target's room once it is hidden.

    With prices p of the sums, x_target = -r.x for r = -e_target - A'p whatever the table x, so the target
    is at most the sum of the bounds of the cells, each times its r; likewise from below. A shown cell adds
    room when it is hidden by as much as that moves the bound that counts.
    """
    problem = look.problem
    matrix = problem.matrix[look.lines].T
    before, after = problem.seen(problem.is_hidden), (problem.hidden_low, problem.hidden_high)
    room, added = 0.0, np.zeros(len(problem.counts))
    for sign, price in ((-1.0, up), (1.0, down)):
        rate = -(matrix @ price)
        rate[target] += sign
        rate[np.abs(rate) < 1e-9] = 0.0
        # An open-ended cell has no price at the best; what is left of one is rounding error.
        rate[hidden & np.isinf(problem.hidden_high) & (rate < 0)] = 0.0
        room += _bound_of(rate, *before)
        added += _moved(rate, before, after)
    at_least = problem.width[target] - room
    if at_least <= _TOLERANCE:
        return None
    weight = np.where(problem.may_be_hidden, np.minimum(added, at_least), 0.0)
    cells = np.flatnonzero(weight > _TOLERANCE)
    if weight[cells].sum() < at_least - _TOLERANCE:
        return None
    # Divided by what is asked for, so that equal conditions are found equal. The slack is well above the
    # solver's own tolerance and well below the step between any two sums of shares.
    share = np.minimum(np.round(weight[cells] / at_least, 6), 1.0)
    return Cut(tuple(cells.tolist()), tuple(share.tolist()), 1.0 - 1e-4)


def _bound_of(rate: Floats, low: Floats, high: Floats) -> float:
    rises, falls = rate < 0, rate > 0
    return float(-(rate[rises] @ high[rises]) - (rate[falls] @ low[falls]))


def _moved(rate: Floats, before: tuple[Floats, Floats], after: tuple[Floats, Floats]) -> Floats:
    """How much the bound of each cell moves when it is hidden, times its rate; infinite without a limit."""
    moved = np.zeros(len(rate))
    rises, falls = rate < 0, rate > 0
    # Cells hidden already have both bounds alike, infinite ones too, and are left out of the subtraction.
    rises &= before[1] < after[1]
    moved[rises] = -rate[rises] * (after[1][rises] - before[1][rises])
    moved[falls] = rate[falls] * (before[0][falls] - after[0][falls])
    return moved
