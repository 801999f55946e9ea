"""Every code set of register layout 1 and codebook 1, each code with its label.

A code is a string (`Nature.DEATH == "death"`), so it can be stored, compared and printed as it stands in
a file. Labels are what a reader of a table sees.
"""

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A member of a code set: its value is the code as it stands in files, its label what people read."""

    label: str

    # Members always give a label; the default lets a type checker read `Nature("death")` as a look-up.
    def __new__(cls, code: str, label: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def codes(cls) -> tuple[str, ...]:
        return tuple(member.value for member in cls)

    @classmethod
    def labels(cls) -> dict[str, str]:
        return {member.value: member.label for member in cls}

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """As Django's `choices` wants them."""
        return [(member.value, member.label) for member in cls]


class YesNo(Code):
    YES = "yes", "Yes"
    NO = "no", "No"


class YesNoNotKnown(Code):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class OccurredPrecision(Code):
    DAY = "day", "To the day"
    MONTH = "month", "To the month"
    YEAR = "year", "To the year"
    UNKNOWN = "unknown", "Not known"


class AbuseOrNeglect(Code):
    KNOWN = "known", "Known"
    SUSPECTED = "suspected", "Suspected"
    NEITHER = "neither", "Neither known nor suspected"
    NOT_KNOWN = "not_known", "Not known"


class Role(Code):
    """What a child was in the incident."""

    DIED = "died", "Died"
    SERIOUSLY_HARMED = "seriously_harmed", "Seriously harmed"
    CAUSED_HARM = "caused_harm", "Caused harm"
    OTHER = "other", "Other"


class Sex(Code):
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    NOT_KNOWN = "not_known", "Not known"
    # Older returns asked for gender; the code is read so that history is not lost, never offered.
    TRANSGENDER = "transgender", "Transgender (older returns)"


class EthnicityGroup(Code):
    """The five major groups of the department's published statistics."""

    WHITE = "white", "White"
    MIXED = "mixed", "Mixed or multiple ethnic groups"
    ASIAN = "asian", "Asian or Asian British"
    BLACK = "black", "Black, African, Caribbean or Black British"
    OTHER = "other", "Other ethnic group"
    UNKNOWN = "unknown", "Unknown"


class Ethnicity(Code):
    """The department's ethnicity codes. `group` is the major group each is published under."""

    WBRI = "WBRI", "White British"
    WIRI = "WIRI", "White Irish"
    WIRT = "WIRT", "Traveller of Irish heritage"
    WROM = "WROM", "Gypsy or Roma"
    WOTH = "WOTH", "Any other White background"
    MWBC = "MWBC", "White and Black Caribbean"
    MWBA = "MWBA", "White and Black African"
    MWAS = "MWAS", "White and Asian"
    MOTH = "MOTH", "Any other mixed background"
    AIND = "AIND", "Indian"
    APKN = "APKN", "Pakistani"
    ABAN = "ABAN", "Bangladeshi"
    AOTH = "AOTH", "Any other Asian background"
    CHNE = "CHNE", "Chinese"
    BCRB = "BCRB", "Black Caribbean"
    BAFR = "BAFR", "Black African"
    BOTH = "BOTH", "Any other Black background"
    OOTH = "OOTH", "Any other ethnic group"
    REFU = "REFU", "Refused"
    NOBT = "NOBT", "Information not yet obtained"
    NKNW = "NKNW", "Not known"

    @property
    def group(self) -> EthnicityGroup:
        return _GROUP_OF_CODE.get(self) or _GROUP_OF_LETTER[self[0]]


_GROUP_OF_LETTER = {
    "W": EthnicityGroup.WHITE,
    "M": EthnicityGroup.MIXED,
    "A": EthnicityGroup.ASIAN,
    "B": EthnicityGroup.BLACK,
}
_GROUP_OF_CODE = {
    Ethnicity.CHNE: EthnicityGroup.ASIAN,
    Ethnicity.OOTH: EthnicityGroup.OTHER,
    Ethnicity.REFU: EthnicityGroup.UNKNOWN,
    Ethnicity.NOBT: EthnicityGroup.UNKNOWN,
    Ethnicity.NKNW: EthnicityGroup.UNKNOWN,
}


class PlacementType(Code):
    LIVING_AT_HOME = "living_at_home", "Living at home"
    LIVING_WITH_RELATIVES = "living_with_relatives", "Living with relatives"
    FOSTER_CARE = "foster_care", "Foster care"
    RESIDENTIAL_CHILDRENS_HOME = "residential_childrens_home", "Residential children's home"
    SEMI_INDEPENDENT = "semi_independent", "Semi-independent"
    MOTHER_AND_BABY_UNIT = "mother_and_baby_unit", "Mother and baby unit"
    SECURE = "secure", "Secure setting"
    HOSPITAL = "hospital", "Hospital"
    OTHER = "other", "Other"
    NOT_KNOWN = "not_known", "Not known"


class PlanStatus(Code):
    """Now, before, or never: used for being looked after and for child protection and child in need plans."""

    CURRENT = "current", "Current"
    PREVIOUS = "previous", "Previous"
    NEVER = "never", "Never"
    NOT_KNOWN = "not_known", "Not known"


class Route(Code):
    """Which duty a notification was made under (Working Together 2023, chapter 5)."""

    SERIOUS_INCIDENT = "serious_incident", "Serious incident"
    LOOKED_AFTER_CHILD_DEATH = "looked_after_child_death", "Death of a looked-after child"
    CARE_LEAVER_DEATH = "care_leaver_death", "Death of a care leaver"


class Nature(Code):
    DEATH = "death", "Child death"
    SERIOUS_HARM = "serious_harm", "Serious harm"
    OTHER = "other", "Other"


class LcsprDecision(Code):
    """Whether the partnership decided to hold a local child safeguarding practice review."""

    YES = "yes", "Local review to be held"
    NO = "no", "No local review"
    UNDECIDED = "undecided", "Undecided"


class NationalReviewPotential(Code):
    YES = "yes", "Yes"
    NO = "no", "No"
    UNSURE = "unsure", "Unsure"


class PanelOutcome(Code):
    AGREES = "agrees", "Agrees"
    DISAGREES = "disagrees", "Disagrees"
    ASKS_FOR_MORE = "asks_for_more", "Asks for more information"
    CRITERIA_NOT_MET = "criteria_not_met", "Criteria not met"
    CONSIDERS_NATIONAL_REVIEW = "considers_national_review", "Considers a national review"


class Publication(Code):
    FULL_REPORT = "full_report", "Full report"
    IMPROVEMENTS_ONLY = "improvements_only", "Improvements only"
    NOT_PUBLISHED = "not_published", "Not published"
    IN_PROGRESS = "in_progress", "In progress"


class DelayCause(Code):
    NONE = "none", "None"
    INVESTIGATION = "investigation", "Criminal investigation"
    TRIAL = "trial", "Trial"
    INQUEST = "inquest", "Inquest"
    FAMILY_PROCEEDINGS = "family_proceedings", "Family proceedings"
    OTHER = "other", "Other"


class Certainty(Code):
    CONFIRMED = "confirmed", "Confirmed"
    LIKELY = "likely", "Likely"
    POSSIBLE = "possible", "Possible"


class NoAnswer(Code):
    """The three kinds of no answer a coder can give. None of them is “no”."""

    NOT_MENTIONED = "not_mentioned", "Not mentioned"
    NOT_KNOWN = "not_known", "Not known"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


class EducationStatus(Code):
    TOO_YOUNG = "too_young", "Too young"
    EARLY_YEARS = "early_years", "Early years"
    ON_ROLL = "on_roll", "On roll"
    ON_ROLL_REGULARLY_ABSENT = "on_roll_regularly_absent", "On roll, regularly absent"
    PART_TIME_TIMETABLE = "part_time_timetable", "Part-time timetable"
    EXCLUDED = "excluded", "Excluded"
    HOME_EDUCATED = "home_educated", "Home educated"
    MISSING_EDUCATION = "missing_education", "Missing education"
    AWAITING_PLACE = "awaiting_place", "Awaiting a place"
    ALTERNATIVE_PROVISION = "alternative_provision", "Alternative provision"
    NOT_IN_EDUCATION = "not_in_education", "Not in education"
    POST_16_EDUCATION = "post_16_education", "Post-16 education"


NOT_IN_SCHOOL = (
    EducationStatus.HOME_EDUCATED,
    EducationStatus.MISSING_EDUCATION,
    EducationStatus.EXCLUDED,
    EducationStatus.AWAITING_PLACE,
    EducationStatus.NOT_IN_EDUCATION,
)
"""Derived set of layout 1, counted among school-age children only."""

ON_ROLL_ANY = (
    EducationStatus.ON_ROLL,
    EducationStatus.ON_ROLL_REGULARLY_ABSENT,
    EducationStatus.PART_TIME_TIMETABLE,
)


class LikelyCause(Code):
    """The likely cause of a death as judged from the rapid review: not a coroner's finding."""

    INTRAFAMILIAL_ASSAULT = "intrafamilial_assault", "Assault within the family"
    NEGLECT = "neglect", "Neglect"
    OTHER_MALTREATMENT = "other_maltreatment", "Other maltreatment"
    SUDI = "sudi", "Sudden unexpected death in infancy"
    SUICIDE = "suicide", "Suicide"
    EXTRAFAMILIAL_ASSAULT = "extrafamilial_assault", "Assault outside the family"
    ACCIDENT = "accident", "Accident"
    MEDICAL = "medical", "Medical"
    NOT_YET_KNOWN = "not_yet_known", "Not yet known"


class HarmType(Code):
    PHYSICAL_ABUSE = "physical_abuse", "Physical abuse"
    NEGLECT = "neglect", "Neglect"
    INTRAFAMILIAL_SEXUAL_ABUSE = "intrafamilial_sexual_abuse", "Sexual abuse within the family"
    EXTRAFAMILIAL_SEXUAL_ABUSE = "extrafamilial_sexual_abuse", "Sexual abuse outside the family"
    CRIMINAL_EXPLOITATION = "criminal_exploitation", "Criminal exploitation"
    SERIOUS_YOUTH_VIOLENCE = "serious_youth_violence", "Serious youth violence"
    SELF_HARM = "self_harm", "Self-harm"
    FABRICATED_OR_INDUCED_ILLNESS = "fabricated_or_induced_illness", "Fabricated or induced illness"
    OTHER = "other", "Other"


class PracticeTheme(Code):
    INFORMATION_SHARING = "information_sharing", "Information sharing"
    PROFESSIONAL_CURIOSITY = "professional_curiosity", "Professional curiosity"
    WHOLE_FAMILY_ASSESSMENT = "whole_family_assessment", "Whole-family assessment"
    RESPONDING_TO_CHANGING_RISK = "responding_to_changing_risk", "Responding to changing risk"
    CRITICAL_THINKING = "critical_thinking", "Critical thinking"
    VOICE_OF_THE_CHILD = "voice_of_the_child", "Voice of the child"
    RACE_ETHNICITY_CULTURE = "race_ethnicity_culture", "Race, ethnicity and culture"
    LEADERSHIP_AND_CULTURE = "leadership_and_culture", "Leadership and culture"
    EARLY_INTERVENTION = "early_intervention", "Early intervention"


class RecommendationLevel(Code):
    SINGLE_AGENCY = "single_agency", "Single agency"
    MULTI_AGENCY = "multi_agency", "Multi-agency"
    REGIONAL = "regional", "Regional"
    NATIONAL = "national", "National"


class Accepted(Code):
    YES = "yes", "Accepted"
    PARTLY = "partly", "Partly accepted"
    NO = "no", "Not accepted"


class RecommendationStatus(Code):
    OPEN = "open", "Open"
    IN_PROGRESS = "in_progress", "In progress"
    DONE = "done", "Done"
    EVIDENCED = "evidenced", "Evidenced"
    SUPERSEDED = "superseded", "Superseded"


class AgeBand(Code):
    """The published age bands; `AGE_BAND_STARTS_AT_MONTHS` has where each begins."""

    UNDER_1 = "under_1", "Under 1"
    AGE_1_TO_5 = "1_to_5", "1 to 5"
    AGE_6_TO_10 = "6_to_10", "6 to 10"
    AGE_11_TO_15 = "11_to_15", "11 to 15"
    AGE_16_AND_OVER = "16_and_over", "16 and over"
    UNKNOWN = "unknown", "Unknown"


AGE_BAND_STARTS_AT_MONTHS = {
    AgeBand.UNDER_1: 0,
    AgeBand.AGE_1_TO_5: 12,
    AgeBand.AGE_6_TO_10: 72,
    AgeBand.AGE_11_TO_15: 132,
    AgeBand.AGE_16_AND_OVER: 192,
}
"""The first completed month of each band; a band ends where the next begins."""

SCHOOL_AGE_MONTHS = (60, 191)
"""First and last completed month of school age (5 to 15 years) in layout 1."""
