"""Whether something was done by its working day: arrays in, a column out.

In time means by the date of the last working day allowed (layout 1): a thing that arrives on the Saturday
after a Friday limit is late, although no further working day has gone by.
"""

import polars as pl

from sightline.statistics.variables import NOT_SUPPLIED
from sightline.vocabulary.working_days import working_day_after_many, working_days_between_many

NOTIFY_WITHIN = 5
REVIEW_WITHIN = 15


def in_time(frame: pl.DataFrame, *, start: str, end: str, within: int) -> pl.Series:
    """in_time, late or not_supplied, a row of `frame` each; `start` and `end` name date columns."""
    due = pl.Series(working_day_after_many(frame[start].to_numpy(), within))
    done = frame[end]
    known = due.is_not_null() & done.is_not_null()
    return pl.select(
        pl.when(~known)
        .then(pl.lit(NOT_SUPPLIED))
        .when(done <= due)
        .then(pl.lit("in_time"))
        .otherwise(pl.lit("late"))
    ).to_series()


def working_days_late(frame: pl.DataFrame, *, start: str, end: str, within: int) -> pl.Series:
    """Working days from the last day allowed to the day it was done; null where in time or unknown."""
    due = working_day_after_many(frame[start].to_numpy(), within)
    late = pl.Series(working_days_between_many(due, frame[end].to_numpy())).fill_nan(None)
    return pl.select(pl.when((frame[end] > pl.Series(due)).fill_null(value=False)).then(late)).to_series()
