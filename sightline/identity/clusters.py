"""Identities as they grow, compiled: which records are together, and what two of them say to each other."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sightline.identity.comparing import F_NEAR, FIELD_COUNT, WORK_COLUMNS, WORK_ROWS
from sightline.identity.compiled import fast, inlined
from sightline.identity.scoring import evidence

MOST_PAIRS = 64
"""Pairs of records that are looked at between two identities; what so many do not decide, more will not."""
BEST_SHARE = 0.5
"""The part of those pairs whose mean speaks for the two: a name that one record has and another has not is
explained by the record that has it, so the worst half does not count against it."""


Ints = NDArray[np.int64]


class Clusters(NamedTuple):
    """Union-find with the members of each cluster as a linked list from its root."""

    parent: Ints
    following: Ints  # the next member, -1 after the last
    last: Ints  # of each root
    size: Ints
    held: NDArray[np.int32]  # (rows, agencies): how many records of each agency a root has
    is_barred: NDArray[np.bool_]  # a member of the root stands in a ruling “never”


def alone(agency: NDArray[np.int8], agencies: int, barred: Ints) -> Clusters:
    """Every record an identity of its own."""
    count = len(agency)
    held = np.zeros((count, agencies), np.int32)
    held[np.arange(count), agency] = 1
    is_barred = np.zeros(count, np.bool_)
    is_barred[barred] = True
    return Clusters(
        np.arange(count), np.full(count, -1), np.arange(count), np.ones(count, np.int64), held, is_barred
    )


@inlined
def root_of(parent, row):
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


@fast
def roots(parent):
    found = np.empty(len(parent), np.int64)
    for row in range(len(parent)):
        found[row] = root_of(parent, row)
    return found


@inlined
def join(a, b, clusters):
    """Two roots into one; returns it. Of equals the lower row stays the root, so order changes nothing."""
    if clusters.size[a] < clusters.size[b] or (clusters.size[a] == clusters.size[b] and b < a):
        a, b = b, a
    clusters.parent[b] = a
    clusters.following[clusters.last[a]] = b
    clusters.last[a] = clusters.last[b]
    clusters.size[a] += clusters.size[b]
    for agency in range(clusters.held.shape[1]):
        clusters.held[a, agency] += clusters.held[b, agency]
    clusters.is_barred[a] |= clusters.is_barred[b]
    return a


@inlined
def are_barred(a, b, clusters, never_a, never_b):
    """A ruling “never” stands between a member of one root and a member of the other."""
    if not (clusters.is_barred[a] and clusters.is_barred[b]):
        return False
    for k in range(len(never_a)):
        x, y = root_of(clusters.parent, never_a[k]), root_of(clusters.parent, never_b[k])
        if (x == a and y == b) or (x == b and y == a):
            return True
    return False


@inlined
def numbers_conflict(a, b, clusters, records):
    """Two valid but different NHS numbers, or UPNs, of different agencies: for a person, never for us."""
    x = a
    while x >= 0:
        y = b
        while y >= 0:
            if records.agency[x] != records.agency[y]:
                p, q = records.nhs_number[x], records.nhs_number[y]
                if p > 0 and q > 0 and p != q:
                    return True
                p, q = records.upn[x], records.upn[y]
                if p > 0 and q > 0 and p != q:
                    return True
            y = clusters.following[y]
        x = clusters.following[x]
    return False


@fast
def between(a, b, clusters, population, table, mates, floor, ceiling):
    """Bits that two roots are one child, by what their records say alone; and whether any two of them are
    near in forename, or one says none."""
    records, names, postcodes = population
    levels = np.empty(FIELD_COUNT, np.int8)
    chance = np.empty((2, FIELD_COUNT), np.float32)
    work = np.empty((WORK_ROWS, WORK_COLUMNS), np.int32)
    found = np.empty(MOST_PAIRS, np.float32)
    count = 0
    has_name_in_common = False
    x = a
    while x >= 0 and count < MOST_PAIRS:
        y = b
        while y >= 0 and count < MOST_PAIRS:
            bits = evidence(x, y, records, names, postcodes, table, mates, levels, chance, work)
            found[count] = min(np.float32(ceiling), max(np.float32(floor), bits))
            has_name_in_common |= levels[0] < F_NEAR
            count += 1
            y = clusters.following[y]
        x = clusters.following[x]
    best = np.sort(found[:count])[::-1]
    used = max(1, int(np.ceil(count * BEST_SHARE)))
    return best[:used].sum() / used, has_name_in_common


@inlined
def twice_bits(a, b, clusters, twice):
    """What it costs to let two roots be one child where agencies would then hold that child twice."""
    bits = 0.0
    for agency in range(clusters.held.shape[1]):
        if clusters.held[a, agency] > 0 and clusters.held[b, agency] > 0:
            bits += twice[agency]
    return bits
