"""By when something is due, under which rule, and what moved the date.

The trigger's day is day 0 and the next working day is day 1; something is done in time on the last day.
Months are calendar months, clamped to the month's end. The rule in force on the trigger's date applies.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from sightline.casework.clock_rules import (
    LOCAL_RULES,
    NATIONAL_RULES,
    Clock,
    ClockRule,
    CountedIn,
    Trigger,
)
from sightline.vocabulary.working_days import (
    BANK_HOLIDAYS,
    beyond_table,
    working_day_after,
    working_days_between,
)

Events = Mapping[Trigger, date | None]
"""When what could start a clock happened; None or absent where that is not known."""


@dataclass(frozen=True, slots=True)
class DueDate:
    """When something is due and why then.

    `rule` is None for a date that people set. `holidays` are the bank holidays on which the count did not
    advance. `warning` is the sentence that belongs beside a date that rests on days outside the bank
    holiday table.
    """

    on: date
    trigger_on: date | None
    rule: ClockRule | None = None
    holidays: tuple[date, ...] = ()
    warning: str = ""

    @property
    def is_counted_in_working_days(self) -> bool:
        return self.rule is not None and self.rule.counted_in is not CountedIn.CALENDAR_MONTHS


def due_on(
    clock: Clock,
    events: Events,
    *,
    partnership: str = "",
    rules: tuple[ClockRule, ...] = NATIONAL_RULES + LOCAL_RULES,
) -> DueDate | None:
    """The date by the rules in force; None where no rule was, or where its trigger's date is not known.

    A partnership's own rule can bring a date forward and never puts a national one off.
    """
    dates = _dates_under_each_rule(clock, events, partnership, rules)
    return min(dates, key=lambda due: due.on, default=None)


def missing_triggers(
    clock: Clock, events: Events, *, rules: tuple[ClockRule, ...] = NATIONAL_RULES + LOCAL_RULES
) -> tuple[Trigger, ...]:
    """The events that national rules count this clock from and whose date is not known."""
    starts = {rule.starts for rule in rules if rule.clock is clock and not rule.partnership}
    return tuple(sorted(trigger for trigger in starts if events.get(trigger) is None))


def _dates_under_each_rule(
    clock: Clock, events: Events, partnership: str, rules: tuple[ClockRule, ...]
) -> Iterator[DueDate]:
    for rule in rules:
        if rule.clock is clock and rule.partnership in ("", partnership):
            trigger_on = events.get(rule.starts)
            if trigger_on is not None and rule.is_in_force(trigger_on):
                yield counted(rule, trigger_on)


_working_days_between = lru_cache(maxsize=50_000)(working_days_between)


# A register of 80,000 incidents asks for a few thousand different dates.
@lru_cache(maxsize=50_000)
def counted(rule: ClockRule, trigger_on: date) -> DueDate:
    """The date by one rule, whether or not it was in force."""
    if rule.counted_in is CountedIn.CALENDAR_MONTHS:
        return DueDate(trigger_on + relativedelta(months=rule.limit), trigger_on, rule)
    count = -rule.limit if rule.counted_in is CountedIn.WORKING_DAYS_BACK else rule.limit
    day = working_day_after(trigger_on, count)
    warning = beyond_table(trigger_on) or beyond_table(day) or ""
    return DueDate(day, trigger_on, rule, _holidays_between(trigger_on, day), warning)


def _holidays_between(trigger_on: date, due: date) -> tuple[date, ...]:
    """Bank holidays that a count of working days stepped over; the trigger's own day never counts."""
    first, last = sorted((trigger_on, due))
    return tuple(day for day in BANK_HOLIDAYS if first < day < last and day.weekday() < 5)


def days_over(due: DueDate, day: date) -> int:
    """How far `day` lies past the date: in working days where the rule counts so, otherwise in days.

    0 in time, and also on the days off that follow the last working day.
    """
    if day <= due.on:
        return 0
    if due.is_counted_in_working_days:
        return _working_days_between(due.on, day)
    return (day - due.on).days
