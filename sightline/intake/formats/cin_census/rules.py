"""How a rule of the census is written: its number, its sentence, and a function that finds what breaks it.

A function looks at one child and yields, for each breach, the values that its rule's sentence has slots for.
The numbers are the department's, the sentences ours. All let the child in: the department's own “error” or
“query” is named in each rule's source.

The list that the rules come from was first published for the collection of 2022 to 2023. Its rules are held
against the collections of 2021 and 2022 too, as far as what they speak of existed; a rule that came or
changed later says since when.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sightline.intake.declaration import Rule
from sightline.intake.formats.cin_census.reading import Census, Child
from sightline.intake.formats.cin_census.schema import FIRST_YEAR
from sightline.vocabulary.findings import Finding, Place, Severity
from sightline.vocabulary.periods import in_words

Breach = Mapping[str, object]
Finds = Callable[[Child, Census], Iterable[Breach]]
ALWAYS = 9999
WHERE = "@where"
"""A breach may name the place that it was found at, where a rule speaks of several."""
_OF_TWO_VERSIONS = frozenset(("2886Q", "4180", "8750", "8770Q"))


def department_rule(
    number: str,
    sentence: str,
    *,
    since: int = FIRST_YEAR,
    severity: Severity = Severity.WARNING,
) -> Rule:
    """One rule of the department's list. A version that replaced an earlier one carries its year."""
    status = "a query" if number.endswith("Q") else "an error"
    year = {2025: "2024 to 2025", 2026: "2025 to 2026"}.get(since, "2022 to 2023")
    return Rule(
        name=f"cin.{number}-{since}" if since > 2023 and number in _OF_TWO_VERSIONS else f"cin.{number}",
        severity=severity,
        sentence=sentence,
        department=number,
        source=f"Department for Education, validation rules of the children in need census {year}: {status}",
    )


_WITHIN = {
    "Assessments": "assessments",
    "FactorsIdentifiedAtAssessment": "assessments",
    "Section47": "enquiries",
    "CINPlanDates": "need_plans",
    "ChildProtectionPlans": "protection_plans",
    "Reviews": "protection_plans",
    "PreProceedingsandFGDM": "pre_proceedings",
}
"""Modules that many children lack, with the list of `Child` that is then empty."""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule with the place it speaks of (“module/element”) and the collections it holds for."""

    rule: Rule
    where: str
    finds: Finds
    since: int
    until: int

    @property
    def module(self) -> str:
        """What the child must have for the check to find anything."""
        return _WITHIN.get(self.where.partition("/")[0], "")

    def finding(self, breach: Breach, place: Place) -> Finding:
        where = str(breach.get(WHERE, self.where))
        return self.rule.at(Place(place.file, place.line, where), **in_sentence(breach))


class Checks:
    """The checks of one subject, in the order in which they are written."""

    def __init__(self) -> None:
        self.all: list[Check] = []

    def rule(
        self, number: str, where: str, sentence: str, *, since: int = FIRST_YEAR, until: int = ALWAYS
    ) -> Callable[[Finds], Finds]:
        return self.also(department_rule(number, sentence, since=since), where, since=since, until=until)

    def also(
        self, rule: Rule, where: str, *, since: int = FIRST_YEAR, until: int = ALWAYS
    ) -> Callable[[Finds], Finds]:
        """For a rule that is written elsewhere: one that speaks of a missing element too."""

        def held(finds: Finds) -> Finds:
            self.all.append(Check(rule, where, finds, since, until))
            return finds

        return held


def in_sentence(breach: Breach) -> dict[str, object]:
    """Dates in words; what is not known as “no date”."""
    return {name: _in_words(value) for name, value in breach.items()}


@lru_cache(maxsize=16384)
def _day_in_words(day: date) -> str:
    return in_words(day)


def _in_words(value: object) -> object:
    if isinstance(value, date):
        return _day_in_words(value)
    return "no date" if value is None else value


def is_before(first: date | None, second: date | None) -> bool:
    """Whether both are known and the first comes earlier."""
    return first is not None and second is not None and first < second


def is_outside(day: date | None, census: Census) -> bool:
    """Whether the day is known and not in the census year."""
    return day is not None and not census.first <= day <= census.last


def lies_in(day: date, start: date | None, end: date) -> bool:
    """From the start to the end, both counted."""
    return start is not None and start <= day <= end
