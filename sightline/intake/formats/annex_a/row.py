"""One row of a list while it is judged: its cells as values, and what is found in them."""

import re
from dataclasses import replace
from datetime import date, timedelta

from sightline.intake import cells
from sightline.intake.cells import Problem
from sightline.intake.declaration import RawRecord, Rule
from sightline.intake.formats.annex_a import rules
from sightline.intake.formats.annex_a.columns import AnnexList
from sightline.intake.formats.annex_a.sheets import list_of
from sightline.intake.formats.annex_a.spelling import code_of, labels
from sightline.vocabulary.findings import Finding

DATE_FORMS = (*cells.DATE_FORMS, cells.EXCEL_NUMBER)
PREGNANCY = timedelta(days=310)
_ERROR_MARK = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|MULTIVALUE)?", re.IGNORECASE)
_EXAMPLES = 6


class Row:
    """`held` is the list that the row stands on; its columns say what each cell is."""

    __slots__ = ("as_of", "content", "findings", "held", "place")

    def __init__(self, raw: RawRecord, as_of: date) -> None:
        self.held: AnnexList = list_of(raw.table)
        self.content, self.place, self.as_of = raw.content, raw.place, as_of
        self.findings: list[Finding] = []

    def find(self, rule: Rule, column: str = "", **values: object) -> None:
        """Once, however often the cell is looked at."""
        where = f"{self.held.name}: {column}" if column else self.held.name
        finding = rule.at(replace(self.place, column=where), **values)
        if finding not in self.findings:
            self.findings.append(finding)

    def text(self, column: str) -> str:
        """The cell as it stands, without the marks that spreadsheets leave where a formula failed."""
        text = " ".join(str(self.content.get(column) or "").split())
        return "" if _ERROR_MARK.fullmatch(text) else text

    def is_error_mark(self, column: str) -> bool:
        text = str(self.content.get(column) or "").strip()
        return bool(text) and not self.text(column)

    def day(self, column: str) -> date | None:
        """A day, reported where it cannot be one, or is hard to believe; a stand-in is no day."""
        text = self.text(column)
        if cells.is_nothing(text):
            return None
        day = cells.date_of(text, DATE_FORMS)
        if isinstance(day, Problem):
            self.find(rules.BAD_CELL, column, problem=day.sentence)
            return None
        if day is None:
            return None
        if doubt := cells.doubt_about(day, as_of=self.as_of):
            self.find(rules.DOUBTFUL_DATE, column, problem=doubt.sentence)
            return None if doubt.is_placeholder else day
        return day

    def code(self, column: str) -> str:
        """The code that a cell means; empty where it has none, reported where it is not understood."""
        text = self.text(column)
        code_set = self.held.column(column).code_set
        code = code_of(code_set, text) if text else ""
        if code is None:
            known = list(labels()[code_set])
            examples = ", ".join(f"“{each}”" for each in known[:_EXAMPLES])
            self.find(rules.BAD_CODE, column, examples=examples)
        return code or ""

    def label(self, column: str) -> str:
        """The code's words as a sentence has them; empty where there is no code."""
        return labels()[self.held.column(column).code_set].get(self.code(column), "")

    def count(self, column: str) -> int | None:
        text = self.text(column).removesuffix(".0")
        if cells.is_nothing(text):
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= 4):
            self.find(rules.BAD_COUNT, column)
            return None
        return int(text)

    def in_order(self, earlier: str, later: str) -> None:
        """Report where the later column's day is before the earlier one's."""
        first, second = self._quiet_day(earlier), self._quiet_day(later)
        if first and second and second < first:
            self.find(rules.OUT_OF_ORDER, later, later_day=second, earlier_day=first, earlier=f"“{earlier}”")

    def _quiet_day(self, column: str) -> date | None:
        day = cells.date_of(self.text(column), DATE_FORMS)
        return day if isinstance(day, date) and day not in cells.STAND_IN_DAYS else None

    def days(self) -> list[tuple[str, date]]:
        """Every day on the row but the date of birth, unreported."""
        named = ((each.name, self._quiet_day(each.name)) for each in self.held.asked if each.form == "date")
        return [(name, day) for name, day in named if day and name != "Date of Birth"]
