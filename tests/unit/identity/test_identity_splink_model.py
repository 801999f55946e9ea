"""Our model in Splink 5 on DuckDB: the same levels and the same weights, pair by pair."""

import json
from dataclasses import dataclass

import duckdb
import numpy as np
import polars as pl
import pytest
from invented_people import Invented, invented
from splink import DuckDBAPI, Linker

from sightline.identity.agreeing import UNSAID
from sightline.identity.levels import FIELD_NAMES, FIELDS, ORDER, Order
from sightline.identity.reading import RECORDS_IMAGINED
from sightline.identity.scoring import HOME, SAME, STRANGER, evidence_of
from sightline.identity.splink_columns import frequencies, standardised
from sightline.identity.splink_levels import FREQUENCY_COLUMNS, LEVELS_IN_SQL
from sightline.identity.splink_model import (
    NotOurModel,
    comparison_name,
    splink_model,
    weights_from_splink,
)
from sightline.identity.weights import Weights, children_about, shipped_weights, with_table

BITS = 0.001  # what 32 bits of ours and 64 of Splink's may differ by


@dataclass(frozen=True)
class Scored:
    """Pairs that Splink's blocking found, scored by both; `level` and `has_frequency` are as Splink chose."""

    splink_bits: np.ndarray  # without the prior
    our_bits: np.ndarray
    our_levels: np.ndarray
    chances: np.ndarray
    level: np.ndarray
    has_frequency: np.ndarray
    model_out: dict

    @property
    def is_expressed(self) -> np.ndarray:
        """Names exchanged and spelt differently besides are beyond Splink."""
        return self.our_levels[:, ORDER] == self.level[:, ORDER]


@pytest.fixture(scope="module")
def people(tmp_path_factory) -> Invented:
    return invented(tmp_path_factory.mktemp("people"), children=500, seed=3, error_scale=2.0)


@pytest.fixture(scope="module")
def with_frequencies(people, tmp_path_factory) -> Scored:
    return _scored(people, tmp_path_factory.mktemp("with"), with_frequencies=True)


@pytest.fixture(scope="module")
def without_frequencies(people, tmp_path_factory) -> Scored:
    return _scored(people, tmp_path_factory.mktemp("without"), with_frequencies=False)


def _scored(people: Invented, folder, *, with_frequencies: bool) -> Scored:
    weights = shipped_weights()
    children = children_about(people.population)
    model = splink_model(weights, children=children, with_frequencies=with_frequencies)
    path = folder / "model.json"
    path.write_text(json.dumps(model), encoding="utf-8")
    records = standardised(people.people, people.population)
    database = DuckDBAPI(duckdb.connect())
    linker = Linker(
        database.register(records.to_arrow(), dataset_display_name="records"), path, log_level=None
    )
    if with_frequencies:
        for column, table in frequencies(people.people, people.population).items():
            linker.table_management.register_term_frequency_lookup(
                database.register(table.to_arrow()), column
            )
    found = linker.inference.predict().as_duckdbpyrelation().pl()
    row = {each: at for at, each in enumerate(records["unique_id"])}
    a, b = (np.array([row[each] for each in found[f"unique_id_{side}"]], np.int32) for side in "lr")
    bits, levels, chances = evidence_of(a, b, people.population, weights)
    chosen = [_chosen(found, field, with_frequencies=with_frequencies) for field in range(len(FIELDS))]
    return Scored(
        found["match_weight"].to_numpy() + np.log2(children),
        bits,
        levels,
        chances,
        np.stack([level for level, _ in chosen], axis=1),
        np.stack([has for _, has in chosen], axis=1),
        linker.misc.save_model_to_json(),
    )


def _chosen(found: pl.DataFrame, field: int, *, with_frequencies: bool) -> tuple[np.ndarray, np.ndarray]:
    """Our level, and whether a frequency is used, by each pair's place in Splink's list (-1 is null)."""
    listed = LEVELS_IN_SQL[field]
    by_gamma = {-1 if each.level == 0 and field != ORDER else len(listed) - 1 - at: each
                for at, each in enumerate(listed)}  # fmt: skip
    gammas = found[f"gamma_{comparison_name(field)}"].to_list()
    return (
        np.array([int(by_gamma[gamma].level) for gamma in gammas]),
        np.array([with_frequencies and bool(by_gamma[gamma].frequency_of) for gamma in gammas]),
    )


def _summed(scored: Scored, weights: Weights) -> np.ndarray:
    """Same child against stranger, from our levels, with our chance only where Splink has one."""
    fields = np.arange(len(FIELDS))
    same, stranger = (weights.table[each, fields, scored.our_levels] for each in (SAME, STRANGER))
    chance = np.where(scored.has_frequency & (scored.chances != UNSAID), scored.chances, stranger)
    return (same - chance).sum(axis=1, dtype=np.float64)


def test_splink_finds_every_level_that_we_find(without_frequencies):
    scored = without_frequencies
    assert len(scored.level) > 500
    for field, name in enumerate(FIELD_NAMES):
        at = scored.is_expressed
        assert (scored.level[at, field] == scored.our_levels[at, field]).all(), name


def test_only_exchanged_names_are_beyond_splink_and_they_are_few(without_frequencies):
    scored = without_frequencies
    beyond = ~scored.is_expressed
    assert (scored.our_levels[beyond, ORDER] == Order.SWAPPED).all()
    assert beyond.mean() < 0.02
    assert (scored.level[:, ORDER] == Order.SWAPPED).any(), "names exchanged letter for letter are expressed"


def test_most_levels_occur_in_the_pairs_compared(without_frequencies):
    seen = {(field, level) for field in range(len(FIELDS)) for level in without_frequencies.level[:, field]}
    assert len(seen) >= 40


def test_splink_gives_our_weight_where_no_frequency_is_used(without_frequencies):
    scored = without_frequencies
    ours = _summed(scored, shipped_weights())
    assert np.abs(ours - scored.splink_bits)[scored.is_expressed].max() < BITS


def test_splink_gives_our_weight_with_the_frequencies_it_can_use(with_frequencies):
    scored = with_frequencies
    ours = _summed(scored, shipped_weights())
    assert np.abs(ours - scored.splink_bits)[scored.is_expressed].max() < BITS
    assert scored.has_frequency.any(axis=1).mean() > 0.95


def _uses_all_frequencies(scored: Scored) -> np.ndarray:
    return ((scored.chances == UNSAID) | scored.has_frequency).all(axis=1) & scored.is_expressed


def test_four_in_five_pairs_use_every_frequency_that_ours_uses(with_frequencies):
    assert _uses_all_frequencies(with_frequencies).mean() > 0.8


def test_another_child_of_the_home_only_ever_lowers_our_weight(with_frequencies):
    scored = with_frequencies
    at = _uses_all_frequencies(scored)
    assert (scored.our_bits[at] <= scored.splink_bits[at] + BITS).all()
    assert (scored.our_bits[at] < scored.splink_bits[at] - 5).any(), "twins and siblings are far below"


def test_the_frequencies_are_those_of_the_kernel(people):
    tables = frequencies(people.people, people.population)
    assert tuple(tables) == FREQUENCY_COLUMNS
    for column, table in tables.items():
        assert table[column].is_unique().all()
        assert table[f"tf_{column}"].is_between(0, 0.5).all()
    postcodes = people.people["postcode"].value_counts().filter(pl.col("postcode") != "")
    counted = postcodes.with_columns(share=pl.col("count") / (postcodes["count"].sum() + RECORDS_IMAGINED))
    both = counted.join(tables["postcode"], on="postcode")
    assert both.height == counted.height
    assert np.allclose(both["share"], both["tf_postcode"], rtol=1e-5)


def _expressed() -> np.ndarray:
    """Which cells of the table the model file holds."""
    cells = np.zeros(shipped_weights().table.shape, bool)
    for field, listed in enumerate(LEVELS_IN_SQL):
        for each in listed:
            cells[[SAME, STRANGER], field, each.level] = each.level > 0 or field == ORDER
    return cells


def _other_weights() -> Weights:
    weights = shipped_weights()
    table = -np.random.default_rng(4).uniform(0.001, 20, weights.table.shape)
    return with_table(weights, table, version="other")


@pytest.mark.parametrize("with_them", [True, False])
def test_weights_come_back_from_the_file_exactly(with_them):
    weights = _other_weights()
    model = json.loads(json.dumps(splink_model(weights, children=9000, with_frequencies=with_them)))
    back = weights_from_splink(model, base=shipped_weights(), version="back")
    cells = _expressed()
    assert (back.table[cells] == weights.table[cells]).all()
    assert (back.table[~cells] == shipped_weights().table[~cells]).all()
    assert (back.table[HOME] == shipped_weights().table[HOME]).all()
    assert back.version == "back"


def test_weights_come_back_from_the_file_that_splink_itself_writes(with_frequencies):
    back = weights_from_splink(with_frequencies.model_out, base=_other_weights(), version="back")
    cells = _expressed()
    assert (back.table[cells] == shipped_weights().table[cells]).all()


def test_every_level_but_silence_is_in_the_file():
    for field, listed in enumerate(LEVELS_IN_SQL):
        assert {each.level for each in listed} == set(FIELDS[field])


def test_a_level_that_splink_trained_in_two_parts_is_their_sum():
    model = splink_model(shipped_weights(), children=9000)
    first, second = (
        level for level in model["comparisons"][0]["comparison_levels"]
        if level["label_for_charts"] in ("same", "same (another of their names)")
    )  # fmt: skip
    first["m_probability"], second["m_probability"] = 0.5, 0.25
    back = weights_from_splink(model, base=shipped_weights(), version="trained")
    others = [2.0 ** float(shipped_weights().table[SAME, 0, 1])]  # “in each other's place” was not trained
    assert back.table[SAME, 0, 1] == pytest.approx(np.log2(0.75 + others[0]))
    assert back.table[STRANGER, 0, 1] == shipped_weights().table[STRANGER, 0, 1], "strangers were not trained"


def test_a_level_without_probabilities_keeps_the_weight_it_had():
    model = splink_model(_other_weights(), children=9000)
    level = model["comparisons"][4]["comparison_levels"][-1]
    del level["m_probability"]
    level["u_probability"] = "level not observed in training dataset"
    back = weights_from_splink(model, base=shipped_weights(), version="trained")
    assert back.table[SAME, 4, 8] == shipped_weights().table[SAME, 4, 8]
    assert back.table[STRANGER, 4, 8] == shipped_weights().table[STRANGER, 4, 8]


def test_a_model_of_somebody_else_is_refused():
    with pytest.raises(NotOurModel, match="no comparison “forename”"):
        weights_from_splink({"comparisons": []}, base=shipped_weights(), version="x")
    model = splink_model(shipped_weights(), children=9000)
    model["comparisons"][1]["comparison_levels"][1]["label_for_charts"] = "Exact match"
    with pytest.raises(NotOurModel, match="a level “Exact match”"):
        weights_from_splink(model, base=shipped_weights(), version="x")
