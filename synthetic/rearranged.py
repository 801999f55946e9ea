"""How forms with two boxes, “surname” and “forename”, deal with names that do not come in two parts."""

from collections.abc import Callable
from random import Random

from synthetic.misheard import plain
from synthetic.names import TRADITIONS, listed, traditions
from synthetic.people import feminine, masculine

Pair = tuple[str, str]
"""Surname and forename."""


def rearranged(
    tradition: int, sex: int, surname: str, given: str, middle: str, father: str, rnd: Random
) -> Pair:
    return _WAYS[TRADITIONS[tradition]](sex, surname, given, middle, father, rnd)


def _another(tradition: str, sex: int, rnd: Random) -> str:
    names = traditions()[TRADITIONS.index(tradition)].given(sex)
    return str(names.names[min(names.names.size - 1, int(names.names.size * rnd.random() ** 2))])


def _british(sex: int, surname: str, given: str, middle: str, father: str, rnd: Random) -> Pair:
    if surname.startswith(("Al-", "El-", "Bin ", "Abu ")) and rnd.random() < 0.8:
        return _arabic(sex, surname, given, middle, father, rnd)
    if " " in surname and rnd.random() < 0.8:
        return _portuguese(sex, surname, given, middle, father, rnd)
    if "-" in surname and rnd.random() < 0.8:
        one, _, other = surname.partition("-")
        return rnd.choice([one, other, f"{one} {other}", f"{other}-{one}"]), given
    if "-" in given and rnd.random() < 0.8:
        first, _, second = given.partition("-")
        return surname, rnd.choice([first, f"{first} {second}", first + second.lower()])
    if "'" in surname or surname.startswith("Mc"):
        return rnd.choice(
            [surname.replace("'", ""), surname.replace("'", " "), surname.replace("Mc", "Mac")]
        ), given
    if middle and rnd.random() < 0.75:
        return surname, middle.split(" ")[0]  # goes by the second name
    return surname, given


def _south_asian(sex: int, surname: str, given: str, middle: str, father: str, rnd: Random) -> Pair:
    table = traditions()[TRADITIONS.index("sasian_muslim")].table["structure"]
    kind = rnd.random()
    if given.startswith(("Moh", "Muh", "Md")):
        if middle and kind < 0.45:
            return surname, middle.split(" ")[0]  # the first name honours, the second is used
        if kind < 0.65:
            return surname, rnd.choice(["M", "Md", "Mohd", "Mohammed", "Muhammad"])
        if kind < 0.75:
            return surname, f"{given} {middle}".strip()
    elif sex == 0 and kind < 0.2:
        return surname, f"{rnd.choice(listed(table['first']))} {given}"
    if sex == 1 and kind < 0.5:
        return rnd.choice(listed(table["honoured"])), given
    if kind < 0.62:
        return surname, f"{given} {surname}"
    if kind < 0.74:
        return f"{surname} {rnd.choice([surname, father])}", given
    if kind < 0.9:
        return (middle.split(" ")[0] or father), given
    return given, surname


def _indian(sex: int, surname: str, given: str, middle: str, father: str, rnd: Random) -> Pair:
    religious = "Kaur" if sex else "Singh"
    kind = rnd.random()
    if kind < 0.24:
        return religious, given
    if kind < 0.42:
        return f"{religious} {surname}", given
    if kind < 0.58:
        ends = ("ben", " Kaur", " Devi") if sex else ("bhai", " Kumar", " Singh")
        return surname, f"{given}{rnd.choice(ends)}"
    if kind < 0.72:
        return given, rnd.choice([given, surname])
    if kind < 0.82:
        return f"{surname[0]}.", given
    if kind < 0.92 and middle:
        return surname, f"{given} {middle}"
    return father, given


def _west_african(sex: int, surname: str, given: str, middle: str, father: str, rnd: Random) -> Pair:
    kind = rnd.random()
    if kind < 0.30:
        return given, surname
    if kind < 0.72:
        return surname, (
            middle.split(" ")[-1] or _another("west_african", sex, rnd)
        )  # the other of two first names
    if kind < 0.86:
        names = traditions()[TRADITIONS.index("west_african")].surnames.names
        return f"{surname}-{names[rnd.randrange(names.size // 2)]}", given
    names = traditions()[TRADITIONS.index("west_african")].surnames.names
    return str(names[rnd.randrange(names.size // 2)]), given


def _horn_african(sex: int, surname: str, given: str, middle: str, father: str, rnd: Random) -> Pair:
    kind = rnd.random()
    if kind < 0.55:
        return father, given
    if kind < 0.85:
        return f"{father} {surname}", given
    if kind < 0.92:
        return surname, f"{given} {father}"
    return given, f"{father} {surname}"


def _arabic(sex: int, surname: str, given: str, middle: str, father: str, rnd: Random) -> Pair:
    kind = rnd.random()
    article, dash, rest = surname.partition("-")
    if dash and article in ("Al", "El") and kind < 0.7:
        return rnd.choice(
            [rest, f"{article} {rest}", f"{article}{rest.lower()}", f"El-{rest}", f"EL {rest}", f"AL-{rest}"]
        ), given
    if " " in surname and kind < 0.7:
        particle, _, rest = surname.partition(" ")
        return rnd.choice([rest, f"{particle}{rest.lower()}", f"{particle}-{rest}"]), given
    if kind < 0.3:
        return f"Al {surname.replace('Al-', '')}", given
    if kind < 0.65:
        return father, given
    if kind < 0.9:
        return surname, f"{given} {father}"
    return given, surname


def _east_european(sex: int, surname: str, given: str, middle: str, father: str, rnd: Random) -> Pair:
    kind = rnd.random()
    turned = masculine(surname) if masculine(surname) != surname else feminine(surname)
    if turned != surname and kind < 0.75:
        return turned, given  # the form of the parent of the other sex
    if kind < 0.5:
        return plain(surname), plain(given)
    if middle and kind < 0.75:
        return surname, middle
    return surname, (_another("east_european", sex, rnd) if kind > 0.93 else given)


def _portuguese(sex: int, surname: str, given: str, middle: str, father: str, rnd: Random) -> Pair:
    parts = surname.split(" ")
    if len(parts) == 1:
        return plain(surname), plain(given)
    kind = rnd.random()
    if kind < 0.34:
        return parts[0], given
    if kind < 0.70:
        return parts[-1], given
    if kind < 0.90:
        return "-".join(parts), given
    return f"{parts[-1]} {parts[0]}", given


def _chinese(sex: int, surname: str, given: str, middle: str, father: str, rnd: Random) -> Pair:
    kind = rnd.random()
    if kind < 0.45:
        return given, surname
    if "-" in given and kind < 0.75:
        one, _, two = given.partition("-")
        return surname, rnd.choice([f"{one} {two}", one + two.lower(), one + two, one])
    if middle and kind < 0.9:
        return surname, rnd.choice([middle, f"{middle} {given}"])
    if kind < 0.95:
        return surname, f"{given} {surname}"
    return surname, _another("chinese_viet", sex, rnd)


def _turkish(sex: int, surname: str, given: str, middle: str, father: str, rnd: Random) -> Pair:
    kind = rnd.random()
    if middle and kind < 0.15:
        return surname, middle
    if kind < 0.3:
        return plain(surname), plain(given).replace("u", "ue")
    return plain(surname), rnd.choice([given, plain(given)])


_WAYS: dict[str, Callable[[int, str, str, str, str, Random], Pair]] = {
    "white_british": _british,
    "mixed": _british,
    "caribbean": _british,
    "irish_traveller": _british,
    "sasian_muslim": _south_asian,
    "indian": _indian,
    "west_african": _west_african,
    "horn_african": _horn_african,
    "arabic": _arabic,
    "east_european": _east_european,
    "portuguese_latin": _portuguese,
    "chinese_viet": _chinese,
    "turkish_kurdish": _turkish,
}
