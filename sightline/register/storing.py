"""The register's frames in the database's tables: plain SQL over columns, the same for every database.

Every layout column has its namesake in the table of its model. Writes take whatever transaction they are
called in.
"""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl
from django.db import connection, models

from sightline.casework.as_notified import CHILD, INCIDENT, NOTIFICATION
from sightline.casework.models import (
    AsNotified,
    Child,
    Incident,
    LocalReview,
    Notification,
    PanelResponse,
    RapidReview,
    Recommendation,
)
from sightline.coding.models import CodedAnswer
from sightline.register.differences import BEFORE
from sightline.register.layout import LAYOUT_1, File, Kind
from sightline.vocabulary.progress import Progress, silent

POSITION = "register_position"
"""A row's place in its file, so that the order of the files goes out as it came in."""
ROWS_AT_ONCE = 20_000

MODELS: Mapping[str, type[models.Model]] = {
    "incidents": Incident,
    "children": Child,
    "notifications": Notification,
    "rapid_reviews": RapidReview,
    "panel_responses": PanelResponse,
    "local_reviews": LocalReview,
    "codings": CodedAnswer,
    "recommendations": Recommendation,
}


def stored_table(file: File) -> pl.DataFrame:
    """All rows with the layout's columns and `register_position`, in the register's order."""
    table, key = _table(file), _key_column(file)
    # Dates are asked for as text: databases then agree on what they give, and no row is converted singly.
    wanted = ", ".join(
        f"CAST({_name(column.name)} AS TEXT)" if column.kind is Kind.DATE else _name(column.name)
        for column in file.columns
    )
    # A recommendation of a national review has no place in a register's files.
    only = f" WHERE {_name('source_review_id')} IS NOT NULL" if file.name == "recommendations" else ""
    order = f"{POSITION} IS NULL, {POSITION}, {key}"
    chunks = _selected(f"SELECT {wanted}, {POSITION} FROM {table}{only} ORDER BY {order}", file)  # noqa: S608
    return pl.concat([_empty_text(file), *chunks]).with_columns(
        pl.col(column.name).str.to_date("%Y-%m-%d") for column in file.of_kind(Kind.DATE)
    )


def _selected(query: str, file: File) -> Iterator[pl.DataFrame]:
    schema = _empty_text(file).schema
    with connection.cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield pl.DataFrame(rows, schema=schema, orient="row")


def _empty_text(file: File) -> pl.DataFrame:
    types = {
        column.name: pl.Int32() if column.kind is Kind.WHOLE_NUMBER else pl.String()
        for column in file.columns
    }
    return pl.DataFrame(schema=types | {POSITION: pl.Int32()})


def insert(file: File, rows: pl.DataFrame, *, progress: Progress = silent) -> None:
    """Add rows that have the layout's columns and `register_position`."""
    columns = [*file.column_names, POSITION]
    marks = ", ".join(["%s"] * len(columns))
    names = ", ".join(_name(column) for column in columns)
    # In the order of the key, because an index that grows at its end is written once and not all over:
    # it halves the time of a large register. The order of the files is kept in `register_position`.
    _write_many(
        f"INSERT INTO {_table(file)} ({names}) VALUES ({marks})",  # noqa: S608
        rows.select(columns).sort(file.key),
        progress=progress,
        stage=f"storing {file.name}",
    )


def update(file: File, changed: pl.DataFrame) -> None:
    """Write corrected rows over the stored ones, which are found by their key under “before.name”."""
    if file.name == "children":
        _make_room_for_positions(file, changed)
    columns = [*file.column_names, POSITION]
    _update(file, changed, columns, key=[BEFORE + name for name in file.key])


def update_positions(file: File, rows: pl.DataFrame) -> None:
    """Give rows, found by their key, another place."""
    _update(file, rows, [POSITION], key=list(file.key))


def _make_room_for_positions(file: File, changed: pl.DataFrame) -> None:
    """Two children can change places only if the first has left before the second arrives."""
    moved = changed.filter(pl.col("position") != pl.col(BEFORE + "position"))
    aside = moved.select(BEFORE + "child_ref", pl.col(BEFORE + "position").alias("position") + 1_000_000_000)
    _update(file, aside, ["position"], key=[BEFORE + "child_ref"])


def _update(file: File, rows: pl.DataFrame, columns: list[str], *, key: list[str]) -> None:
    """One statement for each pattern of empty cells in the key, because = finds no NULL."""
    pattern = [pl.col(name).is_null() for name in key]
    for _, same in rows.group_by(pattern):
        filled = [name for name in key if same[name].null_count() == 0]
        found_by = [
            f"{_name(name.removeprefix(BEFORE))} {'= %s' if name in filled else 'IS NULL'}" for name in key
        ]
        assignments = ", ".join(f"{_name(column)} = %s" for column in columns)
        _write_many(
            f"UPDATE {_table(file)} SET {assignments} WHERE {' AND '.join(found_by)}",  # noqa: S608
            same.select(*columns, *(pl.col(name).alias(f"key.{name}") for name in filled)),
        )


def insert_as_notified(notifications: pl.DataFrame, incidents: pl.DataFrame, children: pl.DataFrame) -> None:
    """Keep what each of these notifications says, in the shape of `casework.as_notified.snapshot`."""
    said = as_notified(notifications, incidents, children)
    table = connection.ops.quote_name(AsNotified._meta.db_table)
    _write_many(f"INSERT INTO {table} (notification_id, said) VALUES (%s, %s)", said)  # noqa: S608


def as_notified(notifications: pl.DataFrame, incidents: pl.DataFrame, children: pl.DataFrame) -> pl.DataFrame:
    """`notification_id` and `said`, the snapshot as JSON; made by columns because there are many."""
    listed = (
        children.sort("incident_id", "position")
        .select("incident_id", pl.struct(_said(CHILD)).alias("children"))
        .group_by("incident_id", maintain_order=True)
        .agg("children")
    )
    about = incidents.select("incident_id", pl.struct(_said(INCIDENT)).alias("incident"))
    return (
        notifications.select(
            "notification_id", "incident_id", pl.struct(_said(NOTIFICATION)).alias("notification")
        )
        .join(about, on="incident_id", how="left", maintain_order="left")
        .join(listed, on="incident_id", how="left", maintain_order="left")
        .select(
            "notification_id",
            pl.struct("notification", "incident", "children").struct.json_encode().alias("said"),
        )
    )


def _said(columns: Sequence[str]) -> list[pl.Expr]:
    dates = {column.name for file in LAYOUT_1.values() for column in file.of_kind(Kind.DATE)}
    return [pl.col(name).cast(pl.String) if name in dates else pl.col(name) for name in columns]


def _write_many(statement: str, rows: pl.DataFrame, *, progress: Progress = silent, stage: str = "") -> None:
    """Run the statement for every row. Dates go in as ISO text, which every database takes for a date."""
    as_text = rows.with_columns(pl.col(pl.Date).cast(pl.String))
    with connection.cursor() as cursor:
        for start in range(0, len(as_text), ROWS_AT_ONCE):
            cursor.executemany(statement, as_text.slice(start, ROWS_AT_ONCE).rows())
            progress(stage, min(start + ROWS_AT_ONCE, len(as_text)), len(as_text))


def _table(file: File) -> str:
    return _name(MODELS[file.name]._meta.db_table)


def _key_column(file: File) -> str:
    return _name(str(MODELS[file.name]._meta.pk.column))


def _name(name: str) -> str:
    return connection.ops.quote_name(name)
