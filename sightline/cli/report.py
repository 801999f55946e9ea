"""`sightline report`, `sightline release approve` and `sightline demo`: from a register to a release."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sightline.cli.exit_codes import ExitCode
from sightline.cli.options import (
    By,
    DataFrom,
    Format,
    From,
    Rates,
    To,
    a_period,
    area_base,
    check_window,
    today,
    who,
)
from sightline.cli.register import print_findings

if TYPE_CHECKING:
    from sightline.disclosure_control.policies import Policy
    from sightline.disclosure_control.safe import SafeRelease
    from sightline.publication.inputs import ReportInputs
    from sightline.register.tables import Register
    from sightline.vocabulary.periods import Period
    from sightline.vocabulary.progress import Progress

release_app = typer.Typer(
    help="Approve a draft report for release.", no_args_is_help=True, rich_markup_mode=None
)

EXAMPLE_MAKER = "the shipped example"


class ReportCounting(StrEnum):
    PANEL = "panel"
    DEPARTMENT = "department"
    ALL = "all"


@release_app.callback()
def release() -> None:
    """Keeps `approve` a word of its own, as more will follow it."""


def report(
    first: From,
    last: To,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write the report to.")],
    counting: Annotated[ReportCounting, typer.Option(help="Which way of counting.")] = ReportCounting.ALL,
    data_from: DataFrom = None,
    previous: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR", help="An earlier report's folder, newest first; may be given again."),
    ] = None,
    policy: Annotated[
        str, typer.Option(metavar="NAME", help="The disclosure policy (default: the department's rule).")
    ] = "",
    rates: Rates = None,
    by: By = None,
) -> None:
    """Make the annual report as a draft: counted, protected, attacked, and printed in every format.

    Example: sightline report --from 2022-04-01 --to 2023-03-31 --data-from 2022-01-01 --out report
    --by "Priya Shah"
    """
    period = a_period(first, last)
    check_window(data_from, period)
    chosen = _policy(policy)
    from sightline.cli.database import open_for_reading
    from sightline.cli.progress import shown
    from sightline.publication.folders import may_hold_a_report
    from sightline.vocabulary.decisions import require

    home = open_for_reading()
    require(may_hold_a_report(out))
    _warn_of_releases(tuple(previous or ()), home=home)
    with shown() as progress:
        safe = _make(
            out,
            counting=counting.value,
            period=period,
            data_from=data_from,
            previous=tuple(previous or ()),
            policy=chosen,
            rates=rates,
            made_by=who(by),
            progress=progress,
        )
    _say_where(out, safe)


def _make(
    out: Path,
    *,
    counting: str,
    period: "Period",
    data_from: date | None,
    previous: Sequence[Path],
    policy: "Policy",
    rates: Path | None,
    made_by: str,
    progress: "Progress",
) -> "SafeRelease":
    from sightline.cli.database import NothingHere
    from sightline.disclosure_control.earlier import EarlierRelease
    from sightline.disclosure_control.protect import protect
    from sightline.publication.actions import make_report, read_release
    from sightline.register.lookups import load_register
    from sightline.statistics.releases import count_release

    register = load_register()
    earlier = [(folder.name, read_release(folder)) for folder in previous]
    progress("Counting", 0, 0)
    counted = count_release(
        register, counting=counting, period=period, data_from=data_from, rates=area_base(rates)
    )
    if not any(count for key, count in counted.cells.items() if not key.where and key.population.period):
        raise NothingHere(
            f"The register holds nothing to report on from {period.label}: no incident with a rapid review "
            "occurred then and no notification was sent. Check the dates."
        )
    safe = protect(
        counted,
        policy=policy,
        earlier=[EarlierRelease.of(each, name=name) for name, each in earlier],
        progress=progress,
    )
    parameters = {"counting": counting, "policy": policy.name}
    make_report(
        safe,
        out=out,
        made_by=made_by,
        inputs=_inputs(register, period=period, data_from=data_from, parameters=parameters, rates=rates),
        previous=earlier[0][1] if earlier else None,
        progress=progress,
    )
    return safe


def _policy(name: str) -> "Policy":
    from sightline.disclosure_control.policies import DEFAULT_POLICY, POLICIES

    if not name:
        return DEFAULT_POLICY
    if name not in POLICIES:
        raise typer.BadParameter(
            f"there is no policy “{name}”; there are {', '.join(POLICIES)}.", param_hint="--policy"
        )
    return POLICIES[name]


def _inputs(
    register: "Register",
    *,
    period: "Period",
    data_from: date | None,
    parameters: Mapping[str, str],
    rates: Path | None,
) -> "ReportInputs":
    """Every hash is keyed by the register itself, so that none can be guessed back."""
    from django.conf import settings

    from sightline.publication.inputs import ReportInputs
    from sightline.register.shipped_example import holds_invented_rows
    from sightline.statistics.row_hashes import file_hashes, register_key, row_hashes

    key = register_key(register)
    as_exported = {f"{name}.csv": frame.write_csv() for name, frame in register}
    files = file_hashes(as_exported, key=key)
    if rates is not None:
        files["rates"] = sha256(rates.read_bytes()).hexdigest()
    return ReportInputs(
        period=period,
        files=files,
        data_from=data_from,
        parameters=parameters,
        rows=row_hashes(
            register, counting=parameters["counting"], period=period, key=key, data_from=data_from
        ),
        rules=_rules(register),
        is_invented=holds_invented_rows(register),
        national_body=settings.NATIONAL_BODY,
        national_body_short=settings.NATIONAL_BODY_SHORT,
    )


def _rules(register: "Register") -> dict[str, str]:
    """The versions of the dated tables that the numbers rest on."""
    from sightline.vocabulary.working_days import TABLE_FIRST, TABLE_LAST

    versions = register.codings["codebook_version"].drop_nulls().unique().sort()
    return {
        "register layout": "1",
        "codebook": ", ".join(str(version) for version in versions),
        "bank holidays": f"{TABLE_FIRST.isoformat()} to {TABLE_LAST.isoformat()}",
    }


def _say_where(out: Path, safe: "SafeRelease") -> None:
    checks = safe.checks
    typer.echo(
        f"{checks.cells_hidden:,} of {checks.cells_printed:,} numbers are withheld to protect children. An "
        f"attack on them, and on what subtraction can give ({checks.cells_attacked:,} in all), found none."
    )
    _warn_of_withheld_headlines(safe)
    typer.echo(
        f"The report is a draft until somebody else approves it. Open {(out / 'index.html').absolute()}"
    )


@release_app.command("approve")
def approve(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The draft report's folder.")],
    by: By = None,
) -> None:
    """Approve a draft that somebody else made: attack it once more, and print it without the draft mark.

    Example: sightline release approve report --by "Tom Okafor"
    """
    name = who(by)
    from sightline.cli.database import open_settings
    from sightline.cli.progress import shown
    from sightline.cli.released import remember
    from sightline.publication.actions import approve_release
    from sightline.publication.inputs import ReportInputs
    from sightline.publication.manifest import read_manifest

    home = open_settings()
    with shown() as progress:
        approve_release(folder, by=name, progress=progress)
    period = ReportInputs.from_json(read_manifest(folder)["inputs"]).period
    remember(folder, period=period, home=home)
    typer.echo(f"Approved for release by {name}. Open {(folder / 'index.html').absolute()}")


def demo() -> int:
    """Do the main job on the shipped example: an invented year, imported, counted, protected, reported.

    Example: sightline demo
    """
    import os

    os.environ["SIGHTLINE_DEMO"] = "1"
    from sightline.cli.database import open_for_writing
    from sightline.cli.progress import shown
    from sightline.publication.folders import may_hold_a_report
    from sightline.vocabulary.periods import financial_year

    home = open_for_writing()
    from sightline.register.actions import import_register
    from sightline.register.shipped_example import EXAMPLE

    typer.echo("The shipped example is an invented year: nobody in it exists.")
    year = financial_year(2022)
    with shown() as progress:
        result = import_register(EXAMPLE, by=EXAMPLE_MAKER, as_of=today(), progress=progress)
        if not result.was_imported:
            # Only a clock set before the example's dates, or a damaged installation, leads here.
            print_findings(result.findings, form=Format.TABLE)
            return ExitCode.DATA_HAS_ERRORS
        numbered = (home / f"report-{year.year_label}{suffix}" for suffix in _suffixes())
        out = next(folder for folder in numbered if may_hold_a_report(folder))
        safe = _make(
            out,
            counting="all",
            period=year,
            data_from=date(2022, 1, 1),
            previous=(),
            policy=_policy(""),
            rates=None,
            made_by=EXAMPLE_MAKER,
            progress=progress,
        )
    _say_what_was_found(safe)
    _say_where(out, safe)
    typer.echo("To look further: ./run sightline --demo figures --from 2022-04-01 --to 2023-03-31")
    return ExitCode.DONE


def _suffixes() -> Iterator[str]:
    yield ""
    number = 2
    while True:
        yield f"-{number}"
        number += 1


def _say_what_was_found(safe: "SafeRelease") -> None:
    """The headline in words, from safe figures alone."""
    figures = safe.figures
    panel, deaths, harm = (
        figures[f"panel.{name}"] for name in ("incidents_total", "nature_death", "nature_serious_harm")
    )
    department = figures["department.notifications_total"]
    typer.echo(
        f"In the year, {panel.value} incidents with a rapid review: {deaths.value} deaths "
        f"({deaths.percent_rounded}%), {harm.value} of serious harm ({harm.percent_rounded}%). "
        f"The department's way counts {department.value} notifications; the report says why they differ."
    )


def _warn_of_releases(previous: tuple[Path, ...], *, home: Path) -> None:
    from sightline.cli.released import not_given

    known = not_given(previous, home=home)
    if known:
        typer.echo(
            "Releases were approved from this data before, and this report takes no account of them:\n  "
            + "\n  ".join(known)
            + "\nTwo releases can give away by subtraction what each withholds. Give them with --previous.",
            err=True,
        )


def _warn_of_withheld_headlines(safe: "SafeRelease") -> None:
    """A report without its totals is no report; that happens when an earlier version pins them down."""
    totals = ("panel.incidents_total", "department.notifications_total")
    if any(ref in safe.figures and safe.figures[ref].symbol for ref in totals):
        typer.echo(
            "The total itself had to be withheld: with what was published before, it would give a small "
            "number away. Think about leaving the published numbers as they are until the next year's.",
            err=True,
        )
