"""`sightline join`: a folder of the four plain layouts in, one identity for every record out."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sightline.cli.exit_codes import ExitCode
from sightline.cli.options import AsOf, By, today, who
from sightline.vocabulary.decisions import refused, require

if TYPE_CHECKING:
    from sightline.intake.actions import LoadResult
    from sightline.vocabulary.findings import Finding
    from sightline.vocabulary.progress import Progress

LAYOUTS = {
    "health": "plain-health",
    "education": "plain-education",
    "social_care": "plain-social-care",
    "police": "plain-police",
}
"""The agency of each file, which is named for it, and its format."""
RESTRICTED = "restricted.csv"


def join(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help="The folder: health.csv, education.csv, social_care.csv, police.csv, restricted.csv.",
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Where to write the identities and the findings.")
    ],
    by: By = None,
    as_of: AsOf = None,
) -> int:
    """Load a folder of plain extracts, decide which records are one child, and write that out, in one go.

    Writes identities.csv (agency, record_id, cluster_id for every accepted record), findings.csv and
    summary.json, all of them or none. What was loaded stays, so “sightline find” searches it. The same
    folder again changes nothing. restricted.csv, where there is one, names records closed at adoption.

    Example: sightline join extracts --out joined --by "Priya Shah"
    """
    from sightline.cli import joined_folder
    from sightline.cli.database import open_for_writing
    from sightline.cli.progress import shown

    require(joined_folder.may_hold(out))
    present = _present(folder)
    open_for_writing()
    from sightline.identity.actions import run_link
    from sightline.intake.declaration import CannotBeRead

    person, day, timings = who(by), as_of or today(), joined_folder.Timings()
    with shown() as progress:
        try:
            closed = _close(folder / RESTRICTED, by=person)
            if closed is None:
                return ExitCode.DATA_HAS_ERRORS
            timings.mark("closing_records")
            loaded = [_load(folder, agency, person, day, progress) for agency in present]
        except CannotBeRead as failed:
            _not_taken(failed.finding)
            return ExitCode.DATA_HAS_ERRORS
        timings.mark("loading")
        linked = run_link(by=person, as_of=day, progress=progress)
        timings.mark("linking")
        progress("writing", 0, 0)
        summary = joined_folder.write(out, loaded=loaded, linked=linked, closed=closed, timings=timings)
    for result in loaded:
        _tell(result)
    typer.echo(
        f"{summary.records['written']:,} records are {summary.records['identities_written']:,} identities; "
        f"{linked.asked:,} pairs need a person (“sightline identity queue”)."
    )
    typer.echo(f"Wrote {', '.join(joined_folder.FILES)} to {out}")
    return ExitCode.DONE


def _present(folder: Path) -> list[str]:
    """The agencies whose files are there. What is missing, or is no part of this, is said."""
    from sightline.cli.database import NothingHere

    if not folder.is_dir():
        raise FileNotFoundError(2, "There is no such folder", str(folder))
    present = [agency for agency in LAYOUTS if (folder / f"{agency}.csv").is_file()]
    names = ", ".join(f"{agency}.csv" for agency in LAYOUTS)
    if not present:
        raise NothingHere(f"There is none of {names} in {folder}.")
    for agency in LAYOUTS:
        if agency not in present:
            typer.echo(f"There is no {agency}.csv in {folder}: the others are joined without it.", err=True)
    known = {RESTRICTED, *(f"{agency}.csv" for agency in LAYOUTS)}
    others = sorted(path.name for path in folder.iterdir() if path.name not in known and path.name[0] != ".")
    if others:
        more = f" and {len(others) - 6} more" if len(others) > 6 else ""
        typer.echo(f"Not read: {', '.join(others[:6])}{more}.", err=True)
    return present


def _close(path: Path, *, by: str) -> int | None:
    """Close the listed records; None where the list has errors, for then nothing may be joined."""
    if not path.is_file():
        return 0
    from sightline.intake.restriction_actions import restrict_records
    from sightline.intake.restrictions import restricted_records
    from sightline.intake.sources import Source

    result = restrict_records(restricted_records(Source(path)), by=by)
    for finding in result.findings:
        if finding.is_error or not result.was_refused:
            typer.echo(f"{finding.place}: {finding.sentence}", err=True)
    if result.was_refused:
        typer.echo(
            f"Nothing was joined: a line of {path.name} that cannot be read would leave a closed record "
            "open. Correct it and run the same command again.",
            err=True,
        )
        return None
    return result.closed + result.closed_already


def _load(folder: Path, agency: str, by: str, as_of: date, progress: "Progress") -> "LoadResult":
    """Load one file. Raises `Refusal` where a later extract has replaced this very file."""
    from sightline.intake.actions import load_extract
    from sightline.intake.lookups import extract_numbered
    from sightline.intake.models import ExtractState

    result = load_extract(
        folder / f"{agency}.csv",
        agency=agency,
        by=by,
        as_of=as_of,
        format_name=LAYOUTS[agency],
        progress=progress,
    )
    held = extract_numbered(result.extract)
    assert held is not None
    if held.state is not ExtractState.LOADED:
        require(
            refused(
                f"A later extract of {agency} (number {held.superseded_by}) has replaced {result.file_name}. "
                "Withdraw that one first if the older is meant to count: “sightline intake withdraw "
                f"{held.superseded_by}”.",
                basis="join",
            )
        )
    return result


def _not_taken(finding: "Finding") -> None:
    typer.echo(f"Not loaded: {finding.place}: {finding.sentence}", err=True)
    typer.echo("Nothing was joined. Correct the file and run the same command again.", err=True)


def _tell(result: "LoadResult") -> None:
    counts = result.counts
    verb = "held already" if result.was_held_already else "loaded"
    typer.echo(
        f"{result.file_name}: {verb}; {counts.read:,} read = {counts.accepted:,} accepted + "
        f"{counts.accepted_with_findings:,} accepted with findings + {counts.refused:,} refused"
    )
