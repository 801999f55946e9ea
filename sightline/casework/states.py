"""Where a case stands and what may follow: one table for each thing.

A state is worked out from the facts (dates, replies, reviews), so that none can disagree with them. Each
step names the action of `casework.actions` that takes it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sightline.vocabulary.codes import Code, PanelOutcome, Publication, RecommendationStatus
from sightline.vocabulary.decisions import Decision, allowed, refused


class IncidentState(Code):
    KNOWN = "known", "Known, not notified"
    NOT_NOTIFIABLE = "not_notifiable", "Found not to be notifiable"
    NOTIFIED = "notified", "Notified"
    WITHDRAWN = "withdrawn", "Every notification withdrawn"


class NotificationState(Code):
    NO_REVIEW_NEEDED = "no_review_needed", "No rapid review needed"
    AWAITING_REVIEW = "awaiting_review", "Awaiting its rapid review"
    REVIEWED = "reviewed", "Reviewed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class RapidReviewState(Code):
    AWAITING_PANEL = "awaiting_panel", "Awaiting the panel's reply"
    ANSWERED = "answered", "Answered by the panel"
    AWAITING_PARTNERS = "awaiting_partners", "Awaiting the partners' reply"


class LocalReviewState(Code):
    IN_PROGRESS = "in_progress", "In progress"
    PUBLISHED = "published", "Published"
    NOT_PUBLISHED = "not_published", "Not to be published"


class NationalReviewState(Code):
    COMMISSIONED = "commissioned", "Commissioned"
    PUBLISHED = "published", "Published"


@dataclass(frozen=True, slots=True)
class Step:
    """In state `before`, `action` is possible and leads to `after`."""

    before: Code
    action: str
    after: Code


@dataclass(frozen=True, slots=True)
class Course:
    """The states of one kind of thing and every step between them.

    `started_by` is the action that makes such a thing, `first` the states it can make it in.
    """

    thing: str
    states: type[Code]
    started_by: str
    first: tuple[Code, ...]
    steps: tuple[Step, ...]
    basis: str


_I, _N, _R, _L = IncidentState, NotificationState, RapidReviewState, LocalReviewState
_S = RecommendationStatus

INCIDENT = Course(
    thing="incident",
    states=IncidentState,
    started_by="record_incident",
    first=(_I.KNOWN,),
    steps=(
        Step(_I.KNOWN, "notify_incident", _I.NOTIFIED),
        Step(_I.KNOWN, "decide_not_notifiable", _I.NOT_NOTIFIABLE),
        # New facts can show that the test is met after all.
        Step(_I.NOT_NOTIFIABLE, "notify_incident", _I.NOTIFIED),
        # Older forms asked for a notification a child, so an incident can be notified again.
        Step(_I.NOTIFIED, "notify_incident", _I.NOTIFIED),
        Step(_I.NOTIFIED, "withdraw_notification", _I.NOTIFIED),
        Step(_I.NOTIFIED, "withdraw_notification", _I.WITHDRAWN),
        Step(_I.WITHDRAWN, "notify_incident", _I.NOTIFIED),
        *(Step(state, "amend_incident", state) for state in _I),
        *(Step(state, "amend_child", state) for state in _I),
        *(Step(state, "refer_to_parallel_process", state) for state in _I),
    ),
    basis="Children Act 2004 s16C(1)",
)

NOTIFICATION = Course(
    thing="notification",
    states=NotificationState,
    started_by="notify_incident",
    first=(_N.AWAITING_REVIEW, _N.NO_REVIEW_NEEDED),
    steps=(
        Step(_N.AWAITING_REVIEW, "receive_rapid_review", _N.REVIEWED),
        # A voluntary review, where there is something to learn.
        Step(_N.NO_REVIEW_NEEDED, "receive_rapid_review", _N.REVIEWED),
        Step(_N.AWAITING_REVIEW, "withdraw_notification", _N.WITHDRAWN),
        Step(_N.NO_REVIEW_NEEDED, "withdraw_notification", _N.WITHDRAWN),
        # The review itself can show that the criteria were not met.
        Step(_N.REVIEWED, "withdraw_notification", _N.WITHDRAWN),
        Step(_N.AWAITING_REVIEW, "record_delay", _N.AWAITING_REVIEW),
        Step(_N.NO_REVIEW_NEEDED, "record_delay", _N.NO_REVIEW_NEEDED),
        Step(_N.REVIEWED, "record_delay", _N.REVIEWED),
        *(Step(state, "correct_notification", state) for state in _N),
    ),
    basis="GOV.UK, Report a serious child safeguarding incident; the national panel's questions and answers",
)

RAPID_REVIEW = Course(
    thing="rapid review",
    states=RapidReviewState,
    started_by="receive_rapid_review",
    first=(_R.AWAITING_PANEL,),
    steps=(
        *(Step(state, "record_panel_response", _R.ANSWERED) for state in _R),
        *(Step(state, "record_panel_response", _R.AWAITING_PARTNERS) for state in _R),
        Step(_R.AWAITING_PARTNERS, "record_partners_reply", _R.ANSWERED),
        Step(_R.ANSWERED, "record_partners_reply", _R.ANSWERED),
        *(Step(state, "complete_requested_action", state) for state in (_R.ANSWERED, _R.AWAITING_PARTNERS)),
        # The partners decide; the panel's view is sought but is not waited for.
        *(Step(state, "decide_local_review", state) for state in _R),
    ),
    basis="Child Safeguarding Practice Review and Relevant Agency (England) Regulations 2018, reg 11",
)

LOCAL_REVIEW = Course(
    thing="local review",
    states=LocalReviewState,
    started_by="decide_local_review",
    first=(_L.IN_PROGRESS,),
    steps=(
        Step(_L.IN_PROGRESS, "record_delay", _L.IN_PROGRESS),
        Step(_L.IN_PROGRESS, "plan_publication", _L.IN_PROGRESS),
        Step(_L.IN_PROGRESS, "send_copy_before_publication", _L.IN_PROGRESS),
        Step(_L.IN_PROGRESS, "publish_local_review", _L.PUBLISHED),
        Step(_L.IN_PROGRESS, "decide_not_to_publish", _L.NOT_PUBLISHED),
        # What stood against publication can fall away.
        Step(_L.NOT_PUBLISHED, "publish_local_review", _L.PUBLISHED),
        *(Step(state, "make_recommendation", state) for state in _L),
    ),
    basis="Working Together to Safeguard Children 2023, chapter 5",
)

NATIONAL_REVIEW = Course(
    thing="national review",
    states=NationalReviewState,
    started_by="commission_national_review",
    first=(NationalReviewState.COMMISSIONED,),
    steps=(
        Step(NationalReviewState.COMMISSIONED, "draw_on_incident", NationalReviewState.COMMISSIONED),
        Step(NationalReviewState.COMMISSIONED, "publish_national_review", NationalReviewState.PUBLISHED),
        *(Step(state, "make_recommendation", state) for state in NationalReviewState),
    ),
    basis="Children Act 2004 s16B",
)

RECOMMENDATION = Course(
    thing="recommendation",
    states=RecommendationStatus,
    started_by="make_recommendation",
    first=(_S.OPEN,),
    steps=(
        *(Step(state, "update_recommendation", state) for state in (_S.OPEN, _S.IN_PROGRESS)),
        Step(_S.OPEN, "update_recommendation", _S.IN_PROGRESS),
        *(Step(state, "update_recommendation", _S.DONE) for state in (_S.OPEN, _S.IN_PROGRESS)),
        *(Step(state, "update_recommendation", _S.SUPERSEDED) for state in (_S.OPEN, _S.IN_PROGRESS)),
        # Done says that it was acted on; evidenced that something shows it. Evidence is added before.
        Step(_S.DONE, "update_recommendation", _S.EVIDENCED),
        *(Step(state, "update_recommendation", _S.IN_PROGRESS) for state in (_S.DONE, _S.EVIDENCED)),
        *(Step(state, "add_evidence", state) for state in _S if state is not _S.SUPERSEDED),
    ),
    basis="Working Together to Safeguard Children 2023, chapter 5",
)

COURSES = (INCIDENT, NOTIFICATION, RAPID_REVIEW, LOCAL_REVIEW, NATIONAL_REVIEW, RECOMMENDATION)


def incident_state(*, not_notifiable_on: date | None, withdrawn_on: Iterable[date | None]) -> IncidentState:
    """`withdrawn_on` has one entry for each of its notifications, None for a live one."""
    notifications = tuple(withdrawn_on)
    if any(day is None for day in notifications):
        return IncidentState.NOTIFIED
    if notifications:
        return IncidentState.WITHDRAWN
    return IncidentState.NOT_NOTIFIABLE if not_notifiable_on else IncidentState.KNOWN


def notification_state(
    *, withdrawn_on: date | None, has_review: bool, needs_review: bool
) -> NotificationState:
    if withdrawn_on:
        return NotificationState.WITHDRAWN
    if has_review:
        return NotificationState.REVIEWED
    return NotificationState.AWAITING_REVIEW if needs_review else NotificationState.NO_REVIEW_NEEDED


ASKS_PARTNERS = (PanelOutcome.ASKS_FOR_MORE, PanelOutcome.DISAGREES)
"""Outcomes that the partners are expected to reply to."""


def rapid_review_state(
    *, responses: Iterable[tuple[date, str]], replied_to: Iterable[date]
) -> RapidReviewState:
    """From the date and outcome of each response, and the dates of the letters the partners replied to.

    The latest letter counts.
    """
    letters = tuple(responses)
    if not letters:
        return RapidReviewState.AWAITING_PANEL
    latest = max(day for day, _ in letters)
    asks = any(day == latest and outcome in ASKS_PARTNERS for day, outcome in letters)
    return (
        RapidReviewState.AWAITING_PARTNERS
        if asks and latest not in tuple(replied_to)
        else RapidReviewState.ANSWERED
    )


def local_review_state(*, published_on: date | None, publication: str | None) -> LocalReviewState:
    if published_on or publication in (Publication.FULL_REPORT, Publication.IMPROVEMENTS_ONLY):
        return LocalReviewState.PUBLISHED
    if publication == Publication.NOT_PUBLISHED:
        return LocalReviewState.NOT_PUBLISHED
    return LocalReviewState.IN_PROGRESS


def national_review_state(*, published_on: date | None) -> NationalReviewState:
    return NationalReviewState.PUBLISHED if published_on else NationalReviewState.COMMISSIONED


def recommendation_state(*, status: str | None) -> RecommendationStatus:
    """Its status is a person's judgement, the one state that is stored; not supplied is open."""
    return RecommendationStatus(status) if status else RecommendationStatus.OPEN


def may_follow(course: Course, *, state: Code, action: str, to: Code | None = None) -> Decision:
    """Whether `action` is possible in `state`, and with `to` whether it may lead there."""
    if any(
        step.before is state and step.action == action and to in (None, step.after) for step in course.steps
    ):
        return allowed(basis=course.basis)
    towards = f" to “{to.label}”" if to is not None else ""
    following = "; ".join(f"{name} (to “{after}”)" for name, after in _following(course, state))
    return refused(
        f"This {course.thing} stands at “{state.label}”, from where “{_in_words(action)}”{towards} is not "
        f"possible. What may follow: {following or 'nothing'}.",
        basis=course.basis,
    )


def _following(course: Course, state: Code) -> tuple[tuple[str, str], ...]:
    return tuple((_in_words(step.action), step.after.label) for step in course.steps if step.before is state)


def _in_words(action: str) -> str:
    return action.replace("_", " ")


def diagram(course: Course) -> str:
    """The table as a Mermaid state diagram, the same text every time."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {state.value}: {state.label}" for state in course.states]
    lines += [f"    [*] --> {first.value}: {_in_words(course.started_by)}" for first in course.first]
    for before, after in dict.fromkeys((step.before, step.after) for step in course.steps):
        actions = [
            _in_words(step.action) for step in course.steps if (step.before, step.after) == (before, after)
        ]
        lines.append(f"    {before.value} --> {after.value}: {', '.join(actions)}")
    return "\n".join(lines) + "\n"
