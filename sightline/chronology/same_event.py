"""When two accounts may be of one event: the rules, as dated data.

Two accounts are never one event because they look alike. They are when a rule names their kinds, their days
are near enough, and nothing that the rule asks to agree speaks against it. Two accounts from one collection
of one agency are never one event: whoever wrote two rows meant two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.codes import Code
from sightline.vocabulary.events import EventKind as E

VERSION = "2026-11"


class Between(Code):
    """Whose accounts a rule is about."""

    ONE_AGENCY = "one_agency", "two collections of one agency"
    AGENCIES = "agencies", "two agencies"
    KINDS_OF_AGENCY = "kinds_of_agency", "two agencies of different kinds"


@dataclass(frozen=True, slots=True, kw_only=True)
class SameEventRule:
    """One way in which one event is told twice.

    `kinds`: what the accounts call it; the entry takes the first of them that is told. `days`: how far apart
    days known to the day may be. `hours`: where both give a time, how far apart at most. `may_be_coarse`: a
    day may agree with the month, term or year it lies in; otherwise coarse dates must be the same. `agree`:
    details that must be equal where both give them. `only_if`: the detail that an account of this kind must
    hold one of these words in, where it gives that detail. `told_by`: the two kinds of agency, where only
    these can mean one event.
    """

    name: str
    between: Between
    kinds: tuple[E, ...]
    days: int
    hours: int | None = None
    may_be_coarse: bool = False
    agree: tuple[str, ...] = ()
    only_if: Mapping[E, tuple[str, tuple[str, ...]]] | None = None
    told_by: frozenset[AgencyKind] = frozenset()
    since: date = date(2026, 11, 1)
    why: str


_OF_ONE_COLLECTION = (
    *(E.CONTACT, E.EARLY_HELP, E.REFERRAL, E.ASSESSMENT, E.STRATEGY_DISCUSSION, E.SECTION_47, E.CONFERENCE),
    *(E.CHILD_IN_NEED, E.CHILD_IN_NEED_PLAN, E.CHILD_PROTECTION_PLAN, E.REVIEW, E.VISIT, E.LOOKED_AFTER),
    *(E.PLACEMENT, E.LEGAL_STATUS, E.PRE_PROCEEDINGS, E.CARE_LEAVING, E.ADOPTION, E.MISSING_EPISODE),
    *(E.RETURN_INTERVIEW, E.SCHOOL_ROLL, E.ATTENDANCE, E.SUSPENSION, E.EXCLUSION, E.HOME_EDUCATION, E.SEND),
    *(E.EMERGENCY_ATTENDANCE, E.APPOINTMENT, E.WAS_NOT_BROUGHT, E.HEALTH_ASSESSMENT, E.GP_REGISTRATION),
    *(E.SUBSTANCE_MISUSE, E.POLICE_NOTICE, E.POLICE_PROTECTION, E.DOMESTIC_ABUSE, E.ARREST, E.OFFENCE),
    *(E.EXPLOITATION, E.HOUSING, E.CHANGE_OF_ADDRESS, E.CHANGE_OF_SCHOOL, E.BIRTH, E.DEATH),
)

_REFERRED_BY: Mapping[AgencyKind, tuple[str, ...]] = {
    AgencyKind.POLICE: ("6", "police"),
    AgencyKind.EDUCATION: ("2A", "2B", "school", "education"),
    AgencyKind.HEALTH: (
        "3A",
        "3B",
        "3C",
        "3D",
        "3E",
        "3F",
        "health",
        "hospital",
        "general practitioner",
        "emergency",
    ),
    AgencyKind.HOUSING: ("4", "housing"),
}
"""The department's codes, and the words that systems print for them, for who referred."""

_SENT_AS_NOTICE: Mapping[AgencyKind, tuple[tuple[E, ...], ...]] = {
    AgencyKind.POLICE: ((E.REFERRAL, E.POLICE_NOTICE), (E.CONTACT, E.POLICE_NOTICE)),
}
"""A police notice that is sent on is what social care records as a referral or, if no more, as a contact."""

_PARTS_OF_A_WHOLE: Mapping[E, Mapping[E, tuple[str, tuple[str, ...]]]] = {
    E.ATTENDANCE: {E.ATTENDANCE: ("attendance code", ())},
    E.SEND: {E.SEND: ("send type", ())},
}
"""An account that gives this detail tells a part (the sessions under one code, one of a child's needs), which
is never what another account tells."""

RULES: tuple[SameEventRule, ...] = (
    *(
        SameEventRule(
            name=f"{kind}.collections",
            between=Between.ONE_AGENCY,
            kinds=(kind,),
            days=0,
            hours=1,
            agree=("school", "appointment type", "visit type", "crime number", "incident number"),
            only_if=_PARTS_OF_A_WHOLE.get(kind),
            why="One case system fills several returns; each return copies the same day from it.",
        )
        for kind in _OF_ONE_COLLECTION
    ),
    SameEventRule(
        name="missing.agencies",
        between=Between.AGENCIES,
        kinds=(E.MISSING_EPISODE,),
        days=1,
        agree=("incident number",),
        why="A school or carer reports a child missing, the police open the episode, often after midnight.",
    ),
    *(
        SameEventRule(
            name=f"{kinds[0]}.{kinds[1]}.{referrer}",
            between=Between.KINDS_OF_AGENCY,
            told_by=frozenset({AgencyKind.SOCIAL_CARE, referrer}),
            kinds=kinds,
            days=3,
            only_if={E.REFERRAL: ("referred by", words), E.CONTACT: ("referred by", words)},
            why="Whoever refers notes the day of sending, social care the day of receipt, and from whom.",
        )
        for referrer, words in _REFERRED_BY.items()
        for kinds in ((E.REFERRAL, E.CONTACT), *_SENT_AS_NOTICE.get(referrer, ()))
    ),
    SameEventRule(
        name="strategy.agencies",
        between=Between.KINDS_OF_AGENCY,
        kinds=(E.STRATEGY_DISCUSSION,),
        days=1,
        why="Each agency at a strategy discussion records it.",
    ),
    SameEventRule(
        name="section_47.agencies",
        between=Between.KINDS_OF_AGENCY,
        kinds=(E.SECTION_47,),
        days=3,
        why="Police and health record the enquiry from when they joined it. Two authorities' are two.",
    ),
    SameEventRule(
        name="conference.agencies",
        between=Between.KINDS_OF_AGENCY,
        kinds=(E.CONFERENCE,),
        days=1,
        why="Each agency at a conference records it.",
    ),
    SameEventRule(
        name="child_protection_plan.agencies",
        between=Between.KINDS_OF_AGENCY,
        kinds=(E.CHILD_PROTECTION_PLAN,),
        days=7,
        may_be_coarse=True,
        why="Health and schools flag a plan when they are told of it, days after its start.",
    ),
    SameEventRule(
        name="looked_after.agencies",
        between=Between.KINDS_OF_AGENCY,
        kinds=(E.LOOKED_AFTER,),
        days=7,
        may_be_coarse=True,
        why="Health and schools learn that a child is looked after days after it began.",
    ),
    SameEventRule(
        name="police_protection.agencies",
        between=Between.AGENCIES,
        kinds=(E.POLICE_PROTECTION, E.LEGAL_STATUS),
        days=1,
        hours=24,
        # L1 is “under police protection and in local authority accommodation” among the legal status codes.
        only_if={E.LEGAL_STATUS: ("legal status", ("l1", "police protection"))},
        why="The police protect the child, and the authority that takes it in records that legal status.",
    ),
    SameEventRule(
        name="return_interview.agencies",
        between=Between.AGENCIES,
        kinds=(E.RETURN_INTERVIEW,),
        days=3,
        why="Held by one agency, copied to the other.",
    ),
    SameEventRule(
        name="suspension.agencies",
        between=Between.AGENCIES,
        kinds=(E.SUSPENSION,),
        days=1,
        agree=("school",),
        why="The school excludes for a time, and the authority is told.",
    ),
    SameEventRule(
        name="exclusion.agencies",
        between=Between.AGENCIES,
        kinds=(E.EXCLUSION,),
        days=7,
        agree=("school",),
        may_be_coarse=True,
        why="The school's day is that of the decision, the authority's that of the notice.",
    ),
    SameEventRule(
        name="home_education.agencies",
        between=Between.AGENCIES,
        kinds=(E.HOME_EDUCATION,),
        days=31,
        may_be_coarse=True,
        why="The school takes the child off its roll, the authority registers home education weeks later.",
    ),
    SameEventRule(
        name="change_of_school.agencies",
        between=Between.AGENCIES,
        kinds=(E.CHANGE_OF_SCHOOL,),
        days=14,
        agree=("school",),
        why="One school's last day and the other's first are a fortnight of holidays apart at most.",
    ),
    SameEventRule(
        name="send.agencies",
        between=Between.AGENCIES,
        kinds=(E.SEND,),
        days=7,
        agree=("send type",),
        why="A plan is issued by the authority and noted by school and health on receipt.",
    ),
    SameEventRule(
        name="emergency.agencies",
        between=Between.AGENCIES,
        kinds=(E.EMERGENCY_ATTENDANCE,),
        days=1,
        hours=8,
        why="The hospital's time is that of arrival; others learn of it by the next day.",
    ),
    SameEventRule(
        name="not_brought.agencies",
        between=Between.AGENCIES,
        kinds=(E.WAS_NOT_BROUGHT, E.APPOINTMENT),
        days=0,
        hours=1,
        agree=("appointment type", "specialty"),
        why="One appointment, booked by one provider and told to another as missed.",
    ),
    SameEventRule(
        name="health_assessment.agencies",
        between=Between.AGENCIES,
        kinds=(E.HEALTH_ASSESSMENT,),
        days=7,
        why="The provider's day is that of the assessment, social care's that of the report.",
    ),
    SameEventRule(
        name="domestic_abuse.agencies",
        between=Between.AGENCIES,
        kinds=(E.DOMESTIC_ABUSE, E.POLICE_NOTICE),
        days=1,
        hours=12,
        agree=("incident number",),
        only_if={E.POLICE_NOTICE: ("incident type", ("domestic abuse", "domestic_abuse", "domestic"))},
        why="The incident and the notice about it, or the incident as another agency heard of it next day.",
    ),
    SameEventRule(
        name="arrest.agencies",
        between=Between.AGENCIES,
        kinds=(E.ARREST,),
        days=1,
        hours=12,
        why="Youth justice and social care are told of an arrest by the next day.",
    ),
    SameEventRule(
        name="change_of_address.agencies",
        between=Between.AGENCIES,
        kinds=(E.CHANGE_OF_ADDRESS,),
        days=31,
        agree=("postcode",),
        may_be_coarse=True,
        why="Every agency learns of a move on a day of its own; two moves in a month differ by postcode.",
    ),
    SameEventRule(
        name="birth.agencies",
        between=Between.AGENCIES,
        kinds=(E.BIRTH,),
        days=366,
        may_be_coarse=True,
        why="A child is born once; another date is a conflict, not another birth.",
    ),
    SameEventRule(
        name="death.agencies",
        between=Between.AGENCIES,
        kinds=(E.DEATH,),
        days=31,
        may_be_coarse=True,
        why="A child dies once; another date is a conflict, not another death.",
    ),
)
