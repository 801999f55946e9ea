"""Variables as enumerations: grouping is fast, and a value outside the code set is refused."""

import polars as pl

from sightline.statistics.variables import VARIABLES


def as_enumerations(frame: pl.DataFrame) -> pl.DataFrame:
    """Every column of text that is a variable with declared values, as an enumeration of them.

    Raises ValueError for a value that is in no code set.
    """
    return frame.with_columns(
        _as_enumeration(column)
        for column in frame.iter_columns()
        if column.dtype == pl.String and column.name in VARIABLES and VARIABLES[column.name].values
    )


def _as_enumeration(column: pl.Series) -> pl.Series:
    values = list(VARIABLES[column.name].values)
    typed = column.cast(pl.Enum(values), strict=False)
    if typed.null_count():
        strange = column.filter(typed.is_null()).unique().sort().to_list()
        raise ValueError(
            f"{column.name} holds {', '.join(map(repr, strange))}, which is not in its code set; "
            "read the register with register.reading, which names the file and the line."
        )
    return typed
