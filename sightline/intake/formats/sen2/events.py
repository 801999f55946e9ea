"""What a SEN2 person's requests say happened: requests, assessments, plans, placements, reviews."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sightline.intake.formats.sen2 import codes, rules
from sightline.intake.formats.sen2.person import Part, Person
from sightline.intake.records import SourceEvent
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity


@dataclass
class Teller:
    """Makes events whose names are unique for the person, and the same in the next return."""

    record_id: str
    told: dict[str, int] = field(default_factory=dict)

    def __call__(
        self,
        name: str,
        kind: EventKind,
        on: date | None,
        said: tuple[str, ...],
        *,
        until: date | None = None,
        is_open: bool = False,
        key: str = "",
        sensitivity: EventSensitivity = EventSensitivity.ORDINARY,
        details: Mapping[str, str] | None = None,
    ) -> SourceEvent:
        event_id = "/".join(part for part in (name, key, str(on or "")) if part)
        number = self.told[event_id] = self.told.get(event_id, 0) + 1
        return SourceEvent(
            self.record_id,
            event_id if number == 1 else f"{event_id}/{number}",
            kind,
            on,
            "; ".join(part for part in said if part) + ".",
            precision=DatePrecision.DAY if on else DatePrecision.UNKNOWN,
            until=None if on and until and until < on else until,
            is_open=is_open,
            sensitivity=sensitivity,
            details={name: value for name, value in (details or {}).items() if value},
        )


def events_of(person: Person, record_id: str) -> Iterator[SourceEvent]:
    tell = Teller(record_id)
    for request in person.parts("Requests"):
        yield from _request(request, tell)
        for assessment in request.parts("Assessment"):
            yield from _assessment(request, assessment, tell)
        for active in request.parts("ActivePlans"):
            yield from _active(request, active, tell)


def _details(part: Part, *names: str) -> dict[str, str]:
    return {name: part.text(name) for name in names}


def _disputes(part: Part, mediation: str, tribunal: str) -> tuple[str, str]:
    return (
        "mediation held" if part.text(mediation) == "1" else "",
        "appeal to the tribunal" if part.text(tribunal) == "1" else "",
    )


def _request(request: Part, tell: Teller) -> Iterator[SourceEvent]:
    outcome, received = request.text("RequestOutcome"), request.day("ReceivedDate")
    decided = request.day("RequestOutcomeDate")
    request.in_order("ReceivedDate", "RequestOutcomeDate")
    if not received and outcome != "H":
        request.file.find(rules.NO_RECEIVED_DATE, "ReceivedDate")
    if outcome in {"Y", "N"} and not decided:
        request.file.find(
            rules.NO_OUTCOME_DATE,
            "RequestOutcomeDate",
            outcome="RequestOutcome",
            code=outcome,
            missing="RequestOutcomeDate",
        )
    if outcome == "H" and not received:
        return
    source, moved = request.text("RequestSource"), request.text("Exported")
    yield tell(
        "request",
        EventKind.SEND,
        received,
        (
            "Request for an education, health and care needs assessment"
            + (f" by {codes.REQUESTED_BY[source]}" if source else ""),
            f"outcome: {codes.REQUEST_OUTCOME[outcome]}" if outcome else "",
            *_disputes(request, "RequestMediation", "RequestTribunal"),
            "in youth accommodation" if request.text("RYA") == "1" else "",
            f"moved to authority {moved}" if moved else "",
        ),
        until=decided,
        is_open=outcome == "A",
        details=_details(request, "RequestSource", "RequestOutcome", "RYA", "Exported"),
    )


def _assessment(request: Part, assessment: Part, tell: Teller) -> Iterator[SourceEvent]:
    asked, outcome = request.text("RequestOutcome"), assessment.text("AssessmentOutcome")
    if asked in {"N", "A", "W"}:
        if outcome not in {"", "A"}:
            request.file.find(rules.UNASKED_ASSESSMENT, "AssessmentOutcome", code=asked)
        return
    began, decided = request.day("RequestOutcomeDate"), assessment.day("AssessmentOutcomeDate")
    request.file.compare("RequestOutcomeDate", began, "AssessmentOutcomeDate", decided)
    if outcome in {"Y", "N"} and not decided:
        request.file.find(
            rules.NO_OUTCOME_DATE,
            "AssessmentOutcomeDate",
            outcome="AssessmentOutcome",
            code=outcome,
            missing="AssessmentOutcomeDate",
        )
    if outcome and outcome != "H":
        yield tell(
            "assessment",
            EventKind.SEND,
            began or decided,
            (
                "Education, health and care needs assessment",
                f"outcome: {codes.ASSESSMENT_OUTCOME[outcome]}",
                *_disputes(assessment, "AssessmentMediation", "AssessmentTribunal"),
                "exceptions to the twenty weeks applied" if assessment.text("Week20") == "1" else "",
            ),
            until=decided,
            is_open=outcome == "A",
            details=_details(assessment, "AssessmentOutcome", "Week20"),
        )
    plans = assessment.parts("NamedPlan")
    if plans and outcome not in {"Y", "H", ""}:
        request.file.find(rules.PLAN_WITHOUT_DECISION, "NamedPlan", code=outcome)
    if not plans and outcome == "Y":
        request.file.find(rules.NO_PLAN, "NamedPlan")
    for plan in plans:
        request.file.compare(
            "AssessmentOutcomeDate", decided if outcome == "Y" else None, "StartDate", plan.day("StartDate")
        )
        yield _plan(plan, tell)


def _plan(plan: Part, tell: Teller) -> SourceEvent:
    began, ended, why = plan.day("StartDate"), plan.day("CeaseDate"), plan.text("CeaseReason")
    plan.in_order("StartDate", "CeaseDate")
    if not began:
        plan.file.find(rules.NO_PLAN_START, "StartDate")
    if ended and not why:
        plan.file.find(rules.END_WITHOUT_REASON, "CeaseReason", day=ended)
    if why and not ended:
        plan.file.find(rules.REASON_WITHOUT_END, "CeaseDate")
    for name in ("OA", "DP"):
        if plan.text(name) not in {"", "0"} and plan.text("PB") != "1":
            plan.file.find(rules.BUDGET, name, name=name)
    named = plan.parts("PlanDetail")
    _check_settings(plan, named, "PlanDetail")
    settings = [_setting(each) for each in sorted(named, key=lambda each: each.text("PlacementRank"))]
    payments = plan.text("DP")
    return tell(
        "plan",
        EventKind.SEND,
        began,
        (
            "Education, health and care plan",
            "names " + " and ".join(each for each in settings if each) if any(settings) else "",
            codes.RESIDENTIAL.get(plan.text("PlanRes"), ""),
            codes.WORK_BASED.get(plan.text("PlanWBP"), ""),
            "personal budget taken up" if plan.text("PB") == "1" else "",
            f"direct payments for {codes.DIRECT_PAYMENTS[payments]}" if payments else "",
            f"ended: {codes.CEASED_BECAUSE[why]}" if why else "ended" if ended else "",
        ),
        until=ended,
        is_open=not ended and not why,
        details=_details(plan, "PlanRes", "PlanWBP", "PB", "OA", "DP", "CeaseReason"),
    )


def _check_settings(inside: Part, settings: list[Part], name: str) -> None:
    if any(not (each.text("URN") or each.text("UKPRN") or each.text("SENSetting")) for each in settings):
        inside.file.find(rules.NO_SETTING, name, inside=name)
    current = [each for each in settings if not each.content.get("LeavingDate")]
    if sum(each.text("PlacementRank") == "1" for each in current) > 1:
        inside.file.find(rules.TWO_MAIN, "PlacementRank", what=f"{name} elements")


def _setting(part: Part) -> str:
    """“school 123456 (unit for special needs)”."""
    urn, ukprn, kind = part.text("URN"), part.text("UKPRN"), part.text("SENSetting")
    named = f"school {urn}" if urn else f"provider {ukprn}" if ukprn else codes.SETTING.get(kind, "")
    if named and part.text("SENunitIndicator") == "1":
        named += " (unit for special needs)"
    if named and part.text("ResourcedProvisionIndicator") == "1":
        named += " (resourced provision)"
    return named


def _active(request: Part, active: Part, tell: Teller) -> Iterator[SourceEvent]:
    plans = [plan for each in request.parts("Assessment") for plan in each.parts("NamedPlan")]
    began = next((plan.day("StartDate") for plan in plans), None)
    ended = next((plan.day("CeaseDate") for plan in plans), None)
    if ended and any(not each.text("LeavingDate") for each in active.parts("PlacementDetail")):
        active.file.find(rules.ACTIVE_AFTER_END, "ActivePlans", day=ended)
    transferred = active.text("TransferLA")
    if not plans or transferred:
        yield tell(
            "active-plan",
            EventKind.SEND,
            None,
            (
                "Education, health and care plan in force when the return was made",
                f"brought from authority {transferred}" if transferred else "",
            ),
            is_open=not ended,
            details={"TransferLA": transferred},
        )
    yield from _needs(active, began, tell)
    placements = active.parts("PlacementDetail")
    _check_settings(active, placements, "PlacementDetail")
    for placement in placements:
        yield _placement(active, placement, tell)
    yield from _reviews(active, tell)


def _needs(active: Part, began: date | None, tell: Teller) -> Iterator[SourceEvent]:
    needs = sorted(active.parts("SENneed"), key=lambda need: need.text("SENtypeRank"))
    if sum(need.text("SENtypeRank") == "1" for need in needs) > 1:
        active.file.find(rules.TWO_MAIN, "SENtypeRank", what="needs")
    named = [
        codes.NEED[kind] + (f" ({codes.RANK[rank]} need)" if (rank := need.text("SENtypeRank")) else "")
        for need in needs
        if (kind := need.text("SENtype"))
    ]
    if named:
        yield tell(
            "needs",
            EventKind.SEND,
            began,
            (f"Needs under the plan: {', '.join(named)}",),
            sensitivity=EventSensitivity.SENSITIVE,
            details={f"SENtype {n}": need.text("SENtype") for n, need in enumerate(needs, start=1)},
        )


def _placement(active: Part, placement: Part, tell: Teller) -> SourceEvent:
    placement.in_order("EntryDate", "LeavingDate")
    kind, rank = placement.text("SENSetting"), placement.text("PlacementRank")
    event_kind = EventKind.SCHOOL_ROLL if placement.text("URN") else EventKind.SEND
    if kind == "EHE" and not placement.text("URN"):
        event_kind = EventKind.HOME_EDUCATION
    left = placement.day("LeavingDate")
    where = _setting(placement)
    residential = placement.text("Res") or active.text("Res")
    work = placement.text("WBP") or active.text("WBP")
    return tell(
        "placement",
        event_kind,
        placement.day("EntryDate"),
        (
            "Placement under the plan" + (f" ({codes.RANK[rank]})" if rank else ""),
            where,
            codes.RESIDENTIAL.get(residential, ""),
            codes.WORK_BASED.get(work, ""),
        ),
        until=left,
        is_open=not placement.text("LeavingDate"),
        key=placement.text("URN") or placement.text("UKPRN") or kind,
        details=_details(placement, "URN", "UKPRN", "SENSetting", "PlacementRank"),
    )


def _reviews(active: Part, tell: Teller) -> Iterator[SourceEvent]:
    met, decided = active.day("ReviewMeeting"), active.day("LastReview")
    outcome = active.text("ReviewOutcome")
    active.in_order("ReviewMeeting", "LastReview")
    if met or decided:
        yield tell(
            "review",
            EventKind.REVIEW,
            met or decided,
            (
                "Review of the education, health and care plan",
                f"outcome: {codes.REVIEW_OUTCOME[outcome]}" if outcome else "",
                f"decided on {decided}" if met and decided and decided > met else "",
            ),
            details=_details(active, "ReviewOutcome", "LastReview", "ReviewDraft"),
        )
    due = active.day("PhaseTransferDueDate", may_lie_ahead=True)
    final = active.day("PhaseTransferFinalDate", may_lie_ahead=True)
    if final:
        yield tell(
            "phase-transfer",
            EventKind.SEND,
            final,
            (
                "Plan for the move to the next phase of education final",
                f"due by {due}" if due else "",
                "late" if due and final > due else "",
            ),
            details=_details(active, "PhaseTransferDueDate"),
        )
