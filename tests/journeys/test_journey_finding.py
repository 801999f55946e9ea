"""A worker looks a child up: one at a time and many at once, before and after linking, and mistypes."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SIGHTLINE = Path(sys.executable).parent / "sightline"
FORENAMES = (
    "Amber",
    "Bilal",
    "Chidi",
    "Dariusz",
    "Elin",
    "Farah",
    "Gwen",
    "Hodan",
    "Idris",
    "Jonas",
    "Kavya",
)
SURNAMES = ("Ashcroft", "Begley", "Chaudhry", "Dabrowski", "Eze", "Farrow", "Gashi", "Hussain", "Jarvis")
HEALTH = "record_id,nhs_number,family_name,given_name,other_names,date_of_birth,gender,postcode,gp_practice\n"
EDUCATION = (
    "record_id,upn,surname,forename,middle_names,preferred_forename,date_of_birth,sex,postcode,school_urn,"
    "attendance_pct\n"
)


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    folder = tmp_path_factory.mktemp("finding")
    extracts = folder / "extracts"
    extracts.mkdir()
    health = [
        f"H{at},,{SURNAMES[at % 9]},{FORENAMES[at % 11]},,{2005 + at % 15}-{1 + at % 12:02}-{1 + at % 28:02},"
        f"{1 + at % 2},LS{1 + at % 20} {at % 9}AA,A00001\n"
        for at in range(120)
    ]
    zeb = "HZEB,,Quillfeather,Zebedee,,2014-03-02,1,SR1 1AA,A00001\n"
    (extracts / "health.csv").write_text(HEALTH + "".join(health) + zeb, encoding="utf-8")
    (extracts / "education.csv").write_text(
        EDUCATION + "EZEB,,Quillfeather,Zebedee,,,2014-03-02,M,SR1 1AA,100001,94.1\n", encoding="utf-8"
    )

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"SIGHTLINE_DATA": str(folder / "data"), "USER": "tester"}
        command = [str(SIGHTLINE), *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)

    assert run("find", "--surname", "Quillfeather").returncode == 4, "nothing is loaded yet"
    assert run("join", extracts, "--out", folder / "joined").returncode == 0
    return run


def test_a_child_is_found_by_a_mistyped_name_and_part_of_a_date(shell):
    done = shell(
        "find", "--surname", "Quilfeather", "--forename", "Zeb", "--born", "2014-03", "--format", "json"
    )
    assert done.returncode == 0, done.stderr
    (first,) = json.loads(done.stdout)
    assert {(each["agency"], each["record_id"]) for each in first["records"]} == {
        ("health", "HZEB"),
        ("education", "EZEB"),
    }
    assert "year of birth the same" in first["records"][0]["reasons"]
    table = shell("find", "--surname", "Quillfeather", "--forename", "Zebedee", "--born", "02/03/2014")
    assert first["child_id"] in table.stdout and "date of birth the same" in table.stdout


def test_nobody_found_is_said_and_the_nearest_are_listed_when_asked(shell):
    typed = ("find", "--surname", "Umberley", "--forename", "Cassander", "--born", "2012-11-30")
    nobody = shell(*typed)
    assert (nobody.returncode, nobody.stdout) == (0, "") and "Nobody on file" in nobody.stderr
    assert shell(*typed, "--all", "--format", "csv").stdout.startswith("rank,child_id,score")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--surname", "Quillfeather", "--born", "31/02/2014"), "no such day"),
        (("--surname", "Quillfeather", "--nhs", "9434765918"), "NHS number"),
        (("--surname", "Quillfeather", "--postcode", "nowhere"), "postcode"),
        (("--surname", "Quillfeather", "--sex", "perhaps"), "male or female"),
        ((), "whom to look for"),
        (("--batch", "queries.csv"), "--out"),
    ],
)
def test_what_cannot_be_meant_is_said_in_a_sentence(shell, words, said):
    done = shell("find", *words)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.replace("│", " ").split())


def test_many_are_looked_up_at_once_and_a_faulty_cell_costs_only_itself(shell, tmp_path):
    queries, out = tmp_path / "queries.csv", tmp_path / "found.csv"
    queries.write_text(
        "query_id,forename,surname,date_of_birth,sex,postcode\n"
        "Q1,Zebedee,Quillfeather,2014-03-02,M,SR1 1AA\n"
        "Q2,Zebedee,Quillfeather,2014-02-31,M,nowhere\n"
        "Q3,Cassander,Umberley,2012-11-30,M,\n"
        "Q4,,,,,\n",
        encoding="utf-8",
    )
    done = shell("find", "--batch", queries, "--out", out)
    assert done.returncode == 0, done.stderr
    assert "line 3" in done.stderr and "4 searches, 2 of them found nobody" in done.stdout
    with out.open(encoding="utf-8", newline="") as text:
        rows = list(csv.reader(text))
    assert rows[0] == ["query_id", "rank", "child_id", "agency", "record_id", "score"]
    assert {(row[0], row[1], row[4]) for row in rows[1:]} == {
        (query, "1", record) for query in ("Q1", "Q2") for record in ("HZEB", "EZEB")
    }
    assert out.stat().st_mode & 0o077 == 0
    queries.write_text("query_id,surname\nQ1,Quillfeather\n", encoding="utf-8")
    lacking = shell("find", "--batch", queries, "--out", out)
    assert lacking.returncode == 2 and "forename" in lacking.stderr
