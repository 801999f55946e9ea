"""What a rule is: an identity, a severity, a source, a sentence, and where it can, an expression."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

import polars as pl

from sightline.register.layout import LAYOUT_1
from sightline.vocabulary.findings import Severity

LAYOUT = "Register files, layout 1"
_DATE_LIKE = re.compile(r"[0-9][0-9./: TZ-]{0,24}", re.ASCII)
_CODES = frozenset(code for file in LAYOUT_1.values() for column in file.columns for code in column.codes)
_REFERENCE_LIKE = re.compile(r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9._/:-]{0,59}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that can be wrong with a row.

    `broken` is true for the rows at fault, over the file's columns and those joined to it by
    `register.checking` (named “file.column”). A rule runs only where every column it names is there.
    `sentence` says what is wrong and how to mend it; “{column}” stands for the row's value, which is
    shown only if it looks like a date, a number, a code or a reference (never free text). `hint` adds to
    the sentence what depends on the row.
    """

    id: str
    severity: Severity
    sentence: str
    broken: pl.Expr
    column: str = ""
    source: str = LAYOUT
    hint: Callable[[Mapping[str, Any]], str] | None = None
    hint_needs: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        return self.id.partition(".")[0]

    @property
    def needs(self) -> frozenset[str]:
        return frozenset(self.broken.meta.root_names()) | set(self.shows)

    @property
    def shows(self) -> tuple[str, ...]:
        """The columns whose values the sentence uses."""
        return (*re.findall(r"{([\w.]+)}", self.sentence), *self.hint_needs)

    def sentence_for(self, row: Mapping[str, Any]) -> str:
        said = re.sub(r"{([\w.]+)}", lambda match: shown(row[match[1]]), self.sentence)
        extra = self.hint(row) if self.hint else ""
        return f"{said} {extra}" if extra else said


def error(id: str, sentence: str, broken: pl.Expr, **more: Any) -> Rule:  # noqa: A002
    return Rule(id=id, severity=Severity.ERROR, sentence=sentence, broken=broken, **more)


def warning(id: str, sentence: str, broken: pl.Expr, **more: Any) -> Rule:  # noqa: A002
    return Rule(id=id, severity=Severity.WARNING, sentence=sentence, broken=broken, **more)


def shown(value: Any) -> str:
    """A value as a sentence may repeat it. Text that could be somebody's words or name is not repeated."""
    if value is None:
        return "(empty)"
    if isinstance(value, int | date):
        return str(value)
    text = str(value)
    is_known = text in _CODES or _DATE_LIKE.fullmatch(text) or _REFERENCE_LIKE.fullmatch(text)
    return text if is_known else "(not shown)"


def nearest_code(value: str, codes: tuple[str, ...]) -> str:
    """The code that was probably meant, or nothing."""
    folded = re.sub(r"[\s-]+", "_", value.strip()).casefold()
    by_folded = {code.casefold(): code for code in codes}
    close = get_close_matches(folded, by_folded, n=1, cutoff=0.75)
    return by_folded[close[0]] if close else ""


def not_before(
    id: str,  # noqa: A002
    *,
    later: str,
    earlier: str,
    what: str,
    severity: Severity = Severity.ERROR,
    source: str = LAYOUT,
) -> Rule:
    """`later` may not come before `earlier`; `what` says so of this row, with both dates."""
    return Rule(
        id=id,
        severity=severity,
        column=later,
        sentence=f"{what}; correct whichever date is wrong.",
        broken=pl.col(later) < pl.col(earlier),
        source=source,
    )
