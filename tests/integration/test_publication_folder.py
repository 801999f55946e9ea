"""A report's folder from draft to release, on the shipped example: what it holds, and what is refused."""

import io
import json
import resource
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from documents import APPROVER, MAKER
from releases import YEAR, report_inputs

import sightline.register
from sightline.disclosure_control.protect import DisclosureRisk, protect
from sightline.disclosure_control.safe import SafeRelease
from sightline.publication import actions
from sightline.publication.actions import approve_release, make_report, read_release
from sightline.publication.folders import put_in_place
from sightline.publication.manifest import NotAReport
from sightline.publication.open_data.screening import screen_files
from sightline.register.reading import read_register
from sightline.statistics.releases import count_release
from sightline.vocabulary.decisions import Refusal

EXAMPLE = Path(sightline.register.__file__).parent / "example" / "2022-23"
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def safe() -> SafeRelease:
    register = read_register(EXAMPLE, as_of=date(2026, 1, 1)).register
    assert register is not None
    return protect(count_release(register, counting="all", period=YEAR, data_from=report_inputs().data_from))


@pytest.fixture(scope="module")
def made(safe: SafeRelease, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_report(
        safe,
        out=tmp_path_factory.mktemp("made") / "report",
        made_by=MAKER,
        inputs=report_inputs(),
        previous=safe,
    )


@pytest.fixture(scope="module")
def released(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("released") / "report"
    shutil.copytree(made, folder)
    return approve_release(folder, by=APPROVER)


@pytest.fixture
def draft(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "report"))


def files_of(folder: Path, *, with_log: bool = False) -> Files:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (with_log or path.name != "run.log")
    }


def pdf_pages(folder: Path) -> list[str]:
    document = pypdfium2.PdfDocument(folder / "report.pdf")
    return [page.get_textpage().get_text_range() for page in document]


def sheet_texts(folder: Path) -> list[str]:
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    return [" ".join(str(page.cell(row, 1).value) for row in range(1, 7)) for page in book.worksheets]


def ods_text(folder: Path) -> str:
    return zipfile.ZipFile(io.BytesIO((folder / "tables.ods").read_bytes())).read("content.xml").decode()


def test_the_folder_holds_what_is_promised(made: Path) -> None:
    assert {path.name for path in made.iterdir()} == {
        *("index.html", "report.pdf", "tables.xlsx", "tables.ods", "open-data", "charts"),
        *("figures.json", "manifest.json", "run.log"),
    }
    assert {path.suffix for path in (made / "charts").iterdir()} == {".svg", ".png"}


def test_the_manifest_has_the_hash_of_every_file(made: Path) -> None:
    hashes = json.loads((made / "manifest.json").read_bytes())["files"]
    files = files_of(made)
    del files["manifest.json"]
    assert hashes == {name: sha256(content).hexdigest() for name, content in files.items()}


def test_every_pair_of_open_data_passes_the_screener(made: Path) -> None:
    data_files = [path for path in (made / "open-data").rglob("*.csv") if ".meta" not in path.suffixes]
    assert len(data_files) > 8
    errors = [finding for path in data_files for finding in screen_files(path) if finding.is_error]
    assert errors == []


def test_a_draft_is_marked_on_every_page_sheet_and_file(made: Path) -> None:
    assert "DRAFT" in (made / "index.html").read_text(encoding="utf-8")
    assert all("DRAFT" in text for text in pdf_pages(made))
    assert all("DRAFT" in text for text in sheet_texts(made))
    assert ods_text(made).count("DRAFT") >= len(sheet_texts(made))
    assert "DRAFT" in (made / "open-data" / "data-guidance" / "data-guidance.txt").read_text(encoding="utf-8")
    assert "DRAFT" in json.loads((made / "figures.json").read_bytes())["status"]
    loose = [*(made / "charts").iterdir(), *(made / "open-data").rglob("*.csv")]
    assert loose and all(path.name.startswith("invented_draft_") for path in loose)


def test_invented_data_say_so_everywhere_after_approval_too(made: Path, released: Path) -> None:
    for folder in (made, released):
        page = (folder / "index.html").read_text(encoding="utf-8")
        assert "<title>Invented data" in page
        for part in ("report-status", "<footer"):
            assert "Invented data" in page.partition("<body")[2].partition(part)[2][:400]
        assert all(text.startswith("Invented data") for text in pdf_pages(folder))
        assert all("Invented data" in text for text in sheet_texts(folder))
        book = openpyxl.load_workbook(folder / "tables.xlsx")
        assert all("Invented data" in str(each.oddHeader.center.text) for each in book.worksheets)
        for name, part in (("tables.xlsx", "docProps/core.xml"), ("tables.ods", "meta.xml")):
            with zipfile.ZipFile(folder / name) as packed:
                assert "Invented data" in packed.read(part).decode()
        guidance = folder / "open-data" / "data-guidance" / "data-guidance.txt"
        assert "Invented data" in guidance.read_text(encoding="utf-8")
        assert "Invented data" in json.loads((folder / "figures.json").read_bytes())["status"]
        assert "Invented data" in json.loads((folder / "manifest.json").read_bytes())["mark"]
        for picture in (folder / "charts").glob("*.svg"):
            drawn, described = picture.read_text(encoding="utf-8"), "<desc"
            assert "Invented data" in drawn.partition(described)[2].partition("</desc>")[0]
            assert ">Invented data</text>" in drawn
        loose = [*(folder / "charts").iterdir(), *(folder / "open-data").rglob("*.csv")]
        assert loose and all(path.name.startswith("invented_") for path in loose)


def test_a_release_has_no_draft_mark_and_names_both_people(released: Path) -> None:
    assert "draft" not in " ".join(files_of(released)).lower()
    # The style sheet knows how a draft is printed, whatever the page is.
    page = (released / "index.html").read_text(encoding="utf-8").partition("<body")[2]
    texts = [page, " ".join(pdf_pages(released)), " ".join(sheet_texts(released)), ods_text(released)]
    for text in texts:
        assert "DRAFT" not in text
        assert MAKER in text and APPROVER in text
    stored = json.loads((released / "manifest.json").read_bytes())
    assert (stored["status"], stored["made_by"], stored["approved_by"]) == ("release", MAKER, APPROVER)


def test_the_log_tells_who_and_when_and_nothing_else_does(released: Path) -> None:
    log = (released / "run.log").read_text(encoding="utf-8")
    assert f"made by {MAKER}" in log and f"approved by {APPROVER}" in log
    day = log[:10]
    assert date.fromisoformat(day)
    assert not [name for name, content in files_of(released).items() if day.encode() in content]


def test_the_same_inputs_give_the_same_bytes(safe: SafeRelease, made: Path, tmp_path: Path) -> None:
    again = make_report(
        safe, out=tmp_path / "elsewhere", made_by=MAKER, inputs=report_inputs(), previous=safe
    )
    assert files_of(again) == files_of(made)


def test_the_same_approval_gives_the_same_bytes_and_tells_of_every_part(draft: Path, released: Path) -> None:
    told: list[tuple[str, int, int]] = []
    again = approve_release(draft, by=f"  {APPROVER} ", progress=lambda *stage: told.append(stage))
    assert files_of(again) == files_of(released)
    printing = [(done, total) for stage, done, total in told if stage.startswith("Printing")]
    assert printing == [(done, 8) for done in range(9)]


def test_the_release_is_read_back_without_loss(safe: SafeRelease, made: Path, released: Path) -> None:
    for folder in (made, released):
        assert read_release(folder).to_json() == safe.to_json()


def test_the_ledger_says_itself_how_to_read_it(made: Path) -> None:
    ledger = json.loads((made / "figures.json").read_bytes())
    parts = ledger.keys() - {"status", "way_to_read"}
    assert {part for part in parts if f"“{part}”" not in ledger["way_to_read"]} == set()
    assert "docs/" not in ledger["way_to_read"]


def test_the_guidance_says_what_a_file_covers_that_is_of_no_year(made: Path) -> None:
    guidance = (made / "open-data" / "data-guidance" / "data-guidance.txt").read_text(encoding="utf-8")
    assert guidance.splitlines().count("Covers: 1 January 2022 to 31 March 2023") == 1
    assert "Everything in the register, whatever its date" in guidance


def test_every_number_of_the_report_is_in_the_ledger(made: Path) -> None:
    ledger = json.loads((made / "figures.json").read_bytes())
    entries = [entry for group in ("numbers", "cells", "rules") for entry in ledger[group]]
    assert all(entry["places"] for entry in entries)
    places = [place for entry in entries for place in entry["places"]]
    sentences = {place["printed"] for place in places if place.get("sentence")}
    assert {"393", "146", "37%"} <= sentences
    book = openpyxl.load_workbook(made / "tables.xlsx")
    of_sheets = {(place["sheet"], place["cell"]) for place in places if place["in"] == "tables"}
    for page in book.worksheets[3:]:
        unlisted = [
            cell.coordinate
            for row in page.iter_rows()
            for cell in row
            if isinstance(cell.value, int | float) and (page.title, cell.coordinate) not in of_sheets
        ]
        # The bounds of an interval belong to their figure's entry; what others published is not ours.
        is_ours = "published by others" not in page["A1"].value
        assert page.title == "Figures" or not is_ours or unlisted == []


Change = Callable[[Path], object]


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "index.html").write_text("another page"),
        lambda folder: (folder / "tables.ods").unlink(),
        lambda folder: (folder / "open-data" / "extra.csv").write_text("a\n1\n"),
        lambda folder: (folder / "figures.json").write_bytes((folder / "figures.json").read_bytes() + b" "),
    ],
)
def test_a_changed_folder_is_not_approved_and_not_touched(draft: Path, change: Change) -> None:
    change(draft)
    before = files_of(draft, with_log=True)
    with pytest.raises(Refusal, match="not as it was made"):
        approve_release(draft, by=APPROVER)
    assert files_of(draft, with_log=True) == before


@pytest.mark.parametrize("by", [MAKER, f" {MAKER.upper()}  ", "ana\tmaker"])
def test_nobody_approves_their_own_report(draft: Path, by: str) -> None:
    before = files_of(draft, with_log=True)
    with pytest.raises(Refusal, match="made this report"):
        approve_release(draft, by=by)
    assert files_of(draft, with_log=True) == before


def test_a_release_is_approved_once_and_never_replaced(safe: SafeRelease, released: Path) -> None:
    before = files_of(released, with_log=True)
    with pytest.raises(Refusal, match="release already"):
        approve_release(released, by="Kim Other")
    with pytest.raises(Refusal, match="approved release"):
        make_report(safe, out=released, made_by=MAKER, inputs=report_inputs())
    assert files_of(released, with_log=True) == before


def test_a_release_whose_tables_give_a_number_away_is_refused(draft: Path) -> None:
    """The stricter policy is written into the folder with a manifest to match: hashes alone would not see."""
    ledger = json.loads((draft / "figures.json").read_bytes())
    ledger["release"]["policy"] |= {"hides_up_to": 5, "protection_width": 6}
    rewrite(draft, "figures.json", json.dumps(ledger).encode())
    before = files_of(draft, with_log=True)
    with pytest.raises(DisclosureRisk):
        approve_release(draft, by=APPROVER)
    assert files_of(draft, with_log=True) == before


def test_a_damaged_ledger_is_not_a_report(draft: Path) -> None:
    rewrite(draft, "figures.json", b'{"release": {"layout": 0}}')
    with pytest.raises(NotAReport, match="damaged"):
        approve_release(draft, by=APPROVER)


def rewrite(folder: Path, name: str, content: bytes) -> None:
    """Change a file and the manifest's hash of it."""
    stored = json.loads((folder / "manifest.json").read_bytes())
    stored["files"][name] = sha256(content).hexdigest()
    (folder / name).write_bytes(content)
    (folder / "manifest.json").write_text(json.dumps(stored))


def test_a_new_draft_replaces_an_old_one(safe: SafeRelease, draft: Path) -> None:
    make_report(safe, out=draft, made_by="Kim Other", inputs=report_inputs())
    assert json.loads((draft / "manifest.json").read_bytes())["made_by"] == "Kim Other"
    assert [path.name for path in draft.parent.iterdir()] == ["report"]


def test_a_report_that_cannot_be_printed_leaves_the_old_one(
    safe: SafeRelease, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_args: object, **_kwargs: object) -> Files:
        raise KeyboardInterrupt

    before = files_of(draft, with_log=True)
    monkeypatch.setattr(actions, "print_files", interrupted)
    with pytest.raises(KeyboardInterrupt):
        make_report(safe, out=draft, made_by=MAKER, inputs=report_inputs())
    assert files_of(draft, with_log=True) == before
    assert [path.name for path in draft.parent.iterdir()] == ["report"]


def test_a_disk_that_is_full_half_way_leaves_nothing(made: Path, tmp_path: Path) -> None:
    """Writing past a file size limit fails as writing to a full disk does, after some files are written."""
    files = files_of(made, with_log=True)
    sizes = sorted(map(len, files.values()))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (sizes[-3], limits[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            put_in_place(tmp_path / "report", files)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []
