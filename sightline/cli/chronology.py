"""`sightline chronology` and `sightline annotate`: one child's account out, what reviewers wrote back in."""

import os
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sightline.cli.exit_codes import ExitCode
from sightline.cli.options import AsOf, By, a_day, today, who


class Form(StrEnum):
    """As `chronology.pages.forms.Form`, which is imported only when a command runs."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    HTML = "html"
    DOCX = "docx"


Child = Annotated[
    str,
    typer.Argument(
        metavar="CHILD", help="The child's number (C000123), or one record of it (agency:record)."
    ),
]


def chronology(
    child: Child,
    form: Annotated[Form, typer.Option("--format", help="How to write it.")] = Form.TEXT,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The file to write (default: standard output).")
    ] = None,
    first: Annotated[
        date | None, typer.Option("--from", parser=a_day, metavar="DATE", help="First day wanted.")
    ] = None,
    last: Annotated[
        date | None, typer.Option("--to", parser=a_day, metavar="DATE", help="Last day wanted.")
    ] = None,
    agency: Annotated[str, typer.Option(metavar="CODE", help="Only entries this agency tells of.")] = "",
    as_of: AsOf = None,
    by: By = None,
) -> None:
    """Write one child's chronology: every event with its sources, gaps, facts, and who told nothing.

    Example: sightline chronology C000123 --format docx --out C000123.docx
    """
    if form is Form.DOCX and out is None:
        raise typer.BadParameter("a Word document needs a file; add --out FILE.", param_hint="--format")
    if first and last and last < first:
        raise typer.BadParameter(f"{last} is before {first}; swap the dates.", param_hint="--from/--to")
    from sightline.cli.database import NothingHere, open_extracts

    open_extracts()
    from sightline.chronology.entries import Shown
    from sightline.chronology.lookups import NoSuchChild, chronology_of
    from sightline.chronology.pages import forms

    shown = Shown(first, last, agency.strip())
    try:
        told = chronology_of(child, as_of=as_of or today(), by=who(by), shown=shown)
    except NoSuchChild as nobody:
        raise NothingHere(str(nobody)) from None
    content = forms.in_form(told, forms.Form(form.value))
    if out is None:
        sys.stdout.write(content.decode())
        return
    _write_for_owner(out, content)
    typer.echo(f"Wrote {len(told.entries):,} {'entry' if len(told.entries) == 1 else 'entries'} to {out}")


def annotate(
    child: Child,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The Word document or CSV that came back.")],
    as_of: AsOf = None,
    by: By = None,
) -> int:
    """Keep what a reviewer wrote in a chronology's table, beside the source and never over it.

    Example: sightline annotate C000123 C000123-reviewed.docx --by "Priya Shah"
    """
    from sightline.cli.database import NothingHere, open_extracts

    content = file.read_bytes()
    open_extracts()
    from sightline.chronology.actions import annotate_from_file
    from sightline.chronology.lookups import NoSuchChild
    from sightline.intake.declaration import CannotBeRead

    try:
        result = annotate_from_file(child, content, file_name=file.name, by=who(by), as_of=as_of or today())
    except NoSuchChild as nobody:
        raise NothingHere(str(nobody)) from None
    except CannotBeRead as unreadable:
        typer.echo(str(unreadable), err=True)
        return ExitCode.DATA_HAS_ERRORS
    for sentence in result.sentences:
        typer.echo(sentence)
    typer.echo(f"{result.kept:,} kept." if result.kept else "Nothing new: all of it was kept before.")
    return ExitCode.DONE


def _write_for_owner(path: Path, content: bytes) -> None:
    """A child's record is written for its owner alone, and whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(beside, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
