"""Invented people as the engine of `identity` reads them: one row a record, what is not said left empty."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

from sightline.identity.reading import population
from sightline.identity.scoring import evidence_of
from sightline.identity.weights import shipped_weights

AGENCIES = ("health", "education", "social_care", "police")
SCHEMA = {
    "agency": pl.String(),
    "record_id": pl.String(),
    "surname": pl.String(),
    "forenames": pl.String(),
    "preferred_forename": pl.String(),
    "former_surname": pl.String(),
    "born_on": pl.Date(),
    "expected_on": pl.Date(),
    "sex": pl.String(),
    "postcode": pl.String(),
    "former_postcodes": pl.List(pl.String()),
    "nhs_number": pl.String(),
    "upn": pl.String(),
    "la_code": pl.String(),
    "school": pl.String(),
    "gp_practice": pl.String(),
    "is_restricted": pl.Boolean(),
}
NOTHING = {
    name: [] if name == "former_postcodes" else False if name == "is_restricted" else ""
    for name in SCHEMA
    if name not in ("born_on", "expected_on")
} | {"born_on": None, "expected_on": None}


def a_person(**said: object) -> dict[str, object]:
    """A health record of Zuzanna Pebblebrook, or whatever is said instead."""
    return {
        **NOTHING,
        "agency": "health",
        "surname": "Pebblebrook",
        "forenames": "Zuzanna",
        "born_on": date(2014, 5, 3),
        "sex": "female",
        "postcode": "ZZ11AA",
        **said,
    }


def a_frame(*records: dict[str, object]) -> pl.DataFrame:
    """The records in their order, numbered where they have no number."""
    rows = [
        {**record, "record_id": record.get("record_id") or f"R{at:05d}"} for at, record in enumerate(records)
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


_FORENAMES = (
    "Amber Bilal Chidi Dariusz Elin Farah Gwen Hodan Idris Jonas Kavya Lucia Mehdi Niamh Oskar Priya Quentin "
    "Rhian Samira Tadeusz Uzma Viktor Wanjiru Xenia Yusra Zainab Albie Beatriz Cillian Duygu Emeka Freya"
)
FORENAMES = tuple(_FORENAMES.split())
_SURNAMES = (
    "Ashcroft Begley Chaudhry Dabrowski Eze Farrow Gashi Hussain Ivanova Jarvis Kowalczyk Lindqvist Mwangi "
    "Nguyen Okonjo Pereira Quaye Rashid Sandhu Thornbury Ustinov Vasquez Warsame Xiang Yilmaz Zielinski"
)
SURNAMES = tuple(_SURNAMES.split())


def a_crowd(
    children: int, *, seed: int = 1, agencies: Sequence[str] = AGENCIES[:2]
) -> list[dict[str, object]]:
    """Records of unrelated children, each at every agency, all said alike: the background that makes names
    and postcodes as rare or common as elsewhere."""
    draw = np.random.default_rng(seed)
    records = []
    for child in range(children):
        born = date(2008 + int(draw.integers(15)), 1 + int(draw.integers(12)), 1 + int(draw.integers(28)))
        same = {
            "surname": SURNAMES[draw.integers(len(SURNAMES))],
            "forenames": FORENAMES[draw.integers(len(FORENAMES))],
            "born_on": born,
            "sex": ("male", "female")[draw.integers(2)],
            "postcode": f"ZY{draw.integers(1, 60)}{draw.integers(9)}{'ABDEFGHJLN'[draw.integers(10)]}A",
        }  # fmt: skip
        records += [
            a_person(agency=agency, record_id=f"{agency[0].upper()}C{child}", **same) for agency in agencies
        ]
    return records


def compared(one: dict[str, object], other: dict[str, object]) -> tuple[float, list[int]]:
    """Evidence and levels of two records among a small crowd."""
    frame = a_frame(one, other, *a_crowd(40))
    found, levels, _ = evidence_of(
        np.array([0], np.int32), np.array([1], np.int32), population(frame, AGENCIES), shipped_weights()
    )
    return float(found[0]), levels[0].tolist()
