"""The social care payload: nested parts as events, purge flags honoured at every level."""

from datetime import date

import pytest
from intake_reading import SAMPLES, read
from shared_data import shared_data

from sightline.intake.declaration import CannotBeRead, Header, RawRecord
from sightline.intake.formats.social_care_api import FORMAT
from sightline.intake.sources import Source
from sightline.vocabulary.events import EventKind, EventSensitivity
from sightline.vocabulary.findings import Place

PAYLOAD = SAMPLES / "social-care-api" / "payload.json"


@pytest.fixture(scope="module")
def payload():
    return read(FORMAT, PAYLOAD)


def test_every_child_is_accounted_for(payload):
    assert FORMAT.recognises(Source(PAYLOAD))
    assert payload.header.sender == "301"
    assert (len(payload.raws), len(payload.people), payload.refused) == (6, 3, 2)
    child = payload.person("C1")
    assert (child.surname, child.upn, child.la_code) == ("Testerly", "B801200005001", "E09000002")


def test_every_part_of_an_episode_is_told_once(payload):
    told = {each.event_id: each.kind for each in payload.events_of("C1")}
    assert told == {
        "sdq/2025-03-04": EventKind.HEALTH_ASSESSMENT,
        "referral/E1": EventKind.REFERRAL,
        "episode/E1": EventKind.CHILD_IN_NEED,
        "assessment/A1": EventKind.ASSESSMENT,
        "section_47/T1": EventKind.SECTION_47,
        "conference/T1": EventKind.CONFERENCE,
        "cp_plan/P1": EventKind.CHILD_PROTECTION_PLAN,
        "placement/L1": EventKind.PLACEMENT,
        "adoption/E1/initial_decision_date": EventKind.ADOPTION,
        "care_leaver/E1/2025-07-01": EventKind.CARE_LEAVING,
    }
    adoption = next(each for each in payload.events if each.kind is EventKind.ADOPTION)
    assert adoption.sensitivity is EventSensitivity.PROTECTED


def test_a_plan_without_an_end_goes_on_and_an_assessment_ends_when_authorised(payload):
    plan = next(each for each in payload.events if each.event_id == "cp_plan/P1")
    assessment = next(each for each in payload.events if each.event_id == "assessment/A1")
    assert (plan.is_open, plan.until) == (True, None)
    assert (assessment.is_open, assessment.until) == (False, date(2024, 11, 1))


def test_a_purged_child_is_withdrawn_and_purged_parts_take_their_events_back(payload):
    assert payload.withdrawn == ["C2"]
    judged = [FORMAT.judge(each, payload.header, date(2025, 9, 1)) for each in payload.raws[:3]]
    assert judged[0].withdrawn_events == (("C1", "cin_plan/N1"),)
    assert judged[2].withdrawn_events == (("C3", "referral/E3"), ("C3", "episode/E3"), ("C3", "cp_plan/P3"))
    assert not payload.events_of("C3")
    assert payload.rules["csc-api.purged"] == 4


def test_purged_details_leave_nothing_but_the_number(payload):
    bare = payload.person("C4")
    assert (bare.surname, bare.born_on, bare.postcode) == ("", None, "")


def test_an_unborn_child_has_an_expected_date(payload):
    assert payload.person("C3").expected_on == date(2025, 11, 14)


def test_the_postcode_of_a_placement_is_nowhere(payload):
    assert not any("0ZZ" in f"{each.summary}{each.details}" for each in payload.events)


def test_an_end_before_the_beginning_is_found(payload):
    assert payload.rules["csc-api.ends-before-it-begins"] == 1


def test_a_child_without_details_keeps_those_that_are_held(tmp_path):
    path = tmp_path / "changes.json"
    path.write_text('{"la_code": 301, "Children": {"la_child_id": "C1"}}', encoding="utf-8")
    result = read(FORMAT, path)
    assert (result.people, result.refused) == ([], 0)


def test_the_departments_own_shape_is_read_as_one_child():
    result = read(FORMAT, shared_data("external", "dfe-csc-api", "payload_shape.json"))
    assert (len(result.raws), len(result.people), result.refused) == (1, 1, 0)
    assert {each.rule for each in result.findings} == {"csc-api.la-code", "json.value", "json.not-a-code"}


def test_a_payload_that_is_cut_off_is_not_read(tmp_path):
    path = tmp_path / "payload.json"
    path.write_bytes(PAYLOAD.read_bytes()[:900])
    with pytest.raises(CannotBeRead, match="cut off"):
        read(FORMAT, path)


def test_codes_are_told_in_words(payload):
    told = {each.event_id: each.summary for each in payload.events_of("C1")}
    assert told["referral/E1"].startswith("Referred to children's social care, source: ")
    assert "(2B)" in told["referral/E1"] and "code" not in told["referral/E1"]
    assert "placement type: " in told["placement/L1"] and "(U1)" in told["placement/L1"]
    assert "activity: " in told["care_leaver/E1/2025-07-01"]


def a_child(details: dict, **more: object) -> RawRecord:
    content = {"la_child_id": "C9", "child_details": details, **more}
    return RawRecord(Place("payload.json", 1, "Children[0]"), "child", content)


def test_disabilities_asylum_and_workers_are_told():
    details = {"surname": "Testerly", "disabilities": ["AUT", "ZZ"], "uasc_flag": True}
    worker = {"worker_id": "W1", "start_date": "2025-02-03", "end_date": None}
    episode = {
        "social_care_episode_id": "E9",
        "referral_date": "2025-02-01",
        "care_worker_details": [worker],
    }
    raw = a_child(details, social_care_episodes=[episode])
    told = {each.event_id: each for each in FORMAT.judge(raw, Header(), date(2025, 9, 1)).events}
    assert told["disabilities"].summary == "Disability recorded: autism (AUT), code ZZ."
    assert told["disabilities"].sensitivity is EventSensitivity.SENSITIVE
    assert told["unaccompanied"].is_open
    assert told["worker/E9/W1/2025-02-03"].details == {"worker": "W1"}


def test_purged_details_take_back_what_they_told():
    judged = FORMAT.judge(a_child({"purge": True}), Header(), date(2025, 9, 1))
    assert judged.withdrawn_events == (("C9", "disabilities"), ("C9", "unaccompanied"))
