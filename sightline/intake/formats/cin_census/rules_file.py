"""Rules about the file: its header, and what only several children together can show."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from sightline.intake.cells import ISO, SLASHED, date_of
from sightline.intake.declaration import Header, Judged, RawRecord, Rule
from sightline.intake.formats.cin_census import codes
from sightline.intake.formats.cin_census.reading import (
    COLLECTION_YEAR,
    Census,
    census_of,
    text_of,
    texts_of,
)
from sightline.intake.formats.cin_census.rules import department_rule, in_sentence
from sightline.intake.formats.cin_census.schema import FIRST_YEAR, LAST_YEAR
from sightline.intake.reading.markup import each
from sightline.vocabulary.areas import AUTHORITIES
from sightline.vocabulary.findings import Finding, Place, Severity
from sightline.vocabulary.periods import in_words

_SOURCE = "Our own check of the header"


def _own(name: str, sentence: str) -> Rule:
    return Rule(f"cin.header-{name}", Severity.WARNING, sentence, source=_SOURCE)


REFERENCE_DATE = department_rule(
    "100",
    "ReferenceDate {problem}. It must be 31 March of the collection year; the file was read as the census of "
    "{year}.",
)
NO_YEAR = _own(
    "no-year",
    "The header gives neither Year nor ReferenceDate, so each child was held against the latest census that "
    "is complete.",
)
YEARS_AT_ODDS = _own(
    "years-at-odds",
    "Year is {year} and ReferenceDate {day}, which belong to different collections. The reference date was "
    "believed.",
)
UNKNOWN_YEAR = _own(
    "unknown-year",
    "The layout of the {year} census is not known here; the nearest known, that of {nearest}, was used.",
)
NO_AUTHORITY = _own(
    "no-authority", "LEA is not the three-digit number of a local authority in England. Correct it."
)
OTHER_COLLECTION = _own("other-collection", "Collection is not CIN. The file was read as a CIN census.")

HEADER_RULES = (REFERENCE_DATE, NO_YEAR, YEARS_AT_ODDS, UNKNOWN_YEAR, NO_AUTHORITY, OTHER_COLLECTION)


def header_from(content: Mapping[str, Any], place: Place) -> Header:
    """The sender is the three-digit LEA, the collection the year in which the census ends."""
    census, reference = census_of(content)
    source = next((one for one in each(content, "Source") if isinstance(one, Mapping)), {})
    made = date_of(text_of(source, "DateTime"), (ISO, SLASHED))
    return Header(
        sender=text_of(source, "LEA"),
        collection=str(census.year) if census else "",
        made_on=made if isinstance(made, date) else None,
        findings=tuple(_header_findings(content, source, census, reference, place)),
    )


def _header_findings(
    content: Mapping[str, Any],
    source: Mapping[str, Any],
    census: Census | None,
    reference: date | None,
    place: Place,
) -> Iterator[Finding]:
    def at(rule: Rule, element: str, **values: object) -> Finding:
        return rule.at(Place(place.file, place.line, f"Header/{element}"), **in_sentence(values))

    if census is None:
        yield at(NO_YEAR, "Year")
    else:
        if reference is None:
            yield at(REFERENCE_DATE, "ReferenceDate", problem="is missing", year=census.year)
        elif reference != census.last:
            yield at(REFERENCE_DATE, "ReferenceDate", problem=f"is {in_words(reference)}", year=census.year)
        details = next((one for one in each(content, "CollectionDetails") if isinstance(one, Mapping)), {})
        year = text_of(details, "Year")
        if len(year) == 4 and year.isdigit() and year != str(census.year):
            yield at(YEARS_AT_ODDS, "Year", year=year, day=reference)
        nearest = min(max(census.year, FIRST_YEAR), LAST_YEAR)
        if nearest != census.year:
            yield at(UNKNOWN_YEAR, "Year", year=census.year, nearest=nearest)
        if text_of(details, "Collection") not in ("CIN", ""):
            yield at(OTHER_COLLECTION, "Collection")
    if not la_code_of(text_of(source, "LEA"), census):
        yield at(NO_AUTHORITY, "LEA")


@cache
def la_code_of(old_code: str, census: Census | None) -> str:
    """The nine-character code of the authority that had these three digits when the census ended; or “”."""
    having = [each for each in AUTHORITIES.values() if each.old_code == old_code and old_code.isdigit()]
    if census:
        having = [each for each in having if each.operated_on(census.last)] or having
    return having[-1].code if having else ""


SAME_ID = department_rule(
    "8510",
    "The child at line {line} has this LAchildID too. Put everything about one child into one Child.",
)
SAME_UPN = department_rule(
    "1520",
    "The child at line {line} has this UPN too. Two children cannot share one; or one child is held twice.",
)
MORE_PLANS = department_rule(
    "2883",
    "In the census year {plans} child protection plans start, but only {conferences} initial conferences are "
    "given.",
)
NO_SEX = department_rule(
    "2886Q", "{count} of {all} born children have no gender recorded; more than 2 in 100 is too many."
)
NO_SEX_2025 = department_rule(
    "2886Q",
    "{count} of {all} born children have no sex recorded; more than 2 in 100 is too many.",
    since=2025,
)
FEW_DISABILITIES = department_rule(
    "2887Q", "The file uses {count} of the 13 disability codes; fewer than 8 is rare. Are they all recorded?"
)
ONE_DISABILITY = department_rule(
    "2888Q", "No child has more than one disability. Give every disability that each child has."
)
NO_PRE_PROCEEDINGS = department_rule(
    "9000Q", "No child has the start of pre-proceedings. If you do not collect it yet, say so.", since=2026
)

ACROSS_RULES = (
    SAME_ID,
    SAME_UPN,
    MORE_PLANS,
    NO_SEX,
    NO_SEX_2025,
    FEW_DISABILITIES,
    ONE_DISABILITY,
    NO_PRE_PROCEEDINGS,
)
_NO_SEX_CODES = frozenset(("0", "9", "U", ""))
_MOST_WITHOUT_SEX = 0.02
_FEWEST_DISABILITY_CODES = 8


class AcrossChildren:
    """Keeps each child's two numbers with their lines, and counts. Years and days as the files write them."""

    def __init__(self) -> None:
        self._lines_by_id: dict[str, int] = {}
        self._lines_by_upn: dict[str, int] = {}
        self._file = ""
        self._year = 0
        self._born = self._without_sex = 0
        self._disabilities: set[str] = set()
        self._has_several_disabilities = False
        self._plans = self._conferences = 0
        self._has_pre_proceedings = False

    def see(self, raw: RawRecord, judged: Judged) -> tuple[Finding, ...]:
        self._file = raw.place.file
        year = text_of(raw.content, COLLECTION_YEAR)
        self._year = int(year) if year else 0
        self._count(raw.content)
        found = []
        for rule, name, lines in (
            (SAME_ID, "LAchildID", self._lines_by_id),
            (SAME_UPN, "UPN", self._lines_by_upn),
        ):
            number = next(iter(each(raw.content, "ChildIdentifiers", name)), "")
            if isinstance(number, str) and number:
                first = lines.setdefault(number.upper(), raw.place.line)
                if first != raw.place.line:
                    place = Place(raw.place.file, raw.place.line, f"ChildIdentifiers/{name}")
                    found.append(rule.at(place, line=first))
        return tuple(found)

    def _count(self, content: Mapping[str, Any]) -> None:
        who = next((one for one in each(content, "ChildIdentifiers") if isinstance(one, Mapping)), {})
        if text_of(who, "PersonBirthDate") or not text_of(who, "ExpectedPersonBirthDate"):
            self._born += 1
            sex = text_of(who, "Sex") or text_of(who, "GenderCurrent")
            self._without_sex += sex.upper() in _NO_SEX_CODES
        given = each(content, "ChildCharacteristics", "Disabilities", "Disability")
        disabilities = {text.upper() for text in given if isinstance(text, str) and text}
        self._disabilities |= disabilities
        self._has_several_disabilities |= len(disabilities) > 1
        for episode in each(content, "CINdetails"):
            if isinstance(episode, Mapping):
                self._count_in_episode(episode)

    def _count_in_episode(self, episode: Mapping[str, Any]) -> None:
        holders = (episode, *(one for one in each(episode, "Section47") if isinstance(one, Mapping)))
        self._conferences += sum(
            self._is_in_year(text) for holder in holders for text in texts_of(holder, "DateOfInitialCPC")
        )
        for plan in each(episode, "ChildProtectionPlans"):
            if isinstance(plan, Mapping):
                self._plans += self._is_in_year(text_of(plan, "CPPstartDate"))
        if each(episode, "PreProceedingsandFGDM", "PPStartDate"):
            self._has_pre_proceedings = True

    def _is_in_year(self, text: str) -> bool:
        if not self._year:
            return False
        day = date_of(text, (ISO, SLASHED)) if text else None
        census = Census(self._year)
        return isinstance(day, date) and census.first <= day <= census.last

    def end(self) -> tuple[Finding, ...]:
        if not self._file:
            return ()
        return tuple(self._of_the_file())

    def _of_the_file(self) -> Iterator[Finding]:
        def at(rule: Rule, where: str, **values: object) -> Finding:
            return rule.at(Place(self._file, 0, where), **values)

        if self._plans > self._conferences:
            where = "ChildProtectionPlans/CPPstartDate"
            yield at(MORE_PLANS, where, plans=self._plans, conferences=self._conferences)
        if self._without_sex > _MOST_WITHOUT_SEX * self._born:
            is_new = self._year >= 2025
            rule, name = (NO_SEX_2025, "Sex") if is_new else (NO_SEX, "GenderCurrent")
            yield at(rule, f"ChildIdentifiers/{name}", count=self._without_sex, all=self._born)
        known = self._disabilities & codes.DISABILITY.words.keys()
        if len(known) < _FEWEST_DISABILITY_CODES:
            yield at(FEW_DISABILITIES, "Disabilities/Disability", count=len(known))
        if not self._has_several_disabilities:
            yield at(ONE_DISABILITY, "Disabilities/Disability")
        if self._year >= 2026 and not self._has_pre_proceedings:
            yield at(NO_PRE_PROCEEDINGS, "PreProceedingsandFGDM/PPStartDate")
