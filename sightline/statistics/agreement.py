"""Two coders' agreement: the share that agrees, Cohen's kappa, Krippendorff's alpha and Gwet's AC1.

All are for two coders and categories without an order. They are written out in numpy, because importing
statsmodels and nltk takes six seconds of a ten-second run; the tests hold kappa and its standard error
against statsmodels, alpha against nltk, and all against published worked examples.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sightline.statistics.intervals import critical_value, wilson

KAPPA, ALPHA, GWET = "Cohen's kappa", "Krippendorff's alpha", "Gwet's AC1"

LEFT_OUT = ("not_known", "not_applicable")
"""Answers that do not count for agreement: they say what the text allows, not how it was read (layout 1)."""


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


def answer_pairs(codings: pl.DataFrame, *, questions: tuple[str, ...]) -> pl.DataFrame:
    """review_id, child_ref, variable, first, second, coders_agree: a row for each answer given twice.

    `first` is the answer of the lowest coder letter, `second` that of the next; a third coder's is not
    used. A pair in which either answer is one of `LEFT_OUT` is no pair. The questions have one answer each.
    """
    coders = codings.group_by("review_id").agg(pl.col("coder").n_unique().alias("coders"))
    key = ["review_id", "child_ref", "variable"]
    answers = (
        codings.join(coders.filter(pl.col("coders") > 1), on="review_id", how="semi")
        .filter(pl.col("variable").is_in(questions))
        .sort("coder", "value", nulls_last=True)
        .unique([*key, "coder"], keep="first", maintain_order=True)
        .group_by(key, maintain_order=True)
        .agg(first=pl.col("value").first(), second=pl.col("value").slice(1, 1).first())
    )
    comparable = pl.col("second").is_not_null() & ~pl.any_horizontal(
        pl.col("first", "second").is_in(LEFT_OUT)
    )
    return answers.filter(comparable).with_columns(
        coders_agree=pl.when(pl.col("first") == pl.col("second")).then(pl.lit("yes")).otherwise(pl.lit("no"))
    )


def agreement(question: str, *, table: NDArray[np.int64]) -> Agreement:
    """All measures of agreement of two coders whose answers are a `cross_table`."""
    pairs, agreed = int(table.sum()), int(np.trace(table))
    kappa = cohens_kappa(table)
    return Agreement(
        question=question,
        pairs=pairs,
        agreed=agreed,
        percent=_share(agreed, pairs),
        kappa=kappa,
        alpha=alpha_of_two(table),
        ac1=gwets_ac1(table),
        advice=advice(pairs=pairs, agreed=agreed, kappa=kappa),
    )


def cross_table(pairs: pl.DataFrame) -> NDArray[np.int64]:
    """How often each pair of answers was given: rows are the first coder's answers, columns the second's.

    `pairs` holds the columns `first` and `second`.
    """
    counted = pairs.group_by("first", "second").len()
    answers = sorted({*counted["first"], *counted["second"]})
    place = {answer: index for index, answer in enumerate(answers)}
    table = np.zeros((len(answers), len(answers)), dtype=np.int64)
    for one, other, count in counted.iter_rows():
        table[place[one], place[other]] = count
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
        return Coefficient(KAPPA, None, None, None, _NO_PAIRS)
    share = table / pairs
    row, column = share.sum(axis=1), share.sum(axis=0)
    observed, expected = float(np.trace(share)), float(row @ column)
    if expected >= 1:
        return Coefficient(KAPPA, None, None, None, _ONE_ANSWER)
    kappa = (observed - expected) / (1 - expected)
    diagonal = np.diag(share) @ (1 - (row + column) * (1 - kappa)) ** 2
    cross = (column[:, None] + row[None, :]) ** 2
    off_diagonal = (1 - kappa) ** 2 * float((share * cross).sum() - np.diag(share) @ np.diag(cross))
    chance = (kappa - expected * (1 - kappa)) ** 2
    variance = (float(diagonal) + off_diagonal - chance) / ((1 - expected) ** 2 * pairs)
    return _with_normal_interval(KAPPA, kappa, variance=variance)


def krippendorffs_alpha(answers: NDArray[np.int64], *, times: NDArray[np.int64]) -> Coefficient:
    """Krippendorff's alpha for nominal data (Krippendorff 2011): any number of coders, gaps allowed.

    `answers` has a row for each pattern of answers about one child and a column for each answer: how many
    coders gave it. `times` says how often the pattern occurs. Patterns of fewer than two coders do not
    count. The interval is the jackknife's over children (Efron and Tibshirani 1993, chapter 11), which is
    deterministic, unlike the usual bootstrap.
    """
    paired = answers.sum(axis=1) > 1
    answers, times = answers[paired], times[paired]
    if not times.sum():
        return Coefficient(ALPHA, None, None, None, _NO_PAIRS)
    alpha = _alpha(answers, times)
    if alpha is None:
        return Coefficient(ALPHA, None, None, None, _ONE_ANSWER)
    return _with_normal_interval(ALPHA, alpha, variance=_jackknife_variance(answers, times))


def alpha_of_two(table: NDArray[np.int64]) -> Coefficient:
    """Krippendorff's alpha of two coders from their cross table."""
    one_hot = np.eye(len(table), dtype=np.int64)
    rows, columns = np.nonzero(table)
    return krippendorffs_alpha(one_hot[rows] + one_hot[columns], times=table[rows, columns])


def _alpha(answers: NDArray[np.int64], times: NDArray[np.int64]) -> float | None:
    """1 − observed over expected disagreement; None where all values are the same."""
    coders = answers.sum(axis=1)
    disagreeing = coders**2 - (answers**2).sum(axis=1)
    observed = float((times * disagreeing / (coders - 1)).sum())
    totals = times @ answers
    values = int(totals.sum())
    expected = values**2 - int((totals**2).sum())
    return None if expected == 0 else 1 - (values - 1) * observed / expected


def _jackknife_variance(answers: NDArray[np.int64], times: NDArray[np.int64]) -> float | None:
    """Leaving out each child in turn; those with the same pattern leave the same alpha behind."""
    children = int(times.sum())
    left = (
        [_alpha(answers, times - one) for one in np.eye(len(times), dtype=np.int64)] if children > 1 else []
    )
    known = [alpha for alpha in left if alpha is not None]
    if not known or len(known) < len(left):
        return None
    mean = np.average(known, weights=times)
    return (children - 1) / children * float(times @ (np.asarray(known) - mean) ** 2)


def gwets_ac1(table: NDArray[np.int64]) -> Coefficient:
    """Gwet's AC1 with his variance for two coders (Gwet 2008, British Journal of Mathematical and
    Statistical Psychology 61:29-48): chance agreement stays low where one answer dominates."""
    pairs, answers = int(table.sum()), len(table)
    if pairs == 0:
        return Coefficient(GWET, None, None, None, _NO_PAIRS)
    if answers < 2:
        return Coefficient(GWET, None, None, None, _ONE_ANSWER)
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
    return _with_normal_interval(GWET, ac1, variance=variance)


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


COEFFICIENTS = {KAPPA: cohens_kappa, ALPHA: alpha_of_two, GWET: gwets_ac1}
"""Each worked out from two coders' cross table."""
