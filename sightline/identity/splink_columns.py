"""The standardised records that Splink compares under our model, and how frequent their names and places are.

Both are made from the arrays that the scoring kernel reads, so an audit in Splink sees what it saw. Names of
more than sixteen letters are cut there and here.
"""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sightline.identity.agreeing import CHANCE_RELATIVE, CHANCE_SAME, CHANCE_SLIP, CHANCE_SOUND
from sightline.identity.arrays import Names, Population
from sightline.identity.splink_levels import CALLED, FREQUENCY_COLUMNS, FURTHER, POSTCODES, SURNAMES

SEXES = ("", "male", "female")
FORENAME_COLUMNS = (*CALLED, *FURTHER)


def standardised(people: pl.DataFrame, population: Population) -> pl.DataFrame:
    """One row a record, `unique_id` first; null where a record says nothing.

    `population` was read from `people`.
    """
    records, names = population.records, population.names
    columns: dict[str, pl.Series] = {}
    tokens, sounds = _texts(names.letters), _texts(names.heard)
    relatives = _relatives(names, tokens)
    bones = pl.Series(names.skeleton)
    for labels, slots in ((FORENAME_COLUMNS, records.forenames), (SURNAMES, records.surnames)):
        for at, label in enumerate(labels):
            chosen = slots[:, at]
            columns[label] = _chosen(tokens, chosen)
            columns[f"{label}_sound"] = _chosen(sounds, chosen)
            columns[f"{label}_bones"] = _null_if_none(bones.gather(chosen))
            columns[f"{label}_relatives"] = _chosen(relatives, chosen)
    columns["surname"] = _joined([columns[name] for name in SURNAMES])
    columns["surnames"] = pl.Series((records.surnames > 0).sum(axis=1))
    columns["surname_is_title"] = pl.Series(
        ((records.surnames == 0) | names.is_title[records.surnames]).all(axis=1)
    )
    for label in ("forename", "surname"):
        source = columns[f"{label}" if label == "forename" else "surname_1"]
        columns |= {f"{label}_as_relative": source, f"{label}_as_slip": source}
    born = people.select(pl.coalesce("born_on", "expected_on").alias("born"))["born"]
    columns |= {
        "born": born.dt.to_string("%Y-%m-%d"),
        "born_number": _null_if_none(pl.Series(records.born)),
        "is_expected": pl.Series(records.is_expected),
        "sex": _chosen(pl.Series(SEXES), records.sex),
        **_places(population),
        "nhs_number": _null_if_empty(people["nhs_number"]),
        "upn": _null_if_empty(people["upn"]),
    }
    keys = people.select(pl.format("{}:{}", "agency", "record_id").alias("unique_id"), "agency", "record_id")
    return keys.with_columns(pl.Series(name, values) for name, values in columns.items())


def frequencies(people: pl.DataFrame, population: Population) -> dict[str, pl.DataFrame]:
    """Of each column with a frequency: its values and `tf_` of each, to be registered with Splink.

    These are the chances of the scoring kernel, so that both give a rare name the same weight.
    """
    names, records = population.names, population.records
    places = population.postcodes
    firsts, surnames = records.forenames[:, 0], records.surnames
    rarest = np.where(surnames > 0, names.chance_surname[surnames, CHANCE_SAME], 0).min(axis=1)
    current = records.postcodes[:, 0]
    chances = {
        "forename": names.chance_forename[firsts, CHANCE_SAME],
        "forename_sound": names.chance_forename[firsts, CHANCE_SOUND],
        "forename_as_relative": names.chance_forename[firsts, CHANCE_RELATIVE],
        "forename_as_slip": names.chance_forename[firsts, CHANCE_SLIP],
        # With two names that may be shared, chance has two goes.
        "further_1": np.minimum(names.chance_forename[records.forenames[:, 2], CHANCE_SAME] + 1, -1),
        "surname": rarest,
        "surname_1_sound": names.chance_surname[surnames[:, 0], CHANCE_SOUND],
        "surname_as_relative": names.chance_surname[surnames[:, 0], CHANCE_RELATIVE],
        "surname_as_slip": names.chance_surname[surnames[:, 0], CHANCE_SLIP],
        "postcode": places.chance[current, 0],
        "postcode_sector": places.chance[current, 1],
        "postcode_district": places.chance[current, 2],
        "postcode_area": places.chance[current, 3],
    }
    table = standardised(people, population)
    return {
        name: pl.DataFrame({name: table[name], f"tf_{name}": np.exp2(chances[name].astype(np.float64))})
        .filter(pl.col(name).is_not_null())
        .group_by(name)
        .agg(pl.col(f"tf_{name}").max())
        .sort(name)
        for name in FREQUENCY_COLUMNS
    }


def _texts(letters: NDArray[np.uint8]) -> pl.Series:
    rows = letters.tobytes()
    width = letters.shape[1]
    return pl.Series(
        [rows[at : at + width].rstrip(b"\0").decode("ascii") for at in range(0, len(rows), width)],
        dtype=pl.String,
    )


def _chosen(texts: pl.Series, numbers: NDArray[np.signedinteger[Any]]) -> pl.Series:
    return _null_if_empty(texts.gather(numbers))


def _null_if_empty(texts: pl.Series) -> pl.Series:
    return texts.set(texts == "", None)


def _null_if_none(numbers: pl.Series) -> pl.Series:
    return numbers.set(numbers == 0, None)


def _relatives(names: Names, tokens: pl.Series) -> pl.Series:
    """“|liv|livvy|” for olivia."""
    listed = tokens.gather(names.relative).to_list()
    starts = names.relative_start.tolist()
    return pl.Series(
        [f"|{'|'.join(listed[start:stop])}|" if stop > start else "" for start, stop in pairwise(starts)],
        dtype=pl.String,
    )


def _joined(parts: Iterable[pl.Series]) -> pl.Series:
    table = pl.DataFrame({str(at): part for at, part in enumerate(parts)})
    return _null_if_empty(table.select(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True)).to_series())


_PIECES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("", lambda text: text),
    ("_sector", lambda text: text[:-2]),
    ("_district", lambda text: text[:-3]),
    ("_area", lambda text: text[:2] if text[1:2].isalpha() else text[:1]),
)


def _places(population: Population) -> dict[str, pl.Series]:
    texts = _texts(population.postcodes.letters)
    columns = {}
    for at, label in enumerate(POSTCODES):
        for ending, piece in _PIECES:
            pieces = pl.Series([piece(text) for text in texts], dtype=pl.String)
            columns[f"{label}{ending}"] = _chosen(pieces, population.records.postcodes[:, at])
    area_of = {0: ""}
    area = _PIECES[-1][1]
    for number, text in zip(population.postcodes.area.tolist(), texts, strict=True):
        area_of.setdefault(number, area(text))
    told = [area_of[number] for number in population.records.area.tolist()]
    columns["told_area"] = _null_if_empty(pl.Series(told, dtype=pl.String))
    return columns
