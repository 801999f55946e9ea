"""Which safeguarding partnership a case belongs to while no rapid review says so.

A notification names an authority, a rapid review a partnership. There is no national table from one to the
other and partnerships merge and rename, so the register itself is asked: the partnership of an authority is
the one named on the latest review of a notification that this authority made.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple


class NamedOnReview(NamedTuple):
    authority: str | None
    partnership: str | None
    received_on: date | None
    review_id: str


def partnership_of_each_authority(reviews: Iterable[NamedOnReview]) -> Mapping[str, str]:
    """By authority code. The reference settles a tie of dates, so that the order of rows does not matter."""
    latest: dict[str, tuple[tuple[date, str], str]] = {}
    for review in reviews:
        if review.authority and review.partnership:
            when = (review.received_on or date.min, review.review_id)
            if review.authority not in latest or latest[review.authority][0] < when:
                latest[review.authority] = (when, review.partnership)
    return {authority: name for authority, (_, name) in latest.items()}
