"""Pairs of records that their identifiers tell of: of one child, or of two children of one home.

Agencies hold an NHS number or a UPN for some children. Two records that share one are of one child. Two that
bear different ones, at one postcode under surnames that sound the same, are of two children of one home, and
so is every record that shares a number with the one and every record that shares a number with the other.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from sightline.identity.arrays import Population
from sightline.identity.levels import (
    BORN,
    FORENAME,
    NHS_NUMBER,
    SURNAME,
    UPN,
    Born,
    Forename,
    Number,
    Surname,
)
from sightline.identity.scoring import evidence_of
from sightline.identity.weights import shipped_weights

Rows = NDArray[np.int32]

MOST_HOLDING = 10
"""More records than this under one number are a number typed for want of one."""
MOST_UNDER_ONE_ROOF = 30
"""More records than this of one surname at one postcode are a family name of the street, not a home."""


@dataclass(frozen=True, slots=True, eq=False)
class KnownPairs:
    """`child` numbers the children as the shared numbers tell them, one for each row.

    `contradicted` pairs share a number, but differ in birth date and both names, or in their other number:
    one of the numbers is wrong, so they are left out. `crowded` is the records under numbers left out.
    """

    same: tuple[Rows, Rows]
    home: tuple[Rows, Rows]
    child: NDArray[np.int32]
    contradicted: int = 0
    crowded: int = 0


def known_pairs(population: Population) -> KnownPairs:
    records = population.records
    is_open = ~records.is_restricted
    shared = [
        _together(np.where(is_open, each, 0), MOST_HOLDING) for each in (records.nhs_number, records.upn)
    ]
    a, b = _once(*(np.concatenate(side) for side in zip(*(pairs for pairs, _ in shared), strict=True)))
    # Levels do not hang on weights, so any will do.
    levels = evidence_of(a, b, population, shipped_weights())[1]
    is_wrong = (levels[:, BORN] == Born.DIFFERENT) & _names_differ(levels)
    is_wrong |= (levels[:, NHS_NUMBER] == Number.DIFFERENT_BETWEEN) | (
        levels[:, UPN] == Number.DIFFERENT_BETWEEN
    )
    same = a[~is_wrong], b[~is_wrong]
    child = groups(*same, len(is_open))
    return KnownPairs(
        same,
        _of_one_home(population, child, is_open),
        child,
        contradicted=int(is_wrong.sum()),
        crowded=sum(left for _, left in shared),
    )


def _names_differ(levels: NDArray[np.int8]) -> NDArray[np.bool_]:
    surnames_differ = np.isin(levels[:, SURNAME], (Surname.DIFFERENT, Surname.TITLE))
    return np.asarray(surnames_differ & (levels[:, FORENAME] == Forename.DIFFERENT), np.bool_)


def _together(key: NDArray[np.int64], most: int) -> tuple[tuple[Rows, Rows], int]:
    """Every pair of rows with one key, 0 for none; and the rows under keys that more than `most` have."""
    rows = pl.DataFrame({"key": key, "row": np.arange(len(key), dtype=np.int32)}).filter(pl.col("key") != 0)
    sized = rows.with_columns(pl.len().over("key").alias("many"))
    kept = sized.filter(pl.col("many").is_between(2, most)).select("key", "row")
    pairs = kept.join(kept, on="key").filter(pl.col("row") < pl.col("row_right"))
    crowded = sized.filter(pl.col("many") > most).height
    return (pairs["row"].to_numpy(), pairs["row_right"].to_numpy()), crowded


def _once(a: Rows, b: Rows) -> tuple[Rows, Rows]:
    table = pl.DataFrame({"a": a, "b": b}).unique().sort("a", "b")
    return table["a"].to_numpy(), table["b"].to_numpy()


def groups(a: Rows, b: Rows, count: int) -> NDArray[np.int32]:
    """The rows that pairs lead from one to another, by number."""
    graph = coo_array((np.ones(len(a), np.int8), (a, b)), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], np.int32)


def _of_one_home(
    population: Population, child: NDArray[np.int32], is_open: NDArray[np.bool_]
) -> tuple[Rows, Rows]:
    """Every record of a child with every record of another that was found under the same roof.

    A pair is taken only where another pair of records has shown that the two live together: a pair that is
    chosen because it has one postcode cannot teach how often the postcodes of a home differ.
    """
    records = population.records
    sound = population.names.sound[records.surnames[:, 0]].astype(np.int64)
    postcode = records.postcodes[:, 0].astype(np.int64)
    is_placed = is_open & (postcode > 0) & (records.surnames[:, 0] > 0)
    has_number = (records.nhs_number > 0) | (records.upn > 0)
    roof = np.where(is_placed & has_number, postcode * (int(sound.max(initial=0)) + 1) + sound, 0)
    (a, b), _ = _together(roof, MOST_UNDER_ONE_ROOF)
    apart = child[a] != child[b]
    a, b = a[apart], b[apart]
    levels = evidence_of(a, b, population, shipped_weights())[1]
    bears_another = np.isin(levels[:, NHS_NUMBER], (Number.DIFFERENT_WITHIN, Number.DIFFERENT_BETWEEN))
    bears_another |= np.isin(levels[:, UPN], (Number.DIFFERENT_WITHIN, Number.DIFFERENT_BETWEEN))
    # An agency may hold one child under two numbers: then forename and birth date agree.
    is_another = np.isin(levels[:, FORENAME], (Forename.DIFFERENT, Forename.OTHER_NEAR))
    is_another |= levels[:, BORN] == Born.DIFFERENT
    told = pl.DataFrame({"a": a, "b": b}).filter(bears_another & is_another)
    members = pl.DataFrame({"child": child, "row": np.arange(len(child), dtype=np.int32)}).filter(is_open)
    mates = told.select(
        pl.Series("one", child[told["a"].to_numpy()]), pl.Series("other", child[told["b"].to_numpy()])
    )
    mates = mates.select(
        pl.min_horizontal("one", "other").alias("one"), pl.max_horizontal("one", "other").alias("other")
    )
    shown = mates.group_by("one", "other").agg(pl.len().alias("shown_by"))
    every = (
        shown.join(members, left_on="one", right_on="child")
        .join(members.rename({"row": "row_right"}), left_on="other", right_on="child")
        .with_columns(
            pl.min_horizontal("row", "row_right").alias("a"), pl.max_horizontal("row", "row_right").alias("b")
        )
        .join(told.with_columns(pl.lit(1).alias("shows")), on=["a", "b"], how="left")
        .filter(pl.col("shown_by") > pl.col("shows").fill_null(0))
        .sort("a", "b")
    )
    return every["a"].to_numpy(), every["b"].to_numpy()
