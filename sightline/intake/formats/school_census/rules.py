"""What a school census table is checked for, beyond the form of single cells."""

from sightline.intake.declaration import NotCovered, Rule
from sightline.intake.formats.tabular import cell_rules
from sightline.vocabulary.findings import Severity

_SOURCE = "Completing the school census (DfE); schemas of the collection's tables, 2015 to 2026"


def _warning(name: str, sentence: str) -> Rule:
    return Rule(f"school-census.{name}", Severity.WARNING, sentence, source=_SOURCE)


def _error(name: str, sentence: str) -> Rule:
    return Rule(f"school-census.{name}", Severity.ERROR, sentence, source=_SOURCE)


CELLS = cell_rules("school-census", _SOURCE)

NO_TABLE = _error(
    "no-table",
    "The columns are those of none of the census's pupil tables. Send the tables as the collection exports "
    "them, each with its own number column (such as “pupilonrolltableid”).",
)
COLUMN_MISSING = _error(
    "column-missing",
    "The header does not have the column {column} exactly once, and without it no row can be joined to its "
    "pupil.",
)
NO_CENSUS = _warning(
    "no-census",
    "Neither the file's name nor its folder says of which census it is, so that nothing but dates in its "
    "rows can be placed. Name it with year and term, as “2024_autumn_{table}.csv”.",
)
COLUMNS_OF_OTHER_YEAR = _warning(
    "columns-of-another-census",
    "The {census} did not ask for {columns}. Is the file named for the right census?",
)
COLUMNS_NOT_KNOWN = _warning(
    "columns-not-known", "Columns that the table never had were not read: {count} of them."
)

NO_PUPIL_NUMBER = _error(
    "no-pupil-number",
    "The row has no {column}, so that it cannot be said whose it is. Export the table again.",
)
NOBODY = _error("nobody", "The row has no name, no UPN and no date of birth, so that it is about nobody.")
PUPIL_TWICE = _warning(
    "pupil-twice",
    "Line {line} has this pupil at this school since the same day too. One enrolment is told twice.",
)
UPN_OF_TWO = _warning(
    "upn-of-two",
    "Line {line} gives this UPN to a pupil with another number. A UPN is one child's: either one pupil is "
    "held twice or one UPN is wrong.",
)
NO_UPN = _warning("no-upn", "The pupil has no UPN. Every pupil in a school of the census has one.")
NO_NAME = _warning("no-name", "The pupil's {column} is empty.")
NO_BIRTH = _warning("no-date-of-birth", "The pupil has no date of birth.")
AGE = _warning("age", "Born on {day}, the pupil would have been {age} at the census. Is the date right?")
ULN = _warning("uln", "A unique learner number is ten digits. This one was left out.")
SAME_UPN_TWICE = _warning(
    "former-upn-same", "The former UPN is the present one. Leave it empty if it never changed."
)

ENTRY_BEFORE_BIRTH = _warning(
    "entry-before-birth", "The pupil came on {entry}, before being born on {birth}. Correct one of the two."
)
LEFT_BEFORE_ENTRY = _warning(
    "left-before-entry",
    "The pupil left on {leaving}, before coming on {entry}. Correct one of the two; the end was left out.",
)
ENTRY_AFTER_CENSUS = _warning(
    "after-census", "{day} is after the term of the {census}. Correct the day or the file's name."
)
NO_ENTRY = _warning("no-entry-date", "There is no day of entry, so that the time on roll has no beginning.")
NO_LEAVING = _warning(
    "no-leaving-date", "The pupil is no longer on roll, and there is no day of leaving. Add it."
)
ABSENT_BEYOND_POSSIBLE = _warning(
    "absent-beyond-possible",
    "{absent} sessions of absence are more than the {possible} that were possible. Correct the counts; no "
    "percentage is made of them.",
)
TOO_MANY_SESSIONS = _warning(
    "too-many-sessions",
    "{sessions} sessions are more than the {most} that a school can open for in the period.",
)
SESSIONS_BY_CODE = _warning(
    "sessions-by-code",
    "The codes of this pupil add up to {sessions} sessions at the school, more than the {most} that a "
    "school can open for in the period. Look whether codes are counted twice.",
)
CODE_OF_OTHER_YEAR = _warning(
    "code-of-another-census",
    "The code {code} was not in use for the {census}. It is told as it stands.",
)
NO_CODE = _warning("no-attendance-code", "The sessions have no attendance code, so that they say nothing.")
NO_REASON = _warning("no-reason", "The suspension or exclusion has no reason. Give at least the first.")
REASON_TWICE = _warning("reason-twice", "The reason {code} is given twice.")
NO_CATEGORY = _warning(
    "no-category",
    "It is not said whether this was a suspension or a permanent exclusion. It is told as a suspension.",
)
NO_START = _warning("no-start", "There is no first day, so that it stands without a date.")
OUTSIDE_TERMS = _warning(
    "exclusion-outside-terms",
    "{day} is not within the terms for which the {census} asks, {days}. Correct the day or the file's name.",
)
TOO_LONG = _warning(
    "suspension-too-long",
    "A suspension of {sessions} sessions is longer than the 45 school days (90 sessions) allowed in a year.",
)
END_BEFORE_START = _warning(
    "end-before-start", "It ends on {last}, before it starts on {first}. The end was left out."
)
RANK = _warning("need-rank", "Needs are ranked 1 for the main one and 2 for the next.")

RULES = (
    *CELLS.all(),
    *(NO_TABLE, COLUMN_MISSING, NO_CENSUS, COLUMNS_OF_OTHER_YEAR, COLUMNS_NOT_KNOWN, NO_PUPIL_NUMBER, NOBODY),
    *(PUPIL_TWICE, UPN_OF_TWO, NO_UPN, NO_NAME, NO_BIRTH, AGE, ULN, SAME_UPN_TWICE, ENTRY_BEFORE_BIRTH),
    *(LEFT_BEFORE_ENTRY, ENTRY_AFTER_CENSUS, NO_ENTRY, NO_LEAVING, ABSENT_BEYOND_POSSIBLE, TOO_MANY_SESSIONS),
    *(SESSIONS_BY_CODE, CODE_OF_OTHER_YEAR, NO_CODE, NO_REASON, REASON_TWICE, NO_CATEGORY, NO_START),
    *(OUTSIDE_TERMS, TOO_LONG, END_BEFORE_START, RANK),
)

NOT_COVERED = (
    NotCovered(
        "The collection's own validation rules",
        "The department publishes them with each census and applies them when schools submit; what is "
        "exported has passed them or been explained. Only checks that bear on a child's story are made here.",
    ),
    NotCovered(
        "Languages, nationalities and countries",
        "They are no part of a child's story and are not compared with their code lists.",
    ),
)
