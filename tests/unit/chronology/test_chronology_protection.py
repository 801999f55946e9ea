"""A protected address never appears: in no field, spelling or output."""

import json
import re
import unicodedata
import zipfile
from datetime import UTC, date, datetime
from html import unescape
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import AS_OF, COUNCIL, FORCE, NAMES, SCHOOLS, TRUST, a_childs_records, answered, held, told

from sightline.chronology.annotations.notes import Note, NoteKind
from sightline.chronology.composing import compose
from sightline.chronology.pages.forms import Form, in_form
from sightline.chronology.protection import WITHHELD, withholding
from sightline.vocabulary.events import EventKind, EventSensitivity, Nothing

ADDRESS = "Flat 3, 12 Acacia Avenue, Crook"
POSTCODE = "DL159ZZ"
FORBIDDEN = ("dl159zz", "12acaciaavenue", "acaciaavenue", "acaciaave", "flat312acacia")
PROTECTED = EventSensitivity.PROTECTED


def letters(text):
    return "".join(
        plain
        for letter in text
        for plain in unicodedata.normalize("NFKD", letter).casefold()
        if plain.isalnum()
    )


def words_of(content: bytes, form: Form) -> str:
    """All that a reader could find in a file, markup taken away."""
    if form is Form.DOCX:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            texts = [
                parts.read(name).decode() for name in parts.namelist() if name.endswith((".xml", ".rels"))
            ]
        return unescape(re.sub(r"<[^>]*>", "", "\n".join(texts)))
    text = content.decode()
    if form is Form.HTML:
        return unescape(re.sub(r"<[^>]*>", "", text)) + unescape(text)
    if form is Form.JSON:
        return json.dumps(json.loads(text), ensure_ascii=False)
    return text


def spelt(address: str, how: int) -> str:
    ways = [
        str,
        str.upper,
        str.lower,
        lambda text: text.replace(" ", ""),
        lambda text: "-".join(text),
        lambda text: " ".join(text),
        lambda text: "\u200b".join(text),
        lambda text: "\u00ad".join(text),
        lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "_"),
        lambda text: text.replace("Avenue", "Ave."),
        lambda text: text.replace("a", "á"),
        lambda text: text.replace(" ", "\n"),
    ]
    return ways[how % len(ways)](address)


secrets = st.builds(
    lambda address, how: spelt(address, how),
    st.sampled_from(
        [POSTCODE, "DL15 9ZZ", "12 Acacia Avenue", "Acacia Avenue", ADDRESS, f"{ADDRESS}, DL15 9ZZ"]
    ),
    st.integers(0, 13),
)
around = st.text(st.sampled_from("abc XYZ 1290.,'\"<&=\n"), max_size=12)
writings = st.builds(lambda before, secret, after: f"{before} {secret} {after}", around, secrets, around)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([COUNCIL, TRUST, SCHOOLS, FORCE]),
            st.sampled_from(list(EventKind)),
            writings,
            writings,
            writings,
            st.sampled_from(["Postcode", "Outcome", "Officer", "Category", "School", "Placement postcode"]),
            st.sampled_from(list(EventSensitivity)),
        ),
        max_size=6,
    ),
    writings,
)
def test_a_protected_address_is_in_no_output_whatever_field_and_spelling_held_it(events, note):
    accounts = [
        told(
            agency,
            kind,
            date(2024, 3, 1 + place),
            summary=summary,
            text=text,
            details={name: value, value: "x"},
            sensitivity=sensitivity,
            time=summary,
            record_id=f"R{text}",
        )
        for place, (agency, kind, summary, text, value, name, sensitivity) in enumerate(events)
    ]
    kept = {"words": note, "by": "A. Reviewer", "at": datetime(2025, 1, 1, tzinfo=UTC)}
    notes = [
        Note(entry="", kind=NoteKind.ROW_GONE, column="", **kept),
        Note(entry="R-00000000", kind=NoteKind.OWN_ENTRY, column="event", **kept),
    ]
    whole = compose(
        "C000123",
        told=accounts,
        records=a_childs_records(is_address_protected=True, address=ADDRESS, postcode=POSTCODE),
        answers=[answered(COUNCIL, Nothing.NOT_ALLOWED, why=note)],
        names=NAMES,
        notes=notes,
        as_of=AS_OF,
    )
    for form in Form:
        found = letters(words_of(in_form(whole, form), form))
        assert not [secret for secret in FORBIDDEN if secret in found], form


def test_the_search_for_a_leak_finds_one():
    """The same story of a child who is not protected shows the address in every output."""
    whole = compose(
        "C000123",
        told=[told(COUNCIL, EventKind.VISIT, date(2024, 3, 1), text=f"Seen at {ADDRESS}, DL15 9ZZ.")],
        records=a_childs_records(address=ADDRESS, postcode=POSTCODE),
        as_of=AS_OF,
    )
    for form in Form:
        found = letters(words_of(in_form(whole, form), form))
        assert "dl159zz" in found and "12acaciaavenue" in found, form


def shown(text, **person):
    values = {"is_address_protected": True, "address": ADDRESS, "postcode": POSTCODE} | person
    return withholding([held(COUNCIL, **values)], []).shown(text)


@pytest.mark.parametrize(
    "text",
    [
        "Seen at 12, Acacia Ave",
        "at Acacia with mum",
        "in DL15 somewhere",
        "DL15-9",
        "to Crook by taxi",
        "old home TS1 2AB",
    ],
)
def test_parts_of_the_address_and_every_postcode_are_withheld(text):
    assert WITHHELD in shown(text)


@pytest.mark.parametrize(
    "text", ["Seen on 12 March 2024 at 14:05.", "Graded DL, ref 159.", "Crooked teeth.", "", "E-7K3F9QA2"]
)
def test_other_words_stay(text):
    if text == "Crooked teeth.":
        assert shown(text) != text, (
            "letters are looked for without spaces, so too much is withheld, never too little"
        )
    else:
        assert shown(text) == text


def test_one_protected_record_withholds_the_addresses_of_all():
    records = [held(COUNCIL, is_address_protected=True), held(TRUST, address="7 Elm Lane", postcode="DH12AB")]
    assert (
        withholding(records, []).shown("Lives at 7 Elm Lane, DH1 2AB") == f"Lives at {WITHHELD}, {WITHHELD}"
    )


def test_a_protected_event_says_what_and_not_where_and_its_place_is_withheld_elsewhere():
    placement = told(
        COUNCIL,
        EventKind.PLACEMENT,
        date(2024, 5, 1),
        summary="Placed at Thornfield.",
        text="With the Marlows.",
        sensitivity=PROTECTED,
        details={"Placement postcode": "DH3 3ZZ", "Placement type": "U1", "Carer": "Marlow"},
    )
    visit = told(SCHOOLS, EventKind.VISIT, date(2024, 6, 1), text="Collected from DH33ZZ.")
    whole = compose("C1", told=[placement, visit], records=[held(COUNCIL)], as_of=AS_OF)
    first, second = whole.entries
    assert first.accounts[0].details == {"Placement type": "U1"}
    assert first.accounts[0].summary.startswith("Placement.") and not first.accounts[0].text
    assert second.accounts[0].text == f"Collected from {WITHHELD}."
    assert whole.is_protected
    for form in Form:
        assert "thornfield" not in letters(words_of(in_form(whole, form), form))
        assert "marlow" not in letters(words_of(in_form(whole, form), form))


def test_facts_still_rest_on_protected_events():
    placement = told(COUNCIL, EventKind.LOOKED_AFTER, date(2024, 5, 1), is_open=True, sensitivity=PROTECTED)
    whole = compose("C1", told=[placement], records=[held(COUNCIL)], as_of=AS_OF)
    assert next(fact for fact in whole.facts if fact.question == "looked_after_now").answer == "yes"


def test_commands_to_a_terminal_and_turned_writing_are_taken_out():
    seen = told(COUNCIL, EventKind.VISIT, date(2024, 6, 1), text="Red \x1b[31malert\x07 \u202egnihton\x00")
    whole = compose("C1", told=[seen], records=[held(COUNCIL)], as_of=AS_OF)
    assert whole.entries[0].accounts[0].text == "Red [31malert gnihton"
    assert all(in_form(whole, form) for form in Form)
