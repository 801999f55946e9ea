"""Real-format files and their broken twins: a clear finding, nothing half-loaded, nothing of it visible."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from sightline.intake import lookups
from sightline.intake.actions import load_extract
from sightline.intake.declaration import CannotBeRead
from sightline.intake.models import HeldEvent, HeldPerson, RefusedRecord
from sightline.vocabulary.decisions import Refusal

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parents[2] / "samples"
HEALTH = SAMPLES / "plain-health" / "health.csv"
CENSUS = SAMPLES / "cin-census" / "census-2026.xml"
ANNEX_A = SAMPLES / "annex-a" / "annex_a.xlsx"
PAYLOAD = SAMPLES / "social-care-api" / "payload.json"
WHOLE = [HEALTH, CENSUS, ANNEX_A, PAYLOAD]


def load(path: Path, *, agency: str = "X1", **more):
    return load_extract(path, agency=agency, by="Ada Bell", as_of=date(2026, 9, 1), **more)


@pytest.fixture
def twin(tmp_path):
    def of(path: Path, change) -> Path:
        made = tmp_path / path.name
        made.write_bytes(change(path.read_bytes()))
        return made

    return of


def nothing_is_held() -> bool:
    return (
        lookups.current_people().is_empty()
        and lookups.last_change() == 0
        and not HeldPerson.objects.exists()
        and not HeldEvent.objects.exists()
        and not RefusedRecord.objects.exists()
    )


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.name)
def test_each_whole_file_loads_and_balances(path):
    counts = load(path).counts
    assert counts.balance
    assert counts.people
    assert lookups.current_people().height == counts.people


LAUGHS = b'<!DOCTYPE Message [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
XXE = b'<!DOCTYPE Message [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def after_declaration(content: bytes, more: bytes) -> bytes:
    declaration, end, rest = content.partition(b"?>")
    return declaration + end + more + rest


BROKEN = [
    ("cut off XML", CENSUS, lambda content: content[: len(content) * 2 // 3], "not_xml"),
    ("laughs", CENSUS, lambda content: after_declaration(content, LAUGHS), "doctype"),
    ("XXE", CENSUS, lambda content: after_declaration(content, XXE), "doctype"),
    ("wrong letters", CENSUS, lambda content: content.replace(b"</Message>", b"\xff\xfe</Message>"), ""),
    ("cut off workbook", ANNEX_A, lambda content: content[:-300], ""),
    ("cut off JSON", PAYLOAD, lambda content: content[: len(content) * 2 // 3], "not_json"),
    ("open quote", HEALTH, lambda content: content + b'H9,"9', "open_quote"),
    ("NUL", HEALTH, lambda content: content + b"H9,\0\0\0", "nul_byte"),
    ("long line", HEALTH, lambda content: content + b"H9," + b"x" * (2 << 20), "long_line"),
    ("columns twice", HEALTH, lambda content: content.replace(b"given_name", b"family_name", 1), ""),
    ("renamed columns", HEALTH, lambda content: content.replace(b"record_id", b"ref", 1), ""),
    ("nothing in it", HEALTH, lambda content: b"", ""),
]


@pytest.mark.parametrize(
    ("path", "change", "rule"), [each[1:] for each in BROKEN], ids=[e[0] for e in BROKEN]
)
def test_a_broken_twin_is_told_and_leaves_nothing(twin, path, change, rule):
    with pytest.raises(CannotBeRead) as caught:
        load(twin(path, change))
    finding = caught.value.finding
    assert finding.is_error
    assert finding.place.file == path.name
    if rule:
        assert finding.rule == f"file.{rule}"
    assert nothing_is_held()


def test_a_broken_twin_leaves_what_was_loaded_before_as_it_was(twin):
    load(CENSUS)
    before = lookups.current_people()
    with pytest.raises(CannotBeRead):
        load(twin(CENSUS, lambda content: content[: len(content) // 2]))
    assert lookups.current_people().equals(before)


def test_a_workbook_made_to_burst_is_told_and_leaves_nothing(tmp_path):
    bomb = tmp_path / "bomb.xlsx"
    bomb.write_bytes(ANNEX_A.read_bytes())
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet99.xml", b"<x/>" * (8 << 20))
    with pytest.raises(CannotBeRead) as caught:
        load(bomb)
    assert caught.value.finding.rule == "file.large_workbook"
    assert nothing_is_held()


def test_a_file_in_windows_letters_is_loaded_with_a_warning(twin):
    lines = HEALTH.read_text(encoding="utf-8").splitlines()
    cells = dict(zip(lines[0].split(","), lines[1].split(","), strict=True))
    cells |= {"record_id": "H-zoe", "given_name": "Zoë"}
    content = "\n".join([*lines, ",".join(cells.values())]).encode("cp1252") + b"\n"
    result = load(twin(HEALTH, lambda _: content))
    assert any("Zoë" in each for each in lookups.current_people()["forenames"])
    assert "file.encoding" in {each.rule for each in lookups.rules_found(result.extract)}


def test_a_formula_is_kept_as_text_and_told(twin):
    def with_formula(content: bytes) -> bytes:
        header, first, rest = content.split(b"\n", 2)
        cells = dict(zip(header.decode().split(","), first.decode().split(","), strict=True))
        cells["family_name"] = "=HYPERLINK(A1)"
        return b"\n".join([header, ",".join(cells.values()).encode(), rest])

    result = load(twin(HEALTH, with_formula))
    assert "=HYPERLINK(A1)" in lookups.current_people()["surname"].to_list()
    assert "file.formula" in {each.rule for each in lookups.rules_found(result.extract)}


def test_rows_doubled_are_told_and_every_one_is_accounted_for(twin):
    once = load(HEALTH).counts
    twice = load(twin(HEALTH, lambda content: content + content.split(b"\n", 1)[1]), agency="X2").counts
    assert twice.read == 2 * once.read
    assert twice.balance
    assert twice.findings > once.findings


@pytest.mark.parametrize("year", ["1900", "2099"])
def test_days_nobody_can_mean_are_findings_and_no_crash(twin, year):
    import re

    changed = twin(HEALTH, lambda content: re.sub(rb"20\d\d-", f"{year}-".encode(), content))
    result = load(changed)
    assert result.counts.balance
    assert result.counts.accepted_with_findings


def test_an_extract_of_another_agency_is_refused():
    load(HEALTH, agency="RJ1")
    with pytest.raises(Refusal, match="another agency's extract"):
        load(CENSUS, agency="RJ1")
    load(CENSUS, agency="E09000001")
    with pytest.raises(Refusal, match="another agency's extract"):
        load(SAMPLES / "cin-census" / "census-2025.xml", agency="E09000002")
