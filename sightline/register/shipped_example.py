"""The example that ships with the package: an invented year, and how to tell that it is in a register."""

from pathlib import Path

import polars as pl

from sightline.register.tables import Register

EXAMPLE = Path(__file__).parent / "example" / "2022-23"
_TELLING = ["incident_id", "occurred_on", "incident_la_code", "place_type"]


def holds_invented_rows(register: Register) -> bool:
    """Whether any of the example's incidents is in the register: one is enough to make a report untrue."""
    example = pl.read_csv(EXAMPLE / "incidents.csv", infer_schema=False).select(_TELLING)
    as_text = register.incidents.select(pl.col(_TELLING).cast(pl.String))
    return not as_text.join(example, on=_TELLING, how="semi", nulls_equal=True).is_empty()
