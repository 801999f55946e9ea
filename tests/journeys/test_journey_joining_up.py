"""Four agencies' plain extracts joined, ruled on, explained and measured, as a stranger does it."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from shared_data import shared_data

SIGHTLINE = Path(sys.executable).parent / "sightline"
FILES = {
    "health.csv": (
        "record_id,nhs_number,family_name,given_name,other_names,date_of_birth,gender,postcode,gp_practice\n"
        "H1,,Quillfeather,Zebedee,,2014-03-02,1,SR1 1AA,A00001\n"
        "H2,,Thornwick,Aurelia,,2016-07-19,2,DH1 1AA,A00001\n"
        ",,Nobody,Anna,,2016-07-19,2,DH1 1AA,A00001\n"
    ),
    "education.csv": (
        "record_id,upn,surname,forename,middle_names,preferred_forename,date_of_birth,sex,postcode,"
        "school_urn,attendance_pct\n"
        "E1,,Quillfeather,Zebedee,,,2014-03-02,M,SR1 1AA,100001,94.1\n"
        "E2,,Umberley,Cassander,,,2012-11-30,M,LS1 1AA,100002,88.0\n"
    ),
    "social_care.csv": (
        "record_id,person_id,surname,forename,date_of_birth,gender,ethnicity,postcode,la_code\n"
        "S1,77,Quillfeather,Zebedee,02/03/2014,Male,WBRI,SR1 1AA,E08000024\n"
    ),
    "restricted.csv": "agency,record_id,reason\nsocial_care,S1,pre_adoption\n",
    "notes.txt": "not an extract\n",
}


class Shell:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"SIGHTLINE_DATA": str(self.folder / "data"), "USER": "tester"}
        command = [str(SIGHTLINE), *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)

    def rows(self, *words: str | Path) -> list[dict[str, str]]:
        done = self(*words, "--format", "csv")
        assert done.returncode == 0, done.stderr
        return list(csv.DictReader(done.stdout.splitlines()))


@pytest.fixture
def shell(tmp_path):
    extracts = tmp_path / "extracts"
    extracts.mkdir()
    for name, text in FILES.items():
        (extracts / name).write_text(text, encoding="utf-8")
    return Shell(tmp_path)


def identities(folder):
    with (folder / "identities.csv").open(encoding="utf-8", newline="") as file:
        return {row["record_id"]: row["cluster_id"] for row in csv.DictReader(file)}


def test_a_folder_is_joined_in_one_go_and_twice_is_once(shell):
    out = shell.folder / "joined"
    done = shell("join", shell.folder / "extracts", "--out", out, "--by", "Priya Shah")
    assert done.returncode == 0, done.stderr
    assert "There is no police.csv" in done.stderr and "Not read: notes.txt" in done.stderr
    assert sorted(path.name for path in out.iterdir()) == ["findings.csv", "identities.csv", "summary.json"]
    first = identities(out)
    assert set(first) == {"H1", "H2", "E1", "E2", "S1"}
    assert list(first.values()).count(first["S1"]) == 1, "a record closed at adoption stays by itself"
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    for file in summary["files"]:
        assert file["read"] == file["accepted"] + file["accepted_with_findings"] + file["refused"]
    assert summary["records"]["written"] == 5
    assert summary["records"]["identities_written"] == len(set(first.values()))
    assert summary["closed_records_listed"] == 1
    found = (out / "findings.csv").read_text(encoding="utf-8")
    assert len(found.splitlines()) == summary["findings"] + 1 > 1
    assert "Quillfeather" not in found + done.stdout + done.stderr

    again = shell("join", shell.folder / "extracts", "--out", out, "--by", "Priya Shah")
    assert again.returncode == 0 and "held already" in again.stdout
    assert identities(out) == first
    assert json.loads((out / "summary.json").read_text(encoding="utf-8"))["link_run"]["nothing_had_changed"]
    assert len(shell.rows("intake", "extracts")) == 3


def test_a_join_that_cannot_be_made_writes_nothing(shell):
    out, extracts = shell.folder / "joined", shell.folder / "extracts"
    (extracts / "restricted.csv").write_text("agency,record_id,reason\nhealth,,\n", encoding="utf-8")
    assert shell("join", extracts, "--out", out).returncode == 1
    (extracts / "restricted.csv").unlink()
    (extracts / "education.csv").write_bytes(b"record_id,upn\n\xff\xfe\x00\x00")
    assert shell("join", extracts, "--out", out).returncode == 1
    assert not out.exists() and [path.name for path in shell.folder.glob(".joined*")] == []
    assert shell("join", shell.folder / "nowhere", "--out", out).returncode == 4
    empty = shell.folder / "empty"
    empty.mkdir()
    assert shell("join", empty, "--out", out).returncode == 4


def test_a_folder_with_other_things_in_it_is_never_written_over(shell):
    out = shell.folder / "joined"
    out.mkdir()
    (out / "mine.txt").write_text("kept", encoding="utf-8")
    assert shell("join", shell.folder / "extracts", "--out", out).returncode == 3
    assert [path.name for path in out.iterdir()] == ["mine.txt"]


def test_records_are_ruled_on_and_explained_and_measured(shell):
    out = shell.folder / "joined"
    assert shell("identity", "queue").returncode == 4, "nothing is held yet"
    assert shell("join", shell.folder / "extracts", "--out", out, "--by", "Priya Shah").returncode == 0
    ruled = shell("identity", "rule", "health:H2", "education:E2", "same", "--why", "sworn", "--by", "P Shah")
    assert ruled.returncode == 0, ruled.stderr
    exported = shell.folder / "now.csv"
    assert shell("identity", "export", exported).returncode == 0
    assert exported.stat().st_mode & 0o077 == 0
    with exported.open(encoding="utf-8", newline="") as file:
        now = {row["record_id"]: row["cluster_id"] for row in csv.DictReader(file)}
    assert now["H2"] == now["E2"]
    explained = shell("identity", "explain", "health:H2", "education:E2")
    assert explained.returncode == 0, explained.stderr
    assert "by a person's ruling" in explained.stdout and "Ruling 1" in explained.stdout
    closed = shell("identity", "rule", "health:H1", "social_care:S1", "same", "--why", "x", "--by", "P Shah")
    assert closed.returncode == 3 and "adoption" in closed.stderr
    assert shell("identity", "rule", "H1", "education:E1", "same", "--why", "x").returncode == 2
    assert shell("identity", "rule", "health:H1", "education:E1", "maybe", "--why", "x").returncode == 2
    assert shell("identity", "undo", "1", "--why", "a mistake", "--by", "P Shah").returncode == 0
    truth = shell.folder / "truth.csv"
    truth.write_text(
        "agency,record_id,person_id\nhealth,H1,z\neducation,E1,z\nhealth,H2,a\neducation,E2,c\n",
        encoding="utf-8",
    )
    rows = shell.rows("identity", "evaluate", "--truth", truth)
    assert rows[0]["people"] == "3" and rows[0]["true_pairs"] == "1"
    assert shell("identity", "evaluate", "--truth", shell.folder / "none.csv").returncode == 4


def test_the_development_population_is_joined_well(tmp_path):
    """Not a tuning target: that nothing is broken between the files and the measures."""
    shell = Shell(tmp_path)
    folder = shared_data("population-dev", "health.csv").parent
    done = shell("join", folder, "--out", tmp_path / "joined", "--by", "Priya Shah")
    assert done.returncode == 0, done.stderr
    told = shell("identity", "evaluate", "--truth", folder / "truth.csv", "--format", "json")
    measured = json.loads(told.stdout)
    assert measured["false_pairs"]["adoption_breach"] == 0
    assert measured["precision"]["low"] > 0.99
    assert measured["recall"]["low"] > 0.96
