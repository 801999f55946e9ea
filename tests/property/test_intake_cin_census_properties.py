"""What always holds of the census: however a child is spoilt, the department and we agree on it."""

from copy import deepcopy
from functools import cache
from typing import Any

from census_children import a_message, an_element_of_everything, judged
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from shared_data import shared_data

from sightline.intake.formats.cin_census import FORMAT, schema
from sightline.intake.reading.markup import content_of

YEARS = (2022, 2023, 2024, 2025, 2026)
NAMES = sorted({each.tag for each in an_element_of_everything(2026).iter()} | {"GenderCurrent", "Unheard"})
VALUES = [
    "",
    "2022-09-14",
    "2023-02-30",
    "0",
    "1",
    "true",
    "N1",
    "RC9",
    "5D",
    "M",
    "2",
    "WBRI",
    "UN1",
    "word",
]


@cache
def department_schema(year: int) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared_data("external", "liia-cin", f"CIN_schema_{year}.xsd")))


def everything(year: int) -> Any:
    child = an_element_of_everything(year)
    for module in list(child.iter("PreProceedingsandFGDM")):
        module.getparent().remove(module)
    return child


def drop(element: Any, _: str, __: str) -> None:
    element.getparent().remove(element)


def repeat(element: Any, _: str, __: str) -> None:
    element.addnext(deepcopy(element))


def say(element: Any, value: str, _: str) -> None:
    if not len(element):
        element.text = value


def rename(element: Any, _: str, name: str) -> None:
    element.tag = name


SPOILINGS = st.lists(
    st.tuples(
        st.sampled_from([drop, repeat, say, rename]),
        st.integers(1, 10_000),
        st.sampled_from(VALUES),
        st.sampled_from(NAMES),
    ),
    max_size=5,
)


def spoilt(year: int, spoilings: Any) -> Any:
    child = everything(year)
    for spoil, which, value, name in spoilings:
        inner = list(child.iter())[1:]
        if inner:
            spoil(inner[which % len(inner)], value, name)
    return child


@settings(max_examples=300, deadline=None)
@given(year=st.sampled_from(YEARS), spoilings=SPOILINGS)
def test_a_child_spoilt_in_several_ways_is_valid_for_us_exactly_if_it_is_for_the_department(year, spoilings):
    child = spoilt(year, spoilings)
    content = content_of(child)
    faults = schema.faults_in(content if isinstance(content, dict) else {}, year)
    if any("PreProceedings" in fault.where or fault.element == "PreProceedingsandFGDM" for fault in faults):
        return
    if any(each.tag == "PreProceedingsandFGDM" for each in child.iter()):
        return  # ours since 2026, and the schema that could be had does not have it
    valid = department_schema(year).validate(a_message(deepcopy(child)))
    if faults:
        assert not valid
    elif not valid:
        # What is left is the order, which we do not demand: put in order, the child is valid.
        assert department_schema(year).validate(a_message(in_order(child, schema.shape_of(year))))


def in_order(element: Any, shape: schema.Shape) -> Any:
    made = etree.Element(element.tag)
    made.text = element.text
    names = list(shape.parts)
    for child in sorted(element, key=lambda each: names.index(each.tag)):
        part = shape.parts[child.tag]
        made.append(in_order(child, part) if isinstance(part, schema.Shape) else deepcopy(child))
    return made


@settings(max_examples=200, deadline=None)
@given(year=st.sampled_from((2021, *YEARS)), spoilings=SPOILINGS)
def test_a_spoilt_child_is_judged_without_a_crash_and_refused_only_without_a_number(year, spoilings):
    content = content_of(spoilt(max(year, 2022), spoilings))
    result = judged(content if isinstance(content, dict) else {}, of=year)
    assert {finding.rule for finding in result.findings} <= {rule.name for rule in FORMAT.rules}
    if result.is_refused:
        assert result.people == () and "cin.8500" in {finding.rule for finding in result.findings}
    else:
        assert result.people[0].record_id
        numbers = [event.event_id for event in result.events]
        assert len(numbers) == len(set(numbers))


@settings(max_examples=100, deadline=None)
@given(year=st.sampled_from(YEARS), spoilings=SPOILINGS)
def test_the_order_in_which_elements_stand_changes_neither_findings_nor_events(year, spoilings):
    content = content_of(spoilt(year, spoilings))
    assume(isinstance(content, dict))  # a child whose every element was dropped has no order
    forwards = judged(content, of=year)
    backwards = judged(turned(content), of=year)
    assert set(forwards.findings) == set(backwards.findings)
    assert forwards.events == backwards.events
    assert [vars_of(person) for person in forwards.people] == [vars_of(person) for person in backwards.people]


def turned(content: Any) -> Any:
    """The same elements with those of different names the other way round."""
    if not isinstance(content, dict):
        return content
    return {name: [turned(value) for value in content[name]] for name in reversed(content)}


def vars_of(person: Any) -> dict[str, Any]:
    return {name: getattr(person, name) for name in person.__dataclass_fields__}
