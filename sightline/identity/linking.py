"""A whole run: people in, identities out, with what each join rests on and what a person must decide."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sightline.identity.arrays import Population
from sightline.identity.deciding import decide
from sightline.identity.pairing import pairs_worth_deciding
from sightline.identity.reading import population as read
from sightline.identity.weights import Weights, children_about
from sightline.vocabulary.progress import Progress, silent


@dataclass(frozen=True, slots=True)
class Rulings:
    """People's rulings as pairs of row numbers."""

    same: tuple[tuple[int, int], ...] = ()
    never: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Linking:
    """`cluster` has one number per row; rows of one identity share it.

    `joined` (row_a, row_b, bits): for each join the best pair of records it rests on, in order.
    `asked` (row_a, row_b, bits, reason): pairs that need a person, the likeliest first; reason is “doubtful”
    or “identifiers_conflict”.
    """

    cluster: NDArray[np.int64]
    joined: pl.DataFrame
    asked: pl.DataFrame
    compared: int


def link(
    people: pl.DataFrame,
    *,
    agencies: Sequence[str],
    weights: Weights,
    rulings: Rulings | None = None,
    progress: Progress = silent,
) -> Linking:
    """`people` has one row a record, with the columns of `reading.population`."""
    progress("reading names", 0, 0)
    return link_population(
        read(people, agencies), agencies=len(agencies), weights=weights, rulings=rulings, progress=progress
    )


def link_population(
    population: Population,
    *,
    agencies: int,
    weights: Weights,
    rulings: Rulings | None = None,
    progress: Progress = silent,
) -> Linking:
    rulings = rulings or Rulings()
    least = float(np.log2(children_about(population))) + weights.ask_bits - weights.most_coverage_bits
    pairs = pairs_worth_deciding(population, weights, least=least, progress=progress)
    progress("deciding", 0, 0)
    decision = decide(
        population,
        pairs,
        weights,
        agencies=agencies,
        same=_columns(rulings.same),
        never=_columns(rulings.never),
    )
    joined = pl.DataFrame(
        {"row_a": decision.joined_a, "row_b": decision.joined_b, "bits": decision.joined_bits}
    )
    reason = np.where(decision.asked_conflict, "identifiers_conflict", "doubtful")
    asked = pl.DataFrame(
        {
            "row_a": decision.asked_a,
            "row_b": decision.asked_b,
            "bits": decision.asked_bits,
            "reason": reason,
        },
        schema_overrides={"reason": pl.String()},
    ).sort("bits", "row_a", "row_b", descending=[True, False, False])
    return Linking(decision.cluster, joined, asked, pairs.compared)


def _columns(pairs: tuple[tuple[int, int], ...]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    table = np.array(pairs, np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
