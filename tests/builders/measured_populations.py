"""A population of four plain extracts read, linked and measured against its truth."""

from pathlib import Path

import polars as pl

from sightline.identity.evaluating import Evaluation, evaluate
from sightline.identity.linking import link
from sightline.identity.weights import shipped_weights

AGENCIES = ("health", "education", "social_care", "police")
_SEX = {"1": "male", "2": "female", "M": "male", "F": "female", "Male": "male", "Female": "female"}
_POSTCODE = r"([A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2})$"
_NO_TEXT = ("preferred_forename", "former_surname", "nhs_number", "upn", "la_code", "school", "gp_practice")


def people_of(folder: Path) -> pl.DataFrame:
    """The records of the four extracts as the engine reads them. The formats of `intake` have tests of their
    own; this reads the columns and nothing more, so that what is measured is the matching."""
    health = _read(folder, "health").select(
        pl.col("record_id"),
        pl.col("family_name").alias("surname"),
        pl.concat_str("given_name", "other_names", separator=" ").alias("forenames"),
        pl.col("date_of_birth").str.to_date("%Y-%m-%d", strict=False).alias("born_on"),
        pl.col("gender").alias("sex"),
        *("postcode", "nhs_number"),
        pl.col("gp_practice").str.slice(1),
    )
    education = _read(folder, "education").select(
        *("record_id", "surname", "preferred_forename", "sex", "postcode", "upn"),
        pl.concat_str("forename", "middle_names", separator=" ").alias("forenames"),
        pl.col("date_of_birth").str.to_date("%Y-%m-%d", strict=False).alias("born_on"),
        pl.col("school_urn").alias("school"),
    )
    social_care = _read(folder, "social_care")
    day = pl.col("date_of_birth").str.to_date("%d/%m/%Y", strict=False)
    is_unborn = pl.col("forename").str.to_lowercase().str.contains("unborn")
    social_care = social_care.select(
        *("record_id", "surname", "postcode", "la_code"),
        pl.col("forename").alias("forenames"),
        pl.col("gender").alias("sex"),
        pl.when(~is_unborn).then(day).alias("born_on"),
        pl.when(is_unborn).then(day).alias("expected_on"),
    )
    police = _read(folder, "police").select(
        *("record_id", "surname", "forenames", "sex"),
        pl.col("dob").str.to_date("%d/%m/%Y", strict=False).alias("born_on"),
        pl.col("address").str.extract(_POSTCODE).fill_null("").alias("postcode"),
    )
    frames = dict(zip(AGENCIES, (health, education, social_care, police), strict=True))
    people = pl.concat(
        [frame.with_columns(pl.lit(agency).alias("agency")) for agency, frame in frames.items()],
        how="diagonal",
    ).with_columns(pl.lit("").alias("former_surname"))
    restricted = _read(folder, "restricted").select(
        "agency", "record_id", pl.lit(True).alias("is_restricted")
    )
    return people.join(
        restricted, on=["agency", "record_id"], how="left", maintain_order="left"
    ).with_columns(
        pl.col("is_restricted").fill_null(False),
        pl.col("sex").replace_strict(_SEX, default=""),
        pl.col("postcode").fill_null("").str.replace_all(" ", ""),
        *(pl.col(name).fill_null("") for name in ("surname", "forenames", *_NO_TEXT)),
    )


def measured(folder: Path) -> Evaluation:
    people = people_of(folder)
    found = link(people, agencies=AGENCIES, weights=shipped_weights())
    clusters = people.select("agency", "record_id").with_columns(pl.Series("cluster_id", found.cluster))
    return evaluate(_read(folder, "truth"), clusters.cast({"cluster_id": pl.String}), year=2026)


def _read(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_csv(folder / f"{name}.csv", infer_schema=False).fill_null("")
