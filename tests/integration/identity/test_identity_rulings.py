"""A person's ruling takes effect at once, survives every run, can be undone, and says who relied on it."""

import pytest

from sightline.access.models import Act
from sightline.identity import actions, lookups
from sightline.identity.models import Answer, Ruling
from sightline.intake.models import Restriction
from sightline.vocabulary.decisions import Refusal

SAME, NEVER, UNSURE = Answer.SAME, Answer.NEVER, Answer.UNSURE


@pytest.fixture
def linked(held, science):
    """Two children, the second held twice by the police; one doubtful pair between the two."""
    held.hold("E1=9 H1=9 E2=8 H2=8 P2=8")
    science.asked = ((1, 2),)  # E2 and H1
    held.link()
    return held


def anew(held):
    """A whole run, forced by a change that concerns nobody."""
    held.change("P2", surname=f"Name {Ruling.objects.count()} {len(lookups.export_rows())}")
    return held.link()


def test_same_joins_the_two_identities_at_once_and_for_ever(linked):
    assert linked.together() == {"C0000001": "E1 H1", "C0000002": "E2 H2 P2"}
    result = linked.rule("H1", "E2", SAME)
    assert linked.together() == {"C0000002": "E1 E2 H1 H2 P2"}
    assert result.identities == ("C0000002", "C0000002") and result.changed_records == 2
    assert lookups.queue() == []
    assert anew(linked).changed_records == 0
    assert lookups.queue() == []


def test_undoing_same_parts_them_again_and_asks_again(linked):
    ruled = linked.rule("H1", "E2", SAME)
    result = linked.undo(ruled.ruling)
    assert sorted(linked.together().values()) == ["E1 H1", "E2 H2 P2"]
    assert result.identities[0] != result.identities[1]
    assert len(lookups.queue()) == 1
    assert anew(linked).changed_records == 0
    assert len(lookups.queue()) == 1


def test_never_parts_them_by_the_weakest_link_and_every_run_keeps_them_apart(linked):
    # The links are E2–H2 with 12 bits, E2–P2 and H2–P2 with 12 and 13; P2 stays with the stronger.
    linked.rule("H2", "P2", NEVER)
    parted = sorted(linked.together().values())
    assert parted == ["E1 H1", "E2 H2", "P2"]
    anew(linked)
    assert sorted(linked.together().values()) == parted


def test_undoing_never_brings_back_the_link_that_it_ended(linked):
    before = linked.together()
    ruled = linked.rule("H2", "P2", NEVER)
    linked.undo(ruled.ruling)
    assert linked.together() == before
    assert anew(linked).changed_records == 0


def test_unsure_changes_nobody_and_takes_the_question_out_of_the_queue(linked):
    before = linked.together()
    ruled = linked.rule("E2", "H1", UNSURE)
    assert linked.together() == before and lookups.queue() == []
    anew(linked)
    assert lookups.queue() == []
    linked.undo(ruled.ruling)
    assert len(lookups.queue()) == 1


def test_never_on_two_identities_only_answers_the_question(linked):
    before = linked.together()
    linked.rule("H1", "E2", NEVER)
    assert linked.together() == before and lookups.queue() == []
    linked.change("H1", nhs_number="8")
    linked.link()
    assert sorted(linked.together().values()) == ["E1", "E2 H2 P2", "H1"], "no number outweighs a ruling"


def test_a_ruling_is_kept_with_who_when_and_why_and_undoing_is_a_ruling_of_its_own(linked):
    ruled = linked.rule("H1", "E2", NEVER, why="brothers")
    linked.undo(ruled.ruling)
    made = lookups.rulings_on([linked.record("E2")])
    assert [(each.answer.value, each.why, each.by, each.undoes) for each in made] == [
        ("never", "brothers", "A. Worker", None),
        ("undone", "a mistake", "A. Worker", ruled.ruling),
    ]
    acts = Act.objects.filter(thing_kind="ruling").order_by("pk").values_list("act", "thing_id")
    assert list(acts) == [
        ("identity.rule", str(ruled.ruling)),
        ("identity.undo_ruling", str(ruled.ruling + 1)),
    ]


def test_whoever_relied_on_a_link_while_it_held_is_listed_and_nobody_else(linked):
    actions.rely_on("C0000001", by="Too Early", why="looked at one child")
    ruled = linked.rule("H1", "E2", SAME)
    actions.rely_on("C0000001", by="Misled", why="a strategy discussion")
    actions.rely_on("C0000002", by="Misled Too", why="a rapid review")
    undone = linked.undo(ruled.ruling)
    actions.rely_on("C0000002", by="Too Late", why="looked at one child")
    expected = [("Misled", "C0000002"), ("Misled Too", "C0000002")]
    assert [(each.by, each.child_id) for each in undone.relied] == expected
    later = lookups.relied_since(linked.record("E2"), linked.record("H1"))
    assert [(each.by, each.child_id) for each in later] == expected


def test_a_contradicted_link_names_those_who_relied_on_it(linked):
    actions.rely_on("C0000002", by="Misled", why="a conference")
    assert [each.by for each in linked.rule("H2", "P2", NEVER).relied] == ["Misled"]


REFUSED = {
    "a record of no identity": lambda held: held.rule("H1", "P9", SAME),
    "one record twice": lambda held: held.rule("H1", "H1", SAME),
    "nobody": lambda held: held.rule("H1", "E2", SAME, by=" "),
    "no reason": lambda held: held.rule("H1", "E2", SAME, why=" "),
    "an undoing of nothing": lambda held: held.undo(99),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_makes_no_sense_is_refused_and_leaves_nothing(linked, case):
    before = linked.together()
    with pytest.raises(Refusal):
        REFUSED[case](linked)
    assert linked.together() == before and not Ruling.objects.exists()


def test_a_ruling_is_undone_once_and_an_undoing_never(linked):
    ruled = linked.rule("H1", "E2", UNSURE)
    linked.undo(ruled.ruling)
    for number in (ruled.ruling, ruled.ruling + 1):
        with pytest.raises(Refusal):
            linked.undo(number)


def test_a_closed_record_is_never_ruled_into_another_identity(linked):
    Restriction.objects.create(
        agency="health", record_id="H1", by="A. Clerk", at="2026-01-01T00:00:00Z", reason="pre_adoption"
    )
    with pytest.raises(Refusal, match="closed at adoption"):
        linked.rule("H1", "E2", SAME)
    linked.change("P2", is_restricted=True)
    with pytest.raises(Refusal, match="closed at adoption"):
        linked.rule("E1", "P2", SAME)


def test_a_record_closed_after_it_was_ruled_the_same_leaves_at_the_next_run(linked):
    linked.rule("H1", "E2", SAME)
    linked.change("H1", is_restricted=True)
    linked.link()
    assert "H1" in linked.together().values()


def test_rulings_that_contradict_each_other_are_refused_with_the_number_to_undo(linked):
    never = linked.rule("E1", "H2", NEVER).ruling
    with pytest.raises(Refusal, match=f"Ruling {never} .*education:E1 and health:H2"):
        linked.rule("H1", "E2", SAME)
    with pytest.raises(Refusal, match=f"Ruling {never} says so already"):
        linked.rule("E1", "H2", NEVER)
    with pytest.raises(Refusal, match=f"Ruling {never} has decided"):
        linked.rule("E1", "H2", UNSURE)
    linked.undo(never)
    first, second = linked.rule("H1", "E2", SAME).ruling, linked.rule("E2", "H2", SAME).ruling
    with pytest.raises(Refusal, match=f"Rulings {first}, {second} say together"):
        linked.rule("H1", "H2", NEVER)


def test_reliance_is_on_what_a_retired_number_became(linked):
    linked.rule("H1", "E2", SAME)
    actions.rely_on("C0000001", by="A. Worker", why="a home visit")
    assert Act.objects.filter(act="identity.rely_on").get().thing_id == "C0000002"
    with pytest.raises(Refusal):
        actions.rely_on("C0000099", by="A. Worker", why="a home visit")
