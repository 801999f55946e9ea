"""The whole report of the shipped example: every part of the wording is said, and both formats hold."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import page
import pypdfium2
import pytest
from releases import AGE_BY_NATURE, TABLES, YEAR, a_safe_release

import sightline.register
from sightline.disclosure_control.policies import POLICIES
from sightline.disclosure_control.protect import protect
from sightline.disclosure_control.safe import SafeRelease, Symbol
from sightline.publication.document.annexes import annexes
from sightline.publication.document.composing import compose
from sightline.publication.document.content import BulletList, Document, Heading, ReportContext, plain
from sightline.publication.document.definitions import withheld_in_one
from sightline.publication.document.layout import wording
from sightline.publication.document.markup import Kind
from sightline.publication.pages import charts, html, pdf
from sightline.publication.pages.charts import Chart
from sightline.register.reading import read_register
from sightline.register.tables import Register
from sightline.statistics.rates import area_base_from
from sightline.statistics.releases import count_release
from sightline.vocabulary.periods import Period

EXAMPLE = Path(sightline.register.__file__).parent / "example" / "2022-23"
CONTEXT = ReportContext(period=YEAR, made_by="Ana Maker", data_from=date(2022, 1, 1), is_invented=True)
HOSTILE = "<script>alert('x')</script> & #let y = [z] *bold*"


@pytest.fixture(scope="module")
def register() -> Register:
    read = read_register(EXAMPLE, as_of=date(2026, 1, 1)).register
    assert read is not None
    return read


@pytest.fixture(scope="module")
def safe(register: Register) -> SafeRelease:
    return protect(count_release(register, counting="all", period=YEAR, data_from=CONTEXT.data_from))


@pytest.fixture(scope="module")
def report(safe: SafeRelease) -> Document:
    return compose(safe, context=CONTEXT)


@pytest.fixture(scope="module")
def drawn(report: Document) -> dict[str, Chart]:
    return charts.draw(report)


@pytest.fixture(scope="module")
def page_text(report: Document, drawn: dict[str, Chart]) -> str:
    return html.render(report, drawn).decode()


@pytest.fixture(scope="module")
def printed(report: Document, drawn: dict[str, Chart]) -> bytes:
    return pdf.render(report, drawn)


def pages_of(printed: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(printed)
    for number in range(len(document)):
        yield document[number].get_textpage().get_text_range()


def test_every_table_and_chart_that_the_wording_names_is_shown(safe: SafeRelease, report: Document) -> None:
    given = {"change_on_earlier", "revisions", "rates", "*"}
    passages = [passage for text in wording() for passage in text]
    tables = {passage.text for passage in passages if passage.kind is Kind.TABLE} - given
    drawn = {passage.text.split()[0] for passage in passages if passage.kind is Kind.CHART}
    assert tables <= {table.name for table in report.tables}
    assert drawn == {chart.name for chart in report.charts}


def test_every_table_of_the_release_is_in_the_report(safe: SafeRelease, report: Document) -> None:
    assert {table.name for table in safe.tables} <= {table.name for table in report.tables}


def test_tables_and_charts_are_numbered_in_reading_order(report: Document) -> None:
    assert [table.number for table in report.tables] == list(range(1, len(report.tables) + 1))
    assert [chart.number for chart in report.charts] == list(range(1, len(report.charts) + 1))


def test_every_number_listed_is_that_of_its_figure(safe: SafeRelease, report: Document) -> None:
    assert len(report.numbers) > 200
    for number in report.numbers:
        if number.form == "count" and not number.ref.startswith("rule."):
            value = safe.figures[number.ref].value
            assert value is not None
            assert number.text == f"{int(value):,}"


def test_the_headline_is_the_published_one(report: Document) -> None:
    said = {(number.ref, number.form): number.text for number in report.numbers}
    assert said["panel.incidents_total", "count"] == "393"
    assert said["panel.nature_death", "percent"] == "37%"
    assert said["panel.reviews_neglect_experienced", "Words"] == "Over half"
    assert said["department.notifications_total", "count"] == "456"


def test_a_share_says_of_which_incidents_it_is(report: Document) -> None:
    summary = next(section for section in report.sections if section.id == "summary")
    items = [plain(item) for block in summary.blocks if isinstance(block, BulletList) for item in block.items]
    (timely,) = (item for item in items if "incidents whose notification" in item)
    assert "312 of the 389 incidents whose notification gives both dates (80%)" in timely


def test_headings_never_skip_a_level(report: Document) -> None:
    for section in report.sections:
        level = 2
        for heading in (block for block in section.blocks if isinstance(block, Heading)):
            assert heading.level <= level + 1
            level = heading.level


def test_no_withheld_count_stands_in_its_table(safe: SafeRelease, report: Document) -> None:
    by_name = {table.name: table for table in report.tables}
    for table in safe.tables:
        shown = by_name[table.name]
        for row, block_row in zip(table.rows, shown.rows, strict=True):
            hidden = [table.cell(row, column).symbol is Symbol.SUPPRESSED for column in table.columns]
            marked = [cell.symbol is Symbol.SUPPRESSED for cell in block_row.cells]
            step = len(marked) // len(hidden)
            assert marked[::step] == hidden
            for place, is_hidden in enumerate(hidden):
                texts = {cell.text for cell in block_row.cells[place * step : (place + 1) * step]}
                assert not is_hidden or texts == {"c"}


def test_a_chart_says_what_its_cells_say(safe: SafeRelease, report: Document) -> None:
    table = next(table for table in safe.tables if table.name == "panel_likely_cause")
    chart = next(chart for chart in report.charts if chart.name == "panel_likely_cause")
    for row in table.rows:
        cell = table.cell(row, table.columns[0])
        said = [sentence for sentence in chart.description if sentence.startswith(f"{row.label}: ")]
        if row.is_total:
            assert said == []
        elif cell.value is None:
            assert "withheld" in said[0]
        else:
            assert said[0].startswith(f"{row.label}: {cell.value} incident")


def test_a_chart_writes_a_withheld_number_as_its_symbol(report: Document, drawn: dict[str, Chart]) -> None:
    chart = next(chart for chart in report.charts if any(mark.value is None for mark in chart.marks))
    withheld = [mark for mark in chart.marks if mark.value is None]
    assert {mark.shown for mark in withheld} == {"c"}
    assert drawn[chart.name].svg.decode().count(">c</text>") == len(withheld)


def test_a_chart_is_one_picture_with_a_title_and_a_description(drawn: dict[str, Chart]) -> None:
    for chart in drawn.values():
        svg = chart.svg.decode()
        assert svg.count('role="img"') == 1 == svg.count("<title ") == svg.count("<desc ")
        assert chart.png.startswith(b"\x89PNG")


def test_two_renders_are_equal_byte_for_byte(
    safe: SafeRelease, page_text: str, printed: bytes, drawn: dict[str, Chart]
) -> None:
    again = compose(safe, context=CONTEXT)
    drawn_again = charts.draw(again)
    assert drawn_again == drawn
    assert html.render(again, drawn_again).decode() == page_text
    assert pdf.render(again, drawn_again) == printed


def test_pdf_is_accessible(printed: bytes) -> None:
    report = page.validate_pdf_bytes(printed)
    assert report.is_compliant, list(report.failures)


def test_every_page_of_a_draft_says_so(printed: bytes, page_text: str) -> None:
    assert all("DRAFT" in text for text in pages_of(printed))
    assert page_text.count("DRAFT – not for release until approved") >= 3


def test_an_approved_report_says_who_approved_it(safe: SafeRelease) -> None:
    context = replace(CONTEXT, approved_by="Olu Approver")
    document = compose(safe, context=context)
    text = html.render(document, charts.draw(document)).decode()
    assert "DRAFT" not in text
    assert "Approved for release by Olu Approver." in text


def test_invented_data_are_called_invented(safe: SafeRelease, page_text: str) -> None:
    assert "are invented" in page_text
    document = compose(safe, context=replace(CONTEXT, is_invented=False))
    assert document.warning == ""


class Outline(HTMLParser):
    """What a browser would fetch, which tags are left open, and which ids and targets there are."""

    VOID = frozenset(("meta", "img", "br", "hr", "link", "input"))

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.headings: list[int] = []
        self.head_cells: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if tag in ("script", "link", "iframe", "object"):
            self.fetched.append(tag)
        if named.get("src"):
            self.fetched.append(str(named["src"])[:11])
        if named.get("id"):
            self.ids.append(str(named["id"]))
        if str(named.get("href", "")).startswith("#"):
            self.targets.append(str(named["href"])[1:])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "th":
            self.head_cells.append(named)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def outline(page_text: str) -> Outline:
    parsed = Outline()
    parsed.feed(page_text)
    return parsed


def test_page_is_well_formed_and_its_links_lead_somewhere(outline: Outline) -> None:
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.targets) <= set(outline.ids)


def test_page_fetches_nothing(page_text: str, outline: Outline) -> None:
    assert set(outline.fetched) == {"data:image/"}
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", page_text)
    assert "@import" not in page_text
    assert "url(" not in page_text
    assert "GDS Transport" not in page_text


def test_page_has_one_first_heading_and_skips_no_level(outline: Outline) -> None:
    assert outline.headings.count(1) == 1
    steps = zip(outline.headings, outline.headings[1:], strict=False)
    assert all(later <= earlier + 1 for earlier, later in steps)


def test_every_head_cell_says_what_it_heads(outline: Outline) -> None:
    assert {cell.get("scope") for cell in outline.head_cells} == {"col", "row", "colgroup"}


def test_a_number_in_the_page_can_be_traced_to_its_figure(page_text: str) -> None:
    assert '<data value="393" data-figure="panel.incidents_total" data-form="count">393</data>' in page_text


def test_hostile_text_is_text_in_both_formats() -> None:
    hostile = replace(AGE_BY_NATURE, title=HOSTILE, notes=(HOSTILE,))
    tables = tuple(hostile if table is AGE_BY_NATURE else table for table in TABLES)
    context = ReportContext(period=YEAR, made_by=HOSTILE, national_body=HOSTILE)
    document = compose(a_safe_release(tables), context=context)
    drawn = charts.draw(document)
    text = html.render(document, drawn).decode()
    assert "<script>" not in text
    assert "&lt;script&gt;alert" in text
    printed = " ".join(pages_of(pdf.render(document, drawn)))
    assert "#let y = [z] *bold*" in " ".join(printed.split())


def test_an_earlier_period_gives_a_table_of_change(safe: SafeRelease, register: Register) -> None:
    quarter_before = Period(date(2022, 1, 1), date(2022, 3, 31))
    earlier = protect(count_release(register, counting="panel", period=quarter_before))
    change = annexes(safe, earlier)["change_on_earlier"]
    before, now, difference = change.rows[0].cells
    assert (before.text, now.text, difference.text) == ("105", "393", "+288")
    document = compose(safe, context=CONTEXT, previous=earlier)
    assert "change_on_earlier" in [table.name for table in document.tables]


def test_an_earlier_version_of_the_same_period_gives_revisions_only(safe: SafeRelease) -> None:
    assert "revisions" not in annexes(safe, safe)
    assert "change_on_earlier" not in annexes(safe, safe)


def test_a_number_that_one_version_withholds_is_counted_and_not_listed(register: Register) -> None:
    counted = count_release(register, counting="panel", period=YEAR)
    shown, stricter = protect(counted), protect(counted, policy=POLICIES["under-five"])
    withheld = withheld_in_one(stricter, shown)
    assert withheld and "revisions" not in annexes(stricter, shown)
    document = compose(stricter, context=CONTEXT, previous=shown)
    (log,) = (section for section in document.sections if section.id == "change-log")
    said = " ".join(plain(block.spans) for block in log.blocks if hasattr(block, "spans"))
    assert f"are not listed: {len(withheld)}." in said
    assert said.count("withheld") == 1


def test_a_sentence_with_a_withheld_number_says_that_it_is_withheld(safe: SafeRelease) -> None:
    document = compose(safe, context=CONTEXT)
    for number in document.numbers:
        figure = safe.figures.get(number.ref)
        assert figure is None or figure.symbol is None
    said = " ".join(plain(block.spans) for _, block in document.blocks() if hasattr(block, "spans"))
    hidden = [figure for figure in safe.figures.values() if figure.symbol is Symbol.SUPPRESSED]
    assert hidden
    assert "None" not in said


def test_rates_are_set_out_where_a_file_of_areas_was_given(register: Register) -> None:
    areas = area_base_from("area_code,period,children,children_in_need\nE92000001,2022-23,11900000,404000\n")
    safe = protect(count_release(register, counting="panel", period=YEAR, rates=areas))
    document = compose(safe, context=CONTEXT)
    (rates,) = (table for table in document.tables if table.name == "rates")
    # 393 incidents among 11.9 million children, worked out by hand.
    assert rates.rows[0].cells[0].text == "3.30"
    assert "rates" in [section.id for section in document.sections]


def test_a_window_that_is_no_year_is_not_called_one(register: Register) -> None:
    quarter = Period(date(2022, 4, 1), date(2022, 6, 30))
    release = protect(count_release(register, counting="all", period=quarter))
    document = compose(release, context=ReportContext(period=quarter, made_by="Ana Maker"))
    said = html.render(document, charts.draw(document)).decode()
    assert "annual" not in document.title
    assert "in the year" not in said
    assert "in the period" in said


def test_no_slot_is_left_open(page_text: str) -> None:
    assert "{=" not in page_text
