"""Notifying an incident, correcting the slips in a notification, and withdrawing one."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from sightline.access import actions as access
from sightline.casework import as_notified
from sightline.casework.actions.standing import incident_may, notification_may
from sightline.casework.actions.storing import differs, held, save_changes, save_new
from sightline.casework.entries import NotificationEntry
from sightline.casework.models import AsNotified, Child, ClericalCorrection, Incident, Notification
from sightline.casework.notifying import may_notify_for, may_take_route
from sightline.vocabulary.decisions import Decision, require


@transaction.atomic
def notify_incident(incident_id: str, *, notification: NotificationEntry, by: str) -> Notification:
    """Notify the national body, and keep for ever what was said of the incident and its children."""
    incident = held(Incident, incident_id)
    require(incident_may(incident, "notify_incident"))
    require(
        may_take_route(
            notification.route, nature=notification.nature, abuse_or_neglect=incident.abuse_or_neglect
        )
    )
    child = held(Child, notification.index_child_ref)
    require(_is_in(child, incident))
    require(
        may_notify_for(
            notification.notifying_la_code,
            incident_la_code=child.incident_la_code or incident.incident_la_code,
            outside_england=incident.outside_england,
            reason=notification.authority_reason,
        )
    )
    said = asdict(notification)
    why = said.pop("authority_reason")
    made = save_new(Notification(incident=incident, index_child_id=said.pop("index_child_ref"), **said))
    save_new(AsNotified(notification=made, said=_said(made)))
    access.record_act(
        "casework.notify_incident",
        by=by,
        thing_kind="notification",
        thing_id=made.notification_id,
        why=why,
    )
    return made


@transaction.atomic
def correct_notification(
    notification_id: str, *, field: str, corrected: Any, reason: str, by: str
) -> ClericalCorrection:
    """Put a slip of the pen right and keep what stood before; `field` is a column of register layout 1.

    What changed after the notification is no slip: amend the child or the incident instead.
    """
    notification = held(Notification, notification_id)
    require(notification_may(notification, "correct_notification"))
    require(
        Decision(
            field in as_notified.NOTIFICATION,
            f"{field} is not notified; {', '.join(as_notified.NOTIFICATION)} are.",
            basis="as notified",
        )
    )
    if field == "index_child_ref":
        require(_is_in(held(Child, corrected), notification.incident))
    require(differs(save_changes(notification, {_attribute(field): corrected})))
    correction = save_new(
        ClericalCorrection(
            notification=notification,
            field=field,
            as_notified=notification.as_notified.said["notification"][field],
            corrected=as_notified.as_text(corrected),
            reason=reason,
            by=by,
            at=timezone.now(),
        )
    )
    access.record_act(
        "casework.correct_notification",
        by=by,
        thing_kind="notification",
        thing_id=notification_id,
        fields=[field],
    )
    return correction


@transaction.atomic
def withdraw_notification(notification_id: str, *, withdrawn_on: date, reason: str, by: str) -> Notification:
    """Withdraw a notification that should not have been made; the record of it stays."""
    notification = held(Notification, notification_id)
    require(notification_may(notification, "withdraw_notification"))
    require(Decision(bool(reason.strip()), "Say why it is withdrawn.", basis="record of every act"))
    changed = save_changes(notification, {"withdrawn_on": withdrawn_on, "withdrawn_reason": reason.strip()})
    access.record_act(
        "casework.withdraw_notification",
        by=by,
        thing_kind="notification",
        thing_id=notification_id,
        fields=changed,
    )
    return notification


def _is_in(child: Child, incident: Incident) -> Decision:
    return Decision(
        child.incident_id == incident.incident_id,
        f"Child {child.child_ref} is not in incident {incident.incident_id}.",
        basis="an index child is one of its incident's children",
    )


def _said(notification: Notification) -> dict[str, Any]:
    incident = notification.incident
    return as_notified.snapshot(
        {column: getattr(notification, _attribute(column)) for column in as_notified.NOTIFICATION},
        incident=vars(incident),
        children=[vars(child) for child in incident.children.all()],
    )


def _attribute(column: str) -> str:
    return "index_child_id" if column == "index_child_ref" else column
