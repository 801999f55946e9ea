"""What is due, overdue or was done late on a day, each with the sentence that says why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sightline.casework import due_sentences
from sightline.casework.clock_rules import LOCAL_RULES, NATIONAL_RULES, Clock, ClockRule
from sightline.casework.deadlines import DueDate, days_over, due_on, missing_triggers
from sightline.casework.duties import Duty, duties
from sightline.casework.facts import CaseFacts
from sightline.vocabulary.codes import Code


class Standing(Code):
    DUE = "due", "Due"
    OVERDUE = "overdue", "Overdue"
    DONE_LATE = "done_late", "Done late"
    UNDATED = "undated", "Open, with no date to count from"


@dataclass(frozen=True)
class DueItem:
    """One duty as it stands.

    `days_over` counts in `days_are`. `rule`, `status` and `source` say what the date rests on; for a date
    that people set, `status` is “agreed”.
    """

    what: str
    standing: str
    reference: str
    partnership: str
    trigger_on: date | None
    due_on: date | None
    done_on: date | None
    days_over: int
    days_are: str
    rule: str
    status: str
    source: str
    why: str


AGREED_RULE = "date-set-by-people"
AGREED_STATUS = "agreed"
AGREED_SOURCE = "The date that was set for it"


def due_items(
    facts: CaseFacts,
    *,
    as_of: date,
    partnership: str | None = None,
    include_late: bool = False,
    rules: tuple[ClockRule, ...] = NATIONAL_RULES + LOCAL_RULES,
) -> tuple[DueItem, ...]:
    """Everything open on the day, the earliest date first; with `include_late` also what was done late.

    One partnership's is found by its full name, whatever the case of its letters.
    """
    wanted = None if partnership is None else partnership.strip().casefold()
    items = (
        item
        for duty in duties(facts, as_of=as_of)
        if wanted is None or duty.partnership.casefold() == wanted
        if include_late or not duty.is_done(as_of)
        for item in _item(duty, as_of, rules)
    )
    return tuple(sorted(items, key=lambda item: (item.due_on or date.min, item.what, item.reference)))


def _item(duty: Duty, as_of: date, rules: tuple[ClockRule, ...]) -> Iterator[DueItem]:
    """The one item of a duty that is open or was done late; none of any other."""
    done_on = duty.done_on if duty.is_done(as_of) else None
    due = _due(duty, rules)
    if due is not None and (done_on is None or done_on > due.on):
        yield _dated_item(duty, due, done_on, as_of)
    if due is None and done_on is None and _is_undated(duty, rules):
        yield _undated_item(duty, rules)


def _due(duty: Duty, rules: tuple[ClockRule, ...]) -> DueDate | None:
    if isinstance(duty.what, Clock):
        return due_on(duty.what, duty.events, partnership=duty.partnership, rules=rules)
    return DueDate(duty.agreed_on, duty.set_on) if duty.agreed_on else None


def _is_undated(duty: Duty, rules: tuple[ClockRule, ...]) -> bool:
    """False where every trigger is known and yet no date follows: no rule was in force, so no duty was."""
    return not isinstance(duty.what, Clock) or bool(missing_triggers(duty.what, duty.events, rules=rules))


def _dated_item(duty: Duty, due: DueDate, done_on: date | None, as_of: date) -> DueItem:
    standing = Standing.OVERDUE if as_of > due.on else Standing.DUE
    return DueItem(
        what=duty.what.label,
        standing=str(standing if done_on is None else Standing.DONE_LATE),
        reference=duty.reference,
        partnership=duty.partnership,
        trigger_on=due.trigger_on,
        due_on=due.on,
        done_on=done_on,
        days_over=days_over(due, done_on or as_of),
        days_are="working days" if due.is_counted_in_working_days else "days",
        rule=due.rule.name if due.rule else AGREED_RULE,
        status=due.rule.status_in_words if due.rule else AGREED_STATUS,
        source=due.rule.source if due.rule else AGREED_SOURCE,
        why=due_sentences.why_dated(duty, due, done_on=done_on, as_of=as_of),
    )


def _undated_item(duty: Duty, rules: tuple[ClockRule, ...]) -> DueItem:
    missing = missing_triggers(duty.what, duty.events, rules=rules) if isinstance(duty.what, Clock) else ()
    return DueItem(
        what=duty.what.label,
        standing=str(Standing.UNDATED),
        reference=duty.reference,
        partnership=duty.partnership,
        trigger_on=None,
        due_on=None,
        done_on=None,
        days_over=0,
        days_are="",
        rule="",
        status="",
        source="",
        why=due_sentences.why_undated(duty, missing),
    )
