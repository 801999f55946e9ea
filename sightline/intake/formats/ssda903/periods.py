"""What a child's episodes say together: when looked after, since when, until when."""

from datetime import date
from itertools import pairwise

from sightline.intake.formats.ssda903 import codes
from sightline.intake.formats.ssda903.rows import Child, Row


def is_looked_after_on(child: Child, day: date) -> bool:
    return any(_lasts_on(row, day) for row in child.episodes)


def is_only_short_breaks(child: Child) -> bool:
    return bool(child.all("episodes")) and all(
        row["LS"] in codes.SHORT_BREAKS for row in child.all("episodes")
    )


def last_end(child: Child) -> date | None:
    """The day on which care ended, if the last episode did and nothing followed."""
    episodes = child.episodes
    if not episodes or episodes[-1]["REC"] in ("", codes.FOLLOWED):
        return None
    return episodes[-1].day("DEC")


def first_start(child: Child) -> date | None:
    """The day before which the child was not looked after, if the return shows it."""
    episodes = child.episodes
    return episodes[0].day("DECOM") if episodes and episodes[0]["RNE"] == "S" else None


def latest_start(child: Child) -> date | None:
    """When the latest period of care began, as far as the return shows."""
    started = [row.day("DECOM") for row in child.episodes if row["RNE"] == "S"]
    return started[-1] if started else None


def is_continuous(child: Child) -> bool | None:
    """Whether looked after all year to 31 March, short breaks apart; None if the year is not known."""
    if child.year is None:
        return None
    reached = child.year.start
    for row in child.episodes:
        start, end = row.day("DECOM"), row.day("DEC")
        if row["LS"] in codes.SHORT_BREAKS or start is None:
            continue
        if start > reached:
            return False
        reached = max(reached, end or child.year.end)
        if reached >= child.year.end:
            return True
    return False


def was_adopted(child: Child) -> bool:
    return any(row["REC"] in codes.ADOPTED for row in child.all("episodes"))


def pairs(child: Child) -> list[tuple[Row, Row]]:
    """Each episode with the one that began next."""
    episodes = child.episodes
    return list(pairwise(episodes))


def days_in_care(row: Row, child: Child) -> int | None:
    """How long the episode lasted; an open one up to the end of the year, if that is known."""
    start, end = row.day("DECOM"), row.day("DEC")
    if end is None and not row["DEC"] and child.year:
        end = child.year.end
    return (end - start).days if start and end and end >= start else None


def _lasts_on(row: Row, day: date) -> bool:
    start, end = row.day("DECOM"), row.day("DEC")
    return bool(start and start <= day and (end is None or end > day))
