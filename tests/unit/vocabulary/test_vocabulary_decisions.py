import pytest

from sightline.vocabulary.decisions import Decision, Refusal, allowed, refused, require


def test_an_allowed_decision_passes_and_counts_as_true():
    decision = allowed(basis="release.two_people")
    require(decision)
    assert decision and decision == Decision(allowed=True, reason="", basis="release.two_people")


def test_a_refused_decision_raises_with_its_sentence_and_keeps_its_basis():
    decision = refused("Another person must approve this.", basis="release.two_people")
    assert not decision
    with pytest.raises(Refusal, match=r"^Another person must approve this\.$") as raised:
        require(decision)
    assert raised.value.decision is decision
