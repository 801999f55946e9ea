"""The workbooks read back by other libraries, held against the Analysis Function's checklist."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import odfdo
import openpyxl
import pytest
from documents import a_document
from releases import AGE_BY_NATURE, TOTAL, a_counted_release, a_safe_release

from sightline.disclosure_control.protect import protect
from sightline.disclosure_control.safe import SafeRelease, Symbol
from sightline.publication.document.content import Cell, HeadCell, Number, Row, TableBlock, Text
from sightline.publication.plain_text import one_line
from sightline.publication.spreadsheets import ods, xlsx
from sightline.publication.spreadsheets.report_sheets import report_sheet
from sightline.publication.spreadsheets.sheets import Kind, Link, Placed, Sheet, Workbook
from sightline.publication.spreadsheets.workbooks import describe
from sightline.statistics.tables import Line, where

MARK = "DRAFT"
HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1+2", "\r=1+3", "=cmd|' /C calc'!A0")


@pytest.fixture(scope="module")
def safe() -> SafeRelease:
    return a_safe_release()


@pytest.fixture(scope="module")
def draft(safe: SafeRelease) -> Workbook:
    return describe(safe, a_document(), policy="a policy")


@pytest.fixture(scope="module")
def excel(draft: Workbook) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(draft)))


@pytest.fixture(scope="module")
def open_document(draft: Workbook) -> odfdo.Document:
    return odfdo.Document(io.BytesIO(ods.render(draft)))


def ods_rows(document: odfdo.Document, name: str) -> list[list[object]]:
    return [row for row in document.body.get_table(name=name).get_values() if any(row)]


def table_sheets(workbook: Workbook) -> Iterator[Sheet]:
    yield from workbook.sheets


def test_sheets_stand_in_the_order_of_the_guidance(draft: Workbook, excel: openpyxl.Workbook) -> None:
    names = ["Cover", "Contents", "Notes", *(sheet.name for sheet in draft.tables)]
    assert excel.sheetnames == names
    assert names[3:] == [*(f"Table_{number}" for number in range(3, 10)), "Figures"]


def test_both_formats_hold_the_same_sheets_and_cells(
    excel: openpyxl.Workbook, open_document: odfdo.Document
) -> None:
    assert [table.name for table in open_document.body.get_tables()] == excel.sheetnames
    for name in excel.sheetnames[1:]:
        in_excel = [[cell for cell in row if cell is not None] for row in excel[name].values]
        # The reading library shows a link as “[words](#place)”.
        in_ods = [
            [re.sub(r"^\[(\w+)\]\(#\w+\)$", r"\1", str(cell)) for cell in row if cell is not None]
            for row in ods_rows(open_document, name)
        ]
        assert [list(map(str, row)) for row in in_ods] == [list(map(str, row)) for row in in_excel], name


def test_a_table_has_the_number_that_it_has_in_the_report(draft: Workbook) -> None:
    by_number = {sheet.name: sheet for sheet in draft.tables}
    assert by_number["Table_3"].table == "panel_likely_cause"
    assert by_number["Table_3"].title.startswith("Table 3: Likely cause of death")


def test_the_draft_mark_stands_on_every_sheet(
    excel: openpyxl.Workbook, open_document: odfdo.Document
) -> None:
    for sheet in excel.worksheets:
        assert MARK in f"{sheet['A2'].value} {sheet['A3'].value}", sheet.title
        assert MARK in sheet.oddHeader.center.text
    for name in excel.sheetnames:
        assert any(MARK in str(row[0]) for row in ods_rows(open_document, name)[:3]), name
    assert MARK in excel.properties.contentStatus
    assert MARK in open_document.meta.keyword


def test_a_release_has_no_draft_mark_and_names_both_people(safe: SafeRelease) -> None:
    released = describe(safe, a_document(approved_by="Olu Approver"), policy="a policy")
    for content in (xlsx.render(released), ods.render(released)):
        text = all_text(content)
        assert MARK not in text
        assert "Ana Maker" in text and "Olu Approver" in text


def test_headings_are_one_row_each_unique_and_filled(draft: Workbook, excel: openpyxl.Workbook) -> None:
    for sheet in table_sheets(draft):
        headings = [column.heading for column in sheet.columns]
        assert len(set(headings)) == len(headings) and all(headings)
        row = next(excel[sheet.name].iter_rows(min_row=sheet.header_row, max_row=sheet.header_row))
        assert [cell.value for cell in row] == headings


def test_no_cell_of_a_table_is_blank_or_merged_and_no_row_is_hidden(
    draft: Workbook, excel: openpyxl.Workbook
) -> None:
    for sheet in table_sheets(draft):
        page = excel[sheet.name]
        assert not page.merged_cells.ranges
        assert page.max_row == sheet.header_row + len(sheet.rows)
        assert page.freeze_panes is None
        assert not any(each.hidden for each in page.row_dimensions.values())
        for row in page.iter_rows(min_row=sheet.header_row, max_col=len(sheet.columns)):
            assert all(cell.value not in (None, "") for cell in row), sheet.name


def test_tables_are_marked_up_as_tables(
    draft: Workbook, excel: openpyxl.Workbook, open_document: odfdo.Document
) -> None:
    in_ods = {
        each.get_attribute("table:name"): each.get_attribute("table:target-range-address")
        for each in open_document.body.get_elements("//table:database-range")
    }
    for sheet in table_sheets(draft):
        last = sheet.address(len(sheet.rows) - 1, len(sheet.columns) - 1)
        assert [table.ref for table in excel[sheet.name].tables.values()] == [f"A{sheet.header_row}:{last}"]
        assert in_ods[sheet.table_name] == f"{sheet.name}.A{sheet.header_row}:{sheet.name}.{last}"
        assert open_document.body.get_table(name=sheet.name).get_elements("table:table-header-rows")
    assert len(in_ods) == len(draft.sheets)
    assert len(open_document.body.get_elements("//table:named-range")) == len(draft.sheets)


def test_the_files_say_their_title_and_language(
    excel: openpyxl.Workbook, open_document: odfdo.Document
) -> None:
    assert excel.properties.title == open_document.meta.title == "Serious incidents: annual report: tables"
    assert open_document.meta.language == "en-GB"
    assert {each.name: each.value for each in excel.custom_doc_props.props}["Language"] == "en-GB"


def test_contents_lead_to_every_other_sheet(
    draft: Workbook, excel: openpyxl.Workbook, open_document: odfdo.Document
) -> None:
    others = [sheet.name for sheet in draft.sheets if sheet.name != "Contents"]
    assert [row[0].sheet for row in draft.contents.rows if isinstance(row[0], Link)] == others
    cells = [excel["Contents"].cell(draft.contents.header_row + 1 + row, 1) for row in range(len(others))]
    assert [cell.hyperlink.location for cell in cells] == [f"'{name}'!A1" for name in others]
    contents = open_document.body.get_table(name="Contents")
    assert [each.get_attribute("xlink:href") for each in contents.get_elements("//text:a")] == [
        f"#{name}" for name in others
    ]


def test_numbers_are_numbers_and_symbols_are_explained(draft: Workbook, excel: openpyxl.Workbook) -> None:
    sheet = next(each for each in draft.tables if each.table == "panel_age_by_nature")
    page = excel[sheet.name]
    body = [[cell.value for cell in row] for row in page.iter_rows(min_row=sheet.header_row + 1)]
    assert body[0] == ["Total", 393, 100, 146, 100, 227, 100, 20, 100]
    assert body[1] == ["Under 1", 134, 34.1, "[c]", "[c]", 60, 26.4, "[c]", "[c]"]
    assert all(page.cell(sheet.header_row + 1, column).data_type == "n" for column in range(2, 10))
    explained = {row[0]: row[1] for row in excel["Notes"].values if row[0]}
    assert {"[c]", "[x]", "[z]", "[k]"} <= set(explained)
    assert any("[c]" in line for line in sheet.lines)


def test_rounded_regions_have_no_shares_and_a_true_zero_is_not_a_symbol(draft: Workbook) -> None:
    by_table = {sheet.table: sheet for sheet in draft.tables}
    regions = by_table["department_region"]
    assert [column.heading for column in regions.columns] == [
        "Area code",
        "Region",
        "Number of notifications",
    ]
    assert [row[2] for row in regions.rows] == [456, 200, 250, "[k]", "[k]"]
    assert any("rounded" in line for line in regions.lines)
    assert [row[2] for row in by_table["department_authority"].rows] == [456, 200, 248, 0, 8]


def test_the_same_note_has_one_number(draft: Workbook) -> None:
    by_table = {sheet.table: sheet for sheet in draft.tables}
    assert by_table["panel_likely_cause"].title.endswith("[note 1] [note 2]")
    assert by_table["panel_age_by_nature"].title.endswith("[note 2]")
    assert draft.notes.rows[0] == ("[note 1]", "As judged from the rapid review.")


def test_text_from_input_is_never_a_formula() -> None:
    table = replace(
        AGE_BY_NATURE,
        title=HOSTILE[0],
        row_label=HOSTILE[1],
        rows=(TOTAL, *(Line(text, where(age_band=str(place))) for place, text in enumerate(HOSTILE))),
        notes=HOSTILE,
        source=HOSTILE[2],
    )
    counts = {table.name: tuple((10, 20, 30) for _ in HOSTILE)}
    workbook = describe(protect(a_counted_release((table,), counts)), a_document(), policy=HOSTILE[3])
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(workbook)))
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    content = ods.render(workbook)
    assert "table:formula" not in zipfile.ZipFile(io.BytesIO(content)).read("content.xml").decode()
    shown = [row[0] for row in ods_rows(odfdo.Document(io.BytesIO(content)), "Table_4")]
    for text in map(one_line, HOSTILE):
        assert any(cell.value == text and cell.data_type == "s" for cell in cells), text
        assert text in shown


def test_links_and_note_signs_in_text_stay_text() -> None:
    table = replace(AGE_BY_NATURE, title="[see](http://example.test) $$note$$ <b>&")
    workbook = describe(a_safe_release((table,)), a_document(), policy="p")
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(workbook)))
    page = book[next(sheet.name for sheet in workbook.tables if sheet.table == table.name)]
    assert page["A1"].hyperlink is None
    assert "<b>&" in page["A1"].value


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\x00b\x1bc", "abc"),
        ("  two\n lines\t", "two lines"),
        ("lone \ud800 half", "lone half"),
        ("é–“", "é–“"),
    ],
)
def test_text_is_made_fit_for_a_cell(raw: str, clean: str) -> None:
    assert one_line(raw) == clean


def test_equal_workbooks_are_equal_bytes(draft: Workbook) -> None:
    assert xlsx.render(draft) == xlsx.render(draft)
    assert ods.render(draft) == ods.render(draft)


def test_no_part_of_the_files_says_when_it_was_made(draft: Workbook) -> None:
    for content in (xlsx.render(draft), ods.render(draft)):
        moments = {info.date_time for info in zipfile.ZipFile(io.BytesIO(content)).infolist()}
        assert moments == {(1980, 1, 1, 0, 0, 0)}
        assert "202" not in all_text(content).replace("2022", "").replace("2023", "")


def test_an_open_document_starts_with_its_type(draft: Workbook) -> None:
    first = zipfile.ZipFile(io.BytesIO(ods.render(draft))).infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_every_number_says_where_it_stands(draft: Workbook, safe: SafeRelease) -> None:
    placed = {each.number for sheet in draft.tables for each in sheet.placed.values()}
    cells = {
        table.key(row, column) for table in safe.tables for row in table.rows for column in table.columns
    }
    assert placed == cells | set(safe.figures)
    for sheet in draft.tables:
        numeric = {column for column, each in enumerate(sheet.columns) if each.kind is not Kind.TEXT}
        bounds = {6, 7} if sheet.name == "Figures" else set()
        assert {column for _, column in sheet.placed} == numeric - bounds


def test_a_table_of_the_reports_own_is_a_sheet_too() -> None:
    block = TableBlock(
        id="table-agreement",
        number=40,
        caption="Agreement of two coders",
        row_head="Question",
        head=(HeadCell("Pairs"), HeadCell("agree", group="Both"), HeadCell("Reading", is_numeric=False)),
        rows=(
            Row("Neglect", (number("k.pairs", "1,087"), number("k.kappa", "0.71"), words("good"))),
            Row("Other", (Cell((Text("c"),), symbol=Symbol.SUPPRESSED), words("82%"), words(""))),
        ),
        name="agreement",
    )
    sheet = report_sheet(block, lines=("one table",), notes=" [note 1]")
    assert (sheet.name, sheet.title) == ("Table_40", "Table 40: Agreement of two coders [note 1]")
    assert [column.heading for column in sheet.columns] == ["Question", "Pairs", "Both: agree", "Reading"]
    assert sheet.rows == (("Neglect", 1087, 0.71, "good"), ("Other", "[c]", "82%", "[z]"))
    assert sheet.placed == {(0, 1): Placed("k.pairs", "count"), (0, 2): Placed("k.kappa", "count")}


def number(ref: str, text: str) -> Cell:
    return Cell((Number(ref, "count", text),))


def words(text: str) -> Cell:
    return Cell((Text(text),))


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")])
def test_addresses_past_the_alphabet(column: int, letters: str) -> None:
    sheet = Sheet("S", "t", ("one", "two"), (), ())
    assert sheet.address(0, column) == f"{letters}5"


def all_text(content: bytes) -> str:
    """Every part of the file that is text but its styles."""
    packed = zipfile.ZipFile(io.BytesIO(content))
    parts = [name for name in packed.namelist() if name.endswith(".xml") and "theme" not in name]
    return "".join(packed.read(name).decode() for name in parts if "styles" not in name)
