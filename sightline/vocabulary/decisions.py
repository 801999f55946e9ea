"""An answer to “may this be done?” that carries its reason, and the one function that raises for a no."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """`reason` is the sentence a person should read; `basis` names the rule or law it rests on."""

    allowed: bool
    reason: str
    basis: str

    def __bool__(self) -> bool:
        return self.allowed


class Refusal(Exception):
    """Something is not allowed now, or not to this person. Its text is fit to be shown."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.reason)
        self.decision = decision


def allowed(*, basis: str, reason: str = "") -> Decision:
    return Decision(allowed=True, reason=reason, basis=basis)


def refused(reason: str, *, basis: str) -> Decision:
    return Decision(allowed=False, reason=reason, basis=basis)


def require(decision: Decision) -> None:
    """Raise `Refusal` unless the decision allows."""
    if not decision.allowed:
        raise Refusal(decision)
