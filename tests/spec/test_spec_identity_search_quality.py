"""How well one child is found among many by what a worker types, and how often nobody is found for nobody.

Held, as the quality of matching is, against Wilson's interval at 95%: what is asserted is that the population
at hand does not contradict the promise, and that the figure has not fallen below what holds here.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from measured_populations import AGENCIES, people_of
from shared_data import shared_data

from sightline.identity.evaluating import wilson
from sightline.identity.index import index_of
from sightline.identity.linking import link
from sightline.identity.searching import Candidate, Search, find
from sightline.identity.sought import sought_as_far_as_read
from sightline.identity.weights import shipped_weights
from synthetic.population import Wanted, make


@dataclass(frozen=True)
class Found:
    """Of each search the true child (empty for one on nobody's file) and who was listed, best first."""

    true: list[str]
    listed: list[list[str]]
    bits: list[float]

    def first_among(self, places: int, *, least: float = -99.0) -> tuple[int, int]:
        """How many children on file are among the first, where the best has `least` bits; and of how many."""
        rows = [(t, seen, b) for t, seen, b in zip(self.true, self.listed, self.bits, strict=True) if t]
        return sum(t in seen[:places] and b >= least for t, seen, b in rows), len(rows)

    def silent(self, least: float) -> tuple[int, int]:
        absent = [b for t, b in zip(self.true, self.bits, strict=True) if not t]
        return sum(b < least for b in absent), len(absent)


@pytest.fixture(scope="module", params=["population-dev", "our own"])
def answers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Found:
    if request.param == "population-dev":
        return searched(shared_data("population-dev"))
    folder: Path = tmp_path_factory.mktemp("population")
    make(Wanted(children=20_000, seed=20_261), folder)
    return searched(folder)


def searched(folder: Path) -> Found:
    people, weights = people_of(folder), shipped_weights()
    identities = link(people, agencies=AGENCIES, weights=weights).cluster.astype(np.int64) + 1
    index = index_of(people, agencies=AGENCIES, identities=identities, weights=weights)
    truth = _read(folder, "truth").select("agency", "record_id", "person_id").iter_rows()
    person_of = {(agency, record_id): person for agency, record_id, person in truth}
    true, listed, bits = [], [], []
    queries = _read(folder, "queries").join(_read(folder, "queries_truth"), on="query_id")
    for row in queries.iter_rows(named=True):
        wanted, _ = sought_as_far_as_read(
            surname=row["surname"],
            forenames=row["forename"],
            born=row["date_of_birth"],
            sex=row["sex"],
            postcode=row["postcode"],
        )
        answer: tuple[Candidate, ...] = ()
        if wanted is not None:
            answer = find(index, wanted, weights=weights, everyone=True).candidates
        true.append(row["person_id"])
        listed.append([person_of[each.records[0].record] for each in answer])
        bits.append(answer[0].bits if answer else -99.0)
    return Found(true, listed, bits)


def _read(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_csv(folder / f"{name}.csv", infer_schema=False).fill_null("")


def test_the_right_child_stands_first(answers):
    right, of = answers.first_among(1)
    assert right / of >= 0.975


def test_the_right_child_is_among_the_first_five(answers):
    right, of = answers.first_among(5)
    assert right / of >= 0.985


def test_the_right_child_is_first_where_nobody_is_found_for_children_on_nobodys_file(answers):
    least = Search().found_bits
    right, of = answers.first_among(1, least=least)
    assert right / of >= 0.96
    silent, absent = answers.silent(least)
    assert absent >= 90
    assert silent / absent >= 0.94
    assert wilson(silent, absent)[1] >= 0.95
