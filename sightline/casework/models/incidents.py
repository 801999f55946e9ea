"""Incidents, the children in them, and the other processes that run beside."""

from django.db import models

from sightline.casework.models import columns
from sightline.vocabulary.codes import (
    AbuseOrNeglect,
    Code,
    Ethnicity,
    OccurredPrecision,
    PlacementType,
    PlanStatus,
    Role,
    Sex,
    YesNo,
    YesNoNotKnown,
)


class Incident(models.Model):
    """An incident, whether or not it was notified. The columns down to `abuse_or_neglect` are layout 1's."""

    incident_id = models.CharField(primary_key=True, max_length=columns.KEY_LENGTH)
    occurred_on = models.DateField(null=True, blank=True)
    occurred_precision = columns.optional_code(OccurredPrecision)
    incident_la_code = models.CharField(max_length=9, null=True, blank=True)
    outside_england = columns.optional_code(YesNo)
    place_type = columns.optional_text()
    abuse_or_neglect = columns.optional_code(AbuseOrNeglect)
    register_position = columns.position()
    # Known to the authority before (or without) a notification: the notification clock starts here.
    aware_on = models.DateField(null=True, blank=True)
    not_notifiable_on = models.DateField(null=True, blank=True)
    not_notifiable_reason = columns.optional_text()

    class Meta:
        constraints = [
            columns.one_of("incident", "occurred_precision", OccurredPrecision),
            columns.one_of("incident", "outside_england", YesNo),
            columns.one_of("incident", "abuse_or_neglect", AbuseOrNeglect),
            models.CheckConstraint(
                condition=models.Q(not_notifiable_on__isnull=True)
                | models.Q(not_notifiable_reason__isnull=False) & ~models.Q(not_notifiable_reason=""),
                name="incident_not_notifiable_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"incident {self.incident_id}"


class Child(models.Model):
    """A child in an incident, as now known; what was notified is in `AsNotified`.

    Four authorities bear on a child and may all differ: where it happened (`Incident.incident_la_code`,
    or `incident_la_code` here where this child's differs), where the child lives, who is responsible for
    the child (a placing authority), and who notified (`Notification.notifying_la_code`).
    """

    child_ref = models.CharField(primary_key=True, max_length=columns.KEY_LENGTH)
    # The unique constraint below begins with the incident and serves as its index.
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="children", db_index=False)
    position = models.PositiveIntegerField()
    role = columns.optional_code(Role)
    date_of_birth = models.DateField(null=True, blank=True)
    age_in_months = models.PositiveIntegerField(null=True, blank=True)
    sex = columns.optional_code(Sex)
    ethnicity_code = columns.optional_code(Ethnicity)
    disability = columns.optional_code(YesNoNotKnown)
    residence_la_code = models.CharField(max_length=9, null=True, blank=True)
    placement_type = columns.optional_code(PlacementType)
    looked_after = columns.optional_code(PlanStatus)
    child_protection_plan = columns.optional_code(PlanStatus)
    child_in_need_plan = columns.optional_code(PlanStatus)
    known_to_agencies = columns.optional_code(YesNoNotKnown)
    register_position = columns.position()
    incident_la_code = models.CharField(max_length=9, null=True, blank=True)
    responsible_la_code = models.CharField(max_length=9, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "position"], name="child_position_unique"),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="child_position_from_1"),
            columns.one_of("child", "role", Role),
            columns.one_of("child", "sex", Sex),
            columns.one_of("child", "ethnicity_code", Ethnicity),
            columns.one_of("child", "disability", YesNoNotKnown),
            columns.one_of("child", "placement_type", PlacementType),
            columns.one_of("child", "looked_after", PlanStatus),
            columns.one_of("child", "child_protection_plan", PlanStatus),
            columns.one_of("child", "child_in_need_plan", PlanStatus),
            columns.one_of("child", "known_to_agencies", YesNoNotKnown),
        ]

    def __str__(self) -> str:
        return f"child {self.child_ref}"


class ParallelProcessKind(Code):
    """Processes that run beside a review and are never merged with it."""

    CHILD_DEATH_REVIEW = "child_death_review", "Child death review"
    INQUEST = "inquest", "Inquest"
    CRIMINAL_INVESTIGATION = "criminal_investigation", "Criminal investigation"
    FAMILY_PROCEEDINGS = "family_proceedings", "Family proceedings"
    DOMESTIC_ABUSE_RELATED_DEATH_REVIEW = (
        "domestic_abuse_related_death_review",
        "Domestic abuse related death review",
    )
    SAFEGUARDING_ADULT_REVIEW = "safeguarding_adult_review", "Safeguarding adult review"
    MAPPA_REVIEW = "mappa_review", "Public protection serious case review"


class ParallelProcess(models.Model):
    """Another process about the same incident, by its own reference."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="parallel_processes", db_index=False)
    kind = columns.code(ParallelProcessKind)
    reference = models.CharField(max_length=columns.KEY_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "kind", "reference"], name="parallel_process_unique"),
            columns.one_of("parallel_process", "kind", ParallelProcessKind),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
