"""Checks of what happens in care: reviews, missing episodes, earlier permanence, social workers,
deprivations of liberty."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from sightline.intake.formats.ssda903 import codes
from sightline.intake.formats.ssda903.checks import YEAR, Check, between, each
from sightline.intake.formats.ssda903.periods import (
    first_start,
    is_only_short_breaks,
    last_end,
    latest_start,
)
from sightline.intake.formats.ssda903.rows import Child, Row

_PERMANENCE_ASKED_SINCE = date(2016, 4, 1)


def _is_before(row: Row, column: str, other: date | None) -> bool:
    day = row.day(column)
    return bool(day and other and day < other)


def _is_after(row: Row, column: str, other: date | None) -> bool:
    day = row.day(column)
    return bool(day and other and day > other)


def _is_outside_year(row: Row, column: str, child: Child) -> bool:
    day = row.day(column)
    return bool(day and child.year and not child.year.holds(day))


def _ordered(child: Child, table: str, start: str) -> list[Row]:
    dated = [row for row in child.all(table) if row.day(start)]
    return sorted(dated, key=lambda row: row.day(start) or date.min)


def _clashing(
    table: str, start: str, end: str, *, open_only: bool = False
) -> Callable[[Child], Iterator[Row]]:
    """Rows that begin while the one before is still open, or before it ended."""

    def finds(child: Child) -> Iterator[Row]:
        rows = _ordered(child, table, start)
        for row, following in pairwise(rows):
            ended, began = row.day(end), following.day(start)
            if (not row[end]) or (not open_only and ended and began and began < ended):
                yield following

    return finds


def _open_in_ended_episode(child: Child) -> Iterator[Row]:
    for row in child.all("missing"):
        start = row.day("MIS_START")
        if row["MIS_END"] or start is None:
            continue
        for episode in child.episodes:
            began, ended = episode.day("DECOM"), episode.day("DEC")
            if began and ended and began <= start < ended:
                yield row
                break


def _missing_at_end(child: Child) -> Iterator[Row]:
    end = last_end(child)
    if end and any(row.day("MIS_END") == end for row in child.all("missing")):
        yield from [row for row in child.episodes[-1:] if row["REC"] != "E8"]


def _permanence_not_said(child: Child) -> Iterator[Row]:
    if any(row["PREV_PERM"] for row in child.all("previous_permanence")) or is_only_short_breaks(child):
        return
    for row in child.episodes:
        start = row.day("DECOM")
        if row["RNE"] == "S" and start and start >= _PERMANENCE_ASKED_SINCE:
            yield row
            return


def _permanence_not_asked(row: Row, child: Child) -> bool:
    start = latest_start(child)
    return row.says("PREV_PERM", "LA_PERM", "DATE_PERM") and bool(start and start < _PERMANENCE_ASKED_SINCE)


def _unended_but_last(child: Child) -> Iterator[Row]:
    rows = _ordered(child, "social_worker", "SW_DECOM")
    return (row for row, _ in pairwise(rows) if not row["SW_DEC"])


def _is_in_year_or_unknown(row: Row, child: Child) -> bool:
    """The reason is asked of changes in the year, not of who was there when it began."""
    day = row.day("SW_DECOM")
    return child.year is None or day is None or child.year.holds(day)


def _follows_an_ended(row: Row, child: Child) -> bool:
    rows = _ordered(child, "social_worker", "SW_DECOM")
    return bool(rows[rows.index(row) - 1]["SW_DEC"])


REVIEWS: tuple[Check, ...] = (
    each(
        "440",
        "reviews",
        "REVIEW_CODE",
        "PN0 is for children under 4; born on {DOB}, the child was older at the review of {REVIEW}.",
        lambda row, _: row["REVIEW_CODE"] == "PN0" and row.is_at_least(4, row.day("REVIEW")),
        needs=("born",),
    ),
    each(
        "441",
        "reviews",
        "REVIEW_CODE",
        "{REVIEW_CODE} is for children of 4 and over; born on {DOB}, the child was younger at the "
        "review of {REVIEW}.",
        lambda row, _: (
            row["REVIEW_CODE"] not in {"", "PN0"}
            and row["REVIEW_CODE"] in codes.PARTICIPATION
            and row.is_under(4, row.day("REVIEW"))
        ),
        needs=("born",),
    ),
    each(
        "399",
        "reviews",
        "REVIEW",
        "Reviews are not asked for children on short breaks only (V3, V4). Leave them out.",
        lambda _, child: is_only_short_breaks(child),
        needs=("episodes",),
    ),
)

MISSING: tuple[Check, ...] = (
    each(
        "564",
        "missing",
        "MIS_START",
        "A missing episode ({MISSING}) is given without the day on which it began.",
        lambda row, _: bool(row["MISSING"]) and not row["MIS_START"],
    ),
    each(
        "565",
        "missing",
        "MISSING",
        "The missing episode of {MIS_START} does not say whether the child was missing (M) or away (A).",
        lambda row, _: bool(row["MIS_START"]) and not row["MISSING"],
    ),
    each(
        "566",
        "missing",
        "MISSING",
        "The missing episode that ended on {MIS_END} does not say whether the child was missing (M) "
        "or away (A).",
        lambda row, _: bool(row["MIS_END"]) and not row["MISSING"],
    ),
    each(
        "567",
        "missing",
        "MIS_END",
        "The missing episode ended on {MIS_END}, before it began on {MIS_START}.",
        lambda row, _: _is_before(row, "MIS_END", row.day("MIS_START")),
    ),
    each(
        "570",
        "missing",
        "MIS_START",
        "The missing episode began on {MIS_START}, after the year ended.",
        lambda row, child: _is_after(row, "MIS_START", child.year.end if child.year else None),
        needs=(YEAR,),
    ),
    each(
        "571",
        "missing",
        "MIS_END",
        "The missing episode ended on {MIS_END}, outside the year of the return.",
        lambda row, child: _is_outside_year(row, "MIS_END", child),
        needs=(YEAR,),
    ),
    between(
        "574",
        "missing",
        "MIS_START",
        "The missing episode of {MIS_START} begins while the one before it still goes on. They "
        "cannot overlap.",
        _clashing("missing", "MIS_START", "MIS_END"),
    ),
    between(
        "575",
        "missing",
        "MIS_END",
        "The placement from which the child went missing on {MIS_START} has ended, so the missing "
        "episode must end too.",
        _open_in_ended_episode,
        needs=("episodes",),
    ),
    each(
        "577",
        "missing",
        "MIS_END",
        "Care has ended, but the missing episode of {MIS_START} has no end.",
        lambda row, child: bool(row["MIS_START"]) and not row["MIS_END"] and last_end(child) is not None,
        needs=("episodes",),
    ),
    each(
        "578",
        "missing",
        "MIS_START",
        "The missing episode began on {MIS_START}, after care had ended.",
        lambda row, child: _is_after(row, "MIS_START", last_end(child)),
        needs=("episodes",),
    ),
    between(
        "580",
        "episodes",
        "REC",
        "The child was missing when care ended on {DEC}; the reason is then E8, not {REC}.",
        _missing_at_end,
        needs=("missing",),
    ),
    each(
        "581",
        "missing",
        "MIS_START",
        "The missing episode began on {MIS_START}, before the child was looked after.",
        lambda row, child: _is_before(row, "MIS_START", first_start(child)),
        needs=("episodes",),
    ),
    each(
        "586",
        "missing",
        "MIS_START",
        "The missing episode began on {MIS_START}, before the child was born on {DOB}.",
        lambda row, _: _is_before(row, "MIS_START", row.born) or _is_before(row, "MIS_END", row.born),
        needs=("born",),
    ),
)

PERMANENCE: tuple[Check, ...] = (
    between(
        "630",
        "episodes",
        "RNE",
        "Care began on {DECOM}: say which permanent home the child had before, or Z1 for none.",
        _permanence_not_said,
        needs=("previous_permanence",),
    ),
    each(
        "634",
        "previous_permanence",
        "PREV_PERM",
        "An earlier permanent home is asked only where care began on 1 April 2016 or later.",
        _permanence_not_asked,
        needs=("episodes",),
    ),
    each(
        "635",
        "previous_permanence",
        "PREV_PERM",
        "There was no earlier permanent home (Z1), but its date or authority is given. Correct one of them.",
        lambda row, _: row["PREV_PERM"] == "Z1" and row.says("LA_PERM", "DATE_PERM"),
    ),
)

SOCIAL_WORKERS: tuple[Check, ...] = (
    each(
        "SW01bSTG1",
        "social_worker",
        "SW_ID",
        "The social worker's number or the day on which the worker began ({SW_DECOM}) is missing.",
        lambda row, _: not row["SW_ID"] or not row["SW_DECOM"],
        since=2025,
    ),
    each(
        "SW15STG2",
        "social_worker",
        "SW_REASON",
        "Why the social worker changed on {SW_DECOM} is missing.",
        lambda row, child: not row["SW_REASON"] and _is_in_year_or_unknown(row, child),
        since=2025,
    ),
    each(
        "SW06STG2",
        "social_worker",
        "SW_DECOM",
        "The social worker began on {SW_DECOM}, after the year ended.",
        lambda row, child: _is_after(row, "SW_DECOM", child.year.end if child.year else None),
        needs=(YEAR,),
        since=2024,
    ),
    each(
        "SW07STG2",
        "social_worker",
        "SW_DEC",
        "The social worker ended on {SW_DEC}, outside the year of the return.",
        lambda row, child: _is_outside_year(row, "SW_DEC", child),
        needs=(YEAR,),
        since=2024,
    ),
    between(
        "SW08STG2",
        "social_worker",
        "SW_DEC",
        "Another social worker began, but the one of {SW_DECOM} has no end.",
        _unended_but_last,
        since=2024,
    ),
    each(
        "SW09STG2",
        "social_worker",
        "SW_DEC",
        "The social worker began and ended on {SW_DEC}. Less than a day is not recorded.",
        lambda row, _: row.day("SW_DEC") is not None and row.day("SW_DEC") == row.day("SW_DECOM"),
        since=2024,
    ),
    between(
        "SW10STG2",
        "social_worker",
        "SW_DECOM",
        "The social worker of {SW_DECOM} began before the one before had ended.",
        lambda child: (
            row
            for row in _clashing("social_worker", "SW_DECOM", "SW_DEC")(child)
            if _follows_an_ended(row, child)
        ),
        since=2024,
    ),
)

LIBERTY: tuple[Check, ...] = (
    each(
        "702",
        "dolo",
        "DOLO_END",
        "The order ended on {DOLO_END}, before it began on {DOLO_START}.",
        lambda row, _: _is_before(row, "DOLO_END", row.day("DOLO_START")),
        since=2027,
    ),
    each(
        "703",
        "dolo",
        "DOLO_START",
        "The order began on {DOLO_START}, after the year ended.",
        lambda row, child: _is_after(row, "DOLO_START", child.year.end if child.year else None),
        needs=(YEAR,),
        since=2027,
    ),
    each(
        "704",
        "dolo",
        "DOLO_END",
        "The order ended on {DOLO_END}, outside the year of the return.",
        lambda row, child: _is_outside_year(row, "DOLO_END", child),
        needs=(YEAR,),
        since=2027,
    ),
    between(
        "705",
        "dolo",
        "DOLO_START",
        "The order of {DOLO_START} began while the one before it was still open.",
        _clashing("dolo", "DOLO_START", "DOLO_END", open_only=True),
        since=2027,
    ),
    each(
        "708",
        "dolo",
        "DOLO_START",
        "The order began on {DOLO_START}, before the child was born on {DOB}.",
        lambda row, _: _is_before(row, "DOLO_START", row.born) or _is_before(row, "DOLO_END", row.born),
        needs=("born",),
        since=2027,
    ),
)

CHECKS: tuple[Check, ...] = (*REVIEWS, *MISSING, *PERMANENCE, *SOCIAL_WORKERS, *LIBERTY)
