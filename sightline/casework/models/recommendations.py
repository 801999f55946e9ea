"""Recommendations, what was done about them, and the evidence for it."""

from django.db import models

from sightline.casework.models import columns
from sightline.casework.models.reviews import LocalReview, NationalReview
from sightline.vocabulary.codes import Accepted, PracticeTheme, RecommendationLevel, RecommendationStatus


class Recommendation(models.Model):
    """A recommendation of a local or of a national review."""

    recommendation_id = models.CharField(primary_key=True, max_length=columns.KEY_LENGTH)
    source_review = models.ForeignKey(
        LocalReview, models.PROTECT, related_name="recommendations", null=True, blank=True
    )
    level = columns.optional_code(RecommendationLevel)
    addressee = columns.optional_text()
    theme = columns.optional_code(PracticeTheme)
    made_on = models.DateField(null=True, blank=True)
    accepted = columns.optional_code(Accepted)
    due_on = models.DateField(null=True, blank=True)
    status = columns.optional_code(RecommendationStatus)
    closed_on = models.DateField(null=True, blank=True)
    register_position = columns.position()
    national_review = models.ForeignKey(
        NationalReview, models.PROTECT, related_name="recommendations", null=True, blank=True
    )
    text = columns.optional_text()
    owner = columns.optional_text()
    accepted_reason = columns.optional_text()
    repeats = models.ForeignKey("self", models.PROTECT, related_name="repeated_by", null=True, blank=True)

    class Meta:
        constraints = [
            columns.one_of("recommendation", "level", RecommendationLevel),
            columns.one_of("recommendation", "theme", PracticeTheme),
            columns.one_of("recommendation", "accepted", Accepted),
            columns.one_of("recommendation", "status", RecommendationStatus),
            columns.not_before("recommendation", "closed_on", "made_on"),
            models.CheckConstraint(
                condition=models.Q(source_review__isnull=False, national_review__isnull=True)
                | models.Q(source_review__isnull=True, national_review__isnull=False),
                name="recommendation_of_one_review",
            ),
            models.CheckConstraint(
                condition=~models.Q(repeats=models.F("recommendation_id")),
                name="recommendation_repeats_another",
            ),
        ]

    def __str__(self) -> str:
        return f"recommendation {self.recommendation_id}"


class Evidence(models.Model):
    """What shows that a recommendation was acted on or changed something."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="evidence")
    dated_on = models.DateField()
    shows = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(shows=""), name="evidence_says_what")]

    def __str__(self) -> str:
        return f"evidence of {self.dated_on} on {self.recommendation_id}"
