"""Tables of rows as they really arrive."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.intake.declaration import CannotBeRead
from sightline.intake.reading import delimited, text
from sightline.intake.reading.delimited import CELLS_AS_THEY_STAND
from sightline.intake.sources import Reshaping, Source


@pytest.fixture
def file(tmp_path: Path):
    def written(content: bytes | str, name: str = "rows.csv") -> Source:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Source(path)

    return written


def contents(source: Source) -> list[dict]:
    return [dict(raw.content) for raw in delimited.rows(source)]


def why_unreadable(source: Source) -> tuple[str, int]:
    with pytest.raises(CannotBeRead) as caught:
        list(delimited.rows(source))
    return caught.value.finding.rule, caught.value.finding.place.line


@pytest.mark.parametrize(
    ("encoded", "is_warned"),
    [
        ("id,name\n1,Zoë\n".encode(), False),
        ("id,name\n1,Zoë\n".encode("utf-8-sig"), False),
        ("id,name\n1,Zoë\n".encode("utf-16"), False),
        (b"\xfe\xff" + "id,name\n1,Zoë\n".encode("utf-16-be"), False),
        ("id,name\n1,Zoë\n".encode("cp1252"), True),
    ],
)
def test_letters_come_through_in_every_usual_encoding(file, encoded, is_warned):
    source = file(encoded)
    assert source.csv_header() == ("id", "name")
    assert contents(source) == [{"id": "1", "name": "Zoë"}]
    assert [finding.rule for finding in source.findings] == ["file.encoding"] * is_warned


def test_an_accent_far_behind_the_start_is_still_read_as_windows(file):
    source = file(b"id,name\n" + b"1,Ann\n" * 400_000 + "2,Zoë\n".encode("cp1252"))
    *_, last = delimited.rows(source)
    assert last.content == {"id": "2", "name": "Zoë"}


@pytest.mark.parametrize(
    ("content", "rule", "line"),
    [
        (b"", "file.empty", 0),
        (b"\n\n  \n", "file.no_header", 0),
        (b"id,name\n1,A\x00nn\n", "file.nul_byte", 2),
        ("id,name\n1,Ann\n".encode("utf-16-le"), "file.nul_byte", 1),
        (b"id,name\n1,\x81\x8d\n", "file.encoding_unknown", 0),
        (b"\xef\xbb\xbfid,name\n1,Zo\xeb\n", "file.encoding_unknown", 0),
        (b'id,name\n1,Ann\n2,"Bea\n3,Cy\n', "file.open_quote", 3),
        (b'id,name\n1,"Ann\n' + b"2,Bea\n" * 40_000, "file.open_quote", 2),
        (b"id,id\n1,Ann\n", "file.repeated_column", 1),
        (b"id,name\n1," + b"x" * (3 << 20), "file.long_line", 2),
        (b"x" * (3 << 20), "file.long_line", 1),
    ],
)
def test_a_file_that_is_no_table_says_why_and_where(file, content, rule, line):
    assert why_unreadable(file(content)) == (rule, line)


def test_an_endless_line_is_given_up_before_it_is_read_to_its_end(tmp_path, monkeypatch):
    path = tmp_path / "sparse.csv"
    with path.open("wb") as whole:
        whole.write(b"id,name\n")
        whole.truncate(10 << 30)  # ten gigabytes that take no room
    read = []
    real = text._Scan.take
    monkeypatch.setattr(text._Scan, "take", lambda scan, piece: (read.append(len(piece)), real(scan, piece)))
    assert why_unreadable(Source(path))[0] == "file.nul_byte"
    assert sum(read) <= 2 * text.PIECE


def test_a_repeated_name_in_a_file_without_a_header_is_not_shown(file):
    with pytest.raises(CannotBeRead) as caught:
        list(delimited.rows(file("17,Quillfeather,Quillfeather\n")))
    assert "Quillfeather" not in str(caught.value)
    assert "Columns 2 and 3" in str(caught.value)


def test_a_row_of_another_width_is_refused_alone_and_kept_as_it_stands(file):
    raws = list(delimited.rows(file('id,name\n1,Ann\n2,Bea,x\n3\n4,"Cy\nD"\n5,Eve')))
    assert [(raw.place.line, [each.rule for each in raw.findings]) for raw in raws] == [
        (2, []),
        (3, ["file.cells"]),
        (4, ["file.cells"]),
        (5, []),
        (7, []),
    ]
    assert raws[1].content == {CELLS_AS_THEY_STAND: ["2", "Bea", "x"]}
    assert raws[3].content == {"id": "4", "name": "Cy\nD"}
    assert raws[1].findings[0].is_error


def test_rows_of_nothing_are_left_out_and_said_once(file):
    source = file("id,name\n1,Ann\n\n,\n,,,\n2,Bea\n")
    assert [row["id"] for row in contents(source)] == ["1", "2"]
    assert [(each.rule, each.place.line) for each in source.findings] == [("file.blank_rows", 4)]


def test_a_column_without_a_name_is_kept_under_its_number(file):
    source = file("id,,name\n1,x,Ann\n")
    assert contents(source) == [{"id": "1", "column 2": "x", "name": "Ann"}]
    assert [each.rule for each in source.findings] == ["file.unnamed_column"]


@pytest.mark.parametrize(
    ("cell", "is_warned"),
    [
        ("=1+1", True),
        ("@SUM(A1)", True),
        ("+cmd", True),
        ("-(x)", True),
        ("-5", False),
        ("+44 7700 900000", False),
        ("-", False),
        ("Ann-Marie", False),
    ],
)
def test_what_a_spreadsheet_would_run_is_told_from_numbers(file, cell, is_warned):
    (raw,) = delimited.rows(file(f"id,name\n1,{cell}\n"))
    assert raw.content["name"] == cell
    assert [(each.rule, each.place.column) for each in raw.findings] == [("file.formula", "name")] * is_warned


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_found(file, delimiter, line_end):
    rows = [["id", "name"], ["1", "Ann"], ["2", "Bea"]]
    source = file(line_end.join(delimiter.join(row) for row in rows) + line_end)
    assert contents(source) == [{"id": "1", "name": "Ann"}, {"id": "2", "name": "Bea"}]
    assert [raw.place.line for raw in delimited.rows(source)] == [2, 3]


def test_columns_codes_and_days_are_read_as_a_mapping_says(tmp_path):
    path = tmp_path / "theirs.csv"
    path.write_text("Pat No;G;Born\n7;Girl;03.04.2015\n8;?;soon\n", encoding="utf-8")
    reshaping = Reshaping(
        columns={"Pat No": "record_id", "G": "sex", "Born": "dob"},
        codes={"sex": {"Girl": "F"}},
        dates={"dob": "%d.%m.%Y"},
    )
    source = Source(path, reshaping=reshaping)
    assert source.csv_header() == ("record_id", "sex", "dob")
    assert contents(source) == [
        {"record_id": "7", "sex": "F", "dob": "2015-04-03"},
        {"record_id": "8", "sex": "?", "dob": "soon"},
    ]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\x02\x03"), max_size=12)


@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=12))
def test_every_row_that_was_written_is_read_or_is_blank(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("written") / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["a", "b", "c"], *rows])
    read = [list(raw.content.values()) for raw in delimited.rows(Source(path))]
    assert read == [row for row in rows if any(row)]
