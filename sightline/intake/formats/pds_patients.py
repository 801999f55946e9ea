"""Patients as the Personal Demographics Service gives them: FHIR resources, alone, in a bundle or by line.

The address of a patient whose record is restricted is not read at all, even if a file holds it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from sightline.intake.declaration import (
    CannotBeRead,
    Column,
    Delivery,
    Format,
    Header,
    Judged,
    RawRecord,
    Rule,
    Table,
)
from sightline.intake.formats import shape
from sightline.intake.formats.json_objects import is_lines, raw_record
from sightline.intake.formats.shape import Item, Moment, Shape
from sightline.intake.records import PersonRecord, SourceEvent
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.codes import Sex
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity
from sightline.vocabulary.findings import Finding, Place, Severity

if TYPE_CHECKING:
    from sightline.intake.sources import Source

NHS_NUMBER_SYSTEM = "https://fhir.nhs.uk/Id/nhs-number"
_SEXES = {"male": Sex.MALE, "female": Sex.FEMALE, "other": Sex.NOT_KNOWN, "unknown": Sex.NOT_KNOWN}
_RESTRICTED = frozenset(("R", "V", "REDACTED"))
"""Restricted, very restricted, redacted (codes of confidentiality)."""
_VERIFIED = "01"


def _rule(name: str, severity: Severity, sentence: str) -> Rule:
    return Rule(f"pds.{name}", severity, sentence, source="PDS FHIR API, Patient")


_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
OUTCOME = _rule(
    "operation-outcome",
    _ERROR,
    "The file is an answer of PDS without patients: an OperationOutcome with the code {code}.",
)
NO_NUMBER = _rule("no-nhs-number", _ERROR, "The patient has neither id nor NHS number.")
OTHER_RESOURCE = _rule("not-a-patient", _ERROR, "This resource is no Patient.")
BAD_NUMBER = _rule(
    "nhs-number",
    _WARNING,
    "The NHS number does not pass its check. The record is kept under it, not joined by it.",
)
SUPERSEDED = _rule(
    "superseded",
    _WARNING,
    "The id is another number than the NHS number given: PDS has merged two. The id is kept.",
)
NOT_VERIFIED = _rule(
    "not-verified", _WARNING, "The NHS number has the verification status {code}, not verified."
)
RESTRICTED = _rule(
    "restricted", _WARNING, "The record is restricted. Its address, practice and contacts are not read."
)
NO_NAME = _rule("no-name", _WARNING, "No name is in use today. The last one given is taken.")
BAD_GENDER = _rule("gender", _WARNING, "“gender” is not male, female, other or unknown.")
RULES = (
    *(
        OUTCOME,
        NO_NUMBER,
        OTHER_RESOURCE,
        BAD_NUMBER,
        SUPERSEDED,
        NOT_VERIFIED,
        RESTRICTED,
        NO_NAME,
        BAD_GENDER,
    ),
    *shape.RULES,
)

PERIOD = Table(
    "period", (Column("start", "First day.", "date or moment"), Column("end", "Last day.", "date or moment"))
)
PATIENT = Table(
    "patient",
    (
        Column("id", "NHS number.", is_required=True),
        Column("identifier", "NHS number with its verification status.", "list of identifier"),
        Column("meta", "Whether the record is restricted.", "object of meta"),
        Column("name", "Names with use and period.", "list of name"),
        Column("gender", "male, female, other or unknown."),
        Column("birthDate", "Date of birth.", "date"),
        Column("multipleBirthInteger", "Which of several born together.", "number"),
        Column("deceasedDateTime", "When the patient died.", "date or moment"),
        Column("generalPractitioner", "Practices with period.", "list of practice"),
        Column("address", "Addresses with use and period.", "list of address"),
    ),
    "One patient.",
)
TABLES = {
    each.name: each
    for each in (
        PATIENT,
        PERIOD,
        Table(
            "identifier",
            (
                Column("system", "What number it is."),
                Column("value", "The number."),
                Column("extension", "Verification.", "list of extension"),
            ),
        ),
        Table("extension", (Column("valueCodeableConcept", "The status.", "object of concept"),)),
        Table("concept", (Column("coding", "Its code.", "list of coding"),)),
        Table("coding", (Column("code", "Code."),)),
        Table("meta", (Column("security", "Confidentiality.", "list of coding"),)),
        Table(
            "name",
            (
                Column("use", "usual, official, nickname, old, maiden, temp."),
                Column("family", "Family name."),
                Column("given", "Given names.", "list of text"),
                Column("period", "When it was in use.", "object of period"),
            ),
        ),
        Table(
            "address",
            (
                Column("use", "home, temp, old, billing."),
                Column("line", "Lines.", "list of text"),
                Column("postalCode", "Postcode.", "postcode"),
                Column("period", "When it was lived at.", "object of period"),
            ),
        ),
        Table("practice", (Column("identifier", "Its code.", "object of organization"),)),
        Table("organization", (Column("value", "ODS code."), Column("period", "When.", "object of period"))),
    )
}


def recognises(source: "Source") -> bool:
    """By the word that every FHIR resource has; what kind of resource it is, `records` says."""
    keys = source.json_start()
    if keys is None:
        return False
    if keys == ("people",):
        return '"addressPostalCode"' in source.head_text
    return "resourceType" in keys and any(
        f'"{kind}"' in source.head_text for kind in ("Patient", "Bundle", "OperationOutcome")
    )


def header(source: "Source") -> Header:
    return Header()


def records(source: "Source") -> Iterator[RawRecord]:
    from sightline.intake.reading import documents

    if is_lines(source):
        for raw in documents.json_lines(source):
            yield from _patients(raw.content, raw.place)
        return
    value = documents.json_of(source)
    for each in value if isinstance(value, list) else [value]:
        yield from _patients(each, Place(source.name, 1))


def _patients(resource: Any, place: Place) -> Iterator[RawRecord]:
    if not isinstance(resource, dict):
        yield raw_record(resource, place, "patient")
        return
    if "people" in resource:
        yield from _from_short_list(resource["people"], place)
        return
    kind = resource.get("resourceType")
    if kind == "OperationOutcome":
        raise CannotBeRead(OUTCOME.at(place, code=_code_of(resource)))
    if kind != "Bundle":
        yield _patient(resource, place)
        return
    entries = resource.get("entry")
    for number, entry in enumerate(entries if isinstance(entries, list) else []):
        where = Place(place.file, place.line, f"entry[{number}]")
        yield _patient(entry.get("resource") if isinstance(entry, dict) else entry, where)


def _from_short_list(people: Any, place: Place) -> Iterator[RawRecord]:
    """The short form that the department's stub of PDS holds patients in, as the resources it stands for."""
    for number, each in enumerate(people if isinstance(people, list) else []):
        where = Place(place.file, place.line, f"people[{number}]")
        if not isinstance(each, dict):
            yield raw_record(each, where, "patient")
            continue
        resource = {
            "resourceType": "Patient",
            "id": each.get("nhsNumber"),
            "name": [{"use": "usual", "family": each.get("family"), "given": [each.get("given")]}],
            "gender": each.get("gender"),
            "birthDate": each.get("birthDate"),
            "address": [{"use": "home", "postalCode": each.get("addressPostalCode")}],
        }
        yield _patient(resource, where)


def _patient(resource: Any, place: Place) -> RawRecord:
    raw = raw_record(resource, place, "patient")
    if not raw.findings and raw.content.get("resourceType") != "Patient":
        return RawRecord(place, "patient", raw.content, (OTHER_RESOURCE.at(place),))
    return raw


def _code_of(outcome: Mapping[str, Any]) -> str:
    """A code of PDS is capitals; anything else that may stand there is not repeated."""
    try:
        code = str(outcome["issue"][0]["details"]["coding"][0]["code"])
    except (KeyError, IndexError, TypeError):
        return "unknown"
    return code if code.replace("_", "").isalpha() and code.isupper() else "unknown"


def judge(raw: RawRecord, header: Header, as_of: date) -> Judged:
    read = Shape(TABLES, raw.place, as_of)
    patient = read.read(raw.content, "patient", raw.place.column)
    given = [each for each in patient["identifier"] if each["system"] == NHS_NUMBER_SYSTEM]
    record_id = patient["id"] or next((each["value"] for each in given), "")
    if not record_id:
        return read.refused(NO_NUMBER, f"{patient.path}.id".lstrip("."))
    is_hidden = any(each["code"].upper() in _RESTRICTED for each in patient["meta"]["security"])
    if is_hidden:
        read.find(RESTRICTED, _path(patient, "meta"))
    person = _person(read, patient, record_id, _checked_number(read, patient, record_id, given), is_hidden)
    events = (*_of_life(patient, record_id), *(() if is_hidden else _of_practices(patient, record_id)))
    if not is_hidden:
        events += tuple(_of_addresses(patient, record_id))
    return Judged((person,), events, tuple(_without_address(read.findings) if is_hidden else read.findings))


def _path(patient: Item, member: str) -> str:
    return f"{patient.path}.{member}".lstrip(".")


def _without_address(findings: list[Finding]) -> list[Finding]:
    return [each for each in findings if "address" not in each.place.column]


def _checked_number(read: Shape, patient: Item, record_id: str, given: list[Item]) -> str:
    from sightline.intake.check_digits import nhs_number

    number = nhs_number(record_id)
    if not number:
        read.find(BAD_NUMBER, _path(patient, "id"))
    for each in given:
        if each["value"] and each["value"] != record_id:
            read.find(SUPERSEDED, each.path)
        codes = [
            code["code"] for more in each["extension"] for code in more["valueCodeableConcept"]["coding"]
        ]
        if codes and _VERIFIED not in codes:
            status = codes[0] if codes[0].isdigit() else "unknown"
            read.find(NOT_VERIFIED, each.path, code=status)
    return number


def _is_current(item: Item, as_of: date) -> bool:
    start, end = item["period"]["start"], item["period"]["end"]
    return (start is None or start.day <= as_of) and (end is None or end.day >= as_of)


_NAME_ORDER = ("usual", "official", "", "temp", "nickname", "anonymous", "old", "maiden")


def _rank(name: Item, as_of: date) -> tuple[bool, int, int]:
    """Names in use first, then by what they are used for, then the latest."""
    use = name["use"] if name["use"] in _NAME_ORDER else ""
    start: Moment | None = name["period"]["start"]
    return (not _is_current(name, as_of), _NAME_ORDER.index(use), -(start.day.toordinal() if start else 0))


def _whole(name: Item) -> str:
    return " ".join((*name["given"], name["family"])).strip()


def _person(read: Shape, patient: Item, record_id: str, number: str, is_hidden: bool) -> PersonRecord:
    names = sorted(
        (each for each in patient["name"] if _whole(each)), key=lambda each: _rank(each, read.as_of)
    )
    if not names or not _is_current(names[0], read.as_of):
        read.find(NO_NAME, _path(patient, "name"))
    first = names[0] if names else None
    aliases = dict.fromkeys(_whole(each) for each in names[1:] if first and _whole(each) != _whole(first))
    sex = _SEXES.get(patient["gender"].lower())
    if patient["gender"] and sex is None:
        read.find(BAD_GENDER, _path(patient, "gender"))
    homes = [] if is_hidden else [each for each in patient["address"] if each["use"] in ("home", "")]
    now = [each for each in homes if _is_current(each, read.as_of)]
    homes = [*now, *(each for each in reversed(homes) if each not in now)]
    codes = list(dict.fromkeys(each["postalCode"] for each in homes if each["postalCode"]))
    current = homes[0] if homes else None
    postcode = current["postalCode"] if current else ""
    died = patient["deceasedDateTime"]
    return PersonRecord(
        record_id=record_id,
        surname=first["family"] if first else "",
        forenames=" ".join(first["given"]) if first else "",
        aliases=tuple(aliases),
        born_on=patient["birthDate"],
        died_on=died.day if died else None,
        sex=sex,
        nhs_number=number,
        postcode=postcode,
        address=", ".join(current["line"]) if current else "",
        former_postcodes=tuple(each for each in codes if each != postcode),
        gp_practice="" if is_hidden else _practice(patient, read.as_of),
        is_address_protected=is_hidden,
    )


def _practice(patient: Item, as_of: date) -> str:
    organizations = [
        each["identifier"] for each in patient["generalPractitioner"] if each["identifier"]["value"]
    ]
    current = [each["value"] for each in organizations if _is_current(each, as_of)]
    return current[0] if current else ""


def _of_life(patient: Item, record_id: str) -> Iterator[SourceEvent]:
    born, died = patient["birthDate"], patient["deceasedDateTime"]
    if born:
        several = patient["multipleBirthInteger"]
        words = f"Born; the birth order is held as {several}." if several else "Born."
        details = {"multiple_birth": several} if several else {}
        yield SourceEvent(record_id, "birth", EventKind.BIRTH, born, words, details=details)
    if died:
        yield SourceEvent(
            *(record_id, "death", EventKind.DEATH, died.day, "Died, as the health service holds it."),
            sensitivity=EventSensitivity.SENSITIVE,
        )


def _of_practices(patient: Item, record_id: str) -> Iterator[SourceEvent]:
    for each in patient["generalPractitioner"]:
        practice = each["identifier"]
        start, end = practice["period"]["start"], practice["period"]["end"]
        if practice["value"]:
            yield SourceEvent(
                record_id,
                f"practice/{practice['value']}/{start.day if start else ''}",
                EventKind.GP_REGISTRATION,
                start.day if start else None,
                f"Registered with GP practice {practice['value']}.",
                DatePrecision.DAY if start else DatePrecision.UNKNOWN,
                until=end.day if end else None,
                is_open=end is None,
                details={"gp_practice": practice["value"]},
            )


def _of_addresses(patient: Item, record_id: str) -> Iterator[SourceEvent]:
    """Where somebody lived is not said: that the address changed is what a chronology needs."""
    for number, each in enumerate(patient["address"]):
        start = each["period"]["start"]
        if start and each["use"] in ("home", "temp", ""):
            kind = "temporary address" if each["use"] == "temp" else "home address"
            yield SourceEvent(
                record_id,
                f"address/{start.day}/{number}",
                EventKind.CHANGE_OF_ADDRESS,
                start.day,
                f"New {kind} held by the health service.",
                details={"postcode": each["postalCode"]} if each["postalCode"] else {},
            )


FORMAT = Format(
    name="pds-patients",
    title="PDS FHIR patients",
    about=(
        "Patients as the NHS Personal Demographics Service gives them by its FHIR interface: one Patient, a "
        "Bundle of them, or one resource a line. Names and addresses come with their periods."
    ),
    kinds=(AgencyKind.HEALTH,),
    unit="patient",
    delivery=Delivery.CHANGES,
    tables=tuple(TABLES.values()),
    rules=RULES,
    sources=("https://digital.nhs.uk/developer/api-catalogue/personal-demographics-service-fhir",),
    recognises=recognises,
    header=header,
    records=records,
    judge=judge,
)
