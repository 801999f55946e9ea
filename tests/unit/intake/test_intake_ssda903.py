"""The looked-after return, as CSV tables and as XML: what loads, what is found, and what is told."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from sightline.intake.declaration import CannotBeRead, Format
from sightline.intake.formats import ssda903_csv, ssda903_xml
from sightline.intake.formats.ssda903 import rules, tables
from sightline.intake.formats.ssda903.years import Year, year_by_dates, year_named
from sightline.intake.sources import Source
from sightline.vocabulary.codes import Sex
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity
from tests.builders.intake_reading import SAMPLES, Read, read
from tests.builders.shared_data import shared_data

CSV, XML = ssda903_csv.FORMAT, ssda903_xml.FORMAT
LATER = date(2026, 11, 1)
RETURN = SAMPLES / "ssda903-xml" / "return_2024-25.xml"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"


def sample(table: str) -> Read:
    (path,) = (SAMPLES / "ssda903-csv").glob(f"*_{table}.csv")
    return read(CSV, path)


def written(folder: Path, *lines: str, name: str = "2024-25_table.csv", declared: Format = CSV) -> Read:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert declared.recognises(Source(path))
    return read(declared, path)


def numbers(done: Read, line: int) -> set[str]:
    return {rule.removeprefix("ssda903.") for rule in done.rules_on(line)}


def test_every_rule_of_the_department_is_checked_or_listed_with_a_reason() -> None:
    with shared_data("external", "d2i-903", "rules_903.csv").open(encoding="utf-8") as file:
        listed = {row["code"] for row in csv.DictReader(file)}
    for declared in (CSV, XML):
        checked = {rule.department for rule in declared.rules if rule.department}
        reasons = {each.department: each.why for each in declared.not_covered}
        assert checked | set(reasons) == listed
        assert not checked & set(reasons)
        assert all(reasons.values())


def test_the_xml_form_answers_all_that_one_csv_table_can_of_the_tables_it_has() -> None:
    in_csv = {rule.name for rule in CSV.rules}
    in_xml = {rule.name for rule in XML.rules}
    only_csv = {check.rule.name for check in rules.CHECKS if check.needs & {"social_worker", "dolo"}}
    assert in_csv - in_xml <= only_csv
    assert len(in_xml - in_csv) > 40


def test_no_rule_has_two_meanings() -> None:
    for declared in (CSV, XML):
        names = [rule.name for rule in declared.rules]
        assert len(names) == len(set(names))


def test_every_csv_file_of_a_real_layout_loads_with_counts_that_balance() -> None:
    rows = 0
    for folder in ("d2i-903", "liia-903"):
        for path in sorted(shared_data("external", folder).glob("*.csv")):
            if path.name == "rules_903.csv":
                assert not CSV.recognises(Source(path))
                continue
            assert CSV.recognises(Source(path)), path.name
            done = read(CSV, path, LATER)
            with path.open(encoding="utf-8-sig", newline="") as file:
                assert len(done.raws) == sum(1 for _ in csv.reader(file)) - 1
            assert len(done.people) == len(done.raws) - done.refused
            ids = [(event.record_id, event.event_id) for event in done.events]
            assert len(ids) == len(set(ids)), path.name
            rows += len(done.raws)
    assert rows == 25_985


@pytest.mark.parametrize(
    ("folder", "name", "children"),
    [("d2i-903", "fake_903.xml", 253), ("csc-data-synthesizer", "generated_903.xml", 261)],
)
def test_every_xml_file_loads_with_one_record_for_each_child(folder: str, name: str, children: int) -> None:
    path = shared_data("external", folder, name)
    assert XML.recognises(Source(path)) and not CSV.recognises(Source(path))
    done = read(XML, path, LATER)
    assert len(done.raws) == len(done.people) == children and done.refused == 0
    ids = [(event.record_id, event.event_id) for event in done.events]
    assert len(ids) == len(set(ids)) > 1000


def test_the_schema_knows_every_element_that_is_read() -> None:
    schema = shared_data("external", "csc-data-synthesizer", "CLA.xsd").read_text(encoding="utf-8")
    for table in tables.TABLES:
        if table.name in rules.XML_TABLES:
            for column in table.columns:
                spelled = (column.name, *column.spellings)
                assert any(f'name="{name}"' in schema for name in spelled), (table.name, column.name)
    for path in tables.ELEMENTS.values():
        assert all(f'name="{tag}"' in schema for tag in path)


def published_codes(text: str) -> dict[tuple[str, str], set[str]]:
    """The codes by table and column out of a year's schema or of its differences to the year before."""
    found: dict[tuple[str, str], set[str]] = {}
    table = column = ""
    for line in text.splitlines():
        if changed := re.match(r"column_map\.(\w+)\.(\w+)\.category:", line):
            table, column = changed.groups()
        elif added := re.match(r"column_map\.(\w+):|    ([a-z]\w*):", line):
            table, column = added[1] or added[2] or table, ""
        elif named := re.match(r" +([A-Z]\w*):", line):
            column = named[1]
        elif code := re.match(r' +- code: "(\w+)"', line):
            found.setdefault((table, column), set()).add(code[1])
    return found


def test_our_codes_are_those_of_every_years_published_schema() -> None:
    folder = shared_data("external", "liia-903")
    names = {
        "placed_adoption": "placed_for_adoption",
        "prev_perm": "previous_permanence",
    }
    theirs = published_codes((folder / "SSDA903_schema_2017.yml").read_text(encoding="utf-8"))
    assert len(theirs) > 25
    for year in range(2017, 2027):
        diff = folder / f"SSDA903_schema_{year}.diff.yml"
        if diff.exists():
            theirs |= published_codes(diff.read_text(encoding="utf-8"))
        for (table, name), listed in theirs.items():
            column = tables.column(names.get(table, table), name)
            ours = {code for code in column.codes if tables.is_taken(column, code, year)}
            assert ours == listed, (year, table, name)


def test_a_table_is_known_by_its_columns_in_any_case_spacing_and_order(tmp_path: Path) -> None:
    done = written(
        tmp_path, "Mis Start,MISSING,dob,Child,mis_end", "03/08/2024,M,04/06/2013,LAC-1,05/08/2024"
    )
    (event,) = done.events
    assert event.kind is EventKind.MISSING_EPISODE
    assert (event.on, event.until) == (date(2024, 8, 3), date(2024, 8, 5))
    assert done.header.collection == "2025/missing" and not done.findings


def test_a_finding_names_the_column_as_the_file_does() -> None:
    columns = {finding.place.column for finding in sample("episodes").findings}
    assert "Reason Place Change" in columns and "REASON_PLACE_CHANGE" not in columns


def test_a_table_with_other_columns_is_no_table_of_the_return(tmp_path: Path) -> None:
    path = tmp_path / "episodes.csv"
    path.write_text("PERSON,BEGAN,ENDED\n1,2,3\n", encoding="utf-8")
    assert not CSV.recognises(Source(path))
    with pytest.raises(CannotBeRead, match="no table"):
        read(CSV, path)


def test_a_missing_and_an_unknown_column_are_said_once_for_the_file(tmp_path: Path) -> None:
    done = written(tmp_path, "CHILD,DECOM,RNE,LS,PLACE,NICKNAME", "L1,01/05/2024,S,C1,U6,Invented")
    assert done.rules["ssda903.column-missing"] == 8
    assert done.rules["ssda903.column-unknown"] == 1
    assert all("Invented" not in finding.sentence for finding in done.findings)


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("SSDA903_2020_episodes.csv", 2020),
        ("header 2019-20.csv", 2020),
        ("903 2024_2025 oc2.csv", 2025),
        ("episodes.csv", None),
        ("2019 and 2021.csv", None),
        ("return_1885.csv", None),
    ],
)
def test_the_year_of_the_return_is_read_from_the_name_of_the_file(name: str, year: int | None) -> None:
    assert year_named(name) == (Year(year) if year else None)


def test_the_year_by_dates_is_the_latest_with_a_fair_share_of_them() -> None:
    days = [date(2024, 5, 1)] * 60 + [date(2025, 3, 31)] * 60 + [date(2052, 1, 1)]
    assert year_by_dates(days) == Year(2025)
    assert year_by_dates([]) is None


def test_what_depends_on_the_year_is_left_where_the_year_is_not_known(tmp_path: Path) -> None:
    line = "LAC-4,20/09/2011,YES,F2,B1"
    known = written(tmp_path, "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM", line, name="2024-25.csv")
    unknown = written(tmp_path, "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM", line, name="leavers.csv")
    assert numbers(known, 2) == {"391"}
    assert unknown.rules.keys() == {"ssda903.year-unknown"}
    assert unknown.header.collection == "oc3"
    assert unknown.events[0].on is None and unknown.events[0].precision is DatePrecision.UNKNOWN


def test_a_header_says_who_the_child_is() -> None:
    done = sample("header")
    person = done.person("LAC-001")
    assert (person.born_on, person.sex, person.ethnicity) == (date(2013, 6, 4), Sex.FEMALE, "WBRI")
    assert person.upn == "B801200005001"
    assert done.person("LAC-002").upn == ""
    assert done.refused == 1 and numbers(done, 6) == {"no-child"}
    assert numbers(done, 5) == {"171"}


def test_episodes_are_told_with_what_began_and_what_ended() -> None:
    told = {event.event_id: event for event in sample("episodes").events_of("LAC-001")}
    first = told["episode:2024-05-10"]
    assert first.kind is EventKind.LOOKED_AFTER and first.until == date(2024, 12, 2) and not first.is_open
    assert first.summary == (
        "Looked after: care began (S); legal status: interim care order (C1); need: abuse or neglect (N1); "
        "placement: foster care (U6)."
    )
    assert told["episode:2024-12-02"].is_open
    assert told["legal-status:2024-12-02"].summary == "Legal status: full care order (C2)."
    # The second episode changed the legal status only: no placement began with it.
    assert "placement:2024-12-02" not in told
    assert told["placement:2024-05-10"].details["placement postcode"] == "ZX34CD"


def test_an_adoption_is_protected_and_its_record_neither_closed_nor_tied_to_another() -> None:
    done = sample("episodes")
    told = done.events_of("LAC-002")
    assert {event.kind for event in told} >= {EventKind.ADOPTION, EventKind.PLACEMENT}
    assert {event.sensitivity for event in told} == {EventSensitivity.PROTECTED}
    (adopted,) = [event for event in told if event.kind is EventKind.ADOPTION]
    assert adopted.on == date(2024, 10, 15)
    person = done.person("LAC-002")
    assert person.is_address_protected and not person.is_restricted
    assert not person.other_ids and not person.former_upn
    for table in ("ad1", "placed_for_adoption"):
        assert {event.sensitivity for event in sample(table).events} == {EventSensitivity.PROTECTED}


def test_no_ordinary_event_of_a_child_in_care_tells_where_an_adoptive_family_lives() -> None:
    for event in (*sample("episodes").events, *read(XML, RETURN).events):
        if "ZX78GH" in event.details.values() or "A6" in event.details.values():
            assert event.sensitivity is EventSensitivity.PROTECTED


def test_what_cannot_be_a_code_a_date_or_a_postcode_is_repeated_nowhere() -> None:
    done = sample("episodes")
    told = " ".join(
        [event.event_id + event.summary + "".join(event.details.values()) for event in done.events]
        + [finding.sentence for finding in done.findings]
        + [person.postcode for person in done.people]
    )
    assert not [word for word in ("Rose", "HOLS", "Q9", "45/03", "not known") if word in told]


def test_faults_within_a_row_are_found_by_the_departments_numbers() -> None:
    assert numbers(sample("episodes"), 6) >= {"356", "380", "213"}
    assert numbers(sample("episodes"), 7) >= {"141", "144", "148", "392c", "1009"}
    assert numbers(sample("reviews"), 4) == {"441"}
    assert numbers(sample("oc2"), 3) == {"180", "188", "193", "197a", "542", "545"}
    assert numbers(sample("oc3"), 3) == {"344"}
    assert numbers(sample("uasc"), 3) == {"304"}
    assert numbers(sample("ad1"), 3) == {"333", "511"}
    assert numbers(sample("placed_for_adoption"), 4) == {"119", "120", "579"}
    assert numbers(sample("previous_permanence"), 4) == {"633"}
    assert numbers(sample("missing"), 4) == {"567", "574"}
    assert numbers(sample("social_worker"), 4) == {"sw02stg1", "sw08stg2", "sw15stg2"}
    assert numbers(sample("dolo"), 3) == {"702", "704"}


def test_the_file_made_to_err_gives_more_findings_than_its_twin() -> None:
    right = read(CSV, shared_data("external", "d2i-903", "placed_for_adoption.csv"), LATER)
    wrong = read(CSV, shared_data("external", "d2i-903", "placed_for_adoption_errors.csv"), LATER)
    assert wrong.rules - right.rules == {"ssda903.579": 1, "ssda903.120": 1}
    assert set(right.rules) == {"ssda903.120", "ssda903.year-by-dates"}


@pytest.mark.parametrize(
    ("number", "first", "second"),
    [
        ("142", "01/05/2024,S,C1,N1,U6,PR1,,,,,,", "01/07/2024,P,C1,N1,U4,PR1,,,,,,"),
        ("225", "01/05/2024,S,C1,N1,U6,PR1,01/07/2024,X1,,,,", "01/07/2024,P,C1,N1,U4,PR1,,,,,,"),
        ("388", "01/05/2024,S,C1,N1,U6,PR1,01/07/2024,X1,,,,", "10/07/2024,S,C1,N1,U6,PR1,,,,,,"),
        ("431", "01/05/2024,S,C1,N1,U6,PR1,01/07/2024,E4A,,,,", "01/07/2024,S,C1,N1,U6,PR1,,,,,,"),
        ("432", "01/05/2024,S,C1,N1,U6,PR1,01/07/2024,E4A,,,,", "01/07/2024,L,C2,N1,U6,PR1,,,,,,"),
        ("433", "01/05/2024,S,C1,N1,U6,PR1,01/07/2024,X1,,,,", "02/07/2024,L,C2,N1,U6,PR1,,,,,,"),
        ("434", "01/05/2024,S,C1,N1,U6,PR1,01/07/2024,X1,,,,", "01/07/2024,L,C1,N1,U6,PR1,,,,,,"),
        ("435", "01/05/2024,S,C1,N1,U6,PR1,01/07/2024,X1,CARPL,,,", "01/07/2024,P,C2,N1,U4,PR1,,,,,,"),
        ("436", "01/05/2024,S,C1,N1,U6,PR1,01/07/2024,X1,CARPL,,,", "01/07/2024,B,C1,N1,U4,PR1,,,,,,"),
        ("437", "01/05/2024,S,C1,N1,U6,PR1,01/07/2024,E2,,,,", "01/08/2024,S,C1,N1,U6,PR1,,,,,,"),
        ("199", "01/05/2024,S,C1,N1,A4,PR1,01/07/2024,E11,,,,", "01/08/2024,S,C1,N1,U6,PR1,,,,,,"),
        ("501", "01/05/2024,S,C1,N1,U6,PR1,01/07/2024,X1,,,,", "20/06/2024,L,C2,N1,U6,PR1,,,,,,"),
        ("504", "01/05/2024,S,C1,N1,U6,PR1,01/07/2024,X1,,,,", "01/07/2024,L,C2,N3,U6,PR1,,,,,,"),
        ("336", "01/05/2024,S,E1,N1,K2,PR1,01/07/2024,X1,CARPL,,,", "01/07/2024,T,E1,N1,A5,PR1,,,,,,"),
        ("426", "01/05/2024,S,V3,N1,U6,PR1,05/05/2024,E8,,,,", "01/07/2024,S,V4,N1,U6,PR1,,,,,,"),
        ("357", "01/05/2024,P,C1,N1,U6,PR1,01/07/2024,X1,,,,", "01/07/2024,L,C2,N1,U6,PR1,,,,,,"),
    ],
)
def test_episodes_that_do_not_fit_one_another_are_found_wherever_they_stand(
    tmp_path: Path, number: str, first: str, second: str
) -> None:
    other = "L2,01/05/2024,S,C1,N1,U6,PR1,,,,,,"
    done = written(tmp_path, EPISODES, f"L1,{second}", other, f"L1,{first}")
    assert number in numbers(done, 2) | numbers(done, 4)
    assert not numbers(done, 3)
    alone = written(tmp_path, EPISODES, f"L1,{second}", other, f"L3,{first}")
    assert number in {"357", "388"} or number not in {rule[8:] for rule in alone.rules}


def test_episodes_in_good_order_give_no_finding(tmp_path: Path) -> None:
    done = written(
        tmp_path,
        EPISODES,
        "L1,01/05/2024,S,C1,N1,U6,PR1,01/07/2024,X1,CARPL,ZX1 2AB,ZX3 4CD,1234567",
        "L1,01/07/2024,P,C1,N1,U4,PR4,20/12/2024,X1,,ZX1 2AB,ZX5 6EF,1234568",
        "L1,20/12/2024,L,C2,N1,U4,PR4,14/03/2025,E4A,,ZX1 2AB,ZX5 6EF,1234568",
    )
    assert not done.findings


@pytest.mark.parametrize(("year", "found"), [("2023-24", "X"), ("2024-25", "")])
def test_a_code_is_taken_in_its_years_only(tmp_path: Path, year: str, found: str) -> None:
    end = year[:4]
    done = written(
        tmp_path, EPISODES, f"L1,01/05/{end},S,C1,N1,K3,PR1,,,,,,1234567", name=f"{year}_episodes.csv"
    )
    assert ("146" in numbers(done, 2)) == bool(found)


def test_an_event_keeps_its_number_in_the_next_extract(tmp_path: Path) -> None:
    rows = [
        "L1,01/05/2024,S,C1,N1,U6,PR1,01/07/2024,X1,CARPL,,,",
        "L1,01/07/2024,P,C1,N1,U4,PR4,,,,,,",
    ]
    earlier = written(tmp_path, EPISODES, *rows, name="2024-25_episodes_first.csv")
    rows.insert(0, "L9,01/05/2024,S,C1,N1,U6,PR1,,,,,,")
    rows[2] = "L1,1/7/2024,P,C1,N1,U4,PR4,14/03/2025,E4A,,,,"
    later = written(tmp_path, EPISODES, *rows, name="2024-25_episodes_second.csv")
    assert {event.event_id for event in earlier.events_of("L1")} == {
        event.event_id for event in later.events_of("L1")
    }
    assert earlier.header.collection == later.header.collection == "2025/episodes"


def test_a_row_given_twice_is_told_twice_under_two_numbers_and_found(tmp_path: Path) -> None:
    row = "L1,04/06/2013,06/06/2024,PN1"
    done = written(tmp_path, "CHILD,DOB,REVIEW,REVIEW_CODE", row, row)
    assert [event.event_id for event in done.events] == ["review:2024-06-06", "review:2024-06-06.2"]
    assert numbers(done, 3) == {"repeated"}


def test_a_child_who_stands_twice_where_one_row_is_allowed_is_found(tmp_path: Path) -> None:
    done = written(
        tmp_path,
        "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
        "L1,M,04/06/2013,WBRI,B801200005001,,",
        "L1,M,04/06/2013,WBRI,B801200005001,,",
        "L2,M,04/06/2013,WBRI,B801200005001,,",
    )
    assert (numbers(done, 3), numbers(done, 4)) == ({"int32"}, {"444"})


@pytest.mark.parametrize("day", ["01/01/1900", "01/01/2099"])
def test_a_date_that_cannot_be_right_is_found_and_left_out(tmp_path: Path, day: str) -> None:
    done = written(tmp_path, EPISODES, f"L1,{day},S,C1,N1,U6,PR1,,,,,,")
    assert "implausible-date" in numbers(done, 2) and done.refused == 0
    assert {event.on for event in done.events} == {None}
    assert {event.precision for event in done.events} == {DatePrecision.UNKNOWN}


def test_a_row_with_nothing_but_a_number_is_refused(tmp_path: Path) -> None:
    done = written(tmp_path, "CHILD,DOB,REVIEW,REVIEW_CODE", "L1,,,", "L2,04/06/2013,06/06/2024,PN1")
    assert done.refused == 1 and numbers(done, 2) == {"nothing-told"}


def test_an_earlier_permanent_home_is_dated_as_exactly_as_it_is_known() -> None:
    month, year = sample("previous_permanence").events
    assert (month.on, month.precision) == (date(2014, 6, 1), DatePrecision.MONTH)
    assert month.kind is EventKind.ADOPTION and month.sensitivity is EventSensitivity.PROTECTED
    assert (year.on, year.precision) == (date(2018, 1, 1), DatePrecision.YEAR)


def test_health_is_told_of_the_whole_year_and_with_care() -> None:
    done = sample("oc2")
    health, misuse = done.events_of("LAC-006")
    assert health.kind is EventKind.HEALTH_ASSESSMENT and misuse.kind is EventKind.SUBSTANCE_MISUSE
    assert (health.on, health.until, health.precision) == (
        date(2024, 4, 1),
        date(2025, 3, 31),
        DatePrecision.YEAR,
    )
    assert {event.sensitivity for event in done.events} == {EventSensitivity.SENSITIVE}
    # An assessment that was not done is no assessment.
    assert done.events_of("LAC-007")[0].kind is EventKind.OTHER


def test_the_xml_form_tells_what_the_csv_tables_tell() -> None:
    whole = {event.event_id: event for event in read(XML, RETURN).events_of("LAC-001")}
    for table in ("episodes", "reviews", "missing"):
        for event in sample(table).events_of("LAC-001"):
            twin = whole.pop(event.event_id)
            assert (twin.kind, twin.on, twin.until, twin.summary, twin.details) == (
                event.kind,
                event.on,
                event.until,
                event.summary,
                event.details,
            )
    assert not whole


def test_the_xml_form_checks_tables_against_each_other() -> None:
    done = read(XML, RETURN)
    by_child: dict[str, set[str]] = {}
    for finding in done.findings:
        child = finding.place.column.partition("/")[0]
        by_child.setdefault(child, set()).add(finding.rule.removeprefix("ssda903."))
    assert by_child == {
        "CHILD[3]": {"345", "444"},
        "CHILD[4]": {"303", "460", "552", "557", "575", "577", "630"},
        "": {"no-child"},
    }
    assert done.refused == 1 and len(done.people) == 4


@pytest.mark.parametrize(
    ("status", "place", "number"),
    [("E1", "U6", "553"), ("", "U6", ""), ("C1", "A4", "551")],
)
def test_a_decision_to_place_for_adoption_is_missed_only_where_there_should_be_one(
    tmp_path: Path, status: str, place: str, number: str
) -> None:
    episode = (
        f"<DECOM>01/05/2024</DECOM><RNE>S</RNE><LS>{status}</LS><CIN>N1</CIN><PL>{place}</PL><DEC/><REC/>"
    )
    header = "<HEADER><CHILDID>L1</CHILDID><SEX>M</SEX><DOB>04/06/2013</DOB></HEADER>"
    text = f"<EXPSSDA903><CHILD>{header}<EPISODE>{episode}</EPISODE></CHILD></EXPSSDA903>"
    done = written(tmp_path, text, name="2025.xml", declared=XML)
    assert {rule[8:] for rule in done.rules} & {"551", "553", "555"} == ({number} if number else set())


def test_a_child_given_twice_in_the_xml_is_found_even_on_one_line(tmp_path: Path) -> None:
    child = "<CHILD><HEADER><CHILDID>L1</CHILDID><SEX>M</SEX><DOB>04/06/2013</DOB></HEADER></CHILD>"
    done = written(tmp_path, f"<EXPSSDA903>{child}{child}</EXPSSDA903>", name="2025.xml", declared=XML)
    (again,) = [finding for finding in done.findings if finding.rule == "ssda903.int32"]
    assert again.place.column == "CHILD[2]/HEADER/CHILDID" and "CHILD[1]" in again.sentence


@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_a_return_that_is_cut_off_is_not_read(tmp_path: Path, kept: float) -> None:
    whole = RETURN.read_bytes()
    path = tmp_path / "return.xml"
    path.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(CannotBeRead):
        read(XML, path)


def test_another_xml_file_is_no_looked_after_return(tmp_path: Path) -> None:
    path = tmp_path / "other.xml"
    path.write_text("<Message><CHILD/></Message>", encoding="utf-8")
    assert not XML.recognises(Source(path))
    with pytest.raises(CannotBeRead, match="EXPSSDA903"):
        read(XML, path)


def test_a_return_whose_entities_would_grow_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    path.write_text(
        '<!DOCTYPE EXPSSDA903 [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        "<EXPSSDA903><CHILD><HEADER><CHILDID>&b;</CHILDID></HEADER></CHILD></EXPSSDA903>",
        encoding="utf-8",
    )
    with pytest.raises(CannotBeRead):
        read(XML, path)
