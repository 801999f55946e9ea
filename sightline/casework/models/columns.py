"""How a code set becomes a column and the database's check on it."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db import models

from sightline.vocabulary.codes import Code

KEY_LENGTH = 100
"""The longest reference that can name a thing, in characters."""
CODE_LENGTH = 40


def code(codes: type[Code]) -> "models.CharField[str, str]":
    return models.CharField(max_length=CODE_LENGTH, choices=codes.choices())


def optional_code(codes: type[Code]) -> "models.CharField[str | None, str | None]":
    """NULL is “not supplied”, which no code says."""
    return models.CharField(max_length=CODE_LENGTH, choices=codes.choices(), null=True, blank=True)


def optional_text() -> "models.TextField[str | None, str | None]":
    return models.TextField(null=True, blank=True)


def position() -> "models.IntegerField[int | None, int | None]":
    """The row's place in the register it came in with, so that the same order goes out again."""
    return models.IntegerField(null=True, blank=True, editable=False)


def equals_one(column: str, values: Iterable[str]) -> models.Q:
    """Equalities joined by “or”: SQLite builds an index for “in” anew for every row it checks, which made
    a bulk load three times as slow."""
    return reduce(or_, (models.Q(**{column: value}) for value in values))


def one_of(table: str, column: str, codes: type[Code]) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=equals_one(column, codes.codes()),
        name=f"{table}_{column}_code",
        violation_error_message=f"{column} is one of {', '.join(codes.codes())}.",
    )


def not_before(table: str, later: str, earlier: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(**{f"{later}__gte": models.F(earlier)}),
        name=f"{table}_{later}_order",
        violation_error_message=f"{later} cannot be before {earlier}.",
    )
