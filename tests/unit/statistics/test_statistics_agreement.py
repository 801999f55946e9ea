"""Agreement of two coders, against published examples and against other people's implementations."""

from itertools import repeat

import numpy as np
import polars as pl
import pytest

from sightline.statistics.agreement import (
    agreement,
    answer_pairs,
    cohens_kappa,
    cross_table,
    gwets_ac1,
    krippendorffs_alpha,
)

COHEN_1960 = np.array([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
"""Cohen (1960), table 1, as counts of 200 (personality disorder, neurosis, psychosis): kappa 0.49."""

FLEISS_1969 = np.array([[106, 10, 4], [22, 28, 10], [2, 12, 6]])
"""Fleiss, Cohen and Everitt (1969), table 1, as counts of 200: kappa 0.429."""

GWET_2002 = np.array([[118, 5], [2, 0]])
"""The kappa paradox: 118 of 125 alike. Gwet (2002, 2008) gives AC1 0.9408 where kappa is -0.0234."""


def crossed(first, second):
    answers = {"first": list(first), "second": list(second)}
    return cross_table(pl.DataFrame(answers, schema=dict.fromkeys(answers, pl.String)))


def pairs_of(table):
    """Two lines of answers that give this table."""
    first, second = [], []
    for row, column in np.ndindex(*table.shape):
        first += repeat(f"answer {row}", table[row, column])
        second += repeat(f"answer {column}", table[row, column])
    return first, second


def test_cohens_own_example():
    assert cohens_kappa(COHEN_1960).value == pytest.approx(0.492, abs=0.0005)


def test_the_example_of_fleiss_cohen_and_everitt():
    assert cohens_kappa(FLEISS_1969).value == pytest.approx(0.429, abs=0.0005)


@pytest.mark.parametrize("table", [COHEN_1960, FLEISS_1969, GWET_2002])
def test_kappa_and_its_interval_are_those_of_statsmodels(table):
    from statsmodels.stats import inter_rater

    theirs = inter_rater.cohens_kappa(table)
    ours = cohens_kappa(table)

    assert ours.value == pytest.approx(theirs.kappa)
    assert (ours.low, ours.high) == (
        pytest.approx(max(-1, theirs.kappa_low)),
        pytest.approx(min(1, theirs.kappa_upp)),
    )


@pytest.mark.parametrize(
    ("first", "second", "alpha"),
    [
        ("0100000010", "1110010000", 0.095),
        ("aabbdcccedda", "babbbccceddd", 0.692),
    ],
)
def test_krippendorffs_examples_for_two_observers(first, second, alpha):
    """Krippendorff (2011), Computing Krippendorff's alpha-reliability, examples A and B."""
    assert agreement("example", table=crossed(first, second)).alpha.value == pytest.approx(alpha, abs=0.0005)


def test_krippendorffs_example_for_four_observers_with_answers_missing():
    """The same, example C, nominal data: 0.743."""
    observers = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    units = list(zip(*observers, strict=True))
    answers = np.array([[unit.count(answer) for answer in "12345"] for unit in units])
    found = krippendorffs_alpha(answers, times=np.ones(len(units), dtype=np.int64))
    assert found.value == pytest.approx(0.743, abs=0.0005)


@pytest.mark.parametrize("table", [COHEN_1960, FLEISS_1969, GWET_2002])
def test_alpha_is_that_of_nltk(table):
    from nltk.metrics import agreement as nltk

    first, second = pairs_of(table)
    answers = [
        (coder, str(unit), answer)
        for coder, line in (("A", first), ("B", second))
        for unit, answer in enumerate(line)
    ]
    theirs = nltk.AnnotationTask(data=answers).alpha()
    assert agreement("example", table=crossed(first, second)).alpha.value == pytest.approx(theirs)


def test_the_jackknife_is_leaving_out_one_child_at_a_time():
    first, second = pairs_of(FLEISS_1969)
    found = agreement("example", table=crossed(first, second)).alpha
    without = [
        agreement("x", table=crossed(first[:n] + first[n + 1 :], second[:n] + second[n + 1 :])).alpha.value
        for n in range(len(first))
    ]
    error = np.sqrt((len(without) - 1) * np.var(without))
    assert (found.low, found.high) == pytest.approx(
        (found.value - 1.959964 * error, found.value + 1.959964 * error), abs=1e-6
    )


def test_gwets_example_where_kappa_fails():
    found = agreement("example", table=GWET_2002)
    assert found.ac1.value == pytest.approx(0.9408, abs=0.00005)
    assert found.kappa.value == pytest.approx(-0.0234, abs=0.00005)
    assert "read it beside AC1" in found.advice


@pytest.mark.parametrize("table", [COHEN_1960, FLEISS_1969, GWET_2002])
def test_gwets_variance_is_that_of_his_linearisation(table):
    """Gwet (2014), Handbook of Inter-Rater Reliability, chapter 5: each child's own contribution, here
    written out child by child and divided by n squared, as the paper of 2008 has it."""
    answers = len(table)
    share = table / table.sum()
    prevalence = (share.sum(axis=0) + share.sum(axis=1)) / 2
    chance = (prevalence * (1 - prevalence)).sum() / (answers - 1)
    ac1 = (np.trace(share) - chance) / (1 - chance)
    contributions = []
    for row, column in np.ndindex(*table.shape):
        own_chance = (1 - (prevalence[row] + prevalence[column]) / 2) / (answers - 1)
        own = ((row == column) - chance) / (1 - chance) - 2 * (1 - ac1) * (own_chance - chance) / (1 - chance)
        contributions += repeat(own, table[row, column])
    error = np.sqrt(((np.array(contributions) - ac1) ** 2).sum()) / table.sum()

    found = gwets_ac1(table)
    assert found.low == pytest.approx(ac1 - 1.959964 * error, abs=1e-6)
    assert found.high == pytest.approx(min(1, ac1 + 1.959964 * error), abs=1e-6)


def test_nothing_coded_twice_is_said_in_words():
    found = agreement("domestic_abuse", table=crossed([], []))
    assert (found.percent.value, found.kappa.value, found.alpha.value, found.ac1.value) == (None,) * 4
    assert found.advice == "Nothing was coded twice, so there is no agreement to measure."


def test_one_and_the_same_answer_throughout_is_said_in_words():
    found = agreement("domestic_abuse", table=crossed(["yes"] * 40, ["yes"] * 40))
    assert found.percent.value == 100
    assert (found.kappa.value, found.alpha.value, found.ac1.value) == (None,) * 3
    assert "one and the same answer" in found.kappa.words
    assert "is not known" in found.advice


def test_a_single_pair_has_no_interval_and_no_crash():
    found = agreement("domestic_abuse", table=crossed(["yes"], ["no"]))
    assert found.kappa.value == 0
    assert found.alpha.value == 0 and found.alpha.low is None
    assert "code more twice" in found.advice


def a_coding(coder, value, child_ref="child"):
    return {
        "review_id": "review",
        "child_ref": child_ref,
        "variable": "neglect_experienced",
        "value": value,
        "coder": coder,
    }


@pytest.mark.parametrize(
    ("codings", "pairs"),
    [
        ([a_coding("B", "no"), a_coding("A", "yes")], [("yes", "no")]),
        ([a_coding("C", "no"), a_coding("A", "yes"), a_coding("B", "yes")], [("yes", "yes")]),
        ([a_coding("A", "yes")], []),
        ([a_coding("A", "yes"), a_coding("B", "not_known")], []),
        ([a_coding("A", "not_mentioned"), a_coding("B", "no")], [("not_mentioned", "no")]),
        ([a_coding("A", "yes"), a_coding("B", "no", child_ref="sibling")], []),
    ],
    ids=["in letter order", "first two of three", "once", "not known", "not mentioned", "two children"],
)
def test_a_pair_is_the_first_two_coders_answers_on_one_child(codings, pairs):
    found = answer_pairs(pl.DataFrame(codings), questions=("neglect_experienced",))
    assert list(zip(found["first"], found["second"], strict=True)) == pairs
