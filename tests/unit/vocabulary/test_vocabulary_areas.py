from datetime import date, datetime

import pytest

from sightline.vocabulary.areas import AUTHORITIES, NoSuchAuthority, Region, authorities_on, authority


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2008, 12, 31), 0),  # the codes began on the day after
        (date(2009, 4, 1), 152),  # the reorganisation of 2009
        (date(2019, 3, 31), 152),
        (date(2019, 4, 1), 151),  # Bournemouth and Poole become one, Dorset is smaller
        (date(2020, 4, 1), 151),  # Buckinghamshire: a county becomes one unitary authority
        (date(2021, 3, 31), 151),
        (date(2021, 4, 1), 152),  # Northamptonshire becomes two
        (date(2023, 3, 31), 152),
        (date(2023, 4, 1), 153),  # Cumbria becomes two; North Yorkshire and Somerset get new codes
        (date(2026, 11, 23), 153),
    ],
)
def test_number_of_authorities_follows_the_reorganisations(day, count):
    assert len(authorities_on(day)) == count


@pytest.mark.parametrize(
    ("code", "last_day", "successors"),
    [
        ("E10000006", date(2023, 3, 31), {"Cumberland", "Westmorland and Furness"}),
        ("E10000009", date(2019, 3, 31), {"Dorset", "Bournemouth, Christchurch and Poole"}),
        ("E06000029", date(2019, 3, 31), {"Bournemouth, Christchurch and Poole"}),
        ("E10000021", date(2021, 3, 31), {"North Northamptonshire", "West Northamptonshire"}),
        ("E10000002", date(2020, 3, 31), {"Buckinghamshire"}),
        ("E10000023", date(2023, 3, 31), {"North Yorkshire"}),
        ("E10000027", date(2023, 3, 31), {"Somerset"}),
        ("E08000016", date(2025, 4, 30), {"Barnsley"}),
        ("E08000019", date(2025, 4, 30), {"Sheffield"}),
    ],
)
def test_replaced_authority_ends_the_day_before_its_successors_begin(code, last_day, successors):
    replaced = authority(code)
    following = [authority(each) for each in replaced.succeeded_by]
    assert replaced.operated_to == last_day
    assert {each.name for each in following} == successors
    assert {(each.operated_from - last_day).days for each in following} == {1}
    assert replaced.operated_on(last_day) and not any(each.operated_on(last_day) for each in following)


def test_every_end_has_a_successor_that_begins_the_next_day_under_the_same_police_and_region():
    ended = [each for each in AUTHORITIES.values() if each.operated_to]
    assert len(ended) == 19
    for each in ended:
        assert each.succeeded_by, each.name
        for following in map(authority, each.succeeded_by):
            assert (following.operated_from - each.operated_to).days == 1, each.name
            assert following.police_force_code == each.police_force_code, each.name
            assert following.region is each.region, each.name


def test_an_authority_of_today_has_no_successor():
    assert not any(each.succeeded_by for each in AUTHORITIES.values() if each.operated_to is None)


def test_no_two_authorities_of_one_day_share_a_number_or_a_name():
    for day in (date(2009, 4, 1), date(2019, 4, 1), date(2023, 3, 31), date(2025, 5, 1)):
        live = authorities_on(day)
        assert len({each.name for each in live}) == len({each.old_code for each in live}) == len(live)


def test_regions_stand_in_the_departments_order():
    assert [region.label for region in Region] == [
        "North East",
        "North West",
        "Yorkshire and The Humber",
        "East Midlands",
        "West Midlands",
        "East of England",
        "London",
        "South East",
        "South West",
    ]
    assert Region("yorkshire_and_the_humber").ons_code == "E12000003"


@pytest.mark.parametrize("code", ["", "E06999999", "805", "e06000001", "W06000015", "a free text"])
def test_unknown_code_is_refused_without_being_repeated(code):
    with pytest.raises(NoSuchAuthority, match="nine characters") as refused:
        authority(code)
    assert not code or code not in str(refused.value)


def test_every_row_of_the_departments_list_agrees(reference_rows):
    region_codes = {region.ons_code: region for region in Region}
    listed = [
        row
        for row in reference_rows("dfe-las.csv")
        if " / " not in row["new_la_code"] and row["new_la_code"] != "z"  # pairs and the forces overseas
    ]
    assert {row["new_la_code"] for row in listed} == set(AUTHORITIES)
    for row in listed:
        ours = authority(row["new_la_code"])
        assert ours.name == row["la_name"]
        assert ours.old_code == row["old_la_code"]
        assert ours.region is region_codes[row["parent_geography_code"]]
        assert ours.operated_from == _british(row["date_of_operation"])
        assert ours.operated_to == _british(row["date_of_termination"])
        assert (ours.operated_to is None) is (row["status"] == "live")


def test_regions_agree_with_the_departments_hierarchy(reference_rows):
    rows = [row for row in reference_rows("dfe-region_la_hierarchy.csv") if row["new_la_code"] in AUTHORITIES]
    assert {row["new_la_code"] for row in rows} >= {each.code for each in authorities_on(date(2025, 4, 1))}
    by_region = {
        row["new_la_code"]: row["region_name"] for row in rows if not row["region_code"].startswith("E13")
    }
    assert by_region == {code: AUTHORITIES[code].region.label for code in by_region}


def test_police_forces_agree_with_the_district_lookup_of_2024(reference_rows):
    upper = {row["ltla23_code"]: row["utla23_code"] for row in reference_rows("ons-ltla23_utla23.csv")}
    forces: dict[str, set[tuple[str, str]]] = {}
    for row in reference_rows("ons-ltla24_csp24_pfa24.csv"):
        if row["ltla24_code"].startswith("E") and row["ltla24_code"] in upper:
            forces.setdefault(upper[row["ltla24_code"]], set()).add((row["pfa24_code"], row["pfa24_name"]))
    assert set(forces) == {each.code for each in authorities_on(date(2024, 12, 31))}
    for code, found in forces.items():
        ((force_code, _),) = found
        assert AUTHORITIES[code].police_force_code == force_code, AUTHORITIES[code].name


def test_police_forces_carry_the_departments_names(reference_rows):
    listed = {row["pfa_code"]: row["pfa_name"] for row in reference_rows("dfe-police-force-areas.csv")}
    ours = {each.police_force_code: each.police_force for each in AUTHORITIES.values()}
    assert ours == {code: name for code, name in listed.items() if code.startswith("E")}


def test_the_authorities_of_today_agree_with_the_joined_list(reference_rows):
    listed = {row["la_code_ons"]: row for row in reference_rows("local_authorities_england.csv")}
    live = {each.code: each for each in authorities_on(date(2026, 11, 23))}
    assert listed.keys() == live.keys()
    for code, row in listed.items():
        assert (live[code].region.label, live[code].police_force_code) == (
            row["region_name"],
            row["pfa_code"],
        )


def _british(text: str) -> date | None:
    return datetime.strptime(text, "%d/%m/%Y").date() if text else None  # noqa: DTZ007
