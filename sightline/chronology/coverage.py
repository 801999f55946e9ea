"""What each agency has told of a child, and which of the four kinds of nothing it is where it told none."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from sightline.chronology.entries import Coverage
from sightline.chronology.told import AccountedEvent, AgencyAnswer, HeldRecord
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.events import Nothing

EXPECTED = (AgencyKind.HEALTH, AgencyKind.EDUCATION, AgencyKind.SOCIAL_CARE, AgencyKind.POLICE)
"""Each holds part of every child's story; where none of a kind was asked, that is shown too."""


def coverage_of(
    answers: Iterable[AgencyAnswer],
    told: Iterable[AccountedEvent],
    records: Iterable[HeldRecord],
    *,
    names: Mapping[str, str],
) -> tuple[Coverage, ...]:
    """One line for each agency that was asked or told, in the order of kinds, then one for each kind that
    nobody asked."""
    told = list(told)
    events = Counter(each.agency for each in told)
    newest: dict[str, date] = {}
    for each in told:
        if each.made_on is not None:
            newest[each.agency] = max(each.made_on, newest.get(each.agency, date.min))
    held: dict[str, list[str]] = {}
    kinds: dict[str, AgencyKind] = {}
    for record in records:
        held.setdefault(record.agency, []).append(record.person.record_id)
        kinds[record.agency] = record.agency_kind
    kinds |= {each.agency: each.agency_kind for each in told}
    answered = {each.agency: each for each in answers}
    kinds |= {agency: each.agency_kind for agency, each in answered.items()}
    lines = [
        _line(
            answered.get(agency) or AgencyAnswer(agency, kind, told_to=newest.get(agency)),
            events[agency],
            held.get(agency, []),
            names.get(agency) or agency,
        )
        for agency, kind in kinds.items()
    ]
    lines += [
        Coverage("", kind, kind.label, was_asked=False) for kind in EXPECTED if kind not in kinds.values()
    ]
    order = list(AgencyKind)
    return tuple(sorted(lines, key=lambda line: (order.index(line.agency_kind), line.agency)))


SHOWN_OF_NONE = 4
"""Of agencies of one kind that hold nothing, so many are listed; where there are more, they are one line."""


def gathered(coverage: Iterable[Coverage]) -> tuple[Coverage, ...]:
    """As given, but a hundred authorities that hold nothing of a child are one line that says so."""
    lines = list(coverage)
    often = Counter((line.agency_kind, line.nothing) for line in lines if _is_bare(line))
    kept: list[Coverage] = []
    done: set[tuple[AgencyKind, Nothing | None]] = set()
    for line in lines:
        alike = (line.agency_kind, line.nothing)
        if not _is_bare(line) or often[alike] <= SHOWN_OF_NONE:
            kept.append(line)
        elif alike not in done:
            done.add(alike)
            days = [each.told_to for each in lines if _is_bare(each) and each.told_to]
            kept.append(
                Coverage(
                    "",
                    line.agency_kind,
                    f"{often[alike]:,} agencies of this kind",
                    nothing=line.nothing,
                    told_to=min(days, default=None),
                )
            )
    return tuple(kept)


def _is_bare(line: Coverage) -> bool:
    return (
        line.was_asked and line.nothing is not None and not line.events and not line.records and not line.why
    )


def _line(answer: AgencyAnswer, events: int, records: list[str], name: str) -> Coverage:
    has_something = bool(events or records)
    nothing = answer.nothing
    if not has_something and nothing is None:
        # It answered, and nothing of this child was in what it sent.
        nothing = Nothing.NONE_HELD
    elif has_something and nothing is Nothing.NONE_HELD:
        nothing = None
    return Coverage(
        agency=answer.agency,
        agency_kind=answer.agency_kind,
        agency_name=name,
        nothing=nothing,
        events=events,
        records=tuple(sorted(set(records))),
        told_to=answer.told_to,
        why=answer.why,
    )
