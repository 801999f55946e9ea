"""The sentences that every form of a chronology shares: its heading, its facts, its gaps, its notes."""

from sightline.chronology.entries import Chronology, Entry
from sightline.chronology.pages.columns import REVIEWERS
from sightline.chronology.protection import WITHHELD
from sightline.chronology.same_event import VERSION
from sightline.vocabulary.periods import in_words


def heading_lines(chronology: Chronology) -> list[str]:
    """The title first. It names the child by its reference alone."""
    lines = [
        f"Chronology of child {chronology.child}",
        f"As of {in_words(chronology.as_of)}, from what is held now. Handle as a child's record.",
    ]
    if chronology.is_protected:
        lines.append(f"Places are withheld for this child's safety: “{WITHHELD}” stands for them.")
    if chronology.shown.sentence:
        lines.append(chronology.shown.sentence)
    return lines


def fact_lines(chronology: Chronology) -> list[tuple[str, str, str]]:
    """Question, answer, reason with the entries it rests on."""
    lines = []
    for fact in chronology.facts:
        question = f"{fact.question.label}: {fact.value}" if fact.value else fact.question.label
        rests_on = _listed(fact.rests_on)
        lines.append((question, fact.answer.label, f"{fact.because}{rests_on}"))
    return lines


def gap_lines(chronology: Chronology) -> list[str]:
    return [
        f"{in_words(gap.first)} to {in_words(gap.last)} ({gap.days:,} days): nothing told by "
        f"{gap.agency_name}. {gap.why}"
        for gap in chronology.gaps
    ]


def note_lines(chronology: Chronology) -> list[str]:
    """What reviewers noted beside the source, but for what stands in their own columns."""
    return [
        f"{note.entry or 'The table'}, {note.column}: {note.words} ({note.by}, {in_words(note.on)})"
        if note.column
        else f"{note.entry or 'The table'}: {note.words} ({note.by}, {in_words(note.on)})"
        for note in chronology.notes
        if note.column not in REVIEWERS
    ]


def rest_lines(chronology: Chronology) -> list[str]:
    return [
        f"Accounts were merged by the rules of {VERSION}; no account was left out by merging.",
        "A gap is a question, not a finding. No kind of nothing means that nothing happened.",
    ]


def shown_when(entry: Entry) -> str:
    return entry.when[:1].upper() + entry.when[1:]


def _listed(numbers: tuple[str, ...], most: int = 6) -> str:
    if not numbers:
        return ""
    more = f" and {len(numbers) - most:,} more" if len(numbers) > most else ""
    return f" [{', '.join(numbers[:most])}{more}]"
