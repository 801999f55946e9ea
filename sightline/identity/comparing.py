"""The comparison of two records, compiled: at which level each field agrees, and how often chance does that.

`compare(i, j, …)` writes a level per field into `levels` and, for the levels whose chance depends on how rare
the value is, the base-2 logarithm of the chance that a stranger agrees so well into the first row of
`chance`. Rows of tokens are copied into scratch (`work`) first: a view of an array inside these functions
would cost more than the comparison.
"""

import numpy as np

from sightline.identity.agreeing import (
    T_DIFFERENT,
    T_NEAR,
    T_PART,
    T_RELATIVE,
    T_SAME,
    T_SLIP,
    T_SOUND,
    UNSAID,
    luck_of,
    tokens_agree,
)
from sightline.identity.arrays import FORENAME_SLOTS, SURNAME_SLOTS
from sightline.identity.compiled import inlined

# numba reads module constants, not enum members, at full speed; the tests hold them equal to levels.py.
F_MISSING, F_SAME, F_SOUND, F_RELATIVE, F_SLIP, F_PART, F_OTHER, F_OTHER_NEAR, F_NEAR, F_DIFFERENT = range(10)
S_MISSING, S_SAME, S_PART, S_SOUND, S_SLIP, S_NEAR, S_IN_FORENAMES, S_DIFFERENT, S_TITLE = range(9)
FIELD_COUNT = 9
MOST_CHANCE = np.float32(-1.0)
ONE_BIT = np.float32(1.0)

WORK_ROWS, WORK_COLUMNS = 9, 20
# Rows of `work`: three for the distance of two tokens, then the token rows being compared.
FORENAMES_A, FORENAMES_B, SURNAMES_A, SURNAMES_B, EXCHANGED_FORENAMES, EXCHANGED_SURNAMES = range(3, 9)


@inlined
def _forenames(a, b, names, work, chance, row):
    """Level of the first forenames of the token rows a and b of `work`; its chance into `chance[row, 0]`."""
    chance[row, 0] = UNSAID
    if work[a, 0] == 0 or work[b, 0] == 0:
        return F_MISSING
    best = T_DIFFERENT
    for x in range(2):
        for y in range(2):
            t, u = work[a, x], work[b, y]
            if t == 0 or u == 0:
                continue
            found = tokens_agree(t, u, names, work)
            luck = luck_of(found, t, u, names.chance_forename)
            if found < best or (found == best and luck < chance[row, 0]):
                best = found
                chance[row, 0] = luck
    if best <= T_SLIP:
        return (
            F_SAME
            if best == T_SAME
            else F_SOUND
            if best == T_SOUND
            else F_RELATIVE
            if best == T_RELATIVE
            else F_SLIP
        )
    # One's first among the other's further names: known by a middle name.
    near = False
    luck = UNSAID
    for x in range(FORENAME_SLOTS):
        t = work[a, x]
        if t == 0:
            continue
        for y in range(FORENAME_SLOTS):
            u = work[b, y]
            if u == 0 or (x < 2 and y < 2):
                continue
            found = tokens_agree(t, u, names, work)
            if found <= T_SOUND and (x < 2 or y < 2):
                luck = min(luck, luck_of(found, t, u, names.chance_forename) + ONE_BIT)
            near |= found <= T_SLIP
    if luck != UNSAID:
        chance[row, 0] = min(MOST_CHANCE, luck)
        return F_OTHER
    chance[row, 0] = UNSAID
    if best == T_PART:
        return F_PART
    if near:
        return F_OTHER_NEAR
    return F_NEAR if best == T_NEAR else F_DIFFERENT


@inlined
def _middles(a, b, names, work, chance):
    if work[a, 2] == 0 or work[b, 2] == 0:
        return 0
    luck = UNSAID
    for x in range(2, FORENAME_SLOTS):
        t = work[a, x]
        if t == 0:
            break
        for y in range(2, FORENAME_SLOTS):
            u = work[b, y]
            if u == 0:
                break
            found = tokens_agree(t, u, names, work)
            if found <= T_SLIP:
                luck = min(luck, luck_of(found, t, u, names.chance_forename) + ONE_BIT)
    if luck == UNSAID:
        return 2
    chance[0, 1] = min(MOST_CHANCE, luck)
    return 1


@inlined
def _only_titles(row, names, work):
    for x in range(SURNAME_SLOTS):
        if work[row, x] > 0 and not names.is_title[work[row, x]]:
            return False
    return True


@inlined
def _sounds_among(surnames, forenames, names, work):
    """A surname of one record sounds like a further forename of the other."""
    for x in range(SURNAME_SLOTS):
        t = work[surnames, x]
        if t == 0:
            break
        for y in range(2, FORENAME_SLOTS):
            u = work[forenames, y]
            if u == 0:
                break
            if names.sound[t] == names.sound[u]:
                return True
    return False


@inlined
def _surnames(a, b, forenames_a, forenames_b, names, work, chance, row):
    """Level of the surname rows a and b, with the forename rows beside them; chance into `chance[row, 2]`."""
    chance[row, 2] = UNSAID
    if work[a, 0] == 0 or work[b, 0] == 0:
        return S_MISSING
    best = T_DIFFERENT
    luck = UNSAID
    shared = count_a = count_b = 0
    for x in range(SURNAME_SLOTS):
        t = work[a, x]
        if t == 0:
            break
        count_a += 1
        count_b = 0
        for y in range(SURNAME_SLOTS):
            u = work[b, y]
            if u == 0:
                break
            count_b += 1
            found = tokens_agree(t, u, names, work)
            shared += found <= T_SOUND
            this = luck_of(found, t, u, names.chance_surname)
            if found < best or (found == best and this < luck):
                best = found
                luck = this
    chance[row, 2] = luck
    if best == T_SAME:
        if shared >= count_a and shared >= count_b:
            return S_SAME
        chance[row, 2] = min(MOST_CHANCE, luck + ONE_BIT)
        return S_PART
    if best == T_SOUND or best == T_RELATIVE:
        return S_SOUND
    if best == T_SLIP:
        return S_SLIP
    chance[row, 2] = UNSAID
    if _sounds_among(a, forenames_b, names, work) or _sounds_among(b, forenames_a, names, work):
        return S_IN_FORENAMES
    if best == T_NEAR or best == T_PART:
        return S_NEAR
    return S_TITLE if _only_titles(a, names, work) or _only_titles(b, names, work) else S_DIFFERENT


@inlined
def _one_digit(x, y):
    """Two numbers of at most four digits differ in one digit, or by one."""
    if x - y == 1 or y - x == 1:
        return True
    different = 0
    for _ in range(4):
        different += x % 10 != y % 10
        x //= 10
        y //= 10
    return different == 1


@inlined
def _born(i, j, records):
    if records.born[i] == 0 or records.born[j] == 0:
        return 0
    if records.is_expected[i] or records.is_expected[j]:
        return 6 if abs(records.born[i] - records.born[j]) <= 31 else 7
    if records.born[i] == records.born[j]:
        return 1
    ya, yb = np.int64(records.year[i]), np.int64(records.year[j])
    ma, mb = np.int64(records.month[i]), np.int64(records.month[j])
    da, db = np.int64(records.day[i]), np.int64(records.day[j])
    if ya == yb and ma == db and da == mb:
        return 2
    if ya == yb and ((da == 1 and (ma == 1 or ma == mb)) or (db == 1 and (mb == 1 or ma == mb))):
        return 3
    if (ya == yb) + (ma == mb) + (da == db) == 2:
        if ya != yb:
            return 4 if _one_digit(ya, yb) else 5
        if ma != mb:
            return 4 if _one_digit(ma, mb) else 5
        return 4 if _one_digit(da, db) else 5
    return 8


@inlined
def _one_slip(postcodes, p, q):
    """Of two different postcodes of one length: one character differs, or two neighbours are exchanged."""
    first = -1
    differ = 0
    for k in range(np.int64(postcodes.length[p])):
        if postcodes.letters[p, k] != postcodes.letters[q, k]:
            differ += 1
            if differ == 1:
                first = k
            elif differ > 2 or k != first + 1:
                return False
    if differ == 1:
        return True
    return (
        postcodes.letters[p, first] == postcodes.letters[q, first + 1]
        and postcodes.letters[p, first + 1] == postcodes.letters[q, first]
    )


@inlined
def _postcodes_agree(p, q, postcodes):
    if p == q:
        return 1
    # The last two letters are a street: one slip there is another street as often as a slip.
    if postcodes.sector[p] == postcodes.sector[q]:
        return 3
    if postcodes.length[p] == postcodes.length[q] and _one_slip(postcodes, p, q):
        return 2
    if postcodes.district[p] == postcodes.district[q]:
        return 4
    return 5 if postcodes.area[p] == postcodes.area[q] else 6


@inlined
def _place(i, j, records, postcodes, chance):
    best = 0
    for x in range(2):
        p = records.postcodes[i, x]
        for y in range(2):
            q = records.postcodes[j, y]
            if p == 0 or q == 0:
                continue
            found = _postcodes_agree(p, q, postcodes)
            luck = UNSAID
            if found == 1 or 3 <= found <= 5:
                luck = postcodes.chance[p, 0 if found == 1 else found - 2]
            if best == 0 or found < best or (found == best and luck < chance[0, 6]):
                best = found
                chance[0, 6] = luck
    if best > 0:
        return best
    if records.area[i] > 0 and records.area[j] > 0:
        return 7 if records.area[i] == records.area[j] else 8
    return 0


@inlined
def _number(a, b, i, j, records):
    if a == 0 or b == 0:
        return 0
    if a == b:
        return 1
    return 2 if records.agency[i] == records.agency[j] else 3


@inlined
def _may_be_exchanged(forenames, surnames, names, work):
    """A forename of one is near a surname of the other; without that, nothing was exchanged."""
    for x in range(FORENAME_SLOTS):
        t = work[forenames, x]
        if t == 0:
            continue
        for y in range(SURNAME_SLOTS):
            u = work[surnames, y]
            if u == 0:
                break
            if tokens_agree(t, u, names, work) < T_NEAR:
                return True
    return False


@inlined
def _exchange(forenames, surnames, work):
    """Names as they would stand had the clerk put each in the other's place: the first surname token
    becomes the forename and the first forename the surname; what is left stays."""
    for x in range(FORENAME_SLOTS):
        work[EXCHANGED_FORENAMES, x] = work[forenames, x]
    for x in range(SURNAME_SLOTS):
        work[EXCHANGED_SURNAMES, x] = work[surnames, x]
    work[EXCHANGED_FORENAMES, 0] = work[surnames, 0]
    work[EXCHANGED_FORENAMES, 1] = 0
    work[EXCHANGED_SURNAMES, 0] = work[forenames, 0]


@inlined
def compare(i, j, records, names, postcodes, levels, chance, work):
    """Levels of the fields (levels.FIELDS) and, where frequencies say it, the chance of each.

    `work` is scratch of WORK_ROWS by WORK_COLUMNS whole numbers; `chance` has two rows, the second scratch.
    """
    for field in range(FIELD_COUNT):
        chance[0, field] = UNSAID
    for x in range(FORENAME_SLOTS):
        work[FORENAMES_A, x] = records.forenames[i, x]
        work[FORENAMES_B, x] = records.forenames[j, x]
    for x in range(SURNAME_SLOTS):
        work[SURNAMES_A, x] = records.surnames[i, x]
        work[SURNAMES_B, x] = records.surnames[j, x]
    forename = _forenames(FORENAMES_A, FORENAMES_B, names, work, chance, 0)
    surname = _surnames(SURNAMES_A, SURNAMES_B, FORENAMES_A, FORENAMES_B, names, work, chance, 0)
    levels[1] = _middles(FORENAMES_A, FORENAMES_B, names, work, chance)
    levels[3] = 0
    if (
        surname >= S_NEAR
        and forename >= F_OTHER
        and (
            _may_be_exchanged(FORENAMES_A, SURNAMES_B, names, work)
            or _may_be_exchanged(FORENAMES_B, SURNAMES_A, names, work)
        )
    ):
        # Either clerk may have exchanged them.
        for turn in range(2):
            kept_f, kept_s, moved_f, moved_s = FORENAMES_A, SURNAMES_A, FORENAMES_B, SURNAMES_B
            if turn == 1:
                kept_f, kept_s, moved_f, moved_s = FORENAMES_B, SURNAMES_B, FORENAMES_A, SURNAMES_A
            _exchange(moved_f, moved_s, work)
            if work[EXCHANGED_FORENAMES, 0] == 0 or work[EXCHANGED_SURNAMES, 0] == 0:
                continue
            swapped_surname = _surnames(
                kept_s, EXCHANGED_SURNAMES, kept_f, EXCHANGED_FORENAMES, names, work, chance, 1
            )
            swapped_forename = _forenames(kept_f, EXCHANGED_FORENAMES, names, work, chance, 1)
            worse = swapped_forename + swapped_surname - forename - surname
            if worse == 0 and levels[3] == 1:
                # Of two such readings not the first, but the one whose forenames agree better, or rarer.
                worse = swapped_forename - forename
                if worse == 0 and chance[1, 0] + chance[1, 2] < chance[0, 0] + chance[0, 2]:
                    worse = -1
            if (swapped_forename < F_OTHER or swapped_surname < S_NEAR) and worse < 0:
                forename, surname = swapped_forename, swapped_surname
                chance[0, 0], chance[0, 1], chance[0, 2] = chance[1, 0], UNSAID, chance[1, 2]
                levels[1], levels[3] = 0, 1
    levels[0] = forename
    levels[2] = surname
    levels[4] = _born(i, j, records)
    levels[5] = 0
    if records.sex[i] > 0 and records.sex[j] > 0:
        levels[5] = 1 if records.sex[i] == records.sex[j] else 2
    levels[6] = _place(i, j, records, postcodes, chance)
    levels[7] = _number(records.nhs_number[i], records.nhs_number[j], i, j, records)
    levels[8] = _number(records.upn[i], records.upn[j], i, j, records)
