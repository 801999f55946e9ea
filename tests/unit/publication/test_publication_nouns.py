"""Which noun governs a number, and how a number that is one agrees with it."""

import pytest

from sightline.publication.document.nouns import agrees_with_one, last_plural, noun_after
from sightline.vocabulary.units import Unit


@pytest.mark.parametrize(
    ("behind", "unit"),
    [
        (" incidents in a year", Unit.INCIDENT),
        (" of incidents", Unit.INCIDENT),
        (" of all the index children", Unit.CHILD),
        (" serious child safeguarding incidents", Unit.INCIDENT),
        (" rapid reviews of incidents", Unit.REVIEW),
        (" local child safeguarding practice reviews", Unit.LOCAL_REVIEW),
        (" pairs of answers on neglect", Unit.PAIR_OF_ANSWERS),
        (" girls and boys", Unit.CHILD),
        (" Notifications", Unit.NOTIFICATION),
    ],
)
def test_the_noun_behind_a_number_is_the_head_of_its_phrase(behind: str, unit: Unit) -> None:
    noun = noun_after(behind)
    assert noun is not None
    assert noun.unit is unit


def test_one_of_many_leaves_the_many_alone() -> None:
    assert agrees_with_one(" of the first listed children", Unit.CHILD) == " of the first listed children"
    assert agrees_with_one(" first listed children", Unit.CHILD) == " first listed child"


@pytest.mark.parametrize(
    "behind", [") followed the death of children", " followed a child's death", "", ", children"]
)
def test_a_noun_of_the_next_phrase_does_not_govern(behind: str) -> None:
    assert noun_after(behind) is None


def test_a_vague_noun_has_no_unit() -> None:
    noun = noun_after(" cases")
    assert noun is not None
    assert noun.unit is None


def test_a_possessive_is_no_noun_of_counting() -> None:
    assert last_plural("the incidents known to children's social care") == noun_after(" incidents")


def test_only_plurals_govern_what_comes_later() -> None:
    assert last_plural("the death of a child") is None


def test_one_takes_the_singular_in_its_own_phrase() -> None:
    assert agrees_with_one(" incidents had, as other incidents", Unit.INCIDENT) == (
        " incident had, as other incidents"
    )
