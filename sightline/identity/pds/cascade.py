"""The asking: every rule in turn, strict to loose, and every answer kept.

A looser rule cannot improve on a stricter one, but it can show that two numbers stand behind one child.
Asking stops at a conflict, and where we are not allowed to ask: nothing more of the child should be sent.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Protocol

from sightline.identity.pds.agreement import agreement
from sightline.identity.pds.dates import DateError
from sightline.identity.pds.outcomes import (
    BY_NUMBER,
    BY_NUMBER_AGAIN,
    Answer,
    Outcome,
    Reason,
    Reply,
    RuleResult,
    Traced,
    decide,
    live_numbers,
    not_asked,
)
from sightline.identity.pds.queries import Search, searchable
from sightline.identity.pds.rules import NUMBER_AGAIN, RULES, STANDINGS, Asked, TracingRule, asked_of
from sightline.intake.records import PersonRecord
from sightline.vocabulary.identifiers import NHSNumber


class PdsAnswers(Protocol):
    """Whoever can ask PDS. An answer always comes back: what went wrong is one too."""

    def search(self, search: Search) -> Reply: ...

    def retrieve(self, number: NHSNumber) -> Reply: ...


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
    asked = asked_of(person, as_of)
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
