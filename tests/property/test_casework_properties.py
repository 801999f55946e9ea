"""What always holds of clocks, of the due list and of agreed answers."""

from datetime import date, timedelta
from typing import NamedTuple

from casework_entries import a_local_review_held, a_notification_made, a_review_received
from hypothesis import given
from hypothesis import strategies as st

from sightline.casework.clock_rules import Clock, Trigger
from sightline.casework.deadlines import days_over, due_on
from sightline.casework.due import due_items
from sightline.casework.facts import CaseFacts
from sightline.coding.agreed import agreed
from sightline.vocabulary.working_days import is_working_day, working_days_between

DAYS = st.dates(date(2018, 6, 29), date(2027, 12, 31))
TRIGGER = {
    Clock.NOTIFY: Trigger.AWARE,
    Clock.RAPID_REVIEW: Trigger.NOTIFIED,
    Clock.PANEL_RESPONSE: Trigger.REVIEW_RECEIVED,
}


@given(clock=st.sampled_from(sorted(TRIGGER)), day=DAYS, later=st.integers(0, 40))
def test_a_later_trigger_never_gives_an_earlier_date(clock, day, later):
    first = due_on(clock, {TRIGGER[clock]: day})
    second = due_on(clock, {TRIGGER[clock]: day + timedelta(days=later)})
    assert first.on <= second.on


@given(clock=st.sampled_from(sorted(TRIGGER)), day=DAYS)
def test_a_date_is_a_working_day_and_as_many_working_days_away_as_the_limit(clock, day):
    due = due_on(clock, {TRIGGER[clock]: day})
    assert is_working_day(due.on)
    assert working_days_between(day, due.on) == due.rule.limit
    assert all(day < holiday < due.on for holiday in due.holidays)


@given(day=DAYS, done=st.integers(-30, 60))
def test_something_is_over_only_after_its_day(day, done):
    due = due_on(Clock.NOTIFY, {Trigger.AWARE: day})
    over = days_over(due, due.on + timedelta(days=done))
    assert (over > 0) <= (done > 0)
    assert over <= max(done, 0)


@st.composite
def registers(draw):
    """Notifications of three authorities on five incidents, some reviewed, some of those reviewed locally."""
    day = st.dates(date(2022, 1, 1), date(2023, 12, 31))
    notifications = [
        a_notification_made(
            notification_id=f"SIN-{number}",
            incident_id=f"INC-{draw(st.integers(1, 5))}",
            notifying_la_code=draw(st.sampled_from(["E10000016", "E06000035", None])),
            route=draw(st.sampled_from(["serious_incident", "looked_after_child_death"])),
            aware_on=draw(st.none() | day),
            notified_on=draw(day),
            withdrawn_on=draw(st.none() | day),
        )
        for number in range(draw(st.integers(0, 7)))
    ]
    reviews = [
        a_review_received(
            review_id=f"RR-{made.notification_id}",
            notification_id=made.notification_id,
            partnership=draw(st.sampled_from(["Kent", "Medway", None])),
            received_on=draw(st.none() | day),
        )
        for made in notifications
        if draw(st.booleans())
    ]
    local_reviews = [
        a_local_review_held(
            local_review_id=f"LR-{review.review_id}", review_id=review.review_id, decided_on=draw(day)
        )
        for review in reviews
        if draw(st.booleans())
    ]
    return notifications, reviews, local_reviews


@given(register=registers(), as_of=DAYS, shuffled=st.randoms(use_true_random=False))
def test_the_due_list_does_not_depend_on_the_order_of_rows(register, as_of, shuffled):
    def listed():
        facts = CaseFacts(
            notifications=tuple(register[0]), reviews=tuple(register[1]), local_reviews=tuple(register[2])
        )
        return due_items(facts, as_of=as_of, include_late=True)

    before = listed()
    for rows in register:
        shuffled.shuffle(rows)
    assert listed() == before


@given(register=registers(), as_of=DAYS)
def test_an_incident_awaits_at_most_one_rapid_review(register, as_of):
    notifications, reviews, _ = register
    facts = CaseFacts(notifications=tuple(notifications), reviews=tuple(reviews))
    incident = {made.notification_id: made.incident_id for made in notifications}
    awaited = [
        incident[item.reference]
        for item in due_items(facts, as_of=as_of)
        if item.what == Clock.RAPID_REVIEW.label
    ]
    assert len(awaited) == len(set(awaited))


class Answer(NamedTuple):
    review_id: str
    child_ref: str | None
    variable: str
    coder: str
    value: str


ANSWERS = st.lists(
    st.builds(
        Answer,
        st.sampled_from(["RR-1", "RR-2"]),
        st.sampled_from([None, "CH-1", "CH-2"]),
        st.sampled_from(["practice_theme", "neglect_experienced"]),
        st.sampled_from("ABC"),
        st.sampled_from(["yes", "no", "not_mentioned"]),
    ),
    max_size=30,
    unique=True,
)


@given(answers=ANSWERS, shuffled=st.randoms(use_true_random=False))
def test_the_same_answers_are_agreed_in_whatever_order_they_come(answers, shuffled):
    before = set(agreed(answers))
    shuffled.shuffle(answers)
    assert set(agreed(answers)) == before


@given(answers=ANSWERS)
def test_every_question_that_was_answered_has_answers_of_exactly_one_coder(answers):
    coders: dict[tuple[object, ...], set[str]] = {}
    for answer in agreed(answers):
        coders.setdefault(answer[:3], set()).add(answer.coder)
    assert coders.keys() == {answer[:3] for answer in answers}
    assert all(len(each) == 1 for each in coders.values())
