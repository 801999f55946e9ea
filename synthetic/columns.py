"""Arrays as columns of text."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from synthetic.names import Strings
from synthetic.places import Index

NO_DATE = int(np.iinfo(np.int64).min)


def strings(values: Strings | NDArray[np.str_]) -> pl.Series:
    return pl.Series(values.tolist(), dtype=pl.String)


def padded(numbers: Index, digits: int, before: str = "") -> pl.Series:
    return pl.Series([f"{before}{number:0{digits}d}" for number in numbers.tolist()], dtype=pl.String)


def coded(codes: Index, words: tuple[str, ...]) -> pl.Series:
    return pl.Series(words, dtype=pl.String).gather(codes)


def dated(days: Index, form: str) -> pl.Series:
    there = days != NO_DATE
    dates = pl.Series(np.where(there, days, 0).astype(np.int32)).cast(pl.Date).dt.strftime(form)
    return pl.select(pl.when(pl.lit(there)).then(dates).otherwise(pl.lit(""))).to_series()


def blank(frame: pl.DataFrame) -> pl.DataFrame:
    """An empty cell is written as nothing, as agencies do, not as two quotation marks."""
    return frame.with_columns(pl.col(pl.String).replace("", None))
