"""What an Annex A workbook is checked for. The sentences are ours; Annex A names no rules of its own."""

from sightline.intake.declaration import Rule
from sightline.vocabulary.findings import Severity

_SOURCE = "Ofsted, Annex A of the inspection of local authority children's services (ILACS)"
RULES: list[Rule] = []


def _rule(severity: Severity, name: str, sentence: str) -> Rule:
    rule = Rule(f"annex-a.{name}", severity, sentence, source=_SOURCE)
    RULES.append(rule)
    return rule


def _warning(name: str, sentence: str) -> Rule:
    return _rule(Severity.WARNING, name, sentence)


def _error(name: str, sentence: str) -> Rule:
    return _rule(Severity.ERROR, name, sentence)


SEND_WORKBOOK = _error(
    "send-workbook",
    "This is the Annex A of an inspection of special educational needs, not of children's social care. Its "
    "children's plans are read from the SEN2 return: send that instead.",
)
NO_LIST = _error(
    "no-list",
    "No sheet of the workbook is one of the lists 1 to 11: none has a heading row with the columns by "
    "which a "
    "list is known.",
)
SAME_LIST = _error(
    "same-list",
    "Sheet {first} and sheet {second} of the workbook both hold {list}. Put their rows on one sheet.",
)
LIST_WITHOUT_KEY = _error(
    "list-without-key",
    "The sheet of {list} has no column for {columns}, without which its rows cannot be read. Name it as "
    "Annex A "
    "does. Nothing of the workbook was taken, so that no list is missing unseen.",
)
MISSING_LIST = _warning("missing-list", "The workbook has no sheet for {lists}.")
OTHER_SHEETS = _warning("other-sheets", "{count} of the workbook's sheets hold none of the lists: not read.")
MISSING_COLUMNS = _warning("missing-columns", "On the sheet of {list} there is no column for {columns}.")
OTHER_COLUMNS = _warning(
    "other-columns", "On the sheet of {list}, {count} columns are none of Annex A's: they are not read."
)
MISNUMBERED = _warning(
    "misnumbered",
    "The sheet's name says list {named}, but its columns are those of {list}. It was read as that list.",
)

NO_ID = _error("no-id", "There is no {named}. Without one nobody can tell whose record this is: fill it in.")
ID_IS_AN_ERROR = _error(
    "id-is-an-error",
    "The cell of the {named} holds a spreadsheet's error mark instead of a number. Mend the formula "
    "behind it.",
)
NO_KEY_DATE = _warning("no-key-date", "There is no {named}, so what the row tells stands without a day.")
ROW_TWICE = _error(
    "row-twice",
    "Line {line} of this list tells the same thing of the same person. Only the first was taken: remove "
    "one, or "
    "correct its date.",
)
TWO_BIRTHS = _warning(
    "two-births",
    "Line {line} of {list} gives this number another date of birth. Either one is wrong, or two children "
    "have "
    "one number.",
)
TWO_SEXES = _warning("two-sexes", "Line {line} of {list} gives this number another sex. Please correct one.")
BAD_CELL = _warning("cell", "{problem} The cell was left out.")
DOUBTFUL_DATE = _warning("doubtful-date", "{problem}")
BAD_CODE = _warning(
    "code",
    "What stands here is not known as one of the codes of this column. It was left out: write a code, such "
    "as {examples}.",
)
BAD_COUNT = _warning("count", "This is not a whole number of nought or more. It was left out.")
NO_BIRTH = _warning(
    "no-date-of-birth",
    "There is no date of birth. Give the expected date for an unborn child; without one, a child is "
    "seldom found.",
)
BIRTH_FAR_AHEAD = _warning(
    "birth-far-ahead", "A date of birth of {day} lies more than ten months ahead of {as_of}. It was left out."
)
TOO_OLD = _warning(
    "too-old", "Born on {day}, this person was {age} on {on}: too old for {list}. Is the year right?"
)
AGE_DISAGREES = _warning(
    "age-disagrees",
    "The age of {age} cannot be that of somebody born on {day}. One of the two is wrong.",
)
BEFORE_BIRTH = _warning(
    "before-birth", "{day} is more than ten months before the birth on {born}. One of the two is wrong."
)
OUT_OF_ORDER = _warning(
    "out-of-order", "{later_day} is before {earlier_day}, the {earlier}. One of the two dates is wrong."
)
END_WITHOUT_REASON = _warning("end-without-reason", "There is an end on {day} but no {reason}.")
REASON_WITHOUT_END = _warning("reason-without-end", "There is a reason for the end but no {end}.")
CONFERENCE_UNNECESSARY = _warning(
    "conference-unnecessary",
    "The row says that no initial conference was needed, and gives one on {day}. One of the two is wrong.",
)
RESULT_WITHOUT_CONFERENCE = _warning(
    "result-without-conference", "The row says what the conference decided, but not when it was held."
)
CLOSED_BUT_OPEN = _warning(
    "closed-but-open", "The case status is “closed”, but there is no {end}. The row was read as ended."
)
OPEN_BUT_CLOSED = _warning(
    "open-but-closed", "The case ended on {day}, but its status is “{status}”. It was read as ended."
)
INTERVIEW_NOT_OFFERED = _warning(
    "interview-not-offered", "A return interview was accepted that was not offered. One of the two is wrong."
)
INTERVIEW_WITHOUT_MISSING = _warning(
    "interview-without-missing",
    "The row says whether a return interview was offered, but counts no missing episode.",
)
MULTIPLE_ABUSE = _warning(
    "multiple-abuse",
    "“More than one category” hides which. Name the category that was most decisive.",
)
