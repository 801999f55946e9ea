"""The SEN2 return: every person with a request for a needs assessment or with a plan."""

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sightline.intake import cells
from sightline.intake.declaration import (
    CannotBeRead,
    Column,
    Delivery,
    Format,
    Header,
    Judged,
    RawRecord,
    Table,
)
from sightline.intake.formats.sen2 import rules
from sightline.intake.formats.sen2.events import events_of
from sightline.intake.formats.sen2.person import Person
from sightline.intake.formats.sen2.schema import PERSON, Element
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.findings import Finding, Place

if TYPE_CHECKING:
    from sightline.intake.sources import Source

_NEWEST = 2025
_OLDEST = 2023
_NAMED = re.compile(r"<(?:[\w.\-]+:)?Collection>\s*SEN2\s*</")


def recognises(source: "Source") -> bool:
    names = source.xml_start()
    if names[:1] != ("Message",):
        return False
    return bool(_NAMED.search(source.head_text)) or "Persons" in names


def header(source: "Source") -> Header:
    from sightline.intake.reading import markup

    place = Place(source.name)
    if source.xml_start()[:1] != ("Message",):
        raise CannotBeRead(rules.NOT_SEN2.at(place))
    head = next(markup.elements(source, ("Header", "Person")), None)
    content = head.content if head and head.table == "Header" else {}
    collection = markup.first(content, "CollectionDetails", "Collection")
    if collection and collection != "SEN2":
        raise CannotBeRead(rules.NOT_SEN2.at(place))
    year, sender = (
        markup.first(content, "CollectionDetails", "Year"),
        markup.first(content, "Source", "LEA"),
    )
    findings = []
    if not re.fullmatch(r"20[0-9]{2}", year, re.ASCII):
        year = ""
        findings.append(rules.NO_YEAR.at(place, year=_NEWEST))
    if not re.fullmatch(r"[0-9]{3}", sender, re.ASCII):
        sender = ""
        findings.append(rules.NO_AUTHORITY.at(place))
    made_on = cells.date_of(markup.first(content, "Source", "DateTime")[:10], (cells.ISO,))
    return Header(sender, year, made_on if isinstance(made_on, date) else None, tuple(findings))


def records(source: "Source") -> Iterator[RawRecord]:
    from sightline.intake.reading import markup

    return markup.elements(source, PERSON.name)


def judge(raw: RawRecord, header: Header, as_of: date) -> Judged:
    """One person with all requests, assessments, plans and placements."""
    person = Person(raw, as_of)
    year = int(header.collection or _NEWEST)
    person.check_shape(min(max(year, _OLDEST), _NEWEST))
    record = person.record()
    if record is None:
        person.find(rules.NOBODY)
        return Judged(findings=tuple(person.findings))
    events = tuple(events_of(person, record.record_id))
    person.check_age([event.on for event in events if event.on])
    return Judged((record,), events, tuple(person.findings))


class _Seen(NamedTuple):
    line: int
    born_on: date | None
    forename: str


class AcrossPersons:
    """Nobody twice in one return, and no number for two people."""

    def __init__(self) -> None:
        self._seen: dict[str, _Seen] = {}

    def see(self, raw: RawRecord, judged: Judged) -> tuple[Finding, ...]:
        found = []
        for person in judged.people:
            forename = person.forenames.casefold().partition(" ")[0]
            seen = _Seen(raw.place.line, person.born_on, forename)
            first = self._seen.setdefault(person.record_id, seen)
            if first is seen:
                continue
            is_same = (first.born_on, first.forename) == (person.born_on, forename)
            rule = rules.PERSON_TWICE if is_same else rules.SAME_NUMBER
            found.append(rule.at(raw.place, line=first.line))
        return tuple(found)

    def end(self) -> tuple[Finding, ...]:
        return ()


def _tables(element: Element) -> Iterator[Table]:
    """One table for each element that has children."""
    seen: dict[str, Column] = {}
    for each in element.children:
        if each.value:
            seen.setdefault(
                each.name,
                Column(each.name, each.meaning, each.value.form, bool(each.least), each.value.codes),
            )
    yield Table(element.name, tuple(seen.values()), element.meaning)
    for each in element.children:
        if each.children:
            yield from _tables(each)


FORMAT = Format(
    name="sen2",
    title="SEN2 person-level return",
    about=(
        "The yearly return in which an authority tells the Department for Education of every child and young "
        "person with a request for an education, health and care needs assessment or with a plan. It is "
        "one XML "
        "file, made from the authority's case system in January and February. It has no number of its "
        "own for a "
        "person: one is known by the UPN, else by the ULN, else by name and date of birth."
    ),
    kinds=(AgencyKind.EDUCATION,),
    unit="person",
    delivery=Delivery.WHOLE,
    tables=tuple(_tables(PERSON)),
    rules=tuple(rules.RULES),
    not_covered=rules.NOT_COVERED,
    sources=(
        "Department for Education, Special educational needs person-level survey (SEN2): guide and "
        "technical specification, 2023 to 2025",
    ),
    recognises=recognises,
    header=header,
    records=records,
    judge=judge,
    across=AcrossPersons,
)
