"""How sensitive each stored field of learnt weights is, and how long it is kept."""

from collections.abc import Mapping

from sightline.access.classification import Kept, Retention, Sensitivity

LEARNT_CLASSIFICATION: Mapping[str, Kept] = {
    # Every run names the weights that it used, so they last as long as the runs.
    "LearntWeights": Kept(
        Retention.RECORD_OF_ACTS,
        {
            Sensitivity.ORDERING: (
                *("id", "at", "learnt_by", "version", "started_from", "rows"),
                *("same_pairs", "home_pairs", "left_out", "measures"),
            ),
            Sensitivity.WORKER: ("by",),
        },
    ),
}
