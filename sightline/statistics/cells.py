"""Counts of many cells at once: one grouping for each set of variables, whatever the number of cells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product
from math import prod

import polars as pl

from sightline.statistics.facts import Facts
from sightline.statistics.tables import CellKey, Where


def count_cells(facts: Facts, keys: Iterable[CellKey]) -> dict[CellKey, int]:
    """How many rows of its population meet all the conditions of each key.

    Raises KeyError for a population that the facts do not hold.
    """
    groups: defaultdict[tuple[object, tuple[str, ...]], list[CellKey]] = defaultdict(list)
    for key in dict.fromkeys(keys):
        groups[key.population, _variables(key.where)].append(key)
    counts: dict[CellKey, int] = {}
    for (_, variables), wanted in groups.items():
        frame = facts.frames[wanted[0].population]
        found = _tally(frame, variables)
        counts |= {key: _add_up(found, key.where) for key in wanted}
    return counts


def _variables(where: Where) -> tuple[str, ...]:
    return tuple(variable for variable, _ in where)


def _tally(frame: pl.DataFrame, variables: tuple[str, ...]) -> Mapping[tuple[str, ...], int]:
    if not variables:
        return {(): frame.height}
    counted = frame.group_by(variables).len()
    return {tuple(row[:-1]): row[-1] for row in counted.iter_rows()}


def _add_up(found: Mapping[tuple[str, ...], int], where: Where) -> int:
    """The sum over every combination of the values that count.

    Either the combinations asked for or the ones that occur are walked, whichever are fewer.
    """
    wanted = [values for _, values in where]
    if prod(map(len, wanted)) <= len(found):
        return sum(found.get(combination, 0) for combination in product(*wanted))
    sets = [frozenset(values) for values in wanted]
    return sum(
        count
        for values, count in found.items()
        if all(value in allowed for value, allowed in zip(values, sets, strict=True))
    )
