"""Who may approve what, and which folder a report may go to."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sightline.publication import folders
from sightline.publication.approval import is_same_person, may_approve, may_make
from sightline.publication.folders import may_hold_a_report, put_in_place
from sightline.publication.manifest import NotAReport, as_json, differences, manifest, read_manifest
from sightline.publication.run_log import RunLog


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ana Maker", "Ana Maker", True),
        ("Ana Maker", "  ana   MAKER ", True),
        ("José Núñez", "JOSE\u0301 NU\u0301N\u0303EZ", True),
        ("Ana\u00a0Maker", "Ana Maker", True),
        ("Ana Maker", "Ana\u200bMaker", False),
        ("Ana Maker", "Ana Makers", False),
        ("Straße", "STRASSE", True),
    ],
)
def test_names_are_compared_without_case_and_spaces(one: str, other: str, same: bool) -> None:
    assert is_same_person(one, other) is same


@pytest.mark.parametrize(
    ("by", "approved_by", "changed", "because"),
    [
        ("ana  maker", "", (), "made this report"),
        ("Olu Approver", "Kim Other", (), "is a release already"),
        ("Olu Approver", "", ("index.html",), "index.html"),
        ("  ", "", (), "needs the name"),
    ],
)
def test_an_approval_is_refused(by: str, approved_by: str, changed: tuple[str, ...], because: str) -> None:
    decision = may_approve(by=by, made_by="Ana Maker", approved_by=approved_by, differences=changed)
    assert not decision
    assert because in decision.reason


def test_somebody_else_may_approve_an_untouched_draft() -> None:
    assert may_approve(by="Olu Approver", made_by="Ana Maker", approved_by="", differences=())


def test_a_report_needs_a_maker() -> None:
    assert not may_make(" ")
    assert may_make("Ana Maker")


def a_report_folder(folder: Path, *, status: str = "draft") -> Path:
    files = {"index.html": b"<p>page</p>", "charts/one.svg": b"<svg/>"}
    stored = manifest({"status": status, "made_by": "Ana Maker"}, files=files)
    put_in_place(folder, {**files, "manifest.json": as_json(stored), "run.log": b"then\n"})
    return folder


def test_a_report_may_go_where_nothing_is(tmp_path: Path) -> None:
    assert may_hold_a_report(tmp_path / "new")
    (tmp_path / "empty").mkdir()
    assert may_hold_a_report(tmp_path / "empty")


def test_a_report_may_replace_a_draft(tmp_path: Path) -> None:
    assert may_hold_a_report(a_report_folder(tmp_path / "report"))


def test_a_report_replaces_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("something")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_bytes(b"x")
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "manifest.json").write_text('{"kind": "a browser extension"}')
    for name in ("file", "photos", "foreign"):
        assert not may_hold_a_report(tmp_path / name), name


def test_a_release_is_kept(tmp_path: Path) -> None:
    decision = may_hold_a_report(a_report_folder(tmp_path / "report", status="release"))
    assert "release" in decision.reason and not decision


def test_somebodys_own_files_in_a_draft_are_kept(tmp_path: Path) -> None:
    folder = a_report_folder(tmp_path / "report")
    (folder / "my notes.txt").write_text("keep me")
    assert "my notes.txt" in may_hold_a_report(folder).reason


def test_a_manifest_finds_changed_removed_and_added_files(tmp_path: Path) -> None:
    folder = a_report_folder(tmp_path / "report")
    assert differences(folder, read_manifest(folder)) == ()
    (folder / "index.html").write_text("<p>another</p>")
    (folder / "charts" / "one.svg").unlink()
    (folder / "extra.csv").write_text("x")
    assert differences(folder, read_manifest(folder)) == ("charts/one.svg", "extra.csv", "index.html")


@pytest.mark.parametrize("content", [None, "", "[1]", "{}", '{"kind": 1}', "\udcff"])
def test_a_folder_without_a_manifest_of_ours_is_not_a_report(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(NotAReport):
        read_manifest(tmp_path)


def test_a_folder_that_is_not_there_is_not_a_report(tmp_path: Path) -> None:
    with pytest.raises(NotAReport, match="holds no manifest"):
        read_manifest(tmp_path / "nowhere")


def test_a_manifest_names_versions_and_no_times(tmp_path: Path) -> None:
    stored = read_manifest(a_report_folder(tmp_path / "report"))
    assert set(stored["files"]) == {"index.html", "charts/one.svg"}
    assert stored["made_with"]["libraries"]["polars"]
    assert len(stored["made_with"]["sightline_code_sha256"]) == 64
    assert str(datetime.now(tz=UTC).year) not in (tmp_path / "report" / "manifest.json").read_text()


class Interrupting(dict[str, bytes]):
    """Files of which the last cannot be had: the disk is full, or somebody pressed Ctrl-C."""

    def __init__(self, error: BaseException) -> None:
        super().__init__({"index.html": b"new", "report.pdf": b"new"})
        self.error = error

    def items(self):  # type: ignore[no-untyped-def]
        yield "index.html", b"new"
        raise self.error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_an_interrupted_report_leaves_nothing(tmp_path: Path, error: BaseException) -> None:
    with pytest.raises(type(error)):
        put_in_place(tmp_path / "report", Interrupting(error))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_an_interrupted_report_leaves_the_earlier_one(tmp_path: Path, error: BaseException) -> None:
    folder = a_report_folder(tmp_path / "report")
    with pytest.raises(type(error)):
        put_in_place(folder, Interrupting(error))
    assert differences(folder, read_manifest(folder)) == ()
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_an_interruption_between_the_two_renames_loses_neither(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = a_report_folder(tmp_path / "report")
    rename = Path.rename

    def interrupted(path: Path, target: Path) -> Path:
        moved = rename(path, target)
        if "replaced" in target.name:
            raise KeyboardInterrupt
        return moved

    monkeypatch.setattr(folders.Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        put_in_place(folder, {"index.html": b"new"})
    monkeypatch.undo()
    assert (folder / "index.html").read_bytes() == b"<p>page</p>"
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_new_report_replaces_all_of_the_earlier_one(tmp_path: Path) -> None:
    folder = a_report_folder(tmp_path / "report")
    put_in_place(folder, {"index.html": b"new"})
    assert [path.name for path in folder.iterdir()] == ["index.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "report").symlink_to(tmp_path / "disk")
    put_in_place(tmp_path / "report", {"index.html": b"new"})
    assert (tmp_path / "report").is_symlink()
    assert (tmp_path / "disk" / "index.html").read_bytes() == b"new"


def test_the_log_keeps_what_it_held_and_stays_in_lines() -> None:
    log = RunLog("earlier\n", clock=lambda: datetime(2026, 1, 5, 9, tzinfo=UTC))
    log.write("Made by Ana\nMaker")
    assert bytes(log).decode() == "earlier\n2026-01-05T09:00:00+00:00 Made by Ana Maker\n"


def test_a_name_with_letters_that_nobody_sees_is_the_same_name() -> None:
    zero_width, right_to_left = chr(0x200B), chr(0x202E)
    for by in (f"Priya Shah{zero_width}", f"{right_to_left}Priya{zero_width} Shah"):
        decision = may_approve(by=by, made_by="Priya Shah", approved_by="", differences=())
        assert not decision.allowed
