"""Reading a wording file: plain text, one sentence a line, into passages whose numbers are still unbound.

A line's first character says what it is:

    # Section title          ## Heading          ### Lower heading
    - list item              > set apart         ! must not be missed
    = number | words         (a headline figure)
    : term | meaning         (a glossary entry)
    | cell | cell |          (a row of a table of the wording's own, the first one its head)
    ~ other wording          (used where the sentence above cannot be said)
    @needs panel department  (what must be there for the section, or the part under the last heading)
    @table NAME  @chart NAME  @grid ID | caption
    // a note for writers

Anything else is a sentence of a paragraph; an empty line ends the paragraph.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum


class Kind(Enum):
    TITLE = "# "
    HEADING = "## "
    LOWER_HEADING = "### "
    ITEM = "- "
    INSET = "> "
    ALERT = "! "
    KEY = "= "
    DEFINITION = ": "
    GRID_ROW = "| "
    NEEDS = "@needs "
    TABLE = "@table "
    CHART = "@chart "
    GRID = "@grid "
    SENTENCE = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of wording with the place a writer must look to mend it."""

    kind: Kind
    text: str
    file: str
    number: int
    alternatives: tuple["Line", ...] = ()

    @property
    def place(self) -> str:
        return f"{self.file}, line {self.number}"


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that belong together: a paragraph's sentences, a list's items, a table's rows."""

    kind: Kind
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return self.lines[0].text


class WordingError(ValueError):
    """A wording file cannot be used. The text names file, line and sentence, and how to mend it."""

    def __init__(self, line: Line, what: str) -> None:
        super().__init__(f"{line.place}: {what}\n    {line.text}")
        self.line = line


_JOINED = (Kind.SENTENCE, Kind.ITEM, Kind.INSET, Kind.ALERT, Kind.KEY, Kind.DEFINITION, Kind.GRID_ROW)
"""Neighbouring lines of these kinds make one passage."""


def read_wording(text: str, *, file: str) -> tuple[Passage, ...]:
    """The passages of one file, which must begin with its section's title."""
    passages = tuple(_passages(_lines(text, file)))
    if not passages or passages[0].kind is not Kind.TITLE:
        raise WordingError(Line(Kind.TITLE, "", file, 1), "a wording file begins with “# Section title”.")
    return passages


def _lines(text: str, file: str) -> Iterator[Line | None]:
    """Lines with their alternatives gathered; None for an empty line, which ends a passage."""
    pending: Line | None = None
    for number, raw in enumerate(text.splitlines(), start=1):
        content = raw.strip()
        if content.startswith("//"):
            continue
        if content.startswith("~ "):
            other = Line(Kind.SENTENCE, content[2:].strip(), file, number)
            if pending is None:
                raise WordingError(other, "an alternative (“~”) needs a sentence directly above it.")
            pending = replace(pending, alternatives=(*pending.alternatives, other))
            continue
        if pending is not None:
            yield pending
        pending = _line(content, file, number) if content else None
        if not content:
            yield None
    if pending is not None:
        yield pending


def _line(content: str, file: str, number: int) -> Line:
    for kind in Kind:
        if kind.value and content.startswith(kind.value):
            return Line(kind, content[len(kind.value) :].strip(), file, number)
    line = Line(Kind.SENTENCE, content, file, number)
    if content[0] in "#@=:|>!~":
        raise WordingError(line, f"“{content.split()[0]}” is not a mark that a wording file knows.")
    return line


def _passages(lines: Iterator[Line | None]) -> Iterator[Passage]:
    gathered: list[Line] = []
    for line in lines:
        goes_on = bool(gathered) and line is not None and line.kind is gathered[0].kind
        if gathered and not (goes_on and gathered[0].kind in _JOINED):
            yield Passage(gathered[0].kind, tuple(gathered))
            gathered = []
        if line is not None:
            gathered.append(line)
    if gathered:
        yield Passage(gathered[0].kind, tuple(gathered))
