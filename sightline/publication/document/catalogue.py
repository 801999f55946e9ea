"""The names of all figures that any release can hold, from the declarations of measures alone."""

from collections.abc import Iterator
from functools import cache

from sightline.statistics.agreement_measures import AGREEMENT
from sightline.statistics.department_measures import DEPARTMENT
from sightline.statistics.measures import Declaration, Family
from sightline.statistics.panel_measures import LONGER_WINDOW, PANEL
from sightline.statistics.register_measures import REGISTER
from sightline.statistics.variables import VARIABLES


@cache
def known_figures() -> frozenset[str]:
    """“panel.nature_death” and so on: what a wording may refer to, counted in this release or not.

    A breakdown whose values the register decides (quarters) is not among them, because another register
    has other values.
    """
    declared = (*PANEL, *LONGER_WINDOW, *DEPARTMENT, *AGREEMENT, *REGISTER)
    return frozenset(ref for declaration in declared for ref in _refs(declaration))


def _refs(declaration: Declaration) -> Iterator[str]:
    if not isinstance(declaration, Family):
        yield f"{declaration.way}.{declaration.name}"
        return
    pattern = declaration.pattern
    for value in declaration.only or VARIABLES[pattern.variable].values:
        yield f"{pattern.way}.{declaration.prefix}_{value}"
