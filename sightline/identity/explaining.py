"""Why two records are, or are not, taken for one child: in bits that add up, and in words.

Evidence weighs three explanations: one child, another child of the same home, a stranger. Each field is
weighed here against the nearer of the two that are not one child, so that “the surname is the same” counts
for nothing where a brother or sister would have it too. What is left is small and shown: the other of the
two explanations counts as well, which takes up to one bit off.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sightline.identity.agreeing import UNSAID
from sightline.identity.arrays import Population
from sightline.identity.levels import FIELD_NAMES, FIELDS, ORDER
from sightline.identity.phrases import Said, field_sentence, listed, strength, to_one
from sightline.identity.reading import population as read
from sightline.identity.scoring import HOME, SAME, STRANGER, TWO_IN_A_HOME_ALIKE, evidence_of
from sightline.identity.weights import Weights, children_about

Rival = Literal["another child of the same home", "a stranger"]

NAMED = 1.0
"""Fields that say less than this, for or against, are left out of the summary; they stay in the list."""


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """What one field says for one child (above 0) or for two (below)."""

    field: str
    level: str
    bits: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """`bits` = `before` + the bits of `fields` + `other_rival`.

    `before` is what is known before anything is compared: how many other children there are, or, where the
    rival is a child of the home, how many others a home has. `is_kept_apart`: the records are never joined
    whatever they say, and `sentence` says why.
    """

    bits: float
    before: float
    fields: tuple[FieldEvidence, ...]
    other_rival: float
    rival: Rival
    is_kept_apart: bool
    sentence: str


def explain(
    people: pl.DataFrame,
    row_a: int,
    row_b: int,
    weights: Weights,
    population: Population | None = None,
    *,
    names_hidden: bool = False,
) -> Explanation:
    """What the two records alone say. `population` saves reading `people` again, whose rows it must hold.

    `names_hidden` leaves out every value, not only names: levels, rarity and bits remain. A record closed at
    adoption is compared with nobody, so nothing of what it says is given away.
    """
    if population is None:
        population = read(people, agencies=people["agency"].unique().sort().to_list())
    records = population.records
    if records.is_restricted[row_a] or records.is_restricted[row_b]:
        return _compared_with_nobody(weights)
    one, other = _row(row_a), _row(row_b)
    evidence, levels, chances = evidence_of(one, other, population, weights)
    told = _Terms.of(levels[0], chances[0], weights, weights.mates_bits(population))
    children = children_about(population)
    bits = float(evidence[0]) - float(np.log2(children))
    first, second = people.row(row_a, named=True), people.row(row_b, named=True)
    said = [
        Said(
            number,
            level,
            told.bits(number),
            float(told.stranger[number]),
            is_against_home=told.rival == HOME,
            first=first,
            second=second,
            is_hidden=names_hidden,
            is_exchanged=bool(levels[0, ORDER]),
        )
        for number, level in enumerate(levels[0].tolist())
    ]
    fields = tuple(_field(each) for each in said)
    before = -float(np.log2(weights.home_mates if told.rival == HOME else children))
    conflict = _numbers_conflict(population, row_a, row_b)
    return Explanation(
        bits=bits,
        before=before,
        fields=fields,
        other_rival=bits - before - sum(field.bits for field in fields),
        rival="another child of the same home" if told.rival == HOME else "a stranger",
        is_kept_apart=conflict,
        sentence=_summary(bits, fields, told.rival, weights, conflict=conflict),
    )


@dataclass(frozen=True, slots=True)
class _Terms:
    """How likely each field's level is under the three explanations, in base-2 logarithms, as in `weigh`."""

    same: NDArray[np.float64]
    home: NDArray[np.float64]
    stranger: NDArray[np.float64]
    rival: int  # HOME or STRANGER: the nearer

    @classmethod
    def of(
        cls, levels: NDArray[np.int8], chances: NDArray[np.float32], weights: Weights, mates: float
    ) -> "_Terms":
        each = np.arange(len(FIELDS))
        same, home, stranger = (weights.table[k, each, levels].astype(float) for k in (SAME, HOME, STRANGER))
        said = chances < UNSAID
        stranger[said] = chances[said]
        if said[0]:
            home[0] = min(max(chances[0] + TWO_IN_A_HOME_ALIKE, home[0]), -1.0)
        if said[1]:
            home[1] = max(chances[1], home[1])
        return cls(same, home, stranger, HOME if home.sum() + mates > stranger.sum() else STRANGER)

    def bits(self, field: int) -> float:
        against = self.home if self.rival == HOME else self.stranger
        return float(self.same[field] - against[field])


def _field(said: Said) -> FieldEvidence:
    level = FIELDS[said.number](said.level).name.lower().replace("_", " ")
    return FieldEvidence(FIELD_NAMES[said.number], level, said.bits, field_sentence(said))


def _summary(
    bits: float, fields: tuple[FieldEvidence, ...], rival: int, weights: Weights, *, conflict: bool
) -> str:
    ordered = sorted(fields, key=lambda field: -abs(field.bits))
    speaking_for = [f"the {f.field} ({strength(f.bits)})" for f in ordered if f.bits >= NAMED]
    against = [f"the {f.field} ({strength(f.bits)})" for f in ordered if f.bits <= -NAMED]
    parts = [f"By these two records alone it is {to_one(bits)}."]
    parts.append(
        f"For one child speaks {listed(speaking_for)}." if speaking_for else "Nothing speaks for it."
    )
    parts.append(f"Against it speaks {listed(against)}." if against else "Nothing speaks against it.")
    parts.append(
        "If they are two children, they are likeliest two of one home, who share a surname and an address, "
        "and a birth date if they are twins; so only what tells children of one home apart counts here."
        if rival == HOME
        else "If they are two children, they are likeliest strangers to each other who agree by chance."
    )
    parts.append(_outcome(bits, weights, conflict=conflict))
    return " ".join(parts)


def _outcome(bits: float, weights: Weights, *, conflict: bool) -> str:
    if conflict:
        return (
            "Two agencies hold different numbers of one kind for them: the system never joins them, and a "
            "person decides."
        )
    if bits >= weights.link_bits:
        return "That is enough to join them, unless what else is known of either speaks against it."
    if bits >= weights.ask_bits:
        return "That is in doubt: other records may settle it, and if they do not, a person decides."
    return "That is not enough to join them."


def _compared_with_nobody(weights: Weights) -> Explanation:
    return Explanation(
        bits=weights.floor,
        before=weights.floor,
        fields=(),
        other_rival=0.0,
        rival="a stranger",
        is_kept_apart=True,
        sentence="One of these records is restricted, as records closed at adoption are: it is compared with "
        "nobody and never becomes part of another child's identity.",
    )


def _numbers_conflict(population: Population, row_a: int, row_b: int) -> bool:
    records = population.records
    if records.agency[row_a] == records.agency[row_b]:
        return False
    return any(
        column[row_a] > 0 and column[row_b] > 0 and column[row_a] != column[row_b]
        for column in (records.nhs_number, records.upn)
    )


def _row(row: int) -> NDArray[np.int32]:
    return np.array([row], np.int32)
