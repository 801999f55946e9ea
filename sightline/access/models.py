"""The record of every act."""

from django.db import models


class Act(models.Model):
    """Who did what to which thing, when and why. Written with the change it records, never changed after.

    It names things and fields and never repeats what was in them, so that this record, which nobody can
    shorten, holds no child's data.
    """

    by = models.TextField()
    act = models.TextField()  # the action's name with its room: “casework.withdraw_notification”
    thing_kind = models.TextField()
    thing_id = models.TextField()
    fields = models.JSONField(default=list)  # names of the fields that changed
    why = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["thing_kind", "thing_id"], name="act_of_thing")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(by=""), name="act_names_who"),
            models.CheckConstraint(condition=~models.Q(act=""), name="act_names_what"),
        ]

    def __str__(self) -> str:
        return f"{self.act} on {self.thing_kind} {self.thing_id} by {self.by}"
