"""The most common code is named only where the published figures prove it."""

import pytest
from wordings import a_count, safe_figures

from sightline.publication.document.rankings import NotRanked, ranked
from sightline.statistics.tables import Figure


def causes(**counts: int) -> tuple[Figure, ...]:
    return tuple(a_count(f"likely_cause_{code}", count, base=146) for code, count in counts.items())


def place(number: int, **counts: int) -> str:
    return ranked(safe_figures(*causes(**counts)), "panel", "likely_cause", place=number).phrase


def test_the_largest_comes_first_and_then_the_next() -> None:
    counts = {"suicide": 26, "sudi": 80, "accident": 40}
    assert place(0, **counts) == "sudden unexpected death in infancy"
    assert place(1, **counts) == "accident"


def test_no_answer_is_not_ranked() -> None:
    assert place(0, not_yet_known=100, suicide=46) == "suicide"


@pytest.mark.parametrize("number", [0, 1])
def test_a_tie_proves_nothing(number: int) -> None:
    with pytest.raises(NotRanked):
        place(number, suicide=73, sudi=73)


def test_the_second_is_not_named_when_it_ties_with_the_third() -> None:
    with pytest.raises(NotRanked):
        place(1, suicide=80, sudi=33, accident=33)


def test_nothing_is_named_of_nothing() -> None:
    with pytest.raises(NotRanked):
        place(0, suicide=0, sudi=0)


def test_a_withheld_count_that_cannot_be_the_largest_does_not_matter() -> None:
    # 144 of 146 are shown, so what is withheld is 2 at most.
    assert place(0, suicide=100, sudi=44, accident=2) == "suicide"


def test_a_withheld_count_that_may_be_the_largest_leaves_it_open() -> None:
    # 86 of 146 are not accounted for: a withheld count can be large, because it may protect another.
    with pytest.raises(NotRanked):
        place(0, suicide=60, accident=2)


def test_a_withheld_count_of_themes_leaves_it_open_because_themes_overlap() -> None:
    figures = safe_figures(
        a_count("practice_theme_information_sharing", 300), a_count("practice_theme_critical_thinking", 1)
    )
    with pytest.raises(NotRanked):
        ranked(figures, "panel", "practice_theme", place=0)
