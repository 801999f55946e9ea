"""Rules about child in need plans and child protection plans, and how the two stand to each other."""

from collections.abc import Iterable
from datetime import date

from sightline.intake.formats.cin_census.reading import Census, Child
from sightline.intake.formats.cin_census.rules import Breach, Checks, is_before, is_outside, lies_in
from sightline.intake.formats.cin_census.structure import NUMBERED

CHECKS = Checks()
NEED_PLANS_SINCE = 2022


@CHECKS.also(
    NUMBERED["CINPlanDates/CINPlanStartDate"], "CINPlanDates/CINPlanStartDate", since=NEED_PLANS_SINCE
)
def plan_starts_later(child: Child, census: Census) -> Iterable[Breach]:
    for _, plan in child.need_plans:
        if is_before(census.last, plan.started):
            yield {"problem": "lies after the end of the census year"}


@CHECKS.rule(
    "4001",
    "CINPlanDates/CINPlanEndDate",
    "The episode referred on {referred} has a child in need plan and a child protection plan that are both "
    "open. End the child in need plan where protection began.",
    since=NEED_PLANS_SINCE,
)
def both_plans_open(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        if any(plan.ended is None for plan in episode.need_plans) and any(
            plan.ended is None for plan in episode.protection_plans
        ):
            yield {"referred": episode.referred}


@CHECKS.rule(
    "4003",
    "Reviews/CPPreviewDate",
    "A child protection review on {review} falls into the child in need plan from {start} to {end}.",
    since=NEED_PLANS_SINCE,
)
def review_in_need_plan(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        for plan in episode.need_plans:
            end = plan.ended or census.last
            for protection in episode.protection_plans:
                for review in protection.reviews:
                    if plan.started and plan.started <= review < end and review != protection.ended:
                        yield {"review": review, "start": plan.started, "end": end}


@CHECKS.rule(
    "4004",
    "CINPlanDates/CINPlanEndDate",
    "{count} child in need plans of the child are open at once.",
    since=NEED_PLANS_SINCE,
)
def several_open_need_plans(child: Child, census: Census) -> Iterable[Breach]:
    count = sum(plan.ended is None for _, plan in child.need_plans)
    if count > 1:
        yield {"count": count}


@CHECKS.rule(
    "4008",
    "CINPlanDates/CINPlanStartDate",
    "The child in need plan started on {started}, after the child's death on {died}.",
    since=NEED_PLANS_SINCE,
)
def need_plan_starts_after_death(child: Child, census: Census) -> Iterable[Breach]:
    for _, plan in child.need_plans:
        if is_before(child.died, plan.started):
            yield {"started": plan.started, "died": child.died}


@CHECKS.rule(
    "4009Q",
    "CINPlanDates/CINPlanEndDate",
    "The child in need plan ended on {ended}, after the child's death on {died}.",
    since=NEED_PLANS_SINCE,
)
def need_plan_ends_after_death(child: Child, census: Census) -> Iterable[Breach]:
    for _, plan in child.need_plans:
        if is_before(child.died, plan.ended):
            yield {"ended": plan.ended, "died": child.died}


@CHECKS.rule(
    "4011",
    "CINPlanDates/CINPlanEndDate",
    "The child in need plan ended on {ended}, before it started on {started}.",
    since=NEED_PLANS_SINCE,
)
def need_plan_ends_first(child: Child, census: Census) -> Iterable[Breach]:
    for _, plan in child.need_plans:
        if is_before(plan.ended, plan.started):
            yield {"ended": plan.ended, "started": plan.started}


@CHECKS.rule(
    "4012Q",
    "CINPlanDates/CINPlanEndDate",
    "The child in need plan started and ended on one day, {ended}. Check both dates.",
    since=NEED_PLANS_SINCE,
)
def need_plan_of_one_day(child: Child, census: Census) -> Iterable[Breach]:
    for _, plan in child.need_plans:
        if plan.ended and plan.ended == plan.started:
            yield {"ended": plan.ended}


@CHECKS.rule(
    "4013",
    "CINPlanDates/CINPlanEndDate",
    "The child in need plan ended on {ended}, outside the census year.",
    since=NEED_PLANS_SINCE,
)
def need_plan_ends_in_year(child: Child, census: Census) -> Iterable[Breach]:
    for _, plan in child.need_plans:
        if is_outside(plan.ended, census):
            yield {"ended": plan.ended}


Span = tuple[date | None, date | None]


def _overlaps(spans: list[Span], census: Census, *, may_touch: bool) -> Iterable[Breach]:
    """Each start inside another span; of two that start together, the later one in the file."""
    for index, (start, _) in enumerate(spans):
        for other_index, (other, ended) in enumerate(spans):
            if start is None or index == other_index or (start == other and index < other_index):
                continue
            touches = may_touch and start == ended and start != other
            if lies_in(start, other, ended or census.last) and not touches:
                yield {"start": start, "other": other}


@CHECKS.rule(
    "4014",
    "CINPlanDates/CINPlanStartDate",
    "The child in need plan of {start} started while another, from {other}, was running.",
    since=NEED_PLANS_SINCE,
)
def need_plans_overlap(child: Child, census: Census) -> Iterable[Breach]:
    if len(child.need_plans) > 1:
        yield from _overlaps([(p.started, p.ended) for _, p in child.need_plans], census, may_touch=True)


@CHECKS.rule(
    "4015",
    "CINPlanDates/CINPlanStartDate",
    "The child in need plan started on {started}, before the referral on {referred}.",
    since=NEED_PLANS_SINCE,
)
def need_plan_before_referral(child: Child, census: Census) -> Iterable[Breach]:
    for episode, plan in child.need_plans:
        if is_before(plan.started, episode.referred):
            yield {"started": plan.started, "referred": episode.referred}


@CHECKS.rule(
    "4016",
    "CINPlanDates/CINPlanStartDate",
    "The child in need plan of {started} started during the child protection plan from {start}.",
    since=NEED_PLANS_SINCE,
)
def need_plan_in_protection(child: Child, census: Census) -> Iterable[Breach]:
    for _, plan in child.need_plans:
        for _, protection in child.protection_plans:
            if _starts_within(plan.started, protection.started, protection.ended, census):
                yield {"started": plan.started, "start": protection.started}


@CHECKS.rule(
    "4017",
    "ChildProtectionPlans/CPPstartDate",
    "The child protection plan of {started} started during the child in need plan from {start}. End "
    "that plan "
    "where protection begins.",
    since=NEED_PLANS_SINCE,
)
def protection_in_need_plan(child: Child, census: Census) -> Iterable[Breach]:
    for _, protection in child.protection_plans:
        for _, plan in child.need_plans:
            if _starts_within(protection.started, plan.started, plan.ended, census):
                yield {"started": protection.started, "start": plan.started}


def _starts_within(day: date | None, start: date | None, ended: date | None, census: Census) -> bool:
    """Whether one plan starts while the other runs; on the other's last day it may."""
    return day is not None and lies_in(day, start, ended or census.last) and day != ended


@CHECKS.rule(
    "1105",
    "ChildProtectionPlans/CPPstartDate",
    "The child protection plan started on {started}, before the referral on {referred}.",
)
def protection_before_referral(child: Child, census: Census) -> Iterable[Breach]:
    for episode, plan in child.protection_plans:
        if is_before(plan.started, episode.referred):
            yield {"started": plan.started, "referred": episode.referred}


@CHECKS.rule(
    "2885",
    "ChildProtectionPlans/CPPstartDate",
    "The child protection plan started on {started}, but no initial conference of that day is given.",
)
def protection_without_conference(child: Child, census: Census) -> Iterable[Breach]:
    for episode, plan in child.protection_plans:
        is_of_the_year = plan.started is not None and not is_outside(plan.started, census)
        if is_of_the_year and all(day != plan.started for _, day in episode.conferences):
            yield {"started": plan.started}


@CHECKS.also(NUMBERED["ChildProtectionPlans/CPPstartDate"], "ChildProtectionPlans/CPPstartDate")
def protection_starts_later(child: Child, census: Census) -> Iterable[Breach]:
    for _, plan in child.protection_plans:
        if is_before(census.last, plan.started):
            yield {"problem": "lies after the end of the census year"}


@CHECKS.rule(
    "8840",
    "ChildProtectionPlans/CPPendDate",
    "The child protection plan started and ended on one day, {ended}.",
)
def protection_of_one_day(child: Child, census: Census) -> Iterable[Breach]:
    for _, plan in child.protection_plans:
        if plan.ended and plan.ended == plan.started:
            yield {"ended": plan.ended}


@CHECKS.rule(
    "8841",
    "Reviews/CPPreviewDate",
    "A review on {review} is not after the start of its child protection plan on {started}.",
)
def review_before_plan(child: Child, census: Census) -> Iterable[Breach]:
    for _, plan in child.protection_plans:
        for review in plan.reviews:
            if plan.started and review <= plan.started:
                yield {"review": review, "started": plan.started}


@CHECKS.rule(
    "8915",
    "ChildProtectionPlans/CPPstartDate",
    "The child protection plan started on {started}, after the child's death on {died}.",
)
def protection_starts_after_death(child: Child, census: Census) -> Iterable[Breach]:
    for _, plan in child.protection_plans:
        if is_before(child.died, plan.started):
            yield {"started": plan.started, "died": child.died}


@CHECKS.rule(
    "8920",
    "ChildProtectionPlans/CPPendDate",
    "The child protection plan ended on {ended}, after the child's death on {died}.",
)
def protection_ends_after_death(child: Child, census: Census) -> Iterable[Breach]:
    for _, plan in child.protection_plans:
        if is_before(child.died, plan.ended):
            yield {"ended": plan.ended, "died": child.died}


@CHECKS.rule(
    "8925",
    "ChildProtectionPlans/CPPendDate",
    "The child protection plan ended on {ended}, before it started on {started}.",
)
def protection_ends_first(child: Child, census: Census) -> Iterable[Breach]:
    for _, plan in child.protection_plans:
        if is_before(plan.ended, plan.started):
            yield {"ended": plan.ended, "started": plan.started}


@CHECKS.rule(
    "8930",
    "ChildProtectionPlans/CPPendDate",
    "The child protection plan ended on {ended}, outside the census year.",
)
def protection_ends_in_year(child: Child, census: Census) -> Iterable[Breach]:
    for _, plan in child.protection_plans:
        if is_outside(plan.ended, census):
            yield {"ended": plan.ended}


@CHECKS.rule(
    "8935",
    "ChildProtectionPlans/CPPendDate",
    "{count} child protection plans of the child are open at once.",
)
def several_open_protection_plans(child: Child, census: Census) -> Iterable[Breach]:
    count = sum(plan.ended is None for _, plan in child.protection_plans)
    if count > 1:
        yield {"count": count}


@CHECKS.rule(
    "8940",
    "ChildProtectionPlans/CPPstartDate",
    "The child protection plan of {start} started while another, from {other}, was running.",
)
def protection_plans_overlap(child: Child, census: Census) -> Iterable[Breach]:
    if len(child.protection_plans) > 1:
        yield from _overlaps(
            [(p.started, p.ended) for _, p in child.protection_plans], census, may_touch=False
        )
