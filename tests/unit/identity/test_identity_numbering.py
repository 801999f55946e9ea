"""An identity keeps its number while most of it stays together; what becomes of a number is recorded."""

import polars as pl
from folded_people import clusters_of

from sightline.identity.numbering import Change, ChangeKind, numbered

NOBODY = pl.DataFrame(schema={"before": pl.Int64})


def number(groups, before=None, *, gone=NOBODY, next_number=100):
    records = clusters_of(groups, before)
    done = numbered(records, gone=gone, next_number=next_number)
    names = [f"{agency}:{record}" for agency, record in records.select("agency", "record_id").rows()]
    return dict(zip(names, done.numbers.to_list(), strict=True)), done


def test_first_numbers_follow_the_order_of_the_records():
    numbers, done = number([["h:3"], ["h:1", "h:2"]], next_number=1)
    assert numbers == {"h:1": 1, "h:2": 1, "h:3": 2}
    assert (done.new, done.changes) == ((1, 2), ())


def test_nothing_changes_where_the_groups_are_as_before():
    before = {"h:1": 7, "h:2": 7, "h:3": 9}
    numbers, done = number([["h:3"], ["h:1", "h:2"]], before)
    assert numbers == before
    assert (done.new, done.changes) == ((), ())


def test_a_merge_keeps_the_number_that_brings_most_records():
    numbers, done = number([["h:1", "h:2", "h:3"]], {"h:1": 1, "h:2": 2, "h:3": 2})
    assert set(numbers.values()) == {2}
    assert done.changes == (Change(ChangeKind.MERGED, 1, 2, 1),)


def test_of_equals_the_earliest_number_stays():
    numbers, done = number([["h:1", "h:2"]], {"h:1": 5, "h:2": 4})
    assert set(numbers.values()) == {4}
    assert done.changes == (Change(ChangeKind.MERGED, 5, 4, 1),)


def test_a_split_leaves_the_number_with_the_largest_part():
    numbers, done = number([["h:1"], ["h:2", "h:3"]], dict.fromkeys(("h:1", "h:2", "h:3"), 6))
    assert numbers == {"h:1": 100, "h:2": 6, "h:3": 6}
    assert done.changes == (Change(ChangeKind.SPLIT, 6, 100, 1),)


def test_of_two_equal_parts_that_with_the_first_record_keeps_the_number():
    numbers, _ = number([["h:2", "h:3"], ["h:1", "h:4"]], dict.fromkeys(("h:1", "h:2", "h:3", "h:4"), 6))
    assert numbers == {"h:1": 6, "h:4": 6, "h:2": 100, "h:3": 100}


def test_a_record_that_goes_over_to_a_living_identity_is_moved():
    numbers, done = number([["h:1", "h:2"], ["h:3", "h:4"]], {"h:1": 1, "h:2": 1, "h:3": 1, "h:4": 2})
    assert numbers == {"h:1": 1, "h:2": 1, "h:3": 2, "h:4": 2}
    assert done.changes == (Change(ChangeKind.MOVED, 1, 2, 1),)


def test_a_number_never_lives_on_in_the_lesser_part_of_what_was_merged():
    """2 goes with its two records into 1; the third is a new identity and not number 2."""
    before = {"h:1": 1, "h:2": 1, "h:3": 1, "h:4": 2, "h:5": 2, "h:6": 2}
    numbers, done = number([["h:1", "h:2", "h:3", "h:4", "h:5"], ["h:6"]], before)
    assert numbers["h:5"] == 1
    assert numbers["h:6"] == 100
    assert done.changes == (Change(ChangeKind.MERGED, 2, 1, 2), Change(ChangeKind.SPLIT, 2, 100, 1))


def test_an_identity_none_of_whose_records_is_held_has_ended():
    gone = pl.DataFrame({"before": [8, 8, 1]})
    _, done = number([["h:1"]], {"h:1": 1}, gone=gone)
    assert done.changes == (Change(ChangeKind.ENDED, 8, 0, 2),)
