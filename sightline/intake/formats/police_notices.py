"""Police notices: a force tells its partners of a child who came to notice (`police_notice_layout`).

Each person of a notice is a record of that notice (“reference/number”), because a corrected notice replaces
its own records and no other's. The force's number for the person goes along.
"""

import json
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from sightline.intake.declaration import CannotBeRead, Delivery, Format, Header, Judged, RawRecord, Rule
from sightline.intake.formats import shape
from sightline.intake.formats.json_objects import NO_OBJECT, objects_of
from sightline.intake.formats.json_schema import schema_of
from sightline.intake.formats.police_notice_events import events_of
from sightline.intake.formats.police_notice_layout import (
    ETHNICITY_CODES,
    FORCES,
    ROLES_OF_ADULTS,
    ROLES_OF_CHILDREN,
    TABLES,
)
from sightline.intake.formats.shape import Item, Moment, Shape
from sightline.intake.records import PersonRecord
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.findings import Severity

if TYPE_CHECKING:
    from sightline.intake.sources import Source

_ADULT = 18


def _rule(name: str, severity: Severity, sentence: str) -> Rule:
    return Rule(f"police-notice.{name}", severity, sentence, source="docs/reference/formats")


_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
NO_REFERENCE = _rule("no-reference", _ERROR, "The notice has no reference, so it could never be corrected.")
NOBODY = _rule("nobody", _ERROR, "The notice lists nobody by number, so it tells nothing of any child.")
NO_CHILD = _rule("no-child", _WARNING, "No person of the notice is a child. Is the right notice sent?")
SAME_NUMBER = _rule(
    "number-twice", _WARNING, "Another person of the notice has this number. Only the first was taken."
)
CHILD_OR_ADULT = _rule(
    "child-or-adult",
    _WARNING,
    "It is not said whether this is a child. Taken as {taken}, by {reason}; please set is_child.",
)
GROWN_UP = _rule("grown-up", _WARNING, "is_child is true, but by the date of birth the person was {age}.")
TOO_YOUNG = _rule("too-young", _WARNING, "is_child is false, but by the date of birth the person was {age}.")
NO_NAME = _rule("no-name", _WARNING, "The child has no name and no date, so no other record can be found.")
PROTECTED = _rule(
    "protected-address", _WARNING, "An address is given though it is protected. It was not kept."
)
ENDS_BEFORE = _rule("ends-before-it-begins", _WARNING, "The incident ends before it begins.")
MADE_BEFORE = _rule("made-before", _WARNING, "The notice was made before the incident that it is about.")
NO_SUCH_CHILD = _rule("no-such-child", _WARNING, "“{field}” names somebody who is no child of this notice.")
SEVERAL_FORCES = _rule(
    "several-forces", _ERROR, "The file has notices of several forces. Send those of each by themselves."
)
RULES = (
    *(NO_REFERENCE, NOBODY, NO_CHILD, SAME_NUMBER, CHILD_OR_ADULT, GROWN_UP, TOO_YOUNG, NO_NAME, PROTECTED),
    *(ENDS_BEFORE, MADE_BEFORE, NO_SUCH_CHILD, SEVERAL_FORCES, NO_OBJECT),
    *shape.RULES,
)


def recognises(source: "Source") -> bool:
    keys = source.json_start() or ()
    return {"reference", "force"} <= set(keys) and not {"grade", "incident", "people"}.isdisjoint(keys)


def header(source: "Source") -> Header:
    """The force is the first notice's; `records` sees to it that the file has no other's."""
    first = next(islice(objects_of(source, table="notice"), 1), None)
    force = first.content.get("force") if first else None
    return Header(sender=force if isinstance(force, str) and force in FORCES else "")


def records(source: "Source") -> Iterator[RawRecord]:
    force = None
    for raw in objects_of(source, table="notice"):
        given = raw.content.get("force")
        if isinstance(given, str) and given in FORCES:
            if force not in (None, given):
                raise CannotBeRead(SEVERAL_FORCES.at(raw.place))
            force = given
        yield raw


def judge(raw: RawRecord, header: Header, as_of: date) -> Judged:
    read = Shape(TABLES, raw.place, as_of, reports_unknown=True)
    notice = read.read(raw.content, "notice")
    reference, people = notice["reference"], _people(read, notice)
    if not reference:
        return read.refused(NO_REFERENCE, "reference")
    if not people:
        return read.refused(NOBODY, "people")
    record_ids = {number: f"{reference}/{number}" for number in people}
    if notice["withdrawn"]:
        return Judged(findings=tuple(read.findings), withdrawn=tuple(record_ids.values()))
    children = {
        number: record_ids[number] for number, each in people.items() if _is_child(read, each, _day(notice))
    }
    if not children:
        read.find(NO_CHILD, "people")
    _check_days(read, notice)
    _check_numbers(read, notice, children)
    persons = tuple(
        _person(read, record_ids[number], each, is_child=number in children)
        for number, each in people.items()
    )
    # What an earlier notice of this reference told is taken back: it may have held what is no longer said.
    return Judged(
        persons,
        tuple(events_of(notice, people, children)),
        tuple(read.findings),
        withdrawn=tuple(record_ids.values()),
    )


def _people(read: Shape, notice: Item) -> dict[str, Item]:
    people: dict[str, Item] = {}
    for person in notice["people"]:
        if person["number"] in people:
            read.find(SAME_NUMBER, f"{person.path}.number")
        elif person["number"]:
            people[person["number"]] = person
    return people


def _day(notice: Item) -> date | None:
    moment: Moment | None = notice["incident"]["occurred_from"] or notice["made_at"]
    return moment.day if moment else None


def _is_child(read: Shape, person: Item, day: date | None) -> bool:
    """As the force says; else by age or role; else an adult, who is joined with nobody."""
    born, said = person["date_of_birth"], person["is_child"]
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day)) if born and day else None
    if said is not None:
        if age is not None and said != (age < _ADULT):
            read.find(GROWN_UP if said else TOO_YOUNG, f"{person.path}.is_child", age=age)
        return bool(said)
    if age is not None:
        is_child, reason = age < _ADULT, "the date of birth"
    elif person["role"] in ROLES_OF_CHILDREN | ROLES_OF_ADULTS:
        is_child, reason = person["role"] in ROLES_OF_CHILDREN, "the role"
    else:
        is_child, reason = person["expected_on"] is not None, "what else is said"
    taken = "a child" if is_child else "an adult"
    read.find(CHILD_OR_ADULT, f"{person.path}.is_child", taken=taken, reason=reason)
    return bool(is_child)


def _check_days(read: Shape, notice: Item) -> None:
    begins, ends = notice["incident"]["occurred_from"], notice["incident"]["occurred_to"]
    if begins and ends and ends.day < begins.day:
        read.find(ENDS_BEFORE, "incident.occurred_to")
    if begins and notice["made_at"] and notice["made_at"].day < begins.day:
        read.find(MADE_BEFORE, "made_at")


def _check_numbers(read: Shape, notice: Item, children: dict[str, str]) -> None:
    for item in (*notice["accounts"], *notice["actions"]):
        if not children.keys() >= set(item["about"]):
            read.find(NO_SUCH_CHILD, f"{item.path}.about")


def _person(read: Shape, record_id: str, person: Item, *, is_child: bool) -> PersonRecord:
    hidden = bool(person["is_address_protected"])
    if hidden and (person["address"] or person["postcode"]):
        read.find(PROTECTED, f"{person.path}.address")
    if is_child and not any(
        person[each] for each in ("surname", "forenames", "date_of_birth", "expected_on")
    ):
        read.find(NO_NAME, person.path)
    return PersonRecord(
        record_id=record_id,
        surname=person["surname"],
        forenames=person["forenames"],
        aliases=tuple(person["other_names"]),
        born_on=person["date_of_birth"],
        expected_on=person["expected_on"],
        sex=person["sex"],
        ethnicity=ETHNICITY_CODES.get(person["ethnicity"], ""),
        other_ids=(("police_person_id", person["person_id"]),) if person["person_id"] else (),
        postcode="" if hidden else person["postcode"],
        address="" if hidden else person["address"],
        is_adult=not is_child,
        is_address_protected=hidden,
    )


FORMAT = Format(
    name="police-notice",
    title="Police notice",
    about=(
        "A notice by which a police force tells its partners of a child who came to notice: how grave it is, "
        "what happened, who was there, what was seen and said, what was done. A file holds one notice, a "
        "list of them, or one a line."
    ),
    kinds=(AgencyKind.POLICE,),
    unit="notice",
    delivery=Delivery.CHANGES,
    tables=tuple(TABLES.values()),
    rules=RULES,
    sources=("docs/reference/formats/police-notice.schema.json",),
    recognises=recognises,
    header=header,
    records=records,
    judge=judge,
)


def published_schema() -> str:
    """`docs/reference/formats/police-notice.schema.json`, word for word."""
    schema = schema_of(TABLES, "notice", title=FORMAT.title, about=FORMAT.about)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
