"""Keeping what reviewers write."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from sightline.access.actions import record_act
from sightline.chronology.annotations.comparing import belongs_to, compared
from sightline.chronology.annotations.notes import NoteKind
from sightline.chronology.annotations.tables import table_from
from sightline.chronology.lookups import chronology_of
from sightline.chronology.models import Annotation
from sightline.vocabulary.decisions import Decision, require


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationResult:
    """What became of a table: how many notes were kept, and of each a sentence for whoever sent it."""

    kept: int
    sentences: tuple[str, ...]


def annotate_from_file(
    child_id: str, content: bytes, *, file_name: str, by: str, as_of: date
) -> AnnotationResult:
    """Keep what a reviewer wrote in a chronology's Word table or CSV, beside the source and never over it.

    The same table again keeps nothing new. Raises `CannotBeRead` for a file that holds no such table and
    `Refusal` for another child's.
    """
    require(_names_somebody(by))
    table = table_from(content, name=file_name)
    file_hash = sha256(content).hexdigest()
    with transaction.atomic():
        chronology = chronology_of(child_id, as_of=as_of, by=by)
        require(belongs_to(table, chronology))
        found = compared(table, chronology, file_hash=file_hash)
        at = timezone.now()
        Annotation.objects.bulk_create(
            [
                Annotation(
                    child=chronology.child,
                    entry=note.entry,
                    kind=note.kind,
                    column=note.column,
                    words=note.words,
                    source_said=note.source_said,
                    by=by.strip(),
                    at=at,
                    file_sha256=file_hash,
                )
                for note in found.notes
            ],
            batch_size=500,
        )
        if found.notes:
            record_act(
                "chronology.annotate_from_file",
                by=by,
                thing_kind="child",
                thing_id=chronology.child,
                fields=sorted({str(NoteKind(note.kind)) for note in found.notes}),
                at=at,
            )
    return AnnotationResult(kept=len(found.notes), sentences=tuple(said for said in found.sentences if said))


def _names_somebody(by: str) -> Decision:
    return Decision(
        allowed=bool(by.strip()),
        reason="Say whose annotations these are: nothing is kept of nobody.",
        basis="record",
    )
