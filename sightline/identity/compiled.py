"""How this room compiles: one way, kept on disk, and never kept past a change.

numba keeps what it compiled beside the file of each function and looks at that file alone, so a function
would go on using the old code of another module that it calls. Here the folder is named after the contents
of every module of the room: change one and all is compiled anew (about a minute, once).
"""

import hashlib
import os
from pathlib import Path
from typing import Any

import numba as nb

_HERE = Path(__file__).parent


def _contents() -> str:
    found = hashlib.sha256()
    for path in sorted(_HERE.glob("*.py")):
        if b"sightline.identity.compiled" in (text := path.read_bytes()):
            found.update(path.name.encode() + b"\0" + text)
    return found.hexdigest()[:16]


def _folder() -> Path:
    beside = _HERE / "__pycache__"
    home = (
        beside
        if os.access(beside if beside.exists() else _HERE, os.W_OK)
        else Path.home() / ".cache/sightline"
    )
    return home / f"compiled-{_contents()}"


nb.config.CACHE_DIR = str(_folder())

_SETTINGS: dict[str, Any] = {"cache": True, "nogil": True, "boundscheck": False, "error_model": "numpy"}

fast = nb.njit(**_SETTINGS)
inlined = nb.njit(**_SETTINGS, _nrt=False)
"""For what makes no array of its own and is called for every pair: without counting references to each array
that it is handed, a comparison costs a sixth."""
