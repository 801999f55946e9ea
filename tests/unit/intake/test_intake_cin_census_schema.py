"""Our declaration of each year's census against the department's own schemas.

Where the two differ, it is meant, and stands below as a difference of its own.
"""

import re
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from census_children import a_message, an_element_of_everything
from lxml import etree
from shared_data import shared_data

from sightline.intake.formats.cin_census import schema
from sightline.intake.formats.cin_census.schema import FaultKind, faults_in
from sightline.intake.reading.markup import content_of

YEARS_WITH_SCHEMA = (2022, 2023, 2024, 2025, 2026)
SAMPLES = Path(__file__).parents[2] / "samples" / "cin-census"
WRONG_VALUES = (
    "",
    "zz",
    "2022-02-30",
    "2022-1-5",
    "17/05/2022",
    "true",
    "UN9",
    "24A",
    "5D",
    "RC9",
    "9",
    "M",
    "-1",
    "1.5",
)


@cache
def department_schema(year: int) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared_data("external", "liia-cin", f"CIN_schema_{year}.xsd")))


def verdict_of_department(child: Any, year: int) -> str:
    """Nothing where the child is valid, else what the schema says first."""
    checks = department_schema(year)
    if checks.validate(a_message(deepcopy(child))):
        return ""
    return str(checks.error_log[0].message)


def our_verdict(child: Any, year: int) -> list[schema.Fault]:
    content = content_of(child)
    return faults_in(content if isinstance(content, dict) else {}, year)


def everything(year: int) -> Any:
    """All that our declaration has, without what the schema of 2026 does not have yet."""
    child = an_element_of_everything(year)
    for module in child.iter("PreProceedingsandFGDM"):
        module.getparent().remove(module)
    return child


def places(child: Any) -> list[str]:
    tree = etree.ElementTree(child)
    return [tree.getelementpath(each) for each in child.iter() if each is not child]


def mutations(year: int):
    """(what was done, the element it was done to, the child), for every element of the year."""
    whole = everything(year)
    for path in places(whole):
        name = path.rsplit("/", 1)[-1]

        def changed(path: str = path) -> tuple[Any, Any]:
            child = deepcopy(whole)
            return child, child.find(path)

        child, element = changed()
        element.getparent().remove(element)
        yield f"drop {path}", name, child

        child, element = changed()
        element.addnext(deepcopy(element))
        yield f"repeat {path}", name, child

        if len(element):
            child, element = changed()
            element.append(etree.Element("Unheard"))
            yield f"unknown in {path}", "Unheard", child
            child, element = changed()
            for inner in list(element):
                element.remove(inner)
            yield f"empty {path}", name, child
            child, element = changed()
            element.text = "words"
            yield f"words in {path}", name, child
        else:
            for value in WRONG_VALUES:
                child, element = changed()
                element.text = value
                yield f"{path} = {value!r}", name, child
            child, element = changed()
            element.text = None
            element.append(etree.Element("Inner"))
            yield f"element in {path}", name, child


@pytest.mark.parametrize("year", YEARS_WITH_SCHEMA)
def test_a_child_with_everything_we_declare_is_valid_by_the_department_and_by_us(year):
    child = everything(year)
    assert verdict_of_department(child, year) == ""
    assert our_verdict(child, year) == []


@pytest.mark.parametrize("year", YEARS_WITH_SCHEMA)
def test_no_element_and_no_code_of_the_departments_is_missing_from_ours(year):
    document = etree.parse(shared_data("external", "liia-cin", f"CIN_schema_{year}.xsd"))
    xs = {"xs": "http://www.w3.org/2001/XMLSchema"}
    types = [
        each for each in document.findall("xs:complexType", xs) if each.get("name") not in OUTSIDE_A_CHILD
    ]
    names = {element.get("name") for each in types for element in each.iterfind(".//xs:element", xs)}
    simple = document.findall("xs:simpleType", xs)
    codes = {value.get("value") for each in simple for value in each.iterfind(".//xs:enumeration", xs)}
    ours_names, ours_codes = set(), set()
    pending = [schema.shape_of(year)]
    while pending:
        shape = pending.pop()
        for name, part in shape.parts.items():
            if name == "PreProceedingsandFGDM":
                continue
            ours_names.add(name)
            if isinstance(part, schema.Shape):
                pending.append(part)
            else:
                ours_codes |= part.allowed
    assert ours_names == names
    assert ours_codes == codes


OUTSIDE_A_CHILD = {"messagetype", "headertype", "collectiondetailstype", "sourcetype", "childrentype"}


@pytest.mark.parametrize("year", YEARS_WITH_SCHEMA)
def test_every_element_dropped_repeated_or_spoilt_gets_the_departments_verdict(year):
    different, done = [], 0
    for what, name, child in mutations(year):
        said = verdict_of_department(child, year)
        ours = our_verdict(child, year)
        done += 1
        if bool(said) != bool(ours):
            different.append((what, said, ours))
        elif said:
            # The department names the element at fault, or the one before which it is missing.
            named = set(re.findall(r"\w+", said))
            assert any(fault.element in named or fault.module in named for fault in ours), (what, said, ours)
            assert any(name in (fault.element, fault.module) for fault in ours) or "drop" in what, (
                what,
                ours,
            )
    assert different == []
    assert done > 600


@pytest.mark.parametrize("sample", ["census-2022", "census-2023", "census-2025"])
def test_our_own_samples_are_valid_files_of_their_year(sample):
    year = int(sample[-4:])
    document = etree.parse(SAMPLES / f"{sample}.xml")
    department_schema(year).assertValid(document)
    for child in document.iter("Child"):
        assert our_verdict(child, year) == []


@pytest.mark.parametrize("folder", ["d2i-cin", "liia-cin"])
def test_real_files_get_the_departments_verdict_child_by_child(folder):
    seen = 0
    for file in sorted(shared_data("external", folder).glob("*.xml")):
        for child in etree.parse(file).iter("Child"):
            without_stray_text(child)
            for year in YEARS_WITH_SCHEMA:
                ours = our_verdict(child, year)
                if year == 2026:
                    ours = [each for each in ours if "PreProceedings" not in each.module]
                    for module in list(child.iter("PreProceedingsandFGDM")):
                        module.getparent().remove(module)
                assert bool(verdict_of_department(child, year)) == bool(ours), (file.name, year, ours)
                seen += 1
    assert seen > 0


def without_stray_text(child: Any) -> None:
    for element in child.iter():
        element.tail = None


# Where we differ, and why.


def test_difference_the_order_of_elements_is_not_demanded():
    """Systems write elements in their own order; every value can be read from where it stands."""
    child = everything(2024)
    identifiers = child.find("ChildIdentifiers")
    identifiers.append(identifiers[0])
    assert "not expected" in verdict_of_department(child, 2024)
    assert our_verdict(child, 2024) == []


def test_difference_spaces_round_a_code_are_not_held_against_it():
    child = everything(2024)
    child.find("ChildCharacteristics/Ethnicity").text = " WBRI "
    assert verdict_of_department(child, 2024)
    assert our_verdict(child, 2024) == []


def test_difference_words_between_two_elements_are_passed_over():
    """One of the real files has a stray element name there. Nothing is lost: no value can stand there."""
    child = everything(2024)
    child.find("ChildIdentifiers/UPNunknown").tail = "PersonBirthDate"
    assert verdict_of_department(child, 2024)
    assert our_verdict(child, 2024) == []


def test_difference_attributes_are_passed_over():
    child = everything(2024)
    child.find("ChildIdentifiers/UPN").set("checked", "1")
    assert verdict_of_department(child, 2024)
    assert our_verdict(child, 2024) == []


def test_difference_pre_proceedings_are_part_of_2026_though_the_schema_that_could_be_had_lacks_them():
    child = an_element_of_everything(2026)
    assert "PreProceedingsandFGDM" in verdict_of_department(child, 2026)
    assert our_verdict(child, 2026) == []
    assert [fault.kind for fault in our_verdict(child, 2025)] == [FaultKind.OTHER_YEAR]


# Years without a schema here.


def test_the_census_of_2021_had_no_child_in_need_plans_and_no_factor_24a():
    child = an_element_of_everything(2022)
    child.find(".//AssessmentFactors").text = "24A"
    assert our_verdict(child, 2022) == []
    assert {(fault.kind, fault.element) for fault in our_verdict(child, 2021)} == {
        (FaultKind.OTHER_YEAR, "CINPlanDates"),
        (FaultKind.CODE_OF_OTHER_YEAR, "AssessmentFactors"),
    }


def test_a_year_beyond_those_declared_is_taken_as_the_nearest():
    assert schema.shape_of(2031) == schema.shape_of(2026)
    assert schema.shape_of(2017) == schema.shape_of(2021)
