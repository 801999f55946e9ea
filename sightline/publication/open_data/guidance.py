"""`data-guidance.txt`: what a reader of the open data must know before using it."""

from collections.abc import Iterator, Sequence

from sightline.disclosure_control.policies import Policy
from sightline.publication.document.content import Document
from sightline.publication.open_data.data_sets import DataSet
from sightline.publication.open_data.observations import WHATEVER_DATE
from sightline.publication.symbols import meaning, symbols_of


def data_guidance(document: Document, data_sets: Sequence[DataSet], *, policy: Policy) -> bytes:
    return ("\n".join(_lines(document, data_sets, policy)) + "\n").encode()


def _lines(document: Document, data_sets: Sequence[DataSet], policy: Policy) -> Iterator[str]:
    yield document.title
    yield document.subtitle
    yield document.status.mark
    yield document.status.sentence
    if document.warning:
        yield document.warning
    if prefix := document.status.file_prefix:
        yield f"Every data file here is called {prefix}…, since the files themselves hold nothing but data."
    yield from ("", "How to read the files")
    yield "Each data file has a metadata file beside it: name.csv and name.meta.csv, in UTF-8."
    yield "The layout is that of explore education statistics: time, place, filters, then indicators."
    yield "Percentages are shares of the total of their column, to full precision."
    yield "A column “coverage” gives the days where a period is neither a financial nor a calendar year; its"
    yield "time columns name the year in which it ends."
    yield f"Where “coverage” is “{WHATEVER_DATE}”, the time columns name the"
    yield "year of this release, because the layout has no time for what has none."
    yield "Files in the folder sin-2026 have the names and columns of the department's own releases."
    yield f"Disclosure control: {policy.name}: {policy.title}"
    yield from ("", "Symbols")
    yield from (f"{symbol.value}  {meaning(symbol)}" for symbol in symbols_of(policy))
    for data_set in data_sets:
        yield from ("", data_set.data_path, data_set.title, f"Holds: {data_set.about}.")
        if "coverage" in data_set.columns:
            yield f"Covers: {data_set.rows[0].values[data_set.columns.index('coverage')]}"
        yield f"Rows: {len(data_set.rows)}"
        for each in data_set.filters:
            yield f"Filter {each.name}: {each.label}"
        for indicator in data_set.indicators:
            yield f"Indicator {indicator.name}: {indicator.label}"
