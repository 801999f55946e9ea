"""Checks of a child's episodes beside one another: gaps, overlaps, whether reasons fit what changed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sightline.intake.formats.ssda903 import codes
from sightline.intake.formats.ssda903.checks import YEAR, Check, between
from sightline.intake.formats.ssda903.periods import days_in_care, pairs
from sightline.intake.formats.ssda903.rows import Child, Row

_PLACEMENT_PARTS = ("PLACE", "PL_POST", "URN", "PLACE_PROVIDER")
_CHANGES_PLACEMENT = frozenset({"P", "T", "B", "U"})
_FINAL = frozenset({"E2", "E15"})
_REASON_ASKED_SINCE = date(2015, 4, 1)


def _not_ended(child: Child) -> Iterator[Row]:
    return (row for row, _ in pairs(child) if not row["DEC"])


def _overlapping(child: Child) -> Iterator[Row]:
    for row, following in pairs(child):
        end, start = row.day("DEC"), following.day("DECOM")
        if end and start and start < end:
            yield following


def _first_is_no_start(child: Child) -> Iterator[Row]:
    if child.year and child.episodes:
        first = child.episodes[0]
        start = first.day("DECOM")
        if start and start >= child.year.start and first["RNE"] and first["RNE"] != "S":
            yield first


def _without_continuation(child: Child) -> Iterator[Row]:
    episodes = child.episodes
    for place, row in enumerate(episodes):
        end = row.day("DEC")
        if row["REC"] == codes.FOLLOWED and end:
            following = episodes[place + 1].day("DECOM") if place + 1 < len(episodes) else None
            if following is None or following - end > timedelta(days=1):
                yield row


def _started_the_day_it_ended(child: Child) -> Iterator[Row]:
    for row, following in pairs(child):
        if following["RNE"] == "S" and row.day("DEC") and row.day("DEC") == following.day("DECOM"):
            yield following


def _continues_what_had_ended(child: Child) -> Iterator[Row]:
    for row, following in pairs(child):
        if row["REC"] not in ("", codes.FOLLOWED) and following["RNE"] not in ("", "S"):
            yield following


def _gap_in_continuation(child: Child) -> Iterator[Row]:
    for row, following in pairs(child):
        end = row.day("DEC")
        if following["RNE"] not in ("", "S") and end and following.day("DECOM") != end:
            yield following


def _changed(row: Row, following: Row, *columns: str) -> bool:
    return any(row[column] != following[column] for column in columns)


def _claims(*reasons: str, legal: bool, placement: bool) -> "_Claim":
    return _Claim(frozenset(reasons), legal, placement)


class _Claim:
    """A reason for a new episode says which of legal status and placement changed: is it so?"""

    def __init__(self, reasons: frozenset[str], legal: bool, placement: bool) -> None:
        self.reasons, self.legal, self.placement = reasons, legal, placement

    def __call__(self, child: Child) -> Iterator[Row]:
        for row, following in pairs(child):
            if following["RNE"] in self.reasons:
                legal = _changed(row, following, "LS")
                placement = _changed(row, following, *_PLACEMENT_PARTS)
                if (legal, placement) != (self.legal, self.placement):
                    yield following


def _after(child: Child, ends: frozenset[str]) -> Iterator[Row]:
    episodes = child.episodes
    return (row for place, row in enumerate(episodes) if row["REC"] in ends and place + 1 < len(episodes))


def _need_changed(child: Child) -> Iterator[Row]:
    for row, following in pairs(child):
        needs = {row["CIN"], following["CIN"]}
        if following["RNE"] in {"L", *_CHANGES_PLACEMENT} and "" not in needs and len(needs) > 1:
            yield following


def _reason_missing(child: Child) -> Iterator[Row]:
    for row, following in pairs(child):
        start = following.day("DECOM")
        is_asked = start is not None and start >= _REASON_ASKED_SINCE
        is_asked &= not {row["PLACE"], following["PLACE"]} & codes.TEMPORARY
        if is_asked and following["RNE"] in _CHANGES_PLACEMENT and not row["REASON_PLACE_CHANGE"]:
            yield row


def _did_not_return(child: Child) -> Iterator[Row]:
    episodes = child.episodes
    for before, away, back in zip(episodes, episodes[1:], episodes[2:], strict=False):
        is_away = away["PLACE"] in codes.TEMPORARY and before["PLACE"] not in codes.TEMPORARY
        is_back = is_away and back["RNE"] != "S" and back["PLACE"] not in codes.TEMPORARY
        if is_back and _changed(before, back, "PLACE", "PL_POST"):
            yield back


def _no_foster_care_before(child: Child) -> Iterator[Row]:
    for row, following in pairs(child):
        if following["PLACE"] in {"A3", "A5"} and row["PLACE"] not in codes.FOSTER | codes.ADOPTIVE:
            yield following


def _in_year(child: Child) -> Iterable[Row]:
    year = child.year
    if year is None:
        return ()
    return (row for row in child.episodes if (start := row.day("DECOM")) and year.holds(start))


def _too_many_breaks(child: Child) -> Iterator[Row]:
    breaks = [row for row in _in_year(child) if row["LS"] == "V3"]
    if sum(days_in_care(row, child) or 0 for row in breaks) > 75:
        yield breaks[-1]


def _third_holiday(child: Child) -> Iterator[Row]:
    yield from [row for row in _in_year(child) if row["PLACE"] == "T3"][2:]


def _both_kinds_of_break(child: Child) -> Iterator[Row]:
    found = Counter(row["LS"] for row in _in_year(child))
    if found["V3"] and found["V4"]:
        yield next(row for row in _in_year(child) if row["LS"] == "V4")


def _adopted_before(child: Child) -> Iterator[Row]:
    episodes = child.episodes
    seen = False
    for row in episodes:
        if seen:
            yield row
        seen = seen or row["REC"] in codes.ADOPTED


CHECKS: tuple[Check, ...] = (
    between(
        "142",
        "episodes",
        "DEC",
        "The episode that began on {DECOM} has no end, but another began after it. Give the day it "
        "ended and why.",
        _not_ended,
    ),
    # An adopted child has a new number by design; nobody looks for the old record here or anywhere else.
    between(
        "199",
        "episodes",
        "CHILD",
        "The child was adopted from care before the episode of {DECOM}. An adopted child who returns "
        "to care gets a "
        "new number.",
        _adopted_before,
    ),
    between(
        "225",
        "episodes",
        "REASON_PLACE_CHANGE",
        "The placement changed after the episode of {DECOM}, but the reason is not given.",
        _reason_missing,
    ),
    between(
        "336",
        "episodes",
        "PLACE",
        "The child is placed for adoption with the current foster carer ({PLACE}), but the placement "
        "before was no "
        "foster placement.",
        _no_foster_care_before,
    ),
    between(
        "357",
        "episodes",
        "RNE",
        "The first episode, of {DECOM}, must begin with S, unless an earlier one has been left out.",
        _first_is_no_start,
        needs=(YEAR,),
    ),
    between(
        "367",
        "episodes",
        "DEC",
        "The short breaks (V3) of the year add up to more than 75 days.",
        _too_many_breaks,
        needs=(YEAR,),
    ),
    between(
        "377",
        "episodes",
        "PLACE",
        "More than two placements for the carer's holiday (T3) in one year.",
        _third_holiday,
        needs=(YEAR,),
    ),
    between(
        "383",
        "episodes",
        "PLACE",
        "After a temporary placement the child must return to the placement before; the episode of "
        "{DECOM} is "
        "another ({PLACE}).",
        _did_not_return,
    ),
    between(
        "388",
        "episodes",
        "REC",
        "The episode ended on {DEC} because another began (X1), but none did. Add it, or give the "
        "reason care ended.",
        _without_continuation,
    ),
    between(
        "426",
        "episodes",
        "LS",
        "Short breaks are recorded one by one (V3) or as an agreement (V4), not both in one year.",
        _both_kinds_of_break,
        needs=(YEAR,),
    ),
    between(
        "431",
        "episodes",
        "RNE",
        "Care is said to start on {DECOM}, the day on which the episode before ended. If it went on, "
        "say what changed.",
        _started_the_day_it_ended,
    ),
    between(
        "432",
        "episodes",
        "RNE",
        "Care had ended before the episode of {DECOM}, so its reason must be S.",
        _continues_what_had_ended,
    ),
    between(
        "433",
        "episodes",
        "DECOM",
        "The episode of {DECOM} continues another ({RNE}), but does not begin on the day on which "
        "that ended.",
        _gap_in_continuation,
    ),
    between(
        "434",
        "episodes",
        "RNE",
        "By its reason (L) the episode of {DECOM} changed the legal status and nothing else; its "
        "codes show otherwise.",
        _claims("L", legal=True, placement=False),
    ),
    between(
        "435",
        "episodes",
        "RNE",
        "By its reason ({RNE}) the episode of {DECOM} changed the placement and nothing else; its codes show "
        "otherwise.",
        _claims("P", "T", legal=False, placement=True),
    ),
    between(
        "436",
        "episodes",
        "RNE",
        "By its reason ({RNE}) the episode of {DECOM} changed both legal status and placement; its "
        "codes show "
        "otherwise.",
        _claims("B", "U", legal=True, placement=True),
    ),
    between(
        "437",
        "episodes",
        "REC",
        "By {REC} on {DEC} care ended for good, but there are later episodes.",
        lambda child: _after(child, _FINAL),
    ),
    between(
        "501",
        "episodes",
        "DECOM",
        "The episode of {DECOM} began before the one before it had ended.",
        _overlapping,
    ),
    between(
        "504",
        "episodes",
        "CIN",
        "The category of need changed to {CIN} with the episode of {DECOM}. It stays as it was when "
        "care began.",
        _need_changed,
    ),
)
