"""The plain values that the duties of casework are worked out from, a row of a table each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sightline.casework.clock_rules import Clock


class KnownIncident(NamedTuple):
    """An incident that nobody has notified."""

    incident_id: str
    occurred_on: date | None
    aware_on: date | None
    incident_la_code: str | None
    not_notifiable_on: date | None = None


class NotificationMade(NamedTuple):
    notification_id: str
    incident_id: str
    route: str
    abuse_or_neglect: str | None
    notifying_la_code: str | None
    occurred_on: date | None
    aware_on: date | None
    notified_on: date
    withdrawn_on: date | None = None


class ReviewReceived(NamedTuple):
    review_id: str
    notification_id: str
    partnership: str | None
    received_on: date | None


class ActionAsked(NamedTuple):
    """Something that the panel asked for in a letter about a rapid review."""

    number: int
    review_id: str
    asked_on: date
    due_on: date | None
    done_on: date | None


class LocalReviewHeld(NamedTuple):
    local_review_id: str
    review_id: str
    decided_on: date | None
    published_on: date | None
    publication: str | None
    delay_cause: str | None = None
    publication_planned_on: date | None = None
    copy_sent_on: date | None = None


class NationalReviewHeld(NamedTuple):
    national_review_id: str
    commissioned_on: date
    published_on: date | None


class RecommendationMade(NamedTuple):
    recommendation_id: str
    local_review_id: str | None
    made_on: date | None
    due_on: date | None
    accepted: str | None
    status: str | None
    closed_on: date | None


class DelayKnown(NamedTuple):
    cause: str
    started_on: date
    expected_end_on: date | None = None
    told_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """Every case of a register.

    `answered_on` is the date of the panel's first letter by rapid review. `delays` goes by the clock that
    overruns and the reference of what it is about: a notification for the first two clocks, else a local
    review.
    """

    known: tuple[KnownIncident, ...] = ()
    notifications: tuple[NotificationMade, ...] = ()
    reviews: tuple[ReviewReceived, ...] = ()
    answered_on: Mapping[str, date] = field(default_factory=dict)
    asked: tuple[ActionAsked, ...] = ()
    local_reviews: tuple[LocalReviewHeld, ...] = ()
    national_reviews: tuple[NationalReviewHeld, ...] = ()
    recommendations: tuple[RecommendationMade, ...] = ()
    delays: Mapping[tuple[Clock, str], tuple[DelayKnown, ...]] = field(default_factory=dict)
