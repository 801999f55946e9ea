"""How sensitive every stored field is and how long it is kept. Each room has its own table.

No national retention period for safeguarding reviews was found (the Information Commissioner's guide sets
none), so nothing is removed by itself: a class says what a person is asked when its review comes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sightline.vocabulary.codes import Code


class Sensitivity(Code):
    """What a field can tell about a person. A dead child's data is treated as a living child's."""

    ORDERING = "ordering", "Says nothing about anybody: a number, a place in a file"
    CASE = "case", "About a case; with other fields it can point to a child"
    CHILD = "child", "About a child: personal, often special category data"
    FREE_TEXT = "free_text", "Written freely, so it can hold anything; treated as about a child"
    WORKER = "worker", "Names somebody at work on the case"


class Retention(Code):
    """How long it is kept."""

    CASE_RECORD = "case_record", "With its case; a named person is asked once the case's period ends"
    AS_NOTIFIED = "as_notified", "With its case, and never changed before"
    EXTRACT = (
        "extract",
        "With its extract; a named person is asked once a later one has replaced it",
    )
    RECORD_OF_ACTS = "record_of_acts", "For ever: it holds no case data and proves the rest"


@dataclass(frozen=True, slots=True)
class Kept:
    """One stored model: every one of its fields under its sensitivity, and how long its rows are kept."""

    retention: Retention
    fields: Mapping[Sensitivity, tuple[str, ...]]

    def sensitivity(self, field: str) -> Sensitivity:
        return next(level for level, names in self.fields.items() if field in names)


CLASSIFICATION: Mapping[str, Kept] = {
    "Act": Kept(
        Retention.RECORD_OF_ACTS,
        {
            Sensitivity.ORDERING: ("id", "at", "act", "fields", "thing_kind"),
            Sensitivity.CASE: ("thing_id",),
            Sensitivity.FREE_TEXT: ("why",),
            Sensitivity.WORKER: ("by",),
        },
    ),
}
