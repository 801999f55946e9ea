"""Looked after and what follows: episodes, placements, legal statuses, going missing, adoption, leaving."""

from sightline.intake.declaration import Judged
from sightline.intake.formats.safeguarding_dataset import rules
from sightline.intake.formats.safeguarding_dataset.codes import (
    ADOPTED,
    ADOPTIVE_PLACEMENTS,
    CARE_PLANS,
    CODES,
)
from sightline.intake.formats.safeguarding_dataset.people import closed_at_adoption
from sightline.intake.formats.safeguarding_dataset.row import DataRow
from sightline.intake.records import SourceEvent
from sightline.vocabulary.events import EventKind, EventSensitivity

_PROTECTED, _SENSITIVE = EventSensitivity.PROTECTED, EventSensitivity.SENSITIVE


def episode(row: DataRow) -> Judged:
    first, last = row.period("clae_cla_episode_start_date", "clae_cla_episode_ceased_date")
    start, need = row.word("clae_cla_episode_start_reason"), row.word("clae_cla_primary_need_code")
    why = row.ended("clae_cla_episode_ceased_date", "clae_cla_episode_ceased_reason")
    is_adoption = row.text("clae_cla_episode_ceased_reason").upper() in ADOPTED
    said = "Looked after"
    said += f": {start}" if start else ""
    said += f"; need: {need}" if need else ""
    said += f"; ended: {why}" if why else ""
    event = row.event(
        EventKind.LOOKED_AFTER,
        first,
        f"{said}.",
        until=last,
        is_open=not row.text("clae_cla_episode_ceased_date"),
        sensitivity=_PROTECTED if is_adoption else EventSensitivity.ORDINARY,
    )
    return Judged(closed_at_adoption(row) if is_adoption else (), (event,))


def placement(row: DataRow) -> Judged:
    """What kind of place, never where: no postcode, no provider's number."""
    first, last = row.period("clap_cla_placement_start_date", "clap_cla_placement_end_date")
    kind, provider = row.word("clap_cla_placement_type"), row.word("clap_cla_placement_provider")
    why = row.word("clap_cla_placement_change_reason")
    row.postcode("clap_cla_placement_postcode")
    said = "Placement" + (f": {kind}" if kind else "") + (f" ({provider})" if provider else "")
    said += f"; ended: {why}" if why else ""
    is_adoptive = row.text("clap_cla_placement_type").upper() in ADOPTIVE_PLACEMENTS
    event = row.event(
        EventKind.PLACEMENT,
        first,
        f"{said}.",
        until=last,
        is_open=not row.text("clap_cla_placement_end_date"),
        sensitivity=_PROTECTED if is_adoptive else EventSensitivity.ORDINARY,
    )
    return Judged(events=(event,))


def legal_status(row: DataRow) -> Judged:
    """Systems hold statuses that no return asks for: what is no code of a return is told as it stands."""
    first, last = row.period("lega_legal_status_start_date", "lega_legal_status_end_date")
    given = row.text("lega_legal_status")
    known = CODES["legal_status"].get(given.upper().partition(" ")[0])
    event = row.event(
        EventKind.LEGAL_STATUS,
        first,
        f"Legal status: {known or given}." if given else "Legal status not given.",
        until=last,
        is_open=not row.text("lega_legal_status_end_date"),
        details={"legal_status": given} if given else {},
    )
    return Judged(events=(event,))


def care_plan(row: DataRow) -> Judged:
    first, last = row.period("lacp_cla_care_plan_start_date", "lacp_cla_care_plan_end_date")
    words, codes = row.yeses("lacp_cla_care_plan_json", CARE_PLANS)
    event = row.event(
        EventKind.OTHER,
        first,
        f"Care plan: {' or '.join(words)}." if words else "Care plan; permanence not decided.",
        until=last,
        is_open=not row.text("lacp_cla_care_plan_end_date"),
        sensitivity=_PROTECTED if "ADOPTION" in codes else EventSensitivity.ORDINARY,
        details={"care_plan": " ".join(codes)} if codes else {},
    )
    return Judged(events=(event,))


def missing(row: DataRow) -> Judged:
    first, last = row.period("miss_missing_episode_start_date", "miss_missing_episode_end_date")
    offered, accepted = row.is_yes("miss_missing_rhi_offered"), row.is_yes("miss_missing_rhi_accepted")
    if accepted and offered is False:
        row.find(rules.ACCEPTED_NOT_OFFERED, "miss_missing_rhi_accepted")
    kind = row.word("miss_missing_episode_type") or "missing"
    said = f"Episode of being {kind}"
    if offered is False:
        said += "; no return interview offered"
    elif offered or accepted:
        said += {
            True: "; return interview accepted",
            False: "; return interview refused",
            None: "; return interview offered",
        }[accepted]
    event = row.event(
        EventKind.MISSING_EPISODE,
        first,
        f"{said}.",
        until=last,
        is_open=not row.text("miss_missing_episode_end_date"),
        sensitivity=_SENSITIVE,
    )
    return Judged(events=(event,))


_STEPS_TO_ADOPTION = (
    ("perm_adm_decision_date", "Decided that the child should be placed for adoption"),
    ("perm_ffa_cp_decision_date", "Decided on fostering for adoption or concurrent planning"),
    ("perm_placed_ffa_cp_date", "Placed in fostering for adoption or concurrent planning"),
    ("perm_placement_order_date", "Placement order"),
    ("perm_matched_date", "Matched with adopters"),
    ("perm_placed_for_adoption_date", "Placed for adoption"),
    ("perm_decision_reversed_date", "Decided that the child should no longer be placed for adoption"),
)


def permanence(row: DataRow) -> Judged:
    """Each step towards a new family is a day of its own. All would lead from one family to the other."""
    events: list[SourceEvent] = []
    for column, said in _STEPS_TO_ADOPTION:
        day = row.day_of(column)
        if day is None:
            continue
        why = row.word("perm_decision_reversed_reason") if column == "perm_decision_reversed_date" else ""
        words = f"{said}: {why}." if why else f"{said}."
        part = column.removeprefix("perm_").removesuffix("_date")
        events.append(row.event(EventKind.ADOPTION, day, words, part=part, sensitivity=_PROTECTED))
    order, made = row.word("perm_permanence_order_type"), row.day_of("perm_permanence_order_date")
    is_adoption = row.text("perm_permanence_order_type").upper() == "ADOPTION"
    if made or order:
        events.append(
            row.event(
                EventKind.ADOPTION if is_adoption else EventKind.LEGAL_STATUS,
                made,
                f"{order[0].upper()}{order[1:]} made." if order else "Order for permanence made.",
                part="order",
                sensitivity=_PROTECTED,
            )
        )
    is_closed = is_adoption and made is not None
    return Judged(closed_at_adoption(row) if is_closed else (), tuple(events))


def previous_permanence(row: DataRow) -> Judged:
    option = row.word("lapp_previous_permanence_option")
    if not option or row.text("lapp_previous_permanence_option").upper() == "Z1":
        return Judged()
    event = row.event(
        EventKind.ADOPTION if option == "adoption" else EventKind.LEGAL_STATUS,
        row.day("lapp_previous_permanence_order_date"),
        f"Had left care before: {option}.",
        sensitivity=_PROTECTED,
    )
    return Judged(events=(event,))


def conviction(row: DataRow) -> Judged:
    event = row.event(
        EventKind.OFFENCE,
        row.day_of("clac_cla_conviction_date", is_needed=True),
        "Offence that led to a conviction.",
        sensitivity=_SENSITIVE,
        text=row.text("clac_cla_conviction_offence"),
    )
    return Judged(events=(event,))


def care_leaver(row: DataRow) -> Judged:
    touch, home = row.word("clea_care_leaver_in_touch"), row.word("clea_care_leaver_accommodation")
    activity, right = row.word("clea_care_leaver_activity"), row.word("clea_care_leaver_eligibility")
    suits = row.word("clea_care_leaver_accom_suitable")
    if suits and home and not home.endswith("suitable"):
        home += f", {suits}"
    said = "; ".join(each for each in (right, touch, home, activity) if each)
    event = row.event(
        EventKind.CARE_LEAVING,
        row.day_of("clea_care_leaver_latest_contact", is_needed=True),
        f"Latest contact with a care leaver: {said}." if said else "Latest contact with a care leaver.",
    )
    return Judged(events=(event,))
