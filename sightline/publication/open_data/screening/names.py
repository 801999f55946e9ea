"""What the files and their columns are called, and which columns there must be."""

import re

from sightline.publication.open_data.screening.pair import Findings, Pair, error, warning

REQUIRED_DATA = ("time_period", "time_identifier", "geographic_level", "country_code", "country_name")
REQUIRED_META = (
    "col_name",
    "col_type",
    "label",
    "indicator_grouping",
    "indicator_unit",
    "indicator_dp",
    "filter_hint",
    "filter_grouping_column",
)
OPTIONAL_META = ("filter_default", "parent_filter")

# What the statistics API can hold (eesyscreener, api_char_limits).
LONGEST_COLUMN_NAME = 50
LONGEST_LABEL = 100
LONGEST_ITEM = 120
LONGEST_LOCATION_CODE = 30

# Items that belong in a filter, not in an indicator's name: the sign of a table not in long form.
_FILTER_ITEMS = re.compile(
    "male|female|asian|chinese|indian|pakistani|bangladeshi|black|african|caribbean|white|roma|irish|"
    "english|british|scottish|welsh|arab",
    re.IGNORECASE,
)
_LOCATION_NAMES = ("country_name", "region_name", "la_name")
_LOCATION_CODES = ("country_code", "region_code", "old_la_code", "new_la_code")


def check_file_names(pair: Pair) -> Findings:
    for file in (pair.data, pair.meta):
        stem = re.sub(r"(\.meta)?\.csv$", "", file.name)
        if re.search(r"\s", stem):
            yield error("filename_spaces", file, "File names hold no spaces; use hyphens or underscores.")
        elif re.search(r"[^A-Za-z0-9_-]", stem):
            yield error(
                "filename_special", file, "File names hold only letters, digits, hyphens and underscores."
            )
        elif stem != stem.lower():
            yield warning("filename_case", file, "File names are written in lower case.")
    if pair.meta.name != f"{pair.data.name.removesuffix('.csv')}.meta.csv":
        yield error(
            "filenames_match", pair.meta, "The metadata of “name.csv” must be called “name.meta.csv”."
        )


def check_required_columns(pair: Pair) -> Findings:
    for column in REQUIRED_DATA:
        if column not in pair.data:
            yield error("col_req_data", pair.data, f"The column {column} is missing.", column=column)
    for column in REQUIRED_META:
        if column not in pair.meta:
            yield error("col_req_meta", pair.meta, f"The column {column} is missing.", column=column)
    for column in pair.meta.columns:
        if column not in REQUIRED_META + OPTIONAL_META:
            yield error(
                "col_invalid_meta", pair.meta, f"Metadata files have no column {column!r}.", column=column
            )


def check_column_names(pair: Pair) -> Findings:
    for file in (pair.data, pair.meta):
        for column in sorted({name for name in file.columns if file.columns.count(name) > 1}):
            yield error("col_name_dupe", file, "Two columns have this name.", column=column)
    for column in pair.data.columns:
        if re.search(r"\s", column):
            yield error("col_names_spaces", pair.data, "Column names hold no spaces.", column=column)
        elif re.search(r"[^a-z0-9_]", column):
            yield warning(
                "col_snake_case", pair.data, "Column names are written in snake_case.", column=column
            )
        elif not column[:1].isalpha():
            yield warning("col_var_start", pair.data, "Column names start with a letter.", column=column)
    for column in pair.indicators:
        if _FILTER_ITEMS.search(column):
            yield error(
                "col_ind_smushed",
                pair.meta,
                "The indicator's name holds a characteristic; give the characteristic a filter column.",
                column=column,
            )


def check_api_lengths(pair: Pair) -> Findings:
    def too_long(values: set[str], limit: int, what: str, column: str) -> Findings:
        if any(len(value) > limit for value in values):
            yield warning(
                "api_char_limit", pair.data, f"{what} are at most {limit} characters long.", column=column
            )

    for column in pair.data.columns:
        yield from too_long({column}, LONGEST_COLUMN_NAME, "Column names", column)
    for column in dict.fromkeys((*pair.filters, *pair.groups, *_LOCATION_NAMES)):
        yield from too_long(
            pair.data.distinct(column), LONGEST_ITEM, "Filter items and location names", column
        )
    for column in _LOCATION_CODES:
        yield from too_long(pair.data.distinct(column), LONGEST_LOCATION_CODE, "Location codes", column)
    for name, label in pair.meta.tuples("col_name", "label"):
        yield from too_long({label}, LONGEST_LABEL, "Labels", name)
