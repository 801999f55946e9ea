"""The pairs worth deciding: every block of every kind of key compared, and what says enough kept.

Work goes through the kinds one after the other and through each in pieces of bounded size, so that memory
follows what is kept and not what is compared. Pieces are compared on several threads.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sightline.identity.arrays import Population
from sightline.identity.blocking import STARTS, Keys, Kind, key_table, kinds, meets_first, sorted_kind
from sightline.identity.comparing import FIELD_COUNT, WORK_COLUMNS, WORK_ROWS
from sightline.identity.compiled import fast
from sightline.identity.scoring import evidence
from sightline.identity.weights import Weights
from sightline.vocabulary.progress import Progress, silent

PAIRS_IN_A_PIECE = 250_000
THREADS = 2

Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """`first` < `second`; strongest evidence first, ties by row: nothing hangs on the order of work."""

    first: Rows
    second: Rows
    bits: NDArray[np.float32]
    compared: int


@fast
def _compare_piece(
    values,
    owners,
    start,
    stop,
    kind,
    largest,
    keys,
    starts,
    records,
    names,
    postcodes,
    table,
    mates,
    least,
    first,
    second,
    bits,
):
    levels = np.empty(FIELD_COUNT, np.int8)
    chance = np.empty((2, FIELD_COUNT), np.float32)
    work = np.empty((WORK_ROWS, WORK_COLUMNS), np.int32)
    kept = 0
    compared = 0
    at = start
    while at < stop:
        end = at + 1
        while end < stop and values[end] == values[at]:
            end += 1
        if end - at <= largest:
            for x in range(at, end):
                for y in range(x + 1, end):
                    i, j = owners[x], owners[y]
                    if i == j or not meets_first(i, j, values[at], kind, keys, starts):
                        continue
                    compared += 1
                    found = evidence(i, j, records, names, postcodes, table, mates, levels, chance, work)
                    if found >= least:
                        first[kept] = min(i, j)
                        second[kept] = max(i, j)
                        bits[kept] = found
                        kept += 1
        at = end
    return kept, compared


def _pieces(values: Keys, largest: int) -> Iterator[tuple[int, int, int]]:
    """(start, stop, most pairs): whole blocks together until they may make PAIRS_IN_A_PIECE pairs."""
    if not len(values):
        return
    edges = np.flatnonzero(np.diff(values)) + 1
    begins = np.concatenate(([0], edges))
    sizes = np.diff(np.concatenate((begins, [len(values)]))).astype(np.int64)
    pairs = np.where(sizes <= largest, sizes * (sizes - 1) // 2, 0)
    total = np.cumsum(pairs)
    done, before = 0, 0
    while done < len(begins):
        upto = int(np.searchsorted(total, before + PAIRS_IN_A_PIECE, side="right"))
        upto = min(max(upto, done + 1), len(begins))
        stop = int(begins[upto]) if upto < len(begins) else len(values)
        yield int(begins[done]), stop, int(total[upto - 1] - before)
        before, done = int(total[upto - 1]), upto


def pairs_worth_deciding(
    population: Population, weights: Weights, *, least: float, progress: Progress = silent
) -> Pairs:
    """Every pair that shares a key and whose evidence is `least` bits or more."""
    keys = key_table(population)
    kept: list[tuple[Rows, Rows, NDArray[np.float32]]] = []
    compared = 0
    listed = kinds()
    for number, kind in enumerate(listed):
        progress("comparing records", number, len(listed))
        for first, second, bits, count in _compare_kind(population, weights, keys, kind, number, least):
            kept.append((first, second, bits))
            compared += count
    progress("comparing records", len(listed), len(listed))
    if not kept:
        return Pairs(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32), compared)
    first, second, bits = (np.concatenate(column) for column in zip(*kept, strict=True))
    order = np.lexsort((second, first, -bits))
    return Pairs(first[order], second[order], bits[order], compared)


def _without_large_blocks(values: Keys, owners: Rows, keys: Keys, kind: Kind) -> tuple[Keys, Rows]:
    """Blocks too large to compare are taken out of `keys` too: nobody has met in them, so that their records
    still meet under a later kind."""
    distinct, sizes = np.unique(values, return_counts=True)
    large = distinct[sizes > kind.largest]
    if not len(large):
        return values, owners
    for column in range(kind.start, kind.stop):
        keys[np.isin(keys[:, column], large), column] = 0
    kept = ~np.isin(values, large)
    return values[kept], owners[kept]


def _compare_kind(
    population: Population, weights: Weights, keys: Keys, kind: Kind, number: int, least: float
) -> Iterator[tuple[Rows, Rows, NDArray[np.float32], int]]:
    values, owners = sorted_kind(keys, kind)
    values, owners = _without_large_blocks(values, owners, keys, kind)
    mates = np.float32(weights.mates_bits(population))

    def compare(piece: tuple[int, int, int]) -> tuple[Rows, Rows, NDArray[np.float32], int]:
        start, stop, most = piece
        first, second = np.empty(most, np.int32), np.empty(most, np.int32)
        bits = np.empty(most, np.float32)
        kept, compared = _compare_piece(
            values,
            owners,
            start,
            stop,
            number,
            kind.largest,
            keys,
            STARTS,
            *population,
            weights.table,
            mates,
            np.float32(least),
            first,
            second,
            bits,
        )
        return first[:kept].copy(), second[:kept].copy(), bits[:kept].copy(), compared

    with ThreadPoolExecutor(THREADS) as threads:
        yield from threads.map(compare, _pieces(values, kind.largest))
