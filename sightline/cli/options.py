"""Options that several commands share, each read once and checked once."""

import getpass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sightline.vocabulary.periods import Period

if TYPE_CHECKING:
    from sightline.statistics.rates import AreaBase


class Counting(StrEnum):
    PANEL = "panel"
    DEPARTMENT = "department"
    REGISTER = "register"
    ALL = "all"


class Format(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}” is no date; write it as 2023-03-31.") from None


def _a_file(path: Path) -> Path:
    if path.is_dir():
        raise typer.BadParameter(f"{path} is a folder; give the CSV file itself.")
    if not path.is_file():
        raise typer.BadParameter(f"There is no file {path}.")
    return path


From = Annotated[date, typer.Option("--from", parser=a_day, metavar="DATE", help="First day counted.")]
To = Annotated[date, typer.Option("--to", parser=a_day, metavar="DATE", help="Last day counted.")]
DataFrom = Annotated[
    date | None,
    typer.Option(
        parser=a_day, metavar="DATE", help="First day of the longer window (the Panel's 15 months)."
    ),
]
AsOf = Annotated[
    date | None, typer.Option(parser=a_day, metavar="DATE", help="The day to look from (default: today).")
]
By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who does this (default: the system's user).")
]
Rates = Annotated[
    Path | None,
    typer.Option(
        parser=lambda text: _a_file(Path(text)),
        metavar="FILE",
        help="A CSV of children and children in need by area; adds rates.",
    ),
]


MOST_YEARS = 60


def a_period(first: date, last: date) -> Period:
    try:
        period = Period(first, last)
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong), param_hint="--from/--to") from None
    if last.year - first.year > MOST_YEARS:
        raise typer.BadParameter(
            f"{first} to {last} is more than {MOST_YEARS} years; check the year of each.",
            param_hint="--from/--to",
        )
    _warn_beyond_bank_holidays(period)
    return period


def _warn_beyond_bank_holidays(period: Period) -> None:
    """A figure on lateness rests on the bank holidays of the weeks after the period too."""
    from sightline.vocabulary.working_days import TABLE_FIRST, TABLE_LAST

    if period.first < TABLE_FIRST or period.last + WEEKS_OF_A_CLOCK > TABLE_LAST:
        typer.echo(
            f"Warning: the bank holiday table covers {TABLE_FIRST.year} to {TABLE_LAST.year}. Outside these "
            "years only weekends are left out, so some of what is counted as late may have been in time.",
            err=True,
        )


WEEKS_OF_A_CLOCK = timedelta(weeks=5)


def check_window(data_from: date | None, period: Period) -> None:
    if data_from is not None and data_from >= period.first:
        raise typer.BadParameter(
            f"it must be before the period's first day, {period.first}.", param_hint="--data-from"
        )


def who(by: str | None) -> str:
    """The person the command line acts for: the one named, or else the system's user."""
    if by is not None:
        if not by.strip():
            raise typer.BadParameter(
                "an empty name is nobody's; leave it out or give one.", param_hint="--by"
            )
        return by.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise typer.BadParameter("the system does not say who you are; give --by NAME.") from None


def today() -> date:
    """The one place that asks the clock which day it is; rooms are told."""
    return date.today()  # noqa: DTZ011 - the day where the person sits


def area_base(path: Path | None) -> "AreaBase | None":
    """The file of areas as statistics wants it; None where none is given."""
    if path is None:
        return None
    from sightline.statistics.rates import BadAreaBase, area_base_from

    try:
        return area_base_from(path.read_text(encoding="utf-8"))
    except BadAreaBase as bad:
        raise typer.BadParameter(f"{path}: {bad}", param_hint="--rates") from None
    except UnicodeDecodeError:
        raise typer.BadParameter(f"{path} is not in UTF-8; save it as UTF-8.", param_hint="--rates") from None
