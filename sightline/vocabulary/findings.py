"""What is wrong with data, said as a value so that nothing is raised half way through a file."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error stops the import; a warning is for a person to read and lets it go on."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(slots=True, order=True, unsafe_hash=True)  # made for every row that is read; nobody changes one
class Place:
    """Where in a sender's files something was found.

    `line` is the physical line of the file on which the row starts (the header is line 1); 0 means the
    file as a whole. `column` is the column's name, empty where the row or the file as a whole is meant.
    """

    file: str
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts.append(f"line {self.line}")
        if self.column:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: which rule, where, how grave, and one sentence that says what and how to mend it.

    The sentence is shown to the sender and may name a code or a date; it never repeats free text, so
    that a finding can be printed and logged.
    """

    rule: str
    place: Place
    severity: Severity
    sentence: str

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR
