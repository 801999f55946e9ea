"""Whose a row is that names no person: found in the file of the table it belongs to, if that is beside it.

The dataset's tables hang together by numbers; a council exports one file a table. A review of care names a
period of care, and only the table of episodes says whose that is. Files of one extract are named alike
(“ssd_cla_reviews.csv” and “ssd_cla_episodes.csv”): the one table's name is put in the place of the other's.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from sightline.intake.declaration import CannotBeRead, RawRecord
from sightline.intake.formats.safeguarding_dataset import rules
from sightline.intake.formats.safeguarding_dataset.row import OF_DAY, OF_PERSON
from sightline.intake.formats.safeguarding_dataset.tables import TIES, columns_of, person_column, table_with
from sightline.intake.formats.tabular import declared_rows, is_refused
from sightline.vocabulary.findings import Place

if TYPE_CHECKING:
    from pathlib import Path

    from sightline.intake.sources import Source

MOST_ROWS = 2_000_000
"""What of another table is kept to tie rows by: its numbers, persons and days."""


class _Parent(NamedTuple):
    person: str
    day: str


def tied(rows: Iterator[RawRecord], source: "Source", table: str) -> Iterator[RawRecord]:
    """The rows, with person and day of the row that each belongs to, where needed and found."""
    tie = TIES[table]
    column = person_column(table)
    parents: dict[str, _Parent] | None = None
    for raw in rows:
        number = str(raw.content.get(tie.column) or "").strip()
        needs_person = not (column and str(raw.content.get(column) or "").strip())
        if is_refused(raw) or not number or not (needs_person or tie.days):
            yield raw
            continue
        if parents is None:
            parents = _parents(source, table)
        parent = parents.get(number)
        if parent is None:
            yield raw
        else:
            yield replace(raw, content={**raw.content, OF_PERSON: parent.person, OF_DAY: parent.day})


def _parents(source: "Source", table: str) -> dict[str, _Parent]:
    """Of each row of the table that this one belongs to: whose it is, through further tables if need be."""
    from sightline.intake.sources import Source

    tie = TIES[table]
    path = _beside(source.path, table, tie.table)
    if path is None:
        return {}
    sibling = Source(path)
    found: dict[str, _Parent] = {}
    column = person_column(tie.table)
    try:
        if table_with(sibling.csv_header()) != tie.table:
            raise CannotBeRead(rules.NO_TABLE.at(Place(path.name, 1)))
        declared = frozenset(each.name for each in columns_of(tie.table))
        rows = declared_rows(sibling, tie.table, declared, required=tie.key, missing=rules.COLUMN_MISSING)
        if tie.table in TIES:
            rows = tied(rows, sibling, tie.table)
        for raw in rows:
            if len(found) >= MOST_ROWS:
                place = Place(source.name)
                source.findings.append(rules.TOO_MANY_ROWS.at(place, table=tie.table, most=MOST_ROWS))
                break
            cells = raw.content
            number = str(cells.get(tie.key) or "").strip()
            person = str(cells.get(column) or cells.get(OF_PERSON) or "").strip()
            if number and person and not is_refused(raw):
                day = next((text for each in tie.days if (text := str(cells.get(each) or "").strip())), "")
                found.setdefault(number, _Parent(person, day))
    except CannotBeRead:
        source.findings.append(rules.UNREADABLE_SIBLING.at(Place(source.name), table=tie.table))
    return found


def _beside(path: "Path", table: str, other: str) -> "Path | None":
    """The other table's file of the same extract; None if there is none."""
    start = path.name.lower().find(table)
    names = [f"{other}.csv"]
    if start >= 0:
        names.insert(0, path.name[:start] + other + path.name[start + len(table) :])
    return next((found for name in names if (found := path.with_name(name)).is_file()), None)
