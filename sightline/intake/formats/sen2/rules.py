"""What a SEN2 return is checked for. The sentences are ours, the shape the department's."""

from sightline.intake.declaration import NotCovered, Rule
from sightline.vocabulary.findings import Severity

_SHAPE = "Department for Education, SEN2 person-level census: technical specification, 2025"
_OWN = "Sightline: sense of the dates and codes of one person"
RULES: list[Rule] = []


def _rule(severity: Severity, name: str, sentence: str, source: str) -> Rule:
    rule = Rule(f"sen2.{name}", severity, sentence, source=source)
    RULES.append(rule)
    return rule


def _shape(name: str, sentence: str) -> Rule:
    return _rule(Severity.WARNING, name, sentence, _SHAPE)


def _own(name: str, sentence: str, severity: Severity = Severity.WARNING) -> Rule:
    return _rule(severity, name, sentence, _OWN)


NOT_SEN2 = _rule(
    Severity.ERROR,
    "not-sen2",
    "This is not a SEN2 return: a return begins with the element Message, and its header names the "
    "collection "
    "SEN2. A schema (.xsd) describes returns and holds no person.",
    _SHAPE,
)
NO_YEAR = _shape("no-year", "The header does not say the year of the return. It was read as that of {year}.")
NO_AUTHORITY = _shape("no-authority", "The header does not say which authority sends the return (LEA).")
UNKNOWN_ELEMENT = _shape(
    "unknown-element", "{inside} holds an element that the return does not have: not read."
)
MISSING_ELEMENT = _shape("missing-element", "{inside} has no {name}. It must always be there.")
REPEATED_ELEMENT = _shape("repeated-element", "{inside} has {name} more than {most} times.")
ORDER = _shape(
    "order", "In {inside}, {name} does not stand in its place. The department's check will refuse it."
)
BAD_VALUE = _shape("value", "The value of {name} is not as it should be ({form}). It was left out.")

NOBODY = _own(
    "nobody",
    "There is no UPN, no ULN, and not enough of a name and date of birth to know the person again: fill in a "
    "number, or both names and the date of birth.",
    Severity.ERROR,
)
SAME_NUMBER = _own(
    "same-number",
    "Line {line} has this number too, with another name or date of birth. As nobody can tell whose the "
    "plan is, "
    "only the first was taken.",
    Severity.ERROR,
)
PERSON_TWICE = _own(
    "person-twice",
    "Line {line} is about the same person. Put all requests of a person in one element; only the first "
    "was taken.",
    Severity.ERROR,
)
NO_NUMBER = _own(
    "no-number", "There is neither a UPN nor a ULN, nor a reason why (UPNunknown). Without, people are lost."
)
NUMBER_AND_REASON = _own("number-and-reason", "There is a number, and a reason why there is none.")
BAD_NUMBER = _own("number", "{problem} It was left out.")
BAD_ULN = _own("uln", "A ULN is ten digits whose last agrees with the others. This one was left out.")
BAD_POSTCODE = _own("postcode", "{problem} It was left out.")
DOUBTFUL_DATE = _own("doubtful-date", "{problem}")
TOO_OLD = _own(
    "too-old", "Born on {born}, this person was {age} on {day}. Plans end at 25. Is the year right?"
)
BEFORE_BIRTH = _own("before-birth", "{day} is before the birth on {born}. One of the two is wrong.")
OUT_OF_ORDER = _own("out-of-order", "{later} of {later_day} is before {earlier} of {earlier_day}.")
NO_OUTCOME_DATE = _own("no-outcome-date", "{outcome} is “{code}”, but there is no {missing}.")
NO_RECEIVED_DATE = _own(
    "no-received-date", "There is no ReceivedDate. Only a historical request (H) has none."
)
UNASKED_ASSESSMENT = _own(
    "unasked-assessment",
    "The assessment has an outcome, though the request's outcome is “{code}”, which allows none. It was "
    "not taken.",
)
PLAN_WITHOUT_DECISION = _own(
    "plan-without-decision", "A plan is named, though the assessment's outcome is “{code}”, not Y or H."
)
NO_PLAN = _own("no-plan", "The assessment's outcome is Y, but no plan is named.")
NO_PLAN_START = _own("no-plan-start", "The plan has no StartDate, so it stands without a day.")
END_WITHOUT_REASON = _own("end-without-reason", "The plan ended on {day}, but there is no CeaseReason.")
REASON_WITHOUT_END = _own("reason-without-end", "There is a CeaseReason but no CeaseDate.")
NO_SETTING = _own("no-setting", "{inside} names no setting: give a URN, a UKPRN or a SENSetting.")
TWO_MAIN = _own("two-main", "Two {what} are both called the main one.")
ACTIVE_AFTER_END = _own("active-after-end", "The plan ended on {day} and yet is listed as active.")
BUDGET = _own("budget", "{name} tells how a personal budget is held, but PB does not say that there is one.")

NOT_COVERED = (
    NotCovered(
        "SEN2 validation rules",
        "the department's numbered list could not be had in an open form; the shape of its technical "
        "specification "
        "is checked instead",
    ),
)
