"""What a format is made of. Each module of `formats` holds one, with its checks beside it.

    Format.records   streams the raw records of a file, in the file's order
    Format.judge     turns one raw record into people, events and findings, or refuses it
    Format.across    checks what only several records together can show (a number given twice)

A finding of severity ERROR refuses its record; a WARNING lets it in and is reported. What makes a whole file
unreadable is raised as `CannotBeRead`, and then nothing of it is loaded.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from sightline.intake.records import PersonRecord, SourceEvent
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.codes import Code
from sightline.vocabulary.findings import Finding, Place, Severity

if TYPE_CHECKING:
    from sightline.intake.sources import Source


class Delivery(Code):
    """How a later extract of the same sender and collection stands to an earlier one."""

    WHOLE = "whole", "Replaces the earlier one whole"
    CHANGES = "changes", "Replaces or withdraws only the records it names"


@dataclass(frozen=True, slots=True)
class Rule:
    """One check: its name (“cin.8540”), how grave, its sentence with slots, and the department's number.

    The sentence is our own, says what is wrong and how to mend it, and shows codes and dates but never free
    text or a name. `source` cites where the rule comes from.
    """

    name: str
    severity: Severity
    sentence: str
    department: str = ""  # the number in the department's own list, “8540Q”
    source: str = ""

    def at(self, place: Place, **values: object) -> Finding:
        return Finding(self.name, place, self.severity, self.sentence.format_map(values))


@dataclass(frozen=True, slots=True)
class NotCovered:
    """A rule of the department's list that is not checked here, and why."""

    department: str
    why: str


class CannotBeRead(Exception):
    """The file as a whole cannot be taken. Carries the finding; its text is fit to be shown."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(f"{finding.place}: {finding.sentence}")
        self.finding = finding


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a format, for checks, for mapping and for its reference page."""

    name: str
    meaning: str
    form: str = "text"  # what its values look like: “date, YYYY-MM-DD”, “code”, “NHS number”…
    is_required: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)
    spellings: tuple[str, ...] = ()  # other headings under which real files have it


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of record of a format: a file's rows, a sheet's rows, the elements of one name."""

    name: str
    columns: tuple[Column, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of itself before its records."""

    sender: str = ""  # the sender's own number or code as the file has it: an authority's, a force's
    collection: str = ""  # which delivery (“2026”, “2024 autumn/pupilonroll”); a later one replaces this
    made_on: date | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True, repr=False)  # made by the million, as `records` says; nobody changes one
class RawRecord:
    """One record as it stands in the file: cells by column, nested for XML and JSON.

    `findings` are the reader's own. One with an error among them is refused and never judged.
    """

    place: Place
    table: str
    content: Mapping[str, Any]
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True, repr=False)  # made by the million, as `records` says; nobody changes one
class Judged:
    """What became of one raw record. A refused one has findings, at least one an error, and nothing else.

    `withdrawn` names records (`record_id`) that the sender asks to be removed (a purge flag);
    `withdrawn_events` names single events of a record, as (`record_id`, `event_id`).
    """

    people: tuple[PersonRecord, ...] = ()
    events: tuple[SourceEvent, ...] = ()
    findings: tuple[Finding, ...] = ()
    withdrawn: tuple[str, ...] = ()
    withdrawn_events: tuple[tuple[str, str], ...] = ()

    @property
    def is_refused(self) -> bool:
        return any(finding.is_error for finding in self.findings)


class Across(Protocol):
    """Checks over the records of one file. Made anew for each file; keeps keys, never whole records."""

    def see(self, raw: RawRecord, judged: Judged) -> tuple[Finding, ...]:
        """Findings about this record that earlier ones make (“line 7 has this number too”)."""
        ...

    def end(self) -> tuple[Finding, ...]:
        """Findings about the file as a whole, once every record has been seen."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format in which an agency sends what it holds."""

    name: str  # “cin-census”: as given to --format
    title: str
    about: str  # two or three sentences for its reference page: who makes it, how, when
    kinds: tuple[AgencyKind, ...]  # who sends it; the first is what an unknown agency is taken for
    unit: str  # what one record is called in counts: “child”, “row”, “notice”
    delivery: Delivery
    tables: tuple[Table, ...]
    rules: tuple[Rule, ...]
    not_covered: tuple[NotCovered, ...] = ()
    sources: tuple[str, ...] = ()  # where the format is described in public
    recognises: Callable[["Source"], bool]  # looks at the head only; must not take another format's file
    header: Callable[["Source"], Header]
    records: Callable[["Source"], Iterator[RawRecord]]
    judge: Callable[[RawRecord, Header, date], Judged]  # the date is today, `as_of`
    across: Callable[[], Across] | None = None
