"""What the choice of cells to hide depends on, as arrays over the cells of the equations."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sightline.disclosure_control.equations import Equations
from sightline.statistics.tables import CellKey

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Known = tuple[int, int | None]


@dataclass(frozen=True)
class Problem:
    """An array entry for each cell of the equations.

    A reader of a shown cell knows that its count lies between `shown_low` and `shown_high` (the count
    itself, unless it is rounded); of a hidden one he knows `hidden_low` and `hidden_high` (0 and no limit,
    unless an earlier release told more). `is_hidden`: hidden already, because it is sensitive or never
    printed. `may_be_hidden`: can be chosen, at its `cost`. `width`: how far the counts that cannot be ruled
    out must reach; 0 for a cell that needs no protection.
    """

    equations: Equations
    counts: Floats
    shown_low: Floats
    shown_high: Floats
    hidden_low: Floats
    hidden_high: Floats
    is_hidden: Bools
    may_be_hidden: Bools
    width: Floats
    cost: Floats

    @cached_property
    def matrix(self) -> Any:
        """Sums by cells, sparse; zero times any table that adds up."""
        from scipy.sparse import csr_array

        rows, columns, values = self.equations.entries
        return csr_array((values, (rows, columns)), shape=(len(self.equations.lines), len(self.counts)))

    def seen(self, hidden: Bools) -> tuple[Floats, Floats]:
        """Between which counts each cell lies for a reader, before he starts to calculate."""
        return (
            np.where(hidden, self.hidden_low, self.shown_low),
            np.where(hidden, self.hidden_high, self.shown_high),
        )


def loss(counts: Floats, equations: Equations) -> Floats:
    """What is lost when a cell is hidden, in tenths.

    Every cell costs one, and one more for each doubling of its count, so that few and small cells are
    preferred; a true zero, which readers are promised to see, costs as much as a count of three. A total
    costs as much again for each sum that it stands over. In whole numbers, so that equal losses are equal
    exactly.
    """
    stands_over = np.bincount([line[0] for line in equations.lines], minlength=len(counts))
    of_count = np.where(counts == 0, 30.0, 10.0 + np.round(10 * np.log2(1 + counts)))
    return np.asarray(of_count * (1 + stands_over), dtype=np.float64)


def problem_of(
    equations: Equations,
    *,
    counts: Mapping[CellKey, int],
    printed: Mapping[CellKey, Known],
    known_before: Mapping[CellKey, Known],
    hidden: frozenset[CellKey],
    width: Mapping[CellKey, int],
    may_hide_zeros: bool,
) -> Problem:
    """`printed` says what a reader learns of each printed cell if it is shown; `hidden` are the sensitive
    ones that will not be. What was `known_before` is known whether or not it is hidden now."""
    keys = equations.keys
    table = np.array([counts[key] for key in keys], dtype=np.float64)
    before = np.array([_floats(known_before.get(key, (0, None))) for key in keys]).reshape(-1, 2)
    now = np.array([_floats(printed.get(key, (0, None))) for key in keys]).reshape(-1, 2)
    is_printed = np.array([key in printed for key in keys], dtype=bool)
    is_known = before[:, 0] == before[:, 1]
    is_hidden = np.array([key in hidden for key in keys], dtype=bool) | ~is_printed
    is_zero = (table == 0) & (not may_hide_zeros)
    return Problem(
        equations=equations,
        counts=table,
        shown_low=np.maximum(before[:, 0], now[:, 0]),
        shown_high=np.minimum(before[:, 1], now[:, 1]),
        hidden_low=before[:, 0],
        hidden_high=before[:, 1],
        is_hidden=is_hidden,
        may_be_hidden=is_printed & ~is_hidden & ~is_known & ~is_zero,
        width=np.array([width.get(key, 0) for key in keys], dtype=np.float64),
        cost=loss(table, equations),
    )


def _floats(known: Known) -> tuple[float, float]:
    low, high = known
    return float(low), np.inf if high is None else float(high)
