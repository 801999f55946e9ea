"""Adoption as events: decided, matched, reversed, and an adoption before this care. All are protected."""

from collections.abc import Iterator
from datetime import date

from sightline.intake.formats.ssda903 import codes
from sightline.intake.formats.ssda903.rows import Child, Row, date_in
from sightline.intake.formats.ssda903.told import event, keyed, label, sentence
from sightline.intake.records import SourceEvent
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity


def from_adoption(number: str, row: Row, _: Child) -> Iterator[SourceEvent]:
    if row["DATE_INT"]:
        yield event(
            number,
            row,
            EventKind.ADOPTION,
            "adoption-decided",
            row.day("DATE_INT"),
            "Decided that the child should be placed for adoption.",
            sensitivity=EventSensitivity.PROTECTED,
        )
    if row.says("DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"):
        yield event(
            number,
            row,
            EventKind.ADOPTION,
            "adoption-matched",
            row.day("DATE_MATCH"),
            sentence(
                "Matched with adopters",
                ("", label(codes.ADOPTERS_SEX, row["SEX_ADOPTR"])),
                ("", label(codes.ADOPTERS_STATUS, row["LS_ADOPTR"])),
                ("former foster carer", codes.YES_NO.get(row["FOSTER_CARE"], "")),
            ),
            sensitivity=EventSensitivity.PROTECTED,
            columns=("FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"),
        )


def from_decision(number: str, row: Row, _: Child) -> Iterator[SourceEvent]:
    if row["DATE_PLACED"]:
        yield event(
            number,
            row,
            EventKind.ADOPTION,
            keyed("placement-decided", row, "DATE_PLACED"),
            row.day("DATE_PLACED"),
            "Decided that the child should be placed for adoption.",
            sensitivity=EventSensitivity.PROTECTED,
        )
    if row.says("DATE_PLACED_CEASED", "REASON_PLACED_CEASED"):
        yield event(
            number,
            row,
            EventKind.ADOPTION,
            keyed("placement-reversed", row, "DATE_PLACED"),
            row.day("DATE_PLACED_CEASED"),
            sentence(
                "Decided that the child should no longer be placed for adoption",
                ("", label(codes.DECISION_REVERSED, row["REASON_PLACED_CEASED"])),
            ),
            sensitivity=EventSensitivity.PROTECTED,
            columns=("REASON_PLACED_CEASED",),
        )


def from_permanence(number: str, row: Row, _: Child) -> Iterator[SourceEvent]:
    if row["PREV_PERM"] not in codes.PREVIOUS_PERMANENCE or row["PREV_PERM"] == "Z1":
        return
    on, precision = _partly_known(row)
    is_adoption = row["PREV_PERM"] == "P1"
    yield event(
        number,
        row,
        EventKind.ADOPTION if is_adoption else EventKind.LEGAL_STATUS,
        "previous-permanence",
        on,
        sentence("Had a permanent home before", ("", label(codes.PREVIOUS_PERMANENCE, row["PREV_PERM"]))),
        precision=precision,
        # The child or a school may not know, and where the order was made leads to the birth family.
        sensitivity=EventSensitivity.PROTECTED if is_adoption else EventSensitivity.ORDINARY,
        columns=("PREV_PERM", "LA_PERM"),
    )


def _partly_known(row: Row) -> tuple[date | None, DatePrecision]:
    """“zz/06/2014” is a month, “zz/zz/2014” a year."""
    if day := row.day("DATE_PERM"):
        return day, DatePrecision.DAY
    parts = row["DATE_PERM"].lower().replace(".", "/").replace("-", "/").split("/")
    if (
        len(parts) == 3
        and parts[0] == "zz"
        and (found := date_in(f"1/{parts[1].replace('zz', '1')}/{parts[2]}"))
    ):
        return found, DatePrecision.YEAR if parts[1] == "zz" else DatePrecision.MONTH
    return None, DatePrecision.UNKNOWN
