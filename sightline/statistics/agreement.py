"""Two coders' agreement: the share that agrees, Cohen's kappa, Krippendorff's alpha and Gwet's AC1.

All are for two coders and categories without an order. They are written out in numpy, because importing
statsmodels and nltk takes six seconds of a ten-second run; the tests hold kappa and its standard error
against statsmodels, alpha against nltk, and all against published worked examples.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sightline.statistics.intervals import critical_value, wilson

DOUBLE_CODED_QUESTION = "neglect_experienced"
COMPARED = ("yes", "no", "not_mentioned")
"""The answers that count for agreement on a yes-or-no question (register layout 1)."""


@dataclass(frozen=True, slots=True)
class Coefficient:
    """`value` None: it cannot be worked out, and `words` says why. `low` and `high` bound it with 95%
    confidence and are None where no interval can be given."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two coders agree on one question. `agreed` of `pairs`; `percent` 0 to 100."""

    question: str
    pairs: int
    agreed: int
    percent: Coefficient
    kappa: Coefficient
    alpha: Coefficient
    ac1: Coefficient
    advice: str


def answer_pairs(
    codings: pl.DataFrame, *, question: str, compared: tuple[str, ...] = COMPARED
) -> pl.DataFrame:
    """review_id, child_ref, first, second, coders_agree: a row for each child (or review) coded twice.

    `first` is the answer of the lowest coder letter, `second` that of the next; a third coder's is not
    used. Only pairs are kept in which both gave one of the `compared` answers.
    """
    key = ["review_id", "child_ref"]
    answers = (
        codings.filter(pl.col("variable") == question)
        .sort("coder", "value", nulls_last=True)
        .unique([*key, "coder"], keep="first", maintain_order=True)
        .group_by(key, maintain_order=True)
        .agg(first=pl.col("value").first(), second=pl.col("value").slice(1, 1).first())
    )
    both_compared = pl.col("first").is_in(compared) & pl.col("second").is_in(compared)
    return answers.filter(both_compared.fill_null(value=False)).with_columns(
        coders_agree=pl.when(pl.col("first") == pl.col("second")).then(pl.lit("yes")).otherwise(pl.lit("no"))
    )


def agreement(question: str, *, first: Sequence[str], second: Sequence[str]) -> Agreement:
    """Agreement of two equally long lines of answers, the same child at the same place in both."""
    table = cross_table(first, second)
    pairs, agreed = int(table.sum()), int(np.trace(table))
    kappa = cohens_kappa(table)
    return Agreement(
        question=question,
        pairs=pairs,
        agreed=agreed,
        percent=_share(agreed, pairs),
        kappa=kappa,
        alpha=krippendorffs_alpha(table),
        ac1=gwets_ac1(table),
        advice=advice(pairs=pairs, agreed=agreed, kappa=kappa),
    )


def cross_table(first: Sequence[str], second: Sequence[str]) -> NDArray[np.int64]:
    """How often each pair of answers was given: rows are the first coder's answers, columns the second's."""
    if len(first) != len(second):
        raise ValueError(f"Two coders' answers must pair up; there are {len(first)} and {len(second)}.")
    answers = sorted({*first, *second})
    place = {answer: index for index, answer in enumerate(answers)}
    table = np.zeros((len(answers), len(answers)), dtype=np.int64)
    for one, other in zip(first, second, strict=True):
        table[place[one], place[other]] += 1
    return table


_NO_PAIRS = "Nothing was coded twice, so there is no agreement to measure."
_ONE_ANSWER = (
    "Both coders gave one and the same answer throughout, so agreement by chance is complete and the "
    "coefficient has no meaning."
)


def cohens_kappa(table: NDArray[np.int64]) -> Coefficient:
    """Cohen (1960), with the large-sample standard error of Fleiss, Cohen and Everitt (1969)."""
    pairs = int(table.sum())
    if pairs == 0:
        return Coefficient("Cohen's kappa", None, None, None, _NO_PAIRS)
    share = table / pairs
    row, column = share.sum(axis=1), share.sum(axis=0)
    observed, expected = float(np.trace(share)), float(row @ column)
    if expected >= 1:
        return Coefficient("Cohen's kappa", None, None, None, _ONE_ANSWER)
    kappa = (observed - expected) / (1 - expected)
    diagonal = np.diag(share) @ (1 - (row + column) * (1 - kappa)) ** 2
    cross = (column[:, None] + row[None, :]) ** 2
    off_diagonal = (1 - kappa) ** 2 * float((share * cross).sum() - np.diag(share) @ np.diag(cross))
    chance = (kappa - expected * (1 - kappa)) ** 2
    variance = (float(diagonal) + off_diagonal - chance) / ((1 - expected) ** 2 * pairs)
    return _with_normal_interval("Cohen's kappa", kappa, variance=variance)


def krippendorffs_alpha(table: NDArray[np.int64]) -> Coefficient:
    """Krippendorff's alpha for nominal data and two coders, from the matrix of coincidences.

    The interval is the jackknife's over pairs (Efron and Tibshirani 1993, chapter 11): deterministic,
    unlike the usual bootstrap.
    """
    pairs = int(table.sum())
    if pairs == 0:
        return Coefficient("Krippendorff's alpha", None, None, None, _NO_PAIRS)
    alpha = _alpha(table)
    if alpha is None:
        return Coefficient("Krippendorff's alpha", None, None, None, _ONE_ANSWER)
    return _with_normal_interval("Krippendorff's alpha", alpha, variance=_jackknife_variance(table))


def _alpha(table: NDArray[np.int64]) -> float | None:
    values = 2 * int(table.sum())
    coincidences = table + table.T
    totals = coincidences.sum(axis=1)
    expected = values**2 - int((totals**2).sum())
    if expected == 0:
        return None
    observed = values - int(np.trace(coincidences))
    return 1 - (values - 1) * observed / expected


def _jackknife_variance(table: NDArray[np.int64]) -> float | None:
    """Leaving out each pair in turn; pairs with the same two answers leave the same alpha behind."""
    pairs = int(table.sum())
    left, times = [], []
    for one, other in zip(*np.nonzero(table), strict=True):
        without = table.copy()
        without[one, other] -= 1
        alpha = _alpha(without)
        if alpha is None:
            return None
        left.append(alpha)
        times.append(int(table[one, other]))
    mean = np.average(left, weights=times)
    return (pairs - 1) / pairs * float(np.dot(times, (np.asarray(left) - mean) ** 2))


def gwets_ac1(table: NDArray[np.int64]) -> Coefficient:
    """Gwet's AC1 with his variance for two coders (Gwet 2008, British Journal of Mathematical and
    Statistical Psychology 61:29-48): chance agreement stays low where one answer dominates."""
    pairs, answers = int(table.sum()), len(table)
    if pairs == 0:
        return Coefficient("Gwet's AC1", None, None, None, _NO_PAIRS)
    if answers < 2:
        return Coefficient("Gwet's AC1", None, None, None, _ONE_ANSWER)
    share = table / pairs
    prevalence = (share.sum(axis=1) + share.sum(axis=0)) / 2
    observed = float(np.trace(share))
    chance = float((prevalence * (1 - prevalence)).sum()) / (answers - 1)
    ac1 = (observed - chance) / (1 - chance)
    agree = float(np.diag(share) @ (1 - prevalence))
    weights = (1 - (prevalence[:, None] + prevalence[None, :]) / 2) ** 2
    spread = float((share * weights).sum())
    variance = (
        observed * (1 - observed)
        - 4 * (1 - ac1) * (agree / (answers - 1) - observed * chance)
        + 4 * (1 - ac1) ** 2 * (spread / (answers - 1) ** 2 - chance**2)
    ) / (pairs * (1 - chance) ** 2)
    return _with_normal_interval("Gwet's AC1", ac1, variance=variance)


def _with_normal_interval(name: str, value: float, *, variance: float | None) -> Coefficient:
    if variance is None:
        return Coefficient(name, value, None, None, f"{name} is {value:.3f}; too few pairs for an interval.")
    half = critical_value() * sqrt(max(variance, 0.0))
    low, high = max(-1.0, value - half), min(1.0, value + half)
    return Coefficient(
        name, value, low, high, f"{name} is {value:.3f} (95% interval {low:.3f} to {high:.3f})."
    )


def _share(agreed: int, pairs: int) -> Coefficient:
    if pairs == 0:
        return Coefficient("Agreement in percent", None, None, None, _NO_PAIRS)
    low, high = (float(bound[0]) for bound in wilson([agreed], [pairs]))
    return Coefficient(
        "Agreement in percent", 100 * agreed / pairs, low, high, f"The coders agree on {agreed} of {pairs}."
    )


_STRENGTH = (
    (0.81, "almost perfect"),
    (0.61, "substantial"),
    (0.41, "moderate"),
    (0.21, "fair"),
    (0.0, "slight"),
)
"""Landis and Koch (1977): a convention for reading kappa, not a test."""
FEW_PAIRS = 30


def advice(*, pairs: int, agreed: int, kappa: Coefficient) -> str:
    """What to make of it, in words."""
    if pairs == 0:
        return _NO_PAIRS
    few = "" if pairs >= FEW_PAIRS else f" With {pairs} double coded the interval is wide: code more twice."
    if kappa.value is None:
        return (
            "Both coders gave the same answer every time, so how well they would agree on other answers "
            f"is not known.{few}"
        )
    strength = next((words for bound, words in _STRENGTH if kappa.value >= bound), "worse than chance")
    tail = (
        ""
        if kappa.value >= _STRENGTH[1][0]
        else " Read the disagreements together and sharpen the codebook before the figure is relied on."
    )
    if kappa.value < 0.41 and agreed / pairs >= 0.8:
        tail = " Nearly all answers are the same, which pulls kappa down: read it beside AC1."
    return f"Agreement beyond chance is {strength} (Landis and Koch 1977).{tail}{few}"
