"""From a counted release to a safe one: the only door through which a number leaves."""

from collections.abc import Iterator, Mapping, Sequence

from sightline.disclosure_control.attack import Attacked, Known, attack
from sightline.disclosure_control.earlier import EarlierRelease, merge
from sightline.disclosure_control.equations import check_sums, equations
from sightline.disclosure_control.figures import safe_figure
from sightline.disclosure_control.hiding import DisclosureRisk, Hiding, defence, given_away_before, hide
from sightline.disclosure_control.policies import DEFAULT_POLICY, Policy
from sightline.disclosure_control.rounding import as_shown, what_it_tells
from sightline.disclosure_control.safe import _MINT, Checks, SafeCell, SafeRelease, SafeTable, Symbol
from sightline.statistics.tables import CellKey, CountedRelease, Geography, Table
from sightline.vocabulary.progress import Progress, silent

__all__ = ["DisclosureRisk", "attack_release", "protect"]


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
    if_shown = {key: as_shown(counted.cells[key], to, policy.rounds_to_zero) for key, to in multiples.items()}
    hiding = hide(
        counted, printed=_told(if_shown, multiples), policy=policy, earlier=earlier, progress=progress
    )
    shown = if_shown | dict.fromkeys(sorted(hiding.hidden, key=str), SafeCell(None, Symbol.SUPPRESSED))
    return SafeRelease(
        _MINT,
        tables=tuple(_safe_table(table, shown) for table in counted.tables),
        figures={
            figure.ref: safe_figure(figure, shown=shown, counts=counted.cells, policy=policy)
            for figure in counted.figures
        },
        policy=policy,
        checks=_checks(shown, hiding, earlier),
        known=_told(shown, multiples) | hiding.implied,
        sums=tuple(sorted(counted.sums, key=str)),
    )


def attack_release(
    release: SafeRelease, *, earlier: Sequence[EarlierRelease] = (), progress: Progress = silent
) -> Attacked:
    """Attack a release as it stands, knowing nothing but what is printed.

    Raises `DisclosureRisk`, and ValueError where the printed numbers contradict one another.
    """
    own = EarlierRelease.of(release, name="this release")
    exact = {key: low for key, (low, high) in release.known.items() if low == high}
    merged = merge(exact, release.sums, (*earlier, own))
    contradicted = next((each for each in merged.untied if each in release.sums), None)
    if contradicted is not None:
        raise ValueError(f"The printed numbers contradict one another: see “{contradicted.total}”.")
    system = equations(merged.counts, merged.sums)
    lost = given_away_before(earlier, release.policy) - release.known.keys()
    hidden = {key for key, told in merged.known.items() if told == (0, None)}
    attacked = attack(
        system,
        known=merged.known,
        defence=defence(system, hidden=hidden - lost, policy=release.policy, lost=lost),
        counts=merged.counts,
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


def _safe_table(table: Table, shown: Mapping[CellKey, SafeCell]) -> SafeTable:
    cells = {
        (row_index, column_index): shown[table.key(row, column)]
        for row_index, row in enumerate(table.rows)
        for column_index, column in enumerate(table.columns)
    }
    return SafeTable(_MINT, table=table, cells=cells)


def _told(cells: Mapping[CellKey, SafeCell], multiples: Mapping[CellKey, int]) -> dict[CellKey, Known]:
    return {key: what_it_tells(cell, multiples[key]) for key, cell in cells.items()}


def _checks(shown: Mapping[CellKey, SafeCell], hiding: Hiding, earlier: Sequence[EarlierRelease]) -> Checks:
    return Checks(
        cells_printed=len(shown),
        cells_hidden=sum(cell.symbol is Symbol.SUPPRESSED for cell in shown.values()),
        cells_rounded=sum(
            cell.is_rounded or cell.symbol in (Symbol.ROUNDS_TO_ZERO, Symbol.ROUNDS_TO_ZERO_SENSITIVE)
            for cell in shown.values()
        ),
        cells_attacked=hiding.attacked.cells_attacked,
        tables_found=hiding.attacked.tables_found,
        programmes_solved=hiding.attacked.programmes_solved,
        earlier_releases=tuple(release.name for release in earlier),
        cells_revised=hiding.revised,
    )
