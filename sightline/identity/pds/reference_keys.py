"""The file of keys that references are made with: for its owner alone, a new key every year.

A line is the day a key was made and the key. An old key is kept for a year after it was replaced; what was
referred to under one that is gone is no longer known to be the same, so it is asked about again.
"""

import os
import secrets
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from sightline.identity.pds.references import ReferenceKeys

IN_USE_FOR = timedelta(days=365)
KEPT_FOR = 2 * IN_USE_FOR


def reference_keys(file: Path, *, as_of: date) -> ReferenceKeys:
    """The keys of the file, with a new one if there is none or the last is too old."""
    kept = {made_on: secret for made_on, secret in _read(file).items() if as_of - _day(made_on) <= KEPT_FOR}
    newest = max(kept, default="")
    if not newest or as_of - _day(newest) > IN_USE_FOR:
        newest = as_of.isoformat()
        kept[newest] = secrets.token_bytes(32)
        _write(file, kept)
    return ReferenceKeys(newest, kept)


def _day(made_on: str) -> date:
    return date.fromisoformat(made_on)


def _read(file: Path) -> dict[str, bytes]:
    with suppress(FileNotFoundError):
        lines = file.read_text(encoding="ascii").split("\n")
        return {made_on: bytes.fromhex(secret) for made_on, secret in map(str.split, filter(None, lines))}
    return {}


def _write(file: Path, keys: dict[str, bytes]) -> None:
    """Whole or not at all: a key that is lost makes every reference under it useless."""
    beside = file.with_name(file.name + ".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(
        os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
    ) as out:
        out.writelines(f"{made_on} {secret.hex()}\n" for made_on, secret in sorted(keys.items()))
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
