"""The committed style sheet is what its source compiles to, and borrows nothing that is not ours to use."""

import shutil
import subprocess
from pathlib import Path

import pytest

import sightline.publication

STYLES = Path(sightline.publication.__file__).parent / "pages" / "styles"


def test_committed_sheet_is_the_compiled_source(tmp_path: Path) -> None:
    node = shutil.which("node")
    sass = STYLES / "node_modules" / "sass" / "sass.js"
    if node is None or not sass.exists():
        pytest.skip(
            "Node or its packages are not installed: run “npm ci” in sightline/publication/pages/styles."
        )
    built = tmp_path / "report.css"
    options = ["--load-path=node_modules", "--style=compressed", "--no-source-map", "--quiet-deps"]
    subprocess.run(
        [node, str(sass), *options, "report.scss", str(built)], cwd=STYLES, check=True, timeout=120
    )
    assert built.read_text(encoding="utf-8") == (STYLES / "report.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("word", ["GDS Transport", "@font-face", "url(", "@import", "crown"])
def test_sheet_borrows_nothing(word: str) -> None:
    assert word not in (STYLES / "report.css").read_text(encoding="utf-8")


def test_lock_names_no_registry() -> None:
    assert '"resolved"' not in (STYLES / "package-lock.json").read_text(encoding="utf-8")
