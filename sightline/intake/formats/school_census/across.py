"""What only several rows of a census table show: a pupil told twice, a UPN of two, too many sessions."""

from collections import Counter
from dataclasses import replace

from sightline.intake.declaration import Judged, RawRecord
from sightline.intake.formats.school_census import rules
from sightline.intake.formats.school_census.censuses import AttendancePeriod
from sightline.intake.formats.school_census.rows import most_sessions
from sightline.vocabulary.events import EventKind
from sightline.vocabulary.findings import Finding
from sightline.vocabulary.periods import Period


class AcrossRows:
    def __init__(self) -> None:
        self._enrolments: dict[str, int] = {}
        self._upns: dict[str, tuple[str, int]] = {}
        self._sessions: Counter[tuple[str, str]] = Counter()

    def see(self, raw: RawRecord, judged: Judged) -> tuple[Finding, ...]:
        found: list[Finding] = []
        for person in judged.people:
            if not person.upn:
                continue
            record_id, line = self._upns.setdefault(person.upn, (person.record_id, raw.place.line))
            if record_id != person.record_id:
                found.append(rules.UPN_OF_TWO.at(replace(raw.place, column="upn"), line=line))
        for event in judged.events:
            if event.kind is EventKind.SCHOOL_ROLL:
                key = f"{event.record_id}/{event.event_id.partition('/+')[0]}"
                first = self._enrolments.setdefault(key, raw.place.line)
                if first != raw.place.line:
                    found.append(rules.PUPIL_TWICE.at(raw.place, line=first))
            elif "attendance_code" in event.details and event.on and event.until:
                most = most_sessions(AttendancePeriod("", "", Period(event.on, event.until)))
                pupil = (event.record_id, event.details.get("school", ""))
                before = self._sessions[pupil]
                self._sessions[pupil] = after = before + int(event.details["sessions"])
                if before <= most < after:
                    found.append(rules.SESSIONS_BY_CODE.at(raw.place, sessions=after, most=most))
        return tuple(found)

    def end(self) -> tuple[Finding, ...]:
        return ()
