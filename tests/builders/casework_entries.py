"""Invented incidents, children and what follows them, with sensible values for what a test does not name."""

from dataclasses import replace
from datetime import date
from typing import Any

from sightline.casework import facts
from sightline.casework.entries import (
    ChildEntry,
    DelayEntry,
    IncidentEntry,
    NotificationEntry,
    RapidReviewEntry,
    RecommendationEntry,
)

KENT, MEDWAY = "E10000016", "E06000035"


def an_incident(**differing: Any) -> IncidentEntry:
    return replace(
        IncidentEntry(
            incident_id="INC-1",
            aware_on=date(2023, 3, 1),
            occurred_on=date(2023, 2, 28),
            occurred_precision="day",
            incident_la_code=KENT,
            outside_england="no",
            place_type="home",
            abuse_or_neglect="suspected",
        ),
        **differing,
    )


def a_child(**differing: Any) -> ChildEntry:
    return replace(
        ChildEntry(
            child_ref="CH-1",
            role="seriously_harmed",
            date_of_birth=date(2021, 5, 4),
            sex="female",
            ethnicity_code="WBRI",
            disability="no",
            residence_la_code=MEDWAY,
            placement_type="living_at_home",
            looked_after="never",
        ),
        **differing,
    )


def a_notification(**differing: Any) -> NotificationEntry:
    return replace(
        NotificationEntry(
            notification_id="SIN-1",
            index_child_ref="CH-1",
            route="serious_incident",
            nature="serious_harm",
            notifying_la_code=KENT,
            aware_on=date(2023, 3, 1),
            notified_on=date(2023, 3, 6),
        ),
        **differing,
    )


def a_rapid_review(**differing: Any) -> RapidReviewEntry:
    return replace(
        RapidReviewEntry(
            review_id="RR-1",
            notification_id="SIN-1",
            partnership="Kent Safeguarding Children Partnership",
            received_on=date(2023, 3, 24),
            lcspr_decision="undecided",
            national_review_potential="no",
        ),
        **differing,
    )


def a_recommendation(**differing: Any) -> RecommendationEntry:
    return replace(
        RecommendationEntry(
            recommendation_id="REC-1",
            source_review_id="LR-1",
            text="Agree who tells whom when a baby is not brought to an appointment.",
            addressee="safeguarding partnership",
            owner="Named nurse",
            level="multi_agency",
            made_on=date(2023, 10, 2),
            due_on=date(2024, 4, 1),
            theme="information_sharing",
            accepted="yes",
        ),
        **differing,
    )


def a_delay(**differing: Any) -> DelayEntry:
    return replace(
        DelayEntry(
            cause="trial",
            started_on=date(2023, 8, 1),
            told="the national body",
            told_on=date(2023, 8, 3),
            expected_end_on=date(2023, 12, 1),
        ),
        **differing,
    )


def a_notification_made(**differing: Any) -> facts.NotificationMade:
    return facts.NotificationMade(
        notification_id="SIN-1",
        incident_id="INC-1",
        route="serious_incident",
        abuse_or_neglect="suspected",
        notifying_la_code=KENT,
        occurred_on=date(2023, 2, 28),
        aware_on=date(2023, 3, 1),
        notified_on=date(2023, 3, 6),
    )._replace(**differing)


def a_review_received(**differing: Any) -> facts.ReviewReceived:
    return facts.ReviewReceived(
        review_id="RR-1",
        notification_id="SIN-1",
        partnership="Kent Safeguarding Children Partnership",
        received_on=date(2023, 3, 24),
    )._replace(**differing)


def a_local_review_held(**differing: Any) -> facts.LocalReviewHeld:
    return facts.LocalReviewHeld(
        local_review_id="LR-1",
        review_id="RR-1",
        decided_on=date(2023, 4, 3),
        published_on=None,
        publication="in_progress",
    )._replace(**differing)
