"""The statutory clocks as dated, cited data. To change one, see docs/how-to/add-a-rule.md.

Nothing here is legal advice. A status says how far each rule rests on a text that was read.
"""

from dataclasses import dataclass
from datetime import date

from sightline.vocabulary.codes import Code


class Clock(Code):
    """What is to be done by a date."""

    NOTIFY = "notify", "Notify the national body"
    NOTIFY_CARE_LEAVER_DEATH = "notify_care_leaver_death", "Notify the death of a care leaver"
    RAPID_REVIEW = "rapid_review", "Send the rapid review"
    PANEL_RESPONSE = "panel_response", "Reply to the rapid review"
    LOCAL_REVIEW = "local_review", "Publish the local review"
    COPY_BEFORE_PUBLICATION = "copy_before_publication", "Send the copy before publication"
    NATIONAL_REVIEW = "national_review", "Publish the national review"


class Trigger(Code):
    """The event that a clock starts from. Its label completes “5 working days after …”."""

    OCCURRED = "occurred", "the incident occurred"
    AWARE = "aware", "the local authority became aware"
    NOTIFIED = "notified", "the notification was sent"
    REVIEW_RECEIVED = "review_received", "the rapid review was received"
    LOCAL_REVIEW_DECIDED = "local_review_decided", "the local review was decided"
    PUBLICATION = "publication", "the local review is to be published"
    COMMISSIONED = "commissioned", "the national review was commissioned"


class CountedIn(Code):
    WORKING_DAYS = "working_days", "working days"
    CALENDAR_MONTHS = "calendar_months", "calendar months"
    WORKING_DAYS_BACK = "working_days_back", "working days back"


class Status(Code):
    """How far a rule can be relied on."""

    CONFIRMED = "confirmed", "Confirmed: read in a public text"
    ASSUMED = "assumed", "Assumed: commonly said, its governing text not read"
    LOCAL = "local", "Local: one partnership's own practice"


# Rules are compared and cached by identity: there is one of each.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClockRule:
    """One limit while it is in force: from the first day to the last, both counted, by the trigger's date.

    `status` is that of the limit, `start_status` that of the event it is counted from. A rule with a
    `partnership` is that partnership's own and lies over the national one.
    """

    name: str  # stable; appears in output
    clock: Clock
    starts: Trigger
    limit: int
    counted_in: CountedIn
    in_force_from: date
    in_force_to: date | None = None
    source: str
    address: str
    status: Status
    start_status: Status = Status.CONFIRMED
    note: str = ""
    partnership: str = ""

    def __post_init__(self) -> None:
        assert self.limit > 0, f"{self.name} has no limit"
        assert self.source, f"{self.name} cites nothing"
        assert (self.status is Status.LOCAL) == bool(self.partnership), f"{self.name}: local to whom?"

    def is_in_force(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    @property
    def status_in_words(self) -> str:
        """“confirmed”, or “confirmed limit, assumed start” where the two differ for the worse."""
        if self.status is Status.CONFIRMED and self.start_status is not Status.CONFIRMED:
            return f"{self.status} limit, {self.start_status} start"
        return str(self.status)

    @property
    def length_in_words(self) -> str:
        """“15 working days”; a partnership's own rule may be “1 working day”."""
        unit = "calendar month" if self.counted_in is CountedIn.CALENDAR_MONTHS else "working day"
        return f"{self.limit} {unit}{'' if self.limit == 1 else 's'}"

    @property
    def direction(self) -> str:
        return "before" if self.counted_in is CountedIn.WORKING_DAYS_BACK else "after"

    @property
    def limit_in_words(self) -> str:
        """“15 working days after the notification was sent”."""
        return f"{self.length_in_words} {self.direction} {self.starts.label}"


DUTY_BEGAN = date(2018, 6, 29)
"""Children Act 2004 sections 16A to 16F came into force; before that, notifications went to Ofsted."""

NATIONAL_RULES: tuple[ClockRule, ...] = (
    ClockRule(
        name="notify-within-5-working-days",
        clock=Clock.NOTIFY,
        starts=Trigger.AWARE,
        limit=5,
        counted_in=CountedIn.WORKING_DAYS,
        in_force_from=DUTY_BEGAN,
        source="Report a serious child safeguarding incident (GOV.UK), on Children Act 2004 s16C(1)",
        address="https://gov.uk/guidance/report-a-serious-child-safeguarding-incident",
        status=Status.CONFIRMED,
        note="Also for the death of a looked-after child without abuse or neglect.",
    ),
    ClockRule(
        name="notify-care-leaver-death-within-5-working-days",
        clock=Clock.NOTIFY_CARE_LEAVER_DEATH,
        starts=Trigger.AWARE,
        limit=5,
        counted_in=CountedIn.WORKING_DAYS,
        in_force_from=date(2023, 12, 15),
        source="Working Together to Safeguard Children 2023, through a local one-minute guide",
        address="https://www.safeguardingchildren.co.uk/professionals/procedures-practice-guidance-and-one-minute-guides/death-of-a-care-leaver-one-minute-guide",
        status=Status.ASSUMED,
        note="The guidance says “should”; that the five days apply is local guides' reading.",
    ),
    ClockRule(
        name="rapid-review-within-15-working-days",
        clock=Clock.RAPID_REVIEW,
        starts=Trigger.NOTIFIED,
        limit=15,
        counted_in=CountedIn.WORKING_DAYS,
        in_force_from=DUTY_BEGAN,
        source="A partnership's procedure that follows the Panel's guidance of June 2025",
        address="https://www.safeguardingcambspeterborough.org.uk/children-board/serious-case-reviews",
        status=Status.CONFIRMED,
        note="That it runs from the notification is a partnership's text; older ones read as from awareness.",
    ),
    ClockRule(
        name="panel-response-within-15-working-days",
        clock=Clock.PANEL_RESPONSE,
        starts=Trigger.REVIEW_RECEIVED,
        limit=15,
        counted_in=CountedIn.WORKING_DAYS,
        in_force_from=DUTY_BEGAN,
        source="Commonly quoted; no governing text was found",
        address="https://www.kscmp.org.uk/procedures/safeguarding-practice-reviews/the-scr-process",
        status=Status.ASSUMED,
        note="There is no fixed limit: it is when a reply is expected. One local account says about 10 days.",
    ),
    ClockRule(
        name="local-review-within-6-months",
        clock=Clock.LOCAL_REVIEW,
        starts=Trigger.LOCAL_REVIEW_DECIDED,
        limit=6,
        counted_in=CountedIn.CALENDAR_MONTHS,
        in_force_from=DUTY_BEGAN,
        source="Protocol between safeguarding partnerships, the Crown Prosecution Service and police chiefs",
        address="https://cps.gov.uk/node/13469",
        status=Status.CONFIRMED,
        start_status=Status.ASSUMED,
        note="The limit is confirmed; that it runs from the decision is assumed.",
    ),
    ClockRule(
        name="copy-7-working-days-before-publication",
        clock=Clock.COPY_BEFORE_PUBLICATION,
        starts=Trigger.PUBLICATION,
        limit=7,
        counted_in=CountedIn.WORKING_DAYS_BACK,
        in_force_from=DUTY_BEGAN,
        source="Commonly said of Working Together; the text was not read",
        address="https://www.gov.uk/government/publications/working-together-to-safeguard-children--2",
        status=Status.ASSUMED,
        note="To the national body and the Secretary of State.",
    ),
    ClockRule(
        name="national-review-within-6-months",
        clock=Clock.NATIONAL_REVIEW,
        starts=Trigger.COMMISSIONED,
        limit=6,
        counted_in=CountedIn.CALENDAR_MONTHS,
        in_force_from=DUTY_BEGAN,
        source="Commonly said of Working Together; the text was not read",
        address="https://www.gov.uk/government/publications/working-together-to-safeguard-children--2",
        status=Status.ASSUMED,
        note="A target, not a limit.",
    ),
)

LOCAL_RULES: tuple[ClockRule, ...] = ()
"""Partnerships' own rules, laid over the national ones where they give an earlier date. None is shipped: a
partnership's practice is its own to state."""
