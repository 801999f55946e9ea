"""What may follow, by the tables; and the state that facts make."""

from datetime import date

import pytest

from sightline.casework import states
from sightline.casework.states import (
    COURSES,
    INCIDENT,
    LOCAL_REVIEW,
    NOTIFICATION,
    RECOMMENDATION,
    IncidentState,
    LocalReviewState,
    NotificationState,
    RapidReviewState,
    diagram,
    may_follow,
)
from sightline.vocabulary.codes import RecommendationStatus

LETTER, LATER_LETTER = date(2023, 4, 12), date(2023, 5, 12)


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.thing)
def test_every_state_can_be_reached(course):
    reached = set(course.first)
    while more := {step.after for step in course.steps if step.before in reached} - reached:
        reached |= more
    assert reached == set(course.states)


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.thing)
def test_no_step_stands_twice_and_none_leaves_its_table(course):
    assert len(course.steps) == len(set(course.steps))
    assert {state for step in course.steps for state in (step.before, step.after)} <= set(course.states)


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.thing)
def test_every_state_and_action_is_decided_by_the_table(course):
    for state in course.states:
        for action in {step.action for step in course.steps}:
            decision = may_follow(course, state=state, action=action)
            in_table = any((step.before, step.action) == (state, action) for step in course.steps)
            assert decision.allowed == in_table
            assert decision.basis
            assert decision.allowed or decision.reason


def test_a_refusal_says_where_it_stands_and_what_may_follow():
    decision = may_follow(NOTIFICATION, state=NotificationState.WITHDRAWN, action="receive_rapid_review")
    assert decision.reason == (
        "This notification stands at “Withdrawn”, from where “receive rapid review” is not possible. "
        "What may follow: correct notification (to “Withdrawn”)."
    )


@pytest.mark.parametrize(
    ("before", "after", "possible"),
    [
        (RecommendationStatus.OPEN, RecommendationStatus.DONE, True),
        (RecommendationStatus.OPEN, RecommendationStatus.EVIDENCED, False),
        (RecommendationStatus.DONE, RecommendationStatus.EVIDENCED, True),
        (RecommendationStatus.EVIDENCED, RecommendationStatus.IN_PROGRESS, True),
        (RecommendationStatus.SUPERSEDED, RecommendationStatus.OPEN, False),
    ],
)
def test_a_recommendation_goes_only_where_its_table_says(before, after, possible):
    assert (
        may_follow(RECOMMENDATION, state=before, action="update_recommendation", to=after).allowed is possible
    )


@pytest.mark.parametrize(
    ("not_notifiable_on", "withdrawn_on", "state"),
    [
        (None, [], IncidentState.KNOWN),
        (date(2023, 3, 3), [], IncidentState.NOT_NOTIFIABLE),
        (date(2023, 3, 3), [None], IncidentState.NOTIFIED),
        (None, [date(2023, 4, 1), None], IncidentState.NOTIFIED),
        (None, [date(2023, 4, 1)], IncidentState.WITHDRAWN),
    ],
)
def test_an_incident_stands_where_its_notifications_put_it(not_notifiable_on, withdrawn_on, state):
    found = states.incident_state(not_notifiable_on=not_notifiable_on, withdrawn_on=withdrawn_on)
    assert found is state


@pytest.mark.parametrize(
    ("withdrawn_on", "has_review", "needs_review", "state"),
    [
        (None, False, True, NotificationState.AWAITING_REVIEW),
        (None, False, False, NotificationState.NO_REVIEW_NEEDED),
        (None, True, False, NotificationState.REVIEWED),
        (date(2023, 4, 1), True, True, NotificationState.WITHDRAWN),
    ],
)
def test_a_notification_stands_where_its_facts_put_it(withdrawn_on, has_review, needs_review, state):
    found = states.notification_state(
        withdrawn_on=withdrawn_on, has_review=has_review, needs_review=needs_review
    )
    assert found is state


@pytest.mark.parametrize(
    ("responses", "replied_to", "state"),
    [
        ([], [], RapidReviewState.AWAITING_PANEL),
        ([(LETTER, "agrees")], [], RapidReviewState.ANSWERED),
        ([(LETTER, "agrees"), (LETTER, "asks_for_more")], [], RapidReviewState.AWAITING_PARTNERS),
        ([(LETTER, "asks_for_more")], [LETTER], RapidReviewState.ANSWERED),
        ([(LETTER, "disagrees"), (LATER_LETTER, "agrees")], [], RapidReviewState.ANSWERED),
        ([(LETTER, "agrees"), (LATER_LETTER, "disagrees")], [LETTER], RapidReviewState.AWAITING_PARTNERS),
    ],
)
def test_a_rapid_review_stands_where_its_latest_letter_puts_it(responses, replied_to, state):
    assert states.rapid_review_state(responses=responses, replied_to=replied_to) is state


@pytest.mark.parametrize(
    ("published_on", "publication", "state"),
    [
        (None, None, LocalReviewState.IN_PROGRESS),
        (None, "in_progress", LocalReviewState.IN_PROGRESS),
        (None, "full_report", LocalReviewState.PUBLISHED),
        (date(2023, 9, 1), "improvements_only", LocalReviewState.PUBLISHED),
        (None, "not_published", LocalReviewState.NOT_PUBLISHED),
    ],
)
def test_a_local_review_stands_where_its_publication_puts_it(published_on, publication, state):
    assert states.local_review_state(published_on=published_on, publication=publication) is state


def test_a_recommendation_without_a_status_is_open():
    assert states.recommendation_state(status=None) is RecommendationStatus.OPEN


def test_the_diagram_shows_every_state_and_step():
    lines = diagram(LOCAL_REVIEW).splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert "    in_progress: In progress" in lines
    assert "    [*] --> in_progress: decide local review" in lines
    assert "    in_progress --> not_published: decide not to publish" in lines
    arrows = {(step.before, step.after) for step in LOCAL_REVIEW.steps}
    assert len(lines) == 1 + len(LocalReviewState) + 1 + len(arrows)


def test_the_diagram_of_a_table_is_the_same_every_time():
    assert diagram(INCIDENT) == diagram(INCIDENT)
    assert diagram(INCIDENT).count("[*]") == 1
