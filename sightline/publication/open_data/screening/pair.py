"""A data file and its metadata file as the screener sees them: names, columns and cells of text."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sightline.vocabulary.findings import Finding, Place, Severity


@dataclass(frozen=True)
class CsvText:
    """One CSV file read whole. Every row has as many cells as there are columns."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @cached_property
    def _index(self) -> dict[str, int]:
        return {name: position for position, name in enumerate(self.columns)}

    def __contains__(self, column: str) -> bool:
        return column in self._index

    def cells(self, column: str) -> list[str]:
        """Every cell of a column, top to bottom; empty where there is no such column."""
        if column not in self._index:
            return []
        position = self._index[column]
        return [row[position] for row in self.rows]

    def distinct(self, column: str) -> set[str]:
        return set(self.cells(column))

    def tuples(self, *columns: str) -> list[tuple[str, ...]]:
        """The cells of several columns side by side; a column that is not there is blank."""
        blank = [""] * len(self.rows)
        return list(zip(*(self.cells(column) or blank for column in columns), strict=True))


@dataclass(frozen=True)
class Pair:
    data: CsvText
    meta: CsvText

    @property
    def filters(self) -> list[str]:
        return self._named("Filter")

    @property
    def indicators(self) -> list[str]:
        return self._named("Indicator")

    @property
    def groups(self) -> list[str]:
        """The grouping column of each filter that has one."""
        return [group for group in self.meta.cells("filter_grouping_column") if group]

    def _named(self, col_type: str) -> list[str]:
        return [name for name, kind in self.meta.tuples("col_name", "col_type") if kind == col_type]


Findings = Iterator[Finding]


def error(rule: str, file: CsvText | str, sentence: str, *, column: str = "", line: int = 0) -> Finding:
    return _finding(rule, file, Severity.ERROR, sentence, column, line)


def warning(rule: str, file: CsvText | str, sentence: str, *, column: str = "", line: int = 0) -> Finding:
    return _finding(rule, file, Severity.WARNING, sentence, column, line)


def _finding(
    rule: str, file: CsvText | str, severity: Severity, sentence: str, column: str, line: int
) -> Finding:
    name = file if isinstance(file, str) else file.name
    return Finding(f"ees.{rule}", Place(name, line, column), severity, sentence)


def read_csv_text(name: str, content: bytes) -> tuple[CsvText | None, tuple[Finding, ...]]:
    """The file's cells, or the findings that say why it cannot be screened any further."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, (error("utf8", name, "The file is not UTF-8; write it as UTF-8."),)
    if "\0" in text:
        return None, (error("nul", name, "The file holds NUL bytes; write it as plain text."),)
    try:
        lines = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return None, (error("csv", name, "The file cannot be read as comma-separated values."),)
    if not lines:
        return None, (error("empty_file", name, "The file is empty; it needs at least a header."),)
    header, *rows = lines
    ragged = tuple(
        error("ragged", name, f"The row has {len(row)} cells where the header has {len(header)}.", line=line)
        for line, row in enumerate(rows, start=2)
        if len(row) != len(header)
    )
    if ragged:
        return None, ragged
    return CsvText(name, tuple(header), tuple(map(tuple, rows))), ()
