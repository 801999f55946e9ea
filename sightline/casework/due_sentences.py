"""The sentences that say why something is due when it is, and what is known of a delay."""

from collections.abc import Iterable, Iterator
from datetime import date

from sightline.casework.clock_rules import Clock, Status, Trigger
from sightline.casework.deadlines import DueDate, days_over
from sightline.casework.duties import Duty
from sightline.vocabulary.codes import DelayCause
from sightline.vocabulary.periods import in_words


def why_dated(duty: Duty, due: DueDate, *, done_on: date | None, as_of: date) -> str:
    """“The notification was sent on 1 March 2023, and 15 working days after that is 22 March 2023. …”"""
    parts = [_counting(due), _outcome(due, done_on, as_of)]
    if (done_on or as_of) > due.on:
        parts += _delays(duty)
    if due.rule is not None and due.rule.status_in_words != Status.CONFIRMED:
        parts.append(f"Status of the rule: {due.rule.status_in_words}.")
    parts += [due.warning, *_partnership(duty)]
    return " ".join(part for part in parts if part)


def why_undated(duty: Duty, missing: Iterable[Trigger]) -> str:
    unknown = " or ".join(f"when {trigger.label}" for trigger in missing)
    reason = f"It is not supplied {unknown}" if unknown else "No date was set for it"
    return " ".join([f"{reason}, so no date can be given.", *_partnership(duty)])


def _counting(due: DueDate) -> str:
    if due.rule is None:
        set_on = f" on {in_words(due.trigger_on)}" if due.trigger_on else ""
        return f"It was to be done by {in_words(due.on)}, as set{set_on}."
    assert due.trigger_on is not None
    event = due.rule.starts.label
    return (
        f"{event[0].upper()}{event[1:]} on {in_words(due.trigger_on)}, and {due.rule.length_in_words} "
        f"{due.rule.direction} that is {in_words(due.on)}{_holidays(due)}."
    )


def _holidays(due: DueDate) -> str:
    if not due.holidays:
        return ""
    days = [in_words(day) for day in due.holidays]
    listed = days[0] if len(days) == 1 else f"{', '.join(days[:-1])} and {days[-1]}"
    return f", leaving out the bank holiday{'s' if len(days) > 1 else ''} of {listed}"


def _outcome(due: DueDate, done_on: date | None, as_of: date) -> str:
    if done_on is not None:
        return f"It was done on {in_words(done_on)}, {_over(due, done_on)} late."
    if as_of > due.on:
        return f"It was still open on {in_words(as_of)}, {_over(due, as_of)} over."
    return ""


def _over(due: DueDate, day: date) -> str:
    over = days_over(due, day)
    if not over:
        return "less than a working day"
    unit = "working day" if due.is_counted_in_working_days else "day"
    return f"{over} {unit}{'' if over == 1 else 's'}"


def _delays(duty: Duty) -> Iterator[str]:
    """The reason of an overrun: it is shown, and the clock runs on."""
    for delay in duty.delays:
        parts = [f"Delayed by {_cause(delay.cause)} since {in_words(delay.started_on)}"]
        if delay.expected_end_on:
            parts.append(f"expected to end on {in_words(delay.expected_end_on)}")
        parts.append(f"told on {in_words(delay.told_on)}" if delay.told_on else "nobody is recorded as told")
        yield ", ".join(parts) + "."
    if duty.delays or duty.what is not Clock.LOCAL_REVIEW:
        return
    if duty.delay_cause in (None, DelayCause.NONE):
        yield "No cause of the delay is given."
    else:
        yield f"Cause of the delay: {_cause(duty.delay_cause)}."


def _cause(code: str) -> str:
    label = DelayCause(code).label if code in DelayCause.codes() else code
    return "another cause" if label == "Other" else label.lower()


def _partnership(duty: Duty) -> Iterator[str]:
    if not duty.partnership_is_derived:
        return
    if duty.partnership:
        yield (
            "No review names its partnership: it is the one on the latest review of a notification "
            "by the same authority."
        )
    else:
        yield "Its partnership is not known: no review of a notification by its authority names one."
