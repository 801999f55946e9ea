"""`sightline due`: what is due, what is overdue, and why."""

from difflib import get_close_matches
from typing import Annotated

import typer

from sightline.cli.options import AsOf, Format, today

COLUMNS = (
    "due_on",
    "standing",
    "what",
    "reference",
    "partnership",
    "trigger_on",
    "done_on",
    "days_over",
    "days_are",
    "rule",
    "status",
    "source",
    "why",
)
IN_A_TABLE = ("due_on", "standing", "what", "reference", "partnership", "rule_is", "why")


def due(
    as_of: AsOf = None,
    partnership: Annotated[
        str, typer.Option(metavar="NAME", help="Only this safeguarding partnership (default: all).")
    ] = "",
    late: Annotated[bool, typer.Option("--late", help="Also what was done, but late.")] = False,
    form: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TABLE,
) -> None:
    """List what is due and overdue, each with the rule behind its date.

    Example: sightline due --as-of 2023-03-31 --partnership "Kent Safeguarding Children Partnership"
    """
    from sightline.cli.database import open_for_reading
    from sightline.cli.printing import print_rows

    open_for_reading()
    from sightline.casework.lookups import due_items
    from sightline.vocabulary.working_days import beyond_table

    day = as_of or today()
    if warning := beyond_table(day):
        typer.echo(f"Warning: {warning}", err=True)
    if partnership:
        check_is_known(partnership)
    items = due_items(as_of=day, partnership=partnership or None, include_late=late)
    is_table = form is Format.TABLE
    print_rows(
        ({column: getattr(item, column) for column in COLUMNS} | {"rule_is": item.status} for item in items),
        columns=IN_A_TABLE if is_table else COLUMNS,
        form=form,
        title=f"Open on {day.isoformat()}",
    )
    if is_table:
        overdue = sum(item.standing == "overdue" for item in items)
        typer.echo(f"{len(items):,} open, {overdue:,} overdue.")


def check_is_known(partnership: str) -> None:
    """A name written wrongly must not read as a partnership with nothing due."""
    from sightline.casework.lookups import partnerships
    from sightline.cli.database import NothingHere

    known = {name.casefold(): name for name in partnerships()}
    if partnership.casefold().strip() not in known:
        near = [known[name] for name in get_close_matches(partnership.casefold(), known, n=3, cutoff=0.5)]
        near += [name for folded, name in known.items() if partnership.casefold() in folded][:3]
        meant = f" Did you mean {' or '.join(near)}?" if near else ""
        raise NothingHere(f"No partnership called “{partnership}” is in the register.{meant}")
