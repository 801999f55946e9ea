"""Rules about pre-proceedings, which the census asks for from 2026."""

from collections.abc import Iterable
from datetime import date

from sightline.intake.formats.cin_census.reading import Census, Child
from sightline.intake.formats.cin_census.rules import Breach, Checks, is_before, is_outside

CHECKS = Checks()
SINCE = 2026
_MODULE = "PreProceedingsandFGDM"


def _wrong_day(day: date | None, after: date | None, what: str, census: Census) -> Iterable[Breach]:
    """Outside the year, or before what it must follow."""
    if is_outside(day, census):
        yield {"day": day, "problem": "outside the census year"}
    elif is_before(day, after):
        yield {"day": day, "problem": f"before {what}"}


@CHECKS.rule(
    "9005",
    f"{_MODULE}/PPStartDate",
    "It was decided on {day} to begin pre-proceedings, outside the census year.",
    since=SINCE,
)
def begun_in_year(child: Child, census: Census) -> Iterable[Breach]:
    for _, steps in child.pre_proceedings:
        if is_outside(steps.started, census):
            yield {"day": steps.started}


@CHECKS.rule(
    "9006",
    f"{_MODULE}/LBPSentDate",
    "The letter before proceedings was sent on {day}, {problem}.",
    since=SINCE,
)
def letter_in_year(child: Child, census: Census) -> Iterable[Breach]:
    for _, steps in child.pre_proceedings:
        yield from _wrong_day(steps.letter_sent, steps.started, "pre-proceedings began", census)


@CHECKS.rule(
    "9007",
    f"{_MODULE}/FGDMMeetingOffer",
    "A letter before proceedings was sent on {day}. Say whether it offered a family group decision-making "
    "meeting.",
    since=SINCE,
)
def offer_not_said(child: Child, census: Census) -> Iterable[Breach]:
    for _, steps in child.pre_proceedings:
        if steps.letter_sent and steps.meeting_offered is None:
            yield {"day": steps.letter_sent}


@CHECKS.rule(
    "9008",
    f"{_MODULE}/InitialPPMeetingDate",
    "The first pre-proceedings meeting was on {day}, outside the census year.",
    since=SINCE,
)
def meeting_in_year(child: Child, census: Census) -> Iterable[Breach]:
    for _, steps in child.pre_proceedings:
        if is_outside(steps.first_meeting, census):
            yield {"day": steps.first_meeting}


@CHECKS.rule(
    "9009",
    f"{_MODULE}/StepDecisionDate",
    "The decision to step up or down was made on {day}, {problem}.",
    since=SINCE,
)
def decision_in_year(child: Child, census: Census) -> Iterable[Breach]:
    for _, steps in child.pre_proceedings:
        yield from _wrong_day(steps.decided, steps.started, "pre-proceedings began", census)


@CHECKS.rule(
    "9010Q",
    f"{_MODULE}/FGDMMeetingFac",
    "A family group decision-making meeting was offered. Say whether it was held.",
    since=SINCE,
)
def meeting_not_said(child: Child, census: Census) -> Iterable[Breach]:
    for _, steps in child.pre_proceedings:
        if steps.meeting_offered and steps.meeting_held is None:
            yield {}


@CHECKS.rule(
    "9012",
    f"{_MODULE}/CourtAppDate",
    "The authority applied to court on {day}, {problem}.",
    since=SINCE,
)
def application_in_year(child: Child, census: Census) -> Iterable[Breach]:
    for _, steps in child.pre_proceedings:
        yield from _wrong_day(steps.applied_to_court, steps.decided, "it was decided to", census)


@CHECKS.rule(
    "9013",
    f"{_MODULE}/LetterInitCPDate",
    "The letter of issue was sent on {day}, {problem}.",
    since=SINCE,
)
def issue_in_year(child: Child, census: Census) -> Iterable[Breach]:
    for _, steps in child.pre_proceedings:
        yield from _wrong_day(
            steps.letter_of_issue, steps.applied_to_court, "the application to court", census
        )


@CHECKS.rule(
    "9015Q",
    f"{_MODULE}/ReviewMeetingsCount",
    "The first pre-proceedings meeting was on {day}. Say how many review meetings followed, 0 if none.",
    since=SINCE,
)
def reviews_not_said(child: Child, census: Census) -> Iterable[Breach]:
    for _, steps in child.pre_proceedings:
        if steps.first_meeting and steps.review_meetings is None:
            yield {"day": steps.first_meeting}
