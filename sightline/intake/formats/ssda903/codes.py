"""The codes of the looked-after return with what each means, in words fit for a sentence.

A code that the department has withdrawn stays here, so that older returns still read; `tables` says in
which years each column takes which codes.
"""

from collections.abc import Mapping

REASON_FOR_EPISODE: Mapping[str, str] = {
    "S": "care began",
    "L": "legal status changed",
    "P": "placement and carer changed",
    "T": "placement changed, same carer",
    "B": "legal status, placement and carer changed",
    "U": "legal status and placement changed, same carer",
}

LEGAL_STATUS: Mapping[str, str] = {
    "C1": "interim care order",
    "C2": "full care order",
    "D1": "freeing order",
    "E1": "placement order",
    "V2": "accommodated under section 20",
    "V3": "short-term breaks, each break recorded",
    "V4": "short-term breaks, the agreement recorded",
    "L1": "police protection",
    "L2": "emergency protection order",
    "L3": "child assessment order",
    "J1": "remanded to local authority or youth detention accommodation",
    "J2": "detained under the Police and Criminal Evidence Act, in local authority accommodation",
    "J3": "youth rehabilitation order with residence or intensive fostering",
}

NEED: Mapping[str, str] = {
    "N1": "abuse or neglect",
    "N2": "child's disability",
    "N3": "parent's illness or disability",
    "N4": "family in acute stress",
    "N5": "family dysfunction",
    "N6": "socially unacceptable behaviour",
    "N7": "low income",
    "N8": "absent parenting",
}

PLACEMENT: Mapping[str, str] = {
    "A3": "placed for adoption by consent, with current foster carer",
    "A4": "placed for adoption by consent, not with current foster carer",
    "A5": "placed for adoption under a placement order, with current foster carer",
    "A6": "placed for adoption under a placement order, not with current foster carer",
    "H5": "semi-independent living or supported accommodation",
    "K1": "secure children's home",
    "K2": "children's home",
    "K3": "supported accommodation",
    "P1": "with own parents or others with parental responsibility",
    "P2": "independent living",
    "P3": "residential employment",
    "R1": "residential care home",
    "R2": "NHS or other medical or nursing establishment",
    "R3": "family centre or mother and baby unit",
    "R5": "young offender institution or prison",
    "S1": "residential school",
    "T0": "temporary move",
    "T1": "temporarily in hospital",
    "T2": "temporarily away on holiday",
    "T3": "temporary placement while the usual carer is on holiday",
    "T4": "temporary placement of seven days or less",
    "U1": "long-term foster care with a relative or friend",
    "U2": "foster care with a relative or friend who may adopt",
    "U3": "foster care with a relative or friend",
    "U4": "long-term foster care",
    "U5": "foster care with a carer who may adopt",
    "U6": "foster care",
    "Z1": "other placement",
    "Z11": "other placement (Z11)",
    "Z12": "other placement (Z12)",
    "Z13": "other placement (Z13)",
    "Z14": "other placement (Z14)",
}
ADOPTIVE = frozenset({"A3", "A4", "A5", "A6"})
TEMPORARY = frozenset({"T0", "T1", "T2", "T3", "T4"})
FOSTER = frozenset({"U1", "U2", "U3", "U4", "U5", "U6"})
SHORT_BREAKS = frozenset({"V3", "V4"})

PROVIDER: Mapping[str, str] = {
    "PR0": "parents or others with parental responsibility",
    "PR1": "the authority's own provision",
    "PR2": "another local authority",
    "PR3": "another public body",
    "PR4": "private",
    "PR5": "voluntary",
}

END_OF_EPISODE: Mapping[str, str] = {
    "X1": "a new episode followed",
    "E11": "adopted, application unopposed",
    "E12": "adopted, consent dispensed with",
    "E2": "died",
    "E3": "care taken over by another authority",
    "E4A": "returned home as planned",
    "E4B": "returned home, not as planned",
    "E13": "left care to live with people without parental responsibility",
    "E41": "residence or child arrangements order",
    "E43": "special guardianship order to former foster carers",
    "E44": "special guardianship order to other carers",
    "E45": "special guardianship order to a relative or friend who had fostered",
    "E46": "special guardianship order to another former foster carer",
    "E47": "special guardianship order to a relative or friend who had not fostered",
    "E48": "special guardianship order to somebody else",
    "E5": "moved to independent living with support",
    "E6": "moved to independent living without support",
    "E7": "moved to residential care funded by adult social care",
    "E9": "sentenced to custody",
    "E14": "remand ended",
    "E15": "found by age assessment to be 18 or over",
    "E16": "moved abroad",
    "E17": "aged 18 and stayed with current carers",
    "E8": "care ended for another reason",
}
ADOPTED = frozenset({"E11", "E12"})
GUARDIANSHIP = frozenset({"E43", "E44", "E45", "E46", "E47", "E48"})
DIED = "E2"
FOLLOWED = "X1"

PLACEMENT_CHANGE: Mapping[str, str] = {
    "CARPL": "care plan",
    "CLOSE": "provision closed or carer resigned",
    "ALLEG": "allegation (section 47)",
    "STAND": "concern about standards of care",
    "APPRR": "approval removed",
    "CREQB": "carer's request because of the child's behaviour",
    "CREQO": "carer's request for other reasons",
    "CHILD": "child's request",
    "LAREQ": "authority's request",
    "PLACE": "only the status of the placement changed",
    "CUSTOD": "custody",
    "OTHER": "other reason",
}

ETHNICITY: Mapping[str, str] = {
    "WBRI": "White British",
    "WIRI": "White Irish",
    "WOTH": "any other White background",
    "WIRT": "Traveller of Irish heritage",
    "WROM": "Gypsy or Roma",
    "MWBC": "White and Black Caribbean",
    "MWBA": "White and Black African",
    "MWAS": "White and Asian",
    "MOTH": "any other mixed background",
    "AIND": "Indian",
    "APKN": "Pakistani",
    "ABAN": "Bangladeshi",
    "AOTH": "any other Asian background",
    "BCRB": "Black Caribbean",
    "BAFR": "Black African",
    "BOTH": "any other Black background",
    "CHNE": "Chinese",
    "OOTH": "any other ethnic group",
    "REFU": "refused",
    "NOBT": "not yet obtained",
}

UNKNOWN_UPN: Mapping[str, str] = {
    "UN1": "no number: too young, not yet at school",
    "UN2": "no number: educated outside England, never given one",
    "UN3": "no number: newly arrived, not yet at school",
    "UN4": "not known: from another authority, being found out",
    "UN5": "not known: other reason",
}

PARTICIPATION: Mapping[str, str] = {
    "PN0": "child under 4",
    "PN1": "child came and spoke",
    "PN2": "child came, an advocate spoke",
    "PN3": "child came and gave views without words",
    "PN4": "child came but gave no views",
    "PN5": "child did not come, an advocate spoke",
    "PN6": "child did not come but sent views",
    "PN7": "child did not come and sent no views",
}

SDQ_REASON: Mapping[str, str] = {
    "SDQ1": "child under 4 or over 17",
    "SDQ2": "carer refused",
    "SDQ3": "not possible: severity of the child's disability",
    "SDQ4": "other reason",
    "SDQ5": "child refused",
}

IN_TOUCH: Mapping[str, str] = {
    "YES": "in touch",
    "NO": "not in touch",
    "DIED": "had died",
    "REFU": "refused contact",
    "NREQ": "no longer needed services",
    "RHOM": "had returned home",
}

ACTIVITY: Mapping[str, str] = {
    "F1": "higher education, full time",
    "P1": "higher education, part time",
    "F2": "other education, full time",
    "P2": "other education, part time",
    "F3": "training or employment, full time",
    "P3": "training or employment, part time",
    "F4": "training or apprenticeship, full time",
    "P4": "training or apprenticeship, part time",
    "F5": "employment, full time",
    "P5": "employment, part time",
    "G4": "not in education, employment or training: illness or disability",
    "G5": "not in education, employment or training: other reasons",
    "G6": "not in education, employment or training: pregnancy or parenting",
    "0": "not known",
}

_ACCOMMODATION_KINDS: Mapping[str, str] = {
    "B": "with parents or relatives",
    "C": "community home or other residential care",
    "D": "semi-independent accommodation",
    "E": "supported lodgings",
    "G": "gone abroad",
    "H": "deported",
    "K": "ordinary lodgings",
    "R": "not known where",
    "S": "no fixed abode or homeless",
    "T": "foyer",
    "U": "independent living",
    "V": "emergency accommodation",
    "W": "bed and breakfast",
    "X": "in custody",
    "Y": "other accommodation",
    "Z": "with former foster carer",
}
ACCOMMODATION: Mapping[str, str] = {
    **{
        f"{kind}{number}": f"{label}, {suited}"
        for kind, label in _ACCOMMODATION_KINDS.items()
        for number, suited in (("1", "suitable"), ("2", "unsuitable"))
    },
    "0": "not known",
}

ADOPTERS_SEX: Mapping[str, str] = {
    "M1": "one man",
    "F1": "one woman",
    "MM": "two men",
    "FF": "two women",
    "MF": "a man and a woman",
}

ADOPTERS_STATUS: Mapping[str, str] = {
    "L0": "single",
    "L11": "married, of different sexes",
    "L12": "married, of the same sex",
    "L2": "civil partners",
    "L3": "unmarried, of different sexes",
    "L4": "unmarried, of the same sex",
}

DECISION_REVERSED: Mapping[str, str] = {
    "RD1": "the child's needs changed",
    "RD2": "the court made no placement order",
    "RD3": "no adopters were found",
    "RD4": "other reason",
}

PREVIOUS_PERMANENCE: Mapping[str, str] = {
    "P1": "adoption",
    "P2": "special guardianship order",
    "P3": "residence or child arrangements order",
    "P4": "a permanent order, kind not known",
    "Z1": "none",
}

OUTSIDE_ENGLAND: Mapping[str, str] = {
    "WAL": "Wales",
    "SCO": "Scotland",
    "NIR": "Northern Ireland",
    "NUK": "outside the United Kingdom",
    "CON": "confidential",
}

MISSING: Mapping[str, str] = {"M": "missing", "A": "away from placement without authorisation"}

SOCIAL_WORKER_CHANGE: Mapping[str, str] = {
    "MANAGE": "new case worker, reason of management",
    "FCONTA": "first contact or re-referral",
    "LEFTRL": "previous worker left the role",
    "ORGRST": "organisation restructured",
    "TSPROC": "transferred between stages of the process",
    "ABSENC": "previous worker absent",
    "CHCHAN": "child asked for the change",
    "PCCHAN": "parent or carer asked for the change",
    "SWDIED": "previous worker died",
    "OTHERS": "other reason",
}

YES_NO: Mapping[str, str] = {"0": "no", "1": "yes"}
SEX: Mapping[str, str] = {"1": "male", "2": "female"}
SEX_2025: Mapping[str, str] = {"M": "male", "F": "female", "U": "not known"}
