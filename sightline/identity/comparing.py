"""The comparison of two records, compiled: at which level each field agrees, and how often chance does that.

`compare(i, j, …)` writes a level per field into `levels` and the base-2 logarithm of the chance that a
stranger agrees so well into `chance`, for the levels whose chance depends on how rare the value is.
"""

import numba as nb
import numpy as np

from sightline.identity.arrays import FORENAME_SLOTS, SURNAME_SLOTS

# numba reads module constants, not enum members, at full speed.
F_MISSING, F_SAME, F_SOUND, F_RELATIVE, F_SLIP, F_PART, F_OTHER, F_OTHER_NEAR, F_NEAR, F_DIFFERENT = range(10)
S_MISSING, S_SAME, S_PART, S_SOUND, S_SLIP, S_NEAR, S_IN_FORENAMES, S_DIFFERENT, S_TITLE = range(9)
T_SAME, T_SOUND, T_RELATIVE, T_SLIP, T_PART, T_NEAR, T_DIFFERENT = range(7)
FIELD_COUNT = 9
WORK_ROWS, WORK_COLUMNS = 5, 20
CHANCE_SAME, CHANCE_SOUND, CHANCE_SLIP, CHANCE_RELATIVE = range(4)
UNSAID = np.float32(1.0)  # no chance from frequencies: the weight table has it

_fast = nb.njit(cache=True, nogil=True, boundscheck=False)


@_fast
def slips(a, la, b, lb, most, work):
    """Letters changed, added, left out or exchanged (optimal string alignment), or `most + 1` if more.

    `work` is scratch of three rows of TOKEN_BYTES + 1 whole numbers or more.
    """
    if la - lb > most or lb - la > most:
        return most + 1
    # What both begin and end with costs nothing.
    start = 0
    while start < la and start < lb and a[start] == b[start]:
        start += 1
    while la > start and lb > start and a[la - 1] == b[lb - 1]:
        la -= 1
        lb -= 1
    if start > 0:
        a, b = a[start:], b[start:]
        la -= start
        lb -= start
    if la == 0 or lb == 0:
        return max(la, lb)
    before, last, now = work[0], work[1], work[2]
    for j in range(lb + 1):
        last[j] = j
    for i in range(1, la + 1):
        now[0] = i
        least = i
        for j in range(1, lb + 1):
            cost = 0 if a[i - 1] == b[j - 1] else 1
            best = min(last[j] + 1, now[j - 1] + 1, last[j - 1] + cost)
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                best = min(best, before[j - 2] + 1)
            now[j] = best
            least = min(least, best)
        if least > most:
            return most + 1
        for j in range(lb + 1):
            before[j] = last[j]
            last[j] = now[j]
    return last[lb]


@_fast
def _is_part(a, la, b, lb):
    """The shorter, of two letters at least, begins the longer; or, of three, ends it."""
    short = min(la, lb)
    if short < 2 or la == lb:
        return False
    begins = True
    for k in range(short):
        if a[k] != b[k]:
            begins = False
            break
    if begins or short < 3:
        return begins
    for k in range(short):
        if a[la - 1 - k] != b[lb - 1 - k]:
            return False
    return True


@_fast
def tokens_agree(t, u, names, work):
    """How two tokens, neither of them none, stand to each other."""
    if t == u:
        return T_SAME
    if names.sound[t] == names.sound[u]:
        return T_SOUND
    for at in range(names.relative_start[t], names.relative_start[t + 1]):
        if names.relative[at] == u:
            return T_RELATIVE
    la, lb = np.int64(names.length[t]), np.int64(names.length[u])
    a, b = names.letters[t], names.letters[u]
    short = min(la, lb)
    found = slips(a, la, b, lb, 2, work)
    if found == 1 and short >= 3:
        return T_SLIP
    if _is_part(a, la, b, lb) or _is_part(
        names.heard[t], np.int64(names.heard_length[t]), names.heard[u], np.int64(names.heard_length[u])
    ):
        return T_PART
    if short == 1 and a[0] == b[0]:
        return T_PART
    if found == 2 and short >= 5:
        return T_NEAR
    if names.skeleton[t] > 0 and names.skeleton[t] == names.skeleton[u]:
        return T_NEAR
    return T_DIFFERENT


@_fast
def _forenames(a, b, names, chance, work):
    """Level of the first forenames of the token rows a and b; `chance[0]` its chance."""
    if a[0] == 0 or b[0] == 0:
        return F_MISSING
    best = T_DIFFERENT
    luck = UNSAID
    for x in range(2):
        for y in range(2):
            if a[x] == 0 or b[y] == 0:
                continue
            found = tokens_agree(a[x], b[y], names, work)
            if found < best:
                best = found
                luck = _luck(found, a[x], b[y], names.chance_forename)
        # nothing is better than the same
    chance[0] = luck
    if best == T_SAME:
        return F_SAME
    if best == T_SOUND:
        return F_SOUND
    if best == T_RELATIVE:
        return F_RELATIVE
    if best == T_SLIP:
        return F_SLIP
    # One's first among the other's further names: known by a middle name.
    near = False
    for x in range(FORENAME_SLOTS):
        for y in range(FORENAME_SLOTS):
            if (x < 2 and y < 2) or a[x] == 0 or b[y] == 0:
                continue
            found = tokens_agree(a[x], b[y], names, work)
            if found <= T_SOUND and (x < 2 or y < 2):
                chance[0] = min(
                    np.float32(-1.0), _luck(found, a[x], b[y], names.chance_forename) + np.float32(1.0)
                )
                return F_OTHER
            near |= found <= T_SLIP
    if best == T_PART:
        chance[0] = UNSAID
        return F_PART
    if near:
        chance[0] = UNSAID
        return F_OTHER_NEAR
    chance[0] = UNSAID
    return F_NEAR if best == T_NEAR else F_DIFFERENT


@_fast
def _luck(found, t, u, table):
    if found == T_SAME:
        return table[t, CHANCE_SAME]
    if found == T_SOUND:
        return max(table[t, CHANCE_SOUND], table[u, CHANCE_SOUND])
    if found == T_RELATIVE:
        return max(table[t, CHANCE_RELATIVE], table[u, CHANCE_RELATIVE])
    if found == T_SLIP:
        return max(table[t, CHANCE_SLIP], table[u, CHANCE_SLIP])
    return UNSAID


@_fast
def _middles(a, b, names, chance, work):
    any_a = any_b = False
    for x in range(2, FORENAME_SLOTS):
        any_a |= a[x] > 0
        any_b |= b[x] > 0
    if not (any_a and any_b):
        return 0
    luck = UNSAID
    for x in range(2, FORENAME_SLOTS):
        for y in range(2, FORENAME_SLOTS):
            if a[x] > 0 and b[y] > 0:
                found = tokens_agree(a[x], b[y], names, work)
                if found <= T_SLIP:
                    luck = min(luck, _luck(found, a[x], b[y], names.chance_forename) + np.float32(1.0))
    if luck == UNSAID:
        return 2
    chance[1] = min(np.float32(-1.0), luck)
    return 1


@_fast
def _only_titles(row, names):
    for x in range(SURNAME_SLOTS):
        if row[x] > 0 and not names.is_title[row[x]]:
            return False
    return True


@_fast
def _surnames(a, b, first, other, names, chance, work):
    """Level of the surname rows a and b; `first` and `other` are the forename rows beside them."""
    if a[0] == 0 or b[0] == 0:
        return S_MISSING
    best = T_DIFFERENT
    luck = UNSAID
    shared = 0
    count_a = count_b = 0
    for x in range(SURNAME_SLOTS):
        count_a += a[x] > 0
        count_b += b[x] > 0
        for y in range(SURNAME_SLOTS):
            if a[x] == 0 or b[y] == 0:
                continue
            found = tokens_agree(a[x], b[y], names, work)
            shared += found <= T_SOUND
            this = _luck(found, a[x], b[y], names.chance_surname)
            if found < best or (found == best and this < luck):
                best = found
                luck = this
    chance[2] = luck
    whole = shared >= count_a and shared >= count_b
    if best == T_SAME:
        if whole:
            return S_SAME
        chance[2] = min(np.float32(-1.0), luck + np.float32(1.0))
        return S_PART
    if best == T_SOUND or best == T_RELATIVE:
        return S_SOUND
    if best == T_SLIP:
        return S_SLIP
    chance[2] = UNSAID
    for x in range(SURNAME_SLOTS):
        for y in range(2, FORENAME_SLOTS):
            if a[x] > 0 and other[y] > 0 and tokens_agree(a[x], other[y], names, work) <= T_SOUND:
                return S_IN_FORENAMES
            if b[x] > 0 and first[y] > 0 and tokens_agree(b[x], first[y], names, work) <= T_SOUND:
                return S_IN_FORENAMES
    if best == T_NEAR or best == T_PART:
        return S_NEAR
    return S_TITLE if _only_titles(a, names) or _only_titles(b, names) else S_DIFFERENT


@_fast
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


@_fast
def _born(i, j, records):
    if records.born[i] == 0 or records.born[j] == 0:
        return 0
    if records.is_expected[i] or records.is_expected[j]:
        apart = abs(records.born[i] - records.born[j])
        return 6 if apart <= 31 else 7
    if records.born[i] == records.born[j]:
        return 1
    ya, yb = np.int64(records.year[i]), np.int64(records.year[j])
    ma, mb = np.int64(records.month[i]), np.int64(records.month[j])
    da, db = np.int64(records.day[i]), np.int64(records.day[j])
    if ya == yb and ma == db and da == mb:
        return 2
    if ya == yb and ((da == 1 and (ma == 1 or ma == mb)) or (db == 1 and (mb == 1 or ma == mb))):
        return 3
    same = (ya == yb) + (ma == mb) + (da == db)
    if same == 2:
        if ya != yb:
            return 4 if _one_digit(ya, yb) else 5
        if ma != mb:
            return 4 if _one_digit(ma, mb) else 5
        return 4 if _one_digit(da, db) else 5
    return 8


@_fast
def _place(i, j, records, postcodes, chance, work):
    best = 0
    luck = UNSAID
    for x in range(2):
        p = records.postcodes[i, x]
        if p == 0:
            continue
        for y in range(2):
            q = records.postcodes[j, y]
            if q == 0:
                continue
            found = 6
            this = UNSAID
            if p == q:
                found = 1
                this = postcodes.chance[p, 0]
            else:
                a, b = postcodes.letters[p], postcodes.letters[q]
                la = lb = 0
                for k in range(8):
                    la += a[k] > 0
                    lb += b[k] > 0
                # The last two letters are a street: one slip there is another street as often as a slip.
                if (
                    la == lb
                    and slips(a, la, b, lb, 1, work) == 1
                    and postcodes.sector[p] != postcodes.sector[q]
                ):
                    found = 2
                elif postcodes.sector[p] == postcodes.sector[q]:
                    found = 3
                    this = postcodes.chance[p, 1]
                elif postcodes.district[p] == postcodes.district[q]:
                    found = 4
                    this = postcodes.chance[p, 2]
                elif postcodes.area[p] == postcodes.area[q]:
                    found = 5
                    this = postcodes.chance[p, 3]
            if best == 0 or found < best:
                best = found
                luck = this
    chance[6] = luck
    if best > 0:
        return best
    if records.area[i] > 0 and records.area[j] > 0:
        return 7 if records.area[i] == records.area[j] else 8
    return 0


@_fast
def exchange(forenames, surnames, as_forenames, as_surnames):
    """The rows as they would stand had the clerk put each name in the other's place.

    The first surname token becomes the forename and the first forename the surname; what is left stays.
    """
    as_forenames[:] = forenames
    as_surnames[:] = surnames
    as_forenames[0] = surnames[0]
    as_forenames[1] = 0
    as_surnames[0] = forenames[0]


@_fast
def compare(i, j, records, names, postcodes, levels, chance, work):
    """Levels of the fields (levels.FIELDS) and, where frequencies say it, the chance of each.

    `work` is scratch of WORK_ROWS rows; `chance` has two rows, the second scratch.
    """
    said, other = chance[0], chance[1]
    for field in range(FIELD_COUNT):
        said[field] = UNSAID
    fa, fb = records.forenames[i], records.forenames[j]
    sa, sb = records.surnames[i], records.surnames[j]
    forename = _forenames(fa, fb, names, said, work)
    surname = _surnames(sa, sb, fa, fb, names, said, work)
    levels[1] = _middles(fa, fb, names, said, work)
    levels[3] = 0
    if surname >= S_NEAR and forename >= F_OTHER and fb[0] > 0 and sb[0] > 0:
        other_fb, other_sb = work[3, :FORENAME_SLOTS], work[4, :SURNAME_SLOTS]
        exchange(fb, sb, other_fb, other_sb)
        swapped_surname = _surnames(sa, other_sb, fa, other_fb, names, other, work)
        swapped_forename = _forenames(fa, other_fb, names, other, work)
        if (swapped_forename < F_OTHER or swapped_surname < S_NEAR) and (
            swapped_forename < forename or swapped_surname < surname
        ):
            forename, surname = swapped_forename, swapped_surname
            said[0], said[1], said[2] = other[0], UNSAID, other[2]
            levels[1], levels[3] = 0, 1
    levels[0] = forename
    levels[2] = surname
    levels[4] = _born(i, j, records)
    xa, xb = records.sex[i], records.sex[j]
    levels[5] = 0 if xa == 0 or xb == 0 else (1 if xa == xb else 2)
    levels[6] = _place(i, j, records, postcodes, said, work)
    levels[7] = _number(records.nhs_number[i], records.nhs_number[j], i, j, records)
    levels[8] = _number(records.upn[i], records.upn[j], i, j, records)


@_fast
def _number(a, b, i, j, records):
    if a == 0 or b == 0:
        return 0
    if a == b:
        return 1
    return 2 if records.agency[i] == records.agency[j] else 3
