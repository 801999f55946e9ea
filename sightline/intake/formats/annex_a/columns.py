"""The eleven lists of Annex A and their columns, with the words by which a local heading is known."""

from dataclasses import dataclass

DATE, COUNT, TEXT = "date", "whole number", "text"


@dataclass(frozen=True, slots=True)
class Asked:
    """One column: what Annex A calls it, and sets of words that a local heading for it holds.

    `code_set` is the set of `spelling` its cells are codes of. `is_key`: no list is known without it.
    """

    name: str
    meaning: str
    words: tuple[str, ...]
    form: str = TEXT
    code_set: str = ""
    is_key: bool = False
    is_local: bool = False  # not asked for by Annex A, but read where an authority adds it


def _date(name: str, meaning: str, *words: str, is_key: bool = False) -> Asked:
    return Asked(name, meaning, words, DATE, is_key=is_key)


def _coded(name: str, code_set: str, meaning: str, *words: str) -> Asked:
    return Asked(name, meaning, words, "code", code_set)


def _count(name: str, meaning: str, *words: str) -> Asked:
    return Asked(name, meaning, words, COUNT)


CHILD_ID, ADOPTER_ID, FAMILY_ID = "Child Unique ID", "Individual adopter identifier", "Family identifier"
GENDER, ETHNICITY, BORN, AGE = "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)"
DISABILITY, UPN, NHS_NUMBER = "Does the Child have a Disability", "UPN", "NHS number"
SURNAME, FORENAME, HOME_POSTCODE = "Surname", "Forename", "Home postcode"

_CHILD = (
    Asked(
        CHILD_ID,
        "The authority's own number for the child",
        ("child id", "child identifier", "child unique", "person id", "unique id", "client id", "ics id"),
        is_key=True,
    ),
    _coded(GENDER, "sex", "The child's sex", "gender", "sex"),
    _coded(ETHNICITY, "ethnicity", "The child's ethnicity", "ethnicity", "ethnic origin"),
    _date(BORN, "Date of birth; before birth the date on which the child is expected", "date birth", "dob"),
    Asked(AGE, "Age in years when the list was made", ("age",), "number"),
    Asked(UPN, "Unique pupil number", ("upn", "unique pupil number"), "UPN", is_local=True),
    Asked(NHS_NUMBER, "NHS number", ("nhs number", "nhs no"), "NHS number", is_local=True),
    Asked(SURNAME, "Family name", ("surname", "last name", "family name"), is_local=True),
    Asked(FORENAME, "Given names", ("forename", "forenames", "first name", "given name"), is_local=True),
    Asked(
        HOME_POSTCODE,
        "Postcode of the child's home",
        ("home postcode", "home post code", "child postcode"),
        "postcode",
        is_local=True,
    ),
)
_DISABILITY = _coded(DISABILITY, "disability", "Whether the child is disabled", "disability", "disabled")
_FAMILY = Asked(FAMILY_ID, "Joins an adopted child to the adopters", ("family id", "family identifier"))
_TEAM = (
    Asked("Allocated Team", "The team that holds the case; not kept", ("team",)),
    Asked("Allocated Worker", "The worker who holds the case; not kept", ("worker",)),
)

CONTACT_DATE, CONTACT_SOURCE = "Date of Contact", "Contact Source"
HELP_START, HELP_END, HELP_BY = (
    "Assessment start date",
    "Assessment completion date",
    "Organisation completing assessment",
)
REFERRED, REFERRAL_SOURCE, NFA, REFERRALS = (
    "Date of referral",
    "Referral Source",
    "Referral NFA?",
    "Number of Referrals in Last 12 Months",
)
ASSESSED, ASSESSMENT_SEEN, AUTHORISED, NEEDS_SUPPORT = (
    "Continuous Assessment Start Date",
    "Child Seen During Continuous Assessment",
    "Continuous Assessment Date of Authorisation",
    "Was the child assessed as requiring LA children's social care support?",
)
STRATEGY, UNNECESSARY, CONFERENCE, RESULTED, ENQUIRIES, CONFERENCES = (
    "Strategy discussion initiating Section 47 Enquiry Start Date",
    "Was an Initial Child Protection Conference deemed unnecessary?",
    "Date of Initial Child Protection Conference",
    "Did the Initial Child Protection Conference Result in a Child Protection Plan",
    "Number of Section 47 Enquiries in the last 12 months",
    "Number of ICPCs in the last 12 months",
)
NEED_START, NEED_CODE, LAST_SEEN, NEED_END, NEED_CLOSED, CASE_STATUS = (
    "CIN Start Date",
    "Primary Need Code",
    "Date Child Was Last Seen",
    "CIN Closure Date",
    "Reason for Closure",
    "Case Status",
)
PLAN_START, ABUSE_FIRST, ABUSE_LATEST, STATUTORY_VISIT, SEEN_ALONE, REVIEW_CONFERENCE = (
    "Child Protection Plan Start Date",
    "Initial Category of Abuse",
    "Latest Category of Abuse",
    "Date of the Last Statutory Visit",
    "Was the Child Seen Alone?",
    "Date of latest review conference",
)
PLAN_END, EMERGENCY, PLANS_BEFORE = (
    "Child Protection Plan End Date",
    "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
    "Number of Previous Child Protection Plans",
)
UASC, CARE_START, CARE_NEED, CARE_AGAIN, LEGAL_START, LEGAL_STATUS = (
    "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
    "Date Started to be Looked After",
    "Child's Category of Need",
    "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
    "Start date of current legal status",
    "Child's Legal Status",
)
CARE_REVIEW, WORKER_VISIT, PERMANENCE, REVIEWER_VISIT, HEALTH, DENTAL, PLACEMENTS = (
    "Date of Latest Statutory Review",
    "Date of Last Social Work Visit",
    "What is the permanence plan for this child?",
    "Date of Last IRO Visit / Contact to the Child",
    "Date of Last Health Assessment",
    "Date of Last Dental Check",
    "Number of Placements in the Last 12 months",
)
CARE_END, CARE_ENDED, PLACED, PLACEMENT, PROVIDER = (
    "Date Ceased to be Looked After",
    "Reason Ceased to be Looked After",
    "Start Date of Most Recent Placement",
    "Placement Type",
    "Placement Provider",
)
PLACEMENT_POSTCODE, LOCATION = "Placement postcode", "Placement Location"
MISSING, ABSENT, INTERVIEW_OFFERED, INTERVIEW_ACCEPTED = (
    "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months",
    "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months",
    "Was the child offered a Return Interview after their last missing episode (Y/N)?",
    "Did the child accept a Return Interview after their last missing episode (Y/N)?",
)
UASC_FORMERLY, ELIGIBILITY, PATHWAY, IN_TOUCH, IN_TOUCH_ON, ACCOMMODATION, SUITABILITY, ACTIVITY = (
    "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
    "Eligibility Category",
    "Latest Pathway Plan Review Date",
    "LA in Touch",
    "Latest Date of Contact",
    "Type of Accommodation",
    "Suitability of Accommodation",
    "Activity Status",
)
ENTERED_CARE, DECIDED, PLACEMENT_ORDER, MATCHED, PLACED_FOR, ADOPTED, REVERSED, REVERSED_WHY, FOSTERED = (
    "Date the Child Entered Care",
    "Date of Decision that Child Should be Placed for Adoption",
    "Date of Placement Order",
    "Date of Matching Child and Prospective Adopters",
    "Date Placed for Adoption",
    "Date of Adoption Order",
    "Date of Decision that Child Should No Longer be Placed for Adoption",
    "Reason Why Child No Longer Placed for Adoption",
    "Date the child was placed for fostering in FFA or concurrent planning placement",
)
ADOPTER_DISABILITY, FOSTERING = "Disability", "Is the (prospective) adopter fostering for adoption?"
ENQUIRED, STAGE_1, STAGE_1_END, STAGE_2, STAGE_2_END, APPLIED, APPROVED = (
    "Date enquiry received",
    "Date Stage 1 started",
    "Date Stage 1 ended",
    "Date Stage 2 started",
    "Date Stage 2 ended",
    "Date application submitted",
    "Date application approved",
)
ADOPTER_MATCHED, ADOPTER_PLACED, CHILDREN_PLACED, LEFT, LEFT_WHY = (
    "Date adopter matched with child(ren)",
    "Date child/children placed with adopter(s)",
    "No. of children placed",
    "Date of leaving adoption process",
    "Reason for leaving adoption process",
)


@dataclass(frozen=True, slots=True)
class AnnexList:
    """One list. `also_called` are words of sheet names without a number; `keyed_by` tells two rows apart."""

    number: int
    title: str
    also_called: tuple[str, ...]
    asked: tuple[Asked, ...]
    keyed_by: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"list {self.number}"

    @property
    def person_id(self) -> str:
        return ADOPTER_ID if self.number == 11 else CHILD_ID

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.asked if each.is_key)

    def column(self, name: str) -> Asked:
        return next(each for each in self.asked if each.name == name)


LISTS = (
    AnnexList(
        1,
        "Contacts",
        ("contact", "contacts"),
        (
            *_CHILD,
            _date(CONTACT_DATE, "Day of the contact", "date contact", "contact received", is_key=True),
            _coded(CONTACT_SOURCE, "source", "Who made the contact", "contact source", "source"),
        ),
        (CHILD_ID, CONTACT_DATE, CONTACT_SOURCE),
    ),
    AnnexList(
        2,
        "Early help assessments",
        ("early help", "caf", "eha"),
        (
            *_CHILD,
            _date(HELP_START, "Day on which the assessment began", "assessment start", is_key=True),
            _date(HELP_END, "Day on which it was completed", "assessment completion", "assessment completed"),
            Asked(HELP_BY, "Who completed it, in the authority's words", ("organisation",)),
        ),
        (CHILD_ID, HELP_START),
    ),
    AnnexList(
        3,
        "Referrals",
        ("referral", "referrals"),
        (
            *_CHILD,
            _date(REFERRED, "Day of the referral", "date referral", "referral date", is_key=True),
            _coded(REFERRAL_SOURCE, "source", "Who referred", "referral source", "source"),
            _coded(NFA, "yes_no", "Whether no further action followed", "nfa", "no further action"),
            _count(REFERRALS, "Referrals in twelve months", "number referrals", "no referrals"),
            *_TEAM,
        ),
        (CHILD_ID, REFERRED, REFERRAL_SOURCE),
    ),
    AnnexList(
        4,
        "Assessments",
        ("assessment", "assessments"),
        (
            *_CHILD,
            _DISABILITY,
            _date(ASSESSED, "Day on which it began", "continuous assessment start", is_key=True),
            _coded(ASSESSMENT_SEEN, "yes_no", "Whether the child was seen", "child seen", "seen"),
            _date(AUTHORISED, "Day on which it was authorised", "assessment authorisation", "authorised"),
            _coded(NEEDS_SUPPORT, "yes_no", "Whether support is needed", "assessed requiring support"),
            *_TEAM,
        ),
        (CHILD_ID, ASSESSED),
    ),
    AnnexList(
        5,
        "Section 47 enquiries and initial conferences",
        ("section 47", "s47", "icpc"),
        (
            *_CHILD,
            _DISABILITY,
            _date(STRATEGY, "Day of the strategy discussion", "strategy discussion", is_key=True),
            _coded(UNNECESSARY, "yes_no", "Whether no conference was needed", "conference unnecessary"),
            _date(CONFERENCE, "Day of the initial conference", "date initial conference", "date icpc"),
            _coded(RESULTED, "yes_no", "Whether a plan was made", "conference result", "icpc result"),
            _count(ENQUIRIES, "Enquiries in twelve months", "number section 47", "number s47"),
            _count(CONFERENCES, "Initial conferences in twelve months", "number icpcs", "number icpc"),
            *_TEAM,
        ),
        (CHILD_ID, STRATEGY),
    ),
    AnnexList(
        6,
        "Children in need",
        ("children in need", "child in need", "cin"),
        (
            *_CHILD,
            _DISABILITY,
            _date(NEED_START, "Day on which it began", "cin start", "child in need start", is_key=True),
            _coded(NEED_CODE, "need", "Why the child is in need", "primary need", "need code"),
            _date(LAST_SEEN, "Day on which the child was last seen", "last seen"),
            _date(NEED_END, "Day on which it ended", "cin closure", "cin end", "closure date"),
            _coded(NEED_CLOSED, "closure", "Why it ended", "reason closure"),
            _coded(CASE_STATUS, "status", "What the case was when the list was made", "case status"),
            *_TEAM,
        ),
        (CHILD_ID, NEED_START),
    ),
    AnnexList(
        7,
        "Child protection plans",
        ("child protection", "cp", "cpp"),
        (
            *_CHILD,
            _DISABILITY,
            _date(PLAN_START, "Day on which the plan began", "plan start", is_key=True),
            _coded(ABUSE_FIRST, "abuse", "Category when the plan began", "initial category"),
            _coded(ABUSE_LATEST, "abuse", "Category now", "latest category", "current category"),
            _date(STATUTORY_VISIT, "Day of the last statutory visit", "statutory visit"),
            _coded(SEEN_ALONE, "yes_no", "Whether the child was seen alone", "seen alone"),
            _date(REVIEW_CONFERENCE, "Day of the last review conference", "review conference"),
            _date(PLAN_END, "Day on which the plan ended", "plan end"),
            _coded(
                EMERGENCY,
                "yes_no",
                "Emergency protection order or police protection within six months",
                "emergency protection order",
                "police powers",
            ),
            _count(PLANS_BEFORE, "Plans before this one", "previous plans"),
            *_TEAM,
        ),
        (CHILD_ID, PLAN_START),
    ),
    AnnexList(
        8,
        "Looked after children",
        ("looked after", "lac", "cla", "children in care"),
        (
            *_CHILD,
            _coded(
                UASC, "yes_no", "Unaccompanied, asking for asylum", "unaccompanied asylum seeking", "uasc"
            ),
            _DISABILITY,
            _date(
                CARE_START,
                "Day on which care began",
                "started looked after",
                "became looked after",
                is_key=True,
            ),
            _coded(CARE_NEED, "need", "Why the child is looked after", "category need"),
            _coded(CARE_AGAIN, "yes_no", "A second period within a year", "second subsequent period"),
            _date(LEGAL_START, "Day on which the legal status began", "start legal status"),
            _coded(LEGAL_STATUS, "legal", "Legal status", "legal status"),
            _date(CARE_REVIEW, "Day of the last review", "statutory review"),
            _date(WORKER_VISIT, "Day of the last social work visit", "social work visit"),
            _coded(PERMANENCE, "permanence", "Plan for where the child grows up", "permanence plan"),
            _date(REVIEWER_VISIT, "Day of the reviewing officer's last visit", "iro visit", "iro contact"),
            _date(HEALTH, "Day of the last health assessment", "health assessment"),
            _date(DENTAL, "Day of the last dental check", "dental"),
            _count(PLACEMENTS, "Placements in twelve months", "number placements", "no placements"),
            _date(CARE_END, "Day on which care ended", "date ceased looked after"),
            _coded(CARE_ENDED, "ceased", "Why care ended", "reason ceased looked after"),
            _date(PLACED, "Day on which the placement began", "start recent placement", "start placement"),
            _coded(PLACEMENT, "placement", "Kind of placement", "placement type"),
            _coded(PROVIDER, "provider", "Who provides it", "placement provider"),
            Asked(
                PLACEMENT_POSTCODE,
                "Not kept: where a child is placed is protected",
                ("placement postcode", "placement post code"),
                "postcode",
            ),
            Asked("URN of Placement", "Not kept, for the same reason", ("urn placement", "placement urn")),
            _coded(LOCATION, "location", "Inside or outside the authority", "placement location"),
            Asked(
                "LA of Placement", "Not kept, for the same reason", ("la placement", "authority placement")
            ),
            _count(MISSING, "Missing episodes in twelve months", "number missing", "episodes missing"),
            _count(ABSENT, "Absences in twelve months", "number absent", "episodes absent"),
            _coded(INTERVIEW_OFFERED, "yes_no", "Return interview offered", "offered return interview"),
            _coded(INTERVIEW_ACCEPTED, "yes_no", "Return interview accepted", "accept return interview"),
            *_TEAM,
        ),
        (CHILD_ID, CARE_START),
    ),
    AnnexList(
        9,
        "Care leavers",
        ("care leaver", "care leavers", "leaving care"),
        (
            *_CHILD,
            _coded(
                UASC_FORMERLY,
                "yes_no",
                "Came unaccompanied, asking for asylum",
                "unaccompanied asylum seeking",
                "uasc",
            ),
            _DISABILITY,
            *_TEAM,
            Asked("Allocated Personal Advisor", "Not kept", ("personal advisor", "personal adviser")),
            Asked(
                ELIGIBILITY,
                "Standing under the leaving care rules",
                ("eligibility",),
                "code",
                "eligibility",
                is_key=True,
            ),
            _date(PATHWAY, "Day of the last pathway plan review", "pathway plan"),
            _coded(IN_TOUCH, "in_touch", "Whether the authority is in touch", "la in touch", "in touch"),
            _date(IN_TOUCH_ON, "Day of the last contact", "date contact", "latest contact"),
            _coded(ACCOMMODATION, "accommodation", "Where the young person lives", "type accommodation"),
            _coded(SUITABILITY, "suitability", "Whether that is suitable", "suitability"),
            _coded(ACTIVITY, "activity", "Education, training or work", "activity"),
        ),
        (CHILD_ID,),
    ),
    AnnexList(
        10,
        "Adoption",
        ("adoption", "children for adoption"),
        (
            *_CHILD,
            _FAMILY,
            _DISABILITY,
            _date(ENTERED_CARE, "Day on which care began", "entered care"),
            _date(DECIDED, "Day of the decision for adoption", "decision should be placed", is_key=True),
            _date(PLACEMENT_ORDER, "Day of the placement order", "placement order"),
            _date(MATCHED, "Day of the match", "date matching", "date matched"),
            _date(PLACED_FOR, "Day on which the child was placed", "placed for adoption"),
            _date(ADOPTED, "Day of the adoption order", "adoption order"),
            _date(REVERSED, "Day on which the decision was reversed", "date decision should no longer"),
            _coded(REVERSED_WHY, "adoption_ended", "Why it was reversed", "reason no longer"),
            _date(FOSTERED, "Day of a fostering for adoption placement", "placed fostering", "ffa"),
        ),
        (CHILD_ID, DECIDED),
    ),
    AnnexList(
        11,
        "Prospective adopters",
        ("adopters", "prospective adopters", "adopter"),
        (
            Asked(
                ADOPTER_ID,
                "The authority's own number for the adopter",
                ("adopter id", "adopter identifier"),
                is_key=True,
            ),
            _FAMILY,
            _coded(GENDER, "sex", "The adopter's sex", "gender", "sex"),
            _coded(ETHNICITY, "ethnicity", "The adopter's ethnicity", "ethnicity"),
            _coded(ADOPTER_DISABILITY, "disability", "Whether the adopter is disabled", "disability"),
            _coded(FOSTERING, "yes_no", "Whether fostering for adoption", "fostering for adoption"),
            _date(ENQUIRED, "Day of the enquiry", "enquiry received", "date enquiry", is_key=True),
            _date(STAGE_1, "Day on which stage 1 began", "stage 1 started", "stage 1 start"),
            _date(STAGE_1_END, "Day on which stage 1 ended", "stage 1 ended", "stage 1 end"),
            _date(STAGE_2, "Day on which stage 2 began", "stage 2 started", "stage 2 start"),
            _date(STAGE_2_END, "Day on which stage 2 ended", "stage 2 ended", "stage 2 end"),
            _date(APPLIED, "Day of the application", "application submitted"),
            _date(APPROVED, "Day of approval", "application approved"),
            _date(ADOPTER_MATCHED, "Day of the match", "adopter matched", "date matched"),
            _date(ADOPTER_PLACED, "Day on which children were placed", "children placed adopter"),
            _count(CHILDREN_PLACED, "Children placed", "no children", "number children"),
            _date(ADOPTED, "Day of the adoption order", "adoption order"),
            _date(LEFT, "Day on which the adopter left the process", "date leaving"),
            _coded(LEFT_WHY, "adopter_left", "Why", "reason leaving"),
        ),
        (ADOPTER_ID, ENQUIRED),
    ),
)

COMMON_COLUMNS = frozenset(each.name for each in (*_CHILD, _DISABILITY, _FAMILY, *_TEAM))
"""Columns that stand on several lists, so that no list is known by them."""
