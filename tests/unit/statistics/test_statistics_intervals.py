import numpy as np
import pytest

from sightline.statistics.intervals import poisson, wilson


@pytest.mark.parametrize("count", [0, 1, 2, 20, 146, 392, 393])
def test_wilson_is_scipys(count):
    from scipy import stats

    theirs = stats.binomtest(count, 393).proportion_ci(method="wilson")
    low, high = wilson([count], [393])
    assert (low[0], high[0]) == pytest.approx((100 * theirs.low, 100 * theirs.high), abs=1e-9)


def test_wilson_of_nobody_is_no_number_and_no_crash():
    low, high = wilson([0], [0])
    assert np.isnan(low[0]) and np.isnan(high[0])


@pytest.mark.parametrize("count", [0, 1, 5, 10, 100, 456])
def test_the_poisson_interval_is_that_of_chi_square(count):
    from scipy import stats

    exact_low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0
    exact_high = stats.chi2.ppf(0.975, 2 * count + 2) / 2
    assert poisson(count) == pytest.approx((exact_low, exact_high))
