"""How sensitive each stored field of coding is, and how long it is kept."""

from collections.abc import Mapping

from sightline.access.classification import Kept, Retention, Sensitivity

CLASSIFICATION: Mapping[str, Kept] = {
    "CodedAnswer": Kept(
        Retention.CASE_RECORD,
        {
            Sensitivity.ORDERING: ("id", "register_position", "codebook_version"),
            Sensitivity.CASE: ("review", "child", "coded_on"),
            Sensitivity.CHILD: ("variable", "value", "certainty"),
            Sensitivity.WORKER: ("coder",),
        },
    ),
}
