"""`sightline chronology` and `sightline annotate` as they are typed."""

import csv
import json
import stat
from io import StringIO

import pytest

from sightline.chronology.models import Annotation
from sightline.cli import main as command_line
from sightline.cli.exit_codes import ExitCode


@pytest.fixture
def run(joined, monkeypatch, capsys):
    # The database of the test is open already, and is no file that could be looked for.
    monkeypatch.setattr("sightline.cli.database.open_extracts", lambda: None)

    def run_(*words):
        with pytest.raises(SystemExit) as ended:
            command_line.main([str(word) for word in words])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return run_


AS_OF = ("--as-of", "2025-06-30")


def test_each_form_that_is_text_is_printed(run):
    code, text, _ = run("chronology", "C000123", *AS_OF)
    assert code == ExitCode.DONE and text.startswith("Chronology of child C000123")
    assert json.loads(run("chronology", "C000123", "--format", "json", *AS_OF)[1])["child"] == "C000123"
    rows = list(
        csv.DictReader(StringIO(run("chronology", "C000123", "--format", "csv", *AS_OF)[1].lstrip("\ufeff")))
    )
    assert len(rows) == 3
    assert (
        "<h1>Chronology of child C000123</h1>" in run("chronology", "C000123", "--format", "html", *AS_OF)[1]
    )


def test_a_part_is_asked_for_by_days_and_agency(run):
    words = (
        "chronology",
        "C000123",
        "--format",
        "json",
        "--from",
        "2025-01-01",
        "--to",
        "2025-01-31",
        *AS_OF,
    )
    assert [entry["kind"] for entry in json.loads(run(*words)[1])["entries"]] == ["missing_episode"]
    words = ("chronology", "durham-police:P1", "--format", "json", "--agency", "E06000047", *AS_OF)
    assert len(json.loads(run(*words)[1])["entries"]) == 2


def test_a_file_is_for_its_owner_alone(run, tmp_path):
    file = tmp_path / "child.docx"
    code, said, _ = run("chronology", "C000123", "--format", "docx", "--out", file, *AS_OF)
    assert code == ExitCode.DONE and "2 entries" in said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_table_goes_out_and_comes_back(run, tmp_path):
    file = tmp_path / "child.csv"
    run("chronology", "C000123", "--format", "csv", "--out", file, *AS_OF)
    rows = list(csv.reader(StringIO(file.read_text("utf-8-sig"))))
    rows[1][-1] = "Reviewed late."
    with file.open("w", newline="", encoding="utf-8") as changed:
        csv.writer(changed).writerows(rows)
    code, said, _ = run("annotate", "C000123", file, "--by", "A. Reviewer", *AS_OF)
    assert code == ExitCode.DONE and "1 kept" in said
    assert Annotation.objects.get().words == "Reviewed late."
    assert "Nothing new" in run("annotate", "C000123", file, "--by", "A. Reviewer", *AS_OF)[1]
    assert "Reviewed late." in run("chronology", "C000123", *AS_OF)[1]


def test_wrong_calls_end_with_their_own_codes(run, tmp_path):
    assert run("chronology", "C999999", *AS_OF)[0] == ExitCode.NOT_FOUND
    assert run("chronology", "C000123", "--format", "docx")[0] == ExitCode.WRONG_USE
    assert run("chronology", "C000123", "--from", "2025-02-01", "--to", "2025-01-01")[0] == ExitCode.WRONG_USE
    assert run("chronology", "C000123", "--format", "pdf")[0] == ExitCode.WRONG_USE
    assert run("annotate", "C000123", tmp_path / "none.docx")[0] == ExitCode.NOT_FOUND
    (tmp_path / "notes.txt").write_text("no table")
    code, _, said = run("annotate", "C000123", tmp_path / "notes.txt")
    assert code == ExitCode.DATA_HAS_ERRORS and "notes.txt" in said
