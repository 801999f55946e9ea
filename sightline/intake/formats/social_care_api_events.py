"""The events of one child's payload, and those that a purge flag takes back."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from sightline.intake.declaration import Rule
from sightline.intake.formats.cin_census import codes as census
from sightline.intake.formats.shape import Item, Shape
from sightline.intake.formats.ssda903 import codes as looked_after
from sightline.intake.records import SourceEvent
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity


class _Period(NamedTuple):
    """How a list of an episode is told: each member one event from its start to its end."""

    members: str
    prefix: str
    kind: EventKind
    words: str
    number: str
    end: str = "end_date"
    details: tuple[str, ...] = ()


_PERIODS = (
    _Period(
        *("child_and_family_assessments", "assessment", EventKind.ASSESSMENT, "Child and family assessment"),
        *("child_and_family_assessment_id", "authorisation_date", ("factors",)),
    ),
    _Period(
        *("child_in_need_plans", "cin_plan", EventKind.CHILD_IN_NEED_PLAN, "Child in need plan"),
        "child_in_need_plan_id",
    ),
    _Period(
        *("section_47_assessments", "section_47", EventKind.SECTION_47, "Section 47 enquiry"),
        *("section_47_assessment_id", "end_date", ("icpc_required_flag",)),
    ),
    _Period(
        *("child_protection_plans", "cp_plan", EventKind.CHILD_PROTECTION_PLAN, "Child protection plan"),
        "child_protection_plan_id",
    ),
    _Period(
        *("child_looked_after_placements", "placement", EventKind.PLACEMENT, "Looked-after placement"),
        *("child_looked_after_placement_id", "end_date"),
        ("placement_type", "start_reason", "end_reason", "change_reason"),
    ),
)
_STEPS: Mapping[str, str] = MappingProxyType(
    {
        "initial_decision_date": "Initial decision that the child should be placed for adoption.",
        "matched_date": "Matched with adopters.",
        "placed_date": "Placed with adopters.",
    }
)


class Told:
    """`events` are told, `withdrawn` the numbers of events that are taken back."""

    def __init__(self, read: Shape, record_id: str, *, purged: Rule, ends_before: Rule) -> None:
        self.read, self.record_id = read, record_id
        self.purged, self.ends_before = purged, ends_before
        self.events: list[SourceEvent] = []
        self.withdrawn: list[str] = []

    def child(self, details: Item) -> None:
        """What the details say that happened, or that was so: who the child is stands in the person."""
        if details["purge"]:
            self.withdrawn += ["disabilities", "unaccompanied"]
            return
        disabilities = [code for code in details["disabilities"] if code != census.NO_DISABILITY]
        if disabilities:
            words = ", ".join(_word("disabilities", code) for code in disabilities)
            self._tell(
                "disabilities",
                EventKind.OTHER,
                None,
                f"Disability recorded: {words}.",
                {"disability": " ".join(disabilities)},
                is_purged=False,
                sensitivity=EventSensitivity.SENSITIVE,
            )
        if details["uasc_flag"]:
            self._tell(
                "unaccompanied",
                EventKind.OTHER,
                None,
                "Unaccompanied asylum-seeking child; since when is not told.",
                {},
                is_purged=False,
                until=details["uasc_end_date"],
                is_open=details["uasc_end_date"] is None,
                sensitivity=EventSensitivity.SENSITIVE,
            )

    def health(self, health: Item) -> None:
        is_purged = self._is_purged(health)
        for each in health["sdq_assessments"]:
            if each["date"]:
                self._tell(
                    f"sdq/{each['date']}",
                    EventKind.HEALTH_ASSESSMENT,
                    each["date"],
                    f"Strengths and difficulties questionnaire: score {each['score'] or 'not given'}.",
                    {"score": each["score"]},
                    is_purged=is_purged or self._is_purged(each),
                    sensitivity=EventSensitivity.SENSITIVE,
                )

    def episode(self, episode: Item) -> None:
        """A purged episode takes all that it holds with it."""
        number = episode["social_care_episode_id"] or f"of {episode['referral_date']}"
        is_purged = self._is_purged(episode)
        self._referral(episode, number, is_purged=is_purged)
        for period in _PERIODS:
            for each in episode[period.members]:
                self._period(period, each, number, is_purged=is_purged or self._is_purged(each))
        for each in episode["care_worker_details"]:
            if each["worker_id"] or each["start_date"]:
                self._tell(
                    f"worker/{number}/{each['worker_id']}/{each['start_date']}",
                    EventKind.OTHER,
                    each["start_date"],
                    "Worker allocated.",
                    {"worker": each["worker_id"]},
                    until=each["end_date"],
                    is_open=each["end_date"] is None,
                    is_purged=is_purged,
                    path=f"{each.path}.end_date",
                )
        for each in episode["section_47_assessments"]:
            if each["icpc_date"]:
                self._tell(
                    f"conference/{each['section_47_assessment_id'] or each['icpc_date']}",
                    EventKind.CONFERENCE,
                    each["icpc_date"],
                    "Initial child protection conference.",
                    {},
                    is_purged=is_purged or bool(each["purge"]),
                )
        self._afterwards(episode, number, is_purged=is_purged)

    def _referral(self, episode: Item, number: str, *, is_purged: bool) -> None:
        begins, closes = episode["referral_date"], episode["closure_date"]
        nothing_followed = episode["referral_no_further_action_flag"]
        source = episode["referral_source"]
        self._tell(
            f"referral/{number}",
            EventKind.REFERRAL,
            begins,
            "Referred to children's social care"
            + (f", source: {_word('referral_source', source)}" if source else "")
            + ("; no further action." if nothing_followed else "."),
            {"referral_source": source},
            is_purged=is_purged,
        )
        if nothing_followed and not closes:
            return
        reason = episode["closure_reason"]
        closed = f"; closed: {_word('closure_reason', reason)}" if reason else ""
        self._tell(
            f"episode/{number}",
            EventKind.CHILD_IN_NEED,
            begins,
            f"Social care episode{closed}.",
            {"closure_reason": reason},
            until=closes,
            is_open=closes is None,
            is_purged=is_purged,
            path=f"{episode.path}.closure_date",
        )

    def _period(self, period: _Period, item: Item, episode: str, *, is_purged: bool) -> None:
        number = item[period.number] or f"{episode}/{item['start_date']}"
        given = {name: item[name] for name in period.details}
        self._tell(
            f"{period.prefix}/{number}",
            period.kind,
            item["start_date"],
            f"{period.words}{_shown(given)}.",
            {name: _as_text(value) for name, value in given.items()},
            until=item[period.end],
            is_open=item[period.end] is None,
            is_purged=is_purged,
            path=f"{item.path}.{period.end}",
        )

    def _afterwards(self, episode: Item, number: str, *, is_purged: bool) -> None:
        for each in episode["adoption"]:
            part_purged = is_purged or self._is_purged(each)
            for step, words in _STEPS.items():
                if each[step]:
                    self._tell(
                        f"adoption/{number}/{step}",
                        EventKind.ADOPTION,
                        each[step],
                        words,
                        {},
                        is_purged=part_purged,
                        sensitivity=EventSensitivity.PROTECTED,
                    )
        for each in episode["care_leavers"]:
            given = {name: each[name] for name in ("activity", "accommodation")}
            if each["contact_date"]:
                self._tell(
                    f"care_leaver/{number}/{each['contact_date']}",
                    EventKind.CARE_LEAVING,
                    each["contact_date"],
                    f"In touch after care{_shown(given)}.",
                    given,
                    is_purged=is_purged or self._is_purged(each),
                )

    def _is_purged(self, item: Item) -> bool:
        if item["purge"]:
            self.read.find(self.purged, item.path)
        return bool(item["purge"])

    def _tell(
        self,
        event_id: str,
        kind: EventKind,
        on: date | None,
        summary: str,
        details: Mapping[str, str],
        *,
        is_purged: bool,
        until: date | None = None,
        is_open: bool = False,
        path: str = "",
        sensitivity: EventSensitivity = EventSensitivity.ORDINARY,
    ) -> None:
        if is_purged:
            self.withdrawn.append(event_id)
            return
        if on and until and until < on:
            self.read.find(self.ends_before, path)
        self.events.append(
            SourceEvent(
                self.record_id,
                event_id,
                kind,
                on,
                summary,
                DatePrecision.DAY if on else DatePrecision.UNKNOWN,
                until=until,
                is_open=is_open,
                sensitivity=sensitivity,
                details={name: value for name, value in details.items() if value},
            )
        )


_WORDS = {"icpc_required_flag": "initial conference needed"}
_CODES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "referral_source": census.REFERRAL_SOURCE.words,
        "closure_reason": census.REASON_FOR_CLOSURE.words,
        "factors": census.FACTOR.words,
        "disabilities": census.DISABILITY.words,
        "placement_type": looked_after.PLACEMENT,
        "start_reason": looked_after.REASON_FOR_EPISODE,
        "end_reason": looked_after.END_OF_EPISODE,
        "change_reason": looked_after.PLACEMENT_CHANGE,
        "activity": looked_after.ACTIVITY,
        "accommodation": looked_after.ACCOMMODATION,
    }
)
"""The payload has the codes of the children in need census and of the looked-after return."""


def _word(name: str, code: str) -> str:
    """“by a school (2A)”; a code that is in no list is named as one."""
    words = _CODES[name].get(code)
    return f"{words} ({code})" if words else f"code {code}"


def _shown(given: Mapping[str, object]) -> str:
    """“; placement type: foster care (U6); end reason: …”."""
    words = [
        f"{_WORDS.get(name) or name.replace('_', ' ')}: {_in_words(name, value)}"
        for name, value in given.items()
        if _as_text(value)
    ]
    return f"; {'; '.join(words)}" if words else ""


def _in_words(name: str, value: object) -> str:
    if name not in _CODES:
        return _as_text(value)
    codes = value if isinstance(value, list) else [str(value)]
    return ", ".join(_word(name, code) for code in codes)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(value)
    return str(value or "")
