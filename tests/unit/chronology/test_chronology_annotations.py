"""A reviewer's table comes back: what was written is kept beside the source, and the source stays."""

import csv
import zipfile
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st
from stories import AS_OF, COUNCIL, NAMES, a_childs_records, a_story, everybodys_answers, told

from sightline.chronology.annotations.comparing import belongs_to, compared, same_words
from sightline.chronology.annotations.notes import NoteKind
from sightline.chronology.annotations.tables import table_from
from sightline.chronology.composing import compose
from sightline.chronology.pages.forms import Form, in_form
from sightline.intake.declaration import CannotBeRead
from sightline.vocabulary.events import EventKind

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ENTRY, DATE, TIME, SOURCE, EVENT, WHO, STATEMENT, RESPONSE, COMMENT = range(9)


def a_chronology(notes=(), story=None, **person):
    return compose(
        "C000123",
        told=a_story() if story is None else story,
        records=a_childs_records(**person),
        answers=everybodys_answers(),
        names=NAMES,
        notes=notes,
        as_of=AS_OF,
    )


def word(chronology=None):
    """The document as a reviewer opens it, and its table."""
    document = Document(BytesIO(in_form(chronology or a_chronology(), Form.DOCX)))
    return document, next(table for table in document.tables if len(table.columns) == 9)


def saved(document):
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def found_in(content, chronology=None, name="reviewed.docx"):
    return compared(table_from(content, name=name), chronology or a_chronology(), file_hash="f00d")


def rows_of(content):
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def as_csv(rows, delimiter=",", encoding="utf-8"):
    file = StringIO()
    writer = csv.DictWriter(file, fieldnames=list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode(encoding)


def row_about(table, words):
    return next(row for row in table.rows if words in row.cells[EVENT].text)


def kept(notes, by="A. Reviewer"):
    at = datetime(2025, 7, 1, tzinfo=UTC)
    return [replace(note, by=by, at=at) for note in notes]


@pytest.mark.parametrize("form", [Form.CSV, Form.DOCX])
def test_a_table_that_nobody_touched_says_nothing_new(form):
    whole = a_chronology()
    assert found_in(in_form(whole, form), whole).notes == ()


def test_a_comment_and_a_response_are_kept_and_come_out_again_in_their_columns():
    document, table = word()
    row = row_about(table, "wrist injury")
    row.cells[COMMENT].text = "Was the school told?"
    row.cells[RESPONSE].text = "Strategy discussion held next day."
    first = found_in(saved(document))
    assert {(note.kind, note.column, note.words) for note in first.notes} == {
        (NoteKind.WRITTEN, "comment", "Was the school told?"),
        (NoteKind.WRITTEN, "response", "Strategy discussion held next day."),
    }
    after = a_chronology(kept(first.notes))
    _, again = word(after)
    assert row_about(again, "wrist injury").cells[COMMENT].text == "Was the school told?"
    assert found_in(saved(document), after).notes == (), "the same file again keeps nothing new"
    assert in_form(after, Form.HTML).decode().count("Was the school told?") == 1


def test_the_last_words_stand_and_emptying_takes_them_back():
    document, table = word()
    row_about(table, "wrist injury").cells[COMMENT].text = "First thought."
    notes = kept(found_in(saved(document)).notes)
    document, table = word(a_chronology(notes))
    row_about(table, "wrist injury").cells[COMMENT].text = ""
    second = found_in(saved(document), a_chronology(notes))
    assert [note.words for note in second.notes] == [""]
    _, table = word(a_chronology(notes + kept(second.notes)))
    assert row_about(table, "wrist injury").cells[COMMENT].text == ""


def test_a_changed_source_cell_is_told_both_ways_and_the_source_stays():
    document, table = word()
    row_about(table, "wrist injury").cells[DATE].text = "9 March 2024"
    found = found_in(saved(document))
    (note,) = found.notes
    assert (note.kind, note.column, note.words) == (NoteKind.CHANGED, "date", "9 March 2024")
    assert "the source says “7 March 2024" in found.sentences[0]
    assert "your table says “9 March 2024”" in found.sentences[0]
    after = a_chronology(kept(found.notes))
    assert [entry.when for entry in after.entries] == [entry.when for entry in a_chronology().entries]
    assert "9 March 2024" in in_form(after, Form.TEXT).decode()
    assert found_in(saved(document), after).notes == ()


def test_rows_that_a_reviewer_adds_are_the_reviewers_own_entries():
    document, table = word()
    cells = table.add_row().cells
    cells[DATE].text, cells[EVENT].text = "10 March 2024", "Grandmother told us of a bruise."
    found = found_in(saved(document))
    assert {note.kind for note in found.notes} == {NoteKind.OWN_ENTRY}
    after = a_chronology(kept(found.notes))
    (own,) = after.reviewers_entries
    assert own.cells == {"date": "10 March 2024", "event": "Grandmother told us of a bruise."}
    assert len(after.entries) == len(a_chronology().entries)
    document, table = word(after)
    assert found_in(saved(document), after).notes == ()
    row_about(table, "Grandmother").cells[EVENT].text = "Grandmother told us of two bruises."
    changed = found_in(saved(document), after)
    assert [note.entry for note in changed.notes] == [own.number]


def test_a_row_copied_to_write_another_is_an_own_entry():
    document, table = word()
    row = row_about(table, "wrist injury")
    copied = deepcopy(row._tr)
    row._tr.addnext(copied)
    table.rows[row._index + 1].cells[EVENT].text = "Second visit to hospital."
    found = found_in(saved(document))
    assert {note.kind for note in found.notes} == {NoteKind.OWN_ENTRY}


def test_a_row_taken_out_is_noted_and_stays():
    document, table = word()
    row = row_about(table, "wrist injury")
    number = row.cells[ENTRY].text.split()[0]
    row._tr.getparent().remove(row._tr)
    found = found_in(saved(document))
    assert [(note.kind, note.entry) for note in found.notes] == [(NoteKind.ROW_GONE, number)]
    after = a_chronology(kept(found.notes))
    assert after.entry_told_by(number) is not None
    assert found_in(saved(document), after).notes == ()


def test_a_part_of_the_table_takes_nothing_out():
    document, table = word()
    for row in table.rows[3:]:
        row._tr.getparent().remove(row._tr)
    found = found_in(saved(document))
    assert len(found.notes) == 1 and "as a part" in found.sentences[0]


def cut_in_two(document, table):
    half = deepcopy(table._tbl)
    rows = half.tr_lst
    for row in rows[: len(rows) // 2]:
        half.remove(row)
    for row in table._tbl.tr_lst[len(rows) // 2 :]:
        table._tbl.remove(row)
    paragraph = parse_xml(f'<w:p xmlns:w="{W}"/>')
    table._tbl.addnext(paragraph)
    paragraph.addnext(half)


def title_above_the_headings(document, table):
    title = deepcopy(table.rows[1]._tr)
    for text in title.iter(f"{{{W}}}t"):
        text.text = ""
    next(iter(title.iter(f"{{{W}}}t"))).text = "Rapid review"
    table.rows[0]._tr.addprevious(title)


def headings_in_the_middle(document, table):
    table.rows[4]._tr.addnext(deepcopy(table.rows[0]._tr))


def rows_in_a_control(document, table):
    row = table.rows[3]._tr
    control = parse_xml(f'<w:sdt xmlns:w="{W}"><w:sdtContent/></w:sdt>')
    row.addprevious(control)
    control[0].append(row)


def quotes_dashes_and_spaces(document, table):
    for text in table._tbl.iter(f"{{{W}}}t"):
        if text.text and not text.text.startswith("E-"):
            text.text = text.text.replace("“", '"').replace("”", '"').replace(" ", "\u00a0")


def a_hyphen_made_a_dash(document, table):
    for text in table._tbl.iter(f"{{{W}}}t"):
        text.text = (text.text or "").replace("E-", "E\u2011")


def a_column_moved_and_one_more(document, table):
    for row in table.rows:
        cells = row._tr.tc_lst
        cells[0].addprevious(cells[COMMENT])
        more = deepcopy(cells[WHO])
        for text in more.iter(f"{{{W}}}t"):
            text.text = "Chair's tick"
        cells[1].addprevious(more)


def other_headings(document, table):
    table.rows[0].cells[EVENT].text = "Event"
    table.rows[0].cells[COMMENT].text = "Comment / Analysis"
    table.rows[0].cells[ENTRY].text = "Ref"


def empty_rows(document, table):
    table.add_row()
    table.rows[2]._tr.addnext(deepcopy(table.rows[-1]._tr))


@pytest.mark.parametrize(
    "done_by_word",
    [
        cut_in_two,
        title_above_the_headings,
        headings_in_the_middle,
        rows_in_a_control,
        quotes_dashes_and_spaces,
        a_hyphen_made_a_dash,
        a_column_moved_and_one_more,
        other_headings,
        empty_rows,
    ],
)
def test_what_word_and_people_do_to_tables_changes_nothing(done_by_word):
    document, table = word()
    row_about(table, "wrist injury").cells[COMMENT].text = "Seen."
    done_by_word(document, table)
    found = found_in(saved(document))
    assert [(note.kind, note.column, note.words) for note in found.notes] == [
        (NoteKind.WRITTEN, "comment", "Seen.")
    ]


def test_tracked_changes_are_read_as_accepted():
    document, table = word()
    cell = row_about(table, "wrist injury").cells[COMMENT]
    run = "<w:r><w:{text} xml:space='preserve'>{words}</w:{text}></w:r>"
    paragraph = parse_xml(
        f'<w:p xmlns:w="{W}"><w:ins w:id="1" w:author="R">{run.format(text="t", words="Ask the GP.")}</w:ins>'
        f'<w:del w:id="2" w:author="R">{run.format(text="delText", words="Never mind.")}</w:del></w:p>'
    )
    cell._tc.replace(cell.paragraphs[0]._p, paragraph)
    assert [note.words for note in found_in(saved(document)).notes] == ["Ask the GP."]


def test_a_row_deleted_under_tracked_changes_is_gone():
    document, table = word()
    row = row_about(table, "wrist injury")._tr
    row.get_or_add_trPr().append(parse_xml(f'<w:del xmlns:w="{W}" w:id="3" w:author="R"/>'))
    assert [note.kind for note in found_in(saved(document)).notes] == [NoteKind.ROW_GONE]


def test_comments_in_the_margin_are_kept_with_their_entry():
    document, table = word()
    row = row_about(table, "wrist injury")
    document.add_comment(row.cells[EVENT].paragraphs[0].runs, text="Which hospital?", author="R. Patel")
    (note,) = found_in(saved(document)).notes
    assert (note.kind, note.words) == (NoteKind.MARGIN, "R. Patel: Which hospital?")
    assert row.cells[ENTRY].text.startswith(note.entry)


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8-sig"), (";", "cp1252"), ("\t", "utf-16")])
def test_csv_comes_back_as_spreadsheets_save_it(delimiter, encoding):
    whole = a_chronology()
    rows = rows_of(in_form(whole, Form.CSV))
    for row in rows:
        if row["date"]:
            row["date"] = date.fromisoformat(row["date"]).strftime("%d/%m/%Y")
        if row["time"]:
            row["time"] += ":00"
    rows[4]["comment"] = "=Ask again"
    found = found_in(as_csv(rows, delimiter, encoding), whole, "reviewed.csv")
    assert [(note.entry, note.words) for note in found.notes] == [(rows[4]["entry"], "=Ask again")]


def test_a_comment_on_any_account_is_a_comment_on_the_entry():
    whole = a_chronology()
    rows = rows_of(in_form(whole, Form.CSV))
    second = next(row for place, row in enumerate(rows) if place and row["entry"] == rows[place - 1]["entry"])
    second["comment"] = "Told late."
    (note,) = found_in(as_csv(rows), whole).notes
    assert (note.entry, note.column, note.words) == (second["entry"], "comment", "Told late.")


def test_a_source_that_changed_since_is_not_the_reviewers_change():
    old = a_chronology(
        story=[told(COUNCIL, EventKind.VISIT, date(2024, 5, 1), event_id="v", summary="Seen.")]
    )
    new = a_chronology(
        story=[told(COUNCIL, EventKind.VISIT, date(2024, 5, 1), event_id="v", summary="Seen alone.")]
    )
    for form in (Form.CSV, Form.DOCX):
        assert found_in(in_form(old, form), new).notes == ()


def test_notes_stay_with_their_entry_when_another_agency_tells_of_it():
    story = a_story()
    alone = [each for each in story if each.event.event_id != "mis1"]
    document, table = word(a_chronology(story=alone))
    row_about(table, "missing since last night").cells[COMMENT].text = "Who was rung?"
    notes = kept(found_in(saved(document), a_chronology(story=alone)).notes)
    merged = a_chronology(notes, story=story)
    entry = next(entry for entry in merged.entries if entry.kind is EventKind.MISSING_EPISODE)
    assert len(entry.accounts) == 2
    assert [(note.entry, note.words) for note in merged.notes] == [(entry.number, "Who was rung?")]


def test_notes_on_an_entry_that_is_no_longer_this_childs_are_not_shown():
    document, table = word()
    row_about(table, "wrist injury").cells[COMMENT].text = "About somebody else's child."
    notes = kept(found_in(saved(document)).notes)
    left = [each for each in a_story() if each.event.kind is not EventKind.EMERGENCY_ATTENDANCE]
    text = in_form(a_chronology(notes, story=left), Form.TEXT).decode()
    assert "somebody else" not in text and "kept, and not shown here" in text


def test_another_childs_table_is_refused():
    other = a_chronology(story=[told(COUNCIL, EventKind.VISIT, date(2020, 1, day)) for day in range(1, 9)])
    table = table_from(in_form(other, Form.DOCX), name="other.docx")
    assert not belongs_to(table, a_chronology())
    assert belongs_to(table, other)


def zipped(**parts):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


ENTITY = f'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document xmlns:w="{W}">&x;</w:document>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"PK\x03\x04 broken",
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0old word",
        b"name,age\nA,1\n",
        zipped(other_xml="<a/>"),
        zipped(word__document_xml="<not closed"),
        zipped(word__document_xml=ENTITY),
        zipped(word__document_xml=f'<w:document xmlns:w="{W}"/>'),
        zipped(word__document_xml=b" " * (101 * 1024 * 1024)),
        saved(Document()),
    ],
    ids=[
        "empty",
        "binary",
        "broken",
        "pdf",
        "doc",
        "csv",
        "xlsx",
        "xml",
        "entity",
        "bare",
        "bomb",
        "no-table",
    ],
)
def test_a_file_that_holds_no_such_table_is_said_to(content):
    with pytest.raises(CannotBeRead, match=r"table|document|CSV"):
        table_from(content, name="file")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    try:
        table_from(content, name="file")
    except CannotBeRead:
        return


def test_a_half_cut_document_is_refused():
    whole = in_form(a_chronology(), Form.DOCX)
    with pytest.raises(CannotBeRead):
        table_from(whole[: len(whole) // 2], name="cut.docx")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2024-03-05", "05/03/2024"),
        ("2024-03-05", "5.3.2024"),
        ("9:05", "09:05:00"),
        ("“It’s”", '"It\'s"'),
        ("wait…", "Wait..."),
        ("a\nb", "a b "),
        ("3–4", "3-4"),
    ],
)
def test_cells_that_say_the_same_are_the_same(one, other):
    assert same_words(one, other)
    assert not same_words(one, f"{other} not")


def test_a_reviewers_words_cannot_show_a_protected_address():
    document, table = word()
    row_about(table, "wrist injury").cells[COMMENT].text = "They live at 12 Acacia Avenue."
    notes = kept(found_in(saved(document)).notes)
    person = {"is_address_protected": True, "address": "12 Acacia Avenue, Crook"}
    whole = a_chronology(notes, **person)
    for form in (Form.TEXT, Form.CSV, Form.JSON, Form.HTML):
        assert b"Acacia" not in in_form(whole, form)
    assert found_in(in_form(whole, Form.DOCX), whole).notes == (), (
        "what is withheld is not taken for a change"
    )
