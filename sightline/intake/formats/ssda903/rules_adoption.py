"""Checks of adoption itself: the facts of it, the match, and who adopts."""

from collections.abc import Iterator
from datetime import date

from sightline.intake.formats.ssda903 import codes
from sightline.intake.formats.ssda903.checks import Check, between, each
from sightline.intake.formats.ssda903.periods import latest_start, was_adopted
from sightline.intake.formats.ssda903.rows import Child, Row

_AD1 = ("DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR")
_COUPLES = frozenset({"MM", "FF", "MF"})
_SAME_SEX = frozenset({"MM", "FF"})


def _is_partly_filled(row: Row, _: Child) -> bool:
    return row.says(*_AD1) and not all(row[name] for name in _AD1)


def _adopters(status: str, allowed: frozenset[str], row: Row) -> bool:
    return row["LS_ADOPTR"] == status and bool(row["SEX_ADOPTR"]) and row["SEX_ADOPTR"] not in allowed


def is_after(row: Row, column: str, other: date | None) -> bool:
    day = row.day(column)
    return bool(day and other and day > other)


def placed_on(child: Child) -> date | None:
    """When the placement for adoption began from which, or in which, the child is."""
    days = [row.day("DECOM") for row in child.episodes if row["PLACE"] in codes.ADOPTIVE]
    return days[-1] if days else None


def _adopted_on(child: Child) -> date | None:
    return next((row.day("DEC") for row in child.all("episodes") if row["REC"] in codes.ADOPTED), None)


def _matched_too_late(row: Row, child: Child) -> bool:
    return was_adopted(child) and is_after(row, "DATE_MATCH", placed_on(child))


def _carer_does_not_fit(row: Row, child: Child) -> bool:
    adopted = [each_one for each_one in child.episodes if each_one["REC"] in codes.ADOPTED]
    if not adopted:
        return False
    expected = {"0": frozenset({"A3", "A5"}), "1": frozenset({"A4", "A6"})}.get(
        row["FOSTER_CARE"], frozenset()
    )
    return adopted[-1]["PLACE"] in expected


def _decision_not_that_day(row: Row, child: Child) -> bool:
    days = {each_one.day("DATE_PLACED") for each_one in child.all("placed_for_adoption")} - {None}
    return bool(days) and row.day("DATE_INT") is not None and row.day("DATE_INT") not in days


def _adopted_without_details(child: Child) -> Iterator[Row]:
    if not any(row.says(*_AD1) for row in child.all("ad1")):
        yield from [row for row in child.episodes if row["REC"] in codes.ADOPTED][:1]


def _decided_before_care(row: Row, child: Child) -> bool:
    day, start = row.day("DATE_INT"), latest_start(child)
    return bool(day and start and day < start)


CHECKS: tuple[Check, ...] = (
    each(
        "151",
        "ad1",
        "DATE_INT",
        "Only some of the facts of the adoption are given. Give all or none.",
        _is_partly_filled,
    ),
    each(
        "333",
        "ad1",
        "DATE_INT",
        "The decision to place for adoption, {DATE_INT}, is after the match with adopters, {DATE_MATCH}.",
        lambda row, _: is_after(row, "DATE_INT", row.day("DATE_MATCH")),
    ),
    each(
        "511",
        "ad1",
        "NB_ADOPTR",
        "Two adopters must be MM, FF or MF; {SEX_ADOPTR} is given.",
        lambda row, _: (
            row["NB_ADOPTR"] == "2" and bool(row["SEX_ADOPTR"]) and row["SEX_ADOPTR"] not in _COUPLES
        ),
    ),
    each(
        "514",
        "ad1",
        "LS_ADOPTR",
        "The adopter is single (L0), but {SEX_ADOPTR} is a couple.",
        lambda row, _: row["LS_ADOPTR"] == "L0" and row["SEX_ADOPTR"] in _COUPLES,
    ),
    each(
        "517",
        "ad1",
        "SEX_ADOPTR",
        "An unmarried couple of different sexes (L3) must be MF; {SEX_ADOPTR} is given.",
        lambda row, _: _adopters("L3", frozenset({"MF"}), row),
    ),
    each(
        "518",
        "ad1",
        "SEX_ADOPTR",
        "An unmarried couple of the same sex (L4) must be MM or FF; {SEX_ADOPTR} is given.",
        lambda row, _: _adopters("L4", _SAME_SEX, row),
    ),
    each(
        "519",
        "ad1",
        "SEX_ADOPTR",
        "Civil partners (L2) are a couple; {SEX_ADOPTR} is given.",
        lambda row, _: _adopters("L2", _COUPLES, row),
    ),
    each(
        "520",
        "ad1",
        "SEX_ADOPTR",
        "A married couple of different sexes (L11) must be MF; {SEX_ADOPTR} is given.",
        lambda row, _: _adopters("L11", frozenset({"MF"}), row),
    ),
    each(
        "524",
        "ad1",
        "SEX_ADOPTR",
        "A married couple of the same sex (L12) must be MM or FF; {SEX_ADOPTR} is given.",
        lambda row, _: _adopters("L12", _SAME_SEX, row),
    ),
    each(
        "331",
        "ad1",
        "DATE_MATCH",
        "The match with adopters, {DATE_MATCH}, is after the child was placed with them.",
        _matched_too_late,
        needs=("episodes",),
    ),
    each(
        "334",
        "ad1",
        "DATE_INT",
        "The decision to place for adoption, {DATE_INT}, is before the latest period of care began.",
        _decided_before_care,
        needs=("episodes",),
    ),
    each(
        "335",
        "ad1",
        "FOSTER_CARE",
        "Whether the adopter is the current foster carer ({FOSTER_CARE}) does not fit the last "
        "placement's code.",
        _carer_does_not_fit,
        needs=("episodes",),
    ),
    each(
        "521",
        "ad1",
        "DATE_INT",
        "The decision to place for adoption, {DATE_INT}, is after the child was placed.",
        lambda row, child: is_after(row, "DATE_INT", placed_on(child)),
        needs=("episodes",),
    ),
    each(
        "523",
        "ad1",
        "DATE_INT",
        "The decision to place for adoption is given as {DATE_INT} here and as another day in AD_PLACED.",
        _decision_not_that_day,
        needs=("placed_for_adoption",),
    ),
    each(
        "582",
        "ad1",
        "DATE_MATCH",
        "The match, {DATE_MATCH}, and the adoption are on one day. Check both.",
        lambda row, child: row.day("DATE_MATCH") is not None and row.day("DATE_MATCH") == _adopted_on(child),
        needs=("episodes",),
    ),
    between(
        "601",
        "episodes",
        "REC",
        "The child was adopted ({REC}) on {DEC}, but the facts of the adoption are not given.",
        _adopted_without_details,
        needs=("ad1",),
    ),
    each(
        "602",
        "ad1",
        "DATE_INT",
        "Facts of an adoption are given, but no episode ended with one (E11 or E12).",
        lambda row, child: row.says(*_AD1) and not was_adopted(child),
        needs=("episodes",),
    ),
    each(
        "134",
        "ad1",
        "DATE_INT",
        "Facts of an adoption are given for a care leaver. Leave them or the care leaving out.",
        lambda row, child: row.says(*_AD1) and bool(child.all("oc3")),
        needs=("oc3",),
    ),
)
