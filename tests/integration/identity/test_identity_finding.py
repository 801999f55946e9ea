"""The index of what is stored: built once, kept, brought up to date, and never behind what was closed."""

import pytest

from sightline.identity import finding, index_files
from sightline.identity.finding import StoredIndex
from sightline.identity.sought import sought
from sightline.intake.restriction_actions import restrict_records
from sightline.intake.restrictions import Restricted
from sightline.vocabulary.findings import Place

ZEB = {"surname": "Quillfeather", "forenames": "Zebedee", "postcode": "SR11AA"}
AURELIA = {"surname": "Thornwick", "forenames": "Aurelia", "postcode": "DH11AA"}


def looked(stored, **typed):
    answer = stored.looked(
        sought(**{"surname": "Quillfeather", "forenames": "Zebedee", **typed}), everyone=True
    )
    return [(each.number, sorted(record.record[1] for record in each.records)) for each in answer.candidates]


@pytest.fixture
def builds(monkeypatch):
    """How often an index was built."""
    counted = []
    real = finding.index_of
    monkeypatch.setattr(
        finding, "index_of", lambda *given, **named: counted.append(1) or real(*given, **named)
    )
    return counted


@pytest.fixture
def two_children(held):
    held.hold("H1=9434765919 E1=9434765919", **ZEB)
    held.hold("P1=", **AURELIA)
    return held


def test_before_any_linking_each_record_stands_for_itself(two_children, tmp_path):
    stored = StoredIndex(tmp_path)
    assert not stored.was_linked
    assert sorted(looked(stored)) == [(0, ["E1"]), (0, ["H1"])]


def test_an_index_is_built_once_and_kept_until_something_changes(two_children, tmp_path, builds):
    two_children.link()
    first, again = StoredIndex(tmp_path), StoredIndex(tmp_path)
    assert looked(first) == looked(again) == [(1, ["E1", "H1"])]
    assert len(builds) == 1
    assert (tmp_path / "index").stat().st_mode & 0o077 == 0
    two_children.hold("P2=", **ZEB)
    two_children.link()
    assert ["P2"] in [records for _, records in looked(StoredIndex(tmp_path))]
    assert len(builds) == 2
    assert len(list((tmp_path / "index").iterdir())) == 1


def test_files_that_went_bad_are_built_anew(two_children, tmp_path, builds):
    two_children.link()
    StoredIndex(tmp_path)
    (kept,) = (tmp_path / "index").iterdir()
    (kept / "entries.npy").write_bytes(b"\x93NUMPY")
    assert looked(StoredIndex(tmp_path)) == [(1, ["E1", "H1"])]
    assert len(builds) == 2
    assert index_files.load(kept) is not None


def test_a_record_closed_since_is_found_neither_by_a_running_nor_by_a_new_process(two_children, tmp_path):
    two_children.link()
    running = StoredIndex(tmp_path)
    line = Restricted(Place("restricted.csv", 2), "health", "H1", "pre_adoption")
    restrict_records([line], by="P. Shah")
    running.refresh()
    assert looked(running) == [(1, ["E1"])]
    assert [records for _, records in looked(StoredIndex(tmp_path))] == [["E1"]]


def test_a_running_process_takes_in_what_arrives_and_what_goes(two_children, tmp_path, builds, monkeypatch):
    two_children.link()
    running = StoredIndex(tmp_path)
    two_children.remove("P1")
    two_children.hold("P3=", **AURELIA | {"surname": "Wrenfield"})
    # Rows put straight into the table leave no mark; a load does.
    monkeypatch.setattr(finding, "last_change", lambda: 99)
    running.refresh()
    assert looked(running, surname="Wrenfield", forenames="Aurelia") == [(0, ["P3"])]
    assert len(builds) == 1


def test_refreshing_where_nothing_changed_does_nothing(two_children, tmp_path, builds):
    two_children.link()
    running = StoredIndex(tmp_path)
    before = running.index
    running.refresh()
    assert running.index is before and len(builds) == 1
