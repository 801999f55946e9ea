"""The department's own files of serious incident notifications, for comparison with what it publishes.

Names and order as in the files of the releases to 2026 (`sin_characteristics`, and the file by area). Items
keep our labels: the published lists of items were not to be had, so that `TOPICS` maps only what was seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sightline.disclosure_control.safe import SafeTable
from sightline.publication.open_data.data_sets import (
    COUNTRY_COLUMNS,
    ENGLAND,
    TIME_COLUMNS,
    DataRow,
    DataSet,
    Filter,
    Indicator,
)
from sightline.publication.open_data.observations import (
    GEOGRAPHY_COLUMNS,
    TOTAL,
    Observation,
    observations,
    shape_of,
    topics,
)
from sightline.vocabulary.periods import Period

FOLDER = "sin-2026/"
TOPICS: Mapping[str, str] = {"looked_after": "CLA", "sex": "Gender"}
"""Breakdown topics as the department writes them, by our variable."""

# Of the area file; the numbers that rates are made from are not ours to publish.
_BASES = ("cin_31march", "idaci_avgscore", "ons_midyear_population")
_COUNT = Indicator("number_notifications", "Number of serious incident notifications")
_LABELS = {
    "cin_31march": "Number of children in need at 31 March",
    "idaci_avgscore": "Income deprivation affecting children index, average score",
    "ons_midyear_population": "Population aged 0 to 17, mid-year",
}


def sin_2026(tables: Sequence[SafeTable], *, year: Period, prefix: str = "") -> tuple[DataSet, ...]:
    """The department's two files, or those of them for which the release has tables."""
    ours = [
        table
        for table in tables
        if table.population.way == "department"
        and table.population.rows == "notifications"
        and not table.base
        and shape_of(table).column_variable in ("", "nature")
    ]
    national = [table for table in ours if not shape_of(table).has_areas]
    by_area = [table for table in ours if shape_of(table).has_areas and not shape_of(table).has_breakdown]
    data_sets = []
    if national:
        data_sets.append(_characteristics(national, year, prefix))
    if by_area:
        data_sets.append(_areas(by_area, year, prefix))
    return tuple(data_sets)


def _characteristics(tables: Sequence[SafeTable], year: Period, prefix: str) -> DataSet:
    topic_of = topics(tables)
    rows: dict[tuple[str, ...], DataRow] = {}
    for table in tables:
        topic = TOPICS.get(table.row_variable, topic_of[table.name])
        for each in observations(table, topic=topic, year=year):
            quarter, each = _quarter(table, each)
            values = (
                *_time(each),
                quarter,
                each.level.value,
                *ENGLAND,
                each.topic,
                each.breakdown,
                each.item,
            )
            rows.setdefault(values, DataRow((*values, each.count), {_COUNT.name: each.key}))
    return DataSet(
        name=f"{prefix}sin_characteristics",
        title="Serious incident notifications by characteristic, in the department's own columns",
        about="The national tables by the department's way of counting, for comparison with its release",
        columns=(
            *TIME_COLUMNS,
            "quarter",
            *COUNTRY_COLUMNS,
            *("breakdown_topic", "breakdown", "nature_of_notification"),
            _COUNT.name,
        ),
        rows=tuple(rows.values()),
        filters=(
            Filter("quarter", "Reporting year quarter"),
            Filter("nature_of_notification", "Nature of serious incident notification"),
            Filter("breakdown", "Breakdown", group="breakdown_topic"),
        ),
        indicators=(_COUNT,),
        folder=FOLDER,
    )


def _quarter(table: SafeTable, each: Observation) -> tuple[str, Observation]:
    """A table by quarter fills the quarter's own column."""
    if table.row_variable != "quarter" or each.breakdown == TOTAL:
        return TOTAL, each
    return each.breakdown, replace(each, topic=TOTAL, breakdown=TOTAL)


def _areas(tables: Sequence[SafeTable], year: Period, prefix: str) -> DataSet:
    rows: dict[tuple[str, ...], DataRow] = {}
    for table in tables:
        for each in observations(table, topic="", year=year):
            if each.item == TOTAL:
                values = (*_time(each), each.level.value, *ENGLAND, *each.place)
                rows.setdefault(
                    values, DataRow((*values, each.count, *("x" for _ in _BASES)), {_COUNT.name: each.key})
                )
    return DataSet(
        name=f"{prefix}sin_area",
        title="Serious incident notifications by area, in the department's own columns",
        about="The tables by area by the department's way of counting, for comparison with its release",
        columns=(*TIME_COLUMNS, *COUNTRY_COLUMNS, *GEOGRAPHY_COLUMNS, _COUNT.name, *_BASES),
        rows=tuple(rows.values()),
        filters=(),
        indicators=(_COUNT, *(Indicator(name, _LABELS[name]) for name in _BASES)),
        folder=FOLDER,
    )


def _time(each: Observation) -> tuple[str, str]:
    """The department's releases from 2024 call the year to 31 March 2024 “2024, Reporting year”."""
    if each.time.identifier == "Financial year" and not each.time.coverage:
        return str(int(each.time.time_period[:4]) + 1), "Reporting year"
    return each.time.time_period, each.time.identifier
