"""The objects of a JSON file one by one: of one object, a list of them, or one object a line."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sightline.intake.declaration import RawRecord, Rule
from sightline.vocabulary.findings import Place, Severity

if TYPE_CHECKING:
    from sightline.intake.sources import Source

NO_OBJECT = Rule(
    "json.no-object", Severity.ERROR, "There is a value here that is no object, so it is no record."
)

_MARK = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}\n]', re.DOTALL)


def objects_of(source: "Source", *, table: str) -> Iterator[RawRecord]:
    """Each object with the line on which it starts. Raises `CannotBeRead`."""
    from sightline.intake.reading import documents

    if is_lines(source):
        for raw in documents.json_lines(source):
            yield RawRecord(raw.place, table, raw.content)
        return
    value = documents.json_of(source)
    if isinstance(value, list):
        lines = _starts(source)
        for each in value:
            yield raw_record(each, Place(source.name, next(lines, 0)), table)
    else:
        yield raw_record(value, Place(source.name, 1), table)


def raw_record(value: Any, place: Place, table: str) -> RawRecord:
    """An object as a record; what is no object as a record that is refused."""
    if isinstance(value, dict):
        return RawRecord(place, table, value)
    return RawRecord(place, table, {"value": value}, (NO_OBJECT.at(place),))


def is_lines(source: "Source") -> bool:
    """Whether the first line is an object by itself and another follows."""
    text = source.head_text.lstrip("\ufeff \t\r\n")
    if not text.startswith("{"):
        return False
    first, _, rest = text.partition("\n")
    if source.suffix in (".ndjson", ".jsonl"):
        return True
    if not rest.lstrip().startswith("{"):
        return False
    try:
        json.loads(first)
    except ValueError:
        return False
    return True


def _starts(source: "Source") -> Iterator[int]:
    """The line on which each member of a list starts, where the members are objects."""
    content = source.path.read_bytes()
    text = content.decode(json.detect_encoding(content))
    line, depth = 1, 0
    for mark in _MARK.finditer(text):
        found = mark.group()
        if found == "\n":
            line += 1
        elif found in ("[", "{"):
            if depth == 1:
                yield line
            depth += 1
        elif found in ("]", "}"):
            depth -= 1
