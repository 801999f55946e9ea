"""Invented children's stories, told by invented agencies. Nobody here is real."""

from datetime import date
from itertools import count
from typing import Any

from sightline.chronology.told import AccountedEvent, AgencyAnswer, HeldRecord, Tells
from sightline.intake.records import PersonRecord, SourceEvent
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity, Nothing, StatementType

COUNCIL, TRUST, SCHOOLS, FORCE = "E06000047", "RXP", "EDU-SOUTHMOOR", "durham-police"
NAMES = {
    COUNCIL: "County Durham council",
    TRUST: "Fellside hospital trust",
    SCHOOLS: "Southmoor schools",
    FORCE: "Wearside police",
}
KIND_OF = {
    COUNCIL: AgencyKind.SOCIAL_CARE,
    TRUST: AgencyKind.HEALTH,
    SCHOOLS: AgencyKind.EDUCATION,
    FORCE: AgencyKind.POLICE,
}
SOURCE_OF = {
    COUNCIL: "cin-census",
    TRUST: "hospital-events",
    SCHOOLS: "school-census",
    FORCE: "police-incidents",
}
AS_OF = date(2025, 6, 30)
_numbers = count(1)


def an_event(kind: EventKind, on: date | None, **differing: Any) -> SourceEvent:
    values = {"record_id": "R1", "event_id": f"e{next(_numbers)}", "summary": f"{kind.label}."}
    return SourceEvent(kind=kind, on=on, **(values | differing))


def told(
    agency: str,
    kind: EventKind,
    on: date | None,
    *,
    source: str = "",
    agency_kind: AgencyKind | None = None,
    made_on: date | None = date(2025, 6, 1),
    **differing: Any,
) -> AccountedEvent:
    return AccountedEvent(
        agency,
        agency_kind or KIND_OF[agency],
        source or SOURCE_OF[agency],
        an_event(kind, on, **differing),
        made_on,
    )


def held(agency: str, **person: Any) -> HeldRecord:
    return HeldRecord(
        agency, KIND_OF[agency], PersonRecord(**({"record_id": "R1", "born_on": date(2016, 2, 11)} | person))
    )


EVERYTHING = Tells(frozenset(EventKind), frozenset(EventKind))


def answered(agency: str, nothing: Nothing | None = None, **differing: Any) -> AgencyAnswer:
    values = {"told_to": date(2025, 6, 1), "tells": EVERYTHING}
    return AgencyAnswer(agency, KIND_OF[agency], nothing, **(values | differing))


def a_story() -> list[AccountedEvent]:
    """Poppy Wren, invented: nine years old, known to four agencies, several events told twice."""
    sensitive = EventSensitivity.SENSITIVE
    return [
        told(TRUST, EventKind.BIRTH, date(2016, 2, 11), event_id="birth", summary="Born at 37 weeks."),
        told(
            TRUST,
            EventKind.WAS_NOT_BROUGHT,
            date(2023, 11, 6),
            time="10:20",
            event_id="wnb1",
            summary="Was not brought to a paediatric appointment.",
        ),
        told(
            SCHOOLS,
            EventKind.SCHOOL_ROLL,
            date(2020, 9, 1),
            is_open=True,
            event_id="roll",
            details={"School URN": "100123"},
            summary="On the roll of Southmoor Primary.",
        ),
        told(
            SCHOOLS,
            EventKind.ATTENDANCE,
            date(2024, 9, 1),
            until=date(2024, 12, 20),
            precision=DatePrecision.TERM,
            event_id="att1",
            summary="Attended 118 of 140 sessions.",
            details={"SessionsPossible": "140", "SessionsAuthorised": "6", "SessionsUnauthorised": "16"},
        ),
        told(
            FORCE,
            EventKind.DOMESTIC_ABUSE,
            date(2024, 3, 2),
            time="23:40",
            event_id="da1",
            sensitivity=sensitive,
            summary="Domestic abuse incident at home; the child was upstairs.",
            text="PC Marsh: “Child said she put the pillow over her ears.”",
            details={"Officer": "PC Marsh"},
        ),
        told(
            FORCE,
            EventKind.POLICE_NOTICE,
            date(2024, 3, 3),
            event_id="ppn1",
            time="09:15",
            summary="Public protection notice, graded amber.",
            details={"Grade": "amber"},
        ),
        told(
            COUNCIL,
            EventKind.REFERRAL,
            date(2024, 3, 5),
            event_id="ref1",
            summary="Referred by police; outcome: assessment.",
            details={"ReferralSource": "6", "Outcome": "assessment", "Social worker": "A. Okoro"},
        ),
        told(
            COUNCIL,
            EventKind.REFERRAL,
            date(2024, 3, 5),
            event_id="ref1",
            source="annex-a",
            summary="Referral received from police.",
            details={"Referral Source": "6: Police"},
        ),
        told(
            COUNCIL,
            EventKind.SECTION_47,
            date(2024, 3, 8),
            until=date(2024, 3, 22),
            event_id="s47",
            summary="Section 47 enquiry; outcome: conference.",
        ),
        told(
            COUNCIL,
            EventKind.SECTION_47,
            date(2024, 3, 8),
            until=date(2024, 3, 25),
            event_id="s47",
            source="annex-a",
            summary="Section 47 enquiry.",
        ),
        told(
            TRUST,
            EventKind.EMERGENCY_ATTENDANCE,
            date(2024, 3, 7),
            time="18:05",
            event_id="ae1",
            sensitivity=sensitive,
            summary="Emergency department attendance: wrist injury.",
            text="Mother said that she fell from a trampoline; child would not say.",
        ),
        told(
            COUNCIL,
            EventKind.EMERGENCY_ATTENDANCE,
            date(2024, 3, 8),
            event_id="ae-c",
            source="annex-a",
            summary="Hospital told us of an attendance.",
            statement=StatementType.OPINION,
        ),
        told(
            COUNCIL,
            EventKind.CHILD_PROTECTION_PLAN,
            date(2024, 4, 2),
            is_open=True,
            event_id="cpp1",
            summary="Child protection plan: neglect.",
            details={"Category": "NEG"},
        ),
        told(
            FORCE,
            EventKind.MISSING_EPISODE,
            date(2025, 1, 14),
            time="21:30",
            event_id="mis1",
            summary="Reported missing; medium risk; found next day.",
        ),
        told(
            SCHOOLS,
            EventKind.MISSING_EPISODE,
            date(2025, 1, 15),
            event_id="mis-s",
            summary="Not in school; carer says missing since last night.",
            statement=StatementType.ALLEGATION,
        ),
        told(
            COUNCIL,
            EventKind.VISIT,
            date(2024, 5, 1),
            precision=DatePrecision.MONTH,
            event_id="v1",
            summary="Seen at home, alone.",
        ),
        told(
            COUNCIL,
            EventKind.EARLY_HELP,
            None,
            precision=DatePrecision.UNKNOWN,
            event_id="eh1",
            summary="Early help, closed.",
        ),
    ]


def a_childs_records(**person: Any) -> list[HeldRecord]:
    return [held(agency, **person) for agency in (COUNCIL, TRUST, SCHOOLS, FORCE)]


def everybodys_answers() -> list[AgencyAnswer]:
    return [answered(agency) for agency in (COUNCIL, TRUST, SCHOOLS, FORCE)]
