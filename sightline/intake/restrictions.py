"""The list of records that are closed to everybody else: (agency, record_id, reason), as agencies send it.

When a child is adopted, the records of the life before are closed. The list names them, so that whoever joins
records keeps them out of every other identity. A line that is refused leaves a record open, so whoever
reads a list takes it whole or not at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sightline.intake.declaration import CannotBeRead, RawRecord, Rule
from sightline.vocabulary.findings import Finding, Place, Severity

if TYPE_CHECKING:
    from sightline.intake.sources import Source

COLUMNS = ("agency", "record_id", "reason")

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)

MISSING_COLUMNS = Rule(
    "restricted.missing-columns",
    Severity.ERROR,
    "The list of closed records must have the columns agency, record_id and reason; it has no {columns}.",
)
NO_AGENCY = Rule(
    "restricted.no-agency",
    Severity.ERROR,
    "The agency is empty, so it is not known whose record is to be closed.",
)
NO_RECORD_ID = Rule(
    "restricted.no-record-id", Severity.ERROR, "The record_id is empty, so no record could be closed."
)
NO_REASON = Rule(
    "restricted.no-reason", Severity.WARNING, "The reason is empty. The record is closed all the same."
)
UNKNOWN_REASON = Rule(
    "restricted.reason-as-text",
    Severity.WARNING,
    "The reason is not a short code such as pre_adoption. The record is closed, its reason kept as “other”.",
)
GIVEN_TWICE = Rule(
    "restricted.given-twice",
    Severity.WARNING,
    "Line {line} closes this record already; this line adds nothing.",
)
RULES = (MISSING_COLUMNS, NO_AGENCY, NO_RECORD_ID, NO_REASON, UNKNOWN_REASON, GIVEN_TWICE)


@dataclass(frozen=True, slots=True, repr=False)
class Restricted:
    """One line of the list: the record to be closed, and what was found about the line."""

    place: Place
    agency: str
    record_id: str
    reason: str
    findings: tuple[Finding, ...] = ()

    @property
    def is_refused(self) -> bool:
        return any(each.is_error for each in self.findings)


def is_restricted_list(source: "Source") -> bool:
    """Whether the header is that of such a list and of nothing more."""
    return {each.lower() for each in source.csv_header()} == set(COLUMNS)


def restricted_records(source: "Source") -> Iterator[Restricted]:
    """Every line of the list in its order, those that are refused too; raises `CannotBeRead`."""
    from sightline.intake.reading import delimited

    columns = {each.lower(): each for each in source.csv_header()}
    if missing := [each for each in COLUMNS if each not in columns]:
        raise CannotBeRead(MISSING_COLUMNS.at(Place(source.name, 1), columns=" and no ".join(missing)))
    seen: dict[tuple[str, str], int] = {}
    for raw in delimited.rows(source, table="restricted"):
        yield _judged(raw, columns, seen)


def _judged(raw: RawRecord, columns: dict[str, str], seen: dict[tuple[str, str], int]) -> Restricted:
    agency, record_id, reason = (str(raw.content.get(columns[each]) or "").strip() for each in COLUMNS)
    found = list(raw.findings)
    if not raw.findings:
        if not agency:
            found.append(NO_AGENCY.at(_at(raw, "agency")))
        if not record_id:
            found.append(NO_RECORD_ID.at(_at(raw, "record_id")))
        if not reason:
            found.append(NO_REASON.at(_at(raw, "reason")))
        elif not _CODE.fullmatch(reason):
            found.append(UNKNOWN_REASON.at(_at(raw, "reason")))
            reason = "other"
    first = seen.setdefault((agency, record_id), raw.place.line)
    if first != raw.place.line and agency and record_id:
        found.append(GIVEN_TWICE.at(_at(raw, "record_id"), line=first))
    return Restricted(raw.place, agency, record_id, reason, tuple(found))


def _at(raw: RawRecord, column: str) -> Place:
    return Place(raw.place.file, raw.place.line, column)
