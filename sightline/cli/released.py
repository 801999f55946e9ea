"""Which releases were approved from this data folder, so that a new report is not made as if they were not.

What has been published cannot be called back: two releases of one year differ by whoever was added between
them. The list names folders and periods and holds no number.
"""

import json
from pathlib import Path

from sightline.vocabulary.periods import Period

LIST = "released.jsonl"


def remember(folder: Path, *, period: Period, home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    entry = {"folder": str(folder.absolute()), "period": period.label}
    with (home / LIST).open("a", encoding="utf-8") as text:
        text.write(json.dumps(entry, ensure_ascii=False) + "\n")


def not_given(previous: tuple[Path, ...], *, home: Path) -> tuple[str, ...]:
    """A line for each approved release that the new report was not told of."""
    if not (home / LIST).exists():
        return ()
    told = {str(folder.absolute()) for folder in previous}
    lines = (home / LIST).read_text(encoding="utf-8").splitlines()
    entries = {entry["folder"]: entry["period"] for entry in map(json.loads, lines)}
    return tuple(f"{period}: {folder}" for folder, period in entries.items() if folder not in told)
