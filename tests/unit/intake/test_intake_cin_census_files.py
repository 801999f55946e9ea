"""Whole census files: our own samples, and those that others use to test with."""

from collections import Counter
from pathlib import Path

import pytest
from census_children import AS_OF
from shared_data import shared_data

from sightline.intake.declaration import CannotBeRead
from sightline.intake.formats.cin_census import FORMAT, header
from sightline.intake.sources import Source
from sightline.vocabulary.agencies import AgencyKind

SAMPLES = Path(__file__).parents[2] / "samples" / "cin-census"
D2I, LIIA = ("external", "d2i-cin"), ("external", "liia-cin")


def load(path: Path):
    """(findings of header and file, refused, accepted with findings, accepted) and every child's findings."""
    source = Source(path)
    assert FORMAT.recognises(source)
    head = FORMAT.header(source)
    across = FORMAT.across()
    counts: Counter[str] = Counter()
    findings, numbers = [*head.findings], set()
    for raw in FORMAT.records(source):
        counts["in"] += 1
        judged = FORMAT.judge(raw, head, AS_OF)
        found = judged.findings + across.see(raw, judged)
        counts["refused" if judged.is_refused else "with findings" if found else "accepted"] += 1
        assert judged.is_refused or judged.people
        for event in judged.events:
            assert (event.record_id, event.event_id) not in numbers
            assert event.record_id == judged.people[0].record_id
            assert event.summary.endswith(".") and "None" not in event.summary
            numbers.add((event.record_id, event.event_id))
        findings += found
    findings += across.end()
    assert counts["in"] == counts["refused"] + counts["with findings"] + counts["accepted"]
    assert {finding.rule for finding in findings} <= {rule.name for rule in FORMAT.rules}
    return head, counts, Counter(finding.rule for finding in findings)


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2025, 2026])
def test_a_clean_sample_of_each_year_is_taken_whole_with_nothing_said_of_a_child(year):
    head, counts, rules = load(SAMPLES / f"census-{year}.xml")
    assert (head.sender, head.collection) == ("201", str(year))
    assert counts["accepted"] == 3 and counts["in"] == 3
    # Three children cannot use eight codes of disability.
    assert set(rules) == {"cin.2887Q"}


def test_the_faults_that_real_files_have_are_said_and_cost_one_child_only():
    _, counts, rules = load(SAMPLES / "faulty-2024.xml")
    assert (counts["in"], counts["refused"], counts["with findings"]) == (3, 1, 2)
    assert set(rules) == {
        "cin.8500",  # no number
        "cin.true-false",
        "cin.1520",  # a pupil number given twice
        "cin.date",  # day before month
        "cin.4220",
        "cin.empty",  # a closure date without a value …
        "cin.8810",  # … beside a reason for closure
        "cin.8816",  # … which leaves it open
        "cin.8820",
        "cin.date-in-doubt",
        "cin.2887Q",
    }


@pytest.mark.parametrize(
    ("folder", "name", "collection", "children", "among"),
    [
        (D2I, "CIN2rows.xml", "2024", 1, {"cin.8940", "cin.header-years-at-odds"}),
        (D2I, "CIN_Census_2021.xml", "2023", 1, {"cin.8525Q", "cin.date-in-doubt"}),
        (D2I, "CIN_Census_2021_copy.xml", "2024", 1, {"cin.8867"}),
        (D2I, "CIN_Census_2021_no_assessment_factors.xml", "2024", 1, {"cin.8867"}),
        (D2I, "CIN_Census_2024.xml", "2024", 2, {"cin.other-year", "cin.code", "cin.8897Q"}),
        (D2I, "CIN_Census_2026.xml", "2024", 2, {"cin.other-year", "cin.header-years-at-odds"}),
        (D2I, "CIN_header_issues_100.xml", "2023", 1, {"cin.100"}),
        (D2I, "CIN_la_issues_2887Q.xml", "2023", 1, {"cin.2887Q"}),
        (D2I, "fake_CIN_data.xml", "2022", 332, {"cin.100", "cin.true-false", "cin.8831", "cin.2886Q"}),
        (LIIA, "BAR_cin_2022.xml", "2022", 1, {"cin.1103", "cin.2889"}),
    ],
)
def test_every_census_file_of_others_is_taken_whole_with_what_is_wrong_said(
    folder, name, collection, children, among
):
    head, counts, rules = load(shared_data(*folder, name))
    assert head.collection == collection
    assert (counts["in"], counts["refused"]) == (children, 0)
    assert among <= set(rules)


def test_the_breaches_that_another_validator_reports_of_the_same_file_are_found_too():
    """`sample_issue_report.json` is what it says. Its 4180 is a fault of its own: 1 is male."""
    _, _, rules = load(shared_data(*D2I, "CIN_Census_2021.xml"))
    assert {"cin.1103", "cin.1105", "cin.1510", "cin.8525Q"} <= set(rules)


@pytest.mark.parametrize(
    "parts",
    [
        ("external", "csc-data-synthesizer", "generated_903.xml"),
        ("external", "d2i-903", "fake_903.xml"),
        ("external", "d2i-903", "header.csv"),
        ("external", "dfe-sui", "pds-data.json"),
    ],
)
def test_another_formats_file_is_not_taken_for_a_census(parts):
    assert not FORMAT.recognises(Source(shared_data(*parts)))


def test_another_return_with_the_same_envelope_is_not_taken_for_a_census(tmp_path):
    path = tmp_path / "other.xml"
    path.write_text(
        "<Message><Header><CollectionDetails><Collection>SEN2</Collection></CollectionDetails></Header></Message>"
    )
    assert not FORMAT.recognises(Source(path))


def test_a_file_without_a_header_is_recognised_and_says_that_it_gives_no_year(tmp_path):
    whole = (SAMPLES / "census-2023.xml").read_text(encoding="utf-8")
    start, end = whole.index("<Header>"), whole.index("</Header>") + len("</Header>")
    path = tmp_path / "census.xml"
    path.write_text(whole[:start] + whole[end:], encoding="utf-8")
    head, counts, rules = load(path)
    assert (head.sender, head.collection) == ("", "")
    assert "cin.header-no-year" in rules
    assert counts["in"] == 3


def test_the_formats_page_can_be_written_from_its_declaration():
    assert FORMAT.kinds == (AgencyKind.SOCIAL_CARE,)
    tables = {table.name: {column.name for column in table.columns} for table in FORMAT.tables}
    assert "CPPreviewDate" in tables["Reviews"] and "Sex" in tables["ChildIdentifiers"]
    assert all(rule.source and rule.sentence for rule in FORMAT.rules)


def test_the_header_is_read_without_reading_the_children(tmp_path):
    whole = (SAMPLES / "census-2023.xml").read_text(encoding="utf-8")
    path = tmp_path / "cut.xml"
    path.write_text(whole[: whole.index("<Children>") + 200], encoding="utf-8")
    assert header(Source(path)).collection == "2023"


def whole_sample() -> str:
    return (SAMPLES / "census-2023.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "broken",
    [
        whole_sample()[:-400].encode(),
        whole_sample().replace("EXAMPLE2", "\udcff").encode(errors="surrogateescape"),
        whole_sample().replace("<Message>", '<!DOCTYPE Message [<!ENTITY a "aaaa">]><Message>', 1).encode(),
    ],
    ids=["cut short", "another encoding", "document type"],
)
def test_a_broken_file_is_refused_whole_with_a_reason(tmp_path, broken):
    path = tmp_path / "census.xml"
    path.write_bytes(broken)
    with pytest.raises(CannotBeRead) as refused:
        load(path)
    assert refused.value.finding.is_error


def test_another_authoritys_file_names_that_authority(tmp_path):
    path = tmp_path / "census.xml"
    path.write_text(whole_sample().replace("<LEA>201</LEA>", "<LEA>213</LEA>"), encoding="utf-8")
    head, _, rules = load(path)
    assert head.sender == "213"
    assert "cin.header-no-authority" not in rules
