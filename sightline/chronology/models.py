"""What reviewers wrote beside a chronology, which is itself never stored: it is told anew each time."""

from django.db import models

from sightline.chronology.annotations.notes import NoteKind


class Annotation(models.Model):
    """One thing a reviewer wrote, changed, added or took out in a table that came back. It only grows.

    `entry` is an account's number, so it finds its entry again when others are merged with it, and when its
    record turns out to be another child's. `source_said` is what stood in the place by the source.
    """

    child = models.TextField()
    entry = models.TextField(blank=True)
    kind = models.TextField(choices=NoteKind.choices())
    column = models.TextField(blank=True)
    words = models.TextField(blank=True)
    source_said = models.TextField(blank=True)
    by = models.TextField()
    at = models.DateTimeField()
    file_sha256 = models.TextField()  # of the table it came in

    class Meta:
        indexes = [
            models.Index(fields=["child"], name="annotation_of_child"),
            models.Index(fields=["entry"], name="annotation_of_entry"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(by=""), name="annotation_names_who"),
            models.CheckConstraint(condition=~models.Q(child=""), name="annotation_names_child"),
        ]

    def __str__(self) -> str:
        return f"annotation {self.pk}"
