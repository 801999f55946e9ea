"""What becomes of each record of a file, and the counts that must balance."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date

from sightline.intake.declaration import Format, Header, Judged, RawRecord
from sightline.intake.sources import Reshaping
from sightline.vocabulary.findings import Finding


@dataclass(slots=True)
class Counts:
    """Records read and what became of them, then what they hold. `findings` counts all of the extract."""

    read: int = 0
    accepted: int = 0
    accepted_with_findings: int = 0
    refused: int = 0
    people: int = 0
    events: int = 0
    findings: int = 0
    withdrawals: int = 0

    @property
    def balance(self) -> bool:
        return self.read == self.accepted + self.accepted_with_findings + self.refused

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


@dataclass(slots=True, repr=False)  # not frozen: one is made for each of a million records
class Outcome:
    """One record's fate. A refused one holds no people, no events and no withdrawals."""

    raw: RawRecord
    judged: Judged
    findings: tuple[Finding, ...]
    is_refused: bool

    @property
    def record_id(self) -> str:
        for held in (self.judged.people, self.judged.events):
            if held:
                return held[0].record_id
        return self.judged.withdrawn[0] if self.judged.withdrawn else ""


_NOTHING = Judged()


class Judging:
    """Judges a file's records in their order, one by one and against each other."""

    def __init__(
        self, form: Format, header: Header, *, as_of: date, reshaping: Reshaping | None = None
    ) -> None:
        self._judge = form.judge
        self._header = header
        self._as_of = as_of
        self._across = form.across() if form.across else None
        self._reshaping = reshaping
        self.counts = Counts()

    def outcome(self, raw: RawRecord) -> Outcome:
        findings = raw.findings
        judged = _NOTHING
        if not findings or not any(each.is_error for each in findings):
            judged = self._judge(raw, self._header, self._as_of)
            findings += judged.findings
            if self._across is not None:
                findings += self._across.see(raw, judged)
        is_refused = bool(findings) and any(each.is_error for each in findings)
        if is_refused:
            judged = _NOTHING
        if findings and self._reshaping:
            findings = tuple(in_their_columns(findings, self._reshaping))
        self._count(judged, findings, is_refused)
        return Outcome(raw, judged, findings, is_refused)

    def end(self) -> tuple[Finding, ...]:
        """Findings about the file as a whole, once every record has been seen."""
        return self._across.end() if self._across is not None else ()

    def _count(self, judged: Judged, findings: tuple[Finding, ...], is_refused: bool) -> None:
        counts = self.counts
        counts.read += 1
        if is_refused:
            counts.refused += 1
        elif findings:
            counts.accepted_with_findings += 1
        else:
            counts.accepted += 1
        counts.people += len(judged.people)
        counts.events += len(judged.events)
        counts.findings += len(findings)
        counts.withdrawals += len(judged.withdrawn) + len(judged.withdrawn_events)


def in_their_columns(findings: Iterable[Finding], reshaping: Reshaping) -> Iterable[Finding]:
    """The same findings under the names that the sender's own file has."""
    for finding in findings:
        place = replace(finding.place, column=reshaping.theirs(finding.place.column))
        yield replace(finding, place=place)
