"""Invented populations as the frame of people that linking takes, with who each record truly is."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from sightline.identity.arrays import Population
from sightline.identity.reading import population
from sightline.intake.declaration import Header
from sightline.intake.formats import plain_education, plain_health, plain_police, plain_social_care
from sightline.intake.sources import Source
from sightline.vocabulary.identifiers import NHSNumber
from synthetic.population import Wanted, make

AGENCIES = {
    "health": plain_health,
    "education": plain_education,
    "social_care": plain_social_care,
    "police": plain_police,
}
AS_OF = date(2026, 1, 1)
_TEXTS = (
    *("surname", "forenames", "preferred_forename", "former_surname", "postcode", "nhs_number", "upn"),
    *("la_code", "school", "gp_practice"),
)
SCHEMA = {
    "agency": pl.String(),
    "record_id": pl.String(),
    **dict.fromkeys(_TEXTS, pl.String()),
    "sex": pl.String(),
    "born_on": pl.Date(),
    "expected_on": pl.Date(),
    "former_postcodes": pl.List(pl.String()),
    "is_restricted": pl.Boolean(),
}


@dataclass(frozen=True)
class Invented:
    """`person` and `home` number the true child and household of each row of `people`."""

    people: pl.DataFrame
    population: Population
    person: np.ndarray
    home: np.ndarray
    is_twin: np.ndarray


def a_row(agency: str, record_id: str, **given: object) -> dict[str, object]:
    """One person as a row of the frame; what is not given is empty."""
    empty = {**dict.fromkeys(_TEXTS, ""), "sex": "", "born_on": None, "expected_on": None}
    return {
        **empty,
        "former_postcodes": [],
        "is_restricted": False,
        **given,
        "agency": agency,
        "record_id": record_id,
    }


def frame_of(rows: list[dict[str, object]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMA)


def invented(folder: Path, *, children: int, seed: int, error_scale: float = 1.0) -> Invented:
    """A population with NHS numbers known to education and social care too, as some agencies have them."""
    make(Wanted(children, seed, error_scale, identifiers=True), folder)
    rows = [row for agency in AGENCIES for row in _rows(folder, agency)]
    people = frame_of(rows)
    restricted = pl.read_csv(folder / "restricted.csv", infer_schema=False).select(
        "agency", "record_id", pl.lit(True).alias("listed")
    )
    people = (
        people.join(restricted, on=["agency", "record_id"], how="left", maintain_order="left")
        .with_columns(pl.col("listed").fill_null(False).alias("is_restricted"))
        .drop("listed")
    )
    truth = people.select("agency", "record_id").join(
        pl.read_csv(folder / "truth.csv", infer_schema=False),
        on=["agency", "record_id"],
        how="left",
        maintain_order="left",
    )
    return Invented(
        people,
        population(people, tuple(AGENCIES)),
        truth.select(pl.struct("person_id", "epoch").rank("dense")).to_series().to_numpy(),
        truth["household_id"].rank("dense").to_numpy(),
        (truth["twin"] == "1").to_numpy(),
    )


def _rows(folder: Path, agency: str) -> list[dict[str, object]]:
    form = AGENCIES[agency]
    source = Source(folder / f"{agency}.csv")
    found = []
    for raw in form.FORMAT.records(source):
        for person in form.judge(raw, Header(), AS_OF).people:
            number = person.nhs_number or _nhs_number(str(raw.content.get("nhs_number") or ""))
            found.append(
                a_row(
                    agency,
                    person.record_id,
                    **{name: getattr(person, name) for name in _TEXTS if name != "nhs_number"},
                    nhs_number=number,
                    sex=person.sex.value if person.sex else "",
                    born_on=person.born_on,
                    expected_on=person.expected_on,
                    former_postcodes=list(person.former_postcodes),
                )
            )
    return found


def _nhs_number(text: str) -> str:
    """Plain layouts of schools and social care have no such column, so it is read here."""
    try:
        return NHSNumber(text).text
    except ValueError:
        return ""
