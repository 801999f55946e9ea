"""`manifest.json`: what a report was made from and with, and the hash of each of its files. No times."""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

MANIFEST = "manifest.json"
RUN_LOG = "run.log"
KIND = "sightline report, layout 1"

_LIBRARIES = (
    *("jinja2", "numpy", "odfdo", "polars", "scipy"),
    *("typst", "vl-convert-python", "xlsxwriter", "govuk-frontend-jinja", "font-lato"),
)


class NotAReport(FileNotFoundError):
    """A folder is not a report of ours. Its text is fit to be shown."""


def manifest(described: Mapping[str, Any], *, files: Mapping[str, bytes]) -> dict[str, Any]:
    """`described` with what made it and the hash of each file."""
    return {
        "kind": KIND,
        **described,
        "made_with": made_with(),
        "files": {name: sha256(content).hexdigest() for name, content in sorted(files.items())},
    }


@cache
def made_with() -> Mapping[str, Any]:
    """The versions that a report depends on, and one hash of Sightline's own code."""
    return {
        "sightline": version("sightline"),
        "sightline_code_sha256": _hash_of_code(),
        "python": python_version(),
        "libraries": {name: version(name) for name in _LIBRARIES},
    }


def _hash_of_code() -> str:
    """Of every file of the package, by its path: two checkouts of one commit have one hash."""
    package = Path(__file__).resolve().parents[1]
    digest = sha256()
    for path in sorted(package.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(package).as_posix().encode() + b"\0")
            digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """Raises `NotAReport` where the folder holds no manifest of ours."""
    try:
        stored = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise NotAReport(f"{folder} is not a report: it holds no {MANIFEST}.") from None
    except (ValueError, UnicodeDecodeError):
        raise NotAReport(f"{folder} is not a report: its {MANIFEST} cannot be read.") from None
    if (
        not isinstance(stored, dict)
        or stored.get("kind") != KIND
        or not isinstance(stored.get("files"), dict)
    ):
        raise NotAReport(f"{folder} is not a report: its {MANIFEST} is not one of ours.")
    return stored


def files_in(folder: Path) -> tuple[str, ...]:
    """Every file of the folder but the manifest and the log, by its path inside it."""
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return tuple(sorted(name for name in paths if name not in (MANIFEST, RUN_LOG)))


def differences(folder: Path, stored: Mapping[str, Any]) -> tuple[str, ...]:
    """The files that were changed, removed or added since the manifest was written."""
    hashes: Mapping[str, str] = stored["files"]
    present = set(files_in(folder))
    changed = {
        name
        for name in present & set(hashes)
        if sha256((folder / name).read_bytes()).hexdigest() != hashes[name]
    }
    return tuple(sorted(changed | (present ^ set(hashes))))


def as_json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=False) + "\n").encode()
