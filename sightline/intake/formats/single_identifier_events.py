"""What each type of single-identifier record tells of a child. Much of it has no day, some a year."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from sightline.intake.formats.shape import Item
from sightline.intake.records import SourceEvent
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity, StatementType

_SENSITIVE = EventSensitivity.SENSITIVE
_STATUSES: Mapping[str, EventKind] = {
    "child in need": EventKind.CHILD_IN_NEED,
    "child protection": EventKind.CHILD_PROTECTION_PLAN,
    "looked after": EventKind.LOOKED_AFTER,
    "in care": EventKind.LOOKED_AFTER,
    "early help": EventKind.EARLY_HELP,
    "care leaver": EventKind.CARE_LEAVING,
    "send": EventKind.SEND,
    "educated at home": EventKind.HOME_EDUCATION,
}
_RISKS: Mapping[str, str] = {
    "riskSexualExploitation": "sexual exploitation",
    "riskCriminalExploitation": "criminal exploitation",
    "riskRadicalisation": "radicalisation",
    "riskModernSlaveryAndTrafficking": "modern slavery and trafficking",
    "riskGangsAndYouthViolence": "gangs and youth violence",
}


class Event(NamedTuple):
    """One event before it has its record and number. `name` is what it is called in that number."""

    name: str
    kind: EventKind
    on: date | None
    summary: str
    precision: DatePrecision = DatePrecision.DAY
    until: date | None = None
    is_open: bool = False
    sensitivity: EventSensitivity = EventSensitivity.ORDINARY
    statement: StatementType = StatementType.FACT
    text: str = ""
    details: Mapping[str, str] = {}


def events_of(record_type: str, item: Item, record_id: str, taken: set[str]) -> Iterator[SourceEvent]:
    """`taken` holds the numbers that events of the child already have."""
    for event in _TELLERS[record_type](item):
        stem = f"{record_type}/{event.name}/{event.on or 'undated'}"
        event_id, count = stem, 1
        while event_id in taken:
            count += 1
            event_id = f"{stem}/{count}"
        taken.add(event_id)
        _, kind, on, summary, precision, until, is_open, sensitivity, statement, text, details = event
        yield SourceEvent(
            *(record_id, event_id, kind, on, summary),
            DatePrecision.UNKNOWN if on is None else precision,
            until=until,
            is_open=is_open,
            statement=statement,
            sensitivity=sensitivity,
            text=text,
            details={name: value for name, value in details.items() if value},
        )


def _statuses(
    items: list[Item], sensitivity: EventSensitivity = EventSensitivity.ORDINARY
) -> Iterator[Event]:
    for each in items:
        words = [each[name] for name in ("status", "plan") if each[name]]
        kind = next(
            (kind for word, kind in _STATUSES.items() if word in each["status"].lower()), EventKind.OTHER
        )
        if words:
            yield Event(
                *("status", kind, None, "Open at the time of the record; since when is not said."),
                is_open=True,
                sensitivity=sensitivity,
                text="; ".join(words),
                details={"status": each["status"], "plan": each["plan"]},
            )


def _personal(item: Item) -> Iterator[Event]:
    for each in item["relatedPeople"]:
        for risk in each["risk"]:
            yield Event(
                *(
                    "related_risk",
                    EventKind.OTHER,
                    None,
                    "A risk was noted about somebody related to the child.",
                ),
                sensitivity=_SENSITIVE,
                statement=StatementType.OPINION,
                text=risk,
                details={"relation": each["relationshipToTheChild"]},
            )


def _childrens_services(item: Item) -> Iterator[Event]:
    yield from _statuses(item["cscActiveStatusesAndPlans"])
    if item["childProtection"]:
        yield Event(
            *("child_protection", EventKind.CHILD_PROTECTION_PLAN, None),
            "On a child protection plan; since when is not said.",
            is_open=True,
        )
    for each in item["childrensServicesReferrals"]:
        is_early_help = "early help" in each["type"].lower()
        yield Event(
            "early_help" if is_early_help else "referral",
            EventKind.EARLY_HELP if is_early_help else EventKind.REFERRAL,
            each["date"],
            "Early help request." if is_early_help else "Referred to children's social care.",
            text=each["reason"],
            details={"type": each["type"]},
        )


def _education(item: Item) -> Iterator[Event]:
    yield from _statuses(item["educationActiveStatusesAndPlans"])
    if item["electivelyHomeEducated"]:
        yield Event("home_education", EventKind.HOME_EDUCATION, None, "Educated at home.", is_open=True)
    for each in item["yearlyEducationAttendances"]:
        yield from _school_year(each)


def _school_year(item: Item) -> Iterator[Event]:
    year = item["academicTermYearStart"]
    is_year = year.isdigit() and 1990 <= int(year) <= 2100
    begins = date(int(year), 9, 1) if is_year else None
    ends = date(int(year) + 1, 8, 31) if is_year else None
    label = f"school year {year}/{(int(year) + 1) % 100:02}" if is_year else "a school year that is not given"
    if item["attendancePercentage"]:
        yield Event(
            *("attendance", EventKind.ATTENDANCE, begins),
            f"Attended {item['attendancePercentage']}% of sessions in {label}.",
            *(DatePrecision.YEAR, ends),
            details={
                "attendance_pct": item["attendancePercentage"],
                "unauthorised_absence_pct": item["unauthorisedAbsencePercentage"],
            },
        )
    for member, kind, one, many in (
        ("suspensions", EventKind.SUSPENSION, "suspension", "suspensions"),
        ("exclusions", EventKind.EXCLUSION, "permanent exclusion", "permanent exclusions"),
        ("schoolMovesNonTransitional", EventKind.CHANGE_OF_SCHOOL, "move of school", "moves of school"),
    ):
        count = item[member]
        if count.isdigit() and int(count):
            words = f"{count} {one if int(count) == 1 else many} in {label}."
            yield Event(member, kind, begins, words, DatePrecision.YEAR, ends, details={"count": count})


def _health(item: Item) -> Iterator[Event]:
    yield from _statuses(item["healthActiveStatusesAndPlans"], _SENSITIVE)
    for each in item["missedAppointments"]:
        yield Event(
            *("missed", EventKind.WAS_NOT_BROUGHT, each["date"], "An appointment was missed."),
            sensitivity=_SENSITIVE,
            text=each["reason"],
            details={"setting": each["setting"]},
        )
    for each in item["emergencyDepartmentAttendances"]:
        yield Event(
            *("emergency", EventKind.EMERGENCY_ATTENDANCE, each["date"], "Emergency department attendance."),
            sensitivity=_SENSITIVE,
            text=each["reason"],
        )


def _crime(item: Item) -> Iterator[Event]:
    if item["policeMarkerDetails"]:
        yield Event(
            *("marker", EventKind.POLICE_NOTICE, None, "The police hold a marker."),
            is_open=True,
            sensitivity=_SENSITIVE,
            statement=StatementType.OPINION,
            text=item["policeMarkerDetails"],
        )
    if item["lastPoliceProtectionPowerEvent"]:
        day = item["lastPoliceProtectionPowerEvent"]
        yield Event(
            "protection", EventKind.POLICE_PROTECTION, day, "Taken into police protection (the last time)."
        )
    elif item["policePowersOfProtection"]:
        yield Event(
            "protection", EventKind.POLICE_PROTECTION, None, "Taken into police protection; when is not said."
        )
    for each in item["missingEpisodes"]:
        held = {True: " A return interview was held.", False: " No return interview was held."}
        words = f"Reported missing.{held.get(each['returnedHomeInterviewAttended'], '')}"
        yield Event("missing", EventKind.MISSING_EPISODE, each["date"], words)
    for member, risk in _RISKS.items():
        if item[member]:
            yield _risk(member, None, risk)
    for each in item["linkedCrimeRisks"]:
        yield _risk("linked", each["date"], "", {"risk": each["riskType"]})
    yield from _statuses(item["crimeActiveStatusesAndPlans"], _SENSITIVE)


def _risk(name: str, on: date | None, of: str, details: Mapping[str, str] | None = None) -> Event:
    return Event(
        *(name, EventKind.EXPLOITATION, on, f"The police see a risk{f' of {of}' if of else ''}."),
        is_open=on is None,
        sensitivity=_SENSITIVE,
        statement=StatementType.OPINION,
        details=details or {},
    )


def _housing(item: Item) -> Iterator[Event]:
    state = item["status"].lower()
    yield Event(
        *("homelessness", EventKind.HOUSING, item["assessmentDate"]),
        f"Homelessness assessed{'; priority need' if item['priorityNeed'] else ''}.",
        is_open=state == "open",
        details={
            "case": item["caseId"],
            "status": item["status"],
            "temporary_accommodation": item["temporaryAccommodation"],
        },
    )


_TELLERS: Mapping[str, Callable[[Item], Iterator[Event]]] = {
    "personal": _personal,
    "childrens-services": _childrens_services,
    "education": _education,
    "health": _health,
    "crime-justice": _crime,
    "housing": _housing,
}
