"""Standard Safeguarding Dataset: the tables that councils bring their case systems into, as CSV files."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from sightline.intake.declaration import CannotBeRead, Delivery, Format, Header, Judged, RawRecord
from sightline.intake.formats.safeguarding_dataset import (
    health_and_education,
    help_and_protection,
    in_care,
    people,
    rules,
)
from sightline.intake.formats.safeguarding_dataset.across import AcrossRows
from sightline.intake.formats.safeguarding_dataset.row import DataRow
from sightline.intake.formats.safeguarding_dataset.siblings import tied
from sightline.intake.formats.safeguarding_dataset.tables import (
    NO_CHILDS,
    PERSON,
    STAGING,
    TIES,
    columns_of,
    person_column,
    row_number_column,
    table_with,
    tables,
)
from sightline.intake.formats.tabular import declared_rows, numbered
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.findings import Place

if TYPE_CHECKING:
    from sightline.intake.sources import Source

_TELLINGS: Mapping[str, Callable[[DataRow], Judged]] = {
    PERSON: people.person,
    "ssd_address": people.address,
    "ssd_linked_identifiers": people.linked_identifier,
    "ssd_send": people.in_education,
    "ssd_contacts": help_and_protection.contact,
    "ssd_early_help_episodes": help_and_protection.early_help,
    "ssd_cin_episodes": help_and_protection.referral,
    "ssd_cin_assessments": help_and_protection.assessment,
    "ssd_assessment_factors": help_and_protection.assessment_factors,
    "ssd_cin_plans": help_and_protection.need_plan,
    "ssd_cin_visits": partial(help_and_protection.visit, under="to a child in need", prefix="cinv_cin"),
    "ssd_s47_enquiry": help_and_protection.section_47,
    "ssd_initial_cp_conference": help_and_protection.initial_conference,
    "ssd_cp_plans": help_and_protection.protection_plan,
    "ssd_cp_visits": partial(help_and_protection.visit, under="under a protection plan", prefix="cppv_cp"),
    "ssd_cp_reviews": help_and_protection.protection_review,
    "ssd_pre_proceedings": help_and_protection.pre_proceedings,
    "ssd_involvements": help_and_protection.involvement,
    "ssd_cla_episodes": in_care.episode,
    "ssd_cla_placement": in_care.placement,
    "ssd_cla_reviews": help_and_protection.care_review,
    "ssd_cla_visits": partial(help_and_protection.visit, under="to a looked-after child", prefix="clav_cla"),
    "ssd_legal_status": in_care.legal_status,
    "ssd_cla_care_plan": in_care.care_plan,
    "ssd_missing": in_care.missing,
    "ssd_permanence": in_care.permanence,
    "ssd_cla_previous_permanence": in_care.previous_permanence,
    "ssd_cla_convictions": in_care.conviction,
    "ssd_care_leavers": in_care.care_leaver,
    "ssd_cla_health": health_and_education.health_check,
    "ssd_cla_immunisations": health_and_education.immunisations,
    "ssd_cla_substance_misuse": health_and_education.substance_misuse,
    "ssd_sdq_scores": health_and_education.strengths_and_difficulties,
    "ssd_disability": health_and_education.disability,
    "ssd_immigration_status": health_and_education.immigration_status,
    "ssd_mother": health_and_education.mother,
    "ssd_ehcp_requests": health_and_education.plan_request,
    "ssd_ehcp_assessment": health_and_education.plan_assessment,
    "ssd_ehcp_named_plan": health_and_education.named_plan,
    "ssd_ehcp_active_plans": health_and_education.plan_review,
    "ssd_sen_need": health_and_education.special_need,
    "ssd_voice_of_child": health_and_education.own_answers,
}


def _recognises(source: "Source") -> bool:
    return bool(table_with(source.csv_header()))


def _header(source: "Source") -> Header:
    table = _table(source)
    place, names = Place(source.name, 1), [each.name for each in columns_of(table)]
    given = [each.strip().lower() for each in source.csv_header()]
    found = []
    if absent := [each for each in names if each not in given]:
        found.append(rules.COLUMNS_ABSENT.at(place, columns=", ".join(absent)))
    if unknown := [each for each in given if each not in names]:
        found.append(rules.COLUMNS_NOT_KNOWN.at(place, count=len(unknown)))
    return Header(collection=table, findings=tuple(found))


def _table(source: "Source") -> str:
    table = table_with(source.csv_header())
    if not table:
        raise CannotBeRead(rules.NO_TABLE.at(Place(source.name, 1)))
    return table


def _records(source: "Source") -> Iterator[RawRecord]:
    table = _table(source)
    declared = frozenset(each.name for each in columns_of(table))
    needed = _needed(table, source)
    rows = declared_rows(source, table, declared, required=needed, missing=rules.COLUMN_MISSING)
    if table in TIES:
        rows = tied(rows, source, table)
    number = row_number_column(table)
    key = (number,) if number else tuple(each.name for each in columns_of(table) if each.form == "date")
    return numbered(rows, (person_column(table), *key))


def _needed(table: str, source: "Source") -> str:
    """The column that says whose a row is; where the file names nobody, what a row belongs to, or is."""
    person = person_column(table)
    if table in TIES and person not in (each.strip().lower() for each in source.csv_header()):
        return TIES[table].column
    return person or row_number_column(table) or columns_of(table)[0].name


def _judge(raw: RawRecord, header: Header, as_of: date) -> Judged:
    row = DataRow(raw, as_of)
    if raw.table == STAGING:
        row.find(rules.STAGING_TABLE)
        return Judged(findings=tuple(row.findings))
    if raw.table in NO_CHILDS:
        return Judged()
    if not row.person:
        return _without_person(row)
    number = row_number_column(raw.table)
    if number and number != person_column(raw.table) and not row.text(number):
        row.find(rules.NO_ROW_NUMBER, number, column=number)
    tell = _TELLINGS.get(raw.table)
    told = tell(row) if tell else Judged()
    return told if told.is_refused else replace(told, findings=tuple(row.findings))


def _without_person(row: DataRow) -> Judged:
    """A row that belongs to another is taken though nobody can tell whose it is; any other is refused."""
    tie = TIES.get(row.table)
    if tie is None:
        column = person_column(row.table)
        return row.refused(rules.NO_PERSON, column, column=column)
    if not row.text(tie.column):
        row.find(rules.NO_PARENT_NUMBER, tie.column, column=tie.column)
    else:
        row.find(rules.NOT_TIED, tie.column, table=tie.table)
    return Judged(findings=tuple(row.findings))


FORMAT = Format(
    name="safeguarding-dataset",
    title="Standard Safeguarding Dataset",
    about=(
        "Councils bring what their case systems hold about children into the tables of this dataset, which "
        "are the same for every system: people, contacts, referrals, assessments, enquiries, plans, visits, "
        "care, health and education. Export each table as one CSV file under its name, such as "
        "“ssd_cin_episodes.csv”, with the specification's column names, and keep the files of one "
        "extract in one folder: some tables name no child, and are tied to one through the others there."
    ),
    kinds=(AgencyKind.SOCIAL_CARE,),
    unit="row",
    delivery=Delivery.WHOLE,
    tables=tables(),
    rules=rules.RULES,
    not_covered=rules.NOT_COVERED,
    sources=("https://data-to-insight.github.io/ssd-data-model/",),
    recognises=_recognises,
    header=_header,
    records=_records,
    judge=_judge,
    across=AcrossRows,
)
