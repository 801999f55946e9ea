"""How sensitive each stored field of the register room is, and how long it is kept."""

from collections.abc import Mapping

from sightline.access.classification import Kept, Retention, Sensitivity

CLASSIFICATION: Mapping[str, Kept] = {
    "RegisterImport": Kept(
        Retention.RECORD_OF_ACTS,
        {
            Sensitivity.ORDERING: ("id", "at", "as_of", "file_hashes", "counts", "code_version"),
            Sensitivity.FREE_TEXT: ("clerical_reason",),
            Sensitivity.WORKER: ("by",),
        },
    ),
}
