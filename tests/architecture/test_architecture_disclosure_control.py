"""No raw count leaves disclosure_control, and its attack shares nothing with what it attacks."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sightline

ROOT = Path(sightline.__file__).parent
ROOM = ROOT / "disclosure_control"
SAFE_TYPES = {"SafeTable", "SafeFigure", "SafeRelease"}


def modules_outside() -> list[Path]:
    return [path for path in sorted(ROOT.rglob("*.py")) if ROOM not in path.parents]


def names_called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            yield called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")


def modules_imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_safe_types_are_constructed_in_their_room_alone() -> None:
    for path in modules_outside():
        text = path.read_text(encoding="utf-8")
        if not any(name in text for name in SAFE_TYPES):
            continue
        tree = ast.parse(text)
        made = SAFE_TYPES.intersection(names_called(tree))
        assert not made, f"{path} makes {made}"


def test_the_mint_stays_in_its_room() -> None:
    for path in modules_outside():
        assert "_MINT" not in path.read_text(encoding="utf-8"), f"{path} reaches for the mint"


@pytest.mark.parametrize("module", ["attack", "reader"])
def test_the_attack_shares_only_the_sums_with_what_it_attacks(module: str) -> None:
    inside = {name for name in modules_imported(ROOM / f"{module}.py") if "disclosure_control" in name}
    allowed = {"sightline.disclosure_control.equations", "sightline.disclosure_control.reader"}
    assert inside <= allowed


def test_publication_takes_no_counted_release() -> None:
    for path in sorted((ROOT / "publication").rglob("*.py")):
        assert "CountedRelease" not in path.read_text(encoding="utf-8"), f"{path} knows raw counts"
