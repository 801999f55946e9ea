"""How this room compiles: one way, kept on disk, and never kept past a change.

numba keeps what it compiled beside the file of each function and looks at that file alone, so a function
would go on using the old code of another module that it calls. Here the folder is named after the contents
of every module of the room: change one and all is compiled anew (about a minute, once).
"""

import ast
import hashlib
import os
from pathlib import Path
from typing import Any

import numba as nb

_HERE = Path(__file__).parent


def _contents() -> str:
    found = hashlib.sha256()
    for path in sorted(_HERE.glob("*.py")):
        if "sightline.identity.compiled" in (text := path.read_text(encoding="utf-8")):
            found.update(f"{path.name}\0{_code_of(text)}".encode())
    return found.hexdigest()[:16]


def _code_of(text: str) -> str:
    """What the text does, without its comments and docstrings."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            body[0] = ast.Pass()
    return ast.dump(tree)


def _folder() -> Path:
    beside = _HERE / "__pycache__"
    home = (
        beside
        if os.access(beside if beside.exists() else _HERE, os.W_OK)
        else Path.home() / ".cache/sightline"
    )
    return home / f"compiled-{_contents()}"


nb.config.CACHE_DIR = str(_folder())  # type: ignore[attr-defined]

_SETTINGS: dict[str, Any] = {"cache": True, "nogil": True, "boundscheck": False, "error_model": "numpy"}

fast = nb.njit(**_SETTINGS)
_KERNEL: dict[str, Any] = _SETTINGS | {"_nrt": False}
inlined = nb.njit(**_KERNEL)
"""For what makes no array of its own and is called for every pair: without counting references to each array
that it is handed, a comparison costs a sixth."""
