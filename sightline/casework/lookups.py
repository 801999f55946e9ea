"""Reads of casework. Each table is read once, whatever the number of cases."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db.models import Min

from sightline.casework import due
from sightline.casework.clock_rules import Clock
from sightline.casework.facts import (
    ActionAsked,
    CaseFacts,
    DelayKnown,
    KnownIncident,
    LocalReviewHeld,
    NationalReviewHeld,
    NotificationMade,
    RecommendationMade,
    ReviewReceived,
)
from sightline.casework.models import (
    Delay,
    Incident,
    LocalReview,
    NationalReview,
    Notification,
    PanelResponse,
    RapidReview,
    Recommendation,
    RequestedAction,
)


def due_items(
    *, as_of: date, partnership: str | None = None, include_late: bool = False
) -> tuple[due.DueItem, ...]:
    """What is open on the day and, with `include_late`, what was done late; of one partnership or of all.

    A partnership is matched by its full name, whatever the case of its letters.
    """
    return due.due_items(_case_facts(), as_of=as_of, partnership=partnership, include_late=include_late)


def partnerships() -> tuple[str, ...]:
    """Every partnership that a rapid review names, in alphabetical order."""
    named = RapidReview.objects.exclude(partnership=None).order_by("partnership")
    return tuple(str(name) for name in named.values_list("partnership", flat=True).distinct())


def _case_facts() -> CaseFacts:
    return CaseFacts(
        known=_known_incidents(),
        notifications=_notifications(),
        reviews=tuple(
            ReviewReceived._make(row)
            for row in RapidReview.objects.values_list(
                "review_id", "notification_id", "partnership", "received_on"
            )
        ),
        answered_on=_answered_on(),
        asked=_actions_asked(),
        local_reviews=tuple(
            LocalReviewHeld._make(row) for row in LocalReview.objects.values_list(*LocalReviewHeld._fields)
        ),
        national_reviews=tuple(
            NationalReviewHeld._make(row)
            for row in NationalReview.objects.values_list(*NationalReviewHeld._fields)
        ),
        recommendations=tuple(
            RecommendationMade._make(row)
            for row in Recommendation.objects.values_list(
                "recommendation_id",
                "source_review_id",
                "made_on",
                "due_on",
                "accepted",
                "status",
                "closed_on",
            )
        ),
        delays=_delays(),
    )


def _known_incidents() -> tuple[KnownIncident, ...]:
    never_notified = Incident.objects.filter(notifications__isnull=True)
    return tuple(KnownIncident._make(row) for row in never_notified.values_list(*KnownIncident._fields))


def _notifications() -> tuple[NotificationMade, ...]:
    rows = Notification.objects.values_list(
        "notification_id",
        "incident_id",
        "route",
        "incident__abuse_or_neglect",
        "notifying_la_code",
        "incident__occurred_on",
        "aware_on",
        "notified_on",
        "withdrawn_on",
    )
    return tuple(NotificationMade._make(row) for row in rows)


def _answered_on() -> Mapping[str, date]:
    """The date of the first letter by rapid review."""
    first = PanelResponse.objects.values_list("review_id").annotate(first=Min("responded_on")).order_by()
    return dict(first)


def _actions_asked() -> tuple[ActionAsked, ...]:
    rows = RequestedAction.objects.values_list(
        "pk", "response__review_id", "response__responded_on", "due_on", "done_on"
    )
    return tuple(ActionAsked._make(row) for row in rows)


def _delays() -> Mapping[tuple[Clock, str], tuple[DelayKnown, ...]]:
    found: dict[tuple[Clock, str], list[DelayKnown]] = defaultdict(list)
    rows = Delay.objects.order_by("started_on", "pk").values_list(
        "notification_id", "rapid_review_of_id", "local_review_id", *DelayKnown._fields
    )
    for notification, rapid_review_of, local_review, *known in rows:
        about = {
            Clock.NOTIFY: notification,
            Clock.RAPID_REVIEW: rapid_review_of,
            Clock.LOCAL_REVIEW: local_review,
        }
        [key] = [(clock, reference) for clock, reference in about.items() if reference is not None]
        found[key].append(DelayKnown._make(known))
    return {key: tuple(delays) for key, delays in found.items()}
