"""The report as a value: what it says, before it is a web page or a PDF.

Both formats are made from the same `Document`, so they cannot disagree. Nothing here holds a raw count:
every number was printed from a safe figure or a safe cell.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sightline.disclosure_control.safe import Symbol
from sightline.vocabulary.periods import Period


@dataclass(frozen=True, slots=True)
class Text:
    """Words that hold no computed number."""

    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is printed, tied to the figure it was printed from.

    `ref` names the figure (“panel.nature_death”), `form` how it is printed (count, percent, words…).
    `text` holds the printed number without its noun.
    """

    ref: str
    form: str
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A pointer to a table or a chart of the same report: “Table 3”."""

    text: str
    target: str


Span = Text | Number | Reference
Spans = tuple[Span, ...]


def plain(spans: Spans) -> str:
    return "".join(span.text for span in spans)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section. The section's own title is level 2, so this is 3 or 4."""

    text: str
    level: int
    id: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    spans: Spans


@dataclass(frozen=True, slots=True)
class BulletList:
    items: tuple[Spans, ...]


@dataclass(frozen=True, slots=True)
class Inset:
    """A passage set apart: something to bear in mind while reading on."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Alert:
    """A passage that must not be missed."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A headline number with the words that say what it is; both are read together."""

    number: Spans
    words: Spans


@dataclass(frozen=True, slots=True)
class KeyFigures:
    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    term: str
    meaning: Spans


@dataclass(frozen=True, slots=True)
class Definitions:
    """Terms and what they mean."""

    entries: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A column heading. `group` stands over several neighbouring columns (“Child death”), or is empty."""

    text: str
    group: str = ""
    is_numeric: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    spans: Spans
    is_numeric: bool = True
    symbol: Symbol | None = None

    @property
    def text(self) -> str:
        return plain(self.spans)


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table for readers. `row_head` heads the first column; `number` counts tables from 1.

    `name` is the safe table it shows, empty for a table that the wording itself sets out.
    """

    id: str
    number: int
    caption: str
    row_head: str
    head: tuple[HeadCell, ...]
    rows: tuple[Row, ...]
    name: str = ""
    notes: tuple[str, ...] = ()
    source: str = ""

    @property
    def label(self) -> str:
        return f"Table {self.number}"

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        used = {cell.symbol for row in self.rows for cell in row.cells if cell.symbol}
        return tuple(symbol for symbol in Symbol if symbol in used)


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar: where it stands, how long it is, and what is written at its end.

    `value` is None where the number is withheld or cannot be given; `shown` then holds the symbol.
    """

    label: str
    series: str
    value: float | None
    shown: str


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart, its data, and all that must be said for somebody who cannot see it.

    `kind` names a way of drawing that `charts` knows. `title` says what it shows; `summary` is the short
    text alternative; `description` holds the long one, a sentence per group of bars.
    """

    id: str
    number: int
    name: str
    kind: str
    title: str
    axis: str
    unit: str
    marks: tuple[Mark, ...]
    summary: str
    description: tuple[str, ...]
    table_id: str = ""
    notes: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"Figure {self.number}"


Block = Heading | Paragraph | BulletList | Inset | Alert | KeyFigures | Definitions | TableBlock | ChartBlock


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Heading) and block.level == 3)


@dataclass(frozen=True, slots=True)
class BoundNumber:
    """One number in the text: which figure, in what form, as what, and where it stands."""

    ref: str
    form: str
    text: str
    section: str
    sentence: str


INVENTED_MARK = "Invented data"


@dataclass(frozen=True, slots=True)
class Status:
    """A report is a draft until somebody other than its maker has approved it.

    Invented data stays invented after approval, so whatever prints a status says both.
    """

    made_by: str
    approved_by: str = ""
    is_invented: bool = False

    @property
    def is_draft(self) -> bool:
        return not self.approved_by

    @property
    def mark(self) -> str:
        """What stands at the head of every page."""
        state = "DRAFT – not for release until approved" if self.is_draft else "Approved for release"
        return f"{INVENTED_MARK}. {state}" if self.is_invented else state

    @property
    def caution(self) -> str:
        """The mark where it warns of something; empty in an approved report of real data."""
        return self.mark if self.is_draft or self.is_invented else ""

    @property
    def watermark(self) -> str:
        """The one word that stands behind every printed sheet, or nothing."""
        return "INVENTED" if self.is_invented else "DRAFT" if self.is_draft else ""

    @property
    def file_prefix(self) -> str:
        """How the name begins of a file that can leave its folder alone: it can hold no words of warning."""
        return ("invented_" if self.is_invented else "") + ("draft_" if self.is_draft else "")

    @property
    def sentence(self) -> str:
        said = f"Made by {self.made_by}. "
        if self.is_draft:
            said += "Not for release until another named person has approved it."
        else:
            said += f"Approved for release by {self.approved_by}."
        return f"{INVENTED_MARK}. {said}" if self.is_invented else said


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What the report must say about itself that is not a figure.

    `period` is the year reported on; `data_from` starts the longer window where one was counted.
    `is_invented` is set when the inputs are the shipped example.
    """

    period: Period
    made_by: str
    data_from: date | None = None
    approved_by: str = ""
    is_invented: bool = False
    national_body: str = "Child Safeguarding Practice Review Panel"
    national_body_short: str = "the Panel"

    @property
    def status(self) -> Status:
        return Status(self.made_by, self.approved_by, self.is_invented)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. `numbers` lists every number bound in its text, in reading order."""

    title: str
    subtitle: str
    publisher: str
    status: Status
    warning: str
    sections: tuple[Section, ...]
    numbers: tuple[BoundNumber, ...]

    def blocks(self) -> Iterator[tuple[Section, Block]]:
        for section in self.sections:
            for block in section.blocks:
                yield section, block

    @property
    def tables(self) -> tuple[TableBlock, ...]:
        return tuple(block for _, block in self.blocks() if isinstance(block, TableBlock))

    @property
    def charts(self) -> tuple[ChartBlock, ...]:
        return tuple(block for _, block in self.blocks() if isinstance(block, ChartBlock))
