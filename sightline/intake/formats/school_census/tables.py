"""The pupils' tables of the school census by year and term, and its code lists, from the shipped lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sightline.intake.declaration import Column, Table
from sightline.intake.ethnicities import MAIN_CODES
from sightline.intake.formats.school_census.censuses import Census, Term
from sightline.vocabulary.shipped import shipped_rows

ON_ROLL, OFF_ROLL = "pupilonroll", "pupilnolongeronroll"
PUPIL_COLUMNS = {"pupilonrolltableid": "on roll", "pupilnolongeronrolltableid": "off roll"}
"""The column that joins a table to its pupil, and the roll that the pupil is on."""

_ABOUT = {
    "pupilonroll": "Who is on a school's roll on census day, with sessions of the term before.",
    "pupilnolongeronroll": "Who has left, with sessions of the term before.",
    "addresses": "Where pupils live.",
    "annualsessiondetails": "Sessions of a year by code, from special schools.",
    "approvisiondetail": "How pupils came to alternative provision.",
    "fsmperiod": "When pupils were eligible for free school meals.",
    "fsmperiods": "When pupils were eligible for free school meals.",
    "nationalities": "Nationalities, asked for from 2016 to 2018. Taken, not told.",
    "schoolarrangedapdetail": "Alternative provision that a school arranged.",
    "senneeds": "Special educational needs, ranked.",
    "summerhalfterm2sessiondetails": "Sessions after the May half term by code.",
    "termlyexclusions": "Suspensions and permanent exclusions.",
    "termlysessiondetails": "Sessions of the term before by code.",
}
_NOT_TOLD = "Courses of study and their funding. Taken, not told: no part of a child's story."


@dataclass(frozen=True, slots=True)
class CensusCode:
    label: str
    counts_as: str = ""  # of attendance: “present”, “authorised”, “unauthorised”, “not counted”
    since: Census | None = None
    until: Census | None = None

    def is_of(self, census: Census) -> bool:
        return (self.since is None or census.place >= self.since.place) and (
            self.until is None or census.place <= self.until.place
        )


def subject(table: str) -> str:
    """“termlyexclusions” of both “termlyexclusionsonroll” and “termlyexclusionsoffroll”."""
    return table.removesuffix("onroll").removesuffix("offroll") if table not in (ON_ROLL, OFF_ROLL) else table


@cache
def census_codes(name: str) -> Mapping[str, CensusCode]:
    if name == "ethnicity":
        return {code: CensusCode(main.label) for code, main in MAIN_CODES.items()}
    if name == "sex":
        return {
            code: CensusCode(label) for code, label in (("F", "female"), ("M", "male"), ("U", "not known"))
        }
    return {
        row["code"]: CensusCode(row["label"], row["counts_as"], _census(row["since"]), _census(row["until"]))
        for row in shipped_rows("school_census_codes")
        if row["set"] == name
    }


def _census(text: str) -> Census | None:
    year, _, term = text.partition(" ")
    return Census(int(year), Term(term)) if term else None


@cache
def _columns() -> Mapping[str, tuple[tuple[Column, Mapping[Term, range]], ...]]:
    found: dict[str, list[tuple[Column, Mapping[Term, range]]]] = {}
    for row in shipped_rows("school_census_columns"):
        codes = (
            {code: each.label for code, each in census_codes(row["codes"]).items()} if row["codes"] else {}
        )
        column = Column(
            row["column"], row["meaning"], row["form"], row["column"] in PUPIL_COLUMNS, codes=codes
        )
        found.setdefault(row["table"], []).append((column, {term: _span(row[term]) for term in Term}))
    return {table: tuple(columns) for table, columns in found.items()}


def _span(text: str) -> range:
    """“2015-2022” from the one year to the other, “2015-” up to now, “2020” that year alone."""
    first, dash, last = text.partition("-")
    if not first:
        return range(0)
    return range(int(first), int(last) + 1 if last else (10_000 if dash else int(first) + 1))


def tables() -> tuple[Table, ...]:
    return tuple(
        Table(name, tuple(column for column, _ in columns), _ABOUT.get(subject(name), _NOT_TOLD))
        for name, columns in _columns().items()
    )


def columns_of(table: str) -> frozenset[str]:
    return frozenset(column.name for column, _ in _columns()[table])


def columns_in(table: str, census: Census) -> frozenset[str]:
    """Those that the table had in that census."""
    return frozenset(column.name for column, years in _columns()[table] if census.year in years[census.term])


def table_with(header: tuple[str, ...]) -> str:
    """Which table the columns make: the one whose own row number is among them; empty if none."""
    names = frozenset(each.lower() for each in header)
    found = [table for table in _columns() if f"{table}tableid" in names]
    of_pupils = [table for table in found if table in (ON_ROLL, OFF_ROLL)]
    others = [table for table in found if table not in of_pupils and not _is_named_by_others(table, names)]
    if others:
        return others[0]
    return of_pupils[0] if of_pupils and {"upn", "surname", "dob"} & names else ""


def _is_named_by_others(table: str, names: frozenset[str]) -> bool:
    """Whether the number is there to join another table's rows to this one's."""
    joined = {"programmeaims": "learningaims", "learningaims": "workplaceentity"}
    other = joined.get(subject(table), "")
    return any(f"{other}{roll}tableid" in names for roll in ("onroll", "offroll")) if other else False
