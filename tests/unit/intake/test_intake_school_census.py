"""The school census's tables as records and events, of an invented family and of a collection."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from sightline.intake.declaration import CannotBeRead
from sightline.intake.formats.school_census import FORMAT
from sightline.intake.formats.school_census.censuses import census_in
from sightline.intake.sources import Source
from sightline.vocabulary.codes import Sex
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity
from tests.builders.intake_reading import SAMPLES, read
from tests.builders.shared_data import shared_data

FAMILY = SAMPLES / "school-census"
PUPIL = "pupilonrolltableid,NativeId,upn,surname,forename,dob,sex,entrydate"


def written(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_every_table_of_a_collection_loads_and_each_row_is_accepted_or_refused() -> None:
    rows = Counter[str]()
    for path in sorted(shared_data("external", "liia-school-census").glob("*.csv")):
        assert FORMAT.recognises(Source(path)), path.name
        done = read(FORMAT, path)
        lines = len(path.read_text(encoding="utf-8").splitlines()) - 1
        assert len(done.raws) == lines and done.refused == 0
        names = Counter((each.record_id, each.event_id) for each in done.events)
        assert max(names.values(), default=1) == 1, path.name
        rows[path.stem[5:]] = lines
    assert rows["autumn_pupilonroll"] == 9088 and len(rows) == 13


def test_the_tables_of_a_pupil_share_its_record() -> None:
    files = (
        "2025_spring_pupilonroll",
        "2025_spring_pupilnolongeronroll",
        "2025_spring_termlyexclusionsoffroll",
    )
    for name in files:
        done = read(FORMAT, FAMILY / f"{name}.csv")
        assert "p-ivy-01" in {each.record_id for each in (*done.people, *done.events)}


def test_a_number_that_counts_rows_is_told_apart_by_census_and_roll(tmp_path: Path) -> None:
    path = written(
        tmp_path, "2024_autumn_pupilonroll.csv", PUPIL, "17,S1,,MADEUP,IVY,2013-03-09,F,2020-09-01"
    )
    assert read(FORMAT, path).people[0].record_id == "2024 autumn/on roll/17"


def test_a_pupil_is_read_with_every_name_and_number() -> None:
    person = read(FORMAT, FAMILY / "2025_spring_pupilonroll.csv").person("p-ivy-01")
    assert (person.surname, person.forenames, person.former_surname) == (
        "SAMPLETON-MADEUP",
        "IVY ROSE",
        "EXAMPLE",
    )
    assert person.aliases == ("IVY PRETEND",)
    assert (person.born_on, person.sex, person.upn) == (date(2013, 3, 9), Sex.FEMALE, "K999200018001")
    assert person.ethnicity == "WBRI"


def test_the_stay_at_a_school_keeps_its_name_from_one_census_to_the_next() -> None:
    def stay(name: str) -> list[str]:
        events = read(FORMAT, FAMILY / f"{name}.csv").events_of("p-ivy-01")
        return [each.event_id for each in events if each.kind is EventKind.SCHOOL_ROLL]

    assert stay("2024_autumn_pupilonroll") == stay("2025_spring_pupilnolongeronroll")


def test_attendance_is_of_the_term_before_and_says_when_it_is_persistently_low() -> None:
    events = read(FORMAT, FAMILY / "2024_autumn_pupilonroll.csv").events_of("p-ivy-01")
    first, second = [each for each in events if each.kind is EventKind.ATTENDANCE]
    assert (first.on, first.until, first.precision) == (
        date(2024, 4, 1),
        date(2024, 5, 26),
        DatePrecision.TERM,
    )
    assert first.details["sessions_possible"] == "64" and first.details["sessions_absent"] == "10"
    assert first.summary.endswith("(15.6%), 2 of them unauthorised: persistently absent.")
    assert second.on == date(2024, 5, 27) and "persistently" not in second.summary


def test_absence_is_added_up_from_codes_once_the_collection_has_no_totals() -> None:
    done = read(FORMAT, FAMILY / "2025_spring_termlysessiondetailsoffroll.csv")
    absent = [
        int(each.details["sessions_absent"]) for each in done.events if "sessions_absent" in each.details
    ]
    assert sum(absent) == 12 + 9 + 6
    detention = next(each for each in done.events if each.details["attendance_code"] == "Y5")
    assert detention.sensitivity is EventSensitivity.SENSITIVE


def test_codes_beside_totals_are_not_added_up_twice(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "2024_autumn_termlysessiondetailsonroll.csv",
        "termlysessiondetailsonrolltableid,NativeId,pupilonrolltableid,sessions,attendancereason",
        "d1,S1,p-1,8,I",
    )
    (event,) = read(FORMAT, path).events
    assert event.details["sessions"] == "8" and "sessions_absent" not in event.details


def test_suspensions_and_exclusions_say_how_long_and_why() -> None:
    done = read(FORMAT, FAMILY / "2025_spring_termlyexclusionsoffroll.csv")
    told = [(each.kind, each.on, each.summary) for each in done.events]
    assert told[0] == (
        EventKind.SUSPENSION,
        date(2024, 10, 7),
        "Suspended from school 9992001 for 1 day and a half (3 sessions): physical assault against a pupil; "
        "persistent or general disruptive behaviour.",
    )
    assert told[2][0] is EventKind.EXCLUSION
    assert done.events[1].sensitivity is EventSensitivity.SENSITIVE
    assert done.rules_on(5) == ["school-census.date", "school-census.no-reason"]


def test_a_home_is_a_place_to_find_a_pupil_by_and_never_an_event() -> None:
    done = read(FORMAT, FAMILY / "2025_spring_addresses.csv")
    assert done.events == [] and done.people[0].postcode == "ZZ11AA"
    assert done.people[1].former_postcodes == ("ZZ19QQ",) and not done.people[1].postcode


def test_how_a_pupil_left_care_is_told_nowhere() -> None:
    done = read(FORMAT, FAMILY / "2024_autumn_pupilonroll.csv")
    assert not any("adopt" in each.summary.lower() or "plaa" in each.details for each in done.events)


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ("p,S1,K999200018002,MADEUP,IVY,2013-03-09,F,2020-09-01", "school-census.upn"),
        ("p,S1,,MADEUP,IVY,2013-03-09,F,2020-09-01", "school-census.no-upn"),
        ("p,S1,K999200018001,,IVY,2013-03-09,F,2020-09-01", "school-census.no-name"),
        ("p,S1,K999200018001,MADEUP,IVY,2013-02-30,F,2020-09-01", "school-census.date"),
        ("p,S1,K999200018001,MADEUP,IVY,1900-01-01,F,2020-09-01", "school-census.doubtful-date"),
        ("p,S1,K999200018001,MADEUP,IVY,2099-01-01,F,2020-09-01", "school-census.doubtful-date"),
        ("p,S1,K999200018001,MADEUP,IVY,1981-01-01,F,2020-09-01", "school-census.age"),
        ("p,S1,K999200018001,MADEUP,IVY,2013-03-09,Q,2020-09-01", "school-census.sex"),
        ("p,S1,K999200018001,MADEUP,IVY,2013-03-09,F,2012-09-01", "school-census.entry-before-birth"),
        ("p,S1,K999200018001,MADEUP,IVY,2013-03-09,F,2025-02-01", "school-census.after-census"),
        ("p,S1,K999200018001,MADEUP,IVY,2013-03-09,F,", "school-census.no-entry-date"),
    ],
)
def test_what_is_odd_about_a_pupil_is_found_and_the_pupil_taken(
    tmp_path: Path, cells: str, rule: str
) -> None:
    done = read(FORMAT, written(tmp_path, "2024_autumn_pupilonroll.csv", PUPIL, cells))
    assert rule in done.rules and done.refused == 0 and len(done.people) == 1


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        (",S1,K999200018001,MADEUP,IVY,2013-03-09,F,2020-09-01", "school-census.no-pupil-number"),
        ("p,S1,,,,,F,2020-09-01", "school-census.nobody"),
    ],
)
def test_a_row_that_nobody_could_use_is_refused(tmp_path: Path, cells: str, rule: str) -> None:
    done = read(FORMAT, written(tmp_path, "2024_autumn_pupilonroll.csv", PUPIL, cells))
    assert done.refused == 1 and done.people == [] and rule in done.rules


def test_a_upn_of_two_pupils_and_a_pupil_told_twice_are_found(tmp_path: Path) -> None:
    row = "S1,K999200018001,MADEUP,IVY,2013-03-09,F,2020-09-01"
    path = written(tmp_path, "2024_autumn_pupilonroll.csv", PUPIL, f"p,{row}", f"q,{row}", f"p,{row}")
    done = read(FORMAT, path)
    assert "school-census.upn-of-two" in done.rules_on(3)
    assert "school-census.pupil-twice" in done.rules_on(4)
    assert len({(each.record_id, each.event_id) for each in done.events}) == 3


def test_more_absence_than_sessions_makes_no_percentage(tmp_path: Path) -> None:
    header = f"{PUPIL},termlysessionspossible,termlysessionsauthorised,termlysessionsunauthorised"
    row = "p,S1,K999200018001,MADEUP,IVY,2013-03-09,F,2020-09-01,60,50,20"
    done = read(FORMAT, written(tmp_path, "2024_autumn_pupilonroll.csv", header, row))
    attendance = next(each for each in done.events if each.kind is EventKind.ATTENDANCE)
    assert "sessions_absent" not in attendance.details and "%" not in attendance.summary
    assert "school-census.absent-beyond-possible" in done.rules


def test_a_file_that_does_not_say_its_census_is_taken_without_placing_its_terms(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "sessions.csv",
        "termlysessiondetailsonrolltableid,NativeId,pupilonrolltableid,sessions,attendancereason",
        "d1,S1,p-1,8,I",
    )
    done = read(FORMAT, path)
    assert done.header.collection == "termlysessiondetailsonroll" and "school-census.no-census" in done.rules
    assert done.events[0].on is None and done.events[0].precision is DatePrecision.UNKNOWN


def test_columns_of_another_year_are_reported(tmp_path: Path) -> None:
    header = PUPIL.replace("sex", "gender")
    row = "p,S1,K999200018001,MADEUP,IVY,2013-03-09,F,2020-09-01"
    done = read(FORMAT, written(tmp_path, "2024_autumn_pupilonroll.csv", header, row))
    assert "school-census.columns-of-another-census" in done.rules and done.people[0].sex is Sex.FEMALE


def test_a_table_without_its_pupils_number_cannot_be_read(tmp_path: Path) -> None:
    header = "termlyexclusionsonrolltableid,NativeId,startdate,sessions,category"
    path = written(tmp_path, "2024_autumn_termlyexclusionsonroll.csv", header, "e1,S1,2024-03-01,2,SUSP")
    with pytest.raises(CannotBeRead, match="column pupilonrolltableid"):
        read(FORMAT, path)


def test_renamed_columns_are_no_census_table(tmp_path: Path) -> None:
    source = Source(written(tmp_path, "2024_autumn_pupilonroll.csv", "Pupil,School,Name", "p,S1,IVY"))
    assert not FORMAT.recognises(source)
    with pytest.raises(CannotBeRead):
        FORMAT.header(source)


@pytest.mark.parametrize(
    ("name", "census"),
    [
        ("2024_autumn_pupilonroll.csv", "2024 autumn"),
        ("PupilOnRoll Spr 2025.csv", "2025 spring"),
        ("pupilonroll.csv", "None"),
        ("2024_2025_autumn_pupilonroll.csv", "None"),
    ],
)
def test_the_census_is_read_from_the_name(name: str, census: str) -> None:
    assert str(census_in(name)) == census


def test_each_census_asks_for_the_terms_before_it() -> None:
    spring = census_in("2025 spring")
    assert spring is not None and spring.attendance.days.label == "1 August 2024 to 31 December 2024"
    assert date(2024, 10, 7) in spring.exclusions and date(2025, 1, 8) not in spring.exclusions
