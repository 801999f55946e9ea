"""Stretches without an entry: of everybody, and of each agency that would be expected to see the child.

A gap is a question for a person, never a finding: somebody may have seen the child and not told. It is looked
for only between the first entry and the day up to which the agency has told; after that it is not silence but
something not yet told.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sightline.chronology.days import Stretch, birthday, school_age
from sightline.chronology.entries import Coverage, Entry, Gap
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.codes import Code
from sightline.vocabulary.events import EventKind


class Standing(Code):
    """How far an expectation rests on a text that was read."""

    CONFIRMED = "confirmed", "Confirmed: read in a public text"
    ASSUMED = "assumed", "Assumed: a day chosen by us"
    LOCAL = "local", "Local: one partnership's own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """How long an agency's silence may be before it is shown, and when it is expected to see the child."""

    name: str
    kind: AgencyKind | None  # None: all agencies together
    days: int
    standing: Standing
    since: date = date(2026, 11, 1)
    why: str


OVERALL = Expectation(
    name="gap.overall",
    kind=None,
    days=183,
    standing=Standing.ASSUMED,
    why="Half a year in which no agency has told of the child.",
)
EDUCATION = Expectation(
    name="gap.school_age",
    kind=AgencyKind.EDUCATION,
    days=183,
    standing=Standing.ASSUMED,
    why="A child of school age is expected in each term's attendance return.",
)
HEALTH = Expectation(
    name="gap.under_five",
    kind=AgencyKind.HEALTH,
    days=365,
    standing=Standing.ASSUMED,
    why="A child under five is expected to be seen by health visiting or a GP within a year.",
)
SOCIAL_CARE = Expectation(
    name="gap.open_case",
    kind=AgencyKind.SOCIAL_CARE,
    days=91,
    standing=Standing.ASSUMED,
    why="A child on a plan or looked after is expected to be visited or reviewed within three months.",
)
EXPECTATIONS = (OVERALL, EDUCATION, HEALTH, SOCIAL_CARE)

SEEN_THROUGHOUT = frozenset({EventKind.ATTENDANCE})
"""Periods in which the child is seen again and again; of all others only the first and the last day are."""

OPEN_CASE = frozenset(
    {
        EventKind.CHILD_IN_NEED_PLAN,
        EventKind.CHILD_PROTECTION_PLAN,
        EventKind.LOOKED_AFTER,
    }
)


def gaps_in(
    entries: Sequence[Entry], coverage: Iterable[Coverage], *, born: date | None, as_of: date
) -> tuple[Gap, ...]:
    """Every gap, the earliest first, those of all agencies before those of one."""
    told = [line for line in coverage if line.was_asked and line.nothing is None and line.events]
    last_told = max((line.told_to or date.min for line in told), default=date.min)
    ends = min(as_of, birthday(born, 18) if born else as_of, *_deaths(entries))
    stretches = _seen(entries, lambda agency: True)
    found = list(_between(stretches, OVERALL, (date.min, min(ends, last_told)), "", "any agency"))
    for line in told:
        for expectation in EXPECTATIONS[1:]:
            if expectation.kind is line.agency_kind and line.told_to is not None:
                agency = line.agency
                seen = _seen(entries, lambda other, agency=agency: other == agency)  # type: ignore[misc]
                for window in _windows(expectation, entries, born):
                    within = (window[0], min(window[1], ends, line.told_to))
                    found += _between(seen, expectation, within, agency, line.agency_name)
    return tuple(sorted(found, key=lambda gap: (gap.first, gap.agency, gap.last, gap.rule)))


def _windows(expectation: Expectation, entries: Sequence[Entry], born: date | None) -> Iterable[Stretch]:
    """When the agency is expected to see the child."""
    if expectation is EDUCATION:
        return [school_age(born)] if born else []
    if expectation is HEALTH:
        return [(born, birthday(born, 5) - timedelta(days=1))] if born else []
    return _joined(
        (account.on, account.until or date.max)
        for entry in entries
        for account in entry.accounts
        if account.kind in OPEN_CASE and account.on is not None and (account.until or account.is_open)
    )


def _seen(entries: Sequence[Entry], by: Callable[[str], bool]) -> list[Stretch]:
    found: list[Stretch] = []
    for entry in entries:
        for account in entry.accounts:
            stretch = account.stretch
            if stretch is None or not by(account.agency):
                continue
            if account.kind in SEEN_THROUGHOUT and account.until is not None:
                found.append((stretch[0], account.until))
            else:
                found.append(stretch)
                if account.until is not None:
                    found.append((account.until, account.until))
    return _joined(found)


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for first, last in sorted(stretches):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _between(
    seen: Sequence[Stretch], expectation: Expectation, within: Stretch, agency: str, name: str
) -> Iterable[Gap]:
    """Gaps of the expectation's length and more, inside the window and after the first entry."""
    if not seen:
        return
    ends = [*(stretch[0] for stretch in seen[1:]), date.max]
    for (_, last_seen), next_seen in zip(seen, ends, strict=True):
        if last_seen >= within[1]:
            return
        first = max(last_seen + timedelta(days=1), within[0])
        last = min(next_seen - timedelta(days=1), within[1])
        if (last - first).days + 1 >= expectation.days:
            yield Gap(first, last, agency, name, expectation.name, expectation.why)


def _deaths(entries: Sequence[Entry]) -> list[date]:
    return [entry.on for entry in entries if entry.kind is EventKind.DEATH and entry.on is not None]


BY_NAME: Mapping[str, Expectation] = {each.name: each for each in EXPECTATIONS}
