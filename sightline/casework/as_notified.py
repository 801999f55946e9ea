"""What a notification said when it was made, as one value that is stored once and never changed.

The department's statistics are as notified: a child who dies later stays “seriously harmed” there
(explore-education-statistics, serious incident notifications methodology).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

NOTIFICATION = ("index_child_ref", "route", "nature", "notifying_la_code", "aware_on", "notified_on")
"""Columns of a notification that stand as notified for ever; only a clerical correction changes them."""

INCIDENT = (
    "occurred_on",
    "occurred_precision",
    "incident_la_code",
    "outside_england",
    "place_type",
    "abuse_or_neglect",
)
CHILD = (
    "child_ref",
    "position",
    "role",
    "date_of_birth",
    "age_in_months",
    "sex",
    "ethnicity_code",
    "disability",
    "residence_la_code",
    "placement_type",
    "looked_after",
    "child_protection_plan",
    "child_in_need_plan",
    "known_to_agencies",
)


def snapshot(
    notification: Mapping[str, Any], *, incident: Mapping[str, Any], children: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """The notification's own values with those of its incident and of every child in it, first child first.

    Takes rows keyed by the column names of register layout 1; dates become ISO text, and None stays
    “not supplied”.
    """
    listed = sorted(children, key=lambda child: int(child["position"]))
    return {
        "notification": _said(notification, NOTIFICATION),
        "incident": _said(incident, INCIDENT),
        "children": [_said(child, CHILD) for child in listed],
    }


def _said(row: Mapping[str, Any], columns: tuple[str, ...]) -> dict[str, Any]:
    return {column: as_text(row.get(column)) for column in columns}


def as_text(value: Any) -> Any:
    """A value as it stands in the snapshot: dates as ISO text, code members as their code."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value
