"""Whatever rows come, and however often a load dies: nothing is lost and nothing is doubled."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_format import a_file, declare

from sightline.intake import actions, loading, lookups, storing
from sightline.intake.actions import load_extract
from sightline.intake.declaration import Delivery
from sightline.intake.models import HeldEvent, HeldFinding, HeldPerson, RefusedRecord

pytestmark = pytest.mark.django_db
WIDE = "x,y"
"""Without quotation marks, so that its row has a cell too many and is refused."""
IDS = st.sampled_from(["", "1", "2", "3", "4"])
ROWS = st.lists(
    st.tuples(
        IDS,
        st.sampled_from(["Ann", "?", "Bea", '"Cy\nDee"', WIDE]),
        st.sampled_from(["", "a", "b"]),
        st.sampled_from(["", "2026-01-02"]),
        st.sampled_from(["", "", "", "purge"]),
    ),
    max_size=25,
)
SLOWLY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def taken_back():
    """Each example has the database to itself."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def load(path, *, agency="HA1"):
    return load_extract(path, agency=agency, by="Ada Bell", as_of=date(2026, 9, 1))


def stored() -> list[list[tuple]]:
    """Every row but for the numbers that the database gives."""
    return [
        [
            tuple(
                value for field, value in row.items() if field not in ("id", "extract_id", "superseded_by_id")
            )
            for row in model.objects.order_by("pk").values()
        ]
        for model in (HeldPerson, HeldEvent, HeldFinding, RefusedRecord)
    ]


@SLOWLY
@given(rows=ROWS, at_once=st.integers(1, 9))
def test_counts_balance_and_a_second_load_changes_nothing(tmp_path, monkeypatch, rows, at_once):
    declare(monkeypatch)
    monkeypatch.setattr(storing, "ROWS_AT_ONCE", at_once)
    path = a_file(tmp_path, rows)
    with taken_back():
        counts = load(path).counts
        assert counts.read == counts.accepted + counts.accepted_with_findings + counts.refused
        assert counts.refused == RefusedRecord.objects.count()
        assert lookups.current_people().height == counts.people
        once = stored()
        assert load(path).was_held_already
        assert stored() == once


@SLOWLY
@given(rows=ROWS, at_once=st.integers(1, 9), chunks=st.lists(st.integers(0, 3), max_size=4))
def test_however_often_a_load_dies_it_ends_the_same(tmp_path, monkeypatch, rows, at_once, chunks):
    declare(monkeypatch)
    monkeypatch.setattr(storing, "ROWS_AT_ONCE", at_once)
    path = a_file(tmp_path, rows)
    real = loading.store
    with taken_back():
        for many in chunks:
            left = [many]

            def dies(chunk, extract, counts, left=left):
                if not left[0]:
                    raise KeyboardInterrupt
                left[0] -= 1
                real(chunk, extract, counts)

            with monkeypatch.context() as patched:
                patched.setattr(loading, "store", dies)
                patched.setattr(actions, "store", dies)
                try:
                    load(path)
                except KeyboardInterrupt:
                    assert lookups.current_people().is_empty()
        dying = load(path).counts
        told = stored()
        assert load(path, agency="HA2").counts == dying
        at_once_told = [[row for row in rows if "HA2" in row] for rows in stored()]
        first_two = [[tuple("HA2" if x == "HA1" else x for x in row) for row in rows] for rows in told]
        assert at_once_told[:2] == first_two[:2]


@SLOWLY
@given(first=ROWS, second=ROWS)
def test_after_changes_each_record_is_as_the_last_extract_that_names_it_says(
    tmp_path, monkeypatch, first, second
):
    declare(monkeypatch, delivery=Delivery.CHANGES)
    with taken_back():
        load(a_file(tmp_path, first, name="first"))
        load(a_file(tmp_path, [*second, ("9", "Last")], name="second"))
        expected = _as_told(second) | {"9": ["Last"]}
        gone = {row[0] for row in second if row[4] == "purge" and row[0] and not row[2] and row[1] != WIDE}
        for number, told in _as_told(first).items():
            if number not in gone:
                expected.setdefault(number, told)
        held: dict[str, list[str]] = {}
        for row in lookups.current_people().to_dicts():
            held.setdefault(row["record_id"], []).append(row["surname"])
        assert held == expected


def _as_told(rows) -> dict[str, list[str]]:
    """The names of each record in order, as the invented format takes a row in."""
    told: dict[str, list[str]] = {}
    for number, name, _, _, do in rows:
        if number and do != "purge" and name != WIDE:
            told.setdefault(number, []).append(name.strip('"'))
    return told
