"""One hash for the rows of each population, so that a figure can be traced to what it was counted from.

The hash is published. Somebody could guess the content of a few rows and try every guess against it, so a
population has one only if it is too large for that; the others are traced to the input files, whose
identifiers nobody outside can guess.
"""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

import polars as pl

from sightline.register.tables import Register
from sightline.statistics.facts import build_facts
from sightline.statistics.tables import Population
from sightline.vocabulary.periods import Period

FEWEST_ROWS = 100
"""Our choice: with two guesses for each of 100 rows there are already more tables than can be tried."""


def population_name(population: Population) -> str:
    """“panel incidents 2022-04-01/2023-03-31”."""
    period = f" {population.period}" if population.period else ""
    return f"{population.way} {population.rows}{period}"


def row_hashes(
    register: Register, *, counting: str, period: Period, data_from: date | None = None
) -> Mapping[str, str]:
    """SHA-256 of each population's rows in an order of their own, by its name; raises as `build_facts`."""
    facts = build_facts(register, counting=counting, period=period, data_from=data_from)
    return {
        population_name(population): _hash(frame)
        for population, frame in facts.frames.items()
        if frame.height >= FEWEST_ROWS
    }


def _hash(frame: pl.DataFrame) -> str:
    cells = pl.all().cast(pl.String).fill_null("\0")
    rows = frame.select(pl.concat_str(cells, separator="\x1f")).to_series().sort()
    return sha256("\n".join(("\x1f".join(frame.columns), *rows)).encode()).hexdigest()
