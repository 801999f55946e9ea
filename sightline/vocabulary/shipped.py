"""The one door to the dated tables that ship with this room (`tables/SOURCES.md` says whence and when)."""

import csv
from pathlib import Path

_FOLDER = Path(__file__).parent / "tables"


def shipped_rows(table: str) -> list[dict[str, str]]:
    """The rows of `tables/<table>.csv` by column name; an empty cell is an empty string."""
    with (_FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))
