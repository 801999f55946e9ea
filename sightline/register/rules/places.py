"""The rule that an authority was there on the day, for every column that names one."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import polars as pl

from sightline.register.rules.rule import Rule, error
from sightline.vocabulary.areas import AUTHORITIES

# The first codes of nine characters are dated to this day, on which none of their authorities began.
CODES_BEGAN_ON = date(2009, 1, 1)


def operated(column: str, end: str) -> str:
    """The joined column with the day an authority began (“from”) or ended (“to”)."""
    return f"{column}.operated_{end}"


def in_operation(file: str, column: str, *, first: str, last: str) -> Rule:
    """The authority operated on some day from `first` to `last`, the same unless the date is inexact."""
    began, ended = pl.col(operated(column, "from")), pl.col(operated(column, "to"))
    return error(
        f"{file}.{column}.not_in_operation",
        f"{{{column}}} was not in operation on {{{first}}}.",
        (ended < pl.col(first)) | ((began > pl.col(last)) & (began > CODES_BEGAN_ON)),
        column=column,
        source="Register files, layout 1: authority codes are those in operation on the date",
        hint=_hint(column, first),
        hint_needs=(column, first),
    )


def _hint(column: str, day: str) -> Callable[[Mapping[str, Any]], str]:
    def hint(row: Mapping[str, Any]) -> str:
        authority = AUTHORITIES[row[column]]
        if authority.operated_to and authority.operated_to < row[day]:
            return (
                f"It was replaced after {authority.operated_to} by "
                f"{' and '.join(authority.succeeded_by)}: use the one that was there."
            )
        before = [each.code for each in AUTHORITIES.values() if authority.code in each.succeeded_by]
        return f"It began on {authority.operated_from}, in place of {' and '.join(before) or 'another'}."

    return hint
