"""What was found in an extract, for those who can mend it: a page to read and a CSV to work from.

Neither repeats a name or free text. A record is shown by the agency's own number for it and by its line.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader

from sightline.intake import mapping, recognising
from sightline.intake.declaration import Rule
from sightline.intake.formats import format_named
from sightline.intake.lookups import FindingOf, HeldExtract, RuleCount, findings_of, rules_found
from sightline.intake.models import ExtractState
from sightline.intake.reading import faults
from sightline.vocabulary.findings import Severity

PLACES_SHOWN = 12
COLUMNS = (
    *("file", "line", "record", "column", "rule", "department_rule", "severity", "what_was_done"),
    "sentence",
)
_SLOT = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFound:
    """One rule and where it was found first."""

    rule: str
    sentence: str  # of the rule; each place has its own where it says more
    department: str
    source: str
    severity: Severity
    findings: int
    records: int
    refused: int
    first: Sequence[FindingOf]

    @property
    def has_own_sentences(self) -> bool:
        return any(each.finding.sentence != self.sentence for each in self.first)

    @property
    def is_about_file(self) -> bool:
        return all(not each.finding.place.line for each in self.first)

    @property
    def what_was_done(self) -> str:
        if self.refused == self.records and self.severity is Severity.ERROR:
            return "The records were refused: they could not be used."
        if self.is_about_file:
            return "Please look at the file as a whole."
        if self.refused:
            return f"{self.refused:,} of the records were refused, for this or for another reason."
        return "The records were taken in."


def write_findings_report(extract: HeldExtract, folder: Path) -> tuple[Path, Path]:
    """Write the page and the CSV of one extract; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"findings-{_safe(extract.agency)}-{extract.extract}"
    page, table = folder / f"{stem}.html", folder / f"{stem}.csv"
    page.write_text(findings_page(extract), encoding="utf-8")
    with table.open("w", encoding="utf-8-sig", newline="") as file:  # the mark lets Excel read it as UTF-8
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows([row[column] for column in COLUMNS] for row in finding_rows(extract))
    return page, table


def finding_rows(
    extract: HeldExtract, *, at_most: int | None = None
) -> Iterator[dict[str, str | int | None]]:
    """A row for each finding in the file's order, with nothing in it that a spreadsheet would run."""
    rules = rules_of(extract.format)
    for each in findings_of(extract.extract, at_most=at_most):
        finding = each.finding
        rule = rules.get(finding.rule)
        yield {
            "file": _inert(finding.place.file),
            "line": finding.place.line or None,
            "record": _inert(each.record_id),
            "column": _inert(finding.place.column),
            "rule": finding.rule,
            "department_rule": rule.department if rule else "",
            "severity": str(finding.severity),
            "what_was_done": _done(each),
            "sentence": finding.sentence,
        }


def findings_page(extract: HeldExtract) -> str:
    """The page as HTML. It stands alone: no script, no font, nothing fetched."""
    form = format_named(extract.format)
    return (
        _environment()
        .get_template("findings.html")
        .render(
            extract=extract,
            counts=extract.counts,
            format=form,
            unit=form.unit if form else "record",
            is_stopped=extract.state is ExtractState.STOPPED,
            rules=list(_found(extract)),
            places_shown=PLACES_SHOWN,
        )
    )


def _found(extract: HeldExtract) -> Iterator[RuleFound]:
    rules = rules_of(extract.format)
    for count in rules_found(extract.extract):
        first = tuple(findings_of(extract.extract, rule=count.rule, at_most=PLACES_SHOWN))
        yield _rule_found(count, rules.get(count.rule), first)


def _rule_found(count: RuleCount, rule: Rule | None, first: Sequence[FindingOf]) -> RuleFound:
    told = {each.finding.sentence for each in first}
    general = next(iter(told)) if len(told) == 1 or rule is None else _SLOT.sub("…", rule.sentence)
    return RuleFound(
        rule=count.rule,
        sentence=general,
        department=rule.department if rule else "",
        source=rule.source if rule else "",
        severity=count.severity,
        findings=count.findings,
        records=count.records,
        refused=count.refused,
        first=first,
    )


@cache
def rules_of(format_name: str) -> Mapping[str, Rule]:
    """Every rule that can be found in a file of the format, the readers' own among them."""
    form = format_named(format_name)
    own = (recognising.NO_FORMAT, recognising.SEVERAL_FORMATS, recognising.OTHER_FORMAT, *mapping.RULES)
    listed: Iterable[Rule] = (*faults.RULES.values(), *own, *(form.rules if form else ()))
    return {rule.name: rule for rule in listed}


def _done(each: FindingOf) -> str:
    if not each.finding.place.line:
        return "the file as a whole"
    return "record refused" if each.is_refused else "record taken in"


def _inert(text: str) -> str:
    """Text that came from the sender's file, so that a spreadsheet shows it and never runs it."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and text else text


def _safe(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]", "-", name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sightline.intake"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["number"] = lambda value: f"{value:,}"
    environment.filters["plural"] = lambda count, noun: f"{count:,} {noun if count == 1 else _many(noun)}"
    environment.filters["day"] = lambda day: f"{day.day} {day:%B %Y}"
    return environment


def _many(noun: str) -> str:
    return {"child": "children", "person": "people"}.get(noun, f"{noun}s")
