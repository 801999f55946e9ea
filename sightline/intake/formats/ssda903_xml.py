"""The looked-after return as XML: one element for each child, with all of the child's tables in it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from sightline.intake.declaration import CannotBeRead, Delivery, Format, Header, Judged, RawRecord
from sightline.intake.formats.ssda903 import judging, rules, tables
from sightline.intake.formats.ssda903.checks import Checks
from sightline.intake.formats.ssda903.rows import Child, Row, date_in
from sightline.intake.formats.ssda903.years import year_by_dates, year_named, year_of_collection
from sightline.intake.reading import markup
from sightline.intake.sources import Source
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.findings import Finding, Place

ROOT, RECORD = "EXPSSDA903", "CHILD"
_NUMBER = "@number"
"""In a record's content: which of the file's children it is. Many of these files have one line only."""

_IDENTIFIES = frozenset({"CHILD", "DOB", "SEX"})
_CHILDREN_LOOKED_AT = 20_000
_CHECKS = Checks(rules.xml_checks())


def recognises(source: Source) -> bool:
    return source.xml_start()[:1] == (ROOT,)


def header(source: Source) -> Header:
    _must_be_a_return(source)
    year = year_named(source.name)
    findings: tuple[Finding, ...] = ()
    if year is None:
        year = year_by_dates(_days_of(source))
        found = rules.YEAR_BY_DATES if year else rules.YEAR_UNKNOWN
        findings = (found.at(Place(source.name), year=year.ends_in if year else ""),)
    return Header(
        collection=str(year.ends_in) if year else "",
        made_on=year.end if year else None,  # the day up to which a return tells
        findings=findings,
    )


def records(source: Source) -> Iterator[RawRecord]:
    _must_be_a_return(source)
    for number, raw in enumerate(markup.elements(source, RECORD), start=1):
        yield RawRecord(raw.place, raw.table, {**raw.content, _NUMBER: [str(number)]}, raw.findings)


def judge(raw: RawRecord, header: Header, as_of: date) -> Judged:
    child = child_of(raw, header, as_of)
    first = child.one("header")
    return judging.judged(first["CHILD"] if first else "", child, _CHECKS, raw.place)


def child_of(raw: RawRecord, header: Header, as_of: date) -> Child:
    """The element as rows of the same tables that the CSV form has."""
    about = next((each for each in markup.each(raw.content, "HEADER") if isinstance(each, Mapping)), {})
    texts = {name: _text(values) for name, values in about.items()}
    path = _path(raw)
    row = _row("header", raw.place, texts, as_of, prefix=f"{path}/HEADER/")
    found: dict[str, list[Row]] = {"header": [row]}
    for table in tables.IN_HEADER:
        own = {column.name for column in tables.BY_NAME[table].columns} - _IDENTIFIES
        if any(texts.get(name) for name in own):
            found[table] = [_row(table, raw.place, texts, as_of, prefix=f"{path}/HEADER/", born=row.born)]
    for table, names in tables.ELEMENTS.items():
        if table != "header":
            parts = [each for each in markup.each(raw.content, *names) if isinstance(each, Mapping)]
            found[table] = _rows(table, f"{path}/{'/'.join(names)}", parts, raw.place, as_of, row.born)
    return Child(found, rules.XML_TABLES, as_of, year_of_collection(header.collection))


class AcrossChildren:
    """A child that stands in the return twice, and a pupil number that two children have."""

    def __init__(self) -> None:
        self._children: dict[str, str] = {}
        self._upns: dict[str, tuple[str, str]] = {}

    def see(self, raw: RawRecord, judged: Judged) -> tuple[Finding, ...]:
        if judged.is_refused:
            return ()
        person, path = judged.people[0], _path(raw)
        number, findings = person.record_id, []
        first = self._children.setdefault(number, path)
        if first != path:
            findings.append(rules.CHILD_AGAIN.at(_at(raw, "CHILDID"), where=first))
        if person.upn:
            other, first = self._upns.setdefault(person.upn, (number, path))
            if other != number:
                findings.append(rules.DUPLICATE_UPN.at(_at(raw, "UPN"), where=first))
        return tuple(findings)

    def end(self) -> tuple[Finding, ...]:
        return ()


def _path(raw: RawRecord) -> str:
    """“CHILD[17]”"""
    return f"{RECORD}[{markup.first(raw.content, _NUMBER) or '1'}]"


def _at(raw: RawRecord, tag: str) -> Place:
    return Place(raw.place.file, raw.place.line, f"{_path(raw)}/HEADER/{tag}")


def _rows(
    table: str, tag: str, parts: list[Mapping[str, Any]], place: Place, as_of: date, born: date | None
) -> list[Row]:
    seen: Counter[tuple[str, ...]] = Counter()
    rows = []
    for number, part in enumerate(parts, start=1):
        texts = {name: _text(values) for name, values in part.items()}
        if not any(texts.values()):
            continue
        cells, _ = judging.cleaned(table, texts)
        key = judging.key_of(table, cells)
        seen[key] += 1
        prefix = f"{tag}[{number}]/" if len(parts) > 1 else f"{tag}/"
        rows.append(_row(table, place, texts, as_of, prefix=prefix, born=born, nth=seen[key]))
    return rows


def _row(
    table: str,
    place: Place,
    texts: Mapping[str, str],
    as_of: date,
    *,
    prefix: str,
    born: date | None = None,
    nth: int = 1,
) -> Row:
    cells, spelled = judging.cleaned(table, texts)
    return Row(table, place, cells, as_of=as_of, prefix=prefix, spelled=spelled, born=born, nth=nth)


def _text(values: list[Any]) -> str:
    first = values[0] if values else ""
    return first if isinstance(first, str) else ""


def _must_be_a_return(source: Source) -> None:
    if source.size and not recognises(source):
        raise CannotBeRead(rules.NOT_A_RETURN.at(Place(source.name, 1)))


def _days_of(source: Source) -> Iterator[date]:
    """Of episodes only: the dates of reviews that are planned lie ahead of the year."""
    for raw in islice(markup.elements(source, RECORD), _CHILDREN_LOOKED_AT):
        for cell in (
            *markup.each(raw.content, "EPISODE", "DECOM"),
            *markup.each(raw.content, "EPISODE", "DEC"),
        ):
            if isinstance(cell, str) and (day := date_in(cell)):
                yield day


FORMAT = Format(
    name="ssda903-xml",
    title="Looked-after return (SSDA903), XML",
    about=(
        "Each local authority's yearly return on children looked after and care leavers, as the one "
        "XML file that "
        "case systems export for the department. A child's tables stand together in it, so that more can be "
        "checked than in the CSV form. A later file of the same year replaces the earlier one."
    ),
    kinds=(AgencyKind.SOCIAL_CARE,),
    unit="child",
    delivery=Delivery.WHOLE,
    tables=tuple(table for table in tables.TABLES if table.name in rules.XML_TABLES),
    rules=rules.rules_of(rules.xml_checks()),
    not_covered=rules.xml_not_covered(),
    sources=rules.SOURCES,
    recognises=recognises,
    header=header,
    records=records,
    judge=judge,
    across=AcrossChildren,
)
