"""One invented case from its first day to its end, a step an action."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pytest
from casework_entries import (
    MEDWAY,
    a_child,
    a_delay,
    a_notification,
    a_rapid_review,
    a_recommendation,
    an_incident,
)

from sightline.casework import actions
from sightline.casework.entries import RequestedActionEntry
from sightline.casework.models import RequestedAction
from sightline.vocabulary.codes import RecommendationStatus


class Step(NamedTuple):
    name: str
    take: Callable[[str], object]  # by whom


THE_CASE = (
    Step(
        "record_incident",
        lambda by: actions.record_incident(
            an_incident(), children=[a_child(), a_child(child_ref="CH-2", role="other")], by=by
        ),
    ),
    Step(
        "amend_incident",
        lambda by: actions.amend_incident("INC-1", changes={"place_type": "car"}, why="police log", by=by),
    ),
    Step(
        "amend_child",
        lambda by: actions.amend_child(
            "CH-1", changes={"responsible_la_code": MEDWAY}, why="placed by another authority", by=by
        ),
    ),
    Step(
        "refer_to_parallel_process",
        lambda by: actions.refer_to_parallel_process(
            "INC-1", kind="criminal_investigation", reference="46/1/23", by=by
        ),
    ),
    Step(
        "decide_not_notifiable",
        lambda by: actions.decide_not_notifiable(
            "INC-1", decided_on=date(2023, 3, 3), reason="thought to be an illness", by=by
        ),
    ),
    Step(
        "notify_incident",
        lambda by: actions.notify_incident("INC-1", notification=a_notification(), by=by),
    ),
    Step(
        "correct_notification",
        lambda by: actions.correct_notification(
            "SIN-1", field="aware_on", corrected=date(2023, 3, 2), reason="day and month swapped", by=by
        ),
    ),
    Step("record_delay", lambda by: actions.record_delay(a_delay(), rapid_review_of="SIN-1", by=by)),
    Step("receive_rapid_review", lambda by: actions.receive_rapid_review(a_rapid_review(), by=by)),
    Step(
        "record_panel_response",
        lambda by: actions.record_panel_response(
            "RR-1",
            responded_on=date(2023, 4, 12),
            outcomes=["asks_for_more", "considers_national_review"],
            requested=[RequestedActionEntry(what="Ask the school as well.", due_on=date(2023, 4, 28))],
            by=by,
        ),
    ),
    Step(
        "complete_requested_action",
        lambda by: actions.complete_requested_action(
            RequestedAction.objects.get().pk, done_on=date(2023, 5, 3), by=by
        ),
    ),
    Step(
        "record_partners_reply",
        lambda by: actions.record_partners_reply(
            "RR-1",
            to_letter_of=date(2023, 4, 12),
            replied_on=date(2023, 5, 4),
            reply="The school has answered.",
            by=by,
        ),
    ),
    Step(
        "decide_local_review",
        lambda by: actions.decide_local_review(
            "RR-1",
            decision="yes",
            decided_on=date(2023, 5, 8),
            reason="three agencies worked past one another",
            local_review_id="LR-1",
            by=by,
        ),
    ),
    Step("record_delay", lambda by: actions.record_delay(a_delay(), local_review_id="LR-1", by=by)),
    Step(
        "plan_publication",
        lambda by: actions.plan_publication("LR-1", planned_on=date(2024, 1, 22), by=by),
    ),
    Step(
        "send_copy_before_publication",
        lambda by: actions.send_copy_before_publication("LR-1", sent_on=date(2024, 1, 10), by=by),
    ),
    Step(
        "decide_not_to_publish",
        lambda by: actions.decide_not_to_publish("LR-1", reason="it would name the family", by=by),
    ),
    Step(
        "publish_local_review",
        lambda by: actions.publish_local_review(
            "LR-1",
            published_on=date(2024, 1, 22),
            publication="improvements_only",
            reason="the report would name the family",
            by=by,
        ),
    ),
    Step(
        "make_recommendation",
        lambda by: actions.make_recommendation(a_recommendation(), by=by),
    ),
    Step(
        "add_evidence",
        lambda by: actions.add_evidence(
            "REC-1", dated_on=date(2024, 2, 5), shows="An audit found 19 of 20 told.", by=by
        ),
    ),
    Step(
        "update_recommendation",
        lambda by: actions.update_recommendation(
            "REC-1", status=RecommendationStatus.DONE, on=date(2024, 2, 6), by=by
        ),
    ),
    Step(
        "commission_national_review",
        lambda by: actions.commission_national_review(
            "NR-1",
            title="Babies not brought",
            commissioned_on=date(2023, 6, 1),
            reason="the same in many places",
            incidents={"INC-1": "three missed appointments"},
            by=by,
        ),
    ),
    Step(
        "record_incident",
        lambda by: actions.record_incident(
            an_incident(incident_id="INC-2"), children=[a_child(child_ref="CH-3")], by=by
        ),
    ),
    Step(
        "draw_on_incident",
        lambda by: actions.draw_on_incident("NR-1", incident_id="INC-2", reason="also not brought", by=by),
    ),
    Step(
        "publish_national_review",
        lambda by: actions.publish_national_review("NR-1", published_on=date(2023, 11, 30), by=by),
    ),
    Step(
        "withdraw_notification",
        lambda by: actions.withdraw_notification(
            "SIN-1", withdrawn_on=date(2024, 2, 20), reason="criteria not met", by=by
        ),
    ),
)


def taken_up_to(name: str, *, by: str = "Ada Bell") -> None:
    """Take every step of the case before the first one of this name."""
    for step in THE_CASE:
        if step.name == name:
            return
        step.take(by)
    raise AssertionError(f"{name} is no step of the case")


@pytest.fixture
def case_up_to(db):
    return taken_up_to


@pytest.fixture
def the_case():
    return THE_CASE
