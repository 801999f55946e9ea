"""The words in which a comparison is explained, for a practitioner and an information governance lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, log10

from sightline.identity.levels import (
    BORN,
    FORENAME,
    MIDDLE,
    NHS_NUMBER,
    ORDER,
    PLACE,
    SEX,
    SURNAME,
    UPN,
    Born,
    Forename,
    Middle,
    Number,
    Order,
    Place,
    Sex,
    Surname,
)

STRONG, MODERATE, SLIGHT = 6.0, 2.0, 0.5
"""Bits: 64 to 1 and better is strong, 4 to 1 moderate; under 1.4 to 1 hardly says anything."""
MILLION_BITS = 19.93


@dataclass(frozen=True, slots=True)
class Said:
    """One field of one comparison: all that its sentence needs."""

    number: int
    level: int
    bits: float
    by_chance: float  # base-2 logarithm of how often strangers stand so to each other
    is_against_home: bool  # weighed against another child of the home, not a stranger
    first: Mapping[str, object]
    second: Mapping[str, object]
    is_hidden: bool
    is_exchanged: bool = False  # compared with forename and surname of one record exchanged


def strength(bits: float) -> str:
    size = abs(bits)
    word = "strong" if size >= STRONG else "moderate" if size >= MODERATE else "slight"
    return f"{word}, {signed(bits)} bits"


def signed(bits: float) -> str:
    return f"{bits:+.1f}".replace("-", "−")


def to_one(bits: float) -> str:
    """The odds in words: “about 1,100 to 1 that they are one child”."""
    what = "they are one child" if bits >= 0 else "they are two children"
    if abs(bits) < 1.0:
        return "about as likely that they are one child as two"
    if abs(bits) > MILLION_BITS:
        return f"more than a million to one that {what}"
    return f"about {_round(2 ** abs(bits)):,} to 1 that {what}"


def one_in(chance_bits: float) -> str:
    """“1 child in 1,200”, from the base-2 logarithm of a chance."""
    return f"about 1 child in {max(2, _round(2**-chance_bits)):,}"


def listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _round(number: float) -> int:
    """Two leading digits: more would claim to know more."""
    scale: int = 10 ** max(0, floor(log10(max(number, 1))) - 1)
    return round(number / scale) * scale


def field_sentence(said: Said) -> str:
    if said.level == 0 and said.number != ORDER:
        return f"{_SILENT[said.number]}, which says nothing."
    sentence = _SENTENCES[said.number][said.level] + _values(said) + _rarity(said)
    if said.is_exchanged and said.number in (FORENAME, SURNAME):
        sentence = f"Once the names in one record are exchanged, {sentence[0].lower()}{sentence[1:]}"
    return f"{sentence}: {_counts(said)}."


def _counts(said: Said) -> str:
    if abs(said.bits) < SLIGHT:
        return f"hardly says anything ({signed(said.bits)} bits)"
    return f"{'for' if said.bits > 0 else 'against'} one child ({strength(said.bits)})"


def _rarity(said: Said) -> str:
    """How rare the agreement is; or, against another child of the home, that such a child agrees so too."""
    if said.is_against_home and (said.number, said.level) in _AS_AT_HOME:
        return f", {_AS_AT_HOME[said.number, said.level]}"
    rare = _RARE.get((said.number, said.level))
    return f"; {one_in(said.by_chance)} {rare}" if rare else ""


def _values(said: Said) -> str:
    if said.is_hidden or said.number not in _COLUMNS:
        return ""
    found = [_value(said.number, row) for row in (said.first, said.second)]
    shown = list(dict.fromkeys(text for text in found if text))
    return f" ({listed(shown)})" if shown else ""


def _value(number: int, row: Mapping[str, object]) -> str:
    texts: list[object] = [row.get(column) for column in _COLUMNS[number]]
    if number == PLACE:
        former = row.get("former_postcodes")
        texts += list(former)[:1] if isinstance(former, (list, tuple)) else []
    if number == BORN:
        texts = texts[:1] if texts[0] else [f"expected {_day(texts[1])}" if texts[1] else ""]
    written = [_day(text) for text in texts if text]
    if number in (FORENAME, SURNAME):
        return " or ".join(f"“{text}”" for text in written)
    return ", earlier ".join(written)


def _day(value: object) -> str:
    return f"{value.day} {value:%B %Y}" if isinstance(value, date) else str(value).strip()


_COLUMNS = {
    FORENAME: ("forenames", "preferred_forename"),
    SURNAME: ("surname", "former_surname"),
    BORN: ("born_on", "expected_on"),
    SEX: ("sex",),
    PLACE: ("postcode",),
    NHS_NUMBER: ("nhs_number",),
    UPN: ("upn",),
}
_SILENT = {
    FORENAME: "At least one record gives no forename",
    MIDDLE: "At least one record gives no further forename",
    SURNAME: "At least one record gives no surname",
    BORN: "At least one record gives no date of birth",
    SEX: "At least one record does not say the sex",
    PLACE: "At least one record says nothing of where the child lives",
    NHS_NUMBER: "At least one record has no NHS number",
    UPN: "At least one record has no UPN",
}
_NUMBER = {
    Number.SAME: "is the same in both records",
    Number.DIFFERENT_WITHIN: "differs, though one agency gave both; agencies do hold a child twice",
    Number.DIFFERENT_BETWEEN: "differs between two agencies, which only a person may settle",
}
_SENTENCES: dict[int, dict[int, str]] = {
    FORENAME: {
        Forename.SAME: "The forenames are the same",
        Forename.SOUND: "The forenames sound the same",
        Forename.RELATIVE: "One person may go by both forenames",
        Forename.SLIP: "The forenames are one slip of the keyboard apart",
        Forename.PART: "One forename is the beginning or the end of the other",
        Forename.OTHER_NAME: "The forename in one record is a further name in the other",
        Forename.OTHER_NEAR: "The forenames differ, but a further name is shared or nearly so",
        Forename.NEAR: "The forenames are alike, but not one name",
        Forename.DIFFERENT: "The forenames differ",
    },
    MIDDLE: {
        Middle.SHARED: "A further forename is shared",
        Middle.DIFFERENT: "The further forenames differ",
    },
    SURNAME: {
        Surname.SAME: "The surnames are the same",
        Surname.PART: "The surnames share a part",
        Surname.SOUND: "The surnames sound the same",
        Surname.SLIP: "The surnames are one slip of the keyboard apart",
        Surname.NEAR: "The surnames are alike, but not one name",
        Surname.IN_FORENAMES: "The surname in one record is among the forenames in the other",
        Surname.DIFFERENT: "The surnames differ",
        Surname.TITLE: "The surnames differ, but one is a title borne in place of a surname",
    },
    ORDER: {
        Order.STRAIGHT: "Forename and surname stand in their places",
        Order.SWAPPED: "Forename and surname stand in each other's place in one record",
    },
    BORN: {
        Born.SAME: "The dates of birth are the same",
        Born.SWAPPED: "The dates of birth are the same with day and month exchanged",
        Born.DEFAULT: "One date of birth is the first of the other's month or year, as systems fill in",
        Born.ONE_PART: "The dates of birth differ in one place, by one digit or by one",
        Born.ONE_PART_FAR: "The dates of birth differ in the day, the month or the year",
        Born.NEAR_EXPECTED: "The date of birth is within a month of the expected date",
        Born.FAR_EXPECTED: "The date of birth is more than a month from the expected date",
        Born.DIFFERENT: "The dates of birth differ",
    },
    SEX: {Sex.SAME: "The sex is the same", Sex.DIFFERENT: "The sex differs"},
    PLACE: {
        Place.SAME: "A postcode is the same",
        Place.SLIP: "The postcodes differ in one character",
        Place.SECTOR: "The postcodes are of one neighbourhood",
        Place.DISTRICT: "The postcodes are of one district",
        Place.AREA: "The postcodes are of one wider area",
        Place.DIFFERENT: "The postcodes are far apart",
        Place.TOLD_SAME: "One record has no postcode; school, practice or authority tell the same area",
        Place.TOLD_DIFFERENT: "One record has no postcode; school, practice or authority tell another area",
    },
    NHS_NUMBER: {level: f"The NHS number {text}" for level, text in _NUMBER.items()},
    UPN: {level: f"The UPN {text}" for level, text in _NUMBER.items()},
}
_RARE: dict[tuple[int, int], str] = {
    (FORENAME, Forename.SAME): "has this forename",
    (FORENAME, Forename.SOUND): "has a forename that sounds so",
    (FORENAME, Forename.RELATIVE): "has a forename that goes with it",
    (FORENAME, Forename.SLIP): "has a forename so near",
    (FORENAME, Forename.OTHER_NAME): "has it among the forenames",
    (MIDDLE, Middle.SHARED): "has it",
    (SURNAME, Surname.SAME): "has this surname",
    (SURNAME, Surname.PART): "has that part",
    (SURNAME, Surname.SOUND): "has a surname that sounds so",
    (SURNAME, Surname.SLIP): "has a surname so near",
    (BORN, Born.SAME): "of those compared at random agrees so",
    (PLACE, Place.SAME): "has this postcode",
    (PLACE, Place.SECTOR): "lives there",
    (PLACE, Place.DISTRICT): "lives there",
    (PLACE, Place.AREA): "lives there",
}
"""What a rarity is said of. Keys are pairs because levels of different fields are equal as numbers."""
_AS_AT_HOME: dict[tuple[int, int], str] = {
    (FORENAME, Forename.DIFFERENT): "as they do for another child of the same home",
    (MIDDLE, Middle.DIFFERENT): "as they do for another child of the same home",
    (SURNAME, Surname.SAME): "as they are for another child of the same home",
    (SURNAME, Surname.PART): "as they may for another child of the same home",
    (SURNAME, Surname.SOUND): "as they may for another child of the same home",
    (SURNAME, Surname.SLIP): "as they may be for another child of the same home",
    (SURNAME, Surname.DIFFERENT): "as they may for another child of the same home",
    (BORN, Born.SAME): "as they are for a twin",
    (PLACE, Place.SAME): "as it is for another child of the same home",
    (PLACE, Place.SECTOR): "as they may be for another child of the same home",
    (PLACE, Place.AREA): "as they may be for another child of the same home",
    (PLACE, Place.DIFFERENT): "as they may be for another child of the same home",
}
