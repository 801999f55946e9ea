"""The looked-after return as CSV: one file for each table, known by its columns."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from sightline.intake.declaration import CannotBeRead, Delivery, Format, Header, Judged, RawRecord, Table
from sightline.intake.formats.ssda903 import judging, rules, tables
from sightline.intake.formats.ssda903.checks import Checks
from sightline.intake.formats.ssda903.rows import Child, Row, date_in
from sightline.intake.formats.ssda903.years import year_by_dates, year_named, year_of_collection
from sightline.intake.reading import delimited
from sightline.intake.sources import Source
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.findings import Finding, Place

_AGAIN = "@again"
"""In a row's content: that it is the second, third… row of its child with its key. No column is called so."""

_DATES_OF_THE_YEAR = {
    "episodes": ("DECOM", "DEC"),
    "reviews": ("REVIEW",),
    "missing": ("MIS_START", "MIS_END"),
    "social_worker": ("SW_DECOM", "SW_DEC"),
    "dolo": ("DOLO_START", "DOLO_END"),
    "placed_for_adoption": ("DATE_PLACED", "DATE_PLACED_CEASED"),
    "ad1": ("DATE_INT", "DATE_MATCH"),
}
_DATES_LOOKED_AT = 100_000

_OF_ONE_ROW = {
    name: Checks(check for check in rules.csv_checks(name) if not check.is_between_rows)
    for name in tables.BY_NAME
}
_BETWEEN_ROWS = {
    name: Checks(check for check in rules.csv_checks(name) if check.is_between_rows)
    for name in tables.BY_NAME
}


def recognises(source: Source) -> bool:
    return tables.table_of(source.csv_header()) is not None


def header(source: Source) -> Header:
    table = _table_of(source)
    year, findings = year_named(source.name), list(_column_findings(source, table))
    if year is None:
        year = year_by_dates(islice(_days_of(source, table.name), _DATES_LOOKED_AT))
        found = rules.YEAR_BY_DATES if year else rules.YEAR_UNKNOWN
        findings.append(found.at(Place(source.name), year=year.ends_in if year else ""))
    return Header(
        collection=f"{year.ends_in}/{table.name}" if year else table.name,
        made_on=year.end if year else None,  # the day up to which a return tells
        findings=tuple(findings),
    )


def records(source: Source) -> Iterator[RawRecord]:
    table = _table_of(source)
    seen: Counter[tuple[str, ...]] = Counter()
    for raw in delimited.rows(source, table=table.name):
        cells, _ = judging.cleaned(table.name, raw.content)
        key = (cells.get("CHILD", ""), *judging.key_of(table.name, cells))
        seen[key] += 1
        if seen[key] > 1:
            yield RawRecord(raw.place, raw.table, {**raw.content, _AGAIN: str(seen[key])}, raw.findings)
        else:
            yield raw


def judge(raw: RawRecord, header: Header, as_of: date) -> Judged:
    row = _row_of(raw, as_of)
    child = Child({raw.table: (row,)}, frozenset({raw.table}), as_of, year_of_collection(header.collection))
    return judging.judged(row["CHILD"], child, _OF_ONE_ROW[raw.table], raw.place)


class BetweenRows:
    """Checks of a child's rows beside one another. They stand anywhere in the file, so each row's codes and
    dates are kept until its end: a year of the largest authority is some ten thousand rows."""

    def __init__(self) -> None:
        self._kept: dict[str, list[tuple[int, tuple[str, ...]]]] = {}  # by child: line and cells
        self._first: RawRecord | None = None
        self._upns: dict[str, tuple[str, int]] = {}

    def see(self, raw: RawRecord, judged: Judged) -> tuple[Finding, ...]:
        if judged.is_refused or not _BETWEEN_ROWS[raw.table].all:
            return ()
        self._first = self._first or raw
        cells, spelled = judging.cleaned(raw.table, raw.content)
        child, line = cells["CHILD"], raw.place.line
        self._kept.setdefault(child, []).append((line, tuple(cells.values())))
        upn = judged.people[0].upn
        if not upn:
            return ()
        other, first = self._upns.setdefault(upn, (child, line))
        if other == child:
            return ()
        return (rules.DUPLICATE_UPN.at(replace(raw.place, column=spelled["UPN"]), where=f"Line {first}"),)

    def end(self) -> tuple[Finding, ...]:
        if self._first is None:
            return ()
        table, file = self._first.table, self._first.place.file
        cells, spelled = judging.cleaned(table, self._first.content)
        year = year_named(file) or year_by_dates(islice(self._days(table, tuple(cells)), _DATES_LOOKED_AT))
        findings: list[Finding] = []
        for kept in self._kept.values():
            rows = [
                Row(
                    table,
                    Place(file, line),
                    dict(zip(cells, values, strict=True)),
                    as_of=date.max,
                    spelled=spelled,
                )
                for line, values in kept
            ]
            child = Child({table: rows}, frozenset({table}), date.max, year)
            findings.extend(_BETWEEN_ROWS[table].run(child))
        return tuple(findings)

    def _days(self, table: str, columns: tuple[str, ...]) -> Iterator[date]:
        places = [columns.index(name) for name in _DATES_OF_THE_YEAR.get(table, ()) if name in columns]
        for kept in self._kept.values():
            for _, values in kept:
                yield from (day for place in places if (day := date_in(values[place])))


def _table_of(source: Source) -> Table:
    table = tables.table_of(source.csv_header())
    if table is None:
        raise CannotBeRead(rules.NOT_A_TABLE.at(Place(source.name, 1)))
    return table


def _row_of(raw: RawRecord, as_of: date) -> Row:
    cells, spelled = judging.cleaned(raw.table, raw.content)
    return Row(
        raw.table, raw.place, cells, as_of=as_of, spelled=spelled, nth=int(raw.content.get(_AGAIN, "1"))
    )


def _column_findings(source: Source, table: Table) -> Iterator[Finding]:
    headings = source.csv_header()
    found = {tables.column_of(table.name, heading) for heading in headings}
    for column in table.columns:
        if column.name not in found and column.name not in tables.XML_ONLY:
            yield rules.COLUMN_MISSING.at(Place(source.name, 1, column.name))
    for heading in headings:
        if heading and not tables.column_of(table.name, heading):
            yield rules.COLUMN_UNKNOWN.at(Place(source.name, 1, heading))


def _days_of(source: Source, table: str) -> Iterator[date]:
    columns = _DATES_OF_THE_YEAR.get(table)
    if not columns:
        return
    # A source of its own: what the reader has to say of the file is said once, when its records are read.
    again = Source(source.path, reshaping=source.reshaping)
    for raw in delimited.rows(again, table=table):
        cells, _ = judging.cleaned(table, raw.content)
        yield from (day for column in columns if (day := date_in(cells.get(column, ""))))


_ALL_CHECKS = tuple(check for name in tables.BY_NAME for check in rules.csv_checks(name))

FORMAT = Format(
    name="ssda903-csv",
    title="Looked-after return (SSDA903), CSV",
    about=(
        "Each local authority's yearly return on children looked after and care leavers, as the CSV "
        "tables that "
        "case systems export for the department. Send any of the tables, each as its own file, with "
        "the year in "
        "the file's name. A later file of the same table and year replaces the earlier one."
    ),
    kinds=(AgencyKind.SOCIAL_CARE,),
    unit="row",
    delivery=Delivery.WHOLE,
    tables=tables.TABLES,
    rules=rules.rules_of(_ALL_CHECKS),
    not_covered=rules.csv_not_covered(),
    sources=rules.SOURCES,
    recognises=recognises,
    header=header,
    records=records,
    judge=judge,
    across=BetweenRows,
)
