"""Loading into a real database: whole or not at all, once, resumable, replaced without being lost."""

import multiprocessing
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from invented_format import a_file, declare

from sightline.access.models import Act
from sightline.intake import actions, loading, lookups, storing
from sightline.intake.actions import load_extract, load_folder, record_nothing_told, withdraw_extract
from sightline.intake.declaration import CannotBeRead, Delivery
from sightline.intake.loading import LoadStopped
from sightline.intake.models import (
    Agency,
    Extract,
    ExtractState,
    HeldEvent,
    HeldFinding,
    HeldPerson,
    RefusedRecord,
)
from sightline.intake.turns import turn_of
from sightline.vocabulary.decisions import Refusal
from sightline.vocabulary.events import Nothing

pytestmark = pytest.mark.django_db
ON_POSTGRESQL = connection.vendor == "postgresql"
AS_OF = date(2026, 9, 1)
MIXED = [("1", "Ann", "a", "2026-01-02"), ("", "Bea"), ("3", "?"), ("3", "Cy"), ("4", "Dee", "b"), ("5",)]


@pytest.fixture(autouse=True)
def _only_the_invented_format(monkeypatch):
    declare(monkeypatch)


@pytest.fixture
def changes(monkeypatch):
    declare(monkeypatch, delivery=Delivery.CHANGES)


def load(path: Path, *, agency: str = "HA1", **more):
    return load_extract(path, agency=agency, by="Ada Bell", as_of=AS_OF, **more)


def names() -> dict[tuple[str, str], str]:
    return {(row["agency"], row["record_id"]): row["surname"] for row in lookups.current_people().to_dicts()}


def events(*numbers: str, agency: str = "HA1") -> list[tuple[str, str]]:
    told = lookups.events_of([(agency, number) for number in numbers])
    return sorted((each.event.record_id, each.event.event_id) for each in told)


def everything() -> list[list[tuple]]:
    """What is stored, without the numbers that rows are given."""
    skip = {"id", "extract_id", "received_at"}
    return [
        [
            tuple(value for field, value in row.items() if field not in skip)
            for row in model.objects.order_by("pk").values()
        ]
        for model in (Extract, HeldPerson, HeldEvent, HeldFinding, RefusedRecord)
    ]


def test_every_row_is_accepted_accepted_with_findings_or_refused(tmp_path):
    result = load(a_file(tmp_path, MIXED))
    counts = result.counts
    assert (counts.read, counts.accepted, counts.accepted_with_findings, counts.refused) == (6, 3, 2, 1)
    assert (counts.people, counts.events, counts.findings) == (5, 2, 3)
    assert names()[("HA1", "4")] == "Dee"
    assert events("1", "2", "3", "4") == [("1", "a"), ("4", "b")]


def test_a_refused_row_is_kept_as_it_stood_and_seen_by_no_look_up(tmp_path):
    load(a_file(tmp_path, MIXED))
    (refused,) = RefusedRecord.objects.all()
    assert (refused.line, refused.number, refused.content["name"]) == (3, 2, "Bea")
    assert "Bea" not in lookups.current_people()["surname"].to_list()


def test_a_row_of_another_width_is_refused_and_the_next_one_read(tmp_path):
    path = a_file(tmp_path, [("1", "Ann"), ("2", "Bea")])
    path.write_text(path.read_text() + "3,Cy\n4,Dee,,,\n", encoding="utf-8")
    counts = load(path).counts
    assert (counts.read, counts.accepted, counts.refused) == (4, 3, 1)
    assert RefusedRecord.objects.get().content == {"cells": ["3", "Cy"]}


def test_findings_say_which_record_and_what_became_of_it(tmp_path):
    extract = load(a_file(tmp_path, MIXED)).extract
    found = [
        (each.finding.rule, each.finding.place.line, each.record_id, each.is_refused)
        for each in lookups.findings_of(extract)
    ]
    assert found == [
        ("invented.no_id", 3, "", True),
        ("invented.no_name", 4, "3", False),
        ("invented.twice", 5, "3", False),
    ]
    assert [(each.rule, each.findings, each.refused) for each in lookups.rules_found(extract)] == [
        ("invented.no_id", 1, 1),
        ("invented.no_name", 1, 0),
        ("invented.twice", 1, 0),
    ]


def test_the_same_bytes_again_change_nothing_whatever_the_file_is_called(tmp_path):
    first = load(a_file(tmp_path, MIXED))
    before, acts = everything(), Act.objects.count()
    change = lookups.last_change()
    again = load(a_file(tmp_path, MIXED, name="copy"))
    assert again.was_held_already
    assert again.extract == first.extract
    assert again.counts == first.counts
    assert "same file was loaded" in again.said[0]
    assert (everything(), Act.objects.count(), lookups.last_change()) == (before, acts, change)


def test_an_agency_met_first_is_registered_and_said(tmp_path):
    result = load(a_file(tmp_path, MIXED))
    assert "HA1 was not known" in result.said[0]
    assert Agency.objects.get().kind == "housing"
    assert list(Act.objects.values_list("act", "by", "thing_id")) == [
        ("intake.register_agency", "Ada Bell", "HA1"),
        ("intake.load_extract", "Ada Bell", str(result.extract)),
    ]


def test_a_later_whole_extract_replaces_the_earlier_and_keeps_it(tmp_path):
    first = load(a_file(tmp_path, [("1", "Ann"), ("2", "Bea")]))
    change = lookups.last_change()
    second = load(a_file(tmp_path, [("1", "Anne"), ("3", "Cy")]))
    assert names() == {("HA1", "1"): "Anne", ("HA1", "3"): "Cy"}
    assert lookups.last_change() > change
    assert [(each.extract, each.state) for each in lookups.extracts()] == [
        (second.extract, ExtractState.LOADED),
        (first.extract, ExtractState.SUPERSEDED),
    ]
    assert HeldPerson.objects.count() == 4
    assert f"replaces extract {first.extract}" in second.said[0]


def test_extracts_of_other_collections_and_agencies_stand_beside_each_other(tmp_path):
    load(a_file(tmp_path, [("1", "Ann")], collection="2025"))
    load(a_file(tmp_path, [("1", "Anne")], collection="2026"))
    load(a_file(tmp_path, [("1", "Bea"), ("9", "Cy")]), agency="HA2")
    people = lookups.current_people()
    assert people.height == 4
    newest = people.sort("received").unique(["agency", "record_id"], keep="last")
    assert dict(zip(newest["agency"] + newest["record_id"], newest["surname"], strict=True))["HA11"] == "Anne"


def test_changes_replace_only_the_records_and_events_they_name(tmp_path, changes):
    load(a_file(tmp_path, [("1", "Ann", "a"), ("1", "Ann", "b"), ("2", "Bea", "a")]))
    result = load(a_file(tmp_path, [("1", "Anne", "b"), ("3", "Cy")]))
    assert names() == {("HA1", "1"): "Anne", ("HA1", "2"): "Bea", ("HA1", "3"): "Cy"}
    assert events("1", "2") == [("1", "a"), ("1", "b"), ("2", "a")]
    assert "rows of earlier extracts were replaced" in result.said[0]
    assert HeldPerson.objects.filter(superseded_by=None).count() == 3


def test_a_record_that_the_sender_withdraws_counts_no_more(tmp_path, changes):
    load(a_file(tmp_path, [("1", "Ann", "a"), ("1", "Ann", "b"), ("2", "Bea", "a")]))
    load(a_file(tmp_path, [("2", "", "", "", "purge"), ("1", "", "a", "", "purge")]))
    assert names() == {("HA1", "1"): "Ann"}
    assert events("1", "2") == [("1", "b")]
    assert HeldEvent.objects.count() == 3


def test_an_extract_taken_back_gives_way_to_what_it_replaced(tmp_path):
    load(a_file(tmp_path, [("1", "Ann")]))
    wrong = load(a_file(tmp_path, [("1", "Zed")]))
    change = lookups.last_change()
    withdraw_extract(wrong.extract, why="sent by mistake", by="Ada Bell")
    assert names() == {("HA1", "1"): "Ann"}
    assert lookups.last_change() > change
    with pytest.raises(Refusal):
        withdraw_extract(wrong.extract, why="again", by="Ada Bell")
    assert not load(a_file(tmp_path, [("1", "Zed")])).was_held_already


def test_changes_taken_back_leave_what_a_later_extract_says(tmp_path, changes):
    load(a_file(tmp_path, [("1", "Ann"), ("2", "Bea")]))
    second = load(a_file(tmp_path, [("1", "Anna"), ("2", "Beate")]))
    load(a_file(tmp_path, [("2", "Beatrix")]))
    withdraw_extract(second.extract, why="sent by mistake", by="Ada Bell")
    assert names() == {("HA1", "1"): "Ann", ("HA1", "2"): "Beatrix"}


def test_an_extract_of_another_sender_or_kind_is_refused(tmp_path):
    load(a_file(tmp_path, [("1", "Ann")], sender="201"))
    with pytest.raises(Refusal, match="another agency's extract"):
        load(a_file(tmp_path, [("2", "Bea")], sender="202"))
    with pytest.raises(Refusal, match="that is HA1"):
        load(a_file(tmp_path, [("2", "Bea")], sender="201"), agency="HA2")
    Agency.objects.create(code="POL", name="Police", kind="police")
    with pytest.raises(Refusal, match="is an agency of police"):
        load(a_file(tmp_path, [("2", "Bea")]), agency="POL")
    assert names() == {("HA1", "1"): "Ann"}


def test_an_older_extract_is_not_put_over_a_newer(tmp_path):
    load(a_file(tmp_path, [("1", "Ann")], made="2026-05-01"))
    with pytest.raises(Refusal, match="made on 2026-04-01"):
        load(a_file(tmp_path, [("1", "Bea")], made="2026-04-01"))


def test_the_same_file_for_two_agencies_is_asked_about(tmp_path):
    load(a_file(tmp_path, MIXED))
    assert "is it HA2's?" in load(a_file(tmp_path, MIXED), agency="HA2").said[0]


@pytest.mark.parametrize("agency", ["", "  ", "a b", "x" * 41, "“HA1”"])
def test_an_agency_is_named_by_a_code(tmp_path, agency):
    with pytest.raises(Refusal):
        load(a_file(tmp_path, MIXED), agency=agency)


def test_nothing_is_loaded_by_nobody(tmp_path):
    with pytest.raises(Refusal):
        load_extract(a_file(tmp_path, MIXED), agency="HA1", by=" ", as_of=AS_OF)
    assert not Agency.objects.exists()


def test_a_file_that_breaks_off_leaves_its_finding_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(storing, "ROWS_AT_ONCE", 3)
    load(a_file(tmp_path, [("9", "Old")]))
    rows = [(str(number), "Ann") for number in range(20)]
    with pytest.raises(CannotBeRead):
        load(a_file(tmp_path, [*rows, ("21", "", "", "", "break")]))
    assert names() == {("HA1", "9"): "Old"}
    assert HeldPerson.objects.count() == 1
    newest = lookups.extracts()[0]
    assert (newest.state, newest.counts.read) == (ExtractState.STOPPED, 0)
    assert [each.finding.rule for each in lookups.findings_of(newest.extract)] == ["invented.broken"]


def test_counts_that_do_not_balance_stop_the_load(tmp_path, monkeypatch):
    real = storing._insert

    def loses_one(model, columns, rows):
        real(model, columns, rows[:-1] if model is HeldPerson else rows)

    monkeypatch.setattr(storing, "_insert", loses_one)
    with pytest.raises(LoadStopped, match="people: 5 read, 4 stored"):
        load(a_file(tmp_path, MIXED))
    assert names() == {}
    assert not HeldPerson.objects.exists()


def test_a_file_that_changes_while_it_is_read_is_not_loaded(tmp_path, monkeypatch):
    path = a_file(tmp_path, MIXED)
    real = loading.Judging.end

    def grows(judging):
        path.write_text(path.read_text() + "7,Eve,,,\n", encoding="utf-8")
        return real(judging)

    monkeypatch.setattr(loading.Judging, "end", grows)
    with pytest.raises(LoadStopped, match="was changed while it was read"):
        load(path)
    assert names() == {}


class Killed(BaseException):
    """Stands for the end of the process: nothing of ours catches it."""


def load_killed_after(chunks: int, path: Path, monkeypatch) -> None:
    """Load until so many chunks are stored, and die."""
    real, left = loading.store, [chunks]

    def dies(chunk, extract, counts):
        if not left[0]:
            raise Killed
        left[0] -= 1
        real(chunk, extract, counts)

    with monkeypatch.context() as patched:
        patched.setattr(loading, "store", dies)
        patched.setattr(actions, "store", dies)
        with pytest.raises(Killed):
            load(path)


@pytest.mark.parametrize("chunks", range(5))
def test_a_load_killed_at_any_chunk_ends_as_if_it_had_not_been(tmp_path, monkeypatch, chunks):
    monkeypatch.setattr(storing, "ROWS_AT_ONCE", 4)
    path = a_file(tmp_path, MIXED * 2)
    load_killed_after(chunks, path, monkeypatch)
    assert names() == {}
    assert lookups.last_change() == 0
    resumed = load(path)
    assert any("Took up a load" in each for each in resumed.said)
    after_resuming = everything()
    for model in (HeldPerson, HeldEvent, HeldFinding, RefusedRecord, Extract):
        model.objects.all().delete()
    uninterrupted = load(path)
    assert uninterrupted.counts == resumed.counts
    assert everything() == after_resuming


def test_a_killed_load_of_other_code_or_another_file_starts_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(storing, "ROWS_AT_ONCE", 4)
    path = a_file(tmp_path, MIXED * 2)
    load_killed_after(2, path, monkeypatch)
    Extract.objects.update(code_version="older")
    result = load(path)
    assert not any("Took up" in each for each in result.said)
    assert Extract.objects.get(state=ExtractState.STOPPED).people == 0
    assert HeldPerson.objects.exclude(extract_id=result.extract).count() == 0


def test_a_killed_load_is_judged_by_its_own_day_when_taken_up(tmp_path, monkeypatch):
    monkeypatch.setattr(storing, "ROWS_AT_ONCE", 4)
    path = a_file(tmp_path, MIXED * 2)
    load_killed_after(2, path, monkeypatch)
    result = load_extract(path, agency="HA1", by="Ada Bell", as_of=date(2027, 1, 1))
    assert Extract.objects.get(pk=result.extract).as_of == AS_OF


def test_a_database_that_gives_out_is_said_and_nothing_is_seen(tmp_path, monkeypatch):
    def full(*_):
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(storing, "_insert", full)
    with pytest.raises(LoadStopped, match="disk is full"):
        load(a_file(tmp_path, MIXED))
    assert names() == {}


def test_a_folder_loads_what_it_knows_and_says_what_it_does_not(tmp_path):
    a_file(tmp_path, [("1", "Ann")], name="one", collection="a")
    a_file(tmp_path, [("2", "Bea")], name="two", collection="b")
    (tmp_path / "notes.txt").write_text("hello", encoding="utf-8")
    (tmp_path / ".hidden").write_text("x", encoding="utf-8")
    done = load_folder(tmp_path, agency="HA1", by="Ada Bell", as_of=AS_OF)
    assert [each.counts.read for each in done.loaded] == [1, 1]
    assert [each.rule for each in done.not_loaded] == ["file.no_format"]
    assert len(names()) == 2


def test_a_format_that_is_named_must_take_the_file(tmp_path):
    with pytest.raises(CannotBeRead, match="There is no format"):
        load(a_file(tmp_path, MIXED), format_name="nonsense")
    other = tmp_path / "other.csv"
    other.write_text("x,y\n1,2\n", encoding="utf-8")
    with pytest.raises(CannotBeRead, match="not in the format invented"):
        load(other, format_name="invented")


def test_a_mapping_loads_an_agencys_own_columns_and_speaks_of_them(tmp_path):
    path = tmp_path / "theirs.csv"
    path.write_text("Ref;Who;Contact;When;Do\n1;Ann;a;02.01.2026;\n;Bea;;;\n2;?;;;\n", encoding="utf-8")
    mapping = tmp_path / "theirs.toml"
    mapping.write_text(
        'format = "invented"\n'
        '[columns]\nRef = "id"\nWho = "name"\nContact = "event"\nWhen = "on"\nDo = "do"\n',
        encoding="utf-8",
    )
    path.write_text(path.read_text().replace("02.01.2026", "2026-01-02"), encoding="utf-8")
    result = load(path, mapping=mapping)
    assert (result.counts.accepted, result.counts.refused) == (1, 1)
    columns = [each.finding.place.column for each in lookups.findings_of(result.extract)]
    assert columns == ["Ref", "Who"]
    assert lookups.events_of([("HA1", "1")])[0].event.on == date(2026, 1, 2)


def test_what_an_agency_did_not_tell_is_kept_by_its_kind(tmp_path):
    load(a_file(tmp_path, MIXED))
    change = lookups.last_change()
    record_nothing_told("HA1", kind=Nothing.NOT_ANSWERED, asked_on=AS_OF, by="Ada Bell", record_id="7")
    (told,) = lookups.what_each_agency_told()
    assert (told.agency, told.people, told.events, told.formats) == ("HA1", 5, 2, ("invented",))
    assert [(each.record_id, each.kind) for each in told.nothing] == [("7", Nothing.NOT_ANSWERED)]
    assert lookups.last_change() > change
    with pytest.raises(Refusal, match="no agency"):
        record_nothing_told("nobody", kind=Nothing.FAILED, asked_on=AS_OF, by="Ada Bell")


def test_people_come_back_as_they_were_sent(tmp_path):
    load(a_file(tmp_path, MIXED))
    (held,) = lookups.people_of([("HA1", "1"), ("HA1", "99"), ("HA9", "1")])
    assert (held.person.record_id, held.person.surname, held.line) == ("1", "Ann", 2)
    assert (held.person.aliases, held.person.sex, held.person.born_on) == ((), None, None)


@pytest.mark.skipif(not ON_POSTGRESQL, reason="a turn on the server is PostgreSQL's")
def test_two_loads_of_one_agency_do_not_mix_on_a_server():
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('intake:HA1'))")
        with pytest.raises(Refusal, match="being loaded at this moment"), turn_of("HA1"):
            pass
        with turn_of("HA2"):
            pass
    finally:
        other.close()
    with turn_of("HA1"):
        pass


def _hold_a_turn(database: str, ready, done) -> None:
    connection.settings_dict["NAME"] = database
    with turn_of("HA1"):
        ready.set()
        done.wait(20)


@pytest.mark.skipif(ON_POSTGRESQL, reason="a turn beside a file is SQLite's")
def test_two_loads_of_one_agency_do_not_mix(tmp_path, monkeypatch):
    database = tmp_path / "sightline.sqlite3"
    database.touch()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(database))
    context = multiprocessing.get_context("fork")
    ready, done = context.Event(), context.Event()
    other = context.Process(target=_hold_a_turn, args=(str(database), ready, done))
    other.start()
    try:
        assert ready.wait(20)
        with pytest.raises(Refusal, match="being loaded at this moment"), turn_of("HA1"):
            pass
        with turn_of("HA2"):
            pass
    finally:
        done.set()
        other.join(20)
    with turn_of("HA1"):
        pass
