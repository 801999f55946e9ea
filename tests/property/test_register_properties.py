"""The order of rows changes nothing; files come back byte for byte; nothing at all makes reading fail."""

import csv
import io
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from sightline.register.exporting import csv_bytes, write_files
from sightline.register.faults import FindingList
from sightline.register.layout import LAYOUT_1
from sightline.register.reading import read_register
from sightline.register.scanning import scan
from tests.builders.registers import AS_OF, a_register, read_rows, write_rows

HEADER = b"review_id,responded_on,outcome,agrees_with_lcspr_decision\n"
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters=',"\n\t'), max_size=12
)


def shuffled(folder, seed):
    for name in LAYOUT_1:
        header, *rows = read_rows(folder, name)
        random.Random(seed).shuffle(rows)  # noqa: S311
        write_rows(folder, name, [header, *rows])
    return folder


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_rows_changes_nothing_but_their_order(tmp_path, seed):
    plain = read_register(a_register(tmp_path / "plain"), as_of=AS_OF)
    mixed = read_register(shuffled(a_register(tmp_path / "mixed"), seed), as_of=AS_OF)
    assert sorted(each.rule for each in plain.findings) == sorted(each.rule for each in mixed.findings)
    for (name, table), (_, other) in zip(plain.register, mixed.register, strict=True):
        columns = LAYOUT_1[name].column_names
        assert_frame_equal(table.sort(columns), other.sort(columns))


@pytest.mark.parametrize("seed", range(4))
def test_what_is_read_is_written_byte_for_byte(tmp_path, seed):
    folder = shuffled(a_register(tmp_path / "in"), seed)
    write_files(read_register(folder, as_of=AS_OF).register, tmp_path / "out")
    for path in folder.iterdir():
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(TEXT, min_size=3, max_size=3))
def test_any_text_comes_back_to_the_letter(tmp_path_factory, places):
    folder = a_register(tmp_path_factory.mktemp("register"))
    header, *rows = read_rows(folder, "incidents")
    for row, place in zip(rows, places, strict=True):
        row[header.index("place_type")] = place
    write_rows(folder, "incidents", [header, *rows])
    register = read_register(folder, as_of=AS_OF).register
    assert register.incidents["place_type"].to_list() == [place or None for place in places]
    again = folder.with_name(f"{folder.name}-again")
    write_files(register, again)
    assert_frame_equal(read_register(again, as_of=AS_OF).register.incidents, register.incidents)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_at_all_make_the_scan_fail(body):
    for data in (body, HEADER + body):
        found = FindingList("panel_responses.csv")
        taken = scan(data, found=found)
        if taken is not None:
            lines = taken.lines.tolist()
            assert lines == sorted(set(lines))
            assert not lines or lines[-1] <= 1 + data.count(b"\n") + data.count(b"\r")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=40), min_size=8, max_size=8))
def test_no_bytes_at_all_make_the_reading_fail(tmp_path_factory, bodies):
    folder = tmp_path_factory.mktemp("register")
    for (name, file), body in zip(LAYOUT_1.items(), bodies, strict=True):
        (folder / f"{name}.csv").write_bytes(",".join(file.column_names).encode() + b"\n" + body)
    read_register(folder, as_of=AS_OF)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(TEXT, min_size=4, max_size=4), min_size=1, max_size=6))
def test_records_are_found_as_pythons_reader_finds_them(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    written = HEADER + text.getvalue().encode()
    found = FindingList("panel_responses.csv")
    taken = scan(written, found=found)
    read = list(csv.reader(io.StringIO(taken.body.decode(), newline="")))
    assert read == rows
    starts, line = [], 2
    for row in rows:
        starts.append(line)
        line += 1 + sum(cell.count("\n") for cell in row)
    assert taken.lines.tolist() == starts


def test_a_table_is_written_without_quotes_that_are_not_needed(tmp_path):
    register = read_register(a_register(tmp_path), as_of=AS_OF).register
    assert csv_bytes(register.rapid_reviews).count(b'"') == 2
