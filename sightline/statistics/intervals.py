"""95% confidence intervals: Wilson's for a share, Byar's for a rate, in arrays.

Written out because importing scipy.stats takes two seconds and scipy.special a fraction of one; the tests
hold them against scipy.stats and statsmodels. Percentages run from 0 to 100.
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


def byar(count: int) -> tuple[float, float]:
    """Byar's approximation to the exact Poisson interval of a count (Breslow and Day 1987, section 2.3),
    which public health statistics in England use for rates; 0 to the exact bound where the count is 0."""
    z = critical_value()
    low = 0.0 if count == 0 else count * (1 - 1 / (9 * count) - z / (3 * count**0.5)) ** 3
    upper = count + 1
    return low, upper * (1 - 1 / (9 * upper) + z / (3 * upper**0.5)) ** 3
