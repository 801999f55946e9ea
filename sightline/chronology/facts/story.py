"""What facts are derived from, and what silence is worth in it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sightline.chronology.entries import Account, Coverage, Entry
from sightline.chronology.told import Tells
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.events import EventKind, Nothing
from sightline.vocabulary.periods import in_words

FRESH_DAYS = 92
"""“No, not now” is not said from an extract older than a quarter. A “yes” does not go stale: it says when."""


@dataclass(frozen=True, repr=False)
class Story:
    """A child's entries with who was asked. `tells` says of each agency which silence of it means nothing."""

    entries: tuple[Entry, ...]
    coverage: tuple[Coverage, ...]
    tells: dict[str, Tells]
    as_of: date
    born: date | None = None

    def of_kinds(self, kinds: Collection[EventKind]) -> tuple[Entry, ...]:
        """Entries of these kinds that had begun by `as_of`; undated ones are among them."""
        return tuple(
            entry
            for entry in self.entries
            if entry.kind in kinds and (entry.stretch is None or entry.stretch[0] <= self.as_of)
        )

    def by_agencies_of(self, kind: AgencyKind) -> tuple[Coverage, ...]:
        return tuple(line for line in self.coverage if line.agency_kind is kind and line.was_asked)

    @cached_property
    def newest(self) -> dict[tuple[str, str], date]:
        """By agency and format: the day of the newest extract that tells anything of the child."""
        days: dict[tuple[str, str], date] = {}
        for entry in self.entries:
            for account in entry.accounts:
                key = (account.agency, account.format)
                days[key] = max(days.get(key, date.min), account.made_on or date.min)
        return days

    def told_again(self, account: Account) -> date | None:
        """The day on which its agency told of the child in the same format, and of this no longer."""
        newest = self.newest[(account.agency, account.format)]
        return newest if account.made_on is not None and newest > account.made_on else None


@dataclass(frozen=True, slots=True)
class Silence:
    """Whether silence means that nothing is held, and why (not)."""

    means_no: bool
    because: str


def silence_on(
    story: Story, kinds: Collection[EventKind], knowers: Iterable[AgencyKind], *, ever: bool
) -> Silence:
    """What it means that nothing of these kinds was told: every kind of knower must have been able to."""
    told: list[str] = []
    for knower in knowers:
        silence = _silence_of(story, kinds, knower, ever=ever)
        if not silence.means_no:
            return silence
        told.append(silence.because)
    return Silence(True, " ".join(told))


def _silence_of(story: Story, kinds: Collection[EventKind], knower: AgencyKind, *, ever: bool) -> Silence:
    lines = story.by_agencies_of(knower)
    if not lines:
        return Silence(False, f"Nobody who would know was asked ({knower.label.lower()}).")
    for line in lines:
        if line.nothing is not None and line.nothing is not Nothing.NONE_HELD:
            return Silence(False, f"{line.agency_name}: {_lower(line.nothing.label)}.")
    # Whoever holds a record of the child must be able to tell; where nobody does, everybody must.
    relevant = [line for line in lines if line.records or line.events] or list(lines)
    could_tell = [line for line in relevant if _could_tell(story.tells.get(line.agency), kinds, ever=ever)]
    if len(could_tell) < len(relevant):
        rest = [line for line in relevant if line not in could_tell]
        what = "would not show it over the child's whole life" if ever else "would not show it"
        return Silence(False, f"What {_names(rest)} sent {what}.")
    if not ever:
        stale = [line for line in could_tell if not _is_fresh(line, story.as_of)]
        if stale:
            return Silence(
                False, f"{_names(stale)} last told on {_day(stale[0].told_to)}, too long ago to say."
            )
    days = [line.told_to for line in could_tell if line.told_to]
    upto = f" (told to {in_words(min(days))})" if days else ""
    holds = "holds" if len(could_tell) == 1 else "hold"
    return Silence(True, f"{_names(could_tell)} would know and {holds} none{upto}.")


def _could_tell(tells: Tells | None, kinds: Collection[EventKind], *, ever: bool) -> bool:
    return tells is not None and set(kinds) <= (tells.ever if ever else tells.now | tells.ever)


def _is_fresh(line: Coverage, as_of: date) -> bool:
    return line.told_to is not None and line.told_to >= as_of - timedelta(days=FRESH_DAYS)


def open_accounts(entry: Entry, day: date) -> Iterator[Account]:
    """The accounts by which a period runs on this day; of one agency's, the one of its newest extract."""
    newest: dict[str, Account] = {}
    for account in entry.accounts:
        held = newest.get(account.agency)
        if held is None or (account.made_on or date.min) > (held.made_on or date.min):
            newest[account.agency] = account
    return (account for account in newest.values() if is_open_on(account, day))


def is_open_on(account: Account, day: date) -> bool:
    if account.on is not None and account.on > day:
        return False
    return account.until >= day if account.until is not None else account.is_open


def has_no_told_end(entry: Entry) -> bool:
    """Neither an end nor “still open”: whether it runs is not told."""
    return all(account.until is None and not account.is_open for account in entry.accounts)


def numbers(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(entry.number for entry in entries)


def _names(lines: Iterable[Coverage]) -> str:
    names = [line.agency_name for line in lines]
    return " and ".join(names if len(names) <= 3 else [*names[:2], f"{len(names) - 2:,} more"])


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def _day(day: date | None) -> str:
    return in_words(day) if day else "a day that is not known"
