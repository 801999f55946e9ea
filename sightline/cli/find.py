"""`sightline find`: who on file may be this child, ranked, with how sure that is and why."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sightline.cli.exit_codes import ExitCode
from sightline.cli.options import Format

if TYPE_CHECKING:
    from sightline.identity.finding import StoredIndex
    from sightline.identity.searching import Candidate
    from sightline.identity.sought import Sought

COLUMNS = ("rank", "child_id", "score", "sure", "share", "known_to", "reasons")
BATCH_COLUMNS = ("query_id", "forename", "surname", "date_of_birth", "sex", "postcode")
OUT_COLUMNS = ("query_id", "rank", "child_id", "agency", "record_id", "score")
LEFT_OUT_SHOWN = 10


def find(
    surname: Annotated[str, typer.Option(metavar="NAME", help="Surname, or several.")] = "",
    forename: Annotated[str, typer.Option(metavar="NAME", help="Forename, or all of them.")] = "",
    born: Annotated[
        str,
        typer.Option(metavar="DATE", help="2014-07-31 or 31/07/2014; 2014-07 or 2014 if no more is known."),
    ] = "",
    sex: Annotated[str, typer.Option(metavar="M|F", help="Male or female.")] = "",
    postcode: Annotated[str, typer.Option(metavar="CODE", help="Postcode, present or past.")] = "",
    nhs: Annotated[str, typer.Option(metavar="NUMBER", help="NHS number.")] = "",
    upn: Annotated[str, typer.Option(metavar="NUMBER", help="Unique pupil number.")] = "",
    everyone: Annotated[bool, typer.Option("--all", help="List those too weak to count as found.")] = False,
    form: Annotated[Format, typer.Option("--format", help="How to print the rows.")] = Format.TABLE,
    batch: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A CSV of many searches, instead of one.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where a batch's answer goes.")] = None,
) -> int:
    """Look a child up by whatever is known, mistyped or in part, and say who knows the child.

    Ranks identities, with the score in bits, how sure that is against every other and nobody, and why. Prints
    nothing for a child who is on nobody's file, as far as can be told; --all shows the nearest all the same.
    --batch takes query_id, forename, surname, date_of_birth, sex, postcode and, if there, nhs_number and upn.

    Example: sightline find --surname Quillfeather --forename Zeb --born 2014-03 --postcode "SR1 1AA"
    """
    from sightline.identity.sought import CannotSearch, sought

    typed = {
        "surname": surname, "forenames": forename, "born": born, "sex": sex, "postcode": postcode,
        "nhs_number": nhs, "upn": upn,
    }  # fmt: skip
    if batch is not None or out is not None:
        if batch is None or out is None or any(typed.values()):
            raise typer.BadParameter(
                "a batch needs --batch FILE and --out FILE, and no details of one child beside them.",
                param_hint="--batch",
            )
        return _batch(batch, out, everyone=everyone)
    try:
        wanted = sought(**typed)
    except CannotSearch as wrong:
        raise typer.BadParameter(str(wrong)) from None
    stored = _opened()
    found = stored.looked(wanted, everyone=everyone).candidates
    _print(found, form)
    if not found and form is Format.TABLE:
        typer.echo("Nobody on file is likely to be this child. --all shows the nearest.", err=True)
    return ExitCode.DONE


def _opened() -> "StoredIndex":
    from sightline.cli.database import open_extracts
    from sightline.cli.progress import shown

    folder = open_extracts()
    from sightline.identity.finding import StoredIndex

    with shown() as progress:
        stored = StoredIndex(folder, progress=progress)
    if not stored.was_linked:
        typer.echo(
            "Records have not been linked yet, so each stands for itself: “sightline identity link”.",
            err=True,
        )
    return stored


def child_id(candidate: "Candidate") -> str:
    """The identity's number; of a record that was never linked the record itself."""
    from sightline.identity.models import child_id_of

    return child_id_of(candidate.number) if candidate.number else ":".join(candidate.records[0].record)


def _print(found: tuple["Candidate", ...], form: Format) -> None:
    from sightline.cli.printing import print_rows
    from sightline.identity.search_words import how_sure, reasons

    if form is Format.JSON:
        typer.echo(json.dumps(_nested(found), indent=1, ensure_ascii=False))
        return
    rows = [
        {
            "rank": rank,
            "child_id": child_id(each),
            "score": round(each.bits, 1),
            "sure": how_sure(each.share),
            "share": f"{each.share:.3f}",
            "known_to": ", ".join(":".join(record.record) for record in each.records),
            "reasons": "; ".join(reasons(each.records[0])),
        }
        for rank, each in enumerate(found, start=1)
    ]
    if rows or form is Format.CSV:
        print_rows(rows, columns=COLUMNS, form=form)


def _nested(found: tuple["Candidate", ...]) -> list[dict[str, object]]:
    from sightline.identity.search_words import how_sure, reasons

    return [
        {
            "rank": rank,
            "child_id": child_id(each),
            "score": round(each.bits, 2),
            "sure": how_sure(each.share),
            "share": round(each.share, 4),
            "records": [
                {
                    "agency": record.record[0],
                    "record_id": record.record[1],
                    "reasons": list(reasons(record)),
                }
                for record in each.records
            ],
        }
        for rank, each in enumerate(found, start=1)
    ]


def _batch(path: Path, out: Path, *, everyone: bool) -> int:
    from sightline.cli.files import write_for_owner

    searches, left_out = _searches(path)
    stored = _opened()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(OUT_COLUMNS)
    silent = 0
    for query, wanted in searches:
        found = stored.looked(wanted, everyone=everyone).candidates if wanted else ()
        silent += not found
        for rank, each in enumerate(found, start=1):
            for record in each.records:
                writer.writerow((query, rank, child_id(each), *record.record, f"{each.bits:.3f}"))
    write_for_owner(out, text.getvalue().encode())
    for sentence in left_out[:LEFT_OUT_SHOWN]:
        typer.echo(f"Left out: {sentence}", err=True)
    if len(left_out) > LEFT_OUT_SHOWN:
        typer.echo(f"… and {len(left_out) - LEFT_OUT_SHOWN:,} more.", err=True)
    typer.echo(f"{len(searches):,} searches, {silent:,} of them found nobody. Wrote {out}")
    return ExitCode.DONE


def _searches(path: Path) -> tuple[list[tuple[str, "Sought | None"]], list[str]]:
    """Every search with its id, None where nothing can be searched for; and what had to be left out."""
    from sightline.identity.sought import sought_as_far_as_read

    found, left_out = [], []
    for line, row in _rows(path):
        wanted, wrong = sought_as_far_as_read(
            surname=row["surname"],
            forenames=row["forename"],
            born=row["date_of_birth"],
            sex=row["sex"],
            postcode=row["postcode"],
            nhs_number=row.get("nhs_number", ""),
            upn=row.get("upn", ""),
        )
        found.append((row["query_id"], wanted))
        left_out += [f"line {line}, {sentence}" for sentence in wrong]
    return found, left_out


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as text:
            reader = csv.DictReader(text, restval="")
            missing = [name for name in BATCH_COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise typer.BadParameter(
                    f"{path} lacks the column {missing[0]}; it needs {', '.join(BATCH_COLUMNS)}.",
                    param_hint="--batch",
                )
            for row in reader:
                yield reader.line_num, row
    except (UnicodeDecodeError, csv.Error):
        raise typer.BadParameter(f"{path} is no CSV in UTF-8.", param_hint="--batch") from None
