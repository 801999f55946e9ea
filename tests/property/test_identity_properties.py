"""Numbers stay with their children whatever order rows come in; rulings hold and can be taken back."""

import polars as pl
from folded_people import clusters_of
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.identity.numbering import ChangeKind, numbered
from sightline.identity.redeciding import Tie, redecide
from sightline.identity.standing import pair_of

RECORDS = [f"{agency}:{number}" for agency in ("h", "p") for number in range(5)]
NOBODY = pl.DataFrame(schema={"before": pl.Int64})

GROUPINGS = st.lists(st.integers(0, 5), min_size=len(RECORDS), max_size=len(RECORDS))


def grouped(grouping):
    groups: dict[int, list[str]] = {}
    for record, group in zip(RECORDS, grouping, strict=True):
        groups.setdefault(group, []).append(record)
    return list(groups.values())


def number(groups, before, next_number, *, order=None):
    records = clusters_of(groups, before)
    if order is not None:
        records = records.sample(fraction=1, shuffle=True, seed=order)
    done = numbered(records, gone=NOBODY, next_number=next_number)
    names = [f"{agency}:{record}" for agency, record in records.select("agency", "record_id").rows()]
    return dict(zip(names, done.numbers.to_list(), strict=True)), done


@settings(deadline=None)
@given(st.lists(GROUPINGS, min_size=1, max_size=5), st.integers(0, 1000))
def test_numbers_are_stable_never_used_again_and_do_not_hang_on_the_order_of_rows(runs, order):
    before, next_number, ever = {}, 1, set()
    for grouping in runs:
        groups = grouped(grouping)
        numbers, done = number(groups, before, next_number)
        shuffled, again = number(groups[::-1], before, next_number, order=order)
        assert shuffled == numbers
        assert again.changes == done.changes
        assert {frozenset(r for r in RECORDS if numbers[r] == n) for n in set(numbers.values())} == {
            frozenset(group) for group in groups
        }
        assert not ever & set(done.new)
        ever |= set(done.new)
        retired = {each.number for each in done.changes if each.kind is ChangeKind.MERGED}
        assert retired == set(before.values()) - set(numbers.values())
        assert number(groups, numbers, next_number + len(done.new))[1].changes == ()
        before, next_number = numbers, next_number + len(done.new)


MEMBERS = [("h", str(number)) for number in range(7)]
PAIRS = st.tuples(st.sampled_from(MEMBERS), st.sampled_from(MEMBERS)).filter(lambda two: two[0] != two[1])


@settings(deadline=None)
@given(st.lists(st.tuples(PAIRS, st.floats(-4, 30)), max_size=12), st.sets(PAIRS, max_size=4), st.randoms())
def test_no_group_ever_holds_two_records_that_are_never_one_child(links, never, random):
    ties = [Tie(pair_of(*pair), bits) for pair, bits in links]
    apart = [pair_of(*pair) for pair in never]
    done = redecide(MEMBERS, ties=ties, never=apart)
    group_of = {record: group for group in done.groups for record in group}
    assert sorted(record for group in done.groups for record in group) == MEMBERS
    assert all(group_of[one] != group_of[other] for one, other in apart)
    random.shuffle(ties)
    assert redecide(MEMBERS[::-1], ties=ties, never=apart[::-1]) == done


@settings(deadline=None)
@given(st.lists(st.tuples(PAIRS, st.floats(-4, 30)), max_size=12))
def test_ties_that_no_ruling_stands_against_all_hold(links):
    done = redecide(MEMBERS, ties=[Tie(pair_of(*pair), bits) for pair, bits in links], never=())
    group_of = {record: group for group in done.groups for record in group}
    assert all(group_of[one] == group_of[other] for (one, other), _ in links)
    assert len(MEMBERS) - len(done.groups) == len(done.ties)
