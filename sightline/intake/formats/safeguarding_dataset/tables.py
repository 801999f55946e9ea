"""The dataset's tables and their columns, from the shipped list, and how they hang together."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sightline.intake.declaration import Column, Table
from sightline.intake.formats.safeguarding_dataset.codes import CODES
from sightline.vocabulary.shipped import shipped_rows

PERSON, STAGING = "ssd_person", "ssd_api_data_staging"

_ABOUT = {
    PERSON: "Everybody the system holds in a child's part: who they are.",
    "ssd_address": "Where people live and lived. Used to find people; no address is told.",
    "ssd_family": "Which people are one family. Taken, not told.",
    "ssd_linked_identifiers": "Numbers that other agencies have for a person.",
    "ssd_send": "A person's numbers in education; joins a person to plans.",
    "ssd_department": "Teams. Taken, not told.",
    "ssd_professionals": "Workers. Taken, not told.",
    "ssd_s251_finance": "Spending on placements. Taken, not told.",
    "ssd_version_log": "Versions of the dataset. Taken, not told.",
    STAGING: "Messages to the department on their way. Not meant to be sent here.",
}


@dataclass(frozen=True, slots=True)
class Tie:
    """How a table that names no person belongs to one: its `column` is the `key` of another `table`'s row.

    `days` are that row's dates of which the first filled one places what has no date of its own.
    """

    column: str
    table: str
    key: str
    days: tuple[str, ...] = ()


TIES: Mapping[str, Tie] = {
    "ssd_assessment_factors": Tie(
        "cinf_assessment_id",
        "ssd_cin_assessments",
        "cina_assessment_id",
        ("cina_assessment_auth_date", "cina_assessment_start_date"),
    ),
    "ssd_cla_placement": Tie("clap_cla_id", "ssd_cla_episodes", "clae_cla_id"),
    "ssd_cla_reviews": Tie("clar_cla_id", "ssd_cla_episodes", "clae_cla_id"),
    "ssd_cla_visits": Tie("clav_cla_id", "ssd_cla_episodes", "clae_cla_id"),
    "ssd_cp_reviews": Tie("cppr_cp_plan_id", "ssd_cp_plans", "cppl_cp_plan_id"),
    "ssd_cp_visits": Tie("cppv_cp_plan_id", "ssd_cp_plans", "cppl_cp_plan_id"),
    "ssd_involvements": Tie("invo_referral_id", "ssd_cin_episodes", "cine_referral_id"),
    "ssd_ehcp_requests": Tie("ehcr_send_table_id", "ssd_send", "send_table_id"),
    "ssd_ehcp_assessment": Tie("ehca_ehcp_request_id", "ssd_ehcp_requests", "ehcr_ehcp_request_id"),
    "ssd_ehcp_active_plans": Tie("ehcp_ehcp_request_id", "ssd_ehcp_requests", "ehcr_ehcp_request_id"),
    "ssd_ehcp_named_plan": Tie("ehcn_ehcp_asmt_id", "ssd_ehcp_assessment", "ehca_ehcp_assessment_id"),
    "ssd_sen_need": Tie("senn_active_ehcp_id", "ssd_ehcp_active_plans", "ehcp_active_ehcp_id"),
}

NO_CHILDS = frozenset(("ssd_department", "ssd_professionals", "ssd_s251_finance", "ssd_version_log"))
"""Tables that are about no child."""

_ENOUGH = 0.6
"""The share of a file's columns that must be a table's for the file to be that table."""


@cache
def _columns() -> Mapping[str, tuple[Column, ...]]:
    found: dict[str, list[Column]] = {}
    for row in shipped_rows("safeguarding_dataset_columns"):
        codes = CODES[row["codes"]] if row["codes"] else {}
        is_required = row["column"] == "pers_person_id"
        column = Column(row["column"], row["meaning"], row["form"], is_required, codes=codes)
        found.setdefault(row["table"], []).append(column)
    return {table: tuple(columns) for table, columns in found.items()}


def tables() -> tuple[Table, ...]:
    return tuple(
        Table(name, columns, _ABOUT.get(name, f"{columns[0].name.partition('_')[0]}_ columns."))
        for name, columns in _columns().items()
    )


def columns_of(table: str) -> tuple[Column, ...]:
    return _columns()[table]


@cache
def person_column(table: str) -> str:
    """The column with the number of the person whom a row is about; empty if there is none."""
    return next((each.name for each in _columns()[table] if each.form == "person number"), "")


@cache
def row_number_column(table: str) -> str:
    if table == PERSON:
        return "pers_person_id"
    return next((each.name for each in _columns()[table] if each.form == "row number"), "")


def table_with(header: tuple[str, ...]) -> str:
    """The table that most of the columns are of; empty if no table has enough of them."""
    names = frozenset(each.strip().lower() for each in header)
    if not names:
        return ""
    shared = {table: len(names & {each.name for each in columns}) for table, columns in _columns().items()}
    best = max(shared, key=lambda table: shared[table])
    return best if shared[best] >= 2 and shared[best] / len(names) >= _ENOUGH else ""
