"""What can be wrong with a folder or a whole file, and with a file beside the register it comes into."""

from dataclasses import dataclass

from sightline.vocabulary.findings import Severity


@dataclass(frozen=True, slots=True)
class FileRule:
    """`what` completes the rule's identity after the file's name: “incidents.missing_file”."""

    what: str
    severity: Severity
    sentence: str


def _error(what: str, sentence: str) -> FileRule:
    return FileRule(what, Severity.ERROR, sentence)


def _warning(what: str, sentence: str) -> FileRule:
    return FileRule(what, Severity.WARNING, sentence)


FOLDER_NOT_THERE = _error("not_there", "There is no folder of this name; check the path.")
NOT_A_FOLDER = _error(
    "not_a_folder", "This is a file; give the folder that holds the register's eight files."
)
FOLDER_NOT_READABLE = _error("not_readable", "The folder cannot be read; check its permissions.")
NOT_PART_OF_REGISTER = _warning(
    "file_not_read",
    "This file is no part of a register and was not read; remove it, or correct its name.{hint}",
)

MISSING_FILE = _error(
    "missing_file", "The file is not in the folder: all eight are needed, with a header row at least.{hint}"
)
NOT_A_FILE = _error("not_a_file", "This is not an ordinary file; put the CSV file itself in its place.")
NOT_READABLE = _error("not_readable", "The file cannot be read ({reason}); check its permissions.")
TOO_LARGE = _error("too_large", "The file is over {limit} GB; split the register into several.")
EMPTY_FILE = _error("empty_file", "The file is empty; it needs a header row at least.")
NOT_UTF_8 = _error("not_utf_8", "The file is in UTF-16; save it as “CSV UTF-8”.")
OLD_LINE_ENDS = _error("old_line_ends", "Lines end with a carriage return alone; save it with LF line ends.")

BYTE_ORDER_MARK = _warning(
    "byte_order_mark",
    "The file starts with a byte order mark, which was left out; save it as UTF-8 without one.",
)
CRLF = _warning("crlf", "Lines end with CR LF, which was read as LF; save the file with LF line ends.")
NO_FINAL_LINE_END = _warning(
    "no_final_line_end", "The last line has no line end; check that the file was not cut short."
)
BLANK_LINE = _warning("blank_line", "The line is empty and was passed over; remove it.")
NO_ROWS = _warning("no_rows", "The file has a header and no rows; check that this is meant.")

BAD_BYTES = _error(
    "bad_bytes",
    "There are bytes here that are not UTF-8 (the file looks like {looks_like}); save it as “CSV UTF-8”.",
)
NUL_BYTE = _error("nul_byte", "There is a NUL byte here; the file is damaged, so export it again.")
STRAY_CARRIAGE_RETURN = _error(
    "stray_carriage_return", "There is a carriage return in the middle of the row; remove it."
)
BROKEN_QUOTES = _error(
    "broken_quotes",
    "The quotes of this row do not pair up; enclose the whole cell in quotes, and double a quote inside it.",
)
TOO_MANY_CELLS = _error(
    "too_many_cells",
    "Cells in the row: {count}; in the header: {expected}. Enclose a cell that holds a comma in quotes.",
)
TOO_FEW_CELLS = _error(
    "too_few_cells",
    "Cells in the row: {count}; in the header: {expected}. Leave an empty cell where nothing is supplied.",
)

HEADER_NOT_READ = _error(
    "header_not_read", "The first line cannot be read as column names; write them out again."
)
NOT_COMMAS = _error("not_commas", "The cells are separated by {separator}; separate them by commas.")
NO_HEADER = _error(
    "no_header", "The first line names none of the file's columns; add the header row: {columns}."
)
MISSING_COLUMN = _error(
    "missing_column", "The column is missing; add it, with empty cells if nothing is known.{hint}"
)
REPEATED_COLUMN = _error("repeated_column", "The header names this column more than once; keep one of them.")
EXTRA_COLUMN = _warning(
    "extra_column",
    "Column {number} is not one of layout 1 and was not read; remove it, or correct its name.{hint}",
)
COLUMN_ORDER = _warning(
    "column_order",
    "The columns are not in the layout's order, and were read by name; the order is {columns}.",
)

# These compare a file with the register it comes into.
ROWS_KEPT = _warning(
    "rows_kept",
    "The register has {count} that this file does not have, {such_as}. Nothing is removed by an import.",
)
AS_NOTIFIED_DIFFERS = _error(
    "as_notified_differs",
    "{column} was notified as “{before}” and the file says “{after}”. What was notified is never "
    "overwritten: put it back, or import with the reason for a clerical correction, which keeps both.",
)
POSITION_OF_KEPT_CHILD = _error(
    "position_of_kept_child",
    "{kept} is in the register and not in this file, was kept, and has this position in the same incident; "
    "add its row with the position it is to have.",
)
