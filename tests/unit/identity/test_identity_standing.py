"""Of each pair the last ruling stands that was not taken back, and decides before any evidence."""

from sightline.identity.redeciding import Tie, chain_between, redecide
from sightline.identity.standing import Ruled, pair_of, standing

ADA, BEN, CAT, DAN = ("education", "A"), ("health", "B"), ("police", "C"), ("police", "D")


def test_a_pair_is_one_pair_in_whichever_order_it_is_named():
    assert pair_of(BEN, ADA) == pair_of(ADA, BEN) == (ADA, BEN)


def test_the_latest_ruling_on_a_pair_stands():
    stands = standing([Ruled(2, (ADA, BEN), "same"), Ruled(1, (ADA, BEN), "unsure")])
    assert stands.same == {(ADA, BEN): 2}
    assert not stands.unsure


def test_taking_a_ruling_back_shows_the_one_before_it():
    rulings = [Ruled(1, (ADA, BEN), "never"), Ruled(2, (ADA, BEN), "unsure")]
    assert standing([*rulings, Ruled(3, (ADA, BEN), "undone", undoes=2)]).never == {(ADA, BEN): 1}
    assert not standing([Ruled(1, (ADA, BEN), "never"), Ruled(2, (ADA, BEN), "undone", undoes=1)]).settled


def test_the_weakest_tie_gives_way_where_two_records_are_never_one_child():
    ties = [Tie((ADA, BEN), 20), Tie((BEN, CAT), 3), Tie((CAT, DAN), 9)]
    done = redecide([ADA, BEN, CAT, DAN], ties=ties, never=[(ADA, DAN)])
    assert done.groups == ((ADA, BEN), (CAT, DAN))
    assert done.refused == (Tie((BEN, CAT), 3),)


def test_a_ruled_tie_holds_before_every_evidence():
    ties = [Tie((ADA, BEN), 20), Tie((BEN, CAT), 0, is_ruled=True)]
    assert redecide([ADA, BEN, CAT], ties=ties, never=[(ADA, CAT)]).groups == ((ADA,), (BEN, CAT))


def test_the_rulings_that_lead_from_one_record_to_another_are_named():
    same = {(ADA, BEN): 4, (BEN, CAT): 6}
    assert chain_between((ADA, CAT), same) == (4, 6)
    assert chain_between((ADA, DAN), same) == ()
