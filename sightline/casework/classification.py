"""How sensitive each stored field of casework is, and how long it is kept."""

from collections.abc import Mapping

from sightline.access.classification import Kept, Retention, Sensitivity

_ORDERING, _CASE, _CHILD = Sensitivity.ORDERING, Sensitivity.CASE, Sensitivity.CHILD
_FREE_TEXT, _WORKER = Sensitivity.FREE_TEXT, Sensitivity.WORKER
_KEPT = Retention.CASE_RECORD

CLASSIFICATION: Mapping[str, Kept] = {
    "Incident": Kept(
        _KEPT,
        {
            _ORDERING: ("register_position",),
            _CASE: (
                *("incident_id", "occurred_on", "occurred_precision", "incident_la_code"),
                *("outside_england", "abuse_or_neglect", "aware_on", "not_notifiable_on"),
            ),
            _FREE_TEXT: ("place_type", "not_notifiable_reason"),
        },
    ),
    "Child": Kept(
        _KEPT,
        {
            _ORDERING: ("register_position",),
            _CASE: ("child_ref", "incident", "position", "incident_la_code", "responsible_la_code"),
            _CHILD: (
                *("role", "date_of_birth", "age_in_months", "sex", "ethnicity_code", "disability"),
                *("residence_la_code", "placement_type", "looked_after", "child_protection_plan"),
                *("child_in_need_plan", "known_to_agencies"),
            ),
        },
    ),
    "ParallelProcess": Kept(_KEPT, {_ORDERING: ("id",), _CASE: ("incident", "kind", "reference")}),
    "Notification": Kept(
        _KEPT,
        {
            _ORDERING: ("register_position",),
            _CASE: (
                *("notification_id", "incident", "index_child", "route", "nature", "notifying_la_code"),
                *("aware_on", "notified_on", "withdrawn_on"),
            ),
            _FREE_TEXT: ("withdrawn_reason",),
        },
    ),
    "AsNotified": Kept(Retention.AS_NOTIFIED, {_CASE: ("notification",), _CHILD: ("said",)}),
    "ClericalCorrection": Kept(
        Retention.AS_NOTIFIED,
        {
            _ORDERING: ("id", "field", "at"),
            _CASE: ("notification", "as_notified", "corrected"),
            _FREE_TEXT: ("reason",),
            _WORKER: ("by",),
        },
    ),
    "RapidReview": Kept(
        _KEPT,
        {
            _ORDERING: ("register_position",),
            _CASE: (
                *("review_id", "notification", "received_on", "nature", "lcspr_decision"),
                *("national_review_potential", "partnership"),
            ),
            _FREE_TEXT: ("decision_reason",),
        },
    ),
    "PanelResponse": Kept(
        _KEPT,
        {
            _ORDERING: ("id", "register_position"),
            _CASE: ("review", "responded_on", "outcome", "agrees_with_lcspr_decision"),
        },
    ),
    "RequestedAction": Kept(
        _KEPT, {_ORDERING: ("id",), _CASE: ("response", "due_on", "done_on"), _FREE_TEXT: ("what",)}
    ),
    "PartnersReply": Kept(
        _KEPT, {_ORDERING: ("id",), _CASE: ("review", "to_letter_of", "replied_on"), _FREE_TEXT: ("reply",)}
    ),
    "LocalReview": Kept(
        _KEPT,
        {
            _ORDERING: ("register_position",),
            _CASE: (
                *("local_review_id", "review", "decided_on", "published_on", "publication"),
                *("delay_cause", "publication_planned_on", "copy_sent_on"),
            ),
            _FREE_TEXT: ("not_published_reason",),
        },
    ),
    "NationalReview": Kept(
        _KEPT,
        {
            _CASE: ("national_review_id", "commissioned_on", "published_on"),
            _FREE_TEXT: ("title", "reason"),
        },
    ),
    "NationalReviewIncident": Kept(
        _KEPT, {_ORDERING: ("id",), _CASE: ("national_review", "incident"), _FREE_TEXT: ("reason",)}
    ),
    "Delay": Kept(
        _KEPT,
        {
            _ORDERING: ("id",),
            _CASE: (
                *("notification", "rapid_review_of", "local_review", "cause", "started_on"),
                *("expected_end_on", "told_on", "interim_learning_issued"),
            ),
            _FREE_TEXT: ("told", "note"),
        },
    ),
    "Recommendation": Kept(
        _KEPT,
        {
            _ORDERING: ("register_position",),
            _CASE: (
                *("recommendation_id", "source_review", "national_review", "level", "theme", "made_on"),
                *("accepted", "due_on", "status", "closed_on", "repeats"),
            ),
            _FREE_TEXT: ("addressee", "text", "accepted_reason"),
            _WORKER: ("owner",),
        },
    ),
    "Evidence": Kept(
        _KEPT, {_ORDERING: ("id",), _CASE: ("recommendation", "dated_on"), _FREE_TEXT: ("shows",)}
    ),
}
