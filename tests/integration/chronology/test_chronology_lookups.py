"""A child's chronology from what is held, and what reviewers wrote kept beside it."""

from datetime import date
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from docx import Document
from held_records import COUNCIL, FORCE, TRUST, a_person, an_event, an_extract

from sightline.access.models import Act
from sightline.chronology.actions import annotate_from_file
from sightline.chronology.entries import Question
from sightline.chronology.lookups import NoSuchChild, chronology_of
from sightline.chronology.models import Annotation
from sightline.chronology.pages.forms import Form, in_form
from sightline.intake.models import Agency, NothingTold, Restriction
from sightline.vocabulary.decisions import Refusal
from sightline.vocabulary.events import EventKind, Nothing

AS_OF = date(2025, 6, 30)
BY = "A. Reviewer"


def told(child="C000123"):
    return chronology_of(child, as_of=AS_OF, by=BY)


def line_of(agency, child="C000123"):
    return next(line for line in told(child).coverage if line.agency == agency)


def test_both_agencies_accounts_of_one_child_are_one_chronology(joined):
    whole = told()
    assert [(entry.kind, entry.agencies) for entry in whole.entries] == [
        (EventKind.CHILD_PROTECTION_PLAN, (COUNCIL,)),
        (EventKind.MISSING_EPISODE, (FORCE, COUNCIL)),
    ]
    assert "Somebody else" not in in_form(whole, Form.JSON).decode()
    assert {line.agency_name for line in whole.coverage if line.agency} == {
        "County Durham council",
        "Wearside police",
    }


def test_a_child_is_found_by_any_record_of_it(joined):
    assert told(f"{FORCE}:P1").child == "C000123"
    assert len(told(f"{FORCE}:P1").entries) == 2


def test_a_record_that_is_joined_with_none_has_a_chronology_of_its_own(joined):
    a_person(joined.incidents, "P2")
    assert [entry.kind for entry in told(f"{FORCE}:P2").entries] == [EventKind.ARREST]


def test_nobody_is_an_error_not_an_empty_page(joined):
    for nobody in ("C999999", f"{FORCE}:P9", "", ":"):
        with pytest.raises(NoSuchChild):
            told(nobody)


def test_an_extract_that_is_replaced_or_withdrawn_tells_nothing(joined):
    old = an_extract(joined.council, state="superseded")
    an_event(old, "S1", "arrest", date(2024, 1, 1))
    assert EventKind.ARREST not in {entry.kind for entry in told().entries}


def test_two_years_deliveries_are_one_plan_with_its_end(joined):
    later = an_extract(joined.council, collection="2026", made_on=date(2025, 6, 20))
    an_event(later, "S1", "child_protection_plan", date(2024, 4, 2), until=date(2025, 6, 10))
    plan = told().entries[0]
    assert len(plan.accounts) == 2 and plan.until == date(2025, 6, 10)
    facts = {fact.question: fact.answer for fact in told().facts}
    assert (facts[Question.PLAN_NOW], facts[Question.PLAN_EVER]) == ("no", "yes")


@pytest.mark.parametrize("kind", list(Nothing))
def test_each_kind_of_nothing_is_shown_of_its_agency(joined, kind):
    trust = Agency.objects.create(code=TRUST, name="Fellside trust", kind="health")
    NothingTold.objects.create(agency=trust, kind=kind, asked_on=date(2025, 6, 3), by=BY)
    assert line_of(TRUST).nothing is kind


def test_nothing_said_of_another_record_is_not_said_of_this_one(joined):
    NothingTold.objects.create(agency=joined.force, record_id="P7", kind="failed", asked_on=AS_OF, by=BY)
    assert line_of(FORCE).nothing is None


def test_an_extract_that_could_not_be_taken_is_a_failure_not_an_absence(joined):
    trust = Agency.objects.create(code=TRUST, name="Fellside trust", kind="health")
    an_extract(trust, form="plain-health", state="stopped")
    assert line_of(TRUST).nothing is Nothing.FAILED


def test_an_extract_without_this_child_holds_nothing_of_it(joined):
    trust = Agency.objects.create(code=TRUST, name="Fellside trust", kind="health")
    an_extract(trust, form="plain-health")
    assert line_of(TRUST).nothing is Nothing.NONE_HELD


def test_a_record_closed_at_adoption_is_opened_to_nobody_and_joined_with_nobody(joined):
    Restriction.objects.create(agency=FORCE, record_id="P1", by=BY, at="2025-01-01T00:00Z")
    assert {agency for entry in told().entries for agency in entry.agencies} == {COUNCIL}
    joined.children.clear()
    with pytest.raises(Refusal, match="adoption"):
        told(f"{FORCE}:P1")


def reviewed(comment):
    document = Document(BytesIO(in_form(told(), Form.DOCX)))
    table = next(table for table in document.tables if len(table.columns) == 9)
    table.rows[1].cells[8].text = comment
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def annotate(content, by=BY):
    return annotate_from_file("C000123", content, file_name="reviewed.docx", by=by, as_of=AS_OF)


def test_what_a_reviewer_writes_is_kept_once_and_recorded(joined):
    file = reviewed("Was the plan reviewed?")
    assert annotate(file).kept == 1
    assert annotate(file).kept == 0
    note = Annotation.objects.get()
    assert (note.child, note.column, note.words, note.by) == (
        "C000123",
        "comment",
        "Was the plan reviewed?",
        BY,
    )
    act = Act.objects.get(act="chronology.annotate_from_file")
    assert (act.thing_id, act.fields) == ("C000123", ["written"])
    assert "plan reviewed" not in f"{act.why}{act.fields}"
    assert [shown.words for shown in told().notes] == ["Was the plan reviewed?"]


def test_a_second_reviewers_words_stand_and_the_firsts_stay(joined):
    annotate(reviewed("First."))
    annotate(reviewed("Second."), by="B. Reviewer")
    assert [(note.words, note.by) for note in told().notes] == [("Second.", "B. Reviewer")]
    assert Annotation.objects.count() == 2


def test_notes_follow_their_event_to_the_child_it_belongs_to(joined):
    annotate(reviewed("About the plan."))
    joined.children.clear()
    joined.children.update({"C000777": [(COUNCIL, "S1")], "C000123": [(FORCE, "P1")]})
    assert [note.words for note in told("C000777").notes] == ["About the plan."]
    assert all("About the plan" not in note.words for note in told().notes)


def test_annotations_only_grow(joined):
    annotate(reviewed("Kept for ever."))
    for change in (Annotation.objects.all().delete, lambda: Annotation.objects.update(words="")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_nobody_and_another_childs_table_keep_nothing(joined):
    file = reviewed("Whose?")
    with pytest.raises(Refusal):
        annotate(file, by=" ")
    joined.children.clear()
    joined.children["C000123"] = [(FORCE, "P2")]
    a_person(joined.incidents, "P2")
    with pytest.raises(Refusal, match="another child"):
        annotate(file)
    assert not Annotation.objects.exists() and not Act.objects.exists()


def test_a_chronology_asks_the_database_the_same_number_of_times_however_long_it_is(
    joined, django_assert_max_num_queries
):
    for day in range(1, 29):
        an_event(joined.incidents, "P1", "police_notice", date(2023, 5, day))
    with django_assert_max_num_queries(14):
        assert len(told().entries) == 30
