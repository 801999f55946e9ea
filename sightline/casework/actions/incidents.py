"""Recording and amending incidents and the children in them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from sightline.access import actions as access
from sightline.casework import as_notified
from sightline.casework.actions.standing import incident_may
from sightline.casework.actions.storing import differs, held, save_changes, save_new
from sightline.casework.entries import ChildEntry, IncidentEntry
from sightline.casework.models import Child, Incident, ParallelProcess
from sightline.vocabulary.decisions import Decision, require

INCIDENT_FIELDS = (*as_notified.INCIDENT, "aware_on")
CHILD_FIELDS = (
    *(name for name in as_notified.CHILD if name not in ("child_ref", "position")),
    "incident_la_code",
    "responsible_la_code",
)


@transaction.atomic
def record_incident(incident: IncidentEntry, *, children: Sequence[ChildEntry], by: str) -> Incident:
    """Record an incident that has become known, with the children in it, the index child first."""
    require(Decision(bool(children), "Name at least one child: an incident is about a child.", basis="form"))
    recorded = save_new(Incident(**asdict(incident)))
    for position, child in enumerate(children, start=1):
        save_new(Child(incident=recorded, position=position, **asdict(child)))
    access.record_act("casework.record_incident", by=by, thing_kind="incident", thing_id=incident.incident_id)
    return recorded


@transaction.atomic
def amend_incident(incident_id: str, *, changes: Mapping[str, Any], why: str, by: str) -> Incident:
    """Change what is now known of an incident. What was notified of it stays as notified."""
    incident = held(Incident, incident_id)
    require(incident_may(incident, "amend_incident"))
    require(_are_amendable(changes, INCIDENT_FIELDS))
    changed = save_changes(incident, changes)
    require(differs(changed))
    access.record_act(
        "casework.amend_incident",
        by=by,
        thing_kind="incident",
        thing_id=incident_id,
        fields=changed,
        why=why,
    )
    return incident


@transaction.atomic
def amend_child(child_ref: str, *, changes: Mapping[str, Any], why: str, by: str) -> Child:
    """Change what is now known of a child. What was notified of the child stays as notified."""
    child = held(Child, child_ref)
    require(incident_may(child.incident, "amend_child"))
    require(_are_amendable(changes, CHILD_FIELDS))
    changed = save_changes(child, changes)
    require(differs(changed))
    access.record_act(
        "casework.amend_child", by=by, thing_kind="child", thing_id=child_ref, fields=changed, why=why
    )
    return child


@transaction.atomic
def decide_not_notifiable(incident_id: str, *, decided_on: date, reason: str, by: str) -> Incident:
    """Record that the test for notifying is not met, and why; the notification clock then stops."""
    incident = held(Incident, incident_id)
    require(incident_may(incident, "decide_not_notifiable"))
    require(Decision(bool(reason.strip()), "Say why it is not notifiable.", basis="Children Act 2004 s16C"))
    changed = save_changes(
        incident, {"not_notifiable_on": decided_on, "not_notifiable_reason": reason.strip()}
    )
    access.record_act(
        "casework.decide_not_notifiable",
        by=by,
        thing_kind="incident",
        thing_id=incident_id,
        fields=changed,
    )
    return incident


@transaction.atomic
def refer_to_parallel_process(incident_id: str, *, kind: str, reference: str, by: str) -> ParallelProcess:
    """Note another process about the same incident by its own reference."""
    incident = held(Incident, incident_id)
    require(incident_may(incident, "refer_to_parallel_process"))
    process = save_new(ParallelProcess(incident=incident, kind=kind, reference=reference))
    access.record_act(
        "casework.refer_to_parallel_process", by=by, thing_kind="incident", thing_id=incident_id
    )
    return process


def _are_amendable(changes: Mapping[str, Any], fields: Sequence[str]) -> Decision:
    others = sorted(set(changes) - set(fields))
    return Decision(
        not others, f"{', '.join(others)} cannot be amended; {', '.join(fields)} can.", basis="form"
    )
