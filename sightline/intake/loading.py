"""One file into the tables, chunk by chunk, invisible until `actions` says that all of it is there."""

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import transaction

from sightline.intake.accounting import Counts, Judging, in_their_columns
from sightline.intake.declaration import CannotBeRead, Format, Header
from sightline.intake.models import Extract, HeldFinding
from sightline.intake.reading.faults import RULES
from sightline.intake.sources import Source
from sightline.intake.storing import Chunk, count_stored, remove_in_parts
from sightline.vocabulary.findings import Finding, Place
from sightline.vocabulary.progress import Progress

_PIECE = 1 << 20


class LoadStopped(OSError):
    """The load could not be brought to an end, and nothing of it can be seen. Its text is fit to be shown."""


@dataclass(frozen=True, slots=True)
class Remainder:
    """What is still to be stored when a file has been read to its end, with the counts of all of it."""

    chunk: Chunk
    counts: Counts


def store_records(
    source: Source, form: Format, header: Header, *, extract: Extract, progress: Progress
) -> Remainder:
    """Judge every record of the file and store those that are not stored yet, all but the last chunk.

    That one is stored with the act that makes the extract visible, so that no load can die between the two.

    A load that was killed is taken up again: what is stored is judged once more, because later records are
    judged against it, and only the rest is written. Raises `CannotBeRead`, `LoadStopped`.
    """
    stored = extract.read
    before = _marks(source.path)
    judging = Judging(form, header, as_of=extract.as_of, reshaping=source.reshaping)
    chunk = Chunk(extract.pk, extract.agency_id)
    with _seldom_collecting():
        for raw in form.records(source):
            outcome = judging.outcome(raw)
            number = judging.counts.read
            if number > stored:
                chunk.add(number, outcome)
                if chunk.is_full:
                    store(chunk, extract, judging.counts)
                    chunk = Chunk(extract.pk, extract.agency_id)
                    progress("loading", number, 0)
    if not judging.counts.read:
        source.findings.append(RULES["no_records"].at(Place(source.name)))
    about_file = tuple(_about_file(source, header, judging.end()))
    if _marks(source.path) != before:
        raise LoadStopped(f"{source.name} was changed while it was read, so nothing of it was loaded.")
    chunk.add_about_file(about_file)
    judging.counts.findings += len(about_file)
    progress("loading", judging.counts.read, 0)
    return Remainder(chunk, judging.counts)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Records hold no cycles, and looking for some in every chunk takes a tenth of a load."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _about_file(source: Source, header: Header, end: tuple[Finding, ...]) -> list[Finding]:
    """What is said of the file as a whole, each once. One error among it and the file is not taken."""
    found = list(dict.fromkeys((*header.findings, *source.findings, *end)))
    for finding in found:
        if finding.is_error:
            raise CannotBeRead(finding)
    return list(in_their_columns(found, source.reshaping)) if source.reshaping else found


def store(chunk: Chunk, extract: Extract, counts: Counts) -> None:
    """The rows and how far the load has come, both or neither."""
    with transaction.atomic():
        chunk.store()
        Extract.objects.filter(pk=extract.pk).update(**counts.as_dict())


def check_balance(extract: Extract, counts: Counts) -> None:
    """Count what is stored, and raise `LoadStopped` where it is not what was read."""
    told = counts.as_dict()
    wrong = {
        name: (told[name], stored)
        for name, stored in count_stored(extract.pk).items()
        if told[name] != stored
    }
    if wrong or not counts.balance:
        said = ", ".join(
            f"{name}: {read:,} read, {stored:,} stored" for name, (read, stored) in wrong.items()
        )
        raise LoadStopped(
            f"The counts do not balance ({said or 'records were lost'}), so nothing was loaded. "
            "Please report this."
        )


def is_intact(extract: Extract) -> bool:
    """Whether a load that was killed holds what it says, so that it can be taken up."""
    return all(getattr(extract, name) == stored for name, stored in count_stored(extract.pk).items())


def remove_records(extract: Extract, *, keep_findings: bool = False) -> None:
    """Take away what was stored of a load that ends here. It was never visible."""
    parts = remove_in_parts(extract.pk, keep=(HeldFinding,) if keep_findings else ())
    is_over = False
    while not is_over:
        with transaction.atomic():
            is_over = next(parts, _OVER) is _OVER


_OVER = object()


def _marks(path: Path) -> tuple[int, int]:
    about = path.stat()
    return about.st_size, about.st_mtime_ns


def digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


@cache
def code_version() -> str:
    """A word that changes with the code that reads and judges: another might put records in another order."""
    digest = hashlib.sha256()
    room = Path(__file__).parent
    for path in sorted(room.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
