"""What a reviewer may see and answer, and what two or three answers come to."""

from collections.abc import Mapping, Sequence

from sightline.identity.review.models import Verdict
from sightline.vocabulary.decisions import Decision, allowed, refused

REVIEWERS = 2
_BASIS = "blind review by two people"


def may_label(answers: Mapping[str, Verdict], *, reviewer: str) -> Decision:
    """Two people answer each pair; a third only where they do not agree."""
    if not reviewer.strip():
        return refused("Say who answers: an answer of nobody counts for nothing.", basis=_BASIS)
    if reviewer in answers:
        return refused("You have answered this pair. An answer is not changed afterwards.", basis=_BASIS)
    if len(answers) == REVIEWERS and settled(list(answers.values())) is not None:
        return refused("Two people have answered this pair and agree.", basis=_BASIS)
    if len(answers) > REVIEWERS:
        return refused("Two people have answered this pair, and a third has decided.", basis=_BASIS)
    return allowed(basis=_BASIS)


def may_see_answers(answers: Mapping[str, Verdict]) -> bool:
    """Bits, the decision and each other's answers are shown once two people have answered."""
    return len(answers) >= REVIEWERS


def settled(verdicts: Sequence[Verdict]) -> Verdict | None:
    """What two who agree say, or else the third; None while that is open or where it cannot be told."""
    if len(verdicts) < REVIEWERS:
        return None
    said = verdicts[0] if verdicts[0] == verdicts[1] else (verdicts[2] if len(verdicts) > REVIEWERS else None)
    return None if said is Verdict.CANNOT_TELL else said
