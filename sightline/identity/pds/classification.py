"""How sensitive each stored field of tracing is, and how long it is kept."""

from collections.abc import Mapping

from sightline.access.classification import Kept, Retention, Sensitivity

PDS_CLASSIFICATION: Mapping[str, Kept] = {
    "PdsTrace": Kept(
        Retention.EXTRACT,
        {
            Sensitivity.ORDERING: ("id", "at", "as_of", "rule_set"),
            Sensitivity.CASE: ("agency",),
            Sensitivity.CHILD: (
                *("record_id", "reference", "outcome", "reasons", "nhs_number", "held_number", "score"),
                *("rule", "rule_version", "date_error", "is_restricted", "results"),
            ),
            Sensitivity.FREE_TEXT: ("purpose",),
            Sensitivity.WORKER: ("by",),
        },
    ),
    "PdsRuling": Kept(
        Retention.EXTRACT,
        {
            Sensitivity.ORDERING: ("id", "at", "trace"),
            Sensitivity.CHILD: ("nhs_number",),
            Sensitivity.FREE_TEXT: ("why",),
            Sensitivity.WORKER: ("by",),
        },
    ),
}
