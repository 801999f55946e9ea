"""Whether a ruling may be made, and whether one may be taken back."""

from collections.abc import Collection, Mapping, Sequence

from sightline.identity.models import Answer, Ruling
from sightline.identity.redeciding import chain_between
from sightline.identity.standing import Pair, Record, Standing
from sightline.vocabulary.decisions import Decision, allowed, refused

_BASIS = "rulings on identity"


def names_somebody(by: str) -> Decision:
    return Decision(
        allowed=bool(by.strip()),
        reason="Say who is doing this: nothing is changed by nobody.",
        basis="record",
    )


def says_why(why: str) -> Decision:
    return Decision(
        allowed=bool(why.strip()),
        reason="Say why: whoever reads this later must be able to judge it.",
        basis=_BASIS,
    )


def are_two_held_records(pair: Pair, current: Mapping[Record, str | None]) -> Decision:
    if pair[0] == pair[1]:
        return refused("This is one record twice; name two.", basis=_BASIS)
    for record in pair:
        if current[record] is None:
            return refused(
                f"{_named(record)} has no identity. Is its number right, was its extract loaded, and have "
                "the records been linked since (“sightline identity link”)?",
                basis=_BASIS,
            )
    return allowed(basis=_BASIS)


def are_open(pair: Pair, closed: Collection[Record]) -> Decision:
    for record in pair:
        if record in closed:
            return refused(
                f"{_named(record)} was closed at adoption: it never becomes part of another identity, and no "
                "ruling can make it one.",
                basis="records closed at adoption",
            )
    return allowed(basis=_BASIS)


def is_not_forbidden(pair: Pair, members: Sequence[Collection[Record]], standing: Standing) -> Decision:
    """No “never” stands between any two records of the identities that would become one."""
    first, second = members
    for (one, other), number in standing.never.items():
        if (one in first and other in second) or (one in second and other in first):
            if (one, other) == pair:
                return refused(
                    f"Ruling {number} says that these two are never the same child. Undo it first if it is "
                    "wrong.",
                    basis=_BASIS,
                )
            return refused(
                f"Ruling {number} says that {_named(one)} and {_named(other)}, which this would join, are "
                "never the same child. Undo it first if it is wrong.",
                basis=_BASIS,
            )
    return allowed(basis=_BASIS)


def is_not_ruled_together(pair: Pair, standing: Standing) -> Decision:
    """Rulings “same” do not lead from the one record to the other."""
    chain = chain_between(pair, standing.same)
    if not chain:
        return allowed(basis=_BASIS)
    listed = ", ".join(str(number) for number in chain)
    what = f"Ruling {listed} says" if len(chain) == 1 else f"Rulings {listed} say together"
    return refused(
        f"{what} that these two are the same child. Undo {'it' if len(chain) == 1 else 'one of them'} first.",
        basis=_BASIS,
    )


def is_not_ruled_so(pair: Pair, answer: Answer, standing: Standing) -> Decision:
    """Doubt does not outweigh a ruling, and no ruling is made twice."""
    stands = {Answer.SAME: standing.same, Answer.NEVER: standing.never, Answer.UNSURE: standing.unsure}
    number = stands[answer].get(pair)
    if number:
        return refused(f"Ruling {number} says so already.", basis=_BASIS)
    firm = standing.same.get(pair) or standing.never.get(pair)
    if answer is Answer.UNSURE and firm:
        return refused(f"Ruling {firm} has decided these two. Undo it first if it is in doubt.", basis=_BASIS)
    return allowed(basis=_BASIS)


def may_undo(ruling: Ruling | None, *, by: str, why: str) -> Decision:
    for decision in (names_somebody(by), says_why(why)):
        if not decision:
            return decision
    if ruling is None:
        return refused("There is no such ruling.", basis=_BASIS)
    if ruling.answer == Answer.UNDONE:
        return refused(
            f"Ruling {ruling.pk} only took back another. Rule on the two records anew instead.", basis=_BASIS
        )
    if (undone := getattr(ruling, "undone_by", None)) is not None:
        return refused(f"Ruling {ruling.pk} was taken back already, by ruling {undone.pk}.", basis=_BASIS)
    return allowed(basis=_BASIS)


def is_an_identity(followed: Sequence[str]) -> Decision:
    return Decision(allowed=bool(followed), reason="There is no such identity.", basis=_BASIS)


def _named(record: Record) -> str:
    return f"{record[0]}:{record[1]}"
