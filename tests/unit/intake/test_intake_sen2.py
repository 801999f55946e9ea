"""The SEN2 return: its shape beside the department's schema, and what a practitioner reads of a person."""

import random
import re
from datetime import date
from pathlib import Path

import pytest
from intake_reading import SAMPLES, read
from lxml import etree
from shared_data import shared_data

from sightline.intake.declaration import CannotBeRead, RawRecord
from sightline.intake.ethnicities import MAIN_CODES
from sightline.intake.formats.sen2 import FORMAT, recognises
from sightline.intake.formats.sen2.rules import RULES
from sightline.intake.formats.sen2.schema import PERSON, Element, faults
from sightline.intake.reading.markup import content_of
from sightline.intake.sources import Source
from sightline.vocabulary.codes import Sex
from sightline.vocabulary.events import EventKind, EventSensitivity

SAMPLE = SAMPLES / "sen2" / "sen2_2025.xml"
AS_OF = date(2025, 9, 1)


def _schema() -> etree.XMLSchema:
    """The published schema with three patterns mended, in which ^ and $ can only mean themselves."""
    text = shared_data("external", "liia-sen2", "sen2_schema_2025.xsd").read_text(encoding="utf-8")
    text = text.replace('"^[1-9][0-9]{7}$"', '"[1-9][0-9]{9}"')
    text = re.sub(r'value="\^([^"]*)\$"', r'value="\1"', text)
    return etree.XMLSchema(etree.fromstring(text.encode()))


def _people(*paths: Path) -> list[etree._Element]:
    parser = etree.XMLParser(remove_comments=True, remove_blank_text=True)
    return [person for path in paths for person in etree.parse(path, parser).iter("Person")]


def _is_valid(schema: etree.XMLSchema, person: etree._Element) -> bool:
    message = etree.Element("Message")
    etree.SubElement(message, "Persons").append(etree.fromstring(etree.tostring(person)))
    return schema.validate(message)


def _departs(person: etree._Element) -> bool:
    content = content_of(person)
    return isinstance(content, str) or any(True for _ in faults(content))


_TEXTS = (
    *("", "X", "0", "1", "2", "3", "9", "A", "B", "E", "H", "I", "M", "N", "Q", "S", "T", "W", "Y", "F", "D"),
    *("2024-02-29", "2023-02-29", "01/02/2024", "2024-1-1", "OTH", "NEET", "EHE", "ASD", "DS", "VI", "UN1"),
    *("UN4", "UN10", "123456", "1234567", "12345678", "123456789", "1234567890", "0234567890", "201", "320"),
    *(
        "999",
        "XXX",
        "A123456789012",
        "A12345678901B",
        "1123456789012",
        "WBRI",
        "BBRI",
        "ORAB",
        "NKNW",
        "free text",
    ),
)


def _mutate(person: etree._Element, chance: random.Random) -> None:
    every = [each for each in person.iter() if each is not person]
    chosen = chance.choice(every)
    parent = chosen.getparent()
    assert parent is not None
    match chance.randrange(6):
        case 0:
            parent.remove(chosen)
        case 1:
            for _ in range(chance.randrange(1, 3)):
                parent.insert(parent.index(chosen), etree.fromstring(etree.tostring(chosen)))
        case 2:
            chosen.tag = chance.choice(("Nonsense", "URN", "StartDate", "UPN", "SENneed"))
        case 3:
            place = chance.randrange(len(parent))
            parent.insert(place, chosen)
        case _:
            leaves = [each for each in every if len(each) == 0]
            chance.choice(leaves).text = chance.choice(_TEXTS)


def _is_interleaved(person: etree._Element) -> bool:
    """Whether equal elements stand apart, which a record by element names does not show."""
    for each in person.iter():
        names = [child.tag for child in each]
        runs = [name for place, name in enumerate(names) if place == 0 or names[place - 1] != name]
        if len(runs) != len(set(runs)):
            return True
    return False


def test_our_shape_and_the_published_schema_agree_on_mutated_people() -> None:
    schema = _schema()
    sample = shared_data("external", "liia-sen2", "sen2_sample_2025.xml")
    people = _people(SAMPLE, sample)
    chance = random.Random(20)  # noqa: S311
    seen = {True: 0, False: 0}
    for number in range(3_000):
        person = etree.fromstring(etree.tostring(chance.choice(people)))
        for _ in range(chance.randrange(3)):
            _mutate(person, chance)
        if _is_interleaved(person):
            continue
        valid = _is_valid(schema, person)
        seen[valid] += 1
        assert _departs(person) is not valid, (number, etree.tostring(person, pretty_print=True).decode())
    assert min(seen.values()) > 200


def test_every_value_the_schema_lists_is_one_of_ours_and_the_other_way_round() -> None:
    schema = etree.parse(shared_data("external", "liia-sen2", "sen2_schema_2025.xsd"))
    space = {"xs": "http://www.w3.org/2001/XMLSchema"}
    listed = {
        each.get("name"): {value.get("value") for value in each.findall(".//xs:enumeration", space)}
        for each in schema.findall(".//xs:simpleType[@name]", space)
    }
    ours = {each.name: set(each.value.codes) for each in _leaves(PERSON) if each.value and each.value.codes}
    for element, type_name in (
        ("RequestSource", "requestsourcetype"),
        ("RequestOutcome", "requestoutcometype"),
        ("AssessmentOutcome", "assessmentoutcometype"),
        ("PlanRes", "planrestype"),
        ("PlanWBP", "wbptype"),
        ("DP", "dptype"),
        ("CeaseReason", "ceasereasontype"),
        ("SENSetting", "sensettingtype"),
        ("ReviewOutcome", "reviewoutcometype"),
        ("SENtype", "sentype"),
        ("UPNunknown", "upnunknowntype"),
        ("Sex", "sextype"),
    ):
        assert ours[element] == listed[type_name], element
    assert listed["ethnicitytype"] <= set(MAIN_CODES)


def _leaves(element: Element) -> list[Element]:
    return [leaf for each in element.children for leaf in (_leaves(each) if each.children else [each])]


@pytest.mark.parametrize(
    ("year", "sender", "made_on"), [(2024, "201", date(2022, 5, 23)), (2025, "201", date(2025, 5, 23))]
)
def test_a_published_sample_loads_whole(year: int, sender: str, made_on: date) -> None:
    path = shared_data("external", "liia-sen2", f"sen2_sample_{year}.xml")
    assert recognises(Source(path))
    done = read(FORMAT, path)
    assert (done.header.sender, done.header.collection, done.header.made_on) == (sender, str(year), made_on)
    assert (len(done.raws), len(done.people), done.refused) == (2, 2, 0)
    # Both people carry a UPN of fourteen characters and a ULN whose check digit is wrong.
    assert set(done.rules) == {"sen2.number", "sen2.uln", "sen2.out-of-order"}
    assert done.rules["sen2.out-of-order"] == 1


def test_the_published_file_of_2023_is_said_to_be_a_schema_and_no_return() -> None:
    path = shared_data("external", "liia-sen2", "sen2_sample_2023.xml")
    assert not recognises(Source(path))
    with pytest.raises(CannotBeRead, match="schema"):
        FORMAT.header(Source(path))


def test_every_person_is_accepted_or_refused_with_a_reason() -> None:
    done = read(FORMAT, SAMPLE)
    assert len(done.raws) == len(done.people) + done.refused == 6
    assert done.refused == 2
    assert [each.rule for each in done.findings if each.is_error] == ["sen2.nobody", "sen2.same-number"]


def test_a_person_is_read_with_numbers_and_school() -> None:
    person = read(FORMAT, SAMPLE).person("R201200019001")
    assert (person.surname, person.forenames, person.born_on) == ("Marmalade", "Tuppence", date(2014, 5, 4))
    assert (person.sex, person.ethnicity, person.postcode) == (Sex.FEMALE, "WBRI", "ZZ11ZZ")
    assert (person.upn, person.other_ids, person.school) == (
        "R201200019001",
        (("ULN", "9000000008"),),
        "100001",
    )


def test_a_plan_is_told_from_the_request_to_the_placement() -> None:
    told = read(FORMAT, SAMPLE).events_of("R201200019001")
    assert [(each.kind, each.on, each.until, each.is_open) for each in told] == [
        (EventKind.SEND, date(2024, 1, 15), date(2024, 2, 20), False),
        (EventKind.SEND, date(2024, 2, 20), date(2024, 5, 30), False),
        (EventKind.SEND, date(2024, 5, 30), None, True),
        (EventKind.SEND, date(2024, 5, 30), None, False),
        (EventKind.SCHOOL_ROLL, date(2024, 9, 3), None, True),
    ]
    assert told[0].summary == (
        "Request for an education, health and care needs assessment by a school or other education setting; "
        "outcome: assessment agreed."
    )
    assert told[2].summary == (
        "Education, health and care plan; names school 100001 (unit for special needs)."
    )
    assert told[3].sensitivity is EventSensitivity.SENSITIVE


def test_home_education_and_a_plan_brought_from_elsewhere_are_told() -> None:
    told = read(FORMAT, SAMPLE).events_of("V201200018002")
    assert [each.kind for each in told] == [
        EventKind.SEND,
        EventKind.SEND,
        EventKind.HOME_EDUCATION,
        EventKind.REVIEW,
    ]
    assert "brought from authority 202" in told[0].summary
    assert told[0].on is None
    assert "outcome: plan to be amended; decided on 2024-07-02" in told[3].summary


def test_a_child_without_a_number_keeps_one_of_our_own_in_the_next_return() -> None:
    one = next(each for each in read(FORMAT, SAMPLE).people if each.surname == "Custard")
    other = next(each for each in read(FORMAT, SAMPLE, date(2026, 3, 1)).people if each.surname == "Custard")
    assert one.record_id == other.record_id
    assert one.record_id.startswith("SEN2-")


def test_the_faults_of_one_person_are_reported_and_the_person_kept() -> None:
    done = read(FORMAT, SAMPLE)
    line = next(raw.place.line for raw in done.raws if raw.content["Surname"] == ["Pumpernickel"])
    assert sorted(done.rules_on(line)) == [
        "sen2.end-without-reason",
        "sen2.no-number",
        "sen2.out-of-order",
        "sen2.postcode",
        "sen2.value",
    ]
    (request, assessment, plan) = done.events_of(
        next(each.record_id for each in done.people if each.surname == "Pumpernickel")
    )
    assert request.until is None
    assert (assessment.on, plan.until) == (date(2023, 1, 1), date(2024, 7, 31))


def _judged(changes: dict[str, str], remove: tuple[str, ...] = ()) -> tuple[list[str], list[str]]:
    """The rules found, and the summaries told, of the sample's first person with some texts changed."""
    (person, *_) = _people(SAMPLE)
    for path, text in changes.items():
        parent, _, name = path.rpartition("/")
        inside = person.find(parent) if parent else person
        assert inside is not None
        found = inside.find(name)
        if found is None:
            found = etree.SubElement(inside, name)
        found.text = text
    for path in remove:
        found = person.find(path)
        assert found is not None
        found.getparent().remove(found)
    content = content_of(person)
    assert isinstance(content, dict)
    header = read(FORMAT, SAMPLE).header
    place = read(FORMAT, SAMPLE).raws[0].place
    judged = FORMAT.judge(RawRecord(place, "Person", content), header, AS_OF)
    found = [each.rule for each in judged.findings if each.rule not in {"sen2.order"}]
    return found, [each.summary for each in judged.events]


@pytest.mark.parametrize(
    ("changes", "remove", "rule"),
    [
        ({}, ("UPN", "UniqueLearnerNumber"), "sen2.no-number"),
        ({"UPNunknown": "UN2"}, (), "sen2.number-and-reason"),
        ({"UPN": "A201200019001"}, (), "sen2.number"),
        ({"PersonBirthDate": "1990-01-02"}, (), "sen2.too-old"),
        ({"PersonBirthDate": "1900-01-01"}, (), "sen2.doubtful-date"),
        ({"PersonBirthDate": "2024-03-01"}, (), "sen2.before-birth"),
        ({"Requests/ReceivedDate": "2099-01-01"}, (), "sen2.doubtful-date"),
        ({}, ("Requests/ReceivedDate",), "sen2.no-received-date"),
        ({}, ("Requests/RequestOutcomeDate",), "sen2.no-outcome-date"),
        ({}, ("Requests/Assessment/AssessmentOutcomeDate",), "sen2.no-outcome-date"),
        ({"Requests/RequestOutcome": "N"}, (), "sen2.unasked-assessment"),
        ({"Requests/Assessment/AssessmentOutcome": "N"}, (), "sen2.plan-without-decision"),
        ({}, ("Requests/Assessment/NamedPlan",), "sen2.no-plan"),
        ({}, ("Requests/Assessment/NamedPlan/StartDate",), "sen2.no-plan-start"),
        ({"Requests/Assessment/NamedPlan/CeaseReason": "8"}, (), "sen2.reason-without-end"),
        ({"Requests/Assessment/NamedPlan/CeaseDate": "2024-08-01"}, (), "sen2.active-after-end"),
        ({"Requests/Assessment/NamedPlan/DP": "E"}, (), "sen2.budget"),
        ({}, ("Requests/ActivePlans/PlacementDetail/URN",), "sen2.no-setting"),
        ({"Requests/ActivePlans/SENneed[2]/SENtypeRank": "1"}, (), "sen2.two-main"),
        ({"Requests/ActivePlans/PlacementDetail/LeavingDate": "2024-09-01"}, (), "sen2.out-of-order"),
        ({"Ethnicity": "ZZZZ"}, (), "sen2.value"),
        ({"Nonsense": "1"}, (), "sen2.unknown-element"),
        ({}, ("Sex",), "sen2.missing-element"),
    ],
)
def test_a_single_fault_is_found(changes: dict[str, str], remove: tuple[str, ...], rule: str) -> None:
    before, _ = _judged({})
    found, _ = _judged(changes, remove)
    assert before == []
    assert rule in found


def test_an_assessment_that_the_request_did_not_allow_is_not_told() -> None:
    _, told = _judged({"Requests/RequestOutcome": "N"})
    assert not any(each.startswith("Education, health and care needs assessment") for each in told)


def test_no_two_events_of_a_person_have_one_name() -> None:
    done = read(FORMAT, SAMPLE)
    names = [(each.record_id, each.event_id) for each in done.events]
    assert len(names) == len(set(names))


def test_no_sentence_repeats_a_name_or_free_text() -> None:
    done = read(FORMAT, SAMPLE)
    said = " ".join(each.sentence for each in done.findings) + " ".join(each.summary for each in done.events)
    for name in ("Marmalade", "Tuppence", "Pumpernickel", "Gooseberry", "nowhere"):
        assert name not in said


def test_another_return_under_the_same_root_is_left_to_its_own_format(tmp_path: Path) -> None:
    path = tmp_path / "other.xml"
    path.write_text(
        "<Message><Header><CollectionDetails><Collection>CIN</Collection></CollectionDetails></Header></Message>",
        encoding="utf-8",
    )
    assert not recognises(Source(path))
    with pytest.raises(CannotBeRead, match="not a SEN2 return"):
        FORMAT.header(Source(path))


def test_a_return_cut_off_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "cut.xml"
    path.write_bytes(SAMPLE.read_bytes()[:4000])
    assert recognises(Source(path))
    with pytest.raises(CannotBeRead):
        list(FORMAT.records(Source(path)))


def test_every_rule_has_a_name_of_its_own() -> None:
    names = [each.name for each in RULES]
    assert len(names) == len(set(names))
    assert FORMAT.rules == tuple(RULES)
