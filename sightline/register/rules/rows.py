"""Rules on every file alike, made from the layout: repeated rows and keys, references, days to come."""

from collections.abc import Iterator

import polars as pl

from sightline.register.layout import File, Kind
from sightline.register.rules.rule import Rule, error

SAME_ROW_AS = "same_row_as"
SAME_KEY_AS = "same_key_as"
"""The line of the first row that is the same, or has the same key; null for the first itself."""

_NOT_YET = {"due_on", "date_of_birth"}
"""Days that may lie ahead: an action still to do, and the expected birth of an unborn child."""


def is_known(column: str) -> str:
    """The name of the column that says whether a reference leads anywhere."""
    return f"{column}.is_known"


def row_rules(file: File) -> Iterator[Rule]:
    yield error(
        f"{file.name}.repeated_row",
        "The row is the same as that on line {same_row_as}; remove one of them.",
        pl.col(SAME_ROW_AS).is_not_null(),
        column=file.key[0],
    )
    if file.name != "codings":  # a second answer of one coder has a rule of its own there
        yield _key_rule(file)
    for column in file.columns:
        if column.refers_to:
            yield _reference_rule(file, column.name, column.refers_to)
    for column in file.of_kind(Kind.DATE):
        if column.name not in _NOT_YET:
            yield error(
                f"{file.name}.{column.name}.in_future",
                f"{{{column.name}}} has not come yet (the register is checked as of {{as_of}}); correct it.",
                pl.col(column.name) > pl.col("as_of"),
                column=column.name,
            )


def _key_rule(file: File) -> Rule:
    return error(
        f"{file.name}.repeated_key",
        f"The row has the same {' and '.join(file.key)} as line {{same_key_as}} and says something else; "
        "keep the right one.",
        pl.col(SAME_KEY_AS).is_not_null() & pl.col(SAME_ROW_AS).is_null(),
        column=file.key[0],
    )


def _reference_rule(file: File, column: str, refers_to: str) -> Rule:
    return error(
        f"{file.name}.{column}.orphan",
        f"“{{{column}}}” is not in {refers_to}.csv; add its row there or correct the reference.",
        ~pl.col(is_known(column)),
        column=column,
    )
