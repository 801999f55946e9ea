"""What a census record tells: who the child is, and the story in its events."""

from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from census_children import (
    AS_OF,
    a_child,
    a_need_plan,
    a_protection_plan,
    an_assessment,
    an_enquiry,
    an_episode,
    an_unborn_child,
    judged,
)

from sightline.intake.formats.cin_census import FORMAT
from sightline.intake.records import SourceEvent
from sightline.intake.sources import Source
from sightline.vocabulary.codes import Sex
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity

SAMPLES = Path(__file__).parents[2] / "samples" / "cin-census"


def read(sample: str):
    """Each child of a sample, judged."""
    source = Source(SAMPLES / f"{sample}.xml")
    header = FORMAT.header(source)
    return [FORMAT.judge(raw, header, AS_OF) for raw in FORMAT.records(source)]


def told(events: tuple[SourceEvent, ...]) -> list[str]:
    """As a reader of a chronology sees them."""
    lines = []
    for event in events:
        until = f" to {event.until}" if event.until else " and on" if event.is_open else ""
        lines.append(f"{event.on}{until} {event.summary}")
    return lines


def test_a_childs_year_reads_as_a_social_worker_would_tell_it():
    girl = read("census-2026")[0]
    assert told(girl.events) == [
        "None Disability recorded: learning; autism.",
        "2025-09-14 Referred by a school; outcome: further action.",
        "2025-09-14 and on Child in need episode; primary need: abuse, neglect or exploitation.",
        "2025-09-15 to 2025-10-20 Assessment completed; factors identified: domestic abuse of a parent or "
        "carer; physical abuse by an adult; child criminal exploitation.",
        "2025-10-05 Section 47 enquiry; led to an initial child protection conference on 27 October 2025.",
        "2025-10-27 Initial child protection conference, after its target date of 23 October 2025; "
        "a child protection plan was made.",
        "2025-09-21 to 2025-10-27 Child in need plan.",
        "2025-10-27 and on Child protection plan under the category of sexual abuse, at first neglect; "
        "1 earlier plan.",
        "2026-01-20 Review conference of the child protection plan.",
        "2026-01-12 to 2026-03-02 Pre-proceedings begun; family group decision-making meeting offered and "
        "held; 1 review meeting.",
        "2026-01-19 Letter before proceedings sent.",
        "2026-01-28 First pre-proceedings meeting.",
        "2026-03-02 Decision to step up to court or down from pre-proceedings (outcome A).",
        "2026-03-06 The authority applied to court for care proceedings.",
        "2026-03-09 Letter of issue sent to the parents.",
    ]


def test_an_unborn_child_has_an_expected_date_and_an_enquiry_that_waits_for_its_conference():
    unborn = read("census-2023")[1]
    person = unborn.people[0]
    assert (person.born_on, person.expected_on, person.sex) == (None, date(2023, 6, 30), Sex.NOT_KNOWN)
    assert told(unborn.events)[-1] == (
        "2023-03-24 and on Section 47 enquiry; no conference held so far, due by 12 April 2023."
    )


def test_a_referral_without_action_is_told_and_makes_no_episode_of_need():
    boy = read("census-2023")[2]
    assert told(boy.events) == [
        "2022-06-08 Referred by the police; outcome: further action.",
        "2022-06-08 to 2022-07-03 Child in need episode; primary need: socially unacceptable behaviour; "
        "closed: referred to early help after assessment.",
        "2022-06-08 to 2022-07-03 Assessment completed; no factors identified.",
        "2023-02-11 Referred by early help; outcome: no further action.",
    ]


def test_who_the_child_is_comes_out_of_identifiers_and_header():
    person = read("census-2021")[0].people[0]
    assert person.record_id == "EXAMPLE1"
    assert (person.upn, person.former_upn) == ("D201000118001", "A20100011900A")
    assert (person.born_on, person.sex, person.ethnicity) == (date(2012, 5, 17), Sex.FEMALE, "MWBC")
    assert person.la_code == "E09000001"
    assert (person.surname, person.forenames, person.postcode) == ("", "", "")


@pytest.mark.parametrize(
    ("element", "code", "sex"),
    [
        ("GenderCurrent", "1", Sex.MALE),
        ("GenderCurrent", "9", Sex.NOT_KNOWN),
        ("Sex", "F", Sex.FEMALE),
        ("Sex", "1", Sex.MALE),  # a real file has the old code under the new name
        ("Sex", "?", None),
    ],
)
def test_sex_is_understood_in_the_old_codes_and_the_new(element, code, sex):
    child = a_child()
    del child["ChildIdentifiers"][0]["GenderCurrent"]
    child["ChildIdentifiers"][0][element] = [code]
    assert judged(child).people[0].sex is sex


def test_numbers_that_fail_their_check_are_left_out_of_the_person():
    person = judged(a_child(UPN="A201000118001", FormerUPN="X98765432123B")).people[0]
    assert (person.upn, person.former_upn) == ("", "")


def test_where_both_birth_dates_are_given_the_child_counts_as_born():
    person = judged(a_child(ExpectedPersonBirthDate="2023-05-01")).people[0]
    assert person.born_on == date(2014, 5, 17) and person.expected_on is None


def test_a_case_closed_by_adoption_is_restricted_and_its_closure_protected():
    child = {**a_child(), "CINdetails": [an_episode(ReasonForClosure="RC1")]}
    result = judged(child)
    assert result.people[0].is_restricted
    episode = next(event for event in result.events if event.kind is EventKind.CHILD_IN_NEED)
    assert episode.sensitivity is EventSensitivity.PROTECTED
    assert not judged(a_child()).people[0].is_restricted


def test_a_death_is_an_event():
    events = judged(a_child(PersonDeathDate="2022-12-01")).events
    assert [(event.kind, event.on) for event in events][-1] == (EventKind.DEATH, date(2022, 12, 1))


@pytest.mark.parametrize(
    ("modules", "kind", "sensitivity"),
    [
        ({"Assessments": [an_assessment("2022-09-15", "2022-10-20", "3B")]}, "assessment", "sensitive"),
        ({"Assessments": [an_assessment("2022-09-15", "2022-10-20", "21")]}, "assessment", "ordinary"),
        ({"PrimaryNeedCode": "N2"}, "child_in_need", "sensitive"),
        ({"PrimaryNeedCode": "N4"}, "child_in_need", "ordinary"),
        (
            {"ChildProtectionPlans": [a_protection_plan("2022-10-06", InitialCategoryOfAbuse="SAB")]},
            "child_protection_plan",
            "sensitive",
        ),
        ({"ChildProtectionPlans": [a_protection_plan("2022-10-06")]}, "child_protection_plan", "ordinary"),
    ],
)
def test_what_tells_of_health_or_sexual_abuse_is_marked_sensitive(modules, kind, sensitivity):
    child = {**a_child(), "CINdetails": [an_episode(**modules)]}
    event = next(each for each in judged(child).events if each.kind.value == kind)
    assert event.sensitivity.value == sensitivity


def test_the_next_census_tells_of_the_same_events_under_the_same_numbers():
    this_year = an_episode(
        CINclosureDate="",
        ReasonForClosure="",
        Assessments=[an_assessment("2023-03-01")],
        Section47=[an_enquiry("2023-03-20")],
        CINPlanDates=[a_need_plan("2023-03-10")],
        ChildProtectionPlans=[a_protection_plan("2023-03-24")],
    )
    next_year = an_episode(
        CINclosureDate="2023-11-30",
        Assessments=[an_assessment("2023-03-01", "2023-04-20")],
        Section47=[an_enquiry("2023-03-20", "2023-04-11")],
        CINPlanDates=[a_need_plan("2023-03-10", "2023-04-11")],
        ChildProtectionPlans=[a_protection_plan("2023-03-24", "2023-10-02", "2023-06-20")],
    )
    before = {event.event_id for event in judged({**a_child(), "CINdetails": [this_year]}).events}
    after = {
        event.event_id for event in judged({**a_child(of=2024), "CINdetails": [next_year]}, of=2024).events
    }
    assert before < after


def test_a_plan_given_twice_in_the_same_words_is_told_once_and_two_of_one_day_are_kept_apart():
    plan = a_protection_plan("2022-10-06", "2022-12-06", "2022-11-30")
    other = a_protection_plan("2022-10-06", "2022-12-06", LatestCategoryOfAbuse="PHY")
    same = judged({**a_child(), "CINdetails": [an_episode(ChildProtectionPlans=[plan, deepcopy(plan)])]})
    assert [event.kind.value for event in same.events].count("child_protection_plan") == 1
    two = judged({**a_child(), "CINdetails": [an_episode(ChildProtectionPlans=[plan, other])]})
    numbers = [e.event_id for e in two.events if e.kind is EventKind.CHILD_PROTECTION_PLAN]
    assert numbers == ["protection-plan:2022-10-06", "protection-plan:2022-10-06#2"]


def test_a_conference_given_in_both_modules_is_one_conference():
    episode = an_episode(DateOfInitialCPC="2022-10-06", Section47=[an_enquiry("2022-09-20", "2022-10-06")])
    events = judged({**a_child(), "CINdetails": [episode]}).events
    assert [event.kind for event in events].count(EventKind.CONFERENCE) == 1


@pytest.mark.parametrize("written", ["2099-01-20", "1066-04-13", "1900-01-01", "2022-02-30", "soon", ""])
def test_a_date_that_cannot_be_believed_is_left_out_and_said_and_the_event_stays(written):
    child = {**a_child(), "CINdetails": [an_episode(CINreferralDate=[written])]}
    result = judged(child)
    referral = next(event for event in result.events if event.kind is EventKind.REFERRAL)
    assert (referral.on, referral.precision) == (None, DatePrecision.UNKNOWN)
    assert any(finding.place.column == "CINdetails/CINreferralDate" for finding in result.findings)
    assert not result.is_refused


def test_a_day_written_the_british_way_is_read_and_said():
    result = judged(a_child(PersonBirthDate="17/05/2014"))
    assert result.people[0].born_on == date(2014, 5, 17)
    assert "cin.date" in {finding.rule for finding in result.findings}


@pytest.mark.parametrize("missing", ["", "   "])
def test_only_a_child_without_a_number_is_refused(missing):
    child = a_child()
    child["ChildIdentifiers"][0]["LAchildID"] = [missing]
    result = judged(child)
    assert result.is_refused
    assert (result.people, result.events) == ((), ())
    assert "cin.8500" in {finding.rule for finding in result.findings}


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"ChildIdentifiers": ["words"], "CINdetails": [""]},
        {"ChildIdentifiers": [{"LAchildID": [{"Inner": ["x"]}]}]},
        {"#text": ["words"]},
    ],
)
def test_a_garbled_child_is_refused_and_never_crashes(content):
    assert judged(content).is_refused


def test_a_child_with_a_number_and_garbled_modules_is_kept_as_far_as_it_goes():
    child = {
        "ChildIdentifiers": [{"LAchildID": ["EXAMPLE1"]}, {"PersonBirthDate": ["2014-05-17"]}],
        "ChildCharacteristics": [""],
        "CINdetails": ["words", {"Assessments": [""], "Section47": ["x"], "ChildProtectionPlans": [{}]}],
    }
    result = judged(child)
    assert not result.is_refused
    assert result.people[0].born_on == date(2014, 5, 17)
    assert {"cin.repeated", "cin.mixed"} <= {finding.rule for finding in result.findings}


def test_an_unborn_child_is_not_said_to_lack_disabilities_or_a_pupil_number():
    assert judged(an_unborn_child("2023-05-01", GenderCurrent="0")).findings == ()
