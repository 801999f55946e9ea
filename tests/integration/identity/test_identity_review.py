"""Pairs are drawn after a run, answered blind by two people, and speak for all links."""

import pytest
from django.db import DatabaseError, transaction

from sightline.access.models import Act
from sightline.identity.review.actions import draw_sample, label_pair
from sightline.identity.review.lookups import estimate_from, reviewed, to_review
from sightline.identity.review.models import ReviewLabel, ReviewPair, Verdict
from sightline.vocabulary.decisions import Refusal

ONE, TWO = Verdict.ONE_CHILD, Verdict.TWO_CHILDREN
NAMES = [("Ada", "Quillby"), ("Bo", "Thornwick"), ("Cass", "Umberley"), ("Dot", "Vexham")]


@pytest.fixture
def sample(held):
    """Four children whom two agencies know by the same names; one record has a protected address."""
    for at, (forename, surname) in enumerate(NAMES):
        told = {"forenames": forename, "surname": surname, "postcode": f"SR1{at}AA", "sex": "female"}
        held.hold(f"H{at}=900000000{at}", **told)
        held.hold(f"E{at}=900000000{at}", **told, is_address_protected=at == 0)
    held.hold("P0=", forenames="Ada", surname="Quillby", is_restricted=True)
    held.link()
    return draw_sample(by="A. Analyst", size=100, seed=1)


def test_the_sample_holds_pairs_with_what_was_decided_of_them(sample):
    pairs = ReviewPair.objects.filter(sample=sample)
    linked = {(pair.record_a, pair.record_b) for pair in pairs if pair.is_linked}
    assert linked == {(f"E{at}", f"H{at}") for at in range(len(NAMES))}
    assert all(pair.chance == 1 for pair in pairs), "so few pairs are all reviewed"
    assert not pairs.filter(record_a="P0").exists() and not pairs.filter(record_b="P0").exists()
    assert Act.objects.filter(act="identity.draw_sample", by="A. Analyst").count() == 1


def test_a_reviewer_sees_two_records_and_nothing_of_bits_decision_or_the_others_answer(sample):
    label_pair(by="Ann", sample=sample, place=1, verdict=ONE)
    shown = to_review(sample, reviewer="Bob")
    assert len(shown) == ReviewPair.objects.filter(sample=sample).count()
    assert set(shown[0].__slots__) == {"sample", "place", "pair", "told"}
    assert not {"bits", "is_linked", "cluster_id"} & set(shown[0].told[0])
    assert reviewed(sample) == []
    protected = [told for each in shown for told in each.told if told["surname"] == "Quillby"]
    assert {told["postcode"] for told in protected} <= {"", "SR10AA"} and "" in {
        told["postcode"] for told in protected
    }


def test_once_two_have_answered_all_is_shown_and_the_pair_is_done(sample):
    label_pair(by="Ann", sample=sample, place=1, verdict=ONE)
    label_pair(by="Bob", sample=sample, place=1, verdict=ONE)
    (done,) = reviewed(sample)
    assert (done.place, done.answers, done.settled) == (1, {"Ann": ONE, "Bob": ONE}, ONE)
    assert 1 not in [each.place for each in to_review(sample, reviewer="Cat")]


def test_a_third_decides_where_two_disagree(sample):
    label_pair(by="Ann", sample=sample, place=1, verdict=ONE)
    label_pair(by="Bob", sample=sample, place=1, verdict=TWO)
    assert reviewed(sample)[0].settled is None
    label_pair(by="Cat", sample=sample, place=1, verdict=TWO)
    assert reviewed(sample)[0].settled is TWO


def test_an_answer_is_given_once_and_never_changed(sample):
    label_pair(by="Ann", sample=sample, place=1, verdict=ONE)
    with pytest.raises(Refusal):
        label_pair(by="Ann", sample=sample, place=1, verdict=TWO)
    with pytest.raises(Refusal):
        label_pair(by="Ann", sample=sample, place=999, verdict=TWO)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ReviewLabel.objects.update(verdict="two_children")


def test_labels_by_the_truth_give_back_the_truth(sample):
    for reviewer in ("Ann", "Bob"):
        for pair in ReviewPair.objects.filter(sample=sample):
            verdict = ONE if pair.record_a[1:] == pair.record_b[1:] else TWO
            label_pair(by=reviewer, sample=sample, place=pair.place, verdict=verdict)
    found = estimate_from(sample)
    assert (found.precision.value, found.recall.value, found.unsettled) == (1, 1, 0)


def test_what_only_one_has_answered_does_not_count(sample):
    label_pair(by="Ann", sample=sample, place=1, verdict=TWO)
    assert estimate_from(sample).judged == 0


def test_nothing_is_drawn_before_anything_is_linked(held):
    held.hold("H1=9")
    with pytest.raises(Refusal):
        draw_sample(by="A. Analyst", size=100, seed=1)
