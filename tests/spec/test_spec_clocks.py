"""The clocks by worked example: an event, a day by which something is due, and why then."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

import pytest

from sightline.casework.clock_rules import (
    NATIONAL_RULES,
    Clock,
    ClockRule,
    CountedIn,
    Status,
    Trigger,
)
from sightline.casework.deadlines import days_over, due_on


class Example(NamedTuple):
    clock: Clock
    starts: Trigger
    on: date
    due: date | None
    why: str


EXAMPLES = (
    Example(
        Clock.NOTIFY,
        Trigger.AWARE,
        date(2025, 12, 19),
        date(2025, 12, 30),
        "Aware on a Friday; Christmas Day and Boxing Day do not count, so the fifth working day is Tuesday.",
    ),
    Example(
        Clock.RAPID_REVIEW,
        Trigger.NOTIFIED,
        date(2025, 12, 30),
        date(2026, 1, 21),
        "New Year's Day does not count.",
    ),
    Example(
        Clock.NOTIFY,
        Trigger.AWARE,
        date(2026, 4, 1),
        date(2026, 4, 10),
        "Good Friday and Easter Monday do not count.",
    ),
    Example(
        Clock.RAPID_REVIEW,
        Trigger.NOTIFIED,
        date(2026, 4, 10),
        date(2026, 5, 1),
        "Fifteen working days are three whole weeks where no bank holiday falls in them.",
    ),
    Example(
        Clock.NOTIFY,
        Trigger.AWARE,
        date(2026, 5, 22),
        date(2026, 6, 1),
        "The spring bank holiday on Monday 25 May does not count.",
    ),
    Example(
        Clock.NOTIFY,
        Trigger.AWARE,
        date(2026, 5, 23),
        date(2026, 6, 1),
        "Becoming aware on the Saturday gives the same day: the next working day is day 1 either way.",
    ),
    Example(
        Clock.NOTIFY,
        Trigger.AWARE,
        date(2026, 5, 25),
        date(2026, 6, 1),
        "So does becoming aware on the bank holiday itself.",
    ),
    Example(
        Clock.NOTIFY,
        Trigger.AWARE,
        date(2026, 5, 26),
        date(2026, 6, 2),
        "On the working day after it, the count begins a day later.",
    ),
    Example(Clock.RAPID_REVIEW, Trigger.NOTIFIED, date(2026, 6, 1), date(2026, 6, 22), "Three whole weeks."),
    Example(
        Clock.COPY_BEFORE_PUBLICATION,
        Trigger.PUBLICATION,
        date(2026, 4, 14),
        date(2026, 4, 1),
        "Counted back over the Easter weekend: Good Friday and Easter Monday do not count.",
    ),
    Example(
        Clock.LOCAL_REVIEW,
        Trigger.LOCAL_REVIEW_DECIDED,
        date(2026, 8, 31),
        date(2027, 2, 28),
        "February has no 31st day, so the sixth month ends on its last day.",
    ),
    Example(
        Clock.LOCAL_REVIEW,
        Trigger.LOCAL_REVIEW_DECIDED,
        date(2023, 8, 31),
        date(2024, 2, 29),
        "In a leap year February's last day is the 29th.",
    ),
    Example(
        Clock.PANEL_RESPONSE,
        Trigger.REVIEW_RECEIVED,
        date(2022, 4, 8),
        date(2022, 5, 4),
        "Good Friday, Easter Monday and the early May bank holiday do not count; the limit is assumed.",
    ),
    Example(
        Clock.NATIONAL_REVIEW,
        Trigger.COMMISSIONED,
        date(2023, 1, 16),
        date(2023, 7, 16),
        "Calendar months end on whatever day of the week it is, here a Sunday.",
    ),
    Example(
        Clock.NOTIFY,
        Trigger.AWARE,
        date(2018, 6, 29),
        date(2018, 7, 6),
        "The first day of the duty.",
    ),
    Example(
        Clock.NOTIFY,
        Trigger.AWARE,
        date(2018, 6, 28),
        None,
        "The day before, notifications went to Ofsted and no rule of ours was in force.",
    ),
    Example(
        Clock.NOTIFY_CARE_LEAVER_DEATH,
        Trigger.AWARE,
        date(2023, 3, 1),
        None,
        "Deaths of care leavers were asked for from Working Together 2023 on, so none was due before.",
    ),
    Example(
        Clock.NOTIFY_CARE_LEAVER_DEATH,
        Trigger.AWARE,
        date(2024, 3, 1),
        date(2024, 3, 8),
        "Since then local guides apply the five days; the rule is marked as assumed.",
    ),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each.clock}-{each.on}")
def test_something_is_due_on_the_day_of_the_example(example):
    due = due_on(example.clock, {example.starts: example.on})
    assert (due.on if due else None) == example.due, example.why


def test_the_holidays_that_moved_a_date_are_named():
    due = due_on(Clock.NOTIFY, {Trigger.AWARE: date(2025, 12, 19)})
    assert due.holidays == (date(2025, 12, 25), date(2025, 12, 26))


def test_holidays_that_moved_nothing_are_not_named():
    begins_after_easter = due_on(Clock.NOTIFY, {Trigger.AWARE: date(2026, 4, 7)})
    falls_on_a_saturday = due_on(Clock.NOTIFY, {Trigger.AWARE: date(2020, 12, 23)})  # Boxing Day 2020
    assert begins_after_easter.holidays == ()
    assert falls_on_a_saturday.holidays == (date(2020, 12, 25), date(2020, 12, 28), date(2021, 1, 1))


def test_a_date_past_the_bank_holiday_table_carries_a_warning():
    due = due_on(Clock.NOTIFY, {Trigger.AWARE: date(2060, 1, 5)})
    assert "outside the bank holiday table" in due.warning
    assert due_on(Clock.NOTIFY, {Trigger.AWARE: date(2025, 12, 19)}).warning == ""


def test_a_clock_whose_trigger_is_not_known_gives_no_date():
    assert due_on(Clock.NOTIFY, {Trigger.AWARE: None, Trigger.OCCURRED: date(2023, 3, 1)}) is None


@pytest.mark.parametrize(
    ("sent", "over"),
    [
        (date(2026, 4, 9), 0),
        (date(2026, 4, 10), 0),
        (date(2026, 4, 11), 0),
        (date(2026, 4, 13), 1),
        (date(2026, 4, 14), 2),
    ],
    ids=["the day before", "the last day", "the Saturday after", "the working day after", "the next one"],
)
def test_days_over_are_counted_from_the_last_day(sent, over):
    due = due_on(Clock.NOTIFY, {Trigger.AWARE: date(2026, 4, 1)})
    assert days_over(due, sent) == over


def test_months_run_over_in_days():
    due = due_on(Clock.LOCAL_REVIEW, {Trigger.LOCAL_REVIEW_DECIDED: date(2026, 8, 31)})
    assert days_over(due, date(2027, 3, 3)) == 3


class TestARuleThatChanges:
    """A new version of a rule ends the old one; the trigger's date says which applies."""

    earlier = ClockRule(
        name="notify-within-5",
        clock=Clock.NOTIFY,
        starts=Trigger.AWARE,
        limit=5,
        counted_in=CountedIn.WORKING_DAYS,
        in_force_from=date(2018, 6, 29),
        in_force_to=date(2027, 3, 31),
        source="an invented guidance",
        address="",
        status=Status.CONFIRMED,
    )
    later = ClockRule(
        name="notify-within-2",
        clock=Clock.NOTIFY,
        starts=Trigger.AWARE,
        limit=2,
        counted_in=CountedIn.WORKING_DAYS,
        in_force_from=date(2027, 4, 1),
        source="an invented guidance that follows it",
        address="",
        status=Status.CONFIRMED,
    )

    @pytest.mark.parametrize(
        ("aware", "rule", "due"),
        [
            (date(2027, 3, 31), "notify-within-5", date(2027, 4, 7)),
            (date(2027, 4, 1), "notify-within-2", date(2027, 4, 5)),
        ],
    )
    def test_the_rule_in_force_on_the_triggers_day_applies(self, aware, rule, due):
        found = due_on(Clock.NOTIFY, {Trigger.AWARE: aware}, rules=(self.earlier, self.later))
        assert (found.rule.name, found.on) == (rule, due)


class TestAPartnershipsOwnRule:
    """One partnership counts the five days from the incident; the national rule stands beneath."""

    own = ClockRule(
        name="notify-within-5-working-days-of-the-incident",
        clock=Clock.NOTIFY,
        starts=Trigger.OCCURRED,
        limit=5,
        counted_in=CountedIn.WORKING_DAYS,
        in_force_from=date(2018, 6, 29),
        source="an invented partnership's flow chart",
        address="",
        status=Status.LOCAL,
        partnership="Sandford Safeguarding Children Partnership",
    )
    rules = (*NATIONAL_RULES, own)

    def test_it_brings_its_partnerships_date_forward(self):
        events = {Trigger.OCCURRED: date(2026, 4, 13), Trigger.AWARE: date(2026, 4, 15)}
        found = due_on(Clock.NOTIFY, events, partnership=self.own.partnership, rules=self.rules)
        assert (found.on, found.rule.status) == (date(2026, 4, 20), Status.LOCAL)

    @pytest.mark.parametrize(
        ("limit", "counted_in", "words"),
        [
            (1, CountedIn.WORKING_DAYS, "1 working day after"),
            (2, CountedIn.WORKING_DAYS, "2 working days after"),
            (1, CountedIn.WORKING_DAYS_BACK, "1 working day before"),
            (1, CountedIn.CALENDAR_MONTHS, "1 calendar month after"),
            (6, CountedIn.CALENDAR_MONTHS, "6 calendar months after"),
        ],
    )
    def test_its_limit_reads_as_english(self, limit, counted_in, words):
        rule = replace(self.own, limit=limit, counted_in=counted_in)
        assert rule.limit_in_words == f"{words} {Trigger.OCCURRED.label}"

    def test_it_says_nothing_to_another_partnership(self):
        events = {Trigger.OCCURRED: date(2026, 4, 13), Trigger.AWARE: date(2026, 4, 15)}
        found = due_on(Clock.NOTIFY, events, partnership="Elsewhere", rules=self.rules)
        assert found.rule.name == "notify-within-5-working-days"

    def test_it_cannot_put_the_national_date_off(self):
        events = {Trigger.OCCURRED: date(2026, 4, 20), Trigger.AWARE: date(2026, 4, 15)}
        found = due_on(Clock.NOTIFY, events, partnership=self.own.partnership, rules=self.rules)
        assert (found.on, found.rule.partnership) == (date(2026, 4, 22), "")


@pytest.mark.parametrize("clock", list(Clock))
def test_every_clock_has_a_cited_rule_and_an_example(clock):
    rules = [rule for rule in NATIONAL_RULES if rule.clock is clock]
    assert rules
    assert clock in {example.clock for example in EXAMPLES}
    assert all(rule.source and rule.address.startswith("https://") for rule in rules)
    assert all(rule.note for rule in rules if rule.status is not Status.CONFIRMED)


def test_rule_names_are_given_once():
    names = [rule.name for rule in NATIONAL_RULES]
    assert len(names) == len(set(names))
