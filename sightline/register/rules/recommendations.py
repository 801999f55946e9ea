"""Rules on recommendations.csv."""

import polars as pl

from sightline.register.rules.rule import error, not_before, warning
from sightline.vocabulary.findings import Severity

RECOMMENDATION_RULES = (
    not_before(
        "recommendations.closed_before_made",
        later="closed_on",
        earlier="made_on",
        what="It was closed on {closed_on}, before it was made on {made_on}",
    ),
    not_before(
        "recommendations.due_before_made",
        later="due_on",
        earlier="made_on",
        what="It is due on {due_on}, before it was made on {made_on}",
        severity=Severity.WARNING,
    ),
    not_before(
        "recommendations.made_before_decided",
        later="made_on",
        earlier="local_reviews.decided_on",
        what="It was made on {made_on}, before its review was decided on {local_reviews.decided_on}",
        severity=Severity.WARNING,
    ),
    warning(
        "recommendations.due_on.far_ahead",
        "It is due on {due_on}, more than ten years after it was made on {made_on}; check the year.",
        pl.col("due_on") > pl.col("made_on").dt.offset_by("10y"),
        column="due_on",
    ),
    error(
        "recommendations.closed_on.still_open",
        "There is a date of closing and the status is “{status}”; correct one of them.",
        pl.col("closed_on").is_not_null() & pl.col("status").is_in(["open", "in_progress"]),
        column="closed_on",
    ),
    warning(
        "recommendations.closed_on.not_supplied",
        "The status is “{status}” and the date of closing is not supplied; give it.",
        pl.col("closed_on").is_null() & pl.col("status").is_in(["done", "evidenced"]),
        column="closed_on",
    ),
)
