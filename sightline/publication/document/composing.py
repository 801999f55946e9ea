"""Composing the report: wording, tables and charts of one safe release become a `Document`.

A part that needs what the release does not hold is left out; a sentence whose number is withheld is said
another way, or the report says that the number is withheld. Nothing is counted here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sightline.disclosure_control.safe import SafeRelease
from sightline.publication.document.annexes import annexes, is_earlier_version
from sightline.publication.document.binding import Facts
from sightline.publication.document.catalogue import known_figures
from sightline.publication.document.content import (
    Block,
    BoundNumber,
    ChartBlock,
    Document,
    Heading,
    Number,
    ReportContext,
    Section,
    TableBlock,
)
from sightline.publication.document.definitions import defined_numbers, is_a_year, slots
from sightline.publication.document.layout import Grid, Item, Part, Shown, Stock, lay_out, wording
from sightline.publication.document.passages import Said, say, say_grid
from sightline.statistics.tables import CellKey

TITLE = "Serious child safeguarding incidents in England: annual report"
TITLE_OF_OTHER_PERIODS = "Serious child safeguarding incidents in England: report"
INVENTED_PUBLISHER = "An invented example"
INVENTED = (
    "The people, families and events in this report are invented. "
    "It shows what Sightline makes of a register. Nothing counted here may be quoted as fact. "
    "The table of notifications published by others, in the section on change, is real."
)


def compose(safe: SafeRelease, *, context: ReportContext, previous: SafeRelease | None = None) -> Document:
    """The whole report. Raises `WordingError` where the wording and the release do not agree."""
    facts = Facts(
        safe.figures,
        known_figures(),
        slots(context, safe),
        defined_numbers(safe, previous),
        printed=_printed(safe),
    )
    built = annexes(safe, previous)
    tables = {table.name: table for table in safe.tables}
    present = _present(facts, {*built, *tables}, is_earlier_version(safe, previous))
    stock = Stock(tables, built, present)
    parts = lay_out(wording(), stock)
    facts = replace(facts, references=dict(_references(parts, facts)))
    numbers: list[BoundNumber] = []
    sections = tuple(_section(part, facts, numbers) for part in parts)
    return Document(
        title=TITLE if is_a_year(context.period) else TITLE_OF_OTHER_PERIODS,
        subtitle=context.period.label,
        publisher=INVENTED_PUBLISHER if context.is_invented else context.national_body,
        status=context.status,
        warning=INVENTED if context.is_invented else "",
        sections=tuple(section for section in sections if section.blocks),
        numbers=tuple(numbers),
    )


def _printed(safe: SafeRelease) -> Mapping[CellKey, int]:
    """The counts that stand in tables and were not rounded."""
    return {
        table.key(row, column): cell.value
        for table in safe.tables
        for row in table.rows
        for column in table.columns
        if (cell := table.cell(row, column)).value is not None and not cell.is_rounded
    }


def _present(facts: Facts, tables: Iterable[str], has_earlier_version: bool) -> frozenset[str]:
    """What `@needs` may ask for: ways of counting, tables, and whether there is an earlier version."""
    versions = {"earlier_version"} if has_earlier_version else {"no_earlier_version"}
    return facts.ways | set(tables) | versions


def _references(parts: tuple[Part, ...], facts: Facts) -> Iterator[tuple[str, tuple[str, str]]]:
    """Label and target of every table and chart, numbered in reading order."""
    tables, charts = 0, 0
    for item in (item for part in parts for item in part.items):
        if isinstance(item, Shown) and isinstance(item.block, ChartBlock):
            charts += 1
            yield item.name, (f"Figure {charts}", item.block.id)
        elif isinstance(item, Shown) and isinstance(item.block, TableBlock):
            tables += 1
            yield item.name, (f"Table {tables}", item.block.id)
        elif isinstance(item, Grid) and _say_grid(item, facts, "", 0).block is not None:
            tables += 1
            yield f"table:{item.name}", (f"Table {tables}", f"table-{item.name}")


def _section(part: Part, facts: Facts, numbers: list[BoundNumber]) -> Section:
    said = [_say(item, facts, part.id) for item in part.items]
    blocks = _without_empty_headings([each.block for each in said if each.block is not None])
    blocks = _with_notes_once(blocks)
    # A section that comes to nothing has no numbers either: its sentences were all left out.
    numbers += [number for each in said for number in each.numbers]
    return Section(part.id, part.title.text, tuple(blocks))


def _say(item: Item, facts: Facts, section: str) -> Said:
    if isinstance(item, Shown):
        block = replace(item.block, number=int(facts.references[item.name][0].split()[1]))
        return Said(block, tuple(_numbers_in(block, section)))
    if isinstance(item, Grid):
        label = facts.references.get(f"table:{item.name}", ("Table 0", ""))[0]
        return _say_grid(item, facts, section, int(label.split()[1]))
    return say(item.passage, facts, section=section)


def _numbers_in(block: TableBlock | ChartBlock, section: str) -> Iterator[BoundNumber]:
    """The figures that a table built for the report prints; those of a safe table are its cells."""
    for row in block.rows if isinstance(block, TableBlock) else ():
        for span in (span for cell in row.cells for span in cell.spans):
            if isinstance(span, Number):
                where = f"{block.label}, {row.label}"
                yield BoundNumber(span.ref, span.form, span.text, section, where)


def _say_grid(item: Grid, facts: Facts, section: str, number: int) -> Said:
    return say_grid(item.head, item.rows, facts, section=section, number=number)


def _with_notes_once(blocks: Iterable[Block]) -> Iterator[Block]:
    """A note under several tables of a section stands under the first of them."""
    said: set[str] = set()
    for block in blocks:
        if isinstance(block, TableBlock):
            yield replace(block, notes=tuple(note for note in block.notes if note not in said))
            said |= set(block.notes)
        else:
            yield block


def _without_empty_headings(blocks: list[Block]) -> Iterator[Block]:
    """A heading whose every block was left out is left out too."""
    for place, block in enumerate(blocks):
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        if isinstance(block, Heading) and (
            following is None or (isinstance(following, Heading) and following.level <= block.level)
        ):
            continue
        yield block
