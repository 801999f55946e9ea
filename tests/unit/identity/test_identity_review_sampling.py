"""A sample of pairs speaks for all pairs: by simulation, its intervals hold the truth as they say."""

import math

import numpy as np
import polars as pl
import pytest

from sightline.identity.review.blind import may_label, may_see_answers, settled
from sightline.identity.review.models import Verdict
from sightline.identity.review.sampling import (
    FEWEST,
    CannotSample,
    Judged,
    Stratum,
    estimated,
    planned,
)

ONE, TWO, UNTOLD = Verdict.ONE_CHILD, Verdict.TWO_CHILDREN, Verdict.CANNOT_TELL
THRESHOLD = 2.0


def invented_pairs(many, seed):
    """Pairs whose chance of being one child is near what their bits say; linked above the threshold."""
    chance = np.random.default_rng(seed)
    bits = np.concatenate((chance.normal(14, 5, many // 2), chance.normal(-6, 4, many // 2)))
    right = chance.random(len(bits)) < 1 / (1 + 2.0 ** -(0.8 * bits))
    return pl.DataFrame(
        {
            "key": [f"{at:06}" for at in range(len(bits))],
            "bits": bits,
            "is_linked": bits >= THRESHOLD,
            "is_right": right,
        }
    )


def judged_by_truth(plan):
    counted = plan.sample.group_by("stratum").agg(pl.len(), pl.col("is_right").sum())
    of_stratum = {stratum: (right, many - right) for stratum, many, right in counted.iter_rows()}
    return [Judged(each, *of_stratum[each.number], 0) for each in plan.strata]


def test_every_pair_is_in_one_stratum_and_its_chance_is_what_was_drawn_of_it():
    pairs = invented_pairs(4_000, 1)
    plan = planned(pairs, threshold=THRESHOLD, size=300, seed=5)
    assert sum(each.pairs for each in plan.strata) == pairs.height
    assert sum(each.drawn for each in plan.strata) == plan.sample.height
    assert plan.sample["key"].n_unique() == plan.sample.height
    for each in plan.strata:
        drawn = plan.sample.filter(pl.col("stratum") == each.number)
        assert drawn.height == each.drawn >= min(FEWEST, each.pairs)
        assert each.chance == each.drawn / each.pairs
        assert drawn["is_linked"].unique().to_list() == [each.is_linked]
        above = drawn["bits"] - THRESHOLD
        assert each.low <= above.min() and above.max() < each.high


def test_pairs_near_the_threshold_are_drawn_more_densely():
    plan = planned(invented_pairs(20_000, 2), threshold=THRESHOLD, size=400, seed=5)
    chance = {(each.is_linked, each.low): each.chance for each in plan.strata}
    assert chance[True, 0.0] > 5 * chance[True, 10.0]
    assert chance[False, -4.0] > 3 * chance[False, -math.inf]


def test_a_sample_hangs_on_its_seed_and_not_on_the_order_of_the_pairs():
    pairs = invented_pairs(2_000, 3)
    plan = planned(pairs, threshold=THRESHOLD, size=200, seed=5)
    turned = planned(pairs.reverse(), threshold=THRESHOLD, size=200, seed=5)
    other = planned(pairs, threshold=THRESHOLD, size=200, seed=6)
    assert plan.sample.equals(turned.sample)
    assert not plan.sample.equals(other.sample)


def test_reviewers_cannot_read_bits_off_the_order():
    plan = planned(invented_pairs(4_000, 1), threshold=THRESHOLD, size=300, seed=5)
    places = pl.Series(range(plan.sample.height), dtype=pl.Float64)
    assert abs(np.corrcoef(places.to_numpy(), plan.sample["bits"].to_numpy())[0, 1]) < 0.2


def test_without_pairs_there_is_no_sample():
    with pytest.raises(CannotSample):
        planned(invented_pairs(10, 1).clear(), threshold=THRESHOLD, size=100, seed=1)


@pytest.fixture(scope="module")
def simulated():
    """For each of many populations the true precision and recall, and what a sample says of them."""
    found = []
    for seed in range(120):
        pairs = invented_pairs(3_000, seed)
        linked, right = pairs["is_linked"], pairs["is_right"]
        both = (linked & right).sum()
        plan = planned(pairs, threshold=THRESHOLD, size=300, seed=1_000 + seed)
        estimates = estimated(judged_by_truth(plan))
        found.append((both / linked.sum(), estimates.precision))
        found.append((both / right.sum(), estimates.recall))
    return found


def test_intervals_hold_the_truth_about_as_often_as_they_say(simulated):
    for measure in (simulated[::2], simulated[1::2]):
        held = sum(estimate.low <= truth <= estimate.high for truth, estimate in measure)
        assert held / len(measure) >= 0.9


def test_estimates_are_right_on_average(simulated):
    for measure in (simulated[::2], simulated[1::2]):
        differences = [estimate.value - truth for truth, estimate in measure]
        assert abs(np.mean(differences)) < 3 * np.std(differences) / math.sqrt(len(differences))


def test_strata_weigh_by_the_pairs_they_stand_for():
    sure = Stratum(0, True, 10, math.inf, pairs=900, drawn=20)
    doubtful = Stratum(1, True, 0, 4, pairs=100, drawn=20)
    missed = Stratum(2, False, -4, 0, pairs=50, drawn=10)
    found = estimated([Judged(sure, 20, 0, 0), Judged(doubtful, 10, 10, 0), Judged(missed, 1, 9, 0)])
    assert found.precision.value == pytest.approx((900 + 50) / 1000)
    assert found.recall.value == pytest.approx(950 / (950 + 5))
    assert found.judged == 50


def test_what_stays_unsettled_is_shown_as_bounds():
    stratum = Stratum(0, True, 0, 4, pairs=100, drawn=10)
    found = estimated([Judged(stratum, 6, 2, 2)])
    assert (found.precision.lowest, found.precision.highest) == (pytest.approx(0.6), pytest.approx(0.8))
    assert found.precision.value == pytest.approx(0.75)
    assert found.unsettled == 2


def test_without_labels_nothing_is_estimated():
    found = estimated([Judged(Stratum(0, True, 0, 4, 100, 10), 0, 0, 0)])
    assert (found.precision, found.recall, found.judged) == (None, None, 0)


@pytest.mark.parametrize(
    ("answers", "reviewer", "may"),
    [
        ({}, "Ann", True),
        ({}, " ", False),
        ({"Ann": ONE}, "Ann", False),
        ({"Ann": ONE}, "Bob", True),
        ({"Ann": ONE, "Bob": ONE}, "Cat", False),
        ({"Ann": ONE, "Bob": TWO}, "Cat", True),
        ({"Ann": ONE, "Bob": UNTOLD}, "Cat", True),
        ({"Ann": ONE, "Bob": TWO, "Cat": ONE}, "Dan", False),
    ],
)
def test_two_people_answer_and_a_third_where_they_disagree(answers, reviewer, may):
    assert may_label(answers, reviewer=reviewer).allowed is may


@pytest.mark.parametrize(
    ("verdicts", "says"),
    [
        ([ONE], None),
        ([ONE, ONE], ONE),
        ([ONE, TWO], None),
        ([ONE, TWO, TWO], TWO),
        ([UNTOLD, UNTOLD], None),
        ([ONE, TWO, UNTOLD], None),
    ],
)
def test_two_who_agree_settle_a_pair_or_else_the_third(verdicts, says):
    assert settled(verdicts) is says


def test_answers_are_shown_once_two_people_have_given_theirs():
    assert not may_see_answers({"Ann": ONE})
    assert may_see_answers({"Ann": ONE, "Bob": TWO})
