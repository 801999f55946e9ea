"""The codes of the SEN2 return, with the words that a sentence has for them."""

REQUESTED_BY = {
    "1": "the young person or a parent",
    "2": "a school or other education setting",
    "3": "a health professional",
    "4": "a social care professional",
    "5": "another source",
}
REQUEST_OUTCOME = {
    "Y": "assessment agreed",
    "N": "assessment refused",
    "A": "no decision yet",
    "W": "withdrawn or ended before a decision",
    "H": "assessment agreed in an earlier year",
}
ASSESSMENT_OUTCOME = {
    "Y": "plan to be issued",
    "N": "no plan to be issued",
    "A": "no decision yet",
    "W": "withdrawn or ended before a decision",
    "H": "plan issued in an earlier year, or brought from another authority",
}
YES_NO = {"1": "yes", "0": "no"}
RESIDENTIAL = {"A": "residential for 38 to 51 weeks", "B": "residential for 52 weeks"}
WORK_BASED = {"A": "apprenticeship", "T": "traineeship", "S": "supported internship"}
DIRECT_PAYMENTS = {
    "E": "education",
    "S": "social care",
    "H": "health",
    "I": "education, social care and health together",
}
CEASED_BECAUSE = {
    "1": "reached the greatest age for a plan",
    "2": "needs now met without a plan",
    "3": "moved on to higher education",
    "4": "moved on to paid employment",
    "5": "transferred to another authority",
    "6": "no longer wishes to take part in education or training",
    "7": "moved outside England",
    "8": "died",
    "9": "another reason",
}
SETTING = {
    "OLA": "education otherwise than at a school, arranged by the authority",
    "OPA": "arranged by the parents or young person",
    "EHE": "elective home education",
    "EYP": "early years provider",
    "OTH": "another setting, or a type without a name",
    "NEET": "not in education, employment or training",
    "NIEC": "not in education or training, notice to end the plan issued",
    "NIEO": "not in education or training",
}
RANK = {"1": "main", "2": "second"}
REVIEW_OUTCOME = {"A": "plan to be amended", "C": "plan to end", "M": "plan to stay as it is"}
NEED = {
    "SPLD": "specific learning difficulty",
    "MLD": "moderate learning difficulty",
    "SLD": "severe learning difficulty",
    "PMLD": "profound and multiple learning difficulty",
    "SEMH": "social, emotional and mental health",
    "SLCN": "speech, language and communication needs",
    "HI": "hearing impairment",
    "VI": "vision impairment",
    "MSI": "multi-sensory impairment",
    "PD": "physical disability",
    "ASD": "autistic spectrum disorder",
    "DS": "Down syndrome",
    "OTH": "another difficulty",
}
NO_UPN = {
    "UN1": "under six and without a UPN yet",
    "UN2": "never at a state-funded school in England",
    "UN3": "educated outside England",
    "UN5": "sources of the UPN disagree",
    "UN8": "new to the authority",
    "UN9": "never at a state-funded school or college in England",
    "UN10": "request led to no further action before the number was known",
}
RECRUITED = {"Y": "yes", "N": "no", "R": "recruitment in progress"}
SEX = {"M": "male", "F": "female"}
