"""One thing that a reviewer wrote, changed, added or took out, and what of it stands now."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sightline.chronology.entries import Entry, ReviewersEntry, ReviewersNote
from sightline.vocabulary.codes import Code


class NoteKind(Code):
    """What a reviewer did."""

    WRITTEN = "written", "Written in a column for reviewers"
    MARGIN = "margin", "Written in the margin"
    CHANGED = "changed", "A source's cell changed in the table"
    OWN_ENTRY = "own_entry", "An entry of the reviewer's own"
    ROW_GONE = "row_gone", "A row taken out of the table"
    UNKNOWN_ENTRY = "unknown_entry", "Written on an entry that this chronology does not have"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Note:
    """As it is kept. `entry` is the number in the table; `source_said` what stood there by the source."""

    entry: str
    kind: NoteKind
    column: str
    words: str
    source_said: str = ""
    by: str = ""
    at: datetime | None = None


def standing_notes(
    notes: Iterable[Note], entries: Sequence[Entry], shown: Callable[[str], str]
) -> tuple[tuple[ReviewersNote, ...], tuple[ReviewersEntry, ...]]:
    """What stands of the notes given oldest first: of a reviewers' cell the last words, all else as it came.

    A note finds its entry by any account of it, so it stays when entries are merged. Where its entry is no
    longer this child's (withdrawn, or another child's after all), only that there is a note is said.
    `shown` withholds places in what reviewers wrote too.
    """
    entry_of = {account.number: entry.number for entry in entries for account in entry.accounts}
    standing: dict[tuple[str, ...], ReviewersNote] = {}
    own: dict[str, ReviewersEntry] = {}
    for note in notes:
        assert note.at is not None
        on = note.at.date()
        if note.kind is NoteKind.OWN_ENTRY:
            before = own.get(note.entry)
            cells = (dict(before.cells) if before else {}) | {note.column: shown(note.words)}
            own[note.entry] = ReviewersEntry(note.entry, cells, note.by, on)
            continue
        entry = entry_of.get(note.entry, "")
        words = shown(_said(note, is_left=bool(entry)))
        key: tuple[str, ...] = (entry or note.entry, str(note.kind), note.column)
        if note.kind is not NoteKind.WRITTEN or not entry:
            key = (*key, note.words, note.by)
        standing[key] = ReviewersNote(entry, str(note.kind), note.column if entry else "", words, note.by, on)
    return tuple(standing.values()), tuple(own.values())


def said_both_ways(note: Note) -> str:
    """What the source says and what the table says, each on one line."""
    source, table = (" ".join(words.split()) for words in (note.source_said, note.words))
    return f"the source says “{source}”, the table says “{table}”"


def _said(note: Note, *, is_left: bool) -> str:
    if note.entry and not is_left and note.kind is not NoteKind.UNKNOWN_ENTRY:
        return f"on {note.entry}, which is not in this chronology now: kept, and not shown here"
    if note.kind is NoteKind.UNKNOWN_ENTRY:
        return f"on {note.entry}: {note.words}"
    if note.kind is NoteKind.CHANGED:
        return said_both_ways(note)
    return note.words
