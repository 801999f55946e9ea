"""Where a stored thing stands, and so whether an action may follow."""

from sightline.casework import states
from sightline.casework.duties import needs_rapid_review
from sightline.casework.models import (
    Incident,
    LocalReview,
    NationalReview,
    Notification,
    RapidReview,
    Recommendation,
)
from sightline.vocabulary.codes import Code
from sightline.vocabulary.decisions import Decision


def incident_may(incident: Incident, action: str) -> Decision:
    state = states.incident_state(
        not_notifiable_on=incident.not_notifiable_on,
        withdrawn_on=incident.notifications.values_list("withdrawn_on", flat=True),
    )
    return states.may_follow(states.INCIDENT, state=state, action=action)


def notification_may(notification: Notification, action: str) -> Decision:
    state = states.notification_state(
        withdrawn_on=notification.withdrawn_on,
        has_review=notification.rapid_reviews.exists(),
        needs_review=needs_rapid_review(notification.route, notification.incident.abuse_or_neglect),
    )
    return states.may_follow(states.NOTIFICATION, state=state, action=action)


def rapid_review_may(review: RapidReview, action: str) -> Decision:
    state = states.rapid_review_state(
        responses=review.panel_responses.values_list("responded_on", "outcome"),
        replied_to=review.partners_replies.values_list("to_letter_of", flat=True),
    )
    return states.may_follow(states.RAPID_REVIEW, state=state, action=action)


def local_review_may(local_review: LocalReview, action: str) -> Decision:
    state = states.local_review_state(
        published_on=local_review.published_on, publication=local_review.publication
    )
    return states.may_follow(states.LOCAL_REVIEW, state=state, action=action)


def national_review_may(national_review: NationalReview, action: str) -> Decision:
    state = states.national_review_state(published_on=national_review.published_on)
    return states.may_follow(states.NATIONAL_REVIEW, state=state, action=action)


def recommendation_may(recommendation: Recommendation, action: str, *, to: Code | None = None) -> Decision:
    state = states.recommendation_state(status=recommendation.status)
    return states.may_follow(states.RECOMMENDATION, state=state, action=action, to=to)
