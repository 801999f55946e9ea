"""What a chronology looks like when it is given out: all of it, safely, in every form."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from stories import (
    AS_OF,
    COUNCIL,
    FORCE,
    NAMES,
    SCHOOLS,
    TRUST,
    a_childs_records,
    a_story,
    answered,
    everybodys_answers,
    held,
    told,
)

from sightline.chronology.composing import compose
from sightline.chronology.entries import Shown
from sightline.chronology.pages.columns import WORD_COLUMNS
from sightline.chronology.pages.comma_separated import as_it_was, harmless
from sightline.chronology.pages.forms import Form, in_form
from sightline.chronology.told import AgencyAnswer
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.events import EventKind, Nothing, StatementType


@pytest.fixture(scope="module")
def whole():
    return a_chronology()


def a_chronology(**differing):
    values = {"told": a_story(), "records": a_childs_records(), "answers": everybodys_answers()} | differing
    return compose("C000123", names=NAMES, as_of=AS_OF, **values)


def test_entries_stand_by_day_and_those_without_a_date_last(whole):
    days = [entry.on for entry in whole.entries]
    assert days == [*sorted(day for day in days if day), None]
    assert whole.entries[-1].when == "date not known"


def test_entries_of_one_day_are_counted_in_the_order_of_their_times():
    accounts = [told(FORCE, EventKind.ARREST, date(2024, 1, 5), time=time) for time in ("21:00", "9:30", "")]
    entries = a_chronology(told=accounts).entries
    assert [(entry.time, entry.order) for entry in entries] == [("", 1), ("9:30", 2), ("21:00", 3)]


def test_accounts_that_differ_stand_side_by_side(whole):
    enquiry = next(entry for entry in whole.entries if entry.kind is EventKind.SECTION_47)
    (end,) = enquiry.differences
    assert end.about == "the end"
    assert {words for _, words in end.said} == {"22 March 2024", "25 March 2024"}


@pytest.mark.parametrize("form", list(Form))
def test_every_account_of_the_story_is_in_every_form(whole, form):
    content = in_form(whole, form)
    text = "\n".join(_docx_texts(content)) if form is Form.DOCX else content.decode()
    flat = " ".join(text.replace("&#34;", '"').split())
    for entry in whole.entries:
        assert entry.number in flat
        for account in entry.accounts:
            assert account.summary in flat, account.summary


def _docx_texts(content):
    document = Document(BytesIO(content))
    yield from (paragraph.text for paragraph in document.paragraphs)
    yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)


def test_the_four_kinds_of_nothing_and_not_asked_are_told_apart():
    answers = [
        answered(COUNCIL, Nothing.NONE_HELD),
        answered(TRUST, Nothing.NOT_ANSWERED),
        answered(SCHOOLS, Nothing.NOT_ALLOWED),
        AgencyAnswer("HOMES", AgencyKind.HOUSING, Nothing.FAILED),
    ]
    lines = {line.agency: line for line in a_chronology(told=[], records=[], answers=answers).coverage}
    assert [lines[each].nothing for each in (COUNCIL, TRUST, SCHOOLS, "HOMES")] == list(Nothing)
    assert not lines[""].was_asked and lines[""].agency_kind is AgencyKind.POLICE
    assert len({line.sentence for line in lines.values()}) == 5


def test_an_agency_that_answered_and_of_whom_nothing_is_linked_holds_nothing():
    (line,) = [
        line for line in a_chronology(told=[], records=[], answers=[answered(TRUST)]).coverage if line.agency
    ]
    assert line.nothing is Nothing.NONE_HELD


def test_many_agencies_that_hold_nothing_are_one_line():
    answers = [AgencyAnswer(f"T{n:03}", AgencyKind.HEALTH, None, date(2025, 1, 1)) for n in range(150)]
    lines = [line for line in a_chronology(told=[], records=[], answers=answers).coverage if line.was_asked]
    assert [line.agency_name for line in lines] == ["150 agencies of this kind"]


def test_a_record_without_events_is_not_nothing():
    lines = a_chronology(told=[], records=[held(TRUST)], answers=[answered(TRUST)]).coverage
    assert next(line for line in lines if line.agency == TRUST).nothing is None


def test_gaps_start_after_the_first_entry_and_end_where_telling_ends():
    accounts = [told(COUNCIL, EventKind.VISIT, day) for day in (date(2024, 1, 1), date(2024, 8, 1))]
    answers = [answered(COUNCIL, told_to=date(2024, 12, 31))]
    gaps = a_chronology(told=accounts, records=[held(COUNCIL)], answers=answers).gaps
    assert [(gap.first, gap.last) for gap in gaps] == [(date(2024, 1, 2), date(2024, 7, 31))]


@pytest.mark.parametrize(("next_on", "gaps"), [(date(2024, 7, 2), 0), (date(2024, 7, 3), 1)])
def test_a_gap_is_shown_from_its_length_on(next_on, gaps):
    accounts = [told(COUNCIL, EventKind.VISIT, day) for day in (date(2024, 1, 1), next_on)]
    answers = [answered(COUNCIL, told_to=next_on)]
    assert len(a_chronology(told=accounts, records=[held(COUNCIL)], answers=answers).gaps) == gaps


def test_an_open_plan_without_a_visit_is_a_gap_of_social_care_alone():
    accounts = [
        told(COUNCIL, EventKind.CHILD_PROTECTION_PLAN, date(2024, 1, 1), until=date(2024, 4, 30)),
        told(FORCE, EventKind.POLICE_NOTICE, date(2024, 3, 1)),
    ]
    gaps = a_chronology(told=accounts, records=[held(COUNCIL), held(FORCE)]).gaps
    assert ("gap.open_case", date(2024, 1, 2), date(2024, 4, 29)) in {
        (gap.rule, gap.first, gap.last) for gap in gaps
    }


@given(st.text(max_size=20))
def test_a_cell_is_never_a_formula_and_comes_back_as_it_was(cell):
    safe = harmless(cell)
    assert not safe.lstrip().startswith(("=", "+", "-", "@")) and not safe.startswith(("\t", "\r", "\n"))
    assert as_it_was(safe) == cell


def test_a_formula_in_a_source_is_text_in_csv():
    seen = told(COUNCIL, EventKind.VISIT, date(2024, 1, 1), summary="=HYPERLINK(A1)", text="@SUM(1)")
    content = in_form(a_chronology(told=[seen]), Form.CSV).decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(content))
    assert (row["event"], row["words"]) == ("'=HYPERLINK(A1)", "'@SUM(1)")


def test_csv_has_a_row_for_each_account_under_its_entry(whole):
    rows = list(csv.DictReader(StringIO(in_form(whole, Form.CSV).decode("utf-8-sig"))))
    assert len(rows) == sum(len(entry.accounts) for entry in whole.entries) == len(a_story())
    assert {row["entry"] for row in rows} == {entry.number for entry in whole.entries}


def test_json_holds_coverage_facts_gaps_and_entries(whole):
    read = json.loads(in_form(whole, Form.JSON))
    assert (read["child"], read["as_of"]) == ("C000123", "2025-06-30")
    assert len(read["entries"]) == len(whole.entries) and len(read["facts"]) == len(whole.facts)
    assert {line["name"] for line in read["coverage"]} == set(NAMES.values())


def test_the_web_page_escapes_what_sources_say_and_loads_nothing():
    seen = told(COUNCIL, EventKind.VISIT, date(2024, 1, 1), text="<script>alert(1)</script>")
    page = in_form(a_chronology(told=[seen]), Form.HTML).decode()
    assert "<script" not in page and "&lt;script&gt;" in page
    assert "http" not in page and "src=" not in page


def test_the_word_table_is_landscape_with_a_repeated_heading_row(whole):
    document = Document(BytesIO(in_form(whole, Form.DOCX)))
    assert document.sections[0].orientation is WD_ORIENT.LANDSCAPE
    table = document.tables[-1]
    assert [cell.text for cell in table.rows[0].cells] == [column.heading for column in WORD_COLUMNS]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert len(table.rows) == len(whole.entries) + 1


def test_statement_types_are_told_apart():
    accounts = [
        told(SCHOOLS, EventKind.CONTACT, date(2024, 1, day), statement=statement)
        for day, statement in enumerate(StatementType, start=1)
    ]
    rows = csv.DictReader(StringIO(in_form(a_chronology(told=accounts), Form.CSV).decode("utf-8-sig")))
    assert [row["statement"] for row in rows] == list(StatementType)


def test_a_part_says_that_it_is_one_and_keeps_entries_without_a_date():
    part = a_chronology(shown=Shown(date(2024, 3, 1), date(2024, 3, 31)))
    assert {entry.on.isoformat()[:7] for entry in part.entries if entry.on} == {"2024-03"}
    assert part.entries[-1].on is None
    assert "Only entries from 1 March 2024 to 31 March 2024" in in_form(part, Form.TEXT).decode()
    assert len(part.facts) == len(a_chronology().facts)


def test_a_period_that_reaches_into_the_part_is_in_it():
    plan = told(COUNCIL, EventKind.CHILD_IN_NEED, date(2024, 1, 1), until=date(2024, 3, 1))
    assert len(a_chronology(told=[plan], shown=Shown(date(2024, 3, 1), None)).entries) == 1
    assert not a_chronology(told=[plan], shown=Shown(date(2024, 3, 2), None)).entries


def test_one_agencys_part_keeps_both_accounts_of_its_entries():
    part = a_chronology(shown=Shown(agency=FORCE))
    assert part.entries and all(FORCE in entry.agencies for entry in part.entries)
    assert any(len(entry.accounts) > 1 for entry in part.entries)


def test_an_entrys_number_stays_when_another_agency_tells_of_it():
    police = told(FORCE, EventKind.MISSING_EPISODE, date(2024, 1, 5), event_id="m1")
    before = a_chronology(told=[police]).entries[0].number
    school = told(SCHOOLS, EventKind.MISSING_EPISODE, date(2024, 1, 4), event_id="m1")
    after = a_chronology(told=[police, school])
    assert after.entry_told_by(before) is after.entries[0]


@given(st.permutations(a_story()))
def test_the_order_of_what_is_told_changes_no_output(story):
    assert in_form(a_chronology(told=story), Form.JSON) == in_form(
        a_chronology(told=sorted_story(story)), Form.JSON
    )


def sorted_story(story):
    return sorted(story, key=lambda each: each.key)
