"""Gets Django and its database ready for a command that needs them."""

import fcntl
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.migrations.executor import MigrationExecutor


class NothingHere(Exception):
    """A register, partnership or folder that was asked for does not exist. Its text is fit to be shown."""


def open_settings() -> Path:
    """Start Django; returns the data folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.config.settings")
    import django
    from django.conf import settings

    django.setup()
    return Path(settings.SIGHTLINE_DATA)


def open_for_writing() -> Path:
    """Make the data folder and bring the database to this version's shape."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    folder = open_settings()
    # What is in it is about children: for its owner alone.
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not _plan(MigrationExecutor(connection)):
        return folder
    # Two first commands at once must not both make the tables.
    with (folder / ".making-tables").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if _plan(MigrationExecutor(connection)):
            call_command("migrate", verbosity=0, interactive=False)
    return folder


def _plan(executor: "MigrationExecutor") -> bool:
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def open_for_reading() -> Path:
    """As for writing, but a register that nobody has filled is an answer, not a table of noughts."""
    folder = open_settings()
    is_there = _has_database()
    if is_there:
        open_for_writing()
    if not is_there or _is_empty():
        raise NothingHere(
            f"No register has been imported into {folder} yet. Import one with "
            "“sightline register import DIR”, or look at the invented example: “sightline demo”, "
            "then this command as “sightline --demo …”."
        )
    return folder


def open_extracts() -> Path:
    """As for writing, where any extract has been loaded; raises `NothingHere` where none has."""
    folder = open_settings()
    if _has_database():
        open_for_writing()
        from sightline.intake.models import Extract

        if Extract.objects.exists():
            return folder
    raise NothingHere(
        f"No extract has been loaded into {folder} yet. Load one with "
        "“sightline intake load PATH --agency CODE”."
    )


def _has_database() -> bool:
    """A database on a server is there; one in a file once something was written."""
    from django.db import connection

    return connection.vendor != "sqlite" or Path(str(connection.settings_dict["NAME"])).exists()


def _is_empty() -> bool:
    from sightline.casework.models import Incident
    from sightline.register.models import RegisterImport

    return not (RegisterImport.objects.exists() or Incident.objects.exists())
