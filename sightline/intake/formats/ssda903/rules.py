"""Every rule of the return: those checked, and those of the department's list that are not, and why."""

from sightline.intake.declaration import NotCovered, Rule
from sightline.intake.formats.ssda903 import (
    rules_adoption,
    rules_decision,
    rules_episode,
    rules_events,
    rules_health,
    rules_leaving,
    rules_limits,
    rules_person,
    rules_sequence,
    rules_values,
    tables,
)
from sightline.intake.formats.ssda903.checks import BORN, YEAR, Check, own_rule, rule_of
from sightline.vocabulary.findings import Severity

CHECKS: tuple[Check, ...] = (
    *rules_values.CHECKS,
    *rules_person.CHECKS,
    *rules_episode.CHECKS,
    *rules_limits.CHECKS,
    *rules_sequence.CHECKS,
    *rules_adoption.CHECKS,
    *rules_decision.CHECKS,
    *rules_health.CHECKS,
    *rules_events.CHECKS,
    *rules_leaving.CHECKS,
)

NO_CHILD = own_rule(
    "no-child",
    "The child's number is missing, so nobody could be told whom this is about. Add it.",
    Severity.ERROR,
)
NOTHING_TOLD = own_rule(
    "nothing-told",
    "There is nothing here but the child's number. Complete it, or take it out.",
    Severity.ERROR,
)
IMPLAUSIBLE = own_rule(
    "implausible-date",
    "This date is before 1980 or after the day on which the file was read. Correct it; it is left out here.",
)
REPEATED = own_rule(
    "repeated", "Another row says the same of this child with the same date. Keep the right one."
)
YEAR_UNKNOWN = own_rule(
    "year-unknown",
    "Neither the file's name nor its dates tell the year of the return, so what depends on the year was not "
    "checked. Put the year in the file's name, such as “2025-26”.",
)
YEAR_BY_DATES = own_rule(
    "year-by-dates",
    "The file's name does not tell the year of the return. By its dates it was taken to be that to 31 March "
    "{year}. Put the year in the file's name, such as “2025-26”.",
)
NOT_A_TABLE = own_rule(
    "not-a-table",
    "These columns are those of no table of the looked-after return. Each table is known by its own "
    "columns, such "
    "as CHILD, DECOM, RNE, LS and PLACE for episodes: give them the return's names.",
    Severity.ERROR,
)
NOT_A_RETURN = own_rule(
    "not-a-return",
    "This is no looked-after return: its first element should be EXPSSDA903.",
    Severity.ERROR,
)
COLUMN_MISSING = own_rule(
    "column-missing", "The table should have this column too. What it would tell is not known."
)
COLUMN_UNKNOWN = own_rule("column-unknown", "This is no column of the table, so it was not read.")
DUPLICATE_UPN = rule_of(
    "444",
    "{where} has the same unique pupil number for another child. One of the two is wrong.",
    since=2026,
)
CHILD_AGAIN = rule_of("INT32", "{where} has this child already. A child stands once in the return.")

SOURCES = (
    "Children looked after by local authorities in England: guide to the SSDA903 collection, Department for "
    "Education, each year",
    "Children looked after return: validation rules, Department for Education, 2022 to 2023 and later",
)

OWN = (
    NO_CHILD,
    NOTHING_TOLD,
    IMPLAUSIBLE,
    REPEATED,
    YEAR_UNKNOWN,
    YEAR_BY_DATES,
    COLUMN_MISSING,
    COLUMN_UNKNOWN,
    NOT_A_TABLE,
    NOT_A_RETURN,
)

_LAST_YEAR = "It compares with last year's return."
_REGISTER = "It needs Ofsted's register of providers."
_DISTANCE = "The department works this out from postcodes; it is in no file that authorities send."
_HISTORY = "It needs the child's episodes of all earlier years."
_HEADER = (
    "The XML form holds a child's tables under one header, so they cannot disagree; a CSV file is one table."
)
_BETWEEN_TABLES = "It compares tables that only the XML form holds together, and that form has no such table."
_WHY_NOT = {
    _LAST_YEAR: (
        "202 203 204 205A 205B 205C 205D 207 208 452 453 502 503A 503B 503C 503D 503E 503F 503G 503H "
        "503J 559 560 "
        "561 562 576 584 624 626 706 1010 348 NoE SW16aSTG2 SW16bSTG2 SW16cSTG2"
    ),
    _HISTORY: "1001 1002",
    _REGISTER: "219 221 224 227 228 229 1008",
    _DISTANCE: "164 169 179 392a 406 411 420 454 1015",
    "It asks for Ofsted's number in England only, so it needs the country of each postcode.": "218 230",
    _HEADER: (
        "INT01 INT02 INT03 INT04 INT05 INT06 INT07 INT08 INT09 INT11 INT12 INT13 INT14 INT15 INT16 "
        "INT17 INT18 INT21"
    ),
    _BETWEEN_TABLES: "707 709 710 SW01STG1 SW11aSTG2 SW11bSTG2 SW12STG2 SW17STG2",
    "It is not a rule but a notice that episodes have not been loaded yet.": "EPI",
    "The department does not say from which age on a date of birth is to be doubted.": "231",
    "A later year's list says the same in another rule: SW01bSTG1, SW15STG2 or SW08STG2.": (
        "SW01aSTG1 SW03STG1 SW14STG2"
    ),
}
NOT_COVERED: tuple[NotCovered, ...] = tuple(
    NotCovered(number, why) for why, numbers in _WHY_NOT.items() for number in numbers.split()
)


def csv_checks(table: str) -> tuple[Check, ...]:
    """Those that a CSV file of this table alone can answer."""
    return tuple(check for check in CHECKS if check.needs <= _known_of_csv(table))


def csv_not_covered() -> tuple[NotCovered, ...]:
    answered = {check.rule.department for table in tables.BY_NAME for check in csv_checks(table)}
    left = sorted({check.rule.department for check in CHECKS} - answered)
    why = "It needs several tables of a child together, which only the XML form has."
    return (*NOT_COVERED, *(NotCovered(number, why) for number in left))


XML_TABLES = frozenset({*tables.ELEMENTS, *tables.IN_HEADER})


def xml_checks() -> tuple[Check, ...]:
    return tuple(check for check in CHECKS if check.needs <= XML_TABLES | {BORN, YEAR})


def xml_not_covered() -> tuple[NotCovered, ...]:
    left = sorted(
        {check.rule.department for check in CHECKS} - {check.rule.department for check in xml_checks()}
    )
    why = "The XML form, as far as its schema is published, does not have this table."
    return (*NOT_COVERED, *(NotCovered(number, why) for number in left))


def rules_of(checks: tuple[Check, ...]) -> tuple[Rule, ...]:
    """Each rule once, our own first. A number whose limit changed with a year stands with its latest."""
    by_name = {rule.name: rule for rule in (*OWN, CHILD_AGAIN, DUPLICATE_UPN)}
    for check in checks:
        by_name[check.rule.name] = check.rule
    return tuple(by_name.values())


def _known_of_csv(table: str) -> frozenset[str]:
    columns = {column.name for column in tables.BY_NAME[table].columns}
    return frozenset({table, YEAR, *({BORN} if "DOB" in columns else ())})
