import pytest

from sightline.vocabulary.units import Unit


@pytest.mark.parametrize(
    ("count", "noun"),
    [(0, "children"), (1, "child"), (1.0, "child"), (1.5, "children"), (2, "children"), (-1, "children")],
)
def test_the_noun_fits_the_count(count, noun):
    assert Unit.CHILD.of(count) == noun


def test_no_noun_stands_for_two_units():
    nouns = [noun for unit in Unit for group in unit.value for noun in group]
    assert len(set(nouns)) == len(nouns)
