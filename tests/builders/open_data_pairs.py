"""Pairs of a data file and its metadata, right in everything but what a test changes."""

from sightline.publication.open_data.screening import read_pair, screen
from sightline.vocabulary.findings import Finding

NAME = "panel_incidents"
HEADER = (
    "time_period,time_identifier,geographic_level,country_code,country_name,"
    "region_code,region_name,old_la_code,new_la_code,la_name,"
    "breakdown_topic,breakdown,nature,incidents_count,incidents_percent"
)
ROWS = (
    "202223,Financial year,National,E92000001,England,,,,,,Total,Total,Total,393,100",
    "202223,Financial year,National,E92000001,England,,,,,,Total,Total,Child death,146,100",
    "202223,Financial year,National,E92000001,England,,,,,,Sex,Female,Total,180,45.8015267176",
    "202223,Financial year,National,E92000001,England,,,,,,Sex,Female,Child death,c,c",
    "202223,Financial year,Regional,E92000001,England,E12000002,North West,,,,Total,Total,Total,60,x",
    "202223,Financial year,Local authority,E92000001,England,E12000002,North West,350,E08000001,Bolton,"
    "Total,Total,Total,k,z",
)
META_COLUMNS = (
    *("col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp"),
    *("filter_hint", "filter_grouping_column"),
)
META_HEADER = ",".join(META_COLUMNS)
META_ROWS = (
    "breakdown,Filter,Breakdown,,,,,breakdown_topic",
    "nature,Filter,Nature of the incident,,,,,",
    "incidents_count,Indicator,Number of incidents,,,0,,",
    "incidents_percent,Indicator,Percentage of incidents,,%,1,,",
)


def a_data_file(*, header: str = HEADER, rows: tuple[str, ...] = ROWS) -> bytes:
    return "\n".join((header, *rows, "")).encode()


def a_meta_file(*, header: str = META_HEADER, rows: tuple[str, ...] = META_ROWS) -> bytes:
    return "\n".join((header, *rows, "")).encode()


def screened(
    data: bytes | None = None,
    meta: bytes | None = None,
    *,
    name: str = f"{NAME}.csv",
    meta_name: str = f"{NAME}.meta.csv",
) -> tuple[Finding, ...]:
    pair, findings = read_pair(name, data or a_data_file(), meta_name, meta or a_meta_file())
    return findings if pair is None else screen(pair)
