"""One person of a SEN2 return while judged: values by path, and what is found in them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from sightline.intake import cells
from sightline.intake.cells import Problem
from sightline.intake.declaration import RawRecord, Rule
from sightline.intake.ethnicities import MAIN_CODES
from sightline.intake.formats.sen2 import rules
from sightline.intake.formats.sen2.schema import PERSON, Element, Fault, faults
from sightline.intake.reading.markup import TEXT, each, first
from sightline.intake.records import PersonRecord
from sightline.vocabulary.codes import Ethnicity, Sex
from sightline.vocabulary.findings import Finding

_FAULTS: Mapping[str, Rule] = {
    "unknown": rules.UNKNOWN_ELEMENT,
    "missing": rules.MISSING_ELEMENT,
    "repeated": rules.REPEATED_ELEMENT,
    "order": rules.ORDER,
    "value": rules.BAD_VALUE,
}
_SEXES = {"M": Sex.MALE, "F": Sex.FEMALE}
_OLDEST = 25
_NUMBERS = ("UPN", "UniqueLearnerNumber")
"""Checked more closely than their declaration does, each with a rule of its own."""


class Part:
    """An element with its children: a value that does not fit its declaration reads as empty."""

    __slots__ = ("content", "element", "file")

    def __init__(self, file: "Person", content: Mapping[str, Any], element: Element) -> None:
        self.file, self.content, self.element = file, content, element

    def text(self, name: str) -> str:
        text = first(self.content, name)
        declared = self.element.child(name)
        return text if declared and declared.value and text and declared.value.fits(text) else ""

    def parts(self, name: str) -> list["Part"]:
        declared = self.element.child(name)
        assert declared is not None
        given = each(self.content, name)
        return [Part(self.file, one, declared) for one in given if isinstance(one, Mapping)]

    def day(self, name: str, *, may_lie_ahead: bool = False) -> date | None:
        """A day, reported where it is hard to believe; a stand-in is no day."""
        day = cells.date_of(self.text(name)[:10], (cells.ISO,))
        if not isinstance(day, date):
            return None
        person = self.file
        if doubt := cells.doubt_about(day, as_of=person.as_of, may_lie_ahead=may_lie_ahead):
            person.find(rules.DOUBTFUL_DATE, name, problem=f"{name}: {doubt.sentence}")
            return None if doubt.is_placeholder else day
        if person.born_on and day < person.born_on and name != "PersonBirthDate":
            person.find(rules.BEFORE_BIRTH, name, day=day, born=person.born_on)
        return day

    def in_order(self, earlier: str, later: str) -> None:
        self.file.compare(earlier, self.day(earlier), later, self.day(later))


class Person(Part):
    __slots__ = ("as_of", "born_on", "findings", "place")

    def __init__(self, raw: RawRecord, as_of: date) -> None:
        content = {name: value for name, value in raw.content.items() if name != TEXT}
        super().__init__(self, content, PERSON)
        self.place, self.as_of = raw.place, as_of
        self.findings: list[Finding] = []
        self.born_on: date | None = None

    def find(self, rule: Rule, column: str = "", **values: object) -> None:
        finding = rule.at(replace(self.place, column=column), **values)
        if finding not in self.findings:
            self.findings.append(finding)

    def compare(self, earlier: str, first_day: date | None, later: str, second_day: date | None) -> None:
        if first_day and second_day and second_day < first_day:
            self.find(
                rules.OUT_OF_ORDER,
                later,
                later=later,
                later_day=second_day,
                earlier=earlier,
                earlier_day=first_day,
            )

    def check_shape(self, year: int) -> None:
        for fault in faults(self.content, year):
            if fault.kind != "value" or fault.name not in _NUMBERS:
                self._report(fault)

    def _report(self, fault: Fault) -> None:
        element = fault.element
        form = ""
        if element and element.value:
            known = element.value.codes
            form = ", ".join(known) if 0 < len(known) <= 13 else element.value.form
        self.find(
            _FAULTS[fault.kind],
            element.name if element else "",
            inside=fault.inside,
            name=element.name if element else "",
            most=element.most if element else 0,
            form=form,
        )

    def record(self) -> PersonRecord | None:
        """Who it is; None where nothing would know the person again in the next return."""
        self.born_on = self.day("PersonBirthDate")
        upn, uln = self._upn(), self._uln()
        reason = first(self.content, "UPNunknown")
        has_number = bool(first(self.content, "UPN") or first(self.content, "UniqueLearnerNumber"))
        if not has_number and not reason:
            self.find(rules.NO_NUMBER, "UPN")
        if has_number and reason:
            self.find(rules.NUMBER_AND_REASON, "UPNunknown")
        surname, forename = self.text("Surname"), self.text("Forename")
        identity = upn or (f"ULN-{uln}" if uln else _made_up_id(surname, forename, self.born_on))
        if not identity:
            return None
        ethnicity = MAIN_CODES.get(self.text("Ethnicity"), Ethnicity.NKNW)
        return PersonRecord(
            identity,
            surname=surname,
            forenames=forename,
            born_on=self.born_on,
            sex=_SEXES.get(self.text("Sex")),
            ethnicity="" if ethnicity is Ethnicity.NKNW else ethnicity.value,
            upn=upn,
            other_ids=(("ULN", uln),) if uln else (),
            postcode=self._postcode(),
            school=self._school(),
        )

    def _upn(self) -> str:
        upn = cells.upn_of(first(self.content, "UPN"))
        if isinstance(upn, Problem):
            self.find(rules.BAD_NUMBER, "UPN", problem=upn.sentence)
            return ""
        return upn or ""

    def _uln(self) -> str:
        given = first(self.content, "UniqueLearnerNumber")
        if given and not _is_uln(given):
            self.find(rules.BAD_ULN, "UniqueLearnerNumber")
            return ""
        return given

    def _postcode(self) -> str:
        postcode = cells.postcode_of(self.text("PostCode"))
        if isinstance(postcode, Problem):
            if not postcode.is_placeholder:
                self.find(rules.BAD_POSTCODE, "PostCode", problem=postcode.sentence)
            return ""
        return postcode or ""

    def _school(self) -> str:
        """The school of the main placement that has not ended."""
        for request in self.parts("Requests"):
            for active in request.parts("ActivePlans"):
                for placement in active.parts("PlacementDetail"):
                    is_main = placement.text("PlacementRank") in {"", "1"}
                    if is_main and placement.text("URN") and not placement.text("LeavingDate"):
                        return placement.text("URN")
        return ""

    def check_age(self, days: list[date]) -> None:
        if not (self.born_on and days):
            return
        day = max(days)
        age = day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))
        if age > _OLDEST:
            self.find(rules.TOO_OLD, "PersonBirthDate", born=self.born_on, age=age, day=day)


def _is_uln(text: str) -> bool:
    """Ten digits; the last is ten less what is left of the weighted sum of the others divided by eleven."""
    if len(text) != 10 or not (text.isascii() and text.isdigit()):
        return False
    left = sum(int(digit) * weight for digit, weight in zip(text, range(10, 1, -1), strict=False)) % 11
    return left != 0 and 10 - left == int(text[-1])


def _made_up_id(surname: str, forename: str, born_on: date | None) -> str:
    """A number for somebody without one, the same in the next return as long as name and birth are.

    The return has no number of its own. This one is made of names, so it must not leave with other data.
    """
    if not (surname and forename and born_on):
        return ""
    said = "|".join(" ".join(name.casefold().split()) for name in (surname, forename))
    return f"SEN2-{sha256(f'{said}|{born_on}'.encode()).hexdigest()[:12]}"
