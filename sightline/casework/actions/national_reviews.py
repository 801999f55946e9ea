"""National reviews and the incidents they draw on."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from sightline.access import actions as access
from sightline.casework.actions.standing import national_review_may
from sightline.casework.actions.storing import held, save_changes, save_new
from sightline.casework.models import Incident, NationalReview, NationalReviewIncident
from sightline.vocabulary.decisions import Decision, require


@transaction.atomic
def commission_national_review(
    national_review_id: str,
    *,
    title: str,
    commissioned_on: date,
    reason: str,
    incidents: Mapping[str, str],
    by: str,
) -> NationalReview:
    """Begin a national review; `incidents` gives for each incident's reference why it is drawn on."""
    require(Decision(bool(incidents), "Name the incidents that it draws on.", basis="SI 2018/789 reg 3"))
    review = save_new(
        NationalReview(
            national_review_id=national_review_id,
            title=title,
            commissioned_on=commissioned_on,
            reason=reason,
        )
    )
    for incident_id, why_this_one in incidents.items():
        _draw_on(review, incident_id, why_this_one)
    access.record_act(
        "casework.commission_national_review",
        by=by,
        thing_kind="national review",
        thing_id=national_review_id,
    )
    return review


@transaction.atomic
def draw_on_incident(
    national_review_id: str, *, incident_id: str, reason: str, by: str
) -> NationalReviewIncident:
    """Take one more incident into a national review that is not published yet."""
    review = held(NationalReview, national_review_id)
    require(national_review_may(review, "draw_on_incident"))
    drawn_on = _draw_on(review, incident_id, reason)
    access.record_act(
        "casework.draw_on_incident", by=by, thing_kind="national review", thing_id=national_review_id
    )
    return drawn_on


@transaction.atomic
def publish_national_review(national_review_id: str, *, published_on: date, by: str) -> NationalReview:
    """Record that it was published."""
    review = held(NationalReview, national_review_id)
    require(national_review_may(review, "publish_national_review"))
    changed = save_changes(review, {"published_on": published_on})
    access.record_act(
        "casework.publish_national_review",
        by=by,
        thing_kind="national review",
        thing_id=national_review_id,
        fields=changed,
    )
    return review


def _draw_on(review: NationalReview, incident_id: str, reason: str) -> NationalReviewIncident:
    return save_new(
        NationalReviewIncident(
            national_review=review, incident=held(Incident, incident_id), reason=reason.strip()
        )
    )
