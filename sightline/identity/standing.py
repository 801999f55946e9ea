"""Which of people's rulings stand, and what they make of two records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Record = tuple[str, str]
"""An agency's code and its number for the record."""
Pair = tuple[Record, Record]
"""Two records, the lesser first."""

SAME, NEVER, UNSURE, UNDONE = "same", "never", "unsure", "undone"


def pair_of(one: Record, other: Record) -> Pair:
    return (one, other) if one <= other else (other, one)


@dataclass(frozen=True, slots=True)
class Ruled:
    """One ruling as stored; `undoes` is the number of the ruling that it takes back, or 0."""

    number: int
    pair: Pair
    answer: str
    undoes: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """For each pair the number of the ruling that stands, by what it says."""

    same: Mapping[Pair, int] = field(default_factory=dict)
    never: Mapping[Pair, int] = field(default_factory=dict)
    unsure: Mapping[Pair, int] = field(default_factory=dict)

    @property
    def settled(self) -> frozenset[Pair]:
        """Pairs that nobody is asked about again."""
        return frozenset(self.same) | frozenset(self.never) | frozenset(self.unsure)


def standing(rulings: Iterable[Ruled]) -> Standing:
    """Of each pair the latest ruling that was not taken back, so that undoing one shows the one before."""
    listed = sorted(rulings, key=lambda each: each.number)
    undone = {each.undoes for each in listed if each.undoes}
    latest = {each.pair: each for each in listed if each.answer != UNDONE and each.number not in undone}
    by_answer: dict[str, dict[Pair, int]] = {SAME: {}, NEVER: {}, UNSURE: {}}
    for pair, ruled in latest.items():
        by_answer[ruled.answer][pair] = ruled.number
    return Standing(by_answer[SAME], by_answer[NEVER], by_answer[UNSURE])
