"""How sensitive each stored field of identity is, and how long it is kept."""

from collections.abc import Mapping

from sightline.access.classification import Kept, Retention, Sensitivity
from sightline.identity.learnt.classification import LEARNT_CLASSIFICATION
from sightline.identity.pds.classification import PDS_CLASSIFICATION
from sightline.identity.review.classification import REVIEW_CLASSIFICATION

_ORDERING, _CASE, _CHILD = Sensitivity.ORDERING, Sensitivity.CASE, Sensitivity.CHILD
_FREE_TEXT, _WORKER = Sensitivity.FREE_TEXT, Sensitivity.WORKER
_PAIR = ("record_a", "record_b")
_AGENCIES = ("agency_a", "agency_b")

CLASSIFICATION: Mapping[str, Kept] = {
    # A ruling must outlive every record and run: whoever relied on it is found through it.
    "Ruling": Kept(
        Retention.RECORD_OF_ACTS,
        {
            _ORDERING: ("id", "at", "undoes"),
            _CASE: _AGENCIES,
            _CHILD: (*_PAIR, "answer"),
            _FREE_TEXT: ("why",),
            _WORKER: ("by",),
        },
    ),
    "LinkRun": Kept(
        Retention.RECORD_OF_ACTS,
        {
            _ORDERING: (
                *("id", "at", "as_of", "ruling", "records", "identities", "joined", "asked"),
                *("last_ruling", "weights_version", "code_version", "people_sha256", "answer_sha256"),
            ),
            _WORKER: ("by",),
        },
    ),
    "Identity": Kept(
        Retention.RECORD_OF_ACTS, {_CHILD: ("number", "merged_into"), _ORDERING: ("begun_in", "retired_in")}
    ),
    "Membership": Kept(
        Retention.EXTRACT,
        {
            _ORDERING: ("id", "from_run", "until_run"),
            _CASE: ("agency",),
            _CHILD: ("record_id", "identity"),
        },
    ),
    "Link": Kept(
        Retention.EXTRACT,
        {_ORDERING: ("id", "from_run", "until_run", "kind"), _CASE: _AGENCIES, _CHILD: (*_PAIR, "bits")},
    ),
    "Question": Kept(
        Retention.EXTRACT,
        {_ORDERING: ("id", "asked_in", "closed_in"), _CASE: _AGENCIES, _CHILD: (*_PAIR, "bits", "reason")},
    ),
    "IdentityChange": Kept(
        Retention.RECORD_OF_ACTS, {_ORDERING: ("id", "run", "kind", "records"), _CHILD: ("identity", "into")}
    ),
    "Reliance": Kept(
        Retention.RECORD_OF_ACTS,
        {_ORDERING: ("id", "run", "at"), _CHILD: ("identity",), _FREE_TEXT: ("why",), _WORKER: ("by",)},
    ),
    **PDS_CLASSIFICATION,
    **REVIEW_CLASSIFICATION,
    **LEARNT_CLASSIFICATION,
}
