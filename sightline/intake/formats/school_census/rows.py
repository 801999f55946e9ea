"""One row of a census table while it is judged: whose it is, at which school, in which census."""

from collections.abc import Mapping
from datetime import date

from sightline.intake.declaration import RawRecord
from sightline.intake.formats.school_census import rules
from sightline.intake.formats.school_census.censuses import AttendancePeriod, Census
from sightline.intake.formats.school_census.tables import PUPIL_COLUMNS, census_codes
from sightline.intake.formats.tabular import AGAIN, TableRow, event_number
from sightline.intake.records import SourceEvent
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity


class PupilRow(TableRow):
    __slots__ = ("census", "pupil_column")

    def __init__(self, raw: RawRecord, census: Census | None, as_of: date) -> None:
        super().__init__(raw, as_of, rules.CELLS)
        self.census = census
        self.pupil_column = next((each for each in PUPIL_COLUMNS if each in self.cells), "")

    @property
    def record_id(self) -> str:
        """The extract's number of the pupil, where it is one.

        The tables of a collection number pupils by letters and digits that stay the same from table to table,
        school to school and term to term. A number that counts rows would be another child's in the next
        table, so it is told apart by census and roll, and the child is found again by UPN and name.
        """
        number = self.text(self.pupil_column)
        if not number.isdigit():
            return number
        return f"{self.census or 'census'}/{PUPIL_COLUMNS[self.pupil_column]}/{number}"

    @property
    def school(self) -> str:
        return self.text("NativeId")

    def census_code(self, column: str, codes: str) -> str:
        """A code of its list; one of other years is reported and kept."""
        known = census_codes(codes)
        code = self.code(column, {each: found.label for each, found in known.items()})
        if code and self.census and not known[code].is_of(self.census):
            self.find(rules.CODE_OF_OTHER_YEAR, column, code=code, census=self.census.words)
        return code

    def sessions(self, column: str, period: AttendancePeriod | None) -> int | None:
        sessions = self.number(column)
        if sessions is not None and period and sessions > (most := most_sessions(period)):
            self.find(rules.TOO_MANY_SESSIONS, column, sessions=sessions, most=most)
        return sessions

    def event(
        self,
        kind: EventKind,
        number: tuple[str, ...],
        on: date | None,
        summary: str,
        *,
        precision: DatePrecision = DatePrecision.DAY,
        until: date | None = None,
        is_open: bool = False,
        sensitivity: EventSensitivity = EventSensitivity.ORDINARY,
        details: Mapping[str, str | int | None],
    ) -> SourceEvent:
        """An event of this pupil; what has no value is not among its details."""
        given = {name: str(value) for name, value in details.items() if value not in (None, "")}
        if self.school:
            given = {"school": self.school, **given}
        return SourceEvent(
            self.record_id,
            event_number(*number, again=self.text(AGAIN)),
            kind,
            on,
            summary,
            precision=precision if on else DatePrecision.UNKNOWN,
            until=until,
            is_open=is_open,
            sensitivity=sensitivity,
            details=given,
        )

    @property
    def at_school(self) -> str:
        return f" at school {self.school}" if self.school else ""


def most_sessions(period: AttendancePeriod) -> int:
    """Two for each weekday: more than any school opens for."""
    days = period.days
    weeks, rest = divmod((days.last - days.first).days + 1, 7)
    return 2 * (weeks * 5 + sum((days.first.weekday() + day) % 7 < 5 for day in range(rest)))
