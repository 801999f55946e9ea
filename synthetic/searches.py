"""What workers type when they look for a child: some of it wrong, and some children on nobody's file."""

from pathlib import Path

import numpy as np
import polars as pl

from synthetic.columns import blank, coded, dated, padded, strings
from synthetic.faults import Rates, labels, written
from synthetic.identifiers import scattered
from synthetic.names import TRADITIONS
from synthetic.people import People
from synthetic.places import Country, Index

_SHOWN = ("query_id", "forename", "surname", "date_of_birth", "sex", "postcode")
_TRUE = ("query_id", "person_id", "tradition", "twin", "errors")


def searches(
    people: People, rows: Index, country: Country, rates: Rates, rng: np.random.Generator, key: int,
    *, known: bool = True,
) -> pl.DataFrame:  # fmt: skip
    """One search for each row. `known` is whether the children are in the population."""
    record = written(people, rows, "search", country, rates, rng)
    person = padded(scattered(people.person[rows], 10**12, key + 30), 12)
    return pl.DataFrame(
        {
            "forename": strings(record.given),
            "surname": strings(record.surname),
            "date_of_birth": dated(record.born, "%Y-%m-%d"),
            "sex": coded(record.sex, ("M", "F", "")),
            "postcode": strings(record.postcode),
            "person_id": person if known else pl.Series([""] * rows.size, dtype=pl.String),
            "tradition": coded(people.tradition[rows], TRADITIONS),
            "twin": people.twin[rows].astype(np.int8),
            "errors": strings(labels(record.faults)),
        }
    )


def write_searches(asked: pl.DataFrame, out: Path) -> int:
    number = padded(scattered(np.arange(len(asked)), 10**12, 77), 12, "Q")
    asked = asked.with_columns(number.alias("query_id")).sort("query_id")
    blank(asked.select(_SHOWN)).write_csv(out / "queries.csv")
    blank(asked.select(_TRUE)).write_csv(out / "queries_truth.csv")
    return len(asked)
