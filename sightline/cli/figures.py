"""`sightline figures`: working figures for an analyst's screen. Raw, and never for release."""

from typing import TYPE_CHECKING, Annotated

import typer

from sightline.cli.options import (
    Counting,
    DataFrom,
    Format,
    From,
    Rates,
    To,
    a_period,
    area_base,
    check_window,
)

if TYPE_CHECKING:
    from sightline.statistics.tables import Figure

NOT_FOR_RELEASE = "not for release"
BOUND_DECIMALS = 2
EXPECTED_COLUMNS = ("figure", "way_of_counting", "count", "base", "percent_rounded")


def figures(
    first: From,
    last: To,
    counting: Annotated[Counting, typer.Option(help="Which way of counting.")] = Counting.ALL,
    data_from: DataFrom = None,
    by: Annotated[
        list[str] | None,
        typer.Option(metavar="DIMENSION", help="Cross every figure by this; give it twice to cross two."),
    ] = None,
    rates: Rates = None,
    form: Annotated[Format, typer.Option("--format", help="How to print them.")] = Format.TABLE,
) -> None:
    """Count every measure. Working figures: unprotected, not for release.

    Example: sightline figures --counting panel --from 2022-04-01 --to 2023-03-31 --by region
    """
    period = a_period(first, last)
    check_window(data_from, period)
    from sightline.cli.database import open_for_reading
    from sightline.cli.printing import print_rows

    open_for_reading()
    from sightline.register.lookups import load_register
    from sightline.statistics.figures import UnknownDimension, count_figures

    dimensions = tuple(by or ())
    try:
        counted = count_figures(
            load_register(),
            counting=counting.value,
            period=period,
            data_from=data_from,
            by=dimensions,
            rates=area_base(rates),
        )
    except UnknownDimension as unknown:
        raise typer.BadParameter(str(unknown), param_hint="--by") from None
    print_rows(
        (row_of(figure) for figure in counted),
        columns=(*EXPECTED_COLUMNS, "missing", "low", "high", *dimensions, "status"),
        form=form,
        title=f"Working figures, {period.label}: {NOT_FOR_RELEASE}",
    )


def row_of(figure: "Figure") -> dict[str, object]:
    """A figure as one row: the columns that analysts compare by first, then what qualifies the number."""
    crossed = {variable: " or ".join(values) for variable, values in figure.by}
    return {
        "figure": figure.name,
        "way_of_counting": figure.way,
        "count": as_printed(figure.value),
        "base": figure.base,
        "percent_rounded": figure.percent_rounded,
        "missing": figure.missing,
        "low": None if figure.low is None else round(figure.low, BOUND_DECIMALS),
        "high": None if figure.high is None else round(figure.high, BOUND_DECIMALS),
        **crossed,
        "status": NOT_FOR_RELEASE,
    }


def as_printed(value: float | None) -> int | float | None:
    """Whole numbers without a point; a mean or a coefficient comes rounded to its own precision."""
    return int(value) if value is not None and float(value).is_integer() else value
