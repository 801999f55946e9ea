"""One load of an agency at a time, whichever process it runs in."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from sightline.vocabulary.decisions import Decision, refused, require


@contextmanager
def turn_of(agency: str) -> Iterator[None]:
    """Hold the agency's turn, which ends with the process at the latest. Raises `Refusal` if it is taken."""
    if connection.vendor == "postgresql":
        with _in_postgresql(agency):
            yield
    elif (database := Path(str(connection.settings_dict["NAME"]))).exists():
        with _beside(database, agency):
            yield
    else:  # a database in memory has one process only
        yield


@contextmanager
def _in_postgresql(agency: str) -> Iterator[None]:
    key = f"intake:{agency}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [key])
        is_ours = cursor.fetchone()[0]
    require(_is_free(agency, bool(is_ours)))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [key])


@contextmanager
def _beside(database: Path, agency: str) -> Iterator[None]:
    name = hashlib.sha256(agency.encode()).hexdigest()[:16]
    with (database.parent / f".loading-{name}").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            require(_is_free(agency, False))
        yield


def _is_free(agency: str, is_ours: bool) -> Decision:
    if is_ours:
        return Decision(allowed=True, reason="", basis="intake")
    return refused(
        f"An extract of {agency} is being loaded at this moment. Wait until it is done, then try again.",
        basis="intake",
    )
