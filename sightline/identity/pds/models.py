"""What came of asking PDS about a record, and what a person ruled of it. Neither is ever written over.

They are part of the app `identity`. Traces stay apart from the records that agencies sent: a number from PDS
is what we found, never what an agency said.
"""

from django.db import models

from sightline.identity.pds.dates import DateError
from sightline.identity.pds.outcomes import Outcome


class PdsTrace(models.Model):
    """One asking about one record: its outcome and every rule's result. The newest of a record counts."""

    agency = models.TextField()
    record_id = models.TextField()
    reference = models.TextField()  # keyed, to the details that were asked with
    outcome = models.TextField(choices=Outcome.choices())
    reasons = models.JSONField(default=list)
    nhs_number = models.TextField(blank=True)  # of a conflict none: its numbers are among the results
    held_number = models.TextField(blank=True)  # the number that PDS has replaced by `nhs_number`
    score = models.FloatField(null=True)
    rule = models.TextField(blank=True)  # the rule that `nhs_number` rests on
    rule_version = models.IntegerField(null=True)
    rule_set = models.TextField()
    date_error = models.TextField(choices=DateError.choices())  # the mistake that was assumed
    is_restricted = models.BooleanField()
    results = models.JSONField(default=list)
    at = models.DateTimeField()
    as_of = models.DateField()
    by = models.TextField()
    purpose = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["agency", "record_id"], name="pds_trace_of_record")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(by="") & ~models.Q(purpose=""), name="pds_trace_says_who_and_why"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=[Outcome.FOUND.value, Outcome.PROBABLE.value])
                & ~models.Q(nhs_number="")
                | ~models.Q(outcome__in=[Outcome.FOUND.value, Outcome.PROBABLE.value])
                & models.Q(nhs_number=""),
                name="pds_trace_has_a_number_where_one_patient_was_found",
            ),
        ]

    def __str__(self) -> str:
        return f"trace {self.pk}"


class PdsRuling(models.Model):
    """What a person said of a trace that needed one: which number it is, or none of them. The last counts."""

    trace = models.ForeignKey(PdsTrace, on_delete=models.PROTECT, related_name="rulings")
    nhs_number = models.TextField(blank=True)  # empty: none of those found
    by = models.TextField()
    at = models.DateTimeField()
    why = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(by="") & ~models.Q(why=""), name="pds_ruling_says_who_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"ruling {self.pk} on {self.trace_id}"
