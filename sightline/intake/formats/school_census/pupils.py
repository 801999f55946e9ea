"""What the tables of pupils on roll and no longer on roll say: who they are, their stay, their attendance."""

import re
from datetime import date
from typing import NamedTuple

from sightline.intake.ethnicities import MAIN_CODES
from sightline.intake.formats.school_census import rules
from sightline.intake.formats.school_census.censuses import AttendancePeriod
from sightline.intake.formats.school_census.rows import PupilRow
from sightline.intake.formats.school_census.tables import ON_ROLL, census_codes
from sightline.intake.records import PersonRecord, SourceEvent
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity
from sightline.vocabulary.periods import in_words

_ULN = re.compile(r"\d{10}", re.ASCII)
_URN = re.compile(r"\d{6}", re.ASCII)
_OLDEST = 26  # special provision ends at 25
PERSISTENT = 10
"""Per cent of possible sessions: from here on the department calls a pupil persistently absent."""


def person_of(row: PupilRow) -> PersonRecord:
    surname, forename = _name(row, "surname"), _name(row, "forename")
    forenames = " ".join(each for each in (forename, row.text("middlenames")) if each)
    preferred = row.text("preferredsurname")
    ethnicity = row.census_code("ethnicity", "ethnicity")
    upn, former = row.upn("upn"), row.upn("formerupn")
    if not row.text("upn"):
        row.find(rules.NO_UPN, "upn")
    if former and former == upn:
        row.find(rules.SAME_UPN_TWICE, "formerupn")
        former = ""
    return PersonRecord(
        row.record_id,
        surname=surname,
        forenames=forenames,
        aliases=(f"{forename} {preferred}",) if forename and preferred and preferred != surname else (),
        former_surname=row.text("formersurname"),
        born_on=_born_on(row),
        sex=row.sex("sex") or row.sex("gender"),
        ethnicity=MAIN_CODES[ethnicity].value if ethnicity else "",
        upn=upn,
        former_upn=former,
        other_ids=_learner_number(row),
        school=row.school if _URN.fullmatch(row.school) else "",
    )


def _name(row: PupilRow, column: str) -> str:
    name = row.text(column)
    if not name:
        row.find(rules.NO_NAME, column, column=column)
    return name


def _born_on(row: PupilRow) -> date | None:
    day = row.day("dob")
    if day is None:
        if not row.text("dob"):
            row.find(rules.NO_BIRTH, "dob")
        return None
    seen = row.census.days.first if row.census else row.as_of
    age = seen.year - day.year - ((seen.month, seen.day) < (day.month, day.day))
    if age >= _OLDEST:
        row.find(rules.AGE, "dob", day=day, age=age)
    return day


def _learner_number(row: PupilRow) -> tuple[tuple[str, str], ...]:
    number = row.text("uniquelearnernumber").removesuffix(".0")
    if not number:
        return ()
    if not _ULN.fullmatch(number):
        row.find(rules.ULN, "uniquelearnernumber")
        return ()
    return (("ULN", number),)


def events_of(row: PupilRow, born_on: date | None) -> tuple[SourceEvent, ...]:
    entry = row.day("entrydate")
    told = (_roll(row, entry, born_on), _special_need(row), _young_carer(row), *_attendance(row, entry))
    return tuple(event for event in told if event)


def _roll(row: PupilRow, entry: date | None, born_on: date | None) -> SourceEvent | None:
    is_on_roll = row.raw.table == ON_ROLL
    leaving = row.day("leavingdate")
    if entry is None and leaving is None and not is_on_roll:
        row.find(rules.NO_ENTRY, "entrydate")
        return None
    leaving = _checked_stay(row, entry, leaving, born_on)
    enrolment, boarding = row.census_code("enrolstatus", "enrolment"), row.census_code("boarder", "boarder")
    year = row.text("ncyearactual") or row.text("ncyearleaving")
    school = f"school {row.school}" if row.school else "a school"
    stay = f"On the roll of {school}"
    if entry:
        stay += f" from {in_words(entry)}"
    if leaving:
        stay += f" to {in_words(leaving)}"
    elif is_on_roll:
        stay += f", still there at the {row.census.words}" if row.census else ", still there at the census"
    else:
        stay += "; left on a day not given"
    words = [f"year {year}" if year else ""]
    words += [census_codes("enrolment")[enrolment].label if enrolment not in ("", "C") else ""]
    words += ["part-time" if row.flag("parttime") else ""]
    words += [census_codes("boarder")[boarding].label if boarding not in ("", "N") else ""]
    said = "; ".join(each for each in words if each)
    return row.event(
        EventKind.SCHOOL_ROLL,
        ("roll", row.school, str(entry or f"before {row.census or 'census'}")),
        entry,
        f"{stay} ({said})." if said else f"{stay}.",
        until=leaving,
        is_open=is_on_roll,
        details={"year_group": year, "enrolment": enrolment, "boarding": boarding},
    )


def _checked_stay(
    row: PupilRow, entry: date | None, leaving: date | None, born_on: date | None
) -> date | None:
    """The day of leaving, unless it is before that of coming; what is odd about the two is reported."""
    is_on_roll = row.raw.table == ON_ROLL
    if entry is None:
        row.find(rules.NO_ENTRY, "entrydate")
    elif born_on and entry < born_on:
        row.find(rules.ENTRY_BEFORE_BIRTH, "entrydate", entry=entry, birth=born_on)
    for column, day in (("entrydate", entry), ("leavingdate", leaving)):
        if day and row.census and day > row.census.days.last:
            row.find(rules.ENTRY_AFTER_CENSUS, column, day=day, census=row.census.words)
    if leaving is None and not is_on_roll and not row.text("leavingdate"):
        row.find(rules.NO_LEAVING, "leavingdate")
    if entry and leaving and leaving < entry:
        row.find(rules.LEFT_BEFORE_ENTRY, "leavingdate", leaving=leaving, entry=entry)
        return None
    return leaving


def _special_need(row: PupilRow) -> SourceEvent | None:
    code = row.census_code("senprovision", "sen_provision")
    if code in ("", "N"):
        return None
    label = census_codes("sen_provision")[code].label.replace("education health", "education, health")
    place = [each for each, flag in _PLACES.items() if row.flag(flag)]
    when = f" at the {row.census.words}" if row.census else ""
    return row.event(
        EventKind.SEND,
        ("send", str(row.census or "census"), row.school),
        row.census.days.first if row.census else None,
        f"Had {label}{when}{', ' + ' and '.join(place) if place else ''}.",
        precision=DatePrecision.TERM,
        is_open=True,
        details={"sen_provision": code},
    )


_PLACES = {"in a SEN unit": "senunitindicator", "in resourced provision": "resourcedprovisionindicator"}


def _young_carer(row: PupilRow) -> SourceEvent | None:
    code = row.census_code("youngcarer", "young_carer")
    if code in ("", "N"):
        return None
    return row.event(
        EventKind.OTHER,
        ("young carer", str(row.census or "census"), row.school),
        row.census.days.first if row.census else None,
        f"Named as a young carer {census_codes('young_carer')[code].label}.",
        precision=DatePrecision.TERM,
        sensitivity=EventSensitivity.SENSITIVE,
        details={"young_carer": code},
    )


class _Counts(NamedTuple):
    """Where a pupil's table counts the sessions of one period: its columns' prefix."""

    prefix: str
    period: AttendancePeriod | None
    precision: DatePrecision


def _attendance(row: PupilRow, entry: date | None) -> list[SourceEvent | None]:
    census = row.census
    term, year = DatePrecision.TERM, DatePrecision.YEAR
    return [
        _sessions(row, counts, entry)
        for counts in (
            _Counts("termlysessions", census.attendance if census else None, term),
            _Counts("summerhalfterm2sessions", census.attendance_after_half_term if census else None, term),
            _Counts("annualsessions", census.attendance_of_year if census else None, year),
        )
    ]


def _sessions(row: PupilRow, counts: _Counts, entry: date | None) -> SourceEvent | None:
    prefix, period, precision = counts
    possible = row.sessions(f"{prefix}possible", period)
    if not possible:  # the pupil came after the period
        return None
    authorised, unauthorised = row.number(f"{prefix}authorised"), row.number(f"{prefix}unauthorised")
    absent = None
    if authorised is not None or unauthorised is not None:
        absent = (authorised or 0) + (unauthorised or 0)  # where only one is given, the other is none
    if absent is not None and absent > possible:
        row.find(rules.ABSENT_BEYOND_POSSIBLE, f"{prefix}possible", absent=absent, possible=possible)
        absent = None
    return row.event(
        EventKind.ATTENDANCE,
        ("attendance", period.name if period else prefix, row.school, str(entry or "undated")),
        period.days.first if period else None,
        _attended(row, period, possible, absent, unauthorised or 0),
        precision=precision,
        until=period.days.last if period else None,
        details={
            "sessions_possible": possible,
            "sessions_absent": absent,
            "sessions_authorised": authorised,
            "sessions_unauthorised": unauthorised,
        },
    )


def _attended(
    row: PupilRow, period: AttendancePeriod | None, possible: int, absent: int | None, unauthorised: int
) -> str:
    when = f"In the {period.words}" if period else "In a period not known"
    if absent is None:
        return f"{when}, {possible} sessions were possible{row.at_school}; their absence is not counted here."
    share = 100 * absent / possible
    if not absent:
        return f"{when}, present at all {possible} sessions{row.at_school}."
    words = f"{when}, absent for {absent} of {possible} sessions{row.at_school} ({share:.1f}%)"
    if unauthorised and unauthorised <= absent:
        words += f", {unauthorised} of them unauthorised"
    return words + (": persistently absent." if share >= PERSISTENT else ".")
