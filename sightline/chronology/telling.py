"""Which events each format would have shown, had there been one: only of these can its silence mean none.

A yearly return tells of its year; it can say what is so on its last day and nothing of a whole life. An
extract of a case system tells of all that the system holds. A format that is not listed tells what it tells,
and its silence says nothing.
"""

from collections.abc import Mapping

from sightline.chronology.told import Tells
from sightline.vocabulary.events import EventKind as E

_CARE_NOW = frozenset(
    {
        *(E.REFERRAL, E.ASSESSMENT, E.SECTION_47, E.CONFERENCE, E.CHILD_IN_NEED, E.CHILD_IN_NEED_PLAN),
        E.CHILD_PROTECTION_PLAN,
    }
)
_LOOKED_AFTER_NOW = frozenset({E.LOOKED_AFTER, E.PLACEMENT, E.LEGAL_STATUS, E.MISSING_EPISODE})
_WHOLE_SYSTEM = frozenset(
    {
        *_CARE_NOW,
        *(E.CONTACT, E.EARLY_HELP, E.STRATEGY_DISCUSSION, E.REVIEW, E.VISIT, E.LOOKED_AFTER, E.PLACEMENT),
        *(E.LEGAL_STATUS, E.MISSING_EPISODE, E.RETURN_INTERVIEW, E.CARE_LEAVING, E.ADOPTION),
    }
)

TELLS: Mapping[str, Tells] = {
    "cin-census": Tells(now=_CARE_NOW),
    "annex-a": Tells(now=_CARE_NOW | _LOOKED_AFTER_NOW | {E.CONTACT, E.EARLY_HELP, E.CARE_LEAVING}),
    "ssda903-csv": Tells(now=_LOOKED_AFTER_NOW),
    "ssda903-xml": Tells(now=_LOOKED_AFTER_NOW),
    "safeguarding-dataset": Tells(now=_WHOLE_SYSTEM, ever=_WHOLE_SYSTEM),
    "social-care-api": Tells(now=_CARE_NOW | {E.LOOKED_AFTER}),
    "school-census": Tells(now=frozenset({E.SCHOOL_ROLL, E.ATTENDANCE})),
    "sen2": Tells(now=frozenset({E.SEND})),
}
"""By the format's name."""

EVERYTHING = Tells(frozenset(E), frozenset(E))
"""What an agency that answers “nothing is held” has said of everything."""


def tells_of(format_name: str) -> Tells:
    return TELLS.get(format_name, Tells())
