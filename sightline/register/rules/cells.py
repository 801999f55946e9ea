"""Rules about one cell alone, made from the layout for every column. They look at the text as it stands."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import polars as pl

from sightline.register.layout import Column, File, Kind
from sightline.register.rules.rule import Rule, error, nearest_code, warning
from sightline.vocabulary.areas import AUTHORITIES

ISO_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
WHOLE_NUMBER = "^[0-9]{1,9}$"
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
_CONTROL_OR_LINE_END = r"[\x00-\x1f\x7f]"
_FORMULA = r"^[=+\-@\t]"
_BY_OLD_CODE = {each.old_code: each.code for each in AUTHORITIES.values() if each.operated_to is None}


def cell_rules(file: File) -> tuple[Rule, ...]:
    """Every rule on a single cell of the file, column by column."""
    return tuple(rule for column in file.columns for rule in _rules_of(file.name, column))


def as_date(cell: pl.Expr) -> pl.Expr:
    """The day, or null where the text is not a day written as 2022-03-31."""
    return pl.when(cell.str.contains(ISO_DATE)).then(cell).str.to_date("%Y-%m-%d", strict=False)


def _rules_of(file: str, column: Column) -> Iterator[Rule]:
    name, cell = f"{file}.{column.name}", pl.col(column.name)
    if column.is_required:
        yield error(
            f"{name}.empty", "The cell is empty; this column is needed.", cell.is_null(), column=column.name
        )
    yield error(
        f"{name}.too_long",
        f"The cell is longer than {column.longest:,} bytes, the most this column takes; shorten it.",
        cell.str.len_bytes() > column.longest,
        column=column.name,
    )
    yield from _RULES_OF_KIND[column.kind](name, column, cell)


def _like_text(name: str, column: Column, cell: pl.Expr) -> Iterator[Rule]:
    is_text = column.kind is Kind.TEXT
    yield (warning if is_text else error)(
        f"{name}.spaces",
        "There are spaces before or after the text; remove them." + (" They were kept." if is_text else ""),
        cell != cell.str.strip_chars(),
        column=column.name,
    )
    yield warning(
        f"{name}.formula",
        "The cell starts as a formula does (with =, +, -, @ or a tab); it was kept as text. "
        "Check what was meant.",
        cell.str.contains(_FORMULA),
        column=column.name,
        source="OWASP, CSV injection",
    )
    yield error(
        f"{name}.control_character",
        "There is a character in the cell that cannot be printed; remove it.",
        cell.str.contains(_CONTROL if is_text else _CONTROL_OR_LINE_END),
        column=column.name,
    )


def _date(name: str, column: Column, cell: pl.Expr) -> Iterator[Rule]:
    fits = cell.str.len_bytes() <= column.longest
    yield error(
        f"{name}.not_a_date",
        f"“{{{column.name}}}” is not a date.",
        fits & as_date(cell).is_null(),
        column=column.name,
        hint=_hint_on_date(column.name),
        hint_needs=(column.name,),
    )
    yield error(
        f"{name}.too_early",
        f"{{{column.name}}} cannot be right: it is before 1900. Correct the year.",
        as_date(cell).dt.year() < 1900,
        column=column.name,
    )
    if column.name != "date_of_birth":
        yield warning(
            f"{name}.long_ago",
            f"{{{column.name}}} is before 1990; check the year.",
            as_date(cell).dt.year().is_between(1900, 1989),
            column=column.name,
        )


def _hint_on_date(column: str) -> Callable[[Mapping[str, Any]], str]:
    def hint(row: Mapping[str, Any]) -> str:
        if re.fullmatch(ISO_DATE, row[column] or ""):
            return "There is no such day; correct it."
        return "Write it as year-month-day, for example 2022-03-31."

    return hint


def _whole_number(name: str, column: Column, cell: pl.Expr) -> Iterator[Rule]:
    fits = cell.str.len_bytes() <= column.longest
    yield error(
        f"{name}.not_a_whole_number",
        f"“{{{column.name}}}” is not a whole number; write it in digits alone, without a sign or a point.",
        fits & ~cell.str.contains(WHOLE_NUMBER),
        column=column.name,
    )
    yield warning(
        f"{name}.leading_zeros",
        "The number starts with a zero, which was left out; write it without.",
        cell.str.contains("^0[0-9]{1,8}$"),
        column=column.name,
    )


def _code(name: str, column: Column, cell: pl.Expr) -> Iterator[Rule]:
    def hint(row: Mapping[str, Any]) -> str:
        if near := nearest_code(row[column.name], column.codes):
            return f"Use “{near}” if that is what is meant."
        if len(column.codes) > 30:
            return "The layout lists the codes."
        return f"Use one of {', '.join(column.codes)}."

    yield error(
        f"{name}.unknown_code",
        "This is not one of the column's codes.",
        (cell.str.len_bytes() <= column.longest) & ~cell.is_in(column.codes),
        column=column.name,
        hint=hint,
        hint_needs=(column.name,),
    )


def _authority(name: str, column: Column, cell: pl.Expr) -> Iterator[Rule]:
    def hint(row: Mapping[str, Any]) -> str:
        code = row[column.name].strip().upper()
        if code in AUTHORITIES:
            return f"Write “{code}”."
        if code in _BY_OLD_CODE:
            return f"The nine-character code is “{_BY_OLD_CODE[code]}”."
        if code.startswith("E07"):
            return "It looks like a district's: use the code of its county."
        return "Use the nine characters that start with E."

    yield error(
        f"{name}.unknown_authority",
        "This is not the code of a local authority with children's services in England, past or present.",
        (cell.str.len_bytes() <= column.longest) & ~cell.is_in(column.codes),
        column=column.name,
        source="Department for Education, local authorities and their dates of operation",
        hint=hint,
        hint_needs=(column.name,),
    )


_RULES_OF_KIND: Mapping[Kind, Callable[[str, Column, pl.Expr], Iterator[Rule]]] = {
    Kind.IDENTIFIER: _like_text,
    Kind.TEXT: _like_text,
    Kind.DATE: _date,
    Kind.WHOLE_NUMBER: _whole_number,
    Kind.CODE: _code,
    Kind.AUTHORITY: _authority,
}
