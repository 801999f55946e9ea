"""A chronology and its parts as values. All in them may be shown: `protection` has been there before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sightline.chronology.days import Stretch, stretch_of, written
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.codes import Code, YesNoNotKnown
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity, Nothing, StatementType
from sightline.vocabulary.periods import in_words


@dataclass(frozen=True, slots=True, repr=False)
class Account:
    """What one agency's one record says of an event. `where_withheld`: what would show where is left out."""

    number: str
    agency: str
    agency_kind: AgencyKind
    agency_name: str
    record_id: str
    format: str
    source: str  # the format and which delivery of it
    made_on: date | None
    kind: EventKind
    on: date | None
    precision: DatePrecision
    until: date | None
    is_open: bool
    time: str
    statement: StatementType
    sensitivity: EventSensitivity
    summary: str
    text: str
    details: Mapping[str, str]
    where_withheld: bool = False

    @property
    def stretch(self) -> Stretch | None:
        return stretch_of(self.on, self.precision)

    @property
    def when(self) -> str:
        return when_written(self, self)


def when_written(begins: Account, ends: Account) -> str:
    """The first day by one account, and the last, if it is a period, by another or the same."""
    first = written(begins.on, begins.precision)
    if ends.until is not None and ends.until != begins.on:
        return f"{first} to {in_words(ends.until)}"
    return f"{first}, still open when told" if ends.is_open else first


@dataclass(frozen=True, slots=True, repr=False)
class Difference:
    """One point on which the accounts of an entry differ: each account's number with what it says."""

    about: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One event, told once or by several. Its first account gives its number and its day.

    `order` counts the entries of one day from 1. `same_by` names the rules by which its accounts are one
    event; `may_be` the numbers of entries that these rules would allow to be the same, and are not merged.
    """

    number: str
    kind: EventKind
    accounts: tuple[Account, ...]
    differences: tuple[Difference, ...] = ()
    same_by: tuple[str, ...] = ()
    may_be: tuple[str, ...] = ()
    order: int = 1
    age: str = ""

    @property
    def on(self) -> date | None:
        return self.accounts[0].on if self.precision is not DatePrecision.UNKNOWN else None

    @property
    def precision(self) -> DatePrecision:
        return self.accounts[0].precision

    @property
    def until(self) -> date | None:
        return self.newest.until

    @property
    def is_open(self) -> bool:
        return self.newest.is_open

    @property
    def newest(self) -> Account:
        """The newest account of whoever gives the entry its day: a later extract knows of the end."""
        first = self.accounts[0]
        return max(
            (each for each in self.accounts if each.agency == first.agency and each.kind is first.kind),
            key=lambda each: (each.made_on or date.min, each is first),
        )

    @property
    def time(self) -> str:
        """As told for the entry's day: another account's time is of its own day."""
        return next((each.time for each in self.accounts if each.time and each.on == self.on), "")

    @property
    def stretch(self) -> Stretch | None:
        return self.accounts[0].stretch

    @property
    def when(self) -> str:
        return when_written(self.accounts[0], self.newest)

    @property
    def agencies(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.agency for each in self.accounts))

    @property
    def sensitivity(self) -> EventSensitivity:
        return max((each.sensitivity for each in self.accounts), key=list(EventSensitivity).index)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one agency has told, or which kind of nothing it is. Without `was_asked` nobody asked one."""

    agency: str
    agency_kind: AgencyKind
    agency_name: str
    was_asked: bool = True
    nothing: Nothing | None = None
    events: int = 0
    records: tuple[str, ...] = ()
    told_to: date | None = None
    why: str = ""

    @property
    def sentence(self) -> str:
        upto = f", up to {in_words(self.told_to)}" if self.told_to else ", up to a day that is not known"
        if not self.was_asked:
            return "Nobody of this kind was asked."
        told = f"Has told {self.events:,} {'event' if self.events == 1 else 'events'}"
        if self.nothing is not None:
            earlier = f"{told} before. Last: " if self.events else ""
            why = f" {self.why}" if self.why else ""
            return f"{earlier}{self.nothing.label}{upto if self.told_to else ''}.{why}"
        if self.events:
            return f"{told}{upto}."
        return f"Holds a record of the child and has told no event{upto}."


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without an entry: of one agency that would be expected to see the child, or of all.

    Both days are days without an entry. An empty `agency` is all of them together.
    """

    first: date
    last: date
    agency: str
    agency_name: str
    rule: str
    why: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


class Question(Code):
    """What the law or the Panel asks, each answered once."""

    KNOWN_NOW = "known_now", "Known to children's social care now"
    KNOWN_EVER = "known_ever", "Known to children's social care ever"
    PLAN_NOW = "plan_now", "On a child protection plan now"
    PLAN_EVER = "plan_ever", "On a child protection plan ever"
    LOOKED_AFTER_NOW = "looked_after_now", "Looked after now"
    LOOKED_AFTER_EVER = "looked_after_ever", "Looked after ever"
    IN_NEED_NOW = "in_need_now", "Child in need now"
    IN_NEED_EVER = "in_need_ever", "Child in need ever"
    PERSISTENTLY_ABSENT = "persistently_absent", "Persistently absent (10% of sessions or more missed)"
    SEVERELY_ABSENT = "severely_absent", "Severely absent (50% of sessions or more missed)"
    NOT_IN_SCHOOL = "not_in_school", "Of school age and not in school"
    MISSING = "missing", "Reported missing"
    MISSED_HEALTH = "missed_health", "Missed health appointments (was not brought)"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse incidents"


@dataclass(frozen=True, slots=True, repr=False)
class Fact:
    """An answer, why it is so, and the numbers of the entries it rests on.

    `value` says more than yes or no where there is more: a count, a percentage. “No” is said only where
    whoever would know was asked and holds nothing.
    """

    question: Question
    answer: YesNoNotKnown
    because: str
    as_of: date
    value: str = ""
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class ReviewersNote:
    """What a reviewer wrote, as it may be shown. `entry` is empty where it is about no entry that is left."""

    entry: str
    kind: str
    column: str
    words: str
    by: str
    on: date


@dataclass(frozen=True, slots=True, repr=False)
class ReviewersEntry:
    """An entry that a reviewer added: its cells by the column of the reviewer's table."""

    number: str
    cells: Mapping[str, str]
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Shown:
    """Which part of the account is wanted. Coverage and facts always speak of the whole."""

    first: date | None = None
    last: date | None = None
    agency: str = ""

    def takes(self, entry: Entry) -> bool:
        if self.agency and self.agency not in entry.agencies:
            return False
        if self.first is None and self.last is None:
            return True
        stretch = entry.stretch
        if stretch is None:
            return True  # an undated event may lie in any period: it is never left out silently
        last = max(stretch[1], entry.until or stretch[1])
        return (self.last is None or stretch[0] <= self.last) and (self.first is None or last >= self.first)

    @property
    def sentence(self) -> str:
        parts = [
            f"from {in_words(self.first)}" if self.first else "",
            f"to {in_words(self.last)}" if self.last else "",
            f"told by {self.agency}" if self.agency else "",
        ]
        said = " ".join(part for part in parts if part)
        return f"Only entries {said}; entries without a date are kept in." if said else ""


@dataclass(frozen=True, slots=True, repr=False)
class Chronology:
    """One dated, sourced account of one child up to `as_of`, from what is held now."""

    child: str
    as_of: date
    entries: tuple[Entry, ...]
    coverage: tuple[Coverage, ...] = ()
    gaps: tuple[Gap, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: tuple[ReviewersNote, ...] = ()
    reviewers_entries: tuple[ReviewersEntry, ...] = ()
    is_protected: bool = False
    shown: Shown = field(default_factory=Shown)

    def entry_told_by(self, number: str) -> Entry | None:
        """The entry that has this number or an account of it: numbers survive when entries are merged."""
        return next(
            (each for each in self.entries if any(number == account.number for account in each.accounts)),
            None,
        )
