"""What can happen in a child's story, and in what manner it is told."""

from sightline.vocabulary.codes import Code


class EventKind(Code):
    """What an event is. A period (a plan, an episode) is one event with an end, not two events."""

    CONTACT = "contact", "Contact"
    EARLY_HELP = "early_help", "Early help"
    REFERRAL = "referral", "Referral to children's social care"
    ASSESSMENT = "assessment", "Assessment"
    STRATEGY_DISCUSSION = "strategy_discussion", "Strategy discussion"
    SECTION_47 = "section_47", "Section 47 enquiry"
    CONFERENCE = "conference", "Child protection conference"
    CHILD_IN_NEED = "child_in_need", "Child in need episode"
    CHILD_IN_NEED_PLAN = "child_in_need_plan", "Child in need plan"
    CHILD_PROTECTION_PLAN = "child_protection_plan", "Child protection plan"
    REVIEW = "review", "Review of a plan or of care"
    VISIT = "visit", "Visit"
    LOOKED_AFTER = "looked_after", "Looked-after episode"
    PLACEMENT = "placement", "Placement"
    LEGAL_STATUS = "legal_status", "Legal status"
    PRE_PROCEEDINGS = "pre_proceedings", "Pre-proceedings"
    CARE_LEAVING = "care_leaving", "Leaving-care contact"
    ADOPTION = "adoption", "Adoption"
    MISSING_EPISODE = "missing_episode", "Missing episode"
    RETURN_INTERVIEW = "return_interview", "Return interview"
    SCHOOL_ROLL = "school_roll", "On a school's roll"
    ATTENDANCE = "attendance", "Attendance in a period"
    SUSPENSION = "suspension", "Suspension"
    EXCLUSION = "exclusion", "Permanent exclusion"
    HOME_EDUCATION = "home_education", "Home education"
    SEND = "send", "Special educational needs: support or plan"
    EMERGENCY_ATTENDANCE = "emergency_attendance", "Emergency department attendance"
    APPOINTMENT = "appointment", "Health appointment"
    WAS_NOT_BROUGHT = "was_not_brought", "Was not brought"
    HEALTH_ASSESSMENT = "health_assessment", "Health assessment"
    GP_REGISTRATION = "gp_registration", "Registered with a GP"
    SUBSTANCE_MISUSE = "substance_misuse", "Substance misuse identified"
    POLICE_NOTICE = "police_notice", "Police notice"
    POLICE_PROTECTION = "police_protection", "Police protection"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse incident"
    ARREST = "arrest", "Arrest"
    OFFENCE = "offence", "Offence or offending"
    EXPLOITATION = "exploitation", "Exploitation concern"
    HOUSING = "housing", "Housing"
    CHANGE_OF_ADDRESS = "change_of_address", "Change of address"
    CHANGE_OF_SCHOOL = "change_of_school", "Change of school"
    BIRTH = "birth", "Birth"
    DEATH = "death", "Death"
    OTHER = "other", "Other"


class DatePrecision(Code):
    """How exact the day of an event is; its date is then the first day of what is meant."""

    DAY = "day", "To the day"
    MONTH = "month", "To the month"
    TERM = "term", "To the school term"
    YEAR = "year", "To the year"
    UNKNOWN = "unknown", "Not known"


class StatementType(Code):
    """A chronology keeps what happened apart from what somebody thought or said."""

    FACT = "fact", "Fact"
    OPINION = "opinion", "Opinion"
    ALLEGATION = "allegation", "Allegation"


class EventSensitivity(Code):
    """How carefully an account is shown."""

    ORDINARY = "ordinary", "Ordinary"
    SENSITIVE = "sensitive", "Sensitive: health, sexual abuse, exploitation, offending"
    PROTECTED = "protected", "Protected: would reveal where somebody is, or a birth family"


class Nothing(Code):
    """Why an agency has told nothing. None of these means that nothing happened."""

    NONE_HELD = "none_held", "Asked, and nothing is held"
    NOT_ANSWERED = "not_answered", "Asked, and not answered"
    NOT_ALLOWED = "not_allowed", "Not allowed to say"
    FAILED = "failed", "Asking failed"
