"""The Standard Safeguarding Dataset's tables as people and events, told of an invented family."""

import shutil
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from sightline.intake.declaration import CannotBeRead
from sightline.intake.formats.safeguarding_dataset import FORMAT
from sightline.intake.formats.safeguarding_dataset.tables import TIES, columns_of
from sightline.intake.sources import Source
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity, StatementType
from tests.builders.intake_reading import SAMPLES, Read, read
from tests.builders.shared_data import shared_data

FAMILY = SAMPLES / "safeguarding-dataset"
IVY, OTTO = "C1001", "C1002"


def told(table: str) -> Read:
    return read(FORMAT, FAMILY / f"{table}.csv")


def written(folder: Path, table: str, *rows: Mapping[str, str]) -> Path:
    """A file of the table with all of its columns, named as an extract names it."""
    names = [each.name for each in columns_of(table)]
    lines = [",".join(names), *(",".join(row.get(name, "") for name in names) for row in rows)]
    path = folder / f"{table}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_every_table_of_the_specification_is_declared_with_its_columns() -> None:
    declared = {each.name: [column.name for column in each.columns] for each in FORMAT.tables}
    objects = shared_data("external", "ssd", "objects")
    specified = {path.stem for path in objects.glob("ssd_*.yml")}
    assert set(declared) == specified and len(specified) == 48
    for name, columns in declared.items():
        lines = (objects / f"{name}.yml").read_text(encoding="utf-8").splitlines()
        assert columns == [line[10:].strip() for line in lines if line.startswith("  - name: ")], name


@pytest.mark.parametrize("path", sorted(FAMILY.glob("*.csv")), ids=lambda path: path.stem)
def test_each_table_is_recognised_as_itself_and_every_row_accounted_for(path: Path) -> None:
    assert FORMAT.recognises(Source(path))
    done = read(FORMAT, path)
    assert done.header.collection == path.stem
    assert len(done.raws) == len(path.read_text(encoding="utf-8").splitlines()) - 1
    names = Counter((each.record_id, each.event_id) for each in done.events)
    assert done.refused == 0 and max(names.values(), default=1) == 1
    assert all(each.record_id for each in (*done.people, *done.events))


def test_people_are_read_with_births_expected_births_and_adults_told_apart() -> None:
    done = told("ssd_person")
    ivy = done.person(IVY)
    assert (ivy.surname, ivy.forenames, ivy.nhs_number) == ("Sampleton-Madeup", "Ivy Rose", "9000000017")
    assert (ivy.born_on, ivy.ethnicity, ivy.is_adult) == (date(2013, 3, 9), "WBRI", False)
    unborn = done.person("C1003")
    assert unborn.born_on is None and unborn.expected_on == date(2025, 12, 24)
    assert done.person("A9001").is_adult
    assert done.person(OTTO).nhs_number == "" and done.rules["ssd.nhs-number"] == 1


def test_nothing_tells_where_a_child_is_placed() -> None:
    done = told("ssd_address")
    otto = done.person(OTTO)
    assert otto.is_address_protected and not (otto.postcode or otto.address or otto.former_postcodes)
    assert not [each for each in done.events if each.record_id == OTTO]
    (placement,) = told("ssd_cla_placement").events
    assert placement.summary == "Placement: foster care (the authority's own provision)."
    shown = f"{placement.summary}{dict(placement.details)}"
    assert "ZZ12BB" not in shown and "SC999999" not in shown


def test_homes_are_present_and_former_and_no_move_names_a_place() -> None:
    done = told("ssd_address")
    homes = [each for each in done.people if each.record_id == IVY]
    assert [each.postcode for each in homes] == ["", "ZZ11AA"]
    assert homes[0].former_postcodes == ("ZZ19QQ",)
    assert not any("ZZ1" in f"{each.summary}{each.details}" for each in done.events)


def test_numbers_of_other_agencies_come_to_the_person() -> None:
    done = told("ssd_linked_identifiers")
    assert [each.upn for each in done.people if each.upn] == ["K999200018001"]
    assert ("YOT", "Y-12") in [pair for each in done.people for pair in each.other_ids]
    assert done.rules_on(5) == ["ssd.identifier-type"]


def test_a_referral_is_told_with_the_episode_that_it_began() -> None:
    done = told("ssd_cin_episodes")
    referral, episode = done.events_of(IVY)
    assert referral.summary == "Referral from the police; outcome: assessment, strategy discussion."
    assert (episode.kind, episode.is_open) == (EventKind.CHILD_IN_NEED, True)
    nothing_more = [each for each in done.events_of(OTTO) if each.on == date(2023, 5, 2)]
    assert [each.kind for each in nothing_more] == [EventKind.REFERRAL]


def test_the_way_to_a_protection_plan_reads_as_a_practitioner_tells_it() -> None:
    tables = (
        "ssd_s47_enquiry",
        "ssd_initial_cp_conference",
        "ssd_cp_plans",
        "ssd_cp_reviews",
        "ssd_cp_visits",
    )
    said = [each.summary for table in tables for each in told(table).events_of(IVY)]
    assert said == [
        "Section 47 enquiry; outcome: child protection conference.",
        "Initial child protection conference; outcome: child protection plan.",
        "Child protection plan for neglect, latest for more than one category (neglect, emotional abuse).",
        "Review of the child protection plan; plan to continue; not quorate; "
        "child did not come, an advocate spoke.",
        "Visit under a protection plan, child seen alone, bedroom not seen.",
        "Visit under a protection plan, child not seen, bedroom not seen.",
    ]
    assert told("ssd_cp_visits").rules_on(3) == ["ssd.alone-but-not-seen"]


def test_what_somebody_wrote_is_kept_word_for_word_apart_from_the_summary() -> None:
    (assessment,) = told("ssd_cin_assessments").events
    assert assessment.text == "Ivy said she feels safer at school."
    assert assessment.summary == "Assessment, child seen; outcome: services to be provided."


def test_a_conference_that_was_due_and_not_held_has_no_day() -> None:
    done = told("ssd_initial_cp_conference")
    (event,) = done.events_of(OTTO)
    assert event.on is None and event.precision is DatePrecision.UNKNOWN
    assert "due on 9 October 2024" in event.summary and done.rules_on(3) == ["ssd.not-held"]


@pytest.mark.parametrize("table", sorted(TIES))
def test_a_row_that_names_no_child_is_tied_through_the_other_tables_of_its_folder(table: str) -> None:
    path = FAMILY / f"{table}.csv"
    events = read(FORMAT, path).events
    assert events and {each.record_id for each in events} <= {IVY, OTTO}


def test_a_row_that_cannot_be_tied_is_taken_and_told_of_nobody(tmp_path: Path) -> None:
    path = Path(shutil.copy(FAMILY / "ssd_cla_reviews.csv", tmp_path))
    done = read(FORMAT, path)
    assert len(done.raws) == 2 and done.refused == 0 and done.events == []
    assert done.rules["ssd.not-tied"] == 2


def test_files_of_one_extract_are_known_by_their_names(tmp_path: Path) -> None:
    for table in ("ssd_cla_reviews", "ssd_cla_episodes"):
        shutil.copy(FAMILY / f"{table}.csv", tmp_path / f"2025-09 {table} final.csv")
    assert read(FORMAT, tmp_path / "2025-09 ssd_cla_reviews final.csv").events_of(OTTO)


def test_a_damaged_table_beside_a_good_one_does_not_spoil_it(tmp_path: Path) -> None:
    path = Path(shutil.copy(FAMILY / "ssd_cla_reviews.csv", tmp_path))
    (tmp_path / "ssd_cla_episodes.csv").write_bytes(b"\x00\x01clae_cla_id,clae_person_id\n")
    done = read(FORMAT, path)
    assert done.refused == 0 and done.rules["ssd.unreadable-table"] == 1


def test_factors_take_the_day_of_their_assessment() -> None:
    done = told("ssd_assessment_factors")
    (event,) = done.events
    assert (event.record_id, event.on, event.details["factors"]) == (IVY, date(2024, 10, 25), "3B 4B 16A")


def test_adoption_closes_the_record_and_protects_every_step_towards_it() -> None:
    done = told("ssd_permanence")
    assert done.person("C1005").is_restricted and len(done.events) == 5
    assert {each.sensitivity for each in done.events} == {EventSensitivity.PROTECTED}
    assert not any("adopter" in name for each in done.events for name in each.details)


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("ssd_cla_episodes", {"clae_person_id": "C9", "clae_cla_episode_ceased_reason": "E12"}),
        ("ssd_cin_episodes", {"cine_person_id": "C9", "cine_close_reason": "RC1"}),
    ],
)
def test_a_case_closed_by_adoption_closes_the_record(tmp_path: Path, table: str, row: dict[str, str]) -> None:
    assert read(FORMAT, written(tmp_path, table, row)).person("C9").is_restricted


def test_a_mothers_record_does_not_lead_to_her_child() -> None:
    (event,) = told("ssd_mother").events
    assert event.record_id == "A9001" and IVY not in f"{event.summary}{event.details}{event.event_id}"


def test_what_a_child_answers_is_an_opinion() -> None:
    (event,) = told("ssd_voice_of_child").events
    assert event.statement is StatementType.OPINION


@pytest.mark.parametrize(
    "table", ["ssd_missing", "ssd_cla_health", "ssd_cla_substance_misuse", "ssd_cla_convictions"]
)
def test_health_offending_and_going_missing_are_sensitive(table: str) -> None:
    assert {each.sensitivity for each in told(table).events} == {EventSensitivity.SENSITIVE}


_UNOFFERED = {"miss_missing_rhi_offered": "N", "miss_missing_rhi_accepted": "Y"}


@pytest.mark.parametrize(
    ("table", "row", "rule"),
    [
        ("ssd_contacts", {"cont_contact_date": ""}, "ssd.no-day"),
        ("ssd_contacts", {"cont_contact_date": "2099-01-01"}, "ssd.doubtful-date"),
        ("ssd_contacts", {"cont_contact_date": "1900-01-01"}, "ssd.doubtful-date"),
        ("ssd_contacts", {"cont_contact_date": "31/02/2024"}, "ssd.date"),
        ("ssd_contacts", {"cont_contact_source_code": "ZZ"}, "ssd.code"),
        ("ssd_contacts", {"cont_contact_outcome_json": '"{""NFA_FLAG"""'}, "ssd.not-json"),
        ("ssd_contacts", {"cont_contact_id": ""}, "ssd.no-row-number"),
        ("ssd_cin_episodes", {"cine_close_date": "2024-05-05"}, "ssd.end-without-reason"),
        ("ssd_cin_episodes", {"cine_close_reason": "RC7"}, "ssd.reason-without-end"),
        ("ssd_cin_plans", {"cinp_cin_plan_end_date": "2020-01-01"}, "ssd.end-before-start"),
        ("ssd_cp_plans", {"cppl_cp_plan_initial_category": ""}, "ssd.no-category"),
        ("ssd_missing", _UNOFFERED, "ssd.interview-accepted-not-offered"),
        ("ssd_sdq_scores", {"csdq_sdq_score": "41"}, "ssd.sdq-score"),
        ("ssd_sdq_scores", {"csdq_sdq_score": ""}, "ssd.no-sdq-score"),
    ],
)
def test_what_is_odd_is_found_and_the_row_taken(
    tmp_path: Path, table: str, row: dict[str, str], rule: str
) -> None:
    names = [each.name for each in columns_of(table)]
    person = next(name for name in names if name.endswith("_person_id"))
    start = {
        name: "2024-03-01" for name in names if name.endswith(("start_date", "contact_date", "referral_date"))
    }
    done = read(FORMAT, written(tmp_path, table, {names[0]: "N1", person: "C9", **start, **row}))
    assert rule in done.rules and done.refused == 0 and done.events


@pytest.mark.parametrize(
    ("table", "row", "rule"),
    [
        ("ssd_person", {"pers_person_id": "C9"}, "ssd.nobody"),
        ("ssd_person", {"pers_surname": "Madeup"}, "ssd.no-person-number"),
        ("ssd_contacts", {"cont_contact_id": "CO1"}, "ssd.no-person-number"),
    ],
)
def test_a_row_about_nobody_is_refused(tmp_path: Path, table: str, row: dict[str, str], rule: str) -> None:
    done = read(FORMAT, written(tmp_path, table, row))
    assert done.refused == 1 and rule in done.rules and not done.people and not done.events


def test_a_number_given_twice_is_found_and_both_rows_stand(tmp_path: Path) -> None:
    row = {"cont_contact_id": "CO1", "cont_person_id": "C9", "cont_contact_date": "2024-03-01"}
    done = read(FORMAT, written(tmp_path, "ssd_contacts", row, row))
    assert done.rules_on(3) == ["ssd.row-twice"] and len({each.event_id for each in done.events}) == 2


def test_renamed_columns_are_no_table_of_the_dataset(tmp_path: Path) -> None:
    path = tmp_path / "ssd_contacts.csv"
    path.write_text("Contact,Person,When\nCO1,C9,2024-03-01\n", encoding="utf-8")
    assert not FORMAT.recognises(Source(path))
    with pytest.raises(CannotBeRead):
        FORMAT.header(Source(path))


def test_a_table_without_the_persons_column_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "ssd_contacts.csv"
    path.write_text("cont_contact_id,cont_contact_date\nCO1,2024-03-01\n", encoding="utf-8")
    with pytest.raises(CannotBeRead, match="column cont_person_id"):
        read(FORMAT, path)


def test_columns_in_capitals_are_the_same_columns(tmp_path: Path) -> None:
    path = tmp_path / "SSD_CONTACTS.CSV"
    path.write_text("CONT_CONTACT_ID,CONT_PERSON_ID,CONT_CONTACT_DATE\nCO1,C9,2024-03-01\n", encoding="utf-8")
    assert read(FORMAT, path).events[0].on == date(2024, 3, 1)


def test_a_row_with_a_cell_like_a_formula_is_still_tied_and_numbered(tmp_path: Path) -> None:
    shutil.copy(FAMILY / "ssd_cla_episodes.csv", tmp_path)
    row = {"clar_cla_review_id": "=LR1()", "clar_cla_id": "CLA1", "clar_cla_review_date": "2025-03-12"}
    done = read(FORMAT, written(tmp_path, "ssd_cla_reviews", row, row))
    assert "file.formula" in done.rules and done.refused == 0
    assert len({each.event_id for each in done.events_of(OTTO)}) == 2


def test_a_row_with_too_few_cells_is_refused_alone(tmp_path: Path) -> None:
    path = written(tmp_path, "ssd_contacts", {"cont_contact_id": "CO1", "cont_person_id": "C9"})
    path.write_text(path.read_text(encoding="utf-8") + "CO2,C9\n", encoding="utf-8")
    done = read(FORMAT, path)
    assert len(done.raws) == 2 and done.refused == 1 and len(done.events) == 1
