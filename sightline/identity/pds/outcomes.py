"""What PDS answered to each question, and what all the answers about one record come to.

A failure is never an absence: a record with a question that failed has the outcome `failed`, whatever the
other questions said, until that question is answered. Two different NHS numbers are a conflict for a person,
whatever their scores.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from sightline.identity.pds.agreement import Agreement, NameAgreement
from sightline.identity.pds.dates import DateError
from sightline.vocabulary.codes import Code

BY_NUMBER, BY_NUMBER_AGAIN = "number", "number-again"
ASKED_BY_NUMBER = frozenset((BY_NUMBER, BY_NUMBER_AGAIN))
"""The rules that ask for a patient by number instead of searching."""

CONFIDENT_SCORE = 0.95
POSSIBLE_SCORE = 0.85


class Answer(Code):
    """What PDS said to one question."""

    ONE = "one", "One patient"
    NONE = "none", "Nobody"
    MANY = "many", "More than one patient"
    INVALIDATED = "invalidated", "The number was given up and nothing has taken its place"
    NOT_ALLOWED = "not_allowed", "We are not allowed to ask"
    FAILED = "failed", "No answer that can be relied on"


class Outcome(Code):
    """What tracing one record came to. The first is used for joining; three need a person."""

    FOUND = "found", "Found"
    PROBABLE = "probable", "Probable: needs a person"
    CONFLICT = "conflict", "Two different NHS numbers: needs a person"
    MANY = "many", "Several patients fit: needs a person"
    NOT_FOUND = "not_found", "Asked, and not found"
    NOT_ALLOWED = "not_allowed", "We are not allowed to ask"
    FAILED = "failed", "Not answered; will be asked again"
    NOT_ASKED = "not_asked", "Not asked: the record may not be or cannot be traced"


NEEDS_A_PERSON = frozenset((Outcome.PROBABLE, Outcome.CONFLICT, Outcome.MANY))
TO_BE_ASKED_AGAIN = frozenset((Outcome.FAILED, Outcome.NOT_ALLOWED))


class Reason(Code):
    """Why the outcome is not better than it is, or what a person should know of it."""

    BELOW_CONFIDENT = "below_confident", "The score is below 0.95"
    LOW_SCORE = "low_score", "The score is below 0.85"
    LOOSE_RULE = "loose_rule", "Only a rule found it that cannot settle a number by itself"
    DATE_ASSUMED_WRONG = "date_assumed_wrong", "A mistake in the date of birth had to be assumed"
    DATE_DIFFERS = "date_differs", "The date of birth at the NHS is another, or neither is known"
    FORENAME_DIFFERS = "forename_differs", "The given name at the NHS is another"
    FORENAME_NOT_KNOWN = "forename_not_known", "There is no given name to compare"
    SURNAME_DIFFERS = "surname_differs", "The family name at the NHS is another"
    SEX_DIFFERS = "sex_differs", "The gender at the NHS is another"
    MAY_BE_A_TWIN = "may_be_a_twin", "It may be a brother or sister of the same birth"
    SEVERAL_FIT_A_STRICTER_RULE = "several_fit_a_stricter_rule", "A stricter rule fits several patients"
    SUPERSEDED = "superseded", "PDS has replaced the number that was held by another"
    NUMBER_INVALIDATED = "number_invalidated", "The number held was given up by PDS"
    NUMBER_NOT_KNOWN = "number_not_known", "PDS knows no such number as the one held"
    DIED = "died", "PDS says that the patient has died"
    RESTRICTED = "restricted", "The patient's record is restricted: no address may be sought"
    CLOSED_AT_ADOPTION = "closed_at_adoption", "The record is closed: it is never traced"
    ADULT = "adult", "The record is about an adult"
    TOO_LITTLE_KNOWN = "too_little_known", "Without a number, a family name and a date of birth are needed"


@dataclass(frozen=True, slots=True, repr=False)
class FoundPatient:
    """What is taken of a patient, and nothing else: there is no place for an address, restricted or not."""

    nhs_number: str
    given: tuple[str, ...] = ()  # given names in use or former, each name as one text
    family: tuple[str, ...] = ()
    born_on: str = ""  # ISO; PDS may know the year or the month only
    gender: str = ""
    birth_order: int = 0  # 1 is the first or only one; 2 to 7 are certainly of a multiple birth
    has_died: bool = False
    is_restricted: bool = False

    @property
    def is_of_multiple_birth(self) -> bool:
        return 2 <= self.birth_order <= 7


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """One answer of PDS. `detail` is its error code or our word for what went wrong, never what it sent."""

    answer: Answer
    patient: FoundPatient | None = None
    score: float | None = None
    detail: str = ""
    request_id: str = ""
    retry_after: int | None = None  # seconds, where PDS said so and waiting so long was not for us


@dataclass(frozen=True, slots=True, repr=False)
class RuleResult:
    """What one question of one rule came to. This is what is stored."""

    rule: str
    version: int
    question: int  # of the rule, from 0
    answer: Answer
    score: float | None = None
    nhs_number: str = ""
    held_number: str = ""  # the number that was asked with, where PDS answered with another
    date_error: DateError = DateError.NONE
    agreement: Agreement | None = None
    has_died: bool = False
    is_restricted: bool = False
    detail: str = ""
    request_id: str = ""

    @property
    def key(self) -> tuple[str, int, int]:
        return self.rule, self.version, self.question

    def as_dict(self) -> dict[str, Any]:
        """For storing; what says nothing is left out."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None, False)}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        known = {each.name for each in fields(cls)}
        values = {name: value for name, value in stored.items() if name in known}
        values["answer"] = Answer(values["answer"])
        values["date_error"] = DateError(values.get("date_error", DateError.NONE))
        if agreement := values.get("agreement"):
            values["agreement"] = Agreement.from_dict(agreement)
        return cls(**{"question": 0, **values})


@dataclass(frozen=True, slots=True)
class Standing:
    """What a result needs to know of the rule that it came from."""

    strictness: int  # place in the cascade: the lower, the stricter
    may_settle: bool
    asks_whole_surname: bool


@dataclass(frozen=True, slots=True, repr=False)
class Traced:
    """What tracing one record came to, with every rule's result."""

    outcome: Outcome
    results: tuple[RuleResult, ...] = ()
    reasons: tuple[Reason, ...] = ()
    best: RuleResult | None = None

    @property
    def nhs_number(self) -> str:
        """Only of one patient: a conflict has no number until a person has ruled."""
        return self.best.nhs_number if self.best else ""


def not_asked(*reasons: Reason) -> Traced:
    return Traced(Outcome.NOT_ASKED, reasons=reasons)


def replaced_numbers(results: Iterable[RuleResult]) -> Mapping[str, str]:
    """The numbers that PDS has replaced, each with what replaced it."""
    return {each.held_number: each.nhs_number for each in results if each.held_number}


def live_numbers(results: Sequence[RuleResult]) -> tuple[str, ...]:
    """The different NHS numbers found, the first first; one that was replaced counts as its successor."""
    replaced = replaced_numbers(results)
    found = (each.nhs_number for each in results if each.nhs_number)
    return tuple(dict.fromkeys(replaced.get(number, number) for number in found))


def decide(results: Sequence[RuleResult], standings: Mapping[str, Standing]) -> Traced:
    """What all results come to; `standings` says of each rule how far it can be trusted."""
    kept = tuple(results)
    notes = _about_the_held_number(kept)
    if len(live_numbers(kept)) > 1:
        return Traced(Outcome.CONFLICT, kept, (*notes, *_of_all(kept)))
    answers = {each.answer for each in kept}
    replaced = replaced_numbers(kept)
    found = [each for each in kept if each.answer is Answer.ONE and each.nhs_number not in replaced]
    best = _best(found, standings)
    for outcome, answer in ((Outcome.NOT_ALLOWED, Answer.NOT_ALLOWED), (Outcome.FAILED, Answer.FAILED)):
        if answer in answers:
            return Traced(outcome, kept, notes)
    if best:
        doubts = _doubts(best, kept, standings)
        outcome = Outcome.PROBABLE if doubts else Outcome.FOUND
        return Traced(outcome, kept, (*notes, *doubts, *_of_all([best])), best)
    if Answer.MANY in answers:
        return Traced(Outcome.MANY, kept, notes)
    return Traced(Outcome.NOT_FOUND if kept else Outcome.NOT_ASKED, kept, notes)


def _best(found: Sequence[RuleResult], standings: Mapping[str, Standing]) -> RuleResult | None:
    """The answer with the fewest doubts; then the best score, not the first; then the strictest rule."""

    def order(result: RuleResult) -> tuple[int, float, int]:
        score = 1.0 if result.score is None else result.score
        return len(_doubts(result, (), standings)), -score, standings[result.rule].strictness

    return min(found, key=order, default=None)


def _doubts(
    result: RuleResult, others: Iterable[RuleResult], standings: Mapping[str, Standing]
) -> tuple[Reason, ...]:
    """Why this answer does not settle the number; empty where it does."""
    rule, agreed = standings[result.rule], result.agreement or Agreement()
    of_surname = agreed.surname is NameAgreement.DIFFERENT and not rule.asks_whole_surname
    of_sex = agreed.sex_differs and agreed.forename is not NameAgreement.SAME
    several = any(
        other.answer is Answer.MANY and standings[other.rule].strictness <= rule.strictness
        for other in others
    )
    raised = (
        (result.score is not None and result.score < POSSIBLE_SCORE, Reason.LOW_SCORE),
        (
            result.score is not None and POSSIBLE_SCORE <= result.score < CONFIDENT_SCORE,
            Reason.BELOW_CONFIDENT,
        ),
        (not rule.may_settle, Reason.LOOSE_RULE),
        (result.date_error is not DateError.NONE, Reason.DATE_ASSUMED_WRONG),
        (not agreed.same_birth_date and result.date_error is DateError.NONE, Reason.DATE_DIFFERS),
        (agreed.forename is NameAgreement.DIFFERENT, Reason.FORENAME_DIFFERS),
        (agreed.forename is NameAgreement.NOT_KNOWN, Reason.FORENAME_NOT_KNOWN),
        (of_surname, Reason.SURNAME_DIFFERS),
        (of_sex, Reason.SEX_DIFFERS),
        (agreed.may_be_a_twin, Reason.MAY_BE_A_TWIN),
        (several, Reason.SEVERAL_FIT_A_STRICTER_RULE),
    )
    return tuple(reason for is_raised, reason in raised if is_raised)


def _about_the_held_number(results: Iterable[RuleResult]) -> tuple[Reason, ...]:
    """What PDS said of the number that the record came with."""
    listed = [each for each in results if each.rule in ASKED_BY_NUMBER]
    said = {each.answer for each in listed}
    notes = []
    if any(each.held_number for each in listed):
        notes.append(Reason.SUPERSEDED)
    if Answer.INVALIDATED in said:
        notes.append(Reason.NUMBER_INVALIDATED)
    if Answer.NONE in said:
        notes.append(Reason.NUMBER_NOT_KNOWN)
    return tuple(notes)


def _of_all(results: Iterable[RuleResult]) -> tuple[Reason, ...]:
    """What a person should know of the patients found, whatever the outcome."""
    listed = list(results)
    notes = []
    if any(each.has_died for each in listed):
        notes.append(Reason.DIED)
    if any(each.is_restricted for each in listed):
        notes.append(Reason.RESTRICTED)
    return tuple(notes)
