"""What each symbol that may stand in place of a number tells a reader."""

from collections.abc import Mapping

from sightline.disclosure_control.safe import Symbol

MEANINGS: Mapping[Symbol, str] = {
    Symbol.SUPPRESSED: "withheld, so that nobody can work out a protected number",
    Symbol.NOT_AVAILABLE: "not available",
    Symbol.NOT_APPLICABLE: "not applicable",
    Symbol.ROUNDS_TO_ZERO: "rounds to zero and is not zero",
    Symbol.ROUNDS_TO_ZERO_SENSITIVE: "rounds to zero and is not zero (sensitive)",
}
"""The Government Statistical Service's symbols; a shown 0 is a true zero. “k” says of deaths what “low”
says of other things."""


def meaning(symbol: Symbol) -> str:
    return MEANINGS[symbol]
