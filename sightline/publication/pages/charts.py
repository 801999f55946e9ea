"""Charts drawn from the report's chart blocks: Vega-Lite specifications as data, to SVG and PNG.

No browser, no network and no system font is used: the typeface comes from the `font-lato` package. Every
bar is labelled where it ends, so nothing is told by colour alone, and a withheld number is written as its
symbol where a bar would begin, never drawn as nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from sightline.publication.document.content import INVENTED_MARK, ChartBlock, Document
from sightline.publication.pages.drawing import VEGA_LITE, Picture, draw_all
from sightline.publication.pages.typeface import FAMILY

PALETTE = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
"""The Government Analysis Function's categorical palette in its order: dark blue, turquoise, dark pink,
orange, dark grey, light purple (Data visualisation: colours in charts; as in its package afcharts)."""

_TEXT = "#0b0c0c"
_GRID = "#d9d9d9"
_ROW = 30

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart. `title` and `description` are those that the SVG carries too."""

    svg: bytes
    png: bytes
    title: str
    description: str


def draw(document: Document) -> dict[str, Chart]:
    """Every chart of the report by its name. Equal documents give equal bytes."""
    # A picture is copied into slides without its page, so invented data say so in the picture itself.
    mark = INVENTED_MARK if document.status.is_invented else ""
    drawn = draw_all({block.name: specification(block, mark=mark) for block in document.charts})
    return {block.name: _chart(block, drawn[block.name], mark) for block in document.charts}


def _chart(block: ChartBlock, picture: Picture, mark: str) -> Chart:
    said = (f"{mark}.",) if mark else ()
    description = " ".join((*said, block.summary, *block.description))
    svg = _described(picture.svg, block.id, block.title, description)
    return Chart(svg.encode(), picture.png, block.title, description)


def specification(block: ChartBlock, *, mark: str = "") -> Spec:
    """The chart as Vega-Lite data; `mark` is a line of warning over the bars."""
    return {
        **({"title": {"text": mark, **_MARK}} if mark else {}),
        "$schema": f"https://vega.github.io/schema/vega-lite/v{VEGA_LITE}.json",
        "background": "#ffffff",
        "padding": {"left": 4, "top": 8, "right": 36, "bottom": 8},
        "data": {"values": [_datum(block, place) for place in range(len(block.marks))]},
        **KINDS[block.kind](block),
        "config": _CONFIG,
    }


def _datum(block: ChartBlock, place: int) -> Spec:
    mark = block.marks[place]
    return {
        "label": mark.label,
        "series": mark.series,
        "value": mark.value or 0,
        "shown": mark.shown,
    }


def _bars(block: ChartBlock) -> Spec:
    """One horizontal bar a label, the number written at its end."""
    return {
        "width": 460,
        "height": {"step": _ROW},
        "encoding": {"y": _labels(block), "x": _length(block)},
        "layer": [
            {"mark": {"type": "bar", "color": PALETTE[0], "height": {"band": 0.72}}},
            {"mark": _END_LABEL, "encoding": {"text": {"field": "shown"}}},
        ],
    }


def _panels(block: ChartBlock) -> Spec:
    """A small chart of horizontal bars a series, side by side on one scale."""
    series = _in_order(mark.series for mark in block.marks)
    return {
        "facet": {
            "column": {
                "field": "series",
                "type": "nominal",
                "sort": list(series),
                "header": {
                    "title": None,
                    "labelFontSize": 14,
                    "labelFontWeight": "bold",
                    "labelAnchor": "start",
                },
            }
        },
        "spacing": 28,
        "spec": {
            "width": 520 / len(series) - 20,
            "height": {"step": _ROW},
            "encoding": {"y": _labels(block), "x": _length(block)},
            "layer": [
                {"mark": {"type": "bar", "color": PALETTE[0], "height": {"band": 0.72}}},
                {"mark": _END_LABEL, "encoding": {"text": {"field": "shown"}}},
            ],
        },
    }


KINDS: Mapping[str, Callable[[ChartBlock], Spec]] = {"bars": _bars, "panels": _panels}
"""The ways of drawing that a chart block may name."""


def _labels(block: ChartBlock) -> Spec:
    return {
        "field": "label",
        "type": "nominal",
        "sort": list(_in_order(mark.label for mark in block.marks)),
        "title": None,
        "axis": {
            "labelLimit": 0,
            "labelPadding": 8,
            "ticks": False,
            "domain": False,
        },
    }


def _length(block: ChartBlock) -> Spec:
    return {
        "field": "value",
        "type": "quantitative",
        "title": block.axis,
        "scale": {"domainMin": 0, "nice": True},
        "axis": {
            "grid": True,
            "tickCount": 4,
            "domain": False,
            "ticks": False,
            "format": ",d",
            "titlePadding": 8,
        },
    }


_MARK: Spec = {"anchor": "end", "fontSize": 12, "fontWeight": "bold", "color": "#aa2a16", "offset": 4}
_END_LABEL: Spec = {"type": "text", "align": "left", "baseline": "middle", "dx": 5, "fontSize": 14}

_CONFIG: Spec = {
    "font": FAMILY,
    "view": {"stroke": None},
    "axis": {
        "labelColor": _TEXT,
        "titleColor": _TEXT,
        "labelFontSize": 14,
        "titleFontSize": 14,
        "titleFontWeight": "normal",
        "gridColor": _GRID,
    },
    "header": {"labelColor": _TEXT},
    "text": {"color": _TEXT},
}


def _in_order(names: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


_OPENING = re.compile(r"<svg\b[^>]*>")


def _described(svg: str, chart_id: str, title: str, description: str) -> str:
    """The SVG as one picture with a title and a description, in place of the library's own roles."""
    opening = _OPENING.search(svg)
    assert opening, "the chart library gives an svg element"
    head = opening.group().removesuffix(">")
    named = f'{head} role="img" aria-labelledby="{chart_id}-title {chart_id}-desc">'
    words = (
        f'<title id="{chart_id}-title">{escape(title)}</title>'
        f'<desc id="{chart_id}-desc">{escape(description)}</desc>'
    )
    inner = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg[opening.end() :])
    with_fallback = inner.replace(
        f'font-family="{FAMILY}"', f'font-family="{FAMILY}, Arial, Helvetica, sans-serif"'
    )
    return svg[: opening.start()] + named + words + with_fallback
