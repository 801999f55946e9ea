"""One passage of wording, bound and set as blocks of the report; or nothing, where it cannot be said."""

import re
from dataclasses import dataclass, replace

from sightline.disclosure_control.safe import Symbol
from sightline.publication.document.binding import Bound, Facts, Why, bind
from sightline.publication.document.content import (
    Alert,
    Block,
    BoundNumber,
    BulletList,
    Cell,
    Definition,
    Definitions,
    HeadCell,
    Heading,
    Inset,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Row,
    Span,
    Spans,
    TableBlock,
    Text,
    plain,
)
from sightline.publication.document.markup import Kind, Line, Passage, WordingError
from sightline.publication.document.report_tables import in_english_quotes
from sightline.publication.symbols import meaning


@dataclass(frozen=True, slots=True)
class Said:
    """What became of a passage; `block` is None where nothing of it could be said."""

    block: Block | None
    numbers: tuple[BoundNumber, ...] = ()


def say(passage: Passage, facts: Facts, *, section: str) -> Said:
    """A passage of words. Grids, which need a number, are `say_grid`'s."""
    if passage.kind in (Kind.HEADING, Kind.LOWER_HEADING):
        return _heading(passage, facts, section)
    if passage.kind in (Kind.KEY, Kind.DEFINITION):
        _check_bars(passage)
    sentences = (said for line in passage.lines if (said := _sentence(line, facts, section)))
    # What is withheld of one subject is said once.
    bound = tuple(dict.fromkeys(sentences))
    numbers = tuple(number for said in bound for number in said.numbers)
    spans = tuple(said.spans for said in bound)
    return Said(_block(passage.kind, spans) if spans else None, numbers)


def _check_bars(passage: Passage) -> None:
    for line in (each for first in passage.lines for each in (first, *first.alternatives)):
        if line.text.count("|") != 1:
            raise WordingError(line, "this line has two sides, with one “ | ” between them.")


def _block(kind: Kind, lines: tuple[Spans, ...]) -> Block:
    if kind is Kind.ITEM:
        return BulletList(lines)
    if kind is Kind.KEY:
        return KeyFigures(tuple(KeyFigure(*_two(line)) for line in lines))
    if kind is Kind.DEFINITION:
        return Definitions(tuple(_definition(line) for line in lines))
    sentences = _joined(lines)
    if kind is Kind.INSET:
        return Inset(sentences)
    return Alert(sentences) if kind is Kind.ALERT else Paragraph(sentences)


def _sentence(line: Line, facts: Facts, section: str) -> Bound | None:
    said = bind(line, facts, section=section)
    if isinstance(said, Bound):
        return said
    if said.why is not Why.HIDDEN or line.kind in (Kind.KEY, Kind.DEFINITION):
        return None
    return Bound((Text(withheld(facts, said.ref)),), ())


def withheld(facts: Facts, ref: str) -> str:
    """The sentence that stands in place of one whose number may not be seen, which need not be small."""
    what = re.split(r"[:,]|\. | \(", in_english_quotes(facts.figures[ref].sentence))[0]
    if not re.match(r"\w+'s ", what):  # Cohen's kappa
        what = what[0].lower() + what[1:]
    return f"Some figures on {what} are {meaning(Symbol.SUPPRESSED)}."


def _heading(passage: Passage, facts: Facts, section: str) -> Said:
    said = bind(passage.lines[0], facts, section=section)
    if not isinstance(said, Bound):
        return Said(None)
    text = plain(said.spans)
    level = 3 if passage.kind is Kind.HEADING else 4
    return Said(Heading(text, level, f"{section}-{slug(text)}"), said.numbers)


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _joined(lines: tuple[Spans, ...]) -> Spans:
    spans: list[Span] = []
    for line in lines:
        spans += (Text(" "), *line) if spans else line
    return tuple(spans)


def _two(line: Spans) -> tuple[Spans, Spans]:
    """The spans on either side of “ | ”."""
    for place, span in enumerate(line):
        if isinstance(span, Text) and "|" in span.text:
            before, _, after = span.text.partition("|")
            left = (*line[:place], Text(before.rstrip())) if before.strip() else line[:place]
            right = (Text(after.lstrip()), *line[place + 1 :]) if after.strip() else line[place + 1 :]
            return left, right
    return line, ()


def _definition(line: Spans) -> Definition:
    term, meaning = _two(line)
    return Definition(plain(term), meaning)


def say_grid(grid: Passage, rows: Passage, facts: Facts, *, section: str, number: int) -> Said:
    """A table that the wording sets out: `@grid ID | caption` and its rows, the first one its head.

    A withheld number leaves its symbol in the cell; a row whose number was not counted is left out.
    """
    name, _, caption = (part.strip() for part in grid.text.partition("|"))
    head, *body = rows.lines
    row_head, *columns = _cells(head)
    said = [row for line in body if (row := _grid_row(line, facts, section, head))]
    if not said:
        return Said(None)
    kept = tuple(row for row, _ in said)
    block = TableBlock(
        id=f"table-{name}",
        number=number,
        caption=_words(replace(grid.lines[0], text=caption), facts),
        row_head=_words(replace(head, text=row_head), facts),
        head=tuple(HeadCell(_words(replace(head, text=text), facts), is_numeric=False) for text in columns),
        rows=kept,
    )
    return Said(block, tuple(number for _, numbers in said for number in numbers))


def _grid_row(
    line: Line, facts: Facts, section: str, head: Line
) -> tuple[Row, tuple[BoundNumber, ...]] | None:
    label, *cells = _cells(line)
    if len(cells) != len(_cells(head)) - 1:
        raise WordingError(line, "this row has not as many cells as the head of its table.")
    row_label = bind(replace(line, text=label), facts, section=section)
    if not isinstance(row_label, Bound):
        return None
    made: list[Cell] = []
    numbers: list[BoundNumber] = []
    for text, over in zip(cells, _cells(head)[1:], strict=True):
        said = bind(replace(line, text=text), facts, section=section, context=f"{over} {label}")
        if isinstance(said, Bound):
            made.append(Cell(said.spans, is_numeric=False))
            numbers += said.numbers
        elif said.why is Why.HIDDEN:
            made.append(Cell((Text("c"),), is_numeric=False, symbol=Symbol.SUPPRESSED))
        else:
            return None
    return Row(plain(row_label.spans), tuple(made)), tuple(numbers)


def _cells(line: Line) -> list[str]:
    return [cell.strip() for cell in line.text.strip().strip("|").split("|")]


def _words(line: Line, facts: Facts) -> str:
    """A caption or a column's heading, in which nothing can be withheld."""
    said = bind(line, facts)
    if not isinstance(said, Bound) or said.numbers:
        raise WordingError(line, "a caption or a heading of a table holds no number.")
    return plain(said.spans)
