"""What comes before any rule on cells: folders, bytes, quotes, lines, headers."""

import os
from datetime import date

import pytest

from sightline.register.faults import MOST_OF_ONE_RULE
from sightline.register.layout import LAYOUT_1
from sightline.register.reading import read_register
from sightline.vocabulary.findings import Severity
from tests.builders.registers import AS_OF, SMALL, a_register, replace_bytes

ALWAYS = "children.age_not_supplied"


def found(folder):
    findings = read_register(folder, as_of=AS_OF).findings
    return {(each.rule, each.place.line, each.place.column) for each in findings if each.rule != ALWAYS}


def errors(folder):
    findings = read_register(folder, as_of=AS_OF).findings
    return {each.rule for each in findings if each.severity is Severity.ERROR}


def test_a_clean_register_is_read_with_its_types(tmp_path):
    register = read_register(a_register(tmp_path), as_of=AS_OF).register
    assert register.children["date_of_birth"].to_list()[0] == date(2021, 11, 20)
    assert register.children["position"].to_list() == [1, 2, 1, 1]
    assert register.incidents["place_type"].to_list() == ["family_home", "park, by the lake", None]
    for name, table in register:
        assert tuple(table.columns) == LAYOUT_1[name].column_names
        assert {str(kind) for kind in table.dtypes} <= {"String", "Date", "Int32"}


def test_every_file_read_is_hashed(tmp_path):
    reading = read_register(a_register(tmp_path), as_of=AS_OF)
    assert set(reading.hashes) == {f"{name}.csv" for name in SMALL}
    assert all(len(digest) == 64 for digest in reading.hashes.values())


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    reading = read_register(tmp_path / "nowhere", as_of=AS_OF)
    assert [(each.rule, str(each.place)) for each in reading.findings] == [("folder.not_there", "nowhere")]
    assert reading.register is None


def test_a_file_in_place_of_the_folder_is_an_error(tmp_path):
    (tmp_path / "register.csv").write_text("")
    assert errors(tmp_path / "register.csv") == {"folder.not_a_folder"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_a_folder_that_cannot_be_read_is_an_error(tmp_path):
    folder = a_register(tmp_path / "locked")
    folder.chmod(0)
    try:
        assert errors(folder) == {"folder.not_readable"}
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize("file", LAYOUT_1)
def test_a_missing_file_is_one_error_without_its_consequences(tmp_path, file):
    (a_register(tmp_path) / f"{file}.csv").unlink()
    assert errors(tmp_path) == {f"{file}.missing_file"}


def test_a_misnamed_file_is_named_as_what_it_may_be(tmp_path):
    a_register(tmp_path)
    (tmp_path / "children.csv").rename(tmp_path / "Children.csv")
    findings = read_register(tmp_path, as_of=AS_OF).findings
    missing = next(each for each in findings if each.rule == "children.missing_file")
    assert "“Children.csv”" in missing.sentence
    assert "folder.file_not_read" in {each.rule for each in findings}


def test_a_folder_in_place_of_a_file_is_an_error(tmp_path):
    a_register(tmp_path)
    (tmp_path / "children.csv").unlink()
    (tmp_path / "children.csv").mkdir()
    assert errors(tmp_path) == {"children.not_a_file"}


def test_a_link_to_a_file_is_followed_and_a_dead_one_is_missing(tmp_path):
    a_register(tmp_path / "register")
    moved = (tmp_path / "register" / "children.csv").rename(tmp_path / "elsewhere.csv")
    (tmp_path / "register" / "children.csv").symlink_to(moved)
    assert errors(tmp_path / "register") == set()
    moved.unlink()
    assert errors(tmp_path / "register") == {"children.missing_file"}


def test_another_table_in_the_folder_is_a_warning_but_not_the_expected_figures(tmp_path):
    a_register(tmp_path)
    (tmp_path / "EXPECTED.csv").write_text("figure\n")
    assert found(tmp_path) == set()
    (tmp_path / "children-2.csv").write_text("child_ref\n")
    assert found(tmp_path) == {("folder.file_not_read", 0, "")}


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf", b"  \r\n"])
def test_a_file_with_nothing_in_it_is_empty(tmp_path, content):
    (a_register(tmp_path) / "panel_responses.csv").write_bytes(content)
    assert "panel_responses.empty_file" in errors(tmp_path)


def test_a_header_alone_is_a_warning(tmp_path):
    path = a_register(tmp_path) / "panel_responses.csv"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    assert found(tmp_path) == {("panel_responses.no_rows", 0, "")}


def test_a_register_of_headers_alone_is_read(tmp_path):
    for path in a_register(tmp_path).iterdir():
        path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    reading = read_register(tmp_path, as_of=AS_OF)
    assert len(reading.findings) == 8 and len(reading.register.codings) == 0


def test_a_byte_order_mark_is_a_warning_and_no_part_of_the_first_column(tmp_path):
    path = a_register(tmp_path) / "children.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert found(tmp_path) == {("children.byte_order_mark", 1, "")}


def test_crlf_is_a_warning_and_no_part_of_the_last_cell(tmp_path):
    path = a_register(tmp_path) / "children.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert found(tmp_path) == {("children.crlf", 1, "")}


def test_carriage_returns_alone_are_an_error(tmp_path):
    path = a_register(tmp_path) / "panel_responses.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r"))
    assert errors(tmp_path) == {"panel_responses.old_line_ends"}


def test_latin_1_is_an_error_in_its_line_and_column(tmp_path):
    replace_bytes(a_register(tmp_path), "rapid_reviews", b"Oakshire", b"O\xe9kshire")
    assert found(tmp_path) == {("rapid_reviews.bad_bytes", 2, "partnership")}


def test_latin_1_after_a_quoted_comma_is_found_in_its_column(tmp_path):
    replace_bytes(a_register(tmp_path), "rapid_reviews", b"and Beech", b"and B\xe9ch")
    assert found(tmp_path) == {("rapid_reviews.bad_bytes", 3, "partnership")}


def test_utf_8_beyond_ascii_is_no_fault(tmp_path):
    replace_bytes(a_register(tmp_path), "rapid_reviews", b"Oakshire", "Öakshire – 橡".encode())
    assert found(tmp_path) == set()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_utf_16_is_an_error_and_not_a_thousand(tmp_path, encoding):
    path = a_register(tmp_path) / "panel_responses.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    assert 1 <= len([rule for rule in errors(tmp_path) if rule.startswith("panel_responses")]) <= 2


def test_a_nul_byte_is_an_error_in_its_line_and_column(tmp_path):
    replace_bytes(a_register(tmp_path), "children", b"CH-2,INC-1,2,seriously", b"CH-2,INC-1,2,seri\0ously")
    assert found(tmp_path) == {("children.nul_byte", 3, "role")}


def test_a_carriage_return_inside_a_row_is_an_error(tmp_path):
    replace_bytes(a_register(tmp_path), "incidents", b"family_home", b"family\rhome")
    assert found(tmp_path) == {("incidents.stray_carriage_return", 2, "place_type")}


def test_a_row_with_a_cell_too_many_is_found_and_nothing_follows_from_it(tmp_path):
    replace_bytes(a_register(tmp_path), "incidents", b"family_home,", b"family_home,,")
    assert found(tmp_path) == {("incidents.too_many_cells", 2, "")}


def test_a_row_with_a_cell_too_few_is_found(tmp_path):
    replace_bytes(a_register(tmp_path), "incidents", b",family_home", b"")
    assert found(tmp_path) == {("incidents.too_few_cells", 2, "")}


def test_a_child_whose_row_is_broken_leaves_its_incident_in_peace(tmp_path):
    replace_bytes(a_register(tmp_path), "children", b"CH-3,INC-2,1,", b"CH-3,INC-2,")
    assert found(tmp_path) == {("children.too_few_cells", 4, "")}


def test_an_empty_line_is_a_warning_and_keeps_later_lines_in_place(tmp_path):
    replace_bytes(a_register(tmp_path), "children", b"CH-1", b"\nCH-1")
    replace_bytes(tmp_path, "children", b"CH-4,INC-3,1,other", b"CH-4,INC-3,1,Other")
    assert found(tmp_path) == {("children.blank_line", 2, ""), ("children.role.unknown_code", 6, "role")}


def test_a_cell_of_several_lines_keeps_later_lines_in_place(tmp_path):
    replace_bytes(a_register(tmp_path), "incidents", b"family_home", b'"family\nhome,\n""so called"""')
    replace_bytes(tmp_path, "incidents", b"suspected", b"Suspected")
    assert found(tmp_path) == {("incidents.abuse_or_neglect.unknown_code", 5, "abuse_or_neglect")}
    replace_bytes(tmp_path, "incidents", b"Suspected", b"suspected")
    register = read_register(tmp_path, as_of=AS_OF).register
    assert register.incidents["place_type"][0] == 'family\nhome,\n"so called"'


@pytest.mark.parametrize("spoilt", [b'"family_home', b'family"home', b'"family"home', b'family_home"'])
def test_quotes_that_do_not_pair_up_are_found_and_reading_goes_on_after(tmp_path, spoilt):
    replace_bytes(a_register(tmp_path), "incidents", b"family_home", spoilt)
    replace_bytes(tmp_path, "incidents", b"not_known", b"Not_known")
    assert found(tmp_path) == {
        ("incidents.broken_quotes", 2, ""),
        ("incidents.abuse_or_neglect.unknown_code", 4, "abuse_or_neglect"),
    }


def test_two_stray_quotes_far_apart_do_not_swallow_the_rows_between(tmp_path):
    replace_bytes(a_register(tmp_path), "notifications", b",,\nSIN-2", b',"x,\nSIN-2')
    replace_bytes(tmp_path, "notifications", b"notified in error", b'"notified in error')
    assert found(tmp_path) == {("notifications.broken_quotes", 2, ""), ("notifications.broken_quotes", 4, "")}


def test_a_last_line_without_its_end_is_a_warning(tmp_path):
    path = a_register(tmp_path) / "local_reviews.csv"
    path.write_bytes(path.read_bytes().removesuffix(b"\n"))
    assert found(tmp_path) == {("local_reviews.no_final_line_end", 2, "")}


def test_a_missing_column_is_one_error(tmp_path):
    replace_bytes(a_register(tmp_path), "local_reviews", b"published_on", b"published")
    assert found(tmp_path) == {
        ("local_reviews.missing_column", 1, "published_on"),
        ("local_reviews.extra_column", 1, ""),
    }


def test_a_column_in_capitals_is_not_taken_for_the_layouts(tmp_path):
    replace_bytes(a_register(tmp_path), "local_reviews", b"published_on", b"Published_On")
    assert ("local_reviews.missing_column", 1, "published_on") in found(tmp_path)


def test_an_extra_column_is_a_warning_and_is_not_read(tmp_path):
    path = a_register(tmp_path) / "panel_responses.csv"
    path.write_bytes(
        path.read_bytes()
        .replace(b"\n", b",note\n", 1)
        .replace(b"yes\n", b"yes,x\n")
        .replace(b"more,\n", b"more,,\n")
    )
    assert found(tmp_path) == {("panel_responses.extra_column", 1, "")}
    assert read_register(tmp_path, as_of=AS_OF).register is not None


def test_a_repeated_column_is_an_error(tmp_path):
    replace_bytes(a_register(tmp_path), "local_reviews", b"published_on", b"decided_on")
    assert {"local_reviews.repeated_column", "local_reviews.missing_column"} <= errors(tmp_path)


def test_columns_in_another_order_are_read_by_name_with_a_warning(tmp_path):
    (a_register(tmp_path) / "panel_responses.csv").write_text(
        "outcome,review_id,agrees_with_lcspr_decision,responded_on\nagrees,RR-1,yes,2022-06-10\n"
    )
    assert found(tmp_path) == {("panel_responses.column_order", 1, "")}
    register = read_register(tmp_path, as_of=AS_OF).register
    assert register.panel_responses.row(0) == ("RR-1", date(2022, 6, 10), "agrees", "yes")


def test_a_file_without_a_header_is_one_error(tmp_path):
    path = a_register(tmp_path) / "panel_responses.csv"
    path.write_bytes(path.read_bytes().partition(b"\n")[2])
    assert errors(tmp_path) == {"panel_responses.no_header"}


@pytest.mark.parametrize("separator", [b";", b"\t", b"|"])
def test_another_separator_is_named(tmp_path, separator):
    path = a_register(tmp_path) / "panel_responses.csv"
    path.write_bytes(path.read_bytes().replace(b",", separator))
    assert errors(tmp_path) == {"panel_responses.not_commas"}


def test_a_long_cell_is_an_error_in_its_place_and_not_repeated(tmp_path):
    replace_bytes(a_register(tmp_path), "children", b"male,WBRI,,", b"male,WBRI," + b"y" * 5_000_000 + b",")
    assert found(tmp_path) == {("children.disability.too_long", 3, "disability")}
    assert max(len(each.sentence) for each in read_register(tmp_path, as_of=AS_OF).findings) < 500


@pytest.mark.parametrize(
    ("beyond", "said"),
    [(1, "one more row, which is not listed"), (5, "5 more rows, which are not listed")],
)
def test_a_fault_in_every_row_of_a_large_file_is_listed_up_to_a_bound(tmp_path, beyond, said):
    rows = "".join("RR-1,,domestic_abuse,maybe,,A,2022-06-30,1\n" for _ in range(MOST_OF_ONE_RULE + beyond))
    header = SMALL["codings"].split("\n")[1]
    (a_register(tmp_path) / "codings.csv").write_text(f"{header}\n{rows}")
    findings = read_register(tmp_path, as_of=AS_OF).findings
    values = [each for each in findings if each.rule == "codings.value.unknown_code"]
    assert len(values) == MOST_OF_ONE_RULE + 1
    assert said in values[-1].sentence and values[-1].place.line == 0


def test_a_finding_is_in_the_order_of_lines(tmp_path):
    path = a_register(tmp_path) / "children.csv"
    path.write_bytes(path.read_bytes().replace(b"WBRI", b"wbri").replace(b"CH-1,INC-1", b" CH-1,INC-9"))
    lines = [
        each.place.line
        for each in read_register(tmp_path, as_of=AS_OF).findings
        if each.place.file == "children.csv"
    ]
    assert lines == sorted(lines)
