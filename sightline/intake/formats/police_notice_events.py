"""What a police notice tells of each of its children: the incident, each account, each action."""

from collections.abc import Iterator, Mapping

from sightline.intake.formats.police_incidents import INCIDENTS, UNKNOWN_INCIDENT, Incident
from sightline.intake.formats.police_notice_layout import ACTIONS, GRADES, PLACES, ROLES
from sightline.intake.formats.shape import Item, Moment
from sightline.intake.records import SourceEvent
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity, StatementType

_KINDS_OF_ACTIONS = {
    "police_protection": EventKind.POLICE_PROTECTION,
    "referral_to_social_care": EventKind.REFERRAL,
    "strategy_discussion": EventKind.STRATEGY_DISCUSSION,
}
_OF_THE_SUSPECT = frozenset((EventKind.ARREST, EventKind.OFFENCE))


def events_of(notice: Item, people: Mapping[str, Item], children: Mapping[str, str]) -> Iterator[SourceEvent]:
    """`children` is the record_id of each child by number."""
    told = _Told(notice, people, children)
    for number, record_id in children.items():
        yield told.of_incident(record_id, people[number])
    for place, account in enumerate(notice["accounts"], start=1):
        yield from told.of_account(account, place)
    for place, action in enumerate(notice["actions"], start=1):
        yield from told.of_action(action, place)


class _Told:
    def __init__(self, notice: Item, people: Mapping[str, Item], children: Mapping[str, str]) -> None:
        self.notice, self.people, self.children = notice, people, children
        self.incident: Item = notice["incident"]
        self.begins: Moment | None = self.incident["occurred_from"]
        self.meant = INCIDENTS.get(self.incident["type"], UNKNOWN_INCIDENT)
        # Words about a protected place, or about somebody who is hidden, may give the place away.
        self.is_protected = bool(self.incident["place"]["is_protected"]) or any(
            each["is_address_protected"] for each in people.values()
        )

    def of_incident(self, record_id: str, child: Item) -> SourceEvent:
        meant, begins = _in_the_childs_story(self.meant, child["role"]), self.begins
        ends: Moment | None = self.incident["occurred_to"]
        return SourceEvent(
            record_id,
            f"{self.notice['reference']}/incident",
            meant.kind,
            begins.day if begins else None,
            " ".join(self._sentences(meant, child)),
            self._precision(),
            until=ends.day if begins and ends and ends.day > begins.day else None,
            time=begins.time if begins else "",
            statement=meant.statement,
            sensitivity=self._sensitivity(meant.sensitivity),
            text=self.incident["summary"],
            details=self._details(child),
        )

    def _sentences(self, meant: Incident, child: Item) -> Iterator[str]:
        yield meant.sentence
        if role := ROLES.get(child["role"]):
            yield f"The child's part: {_lower(role)}."
        if place := PLACES.get(self.incident["place"]["kind"]):
            yield f"Place: {_lower(place)}."
        adults = [each for number, each in self.people.items() if number not in self.children]
        if adults:
            yield f"Adults: {', '.join(_lower(ROLES.get(each['role'], 'somebody')) for each in adults)}."
        if grade := GRADES.get(self.notice["grade"]):
            yield f"Graded by the force as {_lower(grade).partition(':')[0]}."
        if child["was_seen"] is not None:
            yield "The child was seen." if child["was_seen"] else "The child was not seen."
        if child["was_spoken_to"] is not None:
            who = "An officer" if child["was_spoken_to"] else "No officer"
            yield f"{who} spoke with the child alone."

    def _details(self, child: Item) -> dict[str, str]:
        place = self.incident["place"]
        given = {
            "incident_type": self.incident["type"],
            "role": child["role"],
            "grade": self.notice["grade"],
            "force": self.notice["force"],
            "reference": self.notice["reference"],
            "crime_reference": self.incident["crime_reference"],
            "place_kind": place["kind"],
            "place_postcode": "" if self.is_protected else place["postcode"],
            "school": child["school"],
            "shared_with": ", ".join(each["kind"] for each in self.notice["shared_with"]),
        }
        return {name: value for name, value in given.items() if value}

    def of_account(self, account: Item, place: int) -> Iterator[SourceEvent]:
        if not account["words"]:
            return
        at: Moment | None = account["at"] or self.begins
        is_typed = account["type"] in StatementType.codes()
        # Of unknown type, it is not taken for a fact.
        statement = StatementType(account["type"]) if is_typed else StatementType.OPINION
        teller = self.people.get(account["said_by"])
        who = _lower(ROLES.get(teller["role"], "somebody")) if teller else "a police officer"
        for record_id in self._about(account):
            yield SourceEvent(
                record_id,
                f"{self.notice['reference']}/account/{place}",
                EventKind.POLICE_NOTICE,
                at.day if at else None,
                f"{statement.label} in a police notice, told by {who}.",
                DatePrecision.DAY if account["at"] else self._precision(),
                time=at.time if at else "",
                statement=statement,
                sensitivity=self._sensitivity(self.meant.sensitivity),
                text=account["words"],
                details={"reference": self.notice["reference"]},
            )

    def of_action(self, action: Item, place: int) -> Iterator[SourceEvent]:
        label = ACTIONS.get(action["type"])
        if label is None:
            return
        at: Moment | None = action["on"] or self.notice["made_at"]
        for record_id in self._about(action):
            yield SourceEvent(
                record_id,
                f"{self.notice['reference']}/action/{place}",
                _KINDS_OF_ACTIONS.get(action["type"], EventKind.POLICE_NOTICE),
                at.day if at else None,
                f"{label}, as the police say.",
                DatePrecision.DAY if at else DatePrecision.UNKNOWN,
                time=at.time if at else "",
                sensitivity=self._sensitivity(EventSensitivity.ORDINARY),
                text=action["words"],
                details={"reference": self.notice["reference"], "action": action["type"]},
            )

    def _about(self, item: Item) -> list[str]:
        """The record_ids of the children that something is about: all, where none is named."""
        numbers = dict.fromkeys(item["about"]) or self.children
        return [self.children[number] for number in numbers if number in self.children]

    def _precision(self) -> DatePrecision:
        given = self.incident["precision"]
        if self.begins is None:
            return DatePrecision.UNKNOWN
        return DatePrecision(given) if given in DatePrecision.codes() else DatePrecision.DAY

    def _sensitivity(self, of_kind: EventSensitivity) -> EventSensitivity:
        return EventSensitivity.PROTECTED if self.is_protected else of_kind


def _in_the_childs_story(meant: Incident, role: str) -> Incident:
    """Somebody's arrest is an arrest in the story of a child only where the child was arrested."""
    if meant.kind in _OF_THE_SUSPECT and role not in ("suspect", "subject_child"):
        words = f"Concerned in an incident of this kind: {_lower(meant.words)}"
        return Incident(EventKind.POLICE_NOTICE, words, meant.statement)
    return meant


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
