"""Checks of OC3: what care leavers do and where they live around a birthday."""

from datetime import date

from sightline.intake.formats.ssda903 import codes
from sightline.intake.formats.ssda903.checks import YEAR, Check, each
from sightline.intake.formats.ssda903.periods import is_looked_after_on, last_end
from sightline.intake.formats.ssda903.rows import Child, Row, birthday

_OC3 = ("IN_TOUCH", "ACTIV", "ACCOM")
_OTHER = ("reviews", "ad1", "placed_for_adoption", "missing")


def _birthday_in_year(row: Row, child: Child, *ages: int) -> date | None:
    if row.born is None or child.year is None:
        return None
    return next((day for age in ages if child.year.holds(day := birthday(row.born, age))), None)


def _is_not_of_age(row: Row, child: Child) -> bool:
    return bool(row.born and child.year and not _birthday_in_year(row, child, 17, 18, 19, 20, 21))


def _turned(row: Row, child: Child, age: int) -> bool:
    return _birthday_in_year(row, child, age) is not None


def _in_care_at_birthday(row: Row, child: Child) -> bool:
    day = _birthday_in_year(row, child, 17, 18)
    return bool(day and is_looked_after_on(child, day) and last_end(child) is None)


def _left_after_birthday(row: Row, child: Child) -> bool:
    day, end = _birthday_in_year(row, child, 17, 18), last_end(child)
    return bool(day and end and end > day and is_looked_after_on(child, day))


def _ended_with(child: Child, code: str) -> bool:
    episodes = child.episodes
    return bool(episodes) and episodes[-1]["REC"] == code


def _has_other_data(row: Row, child: Child) -> bool:
    if child.all("episodes"):
        return False
    return any(
        any(part.says(*(set(part.cells) - {"CHILD", "DOB"})) for part in child.all(table)) for table in _OTHER
    )


def _is_half_filled(row: Row, _: Child) -> bool:
    return row.says(*_OC3) and not all(row[name] for name in _OC3)


CHECKS: tuple[Check, ...] = (
    each(
        "153",
        "oc3",
        "IN_TOUCH",
        "Being in touch, activity and accommodation: give all three or none.",
        _is_half_filled,
    ),
    each(
        "344",
        "oc3",
        "ACTIV",
        "The young person had died or returned home ({IN_TOUCH}): activity and accommodation must be 0.",
        lambda row, _: (
            row["IN_TOUCH"] in {"DIED", "RHOM"}
            and any(row[name] not in {"", "0"} for name in ("ACTIV", "ACCOM"))
        ),
    ),
    each(
        "345",
        "oc3",
        "ACTIV",
        "The authority is in touch (YES), so activity and accommodation cannot be 0.",
        lambda row, _: row["IN_TOUCH"] == "YES" and "0" in {row["ACTIV"], row["ACCOM"]},
    ),
    each(
        "347",
        "oc3",
        "ACCOM",
        "A care leaver under 18 cannot live in a foyer ({ACCOM}). Check the code.",
        lambda row, child: row["ACCOM"] in {"T1", "T2"} and _turned(row, child, 17),
        needs=(YEAR,),
        years=(2024, 9999),
        since=2024,
    ),
    each(
        "391",
        "oc3",
        "DOB",
        "Born on {DOB}, the young person did not turn 17, 18, 19, 20 or 21 in the year.",
        _is_not_of_age,
        needs=(YEAR,),
    ),
    each(
        "3001",
        "oc3",
        "ACCOM",
        "Around the 17th birthday nobody can live with former foster carers ({ACCOM}); that begins at 18.",
        lambda row, child: row["ACCOM"] in {"Z1", "Z2"} and _turned(row, child, 17),
        needs=(YEAR,),
    ),
    each(
        "1000",
        "oc3",
        "IN_TOUCH",
        "The child died in care (E2), so leaving care is not filled in.",
        lambda row, child: (
            row.says(*_OC3) and any(part["REC"] == codes.DIED for part in child.all("episodes"))
        ),
        needs=("episodes",),
    ),
    each(
        "1007",
        "oc3",
        "IN_TOUCH",
        "Looked after on the 17th or 18th birthday and since: leaving care is not filled in.",
        _in_care_at_birthday,
        needs=("episodes", YEAR),
    ),
    each(
        "1011",
        "oc3",
        "IN_TOUCH",
        "Another authority took over the child's care (E3), so leaving care is not filled in.",
        lambda row, child: row.says(*_OC3) and _ended_with(child, "E3"),
        needs=("episodes",),
    ),
    each(
        "1012",
        "oc3",
        "IN_TOUCH",
        "A care leaver without an episode in the year has other entries too. Take them out, or add "
        "the episodes.",
        _has_other_data,
        needs=("episodes", *_OTHER),
    ),
    each(
        "1014",
        "oc3",
        "IN_TOUCH",
        "Unaccompanied status is not asked of care leavers. Leave it out.",
        lambda row, child: row.says(*_OC3) and any(part["DUC"] for part in child.all("uasc")),
        needs=("uasc",),
    ),
    each(
        "1016",
        "oc3",
        "IN_TOUCH",
        "Care ended after the 17th or 18th birthday: leaving care is not filled in this year.",
        _left_after_birthday,
        needs=("episodes", YEAR),
        years=(2024, 9999),
        since=2024,
    ),
)
