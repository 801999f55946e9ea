"""An index kept in a folder and mapped from it, so that a search on the command line starts at once.

The files hold names: the folder is its owner's alone, as the database is. A folder is written beside and put
in place whole; what cannot be read is none.
"""

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sightline.identity.arrays import Names, Population, Postcodes, Records
from sightline.identity.index import Index, Lexicons, RecordIds
from sightline.identity.lexicons import Lexicon

LAYOUT = 1
_LEXICONS = ("tokens", "sounds", "skeletons", "postcodes", "sectors", "districts", "areas")
_ARRAYS = ("identity", "following", "is_gone", "entries", "directory", "recent", "year_chance")
_VALUES = ("count", "tokens_used", "postcodes_used", "relatives_used", "agencies", "children", "mates")
_ABOUT = "about.json"


def save(index: Index, folder: Path) -> None:
    """Write an index to which nothing was added since it was built into `folder`, whole or not at all."""
    assert not index.record_ids.more, "an index that has grown is built anew before it is kept"
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    making = folder.with_name(f".{folder.name}.making-{os.getpid()}")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    try:
        for name, array in _arrays_of(index).items():
            with open(making / f"{name}.npy", "xb", opener=_for_owner) as file:
                np.save(file, array, allow_pickle=False)
        about = {name: getattr(index, name) for name in _VALUES} | {"layout": LAYOUT}
        with open(making / _ABOUT, "x", opener=_for_owner, encoding="utf-8") as text:
            json.dump(about, text)
        if folder.exists():
            shutil.rmtree(folder, ignore_errors=True)
        making.replace(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _for_owner(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _arrays_of(index: Index) -> dict[str, NDArray[Any]]:
    found = {name: getattr(index, name) for name in _ARRAYS}
    for part in index.population:
        prefix = type(part).__name__.lower()
        found |= {f"{prefix}.{name}": column for name, column in part._asdict().items()}
    for name in _LEXICONS:
        lexicon = getattr(index.lexicons, name)
        found |= {f"lexicon.{name}.texts": lexicon.texts, f"lexicon.{name}.rows": lexicon.rows}
    return found | {"ids.text": index.record_ids.text_bytes, "ids.start": index.record_ids.start}


def load(folder: Path) -> Index | None:
    """The index kept in `folder`, mapped and not read; None where none is there that can be used."""
    with suppress(OSError, EOFError, ValueError, KeyError, TypeError):
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        if about["layout"] != LAYOUT:
            return None
        arrays: dict[str, Any] = {name: _mapped(folder / f"{name}.npy") for name in _ARRAYS}
        return Index(
            population=Population(_part(folder, Records), _part(folder, Names), _part(folder, Postcodes)),
            **arrays,
            **{name: about[name] for name in _VALUES if name != "agencies"},
            agencies=tuple(about["agencies"]),
            record_ids=RecordIds(_mapped(folder / "ids.text.npy"), _mapped(folder / "ids.start.npy")),
            lexicons=Lexicons(
                *(
                    Lexicon(
                        _mapped(folder / f"lexicon.{name}.texts.npy"),
                        _mapped(folder / f"lexicon.{name}.rows.npy"),
                    )
                    for name in _LEXICONS
                )
            ),
        )
    return None


def _part(folder: Path, kind: Any) -> Any:
    prefix = kind.__name__.lower()
    return kind(*(_mapped(folder / f"{prefix}.{name}.npy") for name in kind._fields))


def _mapped(path: Path) -> NDArray[Any]:
    """Mapped so that writing (a search's own row, a record that goes) changes memory and never the file."""
    try:
        return np.asarray(np.load(path, mmap_mode="c", allow_pickle=False))
    except ValueError:
        # An empty array cannot be mapped.
        return np.load(path, allow_pickle=False)  # type: ignore[no-any-return]
