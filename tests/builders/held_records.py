"""Rows as intake holds them, with sensible values for what a test does not name. Nobody here is real."""

from datetime import date
from typing import Any

from django.utils import timezone

from sightline.intake.models import Agency, Extract, HeldEvent, HeldPerson

COUNCIL, FORCE, TRUST = "E06000047", "durham-police", "RXP"
MADE_ON = date(2025, 6, 1)
_TEXTS = (
    *(
        "surname",
        "forenames",
        "preferred_forename",
        "former_surname",
        "sex",
        "ethnicity",
        "nhs_number",
        "upn",
    ),
    *("former_upn", "postcode", "address", "la_code", "school", "gp_practice"),
)
_FLAGS = ("is_adult", "is_restricted", "is_address_protected")
PERSON: dict[str, Any] = {
    **dict.fromkeys(_TEXTS, ""),
    **dict.fromkeys(_FLAGS, False),
    "aliases": [],
    "other_ids": [],
    "former_postcodes": [],
}
EVENT: dict[str, Any] = {
    **dict.fromkeys(("summary", "time", "text"), ""),
    "precision": "day",
    "is_open": False,
    "statement": "fact",
    "sensitivity": "ordinary",
    "details": {},
}


def an_extract(
    agency: Agency,
    *,
    form: str = "cin-census",
    collection: str = "",
    state: str = "loaded",
    made_on: date = MADE_ON,
) -> Extract:
    return Extract.objects.create(
        agency=agency,
        format=form,
        collection=collection,
        file_name="file.csv",
        sha256="0" * 64,
        size=1,
        made_on=made_on,
        received_at=timezone.now(),
        by="A. Loader",
        as_of=made_on,
        code_version="1",
        state=state,
    )


def a_person(extract: Extract, record_id: str, **differing: Any) -> None:
    HeldPerson.objects.create(
        extract=extract,
        number=1,
        line=2,
        agency=extract.agency_id,
        record_id=record_id,
        **(PERSON | {"born_on": date(2016, 2, 11)} | differing),
    )


def an_event(extract: Extract, record_id: str, kind: str, on: date | None, **differing: Any) -> None:
    HeldEvent.objects.create(
        extract=extract,
        number=1,
        line=2,
        agency=extract.agency_id,
        record_id=record_id,
        kind=kind,
        on=on,
        **(EVENT | {"event_id": f"{kind}-{on}", "summary": f"{kind} told."} | differing),
    )
