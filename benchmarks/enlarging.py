"""Makes a register many times as large from the shipped example: every reference gets the copy's number."""

import csv
from collections.abc import Iterator
from pathlib import Path

from sightline.register.shipped_example import EXAMPLE

REFERENCES = {
    "incident_id",
    "child_ref",
    "index_child_ref",
    "notification_id",
    "review_id",
    "local_review_id",
    "source_review_id",
    "recommendation_id",
}


def enlarge(times: int, folder: Path) -> Path:
    """Write `times` copies of the example's rows to `folder`; copy 0 keeps its references."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted(EXAMPLE.glob("*.csv")):
        with source.open(newline="", encoding="utf-8") as text:
            header, *rows = csv.reader(text)
        with (folder / source.name).open("w", newline="", encoding="utf-8") as text:
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(header)
            for copy in range(times):
                writer.writerows(_renamed(header, rows, copy))
    return folder


def _renamed(header: list[str], rows: list[list[str]], copy: int) -> Iterator[list[str]]:
    if copy == 0:
        yield from rows
        return
    places = [place for place, column in enumerate(header) if column in REFERENCES]
    for row in rows:
        copied = list(row)
        for place in places:
            if copied[place]:
                copied[place] += f"-{copy}"
        yield copied
