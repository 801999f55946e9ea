"""What a search found, in words: how sure it is, and how each field of a record stands to what was typed."""

from collections.abc import Iterator

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
from sightline.identity.searching import Compared

SURE = ((0.99, "almost certain"), (0.9, "very likely"), (0.6, "likely"), (0.2, "possible"))
"""Share of all that may be meant, nobody among them, and the words for it."""
HARDLY = "unlikely"


def how_sure(share: float) -> str:
    return next((words for least, words in SURE if share >= least), HARDLY)


def reasons(record: Compared) -> tuple[str, ...]:
    """One phrase for each field on which both sides speak; the fields in the order in which a reader asks."""
    said: list[str] = []
    for field in _READING_ORDER:
        if field == BORN:
            said += _of_parts(record)
        if words := _WORDS[field].get(record.levels[field]):
            said.append(words)
    return tuple(said)


def _of_parts(record: Compared) -> Iterator[str]:
    for name, agrees in (("year", record.year_agrees), ("month", record.month_agrees)):
        if agrees is not None:
            yield f"{name} of birth {'the same' if agrees else 'different'}"


_READING_ORDER = (NHS_NUMBER, UPN, ORDER, SURNAME, FORENAME, MIDDLE, BORN, SEX, PLACE)

_WORDS: dict[int, dict[int, str]] = {
    NHS_NUMBER: {
        Number.SAME: "NHS number the same",
        Number.DIFFERENT_WITHIN: "NHS number different",
        Number.DIFFERENT_BETWEEN: "NHS number different",
    },
    UPN: {
        Number.SAME: "UPN the same",
        Number.DIFFERENT_WITHIN: "UPN different",
        Number.DIFFERENT_BETWEEN: "UPN different",
    },
    ORDER: {Order.SWAPPED: "forename and surname exchanged"},
    SURNAME: {
        Surname.SAME: "surname the same",
        Surname.PART: "surname shared in part",
        Surname.SOUND: "surname sounds the same",
        Surname.SLIP: "surname one slip apart",
        Surname.NEAR: "surname alike",
        Surname.IN_FORENAMES: "surname among the forenames",
        Surname.DIFFERENT: "surname different",
        Surname.TITLE: "surname different, one being a title",
    },
    FORENAME: {
        Forename.SAME: "forename the same",
        Forename.SOUND: "forename sounds the same",
        Forename.RELATIVE: "forenames of one person, such as Olivia and Livvy",
        Forename.SLIP: "forename one slip apart",
        Forename.PART: "forename shared in part",
        Forename.OTHER_NAME: "forename is a further name",
        Forename.OTHER_NEAR: "forename near a further name",
        Forename.NEAR: "forename alike",
        Forename.DIFFERENT: "forename different",
    },
    MIDDLE: {Middle.SHARED: "further forename shared", Middle.DIFFERENT: "further forenames different"},
    BORN: {
        Born.SAME: "date of birth the same",
        Born.SWAPPED: "date of birth with day and month exchanged",
        Born.DEFAULT: "date of birth the first of the month or year",
        Born.ONE_PART: "date of birth one digit or one place off",
        Born.ONE_PART_FAR: "date of birth different in one part",
        Born.NEAR_EXPECTED: "born near the expected date",
        Born.FAR_EXPECTED: "born far from the expected date",
        Born.DIFFERENT: "date of birth different",
    },
    SEX: {Sex.SAME: "sex the same", Sex.DIFFERENT: "sex different"},
    PLACE: {
        Place.SAME: "postcode the same",
        Place.SLIP: "postcode one character off",
        Place.SECTOR: "same neighbourhood",
        Place.DISTRICT: "same district",
        Place.AREA: "same wider area",
        Place.DIFFERENT: "another part of the country",
        Place.TOLD_SAME: "same area by school, practice or authority",
        Place.TOLD_DIFFERENT: "another area by school, practice or authority",
    },
}
