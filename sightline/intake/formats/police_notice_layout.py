"""What a police notice holds: the declaration from which its checks, its schema and its page are made.

Forces tell children's social care of a child who came to notice in forms of their own (a public protection
notice, a child concern report), mostly as documents. This is a small common form for what those share.
"""

from sightline.intake.declaration import Column, Table
from sightline.intake.formats.police_incidents import INCIDENTS
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.events import DatePrecision, StatementType
from sightline.vocabulary.shipped import shipped_rows

FORCES = {row["code"]: row["name"] for row in shipped_rows("police_forces")}
GRADES = {
    "information": "For information: no concern by itself",
    "standard": "Standard: a concern for partners to know",
    "medium": "Medium: harm is likely unless something changes",
    "high": "High: serious harm could happen at any time",
}
ROLES = {
    "subject_child": "The child whom the notice is about",
    "other_child": "Another child who was there or lives there",
    "victim": "Victim",
    "suspect": "Suspect",
    "witness": "Witness",
    "parent_or_carer": "Parent or carer",
    "adult_of_concern": "Adult who may be a danger to the child",
    "reporting_person": "Person who told the police",
    "other": "Somebody else who was there",
}
"""A child or an adult may be a victim, a suspect or a witness; `is_child` says which."""
ROLES_OF_CHILDREN = frozenset(("subject_child", "other_child"))
ROLES_OF_ADULTS = frozenset(("parent_or_carer", "adult_of_concern"))
PLACES = {
    "home": "The child's home",
    "other_home": "Another home",
    "school": "A school, college or nursery",
    "childrens_home": "A children's home or other placement",
    "hospital": "A hospital or other health premises",
    "street": "A street or other public place",
    "transport": "A vehicle, a station or public transport",
    "business": "A shop, hotel or other business",
    "custody": "A police station",
    "online": "Online",
    "other": "Another place",
    "not_known": "Not known",
}
ACTIONS = {
    "police_protection": "Child taken into police protection",
    "referral_to_social_care": "Referred to children's social care",
    "strategy_discussion": "Strategy discussion asked for",
    "arrest": "Somebody arrested",
    "safety_plan": "Safety plan agreed",
    "medical_attention": "Medical attention called or given",
    "return_home": "Child taken home",
    "investigation": "Investigation begun",
    "no_further_action": "No further action",
    "other": "Another action",
}
ETHNICITIES = {
    "W1": "White British",
    "W2": "White Irish",
    "W3": "Gypsy or Irish Traveller",
    "W9": "Any other White background",
    "M1": "White and Black Caribbean",
    "M2": "White and Black African",
    "M3": "White and Asian",
    "M9": "Any other mixed background",
    "A1": "Indian",
    "A2": "Pakistani",
    "A3": "Bangladeshi",
    "A4": "Chinese",
    "A9": "Any other Asian background",
    "B1": "Caribbean",
    "B2": "African",
    "B9": "Any other Black background",
    "O2": "Arab",
    "O9": "Any other ethnic group",
    "NS": "Not stated",
}
"""Self-defined ethnicity as the police code it."""
_OURS = [
    "W1",
    "WBRI",
    "W2",
    "WIRI",
    "W9",
    "WOTH",
    "M1",
    "MWBC",
    "M2",
    "MWBA",
    "M3",
    "MWAS",
    "M9",
    "MOTH",
    "A1",
    "AIND",
    "A2",
    "APKN",
    "A3",
    "ABAN",
    "A4",
    "CHNE",
    "A9",
    "AOTH",
    "B1",
    "BCRB",
    "B2",
    "BAFR",
    "B9",
    "BOTH",
    "O2",
    "OOTH",
    "O9",
    "OOTH",
    "NS",
    "NKNW",
]
ETHNICITY_CODES = dict(zip(_OURS[::2], _OURS[1::2], strict=True))
"""The department's code for the police's. W3 is two of the department's, so it has none."""

NOTICE = Table(
    "notice",
    (
        Column(
            "reference",
            "The force's own number for this notice; a later notice with it replaces this one.",
            is_required=True,
        ),
        Column("force", "Code of the police force.", "code", is_required=True, codes=FORCES),
        Column("grade", "How grave the force takes it to be: an officer's opinion.", "code", codes=GRADES),
        Column("made_at", "When the notice was made.", "date or moment", is_required=True),
        Column("made_by", "Team or unit that made it. No officer's name is needed."),
        Column("withdrawn", "True to take the notice back; its people are then listed again.", "yes or no"),
        Column("incident", "What the child came to notice for.", "object of incident", is_required=True),
        Column("people", "Everybody concerned, the children first.", "list of person", is_required=True),
        Column("accounts", "What was seen and what was said, each by itself.", "list of account"),
        Column("actions", "What the police did.", "list of action"),
        Column("shared_with", "Who else was sent this notice.", "list of recipient"),
    ),
    "One notice about one incident.",
)
INCIDENT = Table(
    "incident",
    (
        Column(
            "type",
            "What it was.",
            "code",
            is_required=True,
            codes={code: each.words for code, each in INCIDENTS.items()},
        ),
        Column("occurred_from", "When it happened or began.", "date or moment", is_required=True),
        Column("occurred_to", "When it ended, if it was not at once.", "date or moment"),
        Column(
            "precision",
            "How exact the day is; a month or a year is given by its first day.",
            "code",
            codes={each.value: each.label for each in DatePrecision if each is not DatePrecision.TERM},
        ),
        Column("crime_reference", "Number of the crime or incident record."),
        Column("place", "Where it happened.", "object of place"),
        Column("summary", "What happened, in two or three sentences."),
    ),
    "What happened, when and where.",
)
PLACE = Table(
    "place",
    (
        Column("kind", "What kind of place it is.", "code", is_required=True, codes=PLACES),
        Column("address", "Address in one line, without the postcode."),
        Column("postcode", "Postcode.", "postcode"),
        Column("is_protected", "True if knowing the place could put somebody in danger.", "yes or no"),
    ),
    "Where it happened.",
)
PERSON = Table(
    "person",
    (
        Column("number", "1, 2, 3…: the person's number in this notice.", is_required=True),
        Column("role", "What the person was in the incident.", "code", is_required=True, codes=ROLES),
        Column(
            "is_child",
            "True for anybody under 18 on the day and for unborn children.",
            "yes or no",
            is_required=True,
        ),
        Column("person_id", "The force's own number for the person, the same in every notice."),
        Column("surname", "Surname."),
        Column("forenames", "All forenames, in order."),
        Column("other_names", "Whole other names: known as, former.", "list of text"),
        Column("date_of_birth", "Date of birth.", "date"),
        Column("expected_on", "Expected date of an unborn child.", "date, may lie ahead"),
        Column("sex", "M, F, or U if not known.", "sex"),
        Column("ethnicity", "Self-defined ethnicity as the police code it.", "code", codes=ETHNICITIES),
        Column("address", "Home address in one line, without the postcode."),
        Column("postcode", "Postcode of the home address.", "postcode"),
        Column("is_address_protected", "True if nobody may learn the address.", "yes or no"),
        Column("relation_to_child", "What an adult is to the subject child: mother, neighbour."),
        Column("school", "School that a child was said to go to."),
        Column("was_seen", "Whether an officer saw the child.", "yes or no"),
        Column("was_spoken_to", "Whether an officer spoke with the child alone.", "yes or no"),
    ),
    "A child or an adult, and what they were in the incident.",
)
ACCOUNT = Table(
    "account",
    (
        Column(
            "type",
            "Fact (an officer saw it or it is on record), opinion or allegation.",
            "code",
            is_required=True,
            codes=StatementType.labels(),
        ),
        Column("words", "What was seen or said, as far as possible in the words used.", is_required=True),
        Column("said_by", "Number of the person who said it; empty for an officer."),
        Column("about", "Numbers of the children it is about; empty for all.", "list of text"),
        Column("at", "When it was seen or said.", "date or moment"),
    ),
    "One thing seen or said. A fact, an opinion and an allegation are never one account.",
)
ACTION = Table(
    "action",
    (
        Column("type", "What was done.", "code", is_required=True, codes=ACTIONS),
        Column("on", "When.", "date or moment"),
        Column("about", "Numbers of the children it is about; empty for all.", "list of text"),
        Column("words", "What there is to add."),
    ),
    "What the police did.",
)
RECIPIENT = Table(
    "recipient",
    (
        Column("kind", "Who.", "code", is_required=True, codes=AgencyKind.labels()),
        Column("name", "Name or code of the agency."),
        Column("on", "When.", "date or moment"),
    ),
    "An agency that was sent the notice.",
)
TABLES = {each.name: each for each in (NOTICE, INCIDENT, PLACE, PERSON, ACCOUNT, ACTION, RECIPIENT)}
