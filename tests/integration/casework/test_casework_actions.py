"""Every action is recorded with who took it, or does not happen; and what may not follow is refused."""

import inspect
from datetime import date

import pytest
from casework_entries import (
    KENT,
    MEDWAY,
    a_child,
    a_delay,
    a_notification,
    a_rapid_review,
    a_recommendation,
    an_incident,
)
from django.apps import apps

from sightline.access import actions as access
from sightline.access.lookups import last_act_number
from sightline.access.models import Act
from sightline.casework import actions, states
from sightline.casework.models import (
    AsNotified,
    Child,
    ClericalCorrection,
    Incident,
    LocalReview,
    Notification,
    PanelResponse,
    RapidReview,
    Recommendation,
)
from sightline.vocabulary.codes import RecommendationStatus
from sightline.vocabulary.decisions import Refusal

ACTIONS = {name: getattr(actions, name) for name in actions.__all__ if name != "NoSuchCase"}


def everything_stored():
    return {
        model._meta.label: sorted(map(repr, model.objects.values()))
        for room in ("access", "casework", "coding")
        for model in apps.get_app_config(room).get_models()
    }


def test_the_case_takes_every_action(the_case):
    assert {step.name for step in the_case} == set(ACTIONS)


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_says_by_whom_and_takes_the_rest_by_name(name):
    first, *others = inspect.signature(ACTIONS[name]).parameters.values()
    assert first.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    assert {each.kind for each in others} == {inspect.Parameter.KEYWORD_ONLY}
    assert next(each for each in others if each.name == "by").default is inspect.Parameter.empty


def test_the_tables_of_what_may_follow_and_the_actions_are_the_same():
    steps = {step.action for course in states.COURSES for step in course.steps}
    starts = {course.started_by for course in states.COURSES}
    assert steps | starts == set(ACTIONS)


def test_every_step_records_one_act_by_the_one_who_takes_it(the_case, db):
    for step in the_case:
        before = last_act_number()
        step.take("Ada Bell")
        recorded = Act.objects.filter(id__gt=before)
        assert [(act.act, act.by) for act in recorded] == [(f"casework.{step.name}", "Ada Bell")]


def test_a_step_taken_by_nobody_changes_nothing(the_case, db):
    for step in the_case:
        before = everything_stored()
        with pytest.raises(Refusal, match="Say who is doing this"):
            step.take("  ")
        assert everything_stored() == before, step.name
        step.take("Ada Bell")


def test_a_step_that_cannot_be_recorded_changes_nothing(the_case, db, monkeypatch):
    def disk_full(*args, **kwargs):
        raise OSError("No space left on device")

    for step in the_case:
        before = everything_stored()
        with monkeypatch.context() as broken:
            broken.setattr(access, "record_act", disk_full)
            with pytest.raises(OSError, match="No space left"):
                step.take("Ada Bell")
        assert everything_stored() == before, step.name
        step.take("Ada Bell")


def test_an_act_names_the_fields_and_not_what_was_in_them(case_up_to):
    case_up_to("amend_child")
    actions.amend_child(
        "CH-1", changes={"date_of_birth": date(2020, 2, 29)}, why="birth entry", by="Ada Bell"
    )
    act = Act.objects.get(id=last_act_number())
    assert (act.thing_kind, act.thing_id, act.fields) == ("child", "CH-1", ["date_of_birth"])
    assert "2020-02-29" not in repr(vars(act))


class TestWhatWasNotified:
    def test_it_stands_when_the_child_is_amended(self, case_up_to):
        case_up_to("correct_notification")
        said_before = AsNotified.objects.get(pk="SIN-1").said
        actions.amend_child("CH-1", changes={"role": "died", "sex": "male"}, why="died since", by="Ada Bell")
        assert AsNotified.objects.get(pk="SIN-1").said == said_before
        assert said_before["children"][0]["role"] == "seriously_harmed"
        assert Child.objects.get(pk="CH-1").role == "died"

    def test_it_holds_the_notification_the_incident_and_every_child(self, case_up_to):
        case_up_to("correct_notification")
        said = AsNotified.objects.get(pk="SIN-1").said
        assert said["notification"]["aware_on"] == "2023-03-01"
        assert said["incident"]["place_type"] == "car"
        assert [child["child_ref"] for child in said["children"]] == ["CH-1", "CH-2"]
        assert said["children"][0]["date_of_birth"] == "2021-05-04"

    def test_a_clerical_correction_keeps_both_values(self, case_up_to):
        case_up_to("record_delay")
        correction = ClericalCorrection.objects.get()
        assert (correction.as_notified, correction.corrected) == ("2023-03-01", "2023-03-02")
        assert Notification.objects.get(pk="SIN-1").aware_on == date(2023, 3, 2)
        assert AsNotified.objects.get(pk="SIN-1").said["notification"]["aware_on"] == "2023-03-01"

    def test_a_second_correction_still_names_what_was_notified(self, case_up_to):
        case_up_to("record_delay")
        second = actions.correct_notification(
            "SIN-1", field="aware_on", corrected=date(2023, 2, 28), reason="log book", by="Ada Bell"
        )
        assert second.as_notified == "2023-03-01"

    def test_the_index_child_is_corrected_to_another_child_of_the_incident_alone(self, case_up_to):
        case_up_to("correct_notification")
        actions.record_incident(
            an_incident(incident_id="INC-9"), children=[a_child(child_ref="CH-9")], by="Ada Bell"
        )
        correct = {"field": "index_child_ref", "reason": "wrong sibling", "by": "Ada Bell"}
        with pytest.raises(Refusal, match="CH-9 is not in incident INC-1"):
            actions.correct_notification("SIN-1", corrected="CH-9", **correct)
        actions.correct_notification("SIN-1", corrected="CH-2", **correct)
        assert Notification.objects.get(pk="SIN-1").index_child_id == "CH-2"

    @pytest.mark.parametrize("field", ["withdrawn_on", "incident_id", "role"])
    def test_what_was_not_notified_is_not_corrected(self, case_up_to, field):
        case_up_to("correct_notification")
        with pytest.raises(Refusal, match="is not notified"):
            actions.correct_notification("SIN-1", field=field, corrected=None, reason="x", by="Ada Bell")


class TestRefusals:
    def test_an_incident_without_a_child(self, db):
        with pytest.raises(Refusal, match="at least one child"):
            actions.record_incident(an_incident(), children=[], by="Ada Bell")

    def test_a_reference_that_is_taken(self, case_up_to):
        case_up_to("amend_incident")
        with pytest.raises(Refusal, match="already exists"):
            actions.record_incident(an_incident(), children=[a_child(child_ref="CH-9")], by="Ada Bell")
        assert not Child.objects.filter(pk="CH-9").exists()

    def test_a_code_that_is_none(self, db):
        with pytest.raises(Refusal, match="sex"):
            actions.record_incident(an_incident(), children=[a_child(sex="unsaid")], by="Ada Bell")
        assert Incident.objects.count() == 0

    def test_a_reference_that_nothing_has(self, db):
        with pytest.raises(actions.NoSuchCase, match="no incident with the reference INC-404"):
            actions.notify_incident("INC-404", notification=a_notification(), by="Ada Bell")

    def test_another_authority_notifies_only_with_a_reason(self, case_up_to):
        case_up_to("notify_incident")
        with pytest.raises(Refusal, match="say why"):
            actions.notify_incident(
                "INC-1", notification=a_notification(notifying_la_code=MEDWAY), by="Ada Bell"
            )
        elsewhere = a_notification(notifying_la_code=MEDWAY, authority_reason="agreed between the two")
        assert actions.notify_incident("INC-1", notification=elsewhere, by="Ada Bell").pk == "SIN-1"

    def test_a_childs_own_incident_authority_goes_before_the_incidents(self, case_up_to):
        case_up_to("notify_incident")
        actions.amend_child("CH-1", changes={"incident_la_code": MEDWAY}, why="found there", by="Ada Bell")
        with pytest.raises(Refusal, match=f"{KENT} is to notify, say why"):
            actions.notify_incident("INC-1", notification=a_notification(), by="Ada Bell")

    def test_a_notification_dated_before_awareness(self, case_up_to):
        case_up_to("notify_incident")
        with pytest.raises(Refusal, match="notified_on cannot be before aware_on"):
            actions.notify_incident(
                "INC-1", notification=a_notification(notified_on=date(2023, 2, 1)), by="Ada Bell"
            )

    def test_an_amendment_that_changes_nothing(self, case_up_to):
        case_up_to("notify_incident")
        with pytest.raises(Refusal, match="Nothing in it differs"):
            actions.amend_child("CH-1", changes={"sex": "female"}, why="checked", by="Ada Bell")

    def test_an_amendment_of_what_names_a_child(self, case_up_to):
        case_up_to("notify_incident")
        with pytest.raises(Refusal, match="child_ref cannot be amended"):
            actions.amend_child("CH-1", changes={"child_ref": "CH-7"}, why="renumbered", by="Ada Bell")

    def test_a_rapid_review_of_a_withdrawn_notification(self, case_up_to):
        case_up_to("receive_rapid_review")
        actions.withdraw_notification(
            "SIN-1", withdrawn_on=date(2023, 3, 20), reason="in error", by="Ada Bell"
        )
        with pytest.raises(Refusal, match="stands at “Withdrawn”"):
            actions.receive_rapid_review(a_rapid_review(), by="Ada Bell")

    def test_a_second_rapid_review_of_a_notification(self, case_up_to):
        case_up_to("record_panel_response")
        with pytest.raises(Refusal, match="stands at “Reviewed”"):
            actions.receive_rapid_review(a_rapid_review(review_id="RR-2"), by="Ada Bell")

    def test_a_rapid_review_received_before_its_notification(self, case_up_to):
        case_up_to("receive_rapid_review")
        with pytest.raises(Refusal, match="5 March 2023 is before the notification was sent"):
            actions.receive_rapid_review(a_rapid_review(received_on=date(2023, 3, 5)), by="Ada Bell")

    @pytest.mark.parametrize("decision", ["yes", "no"])
    def test_a_decision_without_reasons(self, case_up_to, decision):
        case_up_to("receive_rapid_review")
        with pytest.raises(Refusal, match="reasons either way"):
            actions.receive_rapid_review(a_rapid_review(lcspr_decision=decision), by="Ada Bell")

    def test_a_reply_to_a_letter_there_is_not(self, case_up_to):
        case_up_to("record_partners_reply")
        with pytest.raises(Refusal, match="no letter of 1 April 2023"):
            actions.record_partners_reply(
                "RR-1",
                to_letter_of=date(2023, 4, 1),
                replied_on=date(2023, 5, 1),
                reply="Dear panel",
                by="Ada Bell",
            )

    def test_a_delay_of_two_clocks_at_once(self, case_up_to):
        case_up_to("plan_publication")
        with pytest.raises(Refusal, match="one clock"):
            actions.record_delay(a_delay(), notification_id="SIN-1", local_review_id="LR-1", by="Ada Bell")

    def test_improvements_only_without_a_reason(self, case_up_to):
        case_up_to("publish_local_review")
        with pytest.raises(Refusal, match="Say why the full report is not published"):
            actions.publish_local_review(
                "LR-1", published_on=date(2024, 1, 22), publication="improvements_only", by="Ada Bell"
            )

    def test_a_recommendation_evidenced_by_nothing(self, case_up_to):
        case_up_to("add_evidence")
        done = {"on": date(2024, 2, 6), "by": "Ada Bell"}
        actions.update_recommendation("REC-1", status=RecommendationStatus.DONE, **done)
        with pytest.raises(Refusal, match="Add the evidence first"):
            actions.update_recommendation("REC-1", status=RecommendationStatus.EVIDENCED, **done)

    def test_a_recommendation_of_two_reviews(self, case_up_to):
        case_up_to("make_recommendation")
        with pytest.raises(Refusal, match="the one local or national review"):
            actions.make_recommendation(a_recommendation(national_review_id="NR-1"), by="Ada Bell")


class TestWhatActionsLeaveBehind:
    def test_a_letter_with_two_outcomes_is_two_rows_of_one_date(self, case_up_to):
        case_up_to("complete_requested_action")
        rows = PanelResponse.objects.filter(review_id="RR-1").values_list("responded_on", "outcome")
        assert set(rows) == {
            (date(2023, 4, 12), "asks_for_more"),
            (date(2023, 4, 12), "considers_national_review"),
        }

    def test_a_decision_for_a_local_review_begins_one(self, case_up_to):
        case_up_to("plan_publication")
        local_review = LocalReview.objects.get(pk="LR-1")
        assert (local_review.decided_on, local_review.publication) == (date(2023, 5, 8), "in_progress")
        assert local_review.delay_cause == "trial"
        assert RapidReview.objects.get(pk="RR-1").lcspr_decision == "yes"

    def test_a_reopened_recommendation_is_closed_no_more(self, case_up_to):
        case_up_to("commission_national_review")
        assert Recommendation.objects.get(pk="REC-1").closed_on == date(2024, 2, 6)
        actions.update_recommendation(
            "REC-1", status=RecommendationStatus.IN_PROGRESS, on=date(2024, 5, 1), by="Ada Bell"
        )
        assert Recommendation.objects.get(pk="REC-1").closed_on is None

    def test_a_recommendation_can_repeat_an_earlier_one(self, case_up_to):
        case_up_to("add_evidence")
        again = a_recommendation(recommendation_id="REC-2", repeats_id="REC-1")
        actions.make_recommendation(again, by="Ada Bell")
        assert [each.pk for each in Recommendation.objects.get(pk="REC-1").repeated_by.all()] == ["REC-2"]

    def test_an_incident_can_be_notified_once_for_each_child(self, case_up_to):
        case_up_to("correct_notification")
        second = a_notification(notification_id="SIN-2", index_child_ref="CH-2")
        actions.notify_incident("INC-1", notification=second, by="Ada Bell")
        assert Incident.objects.get(pk="INC-1").notifications.count() == 2
