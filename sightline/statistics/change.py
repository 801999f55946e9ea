"""Change on an earlier period, and the breaks in the series that forbid reading one as a trend.

An interval and a percentage are given only where like is compared with like: the same measure, periods of
the same length, and no break between them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from dateutil.relativedelta import relativedelta

from sightline.statistics.intervals import wilson
from sightline.statistics.tables import Statistic
from sightline.vocabulary.periods import Period, in_words


class CountedFigure(Protocol):
    """What is read of a figure, raw or safe; a number that may not be seen is None."""

    @property
    def ref(self) -> str: ...
    @property
    def statistic(self) -> Statistic: ...
    @property
    def value(self) -> float | None: ...
    @property
    def base(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Break:
    """From this day on, what is counted is not what was counted before.

    `ways` and `beginnings` say which figures it touches: the ways of counting, and how the figures' names
    begin (none given: all). `confirmed` is False where the sources show that it happened but not the day.
    """

    on: date
    what: str
    source: str
    ways: tuple[str, ...] = ("panel", "panel_15_months", "department")
    beginnings: tuple[str, ...] = ()
    confirmed: bool = True

    def touches(self, ref: str) -> bool:
        way, _, name = ref.partition(".")
        return way in self.ways and (not self.beginnings or name.startswith(self.beginnings))


BREAKS = (
    Break(
        date(2018, 6, 29),
        "The duty to notify the national Panel began. Earlier notifications went to Ofsted and also covered "
        "deaths in regulated settings.",
        "Children Act 2004, section 16C, inserted by the Children and Social Work Act 2017, section 12",
    ),
    Break(
        date(2022, 4, 1),
        "Any notification may relate to more than one child. Before, a death was notified on a form for each "
        "child, so that one incident could have several notifications.",
        "Department for Education, Serious incident notifications: methodology, 2022 to 2023",
        ways=("department",),
    ),
    Break(
        date(2023, 4, 1),
        "More children are counted as affected by an incident: 1.07 an incident in 2020, 1.47 in the year to "
        "March 2024.",
        "Child Safeguarding Practice Review Panel, annual reports for 2020 and for 2023 to 2024",
        ways=("panel", "panel_15_months"),
        beginnings=("children_", "all_children_"),
        confirmed=False,
    ),
    Break(
        date(2025, 4, 1),
        "Sex is collected in place of gender, whose values included transgender.",
        "Department for Education, Serious incident notifications, reporting year 2026",
        ways=("department",),
        beginnings=("sex_", "death_sex_", "serious_harm_and_other_sex_"),
    ),
)
"""Dated and cited, earliest first."""


@dataclass(frozen=True, slots=True)
class Change:
    """From an earlier figure to a later one.

    `difference` and `percent` are of the counts; `points` is the difference of the shares in percentage
    points with its 95% interval. Each is None where it would compare unlike with unlike, or a number may
    not be seen; `words` says which and why.
    """

    ref: str
    difference: int | None
    percent: Decimal | None
    points: float | None
    low: float | None
    high: float | None
    breaks: tuple[Break, ...]
    words: str


def breaks_between(ref: str, *, earlier: Period, later: Period) -> tuple[Break, ...]:
    """The breaks that a comparison of the two periods steps over."""
    return tuple(each for each in BREAKS if earlier.first < each.on <= later.last and each.touches(ref))


def change(
    later: CountedFigure,
    earlier: CountedFigure,
    *,
    later_period: Period,
    earlier_period: Period,
    same_codebook: bool = True,
) -> Change:
    """The change of one count. Raises ValueError where the two are not the same measure or not counts.

    `same_codebook` False: the two periods were coded by different versions of the codebook.
    """
    if later.ref != earlier.ref:
        raise ValueError(f"{later.ref} cannot be compared with {earlier.ref}: they count different things.")
    if not later.statistic == earlier.statistic == Statistic.COUNT:
        raise ValueError(f"{later.ref} is not a count; its change is not worked out here.")
    breaks = breaks_between(later.ref, earlier=earlier_period, later=later_period)
    reasons = list(_unlike(breaks, earlier_period, later_period, same_codebook=same_codebook))
    if later.value is None or earlier.value is None:
        withheld = "One of the two numbers may not be seen."
        return Change(later.ref, None, None, None, None, None, breaks, " ".join([withheld, *reasons]))
    before, now = int(earlier.value), int(later.value)
    if reasons:
        return Change(later.ref, now - before, None, None, None, None, breaks, " ".join(reasons))
    percent = Decimal(100 * (now - before)) / before if before else None
    points, low, high = _difference_of_shares((now, later.base), (before, earlier.base))
    words = "" if before else "There was none before, so the change has no percentage."
    return Change(later.ref, now - before, percent, points, low, high, breaks, words)


def _unlike(breaks: Iterable[Break], earlier: Period, later: Period, *, same_codebook: bool) -> Iterable[str]:
    """Why the two periods are not alike, a sentence for each reason."""
    if _months(earlier) != _months(later):
        yield "The periods are not equally long."
    if not same_codebook:
        yield "The periods were coded by different versions of the codebook."
    for each in breaks:
        day = f"On {in_words(each.on)}" if each.confirmed else f"Around {in_words(each.on)}"
        yield f"{day} the series breaks: {each.what}"


def _months(period: Period) -> tuple[int, int]:
    """Whole months and days left over, so that leap years are as long as others."""
    length = relativedelta(period.last + relativedelta(days=1), period.first)
    return length.years * 12 + length.months, length.days


def _difference_of_shares(
    later: tuple[int, int | None], earlier: tuple[int, int | None]
) -> tuple[float | None, float | None, float | None]:
    """In percentage points, with Newcombe's interval made of two Wilson intervals (Newcombe 1998, Statistics
    in Medicine 17:873-890, method 10)."""
    (now, now_base), (before, before_base) = later, earlier
    if not now_base or not before_base:
        return None, None, None
    low, high = wilson([now, before], [now_base, before_base])
    p, q = 100 * now / now_base, 100 * before / before_base
    below = ((p - low[0]) ** 2 + (high[1] - q) ** 2) ** 0.5
    above = ((high[0] - p) ** 2 + (q - low[1]) ** 2) ** 0.5
    return p - q, float(p - q - below), float(p - q + above)
