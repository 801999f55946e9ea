"""What is due is read from what is stored, each table once."""

from datetime import date

import pytest
from casework_entries import MEDWAY, a_child, a_delay, a_notification, an_incident

from sightline.casework import actions
from sightline.casework.lookups import due_items, partnerships

KENT_PARTNERSHIP = "Kent Safeguarding Children Partnership"


def told(items):
    return {(item.what, item.reference, item.standing, item.due_on) for item in items}


def test_an_incident_that_is_known_is_to_be_notified(case_up_to):
    case_up_to("amend_incident")
    [item] = due_items(as_of=date(2023, 3, 2))
    assert (item.what, item.reference) == ("Notify the national body", "INC-1")
    assert (item.standing, item.due_on, item.status) == ("due", date(2023, 3, 8), "confirmed")


def test_an_incident_found_not_notifiable_is_not(case_up_to):
    case_up_to("notify_incident")
    assert due_items(as_of=date(2023, 5, 1)) == ()


def test_a_notified_incident_awaits_its_rapid_review_with_the_delay_that_was_recorded(case_up_to):
    case_up_to("receive_rapid_review")
    [item] = due_items(as_of=date(2023, 8, 10))
    assert told([item]) == {("Send the rapid review", "SIN-1", "overdue", date(2023, 3, 27))}
    assert "Delayed by trial since 1 August 2023, expected to end on 1 December 2023" in item.why


def test_what_the_panel_asked_for_is_due_on_the_day_it_set(case_up_to):
    case_up_to("complete_requested_action")
    [item] = due_items(as_of=date(2023, 4, 20))
    assert (item.what, item.standing, item.due_on) == (
        "Do what the panel asked for",
        "due",
        date(2023, 4, 28),
    )
    assert item.reference.startswith("RR-1 action ")


def test_what_was_done_late_is_shown_when_asked_for(case_up_to):
    case_up_to("record_partners_reply")
    late = due_items(as_of=date(2023, 6, 1), include_late=True)
    assert [(item.what, item.standing, item.days_over) for item in late] == [
        ("Do what the panel asked for", "done_late", 5)
    ]
    assert due_items(as_of=date(2023, 6, 1)) == ()


def test_a_planned_publication_is_preceded_by_its_copy(case_up_to):
    case_up_to("send_copy_before_publication")
    assert told(due_items(as_of=date(2024, 1, 3))) == {
        ("Publish the local review", "LR-1", "overdue", date(2023, 11, 8)),
        ("Send the copy before publication", "LR-1", "due", date(2024, 1, 11)),
    }


def test_a_recommendation_is_due_on_the_day_that_was_set(case_up_to):
    case_up_to("add_evidence")
    [item] = due_items(as_of=date(2024, 4, 2))
    assert (item.reference, item.standing, item.days_over, item.days_are) == ("REC-1", "overdue", 1, "days")
    assert item.status == "agreed"


def test_one_partnerships_list_holds_no_other_partnerships(case_up_to):
    case_up_to("record_panel_response")
    actions.record_incident(
        an_incident(incident_id="INC-2", incident_la_code=MEDWAY),
        children=[a_child(child_ref="CH-9")],
        by="Ada Bell",
    )
    actions.notify_incident(
        "INC-2",
        notification=a_notification(
            notification_id="SIN-9", index_child_ref="CH-9", notifying_la_code=MEDWAY
        ),
        by="Ada Bell",
    )
    day = date(2023, 3, 27)
    assert {item.reference for item in due_items(as_of=day)} == {"RR-1", "SIN-9"}
    assert {item.reference for item in due_items(as_of=day, partnership=KENT_PARTNERSHIP)} == {"RR-1"}
    assert {item.reference for item in due_items(as_of=day, partnership=KENT_PARTNERSHIP.upper())} == {"RR-1"}
    assert due_items(as_of=day, partnership="Nowhere") == ()
    assert partnerships() == (KENT_PARTNERSHIP,)


def test_each_table_is_read_once(case_up_to, django_assert_num_queries):
    case_up_to("withdraw_notification")
    with django_assert_num_queries(9):
        due_items(as_of=date(2024, 3, 1), include_late=True)


@pytest.mark.parametrize("clock", ["notification_id", "rapid_review_of"])
def test_a_delay_is_shown_with_its_own_clock(case_up_to, clock):
    case_up_to("record_delay")
    actions.record_delay(a_delay(), **{clock: "SIN-1"}, by="Ada Bell")
    [item] = due_items(as_of=date(2023, 8, 10))
    assert ("Delayed by trial" in item.why) == (clock == "rapid_review_of")
