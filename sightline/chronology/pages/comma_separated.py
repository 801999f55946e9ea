"""A chronology as CSV, one row an account, that no spreadsheet will run as a formula."""

import csv
from io import StringIO

from sightline.chronology.entries import Chronology
from sightline.chronology.pages.columns import CSV_COLUMNS, csv_rows

STARTS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
SPACE_THAT_STARTS_ONE = ("\t", "\r", "\n")
MARK = "'"
"""Put before a cell that would start a formula, and taken away again when the file comes back."""


def as_csv(chronology: Chronology) -> str:
    """With a byte order mark, because spreadsheets read UTF-8 only with one."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    names = [column.name for column in CSV_COLUMNS]
    writer.writerow(names)
    for row in csv_rows(chronology):
        writer.writerow([harmless(row.cell(name)) for name in names])
    return "\ufeff" + file.getvalue()


def harmless(cell: str) -> str:
    """A mark before what starts a formula, and before a mark that stands before one already."""
    bare = cell
    while bare != (shorter := bare.lstrip().lstrip(MARK)):
        bare = shorter
    starts_one = cell.startswith(SPACE_THAT_STARTS_ONE) or bare.startswith(STARTS_A_FORMULA)
    return MARK + cell if starts_one else cell


def as_it_was(cell: str) -> str:
    """What `harmless` was given."""
    return cell[1:] if cell.startswith(MARK) and harmless(cell[1:]) == cell else cell
