"""The list of records closed at adoption, line by line."""

import pytest
from intake_reading import SAMPLES
from shared_data import shared_data

from sightline.intake.declaration import CannotBeRead
from sightline.intake.restrictions import is_restricted_list, restricted_records
from sightline.intake.sources import Source

LIST = SAMPLES / "restricted" / "restricted.csv"


def test_every_line_comes_out_with_what_was_found_about_it():
    lines = list(restricted_records(Source(LIST)))
    assert [(each.agency, each.record_id, each.reason) for each in lines] == [
        ("health", "H1", "pre_adoption"),
        ("social_care", "S1", "pre_adoption"),
        ("health", "H1", "pre_adoption"),
        ("", "H2", "pre_adoption"),
        ("health", "", "pre_adoption"),
        ("health", "H4", "other"),
        ("health", "H5", ""),
    ]
    assert [[found.rule for found in each.findings] for each in lines] == [
        [],
        [],
        ["restricted.given-twice"],
        ["restricted.no-agency"],
        ["restricted.no-record-id"],
        ["restricted.reason-as-text"],
        ["restricted.no-reason"],
    ]
    assert [each.is_refused for each in lines] == [False, False, False, True, True, False, False]


def test_a_reason_in_words_is_not_repeated():
    assert not any(
        "parents" in found.sentence for each in restricted_records(Source(LIST)) for found in each.findings
    )


def test_the_list_is_told_from_a_layout():
    assert is_restricted_list(Source(LIST))
    assert not is_restricted_list(Source(SAMPLES / "plain-health" / "health.csv"))


def test_a_list_without_a_column_is_refused(tmp_path):
    path = tmp_path / "restricted.csv"
    path.write_text("agency,reason\nhealth,pre_adoption\n", encoding="utf-8")
    with pytest.raises(CannotBeRead, match="record_id"):
        list(restricted_records(Source(path)))


def test_the_list_of_the_development_population_is_read_without_findings():
    lines = list(restricted_records(Source(shared_data("population-dev", "restricted.csv"))))
    assert len(lines) == 94
    assert not any(each.findings for each in lines)
