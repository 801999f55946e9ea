"""The members that are read of the department's children's social care payload (specification 0.7)."""

from sightline.intake.declaration import Column, Table
from sightline.vocabulary.codes import Ethnicity

_PURGE = Column("purge", "True to have this removed where it was sent before.", "yes or no")


def _column(name: str, meaning: str, form: str = "text", *, is_required: bool = False) -> Column:
    return Column(name, meaning, form, is_required)


def _period(name: str, about: str, *more: Column, end: str = "end_date") -> Table:
    return Table(
        name,
        (
            _column(f"{name}_id", "The authority's number for it.", is_required=True),
            _column("start_date", "First day.", "date", is_required=True),
            _column(end, "Last day; empty while it goes on.", "date"),
            *more,
            _PURGE,
        ),
        about,
    )


CHILD = Table(
    "child",
    (
        _column("la_child_id", "The authority's number for the child.", is_required=True),
        _column("mis_child_id", "The number in the case management system."),
        _PURGE,
        _column("child_details", "Who the child is.", "object of child_details"),
        _column("health_and_wellbeing", "Health and well-being.", "object of health_and_wellbeing"),
        _column("social_care_episodes", "Episodes, from referral to closure.", "list of social_care_episode"),
    ),
    "One child of the authority.",
)
CHILD_DETAILS = Table(
    "child_details",
    (
        _column("unique_pupil_number", "UPN.", "UPN"),
        _column("former_unique_pupil_number", "Former UPN.", "UPN"),
        _column("unique_pupil_number_unknown_reason", "Why there is no UPN."),
        _column("first_name", "Forename."),
        _column("surname", "Surname."),
        _column("date_of_birth", "Date of birth.", "date"),
        _column("expected_date_of_birth", "Expected date of an unborn child.", "date, may lie ahead"),
        _column("sex", "Sex.", "sex"),
        Column("ethnicity", "Ethnicity as the department codes it.", "code", codes=Ethnicity.labels()),
        _column("disabilities", "Codes of disabilities.", "list of text"),
        _column("postcode", "Postcode of the home address.", "postcode"),
        _column("uasc_flag", "Unaccompanied asylum-seeking child.", "yes or no"),
        _column("uasc_end_date", "Until when.", "date"),
        _PURGE,
    ),
    "Who the child is.",
)
HEALTH = Table(
    "health_and_wellbeing",
    (
        _column("sdq_assessments", "Strengths and difficulties questionnaires.", "list of sdq_assessment"),
        _PURGE,
    ),
    "Health and well-being.",
)
SDQ = Table(
    "sdq_assessment",
    (
        _column("date", "Day.", "date", is_required=True),
        _column("score", "Score, 0 to 40.", "number"),
        _PURGE,
    ),
    "One questionnaire.",
)
EPISODE = Table(
    "social_care_episode",
    (
        _column("social_care_episode_id", "The authority's number for it.", is_required=True),
        _column("referral_date", "Day of the referral.", "date", is_required=True),
        _column("referral_source", "Code of the source of the referral."),
        _column("referral_no_further_action_flag", "Whether nothing followed.", "yes or no"),
        _column("closure_date", "Day of closure; empty while it is open.", "date"),
        _column("closure_reason", "Code of the reason for closure."),
        _column("care_worker_details", "Who worked with the child.", "list of care_worker_detail"),
        _column("child_and_family_assessments", "Assessments.", "list of child_and_family_assessment"),
        _column("child_in_need_plans", "Child in need plans.", "list of child_in_need_plan"),
        _column("section_47_assessments", "Section 47 enquiries.", "list of section_47_assessment"),
        _column("child_protection_plans", "Child protection plans.", "list of child_protection_plan"),
        _column("child_looked_after_placements", "Placements.", "list of child_looked_after_placement"),
        _column("adoption", "Steps to adoption.", "list of adoption"),
        _column("care_leavers", "Contacts after care.", "list of care_leavers"),
        _PURGE,
    ),
    "From a referral to its closure.",
)
WORKER = Table(
    "care_worker_detail",
    (
        _column("worker_id", "The authority's number for the worker.", is_required=True),
        _column("start_date", "First day.", "date", is_required=True),
        _column("end_date", "Last day; empty while it goes on.", "date"),
    ),
    "One worker's time with the child. It has no purge flag of its own.",
)
ASSESSMENT = _period(
    "child_and_family_assessment",
    "An assessment.",
    _column("factors", "Codes of the factors found.", "list of text"),
    end="authorisation_date",
)
NEED_PLAN = _period("child_in_need_plan", "A child in need plan.")
SECTION_47 = _period(
    "section_47_assessment",
    "A section 47 enquiry.",
    _column("icpc_required_flag", "Whether an initial conference was needed.", "yes or no"),
    _column("icpc_date", "Day of the initial child protection conference.", "date"),
)
PROTECTION_PLAN = _period("child_protection_plan", "A child protection plan.")
PLACEMENT = _period(
    "child_looked_after_placement",
    "A placement of a looked-after child. Its postcode is not read.",
    _column("start_reason", "Code of the reason it began."),
    _column("placement_type", "Code of the type of placement."),
    _column("end_reason", "Code of the reason it ended."),
    _column("change_reason", "Code of the reason for a change."),
)
ADOPTION = Table(
    "adoption",
    (
        _column("initial_decision_date", "Day of the decision.", "date"),
        _column("matched_date", "Day of the match.", "date"),
        _column("placed_date", "Day of the placement.", "date"),
        _PURGE,
    ),
    "Steps to adoption.",
)
CARE_LEAVER = Table(
    "care_leavers",
    (
        _column("contact_date", "Day of the contact.", "date", is_required=True),
        _column("activity", "Code of activity."),
        _column("accommodation", "Code of accommodation."),
        _PURGE,
    ),
    "A contact after care.",
)
TABLES = {
    each.name: each
    for each in (
        *(CHILD, CHILD_DETAILS, HEALTH, SDQ, EPISODE, ASSESSMENT, NEED_PLAN, SECTION_47, PROTECTION_PLAN),
        *(PLACEMENT, ADOPTION, CARE_LEAVER, WORKER),
    )
}
