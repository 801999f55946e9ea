"""Checks of who the child is: the header, unaccompanied asylum seekers, motherhood."""

from datetime import date

from sightline.intake.formats.ssda903.checks import YEAR, Check, between, each
from sightline.intake.formats.ssda903.periods import is_looked_after_on, is_only_short_breaks, last_end
from sightline.intake.formats.ssda903.rows import Child, Row, birthday

_MALE = frozenset({"1", "M"})
_FEMALE = frozenset({"2", "F"})
ONCE = (
    ("INT31", "ad1"),
    ("INT32", "header"),
    ("INT33", "oc2"),
    ("INT34", "oc3"),
    ("INT35", "previous_permanence"),
    ("INT36", "uasc"),
)
"""Tables in which a child may stand once only."""


def _born_after_end(row: Row, child: Child) -> bool:
    return bool(child.year and row.born and row.born > child.year.end)


def _is_over_25(row: Row, child: Child) -> bool:
    return bool(child.year and row.is_at_least(26, child.year.start))


def _is_young_mother(row: Row, child: Child) -> bool:
    when = row.day("MC_DOB") or (child.year.end if child.year else child.as_of)
    return row["MOTHER"] == "1" and row.is_under(11, when)


def _is_younger_than_child(row: Row, _: Child) -> bool:
    hers = row.day("MC_DOB")
    return bool(hers and row.born and hers <= row.born)


def _first_child_too_late(row: Row, child: Child) -> bool:
    hers = row.day("MC_DOB")
    if hers is None or child.year is None:
        return False
    end = last_end(child)
    return hers > child.year.end or (end is not None and hers > end)


def _lacks_number_at_school_age(row: Row, child: Child) -> bool:
    if child.year is None:
        return False
    return row["UPN"] == "UN1" and row.is_at_least(5, date(child.year.start.year, 8, 31))


def _number_still_sought(row: Row, child: Child) -> bool:
    if row["UPN"] != "UN4" or child.year is None or not is_looked_after_on(child, child.year.end):
        return False
    started = [each_one.day("DECOM") for each_one in child.episodes if each_one["RNE"] == "S"]
    return bool(started and started[-1] and (child.year.end - started[-1]).days > 7)


def _is_girl_without_answer(row: Row) -> bool:
    return row["SEX"] in _FEMALE and "MOTHER" in row.cells and not row["MOTHER"]


def _unsaid_while_in_care(row: Row, child: Child) -> bool:
    return bool(
        child.year
        and _is_girl_without_answer(row)
        and is_looked_after_on(child, child.year.end)
        and not is_only_short_breaks(child)
    )


def _unsaid_at_leaving(row: Row, child: Child) -> bool:
    end = last_end(child)
    return bool(
        child.year
        and _is_girl_without_answer(row)
        and end
        and child.year.holds(end)
        and not is_only_short_breaks(child)
    )


def _outlives_childhood(row: Row, _: Child) -> bool:
    ends = row.day("DUC")
    return bool(ends and row.born and ends > birthday(row.born, 18))


def _status_not_said(row: Row, child: Child) -> bool:
    header = child.one("header")
    return bool(row["DUC"] and header and header["UASC"] != "1")


def _repeated(table: str, number: str) -> Check:
    return between(
        number,
        table,
        "CHILD",
        "This child has a row in this table already. Keep the right one.",
        lambda child: child.all(table)[1:],
    )


CHECKS: tuple[Check, ...] = (
    *(_repeated(table, number) for number, table in ONCE),
    each(
        "174",
        "header",
        "MC_DOB",
        "A first child's date of birth is given, but the sex given is male. Correct the one that is wrong.",
        lambda row, _: row["SEX"] in _MALE and bool(row["MC_DOB"]),
    ),
    each(
        "301",
        "header",
        "DOB",
        "The child was born on {DOB}, after the collection year ended. Correct the date of birth, or "
        "take the "
        "child out.",
        _born_after_end,
        needs=(YEAR,),
    ),
    each(
        "351",
        "header",
        "DOB",
        "Born on {DOB}, this person was over 25 when the year began, too old for the return.",
        _is_over_25,
        needs=(YEAR,),
    ),
    each(
        "611",
        "header",
        "MC_DOB",
        "She is a mother, but the date of birth of her first child is not given.",
        lambda row, _: row["MOTHER"] == "1" and not row["MC_DOB"],
    ),
    each(
        "612",
        "header",
        "MOTHER",
        "A first child's date of birth is given, so MOTHER must be 1; or remove the date.",
        lambda row, _: bool(row["MC_DOB"]) and row["MOTHER"] != "1" and row["SEX"] not in _MALE,
    ),
    each(
        "620",
        "header",
        "MOTHER",
        "She is recorded as a mother, but born on {DOB} she would have been under 11.",
        _is_young_mother,
    ),
    each(
        "621",
        "header",
        "MC_DOB",
        "The first child's date of birth, {MC_DOB}, is not after the mother's own, {DOB}.",
        _is_younger_than_child,
    ),
    each(
        "625",
        "header",
        "MC_DOB",
        "The first child's date of birth, {MC_DOB}, is after the year ended or after she left care.",
        _first_child_too_late,
        needs=(YEAR,),
    ),
    each(
        "209",
        "header",
        "UPN",
        "UN1 is for children not yet at school; born on {DOB}, this child is of school age. Give the "
        "number, or "
        "another code.",
        _lacks_number_at_school_age,
        needs=(YEAR,),
    ),
    each(
        "210",
        "header",
        "UPN",
        "UN4 is for the first week; this child had been looked after for longer on 31 March. Give "
        "the number.",
        _number_still_sought,
        needs=("episodes", YEAR),
    ),
    each(
        "303",
        "uasc",
        "DUC",
        "A date on which unaccompanied status ceases is given, so UASC must be 1.",
        _status_not_said,
        needs=("header",),
    ),
    each(
        "304",
        "uasc",
        "DUC",
        "Unaccompanied status ceases on {DUC}, after the 18th birthday. It ends then at the latest.",
        _outlives_childhood,
    ),
    each(
        "393",
        "header",
        "MOTHER",
        "She was looked after on 31 March: say whether she is a mother, 0 or 1.",
        _unsaid_while_in_care,
        needs=("episodes", YEAR),
    ),
    each(
        "607",
        "header",
        "MOTHER",
        "She left care in the year: say whether she was a mother, 0 or 1.",
        _unsaid_at_leaving,
        needs=("episodes", YEAR),
    ),
    each(
        "628",
        "header",
        "MOTHER",
        "Motherhood is not asked of care leavers who were not looked after in the year. Leave it empty.",
        lambda row, child: bool(row["MOTHER"] and child.all("oc3") and not child.all("episodes")),
        needs=("oc3", "episodes"),
    ),
)
