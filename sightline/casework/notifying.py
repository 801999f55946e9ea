"""Whether an incident may be notified in this way: the route, and who notifies."""

from sightline.vocabulary.codes import AbuseOrNeglect, Nature, Route, YesNo
from sightline.vocabulary.decisions import Decision, allowed, refused

_TEST = "Children Act 2004 s16C(1)"
_AREA = "The national panel's questions and answers: the authority of the place where it happened notifies"


def may_take_route(route: str, *, nature: str, abuse_or_neglect: str | None) -> Decision:
    """The route is a person's to confirm; facts that exclude it refuse it.

    An unknown or missing `abuse_or_neglect` excludes nothing: suspicion is enough for the duty.
    """
    if route == Route.SERIOUS_INCIDENT and abuse_or_neglect == AbuseOrNeglect.NEITHER:
        return refused(
            "A serious incident is one where abuse or neglect is known or suspected; this one is recorded "
            "as neither. Correct the incident, or use the route for the death of a looked-after child or "
            "of a care leaver.",
            basis=_TEST,
        )
    if route != Route.SERIOUS_INCIDENT and nature != Nature.DEATH:
        return refused(f"The route “{Route(route).label}” is for deaths alone.", basis=_TEST)
    return allowed(basis=_TEST)


def may_notify_for(
    notifying_la_code: str, *, incident_la_code: str | None, outside_england: str | None, reason: str
) -> Decision:
    """The authority where it happened notifies; another one does for an incident outside England, or with
    a reason."""
    is_elsewhere = incident_la_code is not None and notifying_la_code != incident_la_code
    if is_elsewhere and outside_england != YesNo.YES and not reason.strip():
        return refused(
            f"The incident is recorded in the area of {incident_la_code}, so that authority notifies. If "
            f"{notifying_la_code} is to notify, say why.",
            basis=_AREA,
        )
    return allowed(basis=_AREA)
