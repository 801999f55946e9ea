"""How sensitive each stored field of intake is, and how long it is kept."""

from collections.abc import Mapping

from sightline.access.classification import Kept, Retention, Sensitivity

_ORDERING, _CASE, _CHILD = Sensitivity.ORDERING, Sensitivity.CASE, Sensitivity.CHILD
_FREE_TEXT, _WORKER = Sensitivity.FREE_TEXT, Sensitivity.WORKER
_KEPT = Retention.EXTRACT

_IN_EXTRACT = ("id", "extract", "number", "line", "superseded_by")

CLASSIFICATION: Mapping[str, Kept] = {
    "Agency": Kept(Retention.RECORD_OF_ACTS, {_ORDERING: ("code", "name", "kind", "stated_senders")}),
    "Extract": Kept(
        Retention.RECORD_OF_ACTS,
        {
            _ORDERING: (
                *("id", "agency", "format", "collection", "sender", "sha256", "size", "made_on", "as_of"),
                *("received_at", "mapping", "code_version", "state", "superseded_by", "change_number"),
                *("read", "accepted", "accepted_with_findings", "refused", "people", "events"),
                *("findings", "withdrawals"),
            ),
            # A file may be named for a child; a reason is a finding's sentence.
            _FREE_TEXT: ("file_name", "stopped_because"),
            _WORKER: ("by",),
        },
    ),
    "HeldPerson": Kept(
        _KEPT,
        {
            _ORDERING: _IN_EXTRACT,
            _CASE: ("agency", "la_code"),
            _CHILD: (
                *("record_id", "surname", "forenames", "aliases", "preferred_forename", "former_surname"),
                *("born_on", "expected_on", "died_on", "sex", "ethnicity", "nhs_number", "upn"),
                *("former_upn", "other_ids", "postcode", "address", "former_postcodes", "school"),
                *("gp_practice", "is_adult", "is_restricted", "is_address_protected"),
            ),
        },
    ),
    "HeldEvent": Kept(
        _KEPT,
        {
            _ORDERING: _IN_EXTRACT,
            _CASE: ("agency",),
            _CHILD: (
                *("record_id", "event_id", "kind", "on", "summary", "precision", "until", "is_open"),
                *("time", "statement", "sensitivity", "details"),
            ),
            _FREE_TEXT: ("text",),
        },
    ),
    "HeldFinding": Kept(
        _KEPT,
        {
            _ORDERING: ("id", "extract", "number", "line", "rule", "severity", "is_refused"),
            _CASE: ("column", "sentence"),
            _CHILD: ("record_id",),
        },
    ),
    "RefusedRecord": Kept(
        _KEPT, {_ORDERING: ("id", "extract", "number", "line", "table"), _FREE_TEXT: ("content",)}
    ),
    "Withdrawal": Kept(_KEPT, {_ORDERING: ("id", "extract", "number"), _CHILD: ("record_id", "event_id")}),
    "NothingTold": Kept(
        _KEPT,
        {
            _ORDERING: ("id",),
            _CASE: ("agency", "kind", "asked_on"),
            _CHILD: ("record_id",),
            _WORKER: ("by",),
        },
    ),
    # That a child was adopted is guarded closely, and the closing must outlive the record.
    "Restriction": Kept(
        Retention.RECORD_OF_ACTS,
        {_ORDERING: ("id", "at"), _CASE: ("agency",), _CHILD: ("record_id", "reason"), _WORKER: ("by",)},
    ),
}
