"""`sightline identity model|learn`: what agreement is worth, as a model for Splink, and learnt anew."""

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sightline.cli.exit_codes import ExitCode
from sightline.cli.options import By, who

if TYPE_CHECKING:
    import polars as pl

    from sightline.identity.relearning import Quality, Trial

RECORDS = "records.parquet"


def model(
    splink: Annotated[
        Path, typer.Option("--splink", metavar="FILE", help="The Splink 5 model to write, as JSON.")
    ],
    records: Annotated[
        Path | None,
        typer.Option(
            "--records",
            metavar="DIR",
            help="Also write the standardised records and frequencies that Splink compares.",
        ),
    ] = None,
) -> None:
    """Write the weights in force as a Splink 5 model, so that an analyst can audit them in Splink.

    The model holds no child's details. The records do, and are as confidential as the extracts.
    docs/explanation/identity-and-splink.md says how to use them, and what a model cannot express.

    Example: sightline identity model --splink model.json --records audit
    """
    from sightline.cli.database import open_extracts
    from sightline.cli.files import write_for_owner

    open_extracts()
    from sightline.identity.learnt.lookups import weights_in_force
    from sightline.identity.lookups import people_for_linking
    from sightline.identity.reading import population
    from sightline.identity.splink_columns import frequencies, standardised
    from sightline.identity.splink_levels import NOT_EXPRESSED
    from sightline.identity.splink_model import splink_model
    from sightline.identity.weights import children_about

    people = people_for_linking()
    held = population(people, people["agency"].unique().sort().to_list())
    weights = weights_in_force()
    written = splink_model(weights, children=children_about(held))
    write_for_owner(splink, (json.dumps(written, indent=1, ensure_ascii=False) + "\n").encode())
    typer.echo(f"Wrote the weights {weights.version} to {splink}. Not expressed in it:")
    for what, why in NOT_EXPRESSED:
        typer.echo(f"  {what}: {why}")
    if records is not None:
        records.mkdir(mode=0o700, parents=True, exist_ok=True)
        table = standardised(people, held)
        write_for_owner(records / RECORDS, _parquet(table))
        for column, counted in frequencies(people, held).items():
            write_for_owner(records / f"tf_{column}.parquet", _parquet(counted))
        typer.echo(f"Wrote {table.height:,} standardised records and their frequencies to {records}")


def _parquet(table: "pl.DataFrame") -> bytes:
    written = io.BytesIO()
    table.write_parquet(written)
    return written.getvalue()


def learn(
    only_try: Annotated[
        bool, typer.Option("--try", help="Only say what learning would give; change nothing.")
    ] = False,
    by_expectation: Annotated[
        bool,
        typer.Option(
            "--by-expectation", help="Without identifiers: a fallback, bounded by the weights in force."
        ),
    ] = False,
    shipped: Annotated[
        str | None,
        typer.Option(
            "--shipped", metavar="REASON", help="Instead, put the shipped weights back, and say why."
        ),
    ] = None,
    by: By = None,
) -> int:
    """Learn what agreement is worth from the records that share an NHS number or a UPN.

    It is measured on families held back, and put in force only where it does no worse there. The next
    “sightline identity link” uses it. Every version is kept.

    Example: sightline identity learn --try
    """
    from sightline.cli.database import open_extracts
    from sightline.cli.progress import shown

    if shipped is not None and (only_try or by_expectation):
        raise typer.BadParameter("it goes with neither --try nor --by-expectation.", param_hint="--shipped")
    open_extracts()
    from sightline.identity.learnt import actions
    from sightline.identity.relearning import Method, may_be_put_in_force

    if shipped is not None:
        actions.use_shipped_weights(by=who(by), why=shipped)
        typer.echo("The shipped weights are in force. Link with them: “sightline identity link”.")
        return ExitCode.DONE
    method = Method.EXPECTATION if by_expectation else Method.KNOWN_PAIRS
    with shown() as progress:
        if only_try:
            trial = actions.tried(method=method, progress=progress)
        else:
            trial = actions.relearn(by=who(by), method=method, progress=progress)
    _tell(trial)
    if only_try:
        decision = may_be_put_in_force(trial)
        typer.echo("Nothing was changed." if decision.allowed else f"Nothing was changed. {decision.reason}")
    else:
        typer.echo(
            f"The weights {trial.weights.version} are in force. Link with them: “sightline identity link”."
        )
    return ExitCode.DONE


def _tell(trial: "Trial") -> None:
    from sightline.identity.relearning import Method

    if trial.method is Method.EXPECTATION:
        typer.echo(f"Learnt by expectation, a fallback for want of identifiers, in {trial.rounds} rounds.")
    else:
        typer.echo(
            f"Learnt from {trial.same_pairs:,} pairs of records of one child and {trial.home_pairs:,} of two "
            "children of one home."
        )
    typer.echo(
        f"Left out: {trial.contradicted:,} pairs whose shared number is contradicted, and {trial.crowded:,} "
        "records under a number that too many bear."
    )
    if trial.before is None or trial.after is None:
        typer.echo("No pairs could be held back, so nothing says whether these weights are better or worse.")
        return
    same, home = trial.held_out
    typer.echo(f"On {same:,} and {home:,} pairs held back, judged without their numbers:")
    _row("", "before", "after")
    _share("pairs of one child found", trial.before, trial.after, "found")
    _share("pairs of one home joined", trial.before, trial.after, "wrongly_joined")
    _row("bits from the truth", f"{trial.before.lost_bits:.4f}", f"{trial.after.lost_bits:.4f}")


def _share(label: str, before: "Quality", after: "Quality", name: str) -> None:
    _row(label, f"{getattr(before, name):.2%}", f"{getattr(after, name):.2%}")


def _row(label: str, before: str, after: str) -> None:
    typer.echo(f"  {label:<28}{before:>10}{after:>10}")
