"""What stands where in the report: wording's passages matched with the tables that the release holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from sightline.disclosure_control.safe import SafeTable
from sightline.publication.document.chart_blocks import chart_block
from sightline.publication.document.content import ChartBlock, TableBlock
from sightline.publication.document.markup import Kind, Line, Passage, WordingError, read_wording
from sightline.publication.document.report_tables import table_block


@dataclass(frozen=True, slots=True)
class Words:
    passage: Passage


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that the wording itself sets out."""

    name: str
    head: Passage
    rows: Passage


@dataclass(frozen=True, slots=True)
class Shown:
    """A table or a chart that is made already and lacks only its number."""

    name: str
    block: TableBlock | ChartBlock


Item = Words | Grid | Shown


@dataclass(frozen=True, slots=True)
class Part:
    """A section before its words are bound."""

    id: str
    title: Line
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Stock:
    """What a section may show: the release's tables, those built from it, and what there is to speak of.

    `present` holds the words that `@needs` may ask for.
    """

    tables: Mapping[str, SafeTable]
    built: Mapping[str, TableBlock]
    present: frozenset[str]


@cache
def wording() -> tuple[tuple[Passage, ...], ...]:
    """Every section's passages, in the order of the file names' leading numbers."""
    folder = files("sightline.publication.document").joinpath("wording")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".txt"))
    return tuple(read_wording(folder.joinpath(name).read_text("utf-8"), file=name) for name in names)


def lay_out(texts: Sequence[tuple[Passage, ...]], stock: Stock) -> tuple[Part, ...]:
    """The sections that this release has something to say in.

    `@table *` stands for every table of the release that no wording names.
    """
    passages = (passage for text in texts for passage in text)
    named = {passage.text.split()[0] for passage in passages if passage.kind is Kind.TABLE}
    rest = tuple(table for name, table in stock.tables.items() if name not in named)
    if rest:
        stock = replace(stock, present=stock.present | {"other_tables"})
    parts = (_part(text, stock, rest) for text in texts)
    return tuple(part for part in parts if part is not None)


def _part(text: tuple[Passage, ...], stock: Stock, rest: tuple[SafeTable, ...]) -> Part | None:
    title = text[0].lines[0]
    kept = tuple(_kept(text[1:], stock.present))
    if not kept:
        return None
    return Part(section_id(title), title, tuple(_items(kept, stock, rest)))


def section_id(title: Line) -> str:
    """The file's name without its leading number and ending: “30-children.txt” is “children”."""
    return title.file.removesuffix(".txt").partition("-")[2] or title.file.removesuffix(".txt")


def _kept(passages: tuple[Passage, ...], present: frozenset[str]) -> Iterator[Passage]:
    """Passages whose needs are met; a need under a heading holds to the next heading of that level."""
    is_wanted, heading = True, Kind.TITLE
    last: Passage | None = None
    for passage in passages:
        if passage.kind in (Kind.HEADING, Kind.LOWER_HEADING):
            ends_need = passage.kind is heading or passage.kind is Kind.HEADING
            if ends_need and heading is not Kind.TITLE:
                is_wanted, heading = True, Kind.TITLE
        elif passage.kind is Kind.NEEDS and not set(passage.text.split()) <= present:
            if last is None or last.kind not in (Kind.HEADING, Kind.LOWER_HEADING):
                return
            is_wanted, heading = False, last.kind
        last = passage
        if is_wanted and passage.kind is not Kind.NEEDS:
            yield passage


def _items(passages: tuple[Passage, ...], stock: Stock, rest: tuple[SafeTable, ...]) -> Iterator[Item]:
    for place, passage in enumerate(passages):
        if passage.kind is Kind.GRID:
            following = passages[place + 1] if place + 1 < len(passages) else None
            if following is None or following.kind is not Kind.GRID_ROW:
                raise WordingError(passage.lines[0], "a grid needs its rows (“| cell | cell |”) below it.")
            yield Grid(passage.text.split()[0], passage, following)
        elif passage.kind in (Kind.TABLE, Kind.CHART):
            yield from _shown(passage, stock, rest)
        elif passage.kind is not Kind.GRID_ROW:
            yield Words(passage)


def _shown(passage: Passage, stock: Stock, rest: tuple[SafeTable, ...]) -> Iterator[Shown]:
    name, *how = passage.text.split()
    if name == "*":
        for table in rest:
            yield Shown(f"table:{table.name}", table_block(table, number=0))
    elif name in stock.built and passage.kind is Kind.TABLE:
        yield Shown(f"table:{name}", stock.built[name])
    elif name in stock.tables:
        table = stock.tables[name]
        if passage.kind is Kind.TABLE:
            yield Shown(f"table:{name}", table_block(table, number=0))
        else:
            chart = chart_block(table, number=0, by_size=how == ["by", "size"])
            # A chart without a single bar says nothing that its table does not say better.
            if any(mark.value for mark in chart.marks):
                yield Shown(f"chart:{name}", chart)
