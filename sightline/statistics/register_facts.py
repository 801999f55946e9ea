"""Everything in the files, whatever the date: local reviews, recommendations, double coding, rows."""

import polars as pl

from sightline.register.tables import Register
from sightline.statistics.characteristics import supplied, yes_no
from sightline.statistics.variables import NOT_SUPPLIED

MONTHS_TO_PUBLISH = 6


def frames(register: Register) -> dict[str, pl.DataFrame]:
    """By kind of row: each file's rows, with the variables that are counted of them."""
    return {
        **{name: frame.select(frame.columns[:1]) for name, frame in register},
        "incidents": _incidents(register),
        "rapid_reviews": _reviews(register),
        "local_reviews": _local_reviews(register),
        "recommendations": register.recommendations.select(
            supplied(column) for column in ("status", "level", "accepted", "theme")
        ),
    }


def _incidents(register: Register) -> pl.DataFrame:
    live = (
        register.notifications.filter(pl.col("withdrawn_on").is_null())
        .group_by("incident_id")
        .agg(pl.len().alias("live"))
    )
    number = pl.col("live").fill_null(0)
    return register.incidents.join(live, on="incident_id", how="left").select(
        live_notifications=pl.when(number == 0)
        .then(pl.lit("none"))
        .when(number == 1)
        .then(pl.lit("one"))
        .otherwise(pl.lit("two_or_more"))
    )


def _reviews(register: Register) -> pl.DataFrame:
    coders = register.codings.group_by("review_id").agg(pl.col("coder").n_unique().alias("coders"))
    return register.rapid_reviews.join(coders, on="review_id", how="left").select(
        coded_twice=yes_no(pl.col("coders") >= 2)
    )


def _local_reviews(register: Register) -> pl.DataFrame:
    decided, published = pl.col("decided_on"), pl.col("published_on")
    due = decided.dt.offset_by(f"{MONTHS_TO_PUBLISH}mo")
    in_time = (
        pl.when(published.is_null())
        .then(pl.lit("not_published"))
        .when(decided.is_null())
        .then(pl.lit(NOT_SUPPLIED))
        .when(published <= due)
        .then(pl.lit("in_time"))
        .otherwise(pl.lit("late"))
    )
    return register.local_reviews.select(
        supplied("publication"),
        supplied("delay_cause"),
        published=yes_no(published.is_not_null()),
        published_in_time=in_time,
    )
