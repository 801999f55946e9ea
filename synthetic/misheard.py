"""What happens to a name between a family's mouth and an agency's screen."""

import unicodedata
from functools import cache
from random import Random

from synthetic.names import groups

# The keys beside each on a keyboard.
_NEAR = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl",
    "p": "ol", "a": "qsz", "s": "adwx", "d": "sfec", "f": "dgrv", "g": "fhtb", "h": "gjyn", "j": "hkum",
    "k": "jli", "l": "kop", "z": "asx", "x": "zsc", "c": "xdv", "v": "cfb", "b": "vgn", "n": "bhm", "m": "nj",
}  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WHOLE = str.maketrans(
    {"ł": "l", "Ł": "L", "ı": "i", "İ": "I", "đ": "d", "Đ": "D", "ø": "o", "ß": "ss", "’": "'"}
)


@cache
def plain(name: str) -> str:
    """Without marks above or below the letters."""
    return unicodedata.normalize("NFKD", name.translate(_WHOLE)).encode("ascii", "ignore").decode()


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    """Each name to the others of its groups."""
    others: dict[str, tuple[str, ...]] = {}
    for group in groups("spellings.toml", "groups"):
        for name in group:
            rest = tuple(other for other in group if other != name)
            others[name] = others.get(name, ()) + rest
            if (bare := plain(name)) != name:
                others[bare] = others.get(bare, ()) + tuple(other for other in rest if plain(other) != bare)
    return others


@cache
def _habits() -> tuple[tuple[str, str], ...]:
    pairs = [pair.partition("=") for line in groups("spellings.toml", "habits") for pair in line]
    return tuple((heard, written) for heard, _, written in pairs)


@cache
def _short_names() -> dict[str, tuple[str, ...]]:
    return {name: short for name, *rest in groups("short_names.toml", "names") for short in [tuple(rest)]}


def short_names(name: str) -> tuple[str, ...]:
    return _short_names().get(name, ())


def respelt(name: str, rnd: Random, *, known_only: bool = False) -> str:
    """Another spelling of the same sounds: one of its group, else what the ear makes of it."""
    parts = name.split(" ")
    place = rnd.randrange(len(parts))
    words = parts[place].split("-") if parts[place] not in _spellings() else [parts[place]]
    word = max(range(len(words)), key=lambda number: len(words[number]))
    others = _spellings().get(words[word], ())
    if others and (known_only or rnd.random() < 0.75):
        words[word] = rnd.choice(others)
    elif not known_only:
        words[word] = _by_ear(words[word], rnd)
    parts[place] = "-".join(words)
    return " ".join(parts)


def _by_ear(word: str, rnd: Random) -> str:
    lower = word.lower()
    heard = [pair for pair in _habits() if pair[0] in lower[1:]]
    if not heard:
        return word
    sound, letters = rnd.choice(heard)
    at = lower.index(sound, 1)
    changed = word[:at] + letters + word[at + len(sound) :]
    if rnd.random() < 0.4:  # everywhere in the name
        rest = changed[at + len(letters) :].replace(sound, letters)
        changed = changed[: at + len(letters)] + rest
    return changed


def mistyped(name: str, rnd: Random) -> str:
    """One slip of the finger, or of the ear."""
    places = [at for at, letter in enumerate(name) if letter.isalpha()]
    if len(places) < 2:
        return name + rnd.choice(_LETTERS)
    first = rnd.random() < 0.08
    at = places[0] if first else rnd.choice(places[1:])
    letter = name[at]
    kind = rnd.random()
    if kind < 0.25:
        near = rnd.choice(_NEAR.get(plain(letter).lower() or "e", _LETTERS))
        return name[:at] + _cased(near, letter) + name[at + 1 :]
    if kind < 0.45 and at + 1 < len(name):
        pair = name[at + 1].lower() + name[at].lower()
        return name[:at] + (pair.capitalize() if letter.isupper() else pair) + name[at + 2 :]
    if kind < 0.64:
        return name[:at] + (name[at + 1 :].capitalize() if at == 0 else name[at + 1 :])
    if kind < 0.78:
        return name[: at + 1] + rnd.choice(_LETTERS) + name[at + 1 :]
    if kind < 0.90:
        return name[: at + 1] + letter.lower() + name[at + 1 :]
    return _by_ear(name, rnd)


def _cased(letter: str, like: str) -> str:
    return letter.upper() if like.isupper() else letter


def mistyped_postcode(postcode: str, rnd: Random) -> str:
    at = rnd.choice([at for at, letter in enumerate(postcode) if letter != " "])
    old = postcode[at]
    pool = "0123456789" if old.isdigit() else "ABDEFGHJLNPQRSTUWXYZ"
    return postcode[:at] + rnd.choice([new for new in pool if new != old]) + postcode[at + 1 :]
