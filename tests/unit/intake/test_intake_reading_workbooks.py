"""Workbooks, looked at before they are opened."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from sightline.intake.declaration import CannotBeRead
from sightline.intake.reading import packing, workbooks
from sightline.intake.sources import Source


@pytest.fixture
def book(tmp_path: Path):
    """A workbook whose sheet “List 1” has these rows, from the first row of the sheet."""

    def written(rows, name: str = "lists.xlsx") -> Path:
        path = tmp_path / name
        whole = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"})
        sheet = whole.add_worksheet("List 1")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, place, cell)
        whole.add_worksheet("List 2")
        whole.close()
        return path

    return written


def add_to_zip(path: Path, members: dict[str, bytes], **how) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content, **how)
    return path


def why_unreadable(path: Path, sheet: str = "List 1") -> str:
    with pytest.raises(CannotBeRead) as caught:
        list(workbooks.rows(Source(path), sheet))
    return caught.value.finding.rule


def test_cells_come_as_text_under_the_first_row_with_any(book):
    path = book(
        [
            [],
            ["ID", "Born", " Seen   at ", "Count"],
            [17, date(2015, 4, 3), datetime(2020, 1, 2, 3, 4), 1.5],  # noqa: DTZ001 - a cell
            ["0018", None, "03/04/2020"],
            [],
            ["x"],
        ]
    )
    source = Source(path)
    assert source.sheet_names() == ("List 1", "List 2")
    rows = list(workbooks.rows(source, "List 1"))
    assert [raw.place.line for raw in rows] == [3, 4, 6]
    assert rows[0].content == {
        "ID": "17",
        "Born": "2015-04-03",
        "Seen at": "2020-01-02 03:04:00",
        "Count": "1.5",
    }
    assert rows[1].content == {"ID": "0018", "Born": "", "Seen at": "03/04/2020", "Count": ""}


def test_a_header_further_down_is_found_by_its_names(book):
    path = book([["Children known to us"], [], ["Child ID", "Born"], ["1", "2"]])
    (row,) = workbooks.rows(Source(path), "List 1", find_header=lambda cells: "Child ID" in cells)
    assert row.content == {"Child ID": "1", "Born": "2"}


def test_a_row_wider_than_its_header_is_refused_and_kept(book):
    rows = list(workbooks.rows(Source(book([["a", "b"], ["1", "2", "3"], ["4", "5"]])), "List 1"))
    assert [[each.rule for each in raw.findings] for raw in rows] == [["file.cells"], []]
    assert rows[0].content == {"cells": ["1", "2", "3"]}


def test_a_formula_counts_as_what_it_came_to_and_one_without_is_said(tmp_path):
    path = tmp_path / "formulas.xlsx"
    whole = xlsxwriter.Workbook(path)
    sheet = whole.add_worksheet("List 1")
    sheet.write_row(0, 0, ["id", "sum"])
    sheet.write_row(1, 0, ["1"])
    sheet.write_formula(1, 1, "=1+1", value=2)
    sheet.write_row(2, 0, ["2"])
    sheet.write_formula(2, 1, "=1+1", value="")
    whole.close()
    first, second = workbooks.rows(Source(path), "List 1")
    assert (first.content["sum"], first.findings) == ("2", ())
    assert second.content["sum"] == ""
    assert [(each.rule, each.place.line) for each in second.findings] == [("file.formula_without_value", 3)]


def test_a_workbook_made_to_burst_is_never_opened(book, monkeypatch):
    path = add_to_zip(book([["a"], ["1"]]), {"xl/worksheets/sheet9.xml": b"0" * (30 << 20)})
    monkeypatch.setattr("fastexcel.read_excel", lambda path: pytest.fail("it was opened"))
    assert why_unreadable(path) == "file.large_workbook"


def test_a_workbook_of_too_many_parts_is_never_opened(book):
    many = {f"xl/part{number}.xml": b"" for number in range(packing.MOST_MEMBERS)}
    assert why_unreadable(add_to_zip(book([["a"], ["1"]]), many)) == "file.large_workbook"


def test_macros_and_links_are_named_and_left_alone(book):
    path = add_to_zip(
        book([["a"], ["1"]]), {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<x/>"}
    )
    source = Source(path)
    assert [dict(raw.content) for raw in workbooks.rows(source, "List 1")] == [{"a": "1"}]
    assert sorted(each.rule for each in source.findings) == ["file.external_links", "file.macros"]


def test_what_is_no_workbook_says_so(tmp_path, book):
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(book([["a"], ["1"]]).read_bytes()[:-200])
    assert why_unreadable(cut) == "file.not_a_workbook"
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("hello.txt", "hello")
    assert why_unreadable(other) == "file.not_a_workbook"
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 512)
    assert why_unreadable(old) == "file.old_workbook"
    assert why_unreadable(book([["a"]]), "List 9") == "file.no_sheet"
    assert why_unreadable(book([["a"]]), "List 2") == "file.no_header"
