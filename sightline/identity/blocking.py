"""Which pairs are worth comparing: records that share a key made of the same tokens that are compared.

A key is a 32-bit number, 0 for none. A kind of key may have several values for one record (each token of a
name); two records meet under a kind if they have any value of it in common. Each pair is compared once,
under the first kind that brings it together.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sightline.identity.arrays import FORENAME_SLOTS, SURNAME_SLOTS, Population
from sightline.identity.compiled import fast, inlined

Keys = NDArray[np.uint32]


class Kind(NamedTuple):
    """Columns `start` to `stop` of the key table."""

    name: str
    start: int
    stop: int
    largest: int  # records under one key beyond which it says too little; they meet under narrower keys


@inlined
def _mixed(a, b, c):
    """A 32-bit number from three, never 0 (the finaliser of MurmurHash3 over a linear sum)."""
    h = np.uint64(a) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(b) * np.uint64(0xC2B2AE3D27D4EB4F)
    h += np.uint64(c) * np.uint64(0x165667B19E3779F9)
    h ^= h >> np.uint64(33)
    h *= np.uint64(0xFF51AFD7ED558CCD)
    h ^= h >> np.uint64(33)
    h *= np.uint64(0xC4CEB9FE1A85EC53)
    h ^= h >> np.uint64(33)
    return np.uint32(h >> np.uint64(32)) | np.uint32(1)


WIDTHS = (
    ("birth date and a name", 6, 400),
    ("postcode and a forename", 3, 400),
    ("postcode and birth date", 1, 400),
    ("postcode and surname", 2, 400),
    ("names and year of birth", 2, 200),
    ("names and day of birth", 2, 200),
    ("names and area", 2, 100),
    ("both names", 2, 40),
    ("birth date and initials", 2, 100),
    ("birth date and district", 1, 100),
    ("surname, initial and part of the birth date", 6, 60),
    ("birth date and start of a forename", 1, 60),
    ("NHS number", 1, 20),
    ("UPN", 1, 20),
)
"""Names are taken without regard to which of the two is the surname, for they are typed in either place."""


def kinds() -> tuple[Kind, ...]:
    found, at = [], 0
    for name, width, largest in WIDTHS:
        found.append(Kind(name, at, at + width, largest))
        at += width
    return tuple(found)


COLUMNS = sum(width for _, width, _ in WIDTHS)
STARTS = np.array([kind.start for kind in kinds()] + [COLUMNS], np.int64)


@inlined
def write_keys(i, records, names, postcodes, keys):
    """The keys of record i into the row `keys`."""
    keys[:] = 0
    if records.is_restricted[i]:
        return
    f, s = records.forenames[i], records.surnames[i]
    born = np.int64(records.born[i])
    first = np.int64(names.sound[f[0]]) if f[0] > 0 else 0
    if born > 0:
        at = 0
        for slot in range(FORENAME_SLOTS):
            if f[slot] > 0 and at < 4:
                keys[at] = _mixed(born, names.sound[f[slot]], 1)
                at += 1
        for slot in range(SURNAME_SLOTS):
            if s[slot] > 0 and at < 6:
                keys[at] = _mixed(born, names.sound[s[slot]], 1)
                at += 1
    postcode = np.int64(records.postcodes[i, 0])
    if postcode > 0:
        at = 6
        for slot in range(FORENAME_SLOTS):
            if f[slot] > 0 and at < 9:
                keys[at] = _mixed(postcode, names.sound[f[slot]], 2)
                at += 1
        if born > 0:
            keys[9] = _mixed(postcode, born, 3)
        for slot in range(2):
            if s[slot] > 0:
                keys[10 + slot] = _mixed(postcode, names.sound[s[slot]], 4)
    for slot in range(2):
        if first == 0 or s[slot] == 0:
            continue
        last = np.int64(names.sound[s[slot]])
        name = np.int64(_mixed(min(first, last), max(first, last), 5))
        if born > 0:
            m, d = np.int64(records.month[i]), np.int64(records.day[i])
            keys[12 + slot] = _mixed(name, records.year[i], 6)
            keys[14 + slot] = _mixed(name, min(m, d) * 32 + max(m, d), 7)
            one, two = np.int64(names.letters[f[0], 0]), np.int64(names.letters[s[slot], 0])
            keys[20 + slot] = _mixed(born, min(one, two) * 256 + max(one, two), 9)
        if records.area[i] > 0:
            keys[16 + slot] = _mixed(name, records.area[i], 8)
        keys[18 + slot] = _mixed(name, 0, 12)
    if born > 0:
        y, m, d = np.int64(records.year[i]), np.int64(records.month[i]), np.int64(records.day[i])
        for slot in range(2):
            if s[slot] > 0:
                initial = np.int64(names.letters[f[0], 0]) if f[0] > 0 else 0
                last = np.int64(names.sound[s[slot]]) * 128 + initial
                keys[23 + 3 * slot] = _mixed(last, y * 16 + m, 14)
                keys[24 + 3 * slot] = _mixed(last, y * 32 + d, 15)
                keys[25 + 3 * slot] = _mixed(last, m * 32 + d, 16)
        if f[0] > 0:
            keys[29] = _mixed(born, np.int64(names.letters[f[0], 0]) * 256 + names.letters[f[0], 1], 17)
    if born > 0 and postcode > 0:
        keys[22] = _mixed(born, postcodes.district[postcode], 10)
    if records.nhs_number[i] > 0:
        keys[30] = _mixed(records.nhs_number[i], 0, 11)
    if records.upn[i] > 0:
        keys[31] = _mixed(records.upn[i], 0, 13)


@fast
def _all_keys(records, names, postcodes, keys):
    for i in range(len(keys)):
        write_keys(i, records, names, postcodes, keys[i])


def key_table(population: Population) -> Keys:
    keys = np.zeros((len(population.records.born), COLUMNS), np.uint32)
    _all_keys(population.records, population.names, population.postcodes, keys)
    return keys


def sorted_kind(keys: Keys, kind: Kind) -> tuple[Keys, NDArray[np.int32]]:
    """Every (key, record) of one kind, by key."""
    parts = [np.flatnonzero(keys[:, column]) for column in range(kind.start, kind.stop)]
    values = np.concatenate([keys[part, kind.start + at] for at, part in enumerate(parts)])
    owners = np.concatenate(parts).astype(np.int32)
    order = np.argsort(values, kind="stable")
    return values[order], owners[order]


@inlined
def meets_first(i, j, value, kind, keys, starts):
    """Whether this value of this kind is what first brings records i and j together."""
    for earlier in range(kind):
        for x in range(starts[earlier], starts[earlier + 1]):
            if keys[i, x] == 0:
                continue
            for y in range(starts[earlier], starts[earlier + 1]):
                if keys[i, x] == keys[j, y]:
                    return False
    for x in range(starts[kind], starts[kind + 1]):
        if keys[i, x] == 0 or keys[i, x] >= value:
            continue
        for y in range(starts[kind], starts[kind + 1]):
            if keys[i, x] == keys[j, y]:
                return False
    return True
