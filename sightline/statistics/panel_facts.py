"""The Panel's way of counting: incidents that occurred in a period and have a rapid review.

The nature is as coded on the review; the child of an incident is the first listed one.
"""

from dataclasses import dataclass

import polars as pl

from sightline.register.tables import Register
from sightline.statistics import agreed_answers as agreed
from sightline.statistics.characteristics import (
    AGED_1_TO_5_MONTHS,
    age_in_months,
    child_characteristics,
    occurred_on,
    place_characteristics,
    supplied,
    yes_no,
)
from sightline.statistics.enumerations import as_enumerations
from sightline.statistics.timeliness import NOTIFY_WITHIN, REVIEW_WITHIN, in_time, working_days_late
from sightline.statistics.variables import NOT_SUPPLIED, THEMES, theme_variable
from sightline.vocabulary.periods import Period


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Every incident that has a rapid review, whatever its date, and every child in one; plus the reviews
    with the incident each belongs to (review_id, incident_id, review_rank)."""

    incidents: pl.DataFrame
    children: pl.DataFrame
    reviews: pl.DataFrame


def reviewed_incidents(register: Register) -> Reviewed:
    reviews = agreed.review_order(
        register.rapid_reviews.join(register.notifications.drop("nature"), on="notification_id", how="inner")
    )
    incidents = register.incidents.with_columns(occurred_on())
    children = register.children.join(
        reviews.select("incident_id", "incident_no").unique(), on="incident_id"
    ).with_row_index("child_no")
    agreed_codings = agreed.agreed_codings(register.codings, reviews=reviews, children=children)
    described = _children(children, agreed_codings, incidents=incidents)
    reviewed = _incidents(register, agreed_codings, reviews=reviews, incidents=incidents, children=described)
    return Reviewed(
        incidents=as_enumerations(reviewed),
        children=as_enumerations(
            described.join(reviewed.select("incident_id", *_OF_THE_INCIDENT), on="incident_id", how="left")
        ),
        reviews=reviews.select("review_id", "incident_id", "review_rank"),
    )


def frames(register: Register, reviewed: Reviewed, *, period: Period) -> dict[str, pl.DataFrame]:
    """By kind of row: incidents, their children, all notifications of them, local reviews by each clock."""
    found = incident_frames(reviewed, period=period)
    these = found["incidents"].select("incident_id")
    earliest = register.notifications.group_by("incident_id").agg(pl.col("notified_on").min().alias("first"))
    found["incidents"] = (
        found["incidents"]
        .join(earliest, on="incident_id", how="left")
        .with_columns(
            first_notified=pl.when(pl.col("first") > period.last)
            .then(pl.lit("after_the_period"))
            .otherwise(pl.lit("by_the_last_day"))
        )
    )
    found["notifications"] = register.notifications.join(these, on="incident_id", how="semi").select(
        supplied("route"), withdrawn=yes_no(pl.col("withdrawn_on").is_not_null())
    )
    return found | _local_reviews(register, period=period)


def incident_frames(reviewed: Reviewed, *, period: Period) -> dict[str, pl.DataFrame]:
    inside = pl.col("occurred_on").is_between(period.first, period.last)
    return {
        "incidents": reviewed.incidents.filter(inside).with_columns(
            quarter_of(pl.col("occurred_on"), period=period)
        ),
        "children": reviewed.children.filter(inside).with_columns(
            quarter_of(pl.col("occurred_on"), period=period)
        ),
    }


def pairs_of(pairs: pl.DataFrame, reviewed: Reviewed, *, incidents: pl.DataFrame) -> pl.DataFrame:
    """The pairs of answers that come from reviews of these incidents."""
    these = reviewed.reviews.join(incidents, on="incident_id", how="semi")
    return pairs.join(these, on="review_id", how="semi")


def quarter_of(day: pl.Expr, *, period: Period) -> pl.Expr:
    """The number of the period's quarter: 1 for its first three months."""
    number = pl.lit(NOT_SUPPLIED)
    for index, quarter in enumerate(period.quarters(), start=1):
        number = (
            pl.when(day.is_between(quarter.first, quarter.last)).then(pl.lit(str(index))).otherwise(number)
        )
    return number.alias("quarter")


def _children(
    children: pl.DataFrame, agreed_codings: pl.DataFrame, *, incidents: pl.DataFrame
) -> pl.DataFrame:
    return (
        children.join(incidents.select("incident_id", "occurred_on"), on="incident_id", how="left")
        .join(agreed.child_answers(agreed_codings), on="child_no", how="left")
        .sort("incident_no", "position", "child_ref", nulls_last=True)
        .with_columns(
            months=age_in_months(),
            index_child=yes_no(pl.int_range(pl.len()).over("incident_no") == 0),
        )
        .select(
            "incident_id",
            "occurred_on",
            "residence_la_code",
            "months",
            "index_child",
            *child_characteristics(),
            *agreed.not_coded_where_empty(agreed.CHILD_QUESTIONS),
        )
    )


def _incidents(
    register: Register,
    agreed_codings: pl.DataFrame,
    *,
    reviews: pl.DataFrame,
    incidents: pl.DataFrame,
    children: pl.DataFrame,
) -> pl.DataFrame:
    counted = reviews.filter(pl.col("review_rank") == 0)
    any_child = children.group_by("incident_id").agg(
        yes_no((pl.col("neglect_experienced") == "yes").any()).alias("neglect_experienced_by_any_child"),
        yes_no(pl.col("months").is_between(*AGED_1_TO_5_MONTHS).any()).alias("a_child_is_1_to_5"),
    )
    themes = [theme_variable(theme) for theme in THEMES]
    whole = (
        counted.join(incidents, on="incident_id", how="inner")
        .join(_replies(register), on="review_id", how="left")
        .join(agreed.review_answers(agreed_codings), on="incident_no", how="left")
        .join(agreed.theme_answers(agreed_codings), on="incident_no", how="left")
        .join(any_child, on="incident_id", how="left")
        .join(
            children.filter(pl.col("index_child") == "yes").drop("occurred_on"),
            on="incident_id",
            how="left",
        )
    )
    return whole.select(
        "incident_id",
        "occurred_on",
        "months",
        *(supplied(column) for column in _SUPPLIED),
        *(pl.col(column).fill_null(silent) for column, silent in _SILENT_WITHOUT_CHILDREN.items()),
        *agreed.not_coded_where_empty((*agreed.CHILD_QUESTIONS, *agreed.REVIEW_QUESTIONS, *themes)),
        *place_characteristics(),
        pl.col("occurred_on").dt.strftime("%Y-%m").fill_null(NOT_SUPPLIED).alias("month"),
        _same_authority(),
        listed_index_child=yes_no(pl.col("index_child").is_not_null()),
        notified_in_time=in_time(whole, start="aware_on", end="notified_on", within=NOTIFY_WITHIN),
        rapid_review_in_time=in_time(whole, start="notified_on", end="received_on", within=REVIEW_WITHIN),
        working_days_late=working_days_late(
            whole, start="notified_on", end="received_on", within=REVIEW_WITHIN
        ),
    )


_OF_THE_INCIDENT = ("nature", "route", "authority", "region", "police_force", "month")
"""What a child's row takes over from its incident, so that children can be crossed by it."""

_SUPPLIED = (
    "nature",
    "route",
    "abuse_or_neglect",
    "outside_england",
    "lcspr_decision",
    "national_review_potential",
    "panel_outcome",
    "panel_agrees_with_lcspr_decision",
    "role",
    "sex",
    "disability",
    "placement_type",
    "looked_after",
    "child_protection_plan",
    "child_in_need_plan",
    "known_to_agencies",
)
_SILENT_WITHOUT_CHILDREN = {
    "age_band": "unknown",
    "age_years": "unknown",
    "school_age": "unknown",
    "aged_11_to_17": "unknown",
    "ethnicity": "unknown",
    "neglect_experienced_by_any_child": "no",
    "a_child_is_1_to_5": "no",
}
"""An incident without any listed child is refused on import, and still counted here if it ever comes."""


def _replies(register: Register) -> pl.DataFrame:
    """One reply a review: the first by date, the outcome settling ties."""
    return (
        register.panel_responses.sort("responded_on", "outcome", nulls_last=True)
        .unique("review_id", keep="first", maintain_order=True)
        .select(
            "review_id",
            panel_outcome="outcome",
            panel_agrees_with_lcspr_decision="agrees_with_lcspr_decision",
        )
    )


def _same_authority() -> pl.Expr:
    incident, residence = pl.col("incident_la_code"), pl.col("residence_la_code")
    return (
        pl.when(incident.is_null() | residence.is_null())
        .then(pl.lit(NOT_SUPPLIED))
        .when(incident == residence)
        .then(pl.lit("same"))
        .otherwise(pl.lit("different"))
        .alias("incident_la_and_residence_la")
    )


def _local_reviews(register: Register, *, period: Period) -> dict[str, pl.DataFrame]:
    received = register.local_reviews.join(
        register.rapid_reviews.select("review_id", "received_on"), on="review_id", how="left"
    )
    clocks = {
        "local_reviews_decided": "decided_on",
        "local_reviews_published": "published_on",
        "local_reviews_of_rapid_reviews_received": "received_on",
    }
    return {
        rows: received.filter(pl.col(clock).is_between(period.first, period.last)).select(
            supplied("publication"), supplied("delay_cause")
        )
        for rows, clock in clocks.items()
    }
