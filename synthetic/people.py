"""Families and their children, as they truly are."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from synthetic.names import TRADITIONS, Names, Strings, Tradition, listed, traditions
from synthetic.places import Country, Index

FIRST_BIRTH = np.datetime64("2007-09-01")
LAST_BIRTH = np.datetime64("2025-08-31")
_DAYS = int((LAST_BIRTH - FIRST_BIRTH).astype(int)) + 1
# Fewer in the middle than at either end: brothers and sisters fill the middle.
_BORN_A_YEAR = np.array(
    [1912, 1716, 1429, 1145, 1063, 915, 817, 793, 787, 778, 803, 801, 854, 872, 870, 922, 1007, 506], float
)

_CHILDREN = {
    "sasian_muslim": (0.30, 0.35, 0.22, 0.09, 0.03, 0.01),
    "horn_african": (0.18, 0.27, 0.31, 0.18, 0.04, 0.02),
    "west_african": (0.32, 0.40, 0.17, 0.07, 0.03, 0.01),
    "arabic": (0.40, 0.345, 0.17, 0.065, 0.02),
    "irish_traveller": (0.225, 0.235, 0.38, 0.13, 0.03),
    "": (0.45, 0.385, 0.113, 0.036, 0.016),
}
_TWINS, _TRIPLETS, _IDENTICAL = 0.0123, 0.015, 0.5
_ADOPTED = 0.0024
_MOVED = 0.42
FAMILIAR = ("white_british", "mixed", "caribbean", "irish_traveller")


@dataclass
class People:
    """One row for each child, and two for a child adopted: before and after are two people to everybody."""

    person: Index
    epoch: Index
    household: Index
    birth_event: Index
    birth_order: Index
    tradition: Index
    sex: Index
    """0 a boy, 1 a girl."""
    born: Index
    """Days since 1970."""
    twin: NDArray[np.bool_]
    sibling: NDArray[np.bool_]
    surname: Strings
    other_surname: Strings
    """The other parent's, or a step-parent's."""
    given: Strings
    middle: Strings
    father: Strings
    home: Index
    old_home: Index
    older_home: Index
    other_home: Index
    moved: NDArray[np.bool_]
    risk: NDArray[np.float64]
    """What the household's chance of social care and police is multiplied by."""

    def __len__(self) -> int:
        return len(self.person)

    def rows(self, which: NDArray[np.bool_] | Index) -> "People":
        return People(**{field.name: getattr(self, field.name)[which] for field in fields(self)})


def joined(parts: list[People]) -> People:
    return People(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(People)
        }
    )


def mean_children() -> float:
    """Children a household, over all traditions."""
    return 1 / sum(tradition.share / _mean(tradition) for tradition in traditions())


def _mean(tradition: Tradition) -> float:
    sizes = np.array(_CHILDREN.get(tradition.name, _CHILDREN[""]))
    return float((sizes / sizes.sum()) @ np.arange(1, sizes.size + 1)) * (1 + _TWINS)


def families(
    many: int, first_person: int, first_household: int, country: Country, moves: dict[str, float],
    rng: np.random.Generator,
) -> People:  # fmt: skip
    """Children of whole families, cut off at `many`."""
    weights = np.array([tradition.share / _mean(tradition) for tradition in traditions()])
    households = int(many / mean_children() * 1.1) + 30
    tradition = rng.choice(len(TRADITIONS), households, p=weights / weights.sum())
    sizes = _sizes(tradition, rng)
    household = np.repeat(np.arange(households), sizes)
    born = _births(household, sizes, rng)
    born_together = 1 + (rng.random(household.size) < _TWINS).astype(np.int64)
    born_together += (born_together == 2) & (rng.random(household.size) < _TRIPLETS)
    event = np.repeat(np.arange(household.size), born_together)[:many]
    order = np.arange(event.size) - np.searchsorted(event, event, side="left")
    household, born = household[event], born[event]
    together = np.bincount(event, minlength=int(event.max()) + 1)[event]
    sex = (rng.random(event.size) > 0.511).astype(np.int64)
    same = (order > 0) & (rng.random(event.size) < _IDENTICAL)
    sex[same] = sex[np.flatnonzero(same) - order[same]]

    family_tradition = tradition
    tradition = tradition[household]
    of_boys, of_girls, other_boys, other_girls = _surnames(family_tradition, rng)
    surname = np.where(sex == 1, of_girls[household], of_boys[household])
    other = np.where(sex == 1, other_girls[household], other_boys[household])
    blended = (rng.random(households) < 0.28)[household] & (rng.random(event.size) < 0.42)
    blended &= np.isin(tradition, [TRADITIONS.index(name) for name in FAMILIAR]) | (
        rng.random(event.size) < 0.25
    )
    surname, other = np.where(blended, other, surname), np.where(blended, surname, other)

    fathers = np.empty(households, dtype=object)
    for number, kind in enumerate(traditions()):
        mine = family_tradition == number
        fathers[mine] = kind.boys.drawn(rng, int(mine.sum()))
    given = _given(tradition, sex, household, event, order, rng)
    home = country.homes(family_tradition, rng)
    old_home = country.elsewhere(home, family_tradition, 0.52, rng)
    older_home = country.elsewhere(home, family_tradition, 0.52, rng)
    chance_moved = np.array([_MOVED * moves.get(name, 1.0) for name in TRADITIONS])
    moved = rng.random(households) < chance_moved[family_tradition]
    risk = rng.gamma(1.4, 1 / 1.4, households)
    size_of = np.bincount(household, minlength=households)
    people = People(
        person=first_person + np.arange(event.size),
        epoch=np.zeros(event.size, np.int64),
        household=first_household + household,
        birth_event=first_person + event,
        birth_order=order,
        tradition=tradition,
        sex=sex,
        born=born,
        twin=together > 1,
        sibling=size_of[household] > 1,
        surname=_own_surnames(surname, tradition, sex, rng),
        other_surname=other,
        given=given,
        middle=_middles(tradition, sex, given, fathers[household], rng),
        father=fathers[household],
        home=home[household],
        old_home=old_home[household],
        older_home=older_home[household],
        other_home=country.elsewhere(home[household], tradition, 0.6, rng),
        moved=moved[household],
        risk=risk[household],
    )
    return _with_adoptions(people, country, rng)


def _sizes(tradition: Index, rng: np.random.Generator) -> Index:
    sizes = np.ones(tradition.size, np.int64)
    chance = rng.random(tradition.size)
    for number, name in enumerate(TRADITIONS):
        table = np.cumsum(_CHILDREN.get(name, _CHILDREN[""]))
        mine = tradition == number
        sizes[mine] += np.minimum(np.searchsorted(table, chance[mine], side="right"), table.size - 1)
    return sizes


def _births(household: Index, sizes: Index, rng: np.random.Generator) -> Index:
    """Days of birth: a family's children some years apart, all within the eighteen years looked at."""
    year = rng.choice(18, sizes.size, p=_BORN_A_YEAR / _BORN_A_YEAR.sum())
    day = (year * _DAYS / 18 + rng.random(sizes.size) * _DAYS / 18).astype(np.int64)
    first = np.cumsum(sizes) - sizes
    gaps = (300 + rng.gamma(1.6, 480, household.size)).astype(np.int64)
    close = rng.random(household.size) < 0.012
    gaps[close] = rng.integers(1, 300, int(close.sum()))
    gaps[first] = 0
    run = np.cumsum(gaps)
    after = run - run[first][household]
    known = after[first + (rng.random(sizes.size) * sizes).astype(np.int64)]
    span = after[first + sizes - 1]
    too_long = span >= _DAYS
    after = np.where(too_long[household], after * (_DAYS - 1) // np.maximum(span, 1)[household], after)
    span = np.minimum(span, _DAYS - 1)
    start = day - known
    outside = (start < 0) | (start + span >= _DAYS)
    start = np.where(outside, (rng.random(sizes.size) * (_DAYS - span)).astype(np.int64), start)
    born: Index = int(FIRST_BIRTH.astype(int)) + start[household] + after
    return born


def _surnames(tradition: Index, rng: np.random.Generator) -> tuple[Strings, Strings, Strings, Strings]:
    """For each household: its sons' and its daughters' surname, and those of the other parent."""
    boys, girls, other_boys, other_girls = (np.empty(tradition.size, dtype=object) for _ in range(4))
    kinds = traditions()
    for number, kind in enumerate(kinds):
        mine = np.flatnonzero(tradition == number)
        first, second = kind.surnames.drawn(rng, mine.size), kind.surnames.drawn(rng, mine.size)
        if kind.name == "mixed":
            first, second = _of_two(kinds, kind, mine.size, rng)
        one, two = first.copy(), second.copy()
        table = kind.table.get("surnames", kind.table)
        double = rng.random(mine.size) < table.get("doubled", 0.0)
        particles = listed(table.get("particles", ""))
        for place in np.flatnonzero(double):
            if not particles:
                one[place] = f"{first[place]}-{second[place]}"
            elif rng.random() < table["particled"] / table["doubled"]:
                one[place] = f"{first[place]} {particles[rng.integers(len(particles))]} {second[place]}"
            else:
                one[place] = f"{first[place]} {second[place]}"
        boys[mine], other_boys[mine] = one, two
        if kind.name == "east_european":
            daughters = rng.random(mine.size) < 0.88
            one = np.where(daughters, [feminine(name) for name in one], one)
            two = np.where(daughters, [feminine(name) for name in two], two)
        girls[mine], other_girls[mine] = one, two
    return boys, girls, other_boys, other_girls


def _of_two(
    kinds: tuple[Tradition, ...], mixed: Tradition, many: int, rng: np.random.Generator
) -> tuple[Strings, Strings]:
    """A surname of the one parent's tradition and one of the other's, in either order."""
    british = kinds[0].surnames.drawn(rng, many)
    weights = np.array([0.0 if kind.name in ("white_british", "mixed") else kind.share for kind in kinds])
    which = rng.choice(len(kinds), many, p=weights / weights.sum())
    other = np.empty(many, dtype=object)
    for number, kind in enumerate(kinds):
        mine = which == number
        other[mine] = kind.surnames.drawn(rng, int(mine.sum()))
    british_first = rng.random(many) < mixed.table["surname_of_given"]
    return np.where(british_first, british, other), np.where(british_first, other, british)


def feminine(surname: str) -> str:
    """The form a daughter bears where surnames have one."""
    for end, hers in (
        ("ski", "ska"), ("cki", "cka"), ("dzki", "dzka"), ("ov", "ova"), ("ev", "eva"),
        ("auskas", "auskaitė"), ("čius", "čiūtė"), ("kus", "kutė"), ("ņš", "ņa"), ("ý", "á"),
        ("ák", "áková"), ("áž", "ážová"),
        ("boda", "bodová"),
    ):  # fmt: skip
        if surname.endswith(end):
            return surname[: -len(end)] + hers
    return surname


def masculine(surname: str) -> str:
    for hers, his in (
        ("ska", "ski"),
        ("cka", "cki"),
        ("ova", "ov"),
        ("eva", "ev"),
        ("aitė", "as"),
        ("ņa", "ņš"),
    ):
        if surname.endswith(hers):
            return surname[: -len(hers)] + his
    return surname


def _own_surnames(surname: Strings, tradition: Index, sex: Index, rng: np.random.Generator) -> Strings:
    """Daughters who bear a title of honour in the place of the father's name."""
    kind = traditions()[TRADITIONS.index("sasian_muslim")]
    honoured = listed(kind.table["structure"]["honoured"])
    hers = (tradition == TRADITIONS.index("sasian_muslim")) & (sex == 1) & (rng.random(sex.size) < 0.13)
    surname = surname.copy()
    surname[hers] = np.array(honoured, dtype=object)[rng.integers(0, len(honoured), int(hers.sum()))]
    return surname


_HONOURS = ("Moh", "Muh", "Md", "Abdul")
"""First names that brothers share; each is called by his second."""
_EITHER = {
    "west_african": 0.30,
    "chinese_viet": 0.25,
    "horn_african": 0.02,
    "indian": 0.02,
    "white_british": 0.004,
}


def _given(
    tradition: Index, sex: Index, household: Index, event: Index, order: Index, rng: np.random.Generator
) -> Strings:
    """First names: no two alike in a family, save now and then, and twins' often with one initial."""
    given = np.empty(sex.size, dtype=object)
    _draw_given(given, np.arange(sex.size), tradition, sex, rng)
    for _ in range(3):
        key = np.char.add(household.astype("U12"), given.astype(str))
        _, place = np.unique(key, return_index=True)
        again = np.setdiff1d(np.arange(sex.size), place)
        again = again[rng.random(again.size) < 0.93]
        _draw_given(given, again, tradition, sex, rng)
    _share_honours(given, tradition, sex, household, rng)
    for later in np.flatnonzero(order > 0):
        first = given[later - order[later]]
        if rng.random() < 0.24:
            names = _list_of(int(tradition[later]), int(sex[later])).drawn(rng, 60)
            alike = [name for name in names if name[0] == first[0] and name != first]
            given[later] = alike[0] if alike else given[later]
    return given


def _share_honours(
    given: Strings, tradition: Index, sex: Index, household: Index, rng: np.random.Generator
) -> None:
    """Brothers who all bear the Prophet's name, each called by his second."""
    shared: dict[int, str] = {}
    for row in np.flatnonzero((tradition == TRADITIONS.index("sasian_muslim")) & (sex == 0)):
        name = given[row]
        if household[row] in shared and rng.random() < 0.75:
            given[row] = shared[household[row]]
        elif str(name).startswith(_HONOURS):
            shared[int(household[row])] = name


def _list_of(tradition: int, sex: int) -> Names:
    return traditions()[tradition].given(sex)


def _draw_given(given: Strings, rows: Index, tradition: Index, sex: Index, rng: np.random.Generator) -> None:
    for number, kind in enumerate(traditions()):
        either = _EITHER.get(kind.name, 0.0)
        turned = rng.random(rows.size) < either / 2
        for of in (0, 1):
            mine = rows[(tradition[rows] == number) & ((sex[rows] == of) != turned)]
            given[mine] = kind.given(of).drawn(rng, mine.size)
            table = kind.table.get("girls" if of else "boys", {})
            if table.get("joined"):
                seconds = listed(table["second"])
                for row in mine[rng.random(mine.size) < table["joined"]]:
                    if "-" not in given[row]:
                        given[row] = f"{given[row]}-{seconds[rng.integers(len(seconds))]}"


def _middles(
    tradition: Index, sex: Index, given: Strings, father: Strings, rng: np.random.Generator
) -> Strings:
    middle = np.full(sex.size, "", dtype=object)
    for number, kind in enumerate(traditions()):
        table = kind.middle
        for of in (0, 1):
            mine = np.flatnonzero((tradition == number) & (sex == of))
            if "father" in table:
                mine = mine[rng.random(mine.size) < table["father"]]
                middle[mine] = father[mine]
                continue
            chance = rng.random(mine.size)
            often = np.array([name.startswith(_HONOURS) for name in given[mine]], bool)
            has = chance < np.where(
                often, np.maximum(0.5, table["one"] + table["two"]), table["one"] + table["two"]
            )
            names = kind.given(of).drawn(rng, mine.size)
            own = listed(table.get("girls" if of else "boys", ""))
            if own:
                fixed = np.array(own, dtype=object)[rng.integers(0, len(own), mine.size)]
                names = np.where(rng.random(mine.size) < table["share_of_own"], fixed, names)
            middle[mine[has]] = names[has]
            two = mine[chance < table["two"]]
            seconds = kind.given(of).drawn(rng, two.size)
            middle[two] = [f"{one} {other}" for one, other in zip(middle[two], seconds, strict=True)]
    return middle


def _with_adoptions(people: People, country: Country, rng: np.random.Generator) -> People:
    """A child adopted has another surname afterwards, another home and at times another first name."""
    older = people.born < int(np.datetime64("2024-01-01").astype(int))
    adopted = older & (rng.random(len(people)) < _ADOPTED)
    rows = np.flatnonzero(adopted)
    before, after = people.rows(rows), people.rows(rows)
    before.epoch += 1
    after.epoch += 2
    after.home = country.homes(after.tradition, rng)
    after.old_home = country.elsewhere(after.home, after.tradition, 0.52, rng)
    after.older_home = after.old_home.copy()
    after.other_home = country.elsewhere(after.home, after.tradition, 0.6, rng)
    before.middle = np.full(rows.size, "", dtype=object)
    for place in range(rows.size):
        kind = traditions()[after.tradition[place]]
        new = kind.surnames.drawn(rng, 1)[0]
        if kind.name == "east_european" and after.sex[place]:
            new = feminine(new)
        after.surname[place] = new
        after.other_surname[place] = new
        if rng.random() < 0.25:
            after.given[place] = kind.given(int(after.sex[place])).drawn(rng, 1)[0]
    return joined([people.rows(~adopted), before, after])
