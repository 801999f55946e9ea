"""The Annex A workbook: the eleven lists that Ofsted asks for when it inspects children's services."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sightline.intake.declaration import Delivery, Format, Header, Judged, RawRecord
from sightline.intake.formats.annex_a import care, events, people, rules, sheets
from sightline.intake.formats.annex_a.row import Row
from sightline.intake.formats.annex_a.spelling import normal
from sightline.intake.records import SourceEvent
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.codes import Sex
from sightline.vocabulary.events import EventSensitivity
from sightline.vocabulary.findings import Finding

_TELLERS: dict[int, Callable[[Row, events.Told], Iterator[SourceEvent]]] = {
    1: events.contacts,
    2: events.early_help,
    3: events.referrals,
    4: events.assessments,
    5: events.enquiries,
    6: events.need,
    7: events.protection,
    8: care.looked_after,
    9: care.care_leavers,
    10: care.adoption,
    11: care.adopters,
}
_PROTECTED_LISTS = (10, 11)


def judge(raw: RawRecord, header: Header, as_of: date) -> Judged:
    """One row of one list: who it is about and what it says happened."""
    row = Row(raw, as_of)
    identity, column = people.record_id(row), row.held.person_id
    if not identity:
        row.find(
            rules.ID_IS_AN_ERROR if row.is_error_mark(column) else rules.NO_ID, column, named=f"“{column}”"
        )
        return Judged(findings=tuple(row.findings))
    person = people.person_of(row, identity)
    is_protected = row.held.number in _PROTECTED_LISTS
    tell = events.Told(
        row, identity, EventSensitivity.PROTECTED if is_protected else EventSensitivity.ORDINARY
    )
    told = tuple(_TELLERS[row.held.number](row, tell))
    return Judged((person,), told, tuple(row.findings))


class _Said(NamedTuple):
    """What earlier rows said of a person, and where."""

    born_on: date | None
    sex: Sex | None
    line: int
    table: str


class AcrossLists:
    """No row twice on one list, and no number with two dates of birth or two sexes."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, ...], int] = {}
        self._said: dict[str, _Said] = {}

    def see(self, raw: RawRecord, judged: Judged) -> tuple[Finding, ...]:
        if not judged.people:
            return ()
        held = sheets.list_of(raw.table)
        key = (raw.table, *(normal(str(raw.content.get(each) or "")) for each in held.keyed_by))
        first = self._rows.setdefault(key, raw.place.line)
        if first != raw.place.line:
            return (rules.ROW_TWICE.at(raw.place, line=first),)
        return self._compare(raw, judged)

    def _compare(self, raw: RawRecord, judged: Judged) -> tuple[Finding, ...]:
        person = judged.people[0]
        known_sex = person.sex if person.sex in {Sex.FEMALE, Sex.MALE} else None
        said = self._said.get(person.record_id)
        if said is None:
            self._said[person.record_id] = _Said(person.born_on, known_sex, raw.place.line, raw.table)
            return ()
        found = []
        where = {"line": said.line, "list": said.table}
        if said.born_on and person.born_on and said.born_on != person.born_on:
            place = replace(raw.place, column=f"{raw.table}: Date of Birth")
            found.append(rules.TWO_BIRTHS.at(place, **where))
        if said.sex and known_sex and said.sex is not known_sex:
            found.append(rules.TWO_SEXES.at(replace(raw.place, column=f"{raw.table}: Gender"), **where))
        self._said[person.record_id] = said._replace(
            born_on=said.born_on or person.born_on, sex=said.sex or known_sex
        )
        return tuple(found)

    def end(self) -> tuple[Finding, ...]:
        return ()


FORMAT = Format(
    name="annex-a",
    title="Ofsted Annex A workbook",
    about=(
        "The child-level data that Ofsted asks an authority for when it inspects children's services: a "
        "workbook "
        "with a sheet for each of eleven lists, from contacts to prospective adopters. Authorities make "
        "it every "
        "month for their own use too. Sheets, headings and codes are understood in the spellings that "
        "authorities "
        "use; where a child is placed, and who works with a family, is not kept."
    ),
    kinds=(AgencyKind.SOCIAL_CARE,),
    unit="row",
    delivery=Delivery.WHOLE,
    tables=sheets.tables(),
    rules=tuple(rules.RULES),
    sources=(
        "Ofsted, Inspecting local authority children's services: child-level data (Annex A), January 2024",
        "London Innovation and Improvement Alliance, Annex A schema: how authorities spell headings and "
        "codes",
    ),
    recognises=sheets.recognises,
    header=sheets.header,
    records=sheets.records,
    judge=judge,
    across=AcrossLists,
)
