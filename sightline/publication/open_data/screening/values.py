"""What stands in the cells: times, filters, indicators and symbols."""

import re
from collections import Counter

from sightline.publication.open_data.screening.metadata import OBSERVATIONAL_UNITS
from sightline.publication.open_data.screening.pair import Findings, Pair, error, warning

SYMBOLS = frozenset(("c", "x", "z", "low", "k", "u"))
OBSOLETE_SYMBOLS = frozenset(("~", ":"))
NULL_WORDS = frozenset(("NA", "na", "Null", "null", "NULL"))
LEGACY_NO_DATA = frozenset(("N/A", "n/a", ".", "..", "-"))
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_FAMILIES = (
    ("Autumn and spring term",),
    ("Calendar year",),
    ("Financial year",),
    ("Academic year",),
    ("Tax year",),
    ("Reporting year",),
    ("Autumn term", "Spring term", "Summer term"),
    tuple(f"Week {number}" for number in range(1, 53)),
    _MONTHS,
    tuple(f"Financial year Q{number}" for number in range(1, 5)),
    ("Part 1 (April to September)", "Part 2 (October to March)"),
)
"""Time identifiers that may stand in one file together."""

_FOUR_DIGITS = frozenset(("Calendar year", "Reporting year", *_FAMILIES[7], *_MONTHS))


def check_time(pair: Pair) -> Findings:
    identifiers = pair.data.distinct("time_identifier")
    known = {identifier for family in _FAMILIES for identifier in family}
    if identifiers - known:
        yield error(
            "time_identifier", pair.data, "A time identifier is not on the list.", column="time_identifier"
        )
    elif not any(identifiers <= set(family) for family in _FAMILIES):
        yield error(
            "time_identifier_mix",
            pair.data,
            "The file mixes time identifiers of two kinds; give each kind its own file.",
            column="time_identifier",
        )
    for period, identifier in sorted(set(pair.data.tuples("time_period", "time_identifier"))):
        yield from _check_period(pair, period, 4 if identifier in _FOUR_DIGITS else 6)


def _check_period(pair: Pair, period: str, digits: int) -> Findings:
    if not re.fullmatch(r"[0-9]{4}|[0-9]{6}", period):
        yield error(
            "time_period_num", pair.data, "A time period is 4 or 6 digits long.", column="time_period"
        )
    elif len(period) != digits:
        yield error(
            "time_period", pair.data, f"This identifier's periods have {digits} digits.", column="time_period"
        )
    elif digits == 6 and (int(period[2:4]) + 1) % 100 != int(period[4:]):
        yield error(
            "time_period_six",
            pair.data,
            "The years of a period of 6 digits follow each other.",
            column="time_period",
        )


def check_blank_rows_and_columns(pair: Pair) -> Findings:
    for file in (pair.data, pair.meta):
        for line, row in enumerate(file.rows, start=2):
            if not any(cell.strip() for cell in row):
                yield error("empty_rows", file, "The row is blank.", line=line)
    if not pair.data.rows:
        yield error("empty_data", pair.data, "The file has no rows.")


def check_repeated_rows(pair: Pair) -> Findings:
    units = [name for name in OBSERVATIONAL_UNITS if name in pair.data]
    seen = Counter(pair.data.tuples(*dict.fromkeys((*units, *pair.filters, *pair.groups))))
    repeated = sum(times for times in seen.values() if times > 1)
    if repeated:
        yield error(
            "general_dupes", pair.data, f"{repeated} rows stand for the same time, place and filter items."
        )


def check_null_words(pair: Pair) -> Findings:
    for file in (pair.data, pair.meta):
        for column in file.columns:
            cells = file.distinct(column)
            if cells & NULL_WORDS:
                yield error("general_null", file, "NA and NULL are no symbols; use x or z.", column=column)
            if file is pair.data and cells & LEGACY_NO_DATA:
                yield warning(
                    "no_data_symbols", file, "N/A, dots and dashes are no longer used.", column=column
                )


def check_indicators(pair: Pair) -> Findings:
    for name in pair.indicators:
        cells = pair.data.distinct(name)
        if "" in cells:
            yield error("ind_blanks", pair.data, "An indicator is never blank; use a symbol.", column=name)
        if cells & OBSOLETE_SYMBOLS:
            yield error(
                "ind_obsolete_symbols", pair.data, "The symbols ~ and : are no longer used.", column=name
            )
        # Ours: the guide forbids thousands separators and percent signs, the screener does not look.
        if any(not _is_number_or_symbol(cell) for cell in cells):
            yield error(
                "ind_not_number",
                pair.data,
                "An indicator is a plain number or a symbol: no separators, no signs of unit.",
                column=name,
            )


def _is_number_or_symbol(cell: str) -> bool:
    known = SYMBOLS | OBSOLETE_SYMBOLS | LEGACY_NO_DATA | NULL_WORDS | {""}
    return cell in known or _NUMBER.fullmatch(cell) is not None


def check_filters(pair: Pair) -> Findings:
    defaults = {row[0]: row[1] for row in pair.meta.tuples("col_name", "filter_default")}
    for name in dict.fromkeys((*pair.filters, *pair.groups)):
        items = pair.data.distinct(name)
        if "" in items:
            yield error("filter_blanks", pair.data, "A filter is never blank; use Total.", column=name)
        if any(item != item.strip() for item in items):
            yield error("filter_whitespace", pair.data, "An item starts or ends with a space.", column=name)
        if (defaults.get(name) or "Total") not in items:
            yield warning(
                "filter_defaults", pair.data, "The filter has no Total and no filter_default.", column=name
            )
    for name in _columns_nobody_names(pair):
        yield warning(
            "data_to_meta", pair.data, "The column varies and the metadata does not name it.", column=name
        )


def _columns_nobody_names(pair: Pair) -> list[str]:
    named = {*pair.filters, *pair.indicators, *pair.groups, *OBSERVATIONAL_UNITS}
    return [name for name in pair.data.columns if name not in named and len(pair.data.distinct(name)) > 1]


def check_formulas(pair: Pair) -> Findings:
    """Ours: a cell that a spreadsheet would run when somebody opens the file in one."""
    for file in (pair.data, pair.meta):
        for column in file.columns:
            if any(_would_run(cell) for cell in (column, *file.distinct(column))):
                yield error(
                    "formula", file, "A cell starts as a formula does (= + - @ or a tab).", column=column
                )


def _would_run(cell: str) -> bool:
    return cell.startswith(STARTS_A_FORMULA) and cell not in LEGACY_NO_DATA and not _NUMBER.fullmatch(cell)
