"""How an evaluation of identities is read in and printed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    import polars as pl

    from sightline.identity.evaluating import Evaluation, GroupMeasured, Rate

SUMMARY_COLUMNS = ("measure", "value", "low", "high", "counted", "of")
GROUP_COLUMNS = (
    *("dimension", "group", "people", "true_pairs", "precision", "precision_low", "precision_high"),
    *("recall", "recall_low", "recall_high", "missed_ratio", "recall_gap", "over_merged"),
)


def read_csv(path: Path) -> "pl.DataFrame":
    """Every column as text, an empty cell as empty text."""
    import polars as pl

    if not path.is_file():
        raise FileNotFoundError(2, "There is no such file", str(path))
    try:
        return pl.read_csv(path, infer_schema=False).with_columns(pl.all().fill_null(""))
    except (pl.exceptions.PolarsError, UnicodeDecodeError):
        raise typer.BadParameter(f"{path} is no CSV file with a heading in UTF-8.") from None


def summary_rows(found: "Evaluation") -> Iterator[dict[str, object]]:
    for name, rate in (("precision", found.precision), ("recall", found.recall)):
        yield _rated(name, rate)
    yield {"measure": "F1", "value": _rounded(found.f1)}
    yield _rated("people in an identity with somebody else", found.over_merged)
    yield _rated("… of twins", found.over_merged_twins)
    yield _rated("… of children with siblings", found.over_merged_siblings)
    for kind, pairs in found.false_pairs.items():
        yield {"measure": f"false pairs: {kind.replace('_', ' ')}", "counted": pairs}
    yield {"measure": "identities of more than one person", "counted": found.mixed_identities}
    yield {"measure": "records in the largest identity", "counted": found.largest_identity}
    for dimension in ("tradition", "age"):
        if worst := found.worst(dimension):
            group = worst.missed_ratio
            if group.missed_ratio is not None:
                yield {
                    "measure": f"links missed, worst {dimension} against the largest: {group.group}",
                    "value": _rounded(group.missed_ratio, 2),
                }
            gap = worst.recall_gap
            yield {
                "measure": f"recall lost, worst {dimension} against the largest: {gap.group}",
                "value": _rounded(gap.recall_gap),
            }
            merged = worst.over_merged
            if merged.over_merged:
                yield _rated(f"over-merged, worst {dimension}: {merged.group}", merged.over_merged)


def group_rows(found: "Evaluation") -> Iterator[dict[str, object]]:
    everybody = {
        "dimension": "all",
        "group": "all",
        "people": found.people,
        "over_merged": _rounded(found.over_merged.value),
        **_both(found.precision, found.recall),
    }
    yield everybody
    for each in found.groups:
        yield _group(each)


def _group(each: "GroupMeasured") -> dict[str, object]:
    return {
        "dimension": each.dimension,
        "group": each.group,
        "people": each.people,
        **_both(each.precision, each.recall),
        "missed_ratio": _rounded(each.missed_ratio, 2),
        "recall_gap": _rounded(each.recall_gap),
        "over_merged": _rounded(each.over_merged.value) if each.over_merged else None,
    }


def _both(precision: "Rate", recall: "Rate") -> dict[str, object]:
    row: dict[str, object] = {"true_pairs": round(recall.of)}
    for name, rate in (("precision", precision), ("recall", recall)):
        low, high = rate.interval
        row |= {name: _rounded(rate.value), f"{name}_low": _rounded(low), f"{name}_high": _rounded(high)}
    return row


def _rated(name: str, rate: "Rate") -> dict[str, object]:
    low, high = rate.interval
    return {
        "measure": name,
        "value": _rounded(rate.value),
        "low": _rounded(low),
        "high": _rounded(high),
        "counted": round(rate.hits),
        "of": round(rate.of),
    }


def _rounded(value: float | None, places: int = 4) -> float | None:
    return None if value is None else round(value, places)


def as_json(found: "Evaluation") -> str:
    """Every count and rate unrounded, under the names of `Evaluation`."""

    def rate(of: "Rate | None") -> dict[str, object] | None:
        if of is None:
            return None
        return {
            "value": of.value,
            "low": of.interval[0],
            "high": of.interval[1],
            "counted": of.hits,
            "of": of.of,
        }

    groups = [
        {
            "dimension": each.dimension,
            "group": each.group,
            "people": each.people,
            "precision": rate(each.precision),
            "recall": rate(each.recall),
            "over_merged": rate(each.over_merged),
            "missed_ratio": each.missed_ratio,
            "recall_gap": each.recall_gap,
        }
        for each in found.groups
    ]
    whole = {
        "records": found.records,
        "people": found.people,
        "true_pairs": found.true_pairs,
        "predicted_pairs": found.predicted_pairs,
        "right_pairs": found.right_pairs,
        "precision": rate(found.precision),
        "recall": rate(found.recall),
        "f1": found.f1,
        "false_pairs": dict(found.false_pairs),
        "mixed_identities": found.mixed_identities,
        "over_merged": rate(found.over_merged),
        "over_merged_twins": rate(found.over_merged_twins),
        "over_merged_siblings": rate(found.over_merged_siblings),
        "largest_identity": found.largest_identity,
        "groups": groups,
    }
    return json.dumps(whole, indent=1, ensure_ascii=False)
