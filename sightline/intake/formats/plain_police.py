"""The plain CSV extract of a police force: one row for each child who came to notice, with the incident."""

import re
from datetime import date
from functools import lru_cache

from sightline.intake.cells import postcode_of
from sightline.intake.declaration import Column, Delivery, Format, Header, Judged, RawRecord, Table
from sightline.intake.formats import plain_layout
from sightline.intake.formats.plain_layout import Layout, NumbersOnce, Row
from sightline.intake.formats.police_incidents import INCIDENTS, UNKNOWN_INCIDENT, Incident, incident_of
from sightline.intake.records import PersonRecord, SourceEvent
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.events import DatePrecision

UNKNOWN_TYPE = plain_layout.warning(
    "incident-type", "This incident_type is not in the list, so the incident is shown as of another kind."
)
NO_TYPE = plain_layout.warning("no-incident-type", "The row has a date of an incident but not its type.")
NO_INCIDENT_DATE = plain_layout.warning(
    "no-incident-date", "The incident has no date, so it cannot stand at its place in a chronology."
)
BEFORE_BIRTH = plain_layout.warning(
    "incident-before-birth", "The incident of {day} is before the date of birth. One of the two is wrong."
)

_AT_END = re.compile(r"[\s,]*\b([A-Z]{1,2}[0-9][0-9A-Z]?\s?[0-9][A-Z]{2})[\s.]*$", re.ASCII | re.IGNORECASE)
_NO_HOME = re.compile(r"(?:no fixed (?:abode|address)|nfa|homeless)\b", re.ASCII | re.IGNORECASE)

LAYOUT = Layout(
    Table(
        "police",
        (
            Column(
                "record_id", "Your own number for this record; the same in every extract.", is_required=True
            ),
            Column("surname", "Surname.", is_required=True),
            Column("forenames", "All forenames, in order.", is_required=True),
            Column("dob", "Date of birth.", "date, DD/MM/YYYY", is_required=True),
            Column("sex", "Sex.", "code", codes={"M": "Male", "F": "Female", "U": "Not known"}),
            Column("address", "Address in one line, the postcode last."),
            Column(
                "incident_type",
                "What the child came to notice for.",
                "code",
                codes={code: incident.words for code, incident in INCIDENTS.items()},
            ),
            Column("incident_date", "Day of the incident.", "date, YYYY-MM-DD"),
        ),
        "One row for each child and incident.",
    ),
    known_by=frozenset(("record_id", "surname", "forenames", "incident_type")),
)


def judge(raw: RawRecord, header: Header, as_of: date) -> Judged:
    row = Row(raw, as_of)
    record_id = row.text("record_id")
    if not record_id:
        return row.refuse(plain_layout.NO_RECORD_ID, "record_id")
    surname, forenames = row.name("surname"), row.name("forenames")
    born_on = row.born_on("dob")
    if not (surname or forenames or born_on):
        return row.refuse(plain_layout.NOBODY)
    address, postcode = _place(row)
    person = PersonRecord(
        record_id=record_id,
        surname=surname,
        forenames=forenames,
        born_on=born_on,
        sex=row.sex("sex"),
        postcode=postcode,
        address=address,
    )
    return Judged((person,), _incident(row, record_id, born_on), tuple(row.findings))


def _place(row: Row) -> tuple[str, str]:
    """The address without its postcode, and the postcode."""
    text = row.text("address")
    found = _AT_END.search(text)
    postcode = postcode_of(found[1]) if found else None
    if found and isinstance(postcode, str):
        return text[: found.start()], postcode
    if not _NO_HOME.match(text):
        row.find(plain_layout.NO_POSTCODE, "address")
    return text, ""


def _incident(row: Row, record_id: str, born_on: date | None) -> tuple[SourceEvent, ...]:
    code, day = row.text("incident_type"), row.day("incident_date")
    if not code and day is None:
        return ()
    if not code:
        row.find(NO_TYPE, "incident_type")
    if day is None:
        row.find(NO_INCIDENT_DATE, "incident_date")
    elif born_on and day < born_on <= row.as_of:
        row.find(BEFORE_BIRTH, "incident_date", day=day)
    incident = _known_incident(code)
    if incident is None:
        incident = UNKNOWN_INCIDENT
        if code:
            row.find(UNKNOWN_TYPE, "incident_type")
    return (
        SourceEvent(
            record_id,
            "incident",
            incident.kind,
            day,
            incident.sentence,
            DatePrecision.UNKNOWN if day is None else DatePrecision.DAY,
            statement=incident.statement,
            sensitivity=incident.sensitivity,
            details={"incident_type": code},
        ),
    )


@lru_cache(1 << 10)
def _known_incident(code: str) -> Incident | None:
    return incident_of(code)


FORMAT = Format(
    name="plain-police",
    title="Plain extract: police",
    about=(
        "A CSV file with one row for each child who came to the notice of a police force, with what for and "
        "when. A force that can say more sends police notices."
    ),
    kinds=(AgencyKind.POLICE,),
    unit="row",
    delivery=Delivery.WHOLE,
    tables=(LAYOUT.table,),
    rules=(*plain_layout.RULES, UNKNOWN_TYPE, NO_TYPE, NO_INCIDENT_DATE, BEFORE_BIRTH),
    recognises=LAYOUT.recognises,
    header=LAYOUT.header,
    records=LAYOUT.records,
    judge=judge,
    across=NumbersOnce,
)
