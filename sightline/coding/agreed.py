"""The agreed answer where several coders answered.

Register layout 1: “Where two coders answered, the agreed answer is the row of the lowest coder letter; both
rows count for agreement.”
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Answer(Protocol):
    """What the rule looks at. `child_ref` is None for an answer about the whole review."""

    @property
    def review_id(self) -> str: ...
    @property
    def child_ref(self) -> str | None: ...
    @property
    def variable(self) -> str: ...
    @property
    def coder(self) -> str: ...


AnAnswer = TypeVar("AnAnswer", bound=Answer)


def agreed(answers: Iterable[AnAnswer]) -> tuple[AnAnswer, ...]:
    """The answers of the lowest coder letter for each review, child and variable, in the order given.

    Several rows of that one coder all stand: a variable can take many values (practice_theme). Whatever
    the order of `answers`, the same ones are agreed.
    """
    given = tuple(answers)
    lowest: dict[tuple[str, str | None, str], str] = {}
    for answer in given:
        question = _question(answer)
        lowest[question] = min(answer.coder, lowest.get(question, answer.coder))
    return tuple(answer for answer in given if answer.coder == lowest[_question(answer)])


def _question(answer: Answer) -> tuple[str, str | None, str]:
    return answer.review_id, answer.child_ref, answer.variable
