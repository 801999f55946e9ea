"""The report as one web page that stands on its own: no script, no font and no other file is fetched."""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

from sightline.publication.document.content import Document, HeadCell
from sightline.publication.pages.charts import Chart
from sightline.publication.symbols import meaning

OTHER_FORMATS = (
    ("report.pdf", "PDF"),
    ("tables.xlsx", "Excel workbook"),
    ("tables.ods", "OpenDocument workbook"),
    ("open-data/data-guidance/data-guidance.txt", "guidance to the open data"),
    ("figures.json", "ledger of figures"),
)


def render(document: Document, charts: Mapping[str, Chart]) -> bytes:
    """The page, UTF-8. Charts stand in it as data, so that the file can be sent on alone."""
    page = _environment().get_template("report.html")
    return page.render(
        document=document,
        # Our own stylesheet, read from the package; a browser would read “&gt;” in it as it stands.
        css=Markup(_css()),  # noqa: S704
        charts={name: _as_data(chart.svg) for name, chart in charts.items()},
        files=[{"href": href, "text": text} for href, text in OTHER_FORMATS],
    ).encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=ChoiceLoader(
            (
                PackageLoader("sightline.publication.pages"),
                PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            )
        ),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(kind=lambda item: type(item).__name__, groups_of=_groups_of, meaning=meaning)
    return environment


@cache
def _css() -> str:
    return (
        files("sightline.publication.pages").joinpath("styles/report.css").read_text(encoding="utf-8").strip()
    )


def _groups_of(head: tuple[HeadCell, ...]) -> list[tuple[str, int]]:
    """Neighbouring columns under one group heading, and how many they are."""
    return [(group, len(list(cells))) for group, cells in groupby(head, key=lambda cell: cell.group)]


def _as_data(svg: bytes) -> str:
    return "data:image/svg+xml;base64," + b64encode(svg).decode()
