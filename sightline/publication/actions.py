"""Making a report and approving it for release. Each puts a whole folder in place, or changes nothing."""

from pathlib import Path

from sightline.disclosure_control.earlier import EarlierRelease
from sightline.disclosure_control.protect import attack_release
from sightline.disclosure_control.safe import SafeRelease
from sightline.publication.approval import may_approve, may_make
from sightline.publication.edition import Edition, print_files, read_edition
from sightline.publication.folders import may_hold_a_report, put_in_place, read_log
from sightline.publication.inputs import ReportInputs
from sightline.publication.manifest import RUN_LOG, differences, read_manifest
from sightline.publication.plain_text import one_line
from sightline.publication.run_log import RunLog
from sightline.vocabulary.decisions import require
from sightline.vocabulary.progress import Progress, silent


def make_report(
    safe: SafeRelease,
    *,
    out: Path,
    made_by: str,
    inputs: ReportInputs,
    previous: SafeRelease | None = None,
    progress: Progress = silent,
) -> Path:
    """Write a draft report to the folder `out`, which may hold nothing but an earlier draft.

    Raises `Refusal` where it holds anything else or the open data would fail the department's screener,
    `WordingError` where a sentence is not bound to the release, OSError where it cannot be written.
    """
    require(may_make(made_by))
    require(may_hold_a_report(out))
    log = RunLog()
    log.write(f"Making a draft report; made by {made_by}")
    edition = Edition(safe=safe, inputs=inputs, made_by=one_line(made_by), previous=previous)
    return _put(edition, out, log, progress)


def approve_release(folder: Path, *, by: str, progress: Progress = silent) -> Path:
    """Print the draft in `folder` again as a release that `by` approved.

    Raises `NotAReport`, or `Refusal` where the approver made the report, a file differs from the manifest,
    or it is a release already, and `DisclosureRisk` where its tables do not withstand an attack.
    """
    stored = read_manifest(folder)
    require(
        may_approve(
            by=by,
            made_by=str(stored.get("made_by", "")),
            approved_by=str(stored.get("approved_by", "")),
            differences=differences(folder, stored),
        )
    )
    edition = read_edition(folder, stored)
    log = RunLog(read_log(folder))
    with log.timed("attack on the release's own tables"):
        attack_release(edition.safe, earlier=_earlier(edition), progress=progress)
    log.write(f"Approving the release; approved by {by}")
    return _put(edition.approved(by), folder, log, progress)


def read_release(folder: Path) -> SafeRelease:
    """The release that an earlier report was printed from; raises `NotAReport`."""
    return read_edition(folder, read_manifest(folder)).safe


def _earlier(edition: Edition) -> tuple[EarlierRelease, ...]:
    previous = edition.previous
    return (EarlierRelease.of(previous, name="the previous release"),) if previous else ()


def _put(edition: Edition, folder: Path, log: RunLog, progress: Progress) -> Path:
    files = print_files(edition, log=log, progress=progress)
    log.write("Done")
    put_in_place(folder, {**files, RUN_LOG: bytes(log)})
    return folder
