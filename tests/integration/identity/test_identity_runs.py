"""A run decides of every record, keeps numbers, records what changed, and does nothing where nothing has."""

import pytest
from django.db import DatabaseError, connection, transaction

from sightline.access.models import Act
from sightline.identity import actions, lookups, runs
from sightline.identity.models import IdentityChange, Link, LinkRun, Membership, Question
from sightline.intake.models import Restriction
from sightline.vocabulary.decisions import Refusal


def changes():
    return [
        (row.kind, str(row.identity), str(row.into or "")) for row in IdentityChange.objects.order_by("pk")
    ]


def test_every_record_is_of_one_identity_and_the_counts_balance(held):
    held.hold("H1=9 E1=9 P1= P2=8 H2=8")
    result = held.link()
    assert held.together() == {"C0000001": "E1 H1", "C0000002": "H2 P2", "C0000003": "P1"}
    assert (result.records, result.identities, result.joined, result.changed_records) == (5, 3, 2, 5)
    assert Link.objects.count() == 2
    act = Act.objects.get(act="identity.run_link")
    assert (act.by, act.thing_id) == ("A. Linker", str(result.run))


def test_a_second_run_over_the_same_people_does_nothing_at_all(held, science):
    held.hold("H1=9 E1=9 P1=")
    first, again = held.link(), held.link()
    assert again.was_current and again.run == first.run and again.changed_records == 0
    assert (science.runs, LinkRun.objects.count(), Act.objects.count()) == (1, 1, 1)


def test_a_run_with_other_weights_or_code_that_decides_the_same_leaves_every_row_as_it_was(held, monkeypatch):
    held.hold("H1=9 E1=9 P1=")
    held.link()
    before = list(Membership.objects.values()), list(Link.objects.values())
    monkeypatch.setattr(actions, "code_version", lambda: "another")
    assert held.link().changed_records == 0
    assert (list(Membership.objects.values()), list(Link.objects.values())) == before
    runs_held = LinkRun.objects.order_by("pk").values_list("answer_sha256", "people_sha256")
    assert len(runs_held) == 2 and runs_held[0] == runs_held[1]


def test_a_merge_keeps_one_number_and_the_other_leads_to_it(held):
    held.hold("E1=9 H1=9 P1=8")
    held.link()
    held.change("P1", nhs_number="9")
    held.link()
    assert held.together() == {"C0000001": "E1 H1 P1"}
    assert changes() == [("merged", "C0000002", "C0000001")]
    assert lookups.became("C0000002") == ("C0000001",)
    assert [record for _, record in lookups.records_of("C0000002")] == ["E1", "H1", "P1"]


def test_a_split_gives_a_new_number_that_was_never_used(held):
    held.hold("E1=9 H1=9 P1=8")
    held.link()
    held.change("P1", nhs_number="9")
    held.link()
    held.change("P1", nhs_number="8")
    held.link()
    assert held.together() == {"C0000001": "E1 H1", "C0000003": "P1"}
    assert changes()[-1] == ("split", "C0000001", "C0000003")
    assert lookups.became("C0000002") == ("C0000003",), "what was C0000002 is followed to where it is now"


def test_a_record_that_is_held_no_more_leaves_its_identity_and_an_empty_identity_ends(held):
    held.hold("E1=9 H1=9 P1=8")
    held.link()
    held.remove("P1")
    held.remove("H1")
    held.link()
    assert held.together() == {"C0000001": "E1"}
    assert changes() == [("ended", "C0000002", "")]
    assert lookups.records_of("C0000002") == []
    history = lookups.history_of("C0000001")
    assert history.earlier_records == (("health", "H1"),)
    assert [each.ended_at is None for each in history.evidence] == [False]


def test_a_child_of_no_number_has_no_records(held):
    held.hold("H1=9")
    held.link()
    assert lookups.records_of("C0000001") == lookups.records_of("c1") == [("health", "H1")]
    for unknown in ("C0000009", "", "C", "health", "C١"):
        assert lookups.records_of(unknown) == [] and lookups.became(unknown) == ()
        assert lookups.history_of(unknown) is None
    assert lookups.identity_of("health", "H9") is None


def test_parts_of_one_record_are_one_record_of_one_identity(held):
    held.hold("H1=9 E1=9")
    held.hold("H1=", postcode="SR11AA")
    held.link()
    assert held.together() == {"C0000001": "E1 H1"}
    assert lookups.people_for_linking()["postcode"].to_list() == ["", "SR11AA"]


def test_adults_are_of_no_identity(held):
    held.hold("H1=9 E1=9")
    held.hold("P1=9", is_adult=True)
    assert held.link().records == 2
    assert lookups.identity_of("police", "P1") is None


def test_a_closed_record_is_an_identity_of_its_own_by_its_own_word_or_by_a_list(held):
    held.hold("H1=9 E1=9 P2=9")
    held.hold("P1=9", is_restricted=True)
    Restriction.objects.create(
        agency="education", record_id="E1", by="A. Clerk", at="2026-01-01T00:00:00Z", reason="pre_adoption"
    )
    held.link()
    assert sorted(held.together().values()) == ["E1", "H1 P2", "P1"]


def test_a_run_that_would_join_a_closed_record_stops_and_leaves_nothing(held, monkeypatch):
    held.hold("H1=9 E1=9")
    held.hold("P1=9", is_restricted=True)
    honest = runs.link
    monkeypatch.setattr(
        runs, "link", lambda people, **words: honest(people.with_columns(is_restricted=False), **words)
    )
    with pytest.raises(AssertionError, match="closed at adoption"):
        held.link()
    assert not LinkRun.objects.exists() and not Membership.objects.exists()


def test_questions_stay_open_until_a_run_no_longer_asks_them(held, science):
    held.hold("H1=9 E1=8 P1=7")
    science.asked = ((0, 1),)
    held.link()
    (asked,) = lookups.queue()
    assert asked.pair == (("education", "E1"), ("health", "H1"))
    assert (asked.bits, asked.reason.value, asked.identities) == (1.5, "doubtful", ("C0000001", "C0000002"))
    held.change("P1", surname="Other")
    held.link()
    assert [each.question for each in lookups.queue()] == [asked.question]
    science.asked = ()
    held.change("P1", surname="Another")
    held.link()
    assert lookups.queue() == []
    assert Question.objects.get().closed_in_id == LinkRun.objects.latest("pk").pk


def test_a_run_that_breaks_off_leaves_what_was_there(held, monkeypatch):
    held.hold("E1=9 H1=9")
    held.link()
    held.change("H1", nhs_number="8")
    monkeypatch.setattr(actions, "store_questions", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        held.link()
    assert held.together() == {"C0000001": "E1 H1"}
    assert LinkRun.objects.count() == 1


def test_nobody_runs_nothing(held):
    held.hold("H1=9")
    with pytest.raises(Refusal):
        actions.run_link(by=" ", as_of=None)
    assert not LinkRun.objects.exists()


def test_a_run_takes_in_a_ruling_made_while_it_was_deciding(held, monkeypatch):
    from sightline.identity.models import Answer

    held.hold("E1=9 H1=9")
    held.link()
    held.change("H1", surname="Other")
    honest, ruled = runs.link, []

    def slow(people, **words):
        if not ruled:
            ruled.append(held.rule("E1", "H1", Answer.NEVER).ruling)
        return honest(people, **words)

    monkeypatch.setattr(runs, "link", slow)
    held.link()
    assert sorted(held.together().values()) == ["E1", "H1"]
    assert LinkRun.objects.latest("pk").last_ruling == ruled[0]


@pytest.mark.parametrize("table", ["ruling", "linkrun", "identitychange", "reliance"])
def test_what_only_grows_can_neither_be_changed_nor_removed(held, table):
    from sightline.identity.models import Answer

    held.hold("E1=9 H1=9 P1=8")
    held.link()
    actions.rely_on("C0000001", by="A. Worker", why="a strategy discussion")
    held.rule("E1", "H1", Answer.NEVER)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM identity_{table}")  # noqa: S608
        assert cursor.fetchone()[0] > 0
        for statement in ("UPDATE {} SET id = id", "DELETE FROM {}"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                cursor.execute(statement.format(f"identity_{table}"))


def test_a_record_has_one_current_identity(held):
    held.hold("E1=9 H1=8")
    held.link()
    row = Membership.objects.get(record_id="E1")
    with pytest.raises(DatabaseError), transaction.atomic():
        Membership.objects.create(
            agency=row.agency, record_id=row.record_id, identity=row.identity, from_run=row.from_run
        )
