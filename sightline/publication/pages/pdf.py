"""The report as a tagged PDF (PDF/UA-1), set by Typst from the same document as the web page.

The document is handed over as JSON, so that text from a register can never act as markup. The typeface
comes from a package and the creation time is fixed: equal documents give equal bytes on any machine.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from sightline.publication.document.content import (
    BulletList,
    ChartBlock,
    Definitions,
    Document,
    Heading,
    KeyFigures,
    Reference,
    Spans,
    TableBlock,
)
from sightline.publication.pages.charts import Chart
from sightline.publication.pages.typeface import font_folder
from sightline.publication.symbols import meaning

_TIMESTAMP = 0
"""A fixed creation time: when a report was made stands in the run's log, not in its files."""

_POINTS_A_PIXEL = 0.68
"""Charts are drawn with letters of 14 pixels, which makes them as large as a table's."""

_TEXT_WIDTH = 476
"""Points between the margins: a chart is never wider."""


def render(document: Document, charts: Mapping[str, Chart]) -> bytes:
    import typst

    compiled = typst.compile(
        _template(),
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[font_folder()]
        ),
        sys_inputs={"report": json.dumps(_report(document, charts), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=_TIMESTAMP,
    )
    assert isinstance(compiled, bytes)
    return compiled


@cache
def _template() -> bytes:
    return files("sightline.publication.pages").joinpath("templates/report.typ").read_bytes()


def _report(document: Document, charts: Mapping[str, Chart]) -> dict[str, Any]:
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "publisher": document.publisher,
        "status": document.status.mark,
        "status_sentence": document.status.sentence,
        "is_marked": bool(document.status.caution),
        "warning": document.warning,
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "blocks": [_block(block, charts) for block in section.blocks],
            }
            for section in document.sections
        ],
    }


def _block(block: Any, charts: Mapping[str, Chart]) -> dict[str, Any]:
    said = {"kind": type(block).__name__}
    match block:
        case Heading():
            return said | {"text": block.text, "level": block.level, "id": block.id}
        case BulletList():
            return said | {"items": [_spans(item) for item in block.items]}
        case KeyFigures():
            figures = [{"number": _spans(f.number), "words": _spans(f.words)} for f in block.figures]
            return said | {"figures": figures}
        case Definitions():
            entries = [{"term": entry.term, "meaning": _spans(entry.meaning)} for entry in block.entries]
            return said | {"entries": entries}
        case TableBlock():
            return said | _table(block)
        case ChartBlock():
            return said | _chart(block, charts[block.name])
    return said | {"spans": _spans(block.spans)}


def _spans(parts: Spans) -> list[dict[str, str]]:
    return [
        {"text": part.text, "target": part.target} if isinstance(part, Reference) else {"text": part.text}
        for part in parts
    ]


def _table(block: TableBlock) -> dict[str, Any]:
    grouped = groupby(block.head, key=lambda cell: cell.group)
    groups = [{"text": group, "columns": len(list(cells))} for group, cells in grouped if group]
    return {
        "id": block.id,
        "label": block.label,
        "caption": block.caption,
        "row_head": block.row_head,
        "groups": groups,
        "head": [{"text": cell.text, "is_numeric": cell.is_numeric} for cell in block.head],
        "rows": [
            {
                "label": row.label,
                "is_total": row.is_total,
                "cells": [{"spans": _spans(c.spans), "is_numeric": c.is_numeric} for c in row.cells],
            }
            for row in block.rows
        ],
        "notes": [f"{symbol.value}: {meaning(symbol)}." for symbol in block.symbols]
        + list(block.notes)
        + ([f"Source: {block.source}"] if block.source else []),
    }


def _width(chart: Chart) -> float:
    """The picture's own width in pixels."""
    found = re.search(rb'<svg\b[^>]* width="([\d.]+)"', chart.svg)
    assert found, "the chart library gives its pictures a width"
    return float(found.group(1))


def _chart(block: ChartBlock, chart: Chart) -> dict[str, Any]:
    return {
        "id": block.id,
        "label": block.label,
        "title": block.title,
        "alt": f"{block.title}. {chart.description}",
        "svg": chart.svg.decode(),
        "width": min(_TEXT_WIDTH, _width(chart) * _POINTS_A_PIXEL),
        "notes": list(block.notes),
    }
