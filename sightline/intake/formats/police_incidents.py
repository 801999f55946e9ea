"""What the police are asked to, as codes: one list for the plain extract and for police notices.

The police have no national list for sharing with their partners; these are the occasions on which children
come to notice, in the words that forces use.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from sightline.vocabulary.events import EventKind, EventSensitivity, StatementType

_FACT, _ALLEGATION = StatementType.FACT, StatementType.ALLEGATION
_ORDINARY, _SENSITIVE = EventSensitivity.ORDINARY, EventSensitivity.SENSITIVE


class Incident(NamedTuple):
    """What one code makes of an event. `words` start its sentence."""

    kind: EventKind
    words: str
    statement: StatementType = _FACT
    sensitivity: EventSensitivity = _ORDINARY

    @property
    def sentence(self) -> str:
        return f"{self.words}."


INCIDENTS: Mapping[str, Incident] = MappingProxyType(
    {
        "domestic_abuse": Incident(EventKind.DOMESTIC_ABUSE, "Domestic abuse reported", _ALLEGATION),
        "domestic_abuse_witness": Incident(EventKind.DOMESTIC_ABUSE, "Present at domestic abuse"),
        "missing_episode": Incident(EventKind.MISSING_EPISODE, "Reported missing"),
        "absent": Incident(EventKind.MISSING_EPISODE, "Reported absent"),
        "child_exploitation": Incident(
            EventKind.EXPLOITATION, "Concern about exploitation", _ALLEGATION, _SENSITIVE
        ),
        "child_sexual_exploitation": Incident(
            EventKind.EXPLOITATION, "Concern about sexual exploitation", _ALLEGATION, _SENSITIVE
        ),
        "child_criminal_exploitation": Incident(
            EventKind.EXPLOITATION, "Concern about criminal exploitation", _ALLEGATION, _SENSITIVE
        ),
        "modern_slavery": Incident(
            EventKind.EXPLOITATION, "Concern about modern slavery or trafficking", _ALLEGATION, _SENSITIVE
        ),
        "sexual_offence": Incident(
            EventKind.POLICE_NOTICE, "Sexual offence reported", _ALLEGATION, _SENSITIVE
        ),
        "physical_abuse": Incident(EventKind.POLICE_NOTICE, "Physical abuse reported", _ALLEGATION),
        "neglect": Incident(EventKind.POLICE_NOTICE, "Neglect reported", _ALLEGATION),
        "victim_of_crime": Incident(EventKind.POLICE_NOTICE, "Recorded as a victim of crime"),
        "witness": Incident(EventKind.POLICE_NOTICE, "Recorded as a witness"),
        "welfare_check": Incident(EventKind.POLICE_NOTICE, "Welfare check by the police"),
        "mental_health": Incident(
            EventKind.POLICE_NOTICE, "Mental health concern, police attending", _FACT, _SENSITIVE
        ),
        "self_harm": Incident(EventKind.POLICE_NOTICE, "Self-harm, police attending", _FACT, _SENSITIVE),
        "substance_misuse": Incident(
            EventKind.SUBSTANCE_MISUSE, "Substance misuse noted by the police", _FACT, _SENSITIVE
        ),
        "stop_and_search": Incident(EventKind.POLICE_NOTICE, "Stopped and searched", _FACT, _SENSITIVE),
        "anti_social_behaviour": Incident(
            EventKind.POLICE_NOTICE, "Anti-social behaviour reported", _ALLEGATION, _SENSITIVE
        ),
        "suspect": Incident(EventKind.OFFENCE, "Recorded as a suspect", _ALLEGATION, _SENSITIVE),
        "arrest": Incident(EventKind.ARREST, "Arrested", _FACT, _SENSITIVE),
        "charge": Incident(EventKind.OFFENCE, "Charged with an offence", _ALLEGATION, _SENSITIVE),
        "conviction": Incident(EventKind.OFFENCE, "Convicted of an offence", _FACT, _SENSITIVE),
        "police_protection": Incident(EventKind.POLICE_PROTECTION, "Taken into police protection"),
        "sudden_death": Incident(EventKind.DEATH, "Death attended by the police", _FACT, _SENSITIVE),
        "other": Incident(EventKind.OTHER, "Came to the notice of the police"),
    }
)
"""By code, in the order in which a person is asked."""

UNKNOWN_INCIDENT = Incident(EventKind.OTHER, "Came to the notice of the police")
"""For a code that is not in the list: kept in the event's details as the force wrote it."""


def incident_of(code: str) -> Incident | None:
    """The incident of a code, however a force spaces it (“Missing Episode”, “missing-episode”)."""
    return INCIDENTS.get("_".join(code.lower().replace("-", " ").replace("_", " ").split()))
