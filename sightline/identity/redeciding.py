"""What a ruling makes of the identities it concerns, by the evidence that a run has stored.

The names of a handful of records say nothing of how rare a name is, so no handful can be scored again by
itself. What the last run found can be used again: its links, best first, people's rulings before all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sightline.identity.standing import Pair, Record


@dataclass(frozen=True, slots=True)
class Tie:
    """Evidence that two records are one child; a ruled one outweighs every other."""

    pair: Pair
    bits: float
    is_ruled: bool = False


@dataclass(frozen=True, slots=True)
class Redecided:
    """The records in their groups, and the ties that hold each together."""

    groups: tuple[tuple[Record, ...], ...]
    ties: tuple[Tie, ...]
    refused: tuple[Tie, ...]  # a ruling “never” stands against them


def redecide(records: Iterable[Record], *, ties: Iterable[Tie], never: Iterable[Pair]) -> Redecided:
    """Join by each tie in turn, the best first, wherever no ruling stands between the two groups."""
    group_of: dict[Record, frozenset[Record]] = {record: frozenset((record,)) for record in records}
    apart: Mapping[Record, set[Record]] = {record: set() for record in group_of}
    for one, other in never:
        if one in apart and other in apart:
            apart[one].add(other)
            apart[other].add(one)
    used, refused = [], []
    for tie in sorted(set(ties), key=lambda each: (not each.is_ruled, -each.bits, each.pair)):
        group, others = (group_of.get(record) for record in tie.pair)
        if group is None or others is None or group == others:
            continue
        if any(apart[record] & others for record in group):
            refused.append(tie)
            continue
        used.append(tie)
        joined = group | others
        for record in joined:
            group_of[record] = joined
    groups = sorted(tuple(sorted(group)) for group in set(group_of.values()))
    return Redecided(tuple(groups), tuple(used), tuple(refused))


def chain_between(pair: Pair, pairs: Mapping[Pair, int]) -> tuple[int, ...]:
    """The rulings “same” that lead from one record to the other, none where none do."""
    neighbours: dict[Record, list[tuple[Record, int]]] = {}
    for (one, other), number in sorted(pairs.items()):
        neighbours.setdefault(one, []).append((other, number))
        neighbours.setdefault(other, []).append((one, number))
    start, end = pair
    paths: dict[Record, tuple[int, ...]] = {start: ()}
    waiting = [start]
    while waiting:
        at = waiting.pop(0)
        for following, number in neighbours.get(at, ()):
            if following not in paths:
                paths[following] = (*paths[at], number)
                waiting.append(following)
    return paths.get(end, ())
