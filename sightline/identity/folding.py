"""Several rows about one record made one: the newest that is said of each thing, what was said before kept.

Many formats tell of a person in parts (an address in one row, a number in another, a closed flag in a
third). `folded` takes the frame of `intake.lookups.current_people` and gives one row a record.
"""

import polars as pl

RECORD = ("agency", "record_id")
_TEXTS = (
    *("surname", "forenames", "preferred_forename", "sex", "nhs_number", "upn", "former_upn"),
    *("postcode", "la_code", "school", "gp_practice"),
)
_DAYS = ("born_on", "expected_on")
_FLAGS = ("is_adult", "is_restricted", "is_address_protected")
BETWEEN_NAMES = "|"
"""Between one former surname and the next."""

COLUMNS = (
    *RECORD,
    *("surname", "forenames", "preferred_forename", "former_surname", "aliases", "born_on", "expected_on"),
    *("sex", "postcode", "former_postcodes", "nhs_number", "upn", "former_upn", "la_code", "school"),
    *("gp_practice", *_FLAGS),
)
NEEDED = (*COLUMNS, "received")
"""The columns of `current_people` that records are folded from."""


def folded(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a record, columns `COLUMNS`, ordered by agency and record whatever the order of the rows.

    Of each thing the newest that is not empty counts. Earlier surnames, postcodes and UPNs that differ
    become former ones, earlier whole names aliases. A flag that any row raises is raised.
    """
    sorted_rows = rows.select(NEEDED).sort(*RECORD, "received")
    repeated = pl.struct(RECORD).is_duplicated()
    in_parts = sorted_rows.filter(repeated)
    if in_parts.is_empty():
        return sorted_rows.select(COLUMNS)
    alone = sorted_rows.filter(~repeated)
    return pl.concat([alone.select(COLUMNS), _merged(in_parts)]).sort(RECORD)


def _merged(rows: pl.DataFrame) -> pl.DataFrame:
    """One row for each record of `rows`, which has its oldest first."""
    rows = rows.with_columns(_whole_name().alias("names"))
    newest = rows.group_by(RECORD, maintain_order=True).agg(
        *(_newest(pl.col(name), pl.col(name) != "") for name in _TEXTS),
        *(_newest(pl.col(name), pl.col(name).is_not_null()) for name in _DAYS),
        *(pl.col(name).any() for name in _FLAGS),
    )
    newest = newest.with_columns(_whole_name().alias("names"))
    former = {
        "former_surname": _before(rows, newest, "former_surname", "surname"),
        "former_postcodes": _before(rows, newest, "former_postcodes", "postcode"),
        "aliases": _before(rows, newest, "aliases", "names"),
        "upn_before": _before(rows, newest, "former_upn", "upn"),
    }
    for name, listed in former.items():
        told = listed.rename({"before": name})
        newest = newest.drop(name, strict=False).join(told, on=RECORD, how="left", maintain_order="left")
        newest = newest.with_columns(pl.col(name).fill_null([]))
    return newest.with_columns(
        pl.col("former_surname").list.join(BETWEEN_NAMES),
        pl.col("upn_before").list.first().fill_null("").alias("former_upn"),
    ).select(COLUMNS)


def _whole_name() -> pl.Expr:
    """“FORENAMES SURNAME”, empty where a row tells only one of them."""
    is_whole = (pl.col("forenames") != "") & (pl.col("surname") != "")
    return pl.when(is_whole).then(pl.concat_str("forenames", "surname", separator=" ")).otherwise(pl.lit(""))


def _newest(value: pl.Expr, is_said: pl.Expr) -> pl.Expr:
    """The last said, or what stands for nothing; the rows of a record come oldest first."""
    return pl.coalesce(value.filter(is_said).last(), value.last())


def _before(rows: pl.DataFrame, newest: pl.DataFrame, former: str, current: str) -> pl.DataFrame:
    """What was said of `former`, or of `current` before its newest: each once, the latest said first."""
    is_list = rows.schema[former] == pl.List(pl.String)
    told_as_former = rows.select(*RECORD, "received", pl.col(former).alias("before"))
    if is_list:
        told_as_former = told_as_former.explode("before")
    told_as_current = rows.select(*RECORD, "received", pl.col(current).alias("before"))
    now = newest.select(*RECORD, pl.col(current).alias("now"))
    return (
        pl.concat([told_as_former, told_as_current])
        .join(now, on=RECORD)
        .filter(
            pl.col("before").is_not_null() & (pl.col("before") != "") & (pl.col("before") != pl.col("now"))
        )
        .sort("received", descending=True, maintain_order=True)
        .group_by(RECORD, maintain_order=True)
        .agg(pl.col("before").unique(maintain_order=True))
    )
