"""The register as Parquet files in the data folder, so that counting need not read the database row by row.

A snapshot's folder is named by the state it shows. It is written beside and renamed, so that a reader
finds a whole snapshot or none, and one of an older state is never taken for the present one.
"""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import polars as pl

_PREFIX = "register-"


def read_snapshot(folder: Path, *, state: str) -> dict[str, pl.DataFrame] | None:
    """The tables by name, or None where this state has no whole snapshot."""
    place = folder / (_PREFIX + state)
    try:
        names = sorted(path.stem for path in place.glob("*.parquet"))
        return {name: pl.read_parquet(place / f"{name}.parquet") for name in names} or None
    except (OSError, pl.exceptions.PolarsError):
        return None


def write_snapshot(tables: Mapping[str, pl.DataFrame], folder: Path, *, state: str) -> None:
    """Write the tables and remove snapshots of other states. Raises `OSError`; then nothing is there."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / (_PREFIX + state)
    beside = Path(tempfile.mkdtemp(prefix=".part-", dir=folder))
    try:
        for name, table in tables.items():
            table.write_parquet(beside / f"{name}.parquet", compression="lz4")
        if not place.exists():
            beside.rename(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    for old in folder.glob(f"{_PREFIX}*"):
        if old != place:
            shutil.rmtree(old, ignore_errors=True)
