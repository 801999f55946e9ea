"""The shape of a person in the SEN2 return: each element's children in order, how often, and values.

Declared after the department's technical specification of 2025. Elements that came later are no fault in an
earlier year's return, and elements that moved between years are known in both places.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sightline.intake import cells
from sightline.intake.ethnicities import MAIN_CODES
from sightline.intake.formats.sen2 import codes

MANY = 1_000_000
_UPN = re.compile(r"[A-Za-z][0-9]{11}[0-9A-Za-z]", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Value:
    """What an element's text may be. `form` says it in words; no codes means that `fits` alone decides."""

    form: str
    fits: Callable[[str], bool]
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Element:
    name: str
    meaning: str
    least: int = 0
    most: int = 1
    value: Value | None = None
    children: tuple["Element", ...] = ()
    years: tuple[int, ...] = ()  # where not empty, the only years in which the element stands here

    def child(self, name: str) -> "Element | None":
        return next((each for each in self.children if each.name == name), None)


def _coded(known: Mapping[str, str]) -> Value:
    return Value("code", lambda text: text in known, known)


def _is_date(text: str) -> bool:
    return _DATE.fullmatch(text) is not None and not isinstance(
        cells.date_of(text[:10], (cells.ISO,)), cells.Problem
    )


def _matching(form: str, pattern: str) -> Value:
    compiled = re.compile(pattern, re.ASCII)
    return Value(form, lambda text: compiled.fullmatch(text) is not None, {})


@cache
def _authority_numbers() -> frozenset[str]:
    from sightline.vocabulary.shipped import shipped_rows

    return frozenset(row["old_code"] for row in shipped_rows("authorities")) - {"x", ""} | {"XXX"}


DATE = Value("date, YYYY-MM-DD", _is_date, {})
TEXT = Value("text", lambda text: True, {})
SOME_TEXT = Value("text", lambda text: text != "", {})
UPN = Value("UPN", lambda text: _UPN.fullmatch(text) is not None, {})
ULN = _matching("ten digits", r"[1-9][0-9]{9}")
URN = _matching("up to six digits", r"[0-9]{1,6}")
UKPRN = _matching("eight digits", r"[0-9]{8}")
AUTHORITY = Value("authority's three-digit number", lambda text: text in _authority_numbers(), {})
ETHNICITY = Value(
    "ethnicity code",
    lambda text: text in MAIN_CODES and text != "NKNW",
    {k: v.label for k, v in MAIN_CODES.items()},
)
YES_NO = _coded(codes.YES_NO)


def _one(name: str, meaning: str, value: Value, *, least: int = 0, years: tuple[int, ...] = ()) -> Element:
    return Element(name, meaning, least=least, value=value, years=years)


_SETTING = (
    _one("URN", "The school's number", URN),
    _one("UKPRN", "The provider's number", UKPRN),
    _one("SENSetting", "Kind of setting, where it has no number", _coded(codes.SETTING)),
    _one("SENSettingOther", "The setting in words", SOME_TEXT),
    _one("PlacementRank", "Main or second placement", _coded(codes.RANK)),
)
_UNIT = (
    _one("SENunitIndicator", "In a unit for special needs", YES_NO),
    _one("ResourcedProvisionIndicator", "In resourced provision", YES_NO),
)
_NAMED_PLAN = Element(
    "NamedPlan",
    "The plan as issued",
    children=(
        _one("StartDate", "Day on which the plan was issued", DATE),
        Element("PlanDetail", "A setting that the plan names", most=2, children=(*_SETTING, *_UNIT)),
        _one("PlanRes", "Residential", _coded(codes.RESIDENTIAL)),
        _one("PlanWBP", "Work-based learning", _coded(codes.WORK_BASED)),
        _one("PB", "Personal budget taken up", YES_NO),
        _one("OA", "Budget held as an organised arrangement", YES_NO),
        _one("DP", "What direct payments are for", _coded(codes.DIRECT_PAYMENTS)),
        _one("CeaseDate", "Day on which the plan ended", DATE),
        _one("CeaseReason", "Why it ended", _coded(codes.CEASED_BECAUSE)),
    ),
)
_ASSESSMENT = Element(
    "Assessment",
    "The needs assessment",
    children=(
        _one("AssessmentOutcome", "What was decided", _coded(codes.ASSESSMENT_OUTCOME)),
        _one("AssessmentOutcomeDate", "Day of the decision", DATE),
        _one("AssessmentMediation", "Mediation about the decision", YES_NO),
        _one("AssessmentTribunal", "Appeal against it", YES_NO),
        _one("OtherMediation", "Mediation about another matter", YES_NO),
        _one("OtherTribunal", "Appeal about another matter", YES_NO),
        _one("Week20", "Exceptions to the twenty weeks apply", YES_NO),
        _NAMED_PLAN,
    ),
)
_ACTIVE_PLANS = Element(
    "ActivePlans",
    "The plan on the day of the return",
    children=(
        _one("TransferLA", "Authority that the plan came from", AUTHORITY),
        Element(
            "PlacementDetail",
            "A placement",
            most=MANY,
            children=(
                *_SETTING,
                _one("EntryDate", "First day", DATE),
                _one("LeavingDate", "Last day", DATE),
                *_UNIT,
                _one("Res", "Residential", _coded(codes.RESIDENTIAL)),
                _one("WBP", "Work-based learning", _coded(codes.WORK_BASED)),
            ),
        ),
        _one("Res", "Residential", _coded(codes.RESIDENTIAL), years=(2023,)),
        _one("WBP", "Work-based learning", _coded(codes.WORK_BASED), years=(2023,)),
        Element(
            "SENneed",
            "A need",
            most=2,
            children=(
                _one("SENtype", "Kind of need", _coded(codes.NEED)),
                _one("SENtypeRank", "Main or second need", _coded(codes.RANK)),
            ),
        ),
        _one("ReviewMeeting", "Day of the last review meeting", DATE),
        _one("ReviewOutcome", "What the review decided", _coded(codes.REVIEW_OUTCOME), years=(2023, 2024)),
        _one("LastReview", "Day of the decision after the last review", DATE),
        _one("ReviewOutcome", "What the review decided", _coded(codes.REVIEW_OUTCOME)),
        _one("ReviewDraft", "Day on which a draft amended plan was sent", DATE),
        _one("PhaseTransferDueDate", "Day by which the plan for the next phase is due", DATE),
        _one("PhaseTransferFinalDate", "Day on which it was final", DATE),
    ),
)
_REQUESTS = Element(
    "Requests",
    "A request for a needs assessment, and all that followed from it",
    most=MANY,
    children=(
        _one("ReceivedDate", "Day on which it was received", DATE),
        _one("RequestSource", "Who asked", _coded(codes.REQUESTED_BY)),
        _one("RYA", "Person in a relevant youth accommodation", YES_NO),
        _one("RequestOutcomeDate", "Day of the decision", DATE),
        _one("RequestOutcome", "What was decided", _coded(codes.REQUEST_OUTCOME)),
        _one("RequestMediation", "Mediation about the decision", YES_NO),
        _one("RequestTribunal", "Appeal against it", YES_NO),
        _one("Exported", "Authority to which the person moved", AUTHORITY),
        _ASSESSMENT,
        _ACTIVE_PLANS,
    ),
)
PERSON = Element(
    "Person",
    "A child or young person with a request or a plan",
    children=(
        _one("Surname", "Family name", TEXT, least=1),
        _one("Forename", "Given name", TEXT, least=1),
        _one("PersonBirthDate", "Date of birth", DATE, least=1),
        _one("Sex", "Sex", _coded(codes.SEX), least=1),
        _one("Ethnicity", "Ethnicity", ETHNICITY, least=1),
        _one("PostCode", "Postcode of the home", TEXT),
        _one("UPN", "Unique pupil number", UPN),
        _one("UniqueLearnerNumber", "Unique learner number", ULN),
        _one("UPNunknown", "Why there is neither", _coded(codes.NO_UPN)),
        _REQUESTS,
    ),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a person departs from the shape: what kind, at which element, in words of its own."""

    kind: str  # unknown, missing, repeated, order or value
    element: Element | None
    inside: str
    name: str = ""


def faults(content: Mapping[str, Any], year: int = 2025, element: Element = PERSON) -> Iterator[Fault]:
    """Every departure from the shape of the year. The order of repeated elements among others is not seen."""
    shape = _of_year(element, year)
    position = -1
    for name, found in content.items():
        place, child = shape.get(name, (0, None))
        if child is None:
            yield Fault("unknown", None, element.name, name)
            continue
        if place < position:
            yield Fault("order", child, element.name, name)
        position = max(position, place)
        if len(found) > child.most:
            yield Fault("repeated", child, element.name, name)
        for each in found:
            yield from _inside(each, child, year)
    for name, (_, child) in shape.items():
        if child.least and name not in content:
            yield Fault("missing", child, element.name, name)


def _of_year(element: Element, year: int) -> dict[str, tuple[int, Element]]:
    """The element's children by name, with their places. A place of certain years stands before any other."""
    shape: dict[str, tuple[int, Element]] = {}
    for place, child in enumerate(element.children):
        if (not child.years or year in child.years) and child.name not in shape:
            shape[child.name] = place, child
    return shape


def _inside(given: Any, element: Element, year: int) -> Iterator[Fault]:
    if element.value is None:
        if isinstance(given, Mapping):
            yield from faults(given, year, element)
        elif given:
            yield Fault("unknown", None, element.name, "text")
    elif isinstance(given, Mapping) or not element.value.fits(given):
        yield Fault("value", element, element.name, element.name)
