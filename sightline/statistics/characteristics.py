"""What is derived about a child or a place from what was supplied: polars expressions, no loop over rows."""

import polars as pl

from sightline.statistics.variables import NOT_SUPPLIED, UNKNOWN
from sightline.vocabulary.areas import AUTHORITIES
from sightline.vocabulary.codes import (
    AGE_BAND_STARTS_AT_MONTHS,
    SCHOOL_AGE_MONTHS,
    AgeBand,
    Ethnicity,
    EthnicityGroup,
)

AGED_11_TO_17_MONTHS = (132, 215)
AGED_1_TO_5_MONTHS = (12, 71)

CHILD_COLUMNS = (
    "role",
    "sex",
    "disability",
    "placement_type",
    "looked_after",
    "child_protection_plan",
    "child_in_need_plan",
    "known_to_agencies",
)
"""Characteristics taken as they were supplied."""


def occurred_on() -> pl.Expr:
    """The day an incident counts on: of month or year precision, the first day of it (layout 1)."""
    day, precision = pl.col("occurred_on"), pl.col("occurred_precision")
    return (
        pl.when(precision == "month")
        .then(day.dt.month_start())
        .when(precision == "year")
        .then(day.dt.truncate("1y"))
        .otherwise(day)
    )


def age_in_months() -> pl.Expr:
    """Completed months at `occurred_on` from `date_of_birth`, else as supplied; null where neither is known.

    A month is complete on the day of the month of birth, so that a child born on 29 February is a year
    old on 1 March. Where an incident known only to the month counts on the first day, a child born later
    in that month would come out below zero: such a child is a newborn.
    """
    born, day = pl.col("date_of_birth"), pl.col("occurred_on")
    months = (
        (day.dt.year() - born.dt.year()) * 12
        + (day.dt.month().cast(pl.Int32) - born.dt.month().cast(pl.Int32))
        - (day.dt.day() < born.dt.day()).cast(pl.Int32)
    )
    return pl.coalesce(months, pl.col("age_in_months")).clip(lower_bound=0)


def age_band(months: pl.Expr) -> pl.Expr:
    band = pl.lit(str(AgeBand.UNKNOWN))
    for each, start in AGE_BAND_STARTS_AT_MONTHS.items():
        band = pl.when(months >= start).then(pl.lit(str(each))).otherwise(band)
    return band


def aged(months: pl.Expr, bounds: tuple[int, int]) -> pl.Expr:
    """yes, no or unknown; the bounds are completed months, both counted."""
    return (
        pl.when(months.is_null())
        .then(pl.lit(UNKNOWN))
        .when(months.is_between(*bounds))
        .then(pl.lit("yes"))
        .otherwise(pl.lit("no"))
    )


def ethnicity_group() -> pl.Expr:
    """The major group of `ethnicity_code`; refused, not obtained, not known and not supplied are unknown."""
    groups = {str(each.value): str(each.group.value) for each in Ethnicity}
    return pl.col("ethnicity_code").replace_strict(
        groups, default=str(EthnicityGroup.UNKNOWN), return_dtype=pl.String
    )


def child_characteristics() -> list[pl.Expr]:
    """The variables of a row that has a child's columns and the incident's `occurred_on`."""
    months = pl.col("months")
    return [
        *(supplied(column) for column in CHILD_COLUMNS),
        ethnicity_group().alias("ethnicity"),
        age_band(months).alias("age_band"),
        (months // 12).cast(pl.String).fill_null(UNKNOWN).alias("age_years"),
        aged(months, SCHOOL_AGE_MONTHS).alias("school_age"),
        aged(months, AGED_11_TO_17_MONTHS).alias("aged_11_to_17"),
    ]


def place_characteristics() -> list[pl.Expr]:
    """Authority, region and police force area of `notifying_la_code`."""
    code = pl.col("notifying_la_code")
    region = {each.code: str(each.region) for each in AUTHORITIES.values()}
    force = {each.code: each.police_force_code for each in AUTHORITIES.values()}
    known = {each: each for each in AUTHORITIES}
    return [
        code.replace_strict(values, default=NOT_SUPPLIED, return_dtype=pl.String).alias(name)
        for name, values in (("authority", known), ("region", region), ("police_force", force))
    ]


def supplied(column: str) -> pl.Expr:
    return pl.col(column).fill_null(NOT_SUPPLIED)


def yes_no(condition: pl.Expr) -> pl.Expr:
    """A condition as a variable; where it cannot be judged it does not hold."""
    return pl.when(condition.fill_null(value=False)).then(pl.lit("yes")).otherwise(pl.lit("no"))
