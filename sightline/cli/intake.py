"""`sightline intake load|findings|formats|extracts|withdraw|restrict`: extracts in, findings back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sightline.cli.exit_codes import ExitCode
from sightline.cli.options import AsOf, By, Format, today, who

if TYPE_CHECKING:
    from sightline.intake.actions import LoadResult
    from sightline.intake.lookups import HeldExtract

app = typer.Typer(
    help="Load agencies' extracts, and send back what was found in them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

FINDINGS_SHOWN = 50
RULES_SHOWN = 12

Rows = Annotated[Format, typer.Option("--format", help="How to print the rows.")]


@app.command()
def load(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="An agency's file, or a folder of its files.")],
    agency: Annotated[str, typer.Option(metavar="CODE", help="The agency's code, such as RJ1 or E09000001.")],
    format_name: Annotated[
        str, typer.Option("--format", metavar="NAME", help="The file's format (default: recognised).")
    ] = "",
    mapping: Annotated[
        Path | None,
        typer.Option("--map", metavar="FILE", help="A TOML file that maps the agency's own columns."),
    ] = None,
    by: By = None,
    as_of: AsOf = None,
) -> int:
    """Load an extract: every record accepted or refused with its reason, or nothing at all.

    The same file again changes nothing. A load that was stopped half way goes on where it stood. Ends with 1
    if a file could not be taken, with 0 where records were refused but the counts balance.

    Example: sightline intake load cin-2026.xml --agency E09000001 --by "Priya Shah"
    """
    from sightline.cli.database import open_for_writing
    from sightline.cli.progress import shown

    if not path.exists():
        raise FileNotFoundError(2, "There is no such file or folder", str(path))
    open_for_writing()
    from sightline.intake.actions import load_extract, load_folder
    from sightline.intake.declaration import CannotBeRead
    from sightline.intake.mapping import MappingHasErrors

    day, person = as_of or today(), who(by)
    try:
        with shown() as progress:
            if path.is_dir():
                done = load_folder(
                    path,
                    agency=agency,
                    by=person,
                    as_of=day,
                    format_name=format_name,
                    mapping=mapping,
                    progress=progress,
                )
                loaded, not_loaded = done.loaded, done.not_loaded
            else:
                one = load_extract(
                    path,
                    agency=agency,
                    by=person,
                    as_of=day,
                    format_name=format_name,
                    mapping=mapping,
                    progress=progress,
                )
                loaded, not_loaded = (one,), ()
    except CannotBeRead as failed:
        loaded, not_loaded = (), (failed.finding,)
    except MappingHasErrors as failed:
        loaded, not_loaded = (), failed.findings
    for result in loaded:
        _tell(result)
    for finding in not_loaded:
        typer.echo(f"Not loaded: {finding.place}: {finding.sentence}", err=True)
    if path.is_dir() and not loaded and not not_loaded:
        typer.echo(f"There is no file in {path}.", err=True)
        return ExitCode.NOT_FOUND
    return ExitCode.DATA_HAS_ERRORS if not_loaded else ExitCode.DONE


def _tell(result: "LoadResult") -> None:
    """What became of every record, then the rules found most."""
    from sightline.intake.lookups import rules_found

    counts = result.counts
    verb = "held already" if result.was_held_already else "loaded"
    typer.echo(f"{result.file_name}: {verb} as extract {result.extract} of {result.agency} ({result.format})")
    for sentence in result.said:
        typer.echo(f"  {sentence}")
    typer.echo(
        f"  {counts.read:,} read = {counts.accepted:,} accepted + {counts.accepted_with_findings:,} accepted "
        f"with findings + {counts.refused:,} refused; {counts.people:,} people, {counts.events:,} events"
    )
    if result.was_held_already or not counts.findings:
        return
    rules = rules_found(result.extract)
    for each in rules[:RULES_SHOWN]:
        refused = f", {each.refused:,} refused" if each.refused else ""
        typer.echo(f"  {each.severity}: {each.rule} ({each.findings:,}{refused})")
    if len(rules) > RULES_SHOWN:
        typer.echo(f"  … and {len(rules) - RULES_SHOWN:,} more rules")
    typer.echo(f"  “sightline intake findings {result.extract} --out DIR” writes the report to the agency.")


@app.command()
def findings(
    extract: Annotated[
        int | None, typer.Argument(metavar="EXTRACT", help="The extract's number (default: the latest).")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the report to the agency here, as HTML and CSV."),
    ] = None,
    form: Rows = Format.TABLE,
) -> None:
    """Show what was found in an extract, or write it for the agency that has to mend it.

    Example: sightline intake findings 12 --out for-the-trust
    """
    from sightline.cli.database import open_extracts

    open_extracts()
    from sightline.intake.findings_report import COLUMNS, finding_rows, write_findings_report

    held = _extract(extract)
    if out is not None:
        for path in write_findings_report(held, out):
            typer.echo(f"Wrote {path}")
        return
    from sightline.cli.printing import print_rows

    if form is Format.TABLE and not held.counts.findings:
        typer.echo(f"Nothing was found in extract {held.extract} of {held.agency}.")
        return
    shown = FINDINGS_SHOWN if form is Format.TABLE else None
    columns = [name for name in COLUMNS if form is not Format.TABLE or name not in ("file", "rule")]
    if form is Format.TABLE:
        columns.insert(3, "rule")
        typer.echo(f"{held.file_name}, extract {held.extract} of {held.agency}")
    print_rows(finding_rows(held, at_most=shown), columns=columns, form=form)
    if form is Format.TABLE and held.counts.findings > FINDINGS_SHOWN:
        typer.echo(f"… and {held.counts.findings - FINDINGS_SHOWN:,} more; --format csv lists them all.")


def _extract(number: int | None) -> "HeldExtract":
    from sightline.cli.database import NothingHere
    from sightline.intake.lookups import extract_numbered, extracts

    held = extract_numbered(number) if number is not None else next(iter(extracts()), None)
    if held is None:
        raise NothingHere(f"There is no extract {number}. “sightline intake extracts” lists them.")
    return held


@app.command()
def formats(form: Rows = Format.TABLE) -> None:
    """List the formats that can be read.

    Example: sightline intake formats --format csv
    """
    from sightline.cli.printing import print_rows
    from sightline.intake.formats import all_formats

    rows = (
        {
            "format": each.name,
            "title": each.title,
            "sent_by": ", ".join(kind.value for kind in each.kinds),
            "a_later_one": each.delivery.label,
            "rules": len(each.rules),
        }
        for each in sorted(all_formats(), key=lambda each: each.name)
    )
    print_rows(rows, columns=("format", "title", "sent_by", "a_later_one", "rules"), form=form)


@app.command("extracts")
def extracts_(
    agency: Annotated[str, typer.Option(metavar="CODE", help="Only this agency's.")] = "",
    form: Rows = Format.TABLE,
) -> None:
    """List every extract with its counts, the newest first.

    Example: sightline intake extracts --agency RJ1
    """
    from sightline.cli.database import open_extracts

    open_extracts()
    from sightline.cli.printing import print_rows
    from sightline.intake.lookups import extracts

    columns = (
        *("extract", "agency", "format", "collection", "file", "state", "received", "read", "accepted"),
        *("with_findings", "refused", "people", "events"),
    )
    print_rows((_row(each) for each in extracts(agency=agency)), columns=columns, form=form)


def _row(held: "HeldExtract") -> dict[str, object]:
    return {
        "extract": held.extract,
        "agency": held.agency,
        "format": held.format,
        "collection": held.collection,
        "file": held.file_name,
        "state": held.state.value,
        "received": held.received_at.date().isoformat(),
        "read": held.counts.read,
        "accepted": held.counts.accepted,
        "with_findings": held.counts.accepted_with_findings,
        "refused": held.counts.refused,
        "people": held.counts.people,
        "events": held.counts.events,
    }


@app.command()
def withdraw(
    extract: Annotated[int, typer.Argument(metavar="EXTRACT", help="The extract's number.")],
    why: Annotated[str, typer.Option(metavar="REASON", help="Why it is taken back.")],
    by: By = None,
) -> None:
    """Take back an extract that should not have been loaded; what it replaced counts again.

    Example: sightline intake withdraw 12 --why "sent by mistake" --by "Priya Shah"
    """
    from sightline.cli.database import open_extracts

    open_extracts()
    from sightline.intake.actions import withdraw_extract

    held = _extract(extract)
    withdraw_extract(held.extract, why=why, by=who(by))
    typer.echo(f"Extract {held.extract} of {held.agency} is withdrawn. Nothing of it counts any more.")


@app.command()
def restrict(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A CSV file with the columns agency, record_id and reason.")
    ],
    by: By = None,
) -> int:
    """Close the records that a list names, so that they are never joined with others and opened to nobody.

    The list is taken whole or not at all. A record stays closed when a later list does not name it.

    Example: sightline intake restrict restricted.csv --by "Priya Shah"
    """
    from sightline.cli.database import open_for_writing

    if not file.exists():
        raise FileNotFoundError(2, "There is no such file", str(file))
    open_for_writing()
    from sightline.intake.restriction_actions import restrict_records
    from sightline.intake.restrictions import restricted_records
    from sightline.intake.sources import Source

    done = restrict_records(restricted_records(Source(file)), by=who(by))
    for finding in done.findings:
        typer.echo(f"{finding.severity}: {finding.place}: {finding.sentence}", err=True)
    if done.was_refused:
        typer.echo("No record was closed: every line has to be right, or one would stay open.", err=True)
        return ExitCode.DATA_HAS_ERRORS
    typer.echo(f"{done.closed:,} records closed; {done.closed_already:,} were closed before.")
    return ExitCode.DONE
