"""Recommendations: made, acted on, and shown to have been."""

from dataclasses import asdict
from datetime import date

from django.db import transaction

from sightline.access import actions as access
from sightline.casework.actions.standing import (
    local_review_may,
    national_review_may,
    recommendation_may,
)
from sightline.casework.actions.storing import held, save_changes, save_new
from sightline.casework.entries import RecommendationEntry
from sightline.casework.models import Evidence, LocalReview, NationalReview, Recommendation
from sightline.vocabulary.codes import RecommendationStatus
from sightline.vocabulary.decisions import Decision, require

_ENDED = (RecommendationStatus.DONE, RecommendationStatus.EVIDENCED, RecommendationStatus.SUPERSEDED)


@transaction.atomic
def make_recommendation(recommendation: RecommendationEntry, *, by: str) -> Recommendation:
    """Record a recommendation of a local or of a national review, with its owner."""
    require(
        Decision(
            (recommendation.source_review_id is None) != (recommendation.national_review_id is None),
            "Name the one local or national review that makes it.",
            basis="form",
        )
    )
    if recommendation.source_review_id is not None:
        local_review = held(LocalReview, recommendation.source_review_id)
        require(local_review_may(local_review, "make_recommendation"))
    else:
        national_review = held(NationalReview, recommendation.national_review_id)
        require(national_review_may(national_review, "make_recommendation"))
    made = save_new(Recommendation(status=str(RecommendationStatus.OPEN), **asdict(recommendation)))
    access.record_act(
        "casework.make_recommendation",
        by=by,
        thing_kind="recommendation",
        thing_id=recommendation.recommendation_id,
    )
    return made


@transaction.atomic
def update_recommendation(
    recommendation_id: str,
    *,
    status: RecommendationStatus,
    on: date,
    by: str,
    owner: str | None = None,
    due_on: date | None = None,
) -> Recommendation:
    """Say where it stands, and if need be who has it now and by when; a reopened one is closed no more.

    “Evidenced” needs evidence: add it first.
    """
    recommendation = held(Recommendation, recommendation_id)
    require(recommendation_may(recommendation, "update_recommendation", to=status))
    if status is RecommendationStatus.EVIDENCED:
        require(
            Decision(
                recommendation.evidence.exists(),
                "Add the evidence first: nothing shows yet that it was acted on.",
                basis="Working Together 2023: recommendations are seen to be implemented, with effect shown",
            )
        )
    closed_on = (recommendation.closed_on or on) if status in _ENDED else None
    changes: dict[str, object] = {"status": str(status), "closed_on": closed_on}
    changes |= {"owner": owner} if owner is not None else {}
    changes |= {"due_on": due_on} if due_on is not None else {}
    changed = save_changes(recommendation, changes)
    access.record_act(
        "casework.update_recommendation",
        by=by,
        thing_kind="recommendation",
        thing_id=recommendation_id,
        fields=changed,
    )
    return recommendation


@transaction.atomic
def add_evidence(recommendation_id: str, *, dated_on: date, shows: str, by: str) -> Evidence:
    """Add something that shows what was done about it, or what that changed."""
    recommendation = held(Recommendation, recommendation_id)
    require(recommendation_may(recommendation, "add_evidence"))
    added = save_new(Evidence(recommendation=recommendation, dated_on=dated_on, shows=shows.strip()))
    access.record_act("casework.add_evidence", by=by, thing_kind="recommendation", thing_id=recommendation_id)
    return added
