"""What the tables beside those of pupils say: sessions by code, suspensions, addresses, needs, provision."""

from collections.abc import Callable
from datetime import date

from sightline.intake.declaration import Judged
from sightline.intake.formats.school_census import rules
from sightline.intake.formats.school_census.censuses import AttendancePeriod
from sightline.intake.formats.school_census.rows import PupilRow
from sightline.intake.formats.school_census.tables import ON_ROLL, census_codes, columns_in
from sightline.intake.records import PersonRecord
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity
from sightline.vocabulary.periods import in_words

_LONGEST_SUSPENSION = 90  # sessions: 45 days in a school year
_SENSITIVE_REASONS = frozenset(("SM", "DA"))
_IN_DETENTION = "Y5"
_ADDRESS = ("saon", "paon", "street", "locality", "town", "posttown", "administrativearea")
_ADDRESS_LINES = tuple(f"addressline{number}" for number in range(1, 6))


def _address(row: PupilRow) -> Judged:
    """A pupil can have more than one home: the first listed is the address, the others are kept for finding.

    No event is told. The table does not say since when, and where somebody lives is not for a chronology.
    """
    postcode = row.postcode("postcode")
    parts = [row.text(each) for each in (*_ADDRESS, *_ADDRESS_LINES)]
    is_first = (
        next((value for name, value in row.cells.items() if name.endswith("orderseqcolumn")), "1") == "1"
    )
    if not postcode and not any(parts):
        return Judged()
    person = PersonRecord(
        row.record_id,
        postcode=postcode if is_first else "",
        address=", ".join(each for each in parts if each) if is_first else "",
        former_postcodes=() if is_first or not postcode else (postcode,),
    )
    return Judged(people=(person,))


def _sessions_by_code(row: PupilRow) -> Judged:
    census, subject = row.census, row.raw.table
    period: AttendancePeriod | None = None
    precision = DatePrecision.TERM
    if census and subject.startswith("summerhalfterm2"):
        period = census.attendance_after_half_term
    elif census and subject.startswith("annual"):
        period, precision = census.attendance_of_year, DatePrecision.YEAR
    elif census:
        period = census.attendance
    column = "sessions" if "sessions" in row.cells else "absencesessions"
    sessions = row.sessions(column, period)
    code = row.census_code("attendancereason", "attendance")
    if not code and not row.text("attendancereason"):
        row.find(rules.NO_CODE, "attendancereason")
    if sessions is None or not code:
        return Judged()
    meaning = census_codes("attendance")[code]
    is_absence = meaning.counts_as in ("authorised", "unauthorised")
    when = f"In the {period.words}" if period else "In a period not known"
    counted = f"{meaning.counts_as} absence" if is_absence else meaning.counts_as
    event = row.event(
        EventKind.ATTENDANCE,
        ("attendance", period.name if period else subject, row.school, f"code {code}"),
        period.days.first if period else None,
        f"{when}, {_counted(sessions, 'session')}{row.at_school} under code {code}: "
        f"{meaning.label} ({counted}).",
        precision=precision,
        until=period.days.last if period else None,
        sensitivity=EventSensitivity.SENSITIVE if code == _IN_DETENTION else EventSensitivity.ORDINARY,
        details={
            "attendance_code": code,
            "counts_as": meaning.counts_as,
            "sessions": sessions,
            # Where the pupils' tables have no totals of absence, these are what there is to add up.
            "sessions_absent": sessions if is_absence and census and _has_no_totals(row) else None,
        },
    )
    return Judged(events=(event,))


def _has_no_totals(row: PupilRow) -> bool:
    assert row.census is not None
    return "termlysessionsauthorised" not in columns_in(ON_ROLL, row.census)


def _exclusion(row: PupilRow) -> Judged:
    start, sessions = row.day("startdate"), row.number("sessions")
    category = row.census_code("category", "exclusion_category")
    if not category:
        row.find(rules.NO_CATEGORY, "category")
    if start is None and not row.text("startdate"):
        row.find(rules.NO_START, "startdate")
    if start and row.census and start not in row.census.exclusions:
        values = {"day": start, "census": row.census.words, "days": row.census.exclusions.label}
        row.find(rules.OUTSIDE_TERMS, "startdate", **values)
    if sessions and sessions > _LONGEST_SUSPENSION and category != "PERM":
        row.find(rules.TOO_LONG, "sessions", sessions=sessions)
    reasons = _reasons(row)
    review = row.census_code("reviewresult", "review_result")
    reinstated, reviewed = row.day("reinstatementdate"), row.day("reviewdate")
    is_permanent = category == "PERM"
    event = row.event(
        EventKind.EXCLUSION if is_permanent else EventKind.SUSPENSION,
        ("exclusion", row.school, str(start or "undated"), _one_name(category)),
        start,
        _excluded(row, category, sessions, reasons)
        + (f" Review: {census_codes('review_result')[review].label}." if review else "")
        + (f" Reinstated on {in_words(reinstated)}." if reinstated else ""),
        sensitivity=EventSensitivity.SENSITIVE
        if _SENSITIVE_REASONS.intersection(reasons)
        else EventSensitivity.ORDINARY,
        details={
            "category": category,
            "sessions": None if is_permanent else sessions,
            "reasons": " ".join(reasons),
            "sen_provision": row.census_code("senprovision", "sen_provision"),
            "review_result": review,
            "reviewed_on": str(reviewed or ""),
            "reinstated_on": str(reinstated or ""),
        },
    )
    return Judged(events=(event,))


def _one_name(category: str) -> str:
    """FIXD became SUSP in 2020 and one suspension can be told under both."""
    return "SUSP" if category in ("", "FIXD") else category


def _reasons(row: PupilRow) -> list[str]:
    reasons: list[str] = []
    columns = [each for each in ("reason", "reason1", "reason2", "reason3") if each in row.cells]
    for column in columns:
        code = row.census_code(column, "exclusion_reason")
        if code in reasons:
            row.find(rules.REASON_TWICE, column, code=code)
        elif code:
            reasons.append(code)
    if not reasons and not any(row.text(each) for each in columns):
        row.find(rules.NO_REASON, columns[0] if columns else "reason1")
    return reasons


def _excluded(row: PupilRow, category: str, sessions: int | None, reasons: list[str]) -> str:
    if category == "PERM":
        what = f"Permanently excluded{row.at_school.replace(' at', ' from')}"
    elif category == "LNCH":
        what = f"Suspended over lunchtime{row.at_school.replace(' at', ' from')}"
    else:
        what = f"Suspended{row.at_school.replace(' at', ' from')}"
    if sessions and category == "LNCH":
        what += f" on {_counted(sessions, 'day')}"
    elif sessions and category != "PERM":
        days, half = divmod(sessions, 2)
        length = _counted(days, "day") if days else ""
        length += (" and a half" if days else "half a day") if half else ""
        what += f" for {length} ({_counted(sessions, 'session')})"
    why = "; ".join(census_codes("exclusion_reason")[each].label for each in reasons)
    return f"{what}: {why}." if why else f"{what}."


def _need(row: PupilRow) -> Judged:
    code, rank = row.census_code("sentype", "sen_type"), row.number("sentyperank")
    if row.text("sentyperank") and rank not in (None, 1, 2):
        row.find(rules.RANK, "sentyperank")
    if not code:
        return Judged()
    which = {1: "Main special educational need", 2: "Second special educational need"}
    event = row.event(
        EventKind.SEND,
        ("need", str(row.census or "census"), row.school, code),
        row.census.days.first if row.census else None,
        f"{which.get(rank or 0, 'Special educational need')}: {census_codes('sen_type')[code].label}.",
        precision=DatePrecision.TERM,
        is_open=True,
        details={"sen_type": code, "rank": rank},
    )
    return Judged(events=(event,))


def _free_meals(row: PupilRow) -> Judged:
    first, last = _period(row, "fsmstartdate", "fsmenddate")
    if not first and not last:
        return Judged()
    event = row.event(
        EventKind.OTHER,
        ("free school meals", str(first or f"to {last}")),
        first,
        "Eligible for free school meals.",
        until=last,
        is_open=last is None,
        details={"country": row.census_code("ukcountry", "country")},
    )
    return Judged(events=(event,))


def _came_to_alternative_provision(row: PupilRow) -> Judged:
    reason = row.census_code("apreason", "ap_entry_reason")
    if not reason:
        return Judged()
    event = row.event(
        EventKind.OTHER,
        ("alternative provision", row.school, reason),
        row.census.days.first if row.census else None,
        f"In alternative provision{row.at_school}: {census_codes('ap_entry_reason')[reason].label}.",
        precision=DatePrecision.TERM,
        details={
            "ap_entry_reason": reason,
            "former_school_urn": row.text("prevurn"),
            "sen_provision": row.census_code("senprovisionentry", "sen_provision"),
        },
    )
    return Judged(events=(event,))


def _placed_by_school(row: PupilRow) -> Judged:
    first, last = _period(row, "entrydate", "leavingdate")
    reason = row.census_code("placementreason", "ap_placement_reason")
    setting = row.census_code("apsettingtype", "ap_setting")
    pattern = row.census_code("apattendancepattern", "ap_pattern")
    said = [
        census_codes(codes)[code].label
        for codes, code in (("ap_placement_reason", reason), ("ap_setting", setting), ("ap_pattern", pattern))
        if code
    ]
    event = row.event(
        EventKind.OTHER,
        ("arranged provision", row.school, str(first or "undated"), row.text("urn") or setting),
        first,
        f"Alternative provision arranged by school {row.school}{': ' + '; '.join(said) if said else ''}.",
        until=last,
        is_open=first is not None and last is None,
        details={
            "ap_placement_reason": reason,
            "ap_setting": setting,
            "ap_pattern": pattern,
            "sessions_a_week": row.number("apsessionsperweek"),
            "provision_urn": row.text("urn"),
        },
    )
    return Judged(events=(event,))


def _period(row: PupilRow, start: str, end: str) -> tuple[date | None, date | None]:
    first, last = row.day(start), row.day(end, may_lie_ahead=True)
    if first and last and last < first:
        row.find(rules.END_BEFORE_START, end, first=first, last=last)
        last = None
    return first, last


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _nothing(row: PupilRow) -> Judged:
    return Judged()


TELLINGS: dict[str, Callable[[PupilRow], Judged]] = {
    "addresses": _address,
    "annualsessiondetails": _sessions_by_code,
    "approvisiondetail": _came_to_alternative_provision,
    "fsmperiod": _free_meals,
    "fsmperiods": _free_meals,
    "schoolarrangedapdetail": _placed_by_school,
    "senneeds": _need,
    "summerhalfterm2sessiondetails": _sessions_by_code,
    "termlyexclusions": _exclusion,
    "termlysessiondetails": _sessions_by_code,
}
"""By what a table is about; the others are taken and tell nothing."""

KEYS: dict[str, tuple[str, ...]] = {
    "pupilonroll": ("NativeId", "entrydate"),
    "pupilnolongeronroll": ("NativeId", "entrydate"),
    "annualsessiondetails": ("NativeId", "attendancereason"),
    "approvisiondetail": ("NativeId", "apreason"),
    "fsmperiod": ("fsmstartdate",),
    "fsmperiods": ("fsmstartdate",),
    "schoolarrangedapdetail": ("NativeId", "entrydate", "urn", "apsettingtype"),
    "senneeds": ("NativeId", "sentype"),
    "summerhalfterm2sessiondetails": ("NativeId", "attendancereason"),
    "termlyexclusions": ("NativeId", "startdate", "category"),
    "termlysessiondetails": ("NativeId", "attendancereason"),
}
"""The facts beside the pupil that name an event."""
