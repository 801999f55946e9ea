"""The reviewer's table: its columns in Word and in CSV, and what stands in them.

Both are read back (`annotations.reading`), so what is written here is what is compared there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sightline.chronology.detail_names import detail, our_name
from sightline.chronology.entries import Account, Chronology, Entry
from sightline.chronology.told import number_of
from sightline.vocabulary.events import EventSensitivity

RESPONSE, COMMENT = "response", "comment"
REVIEWERS = (RESPONSE, COMMENT)
"""The columns a reviewer writes in. Every other holds what the source says."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in CSV, its heading in Word, and headings under which it may come back."""

    name: str
    heading: str
    spellings: tuple[str, ...] = ()
    width: int = 20  # millimetres, in Word


ENTRY = Column("entry", "Entry", ("id", "entry id", "ref", "reference", "no"), 23)
DATE = Column("date", "Date", ("date of event", "when"), 27)
TIME = Column("time", "Time", ("time of event",), 13)
SOURCE = Column("source", "Source", ("agency", "source of information", "source agency"), 34)
EVENT = Column("event", "What happened", ("event", "significant event", "details", "event details"), 80)
WHO = Column("who", "Who", ("who was involved", "professional", "worker"), 23)
STATEMENT = Column("statement", "Statement", ("statement type", "fact or opinion", "type"), 20)
RESPONSE_COLUMN = Column(
    RESPONSE, "Response or action", ("response", "action", "action taken", "response/action"), 26
)
COMMENT_COLUMN = Column(
    COMMENT, "Comment", ("comments", "analysis", "comment/analysis", "comment or analysis", "reviewer"), 27
)

WORD_COLUMNS = (
    *(ENTRY, DATE, TIME, SOURCE, EVENT, WHO, STATEMENT),
    *(RESPONSE_COLUMN, COMMENT_COLUMN),
)

CSV_COLUMNS = (
    ENTRY,
    Column("account", "Account"),
    Column("check", "Check"),
    DATE,
    Column("until", "Until"),
    Column("precision", "Precision"),
    Column("order", "Order in the day"),
    TIME,
    Column("age", "Age"),
    Column("kind", "Kind"),
    SOURCE,
    Column("agency", "Agency's code"),
    Column("record", "Record"),
    Column("collection", "Collection"),
    WHO,
    EVENT,
    Column("words", "Words"),
    STATEMENT,
    Column("sensitivity", "Sensitivity"),
    Column("differs", "Accounts differ on"),
    Column("may_be", "May be the same as"),
    RESPONSE_COLUMN,
    COMMENT_COLUMN,
)

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One row: what it is about, what the source says by column, what a reviewer has written there."""

    entry: str
    account: str
    source: Cells
    response: str = ""  # as the source has it; a reviewer's words stand over it
    written: Cells | None = None

    @property
    def check(self) -> str:
        """Six letters that change with the source's words: whether a cell was edited, or its source was."""
        return number_of("", (self.account, *self.source.values()))[1:7]

    def cell(self, column: str) -> str:
        if column == "entry":
            return self.entry
        if column == "account":
            return self.account
        if column == "check":
            return self.check
        if column in REVIEWERS:
            written = (self.written or {}).get(column)
            if written is not None:
                return written
            return self.response if column == RESPONSE else ""
        return self.source.get(column, "")


def word_rows(chronology: Chronology) -> list[Row]:
    """One row an entry, its accounts one below another; a reviewer's own entries in their places after."""
    written = _written(chronology)
    rows = [
        Row(
            entry=entry.number,
            account=entry.number,
            source={
                "date": date_cell(entry),
                "time": entry.time,
                "source": "\n".join(told_by(account) for account in entry.accounts),
                "event": "\n".join(event_lines(entry)),
                "who": "\n".join(
                    dict.fromkeys(who for account in entry.accounts if (who := who_of(account)))
                ),
                "statement": "\n".join(dict.fromkeys(each.statement.label for each in entry.accounts)),
            },
            response="\n".join(
                dict.fromkeys(said for account in entry.accounts if (said := response_of(account)))
            ),
            written=_for(entry, written),
        )
        for entry in chronology.entries
    ]
    return rows + _own_rows(chronology)


def csv_rows(chronology: Chronology) -> list[Row]:
    """One row an account; those of one entry share its number."""
    written = _written(chronology)
    rows = [
        Row(
            entry=entry.number,
            account=account.number,
            source={
                "date": account.on.isoformat() if account.stretch and account.on else "",
                "until": account.until.isoformat() if account.until else "open" if account.is_open else "",
                "precision": str(account.precision),
                "order": str(entry.order),
                "time": account.time,
                "age": entry.age,
                "kind": str(account.kind),
                "source": account.agency_name,
                "agency": account.agency,
                "record": account.record_id,
                "collection": account.source,
                "who": who_of(account),
                "event": _with_details(account),
                "words": account.text,
                "statement": str(account.statement),
                "sensitivity": str(account.sensitivity),
                "differs": "; ".join(each.about for each in entry.differences),
                "may_be": " ".join(entry.may_be),
            },
            response=response_of(account) if place == 0 else "",
            written=_for(entry, written) if place == 0 else None,
        )
        for entry in chronology.entries
        for place, account in enumerate(entry.accounts)
    ]
    return rows + _own_rows(chronology)


def date_cell(entry: Entry) -> str:
    when = entry.when[:1].upper() + entry.when[1:]
    return f"{when}\nAged {entry.age}" if entry.age and entry.age[0].isdigit() else when


def told_by(account: Account) -> str:
    return f"{account.agency_name}, record {account.record_id}"


def who_of(account: Account) -> str:
    return detail(account.details, "who")


def response_of(account: Account) -> str:
    return detail(account.details, "response")


def event_lines(entry: Entry) -> Iterator[str]:
    """What happened, each account under its agency where there are several, then where they differ."""
    several = len(entry.accounts) > 1
    is_sensitive = entry.sensitivity is EventSensitivity.SENSITIVE
    yield f"{entry.kind.label} (sensitive)" if is_sensitive else entry.kind.label
    for place, account in enumerate(entry.accounts):
        lead = f"{_label(account, entry, place)}: " if several else ""
        details = details_of(account)
        yield f"{lead}{said_by(account, entry)}{f' ({details})' if details else ''}"
        if account.text:
            yield quoted(account.text)
    yield from difference_lines(entry)
    if entry.may_be:
        yield f"May be the same event as {', '.join(entry.may_be)}: not merged."


def difference_lines(entry: Entry) -> Iterator[str]:
    if not entry.differences:
        return
    labels = {account.number: _label(account, entry, place) for place, account in enumerate(entry.accounts)}
    for each in entry.differences:
        by_words: dict[str, list[str]] = {}
        for number, words in each.said:
            by_words.setdefault(words, []).append(labels[number])
        said = "; ".join(
            f"{' and '.join(dict.fromkeys(names))} {'says' if len(names) == 1 else 'say'} {words}"
            for words, names in by_words.items()
        )
        yield f"Accounts differ on {each.about}: {said}."


def details_of(account: Account) -> str:
    """The coded values as the source has them, but for those that have a column of their own."""
    listed = [
        f"{_named(name)}: {value}"
        for name, value in account.details.items()
        if our_name(name) not in ("who", "response")
    ]
    return "; ".join(listed)


def _with_details(account: Account) -> str:
    details = details_of(account)
    return f"{account.summary} ({details})" if details else account.summary


def quoted(text: str) -> str:
    return text if "“" in text or '"' in text else f"“{text}”"


def said_by(account: Account, entry: Entry) -> str:
    """The account's sentence, led by what it calls the event where the entry is called something else."""
    if account.kind is entry.kind or account.summary.startswith(account.kind.label):
        return account.summary
    return f"{account.kind.label}. {account.summary}"


def _label(account: Account, entry: Entry, place: int) -> str:
    """The agency, and which of its collections where it tells the event in several."""
    if sum(each.agency == account.agency for each in entry.accounts) > 1:
        return f"{account.agency_name} ({account.source})"
    return account.agency_name


_IN_WORDS = {
    "ReferralNFA": "No further action on the referral",
    "InitialCPCtarget": "Conference due by",
    "DateOfInitialCPC": "Conference held on",
    "ICPCnotRequired": "No conference required",
    "NumberOfPreviousCPP": "Earlier child protection plans",
    "FGDMMeetingOffer": "Family group decision-making meeting offered",
    "FGDMMeetingFac": "Family group decision-making meeting held",
    "PPOutcome": "Outcome of pre-proceedings",
    "RYA": "In youth accommodation",
    "Week20": "Exceptions to the twenty weeks",
    "PB": "Personal budget taken up",
    "cp_plan_ola": "Plan of another authority",
    "icpc_transfer_in": "Transferred in from another authority",
    "icpc_outcome_cp_flag": "Conference led to a plan",
    "icpc_required_flag": "Initial conference needed",
    "s47_nfa": "No further action on the enquiry",
}
"""Names that sources give in letters and initials alone."""


def _named(name: str) -> str:
    """“ReferralNFA” as “Referral NFA”, “source_code” as “Source code”."""
    if name in _IN_WORDS:
        return _IN_WORDS[name]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.replace("_", " ")).split()
    said = " ".join(word.lower() if word.istitle() else word for word in words)
    return said[:1].upper() + said[1:]


def _written(chronology: Chronology) -> dict[str, dict[str, str]]:
    """By entry: what reviewers last wrote in each of their columns."""
    written: dict[str, dict[str, str]] = {}
    for note in chronology.notes:
        if note.column in REVIEWERS and note.entry:
            written.setdefault(note.entry, {})[note.column] = note.words
    return written


def _for(entry: Entry, written: Mapping[str, Mapping[str, str]]) -> Cells | None:
    return written.get(entry.number)


def _own_rows(chronology: Chronology) -> list[Row]:
    return [
        Row(
            entry=own.number,
            account=own.number,
            source={name: words for name, words in own.cells.items() if name not in REVIEWERS}
            | {"source": own.cells.get("source") or f"Reviewer: {own.by}"},
            written={name: words for name, words in own.cells.items() if name in REVIEWERS},
        )
        for own in chronology.reviewers_entries
    ]
