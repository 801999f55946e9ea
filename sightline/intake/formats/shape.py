"""JSON objects by their declaration: checked and made into values, described, published as a JSON Schema.

A table is an object, a column one of its members, and a column's `form` says what the member holds: one of
`FORMS`, “object of NAME” or “list of NAME”, where NAME is another table, or “list of text”. One declaration
makes the checks, the reference page and the schema, so that the three cannot disagree.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sightline.intake.cells import (
    Problem,
    date_of,
    doubt_about,
    is_nothing,
    nhs_number_of,
    postcode_of,
    sex_of,
    upn_of,
)
from sightline.intake.declaration import Column, Judged, Rule, Table
from sightline.vocabulary.findings import Finding, Place, Severity

MISSING = Rule("json.missing", Severity.WARNING, "“{field}” is missing or empty.")
NOT_TEXT = Rule("json.not-text", Severity.WARNING, "“{field}” should be text. It was left out.")
NOT_OBJECT = Rule("json.not-an-object", Severity.WARNING, "“{field}” should be an object. It was left out.")
NOT_LIST = Rule("json.not-a-list", Severity.WARNING, "“{field}” should be a list. It was left out.")
NOT_FLAG = Rule("json.not-yes-or-no", Severity.WARNING, "“{field}” should be true or false. It was left out.")
NOT_NUMBER = Rule("json.not-a-number", Severity.WARNING, "“{field}” should be a number. It was left out.")
NOT_CODE = Rule("json.not-a-code", Severity.WARNING, "“{field}” is not one of the codes of the format.")
BAD_VALUE = Rule("json.value", Severity.WARNING, "“{field}” was left out. {problem}")
DOUBTFUL = Rule("json.doubtful-date", Severity.WARNING, "“{field}” is kept as given. {problem}")
UNKNOWN_FIELD = Rule(
    "json.unknown-field",
    Severity.WARNING,
    "{count} member of this object is not in the format and was not read.",
)

RULES = (
    *(MISSING, NOT_TEXT, NOT_OBJECT, NOT_LIST, NOT_FLAG, NOT_NUMBER, NOT_CODE, BAD_VALUE, DOUBTFUL),
    UNKNOWN_FIELD,
)

_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+\-]\d{2}:?\d{2})?", re.ASCII
)


class Moment:
    """A day, with its time of day (“14:05”) where that is known."""

    __slots__ = ("day", "time")

    def __init__(self, day: date, time: str = "") -> None:
        self.day, self.time = day, time


class Item(dict[str, Any]):
    """An object as values. A declared member that was not there is empty: “”, None, [] or an empty Item.

    `path` says where in the record it stands (“people[1].address”), `was_given` whether it was there.
    """

    path: str
    was_given: bool


@dataclass(slots=True)
class Shape:
    """What a record is read by: its tables, and what has been found in it so far."""

    tables: Mapping[str, Table]
    place: Place
    as_of: date
    findings: list[Finding] = field(default_factory=list)
    reports_unknown: bool = False

    def read(self, content: object, table: str, path: str = "") -> Item:
        declared = self.tables[table]
        was_given = isinstance(content, dict)
        given: Mapping[str, Any] = content if isinstance(content, dict) else {}
        item = Item()
        item.path, item.was_given = path, was_given
        for column in declared.columns:
            value = _member(given, column)
            where = f"{path}.{column.name}" if path else column.name
            if was_given and column.is_required and (is_nothing(value) or value in ([], {})):
                self.find(MISSING, where)
            item[column.name] = self._value(value, column, where)
        if was_given and self.reports_unknown:
            known = {name for column in declared.columns for name in (column.name, *column.spellings)}
            if others := sum(name not in known for name in given):
                self.find(UNKNOWN_FIELD, path, count=others)
        return item

    def find(self, rule: Rule, path: str, **values: object) -> None:
        self.findings.append(rule.at(replace(self.place, column=path), field=path, **values))

    def refused(self, rule: Rule, path: str = "") -> Judged:
        self.find(rule, path)
        return Judged(findings=tuple(self.findings))

    def _value(self, value: Any, column: Column, where: str) -> Any:
        kind, _, inner = column.form.partition(" of ")
        if kind == "object":
            if value is not None and not isinstance(value, dict):
                self.find(NOT_OBJECT, where)
            return self.read(value, inner, where)
        if kind == "list":
            return list(self._members(value, inner, where))
        return _READERS[column.form](self, value, column, where)

    def _members(self, value: Any, inner: str, where: str) -> Iterator[Any]:
        if value is None:
            return
        if isinstance(value, dict) and inner != "text":
            value = [value]  # one thing where a list is meant, as hand-made senders write it
        if not isinstance(value, list):
            self.find(NOT_LIST, where)
            return
        for number, each in enumerate(value):
            place = f"{where}[{number}]"
            if inner == "text":
                text = _text(self, each, _TEXT, place)
                if text:
                    yield text
            elif isinstance(each, dict):
                yield self.read(each, inner, place)
            else:
                self.find(NOT_OBJECT, place)


def _member(given: Mapping[str, Any], column: Column) -> Any:
    for name in (column.name, *column.spellings):
        if name in given:
            return given[name]
    return None


def _text(shape: Shape, value: Any, column: Column, where: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    shape.find(NOT_TEXT, where)
    return ""


def _code(shape: Shape, value: Any, column: Column, where: str) -> str:
    """The code in the spelling of the format; one that is not in it as it was given, which is then found."""
    text = _text(shape, value, column, where)
    if not text or text in column.codes:
        return text
    found = next((code for code in column.codes if code.lower() == text.lower()), None)
    if found is None:
        shape.find(NOT_CODE, where)
    return found or text


def _date(
    shape: Shape, value: Any, column: Column, where: str, *, may_lie_ahead: bool = False
) -> date | None:
    if is_nothing(value):
        return None
    day = date_of(value) if isinstance(value, str) else Problem("A date is text such as “2025-03-29”.")
    if isinstance(day, Problem):
        shape.find(BAD_VALUE, where, problem=day.sentence)
        return None
    if day and (doubt := doubt_about(day, as_of=shape.as_of, may_lie_ahead=may_lie_ahead)):
        shape.find(DOUBTFUL, where, problem=doubt.sentence)
    return day


def _date_ahead(shape: Shape, value: Any, column: Column, where: str) -> date | None:
    return _date(shape, value, column, where, may_lie_ahead=True)


def _moment(shape: Shape, value: Any, column: Column, where: str) -> Moment | None:
    found = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    day = _date(shape, found[1] if found else value, column, where)
    return Moment(day, found[2] if found else "") if day else None


def _flag(shape: Shape, value: Any, column: Column, where: str) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str | int):
        word = str(value).strip().lower()
        if word in ("true", "yes", "y", "1"):
            return True
        if word in ("false", "no", "n", "0"):
            return False
        if is_nothing(word):
            return None
    shape.find(NOT_FLAG, where)
    return None


def _number(shape: Shape, value: Any, column: Column, where: str) -> str:
    """A number as text, so that 94.10 stays what was sent."""
    if is_nothing(value):
        return ""
    text = str(value).strip() if not isinstance(value, bool) else ""
    if not re.fullmatch(r"-?\d{1,15}(?:\.\d{1,10})?", text, re.ASCII):
        shape.find(NOT_NUMBER, where)
        return ""
    return text


def _checked(check: Callable[[Any], Any], nothing: Any) -> Callable[[Shape, Any, Column, str], Any]:
    def read(shape: Shape, value: Any, column: Column, where: str) -> Any:
        found = check(_text(shape, value, column, where))
        if isinstance(found, Problem):
            if not found.is_placeholder:
                shape.find(BAD_VALUE, where, problem=found.sentence)
            return nothing
        return nothing if found is None else found

    return read


_TEXT = Column("", "")
_READERS: Mapping[str, Callable[[Shape, Any, Column, str], Any]] = {
    "text": _text,
    "code": _code,
    "date": _date,
    "date, may lie ahead": _date_ahead,
    "date or moment": _moment,
    "yes or no": _flag,
    "number": _number,
    "postcode": _checked(postcode_of, ""),
    "NHS number": _checked(nhs_number_of, ""),
    "UPN": _checked(upn_of, ""),
    "sex": _checked(sex_of, None),
}
FORMS = tuple(_READERS)
