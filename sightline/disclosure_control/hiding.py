"""Choosing what to hide and attacking the choice, in turns, until an attack finds nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sightline.disclosure_control.attack import Attacked, Defence, Known, Revealed, attack
from sightline.disclosure_control.complementary import choose
from sightline.disclosure_control.earlier import EarlierRelease, Merged, merge
from sightline.disclosure_control.equations import Equations, equations
from sightline.disclosure_control.policies import Policy
from sightline.disclosure_control.primary import sensitive_cells
from sightline.disclosure_control.problem import Problem, problem_of
from sightline.statistics.tables import CellKey, CountedRelease
from sightline.vocabulary.progress import Progress


class DisclosureRisk(Exception):
    """Something hidden can be worked out from what would be published. For the releasing officer's eyes:
    the text names cells, bounds and sums, and is not itself fit to be published."""

    def __init__(self, revealed: Sequence[Revealed]) -> None:
        self.revealed = tuple(revealed)
        more = len(self.revealed) - 1
        others = f" {more} more cell{'s' if more > 1 else ''} can be worked out too." if more else ""
        super().__init__(f"The release is refused. {self.revealed[0].in_words()}{others}")


@dataclass(frozen=True)
class Hiding:
    """The printed cells that are hidden, the attack that this withstood, and what the list of sums tells
    of cells that are not printed."""

    hidden: frozenset[CellKey]
    attacked: Attacked
    revised: int
    implied: dict[CellKey, Known]


_MOST_ATTEMPTS = 50


def hide(
    counted: CountedRelease,
    *,
    printed: Mapping[CellKey, Known],
    policy: Policy,
    earlier: Sequence[EarlierRelease],
    progress: Progress,
) -> Hiding:
    """`printed` says what a reader learns of each printed cell where it is shown.

    Raises `DisclosureRisk` for what no hiding prevents.
    """
    implied = _told_by_the_list(counted, printed)
    merged = merge(counted.cells, counted.sums, earlier, implied=implied)
    system = equations(merged.counts, merged.sums)
    sensitive_now = sensitive_cells(counted.cells, policy=policy)
    lost = given_away_before(earlier, policy) - sensitive_now
    sensitive = sensitive_now | (sensitive_cells(merged.counts, policy=policy) - lost)
    hidden_before = {key for key, told in merged.known.items() if told == (0, None)}
    width = dict.fromkeys(hidden_before - printed.keys() - lost, 1)
    exact = {key for key, (low, high) in printed.items() if low == high}
    problem = problem_of(
        system,
        counts=merged.counts,
        printed=printed,
        known_before=merged.known,
        hidden=sensitive & exact,
        width=width | dict.fromkeys(sensitive, policy.protection_width),
        may_hide_zeros=policy.may_hide_zeros,
    )
    trial = _Trial(problem, merged, printed, sensitive, lost, policy, progress)
    not_enough: list[frozenset[int]] = []
    answers: set[frozenset[int]] = set()
    for _ in range(_MOST_ATTEMPTS):
        chosen = choose(problem, not_enough=not_enough, progress=progress)
        hidden = frozenset(system.keys[cell] for cell in np.flatnonzero(chosen)) & printed.keys()
        hidden, attacked = trial.attack_without_the_useless(hidden)
        if not attacked.revealed:
            return Hiding(hidden, attacked, len(merged.revised), implied)
        if not any(each.by_whole_numbers for each in attacked.revealed):
            break
        # The choice calculates with broken numbers and cannot foresee what whole ones give away. It is
        # asked for more room around those cells, or, where that changed nothing, for another answer.
        answer = frozenset(np.flatnonzero(chosen).tolist())
        if answer in answers:
            not_enough.append(answer)
        answers.add(answer)
        problem = _with_more_room(problem, attacked.revealed)
    raise DisclosureRisk(trial.attack(hidden, explain=True).revealed)


def _told_by_the_list(counted: CountedRelease, printed: Mapping[CellKey, Known]) -> dict[CellKey, Known]:
    """The sums of a release are published with it. Where they list no unprinted cell of zero, whoever reads
    them can be sure that each of those listed holds somebody; of those `occurring` he can be sure anyway."""
    implied = sorted(counted.cells.keys() - printed.keys(), key=str)
    all_occur = all(counted.cells[key] for key in implied)
    return {key: (1, None) for key in implied if all_occur or key in counted.occurring}


def _with_more_room(problem: Problem, revealed: Sequence[Revealed]) -> Problem:
    width = problem.width.copy()
    for each in revealed:
        if each.by_whole_numbers:
            width[problem.equations.position[each.cell]] += 1
    return replace(problem, width=width)


@dataclass(frozen=True)
class _Trial:
    problem: Problem
    merged: Merged
    printed: Mapping[CellKey, Known]
    sensitive: frozenset[CellKey]
    lost: frozenset[CellKey]
    policy: Policy
    progress: Progress

    def attack_without_the_useless(self, hidden: frozenset[CellKey]) -> tuple[frozenset[CellKey], Attacked]:
        """A cell hidden for others' sake that can be worked out protects nothing, and is shown: who could
        work it out learns nothing new from it."""
        while True:
            attacked = self.attack(hidden, explain=False)
            useless = {each.cell for each in attacked.revealed if each.low == each.high}
            useless &= hidden - self.sensitive
            if not useless:
                return hidden, attacked
            hidden -= useless

    def attack(self, hidden: frozenset[CellKey], *, explain: bool) -> Attacked:
        known = dict(self.merged.known)
        for key, told in self.printed.items():
            known[key] = known.get(key, (0, None)) if key in hidden else _both(known.get(key), told)
        return attack(
            self.problem.equations,
            known=known,
            defence=defence(
                self.problem.equations,
                hidden=hidden | {key for key, told in known.items() if told == (0, None)} - self.lost,
                sensitive=self.sensitive,
                policy=self.policy,
                lost=self.lost,
            ),
            counts=self.merged.counts,
            explain=explain,
            progress=self.progress,
        )


def defence(
    system: Equations,
    *,
    hidden: Iterable[CellKey],
    policy: Policy,
    sensitive: Iterable[CellKey] = (),
    lost: frozenset[CellKey] = frozenset(),
) -> Defence:
    """Sensitive cells need the policy's width, every other hidden cell a second possible count, and of no
    cell may a reader be sure that it is small, but for those that are `lost` already."""
    width = dict.fromkeys(hidden, 1) | dict.fromkeys(sensitive, policy.protection_width)
    exempt = frozenset(key for key in system.keys if policy.is_exempt(key))
    return Defence(width, policy.hides_up_to, exempt | lost)


def _both(before: Known | None, now: Known) -> Known:
    if before is None:
        return now
    highs = [high for high in (before[1], now[1]) if high is not None]
    return max(before[0], now[0]), min(highs, default=None)


def given_away_before(earlier: Sequence[EarlierRelease], policy: Policy) -> frozenset[CellKey]:
    """What earlier releases gave away among themselves: that cannot be mended, and is not blamed on this
    one. What they print of cells that only they have is no secret either."""
    if not earlier:
        return frozenset()
    before = merge({}, (), earlier)
    system = equations(before.counts, before.sums)
    hidden = {key for key, told in before.known.items() if told == (0, None)}
    found = attack(
        system,
        known=before.known,
        defence=defence(system, hidden=hidden, policy=policy),
        counts=before.counts,
        explain=False,
    )
    return frozenset(each.cell for each in found.revealed)
