"""What can be wrong with a file before any format is asked: the readers' own rules.

An error about a file raises `CannotBeRead`; an error about a row refuses that row.
"""

from collections.abc import Mapping

from sightline.intake.declaration import CannotBeRead, Rule
from sightline.vocabulary.findings import Place, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING


def _rules(*rules: tuple[str, Severity, str]) -> Mapping[str, Rule]:
    return {name: Rule(f"file.{name}", severity, sentence) for name, severity, sentence in rules}


RULES = _rules(
    ("empty", _ERROR, "The file is empty."),
    (
        "not_a_file",
        _ERROR,
        "This is no file that can be read: a folder, a pipe or a device, or you may not read it.",
    ),
    (
        "encoding",
        _WARNING,
        "The file is not UTF-8, so it was read as Windows-1252. Save it as UTF-8, and look whether accented "
        "letters in names came through.",
    ),
    (
        "encoding_unknown",
        _ERROR,
        "The file is neither UTF-8, UTF-16 with a byte order mark, nor Windows-1252. Save it as UTF-8.",
    ),
    (
        "nul_byte",
        _ERROR,
        "There is a NUL byte here, which text never has: the file is damaged, or it is UTF-16 without a byte "
        "order mark. Export it again as UTF-8.",
    ),
    (
        "long_line",
        _ERROR,
        "This line is longer than {limit:,} characters, so it is not a row of a table. Was the file "
        "exported in another format?",
    ),
    (
        "open_quote",
        _ERROR,
        "A quotation mark that opens in the row of this line is never closed, so that the rest of the file "
        "would be read as one cell. Close it, or double it where it is meant as a mark.",
    ),
    (
        "no_line_end",
        _WARNING,
        "The last line has no line end, so the file may be cut off there. Look whether its last row is whole "
        "and the last one of the export.",
    ),
    (
        "no_records",
        _WARNING,
        "The file holds no record at all. If the export went wrong, withdraw this extract and send the file "
        "again.",
    ),
    ("no_header", _ERROR, "There is no row with the names of the columns."),
    (
        "repeated_column",
        _ERROR,
        "Columns {first} and {second} have the same name in the header, so which is meant cannot be known. "
        "Rename or remove one.",
    ),
    (
        "unnamed_column",
        _WARNING,
        "Column {number} has no name in the header. It is kept as “column {number}” and not used.",
    ),
    (
        "cells",
        _ERROR,
        "The row has {found} cells where the header has {expected}. Put cells that hold a comma or a line "
        "break in quotation marks, and make sure that the row is whole.",
    ),
    (
        "header_again",
        _ERROR,
        "The row is the header once more, as where several exports were put into one file. It is no record.",
    ),
    (
        "blank_rows",
        _WARNING,
        "{count:,} rows hold nothing but empty cells, the first of them here. They were left out.",
    ),
    (
        "formula",
        _WARNING,
        "The cell begins as a formula would. It is kept as text here, but a spreadsheet may run it: take the "
        "sign away if it is not meant.",
    ),
    (
        "not_xml",
        _ERROR,
        "The file is cut off here, or it is not well-formed XML: nothing after this line can be trusted. "
        "Export it again.",
    ),
    (
        "xml_encoding",
        _ERROR,
        "The letters here are not in the encoding that the file's first line names. Export it as UTF-8.",
    ),
    (
        "doctype",
        _ERROR,
        "The file has a document type declaration, with which a file can reach for others or grow without "
        "end. No return needs one: remove it.",
    ),
    (
        "large_element",
        _ERROR,
        "The element that starts here holds more than {limit:,} elements, so it is not one record.",
    ),
    ("not_a_workbook", _ERROR, "The file is not an Excel workbook (.xlsx), or it is damaged: save it again."),
    (
        "old_workbook",
        _ERROR,
        "This is a workbook of an old or protected kind. Save it as .xlsx, without a password.",
    ),
    (
        "large_workbook",
        _ERROR,
        "Unpacked, the workbook would be too large ({what}): it is not what it seems, or it has to be sent "
        "in parts.",
    ),
    ("no_sheet", _ERROR, "There is no sheet “{sheet}” in the workbook."),
    (
        "external_links",
        _WARNING,
        "The workbook has links to other files. They are not followed: its cells count as saved.",
    ),
    ("macros", _WARNING, "The workbook holds macros. They are not run and not kept."),
    (
        "formula_without_value",
        _WARNING,
        "The cell {cell} holds a formula that was saved without its result, so it is read as empty. Open "
        "the workbook, let it calculate, and save it.",
    ),
    (
        "not_json",
        _ERROR,
        "The file is cut off, or it is not JSON: nothing from this line on can be read. Export it again.",
    ),
    (
        "json_no_text",
        _ERROR,
        "The file spells out a character that no text has, a NUL or one half of a pair, so it is damaged. "
        "Export it again as UTF-8.",
    ),
    (
        "json_long_text",
        _ERROR,
        "The file holds a text of more than {limit:,} characters, which no record has.",
    ),
    ("deep_json", _ERROR, "The file nests its values deeper than any record does, so it was not read."),
    (
        "large_json",
        _ERROR,
        "The file is larger than {limit:,} bytes, more than a single JSON value may be. Send it in parts, or "
        "as one record a line.",
    ),
)


def cannot_be_read(
    name: str, file: str, line: int = 0, in_column: str = "", **values: object
) -> CannotBeRead:
    return CannotBeRead(RULES[name].at(Place(file, line, in_column), **values))
