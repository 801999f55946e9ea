"""What each level of agreement is worth, and the settings of the decision. Shipped with the package.

The table holds base-2 logarithms of probabilities: how often two records of the same child, of two children
of one home, and of two strangers are found at each level of each field. Where a value's own frequency says
how often strangers agree (names, postcodes), that takes the place of the stranger's column.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sightline.identity.arrays import Population
from sightline.identity.levels import FIELD_NAMES, FIELDS, MOST_LEVELS
from sightline.vocabulary.shipped import shipped_rows

CLASSES = ("same", "home", "stranger")


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """`table` is (classes, fields, levels). Every threshold is in bits."""

    table: NDArray[np.float32]
    version: str
    link_bits: float = 1.5  # joined at these odds and above
    ask_bits: float = -3.0  # a person is asked from these odds up to link_bits
    strict_bits: float = 4.0  # first pass: joined on the evidence of the records alone
    twice_bits: float = (
        -5.6
    )  # first pass: odds that an agency holds a child twice; later learnt from the data
    home_mates: float = 1.4  # other children in a child's home, over all agencies' records
    most_coverage_bits: float = 6.0  # bound on what “everybody is known to this agency” may add
    floor: float = -25.0  # one pair of records says no more than this against …
    ceiling: float = 30.0  # … or for an identity

    def mates_bits(self, population: Population) -> float:
        """Bits of a home-mate against a stranger, before anything is compared."""
        return float(np.log2(self.home_mates / children_about(population)))


def children_about(population: Population) -> float:
    """About how many children there are: the records of the agency that has most."""
    agency = population.records.agency
    return float(max(2, np.bincount(agency).max())) if len(agency) else 2.0


@cache
def shipped_weights() -> Weights:
    return weights_of(shipped_rows("identity_weights"), version="1")


def weights_of(rows: Iterable[Mapping[str, str]], *, version: str) -> Weights:
    """From rows of field, level, same, home, stranger; a level left out weighs nothing."""
    table = np.zeros((len(CLASSES), len(FIELDS), MOST_LEVELS), np.float32)
    for row in rows:
        field = FIELD_NAMES.index(row["field"])
        level = FIELDS[field][row["level"].upper().replace(" ", "_")]
        for number, name in enumerate(CLASSES):
            table[number, field, level] = float(row[name])
    return Weights(table, version)


def rows_of(weights: Weights) -> list[dict[str, str]]:
    return [
        {
            "field": name,
            "level": level.name.lower().replace("_", " "),
            **{each: f"{weights.table[n, at, level]:.3f}" for n, each in enumerate(CLASSES)},
        }
        for at, (name, field) in enumerate(zip(FIELD_NAMES, FIELDS, strict=True))
        for level in field
    ]


def with_table(weights: Weights, table: NDArray[np.float32], *, version: str) -> Weights:
    return replace(weights, table=table.astype(np.float32), version=version)
