"""Checks of the decision that a child should be placed for adoption, and of its reversal."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from sightline.intake.formats.ssda903 import codes
from sightline.intake.formats.ssda903.checks import YEAR, Check, between, each
from sightline.intake.formats.ssda903.periods import first_start, last_end, latest_start, was_adopted
from sightline.intake.formats.ssda903.rows import Child, Row
from sightline.intake.formats.ssda903.rules_adoption import is_after, placed_on


def _first_with_status(child: Child, status: str) -> date | None:
    return next((row.day("DECOM") for row in child.episodes if row["LS"] == status), None)


def _reversed_and_adopted(row: Row, child: Child) -> bool:
    """Of several decisions only the last one counts: an earlier one may well have been reversed."""
    last = child.all("placed_for_adoption")[-1]
    return row is last and bool(row["DATE_PLACED_CEASED"]) and (was_adopted(child) or bool(child.all("ad1")))


def _before_care(row: Row, child: Child) -> bool:
    day, start = row.day("DATE_PLACED"), latest_start(child)
    return bool(day and start and day < start)


def _decided_out_of_time(row: Row, child: Child) -> bool:
    if child.year is None:
        return False
    limits = [child.year.end, *([end] if (end := last_end(child)) else [])]
    return any(
        is_after(row, name, limit) for name in ("DATE_PLACED", "DATE_PLACED_CEASED") for limit in limits
    )


def _reversed_before_year(row: Row, child: Child) -> bool:
    day = row.day("DATE_PLACED_CEASED")
    if day is None or child.year is None:
        return False
    start = first_start(child)
    return day < child.year.start or bool(start and day < start)


def _without_decision(child: Child, column: str, values: frozenset[str]) -> Iterator[Row]:
    if any(row["DATE_PLACED"] for row in child.all("placed_for_adoption")):
        return
    yield from [row for row in child.episodes if row[column] in values][:1]


def _left_unreversed(child: Child) -> Iterator[Row]:
    end = last_end(child)
    decisions = child.all("placed_for_adoption")
    if end and not was_adopted(child) and decisions:
        last = decisions[-1]
        if last["DATE_PLACED"] and not (last["DATE_PLACED_CEASED"] and last["REASON_PLACED_CEASED"]):
            yield last


def _in_order(child: Child) -> list[Row]:
    decided = [row for row in child.all("placed_for_adoption") if row.day("DATE_PLACED")]
    return sorted(decided, key=lambda row: row.day("DATE_PLACED") or date.min)


def _overlapping_decisions(child: Child) -> Iterator[Row]:
    rows = _in_order(child)
    for row, following in pairwise(rows):
        end, start = row.day("DATE_PLACED_CEASED"), following.day("DATE_PLACED")
        if end and start and start < end:
            yield following


def _unrevoked_decisions(child: Child) -> Iterator[Row]:
    rows = _in_order(child)
    return (row for row, _ in pairwise(rows) if not row["DATE_PLACED_CEASED"])


CHECKS: tuple[Check, ...] = (
    each(
        "119",
        "placed_for_adoption",
        "DATE_PLACED_CEASED",
        "Of the day on which the decision was reversed and the reason, only one is given. Give both "
        "or neither.",
        lambda row, _: bool(row["DATE_PLACED_CEASED"]) != bool(row["REASON_PLACED_CEASED"]),
    ),
    each(
        "184",
        "placed_for_adoption",
        "DATE_PLACED",
        "The decision to place for adoption, {DATE_PLACED}, is before the child was born on {DOB}.",
        lambda row, _: bool(row.born and (day := row.day("DATE_PLACED")) and day < row.born),
        needs=("born",),
    ),
    each(
        "522",
        "placed_for_adoption",
        "DATE_PLACED",
        "The decision to place, {DATE_PLACED}, is after its reversal, {DATE_PLACED_CEASED}.",
        lambda row, _: is_after(row, "DATE_PLACED", row.day("DATE_PLACED_CEASED")),
    ),
    each(
        "563",
        "placed_for_adoption",
        "DATE_PLACED",
        "The decision to place for adoption was reversed, but its own date is missing.",
        lambda row, _: not row["DATE_PLACED"] and row.says("DATE_PLACED_CEASED", "REASON_PLACED_CEASED"),
    ),
    each(
        "117",
        "placed_for_adoption",
        "DATE_PLACED",
        "A decision ({DATE_PLACED}, reversed: {DATE_PLACED_CEASED}) is after the year ended or after "
        "care did.",
        _decided_out_of_time,
        needs=(YEAR,),
    ),
    each(
        "118",
        "placed_for_adoption",
        "DATE_PLACED_CEASED",
        "The reversal, {DATE_PLACED_CEASED}, is before the year began or before the child was looked after.",
        _reversed_before_year,
        needs=(YEAR,),
    ),
    between(
        "579",
        "placed_for_adoption",
        "DATE_PLACED",
        "The decision of {DATE_PLACED} was made before the one before it was reversed. Decisions "
        "cannot overlap.",
        _overlapping_decisions,
    ),
    between(
        "583",
        "placed_for_adoption",
        "DATE_PLACED_CEASED",
        "There is a later decision, but that of {DATE_PLACED} has no day on which it was reversed. Add it.",
        _unrevoked_decisions,
    ),
    each(
        "1003",
        "placed_for_adoption",
        "DATE_PLACED",
        "The decision to place for adoption, {DATE_PLACED}, is before the child was looked after.",
        _before_care,
        needs=("episodes",),
    ),
    each(
        "525",
        "placed_for_adoption",
        "DATE_PLACED_CEASED",
        "The decision was reversed on {DATE_PLACED_CEASED}, but facts of an adoption are given.",
        lambda row, child: _reversed_and_adopted(row, child) and bool(child.all("ad1")),
        needs=("episodes", "ad1"),
    ),
    each(
        "558",
        "placed_for_adoption",
        "DATE_PLACED_CEASED",
        "The child was adopted, so the decision to place was not reversed: leave {DATE_PLACED_CEASED} out.",
        lambda row, child: _reversed_and_adopted(row, child) and was_adopted(child),
        needs=("episodes",),
    ),
    between(
        "551",
        "episodes",
        "PLACE",
        "The child is placed for adoption ({PLACE}), but the decision to do so is missing.",
        lambda child: _without_decision(child, "PLACE", codes.ADOPTIVE),
        needs=("placed_for_adoption",),
    ),
    each(
        "552",
        "placed_for_adoption",
        "DATE_PLACED",
        "The decision to place for adoption, {DATE_PLACED}, is after the child was placed.",
        lambda row, child: is_after(row, "DATE_PLACED", placed_on(child)),
        needs=("episodes",),
    ),
    between(
        "553",
        "episodes",
        "LS",
        "There is a placement order (E1), but the decision to place for adoption is missing.",
        lambda child: _without_decision(child, "LS", frozenset({"E1"})),
        needs=("placed_for_adoption",),
    ),
    each(
        "554",
        "placed_for_adoption",
        "DATE_PLACED",
        "The decision to place for adoption, {DATE_PLACED}, is after the placement order.",
        lambda row, child: is_after(row, "DATE_PLACED", _first_with_status(child, "E1")),
        needs=("episodes",),
    ),
    between(
        "555",
        "episodes",
        "LS",
        "There is a freeing order (D1), but the decision to place for adoption is missing.",
        lambda child: _without_decision(child, "LS", frozenset({"D1"})),
        needs=("placed_for_adoption",),
    ),
    each(
        "556",
        "placed_for_adoption",
        "DATE_PLACED",
        "The decision to place for adoption, {DATE_PLACED}, is after the freeing order.",
        lambda row, child: is_after(row, "DATE_PLACED", _first_with_status(child, "D1")),
        needs=("episodes",),
    ),
    between(
        "557",
        "placed_for_adoption",
        "DATE_PLACED_CEASED",
        "The child left care without being adopted: give the day on which the decision of "
        "{DATE_PLACED} was reversed, "
        "and why.",
        _left_unreversed,
        needs=("episodes",),
    ),
)
