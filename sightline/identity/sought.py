"""Whom somebody looks for: what they typed, as values, and what is wrong with it in a sentence.

Nothing typed is repeated in an error, and nothing shows itself in `repr`: a search is about a child.
"""

import re
from dataclasses import dataclass
from datetime import date

from sightline.vocabulary.codes import Sex
from sightline.vocabulary.identifiers import UPN, NHSNumber, Postcode

FIRST_YEAR = 1900
LAST_YEAR = 2099

_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


class CannotSearch(ValueError):
    """What was typed cannot be searched for. Its text is fit to be shown."""


@dataclass(frozen=True, slots=True, repr=False)
class Born:
    """A date of birth as far as it is known: 0 for a month or a day that is not."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise CannotSearch(f"The year of birth must lie between {FIRST_YEAR} and {LAST_YEAR}.")
        if self.month and not 1 <= self.month <= 12:
            raise CannotSearch("There is no such month; write the date of birth as 2014-07-31 or 31/07/2014.")
        if self.day:
            try:
                date(self.year, self.month, self.day)
            except ValueError:
                raise CannotSearch("There is no such day in the calendar; check the date of birth.") from None

    @property
    def whole(self) -> date | None:
        return date(self.year, self.month, self.day) if self.day else None


def born_of(text: str) -> Born | None:
    """“2014-07-31”, “31/07/2014”, “2014-07” or “2014”; None for nothing. Raises `CannotSearch`."""
    typed = text.strip()
    if not typed:
        return None
    if found := _DAY_FIRST.fullmatch(typed):
        return Born(int(found[3]), int(found[2]), int(found[1]))
    if found := _YEAR_FIRST.fullmatch(typed):
        year, month, day = (int(part) if part else None for part in found.groups())
        if month == 0 or day == 0:
            raise CannotSearch("There is no such day in the calendar; leave out what is not known.")
        return Born(year or 0, month or 0, day or 0)
    raise CannotSearch(
        "This is no date of birth; write it as 2014-07-31 or 31/07/2014, or as 2014-07 or 2014 if no more is "
        "known."
    )


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class Sought:
    """One person's details. Anything may be left out, but not everything that tells children apart."""

    surname: str = ""
    forenames: str = ""
    former_surname: str = ""
    born: Born | None = None
    sex: Sex | None = None
    postcode: str = ""  # in normal form, as the others
    nhs_number: str = ""
    upn: str = ""

    def __post_init__(self) -> None:
        names = (self.surname, self.forenames, self.former_surname)
        if not any((*(name.strip() for name in names), self.postcode, self.nhs_number, self.upn)):
            if self.born is None:
                raise CannotSearch("Say whom to look for: a name, a postcode or a number at least.")
            raise CannotSearch("A date of birth alone is every child of that day; add a name or a postcode.")


def sought(
    *,
    surname: str = "",
    forenames: str = "",
    born: str = "",
    sex: str = "",
    postcode: str = "",
    nhs_number: str = "",
    upn: str = "",
) -> Sought:
    """From texts as typed. Raises `CannotSearch` for the first of them that cannot be meant."""
    return Sought(
        surname=surname,
        forenames=forenames,
        born=born_of(born),
        sex=_sex(sex),
        postcode=_normal(Postcode, postcode),
        nhs_number=_normal(NHSNumber, nhs_number),
        upn=_normal(UPN, upn),
    )


def sought_as_far_as_read(**typed: str) -> tuple[Sought | None, tuple[str, ...]]:
    """As `sought`, but what cannot be meant is left out and named: column by column, or None for nobody."""
    left_out = []
    for name, text in typed.items():
        try:
            if name == "born":
                born_of(text)
            elif name == "sex":
                _sex(text)
            elif name in _KINDS:
                _normal(_KINDS[name], text)
        except CannotSearch as wrong:
            left_out.append(f"{name.replace('_', ' ')}: {wrong}")
            typed[name] = ""
    try:
        return sought(**typed), tuple(left_out)
    except CannotSearch as wrong:
        return None, (*left_out, str(wrong))


_SEXES = {
    **dict.fromkeys(("m", "male", "boy", "1"), Sex.MALE),
    **dict.fromkeys(("f", "female", "girl", "2"), Sex.FEMALE),
    **dict.fromkeys(("", "u", "unknown", "not known", "0", "9", "x", "i", "indeterminate"), None),
}


def _sex(text: str) -> Sex | None:
    try:
        return _SEXES[text.strip().casefold()]
    except KeyError:
        raise CannotSearch(
            "The sex is written as male or female (M or F); leave it out if not known."
        ) from None


_KINDS: dict[str, type[Postcode] | type[NHSNumber] | type[UPN]] = {
    "postcode": Postcode,
    "nhs_number": NHSNumber,
    "upn": UPN,
}


def _normal(kind: type[Postcode] | type[NHSNumber] | type[UPN], text: str) -> str:
    if not text.strip():
        return ""
    try:
        return kind(text).text
    except ValueError as wrong:
        raise CannotSearch(str(wrong)) from None
