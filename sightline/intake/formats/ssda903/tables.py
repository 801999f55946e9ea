"""The tables of the looked-after return, 2017 to 2026, and 2027's list of deprivations of liberty.

The CSV form has one file a table. The XML form holds a child's tables together under other names, see
`ELEMENTS`.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from sightline.intake.declaration import Column, Table
from sightline.intake.formats.ssda903 import codes

DATE = "date, DD/MM/YYYY"
CODE = "code"


def _child() -> Column:
    return Column(
        "CHILD", "The authority's own number for the child", is_required=True, spellings=("CHILDID",)
    )


def _date(name: str, meaning: str, *, is_required: bool = False) -> Column:
    return Column(name, meaning, DATE, is_required)


def _code(
    name: str,
    meaning: str,
    values: Mapping[str, str],
    *,
    is_required: bool = False,
    spellings: tuple[str, ...] = (),
) -> Column:
    return Column(name, meaning, CODE, is_required, values, spellings)


def _born() -> Column:
    return _date("DOB", "Date of birth", is_required=True)


def _sex() -> Column:
    return _code("SEX", "Sex", {**codes.SEX, **codes.SEX_2025}, is_required=True, spellings=("GENDER",))


HEADER = Table(
    "header",
    (
        _child(),
        _sex(),
        _born(),
        _code("ETHNIC", "Ethnicity", codes.ETHNICITY, is_required=True),
        Column("UPN", "Unique pupil number, or UN1 to UN5 where there is none", "UPN", is_required=True),
        _code(
            "UASC", "Unaccompanied asylum-seeking child (XML only)", codes.YES_NO, spellings=("UASC_STATUS",)
        ),
        _code("MOTHER", "Is a mother", codes.YES_NO),
        _date("MC_DOB", "Date of birth of her first child"),
    ),
    "Every child in the return, once.",
)
EPISODES = Table(
    "episodes",
    (
        _child(),
        _date("DECOM", "Date the episode began", is_required=True),
        _code("RNE", "Reason for the new episode", codes.REASON_FOR_EPISODE, is_required=True),
        _code("LS", "Legal status", codes.LEGAL_STATUS, is_required=True),
        _code("CIN", "Category of need", codes.NEED, is_required=True),
        _code("PLACE", "Placement type", codes.PLACEMENT, is_required=True, spellings=("PL",)),
        _code("PLACE_PROVIDER", "Who provides the placement", codes.PROVIDER),
        _date("DEC", "Date the episode ended"),
        _code("REC", "Reason the episode ended", codes.END_OF_EPISODE),
        _code("REASON_PLACE_CHANGE", "Why the placement changed", codes.PLACEMENT_CHANGE),
        Column("HOME_POST", "Postcode from which the child came into care", "postcode"),
        Column("PL_POST", "Postcode of the placement", "postcode"),
        Column("URN", "Ofsted's number for the provider", "URN"),
    ),
    "One row for each stretch of care in which neither placement nor legal status changed.",
)
REVIEWS = Table(
    "reviews",
    (
        _child(),
        _born(),
        _date("REVIEW", "Date of the review", is_required=True),
        _code("REVIEW_CODE", "How the child took part", codes.PARTICIPATION, is_required=True),
    ),
    "Reviews of the child's care in the year.",
)
OC2_FLAGS = (
    "CONVICTED",
    "HEALTH_CHECK",
    "IMMUNISATIONS",
    "TEETH_CHECK",
    "HEALTH_ASSESSMENT",
    "SUBSTANCE_MISUSE",
    "INTERVENTION_RECEIVED",
    "INTERVENTION_OFFERED",
)
OC2 = Table(
    "oc2",
    (
        _child(),
        _born(),
        Column("SDQ_SCORE", "Strengths and difficulties questionnaire, total", "number, 0 to 40"),
        _code("SDQ_REASON", "Why there is no score", codes.SDQ_REASON),
        *(
            _code(name, meaning, codes.YES_NO)
            for name, meaning in zip(
                OC2_FLAGS,
                (
                    "Convicted, or given a youth caution",
                    "Child development checks up to date (under 5)",
                    "Immunisations up to date",
                    "Teeth checked by a dentist",
                    "Annual health assessment done",
                    "Substance misuse identified",
                    "Intervention for substance misuse received",
                    "Intervention for substance misuse offered and refused",
                ),
                strict=True,
            )
        ),
    ),
    "Health and offending of children looked after for at least twelve months on 31 March.",
)
OC3 = Table(
    "oc3",
    (
        _child(),
        _born(),
        _code("IN_TOUCH", "In touch with the authority", codes.IN_TOUCH, is_required=True),
        _code("ACTIV", "Main activity", codes.ACTIVITY, is_required=True),
        _code("ACCOM", "Accommodation and whether it is suitable", codes.ACCOMMODATION, is_required=True),
    ),
    "Care leavers around their 17th to 21st birthday in the year.",
)
UASC = Table(
    "uasc",
    (_child(), _sex(), _born(), _date("DUC", "Date that the status ceased or will cease")),
    "Unaccompanied asylum-seeking children.",
)
AD1 = Table(
    "ad1",
    (
        _child(),
        _born(),
        _date(
            "DATE_INT", "Date of the decision that the child should be placed for adoption", is_required=True
        ),
        _date("DATE_MATCH", "Date matched with adopters", is_required=True),
        _code("FOSTER_CARE", "Adopted by a former foster carer", codes.YES_NO, is_required=True),
        _code("NB_ADOPTR", "Number of adopters", {"1": "one", "2": "two"}, is_required=True),
        _code("SEX_ADOPTR", "Sex of the adopters", codes.ADOPTERS_SEX, is_required=True),
        _code("LS_ADOPTR", "Legal status of the adopters", codes.ADOPTERS_STATUS, is_required=True),
    ),
    "Children adopted in the year.",
)
PLACED_FOR_ADOPTION = Table(
    "placed_for_adoption",
    (
        _child(),
        _born(),
        _date("DATE_PLACED", "Date of the decision to place for adoption", is_required=True),
        _date("DATE_PLACED_CEASED", "Date that the decision was reversed"),
        _code("REASON_PLACED_CEASED", "Why it was reversed", codes.DECISION_REVERSED),
    ),
    "Decisions that a child should be placed for adoption, and their reversal.",
)
PREVIOUS_PERMANENCE = Table(
    "previous_permanence",
    (
        _child(),
        _born(),
        _code(
            "PREV_PERM",
            "Permanent home before this period of care",
            codes.PREVIOUS_PERMANENCE,
            is_required=True,
        ),
        Column("LA_PERM", "Where it was arranged", "authority's three digits, or WAL, SCO, NIR, NUK"),
        Column("DATE_PERM", "Date of its order", f"{DATE}; zz for a day or month not known"),
    ),
    "Adoption or another permanent order before the child was looked after.",
)
MISSING = Table(
    "missing",
    (
        _child(),
        _born(),
        _code("MISSING", "Missing, or away without authorisation", codes.MISSING, is_required=True),
        _date("MIS_START", "Date it began", is_required=True),
        _date("MIS_END", "Date it ended"),
    ),
    "Times missing or away from placement without authorisation.",
)
SOCIAL_WORKER = Table(
    "social_worker",
    (
        _child(),
        _born(),
        Column("SW_ID", "The social worker's registration number", "SW and digits", is_required=True),
        _date("SW_DECOM", "Date the worker began", is_required=True),
        _date("SW_DEC", "Date the worker ended"),
        _code("SW_REASON", "Why the worker changed", codes.SOCIAL_WORKER_CHANGE),
    ),
    "The child's social workers, from 2024.",
)
DOLO = Table(
    "dolo",
    (
        _child(),
        _born(),
        _date("DOLO_START", "Date the order began", is_required=True),
        _date("DOLO_END", "Date it ended"),
    ),
    "Deprivation of liberty orders, from 2027.",
)

TABLES = (
    HEADER,
    EPISODES,
    REVIEWS,
    OC2,
    OC3,
    UASC,
    AD1,
    PLACED_FOR_ADOPTION,
    PREVIOUS_PERMANENCE,
    MISSING,
    SOCIAL_WORKER,
    DOLO,
)
BY_NAME: Mapping[str, Table] = {table.name: table for table in TABLES}

TELLING_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "header": ("CHILD", "SEX", "DOB", "ETHNIC", "UPN"),
    "episodes": ("CHILD", "DECOM", "RNE", "LS", "PLACE"),
    "reviews": ("CHILD", "REVIEW", "REVIEW_CODE"),
    "oc2": ("CHILD", "SDQ_SCORE", "CONVICTED", "HEALTH_ASSESSMENT"),
    "oc3": ("CHILD", "IN_TOUCH", "ACTIV", "ACCOM"),
    "uasc": ("CHILD", "DOB", "DUC"),
    "ad1": ("CHILD", "DATE_INT", "DATE_MATCH"),
    "placed_for_adoption": ("CHILD", "DATE_PLACED", "DATE_PLACED_CEASED"),
    "previous_permanence": ("CHILD", "PREV_PERM"),
    "missing": ("CHILD", "MISSING", "MIS_START"),
    "social_worker": ("CHILD", "SW_ID", "SW_DECOM"),
    "dolo": ("CHILD", "DOLO_START"),
}
"""The columns by which a CSV table is recognised, whatever its file is called."""

ELEMENTS: Mapping[str, tuple[str, ...]] = {
    "header": ("HEADER",),
    "episodes": ("EPISODE",),
    "reviews": ("HEADER", "AREVIEW"),
    "oc2": ("HEADER", "OC2"),
    "placed_for_adoption": ("HEADER", "AD_PLACED"),
    "previous_permanence": ("HEADER", "PERMANENCE"),
    "missing": ("HEADER", "AMISSING"),
}
"""Where the XML form keeps a table. The others are fields of HEADER itself: `IN_HEADER`."""

IN_HEADER = ("oc3", "uasc", "ad1")

KEYS: Mapping[str, tuple[str, ...]] = {
    "header": (),
    "episodes": ("DECOM",),
    "reviews": ("REVIEW",),
    "oc2": (),
    "oc3": (),
    "uasc": (),
    "ad1": (),
    "placed_for_adoption": ("DATE_PLACED",),
    "previous_permanence": (),
    "missing": ("MIS_START", "MISSING"),
    "social_worker": ("SW_DECOM",),
    "dolo": ("DOLO_START",),
}
"""What, with the child's number, should tell one row of a table from another."""

XML_ONLY = frozenset({"UASC"})
"""Columns that CSV tables do not have: there the table itself says it."""

_EVER = (0, 9999)
_YEARS_OF_CODES: Mapping[tuple[str, str], tuple[int, int]] = {
    **{("SEX", code): (0, 2024) for code in codes.SEX},
    **{("SEX", code): (2025, 9999) for code in codes.SEX_2025},
    **{("REC", code): (0, 2018) for code in ("E43", "E44")},
    **{("REC", code): (2019, 9999) for code in ("E45", "E46", "E47", "E48")},
    **{("ACTIV", code): (0, 2021) for code in ("F3", "P3")},
    **{("ACTIV", code): (2022, 9999) for code in ("F4", "P4", "F5", "P5")},
    ("REASON_PLACE_CHANGE", "CUSTOD"): (2019, 9999),
    **{("PLACE", code): (0, 2024) for code in ("H5", "P2")},
    ("PLACE", "K3"): (2025, 9999),
    **{("PLACE", code): (2026, 9999) for code in ("Z11", "Z12", "Z13", "Z14")},
}


def is_taken(column: Column, code: str, year: int | None) -> bool:
    """Whether the column takes the code; in that collection year, if it is known."""
    if code not in column.codes:
        return False
    first, last = _YEARS_OF_CODES.get((column.name, code), _EVER)
    return year is None or first <= year <= last


@lru_cache(maxsize=4096)
def column_of(table: str, heading: str) -> str:
    """Our name of a heading, whatever its case and spacing; empty if the table has no such column."""
    return _names(table).get(_bare(heading), "")


@lru_cache(maxsize=64)
def _names(table: str) -> Mapping[str, str]:
    names: dict[str, str] = {}
    for column in BY_NAME[table].columns:
        for spelling in (column.name, *column.spellings):
            names.setdefault(_bare(spelling), column.name)
    return names


@lru_cache(maxsize=64)
def column(table: str, name: str) -> Column:
    return next(each for each in BY_NAME[table].columns if each.name == name)


def table_of(headings: tuple[str, ...]) -> Table | None:
    """The table whose telling columns are all there; None if there is none."""
    for table in TABLES:
        found = {column_of(table.name, heading) for heading in headings}
        if found.issuperset(TELLING_COLUMNS[table.name]):
            return table
    return None


def _bare(heading: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", heading.upper())
