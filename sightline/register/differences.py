"""What new files change in a register: rows added, corrected, unchanged, and rows gone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from sightline.register.layout import File

BEFORE = "before."
"""Stands before the name of a column that holds the stored value."""


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of one row corrected. `key` are the row's key values as they were."""

    file: str
    key: tuple[Any, ...]
    column: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """`added`, `moved` and `gone` are rows; `moved` are the same in all but their place.

    `changed` has each column twice, the stored value under “before.name”.
    """

    file: File
    added: pl.DataFrame
    changed: pl.DataFrame
    moved: pl.DataFrame
    gone: pl.DataFrame
    unchanged: int

    @property
    def cells_changed(self) -> int:
        differs = [pl.col(name).ne_missing(pl.col(BEFORE + name)) for name in self.file.column_names]
        return int(self.changed.select(pl.sum_horizontal(differs).sum()).item() or 0)

    def changes(self) -> Iterator[Change]:
        """Every corrected cell, row by row."""
        for row in self.changed.iter_rows(named=True):
            key = tuple(row[BEFORE + name] for name in self.file.key)
            for name in self.file.column_names:
                if row[name] != row[BEFORE + name]:
                    yield Change(self.file.name, key, name, row[BEFORE + name], row[name])

    def counts(self) -> dict[str, int]:
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "kept_though_gone": len(self.gone),
        }


def difference(file: File, *, stored: pl.DataFrame, new: pl.DataFrame, place: str) -> Difference:
    """Compare row by row, by the file's key. Both frames have the layout's columns and the row's place."""
    empty = new.clear()
    unpaired = empty.join(stored.clear().select(pl.all().name.prefix(BEFORE)), how="cross")
    if stored.is_empty():
        return Difference(file, new, unpaired, empty, stored, 0)
    if new.equals(stored):
        return Difference(file, empty, unpaired, empty, stored.clear(), len(new))
    # Most rows are as they were: comparing whole rows first leaves few to match by key.
    same = _same_rows(new, stored, list(file.column_names))
    added = new.filter(~pl.int_range(pl.len()).is_in(same["new"].implode()))
    gone = stored.filter(~pl.int_range(pl.len()).is_in(same["stored"].implode()))
    was_at = stored[place][same["stored"]]
    moved = new[same["new"]].filter(was_at.ne_missing(new[place][same["new"]]))
    unchanged = len(same)
    added, gone, changed = _matched(added, gone, list(file.key))
    if file.corrected_within:
        added, gone, corrected = _matched(added, gone, list(file.corrected_within))
        changed = pl.concat([changed, corrected])
    return Difference(file, added, changed, moved, gone, unchanged)


def _same_rows(new: pl.DataFrame, stored: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """Which row of `new` is which row of `stored` to the letter, by their numbers.

    Joining on a hash of the row takes a tenth of the memory of joining on all columns; that the rows are
    the same is then looked at column by column.
    """
    hashes = [
        pl.DataFrame({"hash": frame.select(columns).hash_rows()}).with_row_index(name)
        for name, frame in (("new", new), ("stored", stored))
    ]
    pairs = hashes[0].join(hashes[1], on="hash").drop("hash").sort("new")
    for column in columns:
        pairs = pairs.filter(new[column][pairs["new"]].eq_missing(stored[column][pairs["stored"]]))
    return pairs


def _matched(
    new: pl.DataFrame, stored: pl.DataFrame, key: list[str]
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """New rows without a stored one, stored ones without a new one, and pairs; equal keys pair in order."""
    nth = pl.int_range(pl.len()).over(key).alias("nth")
    new = new.with_columns(nth)
    was = stored.with_columns(nth).select(pl.all().name.prefix(BEFORE))
    here, there = [*key, "nth"], [BEFORE + name for name in (*key, "nth")]
    pairs = new.join(
        was.with_columns(pl.col(there).name.suffix(".key")),
        left_on=here,
        right_on=[f"{name}.key" for name in there],
        how="inner",
        nulls_equal=True,
        maintain_order="left",
    )
    left = new.join(was, left_on=here, right_on=there, how="anti", nulls_equal=True, maintain_order="left")
    gone = was.join(new, left_on=there, right_on=here, how="anti", nulls_equal=True, maintain_order="left")
    return (
        left.drop("nth"),
        gone.drop(BEFORE + "nth").rename(lambda name: name.removeprefix(BEFORE)),
        pairs.drop("nth", BEFORE + "nth"),
    )
