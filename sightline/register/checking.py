"""Brings to each row what the rules need to know from other rows and files, and applies the rules."""

from collections.abc import Callable, Mapping
from datetime import date

import polars as pl

from sightline.register.faults import FindingList
from sightline.register.layout import LAYOUT_1, SINGLE_ANSWER_KEY, VARIABLES_OF_MANY, File, Kind
from sightline.register.rules import ROW_RULES
from sightline.register.rules.children import AGE_AT_FIRST, AGE_AT_LAST
from sightline.register.rules.places import operated
from sightline.register.rules.rows import SAME_KEY_AS, SAME_ROW_AS, is_known
from sightline.register.sheets import LINE, Sheet, apply_rules
from sightline.vocabulary.areas import AUTHORITIES
from sightline.vocabulary.codes import NoAnswer
from sightline.vocabulary.progress import Progress, silent

Sheets = Mapping[str, Sheet]
Widened = dict[str, pl.DataFrame]
"""Files whose rows know more than their own cells, by name; filled in the layout's order."""


def check_rows(
    sheets: Sheets, *, as_of: date, found: Mapping[str, FindingList], progress: Progress = silent
) -> None:
    """Apply every rule that looks at more than one cell. Files that could not be read are left out."""
    widened: Widened = {}
    for done, (name, file) in enumerate(LAYOUT_1.items()):
        progress("checking rows", done, len(LAYOUT_1))
        if name not in sheets:
            continue
        frame = _with_own(sheets[name], sheets).with_columns(as_of=pl.lit(as_of))
        widen = _WIDEN.get(name)
        widened[name] = widen(frame, sheets, widened) if widen else frame
        apply_rules(ROW_RULES[name], widened[name], found[file.file_name])
        if name == "codings":
            del widened[name]
    progress("checking rows", len(LAYOUT_1), len(LAYOUT_1))


def _with_own(sheet: Sheet, sheets: Sheets) -> pl.DataFrame:
    """Repeats, references and authorities: what every file is asked."""
    frame = _with_repeats(sheet.frame, sheet.file)
    frame = frame.with_columns(
        pl.col(column.name).is_in(known.implode()).alias(is_known(column.name))
        for column in sheet.file.columns
        if column.refers_to and sheet.has(column.name)
        if (known := _known(sheets.get(column.refers_to))) is not None
    )
    for column in sheet.file.of_kind(Kind.AUTHORITY):
        if sheet.has(column.name):
            frame = frame.join(_operation_of(column.name), on=column.name, how="left", maintain_order="left")
    return frame


def _known(sheet: Sheet | None) -> pl.Series | None:
    """The keys of a file, those of rows at fault too, so that one fault is not reported as two."""
    if sheet is None or not sheet.has(sheet.file.key[0]):
        return None
    keys = sheet.frame[sheet.file.key[0]].drop_nulls()
    return pl.concat([keys, pl.Series(sorted(sheet.set_aside), dtype=pl.String)]) if sheet.set_aside else keys


def _operation_of(column: str) -> pl.DataFrame:
    authorities = AUTHORITIES.values()
    return pl.DataFrame(
        {
            column: pl.Series([each.code for each in authorities], dtype=pl.Enum(list(AUTHORITIES))),
            operated(column, "from"): [each.operated_from for each in authorities],
            operated(column, "to"): pl.Series([each.operated_to for each in authorities], dtype=pl.Date),
        }
    )


def _with_repeats(frame: pl.DataFrame, file: File) -> pl.DataFrame:
    columns = [name for name in file.column_names if name in frame.columns]
    frame = _with_first_line(frame, [pl.col(name) for name in columns], SAME_ROW_AS)
    if not set(file.key) <= set(columns):
        return frame
    key = [pl.col(name) for name in file.key]
    if file.name == "codings":
        many = pl.when(pl.col("variable").is_in(VARIABLES_OF_MANY)).then(pl.col("value"))
        key = [*(pl.col(name) for name in SINGLE_ANSWER_KEY), many]
    return _with_first_line(frame, key, SAME_KEY_AS)


def _with_first_line(frame: pl.DataFrame, key: list[pl.Expr], name: str) -> pl.DataFrame:
    """The line of the first row with the same key, for the rows after it."""
    hashes = frame.select(key).hash_rows()
    if hashes.n_unique() == len(frame):
        return frame.with_columns(pl.lit(None, pl.UInt32).alias(name))
    # Grouping only the rows that may be repeated spares a large register the grouping of all.
    first = pl.col(LINE).min().over(key)
    repeated = (
        frame.filter(hashes.is_duplicated())
        .select(LINE, first.alias(name), key[0].alias("key"))
        .filter(pl.col(name) < pl.col(LINE), pl.col("key").is_not_null())
        .drop("key")
    )
    return frame.join(repeated, on=LINE, how="left", maintain_order="left")


def _with(
    frame: pl.DataFrame, other: pl.DataFrame | None, *, on: str, key: str, **columns: str
) -> pl.DataFrame:
    """Bring columns of another file's row to the rows that name it.

    `columns` maps the name here, “__” standing for “.”, to the name there.
    """
    wanted = {new.replace("__", "."): old for new, old in columns.items()}
    if other is None or on not in frame.columns or key not in other.columns:
        return frame
    brought = other.select(
        pl.col(key).alias(on),
        *(pl.col(old).alias(new) for new, old in wanted.items() if old in other.columns),
    )
    brought = brought.filter(pl.col(on).is_not_null()).unique(on, keep="first", maintain_order=True)
    return frame.join(brought, on=on, how="left", maintain_order="left")


def _incidents(frame: pl.DataFrame, sheets: Sheets, widened: Widened) -> pl.DataFrame:
    if {"occurred_on", "occurred_precision"} <= set(frame.columns):
        day, precision = pl.col("occurred_on"), pl.col("occurred_precision")
        year_end = day.dt.truncate("1y").dt.offset_by("1y").dt.offset_by("-1d")
        until = (
            pl.when(precision == "month").then(day.dt.month_end()).when(precision == "year").then(year_end)
        )
        frame = frame.with_columns(until.otherwise(day).alias("occurred_until"))
    children = sheets.get("children")
    if children and children.has("incident_id") and not children.has_set_aside:
        counted = children.frame.group_by("incident_id").agg(pl.len().alias("children.count"))
        frame = frame.join(counted, on="incident_id", how="left") if "incident_id" in frame.columns else frame
    return frame


def _children(frame: pl.DataFrame, sheets: Sheets, widened: Widened) -> pl.DataFrame:
    frame = _with(
        frame,
        widened.get("incidents"),
        on="incident_id",
        key="incident_id",
        incidents__occurred_on="occurred_on",
        incidents__occurred_until="occurred_until",
    )
    if {"incidents.occurred_until", "date_of_birth", "age_in_months"} <= set(frame.columns):
        age = pl.col("age_in_months")
        frame = frame.with_columns(
            age_at_least=pl.coalesce(AGE_AT_FIRST, age), age_at_most=pl.coalesce(AGE_AT_LAST, age)
        )
    if not {"incident_id", "position"} <= set(frame.columns):
        return frame
    place = [pl.col("incident_id"), pl.col("position")]
    frame = _with_first_line(frame, place, "same_position_as")
    return frame if sheets["children"].has_set_aside else _with_positions(frame)


def _with_positions(frame: pl.DataFrame) -> pl.DataFrame:
    following = frame.select("incident_id", pl.col("position") + 1, has_position_before=True).unique()
    return frame.join(following, on=["incident_id", "position"], how="left").with_columns(
        pl.col("has_position_before").fill_null(value=False),
        lowest_position=pl.col("position").min().over("incident_id"),
    )


def _notifications(frame: pl.DataFrame, sheets: Sheets, widened: Widened) -> pl.DataFrame:
    incident = {"incidents__occurred_on": "occurred_on"}
    child = {
        "children__incident_id": "incident_id",
        "children__age_at_least": "age_at_least",
        "children__age_at_most": "age_at_most",
    }
    frame = _with(frame, widened.get("incidents"), on="incident_id", key="incident_id", **incident)
    return _with(frame, widened.get("children"), on="index_child_ref", key="child_ref", **child)


def _rapid_reviews(frame: pl.DataFrame, sheets: Sheets, widened: Widened) -> pl.DataFrame:
    if "notification_id" in frame.columns:
        frame = _with_first_line(frame, [pl.col("notification_id")], "same_notification_as")
    return _with(
        frame,
        widened.get("notifications"),
        on="notification_id",
        key="notification_id",
        notifications__notified_on="notified_on",
        notifications__withdrawn_on="withdrawn_on",
        notifications__incident_id="incident_id",
    )


def _panel_responses(frame: pl.DataFrame, sheets: Sheets, widened: Widened) -> pl.DataFrame:
    received = {"rapid_reviews__received_on": "received_on"}
    return _with(frame, widened.get("rapid_reviews"), on="review_id", key="review_id", **received)


def _local_reviews(frame: pl.DataFrame, sheets: Sheets, widened: Widened) -> pl.DataFrame:
    if "review_id" in frame.columns:
        frame = _with_first_line(frame, [pl.col("review_id")], "same_review_as")
    decision = {
        "rapid_reviews__lcspr_decision": "lcspr_decision",
        "notifications__notified_on": "notifications.notified_on",
    }
    return _with(frame, widened.get("rapid_reviews"), on="review_id", key="review_id", **decision)


def _codings(frame: pl.DataFrame, sheets: Sheets, widened: Widened) -> pl.DataFrame:
    review = {
        "rapid_reviews__nature": "nature",
        "rapid_reviews__received_on": "received_on",
        "rapid_reviews__incident_id": "notifications.incident_id",
    }
    child = {
        "children__incident_id": "incident_id",
        "children__position": "position",
        "children__role": "role",
    }
    frame = _with(frame, widened.get("rapid_reviews"), on="review_id", key="review_id", **review)
    frame = _with(frame, widened.get("children"), on="child_ref", key="child_ref", **child)
    return _with_company(frame) if {*SINGLE_ANSWER_KEY, "value"} <= set(frame.columns) else frame


def _with_company(frame: pl.DataFrame) -> pl.DataFrame:
    """Whether a row that gives no answer stands beside answers of the same coder to the same question."""
    is_of_many = pl.col("variable").is_in(VARIABLES_OF_MANY)
    beside = (
        frame.lazy()
        .filter(is_of_many)
        .select(LINE, "value", pl.len().over(SINGLE_ANSWER_KEY).alias("answers"))
        .filter(pl.col("value").is_in(NoAnswer.codes()), pl.col("answers") > 1)
        .collect()
    )
    return frame.with_columns(stands_beside_others=pl.col(LINE).is_in(beside[LINE].implode()))


def _recommendations(frame: pl.DataFrame, sheets: Sheets, widened: Widened) -> pl.DataFrame:
    decided = {"local_reviews__decided_on": "decided_on"}
    return _with(frame, widened.get("local_reviews"), on="source_review_id", key="local_review_id", **decided)


_WIDEN: Mapping[str, Callable[[pl.DataFrame, Sheets, Widened], pl.DataFrame]] = {
    "incidents": _incidents,
    "children": _children,
    "notifications": _notifications,
    "rapid_reviews": _rapid_reviews,
    "panel_responses": _panel_responses,
    "local_reviews": _local_reviews,
    "codings": _codings,
    "recommendations": _recommendations,
}
