"""A hub asks PDS for NHS numbers: off at first, then on, then a person rules on what is in doubt."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fake_pds import Patient, fake_pds

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

HEADER = "record_id,person_id,surname,forename,date_of_birth,gender,ethnicity,postcode,la_code\n"
RECORDS = (
    "S1,1,Quillfeather,Wren,07/03/2015,Female,WBRI,ZZ99 3WZ,E09000001\n"
    "S2,2,Penhaligon,Bram,01/01/2012,Male,WBRI,,E09000001\n"
)
WREN = Patient("9410000033", "Quillfeather", "Wren", "2015-03-07", gender="female")
BRAM = Patient("9410000041", "Penhaligon", "Bram", "2012-09-26", gender="male", is_restricted=True)


@pytest.fixture
def sightline(tmp_path: Path):
    def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SIGHTLINE_")}
        environment = kept | {"SIGHTLINE_DATA": str(tmp_path / "data")} | variables
        command = [sys.executable, "-c", "from sightline.cli.main import main; main()", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)

    return run


def test_numbers_are_traced_ruled_on_and_never_sent_for_until_it_is_switched_on(sightline, tmp_path):
    extract = tmp_path / "social_care.csv"
    extract.write_text(HEADER + RECORDS, encoding="utf-8")
    loaded = sightline("intake", "load", str(extract), "--agency", "E09000001", "--by", "Ada Bell")
    assert loaded.returncode == 0, loaded.stderr
    ask = ("identity", "trace", "--purpose", "rapid review", "--by", "Ada Bell")
    off = sightline(*ask)
    assert (off.returncode, "Nothing was sent" in off.stderr) == (3, True)
    with fake_pds(WREN, BRAM) as fake:
        on = {"SIGHTLINE_PDS_URL": fake.url, "SIGHTLINE_PDS_RULES": "1"}
        done = sightline(*ask, **on)
        assert done.returncode == 0, done.stderr
    assert "2 records asked about, 0 left." in done.stdout
    assert "Quill" not in done.stdout + done.stderr
    listed = list(csv.DictReader(io.StringIO(sightline("identity", "traces", "--format", "csv").stdout)))
    (bram,) = listed
    assert (bram["record_id"], bram["outcome"], bram["restricted"]) == ("S2", "probable", "yes")
    assert "date_assumed_wrong" in bram["reasons"]
    both = sightline("identity", "settle", bram["trace"], "--nhs", BRAM.number, "--none", "--why", "seen")
    assert both.returncode == 2
    stranger = sightline("identity", "settle", bram["trace"], "--nhs", "9410000068", "--why", "seen")
    assert stranger.returncode == 3
    ruled = sightline("identity", "settle", bram["trace"], "--nhs", BRAM.number, "--why", "red book seen")
    assert ruled.returncode == 0, ruled.stderr
    assert sightline("identity", "traces").stdout.strip() == "No trace needs a person."


def test_an_outage_ends_with_its_own_code_and_leaves_everything_to_be_asked_again(sightline, tmp_path):
    extract = tmp_path / "social_care.csv"
    extract.write_text(HEADER + RECORDS, encoding="utf-8")
    sightline("intake", "load", str(extract), "--agency", "E09000001", "--by", "Ada Bell")
    nobody_there = {"SIGHTLINE_PDS_URL": "http://127.0.0.1:1", "SIGHTLINE_PDS_RULES": "1"}
    ask = ("identity", "trace", "--purpose", "rapid review", "--by", "Ada Bell", "--at-most", "1")
    done = sightline(*ask, **nobody_there)
    assert done.returncode == 8
    assert "not answered" in done.stdout
