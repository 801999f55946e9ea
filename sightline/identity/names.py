"""Names as sets of tokens, standardised so that one name written in two ways stays one name.

Nothing is thrown away that could tell two children apart: a particle, a bracket or a placeholder leaves the
tokens but is said in a flag or kept as an alias.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from sightline.vocabulary.shipped import shipped_rows

MOST_FORENAMES = 5
MOST_SURNAMES = 4

# Letters that decomposition leaves alone.
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ə": "a",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "ng",
        # An apostrophe joins (O'Brien, N'Golo, ʿAli); a hyphen parts.
        **dict.fromkeys("'’‘`´ʼʻʿʾ′", ""),
    }
)
_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]?")
_NOT_LETTERS = re.compile(r"[^a-z]+")


@dataclass(frozen=True, slots=True)
class NameTables:
    """The shipped lists of vocabulary/tables/name_*.csv."""

    particles: frozenset[str]
    prefixes: frozenset[str]  # joined to the token that follows: “abdul rahman”, “mac donald”
    suffixes: tuple[str, ...]  # honorifics written on to a forename: “tanviben”
    placeholders: frozenset[str]
    titles: frozenset[str]  # borne beside or instead of a surname: Begum, Kaur, Singh


@cache
def tables() -> NameTables:
    by_kind: dict[str, set[str]] = {}
    for row in shipped_rows("name_words"):
        by_kind.setdefault(row["kind"], set()).add(row["word"])
    return NameTables(
        frozenset(by_kind["particle"]),
        frozenset(by_kind["prefix"]),
        tuple(sorted(by_kind["suffix"], key=len, reverse=True)),
        frozenset(by_kind["placeholder"]),
        frozenset(by_kind["title"]),
    )


def fold(text: str) -> str:
    """Lower case, no accents, no apostrophes: “Ó Súilleabháin” → “o suilleabhain”."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)).translate(_LETTERS)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def without_brackets(text: str) -> tuple[str, tuple[str, ...]]:
    """The name outside brackets, and what stood inside, which is another name (“Smith (formerly Jones)”)."""
    inside = tuple(part.strip() for part in _BRACKETS.findall(text) if part.strip())
    return _BRACKETS.sub(" ", text), inside


def words(text: str) -> list[str]:
    return [word for word in _NOT_LETTERS.split(fold(text)) if word]


@dataclass(frozen=True, slots=True)
class Tokens:
    """`tokens` in the source's order, each once; `is_placeholder` where the name stands for none (“Baby”)."""

    tokens: tuple[str, ...]
    is_placeholder: bool = False


def tokens_of(text: str, *, is_forename: bool) -> Tokens:
    """Particles dropped, prefixes joined, honorific suffixes cut; one token stays if there was any."""
    listed = tables()
    found = words(text)
    real = [word for word in found if word not in listed.placeholders] if is_forename else found
    if found and not real:
        return Tokens((), is_placeholder=True)
    joined = _joined(real, listed)
    kept = [word for word in joined if word not in listed.particles] or joined
    if is_forename:
        kept = [_without_suffix(word, listed) for word in kept]
    return Tokens(tuple(dict.fromkeys(kept)), is_placeholder=len(real) < len(found))


def _joined(found: list[str], listed: NameTables) -> list[str]:
    joined: list[str] = []
    waiting = ""
    for word in found:
        if word in listed.prefixes or (waiting and word in listed.particles):
            waiting += word  # “Abd al-Rahman” is one name
        else:
            joined.append(waiting + word)
            waiting = ""
    return [*joined, waiting] if waiting else joined


def _without_suffix(word: str, listed: NameTables) -> str:
    for suffix in listed.suffixes:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word.removesuffix(suffix)
    return word


# One sound, one letter. Order matters: groups before their parts.
_SOUNDS = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"^x(?=[aeiou])", "h"),  # Somali: Xasan, Hassan
        (r"^c(?=a[bdl])", ""),  # Somali ʿayn: Cabdi, Abdi; Cali, Ali
        (r"^w(?=r)|^k(?=n)", ""),
        (r"ph", "f"),
        (r"oo|ou|uu", "u"),
        (r"ee+|ii+", "i"),
        (r"ie$|ey$|ei$|ay$|ai$", "i"),
        (r"ck|q", "k"),
        (r"x", "ks"),
        (r"sch|sh|sz|ts|tz|cz", "s"),
        (r"w", "v"),
        (r"j(?=[bcdfghklmnpqrstvxz]|$)", "i"),
        (r"y", "i"),
        (r"(?<=.)h", ""),
        (r"c(?=[ei])|z", "s"),
        (r"c", "k"),
        (r"[ae]+", "a"),
        (r"[ou]+", "u"),
        (r"(.)\1+", r"\1"),
    )
)
# Endings that one surname takes by gender or by spelling.
_ENDINGS = re.compile(r"(?:ska|ski|skaia|skij|skas)$|(?:(?<=..)[ou]va|(?<=..)[ou]v|avas?)$|(?<=...)ian$")


@cache
def sound(token: str) -> str:
    """How a token sounds in any of the spellings England's registers give it: equal for equal sounds.

    Made for names brought over from other scripts and languages as clerks spell them (kh/k, w/v, z/s, oo/u,
    doubled letters, a/e and o/u), which English phonetic codes tell apart.
    """
    changed = token
    for pattern, letter in _SOUNDS:
        changed = pattern.sub(letter, changed)
    ended = _ENDINGS.search(changed)
    if ended:
        changed = changed[: ended.start()] + ("sk" if ended.group().startswith("sk") else "v")
    return changed or token


@cache
def skeleton(token: str) -> str:
    """The consonants of the sound, with the first letter; empty where fewer than three are left."""
    heard = sound(token)
    bones = heard[:1] + re.sub(r"[aeiou]", "", heard[1:])
    return bones if len(bones) >= 3 else ""


@cache
def relatives() -> dict[str, frozenset[str]]:
    """For each listed name the other names that the same person may go by."""
    from nicknames import name_triplets

    found: dict[str, set[str]] = {}
    families = []
    for row in shipped_rows("name_groups"):
        names = [fold(name) for name in row["names"].split(" ")]
        if row["tradition"] == "british_irish":
            # A short form stands for several names which are not each other's: Sammy, Samuel, Samantha.
            families += [[names[0], other] for other in names[1:]]
        else:
            families.append(names)
    # Pairs, not families: “Al” may be Albert or Alfred, who are not each other.
    families += [[fold(each.name1), fold(each.name2)] for each in name_triplets()]
    for family in families:
        for name in family:
            found.setdefault(name, set()).update(other for other in family if other != name)
    return {name: frozenset(others) for name, others in found.items()}
