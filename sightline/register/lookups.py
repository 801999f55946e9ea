"""The register as it is now, in columns."""

from contextlib import suppress
from pathlib import Path

import polars as pl
from django.conf import settings

from sightline.access.models import Act
from sightline.register.layout import LAYOUT_1
from sightline.register.snapshots import read_snapshot, write_snapshot
from sightline.register.storing import POSITION, stored_table
from sightline.register.tables import Register
from sightline.vocabulary.progress import Progress, silent


def load_register(*, progress: Progress = silent) -> Register:
    """The whole register in the order of its files: from the snapshot if that is current, else from the
    database, which writes the snapshot anew."""
    tables = current_tables(progress=progress)
    return Register(**{name: table.drop(POSITION) for name, table in tables.items()})


def current_tables(*, progress: Progress = silent) -> dict[str, pl.DataFrame]:
    """As `load_register`, each table with `register_position` besides."""
    state = state_of_register()
    tables = read_snapshot(snapshot_folder(), state=state) if state else None
    if tables is None or set(tables) != set(LAYOUT_1):
        tables = {}
        for done, (name, file) in enumerate(LAYOUT_1.items()):
            progress("loading the register", done, len(LAYOUT_1))
            tables[name] = stored_table(file)
        keep_snapshot(tables, state=state)
        progress("loading the register", len(LAYOUT_1), len(LAYOUT_1))
    return {name: tables[name] for name in LAYOUT_1}


def keep_snapshot(tables: dict[str, pl.DataFrame], *, state: str) -> None:
    """Write the snapshot of a state, if there is any. Without room for it, loading is slower and no more."""
    if state:
        with suppress(OSError):
            write_snapshot(tables, snapshot_folder(), state=state)


def state_of_register() -> str:
    """What the register is now, in a word that changes with every act; empty before the first.

    The number alone would not do: a database made anew counts from the start, beside old snapshots.
    """
    last = Act.objects.order_by("-id").values_list("id", "at").first()
    return f"{last[0]}-{last[1]:%Y%m%dT%H%M%S%f}" if last else ""


def snapshot_folder() -> Path:
    return Path(settings.SIGHTLINE_DATA) / "snapshots"
