"""What the four plain CSV layouts share: the header, the cells that say who a child is, numbers given twice.

These layouts are how most records arrive, a million rows at a time, so a row is judged with as few objects as
possible: what was read before is remembered, and a value that passes its checks leaves nothing behind.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sightline.intake.cells import STAND_IN_DAYS, Problem, date_of, is_nothing, postcode_of, sex_of
from sightline.intake.check_digits import nhs_number, upn
from sightline.intake.declaration import CannotBeRead, Header, Judged, RawRecord, Rule, Table
from sightline.vocabulary.codes import Sex
from sightline.vocabulary.findings import Finding, Place, Severity

if TYPE_CHECKING:
    from sightline.intake.sources import Source

_SOURCE = "Layout of the plain extracts (docs/reference/formats)"
_REMEMBERED = 1 << 16
_OLDEST = 26  # help for care leavers ends on the 25th birthday


def warning(name: str, sentence: str) -> Rule:
    return Rule(f"plain.{name}", Severity.WARNING, sentence, source=_SOURCE)


def error(name: str, sentence: str) -> Rule:
    return Rule(f"plain.{name}", Severity.ERROR, sentence, source=_SOURCE)


MISSING_COLUMNS = error(
    "missing-columns",
    "The header does not name {columns}, and no row can be read without. The order of columns is free.",
)
COLUMN_TWICE = error("column-twice", "The header names {columns} twice, so that no row can be read safely.")
ABSENT_COLUMNS = warning("absent-columns", "The header does not name {columns}. Add it if you hold it.")
EXTRA_COLUMNS = warning("extra-columns", "The layout has no {columns}: not read.")
NO_RECORD_ID = error("no-record-id", "The record_id is empty. Without one, nothing could be corrected later.")
NOBODY = error("nobody", "The row has no name, no date of birth and no number, so it is about nobody.")
RECORD_TWICE = error(
    "record-twice", "Line {line} has this record_id too. Only the first was taken; number each record once."
)
NUMBER_TWICE = warning(
    "number-twice", "Line {line} has this number too: either one child is held twice or one number is wrong."
)
NO_NAME = warning("no-name", "The {part} is empty.")
NO_BIRTH = warning("no-date-of-birth", "The date of birth is empty. Without it a child is seldom found.")
NO_POSTCODE = warning("no-postcode", "There is no postcode. Give the last one known.")
BAD_DATE = warning("date", "This is not a day of the calendar as YYYY-MM-DD or DD/MM/YYYY. It was left out.")
STAND_IN = warning("stand-in-date", "Systems write {day} where they know no date. Leave it empty if so.")
NEW_YEAR = warning("first-of-january", "Born on 1 January often stands for a year alone. Please confirm it.")
FUTURE = warning("after-today", "{day} is after {as_of}. It is kept as given; please correct it.")
TOO_OLD = warning(
    "too-old", "Born on {day}, this person is {age}. Is the year right, and is this a child's record?"
)
BAD_NHS_NUMBER = warning(
    "nhs-number", "An NHS number is ten digits whose last agrees with the others. This one was left out."
)
BAD_UPN = warning("upn", "A UPN is 13 characters whose first agrees with the others. This one was left out.")
BAD_POSTCODE = warning("postcode", "This does not have the form of a postcode. It was left out.")
BAD_SEX = warning("sex", "This is none of M, F and U, 1, 2, 0 and 9, or words for them. It was left out.")

RULES = (
    *(
        MISSING_COLUMNS,
        COLUMN_TWICE,
        ABSENT_COLUMNS,
        EXTRA_COLUMNS,
        NO_RECORD_ID,
        NOBODY,
        RECORD_TWICE,
        NO_NAME,
    ),
    *(NO_BIRTH, NO_POSTCODE, BAD_DATE, STAND_IN, NEW_YEAR, FUTURE, TOO_OLD, BAD_POSTCODE, BAD_SEX),
)
"""What every plain layout is checked for; each adds its own."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A file of rows known by its header. `needed` are the columns without which no row can be read.

    `seldom` are columns that few senders have, so that nobody is told of their absence.
    """

    table: Table
    known_by: frozenset[str]
    seldom: frozenset[str] = frozenset()

    @property
    def needed(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.table.columns if each.is_required)

    def recognises(self, source: "Source") -> bool:
        return self.known_by <= {plain(each) for each in source.csv_header()}

    def header(self, source: "Source") -> Header:
        place = Place(source.name, 1)
        given = [plain(each) for each in source.csv_header()]
        names = [each.name for each in self.table.columns]
        if missing := [each for each in self.needed if each not in given]:
            raise CannotBeRead(MISSING_COLUMNS.at(place, columns=_listed(missing)))
        if twice := [each for each, count in Counter(given).items() if count > 1 and each in names]:
            raise CannotBeRead(COLUMN_TWICE.at(place, columns=_listed(twice)))
        found = []
        if absent := [each for each in names if each not in given and each not in self.seldom]:
            found.append(ABSENT_COLUMNS.at(place, columns=_listed(absent)))
        if extra := [each for each in given if each not in names]:
            found.append(EXTRA_COLUMNS.at(place, columns=_extra(extra)))
        return Header(findings=tuple(found))

    def records(self, source: "Source") -> Iterator[RawRecord]:
        from sightline.intake.reading import delimited

        rows = delimited.rows(source, table=self.table.name)
        given = source.csv_header()
        if all(plain(each) == each for each in given):
            return rows
        names = {each: plain(each) for each in given}
        return (_renamed(raw, names) for raw in rows)


def plain(heading: str) -> str:
    """A heading as the layouts write it: “Date of Birth ” is “date_of_birth”."""
    return "_".join(heading.lower().replace("_", " ").split())


def _renamed(raw: RawRecord, names: Mapping[str, str]) -> RawRecord:
    return replace(raw, content={names.get(each, each): cell for each, cell in raw.content.items()})


def _listed(names: list[str]) -> str:
    quoted = [f"“{each}”" for each in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _extra(names: list[str]) -> str:
    """A heading of somebody else's may hold anything, so only what looks like a heading is repeated."""
    shown = [each for each in names if re.fullmatch(r"[a-z][a-z0-9_]{0,40}", each)][:12]
    rest = len(names) - len(shown)
    others = f"{rest} other column{'s' if rest > 1 else ''}"
    if not shown:
        return others
    return _listed(shown) + (f" (nor {others})" if rest else "")


class Row:
    """One row while it is judged: its cells, and what is found in them."""

    __slots__ = ("as_of", "cells", "findings", "raw")

    def __init__(self, raw: RawRecord, as_of: date) -> None:
        self.raw, self.as_of = raw, as_of
        self.cells: Mapping[str, str] = raw.content
        self.findings: list[Finding] = []

    def find(self, rule: Rule, column: str = "", **values: object) -> None:
        self.findings.append(rule.at(replace(self.raw.place, column=column), **values))

    def refuse(self, rule: Rule, column: str = "") -> Judged:
        self.find(rule, column)
        return Judged(findings=tuple(self.findings))

    def text(self, column: str) -> str:
        return (self.cells.get(column) or "").strip()

    def name(self, column: str) -> str:
        """A name as given, reported where it is empty."""
        text = self.text(column)
        if not text:
            self.find(NO_NAME, column, part=column)
        return text

    def day(self, column: str) -> date | None:
        """A day on which something happened."""
        day = date_of(self.text(column))
        if isinstance(day, Problem):
            self.find(BAD_DATE, column)
            return None
        if day in STAND_IN_DAYS:
            self.find(STAND_IN, column, day=day)
        elif day and day > self.as_of:
            self.find(FUTURE, column, day=day, as_of=self.as_of)
        return day

    def born_on(self, column: str) -> date | None:
        day, found = _birth(self.text(column), self.as_of)
        for rule, values in found:
            self.find(rule, column, **values)
        return day

    def postcode(self, column: str) -> str:
        found = postcode_of(self.text(column))
        if isinstance(found, str):
            return found
        if found is None:
            if column in self.cells:  # a column that the file does not have is reported once
                self.find(NO_POSTCODE, column)
        elif not found.is_placeholder:
            self.find(BAD_POSTCODE, column)
        return ""

    def sex(self, column: str) -> Sex | None:
        found = sex_of(self.text(column))
        if isinstance(found, Problem):
            self.find(BAD_SEX, column)
            return None
        return found

    def nhs_number(self, column: str) -> str:
        text = self.text(column)
        found = nhs_number(text) if text else ""
        if not found and not is_nothing(text):
            self.find(BAD_NHS_NUMBER, column)
        return found

    def upn(self, column: str) -> str:
        text = self.text(column)
        found = upn(text) if text else ""
        if not found and not is_nothing(text):
            self.find(BAD_UPN, column)
        return found


_Remarks = tuple[tuple[Rule, dict[str, Any]], ...]


@lru_cache(_REMEMBERED)
def _birth(cell: str, as_of: date) -> tuple[date | None, _Remarks]:
    day = date_of(cell)
    if isinstance(day, date):
        return day, remarks(day, as_of)
    return None, ((NO_BIRTH if is_nothing(cell) else BAD_DATE, {}),)


def remarks(born_on: date, as_of: date) -> _Remarks:
    """What is odd about a date of birth: mostly nothing."""
    if born_on in STAND_IN_DAYS:
        return ((STAND_IN, {"day": born_on}),)
    if born_on > as_of:
        return ((FUTURE, {"day": born_on, "as_of": as_of}),)
    found: _Remarks = ()
    if (born_on.month, born_on.day) == (1, 1):
        found = ((NEW_YEAR, {}),)
    age = as_of.year - born_on.year - ((as_of.month, as_of.day) < (born_on.month, born_on.day))
    if age >= _OLDEST:
        found += ((TOO_OLD, {"day": born_on, "age": age}),)
    return found


class NumbersOnce:
    """Over the rows of one file: no record_id twice, and who shares a number that is one child's alone."""

    def __init__(self, number: str = "") -> None:
        self._number = number
        self._records: dict[str, int] = {}
        self._numbers: dict[str, int] = {}

    def see(self, raw: RawRecord, judged: Judged) -> tuple[Finding, ...]:
        if not judged.people:
            return ()
        person, line = judged.people[0], raw.place.line
        first = self._records.setdefault(person.record_id, line)
        if first != line:
            return (RECORD_TWICE.at(replace(raw.place, column="record_id"), line=first),)
        number = person.nhs_number or person.upn
        if number and (first := self._numbers.setdefault(number, line)) != line:
            return (NUMBER_TWICE.at(replace(raw.place, column=self._number), line=first),)
        return ()

    def end(self) -> tuple[Finding, ...]:
        return ()
