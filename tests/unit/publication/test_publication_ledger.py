"""Every number of every file is in the ledger, with its places and what it was counted from."""

import pytest
from documents import SENTENCE, a_document
from releases import PANEL, YEAR, a_safe_release, report_inputs

from sightline.disclosure_control.safe import SafeRelease
from sightline.publication.ledger import ledger
from sightline.publication.open_data.data_sets import DataSet, ees_standard
from sightline.publication.spreadsheets.sheets import Sheet
from sightline.publication.spreadsheets.workbooks import describe
from sightline.statistics.row_hashes import population_name

Ledger = dict[str, list[dict[str, object]]]


@pytest.fixture(scope="module")
def safe() -> SafeRelease:
    return a_safe_release()


@pytest.fixture(scope="module")
def sheets(safe: SafeRelease) -> tuple[Sheet, ...]:
    return describe(safe, a_document(), policy="p").sheets


@pytest.fixture(scope="module")
def data_sets(safe: SafeRelease) -> tuple[DataSet, ...]:
    return ees_standard(safe.tables, year=YEAR)


@pytest.fixture(scope="module")
def entries(safe: SafeRelease, sheets: tuple[Sheet, ...], data_sets: tuple[DataSet, ...]) -> Ledger:
    return ledger(safe, document=a_document(), sheets=sheets, data_sets=data_sets, inputs=report_inputs())


def deaths(entries: Ledger) -> dict[str, object]:
    return next(entry for entry in entries["numbers"] if entry["ref"] == "panel.nature_death")


def test_a_figure_says_all_that_is_known_of_it(entries: Ledger) -> None:
    entry = deaths(entries)
    assert {name: entry[name] for name in ("value", "base", "percent_rounded", "symbol")} == {
        "value": 146.0,
        "base": 393,
        "percent_rounded": 37,
        "symbol": None,
    }
    assert entry["interval_95"] == [32.5, 42.1]
    assert entry["measure"] == "Incidents in which a child died"
    assert entry["unit"] == "incidents"
    assert "Panel" in str(entry["way_of_counting"])


def test_a_figure_is_found_in_sentence_table_sheet_and_data(entries: Ledger) -> None:
    places = deaths(entries)["places"]
    assert isinstance(places, list)
    assert {
        "in": "report",
        "section": "summary",
        "sentence": SENTENCE,
        "form": "count",
        "printed": "146",
    } in places
    assert any(place["in"] == "report" and place.get("table") == "Table 3" for place in places)
    assert any(place["in"] == "tables" and place["sheet"] == "Figures" for place in places)
    assert any(place["in"] == "open-data" and place["file"] == "panel_incidents.csv" for place in places)


def test_every_cell_of_every_sheet_that_is_a_number_is_in_the_ledger(
    entries: Ledger, sheets: tuple[Sheet, ...]
) -> None:
    listed = {
        (place["sheet"], place["cell"])
        for group in ("numbers", "cells")
        for entry in entries[group]
        for place in entry["places"]  # type: ignore[attr-defined]
        if place["in"] == "tables"
    }
    printed = {
        (sheet.name, sheet.address(row_index, column_index))
        for sheet in sheets
        for row_index, row in enumerate(sheet.rows)
        for column_index, value in enumerate(row)
        if isinstance(value, int | float) and sheet.columns[column_index].heading not in ("Low", "High")
    }
    assert printed <= listed


def test_every_indicator_of_every_data_row_is_in_the_ledger(
    entries: Ledger, data_sets: tuple[DataSet, ...]
) -> None:
    listed = {
        (place["file"], place["line"], place["column"])
        for entry in entries["cells"]
        for place in entry["places"]  # type: ignore[attr-defined]
        if place["in"] == "open-data"
    }
    assert listed == {
        (data_set.data_path, line, indicator.name)
        for data_set in data_sets
        for line in range(2, len(data_set.rows) + 2)
        for indicator in data_set.indicators
    }


def test_a_number_that_a_rule_fixes_is_listed_apart(entries: Ledger) -> None:
    assert [entry["ref"] for entry in entries["rules"]] == ["rule.notify_within"]


def test_every_bound_number_of_the_report_is_listed(entries: Ledger) -> None:
    listed = {entry["ref"] for group in ("numbers", "rules") for entry in entries[group]}
    assert {number.ref for number in a_document().numbers} <= listed


def test_a_number_is_traced_to_its_rows_or_else_to_all_files(entries: Ledger) -> None:
    by_population = {str(entry["population"]): entry for entry in entries["cells"]}
    of_rows = by_population[population_name(PANEL)]
    assert (of_rows["counted_from"], of_rows["counted_from_sha256"]) == ("rows", "c" * 64)
    of_files = by_population[f"department notifications {YEAR}"]
    assert of_files["counted_from"] == "files"
    assert of_files["counted_from_sha256"] == report_inputs().files_sha256


def test_a_hidden_cell_has_a_symbol_and_no_number(entries: Ledger) -> None:
    hidden = [entry for entry in entries["cells"] if entry["symbol"] == "c"]
    assert hidden
    assert all(entry["value"] is None for entry in hidden)


def test_each_cell_is_listed_once_however_many_tables_it_stands_in(
    entries: Ledger, safe: SafeRelease
) -> None:
    listed = [str(entry["cell"]) for entry in entries["cells"]]
    assert len(listed) == len(set(listed))
    assert set(listed) == {
        str(table.key(row, column)) for table in safe.tables for row in table.rows for column in table.columns
    }
