"""How sensitive each stored field of the chronology room is, and how long it is kept."""

from collections.abc import Mapping

from sightline.access.classification import Kept, Retention, Sensitivity

CLASSIFICATION: Mapping[str, Kept] = {
    "Annotation": Kept(
        Retention.CASE_RECORD,
        {
            Sensitivity.ORDERING: ("id", "kind", "column", "at", "file_sha256"),
            Sensitivity.CHILD: ("child", "entry"),
            Sensitivity.FREE_TEXT: ("words", "source_said"),
            Sensitivity.WORKER: ("by",),
        },
    ),
}
