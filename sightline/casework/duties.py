"""Which duties a register's cases bring, done or not, on a day.

What happened after `as_of` has not happened yet: a withdrawal, a review or a reply of a later date leaves
the duty open.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from sightline.casework.clock_rules import Clock, Trigger
from sightline.casework.deadlines import Events
from sightline.casework.facts import CaseFacts, DelayKnown, NotificationMade, ReviewReceived
from sightline.casework.partnerships import NamedOnReview, partnership_of_each_authority
from sightline.vocabulary.codes import (
    AbuseOrNeglect,
    Accepted,
    Code,
    Publication,
    RecommendationStatus,
    Route,
)


class Agreed(Code):
    """Duties whose date people set; no clock runs for them."""

    REQUESTED_ACTION = "requested_action", "Do what the panel asked for"
    RECOMMENDATION = "recommendation", "Act on the recommendation"


class Duty(NamedTuple):
    """Something that somebody must do, or has done.

    Its date follows from `events` by the rules, or is `agreed_on`, set on `set_on`, where people set it.
    Where `partnership_is_derived`, no review names the partnership.
    """

    what: Clock | Agreed
    reference: str
    partnership: str
    done_on: date | None
    events: Events = {}
    agreed_on: date | None = None
    set_on: date | None = None
    partnership_is_derived: bool = False
    delays: tuple[DelayKnown, ...] = ()
    delay_cause: str | None = None

    def is_done(self, as_of: date) -> bool:
        return self.done_on is not None and self.done_on <= as_of


def duties(facts: CaseFacts, *, as_of: date) -> Iterator[Duty]:
    """Every duty whose fulfilment is open or dated. Something done on a day nobody gave is done."""
    cases = _Cases(facts, as_of)
    yield from _notify_what_is_known(cases)
    yield from _notify(cases)
    yield from _send_the_rapid_review(cases)
    yield from _reply_to_the_rapid_review(cases)
    yield from _do_what_was_asked(cases)
    yield from _publish_local_reviews(cases)
    yield from _publish_national_reviews(cases)
    yield from _act_on_recommendations(cases)


def needs_rapid_review(route: str, abuse_or_neglect: str | None) -> bool:
    """Whether a notification on this route is followed by a rapid review.

    A serious incident is, always. A looked-after child's death is where abuse or neglect is known or
    suspected: without, the panel does not consider it. A care leaver's death is not. Source: GOV.UK,
    “Report a serious child safeguarding incident”.
    """
    if route == Route.LOOKED_AFTER_CHILD_DEATH:
        return abuse_or_neglect in (AbuseOrNeglect.KNOWN, AbuseOrNeglect.SUSPECTED)
    return route == Route.SERIOUS_INCIDENT


@dataclass(frozen=True)
class _Cases:
    """The facts with what finds one from another."""

    facts: CaseFacts
    as_of: date

    @cached_property
    def notification(self) -> Mapping[str, NotificationMade]:
        return {each.notification_id: each for each in self.facts.notifications}

    @cached_property
    def reviewed(self) -> Mapping[str, ReviewReceived]:
        """By incident, its first review: forms once asked for a notification a child, of which one is
        reviewed for all."""
        first: dict[str, ReviewReceived] = {}
        for review in sorted(self.facts.reviews, key=_when_received):
            first.setdefault(self.notification[review.notification_id].incident_id, review)
        return first

    @cached_property
    def partnership_of_authority(self) -> Mapping[str, str]:
        return partnership_of_each_authority(
            NamedOnReview(
                self.notification[review.notification_id].notifying_la_code,
                review.partnership,
                review.received_on,
                review.review_id,
            )
            for review in self.facts.reviews
        )

    @cached_property
    def partnership_of_review(self) -> Mapping[str, str]:
        return {review.review_id: review.partnership or "" for review in self.facts.reviews}

    @cached_property
    def partnership_of_local_review(self) -> Mapping[str, str]:
        return {
            local.local_review_id: self.partnership_of_review[local.review_id]
            for local in self.facts.local_reviews
        }

    def has_come(self, day: date | None) -> bool:
        return day is not None and day <= self.as_of


def _when_received(review: ReviewReceived) -> tuple[date, str]:
    return review.received_on or date.min, review.review_id


def _notify_what_is_known(cases: _Cases) -> Iterator[Duty]:
    for incident in cases.facts.known:
        if not cases.has_come(incident.not_notifiable_on):
            yield Duty(
                Clock.NOTIFY,
                incident.incident_id,
                cases.partnership_of_authority.get(incident.incident_la_code or "", ""),
                done_on=None,
                events={Trigger.OCCURRED: incident.occurred_on, Trigger.AWARE: incident.aware_on},
                partnership_is_derived=True,
            )


def _notify(cases: _Cases) -> Iterator[Duty]:
    for made in cases.facts.notifications:
        is_here = cases.has_come(made.aware_on or made.notified_on)
        if is_here and not cases.has_come(made.withdrawn_on):
            partnership, is_derived = _partnership_of(made, cases)
            is_care_leaver = made.route == Route.CARE_LEAVER_DEATH
            yield Duty(
                Clock.NOTIFY_CARE_LEAVER_DEATH if is_care_leaver else Clock.NOTIFY,
                made.notification_id,
                partnership,
                done_on=made.notified_on,
                events={Trigger.OCCURRED: made.occurred_on, Trigger.AWARE: made.aware_on},
                partnership_is_derived=is_derived,
                delays=cases.facts.delays.get((Clock.NOTIFY, made.notification_id), ()),
            )


def _partnership_of(made: NotificationMade, cases: _Cases) -> tuple[str, bool]:
    """Its name, and whether that is derived from the authority and not named on the incident's review."""
    review = cases.reviewed.get(made.incident_id)
    if review is not None and review.partnership:
        return review.partnership, False
    return cases.partnership_of_authority.get(made.notifying_la_code or "", ""), True


def _send_the_rapid_review(cases: _Cases) -> Iterator[Duty]:
    for made in _first_live_notification_of_each_incident(cases):
        review = cases.reviewed.get(made.incident_id)
        if review is not None and review.received_on is None:
            continue
        # A review that is here is measured from its own notification, one that is awaited from the first.
        is_here = review is not None and cases.has_come(review.received_on)
        hangs_on = cases.notification[review.notification_id] if review and is_here else made
        partnership, is_derived = _partnership_of(made, cases)
        yield Duty(
            Clock.RAPID_REVIEW,
            review.review_id if review and is_here else made.notification_id,
            partnership,
            done_on=review.received_on if review else None,
            events={
                Trigger.OCCURRED: hangs_on.occurred_on,
                Trigger.AWARE: hangs_on.aware_on,
                Trigger.NOTIFIED: hangs_on.notified_on,
            },
            partnership_is_derived=is_derived,
            delays=cases.facts.delays.get((Clock.RAPID_REVIEW, hangs_on.notification_id), ()),
        )


def _first_live_notification_of_each_incident(cases: _Cases) -> Iterator[NotificationMade]:
    first: dict[str, NotificationMade] = {}
    for made in cases.facts.notifications:
        is_live = cases.has_come(made.notified_on) and not cases.has_come(made.withdrawn_on)
        if is_live and needs_rapid_review(made.route, made.abuse_or_neglect):
            earliest = first.setdefault(made.incident_id, made)
            if _when_notified(made) < _when_notified(earliest):
                first[made.incident_id] = made
    yield from first.values()


def _when_notified(made: NotificationMade) -> tuple[date, str]:
    return made.notified_on, made.notification_id


def _reply_to_the_rapid_review(cases: _Cases) -> Iterator[Duty]:
    for review in cases.facts.reviews:
        withdrawn_on = cases.notification[review.notification_id].withdrawn_on
        is_here = review.received_on is None or cases.has_come(review.received_on)
        if is_here and not cases.has_come(withdrawn_on):
            yield Duty(
                Clock.PANEL_RESPONSE,
                review.review_id,
                review.partnership or "",
                done_on=cases.facts.answered_on.get(review.review_id),
                events={Trigger.REVIEW_RECEIVED: review.received_on},
            )


def _do_what_was_asked(cases: _Cases) -> Iterator[Duty]:
    for asked in cases.facts.asked:
        if cases.has_come(asked.asked_on):
            yield Duty(
                Agreed.REQUESTED_ACTION,
                f"{asked.review_id} action {asked.number}",
                cases.partnership_of_review[asked.review_id],
                done_on=asked.done_on,
                agreed_on=asked.due_on,
                set_on=asked.asked_on,
            )


def _publish_local_reviews(cases: _Cases) -> Iterator[Duty]:
    for local in cases.facts.local_reviews:
        if local.decided_on is not None and not cases.has_come(local.decided_on):
            continue
        partnership = cases.partnership_of_review[local.review_id]
        delays = cases.facts.delays.get((Clock.LOCAL_REVIEW, local.local_review_id), ())
        if local.publication in (None, Publication.IN_PROGRESS) or local.published_on is not None:
            yield Duty(
                Clock.LOCAL_REVIEW,
                local.local_review_id,
                partnership,
                done_on=local.published_on,
                events={Trigger.LOCAL_REVIEW_DECIDED: local.decided_on},
                delays=delays,
                delay_cause=local.delay_cause,
            )
        if local.publication_planned_on is not None:
            yield Duty(
                Clock.COPY_BEFORE_PUBLICATION,
                local.local_review_id,
                partnership,
                done_on=local.copy_sent_on,
                events={Trigger.PUBLICATION: local.publication_planned_on},
            )


def _publish_national_reviews(cases: _Cases) -> Iterator[Duty]:
    for national in cases.facts.national_reviews:
        if cases.has_come(national.commissioned_on):
            yield Duty(
                Clock.NATIONAL_REVIEW,
                national.national_review_id,
                "",
                done_on=national.published_on,
                events={Trigger.COMMISSIONED: national.commissioned_on},
            )


_ENDED = (RecommendationStatus.DONE, RecommendationStatus.EVIDENCED, RecommendationStatus.SUPERSEDED)


def _act_on_recommendations(cases: _Cases) -> Iterator[Duty]:
    for made in cases.facts.recommendations:
        is_here = made.made_on is None or cases.has_come(made.made_on)
        has_ended_some_day = made.status in _ENDED and made.closed_on is None
        if is_here and not has_ended_some_day and made.accepted != Accepted.NO:
            yield Duty(
                Agreed.RECOMMENDATION,
                made.recommendation_id,
                cases.partnership_of_local_review.get(made.local_review_id or "", ""),
                done_on=made.closed_on,
                agreed_on=made.due_on,
                set_on=made.made_on,
            )
