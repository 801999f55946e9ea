"""The command line as a stranger uses it: whole processes, a data folder of their own, what they print."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sightline.register

SIGHTLINE = Path(sys.executable).parent / "sightline"
EXAMPLE = Path(sightline.register.__file__).parent / "example" / "2022-23"
EXPECTED = Path(__file__).parent.parent / "expected" / "register-2022-23.csv"
YEAR = ("--from", "2022-04-01", "--to", "2023-03-31")
PLANTED = "Zebedee Quillfeather"


class Shell:
    """Runs `sightline` with one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def __call__(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"SIGHTLINE_DATA": str(self.data), "USER": "tester"}
        command = [str(SIGHTLINE), *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "data")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "register"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A data folder with the example imported, for the commands that only read."""
    shell = Shell(tmp_path_factory.mktemp("filled"))
    assert shell("register", "import", EXAMPLE, "--by", "Priya Shah").returncode == 0
    return shell


def change_cell(register: Path, file: str, line: int, column: str, value: str) -> None:
    path = register / file
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    rows[line - 1][rows[0].index(column)] = value
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def test_figures_agree_with_every_expected_row(filled: Shell) -> None:
    done = filled("figures", "--counting", "all", *YEAR, "--data-from", "2022-01-01", "--format", "csv")
    assert done.returncode == 0, done.stderr
    printed = list(csv.DictReader(io.StringIO(done.stdout)))
    with EXPECTED.open(encoding="utf-8", newline="") as text:
        expected = list(csv.DictReader(text))
    assert list(printed[0])[:8] == [*expected[0], "missing", "low", "high"]
    by_name = {(row["figure"], row["way_of_counting"]): row for row in printed}
    different = [
        row
        for row in expected
        if {column: by_name[row["figure"], row["way_of_counting"]][column] for column in row} != row
    ]
    assert different == []
    assert {row["status"] for row in printed} == {"not for release"}


def test_figures_crossed_by_two_dimensions_sum_to_the_whole(filled: Shell) -> None:
    words = ("--counting", "panel", *YEAR, "--by", "sex", "--by", "age_band", "--format", "json")
    done = filled("figures", *words)
    assert done.returncode == 0, done.stderr
    rows = [row for row in json.loads(done.stdout) if row["figure"] == "incidents_total"]
    assert sum(row["count"] for row in rows) == 393
    assert {"sex", "age_band"} <= rows[0].keys()


def test_figures_by_an_unknown_dimension_name_those_there_are(filled: Shell) -> None:
    done = filled("figures", *YEAR, "--by", "postcode")
    assert done.returncode == 2
    assert "region" in done.stderr


def test_export_after_import_gives_the_same_bytes(filled: Shell, tmp_path: Path) -> None:
    assert filled("register", "export", tmp_path / "out").returncode == 0
    for path in sorted(EXAMPLE.glob("*.csv")):
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes(), path.name


def test_due_names_rule_and_reason(filled: Shell) -> None:
    done = filled("due", "--as-of", "2023-06-01", "--format", "csv")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert rows
    assert all(row["why"] and row["standing"] for row in rows)


def test_due_for_a_partnership_written_wrongly_is_not_an_empty_list(filled: Shell) -> None:
    done = filled("due", "--partnership", "Hertfordshire Safeguarding Childrens Partnership")
    assert done.returncode == 4
    assert "Hertfordshire Safeguarding Children Partnership" in done.stderr


def test_check_ends_with_1_on_errors_and_says_where(shell: Shell, example: Path) -> None:
    change_cell(example, "notifications.csv", 5, "nature", "deaht")
    done = shell("register", "check", example, "--format", "csv")
    assert done.returncode == 1
    faults = [row for row in csv.DictReader(io.StringIO(done.stdout)) if row["severity"] == "error"]
    places = [(row["file"], row["line"], row["column"]) for row in faults]
    assert places == [("notifications.csv", "5", "nature")]
    assert "death" in faults[0]["sentence"]


def test_check_ends_with_0_on_warnings_alone(shell: Shell) -> None:
    done = shell("register", "check", EXAMPLE, "--format", "csv")
    assert done.returncode == 0
    assert {row["severity"] for row in csv.DictReader(io.StringIO(done.stdout))} <= {"warning"}


def test_import_with_an_error_changes_nothing(shell: Shell, example: Path) -> None:
    change_cell(example, "children.csv", 2, "incident_id", "INC-NOT-THERE")
    assert shell("register", "import", example).returncode == 1
    assert "No register has been imported" in shell("figures", *YEAR).stderr


def test_import_again_says_that_nothing_changed(filled: Shell) -> None:
    done = filled("register", "import", EXAMPLE)
    assert done.returncode == 0
    assert "nothing changed" in done.stdout


def test_what_was_notified_is_kept_unless_a_clerical_correction_says_why(shell: Shell, example: Path) -> None:
    assert shell("register", "import", example).returncode == 0
    change_cell(example, "notifications.csv", 2, "nature", "other")
    refused = shell("register", "import", example, "--format", "csv")
    assert refused.returncode == 1
    assert "as_notified" in refused.stdout
    corrected = shell("register", "import", example, "--clerical-correction", "Wrong box ticked")
    assert corrected.returncode == 0, corrected.stderr
    assert "1 clerical correction" in corrected.stdout


def test_a_folder_that_is_not_there_is_said_to_be_so(shell: Shell, tmp_path: Path) -> None:
    done = shell("register", "check", tmp_path / "nowhere")
    assert done.returncode == 4
    assert "no folder" in (done.stdout + done.stderr).lower()
    assert "Traceback" not in done.stderr


def test_nothing_that_is_printed_or_logged_repeats_free_text(shell: Shell, example: Path) -> None:
    """A name planted in free text and in every code column must not come back in a message or a log."""
    change_cell(example, "incidents.csv", 3, "place_type", f"={PLANTED}")
    change_cell(example, "notifications.csv", 3, "withdrawn_reason", PLANTED)
    change_cell(example, "children.csv", 4, "sex", PLANTED)
    change_cell(example, "children.csv", 5, "date_of_birth", PLANTED)
    done = shell("register", "check", example, "--format", "csv")
    assert done.returncode == 1
    again = shell("register", "import", example)
    for text in (done.stdout, done.stderr, again.stdout, again.stderr):
        assert PLANTED not in text
    assert not [path for path in shell.data.rglob("*.log") if PLANTED in path.read_text()]


def test_report_is_a_draft_until_somebody_else_approves(filled: Shell, tmp_path: Path) -> None:
    out = tmp_path / "report"
    made = filled("report", *YEAR, "--data-from", "2022-01-01", "--out", out, "--by", "Priya Shah")
    assert made.returncode == 0, made.stderr
    for name in ("index.html", "report.pdf", "tables.xlsx", "tables.ods", "figures.json", "manifest.json"):
        assert (out / name).stat().st_size > 0
    assert "DRAFT" in (out / "index.html").read_text(encoding="utf-8")

    own = filled("release", "approve", out, "--by", "priya  shah")
    assert own.returncode == 3
    assert "DRAFT" in (out / "index.html").read_text(encoding="utf-8")

    approved = filled("release", "approve", out, "--by", "Tom Okafor")
    assert approved.returncode == 0, approved.stderr
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "DRAFT" not in page
    assert "Tom Okafor" in page
    assert PLANTED not in (out / "run.log").read_text(encoding="utf-8")

    again = filled("report", *YEAR, "--out", tmp_path / "second", "--by", "Priya Shah")
    assert again.returncode == 0
    assert str(out) in again.stderr, "an approved release is not passed over in silence"

    elsewhere = filled("release", "approve", tmp_path, "--by", "Tom Okafor")
    assert elsewhere.returncode == 4


def test_the_main_job_says_in_words_what_it_found(shell: Shell) -> None:
    done = shell("demo")
    assert done.returncode == 0, done.stderr
    assert "393 incidents" in done.stdout
    path = Path(done.stdout.partition("Open ")[2].splitlines()[0])
    assert path.is_file()
    again = shell("demo")
    assert again.returncode == 0, again.stderr
    # The example never mixes with the register of the same data folder.
    assert shell("figures", *YEAR).returncode == 4
    assert shell("--demo", "figures", *YEAR).returncode == 0


def test_one_row_of_the_example_is_enough_to_call_a_report_invented(shell: Shell, example: Path) -> None:
    change_cell(example, "incidents.csv", 2, "place_type", "somewhere else")
    assert shell("register", "import", example).returncode == 0
    assert shell("report", *YEAR, "--out", shell.data / "report", "--by", "Priya Shah").returncode == 0
    assert "nvented" in (shell.data / "report" / "index.html").read_text(encoding="utf-8")


def test_a_year_without_cases_makes_no_report(filled: Shell, tmp_path: Path) -> None:
    words = ("--from", "2032-04-01", "--to", "2033-03-31")
    done = filled("report", *words, "--out", tmp_path / "report")
    assert done.returncode == 4
    assert not (tmp_path / "report").exists()


@pytest.mark.parametrize(
    "words",
    [(), ("demo",), ("register", "check"), ("figures",), ("report",), ("release", "approve"), ("due",)],
)
def test_help_has_an_example(shell: Shell, words: tuple[str, ...]) -> None:
    done = shell(*words, "--help")
    assert done.returncode == 0
    assert "Usage:" in done.stdout
    assert not words or "Example:" in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("figures", "--from", "2023-03-31", "--to", "2022-04-01"),
        ("figures", "--from", "31/03/2022", "--to", "2023-03-31"),
        ("figures", *YEAR, "--data-from", "2022-06-01"),
        ("release", "approve", "nowhere", "--by", " "),
        ("figures", "--counting", "everybody", *YEAR),
        ("report", *YEAR),
        ("nonsense",),
        ("register", "import"),
    ],
)
def test_wrong_use_ends_with_2_and_a_sentence(filled: Shell, words: tuple[str, ...]) -> None:
    done = filled(*words)
    assert done.returncode == 2
    assert "Error" in done.stderr
    assert "Traceback" not in done.stderr
