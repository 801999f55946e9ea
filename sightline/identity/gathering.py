"""The search itself, compiled: records under the keys of the sought one, scored, and gathered into children.

Scoring is `scoring.evidence`, the same as a run's. A date known in part is no date to that kernel; what its
year and month say is added here.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sightline.identity.arrays import FORENAME_SLOTS, SURNAME_SLOTS
from sightline.identity.comparing import FIELD_COUNT, WORK_COLUMNS, WORK_ROWS
from sightline.identity.compiled import fast
from sightline.identity.scoring import evidence
from sightline.identity.search_keys import BORN_NAME, LARGEST, MOST_KEYS, mixed, write_search_keys

MOST_CANDIDATES = 1024
MOST_IDENTITIES = 24
"""Identities that are looked at record by record, best record first."""
MOST_MEMBERS = 32
SLOTS = 4 * MOST_CANDIDATES
NOWHERE = np.int32(-1)

YEAR_SAME, MONTH_SAME = np.float32(-0.08), np.float32(-0.05)
"""Base-2 logarithms of how often a year, and a month besides, are typed as they are held."""
YEAR_OTHER, MONTH_OTHER = np.float32(-4.2), np.float32(-4.9)
MONTH_CHANCE = np.float32(-3.585)  # one in twelve


class Scratch(NamedTuple):
    """What one search works in; made once."""

    keys: NDArray[np.uint32]
    kinds: NDArray[np.int8]
    slots: NDArray[np.int32]  # a table of the candidates met
    candidates: NDArray[np.int32]
    bits: NDArray[np.float32]
    members: NDArray[np.int32]
    member_bits: NDArray[np.float32]
    levels: NDArray[np.int8]
    chance: NDArray[np.float32]
    work: NDArray[np.int32]


def scratch() -> Scratch:
    return Scratch(
        np.zeros(MOST_KEYS, np.uint32),
        np.zeros(MOST_KEYS, np.int8),
        np.full(SLOTS, NOWHERE, np.int32),
        np.zeros(MOST_CANDIDATES, np.int32),
        np.zeros(MOST_CANDIDATES, np.float32),
        np.zeros(MOST_MEMBERS, np.int32),
        np.zeros(MOST_MEMBERS, np.float32),
        np.zeros(FIELD_COUNT, np.int8),
        np.zeros((2, FIELD_COUNT), np.float32),
        np.zeros((WORK_ROWS, WORK_COLUMNS), np.int32),
    )


@fast
def score(q, rows, count, bits, population, table, mates, year_chance, room):
    """Evidence that the search in row q and each of the first `count` of `rows` are one child."""
    records, names, postcodes = population
    year, month = np.int64(records.year[q]), np.int64(records.month[q])
    in_part = records.born[q] == 0 and year > 0
    for k in range(count):
        j = rows[k]
        found = evidence(q, j, records, names, postcodes, table, mates, room.levels, room.chance, room.work)
        if in_part and records.born[j] > 0 and not records.is_expected[j]:
            if records.year[j] == year:
                found += YEAR_SAME - year_chance[year]
            else:
                found += YEAR_OTHER
            if month > 0:
                found += MONTH_SAME - MONTH_CHANCE if records.month[j] == month else MONTH_OTHER
        bits[k] = found


@fast
def _lowest_at(entries, start, stop, wanted):
    """The first of entries[start:stop] that is `wanted` or more."""
    while start < stop:
        middle = (start + stop) >> 1
        if entries[middle] < wanted:
            start = middle + 1
        else:
            stop = middle
    return start


@fast
def _take(entries, start, stop, key, largest, is_gone, found, room):
    """Put the rows of one block among the candidates; returns how many there are then."""
    first = np.uint64(key) << np.uint64(32)
    at = _lowest_at(entries, start, stop, first)
    last = first | np.uint64(0xFFFFFFFF)
    end = at
    while end < stop and entries[end] <= last:
        end += 1
        if end - at > largest:
            return found
    for k in range(at, end):
        row = np.int32(entries[k] & np.uint64(0xFFFFFFFF))
        if is_gone[row]:
            continue
        slot = (np.uint64(row) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(52)
        while room.slots[slot] != NOWHERE and room.slots[slot] != row:
            slot = (slot + np.uint64(1)) & np.uint64(SLOTS - 1)
        if room.slots[slot] == NOWHERE:
            if found == MOST_CANDIDATES:
                return found
            room.slots[slot] = row
            room.candidates[found] = row
            found += 1
    return found


@fast
def gather(q, exchanged, population, entries, directory, shift, recent, is_gone, enough, room):
    """Fill `room.candidates`; returns how many. Keys of the most telling kinds come first, and none of
    another kind is looked under once there are `enough`."""
    records, names, postcodes = population
    keys, kinds = room.keys, room.kinds
    count = write_search_keys(q, records, names, postcodes, keys, kinds)
    if exchanged > 0:
        for slot in range(FORENAME_SLOTS + SURNAME_SLOTS):
            token = (
                records.forenames[q, slot]
                if slot < FORENAME_SLOTS
                else records.surnames[q, slot - FORENAME_SLOTS]
            )
            if token > 0:
                keys[count] = mixed(BORN_NAME, exchanged, names.sound[token])
                kinds[count] = BORN_NAME
                count += 1
    room.slots[:] = NOWHERE
    found = 0
    for kind in range(len(LARGEST)):
        if found >= enough:
            break
        for k in range(count):
            if kinds[k] != kind:
                continue
            part = np.int64(np.uint64(keys[k]) >> np.uint64(shift))
            largest = LARGEST[kind]
            found = _take(
                entries, directory[part], directory[part + 1], keys[k], largest, is_gone, found, room
            )
            if len(recent) > 0:
                found = _take(recent, 0, len(recent), keys[k], largest, is_gone, found, room)
    return found


@fast
def _whole(bits, count, support):
    """The evidence of all records of one identity: the best, and a share of how the others stand to it."""
    best = bits[0]
    total = np.float32(0.0)
    for k in range(count):
        best = max(best, bits[k])
        total += bits[k]
    if count == 1:
        return best
    return best + support * ((total - best) / np.float32(count - 1) - best)


@fast
def search(
    q, exchanged, population, table, mates, year_chance, entries, directory, shift, recent, following,
    is_gone, enough, support, room, out_rows, out_bits,
):  # fmt: skip
    """Identities by the row of their best record and the bits of all their records; how many of them, and
    how many records were scored to find them."""
    found = gather(q, exchanged, population, entries, directory, shift, recent, is_gone, enough, room)
    score(q, room.candidates, found, room.bits, population, table, mates, year_chance, room)
    # The best records first, as many as may lead to MOST_IDENTITIES identities.
    identities = 0
    for _ in range(found):
        if identities == MOST_IDENTITIES:
            break
        best = -1
        for k in range(found):
            if room.candidates[k] >= 0 and (best < 0 or room.bits[k] > room.bits[best]):
                best = k
        if best < 0:
            break
        row = room.candidates[best]
        members = 0
        at = row
        while members < MOST_MEMBERS:
            if not is_gone[at]:
                room.members[members] = at
                members += 1
            for k in range(found):
                if room.candidates[k] == at:
                    room.candidates[k] = NOWHERE
            at = following[at]
            if at == row:
                break
        score(q, room.members, members, room.member_bits, population, table, mates, year_chance, room)
        out_rows[identities] = row
        out_bits[identities] = _whole(room.member_bits, members, support)
        identities += 1
    return identities, found


@fast
def levels_of(q, rows, population, table, mates, year_chance, room, bits, levels):
    """The bits and the levels of each of `rows` against the search."""
    for k in range(len(rows)):
        score(q, rows[k:], 1, bits[k:], population, table, mates, year_chance, room)
        levels[k] = room.levels
