"""Which pairs of records are put before reviewers, and with what chance each was chosen.

Pairs far from the threshold are nearly all alike, so they are drawn thinly; those around it, where mistakes
are made, densely. Each pair's chance of being chosen is kept, so that the sample speaks for all pairs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from sightline.identity.evaluating import wilson

BANDS = (-np.inf, -8.0, -4.0, 0.0, 4.0, 10.0, np.inf)
"""Bits above the threshold at which one stratum of pairs ends and the next begins."""
FEWEST = 20
"""Pairs of a stratum that are drawn at least: with fewer, its share of right links is not known at all."""


class CannotSample(ValueError):
    """There are no pairs to draw from. Its text is fit to be shown."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """`low` and `high` are bits above the threshold; of `pairs` in it `drawn` are reviewed."""

    number: int
    is_linked: bool
    low: float
    high: float
    pairs: int
    drawn: int

    @property
    def chance(self) -> float:
        """That a pair of this stratum is drawn."""
        return self.drawn / self.pairs


@dataclass(frozen=True, slots=True)
class Plan:
    """`sample` has the columns of the pairs drawn and `stratum`, in the order in which they are reviewed."""

    strata: tuple[Stratum, ...]
    sample: pl.DataFrame


def planned(pairs: pl.DataFrame, *, threshold: float, size: int, seed: int) -> Plan:
    """Draw about `size` of the `pairs` (bits, is_linked and whatever names them).

    The same pairs and seed give the same sample, whatever order the rows come in, if they come with a column
    `key` that tells them apart. Raises `CannotSample`.
    """
    if pairs.is_empty():
        raise CannotSample("No pair of records was compared, so there is nothing to review.")
    edges = np.array(BANDS[1:-1])
    above = (pairs["bits"] - threshold).to_numpy()
    band = np.searchsorted(edges, above, side="right")
    cell = band + len(BANDS) * pairs["is_linked"].to_numpy().astype(int)
    placed = pairs.with_columns(pl.Series("cell", cell)).sort("key")
    counted = dict(placed.group_by("cell").len().sort("cell").iter_rows())
    shares = _allotted(placed, counted, size=size)
    chance = np.random.default_rng(seed)
    strata, drawn = [], []
    for number, (at, many) in enumerate(counted.items()):
        is_linked, of_band = divmod(at, len(BANDS))
        strata.append(Stratum(number, bool(is_linked), BANDS[of_band], BANDS[of_band + 1], many, shares[at]))
        rows = np.sort(chance.choice(many, shares[at], replace=False))
        drawn.append(placed.filter(pl.col("cell") == at)[rows].with_columns(stratum=pl.lit(number)))
    sample = pl.concat(drawn).drop("cell")
    # No order of bits or of outcomes that a reviewer could learn from.
    return Plan(tuple(strata), sample[chance.permutation(sample.height)])


def _allotted(placed: pl.DataFrame, counted: dict[int, int], *, size: int) -> dict[int, int]:
    """Neyman's allocation by how mixed each stratum must be if its bits are right, none below `FEWEST`.

    No pair is taken for surer than ten bits: weights that are wrong somewhere must be found out.
    """
    odds = np.clip(placed["bits"].to_numpy(), -10, 10)
    right = 1 / (1 + 2.0**-odds)
    spread = placed.select("cell", pl.Series("spread", np.sqrt(right * (1 - right))))
    weight = dict(spread.group_by("cell").agg(pl.col("spread").sum()).iter_rows())
    # Half of the sample is for what was joined (precision), half for what was not (recall).
    totals = {half: sum(value for at, value in weight.items() if at // len(BANDS) == half) for half in (0, 1)}
    return {
        at: min(many, max(FEWEST, round(size / 2 * weight[at] / totals[at // len(BANDS)])))
        for at, many in counted.items()
    }


@dataclass(frozen=True, slots=True)
class Judged:
    """Of a stratum: pairs judged to be one child, to be two, and those that reviewers could not settle."""

    stratum: Stratum
    right: int
    wrong: int
    unsettled: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share with its 95% interval; `lowest` and `highest` if every unsettled pair went the one way."""

    value: float
    low: float
    high: float
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class Estimated:
    """`recall` is of the pairs that were compared: it cannot see what blocking never brought together."""

    precision: Estimate | None
    recall: Estimate | None
    judged: int
    unsettled: int


def estimated(judged: Sequence[Judged]) -> Estimated:
    """Precision and recall over all pairs, each stratum weighed by how many pairs it stands for.

    Each stratum's share has Wilson's interval, drawn in as far as the stratum was reviewed whole; their
    distances are put together by MOVER (Zou and Donner 2008: Statistics in Medicine 27, 1693), which holds
    where a stratum shows no mistake at all, and in logarithms for the ratio that recall is.
    """
    told = [each for each in judged if each.right + each.wrong]
    unsettled = sum(each.unsettled for each in judged)
    number = sum(each.right + each.wrong for each in told)
    linked = [each for each in told if each.stratum.is_linked]
    others = [each for each in told if not each.stratum.is_linked]
    found, missed = _right_pairs(linked), _right_pairs(others)
    return Estimated(
        precision=_share(found, sum(each.stratum.pairs for each in linked)) if linked else None,
        recall=_recall(found, missed) if found.value + missed.value else None,
        judged=number,
        unsettled=unsettled,
    )


def _right_pairs(judged: Sequence[Judged]) -> Estimate:
    """How many pairs of these strata are one child."""
    value = lowest = highest = below = above = 0.0
    for each in judged:
        pairs, seen = each.stratum.pairs, each.right + each.wrong
        share = each.right / seen
        low, high = wilson(each.right, seen)
        left = 1 - seen / pairs
        value += pairs * share
        below += left * (pairs * (share - low)) ** 2
        above += left * (pairs * (high - share)) ** 2
        lowest += pairs * each.right / (seen + each.unsettled)
        highest += pairs * (each.right + each.unsettled) / (seen + each.unsettled)
    return Estimate(value, max(0.0, value - below**0.5), value + above**0.5, lowest, highest)


def _share(count: Estimate, of: int) -> Estimate:
    return Estimate(
        count.value / of, count.low / of, min(1.0, count.high / of), count.lowest / of, count.highest / of
    )


def _recall(found: Estimate, missed: Estimate) -> Estimate:
    """found / (found + missed), by the logarithm of found : missed."""
    return Estimate(
        value=_part(found.value, missed.value),
        low=_bound(found.value, found.low, missed.value, missed.high, -1),
        high=_bound(found.value, found.high, missed.value, missed.low, 1),
        lowest=_part(found.lowest, missed.highest),
        highest=_part(found.highest, missed.lowest),
    )


def _part(one: float, other: float) -> float:
    return one / (one + other) if one + other else 0.0


def _bound(found: float, found_end: float, missed: float, missed_end: float, side: int) -> float:
    """One end of the interval; where a count or its end is nought the other's end alone decides."""
    if not (found and found_end and missed and missed_end):
        return _part(found_end, missed_end)
    reach = float(np.hypot(np.log(found_end / found), np.log(missed_end / missed)))
    return float(1 / (1 + np.exp(-(np.log(found / missed) + side * reach))))
