"""The forms in which a sentence may print a figure, and what each needs the sentence to say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sightline.disclosure_control.safe import SafeFigure
from sightline.publication.document.fractions_in_words import in_words
from sightline.statistics.tables import Statistic, round_half_up


@dataclass(frozen=True, slots=True)
class Form:
    """`print` gives the words, or None where the figure has no such value (a share of nothing).

    `statistics` are those it may be used for; `names_unit` says whether the sentence must name the unit.
    """

    print: Callable[[SafeFigure], str | None]
    statistics: tuple[Statistic, ...]
    names_unit: bool


def whole(number: float) -> str:
    """With a comma between thousands: “8,669”."""
    return f"{int(number):,}"


def decimals(number: float, places: int) -> str:
    return f"{round_half_up(Decimal(str(number)), places):,}"


def percent(figure: SafeFigure) -> str | None:
    """Whole, half up; a share that is there but rounds to nothing says so instead of “0%”."""
    if figure.percent_rounded is None:
        return None
    if figure.percent_rounded == 0 and figure.value:
        return "less than 1%"
    return f"{figure.percent_rounded}%"


_TWO_DECIMALS = (Statistic.COEFFICIENT, Statistic.RATE)


def _count(figure: SafeFigure) -> str | None:
    return None if figure.value is None else whole(figure.value)


def _value(figure: SafeFigure) -> str | None:
    if figure.value is None:
        return None
    if figure.statistic is Statistic.MINIMUM:
        return whole(figure.value)
    return decimals(figure.value, 2 if figure.statistic in _TWO_DECIMALS else 1)


def _base(figure: SafeFigure) -> str | None:
    return None if figure.base is None else whole(figure.base)


def _missing(figure: SafeFigure) -> str | None:
    return None if figure.missing is None else whole(figure.missing)


def _words(figure: SafeFigure) -> str | None:
    return None if figure.percent is None else in_words(figure.percent)


def _capital_words(figure: SafeFigure) -> str | None:
    words = _words(figure)
    return words and words[0].upper() + words[1:]


def _interval(figure: SafeFigure) -> str | None:
    if figure.low is None or figure.high is None:
        return None
    if figure.statistic in _TWO_DECIMALS:
        return f"{decimals(figure.low, 2)} to {decimals(figure.high, 2)}"
    return f"{decimals(figure.low, 0)}% to {decimals(figure.high, 0)}%"


def _unit(figure: SafeFigure) -> str | None:
    return None if figure.value is None else figure.unit.of(figure.value)


def _were(figure: SafeFigure) -> str | None:
    return None if figure.value is None else ("was" if figure.value == 1 else "were")


_COUNT = (Statistic.COUNT,)
_OTHERS = (Statistic.MEAN, Statistic.MINIMUM, Statistic.COEFFICIENT, Statistic.RATE)

FORMS: Mapping[str, Form] = {
    "count": Form(_count, _COUNT, names_unit=True),
    "percent": Form(percent, _COUNT, names_unit=True),
    "words": Form(_words, _COUNT, names_unit=True),
    "Words": Form(_capital_words, _COUNT, names_unit=True),
    "base": Form(_base, _COUNT, names_unit=True),
    "missing": Form(_missing, _COUNT, names_unit=True),
    "mean": Form(_value, (Statistic.MEAN,), names_unit=True),
    "value": Form(_value, _OTHERS, names_unit=True),
    "interval": Form(_interval, tuple(Statistic), names_unit=False),
    "unit": Form(_unit, tuple(Statistic), names_unit=False),
    "were": Form(_were, _COUNT, names_unit=False),
}
