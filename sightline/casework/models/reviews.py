"""Rapid reviews, the panel's replies, local and national reviews, and what delays them."""

from django.db import models

from sightline.casework.models import columns
from sightline.casework.models.incidents import Incident
from sightline.casework.models.notifications import Notification
from sightline.vocabulary.codes import (
    DelayCause,
    LcsprDecision,
    NationalReviewPotential,
    Nature,
    PanelOutcome,
    Publication,
    YesNo,
)


class RapidReview(models.Model):
    """One rapid review, received by the national body. `nature` is as that body coded it."""

    review_id = models.CharField(primary_key=True, max_length=columns.KEY_LENGTH)
    notification = models.ForeignKey(Notification, models.PROTECT, related_name="rapid_reviews")
    partnership = columns.optional_text()
    received_on = models.DateField(null=True, blank=True)
    nature = columns.optional_code(Nature)
    lcspr_decision = columns.optional_code(LcsprDecision)
    national_review_potential = columns.optional_code(NationalReviewPotential)
    register_position = columns.position()
    decision_reason = columns.optional_text()

    class Meta:
        constraints = [
            columns.one_of("rapid_review", "nature", Nature),
            columns.one_of("rapid_review", "lcspr_decision", LcsprDecision),
            columns.one_of("rapid_review", "national_review_potential", NationalReviewPotential),
        ]

    def __str__(self) -> str:
        return f"rapid review {self.review_id}"


class PanelResponse(models.Model):
    """One outcome of one reply; a letter with several outcomes is several rows of one date."""

    # The unique constraint below begins with the review and serves as its index.
    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="panel_responses", db_index=False)
    responded_on = models.DateField()
    outcome = columns.code(PanelOutcome)
    agrees_with_lcspr_decision = columns.optional_code(YesNo)
    register_position = columns.position()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "responded_on", "outcome"], name="panel_response_unique"
            ),
            columns.one_of("panel_response", "outcome", PanelOutcome),
            columns.one_of("panel_response", "agrees_with_lcspr_decision", YesNo),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} on {self.review_id}"


class RequestedAction(models.Model):
    """Something that a reply of the panel asks the partners to do."""

    response = models.ForeignKey(PanelResponse, models.PROTECT, related_name="requested_actions")
    what = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(what=""), name="requested_action_says_what")
        ]

    def __str__(self) -> str:
        return f"requested action {self.pk}"


class PartnersReply(models.Model):
    """What the safeguarding partners answered to the panel's letter of a date."""

    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="partners_replies", db_index=False)
    to_letter_of = models.DateField()
    replied_on = models.DateField()
    reply = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "to_letter_of", "replied_on"], name="partners_reply_unique"
            ),
            columns.not_before("partners_reply", "replied_on", "to_letter_of"),
        ]

    def __str__(self) -> str:
        return f"reply of {self.replied_on} on {self.review_id}"


class LocalReview(models.Model):
    """One local child safeguarding practice review."""

    local_review_id = models.CharField(primary_key=True, max_length=columns.KEY_LENGTH)
    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="local_reviews")
    decided_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    publication = columns.optional_code(Publication)
    delay_cause = columns.optional_code(DelayCause)
    register_position = columns.position()
    publication_planned_on = models.DateField(null=True, blank=True)
    copy_sent_on = models.DateField(null=True, blank=True)
    not_published_reason = columns.optional_text()

    class Meta:
        constraints = [
            columns.one_of("local_review", "publication", Publication),
            columns.one_of("local_review", "delay_cause", DelayCause),
            columns.not_before("local_review", "published_on", "decided_on"),
        ]

    def __str__(self) -> str:
        return f"local review {self.local_review_id}"


class NationalReview(models.Model):
    """A review that the national body arranges, drawing on one incident or many."""

    national_review_id = models.CharField(primary_key=True, max_length=columns.KEY_LENGTH)
    title = models.TextField()
    commissioned_on = models.DateField()
    reason = models.TextField()
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="national_review_says_why"),
            columns.not_before("national_review", "published_on", "commissioned_on"),
        ]

    def __str__(self) -> str:
        return f"national review {self.national_review_id}"


class NationalReviewIncident(models.Model):
    """That a national review draws on an incident, and why on this one."""

    national_review = models.ForeignKey(
        NationalReview, models.PROTECT, related_name="drawn_on", db_index=False
    )
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="national_reviews")
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["national_review", "incident"], name="national_review_incident_unique"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="national_review_incident_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.national_review_id} draws on {self.incident_id}"


class Delay(models.Model):
    """Why a clock overruns. It explains an overrun and never pauses the clock."""

    notification = models.ForeignKey(
        Notification, models.PROTECT, related_name="delays", null=True, blank=True
    )
    rapid_review_of = models.ForeignKey(
        Notification, models.PROTECT, related_name="rapid_review_delays", null=True, blank=True
    )
    local_review = models.ForeignKey(
        LocalReview, models.PROTECT, related_name="delays", null=True, blank=True
    )
    cause = columns.code(DelayCause)
    started_on = models.DateField()
    expected_end_on = models.DateField(null=True, blank=True)
    told = models.TextField()  # who was told of it
    told_on = models.DateField(null=True, blank=True)
    interim_learning_issued = columns.optional_code(YesNo)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            columns.one_of("delay", "cause", DelayCause),
            columns.one_of("delay", "interim_learning_issued", YesNo),
            models.CheckConstraint(condition=~models.Q(cause="none"), name="delay_has_cause"),
            columns.not_before("delay", "expected_end_on", "started_on"),
            models.CheckConstraint(
                condition=models.Q(
                    notification__isnull=False, rapid_review_of__isnull=True, local_review__isnull=True
                )
                | models.Q(
                    notification__isnull=True, rapid_review_of__isnull=False, local_review__isnull=True
                )
                | models.Q(
                    notification__isnull=True, rapid_review_of__isnull=True, local_review__isnull=False
                ),
                name="delay_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"delay by {self.cause} from {self.started_on}"
