"""A chronology as plain text, for a terminal and for reading aloud."""

from collections.abc import Iterable, Iterator
from textwrap import fill

from sightline.chronology.entries import Chronology, Entry
from sightline.chronology.pages.columns import (
    COMMENT,
    RESPONSE,
    details_of,
    difference_lines,
    quoted,
    said_by,
    who_of,
)
from sightline.chronology.pages.sayings import (
    fact_lines,
    gap_lines,
    heading_lines,
    note_lines,
    rest_lines,
    shown_when,
)
from sightline.vocabulary.events import EventSensitivity, StatementType
from sightline.vocabulary.periods import in_words

_WIDTH = 100


def as_text(chronology: Chronology) -> str:
    lines: list[str] = []
    title, *about = heading_lines(chronology)
    lines += [title, "=" * len(title), *_filled(about), ""]
    lines += _section("Who was asked, and what came back")
    for line in chronology.coverage:
        name = f"{line.agency_kind.label}: {line.agency_name}" if line.was_asked else line.agency_kind.label
        lines += _filled([f"{name}. {line.sentence}{_records(line.records)}"])
    lines += ["", *_section("Facts")]
    for question, answer, because in fact_lines(chronology):
        lines += [f"  {answer:<10} {question}", *_filled([because], indent=13)]
    lines += [
        "",
        *_section("Gaps"),
        *_filled(gap_lines(chronology) or ["None of the lengths that are looked for."]),
    ]
    lines += ["", *_section(f"Entries ({len(chronology.entries):,})")]
    for entry in chronology.entries:
        lines += ["", *_entry(entry, chronology)]
    for own in chronology.reviewers_entries:
        said = "; ".join(f"{name}: {words}" for name, words in own.cells.items() if words)
        lines += [
            "",
            f"Reviewer's own entry   {own.number}",
            *_filled([f"{said} ({own.by}, {in_words(own.on)})"], indent=4),
        ]
    if notes := note_lines(chronology):
        lines += ["", *_section("Reviewers' notes on the source"), *_filled(notes)]
    lines += ["", *_filled(rest_lines(chronology))]
    return "\n".join(lines) + "\n"


def _entry(entry: Entry, chronology: Chronology) -> Iterator[str]:
    time = f", {entry.time}" if entry.time else ""
    age = f" (aged {entry.age})" if entry.age[:1].isdigit() else f" ({entry.age})" if entry.age else ""
    yield f"{shown_when(entry)}{time}{age} | {entry.kind.label} | {entry.number}"
    for account in entry.accounts:
        marks = [account.agency_name, f"record {account.record_id}", account.source]
        if account.made_on:
            marks.append(f"extract of {in_words(account.made_on)}")
        if account.statement is not StatementType.FACT:
            marks.append(account.statement.label.upper())
        if account.sensitivity is not EventSensitivity.ORDINARY:
            marks.append(account.sensitivity.label.partition(":")[0].upper())
        yield from _filled([" | ".join(marks)], indent=4)
        yield from _filled([said_by(account, entry)], indent=8)
        if account.text:
            yield from _filled(quoted(account.text).splitlines(), indent=8)
        if details := details_of(account):
            yield from _filled([details], indent=8)
        if who := who_of(account):
            yield from _filled([f"Who: {who}"], indent=8)
    yield from _filled(difference_lines(entry), indent=4)
    if entry.may_be:
        yield f"    May be the same event as {', '.join(entry.may_be)}: not merged."
    for note in chronology.notes:
        if note.entry == entry.number and note.column in (RESPONSE, COMMENT) and note.words:
            yield from _filled(
                [f"Reviewer's {note.column} ({note.by}, {in_words(note.on)}): {note.words}"], indent=4
            )


def _section(title: str) -> list[str]:
    return [title, "-" * len(title)]


def _filled(paragraphs: Iterable[str], *, indent: int = 2) -> list[str]:
    space = " " * indent
    return [
        fill(
            paragraph,
            _WIDTH,
            initial_indent=space,
            subsequent_indent=space,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for paragraph in paragraphs
    ]


def _records(records: tuple[str, ...]) -> str:
    return f" Records: {', '.join(records)}." if records else ""
