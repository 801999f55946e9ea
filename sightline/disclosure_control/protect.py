"""From a counted release to a safe one: the only door through which a number leaves."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from sightline.disclosure_control.attack import Attacked, Defence, Known, Revealed, attack
from sightline.disclosure_control.complementary import choose
from sightline.disclosure_control.earlier import EarlierRelease, Merged, merge
from sightline.disclosure_control.equations import Equations, check_sums, equations
from sightline.disclosure_control.figures import safe_figure
from sightline.disclosure_control.policies import DEFAULT_POLICY, Policy
from sightline.disclosure_control.primary import sensitive_cells
from sightline.disclosure_control.problem import problem_of
from sightline.disclosure_control.rounding import as_shown, what_it_tells
from sightline.disclosure_control.safe import _MINT, Checks, SafeCell, SafeRelease, SafeTable, Symbol
from sightline.statistics.tables import CellKey, CountedRelease, Geography, Table
from sightline.vocabulary.progress import Progress, silent


class DisclosureRisk(Exception):
    """Something hidden can be worked out from what would be published. For the releasing officer's eyes:
    the text names cells, bounds and sums, and is not itself fit to be published."""

    def __init__(self, revealed: Sequence[Revealed]) -> None:
        self.revealed = tuple(revealed)
        first = self.revealed[0]
        more = len(self.revealed) - 1
        others = f" {more} more cell{'s' if more > 1 else ''} can be worked out too." if more else ""
        super().__init__(f"The release is refused. {first.in_words()}{others}")


_MOST_ATTEMPTS = 20


def protect(
    counted: CountedRelease,
    *,
    policy: Policy = DEFAULT_POLICY,
    earlier: Sequence[EarlierRelease] = (),
    progress: Progress = silent,
) -> SafeRelease:
    """Hide and round by the policy, attack the result, and only then make safe tables and figures of it.

    Raises `DisclosureRisk` where a count can be worked out whatever is hidden, as when an earlier release
    printed it; ValueError where a sum of the release does not hold.
    """
    check_sums(counted.cells, counted.sums)
    multiples = _multiples(counted, policy)
    merged = merge(counted.cells, counted.sums, earlier)
    system = equations(merged.counts, merged.sums)
    sensitive = sensitive_cells(merged.counts, policy=policy)
    hidden, attacked = _hide(system, merged, multiples, sensitive, policy, progress)
    shown = {
        key: SafeCell(None, Symbol.SUPPRESSED)
        if key in hidden
        else as_shown(counted.cells[key], to, policy.rounds_to_zero)
        for key, to in multiples.items()
    }
    return SafeRelease(
        _MINT,
        tables=tuple(_safe_table(table, shown) for table in counted.tables),
        figures={
            figure.ref: safe_figure(figure, shown=shown, counts=counted.cells, policy=policy)
            for figure in counted.figures
        },
        policy=policy,
        checks=_checks(shown, attacked, earlier),
        known={key: what_it_tells(cell, multiples[key]) for key, cell in shown.items()},
        sums=tuple(counted.sums),
    )


def attack_release(
    release: SafeRelease, *, earlier: Sequence[EarlierRelease] = (), progress: Progress = silent
) -> Attacked:
    """Attack a release as it stands, knowing nothing but what is printed; raises `DisclosureRisk`."""
    own = EarlierRelease.of(release, name="this release")
    merged = merge({}, (), (*earlier, own))
    attacked = attack(
        equations(merged.known, merged.sums),
        known=merged.known,
        defence=_defence(merged.known, {}, release.policy),
        progress=progress,
    )
    if attacked.revealed:
        raise DisclosureRisk(attacked.revealed)
    return attacked


def _multiples(counted: CountedRelease, policy: Policy) -> dict[CellKey, int]:
    """Every cell that is printed anywhere, with the multiple it is rounded to: the same in every place."""
    multiples = {key: policy.rounds_to(key) for key in (*counted.published, *_of_figures(counted))}
    for table in counted.tables:
        for key, geography in _places(table):
            multiples[key] = max(multiples.get(key, 1), policy.rounds_to(key, geography))
    return dict(sorted(multiples.items(), key=lambda item: str(item[0])))


def _of_figures(counted: CountedRelease) -> Iterator[CellKey]:
    for figure in counted.figures:
        yield from (key for key in (figure.cell, figure.base_cell, figure.missing_cell) if key is not None)


def _places(table: Table) -> Iterator[tuple[CellKey, Geography]]:
    for row in table.rows:
        for column in table.columns:
            yield table.key(row, column), row.geography
            yield table.key(row, column), column.geography


def _hide(
    system: Equations,
    merged: Merged,
    multiples: Mapping[CellKey, int],
    sensitive: frozenset[CellKey],
    policy: Policy,
    progress: Progress,
) -> tuple[frozenset[CellKey], Attacked]:
    """Choose and attack in turns: what only whole numbers give away, the choice cannot foresee."""
    printed = {key: _told(merged.counts[key], to, policy) for key, to in multiples.items()}
    exact = frozenset(key for key, (low, high) in printed.items() if low == high)
    width = dict.fromkeys(sensitive, policy.protection_width)
    problem = problem_of(
        system,
        counts=merged.counts,
        printed=printed,
        known_before=merged.known,
        hidden=sensitive & exact,
        width=width,
        may_hide_zeros=policy.may_hide_zeros,
    )
    broken: list[frozenset[int]] = []
    while True:
        chosen = choose(problem, not_enough=broken, progress=progress)
        hidden = frozenset(system.keys[cell] for cell in np.flatnonzero(chosen)) & multiples.keys()
        known = _everything_known(printed, hidden, merged)
        attacked = attack(
            system,
            known=known,
            defence=_defence(known, width, policy),
            counts=merged.counts,
            progress=progress,
        )
        if not attacked.revealed:
            return hidden, attacked
        if len(broken) == _MOST_ATTEMPTS or not any(each.by_whole_numbers for each in attacked.revealed):
            raise DisclosureRisk(attacked.revealed)
        broken.append(frozenset(np.flatnonzero(chosen).tolist()))


def _told(count: int, to: int, policy: Policy) -> Known:
    return what_it_tells(as_shown(count, to, policy.rounds_to_zero), to)


def _everything_known(
    printed: Mapping[CellKey, Known], hidden: frozenset[CellKey], merged: Merged
) -> dict[CellKey, Known]:
    now = {key: (0, None) if key in hidden else told for key, told in printed.items()}
    return dict(merged.known) | {
        key: _both(merged.known.get(key, (0, None)), told) for key, told in now.items()
    }


def _both(left: Known, right: Known) -> Known:
    highs = [high for high in (left[1], right[1]) if high is not None]
    return max(left[0], right[0]), min(highs, default=None)


def _defence(known: Mapping[CellKey, Known], width: Mapping[CellKey, int], policy: Policy) -> Defence:
    """Sensitive cells need their width, every other hidden cell the policy's least, and of no cell may a
    reader be sure that it is small."""
    hidden = {key: policy.hidden_width for key, told in known.items() if told == (0, None)}
    exempt = frozenset(key for key in known if policy.is_exempt(key))
    return Defence(hidden | dict(width), policy.hides_up_to, exempt)


def _safe_table(table: Table, shown: Mapping[CellKey, SafeCell]) -> SafeTable:
    cells = {
        (row_index, column_index): shown[table.key(row, column)]
        for row_index, row in enumerate(table.rows)
        for column_index, column in enumerate(table.columns)
    }
    return SafeTable(_MINT, table=table, cells=cells)


def _checks(
    shown: Mapping[CellKey, SafeCell], attacked: Attacked, earlier: Sequence[EarlierRelease]
) -> Checks:
    return Checks(
        cells_printed=len(shown),
        cells_hidden=sum(cell.symbol is Symbol.SUPPRESSED for cell in shown.values()),
        cells_rounded=sum(
            cell.is_rounded or cell.symbol in (Symbol.ROUNDS_TO_ZERO, Symbol.ROUNDS_TO_ZERO_SENSITIVE)
            for cell in shown.values()
        ),
        cells_attacked=attacked.cells_attacked,
        tables_found=attacked.tables_found,
        programmes_solved=attacked.programmes_solved,
        earlier_releases=tuple(release.name for release in earlier),
    )
