"""What the rows of lists 8 to 11 say happened: looked after, leaving care, adoption.

Where a child is placed is not kept, and everything about adoption is protected: it would join a birth family
to an adoptive one.
"""

from collections.abc import Iterator
from datetime import date

from sightline.intake.formats.annex_a import columns as c
from sightline.intake.formats.annex_a import rules
from sightline.intake.formats.annex_a.events import PROTECTED, SENSITIVE, Told, joined, key_day, times
from sightline.intake.formats.annex_a.row import Row
from sightline.intake.records import SourceEvent
from sightline.vocabulary.events import EventKind

_ADOPTIVE = {"adoptive", "A3", "A4", "A5", "A6"}
_ADOPTED = {"adopted", "E11", "E12"}


def looked_after(row: Row, tell: Told) -> Iterator[SourceEvent]:
    row.in_order(c.CARE_START, c.CARE_END)
    row.in_order(c.LEGAL_START, c.CARE_END)
    row.in_order(c.PLACED, c.CARE_END)
    began, ended, why = key_day(row, c.CARE_START), row.day(c.CARE_END), row.code(c.CARE_ENDED)
    if ended and not row.text(c.CARE_ENDED):
        row.find(rules.END_WITHOUT_REASON, c.CARE_ENDED, day=ended, reason=f"“{c.CARE_ENDED}”")
    if why and not row.text(c.CARE_END):
        row.find(rules.REASON_WITHOUT_END, c.CARE_END, end=f"“{c.CARE_END}”")
    is_open = not ended and not why
    need, again, alone = row.code(c.CARE_NEED), row.code(c.CARE_AGAIN), row.code(c.UASC)
    yield tell(
        "looked-after",
        EventKind.LOOKED_AFTER,
        began,
        joined(
            "Looked after",
            f"need: {row.label(c.CARE_NEED)}" if need else "",
            "unaccompanied asylum-seeking child" if alone == "yes" else "",
            "a second or later period within twelve months" if again == "yes" else "",
            times(row.count(c.PLACEMENTS), "placement") + " in twelve months"
            if row.count(c.PLACEMENTS)
            else "",
            f"plan for permanence: {row.label(c.PERMANENCE)}" if row.code(c.PERMANENCE) else "",
            f"ended: {row.label(c.CARE_ENDED)}" if why else "",
        ),
        until=ended,
        is_open=is_open,
        sensitivity=PROTECTED if why in _ADOPTED or row.code(c.PERMANENCE) == "adoption" else None,
        need=need,
        second_period=again,
        unaccompanied=alone,
        permanence=row.code(c.PERMANENCE),
        ceased=why,
        placements_in_12_months=row.count(c.PLACEMENTS),
        disability=row.code(c.DISABILITY),
    )
    yield from _status_and_placement(row, tell, ended, is_open=is_open)
    yield from _contact_in_care(row, tell)
    yield from _missing(row, tell, began)


def _status_and_placement(
    row: Row, tell: Told, ended: date | None, *, is_open: bool
) -> Iterator[SourceEvent]:
    status, placement = row.code(c.LEGAL_STATUS), row.code(c.PLACEMENT)
    since, placed = row.day(c.LEGAL_START), row.day(c.PLACED)
    if status or since:
        label = row.label(c.LEGAL_STATUS)
        yield tell(
            "legal-status",
            EventKind.LEGAL_STATUS,
            since,
            joined(f"Legal status: {label}" if label else "Legal status changed"),
            until=ended,
            is_open=is_open,
            sensitivity=PROTECTED if status in {"D1", "E1"} else None,
            legal_status=status,
        )
    if placement or placed:
        label, where = row.label(c.PLACEMENT), row.label(c.LOCATION)
        provider = row.label(c.PROVIDER)
        yield tell(
            "placement",
            EventKind.PLACEMENT,
            placed,
            joined(
                f"Placement: {label}" if label else "Placement began",
                f"provider: {provider}" if provider else "",
                where,
            ),
            until=ended,
            is_open=is_open,
            sensitivity=PROTECTED if placement in _ADOPTIVE else None,
            placement=placement,
            provider=row.code(c.PROVIDER),
            location=row.code(c.LOCATION),
        )


def _contact_in_care(row: Row, tell: Told) -> Iterator[SourceEvent]:
    if day := row.day(c.CARE_REVIEW):
        yield tell("review", EventKind.REVIEW, day, "Statutory review of care.")
    if day := row.day(c.WORKER_VISIT):
        yield tell("visit", EventKind.VISIT, day, "Social worker's visit.")
    if day := row.day(c.REVIEWER_VISIT):
        yield tell(
            "iro-visit", EventKind.VISIT, day, "Visit by, or contact with, the independent reviewing officer."
        )
    if day := row.day(c.HEALTH):
        yield tell("health", EventKind.HEALTH_ASSESSMENT, day, "Health assessment.", sensitivity=SENSITIVE)
    if day := row.day(c.DENTAL):
        yield tell("dental", EventKind.APPOINTMENT, day, "Dental check.", sensitivity=SENSITIVE)


def _missing(row: Row, tell: Told, began: date | None) -> Iterator[SourceEvent]:
    missing, absent = row.count(c.MISSING), row.count(c.ABSENT)
    offered, accepted = row.code(c.INTERVIEW_OFFERED), row.code(c.INTERVIEW_ACCEPTED)
    if accepted == "yes" and offered == "no":
        row.find(rules.INTERVIEW_NOT_OFFERED, c.INTERVIEW_ACCEPTED)
    if missing or absent:
        yield tell(
            "missing",
            EventKind.MISSING_EPISODE,
            None,
            joined(
                "In the twelve months before the list was made: "
                + " and ".join(
                    part for part in (times(missing, "missing episode"), times(absent, "absence")) if part
                )
            ),
            key=began or "",
            missing_episodes=missing,
            absences=absent,
        )
    if offered == "yes" or (offered == "no" and missing):
        outcome = {"yes": "accepted", "no": "not accepted"}.get(accepted, "")
        if not missing:
            row.find(rules.INTERVIEW_WITHOUT_MISSING, c.INTERVIEW_OFFERED)
        yield tell(
            "return-interview",
            EventKind.RETURN_INTERVIEW,
            None,
            joined(
                f"Return interview {'offered' if offered == 'yes' else 'not offered'} after the last missing "
                "episode",
                outcome if offered == "yes" else "",
            ),
            key=began or "",
            offered=offered,
            accepted=accepted,
        )


def care_leavers(row: Row, tell: Told) -> Iterator[SourceEvent]:
    on, touch = row.day(c.IN_TOUCH_ON), row.code(c.IN_TOUCH)
    eligibility, home = row.label(c.ELIGIBILITY), row.label(c.ACCOMMODATION)
    suitable, activity = row.label(c.SUITABILITY), row.label(c.ACTIVITY)
    yield tell(
        "leaving-care",
        EventKind.CARE_LEAVING,
        on,
        joined(
            f"Care leaver ({eligibility})" if eligibility else "Care leaver",
            f"authority in touch: {row.label(c.IN_TOUCH)}" if touch not in {"", "yes", "no"} else "",
            {"yes": "the authority is in touch", "no": "the authority is not in touch"}.get(touch, ""),
            f"accommodation: {home}" + (f", {suitable}" if suitable else "") if home else "",
            f"activity: {activity}" if activity else "",
        ),
        eligibility=row.code(c.ELIGIBILITY),
        in_touch=touch,
        accommodation=row.code(c.ACCOMMODATION),
        suitability=row.code(c.SUITABILITY),
        activity=row.code(c.ACTIVITY),
        unaccompanied=row.code(c.UASC_FORMERLY),
        disability=row.code(c.DISABILITY),
    )
    if reviewed := row.day(c.PATHWAY):
        yield tell("pathway-plan", EventKind.REVIEW, reviewed, "Review of the pathway plan.")


_ADOPTION = (
    (c.FOSTERED, "Placed with carers who may adopt (fostering for adoption or concurrent planning)"),
    (c.DECIDED, "Decision that the child should be placed for adoption"),
    (c.PLACEMENT_ORDER, "Placement order"),
    (c.MATCHED, "Matched with prospective adopters"),
    (c.PLACED_FOR, "Placed for adoption"),
    (c.ADOPTED, "Adoption order"),
)
_ADOPTION_ORDER = (
    (c.ENTERED_CARE, c.DECIDED),
    (c.ENTERED_CARE, c.PLACEMENT_ORDER),
    (c.MATCHED, c.PLACED_FOR),
    (c.PLACED_FOR, c.ADOPTED),
    (c.PLACEMENT_ORDER, c.ADOPTED),
    (c.DECIDED, c.REVERSED),
)


def adoption(row: Row, tell: Told) -> Iterator[SourceEvent]:
    """Adopters and child are known to belong together only by the family identifier, which is not kept."""
    for earlier, later in _ADOPTION_ORDER:
        row.in_order(earlier, later)
    key_day(row, c.DECIDED)
    if entered := row.day(c.ENTERED_CARE):
        yield tell("entered-care", EventKind.LOOKED_AFTER, entered, "Entered care.")
    for column, words in _ADOPTION:
        if day := row.day(column):
            yield tell(_slug(words), EventKind.ADOPTION, day, joined(words))
    reversed_on, why = row.day(c.REVERSED), row.code(c.REVERSED_WHY)
    if why and not row.text(c.REVERSED):
        row.find(rules.REASON_WITHOUT_END, c.REVERSED, end=f"“{c.REVERSED}”")
    if reversed_on or why:
        yield tell(
            "reversed",
            EventKind.ADOPTION,
            reversed_on,
            joined(
                "Decision that the child should no longer be placed for adoption",
                f"reason: {row.label(c.REVERSED_WHY)}" if why else "",
            ),
            reason=why,
        )


_ADOPTERS = (
    (c.ENQUIRED, "", "Enquiry about adopting"),
    (c.STAGE_1, c.STAGE_1_END, "Stage 1 of the adopters' assessment"),
    (c.STAGE_2, c.STAGE_2_END, "Stage 2 of the adopters' assessment"),
    (c.APPLIED, "", "Application to adopt"),
    (c.APPROVED, "", "Approved as adopter"),
    (c.ADOPTER_MATCHED, "", "Matched with a child"),
    (c.ADOPTER_PLACED, "", "Child placed with the adopter"),
    (c.ADOPTED, "", "Adoption order"),
)
_ADOPTERS_ORDER = (
    (c.ENQUIRED, c.STAGE_1),
    (c.STAGE_1, c.STAGE_1_END),
    (c.STAGE_1_END, c.STAGE_2),
    (c.STAGE_2, c.STAGE_2_END),
    (c.APPLIED, c.APPROVED),
    (c.ADOPTER_MATCHED, c.ADOPTER_PLACED),
    (c.ADOPTER_PLACED, c.ADOPTED),
    (c.ENQUIRED, c.LEFT),
)


def adopters(row: Row, tell: Told) -> Iterator[SourceEvent]:
    for earlier, later in _ADOPTERS_ORDER:
        row.in_order(earlier, later)
    key_day(row, c.ENQUIRED)
    for column, end, words in _ADOPTERS:
        if day := row.day(column):
            until = row.day(end) if end else None
            placed = row.count(c.CHILDREN_PLACED) if column == c.ADOPTER_PLACED else None
            yield tell(
                _slug(words),
                EventKind.ADOPTION,
                day,
                joined(words, times(placed, "child").replace("childs", "children")),
                until=until,
                is_open=bool(end) and until is None and not row.text(c.LEFT),
                children_placed=placed,
                fostering_for_adoption=row.code(c.FOSTERING) if column == c.ENQUIRED else "",
            )
    left, why = row.day(c.LEFT), row.code(c.LEFT_WHY)
    if why and not row.text(c.LEFT):
        row.find(rules.REASON_WITHOUT_END, c.LEFT, end=f"“{c.LEFT}”")
    if left or why:
        yield tell(
            "left",
            EventKind.ADOPTION,
            left,
            joined("Left the adoption process", f"reason: {row.label(c.LEFT_WHY)}" if why else ""),
            reason=why,
        )


def _slug(words: str) -> str:
    return words.partition("(")[0].strip().lower().replace("'", "").replace(" ", "-")
