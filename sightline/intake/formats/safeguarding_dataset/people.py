"""The tables that say who people are: the person, where they live, the numbers that others have for them."""

import json
import re
from datetime import date

from sightline.intake.check_digits import nhs_number, upn
from sightline.intake.declaration import Judged
from sightline.intake.ethnicities import MAIN_CODES
from sightline.intake.formats.safeguarding_dataset import rules
from sightline.intake.formats.safeguarding_dataset.row import DataRow
from sightline.intake.records import PersonRecord, SourceEvent
from sightline.vocabulary.events import EventKind

_ADULT = 26
"""Care leavers have a right to help up to 25; who is older stands in the records as somebody's parent."""
_ULN = re.compile(r"\d{10}", re.ASCII)
_ADDRESS_PARTS = ("ROOM", "FLOOR", "FLAT", "BUILDING", "HOUSE", "STREET", "TOWN")
_SCHEMES = {
    "case number": "Case number",
    "home office registration": "Home Office",
    "national insurance number": "NINO",
    "yot number": "YOT",
    "court case number": "Court case",
    "raa id": "RAA",
    "incident id": "Incident",
    "unique learner number": "ULN",
}


def person(row: DataRow) -> Judged:
    number = row.nhs_number("pers_common_child_id")
    birth, expected = row.day("pers_dob"), row.day("pers_expected_dob", may_lie_ahead=True)
    if birth and expected:
        row.find(rules.BOTH_BIRTHS, "pers_expected_dob")
        expected = None
    surname, forename = row.text("pers_surname"), row.text("pers_forename")
    if not (surname or forename or birth or expected or number):
        return row.refused(rules.NOBODY)
    for column in ("pers_surname", "pers_forename"):
        if not row.text(column) and not expected:
            row.find(rules.NO_NAME, column, column=column)
    if not birth and not expected and not row.text("pers_dob"):
        row.find(rules.NO_BIRTH, "pers_dob")
    death = row.day("pers_death_date")
    if birth and death and death < birth:
        row.find(rules.DIED_BEFORE_BIRTH, "pers_death_date", death=death, birth=birth)
    row.word("pers_upn_unknown")
    ethnicity = MAIN_CODES[row.text("pers_ethnicity").upper()].value if row.word("pers_ethnicity") else ""
    legacy = row.text("pers_legacy_id")
    record = PersonRecord(
        row.person,
        surname=surname,
        forenames=forename,
        born_on=birth,
        expected_on=expected,
        died_on=death,
        sex=row.sex("pers_sex"),
        ethnicity=ethnicity,
        nhs_number=number,
        other_ids=(("Number in the system before", legacy),) if legacy and legacy != row.person else (),
        is_adult=_is_adult(row, birth),
    )
    events: tuple[SourceEvent, ...] = ()
    if death:
        events = (row.event(EventKind.DEATH, death, "Died.", part="death"),)
    return Judged((record,), events)


def _is_adult(row: DataRow, birth: date | None) -> bool:
    if birth is None:
        return False
    as_of = row.as_of
    age = as_of.year - birth.year - ((as_of.month, as_of.day) < (birth.month, birth.day))
    if age < _ADULT:
        return False
    row.find(rules.TOO_OLD, "pers_dob", day=birth, age=age)
    return True


def address(row: DataRow) -> Judged:
    """Where a child is placed must not be found from a postcode, so a placement gives none."""
    start, end = row.period("addr_address_start_date", "addr_address_end_date")
    kind = row.text("addr_address_type").lower()
    is_placement = "placement" in kind or "foster" in kind
    postcode = row.postcode("addr_address_postcode")
    is_past = end is not None and end <= row.as_of
    written = "" if is_placement or is_past else _written(row)
    record = PersonRecord(
        row.person,
        postcode="" if is_placement or is_past else postcode,
        address=written,
        former_postcodes=(postcode,) if postcode and is_past and not is_placement else (),
        is_address_protected=is_placement and not is_past,
    )
    if start is None or is_placement:  # the table of placements tells those
        return Judged((record,))
    moved = row.event(
        EventKind.CHANGE_OF_ADDRESS,
        start,
        "Moved to another address.",
        until=end,
        is_open=end is None,
    )
    return Judged((record,), (moved,))


def _written(row: DataRow) -> str:
    text = row.text("addr_address_json")
    if not text.startswith("{"):
        return text
    try:
        parts = json.loads(text)
    except (ValueError, RecursionError):
        parts = None
    if not isinstance(parts, dict):
        row.find(rules.NOT_JSON, "addr_address_json")
        return ""
    return ", ".join(
        str(parts[each]).strip() for each in _ADDRESS_PARTS if str(parts.get(each) or "").strip()
    )


def linked_identifier(row: DataRow) -> Judged:
    kind, value = row.text("link_identifier_type").lower(), row.text("link_identifier_value")
    ended = row.day("link_valid_to_date", may_lie_ahead=True)
    if not kind or not value:
        return Judged()
    is_past = ended is not None and ended < row.as_of
    if "pupil" in kind or kind == "upn":
        number = upn(value)
        if not number:
            row.find(row.rules.upn, "link_identifier_value")
            return Judged()
        return Judged(
            (PersonRecord(row.person, upn="" if is_past else number, former_upn=number if is_past else ""),)
        )
    if "nhs" in kind:
        number = nhs_number(value)
        if not number:
            row.find(row.rules.nhs_number, "link_identifier_value")
            return Judged()
        return Judged((PersonRecord(row.person, nhs_number=number),))
    scheme = _SCHEMES.get(kind)
    if scheme is None:
        row.find(rules.IDENTIFIER_TYPE, "link_identifier_type")
        return Judged()
    return Judged((PersonRecord(row.person, other_ids=((scheme, value),)),))


def in_education(row: DataRow) -> Judged:
    row.word("send_upn_unknown")
    number, learner = row.upn("send_upn"), row.text("send_uln")
    if learner and not _ULN.fullmatch(learner):
        row.find(rules.ULN, "send_uln")
        learner = ""
    if not number and not learner:
        return Judged()
    return Judged((PersonRecord(row.person, upn=number, other_ids=(("ULN", learner),) if learner else ()),))


def closed_at_adoption(row: DataRow) -> tuple[PersonRecord, ...]:
    """The record of a child's life before adoption, which is never to be joined to the one after."""
    return (PersonRecord(row.person, is_restricted=True),)
