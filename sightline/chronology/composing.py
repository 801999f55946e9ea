"""One account of one child from everything that was told: merged, ordered, protected, questioned."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from sightline.chronology.annotations.notes import Note, standing_notes
from sightline.chronology.coverage import coverage_of, gathered
from sightline.chronology.days import age_on, written
from sightline.chronology.detail_names import SAFE_IF_PROTECTED, folded, our_name
from sightline.chronology.entries import Account, Chronology, Difference, Entry, Shown
from sightline.chronology.facts import facts_of
from sightline.chronology.facts.story import Story
from sightline.chronology.gaps import gaps_in
from sightline.chronology.merging import Group, merged
from sightline.chronology.protection import Withholding, account_of, withholding
from sightline.chronology.told import AccountedEvent, AgencyAnswer, HeldRecord, Tells, number_of
from sightline.vocabulary.events import EventKind
from sightline.vocabulary.periods import in_words


def compose(
    child: str,
    *,
    told: Sequence[AccountedEvent],
    records: Sequence[HeldRecord],
    answers: Sequence[AgencyAnswer] = (),
    names: Mapping[str, str] | None = None,
    notes: Sequence[Note] = (),
    as_of: date,
    shown: Shown | None = None,
) -> Chronology:
    """The chronology of one child up to `as_of`; what is dated later is left out.

    `names` are the agencies' names by code, `notes` what reviewers wrote, the oldest first. Nothing else
    depends on the order of what is given.
    """
    names = names or {}
    shown = shown or Shown()
    told = [each for each in told if each.event.on is None or each.event.on <= as_of]
    withheld = withholding(records, told)
    born = _born(records)
    entries = _ordered(_entries(merged(told), withheld, names, born))
    answers = [
        replace(
            each, why=withheld.shown(each.why), told_to=min(each.told_to, as_of) if each.told_to else None
        )
        for each in answers
    ]
    coverage = coverage_of(answers, told, records, names=names)
    coverage = tuple(
        replace(line, records=tuple(withheld.shown(record) for record in line.records)) for line in coverage
    )
    tells: dict[str, Tells] = {}
    for answer in answers:
        tells[answer.agency] = tells.get(answer.agency, Tells()) | answer.tells
    standing, own = standing_notes(notes, entries, withheld.shown)
    taken = tuple(entry for entry in entries if shown.takes(entry))
    numbers_shown = {entry.number for entry in taken}
    return Chronology(
        child=child,
        as_of=as_of,
        entries=taken,
        coverage=gathered(coverage),
        gaps=gaps_in(entries, coverage, born=born, as_of=as_of),
        facts=facts_of(Story(entries, coverage, tells, as_of, born)),
        notes=tuple(note for note in standing if not note.entry or note.entry in numbers_shown),
        reviewers_entries=own,
        is_protected=bool(withheld),
        shown=shown,
    )


def _born(records: Iterable[HeldRecord]) -> date | None:
    """The date of birth that every record which has one shares; None where they differ."""
    born = {held.person.born_on for held in records if held.person.born_on and not held.person.is_adult}
    return next(iter(born)) if len(born) == 1 else None


def _entries(
    groups: Iterable[Group], withheld: Withholding, names: Mapping[str, str], born: date | None
) -> list[Entry]:
    groups = list(groups)
    number_by_account = _numbers(account for group in groups for account in group.accounts)
    return [_entry(group, number_by_account, withheld, names, born) for group in groups]


def _numbers(accounts: Iterable[AccountedEvent]) -> dict[int, str]:
    """By the account's identity here. Two accounts that share a key, which no source should send, are told
    apart by what they say."""
    numbered = [(each, each.number) for each in accounts]
    often = Counter(number for _, number in numbered)
    return {
        id(each): number if often[number] == 1 else number_of("E", (*each.key, each.content))
        for each, number in numbered
    }


def _entry(
    group: Group,
    numbers: Mapping[int, str],
    withheld: Withholding,
    names: Mapping[str, str],
    born: date | None,
) -> Entry:
    accounts = tuple(
        account_of(each, withheld, agency_name=names.get(each.agency, ""), number=numbers[id(each)])
        for each in group.accounts
    )
    stretch = accounts[0].stretch
    return Entry(
        number=accounts[0].number,
        kind=group.kind,
        accounts=accounts,
        differences=differences_between(accounts) if len(accounts) > 1 else (),
        same_by=group.same_by,
        may_be=tuple(sorted(numbers[id(each)] for each in group.may_be)),
        age=age_on(born, stretch) if born and stretch else "",
    )


def differences_between(accounts: Sequence[Account]) -> tuple[Difference, ...]:
    """Each point on which two accounts both say something, and not the same."""
    points: dict[str, list[tuple[str, str]]] = {}
    for account in accounts:
        for about, said in _points(account):
            if said:
                points.setdefault(about, []).append((account.number, said))
    return tuple(
        Difference(about, tuple(said))
        for about, said in points.items()
        if len({_compared(words) for _, words in said}) > 1
    )


def _compared(words: str) -> str:
    """“6” and “6: Police” say the same: the second adds what the code means."""
    code, colon, meaning = words.partition(": ")
    return folded(code if colon and meaning else words)


def _points(account: Account) -> Iterable[tuple[str, str]]:
    yield "the day", written(account.on, account.precision)
    yield "the end", in_words(account.until) if account.until and account.until != account.on else ""
    yield "the time", account.time
    yield "what kind of statement it is", account.statement.label
    for name, value in account.details.items():
        ours = our_name(name)
        if not account.where_withheld or ours in SAFE_IF_PROTECTED:
            yield ours, value


_KINDS = {kind: place for place, kind in enumerate(EventKind)}


def _ordered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By day, what is less exact before what is more, by time, and those without a date last.

    Within a day, entries without a time come first, in the order in which one thing leads to another.
    """
    by_day = sorted(
        entries,
        key=lambda entry: (
            entry.on is None,
            entry.on or date.max,
            -((stretch[1] - stretch[0]).days if (stretch := entry.stretch) else 0),
            entry.time.rjust(5, "0") if entry.time else "",
            _KINDS[entry.kind],
            entry.number,
        ),
    )
    return tuple(
        replace(entry, order=place)
        for _, of_day in groupby(by_day, key=lambda entry: entry.on)
        for place, entry in enumerate(of_day, start=1)
    )
