"""Collecting findings while a register is read, within bounds."""

from collections import Counter

import polars as pl

from sightline.register.rules.files import FileRule
from sightline.register.rules.rule import Rule
from sightline.vocabulary.findings import Finding, Place, Severity

MOST_OF_ONE_RULE = 10_000
"""A fault in every row of a large file is listed so many times; one more finding says how many follow."""


class FindingList:
    """The findings of one file so far."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._stem = file.removesuffix(".csv")
        self._found: list[Finding] = []
        self._count_of: Counter[tuple[str, str, Severity]] = Counter()

    def add(self, rule: FileRule, *, line: int = 0, column: str = "", **values: object) -> None:
        """One fault of the file. `values` fill the rule's sentence; “hint” may be left out."""
        self.put(
            f"{self._stem}.{rule.what}",
            rule.severity,
            rule.sentence.format_map({"hint": "", "column": column} | values),
            line=line,
            column=column,
        )

    def put(self, rule: str, severity: Severity, sentence: str, *, line: int = 0, column: str = "") -> None:
        self._count_of[rule, column, severity] += 1
        if self._count_of[rule, column, severity] <= MOST_OF_ONE_RULE:
            self._found.append(Finding(rule, Place(self._file, line, column), severity, sentence))

    def add_rows(self, rule: Rule, rows: pl.DataFrame) -> None:
        """One fault for each row, which has `line` and the columns that the rule's sentence shows."""
        for row in rows.head(MOST_OF_ONE_RULE).iter_rows(named=True):
            self.put(rule.id, rule.severity, rule.sentence_for(row), line=row["line"], column=rule.column)
        self._count_of[rule.id, rule.column, rule.severity] += max(0, len(rows) - MOST_OF_ONE_RULE)

    def listed(self) -> tuple[Finding, ...]:
        """By line, those of the whole file first; then how many more there are of what is not listed."""
        in_order = sorted(self._found, key=lambda finding: (finding.place, finding.rule))
        return (*in_order, *self._unlisted())

    def _unlisted(self) -> list[Finding]:
        return [
            Finding(
                rule,
                Place(self._file, 0, column),
                severity,
                _unlisted_sentence(count - MOST_OF_ONE_RULE),
            )
            for (rule, column, severity), count in self._count_of.items()
            if count > MOST_OF_ONE_RULE
        ]


def _unlisted_sentence(count: int) -> str:
    if count == 1:
        return "The same fault is in one more row, which is not listed."
    return f"The same fault is in {count:,} more rows, which are not listed."
