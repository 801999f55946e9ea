"""The scoring kernel, compiled: how much the comparison of two records says for one child.

`evidence` weighs three explanations of what agrees and what does not: the same child; a stranger, whose
values agree by chance as often as they are common; another child of the same home, whose surname and
address agree because they share them, whose birth date agrees if they are twins, and whose forename does
not. Batch and live look-up both score with this function, and so can a cluster engine that builds the
arrays of a block.

Bits are base-2 logarithms of the odds of the same child against the other two together, before any prior.
"""

import numpy as np
from numpy.typing import NDArray

from sightline.identity.agreeing import UNSAID
from sightline.identity.arrays import Population
from sightline.identity.comparing import FIELD_COUNT, WORK_COLUMNS, WORK_ROWS, compare
from sightline.identity.compiled import fast, inlined
from sightline.identity.weights import Weights

Evidence = NDArray[np.float32]

SAME, HOME, STRANGER = 0, 1, 2
TWO_IN_A_HOME_ALIKE = np.float32(1.5)
"""Bits by which a child's forename is likelier among the others of the home than among strangers: families
choose from the names of their tradition."""


@inlined
def weigh(levels, chance, table, mates):
    """Evidence from levels and chances already compared; `mates` as in `Weights.mates_bits`."""
    same = np.float32(0.0)
    home = np.float32(mates)
    stranger = np.float32(0.0)
    for field in range(FIELD_COUNT):
        level = levels[field]
        same += table[SAME, field, level]
        by_chance = table[STRANGER, field, level]
        at_home = table[HOME, field, level]
        if chance[0, field] != UNSAID:
            by_chance = chance[0, field]
            if field == 0:
                at_home = min(max(chance[0, 0] + TWO_IN_A_HOME_ALIKE, at_home), np.float32(-1.0))
            elif field == 1:
                at_home = max(chance[0, 1], at_home)
        stranger += by_chance
        home += at_home
    more, less = max(home, stranger), min(home, stranger)
    return same - more - np.log2(np.float32(1.0) + np.float32(2.0) ** (less - more))


@inlined
def evidence(i, j, records, names, postcodes, table, mates, levels, chance, work):
    compare(i, j, records, names, postcodes, levels, chance, work)
    return weigh(levels, chance, table, mates)


@fast
def _evidence_of(rows_a, rows_b, records, names, postcodes, table, mates, found, all_levels, all_chances):
    chance = np.empty((2, FIELD_COUNT), np.float32)
    work = np.empty((WORK_ROWS, WORK_COLUMNS), np.int32)
    for k in range(len(rows_a)):
        found[k] = evidence(
            rows_a[k], rows_b[k], records, names, postcodes, table, mates, all_levels[k], chance, work
        )
        all_chances[k] = chance[0]


def evidence_of(
    rows_a: NDArray[np.int32], rows_b: NDArray[np.int32], population: Population, weights: Weights
) -> tuple[Evidence, NDArray[np.int8], NDArray[np.float32]]:
    """Evidence, levels (pairs, fields) and chances (pairs, fields) of the given pairs of rows."""
    found = np.empty(len(rows_a), np.float32)
    levels = np.empty((len(rows_a), FIELD_COUNT), np.int8)
    chances = np.empty((len(rows_a), FIELD_COUNT), np.float32)
    mates = weights.mates_bits(population)
    _evidence_of(rows_a, rows_b, *population, weights.table, mates, found, levels, chances)
    return found, levels, chances
