"""How sensitive each stored field of a review of links is, and how long it is kept."""

from collections.abc import Mapping

from sightline.access.classification import Kept, Retention, Sensitivity

REVIEW_CLASSIFICATION: Mapping[str, Kept] = {
    "ReviewSample": Kept(
        Retention.RECORD_OF_ACTS,
        {
            Sensitivity.ORDERING: ("id", "run", "at", "seed", "threshold", "strata"),
            Sensitivity.WORKER: ("by",),
        },
    ),
    "ReviewPair": Kept(
        Retention.EXTRACT,
        {
            Sensitivity.ORDERING: ("id", "sample", "place", "stratum", "chance"),
            Sensitivity.CASE: ("agency_a", "agency_b"),
            Sensitivity.CHILD: ("record_a", "record_b", "bits", "is_linked"),
        },
    ),
    "ReviewLabel": Kept(
        Retention.EXTRACT,
        {
            Sensitivity.ORDERING: ("id", "pair", "at"),
            Sensitivity.CHILD: ("verdict",),
            Sensitivity.WORKER: ("reviewer",),
        },
    ),
}
