"""From first contact to protection: contacts, early help, referrals, assessments, enquiries, plans."""

from sightline.intake.declaration import Judged
from sightline.intake.formats.safeguarding_dataset import rules
from sightline.intake.formats.safeguarding_dataset.codes import ADOPTED_CLOSURE, CODES
from sightline.intake.formats.safeguarding_dataset.people import closed_at_adoption
from sightline.intake.formats.safeguarding_dataset.row import DataRow
from sightline.intake.records import SourceEvent
from sightline.vocabulary.events import EventKind, EventSensitivity
from sightline.vocabulary.periods import in_words

_SEXUAL = "sexual"


def contact(row: DataRow) -> Judged:
    outcomes, keys, _ = row.outcomes("cont_contact_outcome_json")
    event = row.event(
        EventKind.CONTACT,
        row.day_of("cont_contact_date", is_needed=True),
        _from_and_outcome("Contact", row.word("cont_contact_source_code"), outcomes),
        details=_keys(keys),
    )
    return Judged(events=(event,))


def early_help(row: DataRow) -> Judged:
    first, last = row.period("earl_episode_start_date", "earl_episode_end_date")
    reason, end = row.text("earl_episode_reason"), row.text("earl_episode_end_reason")
    said = "Early help"
    said += f" for {reason}" if reason else ""
    said += f"; ended: {end}" if end else ""
    event = row.event(
        EventKind.EARLY_HELP,
        first,
        f"{said}.",
        until=last,
        is_open=_goes_on(row, "earl_episode_end_date"),
        details=_filled(reason=reason, end_reason=end, organisation=row.text("earl_episode_organisation")),
    )
    return Judged(events=(event,))


def referral(row: DataRow) -> Judged:
    """One row is the referral and, unless nothing more was done, the episode that it began."""
    came, closed = row.period("cine_referral_date", "cine_close_date")
    outcomes, keys, _ = row.outcomes("cine_referral_outcome_json", "cine_referral_nfa")
    why = row.ended("cine_close_date", "cine_close_reason")
    need = row.word("cine_cin_primary_need_code")
    referred = row.event(
        EventKind.REFERRAL,
        came,
        _from_and_outcome("Referral", row.word("cine_referral_source_code"), outcomes),
        part="referral",
        details=_keys(keys),
    )
    people = closed_at_adoption(row) if row.text("cine_close_reason").upper() == ADOPTED_CLOSURE else ()
    if row.is_yes("cine_referral_nfa") or keys == ["NFA_FLAG"]:
        return Judged(people, (referred,))
    said = "Child in need" + (f": {need}" if need else "") + (f"; closed: {why}" if why else "")
    episode = row.event(
        EventKind.CHILD_IN_NEED,
        came,
        f"{said}.",
        part="episode",
        until=closed,
        is_open=_goes_on(row, "cine_close_date"),
    )
    return Judged(people, (referred, episode))


def assessment(row: DataRow) -> Judged:
    first, last = row.period("cina_assessment_start_date", "cina_assessment_auth_date")
    outcomes, keys, comment = row.outcomes("cina_assessment_outcome_json", "cina_assessment_outcome_nfa")
    seen = row.is_yes("cina_assessment_child_seen")
    said = "Assessment"
    said += {True: ", child seen", False: ", child not seen", None: ""}[seen]
    said += f"; outcome: {', '.join(outcomes)}" if outcomes else ""
    event = row.event(
        EventKind.ASSESSMENT,
        first,
        f"{said}.",
        until=last,
        is_open=_goes_on(row, "cina_assessment_auth_date"),
        text=comment,
        details=_keys(keys),
    )
    return Judged(events=(event,))


def assessment_factors(row: DataRow) -> Judged:
    words, codes = row.yeses("cinf_assessment_factors_json", CODES["factor"])
    if not codes:
        return Judged()
    event = row.event(
        EventKind.ASSESSMENT,
        row.tied_day,
        f"Factors found at the end of an assessment: {'; '.join(words)}.",
        sensitivity=EventSensitivity.SENSITIVE,
        details={"factors": " ".join(codes)},
    )
    return Judged(events=(event,))


def need_plan(row: DataRow) -> Judged:
    first, last = row.period("cinp_cin_plan_start_date", "cinp_cin_plan_end_date")
    is_open = _goes_on(row, "cinp_cin_plan_end_date")
    event = row.event(EventKind.CHILD_IN_NEED_PLAN, first, "Child in need plan.", until=last, is_open=is_open)
    return Judged(events=(event,))


def section_47(row: DataRow) -> Judged:
    first, last = row.period("s47e_s47_start_date", "s47e_s47_end_date")
    outcomes, keys, comment = row.outcomes("s47e_s47_outcome_json", "s47e_s47_nfa")
    said = "Section 47 enquiry" + (f"; outcome: {', '.join(outcomes)}" if outcomes else "")
    event = row.event(
        EventKind.SECTION_47,
        first,
        f"{said}.",
        until=last,
        is_open=_goes_on(row, "s47e_s47_end_date"),
        text=comment,
        details=_keys(keys),
    )
    return Judged(events=(event,))


def initial_conference(row: DataRow) -> Judged:
    held, due = row.day_of("icpc_icpc_date"), row.day_of("icpc_icpc_target_date", may_lie_ahead=True)
    outcomes, keys, comment = row.outcomes("icpc_icpc_outcome_json")
    said = "Initial child protection conference"
    said += " after a transfer from another authority" if row.is_yes("icpc_icpc_transfer_in") else ""
    planned = row.is_yes("icpc_icpc_outcome_cp_flag")
    if planned is not None and "CP_FLAG" not in keys:
        outcomes = ["child protection plan" if planned else "no child protection plan", *outcomes]
    said += f"; outcome: {', '.join(outcomes)}" if outcomes else ""
    if held is None:
        if due and due < row.as_of:
            row.find(rules.NOT_HELD, "icpc_icpc_date", day=due)
        elif due is None:
            row.find(rules.NO_DAY, "icpc_icpc_date", column="icpc_icpc_date")
        said += f"; due on {in_words(due)}, no day given on which it was held" if due else ""
    event = row.event(EventKind.CONFERENCE, held, f"{said}.", text=comment, details=_keys(keys))
    return Judged(events=(event,))


def protection_plan(row: DataRow) -> Judged:
    first, last = row.period("cppl_cp_plan_start_date", "cppl_cp_plan_end_date")
    begun, latest = (
        _category(row, "cppl_cp_plan_initial_category"),
        _category(row, "cppl_cp_plan_latest_category"),
    )
    if not row.text("cppl_cp_plan_initial_category") and not row.text("cppl_cp_plan_latest_category"):
        row.find(rules.NO_CATEGORY, "cppl_cp_plan_initial_category")
    said = "Child protection plan"
    said += " of another authority" if row.is_yes("cppl_cp_plan_ola") else ""
    said += f" for {begun or latest}" if begun or latest else ""
    said += f", latest for {latest}" if begun and latest and latest != begun else ""
    event = row.event(
        EventKind.CHILD_PROTECTION_PLAN,
        first,
        f"{said}.",
        until=last,
        is_open=_goes_on(row, "cppl_cp_plan_end_date"),
        sensitivity=EventSensitivity.SENSITIVE
        if _SEXUAL in f"{begun} {latest}"
        else EventSensitivity.ORDINARY,
    )
    return Judged(events=(event,))


def _category(row: DataRow, column: str) -> str:
    """“Multiple: [neglect, emotional abuse]” is every category that it lists."""
    text = row.text(column)
    if text.lower().startswith("multiple"):
        listed = text.partition(":")[2].strip(" []").lower()
        row.take_as(column, f"more than one category ({listed})" if listed else "more than one category")
    return row.word(column)


def protection_review(row: DataRow) -> Judged:
    said = "Review of the child protection plan"
    goes_on = row.is_yes("cppr_cp_review_outcome_continue_cp")
    said += {True: "; plan to continue", False: "; plan to end", None: ""}[goes_on]
    said += "; not quorate" if row.is_yes("cppr_cp_review_quorate") is False else ""
    part = row.word("cppr_cp_review_participation")
    said += f"; {part}" if part else ""
    return Judged(events=(_review(row, said, "cppr_cp_review_date", "cppr_cp_review_due"),))


def care_review(row: DataRow) -> Judged:
    said = "Review of care"
    said += "; cancelled" if row.is_yes("clar_cla_review_cancelled") else ""
    part = row.word("clar_cla_review_participation")
    said += f"; {part}" if part else ""
    return Judged(events=(_review(row, said, "clar_cla_review_date", "clar_cla_review_due_date"),))


def _review(row: DataRow, said: str, held_column: str, due_column: str) -> SourceEvent:
    held, due = row.day_of(held_column), row.day_of(due_column, may_lie_ahead=True)
    if held is None and due is None:
        row.find(rules.NO_DAY, held_column, column=held_column)
    elif held is None and due and due < row.as_of and "cancelled" not in said:
        row.find(rules.NOT_HELD, held_column, day=due)
    if held is None and due:
        said += f"; due on {in_words(due)}, no day given on which it was held"
    return row.event(EventKind.REVIEW, held, f"{said}.", details=_filled(due=str(due or "")))


def visit(row: DataRow, under: str, prefix: str) -> Judged:
    seen = row.is_yes(f"{prefix}_visit_seen")
    alone = row.is_yes(f"{prefix}_visit_seen_alone")
    if alone and seen is False:
        row.find(rules.ALONE_BUT_NOT_SEEN, f"{prefix}_visit_seen_alone")
    said = f"Visit {under}"
    said += {True: ", child seen", False: ", child not seen", None: ""}[seen]
    said += {True: " alone", False: ", not alone", None: ""}[alone if seen else None]
    bedroom = f"{prefix}_visit_bedroom"
    if bedroom in row.cells:
        said += {True: ", bedroom seen", False: ", bedroom not seen", None: ""}[row.is_yes(bedroom)]
    on = row.day_of(f"{prefix}_visit_date", is_needed=True)
    return Judged(events=(row.event(EventKind.VISIT, on, f"{said}."),))


def pre_proceedings(row: DataRow) -> Judged:
    first, last = row.period("prep_pre_pro_decision_date", "prep_agree_stepdown_issue_date")
    outcome, gateway = row.text("prep_pre_pro_outcome"), row.word("prep_legal_gateway_outcome")
    said = "Pre-proceedings"
    said += f"; legal gateway: {gateway}" if gateway else ""
    said += f"; outcome: {outcome[0].lower()}{outcome[1:]}" if outcome else ""
    event = row.event(
        EventKind.PRE_PROCEEDINGS,
        first,
        f"{said}.",
        until=last,
        is_open=_goes_on(row, "prep_agree_stepdown_issue_date"),
        details=_filled(outcome=outcome),
    )
    return Judged(events=(event,))


def involvement(row: DataRow) -> Judged:
    """Who works with a child changes often, and how often is part of the story; no worker is named."""
    first, last = row.period("invo_involvement_start_date", "invo_involvement_end_date")
    role, why = row.text("invo_professional_role_id"), row.word("invo_worker_change_reason")
    said = f"Worker involved{f' as {role}' if role else ''}{f'; reason for the change: {why}' if why else ''}"
    event = row.event(
        EventKind.OTHER,
        first,
        f"{said}.",
        until=last,
        is_open=_goes_on(row, "invo_involvement_end_date"),
        details=_filled(role=role),
    )
    return Judged(events=(event,))


def _goes_on(row: DataRow, end: str) -> bool:
    return not row.text(end)


def _from_and_outcome(what: str, source: str, outcomes: list[str]) -> str:
    said = f"{what} from {source}" if source else what
    return f"{said}; outcome: {', '.join(outcomes)}." if outcomes else f"{said}."


def _keys(keys: list[str]) -> dict[str, str]:
    return {"outcomes": ", ".join(keys)} if keys else {}


def _filled(**values: str) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
