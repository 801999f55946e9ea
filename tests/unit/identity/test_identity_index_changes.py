"""Records arrive in an index and leave it; an index is kept in files and comes back the same."""

from datetime import date

import numpy as np
import pytest
from people_frames import a_frame, a_person
from searched import an_index, found, look

from sightline.identity import index_changes
from sightline.identity.index_changes import add, remove
from sightline.identity.index_files import load, save

OLIVIA = a_person(record_id="OLIVIA", surname="Thistledown", forenames="Olivia", postcode="ZX11AA")
NEWCOMER = a_person(
    record_id="NEW",
    agency="police",
    surname="Wrenfield",
    forenames="Xanthippe",
    born_on=date(2010, 9, 8),
    postcode="YY77YY",
)
TYPED = {"surname": "Wrenfield", "forenames": "Xanthippe", "born": "2010-09-08"}


def alone(number=0):
    return np.array([number], np.int64)


def test_a_record_that_arrives_is_found_by_its_own_new_names_and_place():
    index = an_index(OLIVIA)
    assert found(index, **TYPED) == []
    add(index, a_frame(NEWCOMER), identities=alone())
    assert found(index, **TYPED) == ["NEW"]
    assert found(index, forenames="Xanthipe", born="2010-09-08", postcode="YY7 7YY") == ["NEW"]
    assert found(index, surname="Thistledown", forenames="Olivia", born="2014-05-03") == ["OLIVIA"]


def test_a_record_that_arrives_joins_the_identity_it_is_of():
    index = an_index(OLIVIA, identities=(7,))
    add(index, a_frame(NEWCOMER), identities=alone(7))
    (first,) = look(index, **TYPED).candidates
    assert first.number == 7
    assert {each.record[1] for each in first.records} == {"OLIVIA", "NEW"}


def test_a_record_that_changes_is_found_as_it_is_now_and_not_as_it_was():
    index = an_index(OLIVIA, NEWCOMER, identities=(7, 7))
    renamed = {**NEWCOMER, "surname": "Larkspur", "forenames": "Hyacinth", "born_on": date(2009, 1, 2)}
    add(index, a_frame(renamed), identities=alone(7))
    assert found(index, **TYPED) == []
    (first,) = look(index, surname="Larkspur", forenames="Hyacinth", born="2009-01-02").candidates
    assert sorted(each.record[1] for each in first.records) == ["NEW", "OLIVIA"]


def test_a_record_that_goes_is_found_no_more_and_leaves_its_identity():
    index = an_index(OLIVIA, NEWCOMER, identities=(7, 7))
    assert remove(index, [("police", "NEW"), ("police", "NEVER HELD")]) == 1
    assert found(index, **TYPED) == []
    (first,) = look(index, surname="Thistledown", forenames="Olivia", born="2014-05-03").candidates
    assert [each.record[1] for each in first.records] == ["OLIVIA"]
    assert remove(index, [("police", "NEW")]) == 0


def test_a_record_that_is_closed_is_found_no_more():
    index = an_index(OLIVIA, NEWCOMER)
    add(index, a_frame({**NEWCOMER, "is_restricted": True}), identities=alone(9))
    assert look(index, everyone=True, **TYPED).candidates == ()


def test_a_new_pet_name_is_known_for_what_it_stands_for():
    index = an_index(OLIVIA)
    add(index, a_frame({**NEWCOMER, "forenames": "Livvy"}), identities=alone())
    assert found(index, surname="Wrenfield", forenames="Olivia", born="2010-09-08") == ["NEW"]


def test_more_records_than_there_was_room_for_are_all_found(monkeypatch):
    monkeypatch.setattr(index_changes, "LARGEST_RECENT", 500)
    index = an_index(OLIVIA, crowd=20)
    arrivals = [
        {
            **NEWCOMER,
            "record_id": f"A{at}",
            "surname": f"{'abcdefghij'[at % 10] * 3}{chr(97 + at // 250)}stone{chr(97 + at // 10 % 25)}field",
            "postcode": f"YW{at % 90 + 1}{at % 9}AA",
        }
        for at in range(2600)
    ]
    for start in range(0, len(arrivals), 1300):
        add(index, a_frame(*arrivals[start : start + 1300]), identities=np.zeros(1300, np.int64))
    assert len(index.recent) < 500 or len(index.entries) > 10_000
    for each in arrivals[::97]:
        assert each["record_id"] in found(
            index,
            surname=each["surname"],
            forenames="Xanthippe",
            born="2010-09-08",
            postcode=each["postcode"],
        )


def test_an_index_comes_back_from_its_files_the_same_and_searches_leave_them_alone(tmp_path):
    index = an_index(OLIVIA, NEWCOMER, identities=(7, 7))
    save(index, tmp_path / "kept")
    before = {path.name: path.read_bytes() for path in (tmp_path / "kept").iterdir()}
    again = load(tmp_path / "kept")
    typed = {"surname": "Thistelworth", "forenames": "Ollie", "born": "2014-05-03", "postcode": "QQ9 9QQ"}
    assert look(again, everyone=True, **typed) == look(index, everyone=True, **typed)
    add(again, a_frame({**NEWCOMER, "record_id": "THIRD"}), identities=alone(7))
    assert len(look(again, **TYPED).candidates[0].records) == 3
    assert {path.name: path.read_bytes() for path in (tmp_path / "kept").iterdir()} == before


def test_the_files_of_an_index_are_their_owners_alone(tmp_path):
    save(an_index(OLIVIA), tmp_path / "index" / "kept")
    kept = tmp_path / "index" / "kept"
    assert kept.stat().st_mode & 0o077 == 0
    assert {path.stat().st_mode & 0o077 for path in kept.iterdir()} == {0}
    assert [path.name for path in kept.parent.iterdir()] == ["kept"]


@pytest.mark.parametrize("name", ["about.json", "entries.npy", "names.letters.npy"])
@pytest.mark.parametrize("content", [b"", b"{}", None])
def test_files_that_cannot_be_read_are_no_index(tmp_path, name, content):
    save(an_index(OLIVIA), tmp_path / "kept")
    path = tmp_path / "kept" / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    assert load(tmp_path / "kept") is None
    assert load(tmp_path / "never made") is None
