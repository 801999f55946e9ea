"""Importing a register's files, all or nothing, and writing them out again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import polars as pl
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from sightline.access.actions import record_act
from sightline.casework.models import ClericalCorrection
from sightline.register.differences import BEFORE, Change, Difference, difference
from sightline.register.exporting import write_files
from sightline.register.faults import FindingList
from sightline.register.layout import LAYOUT_1
from sightline.register.lookups import current_tables, keep_snapshot, load_register, state_of_register
from sightline.register.models import RegisterImport
from sightline.register.reading import read_sheets
from sightline.register.rules.files import AS_NOTIFIED_DIFFERS, POSITION_OF_KEPT_CHILD, ROWS_KEPT
from sightline.register.rules.rule import shown
from sightline.register.sheets import LINE, Sheet
from sightline.register.storing import (
    POSITION,
    insert,
    insert_as_notified,
    update,
    update_positions,
)
from sightline.vocabulary.decisions import Decision, allowed, refused, require
from sightline.vocabulary.findings import Finding
from sightline.vocabulary.progress import Progress, silent

MOST_CHANGES_TOLD = 1_000
KEYS_NAMED = 5


class ImportStopped(OSError):
    """The database could not take the register, and nothing was imported. Its text is fit to be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClericalCorrectionOrder:
    """That values as notified which differ in these files are slips of the pen put right, and why."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What an import did. `counts` says for each file how many rows were added, changed, unchanged and
    kept although they are gone from the files; `changes` holds the first corrected cells."""

    findings: tuple[Finding, ...]
    was_imported: bool = False
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    changes_not_told: int = 0
    clerical_corrections: int = 0

    @property
    def changed_anything(self) -> bool:
        return any(each["added"] or each["changed"] for each in self.counts.values())


def import_register(
    folder: Path,
    *,
    by: str,
    as_of: date,
    clerical_correction: ClericalCorrectionOrder | None = None,
    progress: Progress = silent,
) -> ImportResult:
    """Take in the register's eight files, all of it or nothing, in one transaction with its record.

    The same files again change nothing. A file that corrects a row changes that row; a row that is gone
    from the files is reported and kept. What was notified is overwritten only by a clerical correction,
    which keeps both values. Raises `Refusal` where nobody or no reason is named, `ImportStopped` where
    the database gives out.
    """
    require(_may_import(by, clerical_correction))
    read = read_sheets(folder, as_of=as_of, progress=progress)
    if read.has_errors:
        return ImportResult(findings=read.findings)
    try:
        with transaction.atomic():
            plan = _plan(read.sheets, progress)
            beside = _findings_beside_register(plan, read.sheets, clerical_correction)
            findings = (*read.findings, *beside)
            if any(finding.is_error for finding in beside):
                return ImportResult(findings=findings)
            _store(plan, progress)
            corrections = _record_corrections(plan, by=by, order=clerical_correction)
            _record_import(plan, read.hashes, by=by, as_of=as_of, order=clerical_correction)
            state = state_of_register()
    except IntegrityError as failed:
        raise ImportStopped(
            f"Nothing was imported: a row contradicts what the register holds ({_reason(failed)})."
        ) from failed
    except DatabaseError as failed:
        raise ImportStopped(
            f"Nothing was imported: the database could not take the register ({_reason(failed)}). "
            "Make sure that the disk has room and that no other import is running, then try again."
        ) from failed
    keep_snapshot(plan.tables, state=state)
    return _result(plan, findings, corrections)


def export_register(folder: Path) -> Path:
    """Write the register as layout 1's files, byte for byte those it came from where they were clean.

    Raises `Refusal` where the folder holds anything already.
    """
    require(_may_write_to(folder))
    write_files(load_register(), folder)
    return folder


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be written. `tables` is the register as it will be, rows gone from the files kept last."""

    differences: Mapping[str, Difference]
    tables: dict[str, pl.DataFrame]


def _plan(sheets: Mapping[str, Sheet], progress: Progress) -> _Plan:
    stored = current_tables(progress=progress)
    differences, tables = {}, {}
    for done, (name, file) in enumerate(LAYOUT_1.items()):
        progress("comparing with the register", done, len(LAYOUT_1))
        new = _placed(sheets[name].table, after=0)
        differences[name] = difference(file, stored=stored.pop(name), new=new, place=POSITION)
        tables[name] = pl.concat([new, _placed(differences[name].gone, after=len(new))])
    progress("comparing with the register", len(LAYOUT_1), len(LAYOUT_1))
    return _Plan(differences, tables)


def _placed(rows: pl.DataFrame, *, after: int) -> pl.DataFrame:
    return rows.with_columns(pl.int_range(after + 1, after + pl.len() + 1, dtype=pl.Int32).alias(POSITION))


def _findings_beside_register(
    plan: _Plan, sheets: Mapping[str, Sheet], order: ClericalCorrectionOrder | None
) -> tuple[Finding, ...]:
    found = {name: FindingList(file.file_name) for name, file in LAYOUT_1.items()}
    for name, each in plan.differences.items():
        if len(each.gone):
            keys = each.gone.select(LAYOUT_1[name].key[0]).unique(maintain_order=True).head(KEYS_NAMED)
            such_as = f"for example {', '.join(shown(key) for key in keys.to_series())}"
            count = "1 row" if len(each.gone) == 1 else f"{len(each.gone):,} rows"
            found[name].add(ROWS_KEPT, count=count, such_as=such_as)
    if order is None:
        for position, change in _changes_of_what_was_notified(plan):
            line = int(sheets["notifications"].frame[LINE][position - 1])
            values = {"before": shown(change.before), "after": shown(change.after)}
            found["notifications"].add(AS_NOTIFIED_DIFFERS, line=line, column=change.column, **values)
    for position, kept in _children_in_kept_positions(plan):
        line = int(sheets["children"].frame[LINE][position - 1])
        found["children"].add(POSITION_OF_KEPT_CHILD, line=line, column="position", kept=shown(kept))
    return tuple(finding for each in found.values() for finding in each.listed())


def _changes_of_what_was_notified(plan: _Plan) -> Iterator[tuple[int, Change]]:
    """With the place in the file of the row that would change it."""
    changed = plan.differences["notifications"].changed
    places = dict(changed.select(BEFORE + "notification_id", POSITION).iter_rows())
    for change in plan.differences["notifications"].changes():
        if LAYOUT_1["notifications"][change.column].is_as_notified:
            yield places[change.key[0]], change


def _children_in_kept_positions(plan: _Plan) -> Iterator[tuple[int, str]]:
    """Places in the file of children whose position a child kept in the register has already."""
    kept = plan.differences["children"].gone.select(
        "incident_id", "position", pl.col("child_ref").alias("kept")
    )
    both = plan.tables["children"].join(kept, on=["incident_id", "position"], maintain_order="left")
    yield from both.filter(pl.col("child_ref") != pl.col("kept")).select(POSITION, "kept").iter_rows()


def _store(plan: _Plan, progress: Progress) -> None:
    for name, each in plan.differences.items():
        file = LAYOUT_1[name]
        # Corrections come first: a new child may take the place that another one leaves.
        update(file, each.changed)
        insert(file, each.added, progress=progress)
        kept = _placed(each.gone, after=len(plan.tables[name]) - len(each.gone))
        update_positions(
            file, pl.concat([each.moved, kept.filter(each.gone[POSITION].ne_missing(kept[POSITION]))])
        )
    new = plan.differences["notifications"].added
    incidents = plan.tables["incidents"].join(new, on="incident_id", how="semi")
    insert_as_notified(new, incidents, plan.tables["children"].join(new, on="incident_id", how="semi"))


def _record_corrections(plan: _Plan, *, by: str, order: ClericalCorrectionOrder | None) -> int:
    if order is None:
        return 0
    corrections = [
        ClericalCorrection(
            notification_id=change.key[0],
            field=change.column,
            as_notified=None if change.before is None else str(change.before),
            corrected=None if change.after is None else str(change.after),
            reason=order.reason.strip(),
            by=by.strip(),
            at=timezone.now(),
        )
        for _, change in _changes_of_what_was_notified(plan)
    ]
    ClericalCorrection.objects.bulk_create(corrections, batch_size=1_000)
    return len(corrections)


def _record_import(
    plan: _Plan,
    hashes: Mapping[str, str],
    *,
    by: str,
    as_of: date,
    order: ClericalCorrectionOrder | None,
) -> None:
    at = timezone.now()
    record = RegisterImport.objects.create(
        by=by.strip(),
        at=at,
        as_of=as_of,
        file_hashes=dict(hashes),
        counts=_counts(plan),
        clerical_reason=order.reason.strip() if order else "",
        code_version=version("sightline"),
    )
    record_act(
        "register.import_register",
        by=by,
        thing_kind="register_import",
        thing_id=str(record.pk),
        fields=[
            name for name, each in plan.differences.items() if each.counts()["added"] or len(each.changed)
        ],
        why=record.clerical_reason,
        at=at,
    )


def _counts(plan: _Plan) -> dict[str, dict[str, int]]:
    return {name: each.counts() for name, each in plan.differences.items()}


def _result(plan: _Plan, findings: tuple[Finding, ...], corrections: int) -> ImportResult:
    told = islice(
        (change for each in plan.differences.values() for change in each.changes()), MOST_CHANGES_TOLD
    )
    changes = tuple(told)
    total = sum(each.cells_changed for each in plan.differences.values())
    return ImportResult(
        findings=findings,
        was_imported=True,
        counts=_counts(plan),
        changes=changes,
        changes_not_told=total - len(changes),
        clerical_corrections=corrections,
    )


def _may_import(by: str, order: ClericalCorrectionOrder | None) -> Decision:
    if not by.strip():
        return refused("Say who imports: nothing is changed by nobody.", basis="record")
    if order is not None and not order.reason.strip():
        return refused("Give the reason for the clerical correction.", basis="as notified")
    return allowed(basis="record")


def _may_write_to(folder: Path) -> Decision:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return refused(
            f"{folder.name} exists and holds something; name a folder that does not exist yet.",
            basis="export",
        )
    return allowed(basis="export")


def _reason(failed: DatabaseError) -> str:
    """The first line alone: a database may add the values of the row."""
    return str(failed).partition("\n")[0]
