"""Versions of weights learnt here. The newest row is in force; none is ever changed."""

from django.db import models

from sightline.vocabulary.codes import Code


class LearntBy(Code):
    KNOWN_PAIRS = "known_pairs", "Learnt from records that share an identifier"
    EXPECTATION = "expectation", "Learnt by expectation, for want of shared identifiers"
    SHIPPED = "shipped", "Back to the weights shipped with Sightline"


class LearntWeights(models.Model):
    """One version: the weights, what they were learnt from and how they did on pairs held out. Append-only.

    `rows` are as `weights.rows_of` gives them, empty where the shipped weights were put back in force.
    Only counts of agreement are in it, nobody's name or number.
    """

    at = models.DateTimeField()
    by = models.TextField()
    learnt_by = models.TextField(choices=LearntBy.choices())
    version = models.TextField(unique=True)
    started_from = models.TextField()  # the version in force until then
    rows = models.JSONField()
    same_pairs = models.BigIntegerField()
    home_pairs = models.BigIntegerField()
    left_out = models.BigIntegerField()  # pairs whose shared number is contradicted
    measures = models.JSONField()  # of relearning.Quality, before and after

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(by=""), name="learnt_weights_name_who"),
        ]

    def __str__(self) -> str:
        return f"weights {self.version}"
