"""Putting a report's folder in place whole, or not at all."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from sightline.publication.manifest import RUN_LOG, NotAReport, files_in, read_manifest
from sightline.vocabulary.decisions import Decision, allowed, refused

BASIS = "A report never overwrites anything but a draft report"


def may_hold_a_report(out: Path) -> Decision:
    """A new report goes where there is nothing, an empty folder, or an untouched list of draft files."""
    if not out.exists() and not out.is_symlink():
        return allowed(basis=BASIS)
    if not out.is_dir():
        return refused(f"{out} is a file; name a folder for the report.", basis=BASIS)
    if not any(out.iterdir()):
        return allowed(basis=BASIS)
    try:
        stored = read_manifest(out)
    except NotAReport:
        return refused(f"{out} holds something that is not a report; name another folder.", basis=BASIS)
    if stored.get("status") != "draft":
        return refused(f"{out} holds an approved release, which is kept; name another folder.", basis=BASIS)
    foreign = set(files_in(out)) - set(stored["files"])
    if foreign:
        return refused(
            f"{out} holds files that the report did not write ({min(foreign)}); move them first.", basis=BASIS
        )
    return allowed(basis=BASIS)


def put_in_place(out: Path, files: Mapping[str, bytes]) -> None:
    """Write the files beside `out`, then swap folders. On any fault or interruption `out` is as it was."""
    out = out.resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    making = out.with_name(f".{out.name}.making-{os.getpid()}")
    replaced = out.with_name(f".{out.name}.replaced-{os.getpid()}")
    try:
        _write(making, files)
        _swap(making, out, replaced)
    finally:
        shutil.rmtree(making, ignore_errors=True)
        if out.exists():
            shutil.rmtree(replaced, ignore_errors=True)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _swap(making: Path, out: Path, replaced: Path) -> None:
    try:
        if out.exists():
            out.rename(replaced)
        making.rename(out)
    except BaseException:  # Ctrl-C between the two renames must not lose the old report either
        if replaced.exists() and not out.exists():
            replaced.rename(out)
        raise


def read_log(folder: Path) -> str:
    path = folder / RUN_LOG
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
