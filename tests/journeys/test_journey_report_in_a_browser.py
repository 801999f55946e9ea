"""The report in a real browser: no accessibility fault, and readable on a narrow screen."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from releases import YEAR, a_safe_release

from sightline.publication.document.composing import compose
from sightline.publication.document.content import ReportContext
from sightline.publication.pages import charts, html


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed: “apt-get install chromium”, as .ci/run does.")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    context = ReportContext(period=YEAR, made_by="Ana Maker", is_invented=True)
    document = compose(a_safe_release(), context=context)
    path = tmp_path_factory.mktemp("report") / "index.html"
    path.write_bytes(html.render(document, charts.draw(document)))
    return path


def opened(browser: Browser, report: Path, *, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(report.as_uri())
    return page


@pytest.mark.parametrize("width", [320, 1200])
def test_axe_finds_no_fault(browser: Browser, report: Path, width: int) -> None:
    found = Axe().run(opened(browser, report, width=width))
    assert found.violations_count == 0, found.generate_report()


def test_nothing_is_cut_off_on_a_narrow_screen(browser: Browser, report: Path) -> None:
    page = opened(browser, report, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_keyboard_reaches_the_text_and_then_a_section(browser: Browser, report: Path) -> None:
    page = opened(browser, report, width=1200)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
    page.click("nav >> text=Methods")
    assert page.evaluate("location.hash") == "#methods"


def test_charts_are_drawn_and_described(browser: Browser, report: Path) -> None:
    page = opened(browser, report, width=1200)
    pictures = page.locator("figure img")
    assert pictures.count() > 0
    assert all(
        pictures.nth(i).evaluate("picture => picture.naturalWidth") > 0 for i in range(pictures.count())
    )
    assert all(pictures.nth(i).get_attribute("alt") for i in range(pictures.count()))
    page.click("summary >> text=Describe Figure 1")
    assert page.locator("figure details[open] li").first.is_visible()


def test_on_a_narrow_screen_charts_are_whole_and_wide_tables_say_that_they_slide(
    browser: Browser, report: Path
) -> None:
    page = opened(browser, report, width=320)
    pictures = page.locator("figure img")
    for place in range(pictures.count()):
        box = pictures.nth(place).bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 320
    wide = page.evaluate(
        """() => [...document.querySelectorAll(".report-table")]
            .filter(table => table.querySelectorAll("thead th[scope=col]").length > 4)
            .map(table => table.querySelector(".report-table__cue"))
            .map(cue => cue !== null && cue.offsetHeight > 0)"""
    )
    assert wide and all(wide)


def test_a_draft_says_so_wherever_the_reader_is(browser: Browser, report: Path) -> None:
    page = opened(browser, report, width=1200)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    mark = page.locator(".report-status").bounding_box()
    assert mark is not None
    assert 0 <= mark["y"] < 50
