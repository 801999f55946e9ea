"""Our own declaration of the census: every module and element, since when, how often, in what form.

Declared once, with the collection years in which each part exists; `shape_of(year)` is what one year asks
for. The order of elements is not demanded: systems get it wrong, and nothing is lost by it. The department's
own schemas (2022 to 2026) are the measure in the tests; that of 2021 had neither child in need plans nor
factor 24A. The schema of 2026 that could be had does not yet hold pre-proceedings, though files do.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sightline.intake.formats.cin_census import codes
from sightline.intake.reading.markup import TEXT
from sightline.vocabulary.codes import Code

FIRST_YEAR, LAST_YEAR = 2021, 2026


class Form(Code):
    TEXT = "text", "text"
    DATE = "date", "date, YYYY-MM-DD"
    CODE = "code", "code"
    YES_NO = "yes_no", "1 for yes, 0 for no"
    UPN = "upn", "unique pupil number"
    COUNT = "count", "whole number"


@dataclass(frozen=True, slots=True)
class Item:
    """An element that holds a value."""

    name: str
    meaning: str
    form: Form
    code_set: codes.CodeSet | None = None
    is_required: bool = False
    repeats: bool = False
    since: int = FIRST_YEAR
    until: int = 9999


@dataclass(frozen=True, slots=True)
class Module:
    """An element that holds elements."""

    name: str
    meaning: str
    parts: tuple["Item | Module", ...]
    is_required: bool = False
    repeats: bool = False
    since: int = FIRST_YEAR
    until: int = 9999


def _date(name: str, meaning: str, *, required: bool = False, repeats: bool = False) -> Item:
    return Item(name, meaning, Form.DATE, is_required=required, repeats=repeats)


def _code(name: str, meaning: str, among: codes.CodeSet, *, required: bool = False, **more: Any) -> Item:
    return Item(name, meaning, Form.CODE, among, is_required=required, **more)


def _yes_no(name: str, meaning: str, *, required: bool = False) -> Item:
    return Item(name, meaning, Form.YES_NO, codes.YES_NO, is_required=required)


IDENTIFIERS = Module(
    "ChildIdentifiers",
    "Who the child is. The census holds no names and no addresses.",
    (
        Item("LAchildID", "the authority's own number for the child", Form.TEXT, is_required=True),
        Item("UPN", "unique pupil number", Form.UPN),
        Item("FormerUPN", "an earlier unique pupil number", Form.UPN),
        _code("UPNunknown", "why there is no pupil number", codes.UPN_UNKNOWN),
        _date("PersonBirthDate", "date of birth"),
        _date("ExpectedPersonBirthDate", "expected date of birth of an unborn child"),
        _code("GenderCurrent", "gender", codes.GENDER, required=True, until=2024),
        _code("Sex", "sex", codes.SEX, required=True, since=2025),
        _date("PersonDeathDate", "date of death"),
    ),
    is_required=True,
)

CHARACTERISTICS = Module(
    "ChildCharacteristics",
    "What the child is like.",
    (
        _code("Ethnicity", "ethnicity", codes.ETHNICITY, required=True),
        Module(
            "Disabilities",
            "The child's disabilities, or that there is none.",
            (_code("Disability", "one disability", codes.DISABILITY, required=True, repeats=True),),
        ),
    ),
    is_required=True,
)

ASSESSMENTS = Module(
    "Assessments",
    "An assessment under section 17.",
    (
        _date("AssessmentActualStartDate", "the day the assessment started", required=True),
        _date("AssessmentInternalReviewDate", "the day set for its internal review"),
        _date("AssessmentAuthorisationDate", "the day a manager authorised it, which ends it"),
        Module(
            "FactorsIdentifiedAtAssessment",
            "What the assessment found.",
            (_code("AssessmentFactors", "one factor", codes.FACTOR, required=True, repeats=True),),
        ),
    ),
    repeats=True,
)

CIN_PLANS = Module(
    "CINPlanDates",
    "A child in need plan.",
    (
        _date("CINPlanStartDate", "the day the plan started", required=True),
        _date("CINPlanEndDate", "the day it ended"),
    ),
    repeats=True,
    since=2022,
)

SECTION_47 = Module(
    "Section47",
    "A section 47 enquiry.",
    (
        _date("S47ActualStartDate", "the day the enquiry started", required=True),
        _date("InitialCPCtarget", "the day by which the initial conference was due"),
        _date("DateOfInitialCPC", "the day of the initial child protection conference"),
        _yes_no("ICPCnotRequired", "whether no conference was required", required=True),
    ),
    repeats=True,
)

PROTECTION_PLANS = Module(
    "ChildProtectionPlans",
    "A child protection plan.",
    (
        _date("CPPstartDate", "the day the plan started", required=True),
        _date("CPPendDate", "the day it ended"),
        _code("InitialCategoryOfAbuse", "category at first", codes.CATEGORY_OF_ABUSE, required=True),
        _code("LatestCategoryOfAbuse", "category at the latest", codes.CATEGORY_OF_ABUSE, required=True),
        Item("NumberOfPreviousCPP", "how many plans there were before", Form.COUNT, is_required=True),
        Module(
            "Reviews",
            "The plan's review conferences.",
            (_date("CPPreviewDate", "the day of one review", required=True, repeats=True),),
        ),
    ),
    repeats=True,
)

PRE_PROCEEDINGS = Module(
    "PreProceedingsandFGDM",
    "Pre-proceedings and family group decision making.",
    (
        _date("PPStartDate", "the day it was decided to begin pre-proceedings"),
        _date("LBPSentDate", "the day the letter before proceedings was sent"),
        _yes_no("FGDMMeetingOffer", "whether a family group decision-making meeting was offered"),
        _yes_no("FGDMMeetingFac", "whether such a meeting was held"),
        _date("InitialPPMeetingDate", "the day of the first pre-proceedings meeting"),
        Item("ReviewMeetingsCount", "how many review meetings followed", Form.COUNT),
        _date("StepDecisionDate", "the day it was decided to step up to court or down"),
        _code("PPOutcome", "outcome of pre-proceedings", codes.PRE_PROCEEDINGS_OUTCOME),
        _date("CourtAppDate", "the day the authority applied to court"),
        _date("LetterInitCPDate", "the day the parents were sent the letter of issue"),
    ),
    repeats=True,
    since=2026,
)

EPISODES = Module(
    "CINdetails",
    "One referral and the child in need episode that followed.",
    (
        _date("CINreferralDate", "the day of the referral", required=True),
        _code("ReferralSource", "who referred", codes.REFERRAL_SOURCE, required=True),
        _code("PrimaryNeedCode", "the child's primary need", codes.PRIMARY_NEED),
        _date("CINclosureDate", "the day the case was closed"),
        _code("ReasonForClosure", "why it was closed", codes.REASON_FOR_CLOSURE),
        _date("DateOfInitialCPC", "the day of an initial conference with no section 47 enquiry here"),
        ASSESSMENTS,
        CIN_PLANS,
        SECTION_47,
        _yes_no("ReferralNFA", "whether the referral led to no further action", required=True),
        PROTECTION_PLANS,
        PRE_PROCEEDINGS,
    ),
    is_required=True,
    repeats=True,
)

CHILD = Module("Child", "One child.", (IDENTIFIERS, CHARACTERISTICS, EPISODES))


class FaultKind(Code):
    MISSING = "missing", "A required element is missing"
    REPEATED = "repeated", "An element is there twice that may be there once"
    UNKNOWN = "unknown", "An element that the census has not"
    OTHER_YEAR = "other_year", "An element of another collection year"
    EMPTY = "empty", "An element without a value"
    DATE = "date", "Not a date"
    CODE = "code", "Not one of the codes"
    CODE_OF_OTHER_YEAR = "code_of_other_year", "A code of another collection year"
    TRUE_FALSE = "true_false", "true or false in place of 1 or 0"
    FORM = "form", "Not in the form asked for"
    MIXED = "mixed", "Text where elements belong, or elements where a value belongs"


@dataclass(frozen=True, slots=True)
class Fault:
    """One departure from the year's declaration: in which module, at which element, and the value there."""

    kind: FaultKind
    module: str
    element: str
    value: str = ""

    @property
    def where(self) -> str:
        return f"{self.module}/{self.element}" if self.element else self.module


@dataclass(frozen=True, slots=True)
class _Leaf:
    item: Item
    allowed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Shape:
    """A module as one year has it."""

    module: Module
    parts: Mapping[str, "Shape | _Leaf"]
    required: tuple[str, ...]
    repeating: frozenset[str]
    elsewhen: frozenset[str]  # names that other years have here


@cache
def shape_of(year: int) -> Shape:
    """What a collection asks for; years before the first and after the last are taken as those."""
    return _shape(CHILD, min(max(year, FIRST_YEAR), LAST_YEAR))


def _shape(module: Module, year: int) -> Shape:
    now = [part for part in module.parts if part.since <= year <= part.until]
    return Shape(
        module=module,
        parts={
            part.name: _shape(part, year)
            if isinstance(part, Module)
            else _Leaf(part, part.code_set.in_year(year) if part.code_set else frozenset())
            for part in now
        },
        required=tuple(part.name for part in now if part.is_required),
        repeating=frozenset(part.name for part in now if part.repeats),
        elsewhen=frozenset(part.name for part in module.parts) - {part.name for part in now},
    )


def faults_in(content: Mapping[str, Any], year: int) -> list[Fault]:
    """Every way in which one child's element departs from the declaration of its year."""
    return list(_faults(content, shape_of(year)))


def _faults(content: Mapping[str, Any], shape: Shape) -> Iterator[Fault]:
    module, parts = shape.module.name, shape.parts
    for name in shape.required:
        if name not in content:
            yield Fault(FaultKind.MISSING, module, name)
    for name, values in content.items():
        if name.startswith("@"):
            continue
        if name == TEXT:
            yield Fault(FaultKind.MIXED, module, "")
            continue
        part = parts.get(name)
        if part is None:
            known = name in shape.elsewhen
            yield Fault(FaultKind.OTHER_YEAR if known else FaultKind.UNKNOWN, module, name)
            continue
        if len(values) > 1 and name not in shape.repeating:
            yield Fault(FaultKind.REPEATED, module, name)
        if isinstance(part, Shape):
            for value in values:
                yield from _faults_of_module(value, part, module)
        else:
            for value in values:
                yield from _faults_of_value(value, part, module)


def _faults_of_module(value: object, shape: Shape, module: str) -> Iterator[Fault]:
    if isinstance(value, Mapping):
        yield from _faults(value, shape)
        return
    if isinstance(value, str) and value.strip():
        yield Fault(FaultKind.MIXED, module, shape.module.name)
    yield from _faults({}, shape)


def _faults_of_value(value: object, leaf: _Leaf, module: str) -> Iterator[Fault]:
    item = leaf.item
    if isinstance(value, Mapping) and all(name == TEXT or name.startswith("@") for name in value):
        value = value.get(TEXT, [""])[0]
    if not isinstance(value, str):
        yield Fault(FaultKind.MIXED, module, item.name)
        return
    if item.form is Form.TEXT or value in leaf.allowed:
        return
    text = value.strip()
    if not text:
        yield Fault(FaultKind.EMPTY, module, item.name)
    elif item.form is Form.DATE:
        if date_as_declared(text) is None:
            yield Fault(FaultKind.DATE, module, item.name, text)
    elif item.code_set is not None:
        if text not in leaf.allowed:
            yield Fault(_kind_of_code(text, item), module, item.name, text)
    elif not _FORMS[item.form].fullmatch(text):
        yield Fault(FaultKind.FORM, module, item.name, text)


def _kind_of_code(text: str, item: Item) -> FaultKind:
    if item.form is Form.YES_NO and text.lower() in codes.YES_NO_READ:
        return FaultKind.TRUE_FALSE
    known = item.code_set is not None and text in item.code_set.words
    return FaultKind.CODE_OF_OTHER_YEAR if known else FaultKind.CODE


_FORMS = {
    Form.UPN: re.compile(r"[A-Za-z][0-9]{11}[0-9A-Za-z]"),
    Form.COUNT: re.compile(r"\+?[0-9]+|-0+"),
}
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?")


@lru_cache(maxsize=65536)
def date_as_declared(text: str) -> date | None:
    """The day of an XML date, which may carry a time zone; None where it is none."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return date.fromisoformat(match[1])
    except ValueError:
        return None
