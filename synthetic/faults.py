"""What each agency wrote down about each child: the truth, and the faults on the way."""

import calendar
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synthetic.columns import NO_DATE
from synthetic.misheard import (
    mistyped,
    mistyped_postcode,
    plain,
    respelt,
    short_names,
)
from synthetic.names import HERE, TRADITIONS, Strings, traditions
from synthetic.people import People
from synthetic.places import Country, Index
from synthetic.rearranged import rearranged

FAULTS = (
    "alt_surname", "structure", "known_as", "translit_fn", "translit_sn", "fn_typo", "sn_typo", "dob_typo",
    "dob_default", "dob_missing", "swap", "sex_wrong", "sex_missing", "stale_addr", "other_addr", "pc_typo",
    "pc_missing", "unborn",
)  # fmt: skip
BIT = {fault: 1 << place for place, fault in enumerate(FAULTS)}
IN_NAMES = (*FAULTS[:7], "swap")
UNKNOWN_SEX = 2

_ONCE_ALWAYS = {"alt_surname": 0.6, "known_as": 0.3, "stale_addr": 0.42}
"""Some faults befall some children only, and those more often."""


class Rates:
    """Chances of each fault, by agency and tradition, with one scale on all of them."""

    def __init__(self, scale: float = 1.0, *, equal: bool = False) -> None:
        self.table: dict[str, Any] = tomllib.loads((HERE / "rates.toml").read_text("utf-8"))
        self.scale, self.equal = scale, equal
        familiar = self.table["familiar"]
        self.unfamiliar = np.array([name not in familiar for name in TRADITIONS])
        share = np.array([kind.share for kind in traditions()])
        self._unfamiliar_share = float(share[self.unfamiliar].sum() / share.sum())

    @cached_property
    def moves(self) -> dict[str, float]:
        moves: dict[str, float] = {} if self.equal else self.table["moves_more"]
        return moves

    def chance(self, agency: str, fault: str) -> NDArray[np.float64]:
        """One chance for each tradition."""
        familiar, others = self.table[agency][fault]
        if self.equal:
            familiar = others = familiar + (others - familiar) * self._unfamiliar_share
        chances: NDArray[np.float64] = np.where(self.unfamiliar, others, familiar) / 100
        if not self.equal:
            chances *= [self.table["more"].get(name, {}).get(fault, 1.0) for name in TRADITIONS]
        if fault not in ("plain_letters", "middle_kept"):
            chances = np.minimum(chances * self.scale, 0.9)
        return chances


@dataclass
class Written:
    """The records of one agency, before they take its own form."""

    rows: Index
    """The row of each record's child."""
    surname: Strings
    given: Strings
    middle: Strings
    born: Index
    sex: Index
    postcode: Strings
    home: Index
    """The number of the postcode the record means, whatever stands in it."""
    faults: Index

    def __len__(self) -> int:
        return self.rows.size


def written(
    people: People, rows: Index, agency: str, country: Country, rates: Rates, rng: np.random.Generator
) -> Written:
    rnd = Random(int(rng.integers(2**62)))  # noqa: S311 -- invented people, not secrets
    tradition = people.tradition[rows]
    faults = np.zeros(rows.size, np.int64)
    for fault in FAULTS[:-1]:
        chance = rates.chance(agency, fault)[tradition]
        if fault in _ONCE_ALWAYS:
            chance = chance / _ONCE_ALWAYS[fault]
            chance = np.where(_prone(people, rows, fault), np.minimum(chance, 0.95), 0.0)
        faults |= np.where(rng.random(rows.size) < chance, BIT[fault], 0)

    surname, given, middle = people.surname[rows], people.given[rows], people.middle[rows]
    middle[rng.random(rows.size) >= rates.chance(agency, "middle_kept")[tradition]] = ""
    _names(people, rows, surname, given, middle, faults, rnd, equal=rates.equal)
    bare = rng.random(rows.size) < rates.chance(agency, "plain_letters")[tradition]
    for row in np.flatnonzero(bare & (tradition > 0)):
        surname[row], given[row], middle[row] = plain(surname[row]), plain(given[row]), plain(middle[row])

    home = people.home[rows]
    stale, other = _has(faults, "stale_addr"), _has(faults, "other_addr")
    older = rng.random(rows.size) < 0.15
    home = np.where(stale, np.where(older, people.older_home[rows], people.old_home[rows]), home)
    home = np.where(other, people.other_home[rows], home)
    postcode = country.postcodes[home]
    for row in np.flatnonzero(_has(faults, "pc_typo")):
        postcode[row] = mistyped_postcode(postcode[row], rnd)
    postcode[_has(faults, "pc_missing")] = ""

    sex = people.sex[rows].copy()
    sex = np.where(_has(faults, "sex_wrong"), 1 - sex, sex)
    sex[_has(faults, "sex_missing")] = UNKNOWN_SEX
    return Written(
        rows, surname, given, middle, _dates(people, rows, faults, rnd), sex, postcode, home, faults
    )


def _has(faults: Index, fault: str) -> NDArray[np.bool_]:
    return (faults & BIT[fault]) > 0


def _prone(people: People, rows: Index, fault: str) -> NDArray[np.bool_]:
    if fault == "stale_addr":
        return people.moved[rows]
    number = (people.household if fault == "alt_surname" else people.person)[rows]
    chance = (number * 2654435761 + len(fault) * 40503) % 2**32 / 2**32
    prone: NDArray[np.bool_] = chance < _ONCE_ALWAYS[fault]
    return prone


def _names(
    people: People, rows: Index, surname: Strings, given: Strings, middle: Strings, faults: Index,
    rnd: Random, *, equal: bool,
) -> None:  # fmt: skip
    """Change the names of the records that have such a fault; a fault that changed nothing is taken back."""
    wanted = sum(BIT[fault] for fault in IN_NAMES)
    for row in np.flatnonzero(faults & wanted):
        child = rows[row]
        tradition, sex = int(people.tradition[child]), int(people.sex[child])
        was, bits = (surname[row], given[row]), int(faults[row])
        sn, fn = was
        full = people.middle[child]
        if bits & BIT["alt_surname"]:
            sn = people.other_surname[child]
        if bits & BIT["structure"]:
            sn, fn = rearranged(tradition, sex, sn, fn, full, people.father[child], rnd)
        if bits & BIT["known_as"]:
            fn = known_as(people, child, rnd)
        known_only = tradition in _HEARD_WELL and not equal
        if bits & BIT["translit_fn"]:
            fn = respelt(fn, rnd, known_only=known_only)
        if bits & BIT["translit_sn"]:
            sn = respelt(sn, rnd, known_only=known_only)
        if bits & BIT["fn_typo"]:
            fn = mistyped(fn, rnd)
        if bits & BIT["sn_typo"]:
            sn = mistyped(sn, rnd)
        if bits & BIT["swap"]:
            sn, fn = fn, sn
        if middle[row] and middle[row] in fn:
            middle[row] = ""
        surname[row], given[row] = sn, fn
        if (sn, fn) == was:
            faults[row] &= ~wanted


_HEARD_WELL = [TRADITIONS.index(name) for name in ("white_british", "mixed", "caribbean", "irish_traveller")]


def known_as(people: People, child: int, rnd: Random) -> str:
    """What the child is called: a short form, the second name, or another name. Mostly the same one."""
    given, middle = people.given[child], people.middle[child]
    short = short_names(given)
    person = int(people.person[child])
    choice = Random(person) if rnd.random() < 0.75 else rnd  # noqa: S311
    if short and choice.random() < 0.7:
        return choice.choice(short)
    if middle and choice.random() < 0.75:
        return str(middle).split(" ")[0]
    if short:
        return choice.choice(short)
    names = traditions()[int(people.tradition[child])].given(int(people.sex[child])).names
    return str(names[int(names.size * choice.random() ** 2)])


def _dates(people: People, rows: Index, faults: Index, rnd: Random) -> Index:
    born = people.born[rows].copy()
    for row in np.flatnonzero(_has(faults, "dob_typo") | _has(faults, "dob_default")):
        day = date(1970, 1, 1) + timedelta(days=int(born[row]))
        if faults[row] & BIT["dob_default"]:
            day = day.replace(day=1, month=1 if rnd.random() < 0.6 else day.month)
            faults[row] &= ~BIT["dob_typo"]
        else:
            day = _misdated(day, rnd)
        born[row] = (day - date(1970, 1, 1)).days
    born[_has(faults, "dob_missing")] = NO_DATE
    return born


def _misdated(day: date, rnd: Random) -> date:
    kind = rnd.random()
    if kind < 0.35:
        return _safe(day.year + rnd.choice((-1, 1)), day.month, day.day)
    if kind < 0.52:
        return _safe(day.year, (day.month - 1 + rnd.choice((-1, 1))) % 12 + 1, day.day)
    if kind < 0.64:
        if day.day <= 12 and day.day != day.month:
            return date(day.year, day.day, day.month)
        return day + timedelta(days=rnd.choice((-1, 1)))
    if kind < 0.71:
        return day + timedelta(days=rnd.choice((-1, 1)))
    if kind < 0.87:
        return _safe(day.year, day.month, (day.day - 1 + rnd.choice((-10, -5, 3, 5, 9, 10))) % 28 + 1)
    return _safe(day.year + rnd.choice((-10, -9, -5, 3, 5, 9, 10)), day.month, day.day)


def _safe(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def labels(faults: Index) -> Strings:
    """The faults of each record in words, with a bar between."""
    kinds, place = np.unique(faults, return_inverse=True)
    words = ["|".join(fault for fault in FAULTS if kind & BIT[fault]) for kind in kinds.tolist()]
    said: Strings = np.array(words, dtype=object)[place]
    return said
