"""How well identities agree with a known truth, in pairs of records, and for whom they agree less.

A pair of records is right when both are of one person of one epoch (a child's life before adoption is
another epoch). Everything is counted over groups, never pair by pair, so a million records take seconds and
one huge wrong identity takes no longer. Intervals are Wilson's at 95% and take pairs for independent; pairs
of one child are not, so that for a group of few children they are somewhat too narrow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

REQUIRED = ("agency", "record_id", "person_id")
OPTIONAL = ("epoch", "household_id", "tradition", "twin", "sibling", "adopted", "birth_year")
Z = 1.959963984540054  # 95%, two-sided

AGE_BANDS = ((0, "under 1"), (1, "1 to 4"), (5, "5 to 10"), (11, "11 to 15"), (16, "16 and over"))


_ORDER = {name: at for at, (_, name) in enumerate(AGE_BANDS)}


class BadTruth(ValueError):
    """The truth or the identities cannot be compared. Its text is fit to be shown."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `of`, with halves where pairs belong to two groups; None where nothing is to be rated."""

    hits: float
    of: float

    @property
    def value(self) -> float | None:
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.hits, self.of)


def wilson(hits: float, of: float) -> tuple[float, float]:
    """Wilson's interval, which holds for nought and for all; (0, 1) where nothing was counted."""
    if not of:
        return 0.0, 1.0
    share, room = hits / of, Z * Z / of
    middle = (share + room / 2) / (1 + room)
    reach = Z * np.sqrt(share * (1 - share) / of + room / (4 * of)) / (1 + room)
    return max(0.0, float(middle - reach)), min(1.0, float(middle + reach))


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMeasured:
    """One group of children, or one pair of agencies (without `people` and `over_merged`).

    `precision` shares each false pair out by halves between the groups of its two children.
    `missed_ratio` and `recall_gap` compare with the largest group of the dimension; where that misses
    nothing there is no ratio.
    """

    dimension: str
    group: str
    people: int | None
    precision: Rate
    recall: Rate
    over_merged: Rate | None
    missed_ratio: float | None = None
    recall_gap: float | None = None
    is_largest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    records: int
    people: int
    true_pairs: int
    predicted_pairs: int
    right_pairs: int
    false_pairs: Mapping[str, int]  # all, twin, sibling, adoption_breach, other
    mixed_identities: int
    over_merged: Rate  # people in an identity that holds somebody else too
    over_merged_twins: Rate
    over_merged_siblings: Rate
    largest_identity: int
    groups: tuple[GroupMeasured, ...]

    @property
    def precision(self) -> Rate:
        return Rate(self.right_pairs, self.predicted_pairs)

    @property
    def recall(self) -> Rate:
        return Rate(self.right_pairs, self.true_pairs)

    @property
    def f1(self) -> float | None:
        return 2 * self.right_pairs / both if (both := self.true_pairs + self.predicted_pairs) else None

    def worst(self, dimension: str) -> "Worst | None":
        """The worst-served groups of a dimension; None where there is nobody to compare."""
        groups = [each for each in self.groups if each.dimension == dimension and each.recall_gap is not None]
        others = [each for each in groups if not each.is_largest]
        if not others:
            return None
        return Worst(
            missed_ratio=max(others, key=lambda each: each.missed_ratio or 0),
            recall_gap=max(others, key=lambda each: each.recall_gap or 0),
            over_merged=max(groups, key=lambda each: (each.over_merged and each.over_merged.value) or 0),
        )


@dataclass(frozen=True, slots=True)
class Worst:
    missed_ratio: GroupMeasured
    recall_gap: GroupMeasured
    over_merged: GroupMeasured


def evaluate(truth: pl.DataFrame, clusters: pl.DataFrame, *, year: int) -> Evaluation:
    """`truth` has `REQUIRED` and any of `OPTIONAL`; `clusters` agency, record_id, cluster_id; all as text.

    A record of the truth that `clusters` leaves out is an identity of its own; a record that only
    `clusters` has is not looked at. `year` is the year by which ages are reckoned. Raises `BadTruth`.
    """
    table = _joined(truth, clusters)
    cells = table.group_by("true", "cluster", maintain_order=True).agg(
        pl.len().alias("n"),
        *(pl.col(name).first() for name in ("person", "household", "twin", "tradition", "birth_year")),
    )
    in_cluster = table.group_by("cluster").len("size")
    mixed = cells.group_by("cluster").len("people").filter(pl.col("people") > 1)
    wrong = cells.join(mixed, on="cluster", how="semi")["true"].unique()
    people = _people(table, cells, wrong, year=year)
    right = _pairs(cells["n"])
    predicted = _pairs(in_cluster["size"])
    return Evaluation(
        records=table.height,
        people=people.height,
        true_pairs=int(people["true_pairs"].sum()),
        predicted_pairs=predicted,
        right_pairs=right,
        false_pairs=_false_pairs(cells, predicted - right),
        mixed_identities=mixed.height,
        over_merged=Rate(len(wrong), people.height),
        over_merged_twins=_over_merged(people.filter(pl.col("twin") == "1")),
        over_merged_siblings=_over_merged(people.filter(pl.col("sibling") == "1")),
        largest_identity=int(in_cluster["size"].max() or 0),  # type: ignore[arg-type]
        groups=(*_by_agencies(table), *_by_groups(people, set(truth.columns))),
    )


def _joined(truth: pl.DataFrame, clusters: pl.DataFrame) -> pl.DataFrame:
    for name, frame, needed in (
        ("truth", truth, REQUIRED),
        ("identities", clusters, (*REQUIRED[:2], "cluster_id")),
    ):
        if missing := [column for column in needed if column not in frame.columns]:
            raise BadTruth(f"The file of the {name} has no column {', '.join(missing)}.")
        twice = frame.height - frame.select(REQUIRED[:2]).unique().height
        if twice:
            raise BadTruth(f"The file of the {name} names records more than once, {twice:,} times.")
    empty = [pl.lit("").alias(name) for name in OPTIONAL if name not in truth.columns]
    table = truth.with_columns(*empty).join(
        clusters.select(*REQUIRED[:2], "cluster_id"), on=REQUIRED[:2], how="left", maintain_order="left"
    )
    row = pl.int_range(pl.len(), dtype=pl.Int64)
    table = _numbered(table, "true", "person_id", "epoch")
    table = _numbered(_numbered(table, "person", "person_id"), "household", "household_id")
    # Records that are left out get numbers that nothing else has.
    return _numbered(table, "cluster", "cluster_id").select(
        *("agency", "true", "person", "household"),
        pl.when(pl.col("cluster_id").is_null()).then(-1 - row).otherwise("cluster").alias("cluster"),
        *("tradition", "twin", "sibling", "adopted", "birth_year"),
    )


def _numbered(table: pl.DataFrame, name: str, *columns: str) -> pl.DataFrame:
    """With a number for each distinct value of the columns."""
    distinct = table.select(columns).unique().with_row_index(name).cast({name: pl.Int64})
    return table.join(distinct, on=list(columns), how="left", nulls_equal=True, maintain_order="left")


def _pairs(sizes: pl.Series) -> int:
    counted = sizes.cast(pl.Int64)
    return int((counted * (counted - 1) // 2).sum())


def _people(table: pl.DataFrame, cells: pl.DataFrame, wrong: pl.Series, *, year: int) -> pl.DataFrame:
    """One row a person: what is told of its first record, its pairs and its share of the false ones."""
    size = pl.col("size").cast(pl.Int64)
    people = table.group_by("true", maintain_order=True).agg(
        pl.len().alias("size"),
        *(pl.col(name).first() for name in ("tradition", "twin", "sibling", "adopted", "birth_year")),
    )
    n = pl.col("n").cast(pl.Int64)
    of_cells = (
        cells.with_columns((n.sum().over("cluster") - n).alias("others"))
        .group_by("true")
        .agg((n * (n - 1) // 2).sum().alias("right_pairs"), (n * pl.col("others")).sum().alias("false_ends"))
    )
    born = pl.col("birth_year").cast(pl.Int64, strict=False)
    bands = [pl.when(year - born >= start).then(pl.lit(name)) for start, name in reversed(AGE_BANDS[1:])]
    bands.append(pl.when(born.is_not_null()).then(pl.lit(AGE_BANDS[0][1])))
    return people.join(of_cells, on="true").with_columns(
        (size * (size - 1) // 2).alias("true_pairs"),
        pl.col("true").is_in(wrong.implode()).alias("is_over_merged"),
        pl.coalesce(*bands, pl.lit("not known")).alias("age"),
    )


def _false_pairs(cells: pl.DataFrame, every: int) -> dict[str, int]:
    """Pairs of different people by what they are to each other, each kind by counting out of a larger one."""
    twins = cells.filter(pl.col("twin") == "1")
    right = _pairs(cells["n"])
    breach = _within(cells, "person") - right
    home = _within(cells, "household") - _within(cells, "household", "person")
    twin = _within(twins, "household", "birth_year") - _within(twins, "household", "birth_year", "person")
    return {
        "all": every,
        "twin": twin,
        "sibling": home - twin,
        "adoption_breach": breach,
        "other": every - home - breach,
    }


def _within(cells: pl.DataFrame, *keys: str) -> int:
    """Pairs of records of one identity that share the keys."""
    return _pairs(cells.group_by("cluster", *keys).agg(pl.col("n").sum())["n"])


def _over_merged(people: pl.DataFrame) -> Rate:
    return Rate(int(people["is_over_merged"].sum()), people.height)


def _by_agencies(table: pl.DataFrame) -> list[GroupMeasured]:
    true, predicted, right = (
        _agency_pairs(table, keys) for keys in (("true",), ("cluster",), ("true", "cluster"))
    )
    return [
        GroupMeasured(
            dimension="agencies",
            group=f"{one} + {other}",
            people=None,
            precision=Rate(right.get((one, other), 0), predicted.get((one, other), 0)),
            recall=Rate(right.get((one, other), 0), true.get((one, other), 0)),
            over_merged=None,
        )
        for one, other in sorted({*true, *predicted})
    ]


def _agency_pairs(table: pl.DataFrame, keys: Sequence[str]) -> dict[tuple[str, str], int]:
    """Pairs of records that share the keys, by the agencies of the two."""
    agencies = table["agency"].unique().sort().to_list()
    n = table.group_by(*keys).agg(
        (pl.col("agency") == agency).sum().cast(pl.Int64).alias(agency) for agency in agencies
    )
    counted = {
        (one, other): (n[one] * (n[one] - 1) // 2 if one == other else n[one] * n[other]).sum()
        for at, one in enumerate(agencies)
        for other in agencies[at:]
    }
    return {pair: int(pairs) for pair, pairs in counted.items() if pairs}


def _by_groups(people: pl.DataFrame, told: set[str]) -> list[GroupMeasured]:
    dimensions = {
        "tradition": "tradition",
        "age": "birth_year",
        "twin": "twin",
        "sibling": "sibling",
        "adopted": "adopted",
    }
    return [
        group
        for column, needs in dimensions.items()
        if needs in told
        for group in _compared(_measured(people, column))
    ]


def _measured(people: pl.DataFrame, column: str) -> list[GroupMeasured]:
    sums = people.group_by(column).agg(
        pl.len().alias("people"),
        *(pl.col(name).sum() for name in ("true_pairs", "right_pairs", "false_ends", "is_over_merged")),
    )
    return [
        GroupMeasured(
            dimension=column,
            group=str(row[column]),
            people=row["people"],
            precision=Rate(row["right_pairs"], row["right_pairs"] + row["false_ends"] / 2),
            recall=Rate(row["right_pairs"], row["true_pairs"]),
            over_merged=Rate(row["is_over_merged"], row["people"]),
        )
        for row in sums.sort(pl.col(column).replace_strict(_ORDER, default=99), column).iter_rows(named=True)
    ]


def _compared(groups: Sequence[GroupMeasured]) -> list[GroupMeasured]:
    """Each beside the largest group: how many times as many links are missed, and points of recall lost."""
    largest = max(groups, key=lambda each: (each.people or 0, each.group), default=None)
    reference = largest.recall.value if largest else None
    compared = []
    for group in groups:
        recall = group.recall.value
        if recall is None or reference is None:
            compared.append(group)
            continue
        missed = (1 - recall) / (1 - reference) if reference < 1 else None
        gap = reference - recall
        compared.append(replace(group, missed_ratio=missed, recall_gap=gap, is_largest=group is largest))
    return compared
