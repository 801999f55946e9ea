"""A file read as a load reads it, without storing anything: what was accepted, refused and found."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sightline.intake.declaration import Format, Header, RawRecord
from sightline.intake.records import PersonRecord, SourceEvent
from sightline.intake.sources import Source
from sightline.vocabulary.findings import Finding

AS_OF = date(2025, 9, 1)
SAMPLES = Path(__file__).parents[1] / "samples"


@dataclass
class Read:
    header: Header
    raws: list[RawRecord] = field(default_factory=list)
    people: list[PersonRecord] = field(default_factory=list)
    events: list[SourceEvent] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    refused: int = 0

    @property
    def rules(self) -> Counter[str]:
        return Counter(each.rule for each in self.findings)

    def rules_on(self, line: int) -> list[str]:
        return [each.rule for each in self.findings if each.place.line == line]

    def person(self, record_id: str) -> PersonRecord:
        (found,) = [each for each in self.people if each.record_id == record_id]
        return found

    def events_of(self, record_id: str) -> list[SourceEvent]:
        return [each for each in self.events if each.record_id == record_id]


def read(declared: Format, path: Path, as_of: date = AS_OF) -> Read:
    """Every record of the file, each once: accepted or refused."""
    source = Source(path)
    done = Read(declared.header(source))
    done.findings.extend(done.header.findings)
    across = declared.across() if declared.across else None
    for raw in declared.records(source):
        done.raws.append(raw)
        findings = list(raw.findings)
        if any(each.is_error for each in findings):
            done.refused += 1
            done.findings.extend(findings)
            continue
        judged = declared.judge(raw, done.header, as_of)
        findings.extend(judged.findings)
        if across:
            findings.extend(across.see(raw, judged))
        done.findings.extend(findings)
        if any(each.is_error for each in findings):
            done.refused += 1
            continue
        done.people.extend(judged.people)
        done.events.extend(judged.events)
        done.withdrawn.extend(judged.withdrawn)
    if across:
        done.findings.extend(across.end())
    done.findings.extend(source.findings)
    return done
