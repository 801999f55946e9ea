"""A local review's way to publication, and the delays of any clock."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from django.db import transaction

from sightline.access import actions as access
from sightline.casework.actions.standing import local_review_may, notification_may
from sightline.casework.actions.storing import held, save_changes, save_new
from sightline.casework.entries import DelayEntry
from sightline.casework.models import Delay, LocalReview, Notification
from sightline.vocabulary.codes import Publication
from sightline.vocabulary.decisions import Decision, require

_PUBLISHED = (Publication.FULL_REPORT, Publication.IMPROVEMENTS_ONLY)


@transaction.atomic
def record_delay(
    delay: DelayEntry,
    *,
    by: str,
    notification_id: str | None = None,
    rapid_review_of: str | None = None,
    local_review_id: str | None = None,
) -> Delay:
    """Record why one clock overruns: a notification's, that of its rapid review, or a local review's.

    It is shown with the overrun and pauses nothing.
    """
    about = _about(notification_id, rapid_review_of, local_review_id)
    if isinstance(about, LocalReview):
        require(local_review_may(about, "record_delay"))
        recorded = save_new(Delay(local_review=about, **asdict(delay)))
        save_changes(about, {"delay_cause": delay.cause})
    else:
        require(notification_may(about, "record_delay"))
        clock = "notification" if notification_id is not None else "rapid_review_of"
        recorded = save_new(Delay(**{clock: about}, **asdict(delay)))
    access.record_act(
        "casework.record_delay", by=by, thing_kind=str(about._meta.verbose_name), thing_id=str(about.pk)
    )
    return recorded


def _about(
    notification_id: str | None, rapid_review_of: str | None, local_review_id: str | None
) -> LocalReview | Notification:
    given = [each for each in (notification_id, rapid_review_of, local_review_id) if each is not None]
    require(Decision(len(given) == 1, "Say which one clock is delayed.", basis="form"))
    if local_review_id is not None:
        return held(LocalReview, local_review_id)
    return held(Notification, given[0])


@transaction.atomic
def plan_publication(local_review_id: str, *, planned_on: date, by: str) -> LocalReview:
    """Set the day on which it is to be published, from which the copy before publication is counted."""
    return _change(local_review_id, "plan_publication", {"publication_planned_on": planned_on}, by=by)


@transaction.atomic
def send_copy_before_publication(local_review_id: str, *, sent_on: date, by: str) -> LocalReview:
    """Record that the national body and the Secretary of State have been sent what will be published."""
    return _change(local_review_id, "send_copy_before_publication", {"copy_sent_on": sent_on}, by=by)


@transaction.atomic
def publish_local_review(
    local_review_id: str, *, published_on: date, publication: str, by: str, reason: str = ""
) -> LocalReview:
    """Record that the report, or with a reason its improvements alone, was published."""
    require(
        Decision(publication in _PUBLISHED, "Publish the full report or the improvements only.", basis="form")
    )
    require(
        Decision(
            publication == Publication.FULL_REPORT or bool(reason.strip()),
            "Say why the full report is not published.",
            basis="Children Act 2004 s16F (wording not read)",
        )
    )
    changes = {
        "published_on": published_on,
        "publication": publication,
        "not_published_reason": reason.strip() or None,
    }
    return _change(local_review_id, "publish_local_review", changes, by=by)


@transaction.atomic
def decide_not_to_publish(local_review_id: str, *, reason: str, by: str) -> LocalReview:
    """Record that nothing is published, and why."""
    require(
        Decision(
            bool(reason.strip()),
            "Say why nothing is published.",
            basis="Children Act 2004 s16F (wording not read)",
        )
    )
    changes = {"publication": str(Publication.NOT_PUBLISHED), "not_published_reason": reason.strip()}
    return _change(local_review_id, "decide_not_to_publish", changes, by=by)


def _change(local_review_id: str, action: str, changes: Mapping[str, object], *, by: str) -> LocalReview:
    local_review = held(LocalReview, local_review_id)
    require(local_review_may(local_review, action))
    changed = save_changes(local_review, changes)
    access.record_act(
        f"casework.{action}",
        by=by,
        thing_kind="local review",
        thing_id=local_review_id,
        fields=changed,
    )
    return local_review
