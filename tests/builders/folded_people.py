"""Rows about people as intake gives them, in frames. Nobody here is real."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

TOLD: dict[str, Any] = {
    **dict.fromkeys(
        (
            *("surname", "forenames", "preferred_forename", "former_surname", "sex", "postcode"),
            *("nhs_number", "upn", "former_upn", "la_code", "school", "gp_practice"),
        ),
        "",
    ),
    **dict.fromkeys(("born_on", "expected_on")),
    **dict.fromkeys(("is_adult", "is_restricted", "is_address_protected"), False),
}
_TYPES = {
    "aliases": pl.List(pl.String),
    "former_postcodes": pl.List(pl.String),
    "born_on": pl.Date,
    "expected_on": pl.Date,
}


def rows_of_people(*rows: Mapping[str, Any]) -> pl.DataFrame:
    """In the order received; each row names its record_id and what it tells."""
    told = [{"agency": "health", "aliases": [], "former_postcodes": [], **TOLD, **row} for row in rows]
    return pl.DataFrame(told, schema_overrides=_TYPES).with_row_index("received")


def clusters_of(groups: Iterable[Iterable[str]], before: Mapping[str, int] | None = None) -> pl.DataFrame:
    """Records “agency:record_id” in their groups, with the numbers that they had before."""
    listed = [
        (*record.split(":"), cluster, (before or {}).get(record, 0))
        for cluster, group in enumerate(groups)
        for record in group
    ]
    schema = {"agency": pl.String, "record_id": pl.String, "cluster": pl.Int64, "before": pl.Int64}
    return pl.DataFrame(listed, schema=schema, orient="row")
