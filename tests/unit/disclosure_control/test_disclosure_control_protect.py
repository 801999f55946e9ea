"""What a safe release shows: tables, figures, symbols, and what it refuses."""

import json
from dataclasses import replace

import numpy as np
import pytest
from counted import a_figure, cell, crossed, joined

from sightline.disclosure_control import hiding
from sightline.disclosure_control.attack import attack
from sightline.disclosure_control.earlier import EarlierRelease
from sightline.disclosure_control.protect import DisclosureRisk, attack_release, protect
from sightline.disclosure_control.safe import SafeCell, SafeFigure, SafeRelease, SafeTable, Symbol
from sightline.statistics.tables import CountedRelease, Figure, Statistic, Sum

AGES = crossed(np.array([[1, 7, 30], [4, 6, 12]]), {"sex": "fm", "age": "uvw"})
HIDDEN = SafeCell(None, Symbol.SUPPRESSED)


def with_figures(counted: CountedRelease, *figures: Figure) -> CountedRelease:
    return CountedRelease(counted.tables, figures, counted.cells, counted.sums, counted.published)


def shown(figure: Figure, counted: CountedRelease = AGES) -> SafeFigure:
    return protect(with_figures(counted, figure)).figures[figure.ref]


def test_a_table_shows_numbers_and_symbols_never_both() -> None:
    (table,) = protect(AGES).tables
    small = table.rows[1], table.columns[1]
    assert table.cell(*small) == HIDDEN and str(table.cell(*small)) == "c"
    assert table.cell(table.rows[0], table.columns[0]) == SafeCell(60)


def test_a_cell_of_two_tables_is_hidden_in_both_or_in_neither() -> None:
    by_nature = crossed(np.array([[2, 6], [40, 12]]), {"sex": "fm", "nature": "dh"})
    by_age = crossed(np.array([[5, 3], [1, 51]]), {"sex": "fm", "age": "uv"})
    safe = protect(joined(by_nature, by_age))
    left, right = safe.tables
    for row in range(len(left.rows)):
        assert left.at(row, 0) == right.at(row, 0)


def test_a_true_zero_is_shown() -> None:
    counted = crossed(np.array([[0, 30], [12, 40]]), {"sex": "fm", "age": "uv"})
    (table,) = protect(counted).tables
    assert table.at(1, 1) == SafeCell(0)


def test_a_table_of_nothing_is_shown_as_zeros() -> None:
    safe = protect(crossed(np.zeros((2, 2), dtype=int), {"sex": "fm", "age": "uv"}))
    assert safe.checks.cells_hidden == 0
    assert set(safe.known.values()) == {(0, 0)}


def test_an_empty_release_is_safe() -> None:
    safe = protect(CountedRelease((), (), {}, ()))
    assert safe.tables == () and safe.checks.cells_printed == 0
    assert attack_release(safe).revealed == ()


def test_a_release_of_one_child_hides_everything_that_counts_the_child() -> None:
    safe = protect(crossed(np.array([[1, 0], [0, 0]]), {"sex": "fm", "age": "uv"}))
    for key in (cell(), cell(sex="f"), cell(age="u"), cell(sex="f", age="u")):
        assert safe.known[key] == (0, None)


def test_regions_are_rounded_with_true_zero_kept_apart() -> None:
    counted = crossed(np.array([[0, 0], [2, 2], [31, 14]]), {"region": ("ne", "nw", "se"), "sex": "fm"})
    (table,) = protect(counted).tables
    assert [str(table.at(row, 0)) for row in (1, 2, 3)] == ["0", "k", "50"]
    assert table.at(3, 0).is_rounded and not table.at(1, 0).is_rounded
    assert table.at(0, 0) == SafeCell(49)


def test_a_figure_of_a_shown_cell_has_its_number_base_and_share() -> None:
    figure = shown(a_figure(cell(age="w"), 42, base_cell=cell(), base=60))
    assert (figure.value, figure.base, figure.percent_rounded, figure.low) == (42, 60, 70, 1.0)


@pytest.mark.parametrize(
    "figure",
    [
        a_figure(cell(sex="f", age="u"), 1),
        a_figure(cell(sex="f", age="u"), 1, base_cell=cell(), base=60),
        a_figure(cell(age="w"), 42, base_cell=cell(sex="f", age="u"), base=1),
    ],
    ids=["its cell is hidden", "with a base", "its base is hidden"],
)
def test_a_figure_of_a_hidden_cell_or_base_shows_nothing_of_itself(figure: Figure) -> None:
    safe = shown(figure)
    assert safe.symbol is Symbol.SUPPRESSED
    numbers = (safe.value, safe.base, safe.missing, safe.low, safe.high, safe.percent, safe.percent_rounded)
    assert set(numbers) == {None}


def test_a_missing_count_is_shown_only_where_its_own_cell_is() -> None:
    base = {"base_cell": cell(), "base": 60}
    assert shown(a_figure(cell(age="w"), 42, **base, missing_cell=cell(age="u"), missing=5)).missing == 5
    hidden = a_figure(cell(age="w"), 42, **base, missing_cell=cell(sex="f", age="u"), missing=1)
    assert shown(hidden).missing is None and shown(hidden).value == 42
    assert shown(a_figure(cell(age="w"), 42, **base, missing=5)).missing is None


def test_a_count_that_no_cell_stands_behind_is_withheld() -> None:
    assert shown(a_figure(None, 42)).symbol is Symbol.NOT_AVAILABLE
    assert shown(a_figure(cell(age="w"), 42, base=60)).symbol is Symbol.NOT_AVAILABLE


def test_a_figure_of_a_region_is_rounded_and_has_no_interval() -> None:
    counted = crossed(np.array([[18, 13], [31, 14]]), {"region": ("ne", "se"), "sex": "fm"})
    safe = shown(a_figure(cell(region="ne"), 31, base_cell=cell(), base=76), counted)
    assert (safe.value, safe.is_rounded, safe.low, safe.high) == (30, True, None, None)


def test_the_least_of_anything_is_never_shown() -> None:
    safe = shown(a_figure(None, 5.0, base_cell=cell(), statistic=Statistic.MINIMUM))
    assert safe.symbol is Symbol.SUPPRESSED and safe.value is None


@pytest.mark.parametrize("statistic", [Statistic.MEAN, Statistic.COEFFICIENT])
@pytest.mark.parametrize(("base_cell", "base", "is_shown"), [("w", 42, True), ("u", 5, False)])
def test_a_mean_or_coefficient_needs_a_base_of_ten(
    statistic: Statistic, base_cell: str, base: int, is_shown: bool
) -> None:
    safe = shown(a_figure(None, 2.5, base_cell=cell(age=base_cell), base=base, statistic=statistic))
    assert (safe.value == 2.5) is is_shown
    assert (safe.symbol is None) is is_shown


def test_a_sum_that_does_not_hold_stops_the_release() -> None:
    untrue = joined(AGES, sums=(Sum(cell(), (cell(sex="f"),)),))
    with pytest.raises(ValueError, match="add up to 38, not to 60"):
        protect(untrue)


def test_safe_types_cannot_be_made_outside() -> None:
    for kind, arguments in (
        (SafeTable, {"table": AGES.tables[0], "cells": {}}),
        (SafeFigure, {"figure": a_figure(cell(), 60), "symbol": None}),
        (SafeRelease, dict.fromkeys(("tables", "figures", "policy", "checks", "known", "sums"))),
    ):
        with pytest.raises(TypeError, match=r"disclosure_control\.protect alone"):
            kind(object(), **arguments)


def test_what_is_written_holds_no_number_of_a_hidden_cell() -> None:
    """Two releases that differ only in what is hidden are written alike."""
    left = crossed(np.array([[1, 7], [4, 6]]), {"sex": "fm", "age": "uv"})
    right = crossed(np.array([[2, 6], [3, 7]]), {"sex": "fm", "age": "uv"})
    written = [protect(each).to_json() for each in (left, right)]
    for each in written:
        assert all(
            each["known"][index][1:] in ([0, None], [8, 8], [10, 10], [5, 5], [13, 13], [18, 18])
            for index in range(9)
        )
        json.dumps(each)


def test_a_release_of_another_layout_is_refused_by_name() -> None:
    written = protect(AGES).to_json() | {"layout": 99}
    with pytest.raises(ValueError, match="layout 99"):
        SafeRelease.from_json(written)


def test_a_cell_shown_before_and_sensitive_now_refuses_the_release() -> None:
    leak = cell(sex="f", age="u")
    with pytest.raises(DisclosureRisk, match="earlier release") as risk:
        protect(AGES, earlier=(EarlierRelease("2022", {leak: (1, 1)}),))
    assert [each.cell for each in risk.value.revealed] == [leak]


def test_a_count_corrected_since_an_earlier_release_is_not_given_away_by_it() -> None:
    told = EarlierRelease("2022", {cell(sex="f", age="u"): (5, 5)})
    safe = protect(AGES, earlier=(told,))
    assert safe.known[cell(sex="f", age="u")] == (0, None)
    assert safe.checks.cells_revised == 1 and safe.checks.earlier_releases == ("2022",)


def test_what_an_earlier_release_shows_is_no_longer_any_use_to_hide() -> None:
    """Without it, 4 would be hidden beside 1; since everybody knows the 4, something else must be."""
    column = crossed(np.array([1, 4, 30]), {"age": "uvw"})
    assert protect(column).known[cell(age="v")] == (0, None)
    safe = protect(column, earlier=(EarlierRelease("2022", {cell(age="v"): (4, 4)}),))
    assert safe.known[cell(age="v")] == (4, 4)
    assert sum(told == (0, None) for told in safe.known.values()) == 2


def test_an_earlier_release_that_gave_itself_away_is_not_blamed_on_this_one() -> None:
    lost, all_of_them = cell(sex="x", place="y"), cell(sex="x")
    earlier = EarlierRelease("2021", {lost: (0, None), all_of_them: (9, 9)}, (Sum(all_of_them, (lost,)),))
    assert protect(AGES, earlier=(earlier,)).checks.cells_hidden


def test_a_hidden_cell_of_an_earlier_release_is_not_given_away_by_this_one() -> None:
    """The earlier one hid two parts of fifty; this one would print one of them and so give away the other."""
    lost, mine, fifty = cell(place="a"), cell(age="w"), cell(place="both")
    earlier = EarlierRelease(
        "2021", {lost: (0, None), mine: (0, None), fifty: (50, 50)}, (Sum(fifty, (lost, mine)),)
    )
    safe = protect(AGES, earlier=(earlier,))
    assert safe.known[mine] == (0, None)


def test_two_releases_that_are_safe_alone_are_refused_if_one_gives_the_other_away() -> None:
    """Each hides another pair of the same column; together they show all of it but one."""
    column = crossed(np.array([1, 4, 30]), {"age": "uvw"})
    first = protect(column)
    other = EarlierRelease("other", {cell(age="v"): (4, 4), cell(): (35, 35), cell(age="w"): (30, 30)})
    with pytest.raises(DisclosureRisk, match="age = u"):
        attack_release(first, earlier=(other,))
    assert attack_release(first).revealed == ()


def test_a_table_in_which_only_whole_numbers_give_cells_away_is_protected_too(monkeypatch) -> None:
    """Found by chance and made small: the first choice leaves a cell between one half and two and a half."""
    counts = np.zeros((5, 3, 5), dtype=int)
    for place in ("002", "014", "110", "121", "201", "312", "314", "411", "423", "424"):
        counts[tuple(map(int, place))] = 1
    attacks = []

    def watched(*arguments, **named):
        attacks.append(attack(*arguments, **named))
        return attacks[-1]

    monkeypatch.setattr(hiding, "attack", watched)
    safe = protect(crossed(counts, {"place": "abcde", "sex": "fmn", "age": "uvwxy"}))
    assert any(each.by_whole_numbers for each in attacks[0].revealed)
    assert attacks[-1].revealed == ()
    assert attack_release(safe).revealed == ()


def test_an_unprinted_cell_that_the_sums_list_is_known_to_hold_somebody() -> None:
    """The rest of a base is listed only where it is not nothing, and the list is published."""
    everybody, rest = cell(all="yes"), cell(left_out="yes")
    counted = CountedRelease(
        tables=AGES.tables,
        figures=(),
        cells={**AGES.cells, everybody: 62, rest: 2},
        sums=(*AGES.sums, Sum(everybody, (cell(), rest))),
        published=AGES.published | {everybody},
    )
    safe = protect(counted)
    assert safe.known[rest] == (1, None)
    assert (0, None) in (safe.known[everybody], safe.known[cell()])
    with_nothing = replace(counted, cells={**AGES.cells, everybody: 60, rest: 0})
    assert rest not in protect(with_nothing).known


def test_lines_that_are_there_because_they_occur_give_nobody_away() -> None:
    """Four hidden lines that leave four of the total, each known to count somebody, would each be one."""
    counts = {"on_roll": 3, "out": 8, "silent": 1, "unknown": 1, "uncoded": 1, "young": 1}
    status = {name: cell(status=name) for name in counts}
    told = {key: cell(status=name, has_a_line="yes") for name, key in status.items() if counts[name] == 1}
    counted = CountedRelease(
        tables=(),
        figures=(),
        cells={
            cell(): 15,
            cell(more="yes"): 0,
            **{status[name]: count for name, count in counts.items()},
            **dict.fromkeys(told.values(), 1),
        },
        sums=(
            Sum(cell(), tuple(status.values())),
            *(Sum(occurs, (key,)) for key, occurs in told.items()),
        ),
        published=frozenset({cell(), *status.values()}),
        occurring=frozenset(told.values()),
    )
    safe = SafeRelease.from_json(protect(counted).to_json())
    assert {safe.known[each] for each in told.values()} == {(1, None)}
    shown = {key for key in (cell(), status["on_roll"], status["out"]) if safe.known[key] != (0, None)}
    assert len(shown) < 3
    assert attack_release(safe).revealed == ()
    before = EarlierRelease.of(safe, name="before")
    leak = EarlierRelease(
        "a leak", {key: (counted.cells[key],) * 2 for key in (cell(), *status.values())[:3]}
    )
    with pytest.raises(DisclosureRisk):
        protect(replace(counted, occurring=frozenset()), earlier=(before, leak))


def test_progress_is_told() -> None:
    told = []
    protect(AGES, progress=lambda stage, done, total: told.append((stage, done, total)))
    assert told and all(stage and done >= 0 for stage, done, _ in told)
