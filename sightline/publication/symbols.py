"""What each symbol that may stand in place of a number tells a reader."""

from collections.abc import Mapping

from sightline.disclosure_control.policies import Policy
from sightline.disclosure_control.safe import Symbol

MEANINGS: Mapping[Symbol, str] = {
    Symbol.SUPPRESSED: "withheld, so that nobody can work out a protected number",
    Symbol.NOT_AVAILABLE: "not available",
    Symbol.NOT_APPLICABLE: "not applicable",
    Symbol.ROUNDS_TO_ZERO: "rounds to zero and is not zero",
    Symbol.ROUNDS_TO_ZERO_SENSITIVE: "rounds to zero and is not zero (sensitive)",
}
"""The Government Statistical Service's symbols; a shown 0 is a true zero."""


def symbols_of(policy: Policy) -> tuple[Symbol, ...]:
    """The symbols that a release under this policy can hold, in the order in which they are explained."""
    rounds = any(to > 1 for to in (*policy.rounding.values(), *policy.rounded_variables.values()))
    unused = {Symbol.ROUNDS_TO_ZERO, Symbol.ROUNDS_TO_ZERO_SENSITIVE} - (
        {policy.rounds_to_zero} if rounds else set()
    )
    return tuple(symbol for symbol in MEANINGS if symbol not in unused)


def meaning(symbol: Symbol) -> str:
    return MEANINGS[symbol]
