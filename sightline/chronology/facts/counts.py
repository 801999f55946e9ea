"""What is counted: missing episodes, missed health appointments, domestic abuse incidents."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sightline.chronology.days import birthday
from sightline.chronology.detail_names import detail
from sightline.chronology.entries import Entry, Fact, Question
from sightline.chronology.facts.story import Story, numbers, silence_on
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.codes import YesNoNotKnown
from sightline.vocabulary.events import EventKind
from sightline.vocabulary.periods import in_words


@dataclass(frozen=True, slots=True)
class _Counted:
    question: Question
    kinds: frozenset[EventKind]
    knowers: tuple[AgencyKind, ...]


_COUNTED = (
    _Counted(
        Question.MISSING,
        frozenset({EventKind.MISSING_EPISODE}),
        (AgencyKind.POLICE, AgencyKind.SOCIAL_CARE),
    ),
    _Counted(Question.MISSED_HEALTH, frozenset({EventKind.WAS_NOT_BROUGHT}), (AgencyKind.HEALTH,)),
    _Counted(Question.DOMESTIC_ABUSE, frozenset({EventKind.DOMESTIC_ABUSE}), (AgencyKind.POLICE,)),
)


def count_facts(story: Story) -> Iterator[Fact]:
    return (_count(story, each) for each in _COUNTED)


def _count(story: Story, counted: _Counted) -> Fact:
    entries = story.of_kinds(counted.kinds)
    if not entries:
        silence = silence_on(story, counted.kinds, counted.knowers, ever=True)
        answer = YesNoNotKnown.NO if silence.means_no else YesNoNotKnown.NOT_KNOWN
        return Fact(counted.question, answer, silence.because, story.as_of)
    totals = {entry.number: total for entry in entries if (total := _total_in(entry))}
    summed = [entry for entry in entries if entry.number in totals]
    entries = tuple(entry for entry in entries if entry.number not in totals)
    since = _a_year_before(story.as_of)
    recent = [entry for entry in entries if entry.stretch and entry.stretch[1] >= since]
    undated = [entry for entry in entries if entry.stretch is None]
    because = (
        f"{len(entries):,} told of in all, {len(recent):,} of them in the 12 months to "
        f"{in_words(story.as_of)}."
    )
    if undated:
        because += f" {len(undated):,} without a date could be in either."
    in_all = f"{len(entries):,}"
    if summed:
        most = max(totals.values())
        because += f" Besides, {most:,} are told of as a number without days; these may be among them."
        in_all = f"at least {max(most, len(entries)):,}"
    return Fact(
        counted.question,
        YesNoNotKnown.YES,
        because + _not_heard(story, counted),
        story.as_of,
        value=f"{in_all} in all, {len(recent):,} dated in 12 months"
        if summed
        else f"{in_all} in all, {len(recent):,} in 12 months",
        rests_on=numbers((*entries, *summed)),
    )


def _total_in(entry: Entry) -> int:
    """How many events an entry stands for that tells their number and not their days; 0 for one event."""
    told = (detail(account.details, "missing episodes") for account in entry.accounts)
    return max((int(number) for number in told if number.isdecimal()), default=0)


def _not_heard(story: Story, counted: _Counted) -> str:
    """The count is of what was told: whoever would know and has not told is named."""
    silent = [
        line.agency_name
        for line in story.coverage
        if line.agency_kind in counted.knowers
        and (not line.was_asked or not _told(line.agency, story.entries))
        if not line.was_asked or line.nothing is not None
    ]
    return f" Not counting what {' and '.join(silent)} may hold." if silent else ""


def _told(agency: str, entries: tuple[Entry, ...]) -> bool:
    return any(agency in entry.agencies for entry in entries)


def _a_year_before(day: date) -> date:
    return birthday(day, -1)
