"""What a chronology is made from: events with whoever told them, records, and how each agency answered."""

from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from sightline.intake.records import PersonRecord, SourceEvent
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.events import EventKind, Nothing


@dataclass(frozen=True, slots=True, repr=False)
class AccountedEvent:
    """One event as one agency tells it in one of its collections: the format's name (`source`, “cin-census”)
    and which delivery of it (`collection`, “2026”)."""

    agency: str
    agency_kind: AgencyKind
    source: str
    event: SourceEvent
    made_on: date | None = None  # the day of the extract
    collection: str = ""

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """The same in every later extract of the collection; what an entry's number is made from."""
        return (self.agency, self.source, self.event.record_id, self.event.event_id, self.collection)

    @property
    def told_in(self) -> str:
        """“cin-census 2026”."""
        return f"{self.source} {self.collection}".strip()

    @property
    def number(self) -> str:
        return number_of("E", self.key)

    @property
    def content(self) -> str:
        """All that it says, for telling two apart that share a key."""
        event = self.event
        parts = (
            *(event.kind, event.on, event.precision, event.until, event.is_open, event.time, event.statement),
            *(event.sensitivity, event.summary, event.text, sorted(event.details.items()), self.made_on),
        )
        return repr(parts)


@dataclass(frozen=True, slots=True, repr=False)
class HeldRecord:
    """One agency's record of the child."""

    agency: str
    agency_kind: AgencyKind
    person: PersonRecord


@dataclass(frozen=True, slots=True)
class Tells:
    """Which kinds of event an agency's collections would have shown, had there been one.

    `now`: as they stand on the day of the extract. `ever`: over the whole of the child's life. Only of these
    can silence mean that nothing is held.
    """

    now: frozenset[EventKind] = frozenset()
    ever: frozenset[EventKind] = frozenset()

    def __or__(self, other: "Tells") -> "Tells":
        return Tells(self.now | other.now, self.ever | other.ever)


@dataclass(frozen=True, slots=True)
class AgencyAnswer:
    """What came back when an agency was asked about this child.

    `nothing` is empty where it told of something or holds a record. `told_to` is the day up to which it can
    have told; `why` is the agency's own or the system's reason for a nothing, fit to be shown.
    """

    agency: str
    agency_kind: AgencyKind
    nothing: Nothing | None = None
    told_to: date | None = None
    tells: Tells = field(default_factory=Tells)
    why: str = ""

    @property
    def is_answered(self) -> bool:
        return self.nothing is None or self.nothing is Nothing.NONE_HELD


_PRINTED = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ")
"""Without I, L, O and U: a number is read aloud and copied by hand."""


def number_of(letter: str, parts: Iterable[str]) -> str:
    """“E-7K3F9QA2”: short enough to be said on the telephone, the same on every machine."""
    digest = sha256("\x1f".join(parts).encode()).digest()
    return f"{letter}-{b32encode(digest[:5]).translate(_PRINTED).decode()}"
