"""The ledger of a report: for every number, what it is, what it was counted from, and where it stands."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sightline.disclosure_control.safe import SafeCell, SafeFigure, SafeRelease
from sightline.publication.document.content import Document
from sightline.publication.inputs import ReportInputs
from sightline.publication.open_data.data_sets import DataSet
from sightline.publication.spreadsheets.sheets import Sheet
from sightline.publication.ways import way_name
from sightline.statistics.row_hashes import population_name
from sightline.statistics.tables import CellKey, Population

Place = dict[str, Any]
_PLACES = defaultdict[CellKey | str, list[Place]]


def ledger(
    safe: SafeRelease,
    *,
    document: Document,
    sheets: Sequence[Sheet],
    data_sets: Sequence[DataSet],
    inputs: ReportInputs,
) -> dict[str, Any]:
    """`numbers` are the figures that sentences may print, `cells` those of the tables, `rules` the numbers
    in sentences that a rule or a policy fixes and nobody counted."""
    places = _places(safe, document, sheets, data_sets)
    return {
        "numbers": [_figure_entry(figure, places, inputs) for figure in safe.figures.values()],
        "cells": [_cell_entry(key, cell, unit, places, inputs) for key, cell, unit in _cells(safe)],
        "rules": [
            {"ref": ref, "places": found}
            for ref, found in places.items()
            if isinstance(ref, str) and ref not in safe.figures
        ],
    }


def _places(
    safe: SafeRelease, document: Document, sheets: Sequence[Sheet], data_sets: Sequence[DataSet]
) -> _PLACES:
    places: _PLACES = defaultdict(list)
    for number in document.numbers:
        where = {"in": "report", "section": number.section, "sentence": number.sentence}
        places[number.ref].append({**where, "form": number.form, "printed": number.text})
    numbered = {block.name: block.label for block in document.tables if block.name}
    for table in safe.tables:
        if table.name in numbered:
            for row in table.rows:
                for column in table.columns:
                    where = {"in": "report", "table": numbered[table.name]}
                    places[table.key(row, column)].append({**where, "row": row.label, "column": column.label})
    for sheet in sheets:
        for (row_index, column_index), placed in sheet.placed.items():
            address = sheet.address(row_index, column_index)
            places[placed.number].append(
                {"in": "tables", "sheet": sheet.name, "cell": address, "form": placed.form}
            )
    for data_set in data_sets:
        for line, data_row in enumerate(data_set.rows, start=2):
            for column_name, key in data_row.numbers.items():
                where = {"in": "open-data", "file": data_set.data_path}
                places[key].append({**where, "line": line, "column": column_name})
    return places


def _cells(safe: SafeRelease) -> Iterator[tuple[CellKey, SafeCell, str]]:
    """Each cell once, however many tables it stands in."""
    seen = set()
    for table in safe.tables:
        for row in table.rows:
            for column in table.columns:
                key = table.key(row, column)
                if key not in seen:
                    seen.add(key)
                    yield key, table.cell(row, column), table.unit.many


def _cell_entry(
    key: CellKey, cell: SafeCell, unit: str, places: _PLACES, inputs: ReportInputs
) -> dict[str, Any]:
    return {
        "cell": str(key),
        "unit": unit,
        "value": cell.value,
        "symbol": cell.symbol.value if cell.symbol else None,
        "is_rounded": cell.is_rounded,
        **_origin(key.population, inputs),
        "places": places[key],
    }


def _figure_entry(figure: SafeFigure, places: _PLACES, inputs: ReportInputs) -> dict[str, Any]:
    population = next((key.population for key in (figure.cell, figure.base_cell) if key), None)
    in_tables = places[figure.cell] if figure.cell else []
    return {
        "ref": figure.ref,
        "measure": figure.sentence,
        "unit": figure.unit.many,
        "statistic": figure.statistic.value,
        "value": figure.value,
        "symbol": figure.symbol.value if figure.symbol else None,
        "base": figure.base,
        "base_measure": figure.base_sentence,
        "missing": figure.missing,
        "percent": _ten_places(figure.percent),
        "percent_rounded": figure.percent_rounded,
        "interval_95": None if figure.low is None else [figure.low, figure.high],
        "way_of_counting": way_name(figure.way),
        "source": figure.source,
        "cell": str(figure.cell) if figure.cell else None,
        **_origin(population, inputs),
        "places": [*places[figure.ref], *in_tables],
    }


def _origin(population: Population | None, inputs: ReportInputs) -> dict[str, Any]:
    """What it was counted from: the hash of the rows, or of all input files where rows were not hashed."""
    name = population_name(population) if population else None
    rows = inputs.rows.get(name) if name else None
    return {
        "population": name,
        "counted_from": "rows" if rows else "files",
        "counted_from_sha256": rows or inputs.files_sha256,
    }


def _ten_places(percent: Decimal | None) -> float | None:
    return None if percent is None else float(percent.quantize(Decimal("1e-10"), ROUND_HALF_UP))
