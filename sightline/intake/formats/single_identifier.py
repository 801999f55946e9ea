"""The department's single-identifier records: one record, or a custodian's file with several types of them.

All records of one person in a file are taken together. A file with a bare record does not say whom it is
about: there the ten digits beside the record type in its name do. What a custodian's system exports in its
own shape (a pupil, case, police or patient record under “sui”) holds like members, and is read by them.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from sightline.intake.check_digits import nhs_number
from sightline.intake.declaration import CannotBeRead, Delivery, Format, Header, Judged, RawRecord, Rule
from sightline.intake.formats import shape
from sightline.intake.formats.json_objects import NO_OBJECT, raw_record
from sightline.intake.formats.shape import Item, Shape
from sightline.intake.formats.single_identifier_events import events_of
from sightline.intake.formats.single_identifier_layout import RECORD_TYPES, TABLES
from sightline.intake.records import PersonRecord, SourceEvent
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.codes import Ethnicity
from sightline.vocabulary.findings import Place, Severity

if TYPE_CHECKING:
    from sightline.intake.sources import Source

_SYSTEM_OF = {
    "schoolsAttended": "a school's management system",
    "referrals": "a social care case system",
    "policePowersOfProtection": "a police records system",
    "missedAppointmentReasons": "a patient record system",
}
_TYPE_BY_MEMBER = (
    ("childrens-services", ("cscActiveStatusesAndPlans", "childrensServicesReferrals", "cscReferrals")),
    ("education", ("yearlyEducationAttendances", "educationAttendances", "educationSettingName")),
    ("health", ("emergencyDepartmentAttendances", "missedAppointments", "healthActiveStatusesAndPlans")),
    ("crime-justice", ("policeMarkerDetails", "linkedCrimeRisks", "lastPoliceProtectionPowerEvent")),
    ("housing", ("temporaryAccommodation",)),
    ("personal", ("birthAssignedSex", "designatedLocalAuthority", "namesOfIndividualsResidingAtMainAddress")),
)
_NUMBER_IN_NAME = re.compile(r"([0-9]{10})_|_([0-9]{10})", re.ASCII)
_ETHNICITIES = {each.label.lower(): each.value for each in Ethnicity} | {"irish traveller": "WIRT"}


def _rule(name: str, severity: Severity, sentence: str) -> Rule:
    return Rule(
        f"single-id.{name}", severity, sentence, source="Single unique identifier, record types version 1"
    )


_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
DESCRIPTION = _rule(
    "interface-description", _ERROR, "This describes an interface (OpenAPI); it holds no records."
)
NO_PERSON = _rule(
    "no-person",
    _ERROR,
    "The record says nowhere whom it is about: give personId, or begin the file's name with the number.",
)
UNKNOWN_TYPE = _rule("record-type", _WARNING, "A record of the type “{kind}” is not known and was not read.")
NO_PAYLOAD = _rule("no-payload", _WARNING, "A record has no payload.")
ENCRYPTED = _rule(
    "no-nhs-number",
    _WARNING,
    "The person's number is no NHS number that passes its check. It is kept as it stands.",
)
VENDOR = _rule(
    "system-shape",
    _WARNING,
    "This has the shape of {system}, not of a record type. It was read as far as it goes.",
)
ETHNICITY = _rule("ethnicity", _WARNING, "The ethnicity is not in the department's words and was left out.")
RULES = (
    *(DESCRIPTION, NO_PERSON, UNKNOWN_TYPE, NO_PAYLOAD, ENCRYPTED, VENDOR, ETHNICITY, NO_OBJECT),
    *shape.RULES,
)


def recognises(source: "Source") -> bool:
    keys = set(source.json_start() or ())
    if {"orgId", "records"} <= keys or {"schemaUri", "payload"} <= keys or {"sui", "firstName"} <= keys:
        return True
    if "openapi" in keys:
        return "DetailsRecordV1" in source.head_text or "DataRecordV1" in source.head_text
    return bool(_type_by_member(keys))


def _type_by_member(keys: set[str]) -> str:
    return next((kind for kind, members in _TYPE_BY_MEMBER if not keys.isdisjoint(members)), "")


def header(source: "Source") -> Header:
    """Bare records of different types do not replace one another, so each type is a collection."""
    value = _value(source)
    if "openapi" in value:
        raise CannotBeRead(DESCRIPTION.at(Place(source.name)))
    if "records" in value:
        return Header(sender=str(value.get("orgId") or ""), collection="custodian")
    if "payload" in value:
        return Header(sender=str(value.get("providerSystemId") or ""), collection=_known_type(value))
    return Header(collection="system" if "sui" in value else _type_by_member(set(value)))


def _value(source: "Source") -> dict[str, Any]:
    from sightline.intake.reading import documents

    value = documents.json_of(source)
    if not isinstance(value, dict):
        raise CannotBeRead(NO_OBJECT.at(Place(source.name, 1)))
    return value


def records(source: "Source") -> Iterator[RawRecord]:
    value = _value(source)
    place = Place(source.name, 1)
    if "records" not in value:
        yield RawRecord(place, "person", {"person": _person_of(value, source.name), "records": [value]})
        return
    listed = value["records"] if isinstance(value["records"], list) else [value["records"]]
    by_person: dict[str, list[Any]] = {}
    for number, each in enumerate(listed):
        if isinstance(each, dict):
            by_person.setdefault(str(each.get("personId") or ""), []).append(
                {"at": f"records[{number}]", **each}
            )
        else:
            yield raw_record(each, Place(source.name, 1, f"records[{number}]"), "person")
    for person, theirs in by_person.items():
        yield RawRecord(
            Place(source.name, 1, theirs[0]["at"]), "person", {"person": person, "records": theirs}
        )


def _person_of(value: dict[str, Any], file_name: str) -> str:
    if given := value.get("personId") or value.get("sui"):
        return str(given)
    found = _NUMBER_IN_NAME.search(PurePath(file_name).stem)
    return (found[1] or found[2]) if found else ""


def _known_type(record: dict[str, Any]) -> str:
    """The record type by its name (“education.details”), its schema's address, or its members."""
    named = f"{record.get('recordType') or ''} {record.get('schemaUri') or ''}".lower()
    for kind in RECORD_TYPES:
        if kind in named:
            return kind
    payload = record.get("payload", record)
    return _type_by_member(set(payload)) if isinstance(payload, dict) else ""


def judge(raw: RawRecord, header: Header, as_of: date) -> Judged:
    read = Shape(TABLES, raw.place, as_of)
    record_id = raw.content["person"]
    if not record_id:
        return read.refused(NO_PERSON, raw.place.column)
    number = nhs_number(record_id)
    if not number:
        read.find(ENCRYPTED, raw.place.column)
    person = PersonRecord(record_id, nhs_number=number)
    events: list[SourceEvent] = []
    taken: set[str] = set()
    for record in raw.content["records"]:
        for kind, item in _items(read, record):
            if kind == "personal":
                person = _person(read, record_id, number, item)
            events.extend(events_of(kind, item, record_id, taken))
    return Judged((person,), tuple(events), tuple(read.findings))


def _items(read: Shape, record: dict[str, Any]) -> Iterator[tuple[str, Item]]:
    """A record as its type, or, if a system made it, as every type that it may have members of."""
    path = str(record.get("at", ""))
    if "sui" in record:
        system = next(
            (words for member, words in _SYSTEM_OF.items() if member in record), "a system of its own"
        )
        read.find(VENDOR, path, system=system)
        for kind in ("personal", "childrens-services", "education", "health", "crime-justice"):
            yield kind, read.read(record, kind)
        return
    kind = _known_type(record)
    payload = record.get("payload", record)
    if not isinstance(payload, dict):
        read.find(NO_PAYLOAD, path)
    elif not kind:
        named = str(record.get("recordType") or "")
        read.find(UNKNOWN_TYPE, path, kind=named if re.fullmatch(r"[a-z.\-]{1,40}", named) else "not named")
    else:
        yield kind, read.read(payload, kind, f"{path}.payload" if "payload" in record and path else "")


def _person(read: Shape, record_id: str, number: str, item: Item) -> PersonRecord:
    words = item["ethnicity"].lower()
    if words and words not in _ETHNICITIES:
        read.find(ETHNICITY, f"{item.path}.ethnicity".lstrip("."))
    address = item["address"]
    lines = (address[each] for each in ("line1", "line2", "townOrCity", "county"))
    return PersonRecord(
        record_id=record_id,
        surname=item["lastName"],
        forenames=item["firstName"],
        born_on=item["dateOfBirth"],
        sex=item["birthAssignedSex"],
        ethnicity=_ETHNICITIES.get(words, ""),
        nhs_number=item["nhsNumber"] or number,
        postcode=address["postcode"],
        address=", ".join(filter(None, lines)),
    )


FORMAT = Format(
    name="single-identifier",
    title="Single-identifier records",
    about=(
        "Records of the department's single unique identifier pilot, version 1: personal, education, health, "
        "crime and justice, children's services and housing details of a person known by one number. A file "
        "holds one record, or all that a custodian has."
    ),
    kinds=(
        *(
            AgencyKind.OTHER,
            AgencyKind.SOCIAL_CARE,
            AgencyKind.EDUCATION,
            AgencyKind.HEALTH,
            AgencyKind.POLICE,
        ),
        AgencyKind.HOUSING,
    ),
    unit="person",
    delivery=Delivery.CHANGES,
    tables=tuple(TABLES.values()),
    rules=RULES,
    sources=("https://github.com/DFE-Digital/single-unique-identifier",),
    recognises=recognises,
    header=header,
    records=records,
    judge=judge,
)
