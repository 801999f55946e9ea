"""The department's way of counting: notifications by the date notified.

All routes but care leavers' deaths, withdrawn ones left out; the nature is as notified and the child is
the one that the notification names.
"""

import polars as pl

from sightline.register.tables import Register
from sightline.statistics.characteristics import (
    CHILD_COLUMNS,
    age_in_months,
    child_characteristics,
    occurred_on,
    place_characteristics,
    supplied,
    yes_no,
)
from sightline.statistics.panel_facts import quarter_of
from sightline.statistics.timeliness import NOTIFY_WITHIN, in_time
from sightline.statistics.variables import NOT_SUPPLIED
from sightline.vocabulary.periods import Period

LEFT_OUT_ROUTES = ("care_leaver_death",)
"""Not counted, so that no notification counted can have come by one of these."""


def frames(register: Register, *, period: Period) -> dict[str, pl.DataFrame]:
    """By kind of row: the notifications counted, the incidents behind them, and those left out and why."""
    received = register.notifications.filter(pl.col("notified_on").is_between(period.first, period.last))
    is_care_leaver = pl.col("route").is_in(LEFT_OUT_ROUTES).fill_null(value=False)
    is_withdrawn = pl.col("withdrawn_on").is_not_null()
    notifications = _notifications(register, received.filter(~is_care_leaver & ~is_withdrawn), period=period)
    # Each notification left out has one reason: a care leaver's is left out whether or not it was withdrawn.
    left_out = received.filter(is_care_leaver | is_withdrawn).select(
        left_out_because=pl.when(is_care_leaver)
        .then(pl.lit("care_leaver_death"))
        .otherwise(pl.lit("withdrawn"))
    )
    return {
        "notifications": notifications,
        "incidents": notifications.select("incident_id").unique(),
        "notifications_left_out": left_out,
    }


def _notifications(register: Register, counted: pl.DataFrame, *, period: Period) -> pl.DataFrame:
    reviewed = register.rapid_reviews.join(register.notifications, on="notification_id", how="inner")
    incidents = register.incidents.with_columns(occurred_on()).select(
        "incident_id", "occurred_on", "abuse_or_neglect", "outside_england"
    )
    children = register.children.select(
        "child_ref", "date_of_birth", "age_in_months", "ethnicity_code", *CHILD_COLUMNS
    ).unique("child_ref", keep="first", maintain_order=True)
    whole = (
        counted.join(incidents, on="incident_id", how="left")
        .join(children, left_on="index_child_ref", right_on="child_ref", how="left")
        .with_columns(
            months=age_in_months(),
            rapid_review=yes_no(pl.col("incident_id").is_in(reviewed["incident_id"].unique().implode())),
        )
    )
    return whole.select(
        "incident_id",
        "rapid_review",
        *(supplied(column) for column in ("nature", "route", "abuse_or_neglect", "outside_england")),
        *child_characteristics(),
        *place_characteristics(),
        quarter_of(pl.col("notified_on"), period=period),
        pl.col("notified_on").dt.strftime("%Y-%m").fill_null(NOT_SUPPLIED).alias("month"),
        _occurred(period),
        notified_in_time=in_time(whole, start="aware_on", end="notified_on", within=NOTIFY_WITHIN),
    )


def _occurred(period: Period) -> pl.Expr:
    day = pl.col("occurred_on")
    return (
        pl.when(day.is_null())
        .then(pl.lit(NOT_SUPPLIED))
        .when(day < period.first)
        .then(pl.lit("before_the_period"))
        .otherwise(pl.lit("in_the_period_or_after"))
        .alias("occurred")
    )
