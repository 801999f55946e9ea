"""Which sheet holds which list, where its headings are, and its rows under the columns of Annex A.

Authorities name sheets and headings in their own manner, put titles above the headings and add columns. A
list is known by its columns, and only where two lists would do by the sheet's name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sightline.intake.declaration import CannotBeRead, Column, Header, RawRecord, Table
from sightline.intake.formats.annex_a import rules
from sightline.intake.formats.annex_a.columns import COMMON_COLUMNS, LISTS, AnnexList
from sightline.intake.formats.annex_a.spelling import labels, normal
from sightline.vocabulary.findings import Finding, Place

if TYPE_CHECKING:
    from sightline.intake.sources import Source

_NUMBER = re.compile(r"(?:^|\b)(?:annex a )?(?:list|l)? ?0?(\d{1,2})\b")
_LIST_NUMBER = re.compile(r"(?:list|^l) ?0?(\d{1,2})\b")
_SHEETS_KNOWN_BY_WORDS = 3
_COLUMNS_OF_A_LIST = 3
_SEND_WORDS = ("ehc plan", "sen primary need", "pupil premium")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that holds a list; `columns` has for each heading the column of Annex A that it stands for."""

    name: str
    held: AnnexList
    headings: tuple[str, ...]
    columns: dict[str, str]


@cache
def list_of(table: str) -> AnnexList:
    return next(each for each in LISTS if each.name == table)


def tables() -> tuple[Table, ...]:
    """The lists as a format declares them."""
    return tuple(
        Table(
            each.name,
            tuple(
                Column(
                    column.name,
                    column.meaning,
                    form=column.form,
                    is_required=column.is_key,
                    codes=labels()[column.code_set] if column.code_set else {},
                    spellings=tuple(f"… {words} …" for words in column.words),
                )
                for column in each.asked
            ),
            each.title,
        )
        for each in LISTS
    )


def columns_of(annex_list: AnnexList, headings: tuple[str, ...]) -> dict[str, str]:
    """Which of the headings stands for which column: exactly, or by the most words of its column."""
    plain = {heading: normal(heading) for heading in headings if heading}
    found: dict[str, str] = {}
    for column in annex_list.asked:
        exact = next((each for each, words in plain.items() if words == normal(column.name)), None)
        if exact is not None:
            found[exact] = column.name
    candidates = []
    for place, column in enumerate(annex_list.asked):
        for heading, words in plain.items():
            held = set(words.split())
            most = max((len(each.split()) for each in column.words if set(each.split()) <= held), default=0)
            if most:
                candidates.append((-most, len(held), place, heading, column.name))
    for *_, heading, name in sorted(candidates):
        if heading not in found and name not in found.values():
            found[heading] = name
    return found


def recognises(source: "Source") -> bool:
    """By the sheets' names alone: a numbered list, or several that are called what lists are called."""
    names = source.sheet_names()
    numbered = [name for name in names if _LIST_NUMBER.search(normal(name))]
    return bool(numbered) or sum(_named(name) is not None for name in names) >= _SHEETS_KNOWN_BY_WORDS


def _named(name: str) -> int | None:
    """The list that a sheet's name means: by number, or by the longest words that a list goes by."""
    plain = normal(name.replace("_", " "))
    number = _LIST_NUMBER.search(plain) or _NUMBER.search(plain)
    if number and 1 <= int(number.group(1)) <= len(LISTS):
        return int(number.group(1))
    words = [
        (len(each), held.number) for held in LISTS for each in held.also_called if f" {each} " in f" {plain} "
    ]
    return max(words)[1] if words else None


def is_heading_row(cells: tuple[str, ...]) -> bool:
    return _best(cells, None) is not None


def _best(headings: tuple[str, ...], named: int | None) -> AnnexList | None:
    """The list that has most of its own columns among the headings, and all by which it is known.

    Columns about who the child is stand on every list and say nothing.
    """
    scored = []
    for each in LISTS:
        found = columns_of(each, headings)
        if not set(each.keys) <= set(found.values()):
            continue
        own = [(heading, column) for heading, column in found.items() if column not in COMMON_COLUMNS]
        exact = sum(normal(heading) == normal(column) for heading, column in own)
        scored.append((len(own), exact, each.number == named, -each.number, each))
    return max(scored, key=lambda entry: entry[:4])[-1] if scored else None


def sheets(source: "Source") -> tuple[Sheet, ...]:
    """The sheets that hold a list, in the order of the lists."""
    return tuple(sorted(_look(source)[0], key=lambda sheet: sheet.held.number))


@lru_cache(maxsize=4)
def _look(source: "Source") -> tuple[tuple[Sheet, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """The sheets that hold a list, and the names and first rows of those that do not."""
    found: list[Sheet] = []
    others: list[tuple[str, tuple[str, ...]]] = []
    for name in source.sheet_names():
        headings = _headings(source, name)
        held = _best(headings, _named(name))
        if held is None:
            others.append((name, headings))
        else:
            found.append(Sheet(name, held, headings, columns_of(held, headings)))
    return tuple(found), tuple(others)


def _headings(source: "Source", sheet: str) -> tuple[str, ...]:
    """The heading row of a list; where there is none, the sheet's first row that has any cell."""
    from sightline.intake.reading import workbooks

    first: list[tuple[str, ...]] = []

    def is_it(cells: tuple[str, ...]) -> bool:
        first.append(cells)
        return is_heading_row(cells)

    try:
        next(workbooks.rows(source, sheet, find_header=is_it), None)
    except CannotBeRead as wrong:
        if wrong.finding.rule != "file.no_header":
            raise
    heading = next((cells for cells in reversed(first) if is_heading_row(cells)), first[0] if first else ())
    return tuple(" ".join(cell.split()) for cell in heading)


def header(source: "Source") -> Header:
    """Says of the workbook what holds for whole sheets, or that it is no Annex A."""
    found, others = _look(source)
    place = Place(source.name)
    if not found:
        cells = normal(" ".join(cell for _, row in others for cell in row))
        if any(words in cells for words in _SEND_WORDS):
            raise CannotBeRead(rules.SEND_WORKBOOK.at(place))
    for name, headings in others:
        _check_is_no_list(name, headings, place)
    if not found:
        raise CannotBeRead(rules.NO_LIST.at(place))
    findings: list[Finding] = []
    seen: dict[int, str] = {}
    for sheet in found:
        if sheet.held.number in seen:
            first, second = (
                source.sheet_names().index(name) + 1 for name in (seen[sheet.held.number], sheet.name)
            )
            raise CannotBeRead(rules.SAME_LIST.at(place, first=first, second=second, list=sheet.held.name))
        seen[sheet.held.number] = sheet.name
        findings.extend(_about(sheet, place))
    if missing := [each.name for each in LISTS if each.number not in seen]:
        findings.append(rules.MISSING_LIST.at(place, lists=", ".join(missing)))
    if others:
        findings.append(rules.OTHER_SHEETS.at(place, count=len(others)))
    return Header(findings=tuple(findings))


def _check_is_no_list(name: str, headings: tuple[str, ...], place: Place) -> None:
    """A sheet that is named as a list and has people in it must not be passed over for want of one column."""
    named = _named(name)
    if named is None:
        return
    held = LISTS[named - 1]
    columns = columns_of(held, headings).values()
    missing = [each for each in held.keys if each not in columns]
    if len(columns) >= _COLUMNS_OF_A_LIST and missing:
        listed = ", ".join(f"“{each}”" for each in missing)
        raise CannotBeRead(rules.LIST_WITHOUT_KEY.at(place, list=held.name, columns=listed))


def _about(sheet: Sheet, place: Place) -> Iterator[Finding]:
    held = sheet.held
    here = replace(place, column=held.name)
    named = _LIST_NUMBER.search(normal(sheet.name.replace("_", " ")))
    if named and int(named.group(1)) != held.number:
        yield rules.MISNUMBERED.at(here, named=int(named.group(1)), list=held.name)
    wanted = [each.name for each in held.asked if not each.is_local]
    if missing := [name for name in wanted if name not in sheet.columns.values()]:
        listed = ", ".join(f"“{name}”" for name in missing)
        yield rules.MISSING_COLUMNS.at(here, list=held.name, columns=listed)
    if more := [each for each in sheet.headings if each and each not in sheet.columns]:
        yield rules.OTHER_COLUMNS.at(here, list=held.name, count=len(more))


def records(source: "Source") -> Iterator[RawRecord]:
    """The rows of every list, under Annex A's own columns; the table says the list."""
    from sightline.intake.reading import workbooks

    for sheet in sheets(source):
        for raw in workbooks.rows(source, sheet.name, find_header=is_heading_row):
            # Formatted rows under a list often hold spaces: no record, and nothing to report.
            if not raw.findings and not any(str(cell).strip() for cell in raw.content.values()):
                continue
            known = {sheet.columns[each]: cell for each, cell in raw.content.items() if each in sheet.columns}
            place = replace(raw.place, column=sheet.held.name)
            yield replace(raw, place=place, table=sheet.held.name, content=known)
