"""The Annex A workbook: sheets, headings and codes in local manner, and what is read of a child."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import annex_a_workbooks as books
import pytest
from annex_a_workbooks import row, typical, workbook
from intake_reading import SAMPLES, Read, read
from shared_data import shared_data

from sightline.intake.declaration import CannotBeRead
from sightline.intake.formats.annex_a import FORMAT
from sightline.intake.formats.annex_a.columns import LISTS
from sightline.intake.formats.annex_a.sheets import columns_of, recognises
from sightline.intake.formats.annex_a.spelling import code_of, labels, normal, token_code
from sightline.intake.sources import Source
from sightline.vocabulary.codes import Ethnicity, EthnicityGroup, Sex
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity
from sightline.vocabulary.shipped import shipped_rows

AS_OF = date(2025, 9, 1)
ORACLE = ("external", "liia-annex-a", "Annex_A_2024_Jan.xlsx")
SAMPLE = SAMPLES / "annex-a" / "annex_a.xlsx"


# Whole workbooks


def test_the_published_workbook_loads_whole() -> None:
    path = shared_data(*ORACLE)
    assert recognises(Source(path))
    done = read(FORMAT, path)
    assert (len(done.raws), len(done.people), done.refused) == (59, 59, 0)
    assert done.header.findings == ()
    tables = [raw.table for raw in done.raws]
    assert [tables.count(each.name) for each in LISTS] == [5, 5, 6, 5, 5, 5, 7, 5, 6, 5, 5]
    # Five local outcomes and one local need, a list without births, and numbers that differ between lists.
    assert done.rules == {
        "annex-a.no-date-of-birth": 1,
        "annex-a.code": 6,
        "annex-a.before-birth": 9,
        "annex-a.two-births": 5,
    }


def test_our_own_sample_has_nothing_to_be_found_in_it() -> None:
    done = read(FORMAT, SAMPLE)
    assert (len(done.raws), len(done.people), done.findings) == (11, 11, [])


def test_the_workbook_of_a_send_inspection_is_told_apart() -> None:
    path = shared_data("external", "d2i-send-annex-a", "fake_sen.xlsx")
    with pytest.raises(CannotBeRead, match="special educational needs"):
        FORMAT.header(Source(path))


def test_a_workbook_without_any_list_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", {"List 1": [{"Kind": "a", "Amount": 3}]})
    with pytest.raises(CannotBeRead, match="No sheet of the workbook"):
        FORMAT.header(Source(path))


def test_a_workbook_of_other_sheets_is_left_to_other_formats(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", {"Budget": [{"Kind": "a", "Amount": 3}]})
    assert not recognises(Source(path))


def test_sheets_in_local_manner_are_known_by_their_columns(tmp_path: Path) -> None:
    sheets = {
        "Contacts": [typical(1)],
        "CIN caseload": [typical(6)],
        "LAC now": [typical(8)],
        "Notes": [{"Note": "x"}],
    }
    path = workbook(tmp_path / "b.xlsx", sheets, above=3, below=4)
    assert recognises(Source(path))
    done = read(FORMAT, path)
    assert [raw.table for raw in done.raws] == [
        "list 1",
        "list 6",
        "list 8",
    ]
    assert done.raws[0].place.line == 5
    assert done.refused == 0
    assert len(done.people) == 3
    assert "annex-a.other-sheets" in done.rules
    assert "annex-a.missing-list" in done.rules


def test_a_sheet_with_the_wrong_number_is_read_as_what_it_holds(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", {"List 1": [typical(3)]})
    done = read(FORMAT, path)
    assert [each.kind for each in done.events] == [EventKind.REFERRAL]
    assert "annex-a.misnumbered" in done.rules


@pytest.mark.parametrize("number", range(1, 12))
def test_a_list_with_few_of_its_columns_is_still_known(tmp_path: Path, number: int) -> None:
    path = workbook(tmp_path / "b.xlsx", {"List 0": [typical(number)]})
    assert {raw.table for raw in read(FORMAT, path).raws} == {f"list {number}"}


def test_a_list_whose_key_column_was_renamed_stops_the_workbook(tmp_path: Path) -> None:
    renamed = {("When" if name == "Date of Contact" else name): cell for name, cell in typical(1).items()}
    path = workbook(tmp_path / "b.xlsx", {"List 1": [renamed], "List 3": [typical(3)]})
    with pytest.raises(CannotBeRead, match="list 1 has no column for “Date of Contact”"):
        FORMAT.header(Source(path))


def test_two_sheets_of_one_list_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", {"List 1": [typical(1)], "List 1 (old)": [typical(1)]})
    with pytest.raises(CannotBeRead, match="Sheet 1 and sheet 2"):
        FORMAT.header(Source(path))


def test_missing_and_added_columns_are_reported_and_local_names_read(tmp_path: Path) -> None:
    added = {"Surname": "Marmalade", "Forenames": "Tuppence Ann", "UPN": "R201200019001", "Ward": "North"}
    given = {key: value for key, value in typical(1).items() if key != "Ethnicity"} | added
    done = read(FORMAT, workbook(tmp_path / "b.xlsx", {"List 1": [given]}))
    (person,) = done.people
    assert (person.surname, person.forenames, person.upn) == ("Marmalade", "Tuppence Ann", "R201200019001")
    said = {each.rule: each.sentence for each in done.header.findings}
    assert "“Ethnicity”" in said["annex-a.missing-columns"]
    assert "1 columns" in said["annex-a.other-columns"]


def test_headings_in_local_words_are_understood() -> None:
    lists = {each.number: each for each in LISTS}
    given = (
        "ICS ID",
        "Sex",
        "Ethnic Origin",
        "D.O.B",
        "DOB",
        "Age",
        "Date Referral received",
        "Source of referral",
    )
    found = columns_of(lists[3], given)
    assert found["ICS ID"] == "Child Unique ID"
    assert found["DOB"] == "Date of Birth"
    assert found["Date Referral received"] == "Date of referral"
    assert found["Source of referral"] == "Referral Source"
    assert found["Ethnic Origin"] == "Ethnicity"


def test_the_headings_of_the_published_workbook_are_all_understood() -> None:
    path = shared_data(*ORACLE)
    done = read(FORMAT, path)
    for each in LISTS:
        names = {name for raw in done.raws if raw.table == each.name for name in raw.content}
        assert names == {column.name for column in each.asked if not column.is_local}, each.name


# Codes


def _published_spellings() -> Iterator[tuple[int, str, str, str]]:
    """List, column, group and spelling, from the published file without needing a reader of its format."""
    text = shared_data("external", "liia-annex-a", "Annex_A_schema.yml").read_text(encoding="utf-8")
    number, column, code, spelling, is_names = 0, "", "", "", False
    for line in [*text.splitlines(), "    end:"]:
        starts = re.match(r"\s+- |\s*[\w(][^'\"-]*: ?|        \S.*:( [&*].*)?$", line)
        if not starts and is_names and spelling:
            spelling += " " + line.strip()
            continue
        if spelling:
            yield number, column, code, _plain(spelling)
            spelling = ""
        if found := re.fullmatch(r"    list_(\d+):", line):
            number = int(found[1])
        elif found := re.fullmatch(r"        (\S.*?):(?: [&*][\w-]+)?", line):
            column = found[1].strip("'\"")
        elif found := re.match(r"\s+-\s+code: (.*)", line):
            code, is_names = _plain(found[1]), False
        elif found := re.match(r"\s+name: ?(.*)", line):
            spelling, is_names = found[1], True
        elif is_names and (found := re.match(r"\s+-   (\S.*)", line)):
            spelling = found[1]
        else:
            is_names = False


def _plain(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1].replace("''", "'")
    return text


_CODE_SETS = {
    (1, "Gender"): "sex",
    (1, "Ethnicity"): "ethnicity",
    (1, "Contact Source"): "source",
    (4, "Does the Child have a Disability"): "disability",
    (6, "Primary Need Code"): "need",
    (6, "Reason for Closure"): "closure",
    (6, "Case Status"): "status",
    (7, "Initial Category of Abuse"): "abuse",
    (8, "Child's Legal Status"): "legal",
    (8, "Reason Ceased to be Looked After"): "ceased",
    (8, "Placement Type"): "placement",
    (9, "Eligibility Category"): "eligibility",
    (9, "Type of Accommodation"): "accommodation",
    (10, "Reason Why Child No Longer Placed for Adoption"): "adoption_ended",
}


def test_the_spellings_that_authorities_use_are_understood() -> None:
    understood, not_understood = 0, []
    for number, column, group, spelling in _published_spellings():
        code_set = _CODE_SETS.get((number, column))
        if code_set is None or group.startswith("zz") or not normal(spelling):
            continue
        if code_of(code_set, spelling) is None:
            not_understood.append((code_set, group, spelling))
        else:
            understood += 1
    assert understood > 5_000
    assert len(not_understood) < 20, not_understood


_GROUPS = {
    "a) White": EthnicityGroup.WHITE,
    "b) Mixed": EthnicityGroup.MIXED,
    "d) Black or black British": EthnicityGroup.BLACK,
    "e) Other ethnic group": EthnicityGroup.OTHER,
}


def test_an_ethnicity_keeps_the_group_that_the_published_file_gives_its_spelling() -> None:
    compared = 0
    for number, column, group, spelling in _published_spellings():
        code = code_of("ethnicity", spelling) if (number, column) == (1, "Ethnicity") else None
        if not code or group not in _GROUPS:
            continue
        found = Ethnicity(code).group
        if found is EthnicityGroup.UNKNOWN or code == "CHNE":  # the department publishes Chinese with Asian
            continue
        if not token_code("ethnicity", spelling):  # a code that stands there says more than the group
            compared += 1
            assert found is _GROUPS[group], (group, spelling, code)
    assert compared > 600


@pytest.mark.parametrize(
    ("code_set", "written", "code"),
    [
        ("source", "q) 6: Police", "6"),
        ("source", "1A - Family member", "1A"),
        ("source", "health visitor (3B)", "3B"),
        ("ethnicity", "(A1) White British", "WBRI"),
        ("ethnicity", "BSOM - Black Somali", "BAFR"),
        ("ethnicity", "White Irish", "WIRI"),
        ("ethnicity", "White", ""),
        ("need", "N5a", "N5"),
        ("need", "Family Dysfunction [N5]", "N5"),
        ("legal", "V2 - Single period of accommodation", "V2"),
        ("legal", "Emergency Protection Order", "L2"),
        ("ceased", "k) E47: Special Guardianship Orders - relatives", "E47"),
        ("placement", "Foster carer [U4]", "U4"),
        ("abuse", "Neglect and Emotional", "MUL"),
        ("accommodation", "Z - Staying Put", "Z"),
        ("accommodation", "y", "Y"),
        ("sex", "Unborn", "not_known"),
        ("disability", "None", "no"),
        ("yes_no", "a) Yes", "yes"),
        ("activity", "G5: Not in education, employment or training - other", "G5"),
        ("in_touch", "REFU", "REFU"),
        ("provider", "#N/A", ""),
        ("need", "anything at all", None),
    ],
)
def test_a_cell_is_understood_as_its_code(code_set: str, written: str, code: str | None) -> None:
    assert code_of(code_set, written) == code


def test_every_spelling_shipped_means_a_code_of_its_set_or_that_nothing_is_recorded() -> None:
    rows = shipped_rows("annex_a_spellings")
    for each in rows:
        assert each["code"] == "" or each["code"] in labels()[each["set"]], each
        assert each["spelling"] == normal(each["spelling"])
    keys = [(each["set"], each["spelling"]) for each in rows]
    assert len(keys) == len(set(keys))


# Single rows


def _row(tmp_path: Path, number: int, *rows: dict[str, books.Cell], as_of: date = AS_OF) -> Read:
    done = read(FORMAT, workbook(tmp_path / "b.xlsx", {f"List {number}": rows}), as_of)
    done.findings = [each for each in done.findings if each.place.line]
    return done


def test_a_child_is_read_from_a_row(tmp_path: Path) -> None:
    (person,) = _row(tmp_path, 1, typical(1)).people
    assert (person.record_id, person.born_on, person.sex, person.ethnicity) == (
        "100001",
        date(2012, 3, 4),
        Sex.FEMALE,
        "WBRI",
    )


def test_an_unborn_child_has_an_expected_date(tmp_path: Path) -> None:
    expected = AS_OF + timedelta(days=60)
    done = _row(
        tmp_path, 1, row(1, {"Date of Birth": expected, "Gender": "Unborn", "Date of Contact": AS_OF})
    )
    (person,) = done.people
    assert (person.born_on, person.expected_on, person.sex) == (None, expected, Sex.NOT_KNOWN)
    assert done.findings == []


@pytest.mark.parametrize("written", ["04/03/2012", "2012-03-04", "4 March 2012", "04-Mar-2012", 40972])
def test_dates_are_read_as_authorities_write_them(tmp_path: Path, written: str | int) -> None:
    (person,) = _row(tmp_path, 1, row(1, {"Date of Birth": written})).people
    assert person.born_on == date(2012, 3, 4)


def test_a_row_tells_what_happened_in_plain_words(tmp_path: Path) -> None:
    said = {
        number: [each.summary for each in _row(tmp_path, number, typical(number)).events]
        for number in range(1, 12)
    }
    assert said[1] == ["Contact from the police."]
    assert said[3] == ["Referral from a school; outcome: further action."]
    assert said[4] == ["Assessment by children's social care; child seen; outcome: support needed."]
    assert said[5][2] == "Initial child protection conference; outcome: child protection plan."
    assert (
        said[7][0]
        == "Child protection plan; category: neglect; latest category: sexual abuse; 2 earlier plans."
    )
    assert said[8][1] == "Legal status: interim care order."
    assert said[8][-1] == "Return interview offered after the last missing episode; not accepted."
    assert said[10][-1] == "Adoption order."


def test_a_plan_for_sexual_abuse_is_sensitive_and_adoption_protected(tmp_path: Path) -> None:
    assert _row(tmp_path, 7, typical(7)).events[0].sensitivity is EventSensitivity.SENSITIVE
    for number in (10, 11):
        told = _row(tmp_path, number, typical(number)).events
        assert {each.sensitivity for each in told} == {EventSensitivity.PROTECTED}


def test_what_is_only_counted_has_no_day(tmp_path: Path) -> None:
    told = _row(tmp_path, 8, typical(8)).events
    missing = next(each for each in told if each.kind is EventKind.MISSING_EPISODE)
    assert (missing.on, missing.precision) == (None, DatePrecision.UNKNOWN)
    assert missing.details["missing_episodes"] == "3"


def test_where_a_child_is_placed_is_not_kept(tmp_path: Path) -> None:
    done = _row(tmp_path, 8, typical(8))
    said = repr([(each.summary, dict(each.details), each.text) for each in done.events]) + repr(
        [person.postcode for person in done.people]
    )
    assert "ZZ1" not in said


def test_an_adopted_child_is_closed_and_the_adopters_are_adults_of_their_own(tmp_path: Path) -> None:
    (child,) = _row(tmp_path, 10, typical(10)).people
    (adopter,) = _row(tmp_path, 11, typical(11)).people
    assert child.is_restricted
    assert adopter.is_adult
    assert adopter.record_id == "adopter/100001"
    (left,) = _row(
        tmp_path,
        8,
        row(8, {"Date Ceased to be Looked After": AS_OF, "Reason Ceased to be Looked After": "E11"}),
    ).people
    assert left.is_restricted


def test_a_row_without_a_number_is_refused(tmp_path: Path) -> None:
    done = _row(
        tmp_path, 1, typical(1), row(1, {"Child Unique ID": None}), row(1, {"Child Unique ID": "#N/A"})
    )
    assert [each.rule for each in done.findings] == ["annex-a.no-id", "annex-a.id-is-an-error"]
    assert (len(done.people), done.refused) == (1, 2)


def test_a_row_that_stands_twice_is_taken_once(tmp_path: Path) -> None:
    other = row(1, {"Contact Source": "e) 2A: Schools"})
    done = _row(tmp_path, 1, typical(1), other, typical(1))
    assert [(each.rule, each.place.line) for each in done.findings] == [("annex-a.row-twice", 4)]
    assert (len(done.events), done.refused) == (2, 1)


def test_one_number_with_two_births_and_two_sexes_is_reported(tmp_path: Path) -> None:
    second = row(1, {"Date of Birth": date(2011, 3, 4), "Gender": "M", "Date of Contact": date(2024, 6, 1)})
    done = _row(tmp_path, 1, typical(1), second)
    assert [each.rule for each in done.findings] == ["annex-a.two-births", "annex-a.two-sexes"]


@pytest.mark.parametrize(
    ("number", "changes", "rule"),
    [
        (1, {"Date of Birth": None}, "annex-a.no-date-of-birth"),
        (1, {"Date of Birth": "32/01/2012"}, "annex-a.cell"),
        (1, {"Date of Birth": "01/01/1900"}, "annex-a.doubtful-date"),
        (1, {"Date of Birth": date(2099, 1, 1)}, "annex-a.birth-far-ahead"),
        (1, {"Date of Birth": date(1990, 5, 5)}, "annex-a.too-old"),
        (1, {"Age of Child (Years)": 44}, "annex-a.age-disagrees"),
        (1, {"Date of Contact": None}, "annex-a.no-key-date"),
        (1, {"Date of Contact": "soon"}, "annex-a.cell"),
        (1, {"Date of Contact": date(2099, 1, 1)}, "annex-a.doubtful-date"),
        (1, {"Date of Contact": date(2001, 1, 1)}, "annex-a.before-birth"),
        (1, {"Contact Source": "the moon"}, "annex-a.code"),
        (2, {"Assessment completion date": date(2024, 1, 1)}, "annex-a.out-of-order"),
        (3, {"Number of Referrals in Last 12 Months": -1}, "annex-a.count"),
        (3, {"Number of Referrals in Last 12 Months": "many"}, "annex-a.count"),
        (
            5,
            {"Was an Initial Child Protection Conference deemed unnecessary?": "Yes"},
            "annex-a.conference-unnecessary",
        ),
        (5, {"Date of Initial Child Protection Conference": None}, "annex-a.result-without-conference"),
        (6, {"CIN Closure Date": date(2024, 9, 1), "Case Status": "Closed"}, "annex-a.end-without-reason"),
        (6, {"Reason for Closure": "RC7"}, "annex-a.reason-without-end"),
        (6, {"Case Status": "e) Closed episode"}, "annex-a.closed-but-open"),
        (6, {"CIN Closure Date": date(2024, 9, 1), "Reason for Closure": "RC7"}, "annex-a.open-but-closed"),
        (7, {"Latest Category of Abuse": "Multiple"}, "annex-a.multiple-abuse"),
        (7, {"Child Protection Plan End Date": date(2024, 1, 1)}, "annex-a.out-of-order"),
        (8, {"Reason Ceased to be Looked After": "E3"}, "annex-a.reason-without-end"),
        (10, {"Date Placed for Adoption": date(2022, 12, 1)}, "annex-a.out-of-order"),
        (11, {"Reason for leaving adoption process": 1}, "annex-a.reason-without-end"),
    ],
)
def test_a_single_fault_is_found_and_the_row_kept(
    tmp_path: Path, number: int, changes: dict[str, books.Cell], rule: str
) -> None:
    done = _row(tmp_path, number, row(number, changes))
    assert [each.rule for each in done.findings] == [rule]
    assert (len(done.people), done.refused) == (1, 0)


def test_return_interviews_are_checked_against_missing_episodes(tmp_path: Path) -> None:
    missing = next(name for name in typical(8) if "Missing" in name)
    offered = next(name for name in typical(8) if "offered" in name)
    accepted = next(name for name in typical(8) if "accept" in name)
    none_missing = _row(tmp_path, 8, row(8, {missing: 0}))
    assert [each.rule for each in none_missing.findings] == ["annex-a.interview-without-missing"]
    not_offered = _row(tmp_path, 8, row(8, {offered: "No", accepted: "Yes"}))
    assert [each.rule for each in not_offered.findings] == ["annex-a.interview-not-offered"]


def test_a_stand_in_date_is_no_day_and_an_end_before_its_start_no_end(tmp_path: Path) -> None:
    (contact,) = _row(tmp_path, 1, row(1, {"Date of Contact": "01/01/1900"})).events
    assert contact.on is None
    (help_,) = _row(tmp_path, 2, row(2, {"Assessment completion date": date(2024, 1, 1)})).events
    assert help_.until is None


def test_no_sentence_repeats_what_a_cell_says(tmp_path: Path) -> None:
    secret = "Xylophone Rhubarb"
    changes = {
        "Contact Source": secret,
        "Date of Birth": secret,
        "Gender": secret,
        "Age of Child (Years)": secret,
    }
    done = _row(tmp_path, 1, row(1, changes))
    assert len(done.findings) == 3
    assert all("Rhubarb" not in each.sentence for each in done.findings)


def test_no_two_events_of_a_record_have_one_name() -> None:
    done = read(FORMAT, shared_data(*ORACLE))
    names = [(each.record_id, each.event_id) for each in done.events]
    assert len(names) == len(set(names))


def test_every_rule_of_the_format_has_a_name_of_its_own() -> None:
    names = [each.name for each in FORMAT.rules]
    assert len(names) == len(set(names))
