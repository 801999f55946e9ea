"""Serious incident notifications, what each said when it was made, and clerical corrections to them."""

from django.db import models

from sightline.casework.as_notified import NOTIFICATION as AS_NOTIFIED_FIELDS
from sightline.casework.models import columns
from sightline.casework.models.incidents import Child, Incident
from sightline.vocabulary.codes import Nature, Route


class Notification(models.Model):
    """One notification. An incident can have several: older forms asked for one a child.

    The values in `casework.as_notified.NOTIFICATION` are what was notified: only a clerical correction
    changes them.
    """

    notification_id = models.CharField(primary_key=True, max_length=columns.KEY_LENGTH)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="notifications")
    index_child = models.ForeignKey(
        Child,
        models.PROTECT,
        related_name="notifications_led",
        db_column="index_child_ref",
        db_index=False,
        null=True,
        blank=True,
    )
    route = columns.code(Route)
    nature = columns.code(Nature)
    notifying_la_code = models.CharField(max_length=9, null=True, blank=True)
    aware_on = models.DateField(null=True, blank=True)
    notified_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = columns.optional_text()
    register_position = columns.position()

    class Meta:
        constraints = [
            columns.one_of("notification", "route", Route),
            columns.one_of("notification", "nature", Nature),
            columns.not_before("notification", "notified_on", "aware_on"),
            columns.not_before("notification", "withdrawn_on", "notified_on"),
        ]

    def __str__(self) -> str:
        return f"notification {self.notification_id}"


class AsNotified(models.Model):
    """What a notification said when it was made, its incident's and children's particulars included.

    Made once with the notification. The database refuses to change or remove it.
    """

    notification = models.OneToOneField(
        Notification, models.PROTECT, primary_key=True, related_name="as_notified"
    )
    said = models.JSONField()  # the shape of `casework.as_notified.snapshot`

    def __str__(self) -> str:
        return f"as notified: {self.notification_id}"


class ClericalCorrection(models.Model):
    """A slip of the pen in a notification put right, with what stood before. Also never changed."""

    notification = models.ForeignKey(Notification, models.PROTECT, related_name="clerical_corrections")
    field = models.CharField(max_length=columns.CODE_LENGTH)
    as_notified = columns.optional_text()  # as it stands in a file; NULL is “not supplied”
    corrected = columns.optional_text()
    reason = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=columns.equals_one("field", AS_NOTIFIED_FIELDS),
                name="clerical_correction_field_code",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="clerical_correction_says_why"),
            models.CheckConstraint(condition=~models.Q(by=""), name="clerical_correction_names_who"),
        ]

    def __str__(self) -> str:
        return f"correction of {self.field} on {self.notification_id}"
