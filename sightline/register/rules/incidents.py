"""Rules on incidents.csv."""

import polars as pl

from sightline.register.rules.places import in_operation
from sightline.register.rules.rule import error, warning

_PRECISION = pl.col("occurred_precision")
_OCCURRED = pl.col("occurred_on")

INCIDENT_RULES = (
    error(
        "incidents.occurred_precision.without_date",
        "The precision is {occurred_precision} and there is no date; give the date, or “unknown”.",
        _OCCURRED.is_null() & _PRECISION.is_in(["day", "month", "year"]),
        column="occurred_precision",
    ),
    error(
        "incidents.occurred_precision.unknown_with_date",
        "There is a date and its precision is “unknown”; say day, month or year, or empty the date.",
        _OCCURRED.is_not_null() & (_PRECISION == "unknown"),
        column="occurred_precision",
    ),
    warning(
        "incidents.occurred_precision.not_supplied",
        "There is a date and no precision, so it is taken to be exact; say day, month or year.",
        _OCCURRED.is_not_null() & _PRECISION.is_null(),
        column="occurred_precision",
    ),
    warning(
        "incidents.occurred_on.not_first_day",
        "A date of {occurred_precision} precision stands on the first day of it; write that instead of "
        "{occurred_on}.",
        ((_PRECISION == "month") & (_OCCURRED.dt.day() != 1))
        | ((_PRECISION == "year") & (_OCCURRED.dt.ordinal_day() != 1)),
        column="occurred_on",
    ),
    error(
        "incidents.outside_england.with_authority",
        "The incident was outside England and names an authority in England; empty incident_la_code or "
        "change outside_england to “no”.",
        (pl.col("outside_england") == "yes") & pl.col("incident_la_code").is_not_null(),
        column="incident_la_code",
    ),
    warning(
        "incidents.incident_la_code.not_supplied",
        "The incident was in England and its authority is not supplied; give it if it is known.",
        (pl.col("outside_england") == "no") & pl.col("incident_la_code").is_null(),
        column="incident_la_code",
    ),
    error(
        "incidents.no_children",
        "No child is listed for this incident; add its children to children.csv.",
        pl.col("incident_id").is_not_null() & pl.col("children.count").is_null(),
        column="incident_id",
    ),
    in_operation("incidents", "incident_la_code", first="occurred_on", last="occurred_until"),
)
