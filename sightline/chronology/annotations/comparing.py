"""A reviewer's table beside the chronology it came from: what was written, changed, added and taken out.

Nothing of it changes the source. What the source says and the table says otherwise is told both ways and kept
as a note.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sightline.chronology.annotations.notes import Note, NoteKind, said_both_ways
from sightline.chronology.annotations.tables import ReviewersTable, TableRow
from sightline.chronology.entries import Chronology, ReviewersEntry
from sightline.chronology.pages.columns import REVIEWERS, Row, csv_rows, word_rows
from sightline.chronology.told import number_of
from sightline.vocabulary.decisions import Decision, allowed, refused

NOT_COMPARED = frozenset(
    {"agency", "record", "collection", "order", "may_be", "differs", "age", "kind", "precision"}
)
"""Columns for programs: spreadsheets mangle them, and no reviewer means anything by it."""


@dataclass(frozen=True, slots=True, repr=False)
class Compared:
    """What is new in a table, in words for whoever sent it, and as notes to be kept."""

    notes: tuple[Note, ...]
    sentences: tuple[str, ...]


def belongs_to(table: ReviewersTable, chronology: Chronology) -> Decision:
    """Whether this is this child's table: at least half of its numbered rows must be."""
    numbers = {row.entry for row in table.rows if row.entry.startswith("E-")}
    known = {account.number for entry in chronology.entries for account in entry.accounts}
    if numbers and len(numbers & known) * 2 < len(numbers):
        return refused(
            f"Of the {len(numbers):,} entries in the table, {len(numbers & known):,} are of child "
            f"{chronology.child}. Is this another child's table? Nothing was kept.",
            basis="annotations belong to the child whose chronology they are about",
        )
    if not table.rows:
        return refused("The table has no rows. Nothing was kept.", basis="annotations")
    return allowed(basis="annotations")


def compared(table: ReviewersTable, chronology: Chronology, *, file_hash: str) -> Compared:
    """Every difference between the table and the chronology as it would be given out now."""
    current = {row.account: row for row in (word_rows if table.is_word else csv_rows)(chronology)}
    entry_of = {account.number: entry.number for entry in chronology.entries for account in entry.accounts}
    own = {each.number: each for each in chronology.reviewers_entries}
    found: list[tuple[Note, str]] = []
    written: dict[tuple[str, str], list[str]] = {}
    seen: set[str] = set()
    entries_seen: set[str] = set()
    for row in table.rows:
        account = row.account or row.entry
        account = account if not table.is_word else entry_of.get(row.entry, row.entry)
        found += _margin(row, entry_of)
        if row.entry.startswith("R-") and row.entry in own:
            found += _of_own(row, own[row.entry])
        elif (
            not row.entry
            or row.entry.startswith("R-")
            or (account in seen and _is_new(row, current[account]))
        ):
            found += _own_entry(row, file_hash)
        elif account in current:
            if account not in seen:
                found += _changed(row, current[account])
            entries_seen.add(entry_of[account])
            for column in REVIEWERS:
                if column in row.cells:
                    written.setdefault((entry_of[account], column), []).append(row.cells[column].strip())
            seen.add(account)
        else:
            found += _on_unknown(row)
    found += _written(written, chronology, current, is_word=table.is_word)
    found += _gone(chronology, entries_seen)
    kept = [(note, said) for note, said in found if not _is_known(note, chronology)]
    return Compared(tuple(note for note, _ in kept), tuple(said for _, said in kept))


_Found = tuple[Note, str]


def _margin(row: TableRow, entry_of: dict[str, str]) -> Iterator[_Found]:
    for words in row.margin:
        note = Note(
            entry=entry_of.get(row.entry, row.entry), kind=NoteKind.MARGIN, column="margin", words=words
        )
        yield note, f"{row.entry or f'Row {row.line}'}: the comment in the margin was kept."


def _changed(row: TableRow, current: Row) -> Iterator[_Found]:
    """Source cells that read otherwise in the table."""
    differing = [
        (column, current.source[column], said)
        for column, said in row.cells.items()
        if column in current.source and column not in NOT_COMPARED
        if not same_words(said, current.source[column])
    ]
    has_moved_on = bool(row.check) and row.check != current.check
    if has_moved_on and number_of("", (current.account, *_as_given(row, current)))[1:7] == row.check:
        return  # the cells are as they were given out: the source has changed since, the reviewer has not
    since = " (the source has changed since the table was made)" if has_moved_on else ""
    for column, source, said in differing:
        note = Note(
            entry=row.entry, kind=NoteKind.CHANGED, column=column, words=said.strip(), source_said=source
        )
        yield (
            note,
            f"{row.entry}, {column}: the source says “{_short(source)}”, your table says "
            f"“{_short(said)}”: kept as a note{since}.",
        )


def _as_given(row: TableRow, current: Row) -> tuple[str, ...]:
    return tuple(row.cells.get(column, "") for column in current.source)


def _is_new(row: TableRow, current: Row) -> bool:
    """A second row under one number: somebody copied a row to write one of their own."""
    return any(
        column in current.source
        and column not in NOT_COMPARED
        and not same_words(said, current.source[column])
        for column, said in row.cells.items()
    )


def _own_entry(row: TableRow, file_hash: str) -> Iterator[_Found]:
    cells = {column: said.strip() for column, said in row.cells.items() if said.strip()}
    if not cells:
        return
    number = number_of(
        "R", (file_hash, str(row.line), *(f"{name}={said}" for name, said in sorted(cells.items())))
    )
    said = f"Row {row.line} is your own: kept as entry {number}."
    for column, words in cells.items():
        yield Note(entry=number, kind=NoteKind.OWN_ENTRY, column=column, words=words), said
        said = ""


def _of_own(row: TableRow, own: ReviewersEntry) -> Iterator[_Found]:
    for column, said in row.cells.items():
        before = own.cells.get(column, "")
        if column == "source" and not before and said.startswith("Reviewer:"):
            continue
        if not same_words(said, before):
            note = Note(
                entry=own.number,
                kind=NoteKind.OWN_ENTRY,
                column=column,
                words=said.strip(),
                source_said=before,
            )
            yield note, f"{own.number}, {column}: your own entry was changed; what it said is kept too."


def _on_unknown(row: TableRow) -> Iterator[_Found]:
    words = "; ".join(
        f"{column}: {row.cells[column].strip()}" for column in REVIEWERS if row.cells.get(column)
    )
    if words:
        note = Note(entry=row.entry, kind=NoteKind.UNKNOWN_ENTRY, column="", words=words)
        yield note, f"{row.entry} is not in this chronology now: what you wrote on it was kept."


def _written(
    written: dict[tuple[str, str], list[str]],
    chronology: Chronology,
    current: dict[str, Row],
    *,
    is_word: bool,
) -> Iterator[_Found]:
    for (entry, column), cells in written.items():
        words = "\n".join(dict.fromkeys(cell for cell in cells if cell))
        rows = [row for row in current.values() if row.entry == entry]
        before = "\n".join(dict.fromkeys(cell for row in rows if (cell := row.cell(column))))
        if not same_words(words, before):
            note = Note(entry=entry, kind=NoteKind.WRITTEN, column=column, words=words, source_said=before)
            yield (
                note,
                f"{entry}: your {column} was {'kept' if words else 'taken back; what it said is kept too'}.",
            )


def _gone(chronology: Chronology, seen: set[str]) -> Iterator[_Found]:
    """Rows that are in the chronology and not in the table; where most are, the table is a part of it."""
    gone = [entry.number for entry in chronology.entries if entry.number not in seen]
    if len(gone) * 2 > len(chronology.entries):
        if seen:
            words = f"The table has {len(seen):,} of {len(chronology.entries):,} entries"
            yield (
                Note(entry="", kind=NoteKind.ROW_GONE, column="", words=f"{words}."),
                f"{words}: taken as a part of the chronology; nothing was taken out.",
            )
        return
    for number in gone:
        yield (
            Note(
                entry=number, kind=NoteKind.ROW_GONE, column="", words="The table has no row for this entry."
            ),
            f"{number}: your table has no row for it; the entry stays, and that is noted.",
        )


def _is_known(note: Note, chronology: Chronology) -> bool:
    """Whether the same was noted before: the same file twice adds nothing."""
    if note.kind is NoteKind.OWN_ENTRY:
        own = next((each for each in chronology.reviewers_entries if each.number == note.entry), None)
        return own is not None and own.cells.get(note.column) == note.words
    if note.kind is NoteKind.WRITTEN:
        return False  # compared with what stands already
    said = said_both_ways(note) if note.kind is NoteKind.CHANGED else note.words
    return any(
        each.kind == note.kind
        and each.column == note.column
        and (each.entry == note.entry or note.entry in each.words or not note.entry)
        and (each.words == said or each.words.endswith(said))
        for each in chronology.notes
    )


def same_words(one: str, other: str) -> bool:
    """Whether two cells say the same after all that Word and spreadsheets do to letters, days and times."""
    return _plain(one) == _plain(other)


_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        "\u00ad": "",
        "\u200b": "",
        "\ufeff": "",
    }
)
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]0?0:00(?::00)?)?$")
_BRITISH = re.compile(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(?: 0?0:00(?::00)?)?$")
_TIME = re.compile(r"^(\d{1,2})[:.](\d{2})(?::\d{2})?$")


def _plain(cell: str) -> str:
    text = unicodedata.normalize("NFKC", cell.translate(_ALIKE))
    text = " ".join(text.split()).casefold().rstrip(". ")
    if found := _TIME.match(text):
        return f"{int(found[1]):02}:{found[2]}"
    day = _day(text)
    return day.isoformat() if day else text


def _day(text: str) -> date | None:
    if found := _ISO.match(text):
        year, month, day = found.groups()
    elif found := _BRITISH.match(text):
        day, month, year = found.groups()
        year = f"20{year}" if len(year) == 2 else year
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _short(words: str, most: int = 80) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[:most].rstrip()}…"
