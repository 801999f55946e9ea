"""Every exit code, once: what it means, and which kind of error ends with it."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The number a command ends with. Printed in docs/reference/exit-codes.md."""

    meaning: str

    def __new__(cls, number: int, meaning: str) -> "ExitCode":
        member = int.__new__(cls, number)
        member._value_ = number
        member.meaning = meaning
        return member

    DONE = 0, "Done. Warnings alone do not change this."
    DATA_HAS_ERRORS = 1, "The data has errors. They are listed, and nothing was changed."
    WRONG_USE = 2, "The command was called wrongly: an unknown option, a date that is none, a missing name."
    REFUSED = 3, "Not allowed now, or not to this person. The sentence says why."
    NOT_FOUND = 4, "There is no such folder, register or partnership."
    DISCLOSURE_RISK = 5, "The release was refused: its own tables would reveal a hidden number."
    TEXT_NOT_BOUND = 6, "The report's wording holds a number that no figure stands behind."
    CANNOT_READ_OR_WRITE = (
        7,
        "A file, the disk or the database could not be read or written. Nothing is half-done.",
    )
    NOT_ANSWERED = 8, "A service that was asked did not answer. What it answered is kept; run it again."
    OUR_MISTAKE = (
        70,
        "Something Sightline did not foresee. Please report it with the reference that is printed.",
    )
    STOPPED = 130, "Stopped by Ctrl-C. Nothing is half-done."


def exit_code_of(error: BaseException) -> ExitCode:
    """The code for an error that reached the command line.

    Rooms are imported here, after the fact, so that a command that goes well never pays for it.
    """
    from django.db.utils import DatabaseError

    from sightline.cli.database import NothingHere
    from sightline.disclosure_control.protect import DisclosureRisk
    from sightline.intake.declaration import CannotBeRead
    from sightline.intake.mapping import MappingHasErrors
    from sightline.publication.document.markup import WordingError
    from sightline.vocabulary.decisions import Refusal

    table: tuple[tuple[type[BaseException], ExitCode], ...] = (
        (Refusal, ExitCode.REFUSED),
        (CannotBeRead, ExitCode.DATA_HAS_ERRORS),
        (MappingHasErrors, ExitCode.DATA_HAS_ERRORS),
        (DisclosureRisk, ExitCode.DISCLOSURE_RISK),
        (WordingError, ExitCode.TEXT_NOT_BOUND),
        (NothingHere, ExitCode.NOT_FOUND),
        (FileNotFoundError, ExitCode.NOT_FOUND),
        (NotADirectoryError, ExitCode.NOT_FOUND),
        (OSError, ExitCode.CANNOT_READ_OR_WRITE),
        (DatabaseError, ExitCode.CANNOT_READ_OR_WRITE),
        (KeyboardInterrupt, ExitCode.STOPPED),
    )
    return next((code for kind, code in table if isinstance(error, kind)), ExitCode.OUR_MISTAKE)
