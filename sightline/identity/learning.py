"""Weights learnt from records that share an identifier, or, where none do, by expectation and maximisation.

Only counts of levels leave the data: the weights hold nobody's name.
"""

import numpy as np
from numpy.typing import NDArray

from sightline.identity.arrays import Population
from sightline.identity.levels import FIELDS, MOST_LEVELS, ORDER, PLACE
from sightline.identity.scoring import HOME, STRANGER, evidence_of
from sightline.identity.weights import Weights, with_table

Rows = NDArray[np.int32]

STRANGERS_DRAWN = 3_000_000
FEWEST_PAIRS = 500
"""Fewer known pairs than this cannot carry weights of their own."""


def level_counts(levels: NDArray[np.int8]) -> NDArray[np.float64]:
    counts = np.zeros((len(FIELDS), MOST_LEVELS))
    for at, field in enumerate(FIELDS):
        counts[at, : len(field)] = np.bincount(levels[:, at], minlength=len(field))[: len(field)]
    return counts


def log_shares(counts: NDArray[np.float64]) -> NDArray[np.float32]:
    """Base-2 logarithms of the share of each level among the pairs where both sides speak; half a pair is
    added to each level, so that what was never seen is rare and not impossible."""
    table = np.zeros_like(counts)
    for at, field in enumerate(FIELDS):
        count = counts[at]
        groups = (
            [slice(0, 2)]
            if at == ORDER
            else [slice(1, 7), slice(7, 9)]
            if at == PLACE
            else [slice(1, len(field))]
        )
        for group in groups:
            seen = count[group]
            table[at, group] = np.log2((seen + 0.5) / (seen.sum() + 0.5 * len(seen)))
    return table.astype(np.float32)


def strangers(population: Population, *, seed: int = 0) -> tuple[Rows, Rows]:
    """Pairs drawn at random; in any number of records that needs this, hardly any is of one child or home."""
    draw = np.random.default_rng(seed)
    count = len(population.records.born)
    rows_a = draw.integers(0, count, STRANGERS_DRAWN).astype(np.int32)
    rows_b = draw.integers(0, count, STRANGERS_DRAWN).astype(np.int32)
    apart = rows_a != rows_b
    return rows_a[apart], rows_b[apart]


def learn(
    population: Population,
    same: tuple[Rows, Rows],
    home: tuple[Rows, Rows],
    weights: Weights,
    *,
    version: str,
) -> Weights:
    """Weights from pairs known to be one child and pairs known to be two children of one home.

    The identifiers' own fields keep the weights they had: pairs found by an identifier cannot teach how
    often it is wrong.
    """
    table = np.stack(
        [
            log_shares(level_counts(evidence_of(*pairs, population, weights)[1]))
            for pairs in (same, home, strangers(population))
        ]
    )
    # The names' own chances hold in either order, so order says nothing of strangers.
    table[HOME, ORDER] = table[STRANGER, ORDER] = 0
    learnt = weights.table.copy()
    learnt[:, : PLACE + 1] = table[:, : PLACE + 1]
    return with_table(weights, learnt, version=version)
