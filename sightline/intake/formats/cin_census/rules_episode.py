"""Rules about referrals and episodes: their dates, need, closure, and how several stand to each other."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from sightline.intake.formats.cin_census import codes
from sightline.intake.formats.cin_census.reading import Census, Child, Episode
from sightline.intake.formats.cin_census.rules import Breach, Checks, is_before, is_outside
from sightline.intake.formats.cin_census.structure import NUMBERED
from sightline.vocabulary.working_days import working_day_after

CHECKS = Checks()


@lru_cache(maxsize=64)
def _working_day_before(day: date, count: int) -> date:
    return working_day_after(day, -count)


@CHECKS.also(NUMBERED["CINdetails/CINreferralDate"], "CINdetails/CINreferralDate")
def referred_after_year(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        if is_before(census.last, episode.referred):
            yield {"problem": "lies after the end of the census year; leave the referral to the next census"}


@CHECKS.rule(
    "8555Q",
    "CINdetails/CINreferralDate",
    "The referral on {referred} comes after the child's death on {died}. Check both dates.",
)
def referred_after_death(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        if is_before(child.died, episode.referred):
            yield {"referred": episode.referred, "died": child.died}


@CHECKS.rule(
    "8569Q",
    "CINdetails/ReferralNFA",
    "The referral on {referred} led to no further action, so it belongs to an earlier census: in "
    "this one such "
    "referrals start on {first}.",
)
def old_referral_without_action(child: Child, census: Census) -> Iterable[Breach]:
    first = _working_day_before(census.first, 1)
    for episode in child.episodes:
        if episode.no_further_action and is_before(episode.referred, first):
            yield {"referred": episode.referred, "first": first}


@CHECKS.rule(
    "8585Q",
    "ChildIdentifiers/PersonDeathDate",
    "The episode referred on {referred} was closed because the child died (RC2), but no date of "
    "death is given.",
)
def died_without_date(child: Child, census: Census) -> Iterable[Breach]:
    if child.died is None:
        for episode in child.episodes:
            if episode.reason == codes.DIED:
                yield {"referred": episode.referred}


@CHECKS.rule(
    "8610",
    "CINdetails/PrimaryNeedCode",
    "The referral on {referred} led to action, so the child's primary need must be given (N1 to N9, or N0).",
)
def need_missing(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        if episode.no_further_action is False and not episode.need:
            yield {"referred": episode.referred}


@CHECKS.rule(
    "8620",
    "CINdetails/CINclosureDate",
    "The episode referred on {referred} was closed on {closed}, outside the census year.",
)
def closed_in_year(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        if is_outside(episode.closed, census):
            yield {"referred": episode.referred, "closed": episode.closed}


@CHECKS.rule(
    "8630",
    "CINdetails/CINclosureDate",
    "The episode was closed on {closed}, before its referral on {referred}.",
)
def closed_before_referral(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        if is_before(episode.closed, episode.referred):
            yield {"closed": episode.closed, "referred": episode.referred}


@CHECKS.rule(
    "8805",
    "CINdetails/ReasonForClosure",
    "The episode referred on {referred} was closed on {closed}, but no reason is given.",
)
def closed_without_reason(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        if episode.closed and not episode.reason:
            yield {"referred": episode.referred, "closed": episode.closed}


@CHECKS.rule(
    "8810",
    "CINdetails/CINclosureDate",
    "The episode referred on {referred} has a reason for closure, but no closure date.",
)
def reason_without_closure(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        if episode.reason and episode.closed is None:
            yield {"referred": episode.referred}


def _open_for_action(child: Child) -> list[Episode]:
    return [each for each in child.episodes if each.closed is None and each.no_further_action is False]


@CHECKS.rule(
    "8815",
    "CINdetails/CINclosureDate",
    "{count} episodes of the child are open at once. Close all but the latest, or join them.",
)
def several_open(child: Child, census: Census) -> Iterable[Breach]:
    if len(child.episodes) > 1:
        count = len(_open_for_action(child))
        if count > 1:
            yield {"count": count}


@CHECKS.rule(
    "8816",
    "CINdetails/CINreferralDate",
    "The episode referred on {referred} is open, though a later referral came on {latest}. Close it.",
)
def open_not_latest(child: Child, census: Census) -> Iterable[Breach]:
    if len(child.episodes) < 2:
        return
    latest = max((each.referred for each in child.episodes if each.referred), default=None)
    for episode in _open_for_action(child):
        if is_before(episode.referred, latest):
            yield {"referred": episode.referred, "latest": latest}


@CHECKS.rule(
    "8820",
    "CINdetails/CINreferralDate",
    "The referral on {referred} falls into the episode that ran from {start} to {end}. Episodes must not "
    "overlap; one may start on the day the other closed.",
)
def episodes_overlap(child: Child, census: Census) -> Iterable[Breach]:
    for index, episode in enumerate(child.episodes):
        for other_index, other in enumerate(child.episodes):
            if index == other_index or episode.referred is None or other.referred is None:
                continue
            end = other.closed or (census.last if other.no_further_action is False else None)
            same_start = episode.referred == other.referred
            if end is None or (same_start and index < other_index):
                continue
            closed_that_day = other.closed == episode.referred and not same_start
            if other.referred <= episode.referred <= end and not closed_that_day:
                yield {"referred": episode.referred, "start": other.referred, "end": end}


_CLOSED_AFTER_ASSESSMENT = frozenset((codes.NO_FURTHER_ACTION, codes.EARLY_HELP))


@CHECKS.rule(
    "2990",
    "CINdetails/ReasonForClosure",
    "The episode referred on {referred} was closed after assessment with {reason}, so it cannot hold "
    "{activity}.",
)
def activity_beyond_assessment(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        if episode.reason in _CLOSED_AFTER_ASSESSMENT:
            held = _beyond_assessment(episode)
            if held:
                yield {"referred": episode.referred, "reason": episode.reason, "activity": " or ".join(held)}


def _beyond_assessment(episode: Episode) -> list[str]:
    return [
        name
        for name, held in (
            ("a section 47 enquiry", episode.enquiries),
            ("an initial conference", episode.conference),
            ("a child in need plan", episode.need_plans),
            ("a child protection plan", episode.protection_plans),
        )
        if held
    ]


@CHECKS.rule(
    "2991Q",
    "CINdetails/Assessments",
    "The episode referred on {referred} has a section 47 enquiry and no assessment. Is an assessment "
    "missing?",
)
def enquiry_without_assessment(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        if episode.enquiries and not episode.assessments:
            yield {"referred": episode.referred}


@CHECKS.rule(
    "8825Q",
    "CINdetails/Assessments",
    "The episode referred on {referred} was closed after assessment ({reason}), but holds no assessment.",
)
def closed_after_no_assessment(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        if episode.reason in _CLOSED_AFTER_ASSESSMENT and not episode.assessments:
            yield {"referred": episode.referred, "reason": episode.reason}


@CHECKS.rule(
    "8831",
    "CINdetails/ReferralNFA",
    "The referral on {referred} is marked as leading to no further action, but an assessment, section 47 "
    "enquiry or conference follows it. Correct the mark.",
)
def activity_after_no_action(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        if episode.no_further_action and (episode.assessments or episode.enquiries or episode.conference):
            yield {"referred": episode.referred}


@CHECKS.rule(
    "8832",
    "CINdetails/ReferralNFA",
    "The referral on {referred} is marked as leading to no further action, but a child protection "
    "plan follows.",
)
def protection_after_no_action(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        if episode.no_further_action and episode.protection_plans:
            yield {"referred": episode.referred}


@CHECKS.rule(
    "4000",
    "CINdetails/ReferralNFA",
    "The referral on {referred} is marked as leading to no further action, but a child in need plan follows.",
    since=2022,
)
def plan_after_no_action(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        if episode.no_further_action and episode.need_plans:
            yield {"referred": episode.referred}


@CHECKS.rule(
    "8565",
    "CINdetails/CINclosureDate",
    "The episode referred on {referred} was closed on {closed}, but {activity} on {day} comes after that.",
)
def activity_after_closure(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        if episode.closed:
            for activity, day in _dated_activity(episode):
                if day and day > episode.closed:
                    yield {
                        "referred": episode.referred,
                        "closed": episode.closed,
                        "activity": activity,
                        "day": day,
                    }


def _dated_activity(episode: Episode) -> Iterable[tuple[str, date | None]]:
    for assessment in episode.assessments:
        yield "the start of an assessment", assessment.started
        yield "the end of an assessment", assessment.authorised
    for enquiry in episode.enquiries:
        yield "the start of a section 47 enquiry", enquiry.started
        yield "an initial conference", enquiry.conference
    yield "an initial conference", episode.conference
    for protection in episode.protection_plans:
        yield "the end of a child protection plan", protection.ended
    for plan in episode.need_plans:
        yield "the start of a child in need plan", plan.started
        yield "the end of a child in need plan", plan.ended


@CHECKS.rule(
    "8867",
    "Assessments/AssessmentAuthorisationDate",
    "The episode referred on {referred} is closed, but its assessment that started on {started} is "
    "not ended.",
)
def closed_with_open_assessment(child: Child, census: Census) -> Iterable[Breach]:
    for episode, assessment in child.assessments:
        if episode.closed and assessment.authorised is None:
            yield {"referred": episode.referred, "started": assessment.started}


@CHECKS.rule(
    "8868",
    "Section47/DateOfInitialCPC",
    "The episode referred on {referred} is closed, but its section 47 enquiry that started on {started} has "
    "neither a conference nor the mark that none was required.",
)
def closed_with_open_enquiry(child: Child, census: Census) -> Iterable[Breach]:
    for episode, enquiry in child.enquiries:
        if episode.closed and enquiry.is_open:
            yield {"referred": episode.referred, "started": enquiry.started}
