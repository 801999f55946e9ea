"""Tables that the report builds beside those of the release: agreement, change, context and symbols."""

from collections.abc import Iterator
from dataclasses import replace

from sightline.disclosure_control.safe import SafeFigure, SafeRelease, Symbol
from sightline.publication.document.content import Cell, HeadCell, Number, Row, TableBlock, Text
from sightline.publication.document.forms import FORMS
from sightline.publication.document.published_series import SERIES, SOURCE
from sightline.publication.document.report_tables import in_english_quotes
from sightline.publication.symbols import meaning, symbols_of
from sightline.statistics.tables import Statistic
from sightline.statistics.variables import VARIABLES
from sightline.vocabulary.periods import Period

FOLLOWED = (
    "panel.incidents_total",
    "panel.nature_death",
    "panel.nature_serious_harm",
    "panel.nature_other",
    "panel.children_total",
    "panel.index_child_under_12_months",
    "panel.reviews_neglect_experienced",
    "panel.family_known_to_social_care_yes",
    "panel.notified_within_5_wd",
    "panel.rapid_review_within_15_wd",
    "panel.lcspr_decision_yes",
    "department.notifications_total",
    "department.nature_death",
    "department.nature_serious_harm",
    "department.nature_other",
)
"""The figures that are followed from one year to the next, in the order in which they are printed."""

_KAPPA = "_cohens_kappa"
_AGREEMENT_COLUMNS = (
    ("Pairs of answers", "coders_agree", "base"),
    ("Both agree", "coders_agree", "percent"),
    ("Cohen's kappa", "cohens_kappa", "value"),
    ("Its 95% interval", "cohens_kappa", "interval"),
    ("Krippendorff's alpha", "krippendorffs_alpha", "value"),
    ("Gwet's AC1", "gwets_ac1", "value"),
)
"""Heading, figure and form of each column of the table of agreement."""


def annexes(safe: SafeRelease, previous: SafeRelease | None) -> dict[str, TableBlock]:
    """By the name that wording uses; a table that has no rows is not there."""
    built = [_published_series(), _symbols(safe), _agreement(safe), _rates(safe)]
    if previous is not None:
        built.append(_change_on_earlier(safe, previous))
    return {block.name: block for block in built if block.rows}


def _change_on_earlier(safe: SafeRelease, previous: SafeRelease) -> TableBlock:
    earlier, now = _period(previous), _period(safe)
    is_version = is_earlier_version(safe, previous)
    if is_version:
        name, caption = "revisions", "Numbers that differ from the earlier version of this report"
    else:
        name, caption = "change_on_earlier", "Change on the earlier release"
    return TableBlock(
        id=f"table-{name.replace('_', '-')}",
        number=0,
        caption=caption,
        row_head="Measure",
        head=(
            HeadCell("Earlier version" if is_version else _label(earlier)),
            HeadCell("This version" if is_version else _label(now)),
            HeadCell("Change"),
        ),
        rows=tuple(_changes(safe, previous, only_different=is_version)),
        name=name,
    )


def _changes(safe: SafeRelease, previous: SafeRelease, *, only_different: bool) -> Iterator[Row]:
    refs = safe.figures if only_different else FOLLOWED
    for ref in refs:
        now, before = safe.figures.get(ref), previous.figures.get(ref)
        if now is None or before is None or now.statistic is not Statistic.COUNT:
            continue
        if only_different and not _differs(before, now):
            continue
        unit = now.unit.many.capitalize()
        label = now.sentence if now.sentence.startswith(unit) else f"{unit}: {now.sentence}"
        earlier = _printed(before, "count")
        # The earlier number is that of another release, so it is not traced to a figure of this one.
        yield Row(
            label,
            (replace(earlier, spans=(Text(earlier.text),)), _printed(now, "count"), _difference(before, now)),
        )


def _differs(before: SafeFigure, now: SafeFigure) -> bool:
    """Whether readers see another number; one that either version withholds tells nobody that it changed."""
    is_withheld = Symbol.SUPPRESSED in (before.symbol, now.symbol)
    return not is_withheld and (now.value, now.symbol) != (before.value, before.symbol)


def _printed(figure: SafeFigure | None, form: str) -> Cell:
    text = FORMS[form].print(figure) if figure is not None and figure.symbol is None else None
    if figure is None or text is None:
        symbol = (figure.symbol if figure is not None else None) or Symbol.NOT_AVAILABLE
        return Cell((Text(str(symbol)),), symbol=symbol)
    return Cell((Number(figure.ref, form, text),))


def _difference(before: SafeFigure, now: SafeFigure) -> Cell:
    """Only between two numbers that are both shown: otherwise it would give the withheld one away."""
    if before.value is None or now.value is None:
        return Cell((Text(str(Symbol.NOT_AVAILABLE)),), symbol=Symbol.NOT_AVAILABLE)
    change = int(now.value - before.value)
    return Cell((Text(f"{change:+,}".replace("-", "−") if change else "0"),))


def _agreement(safe: SafeRelease) -> TableBlock:
    """How far two coders agreed on each question, in the year where it was counted."""
    kappas = [figure for figure in safe.figures.values() if figure.name.endswith(_KAPPA)]
    ways = {figure.way for figure in kappas}
    way = "panel" if "panel" in ways else "register"
    questions = [figure.name.removesuffix(_KAPPA) for figure in kappas if figure.way == way]
    return TableBlock(
        id="table-agreement",
        number=0,
        caption="Agreement of two coders, by question",
        row_head="Question",
        head=tuple(HeadCell(head) for head, _, _ in _AGREEMENT_COLUMNS),
        rows=tuple(
            Row(
                VARIABLES[question].label,
                tuple(
                    _printed(safe.figures.get(f"{way}.{question}_{name}"), form)
                    for _, name, form in _AGREEMENT_COLUMNS
                ),
            )
            for question in questions
        ),
        name="agreement",
        notes=("Answers of “not known” and “not applicable” are left out.",),
    )


def _rates(safe: SafeRelease) -> TableBlock:
    rates = [figure for figure in safe.figures.values() if figure.statistic is Statistic.RATE]
    return TableBlock(
        id="table-rates",
        number=0,
        caption="Rates, by what is counted and for how many children",
        row_head="What is counted",
        head=(HeadCell("Rate"), HeadCell("95% interval")),
        rows=tuple(
            Row(in_english_quotes(rate.sentence), (_printed(rate, "value"), _printed(rate, "interval")))
            for rate in rates
            # A rate of nothing says only that the question was always answered.
            if rate.value or not rate.name.startswith("nature_not_supplied")
        ),
        name="rates",
    )


def is_earlier_version(safe: SafeRelease, previous: SafeRelease | None) -> bool:
    """Whether the other release is of the same period, and so an earlier version of this one."""
    return previous is not None and _period(previous) == _period(safe)


def _period(safe: SafeRelease) -> Period | None:
    """The period that the release's incidents or notifications fall in; None for a register's figures."""
    focus = ("panel", "department")
    found = (t.population.period for t in safe.tables if t.population.way in focus)
    return next(found, None)


def _label(period: Period | None) -> str:
    return period.year_label if period else "The register"


def _published_series() -> TableBlock:
    return TableBlock(
        id="table-published-series",
        number=0,
        caption="Notifications in England as published by others, years to 31 March",
        row_head="Year to 31 March",
        head=(
            HeadCell("Total"),
            HeadCell("Child death"),
            HeadCell("Serious harm"),
            HeadCell("Other"),
            HeadCell("What to know before comparing", is_numeric=False),
        ),
        rows=tuple(
            Row(str(year.ending), (*map(_published, year.counts), Cell((Text(year.note),), is_numeric=False)))
            for year in SERIES
        ),
        name="published_series",
        source=SOURCE,
    )


def _published(count: int | None) -> Cell:
    if count is None:
        return Cell((Text(str(Symbol.NOT_AVAILABLE)),), symbol=Symbol.NOT_AVAILABLE)
    return Cell((Text(f"{count:,}"),))


def _symbols(safe: SafeRelease) -> TableBlock:
    return TableBlock(
        id="table-symbols",
        number=0,
        caption="Symbols used in tables and data",
        row_head="Symbol",
        head=(HeadCell("Meaning", is_numeric=False),),
        rows=tuple(
            Row(symbol.value, (Cell((Text(meaning(symbol).capitalize()),), is_numeric=False),))
            for symbol in symbols_of(safe.policy)
        ),
        name="symbols",
    )
