"""The keys under which one record is found by a search: more, and looser, than those of a run.

A search has a millisecond for one record where a run has microseconds, so it looks under parts that a run
cannot afford: a name alone where it is rare, a postcode alone, a day with an initial, a name with part of a
date. Keys go from the most telling to the least; a block past its kind's bound is left out, and narrower
kinds that join a second field to the same name stand in for it.
"""

import numpy as np

from sightline.identity.arrays import FORENAME_SLOTS, SURNAME_SLOTS
from sightline.identity.compiled import fast, inlined

MOST_KEYS = 128
_MOST_NAMES = FORENAME_SLOTS + SURNAME_SLOTS

KINDS = (
    ("NHS number", 50),
    ("UPN", 50),
    ("birth date and a name", 400),
    ("both names and year of birth", 400),
    ("both names and day of birth", 250),
    ("both names and area", 300),
    ("both names", 300),
    ("postcode", 200),
    ("neighbourhood and a name", 150),
    ("consonants of both names and year of birth", 250),
    ("birth date and neighbourhood", 150),
    ("birth date and an initial", 250),
    ("a name and part of the birth date", 150),
    ("consonants of both names", 150),
    ("a rare surname", 150),
    ("a rare forename", 100),
    ("a surname and year of birth", 150),
    ("a forename and district", 150),
    ("a name and the other's initial", 250),
)
"""Each kind of key, and how many records one of its blocks may hold."""

(
    NHS, UPN, BORN_NAME, NAMES_YEAR, NAMES_DAY, NAMES_AREA, NAMES, POSTCODE, SECTOR_NAME, BONES_YEAR,
    BORN_SECTOR, BORN_INITIAL, NAME_PART, BONES, SURNAME, FORENAME, SURNAME_YEAR, FORENAME_DISTRICT,
    NAME_INITIAL,
) = range(len(KINDS))  # fmt: skip
LARGEST = np.array([largest for _, largest in KINDS], np.int64)


@inlined
def mixed(kind, a, b):
    """A 32-bit number from a kind and two numbers (the finaliser of MurmurHash3 over a linear sum)."""
    h = np.uint64(a) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(b) * np.uint64(0xC2B2AE3D27D4EB4F)
    h += np.uint64(kind + 101) * np.uint64(0x165667B19E3779F9)
    h ^= h >> np.uint64(33)
    h *= np.uint64(0xFF51AFD7ED558CCD)
    h ^= h >> np.uint64(33)
    h *= np.uint64(0xC4CEB9FE1A85EC53)
    h ^= h >> np.uint64(33)
    return np.uint32(h >> np.uint64(32))


@inlined
def _put(keys, kinds, at, kind, a, b):
    keys[at] = mixed(kind, a, b)
    kinds[at] = kind
    return at + 1


@inlined
def _bones(token, names):
    """The consonants of a name; its sound where too few are left."""
    bones = np.int64(names.skeleton[token])
    return bones * 2 + 1 if bones > 0 else np.int64(names.sound[token]) * 2


@inlined
def _pair(a, b):
    """One number for two, whichever comes first: names are typed in either place."""
    return min(a, b) * np.int64(4294967311) + max(a, b)


@fast
def write_search_keys(i, records, names, postcodes, keys, kinds):
    """The keys of record i and the kind of each; returns how many. A date known in part gives fewer."""
    at = 0
    born = np.int64(records.born[i])
    year, month, day = np.int64(records.year[i]), np.int64(records.month[i]), np.int64(records.day[i])
    if records.nhs_number[i] > 0:
        at = _put(keys, kinds, at, NHS, records.nhs_number[i], 0)
    if records.upn[i] > 0:
        at = _put(keys, kinds, at, UPN, records.upn[i], 0)
    # Sounds of every name, those of the surname last.
    for slot in range(_MOST_NAMES):
        token = (
            records.forenames[i, slot]
            if slot < FORENAME_SLOTS
            else records.surnames[i, slot - FORENAME_SLOTS]
        )
        if token > 0:
            if born > 0:
                at = _put(keys, kinds, at, BORN_NAME, born, names.sound[token])
                at = _put(keys, kinds, at, BORN_INITIAL, born, names.letters[token, 0])
            for turn in range(2):
                postcode = records.postcodes[i, turn]
                if postcode > 0:
                    at = _put(keys, kinds, at, SECTOR_NAME, postcodes.sector[postcode], names.sound[token])
    for turn in range(2):
        postcode = records.postcodes[i, turn]
        if postcode > 0:
            at = _put(keys, kinds, at, POSTCODE, postcode, 0)
            if born > 0:
                at = _put(keys, kinds, at, BORN_SECTOR, born, postcodes.sector[postcode])
    for x in range(3):
        first = records.forenames[i, x]
        if first == 0:
            continue
        for y in range(2):
            last = records.surnames[i, y]
            if last == 0:
                continue
            both = _pair(np.int64(names.sound[first]), np.int64(names.sound[last]))
            at = _put(keys, kinds, at, NAMES, both, 0)
            if x < 2:
                one, other = names.letters[first, 0], names.letters[last, 0]
                at = _put(keys, kinds, at, NAME_INITIAL, names.sound[last], one)
                at = _put(keys, kinds, at, NAME_INITIAL, names.sound[first], other)
            bones = _pair(_bones(first, names), _bones(last, names))
            at = _put(keys, kinds, at, BONES, bones, 0)
            if year > 0:
                at = _put(keys, kinds, at, NAMES_YEAR, both, year)
                at = _put(keys, kinds, at, BONES_YEAR, bones, year)
            if born > 0:
                at = _put(keys, kinds, at, NAMES_DAY, both, min(month, day) * 32 + max(month, day))
            if records.area[i] > 0:
                at = _put(keys, kinds, at, NAMES_AREA, both, records.area[i])
    for slot in range(4):
        token = records.forenames[i, slot] if slot < 2 else records.surnames[i, slot - 2]
        if token == 0:
            continue
        sound = np.int64(names.sound[token])
        at = _put(keys, kinds, at, FORENAME if slot < 2 else SURNAME, sound, 0)
        if month > 0:
            at = _put(keys, kinds, at, NAME_PART, sound, year * 16 + month)
        if born > 0:
            at = _put(keys, kinds, at, NAME_PART, sound, 1_000_000 + year * 32 + day)
            at = _put(keys, kinds, at, NAME_PART, sound, 2_000_000 + month * 32 + day)
        if slot >= 2 and year > 0:
            at = _put(keys, kinds, at, SURNAME_YEAR, sound, year)
        if slot < 2 and records.postcodes[i, 0] > 0:
            at = _put(keys, kinds, at, FORENAME_DISTRICT, sound, postcodes.district[records.postcodes[i, 0]])
    return at


@fast
def count_and_write(records, names, postcodes, first, stop, entries, write):
    """Entries (key, row) of the rows from `first` up to `stop`; how many. Counts only, unless `write`."""
    keys, kinds = np.empty(MOST_KEYS, np.uint32), np.empty(MOST_KEYS, np.int8)
    found = 0
    for i in range(first, stop):
        if records.is_restricted[i]:
            continue
        count = write_search_keys(i, records, names, postcodes, keys, kinds)
        if write:
            for k in range(count):
                entries[found + k] = (np.uint64(keys[k]) << np.uint64(32)) | np.uint64(i)
        found += count
    return found
