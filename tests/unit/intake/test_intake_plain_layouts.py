"""The four plain CSV layouts: how a row becomes a person and an event, and what is found."""

import csv
from datetime import date

import pytest
from intake_reading import SAMPLES, read
from shared_data import shared_data

from sightline.intake.declaration import CannotBeRead
from sightline.intake.formats import plain_education, plain_health, plain_police, plain_social_care
from sightline.intake.sources import Source
from sightline.vocabulary.codes import Sex
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity, StatementType

LAYOUTS = {
    "health": plain_health.FORMAT,
    "education": plain_education.FORMAT,
    "social_care": plain_social_care.FORMAT,
    "police": plain_police.FORMAT,
}


def sample(name):
    return SAMPLES / LAYOUTS[name].name / f"{name}.csv"


@pytest.fixture(scope="module")
def health():
    return read(LAYOUTS["health"], sample("health"))


@pytest.fixture(scope="module")
def social_care():
    return read(LAYOUTS["social_care"], sample("social_care"))


@pytest.fixture(scope="module")
def police():
    return read(LAYOUTS["police"], sample("police"))


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_layout_is_taken_by_its_own_format_alone(name):
    source = Source(sample(name))
    assert [each for each, declared in LAYOUTS.items() if declared.recognises(source)] == [name]


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_row_of_the_development_population_is_accounted_for(name):
    path = shared_data("population-dev", f"{name}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    result = read(LAYOUTS[name], path)
    assert len(result.people) + result.refused == len(rows)
    assert result.refused == 0
    assert {each.record_id for each in result.people} == {row["record_id"] for row in rows}
    shown = " ".join(each.sentence for each in result.findings)
    column = "family_name" if name == "health" else "surname"
    assert not any(row[column] in shown for row in rows if len(row[column]) > 6)


def test_a_full_health_row_says_all_it_holds(health):
    person = next(each for each in health.people if each.record_id == "H1")
    assert (person.surname, person.forenames) == ("Testerly", "Marigold Fern Juniper")
    assert (person.born_on, person.sex) == (date(2014, 2, 3), Sex.FEMALE)
    assert (person.nhs_number, person.postcode, person.gp_practice) == ("9990000018", "ZE10AA", "A81001")
    assert health.rules_on(2) == []


def test_numbers_and_dates_are_read_in_the_other_ways_in_which_they_are_written(health):
    assert health.person("H2").nhs_number == "9990000026"
    assert health.person("H5").born_on == date(2014, 2, 3)


def test_what_cannot_be_used_is_left_out_and_the_row_is_kept(health):
    assert set(health.rules_on(4)) == {"plain.nhs-number", "plain.no-postcode"}
    assert health.person("H3").nhs_number == ""
    assert set(health.rules_on(5)) == {
        "plain.stand-in-date",
        "plain.sex",
        "plain.postcode",
        "plain.gp-practice",
    }
    assert health.person("H4").born_on == date(1900, 1, 1)


def test_a_birth_on_1_january_is_kept_and_asked_about(health):
    assert health.rules_on(3) == ["plain.first-of-january"]
    assert health.person("H2").born_on == date(2016, 1, 1)


def test_a_row_about_nobody_is_refused(health):
    assert "plain.no-record-id" in health.rules_on(7)
    assert "plain.nobody" in health.rules_on(8)
    assert health.refused == 3


def test_a_record_given_twice_is_taken_once_and_a_number_given_twice_is_reported(health):
    assert "plain.record-twice" in health.rules_on(9)
    assert health.rules_on(6) == ["plain.number-twice"]
    assert health.person("H5").nhs_number == "9990000018"


def test_attendance_is_an_event_without_a_date():
    result = read(LAYOUTS["education"], sample("education"))
    (event,) = result.events
    assert (event.record_id, event.kind, event.on) == ("E1", EventKind.ATTENDANCE, None)
    assert event.precision is DatePrecision.UNKNOWN
    assert "94.1%" in event.summary
    assert result.person("E1").preferred_forename == "Goldie"
    assert result.rules_on(3) == ["plain.attendance"]
    assert set(result.rules_on(4)) == {"plain.upn", "plain.after-today", "plain.school-urn"}
    assert result.person("E3").born_on == date(2031, 5, 6)


def test_an_unborn_child_is_expected_and_not_born(social_care):
    unborn = social_care.person("S2")
    assert (unborn.born_on, unborn.expected_on) == (None, date(2025, 11, 14))
    assert unborn.forenames == "Unborn Baby"
    assert social_care.rules_on(3) == ["plain.unborn"]


def test_an_unborn_child_expected_long_ago_is_asked_about(social_care):
    assert social_care.person("S3").expected_on == date(2025, 3, 2)
    assert social_care.rules_on(4) == ["plain.unborn", "plain.expected-long-ago"]
    assert "plain.expected-too-late" in social_care.rules_on(7)


def test_a_row_without_forename_sex_and_date_is_an_unborn_child(social_care):
    assert social_care.rules_on(5) == ["plain.unborn", "plain.no-expected-date"]


def test_a_baby_whose_sex_is_known_has_been_born(social_care):
    assert social_care.person("S5").born_on == date(2025, 8, 30)
    assert set(social_care.rules_on(6)) == {"plain.ethnicity", "plain.la-code"}


def test_expected_dates_of_the_development_population_are_near_the_dates_of_birth():
    """The reason for reading them so: health's dates of birth of the same children are days away."""
    with shared_data("population-dev", "truth.csv").open(encoding="utf-8", newline="") as file:
        person_of = {(row["agency"], row["record_id"]): row["person_id"] for row in csv.DictReader(file)}
    born_on = {
        person_of["health", each.record_id]: each.born_on
        for each in read(LAYOUTS["health"], shared_data("population-dev", "health.csv")).people
    }
    unborn = [
        each
        for each in read(LAYOUTS["social_care"], shared_data("population-dev", "social_care.csv")).people
        if each.expected_on
    ]
    apart = [
        abs((each.expected_on - born_on[person_of["social_care", each.record_id]]).days) for each in unborn
    ]
    assert len(apart) > 20
    assert sorted(apart)[len(apart) // 2] <= 14
    assert sum(days == 0 for days in apart) < len(apart) / 4


def test_an_address_is_parted_from_its_postcode(police):
    assert (police.person("P1").address, police.person("P1").postcode) == (
        "9 INVENTED ROW, NOWHERE",
        "ZE10AA",
    )
    assert (police.person("P4").address, police.person("P4").postcode) == (
        "1 MADE UP LANE, NOWHERE",
        "ZE10AB",
    )
    assert police.person("P2").postcode == "" and police.rules_on(3) == []
    assert "plain.no-postcode" in police.rules_on(4)


def test_an_incident_becomes_an_event_of_its_kind(police):
    (witness,) = police.events_of("P1")
    assert (witness.kind, witness.on) == (EventKind.DOMESTIC_ABUSE, date(2025, 3, 29))
    (missing,) = police.events_of("P2")
    assert missing.kind is EventKind.MISSING_EPISODE
    (exploited,) = police.events_of("P3")
    assert (exploited.on, exploited.precision) == (None, DatePrecision.UNKNOWN)
    assert exploited.sensitivity is EventSensitivity.SENSITIVE
    assert exploited.statement is StatementType.ALLEGATION


def test_an_unknown_incident_is_kept_under_its_own_word(police):
    (event,) = police.events_of("P4")
    assert event.kind is EventKind.OTHER
    assert event.details["incident_type"] == "Something Else"
    assert set(police.rules_on(5)) == {"plain.incident-type", "plain.incident-before-birth"}
    assert police.events_of("P5") == []


def test_columns_are_found_by_name_in_any_order_and_extra_ones_are_reported_once(tmp_path):
    path = tmp_path / "police.csv"
    path.write_text(
        "Sex,Incident Type,notes,FORENAMES,record_id,surname,dob,Jo's list\n"
        "F,arrest,word for word,IMA,P1,MADEUP,03/02/2014,x\n"
        "F,arrest,word for word,IDA,P2,MADEUP,03/02/2014,x\n",
        encoding="utf-8",
    )
    result = read(LAYOUTS["police"], path)
    assert LAYOUTS["police"].recognises(Source(path))
    assert [each.forenames for each in result.people] == ["IMA", "IDA"]
    assert result.events[0].kind is EventKind.ARREST
    absent, extra = result.header.findings
    assert "“address” and “incident_date”" in absent.sentence
    assert "“notes”" in extra.sentence and "1 other column" in extra.sentence
    assert "Jo" not in extra.sentence


def test_a_file_without_a_column_that_is_needed_is_refused_by_its_name(tmp_path):
    path = tmp_path / "health.csv"
    path.write_text("record_id,nhs_number,family_name,given_name,born\nH1,,Madeup,Ima,x\n", encoding="utf-8")
    with pytest.raises(CannotBeRead, match="date_of_birth"):
        LAYOUTS["health"].header(Source(path))


def test_every_rule_that_is_used_is_declared():
    for name, declared in LAYOUTS.items():
        known = {each.name for each in declared.rules}
        found = {each for each in read(declared, sample(name)).rules if each.startswith("plain.")}
        assert found <= known
        assert found
