"""A register as eight columnar tables: the value that statistics counts and that files are made from."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Register:
    """One frame a file of layout 1, the layout's columns by the layout's names in its order.

    Dates are `pl.Date`, whole numbers `pl.Int32`, codes and text `pl.String`; null is “not supplied”.
    """

    incidents: pl.DataFrame
    children: pl.DataFrame
    notifications: pl.DataFrame
    rapid_reviews: pl.DataFrame
    panel_responses: pl.DataFrame
    local_reviews: pl.DataFrame
    codings: pl.DataFrame
    recommendations: pl.DataFrame

    def __iter__(self) -> Iterator[tuple[str, pl.DataFrame]]:
        for name in self.__slots__:
            yield name, getattr(self, name)
