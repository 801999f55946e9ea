"""Who on file may be the child that is looked for: identities ranked, with how sure that is and why.

Bits are the base-2 logarithm of the odds that an identity is the child sought against its being any other,
one child in so many to begin with. A list for a person shows ranks and shares; whether it is shown at all is
decided by `Search.found_bits`, a value of its own beside the weights: too strict, and a child on file is
missed; too loose, and a child on nobody's file is given somebody else's history.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sightline.identity import gathering
from sightline.identity.asking import exchanged_day, write_query
from sightline.identity.comparing import FIELD_COUNT
from sightline.identity.index import DIRECTORY_BITS, Index
from sightline.identity.sought import Sought
from sightline.identity.weights import Weights

Record = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Search:
    """How a search is made."""

    found_bits: float = -2.5  # an identity at these odds and above is found; under them it is nobody
    listed_bits: float = -12.0  # with `everyone`, down to here
    support: float = 0.2  # how far the other records of an identity pull its best record's evidence
    absent_bits: float = -3.0  # odds, before anything is known, that the child is on nobody's file
    most: int = 10
    enough: int = 400  # records, after which no looser kind of key is looked under


@dataclass(frozen=True, slots=True)
class Compared:
    """One record of an identity beside the search: its levels in the order of levels.FIELDS.

    Where the date of birth was known in part, `year_agrees` and `month_agrees` say how that part stands; None
    where one side is silent.
    """

    record: Record
    row: int
    bits: float
    levels: tuple[int, ...]
    year_agrees: bool | None = None
    month_agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An identity that may be the child. `share` is its part of all that may be, nobody among them.

    `number` is 0 where the record was never linked.
    """

    number: int
    bits: float
    share: float
    records: tuple[Compared, ...]  # the likest first


@dataclass(frozen=True, slots=True)
class Answer:
    """`candidates` best first; none if nobody was found. `scored`: records compared."""

    candidates: tuple[Candidate, ...]
    scored: int


def find(
    index: Index, sought: Sought, *, weights: Weights, search: Search | None = None, everyone: bool = False
) -> Answer:
    """Look for one person. `everyone` lists candidates too weak to count as found."""
    search = search or Search()
    with index.lock:
        room = index.scratch = index.scratch or gathering.scratch()
        query = write_query(index, sought)
        rows = np.empty(gathering.MOST_IDENTITIES, np.int32)
        bits = np.empty(gathering.MOST_IDENTITIES, np.float32)
        count, scored = gathering.search(
            query,
            exchanged_day(sought),
            index.population,
            weights.table,
            np.float32(index.mates),
            index.year_chance,
            index.entries,
            index.directory,
            32 - DIRECTORY_BITS,
            index.recent,
            index.following,
            index.is_gone,
            search.enough,
            np.float32(search.support),
            room,
            rows,
            bits,
        )
        ranked = _ranked(rows[:count], bits[:count] - np.log2(index.children), search, everyone)
        compared = _compared(index, query, [row for row, _, _ in ranked], weights)
    return Answer(
        tuple(
            Candidate(int(index.identity[row]), odds, share, records)
            for (row, odds, share), records in zip(ranked, compared, strict=True)
        ),
        scored,
    )


def _ranked(
    rows: NDArray[np.int32], odds: NDArray[np.float32], search: Search, everyone: bool
) -> list[tuple[int, float, float]]:
    """(row, bits, share) of those that count, best first, equals by row."""
    order = np.lexsort((rows, -odds))
    # Against each child stands every other one that may be meant, and that it is nobody.
    weight = np.exp2(np.clip(odds.astype(np.float64), -60, 60))
    shares = weight / (weight.sum() + 2.0**search.absent_bits)
    least = search.listed_bits if everyone else search.found_bits
    if not len(order) or (not everyone and odds[order[0]] < search.found_bits):
        return []
    return [
        (int(rows[at]), float(odds[at]), float(shares[at]))
        for at in order[: search.most]
        if odds[at] >= least
    ]


def _compared(index: Index, query: int, best: Sequence[int], weights: Weights) -> list[tuple[Compared, ...]]:
    """For the best row of each identity, all its records beside the search."""
    groups = [records_with(index, row) for row in best]
    rows = np.array([row for group in groups for row in group], np.int32)
    bits = np.empty(len(rows), np.float32)
    levels = np.empty((len(rows), FIELD_COUNT), np.int8)
    if len(rows):
        gathering.levels_of(
            query,
            rows,
            index.population,
            weights.table,
            np.float32(index.mates),
            index.year_chance,
            index.scratch,
            bits,
            levels,
        )
    found, at = [], 0
    for group in groups:
        beside = [
            Compared(
                index.record(row),
                row,
                float(bits[at + k]),
                tuple(levels[at + k].tolist()),
                *_parts_agree(index, query, row),
            )
            for k, row in enumerate(group)
        ]
        found.append(tuple(sorted(beside, key=lambda each: (-each.bits, each.row))))
        at += len(group)
    return found


def _parts_agree(index: Index, query: int, row: int) -> tuple[bool | None, bool | None]:
    records = index.population.records
    year, month = records.year[query], records.month[query]
    if records.born[query] or not year or not records.born[row] or records.is_expected[row]:
        return None, None
    return bool(records.year[row] == year), bool(records.month[row] == month) if month else None


def records_with(index: Index, row: int) -> Sequence[int]:
    """Rows of the identity of a row, itself first."""
    found = [row]
    at = int(index.following[row])
    while at != row:
        if not index.is_gone[at]:
            found.append(at)
        at = int(index.following[at])
    return found
