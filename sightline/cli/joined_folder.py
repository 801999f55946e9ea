"""The folder that `sightline join` writes: put in place whole, or not at all."""

import csv
import json
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sightline.vocabulary.decisions import Decision, allowed, refused

if TYPE_CHECKING:
    import polars as pl

    from sightline.identity.actions import LinkResult
    from sightline.intake.actions import LoadResult

FILES = ("identities.csv", "findings.csv", "summary.json")
_BASIS = "join"


class CountsDoNotBalance(OSError):
    """What was accepted is not what would be written. Its text is fit to be shown."""


class Timings:
    """Seconds that each stage took, in order."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.monotonic()

    def mark(self, stage: str) -> None:
        now = time.monotonic()
        self.seconds[stage] = round(now - self._last, 3)
        self._last = now


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What summary.json says."""

    files: list[dict[str, object]]
    records: dict[str, int]
    findings: int
    closed_records_listed: int
    link_run: dict[str, object]
    questions: int
    weights_version: str
    seconds: dict[str, float]


def may_hold(out: Path) -> Decision:
    """A join goes where there is nothing, an empty folder, or an earlier join and nothing else."""
    if out.is_file():
        return refused(f"{out} is a file; name a folder for what is written.", basis=_BASIS)
    foreign = sorted({path.name for path in out.iterdir()} - set(FILES)) if out.is_dir() else []
    if foreign:
        return refused(
            f"{out} holds what this command did not write ({foreign[0]}); name another folder.", basis=_BASIS
        )
    return allowed(basis=_BASIS)


def write(
    out: Path,
    *,
    loaded: Sequence["LoadResult"],
    linked: "LinkResult",
    closed: int,
    timings: Timings,
) -> "Summary":
    """Write the three files beside `out`, then swap folders. Raises `CountsDoNotBalance`."""
    from sightline.identity.lookups import export_rows

    agencies = [each.agency for each in loaded]
    rows = export_rows()
    rows = rows.filter(rows["agency"].is_in(agencies))
    records = _records(loaded, rows)
    out = out.resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    making = out.with_name(f".{out.name}.making-{os.getpid()}")
    replaced = out.with_name(f".{out.name}.replaced-{os.getpid()}")
    making.mkdir(mode=0o700)
    try:
        rows.write_csv(making / "identities.csv")
        found = _write_findings(making / "findings.csv", loaded)
        timings.mark("writing")
        summary = Summary(
            files=[_file(each) for each in loaded],
            records=records,
            findings=found,
            closed_records_listed=closed,
            link_run={
                "run": linked.run,
                "records": linked.records,
                "identities": linked.identities,
                "joined": linked.joined,
                "changed_records": linked.changed_records,
                "nothing_had_changed": linked.was_current,
            },
            questions=linked.asked,
            weights_version=linked.weights_version,
            seconds=timings.seconds,
        )
        text = json.dumps(asdict(summary), indent=1, ensure_ascii=False)
        (making / "summary.json").write_text(text + "\n", encoding="utf-8")
        _swap(making, out, replaced)
    finally:
        shutil.rmtree(making, ignore_errors=True)
        if out.exists():
            shutil.rmtree(replaced, ignore_errors=True)
    return summary


def _records(loaded: Sequence["LoadResult"], rows: "pl.DataFrame") -> dict[str, int]:
    """From the people accepted to the rows written, with every one that is not written accounted for."""
    import polars as pl

    from sightline.intake.lookups import current_people

    people = current_people(agencies=[each.agency for each in loaded])
    by_record = people.group_by("agency", "record_id").agg(pl.col("is_adult").any())
    adults = int(by_record["is_adult"].sum())
    counted = {
        "people_held": people.height,
        "told_more_than_once": people.height - by_record.height,
        "adults_never_joined": adults,
        "written": rows.height,
        "identities_written": rows["cluster_id"].n_unique(),
    }
    if by_record.height - adults != rows.height:
        raise CountsDoNotBalance(
            f"Nothing was written: {by_record.height - adults:,} records were accepted and {rows.height:,} "
            "have an identity. Was something loaded at the same moment? Run the same command again."
        )
    return counted


def _file(result: "LoadResult") -> dict[str, object]:
    return {
        "file": result.file_name,
        "agency": result.agency,
        "format": result.format,
        "extract": result.extract,
        "held_already": result.was_held_already,
        **result.counts.as_dict(),
        "balances": result.counts.balance,
    }


def _write_findings(path: Path, loaded: Sequence["LoadResult"]) -> int:
    from sightline.intake.findings_report import COLUMNS, finding_rows
    from sightline.intake.lookups import extract_numbered

    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("agency", *COLUMNS))
        for result in loaded:
            held = extract_numbered(result.extract)
            assert held is not None
            for row in finding_rows(held):
                writer.writerow((result.agency, *(row[column] for column in COLUMNS)))
                written += 1
    return written


def _swap(making: Path, out: Path, replaced: Path) -> None:
    try:
        if out.exists():
            out.rename(replaced)
        making.rename(out)
    except BaseException:  # Ctrl-C between the two renames must not lose what was there
        if replaced.exists() and not out.exists():
            replaced.rename(out)
        raise
