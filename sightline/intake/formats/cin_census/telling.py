"""A child's census record told: who the child is, and what happened, as a social worker would write it.

An event's number is made of its kind and the day on which it began, so that the next census, which adds an
end or a review, tells of the same event. A module that a file holds twice in the same words is told once.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sightline.intake.check_digits import upn as checked_upn
from sightline.intake.formats.cin_census import codes
from sightline.intake.formats.cin_census.reading import (
    Assessment,
    Census,
    Child,
    Enquiry,
    Episode,
    NeedPlan,
    PreProceedings,
    ProtectionPlan,
)
from sightline.intake.formats.cin_census.rules_file import la_code_of
from sightline.intake.records import PersonRecord, SourceEvent
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity
from sightline.vocabulary.periods import in_words

SENSITIVE, PROTECTED = EventSensitivity.SENSITIVE, EventSensitivity.PROTECTED
_NEEDS_OF_HEALTH = frozenset(("N2", "N3"))


def person_of(child: Child, sender: str, census: Census) -> PersonRecord:
    """The census has no names and addresses. A case closed by adoption must not lead to a new identity."""
    ethnicity = child.ethnicity if child.ethnicity in codes.ETHNICITY.words else ""
    return PersonRecord(
        record_id=child.record_id,
        born_on=child.born,
        expected_on=child.expected if child.born is None else None,
        died_on=child.died,
        sex=codes.SEX_READ.get(child.sex_code),
        ethnicity=ethnicity,
        upn=checked_upn(child.upn) if child.upn else "",
        former_upn=checked_upn(child.former_upn) if child.former_upn else "",
        la_code=la_code_of(sender, census),
        is_restricted=any(episode.reason == codes.ADOPTED for episode in child.episodes),
    )


def events_of(child: Child, census: Census) -> tuple[SourceEvent, ...]:
    """In the order of the file; each with a number of its own within the child."""
    told: list[SourceEvent] = []
    by_number: dict[str, list[SourceEvent]] = {}
    for event in _events(child, census):
        same = by_number.setdefault(event.event_id, [])
        if event in same:
            continue
        same.append(event)
        told.append(event if len(same) == 1 else replace(event, event_id=f"{event.event_id}#{len(same)}"))
    return tuple(told)


def _events(child: Child, census: Census) -> Iterator[SourceEvent]:
    teller = _Teller(child.record_id, census)
    disabilities = [code for code in child.disabilities if code != codes.NO_DISABILITY]
    if disabilities:
        yield teller.disabilities(disabilities)
    for episode in child.episodes:
        yield from teller.episode(episode)
    if child.died:
        yield SourceEvent(child.record_id, f"death:{child.died}", EventKind.DEATH, child.died, "Died.")


class _Teller:
    def __init__(self, record_id: str, census: Census) -> None:
        self.record_id = record_id
        self.census = census

    def event(
        self,
        name: str,
        kind: EventKind,
        on: date | None,
        summary: str,
        *,
        until: date | None = None,
        is_open: bool = False,
        sensitivity: EventSensitivity = EventSensitivity.ORDINARY,
        details: dict[str, str] | None = None,
    ) -> SourceEvent:
        return SourceEvent(
            record_id=self.record_id,
            event_id=f"{name}:{on or 'undated'}",
            kind=kind,
            on=on,
            summary=summary,
            precision=DatePrecision.DAY if on else DatePrecision.UNKNOWN,
            until=until,
            is_open=is_open,
            sensitivity=sensitivity,
            details={key: value for key, value in (details or {}).items() if value},
        )

    def disabilities(self, given: list[str]) -> SourceEvent:
        return self.event(
            "disability",
            EventKind.OTHER,
            None,
            f"Disability recorded: {_listed(given, codes.DISABILITY)}.",
            sensitivity=SENSITIVE,
            details={"Disability": " ".join(given)},
        )

    def episode(self, episode: Episode) -> Iterator[SourceEvent]:
        yield self.referral(episode)
        if not episode.no_further_action or episode.closed or episode.reason or _has_activity(episode):
            yield self.need(episode)
        for assessment in episode.assessments:
            yield self.assessment(assessment, episode)
        for enquiry in episode.enquiries:
            yield self.enquiry(enquiry, episode)
            if enquiry.conference:
                yield self.conference(enquiry.conference, enquiry.target, episode)
        conferences = {enquiry.conference for enquiry in episode.enquiries}
        if episode.conference and episode.conference not in conferences:
            yield self.conference(episode.conference, None, episode)
        for plan in episode.need_plans:
            yield self.need_plan(plan, episode)
        for protection in episode.protection_plans:
            yield from self.protection(protection, episode)
        for steps in episode.pre_proceedings:
            yield from self.pre_proceedings(steps, episode)

    def referral(self, episode: Episode) -> SourceEvent:
        source = codes.REFERRAL_SOURCE.words.get(episode.source)
        if source is None or episode.source == codes.REFERRAL_SOURCE_UNKNOWN:
            by = "Referred; by whom is not known"
        else:
            by = f"Referred by {source}"
        outcome = {True: "; outcome: no further action", False: "; outcome: further action", None: ""}
        return self.event(
            "referral",
            EventKind.REFERRAL,
            episode.referred,
            f"{by}{outcome[episode.no_further_action]}.",
            details={
                "ReferralSource": episode.source,
                "ReferralNFA": {True: "1", False: "0", None: ""}[episode.no_further_action],
            },
        )

    def need(self, episode: Episode) -> SourceEvent:
        parts = ["Child in need episode"]
        if episode.need == codes.NOT_IN_NEED:
            parts = ["Episode of social care for a case other than a child in need"]
        elif need := _need_in_words(episode.need, self.census):
            parts.append(f"primary need: {need}")
        if reason := codes.REASON_FOR_CLOSURE.words.get(episode.reason):
            parts.append(f"closed: {reason}")
        elif episode.closed:
            parts.append("closed, no reason given")
        if episode.no_further_action:
            parts.append("though the referral is marked as no further action")
        sensitivity = SENSITIVE if episode.need in _NEEDS_OF_HEALTH else EventSensitivity.ORDINARY
        return self.event(
            "episode",
            EventKind.CHILD_IN_NEED,
            episode.referred,
            f"{'; '.join(parts)}.",
            until=episode.closed,
            is_open=episode.closed is None and not episode.reason and not episode.no_further_action,
            sensitivity=PROTECTED if episode.reason == codes.ADOPTED else sensitivity,
            details={"PrimaryNeedCode": episode.need, "ReasonForClosure": episode.reason},
        )

    def assessment(self, assessment: Assessment, episode: Episode) -> SourceEvent:
        is_open = assessment.authorised is None and episode.closed is None
        factors = [code for code in dict.fromkeys(assessment.factors) if code in codes.FACTOR.words]
        if factors == [codes.NO_FACTORS]:
            found = "; no factors identified"
        elif factors:
            shown = [code for code in factors if code != codes.NO_FACTORS]
            found = f"; factors identified: {_listed(shown, codes.FACTOR)}"
        else:
            found = ""
        state = "Assessment completed" if assessment.authorised else "Assessment started"
        return self.event(
            "assessment",
            EventKind.ASSESSMENT,
            assessment.started or assessment.authorised,
            f"{state}{found}.",
            until=assessment.authorised if assessment.started else None,
            is_open=is_open,
            sensitivity=SENSITIVE if factors and factors != [codes.NO_FACTORS] else EventSensitivity.ORDINARY,
            details={
                "AssessmentFactors": " ".join(factors),
                "AssessmentInternalReviewDate": _iso(assessment.review_due),
            },
        )

    def enquiry(self, enquiry: Enquiry, episode: Episode) -> SourceEvent:
        if enquiry.conference:
            outcome = f"led to an initial child protection conference on {in_words(enquiry.conference)}"
        elif enquiry.not_required:
            outcome = "no child protection conference was required"
        else:
            outcome = "no conference held so far"
            if enquiry.target:
                outcome += f", due by {in_words(enquiry.target)}"
        return self.event(
            "section-47",
            EventKind.SECTION_47,
            enquiry.started,
            f"Section 47 enquiry; {outcome}.",
            is_open=enquiry.is_open and episode.closed is None,
            details={
                "InitialCPCtarget": _iso(enquiry.target),
                "DateOfInitialCPC": _iso(enquiry.conference),
                "ICPCnotRequired": {True: "1", False: "0", None: ""}[enquiry.not_required],
            },
        )

    def conference(self, day: date, target: date | None, episode: Episode) -> SourceEvent:
        summary = "Initial child protection conference"
        if target and day > target:
            summary += f", after its target date of {in_words(target)}"
        if any(plan.started == day for plan in episode.protection_plans):
            summary += "; a child protection plan was made"
        details = {"InitialCPCtarget": _iso(target)}
        return self.event("conference", EventKind.CONFERENCE, day, f"{summary}.", details=details)

    def need_plan(self, plan: NeedPlan, episode: Episode) -> SourceEvent:
        return self.event(
            "need-plan",
            EventKind.CHILD_IN_NEED_PLAN,
            plan.started,
            "Child in need plan.",
            until=plan.ended,
            is_open=plan.ended is None and episode.closed is None,
        )

    def protection(self, plan: ProtectionPlan, episode: Episode) -> Iterator[SourceEvent]:
        words = codes.CATEGORY_OF_ABUSE.words
        latest, at_first = words.get(plan.category), words.get(plan.category_at_first)
        summary = "Child protection plan"
        if latest or at_first:
            summary += f" under the category of {latest or at_first}"
        if latest and at_first and latest != at_first:
            summary += f", at first {at_first}"
        if plan.plans_before:
            summary += f"; {_number_of(plan.plans_before, 'earlier plan')}"
        is_sexual = codes.SEXUAL_ABUSE in (plan.category, plan.category_at_first)
        sensitivity = SENSITIVE if is_sexual else EventSensitivity.ORDINARY
        yield self.event(
            "protection-plan",
            EventKind.CHILD_PROTECTION_PLAN,
            plan.started,
            f"{summary}.",
            until=plan.ended,
            is_open=plan.ended is None and episode.closed is None,
            sensitivity=sensitivity,
            details={
                "InitialCategoryOfAbuse": plan.category_at_first,
                "LatestCategoryOfAbuse": plan.category,
                "NumberOfPreviousCPP": "" if plan.plans_before is None else str(plan.plans_before),
            },
        )
        for review in plan.reviews:
            summary = "Review conference of the child protection plan."
            yield self.event("protection-review", EventKind.REVIEW, review, summary)

    def pre_proceedings(self, steps: PreProceedings, episode: Episode) -> Iterator[SourceEvent]:
        kind = EventKind.PRE_PROCEEDINGS
        parts = ["Pre-proceedings begun"]
        if steps.meeting_offered:
            held = {True: "offered and held", False: "offered, not held", None: "offered"}[steps.meeting_held]
            parts.append(f"family group decision-making meeting {held}")
        elif steps.meeting_held:
            parts.append("family group decision-making meeting held")
        elif steps.meeting_offered is False:
            parts.append("family group decision-making meeting not offered")
        if steps.review_meetings:
            parts.append(_number_of(steps.review_meetings, "review meeting"))
        yield self.event(
            "pre-proceedings",
            kind,
            steps.started,
            f"{'; '.join(parts)}.",
            until=steps.decided if steps.started else None,
            is_open=steps.decided is None and not steps.outcome and episode.closed is None,
            details={
                "FGDMMeetingOffer": {True: "1", False: "0", None: ""}[steps.meeting_offered],
                "FGDMMeetingFac": {True: "1", False: "0", None: ""}[steps.meeting_held],
                "ReviewMeetingsCount": "" if steps.review_meetings is None else str(steps.review_meetings),
                "PPOutcome": steps.outcome,
            },
        )
        decided = "Decision to step up to court or down from pre-proceedings"
        if steps.outcome in codes.PRE_PROCEEDINGS_OUTCOME.words:
            decided += f" ({codes.PRE_PROCEEDINGS_OUTCOME.words[steps.outcome]})"
        for name, day, summary in (
            ("letter-before-proceedings", steps.letter_sent, "Letter before proceedings sent."),
            ("pre-proceedings-meeting", steps.first_meeting, "First pre-proceedings meeting."),
            ("pre-proceedings-decision", steps.decided, f"{decided}."),
            (
                "court-application",
                steps.applied_to_court,
                "The authority applied to court for care proceedings.",
            ),
            ("letter-of-issue", steps.letter_of_issue, "Letter of issue sent to the parents."),
        ):
            if day:
                yield self.event(name, kind, day, summary)


def _has_activity(episode: Episode) -> bool:
    return bool(
        episode.assessments
        or episode.enquiries
        or episode.conference
        or episode.need_plans
        or episode.protection_plans
        or episode.pre_proceedings
    )


def _need_in_words(code: str, census: Census) -> str:
    if census.year >= 2026 and code in codes.PRIMARY_NEED_2026:
        return codes.PRIMARY_NEED_2026[code]
    return codes.PRIMARY_NEED.words.get(code, "")


def _listed(given: list[str], among: codes.CodeSet) -> str:
    return "; ".join(among.words[code] for code in dict.fromkeys(given) if code in among.words)


def _number_of(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
