"""What formats made of many CSV tables share: rows under declared names, and cells judged by their form."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from sightline.intake.cells import (
    ISO,
    MONTH_NAMED,
    SLASHED,
    YEAR_FIRST_MONTH_NAMED,
    Problem,
    date_of,
    doubt_about,
    is_nothing,
    nhs_number_of,
    postcode_of,
    sex_of,
)
from sightline.intake.check_digits import upn
from sightline.intake.declaration import CannotBeRead, Judged, RawRecord, Rule
from sightline.vocabulary.codes import Sex
from sightline.vocabulary.findings import Finding, Place, Severity

if TYPE_CHECKING:
    from sightline.intake.sources import Source

AGAIN = "(again)"
"""Beside a row's cells: how often the event it tells has been told before in the file, where it has."""

_FORMS = (ISO, YEAR_FIRST_MONTH_NAMED, SLASHED, MONTH_NAMED)
_YES = frozenset(("1", "y", "yes", "true", "t"))
_NO = frozenset(("0", "n", "no", "false", "f"))
_COLUMNS_SHOWN = 12
_LONGEST_WORD = 40  # longer cells differ from row to row and are not worth remembering


@dataclass(frozen=True, slots=True)
class CellRules:
    """The checks of single cells, under the name of the format that makes them."""

    date: Rule
    doubtful_date: Rule
    number: Rule
    flag: Rule
    code: Rule
    upn: Rule
    nhs_number: Rule
    postcode: Rule
    placeholder: Rule
    sex: Rule

    def all(self) -> tuple[Rule, ...]:
        return (
            *(self.date, self.doubtful_date, self.number, self.flag, self.code),
            *(self.upn, self.nhs_number, self.postcode, self.placeholder, self.sex),
        )


def cell_rules(prefix: str, source: str) -> CellRules:
    def warning(name: str, sentence: str) -> Rule:
        return Rule(f"{prefix}.{name}", Severity.WARNING, sentence, source=source)

    return CellRules(
        date=warning("date", "This is not a day that can be read. Write it YYYY-MM-DD. It was left out."),
        doubtful_date=warning("doubtful-date", "{problem} It is kept as given."),
        number=warning("number", "This is not a whole number of 0 or more. It was left out."),
        flag=warning("yes-or-no", "This is neither yes nor no. It was left out."),
        code=warning("code", "This is not a code of its list ({codes}). It is not told."),
        upn=warning(
            "upn",
            "This is not a UPN: 13 characters of which the first agrees with the others. It was left out.",
        ),
        nhs_number=warning(
            "nhs-number",
            "This is not an NHS number: ten digits whose last agrees with the others. It was left out.",
        ),
        postcode=warning("postcode", "This does not have the form of a postcode. It was left out."),
        placeholder=warning("no-address", "{problem} No postcode was taken."),
        sex=warning("sex", "{problem} It was left out."),
    )


class TableRow:
    """One row while it is judged: its cells as values, and what is found in them."""

    __slots__ = ("as_of", "cells", "findings", "raw", "rules")

    def __init__(self, raw: RawRecord, as_of: date, rules: CellRules) -> None:
        self.raw, self.as_of, self.rules = raw, as_of, rules
        self.cells: Mapping[str, str] = raw.content
        self.findings: list[Finding] = []

    def find(self, rule: Rule, column: str = "", /, **values: object) -> None:
        self.findings.append(rule.at(replace(self.raw.place, column=column), **values))

    def refused(self, rule: Rule, column: str = "", /, **values: object) -> Judged:
        self.find(rule, column, **values)
        return Judged(findings=tuple(self.findings))

    def text(self, column: str) -> str:
        cell = self.cells.get(column)
        if not cell:
            return ""
        return said(cell) if len(cell) <= _LONGEST_WORD else cell.strip()

    def day(self, column: str, *, may_lie_ahead: bool = False) -> date | None:
        text = self.text(column)
        if not text:
            return None
        day = date_of(text, _FORMS)
        if not isinstance(day, date):
            self.find(self.rules.date, column)
            return None
        if doubt := doubt_about(day, as_of=self.as_of, may_lie_ahead=may_lie_ahead):
            self.find(self.rules.doubtful_date, column, problem=doubt.sentence)
        return day

    def number(self, column: str) -> int | None:
        """Databases export whole numbers as “8.0”."""
        text = self.text(column)
        if not text:
            return None
        digits = text.removesuffix(".00").removesuffix(".0")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
            self.find(self.rules.number, column)
            return None
        return int(digits)

    def flag(self, column: str) -> bool | None:
        word = self.text(column).lower().removesuffix(".0")
        if word in _YES or word in _NO:
            return word in _YES
        if word:
            self.find(self.rules.flag, column)
        return None

    def code(self, column: str, labels: Mapping[str, str]) -> str:
        """The code of its list, in the list's writing; empty where it is none of them."""
        code = self.text(column).upper().removesuffix(".0")
        if not code or code in labels:
            return code
        self.find(self.rules.code, column, codes=_shortened(tuple(labels)))
        return ""

    def upn(self, column: str) -> str:
        return self._kept(column, upn, self.rules.upn)

    def nhs_number(self, column: str) -> str:
        def number(text: str) -> str:
            value = nhs_number_of(text)
            return value if isinstance(value, str) else ""

        return self._kept(column, number, self.rules.nhs_number)

    def postcode(self, column: str) -> str:
        value = postcode_of(self.text(column))
        if isinstance(value, Problem):
            if value.is_placeholder:
                self.find(self.rules.placeholder, column, problem=value.sentence)
            else:
                self.find(self.rules.postcode, column)
            return ""
        return value or ""

    def sex(self, column: str) -> Sex | None:
        value = sex_of(self.text(column))
        if isinstance(value, Problem):
            self.find(self.rules.sex, column, problem=value.sentence)
            return None
        return value

    def _kept(self, column: str, read: Callable[[str], str], rule: Rule) -> str:
        text = self.text(column)
        if not text:
            return ""
        value = read(text)
        if not value:
            self.find(rule, column)
        return value


@lru_cache(1 << 16)
def said(cell: str) -> str:
    """A short cell without the spaces about it; empty where it is one of the ways to write nothing."""
    text = cell.strip()
    return "" if is_nothing(text) else text


@lru_cache
def _shortened(codes: tuple[str, ...]) -> str:
    shown = ", ".join(codes[:_COLUMNS_SHOWN])
    return f"{shown} and {len(codes) - _COLUMNS_SHOWN} more" if len(codes) > _COLUMNS_SHOWN else shown


def declared_rows(
    source: "Source", table: str, columns: frozenset[str], *, required: str, missing: Rule
) -> Iterator[RawRecord]:
    """The rows of a table under its declared columns' names, whatever the case of the file's."""
    from sightline.intake.reading import delimited

    by_lower_case = {each.lower(): each for each in columns}
    names = {each: by_lower_case.get(each.strip().lower(), each) for each in source.csv_header()}
    if twice := [each for each, count in Counter(names.values()).items() if count > 1 and each in columns]:
        raise CannotBeRead(missing.at(Place(source.name, 1), column=twice[0]))
    if required not in names.values():
        raise CannotBeRead(missing.at(Place(source.name, 1), column=required))
    rows = delimited.rows(source, table=table)
    if all(theirs == ours for theirs, ours in names.items()):
        return rows
    return (
        replace(raw, content={names.get(each, each): cell for each, cell in raw.content.items()})
        for raw in rows
    )


def numbered(rows: Iterator[RawRecord], key: tuple[str, ...]) -> Iterator[RawRecord]:
    """The rows, each that repeats the key of earlier ones told apart by how many those are.

    What identifies an event between two deliveries are its own facts, since rows get new numbers; a file can
    hold the same facts twice, and two events of one record must not have one name.
    """
    seen: Counter[int] = Counter()  # of hashes: a million keys in whole would take a quarter of a gigabyte
    for raw in rows:
        if is_refused(raw):
            yield raw
            continue
        own = hash(tuple(str(raw.content.get(each) or "").strip() for each in key))
        before = seen[own]
        seen[own] = before + 1
        yield replace(raw, content={**raw.content, AGAIN: str(before)}) if before else raw


def is_refused(raw: RawRecord) -> bool:
    """Whether the reader could not make a row of it."""
    return any(each.is_error for each in raw.findings)


def event_number(*parts: str, again: str = "") -> str:
    """“suspension/SCH5/2024-09-12/SUSP”; the second of the same facts ends in “/+1”."""
    return "/".join(parts) + (f"/+{again}" if again else "")
