"""What authorities send to the department's children's social care data API: changes, child by child.

A purge flag says that something sent before must go. It is honoured at every level: a purged child is
withdrawn, a purged part gives no event and takes back the events that it gave.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sightline.intake.declaration import CannotBeRead, Delivery, Format, Header, Judged, RawRecord, Rule
from sightline.intake.formats import shape
from sightline.intake.formats.json_objects import NO_OBJECT, raw_record
from sightline.intake.formats.shape import Item, Shape
from sightline.intake.formats.social_care_api_events import Told
from sightline.intake.formats.social_care_api_layout import TABLES
from sightline.intake.records import PersonRecord
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.areas import AUTHORITIES
from sightline.vocabulary.codes import Ethnicity
from sightline.vocabulary.findings import Place, Severity

if TYPE_CHECKING:
    from sightline.intake.sources import Source

_SOURCE = "Children's social care data API, specification 0.7"
NO_CHILDREN = Rule("csc-api.no-children", Severity.ERROR, "The payload has no “Children”.", source=_SOURCE)
NO_CHILD_ID = Rule(
    "csc-api.no-child-id",
    Severity.ERROR,
    "The child has no la_child_id: nothing could be corrected.",
    source=_SOURCE,
)
PURGED = Rule(
    "csc-api.purged",
    Severity.WARNING,
    "“{field}” has a purge flag: what it gave earlier is withdrawn, and nothing is taken from it now.",
    source=_SOURCE,
)
ENDS_BEFORE = Rule(
    "csc-api.ends-before-it-begins", Severity.WARNING, "“{field}” ends before it begins.", source=_SOURCE
)
NOBODY = Rule("csc-api.nobody", Severity.WARNING, "The child has neither name nor date.", source=_SOURCE)
NO_AUTHORITY = Rule(
    "csc-api.la-code",
    Severity.WARNING,
    "la_code is not the number of an authority in England.",
    source=_SOURCE,
)
RULES = (NO_CHILDREN, NO_CHILD_ID, PURGED, ENDS_BEFORE, NOBODY, NO_AUTHORITY, NO_OBJECT, *shape.RULES)


def recognises(source: "Source") -> bool:
    keys = {each.lower() for each in source.json_start() or ()}
    return {"la_code", "children"} <= keys


def header(source: "Source") -> Header:
    code = next((str(each.get("la_code") or "") for each in _payloads(source)), "")
    findings = () if _authority(code) else (NO_AUTHORITY.at(Place(source.name, 1, "la_code")),)
    return Header(sender=code, findings=findings)


def records(source: "Source") -> Iterator[RawRecord]:
    """One record a child, whether the payload holds one or a list of them."""
    for payload in _payloads(source):
        children = payload.get("Children", payload.get("children"))
        if children is None:
            raise CannotBeRead(NO_CHILDREN.at(Place(source.name, 1)))
        listed = children if isinstance(children, list) else [children]
        for number, each in enumerate(listed):
            yield raw_record(each, Place(source.name, 1, f"Children[{number}]"), "child")


def _payloads(source: "Source") -> list[dict[str, Any]]:
    from sightline.intake.reading import documents

    value = documents.json_of(source)
    payloads = value if isinstance(value, list) else [value]
    if not all(isinstance(each, dict) for each in payloads):
        raise CannotBeRead(NO_CHILDREN.at(Place(source.name, 1)))
    return payloads


@lru_cache
def _authority(la_code: str) -> str:
    """The nine-character code for the department's three digits: the latest authority that has them."""
    found = [each for each in AUTHORITIES.values() if la_code and each.old_code == la_code]
    found.sort(key=lambda each: each.operated_from, reverse=True)
    return found[0].code if found else ""


def judge(raw: RawRecord, header: Header, as_of: date) -> Judged:
    read = Shape(TABLES, raw.place, as_of)
    child = read.read(raw.content, "child", raw.place.column)
    record_id = child["la_child_id"]
    if not record_id:
        return read.refused(NO_CHILD_ID, f"{child.path}.la_child_id")
    if child["purge"]:
        read.find(PURGED, child.path)
        return Judged(findings=tuple(read.findings), withdrawn=(record_id,))
    told = Told(read, record_id, purged=PURGED, ends_before=ENDS_BEFORE)
    told.child(child["child_details"])
    told.health(child["health_and_wellbeing"])
    for episode in child["social_care_episodes"]:
        told.episode(episode)
    return Judged(
        # A payload of changes that says nothing of who the child is changes nothing of it.
        (_person(read, child, _authority(header.sender)),) if child["child_details"].was_given else (),
        tuple(told.events),
        tuple(read.findings),
        withdrawn_events=tuple((record_id, event_id) for event_id in told.withdrawn),
    )


def _person(read: Shape, child: Item, la_code: str) -> PersonRecord:
    """Who the child is. Purged details leave the number alone, which replaces what was known before."""
    details = child["child_details"]
    mis = child["mis_child_id"]
    other_ids = (("mis_child_id", mis),) if mis else ()
    if details["purge"]:
        read.find(PURGED, details.path)
        return PersonRecord(child["la_child_id"], la_code=la_code, other_ids=other_ids)
    if not any(
        details[each] for each in ("first_name", "surname", "date_of_birth", "expected_date_of_birth")
    ):
        read.find(NOBODY, details.path)
    born_on = details["date_of_birth"]
    return PersonRecord(
        record_id=child["la_child_id"],
        surname=details["surname"],
        forenames=details["first_name"],
        born_on=born_on,
        expected_on=None if born_on else details["expected_date_of_birth"],
        sex=details["sex"],
        ethnicity=details["ethnicity"] if details["ethnicity"] in Ethnicity.codes() else "",
        upn=details["unique_pupil_number"],
        former_upn=details["former_unique_pupil_number"],
        other_ids=other_ids,
        postcode=details["postcode"],
        la_code=la_code,
    )


FORMAT = Format(
    name="social-care-api",
    title="Children's social care data API payload",
    about=(
        "What an authority's system sends to the department's children's social care data API: children "
        "with their details, episodes, plans and placements, as changes since the last payload, "
        "with flags for what must be removed."
    ),
    kinds=(AgencyKind.SOCIAL_CARE,),
    unit="child",
    delivery=Delivery.CHANGES,
    tables=tuple(TABLES.values()),
    rules=RULES,
    sources=("https://github.com/data-to-insight/dfe-csc-api-data-flows",),
    recognises=recognises,
    header=header,
    records=records,
    judge=judge,
)
