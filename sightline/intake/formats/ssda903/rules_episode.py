"""Checks of one episode of care: its dates, and what its codes say of one another."""

from collections.abc import Callable, Iterator
from datetime import date

from sightline.intake.formats.ssda903 import codes
from sightline.intake.formats.ssda903.checks import YEAR, Check, each
from sightline.intake.formats.ssda903.rows import Child, Row, birthday
from sightline.intake.formats.ssda903.rules_values import postcode_in

_CHILDREN_ACT = date(1991, 10, 14)
_ADOPTION_ACT = date(2005, 12, 30)
_P2_ENDED = date(2023, 10, 28)
_NO_URN = frozenset({"P1", "P2", "P3", "R1", "R2", "R5", *codes.TEMPORARY, "Z1", "Z11", "Z12", "Z13", "Z14"})
_NO_PROVIDER = frozenset({*codes.TEMPORARY, "Z1", "Z11", "Z12", "Z13", "Z14"})
_NOT_BY_PUBLIC_BODY = frozenset({"P1", *codes.ADOPTIVE, "K1", "K2", *codes.FOSTER})

Breaks = Callable[[Row, Child], bool]


def _ended_under(age: int, *values: str) -> Breaks:
    return lambda row, _: row["REC"] in values and row.is_under(age, row.day("DEC"))


def _ended_at_least(age: int, values: frozenset[str]) -> Breaks:
    return lambda row, _: row["REC"] in values and row.is_at_least(age, row.day("DEC"))


def _with(column: str, values: frozenset[str], other: str, others: frozenset[str]) -> Breaks:
    return lambda row, _: row[column] in values and row[other] in others


def _one(value: str) -> frozenset[str]:
    return frozenset({value})


def _is_after_year(column: str) -> Breaks:
    def breaks(row: Row, child: Child) -> bool:
        day = row.day(column)
        return bool(day and child.year and day > child.year.end)

    return breaks


def _starts(row: Row, before: date | None = None, since: date | None = None) -> bool:
    day = row.day("DECOM")
    return bool(day and (before is None or day < before) and (since is None or day >= since))


def _goes_on_past_18(row: Row, child: Child) -> bool:
    if row.born is None or (row["LS"] == "V2" and row["PLACE"] == "K2"):
        return False
    end = row.day("DEC") or (child.year.end if child.year and not row["DEC"] else None)
    return bool(end and end > birthday(row.born, 18))


def _has_same_postcodes(row: Row, _: Child) -> bool:
    home, placement = postcode_in(row["HOME_POST"]), postcode_in(row["PL_POST"])
    return bool(home) and home == placement and row["PLACE"] != "P1"


def _lacks_postcode(row: Row, child: Child) -> bool:
    if row["LS"] in codes.SHORT_BREAKS or _is_unaccompanied(child):
        return False
    return not row["HOME_POST"] or not row["PL_POST"]


def _is_unaccompanied(child: Child) -> bool:
    header, asylum = child.one("header"), child.one("uasc")
    return bool((header and header["UASC"] == "1") or (asylum and asylum["DUC"]))


def _is_freed_still(row: Row, _: Child) -> bool:
    return row["LS"] == "D1" and not row["DEC"] and _starts(row, since=_ADOPTION_ACT)


def _lacks_provider(row: Row, _: Child) -> bool:
    return bool(row["PLACE"]) and row["PLACE"] not in _NO_PROVIDER and not row["PLACE_PROVIDER"]


def _providers() -> Iterator[Check]:
    for number, provider, places in (
        ("527", "PR1", frozenset({"P1", "R2", "R5"})),
        ("528", "PR2", frozenset({"P1", "R2", "R5"})),
        ("529", "PR3", _NOT_BY_PUBLIC_BODY),
        ("530", "PR4", _one("P1")),
        ("531", "PR5", _one("P1")),
        ("550", "PR0", frozenset(codes.PLACEMENT) - {"P1"}),
    ):
        sentence = "Provider {PLACE_PROVIDER} does not go with placement {PLACE}. Correct one of them."
        yield each(
            number,
            "episodes",
            "PLACE_PROVIDER",
            sentence,
            _with("PLACE_PROVIDER", _one(provider), "PLACE", places),
        )


def _row(
    number: str,
    column: str,
    sentence: str,
    breaks: Breaks,
    *needs: str,
    years: tuple[int, int] = (0, 9999),
    since: int = 2023,
) -> Check:
    return each(number, "episodes", column, sentence, breaks, needs=needs, years=years, since=since)


CHECKS: tuple[Check, ...] = (
    *_providers(),
    _row(
        "148",
        "REC",
        "Of the day on which the episode of {DECOM} ended and the reason, only one is given. Give "
        "both or neither.",
        lambda row, _: bool(row["DEC"]) != bool(row["REC"]),
    ),
    _row(
        "217",
        "RNE",
        "A placement for adoption with the current carer ({PLACE}) keeps the carer: RNE must be S, T or U.",
        lambda row, _: (
            row["PLACE"] in {"A3", "A5"} and bool(row["RNE"]) and row["RNE"] not in {"S", "T", "U"}
        ),
    ),
    _row(
        "217t",
        "PLACE",
        "Placement P2 can no longer be used for episodes that begin on 28 October 2023 or later.",
        lambda row, _: row["PLACE"] == "P2" and _starts(row, since=_P2_ENDED),
        since=2024,
    ),
    _row(
        "213",
        "PLACE_PROVIDER",
        "No provider is asked for a placement of type {PLACE}. Leave it empty.",
        lambda row, _: row["PLACE"] in _NO_PROVIDER and bool(row["PLACE_PROVIDER"]),
    ),
    _row(
        "214",
        "PL_POST",
        "Where the placement is, is not asked for short breaks ({LS}). Leave the postcode and the URN empty.",
        lambda row, _: row["LS"] in codes.SHORT_BREAKS and row.says("PL_POST", "URN"),
    ),
    _row(
        "222",
        "URN",
        "Ofsted does not register placements of type {PLACE}. Leave the URN empty.",
        lambda row, _: row["PLACE"] in _NO_URN and bool(row["URN"].strip("X")),
    ),
    _row(
        "226",
        "REASON_PLACE_CHANGE",
        "No reason for a change of placement is asked for a temporary one ({PLACE}). Leave it empty.",
        lambda row, _: row["PLACE"] in codes.TEMPORARY and bool(row["REASON_PLACE_CHANGE"]),
    ),
    _row(
        "233",
        "REASON_PLACE_CHANGE",
        "A reason for a change of placement is given for an episode that has not ended. Leave it empty.",
        lambda row, _: bool(row["REASON_PLACE_CHANGE"]) and not row["DEC"],
        YEAR,
        years=(2026, 9999),
        since=2026,
    ),
    _row(
        "302",
        "DECOM",
        "The episode began on {DECOM}, before the child was born. Correct that date or the date of birth.",
        lambda row, _: bool(row.born and _starts(row, before=row.born)),
        "born",
    ),
    _row(
        "352",
        "DECOM",
        "The child was 18 or over when care began on {DECOM}. Check the date and the date of birth.",
        lambda row, _: row["RNE"] == "S" and row.is_at_least(18, row.day("DECOM")),
        "born",
    ),
    _row(
        "353",
        "DECOM",
        "No episode can begin before 14 October 1991, when the Children Act 1989 came into force.",
        lambda row, _: _starts(row, before=_CHILDREN_ACT),
    ),
    _row(
        "354", "DECOM", "The episode began on {DECOM}, after the year ended.", _is_after_year("DECOM"), YEAR
    ),
    _row("385", "DEC", "The episode ended on {DEC}, after the year ended.", _is_after_year("DEC"), YEAR),
    _row(
        "355",
        "DEC",
        "The episode began and ended on {DEC}. Episodes of less than a day are not recorded.",
        lambda row, _: bool(row.day("DEC")) and row.day("DEC") == row.day("DECOM"),
    ),
    _row(
        "356",
        "DEC",
        "The episode ended on {DEC}, before it began on {DECOM}. Correct one of the dates.",
        lambda row, _: bool((end := row.day("DEC")) and _starts(row, since=end) and end != row.day("DECOM")),
    ),
    _row(
        "359",
        "DEC",
        "Care went on past the 18th birthday, which is possible only under section 20 in a children's home.",
        _goes_on_past_18,
        "born",
    ),
    _row(
        "366",
        "RNE",
        "The placement cannot change within one short break (V3): RNE must be S.",
        lambda row, _: row["LS"] == "V3" and bool(row["RNE"]) and row["RNE"] != "S",
    ),
    _row(
        "378",
        "LS",
        "A child placed with parents (P1) cannot be accommodated under section 20 (V2). Correct one of them.",
        _with("PLACE", _one("P1"), "LS", _one("V2")),
    ),
    _row(
        "380",
        "PLACE",
        "Care cannot begin with a temporary placement ({PLACE}). Give the placement it began with.",
        _with("RNE", _one("S"), "PLACE", codes.TEMPORARY),
    ),
    _row(
        "381",
        "PLACE",
        "Care cannot end from a temporary placement ({PLACE}). Give the placement it ended from.",
        _with("REC", frozenset(codes.END_OF_EPISODE) - {"X1"}, "PLACE", codes.TEMPORARY),
    ),
    _row(
        "382",
        "PLACE",
        "A child on a short break ({LS}) cannot be in a temporary placement ({PLACE}).",
        _with("LS", codes.SHORT_BREAKS, "PLACE", codes.TEMPORARY),
    ),
    _row(
        "384",
        "PLACE",
        "A child on a short break ({LS}) cannot be in a long-term foster placement ({PLACE}).",
        _with("LS", codes.SHORT_BREAKS, "PLACE", frozenset({"U1", "U4"})),
    ),
    _row(
        "386",
        "REC",
        "The child was adopted on {DEC}, but was 18 or over by then.",
        _ended_at_least(18, codes.ADOPTED),
        "born",
    ),
    _row(
        "387",
        "REC",
        "The child moved to independent living ({REC}) under the age of 14. Check the code.",
        _ended_under(14, "E5", "E6"),
        "born",
    ),
    _row(
        "389",
        "REC",
        "The child moved to care funded by adult social care (E7) under the age of 16. Check the code.",
        _ended_under(16, "E7"),
        "born",
    ),
    _row(
        "390",
        "PLACE",
        "The child was adopted ({REC}) from placement {PLACE}, which is no placement for adoption "
        "(A3 to A6).",
        _with("REC", codes.ADOPTED, "PLACE", frozenset(codes.PLACEMENT) - codes.ADOPTIVE),
    ),
    _row(
        "392b",
        "PL_POST",
        "The home or the placement postcode of the episode of {DECOM} is missing. Both are asked "
        "except for short "
        "breaks and unaccompanied children.",
        _lacks_postcode,
        "header",
        "uasc",
    ),
    _row(
        "392d",
        "PL_POST",
        "The postcodes of home and placement are the same, but the child is not placed with parents (P1).",
        _has_same_postcodes,
    ),
    _row(
        "398",
        "HOME_POST",
        "The home postcode is not asked for short breaks ({LS}). Leave it empty.",
        lambda row, _: row["LS"] in codes.SHORT_BREAKS and bool(row["HOME_POST"]),
    ),
    _row(
        "407",
        "REC",
        "A special guardianship order was made on {DEC}, but the child was 18 or over by then.",
        _ended_at_least(18, codes.GUARDIANSHIP),
        "born",
    ),
    _row(
        "408",
        "LS",
        "The child is placed for adoption under a placement order ({PLACE}), but the legal status is "
        "{LS}, not E1.",
        _with("PLACE", frozenset({"A5", "A6"}), "LS", frozenset(codes.LEGAL_STATUS) - {"E1"}),
    ),
    _row(
        "445",
        "LS",
        "Freeing orders (D1) ended in December 2005; this episode began on {DECOM}.",
        lambda row, _: row["LS"] == "D1" and _starts(row, since=_ADOPTION_ACT),
    ),
    _row(
        "446",
        "LS",
        "Placement orders (E1) began in December 2005; this episode began on {DECOM}.",
        lambda row, _: row["LS"] == "E1" and _starts(row, before=_ADOPTION_ACT),
    ),
    _row(
        "451",
        "LS",
        "The child is still freed for adoption (D1), which has not been possible since 2005.",
        _is_freed_still,
    ),
    _row(
        "460",
        "REC",
        "The child stayed with the carers at 18 (E17), but was under 18 on {DEC}.",
        _ended_under(18, "E17"),
        "born",
    ),
    _row(
        "516",
        "PLACE",
        "A former foster carer became guardian ({REC}), but the last placement ({PLACE}) is no "
        "foster placement.",
        _with("REC", frozenset({"E45", "E46"}), "PLACE", frozenset(codes.PLACEMENT) - codes.FOSTER),
    ),
    _row(
        "526",
        "PLACE_PROVIDER",
        "Who provides placement {PLACE} is missing. Give PR0 to PR5.",
        _lacks_provider,
    ),
)
