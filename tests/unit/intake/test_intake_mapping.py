"""Mappings of an agency's own columns, checked like code."""

from datetime import date

import pytest

from sightline.intake.declaration import Column, Delivery, Format, Header, Judged, Table
from sightline.intake.mapping import MappingHasErrors, mapping_of
from sightline.vocabulary.agencies import AgencyKind

CLINIC = Format(
    name="clinic",
    title="Clinic list",
    about="Invented.",
    kinds=(AgencyKind.HEALTH,),
    unit="row",
    delivery=Delivery.WHOLE,
    tables=(
        Table(
            "clinic",
            (
                Column("record_id", "The number.", is_required=True),
                Column("surname", "The surname."),
                Column("born", "Day of birth.", "date, YYYY-MM-DD"),
                Column("sex", "Sex.", "code", codes={"1": "Male", "2": "Female"}),
            ),
        ),
    ),
    rules=(),
    recognises=lambda source: "record_id" in source.csv_header(),
    header=lambda source: Header(),
    records=lambda source: iter(()),
    judge=lambda raw, header, as_of: Judged(),
)
GOOD = """format = "clinic"
agency = "RJ1"
dates = "dd.mm.yyyy"
encoding = "windows-1252"
delimiter = ";"

[columns]
"Pat No" = "record_id"
"Born" = "born"
"M or F" = "sex"

[codes.sex]
"boy" = "1"
"girl" = "2"
"""


def mapped(text: str):
    return mapping_of(text.encode(), name="clinic.toml", formats=[CLINIC])


def faults(text: str) -> list[tuple[str, int]]:
    with pytest.raises(MappingHasErrors) as caught:
        mapped(text)
    return [(each.rule.removeprefix("mapping."), each.place.line) for each in caught.value.findings]


def test_a_mapping_says_how_the_file_is_read():
    reshaping = mapped(GOOD).reshaping
    assert reshaping.columns == {"Pat No": "record_id", "Born": "born", "M or F": "sex"}
    assert reshaping.codes == {"sex": {"boy": "1", "girl": "2"}}
    assert reshaping.dates == {"born": "%d.%m.%Y"}
    assert (reshaping.encoding, reshaping.delimiter) == ("cp1252", ";")
    assert reshaping.theirs("sex") == "M or F"


def test_a_mapping_is_for_its_agency_and_its_format_alone():
    clinic = mapped(GOOD)
    assert clinic.may_be_used(agency="RJ1", format_name="")
    assert clinic.may_be_used(agency="RJ1", format_name="clinic")
    assert not clinic.may_be_used(agency="RJ2", format_name="")
    assert not clinic.may_be_used(agency="RJ1", format_name="plain-health")


def test_two_mappings_are_told_apart():
    assert mapped(GOOD).digest != mapped(GOOD + "# changed\n").digest


@pytest.mark.parametrize(
    ("was", "becomes", "found"),
    [
        ('agency = "RJ1"', 'agancy = "RJ1"', [("unknown_key", 2)]),
        ('format = "clinic"', 'format = "klinic"', [("no_format", 1)]),
        ('format = "clinic"\n', "", [("no_format", 0)]),
        ('"Born" = "born"', '"Born" = "brn"', [("unknown_column", 9)]),
        ('"Born" = "born"', '"Born" = "record_id"', [("mapped_twice", 9)]),
        ('"Born" = "born"', '"Born" = 7', [("wrong_kind", 7)]),
        ('"Pat No" = "record_id"\n', "", [("missing_column", 7)]),
        ("[codes.sex]", "[codes.surname]", [("not_coded", 12)]),
        ("[codes.sex]", "[codes.shoe]", [("unknown_column", 12)]),
        ('"boy" = "1"', '"boy" = "3"', [("unknown_code", 13)]),
        ('"dd.mm.yyyy"', '"dd.mm.yy"', [("wrong_dates", 3)]),
        ('"dd.mm.yyyy"', '"dd.dd.yyyy"', [("wrong_dates", 3)]),
        ('"Born" = "born"\n', "", [("no_dates", 3)]),
        ('"windows-1252"', '"klingon"', [("wrong_choice", 4)]),
        ('";"', '"--"', [("wrong_choice", 5)]),
        ("[columns]", "[columns", [("not_toml", 7)]),
        ('"Born" =', '"Pat No" =', [("not_toml", 9)]),
    ],
)
def test_each_fault_of_a_mapping_is_found_on_its_line(was, becomes, found):
    assert was in GOOD
    assert faults(GOOD.replace(was, becomes)) == found


def test_every_fault_is_said_at_once():
    text = GOOD.replace('"boy" = "1"', '"boy" = "3"').replace('"born"', '"brn"').replace("agency", "agancy")
    assert [rule for rule, _ in faults(text)] == ["unknown_key", "unknown_column", "unknown_code"]


def test_a_likely_column_is_offered():
    with pytest.raises(MappingHasErrors, match="Is “surname” meant"):
        mapped(GOOD.replace('"born"', '"sirname"'))


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("dd.mm.yyyy", "03.04.2015"),
        ("yyyy/mm/dd", "2015/04/03"),
        ("mm/dd/yyyy", "04/03/2015"),
        ("dd-mon-yyyy", "03-Apr-2015"),
        ("ddmmyyyy", "03042015"),
    ],
)
def test_forms_of_dates_are_read_as_they_are_written(form, written):
    from datetime import datetime

    (strptime,) = set(mapped(GOOD.replace("dd.mm.yyyy", form)).reshaping.dates.values())
    assert datetime.strptime(written, strptime).date() == date(2015, 4, 3)  # noqa: DTZ007 - a day
