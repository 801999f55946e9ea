"""Which further cells to hide so that no sensitive count can be worked out: the least loss, by optimisation.

The method is that of Fischetti and Salazar-González (“Solving the cell suppression problem on tabular data
with linear constraints”, Management Science 47, 2001). A master programme chooses the cheapest cells under
the conditions found so far; linear programmes then bound every sensitive cell as an attacker would; for each
one that is not open widely enough their prices give a condition that this choice breaks and every safe
choice keeps. The two take turns until no condition is broken.
"""

from collections.abc import Iterable

import numpy as np

from sightline.disclosure_control.master import Cut, Master
from sightline.disclosure_control.problem import Bools, Floats, Problem
from sightline.disclosure_control.separation import broken_conditions, lone_cells
from sightline.vocabulary.progress import Progress, silent


def choose(
    problem: Problem, *, not_enough: Iterable[frozenset[int]] = (), progress: Progress = silent
) -> Bools:
    """The cells to hide, those hidden already among them.

    `not_enough` holds earlier answers that an attack broke: each answer must hide something that each of
    them shows. A cell that even hiding everything would not protect is left for the attack to report.
    """
    master = Master(problem.cost)
    master.add([_something_else(problem, answer) for answer in not_enough])
    turn = looks = 0
    while True:
        turn += 1
        progress("Choosing what to hide", turn, 0)
        hidden = problem.is_hidden | master.cheapest_choice()
        if master.add(lone_cells(problem, hidden)):
            continue
        looks += 1
        if not _learn(master, problem, hidden, mending=looks > _LOOKS_BEFORE_MENDING):
            return hidden


_LOOKS_BEFORE_MENDING = 3


def _learn(master: Master, problem: Problem, hidden: Bools, *, mending: bool) -> bool:
    """Add the conditions that the choice breaks; whether there were any.

    With `mending` the choice is then mended cheaply and looked at again, until it breaks nothing more.
    Mended choices are thrown away, but what they taught saves the master many turns. At first a turn
    teaches many conditions anyway; a choice that still breaks some after that would go on for one a turn.
    """
    cuts = broken_conditions(problem, hidden)
    learnt = is_new = master.add(cuts) > 0
    while mending and is_new:
        for cut in cuts:
            _mend(hidden, cut, problem.cost)
        cuts = lone_cells(problem, hidden) or broken_conditions(problem, hidden)
        is_new = master.add(cuts) > 0
    return learnt


def _mend(hidden: Bools, cut: Cut, cost: Floats) -> None:
    """Hide the cheapest cells for their weight until the condition is met."""
    met = sum(weight for cell, weight in zip(cut.cells, cut.weights, strict=True) if hidden[cell])
    free = [pair for pair in zip(cut.cells, cut.weights, strict=True) if not hidden[pair[0]] and pair[1] > 0]
    for cell, weight in sorted(free, key=lambda pair: (cost[pair[0]] / pair[1], pair[0])):
        if met >= cut.at_least:
            return
        hidden[cell] = True
        met += weight


def _something_else(problem: Problem, answer: frozenset[int]) -> Cut:
    others = tuple(cell for cell in np.flatnonzero(problem.may_be_hidden).tolist() if cell not in answer)
    return Cut(others, tuple(1.0 for _ in others), 1.0)
