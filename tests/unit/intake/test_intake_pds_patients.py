"""Patients of the Personal Demographics Service, in a bundle, by line, alone."""

from datetime import date

import pytest
from intake_reading import SAMPLES, read
from shared_data import shared_data

from sightline.intake.declaration import CannotBeRead
from sightline.intake.formats.pds_patients import FORMAT
from sightline.intake.sources import Source
from sightline.vocabulary.codes import Sex
from sightline.vocabulary.events import EventKind

BUNDLE = SAMPLES / "pds-patients" / "bundle.json"


@pytest.fixture(scope="module")
def bundle():
    return read(FORMAT, BUNDLE)


def test_names_are_told_by_use_and_period(bundle):
    person = bundle.person("9990000018")
    assert (person.surname, person.forenames) == ("Testerly", "Marigold Fern")
    assert person.aliases == ("Goldie Testerly", "Marigold Mockford")
    assert (person.born_on, person.sex, person.gp_practice) == (date(2014, 2, 3), Sex.FEMALE, "A81001")


def test_the_address_of_today_is_the_address_and_others_are_former_ones(bundle):
    person = bundle.person("9990000018")
    assert (person.postcode, person.former_postcodes) == ("ZE10AA", ("ZE10AB",))
    assert [each.kind for each in bundle.events_of("9990000018")] == [
        EventKind.BIRTH,
        EventKind.GP_REGISTRATION,
        EventKind.CHANGE_OF_ADDRESS,
        EventKind.CHANGE_OF_ADDRESS,
    ]


def test_a_restricted_patient_has_no_address_and_no_practice_anywhere(bundle):
    person = bundle.person("9990000026")
    assert person.is_address_protected
    assert (person.postcode, person.address, person.former_postcodes, person.gp_practice) == ("", "", (), "")
    assert [each.kind for each in bundle.events_of("9990000026")] == [EventKind.BIRTH]
    assert bundle.rules["pds.restricted"] == 1


def test_a_number_that_fails_its_check_is_kept_but_never_joined_by(bundle):
    person = bundle.person("9990000035")
    assert person.nhs_number == "" and person.born_on is None
    assert {"pds.nhs-number", "pds.superseded", "pds.not-verified", "pds.gender", "json.value"} <= set(
        bundle.rules
    )


def test_what_is_no_patient_is_refused(bundle):
    assert (len(bundle.raws), len(bundle.people), bundle.refused) == (5, 3, 2)
    assert bundle.rules["pds.not-a-patient"] == bundle.rules["pds.no-nhs-number"] == 1


def test_one_resource_a_line_is_read_alike(bundle):
    path = SAMPLES / "pds-patients" / "patients.ndjson"
    assert FORMAT.recognises(Source(path))
    assert read(FORMAT, path).people == bundle.people[:2]


@pytest.mark.parametrize(
    ("name", "patients"),
    [
        ("WireMockMappings_no_match.json", 0),
        ("WireMockMappings_single_match.json", 1),
        ("WireMockMappings_single_match_low_confidence.json", 1),
        ("WireMockMappings_single_match_low_confidence_9876543210.json", 1),
        ("WireMockMappings_single_match_really_low_confidence.json", 1),
        ("WireMockMappings_patient_low_confidence_match_9876543210.json", 1),
        ("WireMock_single_patient_demographic.json", 1),
    ],
)
def test_every_answer_of_the_departments_matcher_is_read(name, patients):
    path = shared_data("external", "dfe-sui-matcher", name)
    result = read(FORMAT, path)
    assert FORMAT.recognises(Source(path))
    assert (len(result.people), result.refused) == (patients, 0)


def test_an_answer_without_patients_is_no_file_of_patients():
    path = shared_data("external", "dfe-sui-matcher", "WireMockMappings_multi_match.json")
    assert FORMAT.recognises(Source(path))
    with pytest.raises(CannotBeRead, match="TOO_MANY_MATCHES"):
        read(FORMAT, path)


def test_the_stubs_short_list_is_read():
    path = shared_data("external", "dfe-sui", "pds-data.json")
    assert FORMAT.recognises(Source(path))
    assert [bool(each.nhs_number and each.postcode) for each in read(FORMAT, path).people] == [True] * 4
