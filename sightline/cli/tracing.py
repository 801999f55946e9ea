"""`sightline identity trace|traces|settle`: ask PDS for NHS numbers, and rule on what is in doubt."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from sightline.cli.exit_codes import ExitCode
from sightline.cli.options import AsOf, By, Format, a_day, today, who

if TYPE_CHECKING:
    from sightline.identity.pds.actions import TracingResult

COLUMNS = ("trace", "agency", "record_id", "outcome", "nhs_numbers", "reasons", "restricted", "traced_on")
Agencies = Annotated[
    list[str] | None,
    typer.Option("--agency", metavar="CODE", help="Only this agency's records (repeatable)."),
]


def trace(
    purpose: Annotated[
        str, typer.Option(metavar="WORDS", help="What the numbers are wanted for; kept with each trace.")
    ],
    agency: Agencies = None,
    with_numbers: Annotated[
        bool, typer.Option("--with-numbers", help="Also check records that hold a number.")
    ] = False,
    again: Annotated[
        date | None,
        typer.Option(
            "--again",
            parser=a_day,
            metavar="DATE",
            help="Instead, ask again about numbers that were last confirmed before this day.",
        ),
    ] = None,
    at_most: Annotated[
        int | None, typer.Option(min=1, metavar="NUMBER", help="No more records than this.")
    ] = None,
    by: By = None,
    as_of: AsOf = None,
) -> int:
    """Ask the NHS's Personal Demographics Service for the NHS numbers of children whose records have none.

    Off until it is configured: docs/how-to/trace-nhs-numbers.md says what is sent, and what has to be agreed
    before. What failed is asked again by the next run. Ends with 8 where PDS did not answer.

    Example: sightline identity trace --purpose "rapid review 2026-14" --by "Priya Shah"
    """
    from sightline.cli.database import open_extracts
    from sightline.cli.progress import shown

    open_extracts()
    from sightline.identity.pds.actions import recheck_numbers, trace_numbers

    person, day, agencies = who(by), as_of or today(), tuple(agency or ())
    with shown() as progress:
        if again is not None:
            result = recheck_numbers(
                by=person,
                purpose=purpose,
                as_of=day,
                found_before=again,
                agencies=agencies,
                at_most=at_most,
                progress=progress,
            )
        else:
            result = trace_numbers(
                by=person,
                purpose=purpose,
                as_of=day,
                agencies=agencies,
                with_numbers=with_numbers,
                at_most=at_most,
                progress=progress,
            )
    return _tell(result)


def _tell(result: "TracingResult") -> int:
    from sightline.identity.pds.outcomes import NEEDS_A_PERSON, Outcome

    typer.echo(f"{result.traced:,} records asked about, {result.left:,} left.")
    for outcome in Outcome:
        if count := result.outcomes.get(outcome, 0):
            typer.echo(f"  {count:,} {outcome.label[0].lower()}{outcome.label[1:]}")
    if NEEDS_A_PERSON & set(result.outcomes):
        typer.echo("“sightline identity traces” lists what needs a person.")
    if result.stopped_because:
        typer.echo(result.stopped_because, err=True)
    if Outcome.NOT_ALLOWED in result.outcomes:
        return ExitCode.REFUSED
    return ExitCode.NOT_ANSWERED if Outcome.FAILED in result.outcomes else ExitCode.DONE


def traces(
    agency: Agencies = None,
    form: Annotated[Format, typer.Option("--format", help="How to print the rows.")] = Format.TABLE,
) -> None:
    """List the traces that need a person: probable, in conflict, or with several patients.

    Example: sightline identity traces --format csv
    """
    from sightline.cli.database import open_extracts
    from sightline.cli.printing import print_rows

    open_extracts()
    from sightline.identity.pds.lookups import waiting_for_a_person

    rows = [
        {
            "trace": each.number,
            "agency": each.agency,
            "record_id": each.record_id,
            "outcome": each.outcome.value,
            "nhs_numbers": " ".join(each.numbers),
            "reasons": " ".join(each.reasons),
            "restricted": "yes" if each.is_restricted else "no",
            "traced_on": each.at.date().isoformat(),
        }
        for each in waiting_for_a_person(tuple(agency or ()))
    ]
    if form is Format.TABLE and not rows:
        typer.echo("No trace needs a person.")
        return
    print_rows(rows, columns=COLUMNS, form=form)


def settle(
    number: Annotated[int, typer.Argument(metavar="TRACE", help="The trace's number.")],
    why: Annotated[
        str, typer.Option("--why", metavar="REASON", help="What the ruling rests on; it is kept.")
    ],
    nhs: Annotated[
        str, typer.Option("--nhs", metavar="NUMBER", help="The child's number, one of those found.")
    ] = "",
    none: Annotated[bool, typer.Option("--none", help="None of those found is the child's.")] = False,
    by: By = None,
) -> None:
    """Say which NHS number of a trace is the child's, or that none is. A later ruling replaces this one.

    Example: sightline identity settle 17 --none --why "birth certificate seen" --by "Priya Shah"
    """
    from sightline.cli.database import open_extracts
    from sightline.vocabulary.identifiers import NHSNumber

    if bool(nhs.strip()) is none:
        raise typer.BadParameter("give the number, or --none where none is the child's.", param_hint="--nhs")
    try:
        chosen = NHSNumber(nhs).text if nhs.strip() else ""
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong), param_hint="--nhs") from None
    open_extracts()
    from sightline.identity.pds.actions import rule_on_trace

    rule_on_trace(number, nhs_number=chosen, why=why, by=who(by))
    typer.echo("The ruling is kept. “sightline identity link” takes it into account.")
