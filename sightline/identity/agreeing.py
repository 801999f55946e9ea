"""How two tokens of names stand to each other, compiled, and how often chance brings two so near.

Tokens are numbers; row t of each array of `arrays.Names` tells of token t. What has been worked out for a
pair is kept (`Names.memo`), for a few common names make most pairs.
"""

import numpy as np

from sightline.identity.compiled import inlined

T_SAME, T_SOUND, T_RELATIVE, T_SLIP, T_PART, T_NEAR, T_DIFFERENT = range(7)
CHANCE_SAME, CHANCE_SOUND, CHANCE_SLIP, CHANCE_RELATIVE = range(4)
UNSAID = np.float32(1.0)  # no chance from frequencies: the weight table has it


@inlined
def slips(letters, t, la, u, lb, most, work):
    """Letters changed, added, left out or exchanged between rows t and u of `letters` (optimal string
    alignment), or `most + 1` if more. The first three rows of `work` are scratch."""
    if la - lb > most or lb - la > most:
        return most + 1
    # What both begin and end with costs nothing.
    start = 0
    while start < la and start < lb and letters[t, start] == letters[u, start]:
        start += 1
    while la > start and lb > start and letters[t, la - 1] == letters[u, lb - 1]:
        la -= 1
        lb -= 1
    la -= start
    lb -= start
    if la == 0 or lb == 0:
        return max(la, lb)
    before, last, now = 0, 1, 2
    far = most + 1
    for j in range(min(lb, most) + 1):
        work[last, j] = j
    if lb > most:
        work[last, most + 1] = far
    for i in range(1, la + 1):
        # Further than `most` from the diagonal nothing can be near enough.
        begin, end = max(1, i - most), min(lb, i + most)
        work[now, begin - 1] = i if begin == 1 else far
        least = work[now, begin - 1]
        letter = letters[t, start + i - 1]
        for j in range(begin, end + 1):
            best = work[last, j - 1] + (0 if letter == letters[u, start + j - 1] else 1)
            best = min(best, work[last, j] + 1, work[now, j - 1] + 1)
            if (
                i > 1
                and j > 1
                and letter == letters[u, start + j - 2]
                and letters[t, start + i - 2] == letters[u, start + j - 1]
            ):
                best = min(best, work[before, j - 2] + 1)
            work[now, j] = best
            least = min(least, best)
        if least > most:
            return far
        if end < lb:
            work[now, end + 1] = far
        before, last, now = last, now, before
    return min(work[last, lb], far)


@inlined
def _is_part(letters, t, la, u, lb):
    """The shorter, of two letters at least, begins the longer; or, of three, ends it."""
    short = min(la, lb)
    if short < 2 or la == lb:
        return False
    if letters[t, 0] == letters[u, 0]:
        k = 1
        while k < short and letters[t, k] == letters[u, k]:
            k += 1
        if k == short:
            return True
    if short < 3 or letters[t, la - 1] != letters[u, lb - 1]:
        return False
    k = 1
    while k < short and letters[t, la - 1 - k] == letters[u, lb - 1 - k]:
        k += 1
    return k == short


@inlined
def _bits_set(x):
    count = 0
    while x:
        x &= x - np.uint32(1)
        count += 1
    return count


@inlined
def tokens_agree(t, u, names, work):
    """How two tokens, neither of them none, stand to each other."""
    if t == u:
        return np.int64(T_SAME)
    slots = len(names.memo)
    key = (np.uint64(min(t, u)) << np.uint64(30)) | np.uint64(max(t, u))
    slot = ((key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(40)) & np.uint64(slots - 1)
    known = names.memo[slot]
    if known >> np.uint64(3) == key and slots > 1:
        return np.int64(known & np.uint64(7))
    found = np.int64(_worked_out(t, u, names, work))
    names.memo[slot] = (key << np.uint64(3)) | np.uint64(found)
    return found


@inlined
def _worked_out(t, u, names, work):
    if names.sound[t] == names.sound[u]:
        return T_SOUND
    for at in range(names.relative_start[t], names.relative_start[t + 1]):
        if names.relative[at] == u:
            return T_RELATIVE
    la, lb = np.int64(names.length[t]), np.int64(names.length[u])
    short = min(la, lb)
    # One slip changes at most two of the letters that a name is made of.
    found = 3
    apart = _bits_set(names.made_of[t] ^ names.made_of[u])
    if apart <= 4:
        found = slips(names.letters, t, la, u, lb, 2, work)
    # No slip at all in the letters that are kept: two long names that part after them.
    if found <= 1 and short >= 3:
        return T_SLIP
    if _is_part(names.letters, t, la, u, lb) or _is_part(
        names.heard, t, np.int64(names.heard_length[t]), u, np.int64(names.heard_length[u])
    ):
        return T_PART
    if short == 1 and names.letters[t, 0] == names.letters[u, 0]:
        return T_PART
    if found == 2 and short >= 5:
        return T_NEAR
    if names.skeleton[t] > 0 and names.skeleton[t] == names.skeleton[u]:
        return T_NEAR
    return T_DIFFERENT


@inlined
def luck_of(found, t, u, table):
    if found == T_SAME:
        return table[t, CHANCE_SAME]
    if found == T_SOUND:
        return max(table[t, CHANCE_SOUND], table[u, CHANCE_SOUND])
    if found == T_RELATIVE:
        return max(table[t, CHANCE_RELATIVE], table[u, CHANCE_RELATIVE])
    if found == T_SLIP:
        return max(table[t, CHANCE_SLIP], table[u, CHANCE_SLIP])
    return UNSAID
