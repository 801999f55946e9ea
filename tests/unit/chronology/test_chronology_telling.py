"""What the silence of a delivery can mean."""

import pytest

from sightline.chronology.telling import TABLES, TELLS, tells_of
from sightline.chronology.told import Tells
from sightline.intake.formats import all_formats, format_named
from sightline.vocabulary.events import EventKind as E


def test_a_table_is_silent_about_its_own_events_alone():
    assert E.CHILD_PROTECTION_PLAN in tells_of("safeguarding-dataset", "ssd_cp_plans").ever
    assert tells_of("safeguarding-dataset", "ssd_person") == Tells()
    assert E.LOOKED_AFTER in tells_of("ssda903-csv", "2025/episodes").now
    assert E.MISSING_EPISODE not in tells_of("ssda903-csv", "2025/episodes").now
    assert tells_of("school-census", "2025 spring/addressesoffroll") == Tells()


PICKED_OUT = (
    *("plain-health", "plain-social-care", "plain-education", "plain-police", "police-notice"),
    *("social-care-api", "single-identifier", "pds-patients"),
)


@pytest.mark.parametrize("name", PICKED_OUT)
def test_the_silence_of_what_was_picked_out_says_nothing(name):
    assert format_named(name)
    assert tells_of(name) == Tells()


def test_every_name_is_that_of_a_format_and_of_its_table():
    formats = {each.name: each for each in all_formats()}
    assert {*TELLS, *TABLES} <= set(formats)
    for name, tables in TABLES.items():
        assert set(tables) <= {each.name for each in formats[name].tables}
