"""Who may ask PDS, and what a person may rule of its answers."""

from typing import TYPE_CHECKING

from sightline.identity.pds.outcomes import NEEDS_A_PERSON
from sightline.vocabulary.decisions import Decision, allowed, refused

if TYPE_CHECKING:
    from sightline.identity.pds.lookups import TraceOf

_BASIS = "identity.pds"


def may_ask(*, by: str, purpose: str, approved_rules: str, rules: str) -> Decision:
    """Somebody asks for a purpose, by rules whose error has been measured where they are used."""
    if not by.strip():
        return refused("Say who is asking: PDS is asked by nobody unnamed.", basis=_BASIS)
    if not purpose.strip():
        return refused("Say for which purpose numbers are traced.", basis=_BASIS)
    if approved_rules != rules:
        return refused(
            f"The tracing rules are set {rules}, which SIGHTLINE_PDS_RULES does not name. Measure their "
            "errors on reviewed records first, then name the set. Nothing was sent.",
            basis=_BASIS,
        )
    return allowed(basis=_BASIS)


def may_rule(newest: "TraceOf | None", *, trace_number: int, nhs_number: str, why: str) -> Decision:
    """A ruling is about the newest trace of a record, with a reason, and chooses what PDS has found."""
    if newest is None:
        return refused(f"There is no trace {trace_number}.", basis=_BASIS)
    if newest.number != trace_number:
        return refused(f"The record has been traced again since: see trace {newest.number}.", basis=_BASIS)
    if not newest.numbers and newest.outcome not in NEEDS_A_PERSON:
        return refused("PDS found nobody for this record, so there is nothing to rule on.", basis=_BASIS)
    if not why.strip():
        return refused("Say what the ruling rests on.", basis=_BASIS)
    if nhs_number and nhs_number not in newest.numbers:
        return refused("PDS did not find this number for the record.", basis=_BASIS)
    return allowed(basis=_BASIS)
