"""Safe releases as plain JSON values and back, without loss."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from sightline.disclosure_control.policies import Policy
from sightline.disclosure_control.safe import (
    _MINT,
    Checks,
    SafeCell,
    SafeFigure,
    SafeRelease,
    SafeTable,
    Symbol,
)
from sightline.statistics.tables import (
    CellKey,
    Figure,
    Geography,
    Line,
    Population,
    Statistic,
    Sum,
    Table,
    Where,
)
from sightline.vocabulary.periods import Period
from sightline.vocabulary.units import Unit

LAYOUT = 1
"""Counts up when what is written changes, so that an old file is refused by name, not misread."""


def release_to_json(release: SafeRelease) -> dict[str, Any]:
    keys = sorted(
        {*release.known, *(key for each in release.sums for key in (each.total, *each.parts))}, key=str
    )
    number = {key: index for index, key in enumerate(keys)}
    return {
        "layout": LAYOUT,
        "policy": _policy_to_json(release.policy),
        "checks": asdict(release.checks) | {"earlier_releases": list(release.checks.earlier_releases)},
        "keys": [_key_to_json(key) for key in keys],
        "known": [[number[key], *told] for key, told in release.known.items()],
        "sums": [[number[each.total], *(number[part] for part in each.parts)] for each in release.sums],
        "tables": [_table_to_json(table) for table in release.tables],
        "figures": [_figure_to_json(figure) for figure in release.figures.values()],
    }


def release_from_json(written: Mapping[str, Any]) -> SafeRelease:
    if written["layout"] != LAYOUT:
        raise ValueError(
            f"This release was written in layout {written['layout']}; this version reads {LAYOUT}."
        )
    keys = [_key_from_json(key) for key in written["keys"]]
    figures = [_figure_from_json(figure) for figure in written["figures"]]
    checks = dict(written["checks"])
    return SafeRelease(
        _MINT,
        tables=tuple(_table_from_json(table) for table in written["tables"]),
        figures={figure.ref: figure for figure in figures},
        policy=_policy_from_json(written["policy"]),
        checks=Checks(**checks | {"earlier_releases": tuple(checks["earlier_releases"])}),
        known={keys[key]: (low, high) for key, low, high in written["known"]},
        sums=tuple(
            Sum(keys[total], tuple(keys[part] for part in parts)) for total, *parts in written["sums"]
        ),
    )


def _policy_to_json(policy: Policy) -> dict[str, Any]:
    plain = {each.name: getattr(policy, each.name) for each in fields(policy)}
    return plain | {
        "in_force_from": policy.in_force_from.isoformat(),
        "rounding": {str(geography): to for geography, to in policy.rounding.items()},
        "rounded_variables": dict(policy.rounded_variables),
        "exempt": _where_to_json(policy.exempt),
        "rounds_to_zero": str(policy.rounds_to_zero),
    }


def _policy_from_json(written: Mapping[str, Any]) -> Policy:
    return Policy(
        **dict(written)
        | {
            "in_force_from": date.fromisoformat(written["in_force_from"]),
            "rounding": {Geography(name): to for name, to in written["rounding"].items()},
            "exempt": _where_from_json(written["exempt"]),
            "rounds_to_zero": Symbol(written["rounds_to_zero"]),
        }
    )


def _where_to_json(conditions: Where) -> list[Any]:
    return [[variable, list(values)] for variable, values in conditions]


def _where_from_json(written: list[Any]) -> Where:
    return tuple((variable, tuple(values)) for variable, values in written)


def _population_to_json(population: Population) -> list[Any]:
    period = population.period
    days = None if period is None else [period.first.isoformat(), period.last.isoformat()]
    return [population.way, population.rows, days]


def _population_from_json(written: list[Any]) -> Population:
    way, rows, days = written
    return Population(way, rows, None if days is None else Period(*map(date.fromisoformat, days)))


def _key_to_json(key: CellKey) -> list[Any]:
    return [*_population_to_json(key.population), _where_to_json(key.where)]


def _key_from_json(written: list[Any]) -> CellKey:
    return CellKey(_population_from_json(written[:3]), _where_from_json(written[3]))


def _line_to_json(line: Line) -> dict[str, Any]:
    plain = {each.name: getattr(line, each.name) for each in fields(line)}
    return plain | {"where": _where_to_json(line.where), "geography": str(line.geography)}


def _line_from_json(written: Mapping[str, Any]) -> Line:
    where, geography = _where_from_json(written["where"]), Geography(written["geography"])
    return Line(**dict(written) | {"where": where, "geography": geography})


def _cell_to_json(cell: SafeCell) -> list[Any]:
    return [cell.value, None if cell.symbol is None else str(cell.symbol), cell.is_rounded]


def _cell_from_json(written: list[Any]) -> SafeCell:
    value, symbol, is_rounded = written
    return SafeCell(value, None if symbol is None else Symbol(symbol), is_rounded)


def _table_to_json(safe: SafeTable) -> dict[str, Any]:
    table = safe.description
    plain = {each.name: getattr(table, each.name) for each in fields(table)}
    return plain | {
        "population": _population_to_json(table.population),
        "unit": table.unit.name,
        "rows": [_line_to_json(row) for row in table.rows],
        "columns": [_line_to_json(column) for column in table.columns],
        "base": _where_to_json(table.base),
        "notes": list(table.notes),
        "cells": [
            [_cell_to_json(safe.at(row, column)) for column in range(len(table.columns))]
            for row in range(len(table.rows))
        ],
    }


def _table_from_json(written: Mapping[str, Any]) -> SafeTable:
    plain = dict(written)
    rows = plain.pop("cells")
    table = Table(
        **plain
        | {
            "population": _population_from_json(written["population"]),
            "unit": Unit[written["unit"]],
            "rows": tuple(_line_from_json(row) for row in written["rows"]),
            "columns": tuple(_line_from_json(column) for column in written["columns"]),
            "base": _where_from_json(written["base"]),
            "notes": tuple(written["notes"]),
        }
    )
    cells = {
        (row, column): _cell_from_json(cell)
        for row, line in enumerate(rows)
        for column, cell in enumerate(line)
    }
    return SafeTable(_MINT, table=table, cells=cells)


_SHOWN_OF_FIGURE = (
    "name",
    "way",
    "sentence",
    "value",
    "base",
    "missing",
    "low",
    "high",
    "source",
    "base_sentence",
)
_CELLS_OF_FIGURE = ("cell", "base_cell", "missing_cell")


def _figure_to_json(figure: SafeFigure) -> dict[str, Any]:
    cells = {name: getattr(figure, name) for name in _CELLS_OF_FIGURE}
    return {name: getattr(figure, name) for name in _SHOWN_OF_FIGURE} | {
        **{name: None if key is None else _key_to_json(key) for name, key in cells.items()},
        "unit": figure.unit.name,
        "statistic": str(figure.statistic),
        "by": _where_to_json(figure.by),
        "symbol": None if figure.symbol is None else str(figure.symbol),
        "is_rounded": figure.is_rounded,
    }


def _figure_from_json(written: Mapping[str, Any]) -> SafeFigure:
    plain: dict[str, Any] = {name: written[name] for name in _SHOWN_OF_FIGURE}
    for name in _CELLS_OF_FIGURE:
        plain[name] = None if written[name] is None else _key_from_json(written[name])
    figure = Figure(
        **plain,
        unit=Unit[written["unit"]],
        statistic=Statistic(written["statistic"]),
        by=_where_from_json(written["by"]),
    )
    symbol = None if written["symbol"] is None else Symbol(written["symbol"])
    return SafeFigure(_MINT, figure=figure, symbol=symbol, is_rounded=written["is_rounded"])
