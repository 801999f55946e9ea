"""Which number each identity has after a run: its own for as long as most of it stays together.

Pure: the same records in the same groups with the same numbers before give the same numbers after, in
whatever order they come. A number that was ever given is never given to another identity.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl

from sightline.vocabulary.codes import Code


class ChangeKind(Code):
    """What became of an identity's number."""

    MERGED = "merged", "Became part of another identity, and its number was retired"
    SPLIT = "split", "Part of it became an identity with a new number"
    MOVED = "moved", "Part of it was joined to another identity that is there still"
    ENDED = "ended", "None of its records is held any more, and its number was retired"


class Change(NamedTuple):
    """`into` is 0 where there is no other number."""

    kind: ChangeKind
    number: int
    into: int
    records: int


@dataclass(frozen=True, slots=True)
class Numbering:
    """`numbers` is one per record, in the order in which the records were given."""

    numbers: pl.Series
    new: tuple[int, ...]
    changes: tuple[Change, ...]


def numbered(records: pl.DataFrame, *, gone: pl.DataFrame, next_number: int) -> Numbering:
    """Number the groups of `records` (agency, record_id, cluster, before).

    `before` is the number that a record had, 0 for none; `gone` (before) has a row for each record that had
    a number and is held no more. New numbers are given from `next_number`, in the order of the records.

    A number goes with the largest part of its records, or of equal parts with the one that holds the first
    record. Where several numbers come into one group, that which brings most records stays, or of equals
    the earliest.
    """
    placed = records.with_row_index("row").with_columns(
        pl.struct("agency", "record_id").rank("ordinal").alias("place")
    )
    groups = placed.group_by("cluster").agg(pl.col("place").min().alias("first"))
    parts = (
        placed.filter(pl.col("before") > 0)
        .group_by("before", "cluster")
        .agg(pl.len().alias("size"), pl.col("place").min().alias("part_first"))
    )
    homes = parts.sort("size", "part_first", descending=[True, False]).unique("before", keep="first")
    kept = (
        homes.sort("size", "before", descending=[True, False])
        .unique("cluster", keep="first")
        .select("cluster", pl.col("before").alias("number"))
    )
    listed = groups.join(kept, on="cluster", how="left").sort("first")
    without = listed["number"].is_null().to_numpy()
    filled = listed["number"].fill_null(0).to_numpy().astype(np.int64)
    filled = filled.copy()
    new = np.arange(next_number, next_number + int(without.sum()), dtype=np.int64)
    filled[without] = new
    listed = listed.with_columns(pl.Series("number", filled, dtype=pl.Int64))
    numbers = placed.join(listed, on="cluster").sort("row")["number"]
    return Numbering(numbers, tuple(new.tolist()), _changes(parts, homes, listed, gone, set(new.tolist())))


def _changes(
    parts: pl.DataFrame, homes: pl.DataFrame, listed: pl.DataFrame, gone: pl.DataFrame, new: set[int]
) -> tuple[Change, ...]:
    """What is not as it was: every part that bears another number now, and numbers that nothing bears."""
    number_of = listed.select("cluster", "number")
    living = homes.join(number_of, on="cluster").filter(pl.col("before") == pl.col("number"))["before"]
    alive = set(living.to_list())
    home_of = dict(homes.select("before", "cluster").iter_rows())
    moved = parts.join(number_of, on="cluster").filter(pl.col("before") != pl.col("number"))
    changes = []
    for before, cluster, number, size in moved.select("before", "cluster", "number", "size").iter_rows():
        if before not in alive and home_of[before] == cluster:
            kind = ChangeKind.MERGED
        else:
            kind = ChangeKind.SPLIT if number in new else ChangeKind.MOVED
        changes.append(Change(kind, before, number, size))
    known = set(parts["before"].to_list())
    lost = gone.filter(~pl.col("before").is_in(list(known))).group_by("before").len()
    changes += [Change(ChangeKind.ENDED, before, 0, size) for before, size in lost.iter_rows()]
    return tuple(sorted(changes, key=lambda each: (each.number, each.into)))
