"""Children of the census, made of nested content as the reader yields it, or of XML elements."""

from copy import deepcopy
from datetime import date
from typing import Any

from lxml import etree

from sightline.intake.declaration import Header, Judged, RawRecord
from sightline.intake.formats.cin_census import FORMAT, schema
from sightline.vocabulary.findings import Place

AS_OF = date(2026, 11, 23)
A_VALUE = {
    schema.Form.TEXT: "EXAMPLE1",
    schema.Form.DATE: "2020-10-07",
    schema.Form.UPN: "D201000118001",
    schema.Form.COUNT: "1",
}


def an_element_of_everything(year: int) -> Any:
    """A Child with every element that our declaration has for the year, each once, in its order."""
    return _element(schema.CHILD, year)


def _element(module: schema.Module, year: int) -> Any:
    made = etree.Element(module.name)
    for part in module.parts:
        if part.since <= year <= part.until:
            if isinstance(part, schema.Module):
                made.append(_element(part, year))
            else:
                codes = sorted(part.code_set.in_year(year)) if part.code_set else [A_VALUE[part.form]]
                etree.SubElement(made, part.name).text = codes[0]
    return made


def a_message(child: Any) -> Any:
    """A file of this one child."""
    message = etree.Element("Message")
    etree.SubElement(message, "Children").append(child)
    return message


def a_child(*, of: int = 2023, **identifiers: str) -> dict[str, Any]:
    """A child with nothing wrong, in the census of the year: one referral, assessed and closed."""
    sex = {"Sex": ["F"]} if of >= 2025 else {"GenderCurrent": ["2"]}
    content: dict[str, Any] = {
        "ChildIdentifiers": [
            {
                "LAchildID": ["EXAMPLE1"],
                "UPN": ["D201000118001"],
                "PersonBirthDate": [f"{of - 9}-05-17"],
                **sex,
            }
        ],
        "ChildCharacteristics": [{"Ethnicity": ["MWBC"], "Disabilities": [{"Disability": ["NONE"]}]}],
        "CINdetails": [an_episode(of=of)],
    }
    put(content["ChildIdentifiers"][0], identifiers)
    return content


def an_unborn_child(expected: str, *, of: int = 2023, **identifiers: str) -> dict[str, Any]:
    child = a_child(of=of, PersonBirthDate="", UPN="", ExpectedPersonBirthDate=expected, **identifiers)
    del child["ChildCharacteristics"][0]["Disabilities"]
    return child


def with_disabilities(*codes: str) -> dict[str, Any]:
    child = a_child()
    child["ChildCharacteristics"][0]["Disabilities"] = [{"Disability": list(codes)}] if codes else []
    return child


def an_episode(*, of: int = 2023, **changes: Any) -> dict[str, Any]:
    """Referred on 14 September, assessed by 20 October, closed on 30 November without further action."""
    year = of - 1
    episode: dict[str, Any] = {
        "CINreferralDate": [f"{year}-09-14"],
        "ReferralSource": ["2A"],
        "PrimaryNeedCode": ["N1"],
        "CINclosureDate": [f"{year}-11-30"],
        "ReasonForClosure": ["RC7"],
        "Assessments": [an_assessment(f"{year}-09-15", f"{year}-10-20")],
        "ReferralNFA": ["0"],
    }
    put(episode, changes)
    return episode


def an_assessment(started: str, ended: str = "", *factors: str) -> dict[str, Any]:
    made: dict[str, Any] = {"AssessmentActualStartDate": [started]}
    if ended:
        made["AssessmentAuthorisationDate"] = [ended]
        made["FactorsIdentifiedAtAssessment"] = [{"AssessmentFactors": list(factors or ("3B",))}]
    elif factors:
        made["FactorsIdentifiedAtAssessment"] = [{"AssessmentFactors": list(factors)}]
    return made


def an_enquiry(
    started: str, conference: str = "", *, not_required: str = "0", target: str = ""
) -> dict[str, Any]:
    made = {"S47ActualStartDate": [started], "ICPCnotRequired": [not_required]}
    put(made, {"DateOfInitialCPC": conference, "InitialCPCtarget": target})
    return made


def a_need_plan(started: str, ended: str = "") -> dict[str, Any]:
    made = {"CINPlanStartDate": [started]}
    put(made, {"CINPlanEndDate": ended})
    return made


def a_protection_plan(started: str, ended: str = "", *reviews: str, **changes: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "CPPstartDate": [started],
        "InitialCategoryOfAbuse": ["NEG"],
        "LatestCategoryOfAbuse": ["NEG"],
        "NumberOfPreviousCPP": ["0"],
    }
    if reviews:
        made["Reviews"] = [{"CPPreviewDate": list(reviews)}]
    put(made, {"CPPendDate": ended} | changes)
    return made


def put(content: dict[str, Any], changes: dict[str, Any]) -> None:
    """Sets elements by name; an empty text takes the element out, a list stands as it is."""
    for name, value in changes.items():
        if value == "":
            content.pop(name, None)
        else:
            content[name] = value if isinstance(value, list) else [value]


def judged(content: dict[str, Any], *, of: int = 2023, line: int = 20, as_of: date = AS_OF) -> Judged:
    raw = RawRecord(Place("census.xml", line), "Child", deepcopy(content))
    return FORMAT.judge(raw, Header(sender="201", collection=str(of)), as_of)


def rules_broken(content: dict[str, Any], *, of: int = 2023) -> set[str]:
    return {finding.rule for finding in judged(content, of=of).findings}
