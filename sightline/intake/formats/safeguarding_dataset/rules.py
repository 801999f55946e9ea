"""What a table of the dataset is checked for, beyond the form of single cells."""

from sightline.intake.declaration import NotCovered, Rule
from sightline.intake.formats.tabular import cell_rules
from sightline.vocabulary.findings import Severity

_SOURCE = "Standard Safeguarding Dataset: objects, categories and relationships"


def _warning(name: str, sentence: str) -> Rule:
    return Rule(f"ssd.{name}", Severity.WARNING, sentence, source=_SOURCE)


def _error(name: str, sentence: str) -> Rule:
    return Rule(f"ssd.{name}", Severity.ERROR, sentence, source=_SOURCE)


CELLS = cell_rules("ssd", _SOURCE)

NO_TABLE = _error(
    "no-table",
    "The columns are those of none of the dataset's tables. Send each table as one CSV file with the column "
    "names of the specification, such as “cine_referral_id”.",
)
COLUMN_MISSING = _error(
    "column-missing", "The header does not have the column {column} exactly once: no row can be read without."
)
COLUMNS_ABSENT = _warning("columns-absent", "The table has no {columns}. Add what your system holds.")
COLUMNS_NOT_KNOWN = _warning("columns-not-known", "The dataset has no {count} of the columns: not read.")
STAGING_TABLE = _warning(
    "staging",
    "This table holds messages to the department, not records. It is taken and not told: send the messages "
    "themselves.",
)

NO_PERSON = _error("no-person-number", "The row has no {column}, so that it cannot be said whose it is.")
NOBODY = _error("nobody", "The person has no name, no date of birth, due or actual, and no NHS number.")
NOT_TIED = _warning(
    "not-tied",
    "The row belongs to a row of {table} and names no child. No such row was found beside this file, so it "
    "is taken and told in no child's story. Put the tables of one extract into one folder.",
)
NO_PARENT_NUMBER = _warning(
    "no-parent-number", "The row names neither a child nor, in {column}, the row it belongs to."
)
UNREADABLE_SIBLING = _warning(
    "unreadable-table",
    "The file of {table} beside this one could not be read, so rows could not be tied by it.",
)
TOO_MANY_ROWS = _warning(
    "too-many-rows",
    "The file of {table} has more than {most:,} rows, and only that many were used to tie rows to children.",
)
ROW_TWICE = _warning("row-twice", "Line {line} has this number too. Each row has a number of its own.")
PERSON_TWICE = _warning("person-twice", "Line {line} is about this person too. A person is one row.")
NHS_NUMBER_OF_TWO = _warning(
    "nhs-number-of-two",
    "Line {line} gives this NHS number to another person. Either one child is held twice or one number is "
    "wrong.",
)
NO_ROW_NUMBER = _warning("no-row-number", "The row has no {column}; a later extract can hardly correct it.")

NO_NAME = _warning("no-name", "The person's {column} is empty.")
NO_BIRTH = _warning("no-date-of-birth", "There is neither a date of birth nor an expected one.")
BOTH_BIRTHS = _warning(
    "born-and-expected", "There is a date of birth and an expected one. The expected one was left out."
)
DIED_BEFORE_BIRTH = _warning("died-before-birth", "The death on {death} is before the birth on {birth}.")
IDENTIFIER_TYPE = _warning(
    "identifier-type", "This is not a kind of number that the specification lists. It was left out."
)
ULN = _warning("uln", "A unique learner number is ten digits. This one was left out.")

NO_DAY = _warning("no-day", "There is no {column}, so that what the row tells stands without a day.")
END_BEFORE_START = _warning(
    "end-before-start", "It ends on {last}, before it starts on {first}. The end was left out."
)
END_WITHOUT_REASON = _warning("end-without-reason", "It ended on {day}, and {column} does not say why.")
REASON_WITHOUT_END = _warning("reason-without-end", "There is a reason why it ended, and {column} is empty.")
NOT_JSON = _warning("not-json", "This is not the JSON of the specification. It was left out.")
FURTHER_ACTION = _warning(
    "no-further-action-and-outcome", "The row says both that nothing more was done and that something was."
)
ALONE_BUT_NOT_SEEN = _warning(
    "alone-but-not-seen", "The child was seen alone, but was not seen. Correct one of the two."
)
ACCEPTED_NOT_OFFERED = _warning(
    "interview-accepted-not-offered", "The return interview was accepted without being offered."
)
SCORE = _warning("sdq-score", "The score is a whole number from 0 to 40. It was left out.")
NO_SCORE = _warning("no-sdq-score", "There is neither a score nor a reason why there is none.")
NO_CATEGORY = _warning("no-category", "The plan does not say for which category of abuse or neglect.")
NOT_HELD = _warning(
    "not-held",
    "It was due on {day}, and no day of being held is given. Give it, or say if it did not happen.",
)
TOO_OLD = _warning("age", "Born on {day}, the person is {age} and is taken for an adult in the records.")

RULES = (
    *CELLS.all(),
    *(
        NO_TABLE,
        COLUMN_MISSING,
        COLUMNS_ABSENT,
        COLUMNS_NOT_KNOWN,
        STAGING_TABLE,
        NO_PERSON,
        NOBODY,
        NOT_TIED,
    ),
    *(NO_PARENT_NUMBER, UNREADABLE_SIBLING, TOO_MANY_ROWS, ROW_TWICE, PERSON_TWICE, NHS_NUMBER_OF_TWO),
    *(NO_ROW_NUMBER, NO_NAME, NO_BIRTH, BOTH_BIRTHS, DIED_BEFORE_BIRTH, IDENTIFIER_TYPE, ULN, NO_DAY),
    *(END_BEFORE_START, END_WITHOUT_REASON, REASON_WITHOUT_END, NOT_JSON, FURTHER_ACTION, ALONE_BUT_NOT_SEEN),
    *(ACCEPTED_NOT_OFFERED, SCORE, NO_SCORE, NO_CATEGORY, NOT_HELD, TOO_OLD),
)

NOT_COVERED = (
    NotCovered(
        "Completeness between tables",
        "Whether every visit has its plan and every episode its placement needs the tables together; one "
        "file is one delivery here. Rows are tied to children across files; what cannot be tied is reported.",
    ),
    NotCovered("Nationalities and countries", "They are not told and not compared with their list."),
)
