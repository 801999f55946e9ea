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
MOST_MORE_JOINED = 0.002
"""Share of the held-out pairs of one home that new weights may join and the old did not."""
ERRORS_FOR_WORSE = 2.0
"""Standard errors by which new weights must be further from the truth on held-out pairs to count as worse."""
NO_LEAST = -1000.0
_BASIS = "learning weights"

Pairs = tuple[Rows, Rows]
Bits = NDArray[np.float64]


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
    gained_bits: float = 0.0  # by which `after` is nearer to the truth, pair by pair
    gained_error: float = 0.0  # its standard error
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
    if trial.gained_bits < -ERRORS_FOR_WORSE * trial.gained_error:
        return refused(
            "On pairs held out, what was learnt is further from the truth than the weights in force, by "
            f"{-trial.gained_bits:.4f} bits a pair (standard error {trial.gained_error:.4f}).",
            basis=_BASIS,
        )
    if trial.before and trial.after:
        more = trial.after.wrongly_joined - trial.before.wrongly_joined
        if more > MOST_MORE_JOINED:
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
    trial = Trial(
        kept,
        method,
        same_pairs=len(same[0]),
        home_pairs=len(home[0]),
        contradicted=known.contradicted,
        crowded=known.crowded,
        held_out=(len(held_same[0]), len(held_home[0])),
        before=None,
        after=None,
        rounds=rounds,
        has_converged=has_converged,
    )
    return measured(trial, nameless, held_same, held_home, weights) if all(trial.held_out) else trial


def measured(trial: Trial, population: Population, same: Pairs, home: Pairs, before: Weights) -> Trial:
    """The trial with its weights held against those of before, on pairs of one child and of one home."""
    odds = [_odds(population, same, home, weights) for weights in (before, trial.weights)]
    (same_before, home_before), (same_after, home_after) = odds
    gained = (_lost(same_before) - _lost(same_after), _lost(-home_before) - _lost(-home_after))
    return replace(
        trial,
        before=_quality(same_before, home_before, before),
        after=_quality(same_after, home_after, trial.weights),
        gained_bits=float(np.mean([each.mean() for each in gained])),
        gained_error=float(np.sqrt(sum(each.var() / len(each) for each in gained)) / len(gained)),
    )


def _odds(population: Population, same: Pairs, home: Pairs, weights: Weights) -> tuple[Bits, Bits]:
    """In bits, of each pair by itself, under the prior of any two records."""
    prior = np.log2(children_about(population))
    of_same, of_home = (
        evidence_of(*pairs, population, weights)[0].astype(np.float64) - prior for pairs in (same, home)
    )
    return of_same, of_home


def _quality(of_same: Bits, of_home: Bits, weights: Weights) -> Quality:
    return Quality(
        found=float((of_same >= weights.link_bits).mean()),
        wrongly_joined=float((of_home >= weights.link_bits).mean()),
        lost_bits=float((_lost(of_same).mean() + _lost(-of_home).mean()) / 2),
    )


def _lost(bits: Bits) -> Bits:
    return np.logaddexp2(0, -bits)


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
