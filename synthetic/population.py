"""A whole population, made and written part by part, so that millions fit into little memory."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from synthetic.columns import blank
from synthetic.extracts import AGENCIES, LAYOUTS, TRUTH, Counters, extracts
from synthetic.faults import Rates
from synthetic.people import families, mean_children
from synthetic.places import Country
from synthetic.searches import searches, write_searches

_PART = 40_000
_MOST_SEARCHES = 20_000


@dataclass(frozen=True)
class Wanted:
    """What kind of population."""

    children: int
    seed: int
    error_scale: float = 1.0
    equal_errors: bool = False
    identifiers: bool = False


def make(wanted: Wanted, out: Path) -> dict[str, int]:
    """Write the population and say how many records each file holds. The same wish, the same files."""
    out.mkdir(parents=True, exist_ok=True)
    parts = out / ".parts"
    shutil.rmtree(parts, ignore_errors=True)
    parts.mkdir()
    rates = Rates(wanted.error_scale, equal=wanted.equal_errors)
    country = Country(wanted.children / mean_children(), np.random.default_rng([wanted.seed, 1]))
    counters = Counters(key=wanted.seed * 100 + 17)
    asked: list[pl.DataFrame] = []
    absent = 0.1
    share = min(0.05, _MOST_SEARCHES / wanted.children) * (1 - absent)
    household = 0
    for number, first in enumerate(range(0, wanted.children, _PART)):
        rng = np.random.default_rng([wanted.seed, 2, number])
        many = min(_PART, wanted.children - first)
        people = families(many, first, household, country, rates.moves, rng)
        household = int(people.household.max()) + 1
        for agency, frame in extracts(
            people, country, rates, counters, rng, identifiers=wanted.identifiers
        ).items():
            frame.write_ipc(parts / f"{agency}-{number:05d}.arrow")
        looked_for = np.flatnonzero((rng.random(len(people)) < share) & (people.epoch == 0))
        asked.append(searches(people, looked_for, country, rates, rng, counters.key))
    missing = max(1, round(wanted.children * share * absent / (1 - absent)))
    rng = np.random.default_rng([wanted.seed, 3])
    strangers = families(missing, wanted.children * 2, household, country, rates.moves, rng)
    everybody = np.flatnonzero(strangers.epoch < 2)
    asked.append(searches(strangers, everybody, country, rates, rng, counters.key, known=False))
    written_down = _write_agencies(parts, out, identifiers=wanted.identifiers)
    written_down["queries"] = write_searches(pl.concat(asked), out)
    shutil.rmtree(parts)
    return written_down


def _write_agencies(parts: Path, out: Path, *, identifiers: bool) -> dict[str, int]:
    counted = {}
    restricted = []
    truth_columns = TRUTH.split()
    with (out / "truth.csv").open("wb") as truth:
        for place, agency in enumerate(sorted(AGENCIES)):
            frame = pl.concat([pl.read_ipc(path) for path in sorted(parts.glob(f"{agency}-*"))]).sort(
                "record_id"
            )
            columns = LAYOUTS[agency].split()
            if identifiers and "nhs_number" in frame.columns and "nhs_number" not in columns:
                columns = [*columns, "nhs_number"]
            blank(frame.select(columns)).write_csv(out / f"{agency}.csv")
            known = frame.select(
                pl.lit(agency).alias("agency"),
                "record_id",
                pl.col("_person").cast(pl.String).str.zfill(12).alias("person_id"),
                pl.col("_epoch").alias("epoch"),
                pl.col("_household").alias("household_id"),
                *(pl.col(f"_{column}").alias(column) for column in truth_columns[5:]),
            )
            blank(known.select(truth_columns)).write_csv(truth, include_header=place == 0)
            restricted.append(
                known.filter(pl.col("epoch") == 1).select(
                    "agency", "record_id", pl.lit("pre_adoption").alias("reason")
                )
            )
            counted[agency] = len(frame)
            del frame, known
    closed = pl.concat(restricted)
    closed.write_csv(out / "restricted.csv")
    counted["restricted"] = len(closed)
    return counted
