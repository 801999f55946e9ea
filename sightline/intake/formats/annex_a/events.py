"""What the rows of lists 1 to 7 say happened, in a practitioner's words."""

from collections.abc import Iterator
from datetime import date

from sightline.intake.formats.annex_a import columns as c
from sightline.intake.formats.annex_a import rules
from sightline.intake.formats.annex_a.row import Row
from sightline.intake.records import SourceEvent
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity

SENSITIVE, PROTECTED = EventSensitivity.SENSITIVE, EventSensitivity.PROTECTED


class Told:
    """Makes the events of one row. An event is known again by its list, its name and the row's own key."""

    def __init__(self, row: Row, record_id: str, sensitivity: EventSensitivity = EventSensitivity.ORDINARY):
        self.row, self.record_id, self.sensitivity = row, record_id, sensitivity

    def __call__(
        self,
        name: str,
        kind: EventKind,
        on: date | None,
        summary: str,
        *,
        until: date | None = None,
        is_open: bool = False,
        key: object = "",
        sensitivity: EventSensitivity | None = None,
        **details: str | int | None,
    ) -> SourceEvent:
        known_by = (f"list-{self.row.held.number}", name, str(key), str(on or ""))
        return SourceEvent(
            self.record_id,
            "/".join(part for part in known_by if part),
            kind,
            on,
            summary,
            precision=DatePrecision.DAY if on else DatePrecision.UNKNOWN,
            until=None if on and until and until < on else until,
            is_open=is_open,
            sensitivity=sensitivity or self.sensitivity,
            details={name: str(value) for name, value in details.items() if value not in ("", None)},
        )


def joined(*parts: str) -> str:
    """“First; second.” of the parts that are not empty."""
    said = "; ".join(part for part in parts if part)
    return f"{said}." if said else ""


def times(number: int | None, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}" if number else ""


def key_day(row: Row, column: str) -> date | None:
    """The day by which the row is known, reported where there is none."""
    day = row.day(column)
    if day is None and not row.text(column):
        row.find(rules.NO_KEY_DATE, column, named=f"“{column}”")
    return day


def contacts(row: Row, tell: Told) -> Iterator[SourceEvent]:
    source = row.code(c.CONTACT_SOURCE)
    yield tell(
        "contact",
        EventKind.CONTACT,
        key_day(row, c.CONTACT_DATE),
        joined("Contact" + _from(row, c.CONTACT_SOURCE)),
        key=source,
        source=source,
    )


def _from(row: Row, column: str) -> str:
    source = row.label(column)
    return f" from {source}" if source else ""


def early_help(row: Row, tell: Told) -> Iterator[SourceEvent]:
    row.in_order(c.HELP_START, c.HELP_END)
    ended = row.day(c.HELP_END)
    yield tell(
        "early-help",
        EventKind.EARLY_HELP,
        key_day(row, c.HELP_START),
        joined("Early help assessment", "completed" if ended else "not completed when the list was made"),
        until=ended,
        is_open=ended is None,
        organisation=row.text(c.HELP_BY),
    )


def referrals(row: Row, tell: Told) -> Iterator[SourceEvent]:
    source, nfa = row.code(c.REFERRAL_SOURCE), row.code(c.NFA)
    outcome = {"yes": "outcome: no further action", "no": "outcome: further action"}.get(nfa, "")
    number = row.count(c.REFERRALS)
    yield tell(
        "referral",
        EventKind.REFERRAL,
        key_day(row, c.REFERRED),
        joined("Referral" + _from(row, c.REFERRAL_SOURCE), outcome),
        key=source,
        source=source,
        no_further_action=nfa,
        referrals_in_12_months=number,
    )


def assessments(row: Row, tell: Told) -> Iterator[SourceEvent]:
    row.in_order(c.ASSESSED, c.AUTHORISED)
    seen, needed, ended = row.code(c.ASSESSMENT_SEEN), row.code(c.NEEDS_SUPPORT), row.day(c.AUTHORISED)
    yield tell(
        "assessment",
        EventKind.ASSESSMENT,
        key_day(row, c.ASSESSED),
        joined(
            "Assessment by children's social care",
            {"yes": "child seen", "no": "child not seen"}.get(seen, ""),
            {"yes": "outcome: support needed", "no": "outcome: no support needed"}.get(needed, ""),
            "" if ended else "not yet authorised when the list was made",
        ),
        until=ended,
        is_open=ended is None,
        child_seen=seen,
        support_needed=needed,
        disability=row.code(c.DISABILITY),
    )


def enquiries(row: Row, tell: Told) -> Iterator[SourceEvent]:
    row.in_order(c.STRATEGY, c.CONFERENCE)
    began, held = key_day(row, c.STRATEGY), row.day(c.CONFERENCE)
    unnecessary, result = row.code(c.UNNECESSARY), row.code(c.RESULTED)
    if unnecessary == "yes" and held:
        row.find(rules.CONFERENCE_UNNECESSARY, c.CONFERENCE, day=held)
    if result in {"yes", "no"} and not held and not row.text(c.CONFERENCE):
        row.find(rules.RESULT_WITHOUT_CONFERENCE, c.RESULTED)
    yield tell(
        "strategy-discussion",
        EventKind.STRATEGY_DISCUSSION,
        began,
        "Strategy discussion; it began a section 47 enquiry.",
    )
    yield tell(
        "section-47",
        EventKind.SECTION_47,
        began,
        joined(
            "Section 47 enquiry began",
            "no child protection conference was needed" if unnecessary == "yes" and not held else "",
        ),
        conference_unnecessary=unnecessary,
        enquiries_in_12_months=row.count(c.ENQUIRIES),
        conferences_in_12_months=row.count(c.CONFERENCES),
        disability=row.code(c.DISABILITY),
    )
    if held:
        outcome = {
            "yes": "outcome: child protection plan",
            "no": "outcome: no child protection plan",
        }.get(result, "")
        yield tell(
            "initial-conference",
            EventKind.CONFERENCE,
            held,
            joined("Initial child protection conference", outcome),
            key=began or "",
            resulted_in_plan=result,
        )


def need(row: Row, tell: Told) -> Iterator[SourceEvent]:
    row.in_order(c.NEED_START, c.NEED_END)
    ended, why, status = row.day(c.NEED_END), row.code(c.NEED_CLOSED), row.code(c.CASE_STATUS)
    if ended and not row.text(c.NEED_CLOSED):
        row.find(rules.END_WITHOUT_REASON, c.NEED_CLOSED, day=ended, reason=f"“{c.NEED_CLOSED}”")
    if why and not row.text(c.NEED_END):
        row.find(rules.REASON_WITHOUT_END, c.NEED_END, end=f"“{c.NEED_END}”")
    elif status == "closed" and not row.text(c.NEED_END):
        row.find(rules.CLOSED_BUT_OPEN, c.NEED_END, end=f"“{c.NEED_END}”")
    if ended and status and status != "closed":
        row.find(rules.OPEN_BUT_CLOSED, c.CASE_STATUS, day=ended, status=row.label(c.CASE_STATUS))
    is_open = not ended and not why and status != "closed"
    closed = row.label(c.NEED_CLOSED)
    yield tell(
        "child-in-need",
        EventKind.CHILD_IN_NEED,
        key_day(row, c.NEED_START),
        joined(
            "Child in need",
            f"need: {row.label(c.NEED_CODE)}" if row.code(c.NEED_CODE) else "",
            f"case status: {row.label(c.CASE_STATUS)}" if status and is_open else "",
            f"closed: {closed}" if closed else "closed" if not is_open else "",
        ),
        until=ended,
        is_open=is_open,
        need=row.code(c.NEED_CODE),
        case_status=status,
        closure=why,
        disability=row.code(c.DISABILITY),
    )
    if seen := row.day(c.LAST_SEEN):
        yield tell("last-seen", EventKind.VISIT, seen, "Child seen: the last time before the list was made.")


def protection(row: Row, tell: Told) -> Iterator[SourceEvent]:
    for later in (c.STATUTORY_VISIT, c.REVIEW_CONFERENCE, c.PLAN_END):
        row.in_order(c.PLAN_START, later)
    began, ended = key_day(row, c.PLAN_START), row.day(c.PLAN_END)
    first, latest = row.code(c.ABUSE_FIRST), row.code(c.ABUSE_LATEST)
    for column in (c.ABUSE_FIRST, c.ABUSE_LATEST):
        if row.code(column) == "MUL":
            row.find(rules.MULTIPLE_ABUSE, column)
    changed = f"latest category: {row.label(c.ABUSE_LATEST)}" if latest and latest != first else ""
    before = row.count(c.PLANS_BEFORE)
    is_sensitive = "SAB" in {first, latest}
    yield tell(
        "plan",
        EventKind.CHILD_PROTECTION_PLAN,
        began,
        joined(
            "Child protection plan",
            f"category: {row.label(c.ABUSE_FIRST)}" if first else "",
            changed,
            times(before, "earlier plan"),
            "ended" if ended else "",
        ),
        until=ended,
        is_open=ended is None and not row.text(c.PLAN_END),
        sensitivity=SENSITIVE if is_sensitive else None,
        initial_category=first,
        latest_category=latest,
        previous_plans=before,
        disability=row.code(c.DISABILITY),
    )
    if visit := row.day(c.STATUTORY_VISIT):
        alone = row.code(c.SEEN_ALONE)
        yield tell(
            "statutory-visit",
            EventKind.VISIT,
            visit,
            joined(
                "Statutory child protection visit",
                {"yes": "child seen alone", "no": "child not seen alone"}.get(alone, ""),
            ),
            key=began or "",
            seen_alone=alone,
        )
    if review := row.day(c.REVIEW_CONFERENCE):
        yield tell(
            "review-conference",
            EventKind.CONFERENCE,
            review,
            "Review child protection conference.",
            key=began or "",
        )
    if row.code(c.EMERGENCY) == "yes":
        yield tell(
            "emergency",
            EventKind.LEGAL_STATUS,
            None,
            "Under an emergency protection order or police protection at some time in the six months before "
            "the list was made.",
            key=began or "",
        )
