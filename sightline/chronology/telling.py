"""Which events each delivery would have shown, had there been one: only of these can its silence mean none.

A yearly return tells of its year; it can say what is so on its last day and nothing of a whole life. An
extract of a case system tells of all that the system holds. Where a delivery comes as tables, a table speaks
for its own events alone: a list of persons says nothing of their plans. A format that is not listed tells
what it tells, and its silence says nothing:

    plain-health, plain-social-care   they say who a child is, and tell no events
    plain-education                   attendance alone, and that may be left empty; it names no roll
    plain-police, police-notice       what was sent of what the force holds, over days that are not said
    social-care-api                   what has changed; of a child that did not change it is silent too
    single-identifier                 what a custodian may release of what it holds
    pds-patients                      the patients who were asked for, not all who are registered
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
_EPISODES = frozenset({E.LOOKED_AFTER, E.PLACEMENT, E.LEGAL_STATUS})
_MISSING = frozenset({E.MISSING_EPISODE})


def _now(*kinds: E) -> Tells:
    return Tells(now=frozenset(kinds))


def _all(*kinds: E) -> Tells:
    return Tells(now=frozenset(kinds), ever=frozenset(kinds))


TELLS: Mapping[str, Tells] = {
    "cin-census": Tells(now=_CARE_NOW),
    "annex-a": Tells(
        now=_CARE_NOW | _EPISODES | _MISSING | {E.CONTACT, E.EARLY_HELP, E.CARE_LEAVING},
    ),
    "ssda903-xml": Tells(now=_EPISODES),  # the form of later years, with missing episodes, is not XML
    "sen2": _now(E.SEND),
}
"""By the format's name, for deliveries that are one file."""

TABLES: Mapping[str, Mapping[str, Tells]] = {
    "ssda903-csv": {"episodes": Tells(now=_EPISODES), "missing": Tells(now=_MISSING)},
    "school-census": {
        "pupilonroll": _now(E.SCHOOL_ROLL),
        "termlysessiondetailsonroll": _now(E.ATTENDANCE),
    },
    "safeguarding-dataset": {
        "ssd_contacts": _all(E.CONTACT),
        "ssd_early_help_episodes": _all(E.EARLY_HELP),
        "ssd_cin_episodes": _all(E.REFERRAL, E.CHILD_IN_NEED),
        "ssd_cin_assessments": _all(E.ASSESSMENT),
        "ssd_cin_plans": _all(E.CHILD_IN_NEED_PLAN),
        "ssd_s47_enquiry": _all(E.SECTION_47),
        "ssd_initial_cp_conference": _all(E.CONFERENCE),
        "ssd_cp_plans": _all(E.CHILD_PROTECTION_PLAN),
        "ssd_cla_episodes": _all(E.LOOKED_AFTER),
        "ssd_cla_placement": _all(E.PLACEMENT),
        "ssd_legal_status": _all(E.LEGAL_STATUS),
        "ssd_missing": _all(E.MISSING_EPISODE),
        "ssd_care_leavers": _all(E.CARE_LEAVING),
    },
}
"""By the format's name and the table's, for deliveries of several files. A delivery names its table last,
after the year or the census: “2026/episodes”."""

EVERYTHING = Tells(frozenset(E), frozenset(E))
"""What an agency that answers “nothing is held” has said of everything."""


def tells_of(format_name: str, collection: str = "") -> Tells:
    if tables := TABLES.get(format_name):
        return tables.get(collection.rpartition("/")[2], Tells())
    return TELLS.get(format_name, Tells())
