"""95% confidence intervals: Wilson's for a share, the exact Poisson one for a rate.

scipy.stats has both and takes two seconds to import; scipy.special takes a fraction of one. The tests hold
them against scipy.stats. Percentages run from 0 to 100.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95
Bounds = tuple[NDArray[np.float64], NDArray[np.float64]]


@lru_cache
def critical_value(confidence: float = CONFIDENCE) -> float:
    """The two-sided standard normal quantile: 1.96 for 95%."""
    from scipy.special import ndtri

    return float(ndtri(0.5 + confidence / 2))


def wilson(counts: Sequence[int] | NDArray[np.int64], bases: Sequence[int] | NDArray[np.int64]) -> Bounds:
    """Wilson's score interval (Wilson 1927, JASA 22:209) in percent; NaN where the base is zero."""
    count, base = np.asarray(counts, dtype=float), np.asarray(bases, dtype=float)
    z = critical_value()
    with np.errstate(divide="ignore", invalid="ignore"):
        share = count / base
        centre = (share + z**2 / (2 * base)) / (1 + z**2 / base)
        half = z / (1 + z**2 / base) * np.sqrt(share * (1 - share) / base + z**2 / (4 * base**2))
    # At either end the exact bound is 0 or 100, which floating point misses by a hair.
    low = np.where(count == 0, 0.0, centre - half)
    high = np.where(count == base, 1.0, centre + half)
    nothing = base == 0
    return np.where(nothing, np.nan, 100 * low), np.where(nothing, np.nan, 100 * high)


def poisson(count: int) -> tuple[float, float]:
    """The exact interval of a Poisson count (Garwood 1936, Biometrika 28:437), for rates."""
    from scipy.special import gammaincinv

    tail = (1 - CONFIDENCE) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    return low, float(gammaincinv(count + 1, 1 - tail))
