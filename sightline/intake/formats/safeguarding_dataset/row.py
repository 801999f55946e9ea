"""One row of a table of the dataset while it is judged: whose it is, its codes in words, its outcomes."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache

from sightline.intake.cells import ISO, date_of
from sightline.intake.declaration import Column, RawRecord
from sightline.intake.formats.safeguarding_dataset import rules
from sightline.intake.formats.safeguarding_dataset.codes import OUTCOMES
from sightline.intake.formats.safeguarding_dataset.tables import (
    columns_of,
    person_column,
    row_number_column,
)
from sightline.intake.formats.tabular import AGAIN, TableRow, event_number
from sightline.intake.records import SourceEvent
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity, StatementType

OF_PERSON, OF_DAY = "(person)", "(day)"
"""Beside a row's cells: the person and day of the row that it belongs to, where that row was found."""

_PLACEHOLDERS = frozenset(("placeholder_data", "ssd_ph", "placeholder"))
_TOLD_FORMS = frozenset(("code", "yes or no", "number"))
_NOT_TOLD = frozenset(("perm_adopter_sex", "perm_adopter_legal_status", "pers_sex"))
_COMMENTS = ("COMMENTS", "OUTCOME_COMMENTS")
_NO = frozenset(("", "n", "no", "0", "false", "none", "null"))


@cache
def _declared(table: str) -> Mapping[str, Column]:
    return {each.name: each for each in columns_of(table)}


@cache
def _told(table: str) -> tuple[Column, ...]:
    return tuple(
        each for each in columns_of(table) if each.form in _TOLD_FORMS and each.name not in _NOT_TOLD
    )


class DataRow(TableRow):
    __slots__ = ("_shown", "_words")

    def __init__(self, raw: RawRecord, as_of: date) -> None:
        super().__init__(raw, as_of, rules.CELLS)
        self._words: dict[str, str] = {}
        self._shown: dict[str, str] | None = None

    @property
    def table(self) -> str:
        return self.raw.table

    @property
    def person(self) -> str:
        return self.text(person_column(self.table)) or self.text(OF_PERSON)

    def text(self, column: str) -> str:
        """The cell; empty for what the dataset writes where an item is not built yet."""
        text = super().text(column)
        return "" if text[:1] in "PpSs" and text.lower() in _PLACEHOLDERS else text

    def word(self, column: str) -> str:
        """A coded cell in words; empty for one that is empty or not of its list."""
        if column not in self._words:
            labels = _declared(self.table)[column].codes
            code = self.code(column, labels)
            self._words[column] = labels[code] if code else ""
        return self._words[column]

    def take_as(self, column: str, words: str) -> None:
        """A coded cell that is right and yet none of its list."""
        self._words[column] = words

    def is_yes(self, column: str) -> bool | None:
        if column not in self._words:
            said = None if self.text(column).upper() in ("NA", "N/A") else self.flag(column)
            self._words[column] = {True: "yes", False: "no", None: ""}[said]
        return {"yes": True, "no": False}.get(self._words[column])

    def day_of(self, column: str, *, is_needed: bool = False, may_lie_ahead: bool = False) -> date | None:
        day = self.day(column, may_lie_ahead=may_lie_ahead)
        if day is None and is_needed and not self.text(column):
            self.find(rules.NO_DAY, column, column=column)
        return day

    @property
    def tied_day(self) -> date | None:
        """The day of the row that this one belongs to."""
        day = date_of(self.text(OF_DAY), (ISO,))
        return day if isinstance(day, date) else None

    def period(self, start: str, end: str) -> tuple[date | None, date | None]:
        first, last = self.day_of(start, is_needed=True), self.day_of(end, may_lie_ahead=True)
        if first and last and last < first:
            self.find(rules.END_BEFORE_START, end, first=first, last=last)
            last = None
        return first, last

    def ended(self, end: str, reason: str) -> str:
        """Why it ended, in words; an end without reason and a reason without end are reported."""
        words = self.word(reason)
        day = self.text(end)
        if words and not day:
            self.find(rules.REASON_WITHOUT_END, reason, column=end)
        elif day and not self.text(reason):
            self.find(rules.END_WITHOUT_REASON, end, day=day[:10], column=reason)
        return words

    def outcomes(self, column: str, nothing_more: str = "") -> tuple[list[str], list[str], str]:
        """What came of it in words and in keys, and what somebody wrote about it."""
        words, keys, comment = self._outcomes(column)
        is_nothing = self.is_yes(nothing_more) if nothing_more else None
        others = [each for each in keys if not each.startswith("NFA")]
        if is_nothing and others:
            self.find(rules.FURTHER_ACTION, nothing_more)
        if is_nothing and not keys:
            words, keys = [OUTCOMES["NFA_FLAG"]], ["NFA_FLAG"]
        return words, keys, comment

    def _outcomes(self, column: str) -> tuple[list[str], list[str], str]:
        text = self.text(column)
        if not text:
            return [], [], ""
        if not text.startswith(("{", "[")):  # earlier versions of the dataset have the outcome in words
            return [text[0].lower() + text[1:]], [text], ""
        flags = self.json_object(column)
        keys = [key for key, value in flags.items() if key in OUTCOMES and not _is_no(value)]
        comment = " ".join(str(flags[key]) for key in _COMMENTS if not _is_no(flags.get(key)))
        return [OUTCOMES[key] for key in keys], keys, comment

    def json_object(self, column: str) -> Mapping[str, object]:
        """A JSON object, or a list of codes as an object of yeses."""
        text = self.text(column)
        if not text:
            return {}
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, list):
            return {str(each): "yes" for each in value if isinstance(each, str | int)}
        if not isinstance(value, dict):
            self.find(rules.NOT_JSON, column)
            return {}
        return value

    def yeses(self, column: str, labels: Mapping[str, str]) -> tuple[list[str], list[str]]:
        """The codes that a JSON cell says yes to, in words and as they stand."""
        given = [str(code).upper() for code, value in self.json_object(column).items() if not _is_no(value)]
        unknown = [code for code in given if code not in labels]
        if unknown:
            self.find(self.rules.code, column, codes=", ".join(sorted(labels)[:12]))
        codes = [code for code in given if code in labels]
        return [labels[code] for code in codes], codes

    def event(
        self,
        kind: EventKind,
        on: date | None,
        summary: str,
        *,
        part: str = "",
        until: date | None = None,
        is_open: bool = False,
        statement: StatementType = StatementType.FACT,
        sensitivity: EventSensitivity = EventSensitivity.ORDINARY,
        text: str = "",
        details: Mapping[str, str] | None = None,
    ) -> SourceEvent:
        """An event of the row's person with its codes as details. `part` tells several of a row apart."""
        number = self.text(row_number_column(self.table)) or str(on or "undated")
        parts = (
            (self.table.removeprefix("ssd_"), number, part)
            if part
            else (
                self.table.removeprefix("ssd_"),
                number,
            )
        )
        return SourceEvent(
            self.person,
            event_number(*parts, again=self.text(AGAIN)),
            kind,
            on,
            summary,
            precision=DatePrecision.DAY if on else DatePrecision.UNKNOWN,
            until=until,
            is_open=is_open,
            statement=statement,
            sensitivity=sensitivity,
            text=text,
            details={**self._codes_shown(), **(details or {})},
        )

    def _codes_shown(self) -> dict[str, str]:
        """The row's codes, yeses and counts by the column's name without its prefix."""
        if self._shown is None:
            self._shown = self._codes()
        return self._shown

    def _codes(self) -> dict[str, str]:
        given = {}
        for column in _told(self.table):
            value = self.text(column.name)
            if not value or (column.form == "code" and not self.word(column.name)):
                continue
            if column.form == "yes or no" and self.is_yes(column.name) is None:
                continue
            given[column.name.partition("_")[2]] = value
        return given


def _is_no(value: object) -> bool:
    return value is None or value is False or str(value).strip().lower() in _NO
