"""The agreed answer is the lowest coder letter's, per review, child and variable."""

from typing import NamedTuple

from sightline.coding.agreed import agreed


class Answer(NamedTuple):
    coder: str
    value: str
    variable: str = "neglect_experienced"
    child_ref: str | None = "CH-1"
    review_id: str = "RR-1"


def test_the_lowest_letter_stands_whoever_comes_first():
    second, first = Answer("B", "no"), Answer("A", "yes")
    assert agreed([second, first]) == (first,)


def test_one_coders_answer_stands_alone():
    assert agreed([Answer("D", "yes")]) == (Answer("D", "yes"),)


def test_all_themes_of_the_lowest_letter_stand_and_none_of_the_other():
    of_b = [Answer("B", "information_sharing", "practice_theme", None)]
    of_a = [
        Answer("A", "critical_thinking", "practice_theme", None),
        Answer("A", "voice_of_the_child", "practice_theme", None),
    ]
    assert agreed([*of_b, *of_a]) == tuple(of_a)


def test_each_child_variable_and_review_has_its_own_agreed_answer():
    answers = (
        Answer("B", "yes"),
        Answer("A", "no", child_ref="CH-2"),
        Answer("A", "no", variable="looked_after_ever"),
        Answer("A", "no", review_id="RR-2"),
    )
    assert agreed(answers) == answers


def test_an_answer_about_the_review_is_not_one_about_a_child():
    answers = (Answer("A", "yes", child_ref=None), Answer("B", "yes"))
    assert agreed(answers) == answers


def test_no_answer_is_an_answer_of_its_coder():
    assert agreed([Answer("B", "yes"), Answer("A", "not_mentioned")]) == (Answer("A", "not_mentioned"),)
