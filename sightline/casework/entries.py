"""What a person enters to begin something: one value each, so that an action has few arguments."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentEntry:
    """Codes as in register layout 1; None is “not supplied”."""

    incident_id: str
    aware_on: date | None = None
    occurred_on: date | None = None
    occurred_precision: str | None = None
    incident_la_code: str | None = None
    outside_england: str | None = None
    place_type: str | None = None
    abuse_or_neglect: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildEntry:
    """A child in an incident. `incident_la_code` is given only where it differs from the incident's."""

    child_ref: str
    role: str | None = None
    date_of_birth: date | None = None
    age_in_months: int | None = None
    sex: str | None = None
    ethnicity_code: str | None = None
    disability: str | None = None
    placement_type: str | None = None
    looked_after: str | None = None
    child_protection_plan: str | None = None
    child_in_need_plan: str | None = None
    known_to_agencies: str | None = None
    incident_la_code: str | None = None
    residence_la_code: str | None = None
    responsible_la_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationEntry:
    """`authority_reason` says why an authority notifies that is not the one where it happened."""

    notification_id: str
    index_child_ref: str
    route: str
    nature: str
    notifying_la_code: str
    notified_on: date
    aware_on: date | None = None
    authority_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RapidReviewEntry:
    """`decision_reason` is the partners' rationale for holding or not holding a local review."""

    review_id: str
    notification_id: str
    partnership: str
    received_on: date
    lcspr_decision: str
    decision_reason: str = ""
    national_review_potential: str | None = None
    nature: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedActionEntry:
    what: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayEntry:
    """`told` says who was told."""

    cause: str
    started_on: date
    told: str
    told_on: date | None = None
    expected_end_on: date | None = None
    interim_learning_issued: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationEntry:
    """Of a local or of a national review, exactly one. `repeats_id` is an earlier recommendation."""

    recommendation_id: str
    source_review_id: str | None = None
    national_review_id: str | None = None
    text: str
    addressee: str
    owner: str
    level: str
    made_on: date
    due_on: date | None = None
    theme: str | None = None
    accepted: str | None = None
    accepted_reason: str | None = None
    repeats_id: str | None = None
