"""Our weights as a Splink 5 model file, and back, as far as Splink can express them.

What it cannot express is listed in `splink_levels.NOT_EXPRESSED`, and each comparison's description says what
concerns it. Splink itself is not needed to write or read the file.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from sightline.identity.levels import FIELD_NAMES, FIELDS, ORDER
from sightline.identity.scoring import SAME, STRANGER
from sightline.identity.splink_levels import ELSE, LEVELS_IN_SQL, LevelInSql, name_of
from sightline.identity.weights import Weights, with_table

Model = dict[str, Any]

BLOCKING = (
    "l.nhs_number = r.nhs_number",
    "l.upn = r.upn",
    "l.born = r.born AND l.surname_1_sound = r.surname_1_sound",
    "l.born = r.born AND l.forename_sound = r.forename_sound",
    "l.postcode = r.postcode AND l.forename_sound = r.forename_sound",
    "l.postcode = r.postcode AND l.born = r.born",
    "l.forename_sound = r.forename_sound AND l.surname_1_sound = r.surname_1_sound",
    "l.forename_sound = r.surname_1_sound AND l.surname_1_sound = r.forename_sound",
)
"""Pairs for an audit: fewer than our own keys make, which Splink could not hold."""


class NotOurModel(ValueError):
    """A model file without the comparisons or levels of ours. Its text is fit to be shown."""


def splink_model(weights: Weights, *, children: float, with_frequencies: bool = True) -> Model:
    """The settings of a Splink 5 linker (`Linker(records, model)`), for records of about so many children.

    `with_frequencies` lets frequencies stand for u where ours do; they come from `splink_columns`, or from
    Splink's own count where none are registered.
    """
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": 1 / (1 + children),
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
        "additional_columns_to_retain": ["agency"],
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule} for rule in BLOCKING],
        "comparisons": [
            _comparison(field, weights, with_frequencies=with_frequencies) for field in range(len(FIELDS))
        ],
    }


def comparison_name(field: int) -> str:
    """The name of a field among Splink's columns: “date_of_birth”."""
    return FIELD_NAMES[field].lower().replace(" ", "_")


def _comparison(field: int, weights: Weights, *, with_frequencies: bool) -> Model:
    return {
        "output_column_name": comparison_name(field),
        "comparison_description": (
            f"{FIELD_NAMES[field]}, weights version {weights.version}. m: records of one child; "
            "u: strangers; another child of the same home is not expressed"
        ),
        "comparison_levels": [
            _level(field, each, weights, with_frequencies=with_frequencies) for each in LEVELS_IN_SQL[field]
        ],
    }


def _level(field: int, each: LevelInSql, weights: Weights, *, with_frequencies: bool) -> Model:
    written: Model = {"sql_condition": each.sql, "label_for_charts": each.label}
    if _is_silent(field, each):
        return {**written, "is_null_level": True}
    written |= {
        "m_probability": 2.0 ** float(weights.table[SAME, field, each.level]),
        "u_probability": 2.0 ** float(weights.table[STRANGER, field, each.level]),
    }
    if with_frequencies and each.frequency_of:
        written |= {
            "tf_adjustment_column": each.frequency_of,
            "tf_adjustment_weight": 1.0,
            "disable_tf_exact_match_detection": True,
        }
    return written


def _is_silent(field: int, each: LevelInSql) -> bool:
    return each.level == 0 and each.sql != ELSE and field != ORDER


def weights_from_splink(model: Mapping[str, Any], *, base: Weights, version: str) -> Weights:
    """The weights of a model file of ours, perhaps trained further in Splink.

    What the file does not say keeps its weight in `base`: the whole class “another child of the home”, and
    levels that Splink has left without a probability because it never saw them. Where several of Splink's
    levels are one of ours, different shares are added up; the same share is one, written several times.
    Raises `NotOurModel`.
    """
    table = base.table.copy()
    written = {each.get("output_column_name"): each for each in model.get("comparisons", ())}
    for field, kind in enumerate(FIELDS):
        name = comparison_name(field)
        if name not in written:
            raise NotOurModel(f"The model has no comparison “{name}”: it was not made from our weights.")
        found: dict[int, tuple[set[float], set[float]]] = {}
        for label, m, u in _probabilities(written[name]):
            level = next((each for each in kind if name_of(each) == label), None)
            if level is None:
                raise NotOurModel(f"The comparison “{name}” has a level “{label}” that ours does not know.")
            of_same, of_strangers = found.setdefault(level, (set(), set()))
            of_same.add(m)
            of_strangers.add(u)
        for number, (of_same, of_strangers) in found.items():
            table[SAME, field, number] = math.log2(math.fsum(of_same))
            table[STRANGER, field, number] = math.log2(math.fsum(of_strangers))
    return with_table(base, table, version=version)


def _probabilities(comparison: Mapping[str, Any]) -> Iterator[tuple[str, float, float]]:
    """(level of ours, m, u) of each level that has both."""
    for level in comparison.get("comparison_levels", ()):
        m, u = level.get("m_probability"), level.get("u_probability")
        if level.get("is_null_level") or not (_is_share(m) and _is_share(u)):
            continue
        yield str(level.get("label_for_charts", "")).split(" (")[0], float(m), float(u)


def _is_share(given: object) -> bool:
    return isinstance(given, int | float) and 0 < given <= 1
