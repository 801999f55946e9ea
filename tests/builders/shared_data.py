"""Real-format files kept beside the repository, never in it: a test that wants one skips without."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared" / "data"


def shared_data(*parts: str) -> Path:
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"The shared data are not beside this repository: {'/'.join(parts)} is missing.")
    return path
