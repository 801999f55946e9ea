"""An invented child whose records two agencies have sent, held as intake holds them."""

import sys
from datetime import date
from types import SimpleNamespace

import pytest
from held_records import COUNCIL, FORCE, a_person, an_event, an_extract

from sightline.intake.models import Agency


@pytest.fixture
def joined(db, monkeypatch):
    """Two records that identity says are one child; a third agency that was never asked."""
    council = Agency.objects.create(code=COUNCIL, name="County Durham council", kind="social_care")
    force = Agency.objects.create(code=FORCE, name="Wearside police", kind="police")
    census, incidents = an_extract(council), an_extract(force, form="police-notices")
    a_person(census, "S1")
    a_person(incidents, "P1")
    an_event(census, "S1", "child_protection_plan", date(2024, 4, 2), is_open=True)
    an_event(census, "S1", "missing_episode", date(2025, 1, 15))
    an_event(incidents, "P1", "missing_episode", date(2025, 1, 14), text="Found at the bus station.")
    an_event(incidents, "P2", "arrest", date(2025, 1, 14), text="Somebody else's arrest.")
    children = {"C000123": [(COUNCIL, "S1"), (FORCE, "P1")]}
    identity = SimpleNamespace(
        became=lambda child: (child,) if child in children else (),
        records_of=lambda child: children.get(child, []),
        child_of=lambda *record: next((child for child, held in children.items() if record in held), None),
    )
    monkeypatch.setitem(sys.modules, "sightline.identity.lookups", identity)
    return SimpleNamespace(
        council=council, force=force, census=census, incidents=incidents, children=children
    )
