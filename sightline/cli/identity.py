"""`sightline identity …`: decide which records are one child, rule on it, explain it, measure it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sightline.cli import tracing, weights
from sightline.cli.exit_codes import ExitCode
from sightline.cli.options import AsOf, By, Format, today, who

if TYPE_CHECKING:
    from sightline.identity.actions import RulingResult
    from sightline.identity.standing import Record

app = typer.Typer(
    help="Decide which records are one child, rule on it, explain it and measure it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("trace")(tracing.trace)
app.command("traces")(tracing.traces)
app.command("settle")(tracing.settle)
app.command("model")(weights.model)
app.command("learn")(weights.learn)

QUESTIONS_SHOWN = 50

Rows = Annotated[Format, typer.Option("--format", help="How to print the rows.")]
RecordA = Annotated[str, typer.Argument(metavar="A", help="A record as agency:record_id.")]
RecordB = Annotated[str, typer.Argument(metavar="B", help="Another record as agency:record_id.")]
Why = Annotated[str, typer.Option("--why", metavar="REASON", help="Why; it is kept with the ruling.")]


@app.command()
def link(by: By = None, as_of: AsOf = None) -> None:
    """Decide of every record which child it is about. What has not changed keeps its number.

    Example: sightline identity link --by "Priya Shah"
    """
    from sightline.cli.database import open_extracts
    from sightline.cli.progress import shown

    open_extracts()
    from sightline.identity.actions import run_link

    with shown() as progress:
        result = run_link(by=who(by), as_of=as_of or today(), progress=progress)
    if result.was_current:
        typer.echo(f"Nothing has changed since run {result.run}.")
    typer.echo(
        f"Run {result.run}: {result.records:,} records are {result.identities:,} identities; "
        f"{result.changed_records:,} records have another number than before; {result.asked:,} pairs need a "
        f"person (weights {result.weights_version})."
    )


@app.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The CSV to write.")],
) -> None:
    """Write every record with its identity: agency, record_id, cluster_id.

    Example: sightline identity export identities.csv
    """
    _open_identities()
    from sightline.cli.files import write_for_owner
    from sightline.identity.lookups import export_rows

    rows = export_rows()
    write_for_owner(file, rows.write_csv().encode())
    typer.echo(f"Wrote {rows.height:,} records of {rows['cluster_id'].n_unique():,} identities to {file}")


@app.command()
def evaluate(
    truth: Annotated[
        Path,
        typer.Option(
            "--truth", metavar="FILE", help="A CSV of agency, record_id, person_id and what is known besides."
        ),
    ],
    clusters: Annotated[
        Path | None,
        typer.Option("--clusters", metavar="FILE", help="Identities to judge (default: those held)."),
    ] = None,
    as_of: AsOf = None,
    form: Rows = Format.TABLE,
) -> int:
    """Compare identities with a known truth: precision and recall with intervals, and for whom they differ.

    With household_id, tradition, twin, sibling, adopted, birth_year and epoch in the truth it says which
    children are missed and joined wrongly. Intervals are at 95%.

    Example: sightline identity evaluate --truth truth.csv --format csv > quality.csv
    """
    from sightline.cli.evaluation import (
        GROUP_COLUMNS,
        SUMMARY_COLUMNS,
        as_json,
        group_rows,
        read_csv,
        summary_rows,
    )
    from sightline.cli.printing import print_rows

    known = read_csv(truth)
    if clusters is None:
        _open_identities()
        from sightline.identity.lookups import export_rows

        judged = export_rows()
    else:
        judged = read_csv(clusters)
    from sightline.identity.evaluating import BadTruth
    from sightline.identity.evaluating import evaluate as evaluated

    try:
        found = evaluated(known, judged, year=(as_of or today()).year)
    except BadTruth as bad:
        typer.echo(str(bad), err=True)
        return ExitCode.DATA_HAS_ERRORS
    if form is Format.JSON:
        typer.echo(as_json(found))
        return ExitCode.DONE
    if form is Format.TABLE:
        print_rows(summary_rows(found), columns=SUMMARY_COLUMNS, form=form)
        typer.echo()
    print_rows(group_rows(found), columns=GROUP_COLUMNS, form=form)
    return ExitCode.DONE


@app.command()
def queue(form: Rows = Format.TABLE) -> None:
    """List the pairs of records that need a person, the likeliest to be one child first.

    Example: sightline identity queue --format csv > queue.csv
    """
    _open_identities()
    from sightline.cli.printing import print_rows
    from sightline.identity import lookups

    asked = lookups.queue()
    if form is Format.TABLE and not asked:
        typer.echo("No pair needs a person.")
        return
    rows = (
        {
            "record_a": _named(each.pair[0]),
            "record_b": _named(each.pair[1]),
            "bits": round(each.bits, 1),
            "reason": each.reason.value,
            "child_a": each.identities[0],
            "child_b": each.identities[1],
            "asked_on": each.asked_at.date().isoformat(),
        }
        for each in (asked if form is not Format.TABLE else asked[:QUESTIONS_SHOWN])
    )
    columns = ("record_a", "record_b", "bits", "reason", "child_a", "child_b", "asked_on")
    print_rows(rows, columns=columns, form=form)
    if form is Format.TABLE:
        if len(asked) > QUESTIONS_SHOWN:
            typer.echo(f"… and {len(asked) - QUESTIONS_SHOWN:,} more; --format csv lists them all.")
        typer.echo("“sightline identity explain A B” says what speaks for and against a pair.")


@app.command()
def rule(
    record_a: RecordA,
    record_b: RecordB,
    answer: Annotated[str, typer.Argument(metavar="ANSWER", help="same, never or unsure.")],
    why: Why,
    by: By = None,
    as_of: AsOf = None,
) -> None:
    """Say of two records whether they are the same child. It holds in every later run, and can be undone.

    Example: sightline identity rule health:H1 police:P7 never --why "brothers, seen together" --by "P Shah"
    """
    pair = (_record(record_a), _record(record_b))
    _open_identities()
    from sightline.identity import actions
    from sightline.identity.models import Answer

    answers = {each.value: each for each in (Answer.SAME, Answer.NEVER, Answer.UNSURE)}
    if answer not in answers:
        raise typer.BadParameter(
            f"“{answer}” is no answer; it is same, never or unsure.", param_hint="ANSWER"
        )
    result = actions.rule(
        by=who(by),
        record_a=pair[0],
        record_b=pair[1],
        answer=answers[answer],
        why=why,
        as_of=as_of or today(),
    )
    _tell_ruling(
        result, f"Ruling {result.ruling} is kept; “sightline identity undo {result.ruling}” undoes it."
    )


@app.command()
def undo(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The ruling's number.")],
    why: Why,
    by: By = None,
    as_of: AsOf = None,
) -> None:
    """Take a ruling back. The ruling itself is kept, and what stood before it stands again.

    Example: sightline identity undo 4 --why "the wrong brother" --by "Priya Shah"
    """
    _open_identities()
    from sightline.identity.actions import undo_ruling

    result = undo_ruling(by=who(by), ruling=number, why=why, as_of=as_of or today())
    _tell_ruling(result, f"Ruling {number} is taken back (by ruling {result.ruling}).")


def _tell_ruling(result: "RulingResult", first: str) -> None:
    typer.echo(first)
    one, other = result.identities
    typer.echo(f"Both are of {one} now." if one == other else f"They are of {one} and of {other} now.")
    if result.relied:
        typer.echo("These people relied on the two being one child, and should be told:")
    for each in result.relied:
        typer.echo(f"  {each.at:%Y-%m-%d} {each.by}: {each.why}")


@app.command()
def explain(record_a: RecordA, record_b: RecordB) -> None:
    """Say in words why two records are, or are not, taken for one child.

    Which fields agree, how rare the values are and what speaks against; then what the whole identity and
    people's rulings decided.

    Example: sightline identity explain health:H1 education:E4
    """
    pair = (_record(record_a), _record(record_b))
    _open_identities()
    from sightline.cli.database import NothingHere
    from sightline.identity.accounts import NotHeld, account_of

    try:
        account = account_of(*pair)
    except NotHeld as nobody:
        raise NothingHere(str(nobody)) from None
    for sentence in account:
        typer.echo(sentence)


@app.command()
def sample(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The CSV to write for the reviewer.")],
    number: Annotated[
        int | None, typer.Option("--sample", metavar="NUMBER", help="An earlier sample (default: a new one).")
    ] = None,
    size: Annotated[int, typer.Option(min=50, help="About how many pairs a new sample has.")] = 400,
    seed: Annotated[int, typer.Option(min=0, help="What the drawing starts from.")] = 1,
    by: By = None,
) -> int:
    """Draw pairs of records for a blind review by two people, so that links can be measured without a truth.

    The CSV shows the two records of each pair and nothing of what was decided. The second reviewer writes
    out the same sample with --sample; “sightline identity label” reads the answers.

    Example: sightline identity sample --out for-priya.csv --by "Priya Shah"
    """
    _open_identities()
    from sightline.cli import reviewing
    from sightline.cli.progress import shown
    from sightline.identity.review.actions import draw_sample
    from sightline.identity.review.sampling import CannotSample

    person = who(by)
    try:
        with shown() as progress:
            drawn = number or draw_sample(by=person, size=size, seed=seed, progress=progress)
    except CannotSample as none:
        typer.echo(str(none), err=True)
        return ExitCode.DATA_HAS_ERRORS
    pairs = reviewing.write(out, drawn, reviewer=person)
    typer.echo(f"Sample {drawn}: wrote {pairs:,} pairs for {person} to {out}")
    return ExitCode.DONE


@app.command()
def label(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The CSV of a sample, its verdicts filled in.")
    ],
    by: By = None,
) -> int:
    """Keep a reviewer's verdicts: one_child, two_children or cannot_tell. All of a file, or none.

    Example: sightline identity label for-priya.csv --by "Priya Shah"
    """
    _open_identities()
    from sightline.cli import reviewing

    kept, wrong = reviewing.keep(file, reviewer=who(by))
    for sentence in wrong:
        typer.echo(sentence, err=True)
    if wrong:
        typer.echo("Nothing was kept: correct the file and run the same command again.", err=True)
        return ExitCode.DATA_HAS_ERRORS
    typer.echo(f"{kept:,} verdicts kept.")
    return ExitCode.DONE


@app.command()
def estimate(
    number: Annotated[
        int | None, typer.Option("--sample", metavar="NUMBER", help="Which sample (default: the latest).")
    ] = None,
    form: Rows = Format.TABLE,
) -> None:
    """Say how good the links are by what two reviewers found in a sample, with 95% intervals.

    Example: sightline identity estimate --sample 2
    """
    _open_identities()
    from sightline.cli import reviewing
    from sightline.cli.printing import print_rows

    print_rows(reviewing.estimate_rows(number), columns=reviewing.ESTIMATE_COLUMNS, form=form)


def _record(text: str) -> "Record":
    agency, colon, record_id = text.strip().partition(":")
    if not (colon and agency and record_id):
        raise typer.BadParameter(f"“{text}” is no record; write it as agency:record_id, as in health:H123.")
    return agency, record_id


def _named(record: "Record") -> str:
    return ":".join(record)


def _open_identities() -> None:
    """As `open_extracts`, where records have been linked; raises `NothingHere` where none have."""
    from sightline.cli.database import NothingHere, open_extracts

    open_extracts()
    from sightline.identity.lookups import last_run

    if last_run() is None:
        raise NothingHere("No records have been linked yet. Link them with “sightline identity link”.")
