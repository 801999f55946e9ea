"""What the return tells of a whole year as events: health, convictions, leaving care."""

from collections.abc import Iterator

from sightline.intake.formats.ssda903 import codes
from sightline.intake.formats.ssda903.rows import Child, Row, birthday
from sightline.intake.formats.ssda903.told import event, label, sentence, year_in_words, yearly
from sightline.intake.records import SourceEvent
from sightline.vocabulary.events import DatePrecision, EventKind

_HEALTH = (
    ("HEALTH_ASSESSMENT", "annual health assessment"),
    ("TEETH_CHECK", "teeth checked"),
    ("IMMUNISATIONS", "immunisations up to date"),
    ("HEALTH_CHECK", "development checks up to date"),
)


def from_health(number: str, row: Row, child: Child) -> Iterator[SourceEvent]:
    told = [
        f"{label}: {'yes' if row[column] == '1' else 'no'}"
        for column, label in _HEALTH
        if row[column] in codes.YES_NO
    ]
    score = row["SDQ_SCORE"]
    if score.isascii() and score.isdecimal() and int(score[:4]) <= 40:
        told.append(f"strengths and difficulties score: {int(score)}")
    elif row["SDQ_REASON"] in codes.SDQ_REASON:
        told.append(f"no strengths and difficulties score: {codes.SDQ_REASON[row['SDQ_REASON']]}")
    if told:
        columns = (*(column for column, _ in _HEALTH), "SDQ_SCORE", "SDQ_REASON")
        # Only an assessment that was done is one; “no” must not be counted with them.
        kind = EventKind.HEALTH_ASSESSMENT if row["HEALTH_ASSESSMENT"] == "1" else EventKind.OTHER
        yield yearly(number, row, child, kind, "health", f"health: {'; '.join(told)}", columns)
    if row["CONVICTED"] == "1":
        what = "convicted, or given a youth caution"
        yield yearly(number, row, child, EventKind.OFFENCE, "convicted", what, ("CONVICTED",))
    if row["SUBSTANCE_MISUSE"] == "1":
        what = "substance misuse identified"
        if row["INTERVENTION_RECEIVED"] == "1":
            what += ", intervention received"
        elif row["INTERVENTION_OFFERED"] == "1":
            what += ", intervention offered and refused"
        columns = ("SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")
        yield yearly(number, row, child, EventKind.SUBSTANCE_MISUSE, "substance-misuse", what, columns)


def from_leaving(number: str, row: Row, child: Child) -> Iterator[SourceEvent]:
    if not row.says("IN_TOUCH", "ACTIV", "ACCOM"):
        return
    year, age = child.year, None
    if year and row.born:
        age = next((each for each in range(16, 27) if year.holds(birthday(row.born, each))), None)
    start = f"Leaving care, around the {age}th birthday" if age and age != 21 else "Leaving care"
    if age == 21:
        start = "Leaving care, around the 21st birthday"
    yield event(
        number,
        row,
        EventKind.CARE_LEAVING,
        f"leaving:{year.ends_in}" if year else "leaving",
        year.start if year else None,
        sentence(
            f"{start} ({year_in_words(year)})",
            ("", label(codes.IN_TOUCH, row["IN_TOUCH"])),
            ("activity", label(codes.ACTIVITY, row["ACTIV"])),
            ("accommodation", label(codes.ACCOMMODATION, row["ACCOM"])),
        ),
        until=year.end if year else None,
        precision=DatePrecision.YEAR if year else DatePrecision.UNKNOWN,
        columns=("IN_TOUCH", "ACTIV", "ACCOM"),
    )
