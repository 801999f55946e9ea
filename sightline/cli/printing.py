"""Rows on standard output: as a table for a person, CSV for a program, JSON for either."""

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence

from sightline.cli.options import Format

Row = Mapping[str, object]


def print_rows(rows: Iterable[Row], *, columns: Sequence[str], form: Format, title: str = "") -> None:
    """Print every row's `columns`; a value that is None is an empty cell."""
    if form is Format.CSV:
        _print_csv(rows, columns)
    elif form is Format.JSON:
        json.dump([dict(row) for row in rows], sys.stdout, indent=1, ensure_ascii=False, default=str)
        sys.stdout.write("\n")
    else:
        _print_table(rows, columns, title)


def _print_csv(rows: Iterable[Row], columns: Sequence[str]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if row.get(column) is None else row[column] for column in columns])


def _print_table(rows: Iterable[Row], columns: Sequence[str], title: str) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=escape(title), title_justify="left", box=None, pad_edge=False, header_style="bold")
    listed = [{column: row.get(column) for column in columns} for row in rows]
    for column in columns:
        is_number = all(isinstance(row[column], int | float | None) for row in listed)
        table.add_column(column.replace("_", " "), justify="right" if is_number else "left", overflow="fold")
    for row in listed:
        table.add_row(*("" if value is None else escape(str(value)) for value in row.values()))
    # A pipe has no width; a narrow guess would fold every row.
    Console(width=None if sys.stdout.isatty() else 160).print(table)
