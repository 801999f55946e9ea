"""Identities in the database's tables: plain SQL by the hundred thousand, the same for every database.

Writes take whatever transaction they are called in. What is held already is left alone, so that a run which
changes nothing writes nothing but itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from django.db import connection, models

from sightline.identity.models import (
    Identity,
    IdentityChange,
    Link,
    LinkRun,
    Membership,
    Question,
)
from sightline.identity.numbering import ChangeKind, Numbering

ROWS_AT_ONCE = 100_000
PAIR = ("agency_a", "record_a", "agency_b", "record_b")

MEMBERSHIPS: Mapping[str, Any] = {
    "id": pl.Int64,
    "agency": pl.String,
    "record_id": pl.String,
    "before": pl.Int64,
}
LINKS: Mapping[str, Any] = {"id": pl.Int64, **dict.fromkeys(PAIR, pl.String), "kind": pl.String}
QUESTIONS: Mapping[str, Any] = {"id": pl.Int64, **dict.fromkeys(PAIR, pl.String), "reason": pl.String}


def selected(query: str, schema: Mapping[str, Any], values: Sequence[str | int] = ()) -> pl.DataFrame:
    parts = []
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            parts.append(pl.DataFrame(rows, schema=schema, orient="row"))
    return pl.concat(parts) if parts else pl.DataFrame(schema=schema)


def current_memberships() -> pl.DataFrame:
    return selected(
        f"SELECT id, agency, record_id, identity_id FROM {table_of(Membership)} "  # noqa: S608
        "WHERE until_run_id IS NULL",
        MEMBERSHIPS,
    )


def current_links() -> pl.DataFrame:
    return selected(
        f"SELECT id, {', '.join(PAIR)}, kind FROM {table_of(Link)} WHERE until_run_id IS NULL",  # noqa: S608
        LINKS,
    )


def open_questions() -> pl.DataFrame:
    return selected(
        f"SELECT id, {', '.join(PAIR)}, reason FROM {table_of(Question)} "  # noqa: S608
        "WHERE closed_in_id IS NULL",
        QUESTIONS,
    )


def store_numbers(run: LinkRun, records: pl.DataFrame, *, gone: Sequence[int], numbering: Numbering) -> int:
    """Memberships and identities as numbered; returns how many records changed theirs.

    `records` has id (of the current membership, null for none), agency, record_id and before, in the order
    of the numbering; `gone` are memberships of records that are held no more.
    """
    moved = records.with_columns(numbering.numbers.alias("number")).filter(
        pl.col("number") != pl.col("before")
    )
    _insert(
        Identity,
        ("number", "begun_in_id"),
        pl.DataFrame({"number": numbering.new}, schema={"number": pl.Int64}),
        run.pk,
    )
    _end(Membership, "until_run_id", [*moved["id"].drop_nulls().to_list(), *gone], run)
    _insert(
        Membership,
        ("agency", "record_id", "identity_id", "from_run_id"),
        moved.select("agency", "record_id", "number"),
        run.pk,
    )
    for change in numbering.changes:
        if change.kind in (ChangeKind.MERGED, ChangeKind.ENDED):
            Identity.objects.filter(number=change.number).update(
                retired_in=run, merged_into_id=change.into or None
            )
    IdentityChange.objects.bulk_create(
        [
            IdentityChange(
                run=run,
                kind=change.kind.value,
                identity_id=change.number,
                into_id=change.into or None,
                records=change.records,
            )
            for change in numbering.changes
        ],
        batch_size=1_000,
    )
    return moved.height + len(gone)


def store_links(run: LinkRun, links: pl.DataFrame, *, held: pl.DataFrame) -> None:
    """`links` (pair, bits, kind) in place of those `held`; a link that is there already stays as it is."""
    key = (*PAIR, "kind")
    _end(Link, "until_run_id", held.join(links, on=key, how="anti")["id"].to_list(), run)
    new = links.join(held, on=key, how="anti").select(*PAIR, "bits", "kind")
    _insert(Link, (*PAIR, "bits", "kind", "from_run_id"), new, run.pk)


def store_questions(run: LinkRun, questions: pl.DataFrame, *, held: pl.DataFrame) -> None:
    """`questions` (pair, bits, reason) in place of those `held`; one that is open already stays as it is."""
    key = (*PAIR, "reason")
    _end(Question, "closed_in_id", held.join(questions, on=key, how="anti")["id"].to_list(), run)
    new = questions.join(held, on=key, how="anti").select(*PAIR, "bits", "reason")
    _insert(Question, (*PAIR, "bits", "reason", "asked_in_id"), new, run.pk)


def _insert(model: type[models.Model], columns: Sequence[str], rows: pl.DataFrame, run: int) -> None:
    """The rows with the number of the run as last column."""
    names = ", ".join(_name(column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    query = f"INSERT INTO {table_of(model)} ({names}) VALUES ({marks})"  # noqa: S608
    filled = rows.with_columns(pl.lit(run).alias("the_run"))
    with connection.cursor() as cursor:
        for start in range(0, filled.height, ROWS_AT_ONCE):
            cursor.executemany(query, filled.slice(start, ROWS_AT_ONCE).rows())


def _end(model: type[models.Model], column: str, ids: Sequence[int], run: LinkRun) -> None:
    query = f"UPDATE {table_of(model)} SET {_name(column)} = %s WHERE id = %s"  # noqa: S608
    with connection.cursor() as cursor:
        for start in range(0, len(ids), ROWS_AT_ONCE):
            cursor.executemany(query, [(run.pk, each) for each in ids[start : start + ROWS_AT_ONCE]])


def table_of(model: type[models.Model]) -> str:
    return _name(model._meta.db_table)


def _name(name: str) -> str:
    return connection.ops.quote_name(name)
