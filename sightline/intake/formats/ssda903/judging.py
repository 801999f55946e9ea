"""From cells to what became of a record: the part of judging that both forms share."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from sightline.intake.cells import is_nothing
from sightline.intake.declaration import Judged
from sightline.intake.formats.ssda903 import rules, tables, told
from sightline.intake.formats.ssda903.checks import Checks
from sightline.intake.formats.ssda903.rows import Child, Row, date_in
from sightline.intake.formats.ssda903.telling import events_of, person_of
from sightline.vocabulary.findings import Finding, Place


def cleaned(table: str, content: Mapping[str, object]) -> tuple[dict[str, str], Mapping[str, str]]:
    """The cells by our columns, and the file's own names of those columns."""
    columns, spelled = _columns(table, tuple(content))
    cells = {}
    for heading, column, is_coded in columns:
        cell = content[heading]
        if isinstance(cell, str):
            cells[column] = _clean(column, cell, is_coded=is_coded) if cell else ""
    return cells, spelled


@lru_cache(maxsize=1024)
def _columns(
    table: str, headings: tuple[str, ...]
) -> tuple[tuple[tuple[str, str, bool], ...], Mapping[str, str]]:
    """For every heading that the table has: our column, and whether its cells are codes."""
    found = [(heading, column) for heading in headings if (column := tables.column_of(table, heading))]
    coded = (tables.CODE, "UPN")
    columns = tuple(
        (heading, column, tables.column(table, column).form in coded) for heading, column in found
    )
    return columns, {column: heading for heading, column in found}


@lru_cache(maxsize=1 << 16)
def _clean(column: str, cell: str, *, is_coded: bool) -> str:
    cell = cell.strip()
    if column == "CHILD":
        return cell
    if is_nothing(cell):
        return ""
    return cell.upper().removesuffix(".0") if is_coded else cell  # a spreadsheet makes 1.0 of 1


def judged(number: str, child: Child, checks: Checks, place: Place) -> Judged:
    """People, events and findings of a child; a refusal if nobody could use the record."""
    if not number:
        return Judged(findings=(rules.NO_CHILD.at(place),))
    if not any(cell for row in _rows(child) for column, cell in row.cells.items() if column != "CHILD"):
        return Judged(findings=(rules.NOTHING_TOLD.at(place),))
    findings = (*checks.run(child), *_implausible(child), *_repeated(child))
    return Judged((person_of(number, child),), events_of(number, child), findings)


def key_of(table: str, cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(told.key_part(table, column, cells.get(column, "")) for column in tables.KEYS[table])


def _rows(child: Child) -> Iterator[Row]:
    return (row for rows in child.rows.values() for row in rows)


def _implausible(child: Child) -> Iterator[Finding]:
    """Dates of the calendar that cannot be right. They are read as empty."""
    for row in _rows(child):
        for column in tables.BY_NAME[row.table].columns:
            if column.form == tables.DATE and date_in(row[column.name]) and not row.day(column.name):
                yield rules.IMPLAUSIBLE.at(row.at(column.name))


def _repeated(child: Child) -> Iterator[Finding]:
    return (
        rules.REPEATED.at(row.at(tables.KEYS[row.table][0]))
        for row in _rows(child)
        if row.nth > 1 and tables.KEYS[row.table]
    )
