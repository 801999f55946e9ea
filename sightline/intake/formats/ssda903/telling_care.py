"""A child's time in care as events: episodes, reviews, missing episodes, workers, orders."""

from collections.abc import Iterator

from sightline.intake.formats.ssda903 import codes
from sightline.intake.formats.ssda903.rows import Child, Row, date_in
from sightline.intake.formats.ssda903.told import event, keyed, label, sentence
from sightline.intake.records import SourceEvent
from sightline.vocabulary.events import EventKind, EventSensitivity

_LEGAL_STATUS_BEGINS = frozenset({"S", "L", "B", "U"})
_PLACEMENT_BEGINS = frozenset({"S", "P", "T", "B", "U"})


def from_episode(number: str, row: Row, child: Child) -> Iterator[SourceEvent]:
    start, end, reason = row.day("DECOM"), row.day("DEC"), row["RNE"]
    is_open = is_still_open(row)
    protection = EventSensitivity.PROTECTED if tells_of_adoption(row) else EventSensitivity.ORDINARY
    legal, placement = label(codes.LEGAL_STATUS, row["LS"]), label(codes.PLACEMENT, row["PLACE"])
    provider = label(codes.PROVIDER, row["PLACE_PROVIDER"])
    yield event(
        number,
        row,
        EventKind.LOOKED_AFTER,
        keyed("episode", row, "DECOM"),
        start,
        sentence(
            "Looked after",
            ("", label(codes.REASON_FOR_EPISODE, reason)),
            ("legal status", legal),
            ("need", label(codes.NEED, row["CIN"])),
            ("placement", placement),
            ("ended", label(codes.END_OF_EPISODE, row["REC"]) if row["REC"] != codes.FOLLOWED else ""),
        ),
        until=end,
        is_open=is_open,
        sensitivity=protection,
        columns=("RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "REC"),
    )
    # The next two begin with this episode, but may outlast it: their end is for whoever sees all episodes.
    if row["LS"] and (reason in _LEGAL_STATUS_BEGINS or reason not in codes.REASON_FOR_EPISODE):
        yield event(
            number,
            row,
            EventKind.LEGAL_STATUS,
            keyed("legal-status", row, "DECOM"),
            start,
            sentence("Legal status", ("", legal)),
            is_open=is_open,
            sensitivity=EventSensitivity.PROTECTED
            if row["LS"] in {"D1", "E1"}
            else EventSensitivity.ORDINARY,
            columns=("LS",),
        )
    if row["PLACE"] and (reason in _PLACEMENT_BEGINS or reason not in codes.REASON_FOR_EPISODE):
        yield event(
            number,
            row,
            EventKind.PLACEMENT,
            keyed("placement", row, "DECOM"),
            start,
            sentence("Placement", ("", placement), ("provider", provider)),
            is_open=is_open,
            sensitivity=protection,
            columns=("PLACE", "PLACE_PROVIDER", "PL_POST", "URN"),
        )
    if row["REASON_PLACE_CHANGE"] in codes.PLACEMENT_CHANGE and row["DEC"]:
        yield event(
            number,
            row,
            EventKind.PLACEMENT,
            keyed("placement-change", row, "DECOM"),
            end,
            sentence("Placement ended", ("", label(codes.PLACEMENT_CHANGE, row["REASON_PLACE_CHANGE"]))),
            sensitivity=protection,
            columns=("REASON_PLACE_CHANGE",),
        )
    if row["REC"] in codes.ADOPTED:
        yield event(
            number,
            row,
            EventKind.ADOPTION,
            keyed("adopted", row, "DECOM"),
            end,
            sentence("Care ended", ("", label(codes.END_OF_EPISODE, row["REC"]))),
            sensitivity=EventSensitivity.PROTECTED,
            columns=("REC",),
        )
    if row["REC"] == codes.DIED:
        yield event(number, row, EventKind.DEATH, "died-in-care", end, "Died in care (E2).", columns=("REC",))


def is_still_open(row: Row) -> bool:
    """Without an end, or with one still to come. An episode that has a reason for its end has ended."""
    if row["DEC"]:
        day = date_in(row["DEC"])
        return day is not None and day > row.as_of
    return not row["REC"]


def from_header(number: str, row: Row, _: Child) -> Iterator[SourceEvent]:
    if row["MOTHER"] == "1" or row.day("MC_DOB"):
        yield event(
            number,
            row,
            EventKind.OTHER,
            "mother",
            row.day("MC_DOB"),
            "Became a mother." if row.day("MC_DOB") else "Is a mother.",
            sensitivity=EventSensitivity.SENSITIVE,
            columns=("MOTHER", "MC_DOB"),
        )


def from_review(number: str, row: Row, _: Child) -> Iterator[SourceEvent]:
    yield event(
        number,
        row,
        EventKind.REVIEW,
        keyed("review", row, "REVIEW"),
        row.day("REVIEW"),
        sentence("Review of the child's care", ("", label(codes.PARTICIPATION, row["REVIEW_CODE"]))),
        columns=("REVIEW_CODE",),
    )


def from_missing(number: str, row: Row, _: Child) -> Iterator[SourceEvent]:
    what = label(codes.MISSING, row["MISSING"]) or "missing or away from placement"
    yield event(
        number,
        row,
        EventKind.MISSING_EPISODE,
        keyed("missing", row, "MIS_START", "MISSING"),
        row.day("MIS_START"),
        f"{what[0].upper()}{what[1:]}, while looked after.",
        until=row.day("MIS_END"),
        is_open=not row["MIS_END"],
        columns=("MISSING",),
    )


def from_asylum(number: str, row: Row, child: Child) -> Iterator[SourceEvent]:
    header = child.one("header")
    if "header" in child.known and not row["DUC"] and not (header and header["UASC"] == "1"):
        return
    ends = row.day("DUC")
    has_ceased = ends is not None and ends <= child.as_of
    yield event(
        number,
        row,
        EventKind.OTHER,
        "unaccompanied",
        None,
        "Unaccompanied asylum-seeking child.",
        until=ends if has_ceased else None,
        is_open=not has_ceased,
        sensitivity=EventSensitivity.SENSITIVE,
        columns=("DUC",),
    )


def from_social_worker(number: str, row: Row, _: Child) -> Iterator[SourceEvent]:
    yield event(
        number,
        row,
        EventKind.OTHER,
        keyed("social-worker", row, "SW_DECOM"),
        row.day("SW_DECOM"),
        sentence("Allocated social worker", ("", label(codes.SOCIAL_WORKER_CHANGE, row["SW_REASON"]))),
        until=row.day("SW_DEC"),
        is_open=not row["SW_DEC"],
        columns=("SW_ID", "SW_REASON"),
    )


def from_liberty(number: str, row: Row, _: Child) -> Iterator[SourceEvent]:
    yield event(
        number,
        row,
        EventKind.LEGAL_STATUS,
        keyed("deprived-of-liberty", row, "DOLO_START"),
        row.day("DOLO_START"),
        "Deprivation of liberty order.",
        until=row.day("DOLO_END"),
        is_open=not row["DOLO_END"],
        sensitivity=EventSensitivity.SENSITIVE,
    )


def tells_of_adoption(row: Row) -> bool:
    return row["PLACE"] in codes.ADOPTIVE or row["REC"] in codes.ADOPTED
