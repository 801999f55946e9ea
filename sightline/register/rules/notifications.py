"""Rules on notifications.csv."""

import polars as pl

from sightline.register.rules.places import in_operation
from sightline.register.rules.rule import error, not_before, warning

CARE_LEAVER_MONTHS = (16 * 12, 25 * 12)
"""From 16 to the last day before 25 (Working Together 2023, chapter 5: up to and including the age of 24)."""
ADULT_FROM_MONTHS = 18 * 12

_ROUTE = pl.col("route")
_AGE_AT_LEAST = pl.col("children.age_at_least")
_AGE_AT_MOST = pl.col("children.age_at_most")
_WORKING_TOGETHER = "Working Together 2023, chapter 5"

NOTIFICATION_RULES = (
    not_before(
        "notifications.notified_before_aware",
        later="notified_on",
        earlier="aware_on",
        what="It was sent on {notified_on}, before the authority became aware on {aware_on}",
    ),
    not_before(
        "notifications.aware_before_occurred",
        later="aware_on",
        earlier="incidents.occurred_on",
        what="The authority was aware on {aware_on}, before the incident of {incidents.occurred_on}",
    ),
    warning(
        "notifications.aware_on.years_after_occurred",
        "The authority was aware on {aware_on}, more than five years after the incident of "
        "{incidents.occurred_on}; check both years.",
        pl.col("aware_on") > pl.col("incidents.occurred_on").dt.offset_by("5y"),
        column="aware_on",
    ),
    not_before(
        "notifications.notified_before_occurred",
        later="notified_on",
        earlier="incidents.occurred_on",
        what="It was sent on {notified_on}, before the incident of {incidents.occurred_on}",
    ),
    not_before(
        "notifications.withdrawn_before_notified",
        later="withdrawn_on",
        earlier="notified_on",
        what="It was withdrawn on {withdrawn_on}, before it was sent on {notified_on}",
    ),
    error(
        "notifications.withdrawn_reason.without_date",
        "There is a reason for withdrawing and no date, so it is not known whether it was withdrawn; give "
        "withdrawn_on or empty the reason.",
        pl.col("withdrawn_on").is_null() & pl.col("withdrawn_reason").is_not_null(),
        column="withdrawn_reason",
    ),
    warning(
        "notifications.withdrawn_on.without_reason",
        "It was withdrawn and no reason is supplied; give it if it is known.",
        pl.col("withdrawn_on").is_not_null() & pl.col("withdrawn_reason").is_null(),
        column="withdrawn_on",
    ),
    error(
        "notifications.index_child_ref.other_incident",
        "“{index_child_ref}” is a child of another incident; name a child of this one.",
        pl.col("children.incident_id") != pl.col("incident_id"),
        column="index_child_ref",
    ),
    warning(
        "notifications.index_child_ref.not_supplied",
        "No index child is named, so nothing is known of the child in the department's counting; name one.",
        pl.col("index_child_ref").is_null(),
        column="index_child_ref",
    ),
    warning(
        "notifications.notifying_la_code.not_supplied",
        "It is not supplied which authority notified; give its code.",
        pl.col("notifying_la_code").is_null(),
        column="notifying_la_code",
    ),
    error(
        "notifications.route.care_leaver_age",
        "The index child is not of an age to be a care leaver (16 to 24); correct the route or the age.",
        (_ROUTE == "care_leaver_death")
        & ((CARE_LEAVER_MONTHS[0] > _AGE_AT_MOST) | (CARE_LEAVER_MONTHS[1] <= _AGE_AT_LEAST)),
        column="route",
        source=_WORKING_TOGETHER,
    ),
    warning(
        "notifications.route.adult",
        "The index child was 18 or older at the incident, and the route is for children; check the age and "
        "the route.",
        _ROUTE.is_in(["serious_incident", "looked_after_child_death"]) & (_AGE_AT_LEAST >= ADULT_FROM_MONTHS),
        column="route",
        source=_WORKING_TOGETHER,
    ),
    warning(
        "notifications.nature.not_a_death",
        "The route is for a death and the nature is {nature}; check both.",
        _ROUTE.is_in(["looked_after_child_death", "care_leaver_death"]) & (pl.col("nature") != "death"),
        column="nature",
        source=_WORKING_TOGETHER,
    ),
    in_operation("notifications", "notifying_la_code", first="notified_on", last="notified_on"),
)
