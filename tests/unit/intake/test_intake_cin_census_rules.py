"""Each rule of the census: a child that breaks it, and the child nearest to that who does not.

The base child (`a_child`) breaks nothing: born in May nine years before the census, referred on 14 September,
assessed from 15 September to 20 October, closed on 30 November; the census of 2023 ends on 31 March 2023.
"""

import csv
from typing import Any, NamedTuple

import pytest
from census_children import (
    a_child,
    a_need_plan,
    a_protection_plan,
    an_assessment,
    an_enquiry,
    an_episode,
    an_unborn_child,
    judged,
    rules_broken,
    with_disabilities,
)
from shared_data import shared_data

from sightline.intake.formats.cin_census import CHECKS, FORMAT


class Case(NamedTuple):
    rule: str
    broken: dict[str, Any]
    kept: dict[str, Any]
    year: int = 2023


def born(**identifiers: str) -> dict[str, Any]:
    return a_child(**identifiers)


def new(**identifiers: str) -> dict[str, Any]:
    """In the census of 2025."""
    return a_child(of=2025, **identifiers)


def with_ethnicity(code: str) -> dict[str, Any]:
    child = a_child()
    child["ChildCharacteristics"][0]["Ethnicity"] = [code]
    return child


def referred(of: int = 2023, **changes: Any) -> dict[str, Any]:
    """The base child with its one episode changed."""
    return {**a_child(of=of), "CINdetails": [an_episode(of=of, **changes)]}


def episodes(*several: dict[str, Any], **identifiers: str) -> dict[str, Any]:
    return {**a_child(**identifiers), "CINdetails": list(several)}


def open_case(**changes: Any) -> dict[str, Any]:
    """The base child with its episode open."""
    return referred(**{"CINclosureDate": "", "ReasonForClosure": ""} | changes)


def assessed(*assessments: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return open_case(Assessments=list(assessments), **changes)


def enquired(*enquiries: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return open_case(Section47=list(enquiries), **changes)


def planned(*plans: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return open_case(CINPlanDates=list(plans), **changes)


def protected(*plans: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """With an initial conference on the day that the first plan starts."""
    first = plans[0]["CPPstartDate"][0]
    return open_case(ChildProtectionPlans=list(plans), **{"DateOfInitialCPC": first} | changes)


def in_proceedings(**steps: str) -> dict[str, Any]:
    begun = {"PPStartDate": "2026-01-12"} | steps
    module = {name: [value] for name, value in begun.items() if value}
    return referred(of=2026, CINclosureDate="", ReasonForClosure="", PreProceedingsandFGDM=[module])


def an_earlier_episode(**changes: Any) -> dict[str, Any]:
    """Referred on 11 April, closed on 30 June."""
    spring = {
        "CINreferralDate": "2022-04-11",
        "CINclosureDate": "2022-06-30",
        "Assessments": [an_assessment("2022-04-12", "2022-05-10")],
    }
    return an_episode(**spring | changes)


OF_A_DEAD_CHILD = born(PersonDeathDate="2022-10-01")["ChildIdentifiers"]
CLOSED_BY_DEATH = {"ReasonForClosure": "RC2", "CINclosureDate": "2022-10-03", "Assessments": []}

CASES = (
    # Who the child is.
    Case("1510", born(UPN="A201000118001"), born(UPN="D201000118001")),
    Case("1540", born(UPN="D2010001180X1"), born(UPN="d201000118001")),
    Case("1540", born(UPN="D20100011800"), born(UPN="D201000118001")),
    Case("1540", born(UPN="D2X1000118001"), born(UPN="D201000118001")),
    Case("1550", born(UPN="D20100011800I"), born(UPN="A20100011900A")),
    Case("1560Q", born(FormerUPN="X98765432123B"), born(FormerUPN="A20100011900A")),
    Case("1570", new(LAchildID="X" * 21), new(LAchildID="X" * 20), 2025),
    Case("1580", new(LAchildID="AB-12"), new(LAchildID="AB12"), 2025),
    Case("4180", born(GenderCurrent=""), born(GenderCurrent="9")),
    Case("4180", born(GenderCurrent="F"), born(GenderCurrent="0")),
    Case("4180-2025", new(Sex="2"), new(Sex="U"), 2025),
    Case("4220", with_ethnicity("WXYZ"), with_ethnicity("REFU")),
    Case("4220", with_ethnicity(""), with_ethnicity("NOBT")),
    Case("8520", born(PersonBirthDate="2023-04-01"), born(PersonBirthDate="2023-03-31")),
    Case("8525Q", born(ExpectedPersonBirthDate="2023-05-01"), an_unborn_child("2023-05-01")),
    Case("8525Q", born(PersonBirthDate=""), born()),
    Case("8530Q", an_unborn_child("2023-02-28"), an_unborn_child("2023-03-01")),
    Case("8530Q", an_unborn_child("2024-01-01"), an_unborn_child("2023-12-31")),
    Case("8535Q", born(PersonDeathDate="2014-05-16"), born(PersonDeathDate="2014-05-17")),
    Case("8540", with_disabilities("DEAF"), with_disabilities("HEAR")),
    Case("8540", with_disabilities(), an_unborn_child("2023-05-01")),
    Case("8545Q", born(PersonDeathDate="2022-03-31"), born(PersonDeathDate="2022-04-01")),
    Case("8545Q", born(PersonDeathDate="2023-04-01"), born(PersonDeathDate="2023-03-31")),
    Case("8606", born(PersonBirthDate="2023-06-22"), born(PersonBirthDate="2023-06-21")),
    Case("8606", an_unborn_child("2023-06-22"), an_unborn_child("2023-06-21")),
    Case(
        "8750",
        an_unborn_child("2023-05-01", GenderCurrent="1"),
        an_unborn_child("2023-05-01", GenderCurrent="0"),
    ),
    Case(
        "8750-2025",
        an_unborn_child("2025-05-01", of=2025),
        an_unborn_child("2025-05-01", of=2025, Sex="U"),
        2025,
    ),
    Case(
        "8770Q",
        born(PersonBirthDate="2017-03-31", UPN=""),
        born(PersonBirthDate="2017-04-01", UPN=""),
    ),
    Case("8770Q", born(UPN="", UPNunknown="UN1"), born(UPN="", UPNunknown="UN2")),
    Case(
        "8770Q-2025",
        new(PersonBirthDate="2021-08-31", UPN=""),
        new(PersonBirthDate="2021-09-01", UPN=""),
        2025,
    ),
    Case("8770Q-2025", new(UPN="", UPNunknown="UN1"), new(UPN="", UPNunknown="UN6"), 2025),
    Case("8772", born(UPN="", UPNunknown="UN7"), born(UPN="", UPNunknown="UN5")),
    Case(
        "8775Q",
        {**open_case(), "ChildIdentifiers": born(PersonBirthDate="1998-03-30")["ChildIdentifiers"]},
        {**open_case(), "ChildIdentifiers": born(PersonBirthDate="1998-03-31")["ChildIdentifiers"]},
    ),
    Case("8790", with_disabilities("NONE", "LD"), with_disabilities("LD", "AUT")),
    Case("8794", with_disabilities("LD", "LD"), with_disabilities("LD", "VIS")),
    # Referrals and episodes.
    Case("8590", {**a_child(), "CINdetails": []} | {}, a_child()),
    Case("8568", referred(ReferralNFA="no"), referred(ReferralNFA="0")),
    Case("8555Q", {**born(PersonDeathDate="2022-09-13")}, born(PersonDeathDate="2022-09-14")),
    Case(
        "8569Q",
        referred(CINreferralDate="2022-03-30", ReferralNFA="1", Assessments=[]),
        referred(CINreferralDate="2022-03-31", ReferralNFA="1", Assessments=[]),
    ),
    Case(
        "8585Q",
        referred(**CLOSED_BY_DEATH),
        {**referred(**CLOSED_BY_DEATH), "ChildIdentifiers": OF_A_DEAD_CHILD},
    ),
    Case("8600", referred(CINreferralDate="2023-04-01"), referred(CINreferralDate="2023-03-31")),
    Case("8600", referred(CINreferralDate=""), a_child()),
    Case("8610", referred(PrimaryNeedCode=""), referred(PrimaryNeedCode="", ReferralNFA="1")),
    Case("8620", referred(CINclosureDate="2023-04-01"), referred(CINclosureDate="2023-03-31")),
    Case("8630", referred(CINclosureDate="2022-09-13"), referred(CINclosureDate="2022-09-14")),
    Case("8640", referred(ReasonForClosure="RC10"), referred(ReasonForClosure="RC6")),
    Case("8650", referred(PrimaryNeedCode="N10"), referred(PrimaryNeedCode="N0")),
    Case("8805", referred(ReasonForClosure=""), a_child()),
    Case("8810", referred(CINclosureDate=""), open_case()),
    Case(
        "8815",
        episodes(an_earlier_episode(CINclosureDate=""), an_episode(CINclosureDate="")),
        episodes(an_earlier_episode(), an_episode(CINclosureDate="")),
    ),
    Case(
        "8816",
        episodes(an_earlier_episode(CINclosureDate=""), an_episode()),
        episodes(an_earlier_episode(), an_episode(CINclosureDate="")),
    ),
    Case(
        "8820",
        episodes(an_earlier_episode(CINclosureDate="2022-09-15"), an_episode()),
        episodes(an_earlier_episode(CINclosureDate="2022-09-14"), an_episode()),
    ),
    Case("8820", episodes(an_episode(), an_episode()), episodes(an_episode())),
    Case(
        "8825Q",
        referred(ReasonForClosure="RC9", Assessments=[]),
        referred(ReasonForClosure="RC9"),
    ),
    Case("8866", referred(ReferralSource="11"), referred(ReferralSource="5D")),
    Case("8866", referred(ReferralSource=""), referred(ReferralSource="10")),
    Case(
        "2990",
        referred(ReasonForClosure="RC8", CINPlanDates=[a_need_plan("2022-10-21", "2022-11-30")]),
        referred(ReasonForClosure="RC7", CINPlanDates=[a_need_plan("2022-10-21", "2022-11-30")]),
    ),
    Case(
        "2991Q",
        referred(Section47=[an_enquiry("2022-09-20", not_required="1")], Assessments=[]),
        referred(Section47=[an_enquiry("2022-09-20", not_required="1")]),
    ),
    Case("8831", referred(ReferralNFA="1"), referred(ReferralNFA="1", Assessments=[])),
    Case(
        "8832",
        protected(a_protection_plan("2022-10-06"), ReferralNFA="1"),
        protected(a_protection_plan("2022-10-06")),
    ),
    Case("4000", planned(a_need_plan("2022-10-06"), ReferralNFA="1"), planned(a_need_plan("2022-10-06"))),
    Case(
        "8565",
        referred(Assessments=[an_assessment("2022-09-15", "2022-12-01")]),
        referred(Assessments=[an_assessment("2022-09-15", "2022-11-30")]),
    ),
    Case(
        "8565",
        referred(ChildProtectionPlans=[a_protection_plan("2022-10-06", "2022-12-01")]),
        referred(ChildProtectionPlans=[a_protection_plan("2022-10-06", "2022-11-30")]),
    ),
    Case("8565", referred(DateOfInitialCPC="2022-12-01"), referred(DateOfInitialCPC="2022-11-30")),
    Case("8867", referred(Assessments=[an_assessment("2022-09-15")]), a_child()),
    Case(
        "8868",
        referred(Section47=[an_enquiry("2022-09-20")]),
        referred(Section47=[an_enquiry("2022-09-20", not_required="1")]),
    ),
    # Assessments.
    Case("1103", assessed(an_assessment("2022-09-13")), assessed(an_assessment("2022-09-14"))),
    Case(
        "8608",
        assessed(an_assessment("2022-10-21", "2022-10-20")),
        assessed(an_assessment("2022-10-20", "2022-10-20")),
    ),
    Case("8614", assessed(an_assessment("2023-03-01", "", "3B")), assessed(an_assessment("2023-03-01"))),
    Case(
        "8670Q",
        assessed(an_assessment("2023-01-26")),
        assessed(an_assessment("2023-01-27")),
    ),
    Case(
        "8696",
        assessed(an_assessment("2022-09-15", "2023-04-01")),
        assessed(an_assessment("2022-09-15", "2023-03-31")),
    ),
    Case("8736", assessed(an_assessment("2022-03-31")), assessed(an_assessment("2022-04-01"))),
    Case(
        "8863Q",
        assessed(an_assessment("2022-09-15", "2022-10-20"), an_assessment("2022-10-20", "2022-11-01")),
        assessed(an_assessment("2022-09-15", "2022-10-20"), an_assessment("2022-10-21", "2022-11-01")),
    ),
    Case(
        "8869",
        assessed(an_assessment("2022-09-15", "2022-10-20", "21", "3B")),
        assessed(an_assessment("2022-09-15", "2022-10-20", "20", "3B")),
    ),
    Case(
        "8873Q",
        referred(Assessments=[an_assessment("2022-09-15", "2022-10-20", "21")]),
        referred(Assessments=[an_assessment("2022-09-15", "2022-10-20", "21")], ReasonForClosure="RC9"),
    ),
    Case(
        "8896",
        assessed(an_assessment("2023-03-01"), an_assessment("2023-03-02")),
        assessed(an_assessment("2022-09-15", "2022-10-20"), an_assessment("2023-03-02")),
    ),
    Case(
        "8897Q",
        assessed(
            {"AssessmentActualStartDate": ["2022-09-15"], "AssessmentAuthorisationDate": ["2022-10-20"]}
        ),
        a_child(),
    ),
    Case(
        "8898",
        assessed(an_assessment("2022-09-15", "2022-10-20", "3B", "3B")),
        assessed(an_assessment("2022-09-15", "2022-10-20", "3B", "3A")),
    ),
    Case(
        "8945Q",
        referred(of=2025, Assessments=[an_assessment("2024-09-15", "2024-10-20", "18A")]),
        referred(of=2025, Assessments=[an_assessment("2024-09-15", "2024-10-20", "18B")]),
        2025,
    ),
    Case(
        "8950Q",
        referred(of=2025, Assessments=[an_assessment("2024-09-15", "2024-10-20", "19A")]),
        referred(of=2025, Assessments=[an_assessment("2024-09-15", "2024-10-20", "19C")]),
        2025,
    ),
    # Section 47 enquiries and conferences.
    Case("2889", enquired(an_enquiry("2022-09-13")), enquired(an_enquiry("2022-09-14"))),
    Case(
        "1104",
        enquired(an_enquiry("2022-09-14", "2022-09-13")),
        enquired(an_enquiry("2022-09-14", "2022-09-14")),
    ),
    Case("1104", open_case(DateOfInitialCPC="2022-09-13"), open_case(DateOfInitialCPC="2022-09-14")),
    Case(
        "2884",
        enquired(an_enquiry("2022-09-20", "2022-10-06"), DateOfInitialCPC="2022-10-06"),
        enquired(an_enquiry("2022-09-20", "2022-10-06"), DateOfInitialCPC="2022-12-06"),
    ),
    Case(
        "8615",
        enquired(an_enquiry("2022-10-07", "2022-10-06")),
        enquired(an_enquiry("2022-10-06", "2022-10-06")),
    ),
    Case("8675Q", enquired(an_enquiry("2023-03-09")), enquired(an_enquiry("2023-03-10"))),
    Case("8715", open_case(DateOfInitialCPC="2023-04-03"), open_case(DateOfInitialCPC="2023-03-31")),
    Case("8740", enquired(an_enquiry("2022-03-31")), enquired(an_enquiry("2022-03-31", not_required="1"))),
    Case(
        "8839",
        enquired(an_enquiry("2023-03-20"), an_enquiry("2023-03-21")),
        enquired(an_enquiry("2023-03-20", not_required="1"), an_enquiry("2023-03-21")),
    ),
    Case(
        "8870Q",
        enquired(an_enquiry("2022-09-20", target="2022-10-08")),
        enquired(an_enquiry("2022-09-20", target="2022-10-07")),
    ),
    Case("8875", open_case(DateOfInitialCPC="2022-10-08"), open_case(DateOfInitialCPC="2022-10-07")),
    Case(
        "8890",
        enquired(an_enquiry("2022-09-20", "2022-10-06"), an_enquiry("2022-10-06", "2022-10-20")),
        enquired(an_enquiry("2022-09-20", "2022-10-06"), an_enquiry("2022-10-07", "2022-10-20")),
    ),
    # Child in need plans.
    Case(
        "4001",
        protected(a_protection_plan("2022-10-06"), CINPlanDates=[a_need_plan("2022-09-21")]),
        protected(a_protection_plan("2022-10-06"), CINPlanDates=[a_need_plan("2022-09-21", "2022-10-06")]),
    ),
    Case(
        "4003",
        protected(
            a_protection_plan("2022-10-06", "", "2022-12-05"),
            CINPlanDates=[a_need_plan("2022-12-05", "2022-12-09")],
        ),
        protected(
            a_protection_plan("2022-10-06", "2022-12-05", "2022-12-05"),
            CINPlanDates=[a_need_plan("2022-12-05", "2022-12-09")],
        ),
    ),
    Case(
        "4004",
        planned(a_need_plan("2022-10-06"), a_need_plan("2022-12-06")),
        planned(a_need_plan("2022-10-06", "2022-12-06"), a_need_plan("2022-12-06")),
    ),
    Case(
        "4008",
        {**planned(a_need_plan("2022-10-02")), "ChildIdentifiers": OF_A_DEAD_CHILD},
        {**planned(a_need_plan("2022-10-01")), "ChildIdentifiers": OF_A_DEAD_CHILD},
    ),
    Case(
        "4009Q",
        {**planned(a_need_plan("2022-09-21", "2022-10-02")), "ChildIdentifiers": OF_A_DEAD_CHILD},
        {**planned(a_need_plan("2022-09-21", "2022-10-01")), "ChildIdentifiers": OF_A_DEAD_CHILD},
    ),
    Case("4010", planned(a_need_plan("2023-04-01")), planned(a_need_plan("2023-03-31"))),
    Case(
        "4011",
        planned(a_need_plan("2022-10-06", "2022-10-05")),
        planned(a_need_plan("2022-10-06", "2022-10-07")),
    ),
    Case(
        "4012Q",
        planned(a_need_plan("2022-10-06", "2022-10-06")),
        planned(a_need_plan("2022-10-06", "2022-10-07")),
    ),
    Case(
        "4013",
        planned(a_need_plan("2022-10-06", "2023-04-01")),
        planned(a_need_plan("2022-10-06", "2023-03-31")),
    ),
    Case(
        "4014",
        planned(a_need_plan("2022-10-06", "2022-12-06"), a_need_plan("2022-12-05", "2023-01-05")),
        planned(a_need_plan("2022-10-06", "2022-12-06"), a_need_plan("2022-12-06", "2023-01-05")),
    ),
    Case("4015", planned(a_need_plan("2022-09-13")), planned(a_need_plan("2022-09-14"))),
    Case(
        "4016",
        protected(a_protection_plan("2022-10-06", "2022-12-06"), CINPlanDates=[a_need_plan("2022-12-05")]),
        protected(a_protection_plan("2022-10-06", "2022-12-06"), CINPlanDates=[a_need_plan("2022-12-06")]),
    ),
    Case(
        "4017",
        protected(a_protection_plan("2022-10-06"), CINPlanDates=[a_need_plan("2022-09-21", "2022-10-07")]),
        protected(a_protection_plan("2022-10-06"), CINPlanDates=[a_need_plan("2022-09-21", "2022-10-06")]),
    ),
    # Child protection plans.
    Case("1105", protected(a_protection_plan("2022-09-13")), protected(a_protection_plan("2022-09-14"))),
    Case(
        "2885",
        protected(a_protection_plan("2022-10-06"), DateOfInitialCPC="2022-10-05"),
        protected(
            a_protection_plan("2022-10-06"),
            DateOfInitialCPC="",
            Section47=[an_enquiry("2022-09-20", "2022-10-06")],
        ),
    ),
    Case("8720", protected(a_protection_plan("2023-04-03")), protected(a_protection_plan("2023-03-31"))),
    Case("8720", protected({**a_protection_plan("2022-10-06")} | {"CPPstartDate": [""]}), a_child()),
    Case(
        "8730",
        protected(a_protection_plan("2022-10-06", NumberOfPreviousCPP="")),
        protected(a_protection_plan("2022-10-06", NumberOfPreviousCPP="0")),
    ),
    Case(
        "8840",
        protected(a_protection_plan("2022-10-06", "2022-10-06")),
        protected(a_protection_plan("2022-10-06", "2022-10-07")),
    ),
    Case(
        "8841",
        protected(a_protection_plan("2022-10-06", "", "2022-10-06")),
        protected(a_protection_plan("2022-10-06", "", "2022-10-07")),
    ),
    Case(
        "8842Q",
        protected(a_protection_plan("2022-10-06") | {"Reviews": [{}]}),
        protected(a_protection_plan("2022-10-06", "", "2022-12-06")),
    ),
    Case("8905", protected(a_protection_plan("2022-10-06", InitialCategoryOfAbuse="")), a_child()),
    Case("8910", protected(a_protection_plan("2022-10-06", LatestCategoryOfAbuse="XXX")), a_child()),
    Case(
        "8915",
        {**protected(a_protection_plan("2022-10-03")), "ChildIdentifiers": OF_A_DEAD_CHILD},
        {**protected(a_protection_plan("2022-09-30")), "ChildIdentifiers": OF_A_DEAD_CHILD},
    ),
    Case(
        "8920",
        {**protected(a_protection_plan("2022-09-30", "2022-10-02")), "ChildIdentifiers": OF_A_DEAD_CHILD},
        {**protected(a_protection_plan("2022-09-30", "2022-10-01")), "ChildIdentifiers": OF_A_DEAD_CHILD},
    ),
    Case(
        "8925",
        protected(a_protection_plan("2022-10-06", "2022-10-05")),
        protected(a_protection_plan("2022-10-06", "2022-10-07")),
    ),
    Case(
        "8930",
        protected(a_protection_plan("2022-10-06", "2023-04-01")),
        protected(a_protection_plan("2022-10-06", "2023-03-31")),
    ),
    Case(
        "8935",
        protected(a_protection_plan("2022-10-06"), a_protection_plan("2022-12-06")),
        protected(a_protection_plan("2022-10-06", "2022-12-05"), a_protection_plan("2022-12-06")),
    ),
    Case(
        "8940",
        protected(a_protection_plan("2022-10-06", "2022-12-06"), a_protection_plan("2022-12-06")),
        protected(a_protection_plan("2022-10-06", "2022-12-05"), a_protection_plan("2022-12-06")),
    ),
    # Pre-proceedings.
    Case("9005", in_proceedings(PPStartDate="2025-03-31"), in_proceedings(PPStartDate="2025-04-01"), 2026),
    Case("9006", in_proceedings(LBPSentDate="2026-01-11"), in_proceedings(LBPSentDate="2026-01-12"), 2026),
    Case("9006", in_proceedings(LBPSentDate="2026-04-01"), in_proceedings(LBPSentDate="2026-03-31"), 2026),
    Case(
        "9007",
        in_proceedings(LBPSentDate="2026-01-19"),
        in_proceedings(LBPSentDate="2026-01-19", FGDMMeetingOffer="0"),
        2026,
    ),
    Case(
        "9008",
        in_proceedings(InitialPPMeetingDate="2026-04-01"),
        in_proceedings(InitialPPMeetingDate="2026-03-31"),
        2026,
    ),
    Case(
        "9009",
        in_proceedings(StepDecisionDate="2026-01-11"),
        in_proceedings(StepDecisionDate="2026-01-12"),
        2026,
    ),
    Case(
        "9010Q",
        in_proceedings(FGDMMeetingOffer="1"),
        in_proceedings(FGDMMeetingOffer="1", FGDMMeetingFac="0"),
        2026,
    ),
    Case("9011", in_proceedings(PPOutcome="D"), in_proceedings(PPOutcome="C"), 2026),
    Case(
        "9012",
        in_proceedings(StepDecisionDate="2026-03-02", CourtAppDate="2026-03-01"),
        in_proceedings(StepDecisionDate="2026-03-02", CourtAppDate="2026-03-02"),
        2026,
    ),
    Case(
        "9013",
        in_proceedings(CourtAppDate="2026-03-06", LetterInitCPDate="2026-03-05"),
        in_proceedings(CourtAppDate="2026-03-06", LetterInitCPDate="2026-03-06"),
        2026,
    ),
    Case(
        "9015Q",
        in_proceedings(InitialPPMeetingDate="2026-01-28"),
        in_proceedings(InitialPPMeetingDate="2026-01-28", ReviewMeetingsCount="0"),
        2026,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=[f"{each.rule}-{index}" for index, each in enumerate(CASES)])
def test_the_rule_is_broken_by_one_child_and_not_by_the_nearest(case):
    assert f"cin.{case.rule}" in rules_broken(without_empty(case.broken), of=case.year)
    assert f"cin.{case.rule}" not in rules_broken(without_empty(case.kept), of=case.year)


def without_empty(child: dict[str, Any]) -> dict[str, Any]:
    """Modules of which there are none are not there."""
    child = {name: value for name, value in child.items() if value}
    child["CINdetails"] = [
        {name: value for name, value in episode.items() if value} for episode in child.get("CINdetails", [])
    ]
    return {name: value for name, value in child.items() if value}


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024, 2025, 2026])
def test_the_base_child_breaks_nothing_in_any_year(year):
    child = a_child(of=year)
    assert rules_broken(child, of=year) == set()


def test_every_check_of_a_child_has_a_case():
    assert {check.rule.name for check in CHECKS} <= {f"cin.{case.rule}" for case in CASES}


def test_every_rule_of_the_departments_list_is_checked_or_said_not_to_be():
    with shared_data("external", "d2i-cin", "cin_rules.csv").open(encoding="utf-8", newline="") as file:
        numbers = {row["code"] for row in csv.DictReader(file)}
    checked = {rule.department for rule in FORMAT.rules if rule.department}
    not_covered = {each.department for each in FORMAT.not_covered}
    assert numbers <= checked | not_covered
    assert checked & not_covered == set()


def test_a_rule_of_2025_is_not_held_against_2024():
    long_id = "X" * 21
    assert "cin.1570" not in rules_broken(a_child(of=2024, LAchildID=long_id), of=2024)
    assert "cin.1570" in rules_broken(a_child(of=2025, LAchildID=long_id), of=2025)


def test_no_sentence_repeats_what_a_person_typed():
    secret = "Ethelred Unready"
    child = a_child(LAchildID=secret, UPN=secret, GenderCurrent=secret, PersonDeathDate=secret)
    child["CINdetails"][0]["ReferralSource"] = [secret]
    child["CINdetails"][0]["Unheard"] = [secret]
    sentences = [finding.sentence for finding in judged(child).findings]
    assert len(sentences) > 4
    assert not any("Ethelred" in sentence for sentence in sentences)


def test_every_rules_sentence_can_be_read_without_its_slots_being_left_open():
    for case in CASES:
        for finding in judged(without_empty(case.broken), of=case.year).findings:
            assert "{" not in finding.sentence and "None" not in finding.sentence, finding
