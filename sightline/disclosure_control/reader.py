"""What a reader of a release sees, as linear programmes: the open cells, the sums that tie them, and the
tables found to fit."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sightline.disclosure_control.equations import Equations

_MOST_NODES = 5000
# Work is limited by nodes, never by time: a slow machine must find what a fast one finds.


class Reader:
    """`low` and `high` are what a reader knows of each cell before calculating; open cells are those for
    which they differ. `counts` is one whole table that fits, from which `smallest` and `largest`, the
    extremes of each cell over all tables found, start."""

    def __init__(self, equations: Equations, counts: NDArray[np.int64], low: Any, high: Any) -> None:
        from scipy.sparse import csr_array

        self.equations, self.counts = equations, counts
        self.low, self.high = low, high
        self.open = np.flatnonzero(low < high)
        self.place = {int(cell): index for index, cell in enumerate(self.open)}
        rows, columns, values = equations.entries
        shape = (len(equations.lines), len(counts))
        full = csr_array((values.astype(np.int64), (rows, columns)), shape=shape)
        matrix = full[:, self.open]
        self.lines = np.flatnonzero(np.diff(matrix.indptr))
        self.matrix = matrix[self.lines]
        shown = np.where(low < high, 0, low).astype(np.int64)
        self.right = -(full[self.lines] @ shown)
        if (full @ counts).any() or (counts < low).any() or (counts > high).any():
            raise ValueError("The table to start from does not fit what is printed.")
        self.smallest, self.largest = counts.copy(), counts.copy()
        self.tables_found = self.programmes_solved = 0

    def note(self, table: NDArray[np.float64]) -> bool:
        """Keep a table of the open cells if it is one in whole numbers; whether it was."""
        whole = np.rint(table).astype(np.int64)
        low, high = self.low[self.open], self.high[self.open]
        fits = (whole >= low).all() and (whole <= high).all() and (self.matrix @ whole == self.right).all()
        if fits:
            self.tables_found += 1
            self.smallest[self.open] = np.minimum(self.smallest[self.open], whole)
            self.largest[self.open] = np.maximum(self.largest[self.open], whole)
        return bool(fits)

    def within(self, reach: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        counts = self.counts[self.open]
        return np.maximum(self.low[self.open], counts - reach), np.minimum(
            self.high[self.open], counts + reach
        )

    def solve(self, goal: Any, low: Any, high: Any, *, whole: bool, lines: Any = None) -> Any:
        """The least of the goal over the tables that fit, in whole numbers or not."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        self.programmes_solved += 1
        matrix, right = (
            (self.matrix, self.right) if lines is None else (self.matrix[lines], self.right[lines])
        )
        return milp(
            goal,
            constraints=[LinearConstraint(matrix.astype(float), right, right)] if matrix.shape[0] else [],
            bounds=Bounds(low, high),
            integrality=np.full(len(goal), 1 if whole else 0),
            # Presolved whole-number programmes make HiGHS print lines of its own now and then.
            options={"node_limit": _MOST_NODES, "mip_rel_gap": 0.0, "presolve": not whole},
        )
