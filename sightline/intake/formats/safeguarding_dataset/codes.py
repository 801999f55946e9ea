"""The code lists of the Standard Safeguarding Dataset, each code in words that fit into a sentence.

The dataset's items are those of the statutory returns, so its lists are theirs; where it holds words instead
of codes, those are listed as it spells them.
"""

from collections.abc import Mapping

from sightline.intake.ethnicities import MAIN_CODES
from sightline.intake.formats.cin_census import codes as need
from sightline.intake.formats.sen2 import codes as send
from sightline.intake.formats.ssda903 import codes as care

_ABUSE = ("neglect", "physical abuse", "sexual abuse", "emotional abuse")

CODES: Mapping[str, Mapping[str, str]] = {
    "sex": {"F": "female", "M": "male", "U": "not known", "1": "male", "2": "female"},
    "ethnicity": {code: main.label for code, main in MAIN_CODES.items()},
    "no_upn": {
        "UN1": "too young to have a number",
        "UN2": "never in a maintained school in England",
        "UN3": "educated outside England",
        "UN4": "newly looked after, number not yet known",
        "UN5": "sources of the number do not agree",
    },
    "disability": need.DISABILITY.words,
    "source": need.REFERRAL_SOURCE.words,
    "need": need.PRIMARY_NEED.words,
    "closure": need.REASON_FOR_CLOSURE.words,
    "factor": need.FACTOR.words,
    "abuse": {
        **{each.upper(): each for each in _ABUSE},
        **need.CATEGORY_OF_ABUSE.words,
        "MULTIPLE": "more than one category",
    },
    "episode_start": care.REASON_FOR_EPISODE,
    "episode_end": care.END_OF_EPISODE,
    "legal_status": care.LEGAL_STATUS,
    "placement": care.PLACEMENT,
    "provider": care.PROVIDER,
    "placement_change": care.PLACEMENT_CHANGE,
    "participation": care.PARTICIPATION,
    "sdq_reason": care.SDQ_REASON,
    "previous_permanence": care.PREVIOUS_PERMANENCE,
    "decision_reversed": care.DECISION_REVERSED,
    "adopters_sex": care.ADOPTERS_SEX,
    "adopters_status": care.ADOPTERS_STATUS,
    "missing": {
        **care.MISSING,
        "MISSING": care.MISSING["M"],
        "AWAY": care.MISSING["A"],
        "ABSENT": care.MISSING["A"],
    },
    "worker_change": care.SOCIAL_WORKER_CHANGE,
    "in_touch": care.IN_TOUCH,
    "activity": care.ACTIVITY,
    "accommodation": {
        **{code[0]: label.rpartition(", ")[0] for code, label in care.ACCOMMODATION.items() if code != "0"},
        **care.ACCOMMODATION,
    },
    "suitable": {"1": "suitable", "2": "unsuitable"},
    "eligibility": {
        each.upper(): each.lower()
        for each in ("Relevant", "Former Relevant", "Eligible", "Qualifying", "No Current Eligibility")
    },
    "request_outcome": send.REQUEST_OUTCOME,
    "assessment_outcome": send.ASSESSMENT_OUTCOME,
    "plan_ceased": send.CEASED_BECAUSE,
    "sen_need": send.NEED,
    "check_status": {each.upper(): each.lower() for each in ("Planned", "Refused", "Cancelled", "Completed")},
    "gateway": {
        "A": "continue with the plan",
        "B": "start pre-proceedings",
        "C": "issue care proceedings",
        "D": "not known",
    },
    "order": {
        "ADOPTION": "adoption order",
        "SPECIAL GUARDIANSHIP": "special guardianship order",
        "CHILD ARRANGEMENTS ORDER/ RESIDENCE ORDER": "child arrangements or residence order",
        "CHILD ARRANGEMENTS ORDER/RESIDENCE ORDER": "child arrangements or residence order",
        "CHILD ARRANGEMENTS ORDER": "child arrangements order",
        "RESIDENCE ORDER": "residence order",
    },
}

ADOPTED = care.ADOPTED
ADOPTED_CLOSURE = need.ADOPTED
ADOPTIVE_PLACEMENTS = care.ADOPTIVE
POLICE_PROTECTION = "L1"

OUTCOMES: Mapping[str, str] = {
    "NFA_FLAG": "no further action",
    "NFA_S47_END_FLAG": "no further action after a section 47 enquiry",
    "NFA_CONTINUE_SINGLE_FLAG": "no further action but the assessment to go on",
    "NEW_REFERRAL_FLAG": "a new referral",
    "EXISTING_REFERRAL_FLAG": "added to an open referral",
    "CP_ENQUIRY_FLAG": "child protection enquiry",
    "CP_FLAG": "child protection plan",
    "CP_CONFERENCE_FLAG": "child protection conference",
    "CP_TRANSFER_IN_FLAG": "child protection case transferred in",
    "OLA_CP_FLAG": "another authority's child protection plan",
    "STRATEGY_DISCUSSION_FLAG": "strategy discussion",
    "SINGLE_ASSESSMENT_FLAG": "assessment",
    "SPECIALIST_ASSESSMENT_FLAG": "specialist assessment",
    "CLA_REQUEST_FLAG": "request that the child be looked after",
    "PRIVATE_FOSTERING_FLAG": "private fostering",
    "NON_AGENCY_ADOPTION_FLAG": "adoption outside an agency",
    "LEGAL_ACTION_FLAG": "legal action",
    "PROV_OF_SERVICES_FLAG": "services to be provided",
    "PROV_OF_SB_CARE_FLAG": "short breaks to be provided",
    "REFERRAL_TO_OTHER_AGENCY_FLAG": "referral to another agency",
    "MONITOR_FLAG": "another agency to watch over the child",
    "CARE_LEAVER_FLAG": "care leaver",
    "ADVICE_FLAG": "information and advice",
    "MISSING_FLAG": "missing",
    "OTHER_ACTIONS_FLAG": "other actions",
    "OTHER_OUTCOMES_EXIST_FLAG": "other outcomes",
}
"""The keys of the dataset's outcomes, which are JSON objects of flags."""

CARE_PLANS: Mapping[str, str] = {
    "REMAINSUP": "stay with the birth family with support",
    "RETURN1M": "return to the birth family within a month",
    "RETURN6M": "return to the birth family within six months",
    "RETURNEV": "return to the birth family in the end",
    "LTRELFR": "long term with relatives or friends",
    "LTFOST18": "long term with foster carers",
    "RESPLMT": "residential until independent",
    "SUPPLIV": "supported living",
    "ADOPTION": "adoption",
    "OTHERPLN": "another plan",
}
