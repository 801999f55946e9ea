"""Attendance, persistent and severe absence, and whether a child of school age is in no school."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from sightline.chronology.days import school_age, school_year_of
from sightline.chronology.detail_names import detail
from sightline.chronology.entries import Account, Entry, Fact, Question
from sightline.chronology.facts.story import (
    Story,
    has_no_told_end,
    is_open_on,
    numbers,
    open_accounts,
    silence_on,
)
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.codes import YesNoNotKnown
from sightline.vocabulary.events import EventKind as E
from sightline.vocabulary.events import Nothing
from sightline.vocabulary.periods import in_words

PERSISTENT = Decimal(10)
"""Per cent of possible sessions missed; the department's threshold since 2015/16."""
SEVERE = Decimal(50)

_EDUCATION = (AgencyKind.EDUCATION,)
OUT_OF_SCHOOL = (E.HOME_EDUCATION, E.EXCLUSION)


@dataclass(frozen=True, slots=True, repr=False)
class Absence:
    """How much was missed of what was possible; without sessions, the percentage as it was told."""

    entry: Entry
    account: Account
    possible: int | None
    missed: int | None
    percentage: Decimal

    @property
    def has_sessions(self) -> bool:
        return self.possible is not None


def schooling_facts(story: Story) -> Iterator[Fact]:
    yield from _absence_facts(story)
    yield _not_in_school(story)


def _absence_facts(story: Story) -> Iterator[Fact]:
    entries = story.of_kinds({E.ATTENDANCE})
    told = [found for entry in entries if (found := absence_in(entry))]
    measured = _latest_year(told, story.as_of)
    for question, threshold in (
        (Question.PERSISTENTLY_ABSENT, PERSISTENT),
        (Question.SEVERELY_ABSENT, SEVERE),
    ):
        if entries and not measured:
            because = "Attendance is told, but not how much was missed of what was possible."
            yield Fact(question, YesNoNotKnown.NOT_KNOWN, because, story.as_of, rests_on=numbers(entries))
            continue
        if not measured:
            because = silence_on(story, {E.ATTENDANCE}, _EDUCATION, ever=False).because
            because = because if "would know" not in because else f"No attendance is told. {because}"
            yield Fact(question, YesNoNotKnown.NOT_KNOWN, because, story.as_of)
            continue
        missed, said = _missed(measured)
        answer = YesNoNotKnown.YES if missed >= threshold else YesNoNotKnown.NO
        percent = missed.quantize(Decimal("0.1"), ROUND_HALF_UP)
        rests_on = numbers(each.entry for each in measured)
        yield Fact(question, answer, said, story.as_of, f"{percent}% missed", rests_on)


def absence_in(entry: Entry) -> Absence | None:
    """What an entry's accounts say of attendance: sessions before percentages, the newest extract first."""
    read = [found for account in entry.accounts if (found := _absence(entry, account))]
    return min(
        read,
        key=lambda each: (
            not each.has_sessions,
            -(each.account.made_on or date.min).toordinal(),
            each.account.number,
        ),
        default=None,
    )


def _absence(entry: Entry, account: Account) -> Absence | None:
    details = account.details
    possible = _whole(detail(details, "sessions possible"))
    if possible:
        missed = _whole(detail(details, "sessions missed"))
        authorised = _whole(detail(details, "sessions authorised"))
        unauthorised = _whole(detail(details, "sessions unauthorised"))
        attended = _whole(detail(details, "sessions attended"))
        if missed is None and (authorised is not None or unauthorised is not None):
            missed = (authorised or 0) + (unauthorised or 0)
        if missed is None and attended is not None:
            missed = possible - attended
        if missed is not None and 0 <= missed <= possible:
            return Absence(entry, account, possible, missed, Decimal(100 * missed) / possible)
    attended_pct = _percentage(detail(details, "percentage attended"))
    if attended_pct is not None:
        return Absence(entry, account, None, None, 100 - attended_pct)
    missed_pct = _percentage(detail(details, "percentage missed"))
    return Absence(entry, account, None, None, missed_pct) if missed_pct is not None else None


def _latest_year(told: Sequence[Absence], as_of: date) -> list[Absence]:
    """What is told of the newest school year, each stretch once; undated only where nothing is dated."""
    dated = [each for each in told if each.entry.on is not None]
    if not dated:
        return list(told)
    # By its last day: the autumn's sessions are counted from August, before the school year.
    newest = max(school_year_of(_stretch(each)[1])[0] for each in dated)
    of_year = [each for each in dated if school_year_of(_stretch(each)[1])[0] == newest]
    if any(each.has_sessions for each in of_year):
        of_year = [each for each in of_year if each.has_sessions]
    kept: list[Absence] = []
    for each in sorted(of_year, key=lambda one: (-_days(one), one.entry.number)):
        if not any(_overlap(each, other) for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda one: (one.entry.on or date.min, one.entry.number))


def _overlap(one: Absence, other: Absence) -> bool:
    """Of one school, or not both of a named one, over days that meet: one tells what the other tells."""
    schools = {detail(each.account.details, "school") for each in (one, other)} - {""}
    if len(schools) > 1:
        return False
    a, b = _stretch(one), _stretch(other)
    return a[0] <= b[1] and b[0] <= a[1]


def _stretch(each: Absence) -> tuple[date, date]:
    first, last = each.account.stretch or (date.min, date.min)
    return first, each.account.until or last


def _days(each: Absence) -> int:
    first, last = _stretch(each)
    return (last - first).days


def _missed(measured: Sequence[Absence]) -> tuple[Decimal, str]:
    """The percentage missed, and in what words."""
    year = ""
    if measured[0].entry.on is not None:
        first, last = school_year_of(_stretch(measured[0])[1])
        until = max(_stretch(each)[1] for each in measured)
        year = f" in the school year {first.year}/{last.year % 100:02d}"
        year += f" (told to {in_words(min(until, last))})"
    else:
        year = "; of which period is not told"
    if measured[0].has_sessions:
        possible = sum(each.possible or 0 for each in measured)
        missed = sum(each.missed or 0 for each in measured)
        said = f"From sessions: {missed:,} of {possible:,} possible sessions missed{year}."
        return Decimal(100 * missed) / possible, said
    shares = [each.percentage for each in measured]
    mean = sum(shares, Decimal()) / len(shares)
    if len(shares) == 1:
        return mean, f"From a percentage, without sessions: {mean.normalize():f}% missed{year}."
    said = f"From {len(shares)} percentages, without sessions, their plain mean{year}."
    return mean, said


def _not_in_school(story: Story) -> Fact:
    question = Question.NOT_IN_SCHOOL
    if story.born is None:
        because = "Whether the child is of school age is not known: no date of birth that all records share."
        return Fact(question, YesNoNotKnown.NOT_KNOWN, because, story.as_of)
    first, last = school_age(story.born)
    if not first <= story.as_of <= last:
        because = f"Not of compulsory school age, which is from {in_words(first)} to {in_words(last)}."
        return Fact(question, YesNoNotKnown.NO, because, story.as_of, value="not of school age")
    rolls = story.of_kinds({E.SCHOOL_ROLL})
    on_roll = [entry for entry in rolls if any(open_accounts(entry, story.as_of))]
    out = [entry for entry in story.of_kinds(OUT_OF_SCHOOL) if _still_out(entry, rolls, story.as_of)]
    if out and not _on_roll_since(out[-1], on_roll):
        because = f"{out[-1].kind.label}, {out[-1].when}, and no school's roll is told of since."
        return Fact(question, YesNoNotKnown.YES, because, story.as_of, rests_on=numbers(out))
    if on_roll:
        because = f"{on_roll[-1].kind.label}, {on_roll[-1].when}."
        return Fact(question, YesNoNotKnown.NO, because, story.as_of, rests_on=numbers(on_roll))
    lines = story.by_agencies_of(AgencyKind.EDUCATION)
    silence = silence_on(story, {E.SCHOOL_ROLL}, _EDUCATION, ever=False)
    if silence.means_no and all(line.nothing is Nothing.NONE_HELD or rolls for line in lines):
        because = silence.because.replace(" none", " no roll that the child is on", 1)
        return Fact(question, YesNoNotKnown.YES, because, story.as_of, rests_on=numbers(rolls))
    endless = [entry for entry in rolls if has_no_told_end(entry)]
    if endless:
        because = f"{endless[-1].kind.label}, {endless[-1].when}: whether it has ended is not told."
        return Fact(question, YesNoNotKnown.NOT_KNOWN, because, story.as_of, rests_on=numbers(endless))
    because = silence.because if not silence.means_no else "A record is held and no roll is told of."
    return Fact(question, YesNoNotKnown.NOT_KNOWN, because, story.as_of)


def _still_out(entry: Entry, rolls: Sequence[Entry], as_of: date) -> bool:
    if entry.kind is E.EXCLUSION:
        return entry.on is not None
    return has_no_told_end(entry) or any(is_open_on(account, as_of) for account in entry.accounts)


def _on_roll_since(out: Entry, on_roll: Sequence[Entry]) -> bool:
    return any(out.on is not None and roll.on is not None and roll.on > out.on for roll in on_roll)


def _whole(text: str) -> int | None:
    return int(text) if text.strip().isdecimal() else None


def _percentage(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().removesuffix("%").strip())
    except InvalidOperation:
        return None
    return number if 0 <= number <= 100 else None
