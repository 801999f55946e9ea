"""The rules by which a number is sought, strict to loose, and the asking itself.

Every rule is asked and its result kept: a looser one cannot improve on a stricter one, but it can show that
two numbers stand behind one child. Asking stops at a conflict, and where we are not allowed to ask, since
then nothing more of the child should be sent. PDS never gives a restricted patient to a search with a
postcode, so the first pass has rules without one and a second pass, for whoever has no number yet, has none.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from sightline.identity.pds import dates
from sightline.identity.pds.agreement import agreement
from sightline.identity.pds.dates import DateError, Dates
from sightline.identity.pds.outcomes import (
    BY_NUMBER,
    BY_NUMBER_AGAIN,
    Answer,
    Outcome,
    Reason,
    Reply,
    RuleResult,
    Standing,
    Traced,
    decide,
    live_numbers,
    not_asked,
)
from sightline.identity.pds.queries import (
    Search,
    beginning,
    first_given,
    fitting,
    gender_of,
    other_names,
    postcode_of,
    searchable,
)
from sightline.intake.records import PersonRecord
from sightline.vocabulary.identifiers import NHSNumber

RULE_SET = "1"
"""Grows with any change to a rule. A deployment names the set that it has measured; no other runs."""

MOST_OTHER_NAMES = 3


class PdsAnswers(Protocol):
    """Whoever can ask PDS. An answer always comes back: what went wrong is one too."""

    def search(self, search: Search) -> Reply: ...

    def retrieve(self, number: NHSNumber) -> Reply: ...


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


def why_not_asked(person: PersonRecord, *, as_of: date) -> Reason | None:
    """Whom PDS is never asked about. A closed record's new identity is what a trace would give away."""
    if person.is_restricted:
        return Reason.CLOSED_AT_ADOPTION
    if person.is_adult:
        return Reason.ADULT
    can_be_searched = searchable(person.surname) and person.born_on and person.born_on <= as_of
    return None if person.nhs_number or can_be_searched else Reason.TOO_LITTLE_KNOWN


def trace(
    person: PersonRecord, *, pds: PdsAnswers, as_of: date, earlier: Sequence[RuleResult] = ()
) -> Traced:
    """Ask every rule about one record and say what the answers come to.

    `earlier` holds results of the same details from before: what was answered then is not asked again.
    """
    if reason := why_not_asked(person, as_of=as_of):
        return not_asked(reason)
    unasked = (Answer.FAILED, Answer.NOT_ALLOWED)
    asking = _Asking(person, pds, {each.key: each for each in earlier if each.answer not in unasked})
    asked = _asked(person, as_of)
    for is_second_pass in (False, True):
        if is_second_pass and asking.is_settled():
            break
        for rule in RULES:
            if rule.is_second_pass is is_second_pass and not asking.ask_rule(rule, asked):
                return decide(asking.results, STANDINGS)
    return decide(asking.results, STANDINGS)


class _Asking:
    """The questions about one record, as they are answered."""

    def __init__(
        self, person: PersonRecord, pds: PdsAnswers, earlier: Mapping[tuple[str, int, int], RuleResult]
    ) -> None:
        self.person = person
        self.pds = pds
        self.earlier = earlier
        self.results: list[RuleResult] = []
        self.searches: set[tuple[tuple[str, str], ...]] = set()

    def is_settled(self) -> bool:
        """Whether what was answered gives one sure number, whatever failed."""
        answered = [each for each in self.results if each.answer is not Answer.FAILED]
        return decide(answered, STANDINGS).outcome is Outcome.FOUND

    def ask_rule(self, rule: TracingRule, asked: Asked | None) -> bool:
        """Whether to go on after this rule's questions."""
        if rule.name == BY_NUMBER:
            return self._ask_number(rule)
        for place, search in enumerate(rule.searches(asked) if asked else ()):
            parameters = tuple(search.parameters())
            if parameters in self.searches:
                continue
            self.searches.add(parameters)
            if not self._keep(rule, place, partial(self.pds.search, search), search.dates.error):
                return False
        return True

    def _ask_number(self, rule: TracingRule) -> bool:
        if not self.person.nhs_number:
            return True
        number = NHSNumber(self.person.nhs_number)
        return self._keep(rule, 0, partial(self.pds.retrieve, number), DateError.NONE, held=number.text)

    def _keep(
        self, rule: TracingRule, place: int, ask: Callable[[], Reply], error: DateError, held: str = ""
    ) -> bool:
        known = self.earlier.get((rule.name, rule.version, place))
        result = known or _result(self.person, rule, place, ask(), error, held)
        self.results.append(result)
        return result.answer is not Answer.NOT_ALLOWED and len(live_numbers(self.results)) < 2


def _result(
    person: PersonRecord, rule: TracingRule, place: int, reply: Reply, error: DateError, held: str
) -> RuleResult:
    patient = reply.patient
    if patient is None:
        return RuleResult(
            rule.name,
            rule.version,
            place,
            reply.answer,
            date_error=error,
            detail=reply.detail,
            request_id=reply.request_id,
        )
    return RuleResult(
        rule.name,
        rule.version,
        place,
        reply.answer,
        score=reply.score,
        nhs_number=patient.nhs_number,
        held_number=held if held != patient.nhs_number else "",
        date_error=error,
        agreement=agreement(person, patient),
        has_died=patient.has_died,
        is_restricted=patient.is_restricted,
        detail=reply.detail,
        request_id=reply.request_id,
    )


def _asked(person: PersonRecord, as_of: date) -> Asked | None:
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
    )


def recheck(
    number: str, person: PersonRecord, *, pds: PdsAnswers, earlier: Sequence[RuleResult] = ()
) -> Traced:
    """Ask again for the patient of a number that was found: still so, replaced, or given up.

    What other rules found before stays beside it, so that a conflict stays one.
    """
    reply = pds.retrieve(NHSNumber(number))
    result = _result(person, NUMBER_AGAIN, 0, reply, DateError.NONE, number)
    before = [each for each in earlier if each.rule != BY_NUMBER_AGAIN]
    return decide((result, *before), STANDINGS)
