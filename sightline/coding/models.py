"""Coded answers about reviews and the children in them."""

from functools import reduce
from operator import or_

from django.db import models

from sightline.casework.models import Child, RapidReview, columns
from sightline.coding.codebook import CODEBOOKS, Level, Variable
from sightline.vocabulary.codes import Certainty, NoAnswer


def _is_answer_to(variable: Variable) -> models.Q:
    return (
        models.Q(variable=variable.name)
        & models.Q(child__isnull=variable.level is Level.REVIEW)
        & columns.equals_one("value", variable.codes)
    )


def _is_in_codebook(version: int) -> models.Q:
    answers = (_is_answer_to(variable) for variable in CODEBOOKS[version].values())
    return models.Q(reduce(or_, answers), codebook_version=version)


class CodedAnswer(models.Model):
    """One coder's answer to one variable of the codebook, about a review or about one child in it.

    Which variables and values there are is the codebook's to say (`coding.codebook`), version by version;
    the check below is made from it, so a new version brings a migration.
    """

    # Both keys are found by the unique constraints below; there are far too many rows for spare indexes.
    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="coded_answers", db_index=False)
    child = models.ForeignKey(
        Child,
        models.PROTECT,
        related_name="coded_answers",
        db_column="child_ref",
        db_index=False,
        null=True,
        blank=True,
    )
    variable = models.CharField(max_length=columns.CODE_LENGTH)
    value = models.CharField(max_length=columns.CODE_LENGTH)
    certainty = columns.optional_code(Certainty)
    coder = models.CharField(max_length=columns.KEY_LENGTH)
    coded_on = models.DateField(null=True, blank=True)
    codebook_version = models.PositiveIntegerField()
    register_position = columns.position()

    class Meta:
        constraints = [
            # Two, because databases hold two NULLs to be different and one review's answers are not.
            models.UniqueConstraint(
                fields=["review", "child", "variable", "value", "coder", "codebook_version"],
                condition=models.Q(child__isnull=False),
                name="coded_answer_unique_child",
            ),
            models.UniqueConstraint(
                fields=["review", "variable", "value", "coder", "codebook_version"],
                condition=models.Q(child__isnull=True),
                name="coded_answer_unique_review",
            ),
            columns.one_of("coded_answer", "certainty", Certainty),
            models.CheckConstraint(
                condition=models.Q(certainty__isnull=True) | ~columns.equals_one("value", NoAnswer.codes()),
                name="coded_answer_no_answer_is_not_certain",
            ),
            models.CheckConstraint(
                condition=reduce(or_, (_is_in_codebook(version) for version in CODEBOOKS)),
                name="coded_answer_in_codebook",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variable} of {self.review_id}"
