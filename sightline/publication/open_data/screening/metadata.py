"""What the metadata file says of each filter and indicator."""

import re
from collections import Counter

from sightline.publication.open_data.screening.pair import Findings, Pair, error, warning

UNITS = ("", "%", "pp", "£", "£m", "numberstring")
MOST_ITEMS = 25_000

# Time and geography are understood by their names alone and have no line in the metadata.
OBSERVATIONAL_UNITS = (
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
    "lad_code",
    "lad_name",
    "pcon_code",
    "pcon_name",
    "lsip_code",
    "lsip_name",
    "local_enterprise_partnership_code",
    "local_enterprise_partnership_name",
    "english_devolved_area_code",
    "english_devolved_area_name",
    "opportunity_area_code",
    "opportunity_area_name",
    "pfa_code",
    "pfa_name",
    "ward_code",
    "ward_name",
    "trust_id",
    "trust_name",
    "sponsor_id",
    "sponsor_name",
    "school_urn",
    "school_laestab",
    "school_name",
    "provider_ukprn",
    "provider_name",
    "institution_id",
    "institution_name",
    "planning_area_code",
    "planning_area_name",
    "rsc_region_lead_name",
)

_LOOKS_LIKE_A_PLACE = re.compile(
    r"(^(sch|prov|inst|estab|reg|la|local|rsc|pcon|lep|mca|oa|ward|mat).*(name|code|urn|ukprn|number|upin|id)$)"
    r"|(^(laestab|estab|sch|schools?|prov|providers?|inst|institutions?|name|code|urn|ukprn|number|upin|id"
    r"|region|la|lad|rsc|pcon|lep|mca|oa|ward|mat)$)",
    re.IGNORECASE,
)


def check_types(pair: Pair) -> Findings:
    for line, (name, kind) in enumerate(pair.meta.tuples("col_name", "col_type"), start=2):
        if kind not in ("Filter", "Indicator"):
            yield error(
                "meta_col_type", pair.meta, "col_type is Filter or Indicator.", column=name, line=line
            )


def check_names_are_columns(pair: Pair) -> Findings:
    named = pair.meta.cells("col_name")
    for name, times in Counter(named).items():
        if times > 1:
            yield error("meta_col_name_dupe", pair.meta, "Two lines have this col_name.", column=name)
        if re.search(r"\s", name):
            yield error("meta_col_name_spaces", pair.meta, "A col_name holds no spaces.", column=name)
    for name in dict.fromkeys((*named, *pair.groups)):
        if name in OBSERVATIONAL_UNITS:
            yield error(
                "meta_ob_unit", pair.meta, "Time and geography have no line in the metadata.", column=name
            )
        elif name not in pair.data:
            yield error("meta_col_name", pair.meta, "The data file has no column of this name.", column=name)
    if not pair.indicators:
        yield error("meta_ind", pair.meta, "The metadata names no indicator; a data file needs at least one.")


def check_labels(pair: Pair) -> Findings:
    for line, (name, label) in enumerate(pair.meta.tuples("col_name", "label"), start=2):
        if not label.strip():
            yield error("meta_label", pair.meta, "Every line has a label.", column=name, line=line)
    for label, times in Counter(pair.meta.cells("label")).items():
        if label and times > 1:
            yield error("meta_duplicate_label", pair.meta, "Two lines have the same label.", column="label")


def check_filter_cells(pair: Pair) -> Findings:
    """Filters have no grouping, unit or decimals of an indicator; each has two items or more."""
    of_indicators = ("indicator_grouping", "indicator_unit", "indicator_dp")
    for line, row in enumerate(pair.meta.tuples("col_name", "col_type", *of_indicators), start=2):
        name, kind, *cells = row
        for column, cell in zip(of_indicators, cells, strict=True):
            if kind == "Filter" and cell:
                yield error("meta_" + column, pair.meta, f"A filter has no {column}.", column=name, line=line)
    for name in pair.filters:
        items = len(pair.data.distinct(name))
        if items < 2:
            yield error(
                "filter_level",
                pair.meta,
                "A filter with fewer than two items has no line in the metadata.",
                column=name,
            )
        if items > MOST_ITEMS:
            yield error(
                "filter_item_limit", pair.meta, f"A filter has at most {MOST_ITEMS} items.", column=name
            )
        if _LOOKS_LIKE_A_PLACE.search(name):
            yield error(
                "meta_geog_catch", pair.meta, "The filter looks like a column of geography.", column=name
            )


def check_indicator_cells(pair: Pair) -> Findings:
    cells = (
        "col_name",
        "col_type",
        "indicator_unit",
        "indicator_dp",
        "filter_hint",
        "filter_grouping_column",
    )
    for line, (name, kind, unit, decimals, hint, group) in enumerate(pair.meta.tuples(*cells), start=2):
        if kind != "Indicator":
            continue
        if unit not in UNITS:
            yield error(
                "meta_ind_unit",
                pair.meta,
                "The indicator_unit is none of %, pp, £, £m.",
                column=name,
                line=line,
            )
        if decimals and not decimals.isdecimal():
            yield error(
                "meta_ind_dp_values", pair.meta, "The indicator_dp is a whole number.", column=name, line=line
            )
        if not decimals:
            yield warning(
                "meta_ind_dp_set", pair.meta, "The indicator has no indicator_dp.", column=name, line=line
            )
        if hint:
            yield error("meta_filter_hint", pair.meta, "An indicator has no filter_hint.", column=name)
        if group:
            yield error("meta_fil_grp", pair.meta, "An indicator has no grouping column.", column=name)
    yield from _groups_told_apart_by_signs(pair)


def _groups_told_apart_by_signs(pair: Pair) -> Findings:
    groupings = {each for each in pair.meta.cells("indicator_grouping") if each}
    if len({_letters(each) for each in groupings}) < len(groupings):
        yield error(
            "meta_ind_grp_stripped",
            pair.meta,
            "Two indicator groupings differ in nothing but signs and spaces.",
            column="indicator_grouping",
        )


def check_filter_groups(pair: Pair) -> Findings:
    for group, times in Counter(pair.groups).items():
        if times > 1:
            yield error("meta_fil_grp_dupe", pair.meta, "Two filters share a grouping column.", column=group)
        if group in pair.meta.cells("col_name"):
            # Older screeners fail this; the department's own passing example does it.
            yield warning(
                "meta_fil_grp_is_fil", pair.meta, "A grouping column needs no line of its own.", column=group
            )
        items = pair.data.distinct(group)
        if len({_letters(item) for item in items}) < len(items):
            yield error(
                "meta_fil_grp_stripped",
                pair.data,
                "Two filter groups differ in nothing but signs and spaces.",
                column=group,
            )
    for name, group in pair.meta.tuples("col_name", "filter_grouping_column"):
        if group and len(pair.data.distinct(group)) > len(pair.data.distinct(name)):
            yield error(
                "filter_group_level",
                pair.meta,
                "The grouping column has more items than its filter; they stand the wrong way round.",
                column=name,
            )


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())
