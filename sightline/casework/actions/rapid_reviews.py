"""Receiving a rapid review, the panel's letters about it, and the partners' decision and replies."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from django.db import transaction

from sightline.access import actions as access
from sightline.casework.actions.standing import notification_may, rapid_review_may
from sightline.casework.actions.storing import held, save_changes, save_new
from sightline.casework.entries import RapidReviewEntry, RequestedActionEntry
from sightline.casework.models import (
    LocalReview,
    Notification,
    PanelResponse,
    PartnersReply,
    RapidReview,
    RequestedAction,
)
from sightline.vocabulary.codes import LcsprDecision, Publication
from sightline.vocabulary.decisions import Decision, require
from sightline.vocabulary.periods import in_words

_REG_11 = "SI 2018/789 reg 11"


@transaction.atomic
def receive_rapid_review(review: RapidReviewEntry, *, by: str) -> RapidReview:
    """Record a rapid review that has reached the national body, with the decision it brings."""
    notification = held(Notification, review.notification_id)
    require(notification_may(notification, "receive_rapid_review"))
    require(_not_before(review.received_on, notification.notified_on, "the notification was sent"))
    require(_is_reasoned(review.lcspr_decision, review.decision_reason))
    received = save_new(RapidReview(**asdict(review)))
    access.record_act(
        "casework.receive_rapid_review", by=by, thing_kind="rapid review", thing_id=review.review_id
    )
    return received


@transaction.atomic
def record_panel_response(
    review_id: str,
    *,
    responded_on: date,
    outcomes: Sequence[str],
    by: str,
    agrees_with_lcspr_decision: str | None = None,
    requested: Sequence[RequestedActionEntry] = (),
) -> tuple[PanelResponse, ...]:
    """Record a letter of the panel: its outcomes, and what it asks for (under the first outcome)."""
    review = held(RapidReview, review_id)
    require(rapid_review_may(review, "record_panel_response"))
    require(Decision(bool(outcomes), "Say what the panel's letter says.", basis="form"))
    if review.received_on:
        require(_not_before(responded_on, review.received_on, "the rapid review was received"))
    responses = tuple(
        save_new(
            PanelResponse(
                review=review,
                responded_on=responded_on,
                outcome=outcome,
                agrees_with_lcspr_decision=agrees_with_lcspr_decision,
            )
        )
        for outcome in outcomes
    )
    for asked in requested:
        save_new(RequestedAction(response=responses[0], **asdict(asked)))
    access.record_act("casework.record_panel_response", by=by, thing_kind="rapid review", thing_id=review_id)
    return responses


@transaction.atomic
def record_partners_reply(
    review_id: str, *, to_letter_of: date, replied_on: date, reply: str, by: str
) -> PartnersReply:
    """Record what the safeguarding partners answered to the panel's letter of a date."""
    review = held(RapidReview, review_id)
    require(rapid_review_may(review, "record_partners_reply"))
    require(
        Decision(
            review.panel_responses.filter(responded_on=to_letter_of).exists(),
            f"There is no letter of {in_words(to_letter_of)} about this rapid review.",
            basis="record of replies",
        )
    )
    answered = save_new(
        PartnersReply(review=review, to_letter_of=to_letter_of, replied_on=replied_on, reply=reply)
    )
    access.record_act("casework.record_partners_reply", by=by, thing_kind="rapid review", thing_id=review_id)
    return answered


@transaction.atomic
def complete_requested_action(number: int, *, done_on: date, by: str) -> RequestedAction:
    """Record that something the panel asked for was done."""
    requested = held(RequestedAction, number)
    response = requested.response
    require(rapid_review_may(response.review, "complete_requested_action"))
    require(_not_before(done_on, response.responded_on, "it was asked for"))
    changed = save_changes(requested, {"done_on": done_on})
    access.record_act(
        "casework.complete_requested_action",
        by=by,
        thing_kind="requested action",
        thing_id=str(number),
        fields=changed,
    )
    return requested


@transaction.atomic
def decide_local_review(
    review_id: str,
    *,
    decision: str,
    decided_on: date,
    reason: str,
    by: str,
    local_review_id: str = "",
) -> LocalReview | None:
    """Record the partners' decision on a local review, with their reasons either way.

    A decision to hold one begins it, under `local_review_id`.
    """
    review = held(RapidReview, review_id)
    require(rapid_review_may(review, "decide_local_review"))
    require(_is_reasoned(decision, reason))
    require(
        Decision(
            not review.local_reviews.exists(),
            "A local review has begun already; what becomes of it is recorded there.",
            basis=_REG_11,
        )
    )
    changed = save_changes(review, {"lcspr_decision": decision, "decision_reason": reason.strip()})
    begun = None
    if decision == LcsprDecision.YES:
        begun = save_new(
            LocalReview(
                local_review_id=local_review_id,
                review=review,
                decided_on=decided_on,
                publication=str(Publication.IN_PROGRESS),
            )
        )
    access.record_act(
        "casework.decide_local_review",
        by=by,
        thing_kind="rapid review",
        thing_id=review_id,
        fields=changed,
    )
    return begun


def _is_reasoned(decision: str, reason: str) -> Decision:
    return Decision(
        decision == LcsprDecision.UNDECIDED or bool(reason.strip()),
        "Say why a local review is or is not to be held: the decision needs reasons either way.",
        basis=_REG_11,
    )


def _not_before(day: date, earlier: date, what: str) -> Decision:
    return Decision(
        day >= earlier,
        f"{in_words(day)} is before {what}, on {in_words(earlier)}.",
        basis="order of events",
    )
