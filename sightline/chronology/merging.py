"""From many accounts to entries: which accounts are of one event, by the rules of `same_event`.

What goes in decides what comes out, never its order: pairs are taken nearest first, ties by their numbers.
A group takes another only if every account of one may be the same event as every account of the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sightline.chronology.days import Stretch, days_apart, stretch_of
from sightline.chronology.detail_names import detail, folded, our_name
from sightline.chronology.same_event import RULES, Between, SameEventRule
from sightline.chronology.told import AccountedEvent
from sightline.vocabulary.events import DatePrecision, EventKind


@dataclass(frozen=True, slots=True, repr=False)
class Group:
    """Accounts of one event, the one that gives it its day first; by which rules; what else it could be."""

    accounts: tuple[AccountedEvent, ...]
    kind: EventKind
    same_by: tuple[str, ...] = ()
    may_be: tuple[AccountedEvent, ...] = ()


def merged(told: Iterable[AccountedEvent]) -> tuple[Group, ...]:
    """Every account in one group, none twice. An account that was given twice, word for word, is one."""
    accounts = _distinct(told)
    pairs = sorted(_pairs(accounts))
    group_of = list(range(len(accounts)))
    members: dict[int, list[int]] = {number: [number] for number in range(len(accounts))}
    possible: dict[tuple[int, int], str] = {}
    for _, _, first, second, rule in pairs:
        possible.setdefault((first, second), rule)
    for _, _, first, second, _ in pairs:
        one, other = group_of[first], group_of[second]
        if one != other and all(
            (min(a, b), max(a, b)) in possible for a in members[one] for b in members[other]
        ):
            members[one] += members[other]
            for account in members.pop(other):
                group_of[account] = one
    near: defaultdict[int, set[int]] = defaultdict(set)
    for first, second in possible:
        if group_of[first] != group_of[second]:
            near[group_of[first]].add(group_of[second])
            near[group_of[second]].add(group_of[first])
    leads = {
        group: min(numbers, key=lambda n: _lead_order(accounts[n])) for group, numbers in members.items()
    }
    return tuple(
        _group(
            [accounts[number] for number in numbers],
            rules={possible[pair] for pair in _pairs_within(numbers) if pair in possible},
            may_be=[accounts[leads[other]] for other in near[group]],
        )
        for group, numbers in members.items()
    )


def _distinct(told: Iterable[AccountedEvent]) -> list[AccountedEvent]:
    by_key: defaultdict[tuple[str, ...], list[AccountedEvent]] = defaultdict(list)
    for account in told:
        by_key[account.key].append(account)
    distinct: list[AccountedEvent] = []
    for _, alike in sorted(by_key.items()):
        if len(alike) > 1:
            by_content = {each.content: each for each in alike}
            alike = [by_content[content] for content in sorted(by_content)]
        distinct += alike
    return distinct


OWN_NUMBER = "agencys_own_number"
"""The rule by which two deliveries of one collection tell one event: under one number of the agency's own."""

_Pair = tuple[int, int, int, int, str]
"""Days apart, minutes apart, the two accounts' places (the lower first), the rule."""


def _pairs(accounts: Sequence[AccountedEvent]) -> Iterator[_Pair]:
    by_kind: defaultdict[EventKind, list[_Placed]] = defaultdict(list)
    for number, account in enumerate(accounts):
        stretch = stretch_of(account.event.on, account.event.precision)
        if stretch is not None:
            by_kind[account.event.kind].append(_Placed(stretch, number, account, _agreeing(account)))
    yield from _pairs_by_own_number(accounts)
    for rule in RULES:
        candidates = sorted(
            (each for kind in rule.kinds for each in by_kind.get(kind, ())),
            key=lambda each: (each.stretch[0], each.number),
        )
        for place, one in enumerate(candidates):
            for other in candidates[place + 1 :]:
                if (other.stretch[0] - one.stretch[1]).days > rule.days:
                    break
                if (apart := _apart(rule, one, other)) is not None:
                    first, second = sorted((one.number, other.number))
                    yield (*apart, first, second, rule.name)


def _pairs_by_own_number(accounts: Sequence[AccountedEvent]) -> Iterator[_Pair]:
    """Two years' deliveries of one collection tell one event under the agency's own number for it."""
    alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, account in enumerate(accounts):
        alike[(*account.key[:4], account.event.kind)].append(number)
    for numbers in alike.values():
        for first, second in _pairs_within(numbers):
            if accounts[first].collection != accounts[second].collection:
                yield (-1, 0, first, second, OWN_NUMBER)


@dataclass(frozen=True, slots=True, repr=False)
class _Placed:
    stretch: Stretch
    number: int
    account: AccountedEvent
    agreeing: Mapping[str, str]

    @property
    def is_to_the_day(self) -> bool:
        return self.account.event.precision is DatePrecision.DAY


_ASKED_TO_AGREE = {name for rule in RULES for name in rule.agree} | {
    test[0] for rule in RULES if rule.only_if for test in rule.only_if.values()
}


def _agreeing(account: AccountedEvent) -> Mapping[str, str]:
    details = account.event.details
    wanted = {our_name(name) for name in details} & _ASKED_TO_AGREE
    return {name: folded(detail(details, name)) for name in wanted}


def _apart(rule: SameEventRule, one: _Placed, other: _Placed) -> tuple[int, int] | None:
    """How many days and minutes are between two accounts that may be one event; None if they may not."""
    if not _is_between(rule, one.account, other.account):
        return None
    if len(rule.kinds) > 1 and not _kinds_may_meet(rule, one.account, other.account):
        return None
    days = days_apart(one.stretch, other.stretch)
    if not _days_allow(rule, one, other, days):
        return None
    minutes = _minutes_apart(one.account, other.account)
    if minutes is not None and rule.hours is not None and minutes > rule.hours * 60:
        return None
    if any(_speaks_against(name, one, other) for name in rule.agree):
        return None
    if rule.only_if and not (_meets(rule, one) and _meets(rule, other)):
        return None
    # Nearer first: an exact day before a coarse one, then the time.
    return days + (not (one.is_to_the_day and other.is_to_the_day)), minutes or 0


def _is_between(rule: SameEventRule, one: AccountedEvent, other: AccountedEvent) -> bool:
    if one.agency == other.agency:
        return rule.between is Between.ONE_AGENCY and one.told_in != other.told_in
    if rule.told_by and rule.told_by != {one.agency_kind, other.agency_kind}:
        return False
    if rule.between is Between.KINDS_OF_AGENCY:
        return one.agency_kind is not other.agency_kind
    return rule.between is Between.AGENCIES


def _kinds_may_meet(rule: SameEventRule, one: AccountedEvent, other: AccountedEvent) -> bool:
    """Two of the kind that the entry takes, or one of each; never two of the lesser kind alone."""
    return rule.kinds[0] in (one.event.kind, other.event.kind)


def _days_allow(rule: SameEventRule, one: _Placed, other: _Placed, days: int) -> bool:
    if one.is_to_the_day and other.is_to_the_day:
        return days <= rule.days
    if rule.may_be_coarse:
        return days == 0
    return one.stretch == other.stretch and one.account.event.until == other.account.event.until


def _minutes_apart(one: AccountedEvent, other: AccountedEvent) -> int | None:
    first, second = _minute(one), _minute(other)
    return None if first is None or second is None else abs(first - second)


def _minute(account: AccountedEvent) -> int | None:
    on, time = account.event.on, account.event.time
    if on is None or account.event.precision is not DatePrecision.DAY:
        return None
    hours, colon, minutes = time.partition(":")
    if not (colon and hours.isdecimal() and minutes[:2].isdecimal()):
        return None
    return on.toordinal() * 1440 + int(hours) * 60 + int(minutes[:2])


def _speaks_against(name: str, one: _Placed, other: _Placed) -> bool:
    said, said_too = one.agreeing.get(name), other.agreeing.get(name)
    return bool(said and said_too and said != said_too)


def _meets(rule: SameEventRule, placed: _Placed) -> bool:
    test = (rule.only_if or {}).get(placed.account.event.kind)
    if test is None:
        return True
    said = placed.agreeing.get(test[0])
    return not said or any(
        said == folded(word) or (len(folded(word)) > 2 and folded(word) in said) for word in test[1]
    )


def _pairs_within(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    ordered = sorted(numbers)
    return ((a, b) for place, a in enumerate(ordered) for b in ordered[place + 1 :])


def _group(accounts: list[AccountedEvent], *, rules: set[str], may_be: list[AccountedEvent]) -> Group:
    told = {each.event.kind for each in accounts}
    kind = next(
        (kind for rule in RULES if rule.name in rules for kind in rule.kinds if kind in told),
        accounts[0].event.kind,
    )
    return Group(
        tuple(sorted(accounts, key=lambda each: (each.event.kind is not kind, *_lead_order(each)))),
        kind,
        tuple(sorted(rules)),
        tuple(sorted(may_be, key=lambda each: each.key)),
    )


_EXACTNESS = {precision: place for place, precision in enumerate(DatePrecision)}


def _lead_order(account: AccountedEvent) -> tuple[object, ...]:
    """The most exact account first, then the earliest day, then by key: never by chance."""
    event = account.event
    return (_EXACTNESS[event.precision], event.on or date.max, account.key)
