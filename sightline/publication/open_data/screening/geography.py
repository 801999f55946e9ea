"""Places: which columns a level fills, and whether codes and names belong together."""

import re

from sightline.publication.open_data.screening.pair import Findings, Pair, error, warning
from sightline.vocabulary.areas import AUTHORITIES, Region

LEVELS = (
    "National",
    "Regional",
    "Local authority",
    "Local authority district",
    "RSC region",
    "Parliamentary constituency",
    "Local enterprise partnership",
    "Local skills improvement plan area",
    "English devolved area",
    "Opportunity area",
    "Police force area",
    "Ward",
    "MAT",
    "Sponsor",
    "School",
    "Provider",
    "Institution",
    "Planning area",
)

# Sightline publishes these levels; columns of the others are looked at for their names alone.
FILLED_BY = {
    "National": ("country_code", "country_name"),
    "Regional": ("region_code", "region_name"),
    "Local authority": ("old_la_code", "la_name"),
}
# Columns that stay blank on the rows of a level.
BLANK_ON = {
    "National": ("region_code", "region_name", "old_la_code", "new_la_code", "la_name"),
    "Regional": ("old_la_code", "new_la_code", "la_name"),
    "Local authority": (),
}
COUNTRIES = {
    ("E92000001", "England"),
    ("W92000004", "Wales"),
    ("S92000003", "Scotland"),
    ("N92000002", "Northern Ireland"),
    ("K02000001", "United Kingdom"),
    ("K03000001", "Great Britain"),
    ("K04000001", "England and Wales"),
}
REGIONS = {(region.ons_code, region.label) for region in Region} | {
    ("E13000001", "Inner London"),
    ("E13000002", "Outer London"),
}
NO_PLACE = {("x", "Not available"), ("z", "Not applicable"), ("z", "Unknown"), ("", "")}

_PLACE_COLUMNS = tuple(
    dict.fromkeys(column for columns in (*FILLED_BY.values(), *BLANK_ON.values()) for column in columns)
)


def check_levels(pair: Pair) -> Findings:
    levels = pair.data.distinct("geographic_level")
    if levels - set(LEVELS):
        yield error("geog_level", pair.data, "A level is not on the list.", column="geographic_level")
    for level in sorted(levels & set(FILLED_BY)):
        wanted = (*FILLED_BY[level], "new_la_code") if level == "Local authority" else FILLED_BY[level]
        for column in wanted:
            if column not in pair.data:
                yield error("geog_col_present", pair.data, f"{level} rows need this column.", column=column)
    if "Local authority" in levels and "region_code" not in pair.data:
        yield warning("geog_region_for_la", pair.data, "Local authority rows say their region.")
    if ("region_code" in pair.data) != ("region_name" in pair.data):
        yield error("geog_region_col", pair.data, "region_code and region_name stand together.")


def check_completed(pair: Pair) -> Findings:
    rows = pair.data.tuples("geographic_level", *_PLACE_COLUMNS)
    for level, columns in FILLED_BY.items():
        of_level = [dict(zip(_PLACE_COLUMNS, row[1:], strict=True)) for row in rows if row[0] == level]
        for column in columns:
            if column in pair.data and any(not row[column] for row in of_level):
                yield error(
                    "geog_level_completed", pair.data, f"{level} rows fill this column.", column=column
                )
        for column in BLANK_ON[level]:
            if any(row[column] for row in of_level):
                yield error(
                    "geog_overcompleted", pair.data, f"{level} rows leave this column blank.", column=column
                )
    for column in _PLACE_COLUMNS:
        if pair.data.distinct(column) & {"Total", "total", "All", "all"}:
            yield error("filter_ob_total", pair.data, "A place is never Total or All.", column=column)


def check_codes(pair: Pair) -> Findings:
    shapes = {
        "region_code": r"[A-Z][0-9]{8}",
        "new_la_code": r"[A-Z][0-9]{8}",
        "old_la_code": r"[0-9]{3}",
    }
    for column, shape in shapes.items():
        codes = pair.data.distinct(column) - {"", "x", "z"}
        if any(not re.fullmatch(shape, code) for code in codes):
            yield error(f"geog_{column}", pair.data, "A code does not have the right shape.", column=column)


def check_places(pair: Pair) -> Findings:
    """Codes and names that do not belong together; upper and lower case count."""
    regions = set(pair.data.tuples("region_code", "region_name"))
    if set(pair.data.tuples("country_code", "country_name")) - COUNTRIES - NO_PLACE:
        yield error("geog_country", pair.data, "Country code and name do not belong together.")
    if regions - REGIONS - NO_PLACE:
        yield error("geog_region", pair.data, "Region code and name do not belong together.")
    authorities = {(each.old_code, each.code, each.name) for each in AUTHORITIES.values()}
    for old_code, new_code, name in set(pair.data.tuples("old_la_code", "new_la_code", "la_name")):
        if new_code not in ("", "x", "z") and (old_code, new_code, name) not in authorities:
            yield error(
                "geog_la",
                pair.data,
                "Codes and name of an authority do not belong together.",
                column="la_name",
            )
            return
