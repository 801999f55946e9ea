"""Why the records of one identity are together: the pairs that carried it, who else was considered, and what
is known of children in general that made the difference."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sightline.identity.arrays import Population
from sightline.identity.explaining import Explanation, explain
from sightline.identity.linking import Linking
from sightline.identity.phrases import listed, to_one
from sightline.identity.reading import population as read
from sightline.identity.scoring import evidence_of
from sightline.identity.weights import Weights, children_about

MOST_RIVALS = 5
RIVAL_FROM = -8.0
"""Bits below which nobody would have thought of the two as one child."""
NEARLY_EVERY, MOST = 0.95, 0.75
FEWEST_FOR_A_SHARE = 20
HELPED = 1.0
"""Bits by which the joint decision must differ from the pair's own evidence to be worth a word."""
_ROWS_AT_A_TIME = 500_000


@dataclass(frozen=True, slots=True)
class JoinExplained:
    """One join: the two records it rests on, what they say alone, and the odds at which it was made."""

    row_a: int
    row_b: int
    alone: Explanation
    bits: float
    sentence: str


@dataclass(frozen=True, slots=True)
class RivalExplained:
    """A record of another identity that speaks most for belonging to `row`."""

    row: int
    rival: int
    bits: float
    sentence: str


@dataclass(frozen=True, slots=True)
class IdentityExplanation:
    rows: tuple[int, ...]
    joins: tuple[JoinExplained, ...]  # in the order in which they were made
    coverage: tuple[str, ...]  # what the agencies in it know together
    rivals: tuple[RivalExplained, ...]  # the likeliest first
    sentence: str


def explain_identity(
    people: pl.DataFrame,
    row: int,
    linking: Linking,
    weights: Weights,
    population: Population | None = None,
    *,
    names_hidden: bool = False,
) -> IdentityExplanation:
    """The identity of record `row` in `linking`, a run over `people`. Rivals are sought among everybody."""
    if population is None:
        population = read(people, agencies=people["agency"].unique().sort().to_list())
    rows = np.flatnonzero(linking.cluster == linking.cluster[row])
    joined = linking.joined.filter(pl.col("row_a").is_in(rows.tolist()))
    joins = []
    # The decision counts one pair no higher than the ceiling, so that no pair outvotes all others.
    most = weights.ceiling - float(np.log2(children_about(population)))
    for a, b, bits in joined.select("row_a", "row_b", "bits").iter_rows():
        alone = explain(people, a, b, weights, population, names_hidden=names_hidden)
        joins.append(
            JoinExplained(a, b, alone, bits, _join_sentence(people, a, b, min(alone.bits, most), bits))
        )
    by_ruling = len(rows) - 1 - len(joins)
    coverage = _coverage(people, rows, linking.cluster)
    rivals = _rivals(people, rows, population, weights) if len(rows) else ()
    return IdentityExplanation(
        tuple(rows.tolist()),
        tuple(joins),
        coverage,
        rivals,
        _summary(people, rows, joins, by_ruling, coverage, rivals),
    )


def _join_sentence(people: pl.DataFrame, a: int, b: int, alone: float, joint: float) -> str:
    first = f"{_named(people, a)} and {_named(people, b)}: by themselves it is {to_one(alone)}"
    if joint - alone >= HELPED:
        return (
            f"{first}; with the other records of both, and as the agencies know nearly the same children and "
            f"nobody else fits so well, {to_one(joint)}."
        )
    if alone - joint >= HELPED:
        return (
            f"{first}; once others who might fit and the other records of both are weighed, {to_one(joint)}."
        )
    return f"{first}, and nothing else that is known changes that much."


def _coverage(people: pl.DataFrame, rows: NDArray[np.int64], cluster: NDArray[np.int64]) -> tuple[str, ...]:
    """Of the identities that one agency of this identity has, how many another of them has too."""
    agencies = people["agency"]
    here = agencies.gather(rows).unique().sort().to_list()
    known = {agency: np.unique(cluster[(agencies == agency).to_numpy()]) for agency in here}
    sentences = []
    for having in here:
        for other in here:
            if having == other or len(known[having]) < FEWEST_FOR_A_SHARE:
                continue
            share = np.isin(known[having], known[other]).mean()
            how_many = "Nearly every" if share >= NEARLY_EVERY else "Most" if share >= MOST else ""
            if how_many:
                what = "child is" if how_many == "Nearly every" else "children are"
                sentences.append(
                    f"{how_many} {what} known to {_plain(other)} among those known to {_plain(having)} "
                    f"({share:.0%})."
                )
    return tuple(sentences)


def _rivals(
    people: pl.DataFrame, rows: NDArray[np.int64], population: Population, weights: Weights
) -> tuple[RivalExplained, ...]:
    base = float(np.log2(children_about(population)))
    best: dict[int, tuple[float, int]] = {}
    for row in rows.tolist():
        if population.records.is_restricted[row]:
            continue
        for others, bits in _compared(row, rows, population, weights):
            for at in np.flatnonzero(bits - base >= RIVAL_FROM).tolist():
                rival, found = int(others[at]), float(bits[at]) - base
                if found > best.get(rival, (RIVAL_FROM - 1, 0))[0]:
                    best[rival] = (found, row)
    likeliest = sorted(best.items(), key=lambda entry: (-entry[1][0], entry[0]))[:MOST_RIVALS]
    return tuple(
        RivalExplained(
            row,
            rival,
            bits,
            f"{_named(people, rival)} was weighed against {_named(people, row)} and stayed apart: by the two "
            f"records alone it is {to_one(bits)}.",
        )
        for rival, (bits, row) in likeliest
    )


def _compared(
    row: int, rows: NDArray[np.int64], population: Population, weights: Weights
) -> Iterator[tuple[NDArray[np.int32], NDArray[np.float32]]]:
    """Evidence of one record against everybody outside `rows` who may be compared, some at a time."""
    may_be = ~population.records.is_restricted
    may_be[rows] = False
    everybody = np.flatnonzero(may_be).astype(np.int32)
    for start in range(0, len(everybody), _ROWS_AT_A_TIME):
        others = everybody[start : start + _ROWS_AT_A_TIME]
        yield others, evidence_of(np.full_like(others, row), others, population, weights)[0]


def _summary(
    people: pl.DataFrame,
    rows: NDArray[np.int64],
    joins: list[JoinExplained],
    by_ruling: int,
    coverage: tuple[str, ...],
    rivals: tuple[RivalExplained, ...],
) -> str:
    if len(rows) == 1:
        said = f"{_named(people, int(rows[0]))} stands alone: no other record is known to be of this child."
        return f"{said} {rivals[0].sentence}" if rivals else f"{said} No other came near."
    agencies = people["agency"].gather(rows).unique().sort().to_list()
    parts = [f"{len(rows)} records of {listed([_plain(each) for each in agencies])} are taken for one child."]
    if joins:
        weakest = min(joins, key=lambda join: join.bits)
        parts.append(f"The join that carries least: {weakest.sentence}")
    if by_ruling > 0:
        parts.append(f"Joined by a person's ruling: {by_ruling}.")
    parts.extend(coverage[:1])
    parts.append(rivals[0].sentence if rivals else "No record outside it came near.")
    return " ".join(parts)


def _named(people: pl.DataFrame, row: int) -> str:
    return f"{people['agency'][row]}:{people['record_id'][row]}"


def _plain(agency: str) -> str:
    return agency.replace("_", " ")
