"""What is due, by worked example: the facts of a case, the day one looks, and the answer with its reason."""

from datetime import date
from typing import NamedTuple

import pytest
from casework_entries import KENT, MEDWAY, a_local_review_held, a_notification_made, a_review_received

from sightline.casework.clock_rules import Clock
from sightline.casework.due import due_items
from sightline.casework.facts import (
    ActionAsked,
    CaseFacts,
    DelayKnown,
    KnownIncident,
    NationalReviewHeld,
    RecommendationMade,
)

KENT_PARTNERSHIP = "Kent Safeguarding Children Partnership"


class Example(NamedTuple):
    name: str
    facts: CaseFacts
    as_of: date
    answer: tuple[tuple[str, str, str], ...]  # what, reference, standing
    why: str


NOTIFIED = (a_notification_made(),)
REVIEWED = (a_review_received(),)
LOOKED_AFTER = a_notification_made(route="looked_after_child_death")
A_YEAR_LATER = date(2024, 3, 6)
REVIEW_OVERDUE = ("Send the rapid review", "SIN-1", "overdue")

EXAMPLES = (
    Example(
        "known and not notified",
        CaseFacts(known=(KnownIncident("INC-1", date(2023, 2, 28), date(2023, 3, 1), KENT),)),
        date(2023, 3, 8),
        (("Notify the national body", "INC-1", "due"),),
        "The last day is still in time.",
    ),
    Example(
        "known and not notified, a day later",
        CaseFacts(known=(KnownIncident("INC-1", date(2023, 2, 28), date(2023, 3, 1), KENT),)),
        date(2023, 3, 9),
        (("Notify the national body", "INC-1", "overdue"),),
        "The day after the last day is too late.",
    ),
    Example(
        "nobody says when the authority became aware",
        CaseFacts(known=(KnownIncident("INC-1", date(2023, 2, 28), None, KENT),)),
        date(2023, 3, 9),
        (("Notify the national body", "INC-1", "undated"),),
        "The clock starts at awareness, so without it no date can be given; the duty is listed all the same.",
    ),
    Example(
        "found not to be notifiable",
        CaseFacts(
            known=(KnownIncident("INC-1", date(2023, 2, 28), date(2023, 3, 1), KENT, date(2023, 3, 7)),)
        ),
        date(2023, 3, 9),
        (),
        "The decision that the test is not met ends the duty.",
    ),
    Example(
        "found not to be notifiable only later",
        CaseFacts(
            known=(KnownIncident("INC-1", date(2023, 2, 28), date(2023, 3, 1), KENT, date(2023, 3, 10)),)
        ),
        date(2023, 3, 9),
        (("Notify the national body", "INC-1", "overdue"),),
        "On the day one looks, that decision had not been made.",
    ),
    Example(
        "notified, no rapid review",
        CaseFacts(notifications=NOTIFIED),
        date(2023, 3, 28),
        (REVIEW_OVERDUE,),
        "Fifteen working days from 6 March end on 27 March.",
    ),
    Example(
        "notified later than one looks",
        CaseFacts(notifications=NOTIFIED),
        date(2023, 3, 3),
        (("Notify the national body", "SIN-1", "due"),),
        "The authority was aware on 1 March and had not notified yet.",
    ),
    Example(
        "withdrawn",
        CaseFacts(notifications=(a_notification_made(withdrawn_on=date(2023, 3, 20)),)),
        date(2023, 3, 28),
        (),
        "A withdrawn notification needs no rapid review.",
    ),
    Example(
        "withdrawn only later",
        CaseFacts(notifications=(a_notification_made(withdrawn_on=date(2023, 4, 3)),)),
        date(2023, 3, 28),
        (REVIEW_OVERDUE,),
        "On the day one looks it was not withdrawn.",
    ),
    Example(
        "a looked-after child's death without abuse or neglect",
        CaseFacts(notifications=(LOOKED_AFTER._replace(abuse_or_neglect="neither"),)),
        A_YEAR_LATER,
        (),
        "The panel does not consider it, so no rapid review is due.",
    ),
    Example(
        "a looked-after child's death with neglect suspected",
        CaseFacts(notifications=(LOOKED_AFTER._replace(abuse_or_neglect="suspected"),)),
        A_YEAR_LATER,
        (REVIEW_OVERDUE,),
        "The ordinary test is met, whatever the route.",
    ),
    Example(
        "a care leaver's death",
        CaseFacts(notifications=(a_notification_made(route="care_leaver_death", abuse_or_neglect="known"),)),
        A_YEAR_LATER,
        (),
        "No rapid review is required of it.",
    ),
    Example(
        "one notification a child, one review for both",
        CaseFacts(
            notifications=(
                a_notification_made(),
                a_notification_made(notification_id="SIN-2", notified_on=date(2023, 3, 8)),
            ),
            reviews=(a_review_received(notification_id="SIN-2"),),
            answered_on={"RR-1": date(2023, 4, 3)},
        ),
        A_YEAR_LATER,
        (),
        "Older forms asked for a notification a child; the incident has its rapid review.",
    ),
    Example(
        "one notification a child, no review",
        CaseFacts(
            notifications=(
                a_notification_made(notification_id="SIN-2", notified_on=date(2023, 3, 8)),
                a_notification_made(),
            )
        ),
        A_YEAR_LATER,
        (REVIEW_OVERDUE,),
        "One review is due for the incident, counted from its first live notification.",
    ),
    Example(
        "the review hangs on a second notification that had not been made",
        CaseFacts(
            notifications=(
                a_notification_made(),
                a_notification_made(notification_id="SIN-2", notified_on=date(2023, 5, 2)),
            ),
            reviews=(a_review_received(notification_id="SIN-2", received_on=date(2023, 5, 15)),),
        ),
        date(2023, 3, 28),
        (("Notify the national body", "SIN-2", "overdue"), REVIEW_OVERDUE),
        "On the day one looks, the incident's one notification had gone without a review for too long.",
    ),
    Example(
        "reviewed, the panel silent",
        CaseFacts(notifications=NOTIFIED, reviews=REVIEWED),
        date(2023, 4, 19),
        (("Reply to the rapid review", "RR-1", "overdue"),),
        "Received on 24 March; over Easter, fifteen working days end on 18 April.",
    ),
    Example(
        "a review whose date of receipt is not supplied",
        CaseFacts(notifications=NOTIFIED, reviews=(a_review_received(received_on=None),)),
        A_YEAR_LATER,
        (("Reply to the rapid review", "RR-1", "undated"),),
        "It was received on some day, so it is not outstanding; when a reply is due cannot be told.",
    ),
    Example(
        "a local review under way",
        CaseFacts(
            notifications=NOTIFIED,
            reviews=REVIEWED,
            answered_on={"RR-1": date(2023, 4, 3)},
            local_reviews=(a_local_review_held(),),
        ),
        date(2023, 10, 3),
        (("Publish the local review", "LR-1", "due"),),
        "Six months after 3 April is 3 October, the last day in time.",
    ),
    Example(
        "a local review that will not be published",
        CaseFacts(
            notifications=NOTIFIED,
            reviews=REVIEWED,
            answered_on={"RR-1": date(2023, 4, 3)},
            local_reviews=(a_local_review_held(publication="not_published"),),
        ),
        A_YEAR_LATER,
        (),
        "Nothing is to be published, so nothing is due.",
    ),
    Example(
        "a local review published on a day nobody gave",
        CaseFacts(
            notifications=NOTIFIED,
            reviews=REVIEWED,
            answered_on={"RR-1": date(2023, 4, 3)},
            local_reviews=(a_local_review_held(publication="full_report"),),
        ),
        A_YEAR_LATER,
        (),
        "It is published; whether in time cannot be told.",
    ),
    Example(
        "a requested action past its day",
        CaseFacts(
            notifications=NOTIFIED,
            reviews=REVIEWED,
            answered_on={"RR-1": date(2023, 4, 3)},
            asked=(ActionAsked(4, "RR-1", date(2023, 4, 3), date(2023, 4, 28), None),),
        ),
        date(2023, 4, 29),
        (("Do what the panel asked for", "RR-1 action 4", "overdue"),),
        "The panel set the day itself.",
    ),
    Example(
        "recommendations",
        CaseFacts(
            recommendations=(
                RecommendationMade("REC-1", None, date(2023, 9, 1), date(2024, 3, 1), "yes", "open", None),
                RecommendationMade("REC-2", None, date(2023, 9, 1), date(2024, 3, 1), "no", "open", None),
                RecommendationMade("REC-3", None, date(2023, 9, 1), None, "partly", "in_progress", None),
                RecommendationMade("REC-4", None, date(2023, 9, 1), date(2024, 3, 1), "yes", "done", None),
                RecommendationMade("REC-5", None, date(2025, 9, 1), date(2026, 3, 1), "yes", "open", None),
            )
        ),
        A_YEAR_LATER,
        (
            ("Act on the recommendation", "REC-3", "undated"),
            ("Act on the recommendation", "REC-1", "overdue"),
        ),
        "One not accepted binds nobody; one done on some day is done; one made later is not there yet.",
    ),
    Example(
        "a national review",
        CaseFacts(national_reviews=(NationalReviewHeld("NR-1", date(2023, 8, 1), None),)),
        A_YEAR_LATER,
        (("Publish the national review", "NR-1", "overdue"),),
        "Six months from its commission is the target, and the rule is assumed.",
    ),
    Example(
        "an incident before the duty began",
        CaseFacts(
            notifications=(a_notification_made(aware_on=date(2017, 3, 1), notified_on=date(2017, 3, 30)),)
        ),
        A_YEAR_LATER,
        (),
        "Before 29 June 2018 none of these duties was in force.",
    ),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.name)
def test_what_is_due_is_the_answer_of_the_example(example):
    items = due_items(example.facts, as_of=example.as_of)
    answer = tuple((item.what, item.reference, item.standing) for item in items)
    assert answer == example.answer, example.why


def why(facts, *, as_of, include_late=False):
    [item] = due_items(facts, as_of=as_of, include_late=include_late)
    return item.why


def test_the_reason_counts_the_days_and_names_the_bank_holidays():
    facts = CaseFacts(notifications=NOTIFIED, reviews=REVIEWED)
    assert why(facts, as_of=date(2023, 4, 20)) == (
        "The rapid review was received on 24 March 2023, and 15 working days after that is 18 April 2023, "
        "leaving out the bank holidays of 7 April 2023 and 10 April 2023. It was still open on 20 April "
        "2023, 2 working days over. Status of the rule: assumed."
    )


def test_the_reason_of_a_late_local_review_gives_the_cause_of_its_delay():
    late = a_local_review_held(published_on=date(2023, 10, 4), delay_cause="inquest")
    facts = CaseFacts(
        notifications=NOTIFIED,
        reviews=REVIEWED,
        answered_on={"RR-1": date(2023, 4, 3)},
        local_reviews=(late,),
    )
    assert why(facts, as_of=A_YEAR_LATER, include_late=True) == (
        "The local review was decided on 3 April 2023, and 6 calendar months after that is 3 October 2023. "
        "It was done on 4 October 2023, 1 day late. Cause of the delay: inquest. Status of the rule: "
        "confirmed limit, assumed start."
    )


def test_an_overrun_without_a_cause_says_so():
    facts = CaseFacts(
        notifications=NOTIFIED,
        reviews=REVIEWED,
        answered_on={"RR-1": date(2023, 4, 3)},
        local_reviews=(a_local_review_held(delay_cause="none"),),
    )
    assert "155 days over. No cause of the delay is given." in why(facts, as_of=A_YEAR_LATER)


def test_a_withdrawn_notification_is_not_held_against_anybody():
    late = a_notification_made(notified_on=date(2023, 3, 20), withdrawn_on=date(2023, 4, 3))
    facts = CaseFacts(notifications=(late,))
    [item] = due_items(facts, as_of=date(2023, 3, 30), include_late=True)[:1]
    assert (item.what, item.standing) == ("Notify the national body", "done_late")
    assert due_items(facts, as_of=date(2023, 4, 3), include_late=True) == ()


def test_a_recorded_delay_explains_the_overrun_and_moves_no_date():
    delay = DelayKnown("family_proceedings", date(2023, 3, 10), None, None)
    facts = CaseFacts(notifications=NOTIFIED, delays={(Clock.RAPID_REVIEW, "SIN-1"): (delay,)})
    [item] = due_items(facts, as_of=date(2023, 3, 28))
    assert item.due_on == date(2023, 3, 27)
    assert "Delayed by family proceedings since 10 March 2023, nobody is recorded as told." in item.why


class TestWhosePartnership:
    elsewhere = a_notification_made(
        notification_id="SIN-8", incident_id="INC-8", notifying_la_code=MEDWAY, notified_on=date(2023, 3, 7)
    )

    def partnership(self, *reviews, notifications):
        facts = CaseFacts(
            notifications=notifications,
            reviews=reviews,
            answered_on={review.review_id: date(2023, 4, 3) for review in reviews},
        )
        [item] = due_items(facts, as_of=date(2023, 4, 20))
        return item.partnership, item.why

    def test_it_is_the_one_on_the_latest_review_of_the_same_authority(self):
        made = [
            a_notification_made(notification_id=name, incident_id=name)
            for name in ("SIN-5", "SIN-6", "SIN-7")
        ]
        name, reason = self.partnership(
            a_review_received(notification_id="SIN-5", received_on=date(2023, 3, 20)),
            a_review_received(
                review_id="RR-2",
                notification_id="SIN-6",
                partnership="Kent and Medway Partnership",
                received_on=date(2023, 3, 27),
            ),
            notifications=tuple(made),
        )
        assert name == "Kent and Medway Partnership"
        assert "latest review of a notification by the same authority" in reason

    def test_it_is_not_known_where_no_review_of_the_authority_names_one(self):
        name, reason = self.partnership(
            a_review_received(), notifications=(a_notification_made(), self.elsewhere)
        )
        assert name == ""
        assert "Its partnership is not known" in reason
