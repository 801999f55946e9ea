"""The report that goes back to the agency."""

import csv
from datetime import date

import pytest
from invented_format import a_file, declare
from lxml import html

from sightline.intake import findings_report, lookups
from sightline.intake.actions import load_extract
from sightline.intake.declaration import CannotBeRead
from sightline.intake.findings_report import PLACES_SHOWN, findings_page, write_findings_report

pytestmark = pytest.mark.django_db
ROWS = [
    ("1", "Quillfeather"),
    ("", "Zebedee"),
    *((str(number), "?") for number in range(3, 30)),
    ("1", "Ann"),
]


@pytest.fixture(autouse=True)
def _only_the_invented_format(monkeypatch):
    declare(monkeypatch)
    findings_report.rules_of.cache_clear()
    yield
    findings_report.rules_of.cache_clear()


@pytest.fixture
def extract(tmp_path):
    result = load_extract(a_file(tmp_path, ROWS), agency="HA1", by="Ada Bell", as_of=date(2026, 9, 1))
    return lookups.extract_numbered(result.extract)


def text_of(page: str) -> str:
    return " ".join(html.fromstring(page).text_content().split())


def test_the_page_says_what_to_mend_and_what_was_done(extract):
    page = findings_page(extract)
    said = text_of(page)
    assert "Every row of the file was read and is accounted for. 1 row could not be used" in said
    assert "28 rows were taken in although something is wrong" in said
    assert "The department's rule 17Q. Rule invented.no_name; The list." in said
    assert f"The first {PLACES_SHOWN} of 27 places" in said
    headings = [each.text_content() for each in html.fromstring(page).iter("h3")]
    assert headings == ["The row has no number.", "The name is not known.", "Line 2 has this number too."]


def test_neither_file_repeats_what_a_person_is_called(extract, tmp_path):
    page, table = write_findings_report(extract, tmp_path / "out")
    for path in (page, table):
        said = path.read_text(encoding="utf-8-sig")
        assert not [name for name in ("Quillfeather", "Zebedee", "Ann") if name in said]


def test_the_csv_has_every_finding_with_its_place_and_number(extract, tmp_path):
    _, table = write_findings_report(extract, tmp_path / "out")
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == extract.counts.findings == 29
    assert rows[0] == {
        "file": "rows.csv",
        "line": "3",
        "record": "",
        "column": "id",
        "rule": "invented.no_id",
        "department_rule": "",
        "severity": "error",
        "what_was_done": "record refused",
        "sentence": "The row has no number.",
    }
    assert (rows[1]["record"], rows[1]["department_rule"]) == ("3", "17Q")
    assert rows[1]["what_was_done"] == "record taken in"


def test_a_record_number_made_to_run_in_a_spreadsheet_does_not(tmp_path):
    path = a_file(tmp_path, [("=cmd|x", "?")])
    result = load_extract(path, agency="HA1", by="Ada Bell", as_of=date(2026, 9, 1))
    held = lookups.extract_numbered(result.extract)
    assert {row["record"] for row in findings_report.finding_rows(held)} == {"'=cmd|x"}


def test_a_script_in_the_file_is_shown_and_not_run(tmp_path):
    path = a_file(tmp_path, [("<script>alert(1)</script>", "?")])
    result = load_extract(path, agency="HA1", by="Ada Bell", as_of=date(2026, 9, 1))
    page = findings_page(lookups.extract_numbered(result.extract))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_file_that_was_not_taken_says_why(tmp_path):
    load_extract(a_file(tmp_path, ROWS), agency="HA1", by="Ada Bell", as_of=date(2026, 9, 1))
    with pytest.raises(CannotBeRead):
        load_extract(
            a_file(tmp_path, [("1", "Ann"), ("2", "", "", "", "break")], name="broken"),
            agency="HA1",
            by="Ada Bell",
            as_of=date(2026, 9, 1),
        )
    said = text_of(findings_page(lookups.extracts()[0]))
    assert "The file was not taken" in said
    assert "Nothing after this line can be read." in said
    assert "read and is accounted for" not in said


def test_a_clean_file_has_nothing_to_mend(tmp_path):
    result = load_extract(
        a_file(tmp_path, [("1", "Ann")]), agency="HA1", by="Ada Bell", as_of=date(2026, 9, 1)
    )
    said = text_of(findings_page(lookups.extract_numbered(result.extract)))
    assert "Nothing to mend" in said
