"""Rows of text into the register's frames, without reading or checking files."""

import polars as pl

from sightline.register.tables import Register

LAYOUT = {
    "incidents": "incident_id occurred_on occurred_precision incident_la_code outside_england place_type "
    "abuse_or_neglect",
    "children": "child_ref incident_id position role date_of_birth age_in_months sex ethnicity_code "
    "disability residence_la_code placement_type looked_after child_protection_plan child_in_need_plan "
    "known_to_agencies",
    "notifications": "notification_id incident_id index_child_ref route nature notifying_la_code aware_on "
    "notified_on withdrawn_on withdrawn_reason",
    "rapid_reviews": "review_id notification_id partnership received_on nature lcspr_decision "
    "national_review_potential",
    "panel_responses": "review_id responded_on outcome agrees_with_lcspr_decision",
    "local_reviews": "local_review_id review_id decided_on published_on publication delay_cause",
    "codings": "review_id child_ref variable value certainty coder coded_on codebook_version",
    "recommendations": "recommendation_id source_review_id level addressee theme made_on accepted due_on "
    "status closed_on",
}
WHOLE_NUMBERS = {"position", "age_in_months", "codebook_version"}


def as_register(rows):
    """`rows` maps a file's name to a list of dictionaries of text; an empty text is not supplied."""
    return Register(**{name: _frame(rows[name], columns.split()) for name, columns in LAYOUT.items()})


def _frame(rows, columns):
    text = pl.DataFrame(
        {column: [row.get(column) or None for row in rows] for column in columns},
        schema=dict.fromkeys(columns, pl.String),
    )
    return text.with_columns(
        *(pl.col(column).str.to_date() for column in columns if column.endswith("_on") or "date" in column),
        *(pl.col(column).cast(pl.Int32) for column in columns if column in WHOLE_NUMBERS),
    )


def a_reviewed_incident(*reviews, codings=(), children=("first",), more_notifications=()):
    """`reviews` are (identifier, nature, received on, withdrawn on); `more_notifications` are rows."""
    rows = {name: [] for name in LAYOUT}
    rows["incidents"] = [{"incident_id": "I", "occurred_on": "2022-05-01", "occurred_precision": "day"}]
    rows["children"] = [
        {"child_ref": child, "incident_id": "I", "position": str(place)}
        for place, child in enumerate(children, start=1)
    ]
    for review, nature, received, withdrawn in reviews:
        rows["notifications"].append(
            {
                "notification_id": f"of {review}",
                "incident_id": "I",
                "notified_on": "2022-05-02",
                "withdrawn_on": withdrawn,
                "notifying_la_code": "E06000001",
                "index_child_ref": children[0],
                "nature": "other",
                "route": "serious_incident",
            }
        )
        rows["rapid_reviews"].append(
            {
                "review_id": review,
                "notification_id": f"of {review}",
                "received_on": received,
                "nature": nature,
            }
        )
    rows["notifications"] += more_notifications
    rows["codings"] = [
        dict(zip(("review_id", "child_ref", "variable", "value", "coder"), each, strict=True))
        for each in codings
    ]
    return as_register(rows)
