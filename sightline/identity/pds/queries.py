"""The questions that PDS takes, as values that cannot break its search rules, and how names are put to it.

The rules are those of its published specification (Patient, search): a search that is not fuzzy needs a
family name and a date of birth; a fuzzy one needs one of three combinations and takes no wildcard; a wildcard
follows at least two characters; a postcode in a search hides restricted patients.
"""

import re
import unicodedata
from dataclasses import dataclass

from sightline.identity.folding import BETWEEN_NAMES
from sightline.identity.names import fold, tables, tokens_of, without_brackets
from sightline.identity.pds.dates import Dates
from sightline.intake.records import PersonRecord
from sightline.vocabulary.codes import Sex

LONGEST_NAME = 35
MOST_PARTS = 3
_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans(dict.fromkeys("’‘`´ʼʻ", "'"))
_GENDERS = {Sex.MALE: "male", Sex.FEMALE: "female"}
_FUZZY_NEEDS = (
    frozenset({"given", "family"}),
    frozenset({"family", "gender", "address-postalcode"}),
    frozenset({"given", "gender", "address-postalcode"}),
)


@dataclass(frozen=True, slots=True, repr=False)
class Search:
    """One search for a patient. Only what is set is sent; raises `ValueError` where PDS would refuse it."""

    dates: Dates
    family: str = ""
    given: str = ""
    gender: str = ""
    postcode: str = ""
    is_fuzzy: bool = False

    def __post_init__(self) -> None:
        if self.is_fuzzy:
            if "*" in self.given + self.family + self.postcode:
                raise ValueError("A fuzzy search takes no wildcards.")
            if not any(need <= set(self._named()) for need in _FUZZY_NEEDS):
                raise ValueError("This is none of the combinations that a fuzzy search takes.")
        elif not self.family:
            raise ValueError("A search needs a family name.")
        for text in (self.given, self.family, self.postcode):
            if "*" in text and text.index("*") < 2:
                raise ValueError("A wildcard follows at least two characters.")

    @property
    def finds_restricted(self) -> bool:
        return not self.postcode

    def _named(self) -> dict[str, str]:
        named = {
            "family": self.family,
            "given": self.given,
            "gender": self.gender,
            "address-postalcode": self.postcode,
        }
        return {name: value for name, value in named.items() if value}

    def parameters(self) -> list[tuple[str, str]]:
        """As PDS wants them in the query. One patient at most is asked for; more are said to be too many."""
        first, last = self.dates.first.isoformat(), self.dates.last.isoformat()
        born = (
            [("birthdate", f"eq{first}")]
            if first == last
            else [("birthdate", f"ge{first}"), ("birthdate", f"le{last}")]
        )
        # A fuzzy search always searches what was true before; another does when asked.
        kind = ("_fuzzy-match", "true") if self.is_fuzzy else ("_history", "true")
        return [*self._named().items(), *born, kind, ("_max-results", "1")]


def searchable(name: str) -> str:
    """A name as it is sent: without brackets, with plain apostrophes and single spaces."""
    outside, _ = without_brackets(name.replace("*", " ").translate(_QUOTES))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", outside)).strip(" -,.'")


def without_accents(name: str) -> str:
    apart = unicodedata.normalize("NFD", name)
    return unicodedata.normalize("NFC", "".join(each for each in apart if not unicodedata.combining(each)))


def fitting(name: str) -> str:
    """A name longer than PDS holds, cut and opened with a wildcard, so that it can be searched for."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "*"


def beginning(name: str, letters: int) -> str:
    """The first letters with a wildcard; empty where the name is no longer or has another sign there."""
    start = name[:letters]
    return f"{start}*" if len(name) > letters and start.isalpha() else ""


def first_given(forenames: str) -> str:
    """The first given name, as written; empty where it stands for none (“Baby”)."""
    given = searchable(forenames)
    return "" if tokens_of(given, is_forename=True).is_placeholder else given.partition(" ")[0]


def gender_of(person: PersonRecord) -> str:
    return _GENDERS.get(person.sex, "") if person.sex else ""


def postcode_of(person: PersonRecord) -> str:
    """What may be sent of the postcode: nothing of an address that is protected."""
    return "" if person.is_address_protected else person.postcode


def other_names(person: PersonRecord) -> tuple[tuple[str, str], ...]:
    """Given and family names that the record has besides the ones in use, each pair once."""
    given, family = first_given(person.forenames), searchable(person.surname)
    pairs = [(first_given(person.preferred_forename), family)]
    pairs += [(given, searchable(each)) for each in person.former_surname.split(BETWEEN_NAMES)]
    _, in_brackets = without_brackets(person.surname)
    pairs += [(given, searchable(_without_said(each))) for each in in_brackets]
    _, known_as = without_brackets(person.forenames)
    pairs += [(first_given(each), family) for each in known_as]
    for alias in person.aliases:
        first, _, rest = searchable(alias).rpartition(" ")
        pairs.append((first_given(first), rest))
    pairs += [(without_accents(given), without_accents(family))]
    found = [pair for pair in pairs if all(pair) and pair != (given, family)]
    return tuple(dict.fromkeys(found))


def surname_parts(family: str) -> tuple[str, ...]:
    """The names that a family name of several is made of: “Kaur Singh”, “Okoro-Vance”; no particles."""
    parts = [part for part in re.split(r"[\s-]+", family) if len(part) > 2]
    named = [part for part in parts if fold(part) not in tables().particles]
    return tuple(dict.fromkeys(named))[:MOST_PARTS] if len(parts) > 1 else ()


def _without_said(text: str) -> str:
    """“formerly Jones” → “Jones”."""
    return re.sub(r"^(?:formerly|previously|former|was|nee|née|aka|known as|now)[:\s]+", "", text, flags=re.I)
