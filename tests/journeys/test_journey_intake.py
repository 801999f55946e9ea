"""Loading extracts as a data team does: whole processes, killed and called again, with what they print."""

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

SIGHTLINE = Path(sys.executable).parent / "sightline"
SAMPLES = Path(__file__).parents[1] / "samples"
HEALTH = SAMPLES / "plain-health" / "health.csv"


class Shell:
    """Runs `sightline intake` with one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.environment = os.environ | {"SIGHTLINE_DATA": str(data), "USER": "tester"}

    def __call__(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        command = [str(SIGHTLINE), "intake", *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, env=self.environment, check=False)

    def rows(self, *words: str | Path) -> list[dict[str, object]]:
        return json.loads(self(*words, "--format", "json").stdout)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "data")


def test_an_extract_goes_in_and_its_findings_come_out(shell, tmp_path):
    before = shell("extracts")
    assert before.returncode == 4
    assert "No extract has been loaded" in before.stderr

    done = shell("load", HEALTH, "--agency", "RJ1", "--by", "Priya Shah")
    assert done.returncode == 0, done.stderr
    assert "loaded as extract 1 of RJ1 (plain-health)" in done.stdout
    (extract,) = shell.rows("extracts")
    assert extract["read"] == extract["accepted"] + extract["with_findings"] + extract["refused"]

    again = shell("load", HEALTH, "--agency", "RJ1")
    assert again.returncode == 0
    assert "held already as extract 1" in again.stdout
    assert len(shell.rows("extracts")) == 1

    written = shell("findings", "--out", tmp_path / "for-the-trust")
    assert written.returncode == 0
    names = sorted(path.name for path in (tmp_path / "for-the-trust").iterdir())
    assert names == ["findings-RJ1-1.csv", "findings-RJ1-1.html"]
    assert len(shell.rows("findings", "1")) > 0
    assert {"plain-health", "cin-census"} <= {str(row["format"]) for row in shell.rows("formats")}

    taken_back = shell("withdraw", "1", "--why", "sent by mistake")
    assert taken_back.returncode == 0
    assert shell.rows("extracts")[0]["state"] == "withdrawn"
    assert shell("findings", "99").returncode == 4


def test_each_way_to_go_wrong_has_its_exit_code(shell, tmp_path):
    assert shell("load", tmp_path / "nowhere.csv", "--agency", "RJ1").returncode == 4
    assert shell("load", HEALTH).returncode == 2
    assert shell("load", HEALTH, "--agency", "not a code").returncode == 3
    other = tmp_path / "other.csv"
    other.write_text("Zebedee,Quillfeather\n1,2\n", encoding="utf-8")
    unknown = shell("load", other, "--agency", "RJ1")
    assert unknown.returncode == 1
    assert "No format takes this file" in unknown.stderr
    assert "Quillfeather" not in unknown.stderr + unknown.stdout
    assert shell("load", HEALTH, "--agency", "RJ1").returncode == 0
    census = SAMPLES / "cin-census" / "census-2026.xml"
    assert shell("load", census, "--agency", "RJ1").returncode == 3


def test_a_mapping_with_faults_is_told_line_by_line_before_anything_is_read(shell, tmp_path):
    mapping = tmp_path / "rj1.toml"
    mapping.write_text('format = "plain-health"\n[columns]\n"No" = "recordid"\n', encoding="utf-8")
    done = shell("load", HEALTH, "--agency", "RJ1", "--map", mapping)
    assert done.returncode == 1
    assert "rj1.toml, line 3" in done.stderr
    assert "record_id" in done.stderr


def test_a_load_that_is_killed_is_seen_by_nobody_and_goes_on(shell, tmp_path):
    header, *rows = HEALTH.read_text(encoding="utf-8").splitlines()
    place = header.split(",").index("record_id")
    big = tmp_path / "big.csv"
    many = 150_000
    with big.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(","))
        (cells,) = csv.reader([rows[0]])
        for number in range(many):
            writer.writerow([*cells[:place], f"H{number}", *cells[place + 1 :]])
    command = [str(SIGHTLINE), "intake", "load", str(big), "--agency", "RJ1"]
    loading = subprocess.Popen(
        command, env=shell.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for_rows(shell.data / "sightline.sqlite3")
    finally:
        loading.send_signal(signal.SIGKILL)
        loading.wait(30)
    assert [row["state"] for row in shell.rows("extracts")] == ["loading"]

    done = shell("load", big, "--agency", "RJ1")
    assert done.returncode == 0, done.stderr
    assert "Took up a load that had stopped" in done.stdout
    (extract,) = shell.rows("extracts")
    assert (extract["state"], extract["read"], extract["people"]) == ("loaded", many, many)


def wait_for_rows(database: Path) -> None:
    """Until the first chunk is stored."""
    for _ in range(1_200):
        time.sleep(0.05)
        if not database.exists():
            continue
        try:
            with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
                if connection.execute("SELECT max(read) FROM intake_extract").fetchone()[0]:
                    return
        except sqlite3.OperationalError:
            continue
    pytest.fail("nothing was stored in a minute")


def test_a_list_of_closed_records_is_taken_whole_or_not_at_all(shell, tmp_path):
    listed = tmp_path / "restricted.csv"
    listed.write_text("agency,record_id,reason\nRJ1,H1,pre_adoption\nRJ1,H2,pre_adoption\n", encoding="utf-8")
    done = shell("restrict", listed, "--by", "Priya Shah")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "2 records closed; 0 were closed before.\n"
    assert shell("restrict", listed).stdout == "0 records closed; 2 were closed before.\n"
    faulty = shell("restrict", SAMPLES / "restricted" / "restricted.csv")
    assert faulty.returncode == 1
    assert "line 5, column agency" in faulty.stderr and "No record was closed" in faulty.stderr
    assert shell("restrict", tmp_path / "none.csv").returncode == 4
