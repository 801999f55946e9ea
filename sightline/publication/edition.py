"""One edition of a report, draft or release: everything its files are printed from, and the files.

Printed in memory and whole, so that a fault anywhere leaves nothing on the disk.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sightline.disclosure_control.safe import SafeRelease
from sightline.publication.document.composing import compose
from sightline.publication.document.content import Document, ReportContext
from sightline.publication.inputs import ReportInputs
from sightline.publication.ledger import ledger
from sightline.publication.manifest import MANIFEST, NotAReport, as_json, manifest
from sightline.publication.open_data.data_sets import DataSet, ees_standard
from sightline.publication.open_data.guidance import data_guidance
from sightline.publication.open_data.sin_profile import sin_2026
from sightline.publication.pages import charts, html, pdf
from sightline.publication.plain_text import one_line
from sightline.publication.run_log import RunLog
from sightline.publication.spreadsheets import ods, xlsx
from sightline.publication.spreadsheets.workbooks import describe
from sightline.vocabulary.decisions import refused, require
from sightline.vocabulary.progress import Progress

LEDGER = "figures.json"
OPEN_DATA = "open-data/"
CHARTS = "charts/"
_PARTS = ("words", "charts", "web page", "PDF", "XLSX", "ODS", "open data", "ledger")


@dataclass(frozen=True, slots=True)
class Edition:
    safe: SafeRelease
    inputs: ReportInputs
    made_by: str
    approved_by: str = ""
    previous: SafeRelease | None = None

    @property
    def is_draft(self) -> bool:
        return not self.approved_by

    def approved(self, by: str) -> "Edition":
        return replace(self, approved_by=one_line(by))

    @property
    def context(self) -> ReportContext:
        return ReportContext(
            period=self.inputs.period,
            made_by=self.made_by,
            data_from=self.inputs.data_from,
            approved_by=self.approved_by,
            is_invented=self.inputs.is_invented,
            national_body=self.inputs.national_body,
            national_body_short=self.inputs.national_body_short,
        )


def print_files(edition: Edition, *, log: RunLog, progress: Progress) -> dict[str, bytes]:
    """Every file of the folder but the log, by its path inside it.

    Raises `WordingError` where a sentence holds a number that no figure stands behind, and `Refusal` where
    the open data would fail the department's screener.
    """
    steps = _Steps(log, progress)
    with steps.next():
        document = compose(edition.safe, context=edition.context, previous=edition.previous)
    with steps.next():
        drawn = charts.draw(document)
    with steps.next():
        files = {"index.html": html.render(document, drawn)}
    with steps.next():
        files["report.pdf"] = pdf.render(document, drawn)
    workbook = describe(edition.safe, document, policy=_policy(edition.safe))
    with steps.next():
        files["tables.xlsx"] = xlsx.render(workbook)
    with steps.next():
        files["tables.ods"] = ods.render(workbook)
    with steps.next():
        data_sets = _data_sets(edition)
        files |= dict(_open_data_files(edition, document, data_sets))
    with steps.next():
        for name, chart in drawn.items():
            path = f"{CHARTS}{edition.context.status.file_prefix}{name}"
            files |= {f"{path}.svg": chart.svg, f"{path}.png": chart.png}
        entries = ledger(
            edition.safe,
            document=document,
            sheets=workbook.sheets,
            data_sets=data_sets,
            inputs=edition.inputs,
        )
        files[LEDGER] = as_json(_stored(edition, entries))
        files[MANIFEST] = as_json(manifest(_described(edition), files=files))
    steps.end()
    return files


class _Steps:
    """Tells the log and whoever waits which part is being printed."""

    def __init__(self, log: RunLog, progress: Progress) -> None:
        self._log, self._progress, self._done = log, progress, 0

    def next(self) -> AbstractContextManager[None]:
        part = _PARTS[self._done]
        self._progress(f"Printing the report: {part}", self._done, len(_PARTS))
        self._done += 1
        return self._log.timed(part)

    def end(self) -> None:
        assert self._done == len(_PARTS), "every part is told of"
        self._progress("Printing the report", len(_PARTS), len(_PARTS))


def _data_sets(edition: Edition) -> tuple[DataSet, ...]:
    """Both profiles, screened: a pair that would fail is not written."""
    tables, year, prefix = edition.safe.tables, edition.inputs.period, edition.context.status.file_prefix
    data_sets = (
        *ees_standard(tables, year=year, prefix=prefix),
        *sin_2026(tables, year=year, prefix=prefix),
    )
    for data_set in data_sets:
        for finding in data_set.screened():
            if finding.is_error:
                reason = f"The open data would fail the screener: {finding.place}: {finding.sentence}"
                require(refused(reason, basis=finding.rule))
    return data_sets


def _open_data_files(
    edition: Edition, document: Document, data_sets: tuple[DataSet, ...]
) -> Iterator[tuple[str, bytes]]:
    for data_set in data_sets:
        yield OPEN_DATA + data_set.data_path, data_set.data_csv()
        yield OPEN_DATA + data_set.meta_path, data_set.meta_csv()
    guidance = data_guidance(document, data_sets, policy=edition.safe.policy)
    yield OPEN_DATA + "data-guidance/data-guidance.txt", guidance


def _policy(safe: SafeRelease) -> str:
    return f"{safe.policy.name}: {safe.policy.title}"


def _stored(edition: Edition, entries: Mapping[str, Any]) -> dict[str, Any]:
    """The ledger, and behind it the release itself, from which the report can be printed again."""
    return {
        "status": edition.context.status.mark,
        "way_to_read": (
            "“numbers” are the figures that sentences may print and “cells” the counts of the tables, each "
            "with what it counts, its value or the symbol in its place, and every place where it is printed. "
            "“made_by” says who made the draft. "
            "“rules” are numbers that a rule or a policy fixes and nobody counted. “release” is the release "
            "itself, from which the report can be printed again, and “previous_release” the one that it is "
            "compared with."
        ),
        **entries,
        "made_by": edition.made_by,
        "release": edition.safe.to_json(),
        "previous_release": edition.previous.to_json() if edition.previous else None,
    }


def _described(edition: Edition) -> dict[str, Any]:
    policy = edition.safe.policy
    return {
        "status": "draft" if edition.is_draft else "release",
        "mark": edition.context.status.mark,
        "made_by": edition.made_by,
        "approved_by": edition.approved_by,
        "inputs": edition.inputs.to_json(),
        "policy": {
            "name": policy.name,
            "title": policy.title,
            "in_force_from": policy.in_force_from.isoformat(),
            "source": policy.source,
            "status": policy.status,
        },
        "previous_release": edition.previous is not None,
    }


def read_edition(folder: Path, stored: Mapping[str, Any]) -> Edition:
    """The edition that a folder was printed from. `stored` is its manifest; raises `NotAReport`."""
    try:
        kept = json.loads((folder / LEDGER).read_text(encoding="utf-8"))
        if kept["made_by"] != stored["made_by"]:
            raise NotAReport(
                f"{folder} is not as it was made: its {LEDGER} and its {MANIFEST} name different makers."
            )
        return Edition(
            safe=SafeRelease.from_json(kept["release"]),
            inputs=ReportInputs.from_json(stored["inputs"]),
            made_by=str(stored["made_by"]),
            approved_by=str(stored["approved_by"]),
            previous=SafeRelease.from_json(kept["previous_release"]) if kept["previous_release"] else None,
        )
    except NotAReport:
        raise
    except (OSError, KeyError, TypeError, ValueError) as fault:
        raise NotAReport(f"{folder} is not a report that can be read: its {LEDGER} is damaged.") from fault
