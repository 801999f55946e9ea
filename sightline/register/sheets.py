"""One file of a register as it was read: its cells with their types, and what could not be read."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from sightline.register.faults import FindingList
from sightline.register.layout import Column, File, Kind
from sightline.register.rules.cells import WHOLE_NUMBER, as_date
from sightline.register.rules.rule import Rule

LINE = "line"


@dataclass(frozen=True, slots=True)
class Sheet:
    """`frame` has the layout's columns that the file has, in its order, and `line`.

    Codes and authorities are `pl.Enum` here, which keeps a large register small. A cell that could not be
    read is null and flagged in the column “name.unread”, which exists only if there is such a cell.
    `set_aside` holds the keys of records that were no rows.
    """

    file: File
    frame: pl.DataFrame
    set_aside: frozenset[str]
    has_set_aside: bool

    def has(self, *columns: str) -> bool:
        return set(columns) <= set(self.frame.columns)

    @property
    def table(self) -> pl.DataFrame:
        """The layout's columns alone, codes as text."""
        return self.frame.select(
            pl.col(column.name).cast(pl.String)
            if column.kind in (Kind.CODE, Kind.AUTHORITY)
            else pl.col(column.name)
            for column in self.file.columns
        )


def unread(column: str) -> str:
    return f"{column}.unread"


def typed(column: Column) -> pl.Expr:
    """The cell's text as the layout's type; null where it is not of that type."""
    cell = pl.col(column.name)
    match column.kind:
        case Kind.DATE:
            return as_date(cell)
        case Kind.WHOLE_NUMBER:
            return pl.when(cell.str.contains(WHOLE_NUMBER)).then(cell).cast(pl.Int32, strict=False)
        case Kind.CODE | Kind.AUTHORITY:
            return cell.cast(pl.Enum(column.codes), strict=False)
        case _:
            return cell


def typed_frame(raw: pl.DataFrame, file: File) -> pl.DataFrame:
    """The raw frame with each column read, and flags for the cells that could not be."""
    columns = [column for column in file.columns if column.name in raw.columns]
    frame = raw.select(LINE, *(typed(column) for column in columns))
    lost = [
        column.name for column in columns if frame[column.name].null_count() != raw[column.name].null_count()
    ]
    return frame.with_columns(
        (frame[name].is_null() & raw[name].is_not_null()).alias(unread(name)) for name in lost
    )


def apply_rules(rules: Iterable[Rule], frame: pl.DataFrame, found: FindingList) -> None:
    """Add what the rules find. A rule is passed over where a column is missing, and in rows where a cell
    that it looks at could not be read: that is a fault already."""
    present = set(frame.columns)
    runnable = [(rule, _where_read(rule, present)) for rule in rules if rule.needs <= present]
    if not runnable or frame.is_empty():
        return
    is_broken = frame.select(broken.any().alias(rule.id) for rule, broken in runnable).row(0)
    for (rule, broken), any_row in zip(runnable, is_broken, strict=True):
        if any_row:
            shown = sorted({LINE, *rule.shows})
            found.add_rows(rule, frame.lazy().filter(broken).select(shown).collect().sort(LINE))


def _where_read(rule: Rule, present: set[str]) -> pl.Expr:
    flags = [pl.col(unread(name)) for name in sorted(rule.needs) if unread(name) in present]
    return rule.broken & ~pl.any_horizontal(flags) if flags else rule.broken
