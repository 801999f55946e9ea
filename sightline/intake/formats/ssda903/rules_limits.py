"""Checks of how young a child can be, and how long an episode can last, for its codes."""

from collections.abc import Callable, Iterator

from sightline.intake.formats.ssda903.checks import YEAR, Check, each
from sightline.intake.formats.ssda903.periods import days_in_care
from sightline.intake.formats.ssda903.rows import Child, Row

Breaks = Callable[[Row, Child], bool]


def _lasted_longer(days: int, column: str, *values: str) -> Breaks:
    def breaks(row: Row, child: Child) -> bool:
        lasted = days_in_care(row, child)
        return row[column] in values and lasted is not None and lasted > days

    return breaks


def _began_under(age: int, column: str, *values: str) -> Breaks:
    return lambda row, _: row[column] in values and row.is_under(age, row.day("DECOM"))


def _ages() -> Iterator[Check]:
    """The ages at which the department takes a status or a placement to be possible."""
    for number, column, values, age, years, since in (
        ("358", "LS", ("J1", "J2", "J3"), 10, (0, 9999), 2023),
        ("370", "PLACE", ("P2",), 15, (0, 2023), 2023),
        ("370", "PLACE", ("P2",), 16, (2024, 9999), 2024),
        ("371", "PLACE", ("H5",), 14, (0, 2023), 2023),
        ("371", "PLACE", ("H5", "K3"), 16, (2024, 9999), 2024),
        ("372", "PLACE", ("R5",), 10, (0, 9999), 2023),
        ("373", "PLACE", ("S1",), 4, (0, 9999), 2023),
        ("374", "PLACE", ("P3",), 14, (0, 9999), 2023),
        ("234", "REASON_PLACE_CHANGE", ("CUSTOD",), 10, (2026, 9999), 2026),
    ):
        sentence = (
            f"The child was under {age} when the episode of {{DECOM}} began, too young for "
            f"{{{column}}}. Check "
            "the code and the date of birth."
        )
        yield each(
            number,
            "episodes",
            column,
            sentence,
            _began_under(age, column, *values),
            needs=("born", *((YEAR,) if years != (0, 9999) else ())),
            years=years,
            since=since,
        )


def _lengths() -> Iterator[Check]:
    for number, column, code, days, what in (
        ("361", "LS", "L1", 3, "Police protection lasts 72 hours at most"),
        ("362", "LS", "L2", 21, "An emergency protection order lasts 21 days at most"),
        ("363", "LS", "L3", 7, "A child assessment order lasts 7 days at most"),
        ("364", "LS", "J2", 21, "Detention under the Police and Criminal Evidence Act cannot last this long"),
        ("365", "LS", "V3", 17, "One short break lasts 17 days at most"),
        ("375", "PLACE", "T1", 42, "A temporary stay in hospital lasts six weeks at most"),
        ("376", "PLACE", "T3", 21, "A placement for the carer's holiday lasts three weeks at most"),
        ("379", "PLACE", "T4", 7, "A temporary placement T4 lasts seven days at most"),
    ):
        sentence = f"{what}; the episode that began on {{DECOM}} is longer. Correct its dates or its code."
        yield each(number, "episodes", "DEC", sentence, _lasted_longer(days, column, code))


CHECKS: tuple[Check, ...] = (*_ages(), *_lengths())
