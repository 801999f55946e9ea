"""One child's chronology, told anew from what is held now."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from sightline.chronology.annotations.notes import Note, NoteKind
from sightline.chronology.composing import compose
from sightline.chronology.entries import Chronology, Shown
from sightline.chronology.models import Annotation
from sightline.chronology.telling import EVERYTHING, tells_of
from sightline.chronology.told import AccountedEvent, AgencyAnswer, HeldRecord, Tells
from sightline.intake.lookups import (
    HeldExtract,
    Told,
    events_of,
    extracts,
    people_of,
    what_each_agency_told,
)
from sightline.intake.models import ExtractState, Restriction
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.decisions import Decision, require
from sightline.vocabulary.events import Nothing

Record = tuple[str, str]
"""An agency's code and its number for the record."""


class NoSuchChild(LookupError):
    """No child of this number, or no such record, is held. Its text is fit to be shown."""


def chronology_of(child_id: str, *, as_of: date, by: str, shown: Shown | None = None) -> Chronology:
    """The chronology of a child by its number (“C000123”) or by one of its records (“agency:record_id”).

    Raises `NoSuchChild`. Everything that shows a chronology comes through here.
    """
    agencies = what_each_agency_told()
    child, records = _records_of(child_id)
    held = _held(records, agencies)
    if not held:
        raise NoSuchChild(f"Nothing is held of {child_id}. Is the number right?")
    closed = _closed(held)
    require(_may_be_opened(held, closed))
    records = [record for record in records if record not in closed]
    held = [each for each in held if (each.agency, each.person.record_id) not in closed]
    _looked_at(child, by=by)
    sources = {each.extract: each for each in extracts()}
    told = _told(records, sources)
    return compose(
        child,
        told=told,
        records=held,
        answers=_answers(agencies, list(sources.values()), records),
        names={each.agency: each.name or each.agency for each in agencies},
        notes=_notes(child, told),
        as_of=as_of,
        shown=shown,
    )


def _looked_at(child: str, *, by: str) -> None:
    """The one place through which every look at a chronology passes, for the record of looks to be kept."""


def _records_of(child_id: str) -> tuple[str, list[Record]]:
    """The child's number, and its records: those that identity joins, or one record by itself."""
    from sightline.identity.lookups import became, child_of, records_of

    wanted = child_id.strip()
    agency, colon, record_id = wanted.partition(":")
    if colon:
        child = child_of(agency, record_id)
        return (child, list(records_of(child))) if child else (wanted, [(agency, record_id)])
    now = became(wanted)
    return (now[0] if now else wanted), list(records_of(wanted))


def _closed(held: Iterable[HeldRecord]) -> set[Record]:
    """Which of these records were closed at adoption: by their own word or by the list of them."""
    closed = {(each.agency, each.person.record_id) for each in held if each.person.is_restricted}
    listed = [Q(agency=each.agency, record_id=each.person.record_id) for each in held]
    rows = Restriction.objects.filter(reduce(or_, listed)).values_list("agency", "record_id")
    return closed | set(rows)


def _may_be_opened(held: Sequence[HeldRecord], closed: set[Record]) -> Decision:
    """A record closed at adoption is shown to nobody, and never with others (identity keeps it apart too)."""
    return Decision(
        allowed=any((each.agency, each.person.record_id) not in closed for each in held),
        reason="This record was closed at adoption. It is not opened here.",
        basis="records closed at adoption",
    )


def _held(records: Sequence[Record], agencies: Iterable[Told]) -> list[HeldRecord]:
    kinds = {each.agency: each.kind for each in agencies}
    return [
        HeldRecord(row.agency, kinds.get(row.agency, AgencyKind.OTHER), row.person)
        for row in people_of(records)
    ]


def _told(records: Sequence[Record], sources: Mapping[int, HeldExtract]) -> list[AccountedEvent]:
    told = []
    for row in events_of(records):
        extract = sources.get(row.extract)
        told.append(
            AccountedEvent(
                row.agency,
                row.agency_kind,
                extract.format if extract else "",
                row.event,
                row.told_on,
                extract.collection if extract else "",
            )
        )
    return told


def _answers(
    agencies: Iterable[Told], held: Sequence[HeldExtract], records: Sequence[Record]
) -> list[AgencyAnswer]:
    by_agency: dict[str, list[HeldExtract]] = {}
    for extract in held:
        by_agency.setdefault(extract.agency, []).append(extract)
    return [_answer(each, by_agency.get(each.agency, []), set(records)) for each in agencies]


def _answer(agency: Told, held: Sequence[HeldExtract], records: set[Record]) -> AgencyAnswer:
    """How an agency answered: by its extracts, unless it has since been asked and told nothing."""
    loaded = [each for each in held if each.state is ExtractState.LOADED]
    told_to = max((each.made_on or each.received_at.date() for each in loaded), default=None)
    tells = Tells()
    for extract in loaded:
        tells |= tells_of(extract.format, extract.collection)
    said = [
        each
        for each in agency.nothing
        if not each.record_id or (each.agency, each.record_id) in records
        if told_to is None or each.asked_on >= told_to
    ]
    if said:
        last = max(said, key=lambda each: each.asked_on)
        if last.kind is Nothing.NONE_HELD:
            return AgencyAnswer(agency.agency, agency.kind, Nothing.NONE_HELD, last.asked_on, EVERYTHING)
        return AgencyAnswer(agency.agency, agency.kind, last.kind, last.asked_on, tells)
    if loaded:
        return AgencyAnswer(agency.agency, agency.kind, None, told_to, tells)
    if any(each.state is ExtractState.STOPPED for each in held):
        why = "What it sent could not be taken."
        return AgencyAnswer(agency.agency, agency.kind, Nothing.FAILED, None, tells, why)
    return AgencyAnswer(agency.agency, agency.kind, Nothing.NOT_ANSWERED, None, tells)


def _notes(child: str, told: Iterable[AccountedEvent]) -> list[Note]:
    """What was written on this child's chronology, and on its events wherever they were shown before."""
    numbers = [each.number for each in told]
    rows = Annotation.objects.filter(Q(child=child) | Q(entry__in=numbers)).order_by("at", "pk")
    return [
        Note(
            entry=row.entry,
            kind=NoteKind(row.kind),
            column=row.column,
            words=row.words,
            source_said=row.source_said,
            by=row.by,
            at=row.at,
        )
        for row in rows
    ]
