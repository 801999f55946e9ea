"""Police notices: people, events and findings; and a schema that says the same as the checks."""

import importlib.util
import json
from datetime import date
from pathlib import Path

import pytest
from intake_reading import SAMPLES, read

from sightline.intake.declaration import CannotBeRead
from sightline.intake.formats.police_notices import FORMAT, published_schema
from sightline.intake.sources import Source
from sightline.vocabulary.events import EventKind, EventSensitivity, StatementType

FOLDER = SAMPLES / "police-notice"
SCHEMA = Path(__file__).parents[3] / "docs" / "reference" / "formats" / "police-notice.schema.json"


@pytest.fixture(scope="module")
def notices():
    return read(FORMAT, FOLDER / "notices.json")


@pytest.fixture(scope="module")
def faulty():
    return read(FORMAT, FOLDER / "faulty.json")


def test_a_list_and_lines_of_notices_are_read_alike(notices):
    lines = read(FORMAT, FOLDER / "notices.jsonl")
    assert FORMAT.recognises(Source(FOLDER / "notices.json")) and FORMAT.recognises(
        Source(FOLDER / "notices.jsonl")
    )
    assert [each.place.line for each in lines.raws] == [1, 2]
    assert lines.people == notices.people
    assert lines.events == notices.events


def test_children_and_adults_are_told_apart(notices):
    assert [(each.record_id, each.is_adult) for each in notices.people] == [
        ("EX-2025-000101/1", False),
        ("EX-2025-000101/2", False),
        ("EX-2025-000101/3", True),
        ("EX-2025-000101/4", True),
        ("EX-2025-000102/1", False),
    ]
    child = notices.person("EX-2025-000101/1")
    assert (child.born_on, child.ethnicity, child.aliases) == (date(2014, 2, 3), "WBRI", ("Goldie Testerly",))
    assert child.other_ids == (("police_person_id", "EXP-1"),)


def test_an_incident_is_told_of_each_child_and_an_account_of_those_it_is_about(notices):
    events = notices.events_of("EX-2025-000101/1")
    assert [each.kind for each in events] == [
        EventKind.DOMESTIC_ABUSE,
        EventKind.POLICE_NOTICE,
        EventKind.POLICE_NOTICE,
        EventKind.POLICE_NOTICE,
        EventKind.REFERRAL,
    ]
    assert (events[0].on, events[0].time) == (date(2025, 6, 14), "21:05")
    assert "An officer spoke with the child alone." in events[0].summary
    assert [each.statement for each in events[1:3]] == [StatementType.FACT, StatementType.ALLEGATION]
    assert len(notices.events_of("EX-2025-000101/2")) == 4
    assert not notices.events_of("EX-2025-000101/4")


def test_no_summary_names_anybody(notices):
    assert not any("Mockford" in each.summary or "Testerly" in each.summary for each in notices.events)


def test_a_protected_address_is_not_kept_in_any_form(notices):
    hidden = notices.person("EX-2025-000102/1")
    (event,) = notices.events_of("EX-2025-000102/1")
    assert hidden.is_address_protected and hidden.address == hidden.postcode == ""
    assert event.sensitivity is EventSensitivity.PROTECTED
    assert "ZE10AB" not in repr(event.details) and "Made Up" not in event.summary
    assert notices.rules == {"police-notice.protected-address": 1}


def test_a_notice_with_faults_is_taken_with_what_can_be_used(faulty):
    assert {
        "json.missing",
        "json.not-a-code",
        "json.unknown-field",
        "json.value",
        "police-notice.number-twice",
        "police-notice.child-or-adult",
        "police-notice.grown-up",
        "police-notice.ends-before-it-begins",
        "police-notice.made-before",
        "police-notice.no-such-child",
    } == set(faulty.rules_on(2))
    assert faulty.person("EX-2025-000201/1").born_on is None


def test_an_arrest_is_an_arrest_only_of_the_child_arrested(faulty):
    assert faulty.events_of("EX-2025-000201/1")[0].kind is EventKind.ARREST
    assert faulty.events_of("EX-2025-000201/2")[0].kind is EventKind.POLICE_NOTICE


def test_what_nobody_could_use_is_refused_and_what_is_taken_back_is_withdrawn(faulty):
    assert (len(faulty.raws), faulty.refused) == (5, 3)
    assert {"police-notice.no-reference", "police-notice.nobody", "json.no-object"} <= set(faulty.rules)
    assert faulty.withdrawn[-2:] == ["EX-2025-000101/1", "EX-2025-000101/2"]
    assert not faulty.events_of("EX-2025-000101/1")


def test_a_notice_takes_back_all_that_an_earlier_one_of_its_reference_told(notices):
    assert notices.withdrawn == [each.record_id for each in notices.people]


def test_notices_of_two_forces_are_not_one_file(tmp_path):
    notices = json.loads((FOLDER / "notices.json").read_text(encoding="utf-8"))
    notices[1]["force"] = "E23000002"
    path = tmp_path / "notices.json"
    path.write_text(json.dumps(notices), encoding="utf-8")
    with pytest.raises(CannotBeRead, match="several forces"):
        read(FORMAT, path)


def test_the_published_schema_is_current():
    assert SCHEMA.read_text(encoding="utf-8") == published_schema()


@pytest.mark.skipif(importlib.util.find_spec("jsonschema") is None, reason="jsonschema is not installed")
def test_the_schema_takes_the_good_notices_and_refuses_the_faulty_ones():
    import jsonschema

    check = jsonschema.Draft202012Validator(json.loads(published_schema()))
    assert all(
        check.is_valid(each) for each in json.loads((FOLDER / "notices.json").read_text(encoding="utf-8"))
    )
    assert not any(check.is_valid(each) for each in json.loads((FOLDER / "faulty.json").read_text())[:3])


def test_every_member_that_the_schema_points_to_is_defined():
    schema = json.loads(published_schema())
    pointed = {part.split('"')[0] for part in published_schema().split('"#/$defs/')[1:]}
    assert pointed == set(schema["$defs"])
    assert schema["required"] == ["reference", "force", "made_at", "incident", "people"]
