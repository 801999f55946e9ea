"""The rules by which a number is sought, strict to loose: what each asks, and how far it can be trusted.

PDS never gives a restricted patient to a search with a postcode, so the first pass has rules without one, and
the second pass, for whoever has no number yet, has none with one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sightline.identity.pds import dates
from sightline.identity.pds.dates import Dates
from sightline.identity.pds.outcomes import BY_NUMBER, BY_NUMBER_AGAIN, Standing
from sightline.identity.pds.queries import (
    Search,
    beginning,
    first_given,
    fitting,
    gender_of,
    other_names,
    postcode_of,
    searchable,
    surname_parts,
)
from sightline.intake.records import PersonRecord

RULE_SET = "1"
"""Grows with any change to a rule. A deployment names the set that it has measured; no other runs."""

MOST_OTHER_NAMES = 3


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """The record in the form that questions are made from."""

    family: str
    given: str
    gender: str
    postcode: str
    born: Dates
    swapped: Dates | None
    near: Dates
    others: tuple[tuple[str, str], ...]
    surname_parts: tuple[str, ...]

    @property
    def area(self) -> str:
        return self.postcode[:2] + "*" if self.postcode else ""


@dataclass(frozen=True, slots=True)
class TracingRule:
    """One rule. Any change to what it asks makes a new version of it, and a new `RULE_SET`."""

    name: str
    version: int
    sentence: str
    searches: Callable[[Asked], Iterator[Search]]
    may_settle: bool
    asks_whole_surname: bool = True
    is_second_pass: bool = False


def _asked_by_number(asked: Asked) -> Iterator[Search]:
    return iter(())


def _names_date_postcode(asked: Asked) -> Iterator[Search]:
    if asked.given and asked.postcode:
        yield Search(asked.born, fitting(asked.family), fitting(asked.given), postcode=asked.postcode)


def _names_date(asked: Asked) -> Iterator[Search]:
    if asked.given:
        yield Search(asked.born, fitting(asked.family), fitting(asked.given))


def _other_names_date(asked: Asked) -> Iterator[Search]:
    for given, family in asked.others[:MOST_OTHER_NAMES]:
        yield Search(asked.born, fitting(family), fitting(given))


def _given_beginning_date_area(asked: Asked) -> Iterator[Search]:
    given = beginning(asked.given, 3)
    if given and asked.area:
        yield Search(asked.born, fitting(asked.family), given, postcode=asked.area)


def _family_beginning_date_area(asked: Asked) -> Iterator[Search]:
    family = beginning(asked.family, 3)
    if family and asked.given and asked.area:
        yield Search(asked.born, family, fitting(asked.given), postcode=asked.area)


def _fuzzy_names_date(asked: Asked) -> Iterator[Search]:
    # A wildcard stands for the end of a name that is too long, and a fuzzy search takes none.
    if asked.given and not _is_cut(asked):
        yield Search(asked.born, asked.family, asked.given, is_fuzzy=True)


def _names_swapped_date(asked: Asked) -> Iterator[Search]:
    if asked.given and asked.swapped:
        yield Search(asked.swapped, fitting(asked.family), fitting(asked.given))


def _names_near_date_postcode(asked: Asked) -> Iterator[Search]:
    if asked.given and asked.postcode:
        yield Search(asked.near, fitting(asked.family), fitting(asked.given), postcode=asked.postcode)


def _family_date_postcode(asked: Asked) -> Iterator[Search]:
    if not asked.given and asked.postcode:
        yield Search(asked.born, fitting(asked.family), postcode=asked.postcode)


def _surname_parts_date(asked: Asked) -> Iterator[Search]:
    if asked.given:
        for part in asked.surname_parts:
            yield Search(asked.born, part, fitting(asked.given))


def _family_beginning_date(asked: Asked) -> Iterator[Search]:
    # Two letters, because an accent in the third may be on one side alone.
    family = beginning(asked.family, 2)
    if family and asked.given:
        yield Search(asked.born, family, fitting(asked.given))


def _given_beginning_date(asked: Asked) -> Iterator[Search]:
    if given := beginning(asked.given, 3):
        yield Search(asked.born, fitting(asked.family), given)


def _names_near_date(asked: Asked) -> Iterator[Search]:
    if asked.given:
        yield Search(asked.near, fitting(asked.family), fitting(asked.given))


def _family_date(asked: Asked) -> Iterator[Search]:
    if not asked.given:
        yield Search(asked.born, fitting(asked.family), gender=asked.gender)


def _is_cut(asked: Asked) -> bool:
    return "*" in fitting(asked.family) + fitting(asked.given)


RULES = (
    TracingRule(
        BY_NUMBER,
        1,
        "By the NHS number that the record holds.",
        _asked_by_number,
        may_settle=True,
        asks_whole_surname=False,
    ),
    TracingRule(
        "names-date-postcode", 1, "Names, date of birth and postcode.", _names_date_postcode, may_settle=True
    ),
    TracingRule("names-date", 1, "Names and date of birth.", _names_date, may_settle=True),
    TracingRule(
        "other-names-date",
        1,
        "Preferred, former and other names, or without accents; date of birth.",
        _other_names_date,
        may_settle=True,
    ),
    TracingRule(
        "given-beginning-date-area",
        1,
        "First three letters of the given name, family name, date of birth, postcode area.",
        _given_beginning_date_area,
        may_settle=True,
    ),
    TracingRule(
        "family-beginning-date-area",
        1,
        "First three letters of the family name, given name, date of birth, postcode area.",
        _family_beginning_date_area,
        may_settle=True,
        asks_whole_surname=False,
    ),
    TracingRule(
        "fuzzy-names-date",
        1,
        "Names by sound and in either order, date of birth.",
        _fuzzy_names_date,
        may_settle=True,
        asks_whole_surname=False,
    ),
    TracingRule(
        "names-swapped-date", 1, "Names, day and month of birth swapped.", _names_swapped_date, False
    ),
    TracingRule(
        "names-near-date-postcode",
        1,
        "Names, dates of birth as near as the age allows, postcode.",
        _names_near_date_postcode,
        may_settle=False,
    ),
    TracingRule(
        "family-date-postcode",
        1,
        "Family name, date of birth and postcode, for a child without a given name.",
        _family_date_postcode,
        may_settle=False,
    ),
    TracingRule(
        "given-beginning-date",
        1,
        "First three letters of the given name, family name, date of birth.",
        _given_beginning_date,
        may_settle=False,
        is_second_pass=True,
    ),
    TracingRule(
        "family-beginning-date",
        1,
        "First two letters of the family name, given name, date of birth.",
        _family_beginning_date,
        may_settle=False,
        asks_whole_surname=False,
        is_second_pass=True,
    ),
    TracingRule(
        "surname-parts-date",
        1,
        "Each part of a family name of several, given name, date of birth.",
        _surname_parts_date,
        may_settle=False,
        is_second_pass=True,
    ),
    TracingRule(
        "names-near-date",
        1,
        "Names, dates of birth as near as the age allows.",
        _names_near_date,
        may_settle=False,
        is_second_pass=True,
    ),
    TracingRule(
        "family-date",
        1,
        "Family name, date of birth and gender, for a child without a given name.",
        _family_date,
        may_settle=False,
        is_second_pass=True,
    ),
)
NUMBER_AGAIN = TracingRule(
    BY_NUMBER_AGAIN,
    1,
    "By the NHS number that was found before.",
    _asked_by_number,
    may_settle=True,
    asks_whole_surname=False,
)
STANDINGS: Mapping[str, Standing] = {
    rule.name: Standing(place, rule.may_settle, rule.asks_whole_surname)
    for place, rule in enumerate((NUMBER_AGAIN, *RULES))
}


def asked_of(person: PersonRecord, as_of: date) -> Asked | None:
    """None where PDS cannot be searched for this record, so that only its number can be asked."""
    family = searchable(person.surname)
    if not family or person.born_on is None or person.born_on > as_of:
        return None
    return Asked(
        family=family,
        given=first_given(person.forenames),
        gender=gender_of(person),
        postcode=postcode_of(person),
        born=dates.as_recorded(person.born_on),
        swapped=dates.swapped(person.born_on, as_of),
        near=dates.near(person.born_on, as_of),
        others=other_names(person),
        surname_parts=surname_parts(family),
    )
