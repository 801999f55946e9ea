"""Weights by expectation and maximisation: the fallback where too few records share an identifier.

In turn, each pair is given its odds of being one child, two of a home, or strangers under the weights at
hand, and the weights are counted anew under those odds. Left to itself this takes twins for one child, who
agree in all but the forename and are many; so what it may conclude is bounded (`BOUNDED`), and what it
starts from counts as `PAIRS_BEHIND_THE_START` pairs.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sightline.identity.agreeing import UNSAID
from sightline.identity.arrays import Population
from sightline.identity.learning import Rows, level_counts, log_shares, strangers
from sightline.identity.levels import (
    BORN,
    FIELDS,
    FORENAME,
    MIDDLE,
    MOST_LEVELS,
    ORDER,
    PLACE,
    Born,
    Forename,
    Middle,
)
from sightline.identity.scoring import HOME, SAME, STRANGER, TWO_IN_A_HOME_ALIKE, evidence_of
from sightline.identity.weights import Weights, children_about, with_table

MOST_ROUNDS = 60
CONVERGED_BITS = 0.01
"""No weight of a level that FEWEST_SEEN pairs or more stand at changes by more in a round."""
FEWEST_SEEN = 50
PAIRS_BEHIND_THE_START = 2_000
BOUNDED = (
    *((FORENAME, level) for level in (Forename.OTHER_NEAR, Forename.NEAR, Forename.DIFFERENT)),
    (MIDDLE, Middle.DIFFERENT),
    (BORN, Born.DIFFERENT),
)
"""What one child's records never seem to do more often than the weights at the start say."""

Bits = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Expectation:
    """`same` and `home` are how many of the pairs are expected to be of one child, of one home."""

    weights: Weights
    rounds: int
    has_converged: bool
    same: float
    home: float


def learn_by_expectation(
    population: Population, pairs: tuple[Rows, Rows], weights: Weights, *, version: str
) -> Expectation:
    """`pairs` are those that share a key (`pairing.pairs_worth_deciding`); all others count as strangers.

    The strangers' weights are counted from pairs drawn at random. Identifiers keep theirs.
    """
    _, levels, chances = evidence_of(*pairs, population, weights)
    table = weights.table.astype(np.float64)
    table[STRANGER, : PLACE + 1] = log_shares(
        level_counts(evidence_of(*strangers(population), population, weights)[1])
    )[: PLACE + 1]
    table[STRANGER, ORDER] = 0
    start = table.copy()
    prior = -np.log2(children_about(population)), weights.mates_bits(population)
    has_converged = False
    rounds = 0
    while rounds < MOST_ROUNDS and not has_converged:
        rounds += 1
        shares = responsibilities(levels, chances, table, *prior)
        counts = [_weighted_counts(levels, shares[each]) for each in (SAME, HOME)]
        before = table.copy()
        for each, counted in zip((SAME, HOME), counts, strict=True):
            table[each, : PLACE + 1] = _shares_from(counted, start[each])[: PLACE + 1]
        table[HOME, ORDER] = 0
        for field, level in BOUNDED:
            table[SAME, field, level] = min(table[SAME, field, level], start[SAME, field, level])
        is_seen = np.stack(counts) >= FEWEST_SEEN
        moved = np.abs(table - before)[[SAME, HOME]][is_seen]
        has_converged = bool(moved.max(initial=0) < CONVERGED_BITS)
    shares = responsibilities(levels, chances, table, *prior)
    return Expectation(
        with_table(weights, table.astype(np.float32), version=version),
        rounds,
        has_converged,
        same=float(shares[SAME].sum()),
        home=float(shares[HOME].sum()),
    )


def responsibilities(
    levels: NDArray[np.int8], chances: NDArray[np.float32], table: Bits, same_prior: float, mates: float
) -> Bits:
    """(classes, pairs): how likely each pair is of one child, of one home, of strangers.

    As `scoring.weigh` weighs them: bits of same against the other two are its evidence and the prior.
    """
    fields = np.arange(len(FIELDS))
    same, home, stranger = (table[each, fields, levels] for each in (SAME, HOME, STRANGER))
    is_said = chances != UNSAID
    stranger = np.where(is_said, chances, stranger)
    alike = np.clip(np.maximum(chances[:, FORENAME] + TWO_IN_A_HOME_ALIKE, home[:, FORENAME]), None, -1.0)
    home[:, FORENAME] = np.where(is_said[:, FORENAME], alike, home[:, FORENAME])
    home[:, MIDDLE] = np.where(
        is_said[:, MIDDLE], np.maximum(chances[:, MIDDLE], home[:, MIDDLE]), home[:, MIDDLE]
    )
    total = np.stack([same.sum(axis=1) + same_prior, home.sum(axis=1) + mates, stranger.sum(axis=1)])
    likely = np.exp2(total - total.max(axis=0))
    return np.asarray(likely / likely.sum(axis=0), np.float64)


def _weighted_counts(levels: NDArray[np.int8], weight: Bits) -> Bits:
    counts = np.zeros((len(FIELDS), MOST_LEVELS))
    for at in range(len(FIELDS)):
        counts[at] = np.bincount(levels[:, at], weights=weight, minlength=MOST_LEVELS)
    return counts


def _shares_from(counts: Bits, start: Bits) -> Bits:
    return log_shares(counts + PAIRS_BEHIND_THE_START * np.exp2(start)).astype(np.float64)
