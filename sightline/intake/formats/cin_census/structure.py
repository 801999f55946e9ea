"""What a departure from the year's declaration is called: a department's rule where it has one, else ours."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sightline.intake.declaration import Rule
from sightline.intake.formats.cin_census import schema
from sightline.intake.formats.cin_census.reading import Census, Doubt
from sightline.intake.formats.cin_census.rules import department_rule
from sightline.intake.formats.cin_census.schema import Fault, FaultKind
from sightline.vocabulary.findings import Finding, Place, Severity

_SOURCE = "Our own declaration of the department's yearly schema for the children in need census"


def _own(name: str, sentence: str) -> Rule:
    return Rule(f"cin.{name}", Severity.WARNING, sentence, source=_SOURCE)


NO_RECORD_ID = department_rule(
    "8500",
    "The child has no LAchildID, so nothing can be kept for it. Give the authority's own number for "
    "the child.",
    severity=Severity.ERROR,
)

GENERAL: Mapping[FaultKind, Rule] = MappingProxyType(
    {
        FaultKind.MISSING: _own(
            "missing", "{element} is missing; the census of {year} asks for one in each {module}."
        ),
        FaultKind.REPEATED: _own(
            "repeated", "{element} is there more than once and may be there once only. The first was read."
        ),
        FaultKind.UNKNOWN: _own(
            "unknown-element", "{module} holds an element that the census has not. It was not read."
        ),
        FaultKind.OTHER_YEAR: _own(
            "other-year",
            "{element} belongs to another collection than that of {year}. It was read all the same; "
            "check the year in the header.",
        ),
        FaultKind.EMPTY: _own("empty", "{element} is there without a value. Fill it or leave it out."),
        FaultKind.DATE: _own("date", "{element} is not a day of the calendar written as YYYY-MM-DD."),
        FaultKind.CODE: _own("code", "{element} {problem}. It was left out."),
        FaultKind.CODE_OF_OTHER_YEAR: _own("code-of-other-year", "{element} {problem}. It was read."),
        FaultKind.TRUE_FALSE: _own(
            "true-false", "{element} says true or false in words; the census wants 1 or 0. It was read."
        ),
        FaultKind.FORM: _own("form", "{element} is not in the form asked for: {form}."),
        FaultKind.MIXED: _own(
            "mixed", "{element} holds text where elements belong, or elements where a value belongs."
        ),
    }
)

IN_DOUBT = _own("date-in-doubt", "{sentence} The date was left out.")

NUMBERED: Mapping[str, Rule] = MappingProxyType(
    {
        "ChildIdentifiers/LAchildID": NO_RECORD_ID,
        "ChildIdentifiers/GenderCurrent": department_rule(
            "4180", "GenderCurrent {problem}: give 1 (male), 2 (female), 0 (not recorded, unborn) or 9."
        ),
        "ChildIdentifiers/Sex": department_rule(
            "4180", "Sex {problem}: give M, F or U (not known, unborn).", since=2025
        ),
        "ChildCharacteristics/Ethnicity": department_rule(
            "4220", "Ethnicity {problem}: give a code of the department's, REFU or NOBT."
        ),
        "Disabilities/Disability": department_rule(
            "8540", "Disability {problem}: give every disability by its code, or NONE."
        ),
        "Child/CINdetails": department_rule(
            "8590",
            "The child has no CINdetails, so no referral and no episode. Add them, or leave the child out.",
        ),
        "CINdetails/CINreferralDate": department_rule("8600", "The referral date {problem}."),
        "CINdetails/ReferralSource": department_rule(
            "8866", "ReferralSource {problem}: say who referred, or 10 for not known."
        ),
        "CINdetails/PrimaryNeedCode": department_rule("8650", "PrimaryNeedCode {problem}: N0 to N9."),
        "CINdetails/ReasonForClosure": department_rule("8640", "ReasonForClosure {problem}."),
        "CINdetails/ReferralNFA": department_rule(
            "8568", "ReferralNFA {problem}: 1 where the referral led to no further action, else 0."
        ),
        "CINPlanDates/CINPlanStartDate": department_rule("4010", "The plan's start date {problem}."),
        "ChildProtectionPlans/CPPstartDate": department_rule("8720", "The plan's start date {problem}."),
        "ChildProtectionPlans/InitialCategoryOfAbuse": department_rule(
            "8905", "InitialCategoryOfAbuse {problem}: NEG, PHY, SAB, EMO or MUL."
        ),
        "ChildProtectionPlans/LatestCategoryOfAbuse": department_rule(
            "8910", "LatestCategoryOfAbuse {problem}: NEG, PHY, SAB, EMO or MUL."
        ),
        "ChildProtectionPlans/NumberOfPreviousCPP": department_rule(
            "8730", "NumberOfPreviousCPP {problem}: give 0 where there was no plan before."
        ),
        "Reviews/CPPreviewDate": department_rule(
            "8842Q", "A review conference's date {problem}: give it, or leave the review out."
        ),
        "PreProceedingsandFGDM/PPOutcome": department_rule(
            "9011", "PPOutcome {problem}: A, B or C.", since=2026
        ),
    }
)
"""Where the department's list speaks of an element that is missing or holds a wrong value."""

_NOT_NUMBERED = frozenset((FaultKind.REPEATED, FaultKind.OTHER_YEAR, FaultKind.TRUE_FALSE, FaultKind.MIXED))
_JUDGED_BY_RULES = frozenset(("ChildIdentifiers/UPN", "ChildIdentifiers/FormerUPN"))
_REPLACED = {"ChildIdentifiers/GenderCurrent": "ChildIdentifiers/Sex"}
_REPLACED |= {new: old for old, new in _REPLACED.items()}
_A_CODE = re.compile(r"[A-Za-z0-9]{1,4}")


def structural_rules() -> tuple[Rule, ...]:
    return (*GENERAL.values(), IN_DOUBT, *NUMBERED.values())


def findings_of(
    faults: list[Fault], census: Census, place: Place, *, has_record_id: bool
) -> Iterator[Finding]:
    """What is said of the faults. One cause is said once, where two faults come of it."""
    of_other_years = {fault.where for fault in faults if fault.kind is FaultKind.OTHER_YEAR}
    for fault in faults:
        where = fault.where
        if fault.kind is FaultKind.MISSING and _REPLACED.get(where) in of_other_years:
            continue  # the other year's element stands in its place, which is said
        if fault.kind is FaultKind.FORM and where in _JUDGED_BY_RULES:
            continue
        numbered = None if fault.kind in _NOT_NUMBERED else NUMBERED.get(where)
        if numbered is NO_RECORD_ID and has_record_id:
            numbered = None  # a second ChildIdentifiers lacks what the first has
        rule = numbered or GENERAL[fault.kind]
        yield rule.at(
            Place(place.file, place.line, where),
            element=fault.element or fault.module,
            module=fault.module,
            year=census.year,
            problem=_problem(fault, census),
            form=_form_of(fault),
        )


def findings_of_doubts(doubts: tuple[Doubt, ...], place: Place) -> Iterator[Finding]:
    for doubt in doubts:
        yield IN_DOUBT.at(Place(place.file, place.line, doubt.where), sentence=doubt.sentence)


def _problem(fault: Fault, census: Census) -> str:
    """The fault as the predicate of a sentence. A value is shown only where it looks like a code."""
    if fault.kind is FaultKind.MISSING:
        return "is missing"
    if fault.kind is FaultKind.EMPTY:
        return "is empty"
    if fault.kind is FaultKind.DATE:
        return "is not a day of the calendar written as YYYY-MM-DD"
    if fault.kind is FaultKind.FORM:
        return "is not in the form asked for"
    shown = f"“{fault.value}”" if _A_CODE.fullmatch(fault.value) else "something that is no code"
    if fault.kind is FaultKind.CODE_OF_OTHER_YEAR:
        return f"is {shown}, which is a code of another collection than that of {census.year}"
    return f"is {shown}, which is not one of the codes of {census.year}"


def _form_of(fault: Fault) -> str:
    return {
        "UPN": schema.Form.UPN.label,
        "FormerUPN": schema.Form.UPN.label,
        "NumberOfPreviousCPP": schema.Form.COUNT.label,
        "ReviewMeetingsCount": schema.Form.COUNT.label,
    }.get(fault.element, "")
