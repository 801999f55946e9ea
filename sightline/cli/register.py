"""`sightline register check|import|export`: registers in and out as folders of CSV files."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sightline.cli.exit_codes import ExitCode
from sightline.cli.options import AsOf, By, Format, today, who

if TYPE_CHECKING:
    from sightline.register.actions import ImportResult
    from sightline.vocabulary.findings import Finding

app = typer.Typer(
    help="Check a register's files, import them, or write them out again.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

FINDINGS_SHOWN = 50
NO_SUCH_FOLDER = ("folder.not_there", "folder.not_a_folder")
CHANGES_SHOWN = 20

Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help="The folder with the register's eight CSV files.")
]


@app.command()
def check(
    folder: Folder,
    as_of: AsOf = None,
    form: Annotated[Format, typer.Option("--format", help="How to print the findings.")] = Format.TABLE,
) -> int:
    """Report every fault by file, line, column and rule. Changes nothing.

    Ends with 1 if there is any error, with 0 on warnings alone.

    Example: sightline register check my-register --format csv > faults.csv
    """
    from sightline.cli.database import open_settings
    from sightline.cli.progress import shown

    open_settings()
    from sightline.register.reading import read_register

    with shown() as progress:
        reading = read_register(folder, as_of=as_of or today(), progress=progress)
    print_findings(reading.findings, form=form)
    return ends_with(reading.findings)


@app.command("import")
def import_(
    folder: Folder,
    by: By = None,
    clerical_correction: Annotated[
        str,
        typer.Option(
            metavar="REASON",
            help="What was notified was written down wrongly: keep both values, with this reason.",
        ),
    ] = "",
    as_of: AsOf = None,
    form: Annotated[Format, typer.Option("--format", help="How to print the findings.")] = Format.TABLE,
) -> int:
    """Import a register: all of it, or nothing. The same files again change nothing.

    Example: sightline register import my-register --by "Priya Shah"
    """
    from sightline.cli.database import open_for_writing
    from sightline.cli.progress import shown

    open_for_writing()
    from sightline.register.actions import ClericalCorrectionOrder, import_register

    order = ClericalCorrectionOrder(reason=clerical_correction) if clerical_correction else None
    with shown() as progress:
        result = import_register(
            folder, by=who(by), as_of=as_of or today(), clerical_correction=order, progress=progress
        )
    print_findings(result.findings, form=form)
    if not result.was_imported:
        typer.echo("Nothing was imported: correct the errors above and import again.", err=True)
        return ends_with(result.findings)
    tell_what_changed(result)
    return ExitCode.DONE


@app.command()
def export(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to write; it must not exist yet.")
    ],
) -> None:
    """Write the register out as it was imported, file by file.

    Example: sightline register export copy-of-register
    """
    from sightline.cli.database import open_for_reading

    open_for_reading()
    from sightline.register.actions import export_register

    export_register(folder)
    typer.echo(f"Wrote the register to {folder}")


def tell_what_changed(result: "ImportResult") -> None:
    """Counts a file, then the corrected values: whoever imports must see what is no longer as it was."""
    if not any(any(counts.values()) for counts in result.counts.values()):
        typer.echo("Imported: the files hold no rows.")
        return
    if not result.changed_anything:
        typer.echo("Imported. The register held all of it already: nothing changed.")
        return
    for name, counts in result.counts.items():
        said = ", ".join(f"{count:,} {kind.replace('_', ' ')}" for kind, count in counts.items() if count)
        typer.echo(f"{name}: {said or 'no rows'}")
    for change in result.changes[:CHANGES_SHOWN]:
        key = " ".join(str(part) for part in change.key if part is not None)
        typer.echo(
            f"  {change.file} {key}: {change.column} was {_value(change.before)}, is {_value(change.after)}"
        )
    more = len(result.changes[CHANGES_SHOWN:]) + result.changes_not_told
    if more:
        typer.echo(f"  … and {more:,} more corrected values.")
    if result.clerical_corrections:
        typer.echo(f"{some(result.clerical_corrections, 'clerical correction')} kept with what was notified.")


def _value(value: object) -> str:
    return "not supplied" if value is None else str(value)


def ends_with(findings: Sequence["Finding"]) -> int:
    if any(finding.rule in NO_SUCH_FOLDER for finding in findings):
        return ExitCode.NOT_FOUND
    return ExitCode.DATA_HAS_ERRORS if any(finding.is_error for finding in findings) else ExitCode.DONE


def print_findings(findings: Sequence["Finding"], *, form: Format) -> None:
    """All of them as data; in a table the first ones of every rule, and how many more."""
    from sightline.cli.printing import print_rows

    columns = ("file", "line", "column", "rule", "severity", "sentence")
    listed = findings if form is not Format.TABLE else findings[:FINDINGS_SHOWN]
    rows = (
        {
            "file": finding.place.file,
            "line": finding.place.line or None,
            "column": finding.place.column,
            "rule": finding.rule,
            "severity": str(finding.severity),
            "sentence": finding.sentence,
        }
        for finding in listed
    )
    if form is Format.TABLE and not findings:
        typer.echo("No fault was found.")
        return
    print_rows(rows, columns=columns, form=form)
    if form is Format.TABLE:
        if len(findings) > len(listed):
            typer.echo(f"… and {len(findings) - len(listed):,} more; --format csv lists them all.")
        counted = Counter(str(finding.severity) for finding in findings)
        typer.echo(", ".join(some(count, severity) for severity, count in sorted(counted.items())))


def some(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
