"""JSON, within limits of size and depth."""

import json
import re
from collections.abc import Iterator
from math import isinf
from typing import Any

from sightline.intake.declaration import RawRecord
from sightline.intake.reading.faults import cannot_be_read
from sightline.intake.sources import Source
from sightline.vocabulary.findings import Place

LARGEST_VALUE = 128 << 20
"""In bytes. In memory a value takes several times as much."""
DEEPEST = 60
LONGEST_TEXT = 1 << 20

_HALF_OF_A_PAIR = re.compile("[\ud800-\udfff]")


def json_of(source: Source) -> Any:
    """The file as one value. Raises `CannotBeRead`."""
    if source.size > LARGEST_VALUE:
        raise cannot_be_read("large_json", source.name, limit=LARGEST_VALUE)
    if source.size == 0:
        raise cannot_be_read("empty", source.name)
    return _parsed(source.path.read_bytes(), source.name, line=1)


def json_lines(source: Source) -> Iterator[RawRecord]:
    """One object a line (“NDJSON”). Raises `CannotBeRead`."""
    facts = source.text
    with source.path.open(encoding=facts.encoding, newline="\n") as file:
        for line, text in enumerate(file, start=1):
            if text.strip():
                value = _parsed(text.encode(), source.name, line=line)
                if not isinstance(value, dict):
                    raise cannot_be_read("not_json", source.name, line)
                yield RawRecord(Place(source.name, line), "", value)


def _parsed(text: bytes, name: str, *, line: int) -> Any:
    try:
        # Bytes, so that json finds UTF-8, UTF-16 and byte order marks by itself.
        value = json.loads(text, parse_constant=_no_constant, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise cannot_be_read("not_json", name, line + error.lineno - 1) from None
    except UnicodeDecodeError:
        raise cannot_be_read("encoding_unknown", name, line) from None
    except RecursionError:
        raise cannot_be_read("deep_json", name, line) from None
    except ValueError:  # NaN and its like, or a number too large to be one
        raise cannot_be_read("not_json", name, line) from None
    if _is_deeper(value, DEEPEST):
        raise cannot_be_read("deep_json", name, line)
    if len(text) > LONGEST_TEXT and _longest(value) > LONGEST_TEXT:
        raise cannot_be_read("json_long_text", name, line, limit=LONGEST_TEXT)
    if b"\\u" in text.replace(b"\0", b"") and not _is_text(value):
        raise cannot_be_read("json_no_text", name, line)
    return value


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _finite(number: str) -> float:
    value = float(number)
    if isinf(value):
        raise ValueError(number)
    return value


def _is_text(value: Any) -> bool:
    """Whether every text can be stored as one: escapes can spell out a NUL, or half of a pair."""
    if isinstance(value, str):
        return "\0" not in value and not _HALF_OF_A_PAIR.search(value)
    if isinstance(value, dict):
        return all(_is_text(name) and _is_text(inner) for name, inner in value.items())
    return not isinstance(value, list) or all(_is_text(inner) for inner in value)


def _longest(value: Any) -> int:
    """The length of the longest text."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return max(map(_longest, value), default=0)
    return len(value) if isinstance(value, str) else 0


def _is_deeper(value: Any, levels: int) -> bool:
    level = [value]
    for _ in range(levels):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True
