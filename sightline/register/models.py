"""The record of imports."""

from django.db import models


class RegisterImport(models.Model):
    """One import of a register's files: who, when, from which bytes, by which code, and what it changed.

    `counts` holds for each file how many rows were added, changed, unchanged and kept although gone.
    """

    by = models.TextField()
    at = models.DateTimeField()
    as_of = models.DateField()  # the day the files were checked against
    file_hashes = models.JSONField()  # SHA-256 by file name
    counts = models.JSONField()
    clerical_reason = models.TextField(blank=True)
    code_version = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(by=""), name="register_import_names_who")]

    def __str__(self) -> str:
        return f"import {self.pk} by {self.by}"
