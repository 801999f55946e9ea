"""Who holds part of a child's story, and how they are told apart."""

from sightline.vocabulary.codes import Code


class AgencyKind(Code):
    """The field's own division; an agency's code (“RJ1”, “E09000001”) says which one of its kind."""

    HEALTH = "health", "Health"
    EDUCATION = "education", "Education"
    SOCIAL_CARE = "social_care", "Children's social care"
    POLICE = "police", "Police"
    HOUSING = "housing", "Housing"
    EARLY_HELP = "early_help", "Early help"
    OTHER = "other", "Other"
