"""Which route an incident may be notified on, and by whom."""

import pytest
from casework_entries import KENT, MEDWAY

from sightline.casework.duties import needs_rapid_review
from sightline.casework.notifying import may_notify_for, may_take_route


@pytest.mark.parametrize(
    ("route", "nature", "abuse_or_neglect", "possible"),
    [
        ("serious_incident", "death", "known", True),
        ("serious_incident", "serious_harm", "suspected", True),
        ("serious_incident", "other", "not_known", True),
        ("serious_incident", "death", None, True),
        ("serious_incident", "death", "neither", False),
        ("looked_after_child_death", "death", "neither", True),
        ("looked_after_child_death", "serious_harm", "neither", False),
        ("care_leaver_death", "death", None, True),
        ("care_leaver_death", "other", None, False),
    ],
)
def test_the_facts_exclude_a_route(route, nature, abuse_or_neglect, possible):
    assert may_take_route(route, nature=nature, abuse_or_neglect=abuse_or_neglect).allowed is possible


@pytest.mark.parametrize(
    ("incident_la_code", "outside_england", "reason", "possible"),
    [
        (KENT, "no", "", True),
        (MEDWAY, "no", "", False),
        (MEDWAY, "no", "   ", False),
        (MEDWAY, "no", "agreed between the two", True),
        (MEDWAY, None, "", False),
        (MEDWAY, "yes", "", True),
        (None, "yes", "", True),
        (None, None, "", True),
    ],
)
def test_the_authority_of_the_place_notifies(incident_la_code, outside_england, reason, possible):
    decision = may_notify_for(
        KENT, incident_la_code=incident_la_code, outside_england=outside_england, reason=reason
    )
    assert decision.allowed is possible


@pytest.mark.parametrize("abuse_or_neglect", ["known", "suspected", "neither", "not_known", None])
@pytest.mark.parametrize("route", ["serious_incident", "looked_after_child_death", "care_leaver_death"])
def test_which_notifications_a_rapid_review_follows(route, abuse_or_neglect):
    suspected = abuse_or_neglect in ("known", "suspected")
    expected = {
        "serious_incident": True,
        "looked_after_child_death": suspected,
        "care_leaver_death": False,
    }
    assert needs_rapid_review(route, abuse_or_neglect) is expected[route]
