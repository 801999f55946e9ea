"""Which unit a sentence says a number counts, so that no sentence calls a child an incident."""

import re
from dataclasses import dataclass

from sightline.vocabulary.units import Unit

_NARROWER = {
    Unit.CHILD: ("girl", "girls", "boy", "boys", "baby", "babies", "infant", "infants", "pupil", "pupils"),
    Unit.LOCAL_REVIEW: (
        "local child safeguarding practice review",
        "local child safeguarding practice reviews",
    ),
}
"""Nouns that are the unit too, only said more narrowly."""

_VAGUE = ("case", "cases", "review", "reviews", "family", "families", "person", "people", "record", "records")
"""Nouns that are counted in everyday speech and are no unit: what they count cannot be checked."""


def _nouns() -> dict[str, Unit | None]:
    named: dict[str, Unit | None] = dict.fromkeys(_VAGUE)
    for unit in Unit:
        for noun in (*unit.value[0], *unit.value[1], *_NARROWER.get(unit, ())):
            named[noun] = unit
    return named


_NOUNS = _nouns()
_PLURALS = {noun for noun in _NOUNS if noun.endswith("s") or noun == "children"}
_NOUN = re.compile(
    r"\b(?:" + "|".join(re.escape(noun) for noun in sorted(_NOUNS, key=len, reverse=True)) + r")\b(?!['’])",
    re.IGNORECASE,
)
_PHRASE_END = re.compile(
    r"[.,;:()–\n]|\b(?:of|in|on|at|by|to|for|from|with|without|among|between|that|which|who|whose|where|when"
    r"|and|or|but|is|are|was|were|had|has|have|did|does|died|involved|followed|concerned|led|came|took|"
    r"showed|named|recorded|experienced|hung|the|a|an)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun of counting as a sentence uses it; `unit` is None for a vague one such as “cases”."""

    text: str
    unit: Unit | None


def noun_after(text: str) -> Noun | None:
    """The noun that governs a number from behind: “[146] incidents”, “[37%] of the incidents”."""
    rest = re.sub(r"^\s*(?:of\s+)?(?:all\s+)?(?:the|these|those|its|an|a)?\s*(?=\S)", "", text, count=1)
    end = _PHRASE_END.search(rest)
    phrase = rest[: end.start()] if end else rest
    # “pairs of answers” holds a word that ends a phrase, so it is looked for at the start of the rest.
    found = _NOUN.match(rest) or _head(phrase)
    return _noun(found.group()) if found else None


def _head(phrase: str) -> re.Match[str] | None:
    """The plural is the head of a phrase: “serious child safeguarding incidents” are incidents."""
    nouns = list(_NOUN.finditer(phrase))
    plurals = (found for found in nouns if found.group().lower() in _PLURALS)
    return next(plurals, nouns[0] if nouns else None)


def last_plural(text: str) -> Noun | None:
    """The last plural noun of counting in what was said before: it governs a number that follows alone."""
    plurals = [found.group() for found in _NOUN.finditer(text) if found.group().lower() in _PLURALS]
    return _noun(plurals[-1]) if plurals else None


def agrees_with_one(text: str, unit: Unit) -> str:
    """The words after a printed “1”, with the unit's noun in the singular; “1 of the incidents” stays."""
    if re.match(r"\s*of\b", text):
        return text
    pattern = re.compile(rf"^([^.,;:()]*?)\b{re.escape(unit.many)}\b", re.IGNORECASE)
    return pattern.sub(lambda found: found.group(1) + unit.one, text, count=1)


def _noun(text: str) -> Noun:
    return Noun(text, _NOUNS[text.lower()])
