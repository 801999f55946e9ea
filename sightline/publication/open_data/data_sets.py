"""Open data in the layout of explore education statistics: `name.csv` with `name.meta.csv`.

Source: the analysts' guide's open data standards and the screener (figures for both are in
docs/explanation/the-report-folder.md). Two profiles: `ees_standard` names files and columns as the standard
asks; `sin_profile` names them as the department's own serious incident notifications do.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sightline.disclosure_control.safe import SafeTable
from sightline.publication.open_data.observations import (
    GEOGRAPHY_COLUMNS,
    TOTAL,
    Observation,
    Shape,
    observations,
    shape_of,
    time_of_table,
    topics,
)
from sightline.publication.open_data.screening import read_pair, screen
from sightline.publication.plain_text import one_line
from sightline.publication.shares import has_shares
from sightline.publication.ways import way_name
from sightline.statistics.tables import CellKey, Geography
from sightline.vocabulary.findings import Finding
from sightline.vocabulary.periods import Period
from sightline.vocabulary.units import Unit

TIME_COLUMNS = ("time_period", "time_identifier")
COUNTRY_COLUMNS = ("geographic_level", "country_code", "country_name")
ENGLAND = ("E92000001", "England")
META_COLUMNS = (
    "col_name",
    "col_type",
    "label",
    "indicator_grouping",
    "indicator_unit",
    "indicator_dp",
    "filter_hint",
    "filter_grouping_column",
    "filter_default",
)

_LEVELS = (Geography.NATIONAL, Geography.REGIONAL, Geography.LOCAL_AUTHORITY)


@dataclass(frozen=True, slots=True)
class Filter:
    name: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    name: str
    label: str
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class DataRow:
    """`values` fill the file's columns; `numbers` says which cell each indicator's column prints."""

    values: tuple[str, ...]
    numbers: Mapping[str, CellKey]


@dataclass(frozen=True, slots=True)
class DataSet:
    """One pair of files. `folder` is where it stands inside the open data; `about` is for the guidance."""

    name: str
    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[DataRow, ...]
    filters: tuple[Filter, ...]
    indicators: tuple[Indicator, ...]
    folder: str = ""

    @property
    def data_path(self) -> str:
        return f"{self.folder}{self.name}.csv"

    @property
    def meta_path(self) -> str:
        return f"{self.folder}{self.name}.meta.csv"

    def data_csv(self) -> bytes:
        return _csv(self.columns, (row.values for row in self.rows))

    def meta_csv(self) -> bytes:
        """A filter with one item has nothing to choose from and stays out."""
        lines: list[tuple[str, ...]] = []
        for each in self.filters:
            position = self.columns.index(each.name)
            items = list(dict.fromkeys(row.values[position] for row in self.rows))
            if len(items) > 1:
                default = "" if TOTAL in items else items[0]
                lines.append((each.name, "Filter", each.label, "", "", "", "", each.group, default))
        for indicator in self.indicators:
            decimals = str(indicator.decimals)
            lines.append(
                (indicator.name, "Indicator", indicator.label, "", indicator.unit, decimals, "", "", "")
            )
        return _csv(META_COLUMNS, lines)

    def screened(self) -> tuple[Finding, ...]:
        """What the department's screener would say of the pair."""
        pair, findings = read_pair(
            f"{self.name}.csv", self.data_csv(), f"{self.name}.meta.csv", self.meta_csv()
        )
        return findings if pair is None else screen(pair)


def ees_standard(tables: Sequence[SafeTable], *, year: Period, prefix: str = "") -> tuple[DataSet, ...]:
    """The release's tables, those of one population and shape in one file, columns named by the standard.

    Years and quarters do not stand in one file, nor do windows that are neither.
    """
    files: dict[_File, list[SafeTable]] = {}
    for table in tables:
        time = time_of_table(table, year=year)
        file = _File(
            way=table.population.way,
            counted_rows=table.population.rows,
            unit=table.unit,
            shape=shape_of(table),
            identifier=time.identifier,
            coverage=time.coverage,
        )
        files.setdefault(file, []).append(table)
    names: dict[str, int] = {}
    data_sets = []
    for file, of_file in files.items():
        name = prefix + _file_name(file)
        names[name] = names.get(name, 0) + 1
        suffix = f"_{names[name]}" if names[name] > 1 else ""
        data_sets.append(_data_set(name + suffix, of_file, file.shape, year))
    return tuple(data_sets)


@dataclass(frozen=True, slots=True)
class _File:
    """What tables must have in common to stand in one file."""

    way: str
    counted_rows: str
    unit: Unit
    shape: Shape
    identifier: str
    coverage: str


def _file_name(file: _File) -> str:
    """“panel_children_by_nature”: the way, what is counted, and what it is crossed by."""
    parts = [file.way, _in_a_name(file.unit.many)]
    if file.shape.column_variable:
        parts.append(f"by_{file.shape.column_variable}")
    if file.shape.has_areas:
        parts.append("and_area" if file.shape.column_variable else "by_area")
    if file.identifier != "Financial year":
        parts.append(_in_a_name(file.identifier))
    return "_".join(parts)


def _in_a_name(words: str) -> str:
    """Lower case, and nothing but letters, digits and underscores."""
    return "_".join("".join(sign if sign.isalnum() else " " for sign in words.lower()).split())


def _data_set(name: str, tables: list[SafeTable], shape: Shape, year: Period) -> DataSet:
    first, topic_of = tables[0], topics(tables)
    seen: dict[tuple[str, ...], Observation] = {}
    for table in tables:
        for each in observations(table, topic=topic_of[table.name], year=year):
            # Totals stand in every table of a population; a file holds an observation once.
            seen.setdefault((each.time.time_period, *each.place, each.topic, each.breakdown, each.item), each)
    found = sorted(seen.values(), key=lambda each: (_LEVELS.index(each.level), each.topic != TOTAL))
    found.sort(key=lambda each: each.time.time_period, reverse=True)
    coverage = found[0].time.coverage if found else ""
    filters = tuple(_filters(first, shape))
    indicators = tuple(_indicators(tables))
    return DataSet(
        name=name,
        title=f"{first.unit.many.capitalize()}: {way_name(first.population.way)}",
        about="; ".join(one_line(table.title) for table in tables),
        columns=(
            *TIME_COLUMNS,
            *(("coverage",) if coverage else ()),
            *COUNTRY_COLUMNS,
            *(GEOGRAPHY_COLUMNS if shape.has_areas else ()),
            *(column for each in filters for column in (each.group, each.name) if column),
            *(indicator.name for indicator in indicators),
        ),
        rows=tuple(_row(each, shape, indicators) for each in found),
        filters=filters,
        indicators=indicators,
    )


def _filters(table: SafeTable, shape: Shape) -> Iterator[Filter]:
    if shape.has_breakdown:
        yield Filter("breakdown", "Breakdown", group="breakdown_topic")
    if shape.column_variable:
        yield Filter(shape.column_variable, one_line(table.column_label) or shape.column_variable)


def _indicators(tables: Iterable[SafeTable]) -> Iterator[Indicator]:
    many = next(iter(tables)).unit.many
    stem = _in_a_name(many)
    yield Indicator(f"{stem}_count", f"Number of {many}")
    if any(has_shares(table) for table in tables):
        yield Indicator(f"{stem}_percent", f"Percentage of {many}", unit="%", decimals=1)


def _row(each: Observation, shape: Shape, indicators: tuple[Indicator, ...]) -> DataRow:
    return DataRow(
        values=(
            each.time.time_period,
            each.time.identifier,
            *((each.time.coverage,) if each.time.coverage else ()),
            each.level.value,
            *ENGLAND,
            *(each.place if shape.has_areas else ()),
            *((each.topic, each.breakdown) if shape.has_breakdown else ()),
            *((each.item,) if shape.column_variable else ()),
            *(each.count, each.percent)[: len(indicators)],
        ),
        numbers={indicator.name: each.key for indicator in indicators},
    )


def _csv(columns: tuple[str, ...], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()
