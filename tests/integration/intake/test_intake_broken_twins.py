"""Every broken twin of a file of every format: a finding or counts that balance, and never half of it."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from broken_twins import Twin, long_line, that_are_no_files, twins_of
from django.db import transaction

from sightline.intake import lookups
from sightline.intake.actions import load_extract, load_folder
from sightline.intake.declaration import CannotBeRead
from sightline.intake.models import HeldEvent, HeldPerson, RefusedRecord
from sightline.intake.storing import count_stored
from sightline.vocabulary.decisions import Refusal

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parents[2] / "samples"
ONE_OF_EACH = (
    "annex-a/annex_a.xlsx",
    "cin-census/census-2026.xml",
    "pds-patients/bundle.json",
    "pds-patients/patients.ndjson",
    "plain-education/education.csv",
    "plain-health/health.csv",
    "plain-police/police.csv",
    "plain-social-care/social_care.csv",
    "police-notice/notices.json",
    "police-notice/notices.jsonl",
    "safeguarding-dataset/ssd_person.csv",
    "school-census/2025_spring_pupilonroll.csv",
    "sen2/sen2_2025.xml",
    "single-identifier/custodian.json",
    "social-care-api/payload.json",
    "ssda903-csv/2024-25_episodes.csv",
    "ssda903-xml/return_2024-25.xml",
)
HEALTH = SAMPLES / "plain-health" / "health.csv"
MEMORY = 1_200 << 20
"""Bytes of address space: twice what the program and its libraries take, far less than any of the bombs."""


def load(path: Path):
    return load_extract(path, agency="X1", by="Ada Bell", as_of=date(2026, 9, 1))


def what_is_wrong(twin: Twin, path: Path) -> str:
    """Empty where the twin was taken or refused as it should be."""
    try:
        result = load(path)
    except (CannotBeRead, Refusal) as refused:
        if HeldPerson.objects.exists() or HeldEvent.objects.exists() or RefusedRecord.objects.exists():
            return "it was refused, and something of it is held"
        sentence = str(refused)
        return "" if 20 < len(sentence) < 500 and "\n" not in sentence else f"no sentence: {sentence}"
    except Exception as crash:
        return f"it ended in {crash!r}"
    counts = result.counts
    if twin.must_be_refused:
        return f"it was taken: {counts}"
    stored = count_stored(result.extract)
    told = {name: getattr(counts, name) for name in stored}
    return "" if counts.balance and stored == told else f"{counts}, and {stored} stored"


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_every_broken_twin_is_told_and_none_is_half_loaded(name, tmp_path):
    wrong, tried = [], 0
    for twin in twins_of(SAMPLES / name):
        folder = tmp_path / str(tried)
        folder.mkdir()
        tried += 1
        with transaction.atomic():
            if problem := what_is_wrong(twin, twin.beside(SAMPLES / name, folder)):
                wrong.append(f"{twin.name}: {problem}")
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)
    assert tried > 15


def test_a_folder_a_pipe_a_device_and_a_broken_link_are_refused_at_once(tmp_path):
    for what, path in that_are_no_files(tmp_path):
        with pytest.raises((CannotBeRead, OSError)) as caught:
            load(path)
        if isinstance(caught.value, CannotBeRead):
            assert caught.value.finding.rule == "file.not_a_file", what
        else:
            assert caught.value.filename == str(path), what
    assert not HeldPerson.objects.exists()


def test_a_folder_tells_what_in_it_is_no_file_and_loads_the_rest(tmp_path):
    list(that_are_no_files(tmp_path))
    (tmp_path / "health.csv").write_bytes(HEALTH.read_bytes())
    (tmp_path / ".hidden").write_text("x")
    done = load_folder(tmp_path, agency="X1", by="Ada Bell", as_of=date(2026, 9, 1))
    assert [each.file_name for each in done.loaded] == ["health.csv"]
    told = {each.place.file for each in done.not_loaded}
    assert told == {"folder.csv", "pipe.csv", "device.csv", "loop.csv", "gone.csv"}


def test_an_extract_of_nobody_is_said_to_be_so_and_can_be_taken_back(tmp_path):
    first = load(HEALTH)
    alone = tmp_path / "health.csv"
    alone.write_bytes(HEALTH.read_bytes().splitlines(keepends=True)[0])
    second = load(alone)
    assert "file.no_records" in {each.rule for each in lookups.rules_found(second.extract)}
    assert f"That one had {first.counts.read} records, and this one has 0." in " ".join(second.said)


def test_a_file_cut_off_within_its_last_cell_is_said_to_have_no_end(tmp_path):
    cut = tmp_path / "health.csv"
    cut.write_bytes(HEALTH.read_bytes().rstrip()[:-1])
    assert "file.no_line_end" in {each.rule for each in lookups.rules_found(load(cut).extract)}


SCRIPT = """
import resource, sys
from pathlib import Path
import django
django.setup()
from sightline.intake.formats import all_formats
all_formats()
import fastexcel, polars
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
from sightline.intake.declaration import CannotBeRead
from sightline.intake.recognising import format_of
from sightline.intake.sources import Source
try:
    source = Source(Path(sys.argv[1]))
    form = format_of(source)
    form.header(source)
    for raw in form.records(source):
        pass
    print("read")
except CannotBeRead as refused:
    print(refused.finding.rule)
"""


def in_little_memory(path: Path) -> str:
    """What a process that may not grow says of the file: the rule that refuses it, or “read”."""
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path), str(MEMORY)],
        capture_output=True,
        text=True,
        timeout=120,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "sightline.config.settings",
            "POLARS_MAX_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        },
        cwd=Path(__file__).parents[3],
    )
    assert ended.returncode == 0, ended.stderr[-600:]
    return ended.stdout.strip()


LARGE = 10 << 30


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("plain-health/health.csv", {"file.nul_byte", "file.long_line"}),
        ("cin-census/census-2026.xml", {"file.nul_byte"}),
        ("social-care-api/payload.json", {"file.nul_byte", "file.large_json"}),
        ("pds-patients/patients.ndjson", {"file.nul_byte", "file.long_line"}),
        ("annex-a/annex_a.xlsx", {"file.not_a_workbook"}),
    ],
)
def test_a_line_of_ten_gigabytes_is_refused_in_little_memory(name, rules, tmp_path):
    path = long_line(tmp_path / Path(name).name, (SAMPLES / name).read_bytes(), length=LARGE)
    assert path.stat().st_size > LARGE
    assert path.stat().st_blocks * 512 < 1 << 20
    assert in_little_memory(path) in rules


@pytest.mark.parametrize(
    ("name", "before", "rule"),
    [
        ("plain-health/health.csv", b"\n", "file.long_line"),
        ("cin-census/census-2026.xml", b"</", "file.not_xml"),
        ("social-care-api/payload.json", b'",', "file.json_long_text"),
        ("pds-patients/patients.ndjson", b'",', "file.long_line"),
    ],
)
def test_a_cell_of_a_hundred_megabytes_is_refused_in_little_memory(name, before, rule, tmp_path):
    content = (SAMPLES / name).read_bytes()
    place = content.rindex(before)
    path = tmp_path / Path(name).name
    path.write_bytes(content[:place] + b"x" * (110 << 20) + content[place:])
    assert in_little_memory(path) == rule


@pytest.mark.parametrize(
    "name",
    [
        "a part that bursts",
        "a part larger than it says",
        "a cell in the last corner",
        "one long text everywhere",
    ],
)
def test_a_workbook_that_would_burst_is_refused_in_little_memory(name, tmp_path):
    annex_a = SAMPLES / "annex-a" / "annex_a.xlsx"
    (bomb,) = [twin for twin in twins_of(annex_a) if twin.name == name]
    assert in_little_memory(bomb.beside(annex_a, tmp_path)) == "file.large_workbook"
