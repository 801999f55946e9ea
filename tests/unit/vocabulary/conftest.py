import csv
from collections.abc import Callable
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[4] / "shared" / "data" / "reference"
"""Public lists kept beside the repository, never in it: they carry their publishers' licences."""


@pytest.fixture(scope="session")
def reference_rows() -> Callable[[str], list[dict[str, str]]]:
    """Reads a public list by file name, or skips the test where the lists are not at hand."""

    def rows(name: str) -> list[dict[str, str]]:
        path = REFERENCE / name
        if not path.exists():
            pytest.skip(f"the public list {name} is not beside the repository (../shared/data/reference)")
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return rows
