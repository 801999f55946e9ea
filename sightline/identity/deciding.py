"""From pairs to identities: decided over whole identities, best evidence first, in two passes.

The first pass joins what the records alone make certain, as if nothing were known of anybody else.

The second weighs what is left over against everything that is known by then. Nearly every child is known to
some agencies (a school's pupil to a doctor), so a record without such a partner most likely has one that
was missed; but it has one only, so all candidates compete for it. The odds that two identities a and b are
one child are

    2^bits(a, b)  :  children / (odds that a and b each have a partner)  +  Σ 2^bits(rival)

over the rivals for either that cannot all be right. Two identities are joined when each is the other's best
and the odds suffice; then what they say together is weighed again, until nothing more is joined.

An agency that holds a child twice is the exception, with odds of its own, learnt from the first pass. Where
a register (an agency that hardly ever does) holds both, only the records' own evidence can join them: that
is how twins stay two. And where no forename of the one is near any of the other, being without a partner
counts for nothing: a twin known to one agency alone looks just so, and a person is asked.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sightline.identity.arrays import Population
from sightline.identity.clusters import (
    Clusters,
    alone,
    are_barred,
    between,
    join,
    numbers_conflict,
    root_of,
    roots,
    twice_bits,
)
from sightline.identity.compiled import fast, inlined
from sightline.identity.pairing import THREADS, Pairs
from sightline.identity.weights import Weights, children_about

Bits = NDArray[np.float64]
Ints = NDArray[np.int64]

REGISTER_BITS = -4.0
"""An agency whose odds of holding a child twice are below this is a register of its children."""
MOST_ROUNDS = 40
BY_RULING, BY_NUMBERS = 1, 2
FEWEST_FOR_A_SHARE = 200


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """`cluster` per row; the joins in order with the pair each rests on; what a person should decide."""

    cluster: Ints
    joined_a: Ints
    joined_b: Ints
    joined_bits: Bits
    asked_a: Ints
    asked_b: Ints
    asked_bits: Bits
    asked_conflict: NDArray[np.bool_]


@fast
def _first_pass(
    first,
    second,
    bits,
    clusters,
    twice,
    population,
    table,
    mates,
    floor,
    ceiling,
    base,
    strict,
    never_a,
    never_b,
    out_a,
    out_b,
    out_bits,
):
    joined = 0
    for k in range(len(first)):
        if bits[k] + base < strict:
            break
        a, b = root_of(clusters.parent, first[k]), root_of(clusters.parent, second[k])
        if a == b:
            continue
        if (
            clusters.size[a] == 1
            and clusters.size[b] == 1
            and population.records.agency[a] != population.records.agency[b]
        ):
            said = np.float64(min(bits[k], np.float32(ceiling)))
        else:
            said, _ = between(a, b, clusters, population, table, mates, floor, ceiling)
            said += twice_bits(a, b, clusters, twice)
        if said + base < strict or are_barred(a, b, clusters, never_a, never_b):
            continue
        if numbers_conflict(a, b, clusters, population.records):
            continue
        join(a, b, clusters)
        out_a[joined], out_b[joined], out_bits[joined] = first[k], second[k], said + base
        joined += 1
    return joined


@fast
def _between_all(a, b, which, clusters, population, table, mates, floor, ceiling, bits, namesakes):
    for k in range(len(a)):
        if which[k]:
            bits[k], namesakes[k] = between(a[k], b[k], clusters, population, table, mates, floor, ceiling)


@fast
def _stopped(a, b, clusters, never_a, never_b, records):
    """What forbids each join: nothing, a ruling, or identifiers that only a person may overrule."""
    found = np.zeros(len(a), np.int8)
    for k in range(len(a)):
        if are_barred(a[k], b[k], clusters, never_a, never_b):
            found[k] = BY_RULING
        elif numbers_conflict(a[k], b[k], clusters, records):
            found[k] = BY_NUMBERS
    return found


@fast
def _join_all(a, b, clusters, touched):
    for k in range(len(a)):
        touched[join(a[k], b[k], clusters)] = True


@fast
def _with_twice(a, b, bits, clusters, twice):
    found = np.empty(len(a))
    for k in range(len(a)):
        found[k] = bits[k] + twice_bits(a[k], b[k], clusters, twice)
    return found


@inlined
def _partner_bits(a, b, clusters, bands, share, register):
    """How unlikely it is that each of two roots has no partner at the agencies that only the other has."""
    total = 0.0
    agencies = clusters.held.shape[1]
    for agency in range(agencies):
        if register[agency] and clusters.held[a, agency] > 0 and clusters.held[b, agency] > 0:
            return 0.0
    for turn in range(2):
        one, other = (a, b) if turn == 0 else (b, a)
        most = 0.0
        for lacking in range(agencies):
            if clusters.held[one, lacking] > 0 or clusters.held[other, lacking] == 0:
                continue
            for having in range(agencies):
                if clusters.held[one, having] > 0:
                    s = share[having, lacking, bands[one]]
                    most = max(most, np.log2(s / (1.0 - s)))
        total += most
    return total


@fast
def _odds(a, b, bits, namesakes, start, edge, clusters, bands, share, register, children, most_coverage):
    """Odds in bits of every edge, all rivals weighed; `start` and `edge` list the edges at each root."""
    odds = np.empty(len(a))
    agencies = clusters.held.shape[1]
    for k in range(len(a)):
        against = children
        # Where no forename is near any other, a twin explains the rest as well as a missing partner does.
        if namesakes[k]:
            partner = _partner_bits(a[k], b[k], clusters, bands, share, register)
            against /= 2.0 ** min(most_coverage, partner)
        for turn in range(2):
            one, other = (a[k], b[k]) if turn == 0 else (b[k], a[k])
            for at in range(start[one], start[one + 1]):
                rival = edge[at]
                if rival == k:
                    continue
                third = b[rival] if a[rival] == one else a[rival]
                # Two records of a register cannot both be right; of two police notices both may.
                for agency in range(agencies):
                    if (
                        register[agency]
                        and clusters.held[third, agency] > 0
                        and clusters.held[other, agency] > 0
                    ):
                        against += 2.0 ** bits[rival]
                        break
        odds[k] = bits[k] - np.log2(against)
    return odds


@fast
def _best_at(a, b, odds, count):
    """The best edge of each root, -1 where it has none; of equals the earlier."""
    best = np.full(count, -1)
    for k in range(len(a)):
        for root in (a[k], b[k]):
            if best[root] < 0 or odds[k] > odds[best[root]]:
                best[root] = k
    return best


def _weigh_again(
    a: Ints,
    b: Ints,
    which: NDArray[np.bool_],
    clusters: Clusters,
    kernel: tuple[Any, ...],
    bits: Bits,
    namesakes: NDArray[np.bool_],
) -> None:
    """`_between_all` on several threads, each with its own part of the edges."""
    parts = np.array_split(np.arange(len(a)), THREADS * 4) if len(a) > 10_000 else [np.arange(len(a))]
    bounds = [slice(int(part[0]), int(part[-1]) + 1) for part in parts if len(part)]

    def weigh(part: slice) -> None:
        _between_all(a[part], b[part], which[part], clusters, *kernel, bits[part], namesakes[part])

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(weigh, bounds))


def _edges_at(a: Ints, b: Ints, count: int) -> tuple[Ints, Ints]:
    ends = np.concatenate((a, b))
    numbers = np.concatenate((np.arange(len(a)), np.arange(len(a))))
    order = np.argsort(ends, kind="stable")
    start = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(ends, minlength=count), out=start[1:])
    return start, numbers[order]


def _once_each(a: Ints, b: Ints, *others: NDArray[Any]) -> tuple[NDArray[Any], ...]:
    """Edges between the same two roots once, the first of them kept; roots in rising order."""
    low, high = np.minimum(a, b), np.maximum(a, b)
    apart = np.flatnonzero(low != high)
    code = low[apart] * (int(high.max(initial=0)) + 1) + high[apart]
    first = apart[np.sort(np.unique(code, return_index=True)[1])]
    return (low[first], high[first], *(each[first] for each in others))


def _bands(population: Population) -> NDArray[np.int64]:
    """0 before school, 1 of school age, 2 after: agencies know different shares of them."""
    born = population.records.born
    known = born[(born > 0) & ~population.records.is_expected]
    # The youngest children tell what day it is; a date mistyped into the future does not.
    latest = np.quantile(known, 0.999) if len(known) else 0.0
    years = (latest - born) / 365.25
    return np.where(born == 0, 1, np.where(years < 4, 0, np.where(years < 16, 1, 2))).astype(np.int64)


def _shares(clusters: Clusters, top: Ints, bands: Ints) -> NDArray[np.float64]:
    """(having, lacking, band): of the identities one agency has, the share that another has too."""
    has = clusters.held[top] > 0
    agencies = has.shape[1]
    share = np.full((agencies, agencies, 3), 0.5)
    for having in range(agencies):
        for band in range(3):
            those = has[:, having] & (bands[top] == band)
            if those.sum() < FEWEST_FOR_A_SHARE:
                those = has[:, having]
            if those.sum() >= FEWEST_FOR_A_SHARE:
                share[having, :, band] = (has[those].sum(axis=0) + 0.5) / (those.sum() + 1)
    return share


def _twice(clusters: Clusters, top: Ints, most: float) -> NDArray[np.float64]:
    """Odds in bits that an agency which holds a child holds it twice, never below `most` nor above even."""
    held = clusters.held[top]
    once, more = (held == 1).sum(axis=0), (held > 1).sum(axis=0)
    found: NDArray[np.float64] = np.clip(np.log2((more + 0.5) / (once + 0.5)), most, 0.0)
    return found


def decide(
    population: Population,
    pairs: Pairs,
    weights: Weights,
    *,
    agencies: int,
    same: tuple[Ints, Ints],
    never: tuple[Ints, Ints],
) -> Decision:
    """`same` and `never` are people's rulings, as pairs of rows: the first are joined, the second never."""
    count = len(population.records.born)
    clusters = alone(population.records.agency, agencies, np.concatenate(never))
    for a, b in zip(*same, strict=True):
        if population.records.is_restricted[a] or population.records.is_restricted[b]:
            continue  # no ruling undoes an adoption
        x, y = root_of(clusters.parent, a), root_of(clusters.parent, b)
        if x != y and not are_barred(x, y, clusters, *never):
            join(x, y, clusters)
    children = children_about(population)
    base, mates = -float(np.log2(children)), np.float32(weights.mates_bits(population))
    kernel = (population, weights.table, mates, weights.floor, weights.ceiling)
    out_a, out_b, out_bits = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count)
    joined = _first_pass(
        pairs.first,
        pairs.second,
        pairs.bits,
        clusters,
        np.full(agencies, weights.twice_bits),
        *kernel,
        base,
        weights.strict_bits,
        *never,
        out_a,
        out_b,
        out_bits,
    )
    joins = [(out_a[:joined], out_b[:joined], out_bits[:joined])]

    bands = _bands(population)
    at = roots(clusters.parent)
    a, b, rows_a, rows_b, bits = _once_each(
        at[pairs.first],
        at[pairs.second],
        pairs.first.astype(np.int64),
        pairs.second.astype(np.int64),
        pairs.bits.astype(np.float64),
    )
    stale, namesakes = np.ones(len(a), np.bool_), np.ones(len(a), np.bool_)
    for number in range(MOST_ROUNDS):
        _weigh_again(a, b, stale, clusters, kernel, bits, namesakes)
        # What agencies know together is learnt anew in each round: every join shows more of it.
        top = np.flatnonzero(clusters.parent == np.arange(count))
        share, twice = _shares(clusters, top, bands), _twice(clusters, top, weights.twice_bits)
        stopped = _stopped(a, b, clusters, *never, population.records)
        # What people have ruled out is no rival either.
        worth = (bits + base >= weights.ask_bits - weights.most_coverage_bits) & (stopped != BY_RULING)
        a, b, rows_a, rows_b, bits = a[worth], b[worth], rows_a[worth], rows_b[worth], bits[worth]
        stopped, namesakes = stopped[worth], namesakes[worth]
        start, edge = _edges_at(a, b, count)
        odds = _odds(
            a,
            b,
            _with_twice(a, b, bits, clusters, twice),
            namesakes,
            start,
            edge,
            clusters,
            bands,
            share,
            twice < REGISTER_BITS,
            children,
            weights.most_coverage_bits,
        )
        open_odds = np.where(stopped > 0, -np.inf, odds)
        best = _best_at(a, b, open_odds, count)
        chosen = np.flatnonzero(
            (best[a] == np.arange(len(a))) & (best[b] == np.arange(len(a))) & (open_odds >= weights.link_bits)
        )
        # After the last round's joins nothing would be weighed again, so it makes none.
        if not len(chosen) or number == MOST_ROUNDS - 1:
            break
        touched = np.zeros(count, np.bool_)
        _join_all(a[chosen], b[chosen], clusters, touched)
        joins.append((rows_a[chosen], rows_b[chosen], odds[chosen]))
        at = roots(clusters.parent)
        a, b, rows_a, rows_b, bits, namesakes = _once_each(at[a], at[b], rows_a, rows_b, bits, namesakes)
        stale = touched[a] | touched[b]
    ask = odds >= weights.ask_bits
    columns = [np.concatenate(column) for column in zip(*joins, strict=True)]
    return Decision(
        roots(clusters.parent),
        columns[0],
        columns[1],
        columns[2],
        rows_a[ask],
        rows_b[ask],
        odds[ask],
        stopped[ask] == BY_NUMBERS,
    )
