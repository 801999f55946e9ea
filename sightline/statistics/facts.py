"""The rows that are counted: for each population one frame, a column a variable, a value in every cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from sightline.register.tables import Register
from sightline.statistics import department_facts, panel_facts, register_facts
from sightline.statistics.agreed_answers import CHILD_QUESTIONS, REVIEW_QUESTIONS
from sightline.statistics.agreement import answer_pairs
from sightline.statistics.enumerations import as_enumerations
from sightline.statistics.tables import Population
from sightline.statistics.variables import VARIABLES
from sightline.vocabulary.periods import Period, in_words

PANEL, PANEL_LONGER, DEPARTMENT, REGISTER = "panel", "panel_15_months", "department", "register"


class BadWindow(ValueError):
    """The longer window cannot be counted; the text says why."""


@dataclass(frozen=True)
class Facts:
    """`frames` holds the rows of each population; `period` is the year in focus, and `data_from`, where
    given, the day from which the panel's longer window runs to the same last day."""

    period: Period
    data_from: date | None
    frames: Mapping[Population, pl.DataFrame]

    def population(self, way: str, rows: str) -> Population | None:
        """The one population of this way and kind of row, where it was built."""
        return next((each for each in self.frames if (each.way, each.rows) == (way, rows)), None)

    def values(self, population: Population, variable: str) -> tuple[str, ...]:
        """The values a variable can take: its code set's, or those that occur where there is none."""
        declared = VARIABLES[variable].values
        if declared:
            return tuple(declared)
        if variable == "quarter" and population.period is not None:
            return quarters_of(population.period)
        return tuple(sorted(self.frames[population][variable].unique().to_list()))


def quarters_of(period: Period) -> tuple[str, ...]:
    """The numbers of its quarters, as the variable `quarter` has them."""
    return tuple(str(number) for number, _ in enumerate(period.quarters(), start=1))


def build_facts(register: Register, *, counting: str, period: Period, data_from: date | None = None) -> Facts:
    """The facts of one way of counting, or of `all`.

    Raises `BadWindow` for a `data_from` that is not before the period, and ValueError for an unknown way and
    for a code that is in no code set (reading a register refuses such a code, so it cannot come from there).
    """
    check_counting(counting)
    if data_from is not None and data_from >= period.first:
        raise BadWindow(
            f"The longer window must start before the period: {in_words(data_from)} is not before "
            f"{in_words(period.first)}."
        )
    frames: dict[Population, pl.DataFrame] = {}
    if counting in (PANEL, REGISTER, "all"):
        frames |= _panel_and_register(register, counting=counting, period=period, data_from=data_from)
    if counting in (DEPARTMENT, "all"):
        frames |= _named(DEPARTMENT, department_facts.frames(register, period=period), period=period)
    return Facts(period, data_from, {each: as_enumerations(frame) for each, frame in frames.items()})


def _panel_and_register(
    register: Register, *, counting: str, period: Period, data_from: date | None
) -> dict[Population, pl.DataFrame]:
    pairs = answer_pairs(register.codings, questions=(*CHILD_QUESTIONS, *REVIEW_QUESTIONS))
    frames: dict[Population, pl.DataFrame] = {}
    if counting != REGISTER:
        reviewed = panel_facts.reviewed_incidents(register)
        panel = panel_facts.frames(register, reviewed, period=period)
        panel |= _by_question(panel_facts.pairs_of(pairs, reviewed, incidents=panel["incidents"]))
        frames |= _named(PANEL, panel, period=period)
        frames |= _longer_window(reviewed, period=period, data_from=data_from)
    if counting != PANEL:
        everything = register_facts.frames(register) | _by_question(pairs)
        frames |= _named(REGISTER, everything, period=None)
    return frames


def _by_question(pairs: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {
        pairs_on(question): pairs.filter(pl.col("variable") == question)
        for question in (*CHILD_QUESTIONS, *REVIEW_QUESTIONS)
    }


def pairs_on(question: str) -> str:
    """The kind of row that is a pair of answers to this question."""
    return f"pairs_on_{question}"


def _longer_window(
    reviewed: panel_facts.Reviewed, *, period: Period, data_from: date | None
) -> dict[Population, pl.DataFrame]:
    """The window from `data_from`, and the time before the period: what the two published windows let
    anyone work out."""
    if data_from is None:
        return {}
    whole = Period(data_from, period.last)
    before = Period(data_from, period.first - timedelta(days=1))
    return _named(PANEL_LONGER, panel_facts.incident_frames(reviewed, period=whole), period=whole) | _named(
        PANEL_LONGER,
        {
            f"{rows}_before": frame
            for rows, frame in panel_facts.incident_frames(reviewed, period=before).items()
        },
        period=before,
    )


def _named(
    way: str, frames: Mapping[str, pl.DataFrame], *, period: Period | None
) -> dict[Population, pl.DataFrame]:
    return {Population(way, rows, period): frame for rows, frame in frames.items()}


def check_counting(counting: str) -> None:
    if counting not in (ways := (PANEL, DEPARTMENT, REGISTER, "all")):
        raise ValueError(f"There is no way of counting called “{counting}”; the ways are {', '.join(ways)}.")
