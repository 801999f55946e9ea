"""A protected address never appears. The one place where what agencies told becomes what may be shown.

A child is protected where any of its records says so, and then every address of every one of its records is
withheld: an agency that was not told of the danger holds the same home. An event told as protected says what,
never where: its words are left out, and the places it names are withheld wherever else they are written.
Looking is without spaces, punctuation, accents or case, so that “b-1 1 aa” is found as “B1 1AA”.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sightline.chronology.detail_names import SAFE_IF_PROTECTED, TELLS_WHERE, our_name
from sightline.chronology.entries import Account
from sightline.chronology.told import AccountedEvent, HeldRecord
from sightline.vocabulary.events import EventSensitivity

WITHHELD = "[address not shown]"
WHERE_WITHHELD = "Where, and anything that could show it, is withheld: protected."

_SHORTEST = 4
"""Fewer letters than this are looked for as words by themselves: “12a” would be found in many a number."""

_POSTCODE = re.compile(r"(?<![A-Z0-9])[A-Z]{1,2}[0-9][A-Z0-9]?[\W_]{0,3}[0-9][A-Z]{2}(?![A-Z0-9])")
_OUTWARD = re.compile(r"^([A-Z]{1,2}[0-9][A-Z0-9]?)[0-9][A-Z]{2}$")

_BETWEEN = re.compile(r"[\W_]+")

_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Commands to a terminal, turns of the direction of writing, and what neither XML nor UTF-8 can hold."""

_STREETS: Mapping[str, tuple[str, ...]] = {
    "avenue": ("ave", "av"),
    "close": ("cl",),
    "court": ("ct", "crt"),
    "crescent": ("cres", "cr"),
    "drive": ("dr",),
    "gardens": ("gdns", "gdn"),
    "grove": ("gr", "grv"),
    "house": ("hse",),
    "lane": ("ln",),
    "park": ("pk",),
    "place": ("pl",),
    "road": ("rd",),
    "square": ("sq",),
    "street": ("st", "str"),
    "terrace": ("ter", "terr"),
    "way": ("wy",),
}
_FULL = {short: full for full, shorts in _STREETS.items() for short in shorts}
_GENERIC = frozenset(
    {*_STREETS, *_FULL, "flat", "apartment", "floor", "unit", "england", "united", "kingdom"}
)


_COMMON = frozenset(
    {
        *("back", "bank", "bridge", "church", "chapel", "college", "cross", "east", "field"),
        *("front", "green", "hall", "high", "hill", "hospital", "king", "kings", "lower", "main"),
        *("market", "mill", "north", "park", "police", "queen", "queens", "school", "south"),
        *("spring", "station", "upper", "victoria", "water", "well", "west", "wood", "york"),
    }
)
"""Names of streets that are words of any text: not withheld by themselves."""


@dataclass(frozen=True, slots=True, repr=False)
class Withholding:
    """What must not be shown of one child: places as letters and digits alone, and short ones (outward codes
    of postcodes among them) as words that stand by themselves."""

    places: tuple[str, ...] = ()
    words: tuple[re.Pattern[str], ...] = ()
    is_protected: bool = False

    def __bool__(self) -> bool:
        return self.is_protected

    def shown(self, text: str) -> str:
        """The text with every withheld place, and every other postcode, replaced, and what no page can hold
        left out."""
        if not text.isprintable():
            text = _UNPRINTABLE.sub("", text)
        if not self.is_protected or not text:
            return text
        if not self._may_hold(text):
            return text
        letters, origins = _letters(text)
        spans = [
            (origins[found], origins[found + len(place) - 1] + 1)
            for place in self.places
            for found in _every(place, letters)
        ]
        upper, upper_origins = _upper(text)
        patterns = (_POSTCODE, *self.words)
        spans += [
            (upper_origins[match.start()], upper_origins[match.end() - 1] + 1)
            for pattern in patterns
            for match in pattern.finditer(upper)
        ]
        return _without(text, spans)

    def _may_hold(self, text: str) -> bool:
        """Whether there can be anything to withhold: most text holds nothing, and is looked at once."""
        if not text.isascii():
            return True
        letters = _BETWEEN.sub("", text.lower())
        if any(place in letters for place in self.places):
            return True
        upper = text.upper()
        return any(pattern.search(upper) for pattern in (_POSTCODE, *self.words))


def withholding(records: Iterable[HeldRecord], told: Iterable[AccountedEvent]) -> Withholding:
    """What may not be shown, from everything that is held of the child."""
    people = [held.person for held in records]
    events = [account.event for account in told]
    is_protected = any(each.is_address_protected for each in people) or any(
        event.sensitivity is EventSensitivity.PROTECTED for event in events
    )
    if not is_protected:
        return Withholding()
    addresses = [
        place for person in people for place in (person.address, person.postcode, *person.former_postcodes)
    ]
    addresses += [
        value
        for event in events
        for name, value in event.details.items()
        if value and our_name(name) in TELLS_WHERE
    ]
    places: set[str] = set()
    words: set[str] = set()
    for address in set(addresses):
        for part in _parts(address):
            letters = _letters(part)[0]
            if match := _OUTWARD.match(letters.upper()):
                words.add(match[1])
            if letters in _GENERIC:
                continue
            if len(letters) >= _SHORTEST:
                places.add(letters)
            elif len(letters) > 1:
                words.add(letters.upper())
        words |= {name.upper() for name in _street_names(address)}
    return Withholding(tuple(sorted(places)), tuple(_as_word(word) for word in sorted(words)), is_protected)


def account_of(
    told: AccountedEvent, withheld: Withholding, *, agency_name: str = "", number: str = ""
) -> Account:
    """What may be shown of an account. Nothing else makes one, so nothing else can show an address."""
    event = told.event
    is_protected = event.sensitivity is EventSensitivity.PROTECTED
    details = {
        withheld.shown(name): withheld.shown(value)
        for name, value in event.details.items()
        if value and not (withheld and our_name(name) in TELLS_WHERE)
        if not is_protected or our_name(name) in SAFE_IF_PROTECTED
    }
    summary = f"{event.kind.label}. {WHERE_WITHHELD}" if is_protected else withheld.shown(event.summary)
    return Account(
        number=number or told.number,
        agency=told.agency,
        agency_kind=told.agency_kind,
        agency_name=agency_name or told.agency,
        record_id=withheld.shown(event.record_id),
        format=told.source,
        source=told.told_in,
        made_on=told.made_on,
        kind=event.kind,
        on=event.on,
        precision=event.precision,
        until=event.until,
        is_open=event.is_open,
        time=withheld.shown(event.time),
        statement=event.statement,
        sensitivity=event.sensitivity,
        summary=summary,
        text="" if is_protected else withheld.shown(event.text),
        details=details,
        where_withheld=is_protected,
    )


def _parts(address: str) -> Iterator[str]:
    """The address, its lines, its streets without their numbers, each with its kind of street both ways."""
    yield address
    for line in re.split(r"[,;\n\r\t]+|\s{2,}", address):
        line = line.strip()
        if not line:
            continue
        yield from _spelt_both_ways(line)
        bare = re.sub(
            r"^(?:(?:flat|apartment|unit|apt|no\.?)\s*)?[0-9]+\s*[a-z]?(?:\s*[-/]\s*[0-9]+[a-z]?)?\s+",
            "",
            line,
            flags=re.IGNORECASE,
        )
        if bare != line:
            yield from _spelt_both_ways(bare)
        if match := _POSTCODE.search(line.upper()):
            yield match[0]


def _spelt_both_ways(line: str) -> Iterator[str]:
    yield line
    words = line.split()
    last = words[-1].strip(".").casefold()
    for other in (*_STREETS.get(last, ()), *((_FULL[last],) if last in _FULL else ())):
        if len(words) > 1:
            yield " ".join((*words[:-1], other))


def _street_names(address: str) -> Iterator[str]:
    """“Acacia” of “12 Acacia Avenue”: people write “at Acacia”. Names that are words of any text are not."""
    for line in re.split(r"[,;\n\r\t]+", address):
        words = re.findall(r"[^\W\d_]+", line)
        if len(words) == 2 and words[1].casefold() in _GENERIC and len(words[0]) >= _SHORTEST:
            plain = _letters(words[0])[0]
            if plain not in _COMMON:
                yield plain


def _letters(text: str) -> tuple[str, list[int]]:
    """Letters and digits alone, unaccented and in one case, and where in the text each comes from."""
    found: list[str] = []
    origins: list[int] = []
    for place, letter in enumerate(text):
        for plain in unicodedata.normalize("NFKD", letter).casefold():
            if plain.isalnum():
                found.append(plain)
                origins.append(place)
    return "".join(found), origins


def _upper(text: str) -> tuple[str, list[int]]:
    """The text in plain capitals with what is between them; marks that do not print are left out."""
    found: list[str] = []
    origins: list[int] = []
    for place, letter in enumerate(text):
        for plain in unicodedata.normalize("NFKD", letter).upper():
            if unicodedata.category(plain) not in ("Cf", "Mn"):
                found.append(plain)
                origins.append(place)
    return "".join(found), origins


def _as_word(word: str) -> re.Pattern[str]:
    """The word by itself or, as a postcode's sector, with one more digit."""
    return re.compile(rf"(?<![A-Z0-9]){re.escape(word)}(?:[\W_]?[0-9])?(?![A-Z0-9])")


def _every(place: str, letters: str) -> Iterator[int]:
    found = letters.find(place)
    while found >= 0:
        yield found
        found = letters.find(place, found + 1)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    kept: list[str] = []
    at = 0
    end = -1
    for first, last in sorted(spans):
        if first > end:
            kept += [text[at:first], WITHHELD]
        end = max(end, last)
        at = end
    return "".join((*kept, text[at:]))
