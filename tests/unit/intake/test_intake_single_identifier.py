"""Single-identifier records: by type, in a custodian's file, and in the shapes of the systems behind it."""

from datetime import date

import pytest
from intake_reading import SAMPLES, read
from shared_data import shared_data

from sightline.intake.declaration import CannotBeRead
from sightline.intake.formats.single_identifier import FORMAT
from sightline.intake.sources import Source
from sightline.vocabulary.events import DatePrecision, EventKind, StatementType

CUSTODIAN = SAMPLES / "single-identifier" / "custodian.json"


@pytest.fixture(scope="module")
def custodian():
    return read(FORMAT, CUSTODIAN)


def test_the_records_of_one_person_are_taken_together(custodian):
    assert FORMAT.recognises(Source(CUSTODIAN))
    assert (len(custodian.raws), len(custodian.people), custodian.refused) == (5, 3, 2)
    child = custodian.person("9990000018")
    assert (child.surname, child.ethnicity, child.postcode) == ("Testerly", "WBRI", "ZE10AA")
    assert child.nhs_number == "9990000018"
    assert [each.kind for each in custodian.events_of("9990000018")] == [
        EventKind.OTHER,
        EventKind.CHILD_IN_NEED,
        EventKind.EARLY_HELP,
        EventKind.EARLY_HELP,
        EventKind.REFERRAL,
    ]


def test_no_two_events_of_a_child_have_one_number(custodian):
    numbers = [each.event_id for each in custodian.events_of("9990000018")]
    assert len(set(numbers)) == len(numbers)


def test_a_risk_is_an_opinion_and_names_nobody(custodian):
    risk = custodian.events_of("9990000018")[0]
    assert risk.statement is StatementType.OPINION
    assert risk.text == "Keeps a dangerous dog" and "Mockford" not in repr(risk.details)


def test_a_number_that_is_no_nhs_number_is_kept_and_not_joined_by(custodian):
    assert custodian.person("not-a-number").nhs_number == ""
    missing, exploited = custodian.events_of("not-a-number")
    assert (missing.kind, missing.on) == (EventKind.MISSING_EPISODE, date(2025, 5, 30))
    assert exploited.kind is EventKind.EXPLOITATION


def test_what_is_not_known_is_said(custodian):
    assert {
        "single-id.record-type",
        "single-id.no-person",
        "single-id.no-nhs-number",
        "json.no-object",
    } <= set(custodian.rules)


@pytest.mark.parametrize(
    ("name", "events"),
    [
        ("9449303223_ChildrensServicesDetailsRecordV1.json", 6),
        ("9449303223_CrimeDataRecordV1.json", 7),
        ("9449303223_EducationDetailsRecordV1.json", 7),
        ("9449303223_HealthDataRecordV1.json", 5),
        ("9449303223_PersonalDetailsRecordV1.json", 2),
        ("9991234566_ChildSocialCareDetailsRecordV1.json", 3),
        ("9991234566_ChildrensServicesDetailsRecordV1.json", 3),
        ("9991234566_CrimeDataRecordV1.json", 6),
        ("9991234566_EducationDetailsRecordV1.json", 7),
        ("9991234566_HealthDataRecordV1.json", 5),
        ("9991234566_PersonalDetailsRecordV1.json", 0),
    ],
)
def test_a_bare_record_is_about_the_number_in_its_name(name, events):
    path = shared_data("external", "dfe-sui", "records", name)
    result = read(FORMAT, path)
    assert FORMAT.recognises(Source(path))
    assert [each.record_id for each in result.people] == [name[:10]]
    assert (len(result.events), result.refused) == (events, 0)


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("education", 1),
        ("faux", 0),
        ("health", 2),
        ("housing", 1),
        ("local-authority", 3),
        ("no-dsa", 0),
        ("other", 0),
        ("police", 1),
    ],
)
def test_every_custodian_is_read(name, people):
    result = read(FORMAT, shared_data("external", "dfe-sui", "custodians", f"{name}-01.custodian.json"))
    assert (len(result.people), result.refused) == (people, 0)


@pytest.mark.parametrize(("name", "events"), [("Arbor", 0), ("Mosaic", 2), ("Niche", 2), ("SystmOne", 2)])
def test_a_systems_own_shape_is_read_as_far_as_it_goes(name, events):
    result = read(FORMAT, shared_data("external", "dfe-sui", "vendor", f"{name}_1111111111.json"))
    assert result.people[0].surname == "Doe" and result.people[0].nhs_number == ""
    assert len(result.events) == events
    assert result.rules["single-id.system-shape"] == 1


def test_a_year_is_a_year():
    path = shared_data("external", "dfe-sui", "records", "9449303223_EducationDetailsRecordV1.json")
    attendance = next(each for each in read(FORMAT, path).events if each.kind is EventKind.ATTENDANCE)
    assert (attendance.on, attendance.until) == (date(2025, 9, 1), date(2026, 8, 31))
    assert attendance.precision is DatePrecision.YEAR


def test_a_description_of_the_interface_is_no_file_of_records():
    path = shared_data("external", "dfe-sui", "SUI.StubCustodians.API.json")
    with pytest.raises(CannotBeRead, match="describes an interface"):
        FORMAT.header(Source(path))
