"""A percentage in words is never said of a percentage it is not true of."""

from decimal import Decimal

import pytest

from sightline.publication.document.fractions_in_words import in_words


@pytest.mark.parametrize(
    ("count", "base", "words"),
    [
        (208, 393, "over half"),  # published as “over half”
        (303, 393, "just over three-quarters"),  # published as “over three-quarters”
        (130, 393, "about a third"),  # published as “a third”
        (73, 393, "just under a fifth"),  # published as “nearly a fifth”
        (1, 2, "half"),
        (1, 3, "a third"),
        (0, 393, "none"),
        (393, 393, "all"),
        (392, 393, "nearly all"),
        (1, 100, "under a tenth"),
        (45, 100, "over two-fifths"),
    ],
)
def test_words_for_a_share(count: int, base: int, words: str) -> None:
    assert in_words(Decimal(count) * 100 / base) == words


BOUNDS = {"a tenth": 10, "a fifth": 20, "a quarter": 25, "half": 50, "three-quarters": 75, "nine-tenths": 90}


def test_words_are_true_at_every_tenth_of_a_point() -> None:
    for tenths in range(1, 1000):
        percent = Decimal(tenths) / 10
        words = in_words(percent)
        for fraction, bound in BOUNDS.items():
            assert not words.endswith(f"over {fraction}") or percent > bound
            assert not words.endswith(f"under {fraction}") or percent < bound
            assert words != f"about {fraction}" or abs(percent - bound) <= Decimal("0.5")
