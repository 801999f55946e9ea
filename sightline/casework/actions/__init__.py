"""Everything that can be done to a case: load, permit, decide, save and record, in one transaction.

Each raises `vocabulary.decisions.Refusal` where it is not possible, with the sentence a person should read,
and `NoSuchCase` where nothing is held under a reference.
"""

from sightline.casework.actions.incidents import (
    amend_child,
    amend_incident,
    decide_not_notifiable,
    record_incident,
    refer_to_parallel_process,
)
from sightline.casework.actions.local_reviews import (
    decide_not_to_publish,
    plan_publication,
    publish_local_review,
    record_delay,
    send_copy_before_publication,
)
from sightline.casework.actions.national_reviews import (
    commission_national_review,
    draw_on_incident,
    publish_national_review,
)
from sightline.casework.actions.notifications import (
    correct_notification,
    notify_incident,
    withdraw_notification,
)
from sightline.casework.actions.rapid_reviews import (
    complete_requested_action,
    decide_local_review,
    receive_rapid_review,
    record_panel_response,
    record_partners_reply,
)
from sightline.casework.actions.recommendations import (
    add_evidence,
    make_recommendation,
    update_recommendation,
)
from sightline.casework.actions.storing import NoSuchCase

__all__ = [
    "NoSuchCase",
    "add_evidence",
    "amend_child",
    "amend_incident",
    "commission_national_review",
    "complete_requested_action",
    "correct_notification",
    "decide_local_review",
    "decide_not_notifiable",
    "decide_not_to_publish",
    "draw_on_incident",
    "make_recommendation",
    "notify_incident",
    "plan_publication",
    "publish_local_review",
    "publish_national_review",
    "receive_rapid_review",
    "record_delay",
    "record_incident",
    "record_panel_response",
    "record_partners_reply",
    "refer_to_parallel_process",
    "send_copy_before_publication",
    "update_recommendation",
    "withdraw_notification",
]
