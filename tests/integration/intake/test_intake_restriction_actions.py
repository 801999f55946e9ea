"""Closing the records of a list, all or none, and keeping them closed."""

import pytest
from intake_reading import SAMPLES

from sightline.access.models import Act
from sightline.intake.models import Restriction
from sightline.intake.restriction_actions import closed_records, restrict_records
from sightline.intake.restrictions import restricted_records
from sightline.intake.sources import Source
from sightline.vocabulary.decisions import Refusal

pytestmark = pytest.mark.django_db


def listed(tmp_path, *lines):
    path = tmp_path / "restricted.csv"
    path.write_text("\n".join(["agency,record_id,reason", *lines, ""]), encoding="utf-8")
    return restricted_records(Source(path))


def test_a_list_closes_each_of_its_records_once_and_says_who_did(tmp_path):
    result = restrict_records(listed(tmp_path, "health,H1,pre_adoption", "health,H1,other"), by="A. Clerk")
    assert (result.closed, result.closed_already, len(result.findings)) == (1, 0, 1)
    assert Restriction.objects.get().reason == "pre_adoption"
    assert closed_records() == {("health", "H1")}
    assert Act.objects.get().by == "A. Clerk"


def test_a_later_list_adds_and_opens_nothing(tmp_path):
    restrict_records(listed(tmp_path, "health,H1,pre_adoption"), by="A. Clerk")
    result = restrict_records(listed(tmp_path, "social_care,S1,pre_adoption"), by="A. Clerk")
    again = restrict_records(listed(tmp_path, "social_care,S1,pre_adoption"), by="A. Clerk")
    assert (result.closed, again.closed, again.closed_already) == (1, 0, 1)
    assert closed_records() == {("health", "H1"), ("social_care", "S1")}
    assert Act.objects.count() == 2


def test_a_list_with_a_line_that_is_refused_closes_nothing():
    result = restrict_records(
        restricted_records(Source(SAMPLES / "restricted" / "restricted.csv")), by="A. Clerk"
    )
    assert result.was_refused
    assert closed_records() == frozenset()


def test_nobody_closes_nothing(tmp_path):
    with pytest.raises(Refusal):
        restrict_records(listed(tmp_path, "health,H1,pre_adoption"), by=" ")
