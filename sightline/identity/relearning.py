"""Learning tried out: on part of what identifiers tell, measured on the rest, before anything is changed."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from sightline.identity.arrays import Population
from sightline.identity.expectation import learn_by_expectation
from sightline.identity.known_pairs import KnownPairs, groups, known_pairs
from sightline.identity.learning import FEWEST_PAIRS, Rows, learn
from sightline.identity.pairing import pairs_worth_deciding
from sightline.identity.scoring import evidence_of
from sightline.identity.weights import Weights, children_about, rows_of, weights_of
from sightline.vocabulary.decisions import Decision, allowed, refused, require
from sightline.vocabulary.progress import Progress, silent

SHARE_HELD_OUT = 0.2
WORST_LOSS = 0.002
"""Bits a pair by which new weights may be less sure of held-out pairs; less than that is chance."""
NO_LEAST = -1000.0
_BASIS = "learning weights"

Pairs = tuple[Rows, Rows]


class Method(StrEnum):
    KNOWN_PAIRS = "known_pairs"
    EXPECTATION = "expectation"


@dataclass(frozen=True, slots=True)
class Quality:
    """How weights do on pairs known by identifiers, which they are not shown.

    `found` and `wrongly_joined` are the shares of the pairs of one child, and of two children of one home,
    whose own evidence suffices to join them. `lost_bits` is how far the odds are from the truth, on average.
    """

    found: float
    wrongly_joined: float
    lost_bits: float


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """What learning gives, nothing changed yet. Without held-out pairs `before` and `after` are None."""

    weights: Weights
    method: Method
    same_pairs: int
    home_pairs: int
    contradicted: int
    crowded: int
    held_out: tuple[int, int]  # pairs of one child, of one home
    before: Quality | None
    after: Quality | None
    rounds: int = 0
    has_converged: bool = True


def enough_pairs(pairs: KnownPairs) -> Decision:
    for many, what in (
        (len(pairs.same[0]), "of one child"),
        (len(pairs.home[0]), "of two children of one home"),
    ):
        if many < FEWEST_PAIRS:
            return refused(
                f"NHS numbers and UPNs tell of {many:,} pairs of records {what}; weights of one's own need "
                f"{FEWEST_PAIRS:,}. The weights in force stay. Learning by expectation needs no identifiers, "
                "but is a fallback.",
                basis=_BASIS,
            )
    return allowed(basis=_BASIS)


def may_be_put_in_force(trial: Trial) -> Decision:
    if not trial.has_converged:
        return refused(f"Learning had not settled after {trial.rounds} rounds.", basis=_BASIS)
    if trial.before and trial.after:
        if trial.after.lost_bits > trial.before.lost_bits + WORST_LOSS:
            return refused(
                "On pairs held out, what was learnt is further from the truth than the weights in force "
                f"({trial.after.lost_bits:.4f} bits a pair, {trial.before.lost_bits:.4f} before).",
                basis=_BASIS,
            )
        if trial.after.wrongly_joined > trial.before.wrongly_joined + WORST_LOSS:
            return refused(
                f"What was learnt would join {trial.after.wrongly_joined:.2%} of the pairs of two children "
                f"of one home ({trial.before.wrongly_joined:.2%} before).",
                basis=_BASIS,
            )
    return allowed(basis=_BASIS)


def try_learning(
    population: Population,
    weights: Weights,
    *,
    version: str,
    method: Method = Method.KNOWN_PAIRS,
    progress: Progress = silent,
) -> Trial:
    """Learn from `weights` on, and measure both. Raises `Refusal` where identifiers tell too little."""
    progress("finding known pairs", 0, 0)
    known = known_pairs(population)
    if method is Method.KNOWN_PAIRS:
        require(enough_pairs(known))
    held = _held_out(known, len(population.records.born))
    same, held_same = _parted(known.same, held)
    home, held_home = _parted(known.home, held)
    nameless = without_numbers(population)
    progress("learning", 0, 0)
    rounds, has_converged = 0, True
    if method is Method.KNOWN_PAIRS:
        learnt = learn(population, same, home, weights, version=version)
    else:
        pairs = pairs_worth_deciding(nameless, weights, least=NO_LEAST, progress=progress)
        found = learn_by_expectation(nameless, (pairs.first, pairs.second), weights, version=version)
        learnt, rounds, has_converged = found.weights, found.rounds, found.has_converged
    # As they will be stored: to the thousandth of a bit.
    kept = replace(weights, table=weights_of(rows_of(learnt), version=version).table, version=version)
    progress("measuring", 0, 0)
    can_be_measured = len(held_same[0]) > 0 and len(held_home[0]) > 0
    return Trial(
        kept,
        method,
        same_pairs=len(same[0]),
        home_pairs=len(home[0]),
        contradicted=known.contradicted,
        crowded=known.crowded,
        held_out=(len(held_same[0]), len(held_home[0])),
        before=quality(nameless, held_same, held_home, weights) if can_be_measured else None,
        after=quality(nameless, held_same, held_home, kept) if can_be_measured else None,
        rounds=rounds,
        has_converged=has_converged,
    )


def quality(population: Population, same: Pairs, home: Pairs, weights: Weights) -> Quality:
    prior = np.log2(children_about(population))
    of_same, of_home = (evidence_of(*pairs, population, weights)[0] - prior for pairs in (same, home))
    return Quality(
        found=float((of_same >= weights.link_bits).mean()),
        wrongly_joined=float((of_home >= weights.link_bits).mean()),
        lost_bits=float((_lost(of_same).mean() + _lost(-of_home).mean()) / 2),
    )


def _lost(bits: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.logaddexp2(0, -bits.astype(np.float64))


def without_numbers(population: Population) -> Population:
    """The same records as if nobody had an NHS number or a UPN: pairs found by them are judged without."""
    records = population.records
    nothing = np.zeros_like(records.nhs_number)
    return population._replace(records=records._replace(nhs_number=nothing, upn=nothing))


def _held_out(known: KnownPairs, rows: int) -> NDArray[np.bool_]:
    """Whole families are held out, so that nothing of a home is on both sides; always the same ones."""
    a, b = (np.concatenate(side) for side in zip(known.same, known.home, strict=True))
    family = groups(a, b, rows)
    chosen = np.random.default_rng(0).random(int(family.max(initial=0)) + 1) < SHARE_HELD_OUT
    return np.asarray(chosen[family], np.bool_)


def _parted(pairs: Pairs, held: NDArray[np.bool_]) -> tuple[Pairs, Pairs]:
    is_held = held[pairs[0]]
    return (pairs[0][~is_held], pairs[1][~is_held]), (pairs[0][is_held], pairs[1][is_held])
