"""The code sets of the children in need census, each code in plain words that fit into a sentence.

The codes are the department's; the words are ours. A set that grew says since which collection a code has
been in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sightline.vocabulary.codes import Sex


@dataclass(frozen=True, slots=True)
class CodeSet:
    """`since` and `until` name the collection years of the codes that came in late or were dropped."""

    words: Mapping[str, str]
    since: Mapping[str, int] = field(default_factory=dict)

    def in_year(self, year: int) -> frozenset[str]:
        return frozenset(code for code in self.words if self.since.get(code, 0) <= year)


YES_NO = CodeSet({"0": "no", "1": "yes"})

YES_NO_READ = {"0": False, "false": False, "1": True, "true": True}
"""How the two are read. Many systems write the words; the schema has only the digits."""

UPN_UNKNOWN = CodeSet(
    {
        "UN1": "not of school age",
        "UN2": "never a pupil of a school with numbers",
        "UN3": "educated outside England",
        "UN4": "number not known: newly referred",
        "UN5": "number not yet given by the school",
        "UN6": "number not obtained from the school",
        "UN7": "referral with no further action",
    }
)

GENDER = CodeSet({"0": "not recorded or unborn", "1": "male", "2": "female", "9": "indeterminate"})
SEX = CodeSet({"F": "female", "M": "male", "U": "not known"})

SEX_READ: Mapping[str, Sex] = {
    "1": Sex.MALE,
    "M": Sex.MALE,
    "2": Sex.FEMALE,
    "F": Sex.FEMALE,
    "0": Sex.NOT_KNOWN,
    "9": Sex.NOT_KNOWN,
    "U": Sex.NOT_KNOWN,
}
"""The old and the new codes are told apart by their form, so each is understood under either element."""

ETHNICITY = CodeSet(
    {
        "WBRI": "White British",
        "WIRI": "White Irish",
        "WIRT": "Traveller of Irish heritage",
        "WROM": "Gypsy or Roma",
        "WOTH": "any other White background",
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
)

NO_DISABILITY = "NONE"
DISABILITY = CodeSet(
    {
        NO_DISABILITY: "no disability",
        "MOB": "mobility",
        "HAND": "hand function",
        "PC": "personal care",
        "INC": "incontinence",
        "COMM": "communication",
        "LD": "learning",
        "HEAR": "hearing",
        "VIS": "vision",
        "BEH": "behaviour",
        "CON": "consciousness",
        "AUT": "autism",
        "DDA": "another disability",
    }
)

REFERRAL_SOURCE_UNKNOWN = "10"
REFERRAL_SOURCE = CodeSet(
    {
        "1A": "a relative or carer",
        "1B": "an acquaintance, neighbour or child minder",
        "1C": "the child",
        "1D": "another member of the public",
        "2A": "a school",
        "2B": "education services",
        "3A": "a general practitioner",
        "3B": "a health visitor",
        "3C": "a school nurse",
        "3D": "other primary health services",
        "3E": "an emergency department",
        "3F": "other health services",
        "4": "housing",
        "5A": "the authority's own social care",
        "5B": "another department of the authority",
        "5C": "another local authority",
        "5D": "early help",
        "6": "the police",
        "7": "a court, probation, immigration or another legal agency",
        "8": "another agency or a voluntary organisation",
        "9": "somebody who gave no name",
        REFERRAL_SOURCE_UNKNOWN: "an unknown source",
    },
    since={"5D": 2023},
)

NOT_IN_NEED = "N9"
PRIMARY_NEED = CodeSet(
    {
        "N1": "abuse or neglect",
        "N2": "the child's disability",
        "N3": "a parent's disability or illness",
        "N4": "family in acute stress",
        "N5": "family dysfunction",
        "N6": "socially unacceptable behaviour",
        "N7": "low income",
        "N8": "absent parenting",
        NOT_IN_NEED: "a case other than a child in need",
        "N0": "not stated",
    }
)
PRIMARY_NEED_2026 = {"N1": "abuse, neglect or exploitation"}
"""From 2026 the words of N1 took in exploitation; the code stayed."""

ADOPTED, DIED, NO_FURTHER_ACTION, EARLY_HELP = "RC1", "RC2", "RC8", "RC9"
REASON_FOR_CLOSURE = CodeSet(
    {
        ADOPTED: "adopted",
        DIED: "died",
        "RC3": "child arrangements order",
        "RC4": "special guardianship order",
        "RC5": "transferred to another local authority",
        "RC6": "transferred to adult social care",
        "RC7": "services ceased for another reason, or no longer in need",
        NO_FURTHER_ACTION: "no further action after assessment",
        EARLY_HELP: "referred to early help after assessment",
    },
    since={EARLY_HELP: 2023},
)

SEXUAL_ABUSE = "SAB"
CATEGORY_OF_ABUSE = CodeSet(
    {
        "NEG": "neglect",
        "PHY": "physical abuse",
        SEXUAL_ABUSE: "sexual abuse",
        "EMO": "emotional abuse",
        "MUL": "more than one category",
    }
)

NO_FACTORS = "21"
FACTOR = CodeSet(
    {
        "1A": "alcohol misuse by the child",
        "1B": "alcohol misuse by a parent or carer",
        "1C": "alcohol misuse by another person in the household",
        "2A": "drug misuse by the child",
        "2B": "drug misuse by a parent or carer",
        "2C": "drug misuse by another person in the household",
        "3A": "domestic abuse of the child",
        "3B": "domestic abuse of a parent or carer",
        "3C": "domestic abuse of another person in the household",
        "4A": "the child's mental health",
        "4B": "the mental health of a parent or carer",
        "4C": "the mental health of another person in the household",
        "5A": "the child's learning disability",
        "5B": "the learning disability of a parent or carer",
        "5C": "the learning disability of another person in the household",
        "6A": "the child's physical disability or illness",
        "6B": "the physical disability or illness of a parent or carer",
        "6C": "the physical disability or illness of another person in the household",
        "7A": "young carer",
        "8B": "privately fostered, from overseas and meant to return",
        "8C": "privately fostered, from overseas and meant to stay",
        "8D": "privately fostered, in an educational placement",
        "8E": "privately fostered, by arrangement of the family",
        "8F": "privately fostered, other",
        "9A": "unaccompanied asylum-seeking child",
        "10A": "going missing",
        "11A": "child sexual exploitation",
        "12A": "trafficking",
        "13A": "gangs",
        "14A": "socially unacceptable behaviour",
        "15A": "self-harm",
        "16A": "neglect",
        "17A": "emotional abuse",
        "18A": "physical abuse",
        "18B": "physical abuse by a child",
        "18C": "physical abuse by an adult",
        "19A": "sexual abuse",
        "19B": "sexual abuse by a child",
        "19C": "sexual abuse by an adult",
        "20": "another factor",
        NO_FACTORS: "no factors",
        "22A": "female genital mutilation",
        "23A": "abuse linked to faith or belief",
        "24A": "child criminal exploitation",
    },
    since={"24A": 2022},
)

PRE_PROCEEDINGS_OUTCOME = CodeSet({"A": "outcome A", "B": "outcome B", "C": "outcome C"})
"""The department's meanings of the three are in no public schema that could be read, so none is made up."""
