"""School census: the tables of the department's collection as CSV, one file a table and term.

The tables about pupils are joined by the extract's number of the pupil, so one delivery is read file by file
and its records come together by that number (see `rows.PupilRow.record_id`).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sightline.intake.declaration import CannotBeRead, Delivery, Format, Header, Judged, RawRecord
from sightline.intake.formats.school_census import details, pupils, rules
from sightline.intake.formats.school_census.across import AcrossRows
from sightline.intake.formats.school_census.censuses import Census, census_in
from sightline.intake.formats.school_census.rows import PupilRow
from sightline.intake.formats.school_census.tables import (
    OFF_ROLL,
    ON_ROLL,
    PUPIL_COLUMNS,
    columns_in,
    columns_of,
    subject,
    table_with,
    tables,
)
from sightline.intake.formats.tabular import declared_rows, numbered
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.findings import Finding, Place

if TYPE_CHECKING:
    from sightline.intake.sources import Source


def _recognises(source: "Source") -> bool:
    return bool(table_with(source.csv_header()))


def _header(source: "Source") -> Header:
    place = Place(source.name, 1)
    table = table_with(source.csv_header())
    if not table:
        raise CannotBeRead(rules.NO_TABLE.at(place))
    census = census_in(source.name) or census_in(source.path.parent.name)
    if census is None:
        return Header(
            collection=table,
            findings=(rules.NO_CENSUS.at(Place(source.name), table=table), *_columns(source, table, census)),
        )
    return Header(
        collection=f"{census}/{table}",
        made_on=census.taken_on,
        findings=_columns(source, table, census),
    )


def _columns(source: "Source", table: str, census: Census | None) -> tuple[Finding, ...]:
    place, found = Place(source.name, 1), []
    known = {each.lower(): each for each in columns_of(table)}
    given = [each.strip().lower() for each in source.csv_header()]
    if unknown := [each for each in given if each not in known]:
        found.append(rules.COLUMNS_NOT_KNOWN.at(place, count=len(unknown)))
    if census:
        asked = columns_in(table, census)
        if other := sorted(known[each] for each in given if each in known and known[each] not in asked):
            listed = ", ".join(other)
            found.append(rules.COLUMNS_OF_OTHER_YEAR.at(place, census=census.words, columns=listed))
    return tuple(found)


def _records(source: "Source") -> Iterator[RawRecord]:
    table = table_with(source.csv_header())
    if not table:
        raise CannotBeRead(rules.NO_TABLE.at(Place(source.name, 1)))
    declared = columns_of(table)
    pupil = next((each for each in PUPIL_COLUMNS if each in declared), "")
    is_told = table in (ON_ROLL, OFF_ROLL) or subject(table) in details.TELLINGS
    joined_by = pupil if is_told else f"{table}tableid"
    rows = declared_rows(source, table, declared, required=joined_by, missing=rules.COLUMN_MISSING)
    key = details.KEYS.get(subject(table))
    return numbered(rows, (pupil, *key)) if key else rows


def _judge(raw: RawRecord, header: Header, as_of: date) -> Judged:
    row = PupilRow(raw, census_in(header.collection), as_of)
    about = subject(raw.table)
    if raw.table in (ON_ROLL, OFF_ROLL):
        return _judged_pupil(row)
    tell = details.TELLINGS.get(about)
    if tell is None:
        return Judged()
    if not row.pupil_column or not row.text(row.pupil_column):
        return row.refused(
            rules.NO_PUPIL_NUMBER, row.pupil_column, column=row.pupil_column or "pupil's number"
        )
    told = tell(row)
    return replace(told, findings=tuple(row.findings))


def _judged_pupil(row: PupilRow) -> Judged:
    if not row.text(row.pupil_column):
        return row.refused(rules.NO_PUPIL_NUMBER, row.pupil_column, column=row.pupil_column)
    if not any(row.text(each) for each in ("surname", "forename", "upn", "dob")):
        return row.refused(rules.NOBODY)
    person = pupils.person_of(row)
    events = pupils.events_of(row, person.born_on)
    return Judged((person,), events, tuple(row.findings))


FORMAT = Format(
    name="school-census",
    title="School census",
    about=(
        "Every state-funded school in England answers the school census in autumn, spring and summer; "
        "authorities and the department hold the answers as tables, which the collection exports as one CSV "
        "file each. The tables about pupils are read: who is on roll and who has left, sessions possible and "
        "missed, suspensions and exclusions, addresses, special educational needs, alternative provision and "
        "free school meals. Name each file with year, term and table (“2024_autumn_pupilonroll.csv”), "
        "because the rows do not say."
    ),
    kinds=(AgencyKind.EDUCATION,),
    unit="row",
    delivery=Delivery.WHOLE,
    tables=tables(),
    rules=rules.RULES,
    not_covered=rules.NOT_COVERED,
    sources=(
        "https://www.gov.uk/guidance/complete-the-school-census",
        "https://explore-education-statistics.service.gov.uk/methodology/pupil-absence-in-schools-in-england",
        "https://www.gov.uk/government/publications/working-together-to-improve-school-attendance",
    ),
    recognises=_recognises,
    header=_header,
    records=_records,
    judge=_judge,
    across=AcrossRows,
)
