"""Health, disability, special needs, immigration status, motherhood, and what the child answers."""

from sightline.intake.declaration import Judged
from sightline.intake.formats.safeguarding_dataset import rules
from sightline.intake.formats.safeguarding_dataset.row import DataRow
from sightline.vocabulary.events import EventKind, EventSensitivity, StatementType

_SENSITIVE = EventSensitivity.SENSITIVE
_HIGHEST_SCORE = 40
_NO_DISABILITY = "NONE"


def health_check(row: DataRow) -> Judged:
    kind, status = row.text("clah_health_check_type"), row.word("clah_health_check_status")
    said = f"{kind[0].upper()}{kind[1:]}" if kind else "Health check"
    event = row.event(
        EventKind.HEALTH_ASSESSMENT,
        row.day_of("clah_health_check_date", is_needed=True, may_lie_ahead=status == "planned"),
        f"{said}: {status}." if status else f"{said}.",
        sensitivity=_SENSITIVE,
        details={"health_check_type": kind} if kind else {},
    )
    return Judged(events=(event,))


def immunisations(row: DataRow) -> Judged:
    are = row.is_yes("clai_immunisations_status")
    if are is None:
        return Judged()
    event = row.event(
        EventKind.OTHER,
        row.day_of("clai_immunisations_status_date", is_needed=True),
        f"Immunisations {'' if are else 'not '}up to date.",
        sensitivity=_SENSITIVE,
    )
    return Judged(events=(event,))


def substance_misuse(row: DataRow) -> Judged:
    substance, helped = row.text("clas_substance_misused"), row.is_yes("clas_intervention_received")
    said = "Substance misuse identified" + (f" ({substance})" if substance else "")
    said += {True: "; help received", False: "; no help received", None: ""}[helped]
    event = row.event(
        EventKind.SUBSTANCE_MISUSE,
        row.day_of("clas_substance_misuse_date", is_needed=True),
        f"{said}.",
        sensitivity=_SENSITIVE,
        details={"substance": substance} if substance else {},
    )
    return Judged(events=(event,))


def strengths_and_difficulties(row: DataRow) -> Judged:
    score, why = row.text("csdq_sdq_score").removesuffix(".0"), row.word("csdq_sdq_reason")
    if score and not (score.isascii() and score.isdigit() and int(score) <= _HIGHEST_SCORE):
        row.find(rules.SCORE, "csdq_sdq_score")
        score = ""
    elif not score and not why:
        row.find(rules.NO_SCORE, "csdq_sdq_score")
    said = f"score {score} of {_HIGHEST_SCORE}" if score else f"none: {why}" if why else "no score"
    event = row.event(
        EventKind.HEALTH_ASSESSMENT,
        row.day_of("csdq_sdq_completed_date", is_needed=bool(score)),
        f"Strengths and difficulties questionnaire: {said}.",
        sensitivity=_SENSITIVE,
        details={"sdq_score": score} if score else {},
    )
    return Judged(events=(event,))


def disability(row: DataRow) -> Judged:
    kind = row.word("disa_disability_code")
    if not kind or row.text("disa_disability_code").upper() == _NO_DISABILITY:
        return Judged()
    event = row.event(EventKind.OTHER, None, f"Disability recorded: {kind}.", sensitivity=_SENSITIVE)
    return Judged(events=(event,))


def immigration_status(row: DataRow) -> Judged:
    first, last = row.period("immi_immigration_status_start_date", "immi_immigration_status_end_date")
    status = row.text("immi_immigration_status")
    event = row.event(
        EventKind.OTHER,
        first,
        f"Immigration status: {status}." if status else "Immigration status not given.",
        until=last,
        is_open=not row.text("immi_immigration_status_end_date"),
        sensitivity=_SENSITIVE,
        details={"immigration_status": status} if status else {},
    )
    return Judged(events=(event,))


def mother(row: DataRow) -> Judged:
    """Told of the mother alone, without the child's number: the child may have another family now."""
    event = row.event(
        EventKind.BIRTH,
        row.day_of("moth_childs_dob", is_needed=True, may_lie_ahead=True),
        "Became the mother of a child.",
        sensitivity=_SENSITIVE,
    )
    return Judged(events=(event,))


def plan_request(row: DataRow) -> Judged:
    outcome, decided = row.word("ehcr_ehcp_req_outcome"), row.day_of("ehcr_ehcp_req_outcome_date")
    said = "Education, health and care needs assessment asked for" + (f"; {outcome}" if outcome else "")
    asked = row.day_of("ehcr_ehcp_req_date", is_needed=True)
    event = row.event(EventKind.SEND, asked, f"{said}.", details={"decided": str(decided)} if decided else {})
    return Judged(events=(event,))


def plan_assessment(row: DataRow) -> Judged:
    outcome = row.word("ehca_ehcp_assessment_outcome")
    event = row.event(
        EventKind.SEND,
        row.day_of("ehca_ehcp_assessment_outcome_date"),
        f"Education, health and care needs assessment{f': {outcome}' if outcome else ''}.",
    )
    return Judged(events=(event,))


def named_plan(row: DataRow) -> Judged:
    first, last = row.period("ehcn_named_plan_start_date", "ehcn_named_plan_ceased_date")
    why = row.ended("ehcn_named_plan_ceased_date", "ehcn_named_plan_ceased_reason")
    event = row.event(
        EventKind.SEND,
        first,
        f"Education, health and care plan{f'; ended: {why}' if why else ''}.",
        until=last,
        is_open=not row.text("ehcn_named_plan_ceased_date"),
    )
    return Judged(events=(event,))


def plan_review(row: DataRow) -> Judged:
    reviewed = row.day_of("ehcp_active_ehcp_last_review_date")
    said = "Latest review of the education, health and care plan." if reviewed else _UNREVIEWED
    return Judged(events=(row.event(EventKind.SEND, reviewed, said, is_open=reviewed is None),))


_UNREVIEWED = "Has an education, health and care plan; no review given."


def special_need(row: DataRow) -> Judged:
    kind, rank = row.word("senn_active_ehcp_need_type"), row.text("senn_active_ehcp_need_rank")
    if not kind:
        return Judged()
    which = {"1": "Main special educational need", "2": "Second special educational need"}
    said = which.get(rank.removesuffix(".0"), "Special educational need")
    return Judged(events=(row.event(EventKind.SEND, None, f"{said}: {kind}."),))


_ASKED = (
    ("voch_explained_worries", "knows why people are worried"),
    ("voch_story_help_understand", "is helped by the story in words and pictures"),
    ("voch_agree_worker", "agrees with what the worker says is needed"),
    ("voch_plan_safe", "thinks that the plan says what everybody must do"),
    ("voch_tablet_help_explain", "was helped by writing or drawing on the tablet"),
)


def own_answers(row: DataRow) -> Judged:
    given = [(asked, row.text(column)) for column, asked in _ASKED if row.text(column)]
    if not given:
        return Judged()
    said = "; ".join(f"{asked}: {answer.lower()}" for asked, answer in given)
    event = row.event(EventKind.OTHER, None, f"The child says: {said}.", statement=StatementType.OPINION)
    return Judged(events=(event,))
