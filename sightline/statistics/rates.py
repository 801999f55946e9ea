"""Rates per 100,000 children and per 10,000 children in need, where a file of areas is given.

The file is a CSV with the header `area_code,period,children,children_in_need`: an area's code (E92000001 for
England, E12… for a region, E06…, E08…, E09… or E10… for an authority), the period as “2022-23” or as
“2022-04-01/2023-03-31”, and two whole numbers, either of which may be empty. Where England or a region has
no row, it is the sum of its authorities, if all of them have one.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from sightline.statistics.intervals import poisson
from sightline.statistics.tables import Figure, Statistic, Where, round_half_up
from sightline.vocabulary.areas import AUTHORITIES, Region, authorities_on
from sightline.vocabulary.periods import Period

ENGLAND = "E92000001"
_DECIMALS = 2
COLUMNS = ("area_code", "period", "children", "children_in_need")


class BadAreaBase(ValueError):
    """The file of areas cannot be used; the text says which line and why."""


@dataclass(frozen=True, slots=True)
class RateKind:
    column: str
    per: int
    suffix: str
    words: str


KINDS = (
    RateKind("children", 100_000, "per_100_000_children", "per 100,000 children"),
    RateKind("children_in_need", 10_000, "per_10_000_children_in_need", "per 10,000 children in need"),
)


@dataclass(frozen=True)
class AreaBase:
    """Children by area and period: `numbers` maps (area code, period, column) to a whole number."""

    numbers: Mapping[tuple[str, str, str], int]

    def number(self, area: str, *, period: Period, column: str) -> int | None:
        """The area's own number, or the sum over its authorities; None where any of them is missing."""
        own = self._own(area, period, column)
        if own is not None:
            return own
        parts = [self._own(each, period, column) for each in _authorities_in(area, period)]
        known = [part for part in parts if part is not None]
        return sum(known) if parts and len(known) == len(parts) else None

    def _own(self, area: str, period: Period, column: str) -> int | None:
        for name in (period.year_label, str(period)):
            if (area, name, column) in self.numbers:
                return self.numbers[area, name, column]
        return None


def _authorities_in(area: str, period: Period) -> list[str]:
    return [
        each.code for each in authorities_on(period.last) if area == ENGLAND or each.region.ons_code == area
    ]


def area_base_from(text: str) -> AreaBase:
    """Raises `BadAreaBase` for a header, a code, a number or a repeated line that cannot be used."""
    reader = csv.DictReader(text.removeprefix("\ufeff").splitlines(keepends=True), strict=True)
    try:
        return AreaBase(_numbers(reader))
    except csv.Error as unreadable:
        raise BadAreaBase(f"Line {reader.line_num + 1} cannot be read as CSV: {unreadable}.") from None


def _numbers(reader: "csv.DictReader[str]") -> dict[tuple[str, str, str], int]:
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise BadAreaBase(f"The file of areas has no column {missing[0]}; it needs {', '.join(COLUMNS)}.")
    numbers: dict[tuple[str, str, str], int] = {}
    for row in reader:
        for key, number in _numbers_of(row, line=reader.line_num):
            if key in numbers:
                raise BadAreaBase(f"Line {reader.line_num}: {key[0]} has two rows for {key[1]}; keep one.")
            numbers[key] = number
    return numbers


_AREAS = {ENGLAND, *(region.ons_code for region in Region), *AUTHORITIES}


def _numbers_of(row: Mapping[str, str | None], *, line: int) -> Iterator[tuple[tuple[str, str, str], int]]:
    area, period = (row["area_code"] or "").strip(), (row["period"] or "").strip()
    if area not in _AREAS:
        raise BadAreaBase(f"Line {line}: area_code is no code of England, a region or an authority.")
    if not period:
        raise BadAreaBase(f"Line {line}: period is empty; write it as 2022-23.")
    for kind in KINDS:
        text = (row[kind.column] or "").strip()
        if not text:
            continue
        if not (text.isascii() and text.isdigit()):
            raise BadAreaBase(f"Line {line}: {kind.column} must be a whole number without separators.")
        yield (area, period, kind.column), int(text)


def rates_of(figures: Iterable[Figure], *, areas: AreaBase, period: Period) -> tuple[Figure, ...]:
    """A rate for each count of all incidents or notifications, and of each nature, of England or of the
    region or authority that it is crossed by.

    The interval is the exact one of a Poisson count. Where the area has no number, or zero, there is no rate.
    """
    return tuple(
        rate
        for figure in figures
        if _has_a_rate(figure) and (area := _area_of(figure.by)) is not None
        for kind in KINDS
        if (rate := _rate(figure, kind, areas.number(area, period=period, column=kind.column))) is not None
    )


def _has_a_rate(figure: Figure) -> bool:
    whole = figure.name in ("incidents_total", "notifications_total") or figure.name.startswith("nature_")
    return whole and figure.way in ("panel", "department") and figure.statistic is Statistic.COUNT


def _area_of(by: Where) -> str | None:
    if not by:
        return ENGLAND
    if len(by) > 1:
        return None
    [(dimension, (value, *_))] = by
    if dimension == "region":
        return next((region.ons_code for region in Region if str(region) == value), None)
    return value if dimension == "authority" and value in AUTHORITIES else None


def _rate(figure: Figure, kind: RateKind, children: int | None) -> Figure | None:
    if not children or figure.value is None:
        return None
    low, high = poisson(int(figure.value))
    scale = kind.per / children
    return replace(
        figure,
        name=f"{figure.name}_{kind.suffix}",
        sentence=f"{figure.sentence}, {kind.words}",
        statistic=Statistic.RATE,
        value=float(round_half_up(Decimal(int(figure.value)) * kind.per / children, _DECIMALS)),
        base=children,
        missing=None,
        low=low * scale,
        high=high * scale,
        base_cell=None,
        missing_cell=None,
        base_sentence=f"{kind.column.replace('_', ' ').capitalize()} of the area in the period",
    )
