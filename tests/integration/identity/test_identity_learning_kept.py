"""Learnt weights kept version by version, put in force and taken out again, and the commands for it."""

import json

import polars as pl
import pytest
from django.db import DatabaseError, transaction
from invented_people import Invented, invented
from typer.testing import CliRunner

from sightline.access.models import Act
from sightline.cli import database
from sightline.cli.identity import app
from sightline.identity import learning, lookups
from sightline.identity.learnt import actions
from sightline.identity.learnt.lookups import weights_in_force
from sightline.identity.learnt.models import LearntWeights
from sightline.identity.relearning import Method
from sightline.identity.splink_model import weights_from_splink
from sightline.identity.weights import rows_of, shipped_weights
from sightline.vocabulary.decisions import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def people(tmp_path_factory) -> Invented:
    return invented(tmp_path_factory.mktemp("people"), children=2500, seed=5)


@pytest.fixture
def held(people, monkeypatch):
    """The invented people as if they were loaded."""
    monkeypatch.setattr(learning, "STRANGERS_DRAWN", 200_000)
    for module in (lookups, actions):
        monkeypatch.setattr(module, "people_for_linking", lambda: people.people)
    monkeypatch.setattr(database, "open_extracts", lambda: None)


def test_the_shipped_weights_are_in_force_until_others_are_learnt():
    assert weights_in_force() is shipped_weights()


def test_what_is_learnt_is_in_force_and_on_record(held):
    trial = actions.relearn(by="P. Shah")
    kept = LearntWeights.objects.get()
    assert (kept.by, kept.learnt_by, kept.started_from) == ("P. Shah", "known_pairs", "1")
    assert kept.same_pairs == trial.same_pairs > 500
    assert set(kept.measures) == {"before", "after"}
    assert weights_in_force().version == kept.version == "1-learnt-1"
    assert (weights_in_force().table == trial.weights.table).all()
    act = Act.objects.get(act="identity.relearn")
    assert (act.by, act.thing_id) == ("P. Shah", str(kept.pk))


def test_learning_again_starts_from_what_is_in_force(held):
    actions.relearn(by="P. Shah")
    actions.relearn(by="P. Shah")
    assert list(LearntWeights.objects.values_list("version", "started_from")) == [
        ("1-learnt-1", "1"),
        ("1-learnt-2", "1-learnt-1"),
    ]


def test_the_shipped_weights_can_be_put_back_and_nothing_is_lost(held):
    actions.relearn(by="P. Shah")
    actions.use_shipped_weights(by="P. Shah", why="an agency's numbers were wrong")
    assert weights_in_force() is shipped_weights()
    assert LearntWeights.objects.count() == 2
    assert Act.objects.get(act="identity.use_shipped_weights").why == "an agency's numbers were wrong"


def test_a_version_is_never_changed(held):
    actions.relearn(by="P. Shah")
    for change in (lambda rows: rows.update(version="other"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change(LearntWeights.objects.all())


def test_trying_changes_nothing(held):
    trial = actions.tried()
    assert trial.weights.version == "1-learnt-1"
    assert not LearntWeights.objects.exists() and not Act.objects.exists()


def test_too_few_known_pairs_change_nothing(people, held, monkeypatch):
    monkeypatch.setattr(actions, "people_for_linking", lambda: people.people.head(200))
    with pytest.raises(Refusal, match="weights of one's own need 500"):
        actions.relearn(by="P. Shah")
    assert not LearntWeights.objects.exists()


def test_nobody_learns_nothing(held):
    with pytest.raises(Refusal, match="Say who"):
        actions.relearn(by=" ")
    with pytest.raises(Refusal, match="Say why"):
        actions.use_shipped_weights(by="P. Shah", why="")


def test_the_fallback_says_that_it_is_one(held):
    assert actions.tried(method=Method.EXPECTATION).method is Method.EXPECTATION
    said = CliRunner().invoke(app, ["learn", "--try", "--by-expectation"])
    assert said.exit_code == 0, said.output
    assert "a fallback for want of identifiers" in said.output


def test_the_command_shows_before_and_after(held):
    said = CliRunner().invoke(app, ["learn", "--try"])
    assert said.exit_code == 0, said.output
    assert "before" in said.output and "pairs of one child found" in said.output
    assert "Nothing was changed." in said.output
    done = CliRunner().invoke(app, ["learn", "--by", "P. Shah"])
    assert "The weights 1-learnt-1 are in force." in done.output
    back = CliRunner().invoke(app, ["learn", "--shipped", "wrong numbers", "--by", "P. Shah"])
    assert "The shipped weights are in force." in back.output and weights_in_force() is shipped_weights()


def test_the_model_and_its_records_are_written_for_their_owner_alone(people, held, tmp_path):
    said = CliRunner().invoke(
        app, ["model", "--splink", str(tmp_path / "model.json"), "--records", str(tmp_path / "audit")]
    )
    assert said.exit_code == 0, said.output
    assert "Another child of the home" in said.output
    model = json.loads((tmp_path / "model.json").read_text(encoding="utf-8"))
    back = weights_from_splink(model, base=shipped_weights(), version="back")
    assert rows_of(back) == rows_of(shipped_weights())
    records = tmp_path / "audit/records.parquet"
    assert records.stat().st_mode & 0o077 == 0
    assert pl.read_parquet(records).height == people.people.height
    assert len(list((tmp_path / "audit").glob("tf_*.parquet"))) == 13
