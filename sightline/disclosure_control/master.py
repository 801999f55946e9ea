"""The cheapest choice of cells that meets every condition found so far."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sightline.disclosure_control.problem import Bools, Floats


@dataclass(frozen=True, slots=True)
class Cut:
    """A condition on the choice: the weights of the chosen cells add up to `at_least`."""

    cells: tuple[int, ...]
    weights: tuple[float, ...]
    at_least: float


class Master:
    """Conditions that share no cell are met apart from one another, and an answer is kept until a new
    condition touches it: of a table with a block for each of 153 areas only a few blocks change a turn."""

    def __init__(self, cost: Floats) -> None:
        self._cost = cost
        self._cuts: list[Cut] = []
        self._known: set[Cut] = set()
        self._answers: dict[tuple[int, ...], tuple[int, ...]] = {}

    def add(self, cuts: Sequence[Cut]) -> int:
        """Take in the conditions that are new; how many those were."""
        new = [cut for cut in dict.fromkeys(cuts) if cut not in self._known]
        self._known.update(new)
        self._cuts.extend(new)
        return len(new)

    def cheapest_choice(self) -> Bools:
        chosen = np.zeros(len(self._cost), dtype=bool)
        answers = {}
        for block in self._blocks():
            answers[block] = self._answers.get(block) or _solve(
                [self._cuts[cut] for cut in block], self._cost
            )
            chosen[list(answers[block])] = True
        self._answers = answers
        return chosen

    def _blocks(self) -> Iterator[tuple[int, ...]]:
        """The conditions in groups that share no cell, as positions in ascending order."""
        if not self._cuts:
            return
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import connected_components

        rows = np.repeat(np.arange(len(self._cuts)), [len(cut.cells) for cut in self._cuts])
        cells = np.concatenate([cut.cells for cut in self._cuts])
        size = len(self._cuts) + len(self._cost)
        graph = csr_array((np.ones(len(rows)), (rows, cells + len(self._cuts))), shape=(size, size))
        labels = connected_components(graph, directed=False)[1][: len(self._cuts)]
        order = np.argsort(labels, kind="stable")
        for group in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1):
            yield tuple(group.tolist())


_EXACT_UP_TO_CELLS = 500
_GAP_BEYOND = 0.005
_MOST_NODES = 20_000
# Work is limited by nodes, never by time: a slow machine must hide the same cells as a fast one.


def _solve(cuts: Sequence[Cut], cost: Floats) -> tuple[int, ...]:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    cells: NDArray[np.int64] = np.unique(np.concatenate([cut.cells for cut in cuts]))
    columns = np.searchsorted(cells, np.concatenate([cut.cells for cut in cuts]))
    rows = np.repeat(np.arange(len(cuts)), [len(cut.cells) for cut in cuts])
    weights = np.concatenate([cut.weights for cut in cuts])
    matrix = csr_array((weights, (rows, columns)), shape=(len(cuts), len(cells)))
    found = milp(
        cost[cells],
        constraints=LinearConstraint(matrix, lb=[cut.at_least for cut in cuts]),
        integrality=np.ones(len(cells)),
        bounds=Bounds(0, 1),
        options={
            "mip_rel_gap": 0.0 if len(cells) <= _EXACT_UP_TO_CELLS else _GAP_BEYOND,
            "node_limit": _MOST_NODES,
            # With presolve HiGHS 1.12 prints a line of its own to standard output now and then.
            "presolve": False,
        },
    )
    # With no answer in the nodes allowed everything is chosen, which keeps every condition.
    chosen = found.x > 0.5 if found.x is not None else np.ones(len(cells), dtype=bool)
    return tuple(cells[chosen].tolist())
