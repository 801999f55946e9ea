"""An agency's own columns made those of a format, by a small TOML file that is checked like code.

format = "plain-health"
agency = "RJ1"                  # optional: the only agency for which it may be used
dates = "dd.mm.yyyy"            # optional: how their dates are written
encoding = "windows-1252"       # optional: otherwise found by itself
delimiter = ";"                 # optional: otherwise found by itself

[columns]                       # theirs = "ours"
"Patient No" = "record_id"

[codes.gender]                  # of our column: theirs = "ours"
"Male" = "1"
"""

import codecs
import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from sightline.intake.declaration import CannotBeRead, Column, Format, Rule
from sightline.intake.formats import all_formats
from sightline.intake.sources import Reshaping, Source
from sightline.vocabulary.decisions import Decision, allowed, refused
from sightline.vocabulary.findings import Finding, Place, Severity

LARGEST = 1 << 20
KEYS = ("format", "agency", "dates", "encoding", "delimiter", "columns", "codes")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "windows-1252", "cp1252", "iso-8859-1", "latin-1")
DELIMITERS = (",", ";", "\t", "|")


def _rule(name: str, sentence: str) -> Rule:
    return Rule(f"mapping.{name}", Severity.ERROR, sentence)


NOT_TOML = _rule("not_toml", "The mapping is not TOML from here on. Names with spaces need quotation marks.")
UNKNOWN_KEY = _rule("unknown_key", "A mapping has no “{key}”. It has {keys}.")
WRONG_KIND = _rule("wrong_kind", "“{key}” has to be {kind}.")
NO_FORMAT = _rule("no_format", 'Say which format the columns are mapped to: format = "…", one of {formats}.')
NO_COLUMNS = _rule("no_columns", 'Map at least one column under [columns]: "theirs" = "ours".')
UNKNOWN_COLUMN = _rule("unknown_column", "The format {format} has no column “{column}”.{hint}")
MAPPED_TWICE = _rule("mapped_twice", "“{column}” is mapped from two columns. Which of them is meant?")
MISSING_COLUMN = _rule(
    "missing_column", "No column is mapped to “{column}”, without which no record of {format} can be read."
)
NOT_CODED = _rule(
    "not_coded", "“{column}” holds no codes, so there is nothing to map under [codes.{column}]."
)
UNKNOWN_CODE = _rule("unknown_code", "“{code}” is no code of “{column}”. Its codes are {codes}.")
WRONG_DATES = _rule(
    "wrong_dates",
    '“{form}” is no form of dates: write day, month and year as in "dd.mm.yyyy" or "dd-mon-yyyy".',
)
NO_DATES = _rule("no_dates", "None of the mapped columns holds dates, so “dates” has no use.")
WRONG_CHOICE = _rule("wrong_choice", "“{key}” has to be one of {choices}.")
NOT_A_TABLE = _rule(
    "not_a_table", "A mapping is for tables of rows with a header (CSV), and this file is none."
)

RULES = (
    *(NOT_TOML, UNKNOWN_KEY, WRONG_KIND, NO_FORMAT, NO_COLUMNS, UNKNOWN_COLUMN, MAPPED_TWICE),
    *(MISSING_COLUMN, NOT_CODED, UNKNOWN_CODE, WRONG_DATES, NO_DATES, WRONG_CHOICE, NOT_A_TABLE),
)


class MappingHasErrors(Exception):
    """The mapping cannot be used. Carries every finding; its text is fit to be shown."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(f"{each.place}: {each.sentence}" for each in findings))
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """A mapping that passed its checks. `digest` tells one from another."""

    format: str
    agency: str
    reshaping: Reshaping
    digest: str

    def may_be_used(self, *, agency: str, format_name: str) -> Decision:
        if self.agency and self.agency != agency:
            return refused(f"This mapping is {self.agency}'s, and the extract is {agency}'s.", basis="intake")
        if format_name and format_name != self.format:
            return refused(
                f"This mapping leads to {self.format}, and --format says {format_name}.", basis="intake"
            )
        return allowed(basis="intake")


def read_mapping(path: Path) -> ColumnMap:
    """Raises `MappingHasErrors` with every fault found, `OSError` where there is no such file."""
    with path.open("rb") as file:
        content = file.read(LARGEST)
    return mapping_of(content, name=path.name, formats=all_formats())


def mapping_of(content: bytes, *, name: str, formats: Sequence[Format]) -> ColumnMap:
    try:
        text = content.decode("utf-8-sig")
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        found = re.search(r"at line (\d+)", str(error))
        raise MappingHasErrors([NOT_TOML.at(Place(name, int(found[1]) if found else 1))]) from None
    check = _Check(text, told, name, formats)
    if findings := list(check.findings()):
        raise MappingHasErrors(findings)
    return ColumnMap(
        format=told["format"],
        agency=told.get("agency", ""),
        reshaping=check.reshaping(),
        digest=hashlib.sha256(content).hexdigest(),
    )


def check_can_be_mapped(source: Source) -> None:
    """Raise `CannotBeRead` for a file that has no columns to be renamed."""
    if not source.csv_header():
        raise CannotBeRead(NOT_A_TABLE.at(Place(source.name)))


class _Check:
    def __init__(self, text: str, told: Mapping[str, Any], name: str, formats: Sequence[Format]) -> None:
        self.lines = text.splitlines()
        self.told = told
        self.name = name
        self.formats = {each.name: each for each in formats}
        form = told.get("format")
        self.form = self.formats.get(form) if isinstance(form, str) else None
        tables = self.form.tables if self.form else ()
        self.ours: dict[str, Column] = {each.name: each for table in tables for each in table.columns}

    def findings(self) -> Iterator[Finding]:
        for key in self.told:
            if key not in KEYS:
                yield UNKNOWN_KEY.at(self.place(key), key=_shown(key), keys=", ".join(KEYS))
        wrong = list(self._wrong_kinds())
        yield from wrong
        if self.form is None:
            yield NO_FORMAT.at(self.place("format"), formats=", ".join(self.formats))
        elif not wrong:
            columns = list(self._columns())
            yield from columns
            yield from self._codes()
            yield from self._dates(columns_are_right=not columns)
        if not wrong:
            yield from self._choices()

    def _wrong_kinds(self) -> Iterator[Finding]:
        for key in ("format", "agency", "dates", "encoding", "delimiter"):
            if not isinstance(self.told.get(key, ""), str):
                yield WRONG_KIND.at(self.place(key), key=key, kind="text in quotation marks")
        for key, inner in (("columns", self.told.get("columns", {})), *self._code_tables()):
            if not isinstance(inner, dict) or not all(isinstance(each, str) for each in inner.values()):
                yield WRONG_KIND.at(self.place(key), key=key, kind='a table of "theirs" = "ours"')

    def _code_tables(self) -> list[tuple[str, Any]]:
        codes = self.told.get("codes", {})
        if not isinstance(codes, dict):
            return [("codes", None)]
        return [(f"codes.{column}", inner) for column, inner in codes.items()]

    def _columns(self) -> Iterator[Finding]:
        assert self.form
        columns = self.told.get("columns", {})
        if not columns:
            yield NO_COLUMNS.at(self.place("columns"))
            return
        seen: set[str] = set()
        for theirs, ours in columns.items():
            if ours not in self.ours:
                yield UNKNOWN_COLUMN.at(
                    self.place(theirs), format=self.form.name, column=_shown(ours), hint=self._hint(ours)
                )
            elif ours in seen:
                yield MAPPED_TWICE.at(self.place(theirs), column=ours)
            seen.add(ours)
        if len(self.form.tables) == 1:
            for column in self.ours.values():
                if column.is_required and column.name not in seen and column.name not in columns:
                    yield MISSING_COLUMN.at(self.place("columns"), column=column.name, format=self.form.name)

    def _hint(self, column: str) -> str:
        close = get_close_matches(column.lower(), self.ours, n=1, cutoff=0.6)
        return f" Is “{close[0]}” meant?" if close else f" It has {', '.join(self.ours)}."

    def _codes(self) -> Iterator[Finding]:
        assert self.form
        for column, codes in self.told.get("codes", {}).items():
            place = self.place(f"codes.{column}")
            if column not in self.ours:
                yield UNKNOWN_COLUMN.at(
                    place, format=self.form.name, column=_shown(column), hint=self._hint(column)
                )
            elif not self.ours[column].codes:
                yield NOT_CODED.at(place, column=column)
            else:
                known = self.ours[column].codes
                for theirs, ours in codes.items():
                    if ours not in known:
                        yield UNKNOWN_CODE.at(
                            self.place(theirs, after=place.line),
                            code=_shown(ours),
                            column=column,
                            codes=", ".join(known),
                        )

    def _dates(self, *, columns_are_right: bool) -> Iterator[Finding]:
        if form := self.told.get("dates", ""):
            if not _strptime_form(form):
                yield WRONG_DATES.at(self.place("dates"), form=_shown(form))
            elif columns_are_right and not self._date_columns():
                yield NO_DATES.at(self.place("dates"))

    def _choices(self) -> Iterator[Finding]:
        encoding = self.told.get("encoding", "")
        if encoding and encoding.lower() not in ENCODINGS:
            yield WRONG_CHOICE.at(self.place("encoding"), key="encoding", choices=", ".join(ENCODINGS))
        if self.told.get("delimiter", ",") not in DELIMITERS:
            yield WRONG_CHOICE.at(self.place("delimiter"), key="delimiter", choices='",", ";", "|" and "\\t"')

    def _date_columns(self) -> list[str]:
        mapped = {*self.told.get("columns", {}).values(), *self.told.get("columns", {})}
        return [
            name for name, column in self.ours.items() if name in mapped and column.form.startswith("date")
        ]

    def reshaping(self) -> Reshaping:
        form = _strptime_form(self.told.get("dates", ""))
        encoding = self.told.get("encoding", "")
        return Reshaping(
            columns=self.told["columns"],
            codes=self.told.get("codes", {}),
            dates=dict.fromkeys(self._date_columns(), form) if form else {},
            encoding=codecs.lookup(encoding).name if encoding else "",
            delimiter=self.told.get("delimiter", ""),
        )

    def place(self, key: str, *, after: int = 0) -> Place:
        """The line on which a key or a table stands; the file as a whole where it is not found."""
        plain = re.escape(key)
        wanted = re.compile(
            rf"""\s*(?:\[\s*{plain}\s*\]|\[\s*codes\s*\.\s*["']?{plain}|["']?{plain}["']?\s*=)"""
        )
        for line, text in enumerate(self.lines, start=1):
            if line > after and wanted.match(text):
                return Place(self.name, line)
        return Place(self.name)


_DATE_WORDS = {
    "yyyy": "%Y",
    "mon": "%b",
    "mmm": "%b",
    "month": "%B",
    "mm": "%m",
    "m": "%m",
    "dd": "%d",
    "d": "%d",
}


def _strptime_form(form: str) -> str:
    """“dd.mm.yyyy” as `strptime` has it; empty where a day, a month or a year is missing or said twice."""
    words = re.findall(r"[a-z]+", form.lower())
    if not re.fullmatch(r"[a-z]+[-/. ]?[a-z]+[-/. ]?[a-z]+", form.lower()):
        return ""
    if len(words) == 1:  # without separators: ddmmyyyy
        words = re.findall(r"yyyy|mon|mmm|mm|dd", form.lower())
        if "".join(words) != form.lower():
            return ""
    if any(word not in _DATE_WORDS for word in words):
        return ""
    if sorted(_DATE_WORDS[word].lower() for word in words) not in (["%d", "%m", "%y"], ["%b", "%d", "%y"]):
        return ""
    marks = re.findall(r"[-/. ]", form)
    parts = [_DATE_WORDS[word] for word in words]
    return parts[0] + "".join(mark + part for mark, part in zip(marks or ["", ""], parts[1:], strict=True))


def _shown(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
