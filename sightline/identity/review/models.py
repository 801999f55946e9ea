"""A sample of pairs and what reviewers answered. A label only grows: nobody changes an answer afterwards."""

from django.db import models

from sightline.vocabulary.codes import Code


class Verdict(Code):
    ONE_CHILD = "one_child", "The same child"
    TWO_CHILDREN = "two_children", "Two children"
    CANNOT_TELL = "cannot_tell", "Cannot be told from these records"


class ReviewSample(models.Model):
    """One drawing of pairs after a run. Append-only."""

    run = models.ForeignKey("identity.LinkRun", on_delete=models.PROTECT, related_name="samples")
    by = models.TextField()
    at = models.DateTimeField()
    seed = models.BigIntegerField()
    threshold = models.FloatField()  # bits
    strata = models.JSONField()  # of sampling.Stratum, by its number

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(by=""), name="review_sample_names_who")]

    def __str__(self) -> str:
        return f"sample {self.pk}"


class ReviewPair(models.Model):
    """One pair drawn, with what reviewers must not see before both have answered. Append-only."""

    sample = models.ForeignKey(ReviewSample, on_delete=models.PROTECT, related_name="pairs")
    place = models.BigIntegerField()  # in the order of review
    agency_a = models.TextField()
    record_a = models.TextField()
    agency_b = models.TextField()
    record_b = models.TextField()
    bits = models.FloatField()
    is_linked = models.BooleanField()
    stratum = models.BigIntegerField()
    chance = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "place"], name="review_pair_has_a_place"),
            models.CheckConstraint(
                condition=models.Q(chance__gt=0, chance__lte=1), name="review_pair_had_a_chance"
            ),
        ]

    def __str__(self) -> str:
        return f"pair {self.place} of sample {self.sample_id}"


class ReviewLabel(models.Model):
    """One reviewer's answer. Two answer each pair, a third where they disagree. Append-only."""

    pair = models.ForeignKey(ReviewPair, on_delete=models.PROTECT, related_name="labels")
    reviewer = models.TextField()
    verdict = models.TextField(choices=Verdict.choices())
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pair", "reviewer"], name="review_label_once_by_a_reviewer"),
            models.CheckConstraint(condition=~models.Q(reviewer=""), name="review_label_names_who"),
        ]

    def __str__(self) -> str:
        return f"label {self.pk}"
