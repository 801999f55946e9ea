"""The dimensions by which any figure can be crossed, and the crossing itself."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from types import MappingProxyType

from sightline.statistics.facts import Facts
from sightline.statistics.measures import Measure
from sightline.statistics.tables import Population, Statistic, Where, both
from sightline.statistics.variables import NOTHING, VARIABLES

_NAMES = (
    "nature",
    "age_band",
    "age_years",
    "sex",
    "ethnicity",
    "disability",
    "placement_type",
    "looked_after",
    "child_protection_plan",
    "child_in_need_plan",
    "known_to_agencies",
    "role",
    "region",
    "police_force",
    "authority",
    "quarter",
    "month",
    "route",
    "abuse_or_neglect",
    "outside_england",
    "notified_in_time",
    "rapid_review_in_time",
    "lcspr_decision",
    "panel_outcome",
    "neglect_experienced",
    "education_status",
    "looked_after_ever",
    "child_protection_plan_ever",
    "child_mental_health_condition",
    "child_health_condition",
    "family_known_to_social_care",
    "domestic_abuse",
    "parental_mental_health",
    "parental_substance_misuse",
    "likely_cause_primary",
    "harm_primary",
    "publication",
    "status",
    "level",
    "accepted",
    "theme",
)
DIMENSIONS = MappingProxyType({name: VARIABLES[name].phrase for name in _NAMES})
"""What a figure may be crossed by, each with the words that follow “by”."""

MOST_DIMENSIONS = 2
_FEW_VALUES = 40
"""A dimension with more values than this (authorities) shows only those that occur."""


class UnknownDimension(ValueError):
    """A figure cannot be crossed by this; the text names what it can be crossed by."""


def check_dimensions(by: tuple[str, ...]) -> None:
    unknown = [name for name in by if name not in DIMENSIONS]
    if unknown:
        raise UnknownDimension(
            f"There is no dimension called “{unknown[0]}”; there are {', '.join(sorted(DIMENSIONS))}."
        )
    if len(by) > MOST_DIMENSIONS or len(set(by)) < len(by):
        raise UnknownDimension("A figure is crossed by one dimension or by two different ones.")


def crossed(measures: Iterable[Measure], *, by: tuple[str, ...], facts: Facts) -> Iterator[Measure]:
    """Each measure once for every combination of the dimensions' values.

    A measure is left out where its rows do not have a dimension, or where what it counts or its base is
    already about it: crossed by nature, “deaths” would be its own base.
    """
    within: dict[Population, tuple[Where, ...]] = {}
    for measure in measures:
        population = facts.population(measure.way, measure.rows)
        assert population is not None
        if not _may_be_crossed(measure, by=by, facts=facts, population=population):
            continue
        if population not in within:
            within[population] = _combinations(population, by=by, facts=facts)
        for condition in within[population]:
            yield replace(measure, within=condition)


def _may_be_crossed(measure: Measure, *, by: tuple[str, ...], facts: Facts, population: Population) -> bool:
    about = {measure.variable, *(variable for variable, _ in measure.base or ())}
    has_them_all = set(by) <= set(facts.frames[population].columns)
    one_population = not measure.base_rows
    return (
        has_them_all
        and one_population
        and not about & set(by)
        and measure.statistic is not Statistic.COEFFICIENT
    )


def _combinations(population: Population, *, by: tuple[str, ...], facts: Facts) -> tuple[Where, ...]:
    sides = [[(name, value) for value in _values(name, population, facts)] for name in by]
    return tuple(both((), tuple((name, (value,)) for name, value in pairs)) for pairs in product(*sides))


def _values(name: str, population: Population, facts: Facts) -> list[str]:
    """Every value in its printed order, zeros included; the kinds of nothing only where they occur."""
    occurring = set(facts.frames[population][name].unique().to_list())
    values = facts.values(population, name)
    few = len(values) <= _FEW_VALUES
    return [value for value in values if value in occurring or (few and value not in NOTHING)]
