"""Invented populations: always the same, in agencies' layouts, with a truth that fits, of nobody real."""

import csv
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from stdnum.gb import upn

from sightline.vocabulary.identifiers import UPN, NHSNumber, Postcode
from synthetic.extracts import AGENCIES, LAYOUTS, TRUTH
from synthetic.faults import FAULTS
from synthetic.identifiers import nhs_numbers, scattered, upns
from synthetic.names import TRADITIONS
from synthetic.population import Wanted, make

FILES = (*AGENCIES, "truth", "restricted", "queries", "queries_truth")


SMALL, LARGER = Wanted(3_000, seed=5), Wanted(12_000, seed=8)


class Shelf:
    """Populations made once and read by many tests."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def where(self, wanted: Wanted = SMALL) -> Path:
        folder = self._root / re.sub(r"\W+", "-", str(wanted))
        if not folder.exists():
            make(wanted, folder)
        return folder

    def rows(self, name: str, wanted: Wanted = SMALL) -> list[dict[str, str]]:
        with (self.where(wanted) / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf(tmp_path_factory.mktemp("populations"))


def test_the_same_wish_gives_the_same_files_to_the_byte(shelf: Shelf, tmp_path: Path) -> None:
    make(SMALL, tmp_path)

    for name in FILES:
        first = (shelf.where() / f"{name}.csv").read_bytes()
        assert (tmp_path / f"{name}.csv").read_bytes() == first, name


def test_another_seed_gives_other_children(shelf: Shelf) -> None:
    mine = {(row["family_name"], row["given_name"], row["date_of_birth"]) for row in shelf.rows("health")}
    others = shelf.rows("health", Wanted(1_000, seed=6))

    shared = [row for row in others if (row["family_name"], row["given_name"], row["date_of_birth"]) in mine]

    assert len(shared) <= 2


def test_nothing_but_the_files_is_left_behind(shelf: Shelf) -> None:
    assert {path.name for path in shelf.where().iterdir()} == {f"{name}.csv" for name in FILES}


@pytest.mark.parametrize("agency", AGENCIES)
def test_each_agency_writes_its_own_columns(shelf: Shelf, agency: str) -> None:
    assert list(shelf.rows(agency)[0]) == LAYOUTS[agency].split()


def test_truth_and_searches_have_the_columns_the_scorer_reads(shelf: Shelf) -> None:
    assert list(shelf.rows("truth")[0]) == TRUTH.split()
    searched = ["query_id", "forename", "surname", "date_of_birth", "sex", "postcode"]
    assert list(shelf.rows("queries")[0]) == searched
    assert list(shelf.rows("queries_truth")[0]) == ["query_id", "person_id", "tradition", "twin", "errors"]
    assert list(shelf.rows("restricted")[0]) == ["agency", "record_id", "reason"]


def test_the_truth_knows_every_record_once(shelf: Shelf) -> None:
    said = [(row["agency"], row["record_id"]) for row in shelf.rows("truth")]
    there = [(agency, row["record_id"]) for agency in AGENCIES for row in shelf.rows(agency)]

    assert sorted(said) == sorted(there)
    assert len(set(said)) == len(said)


def test_what_the_truth_says_of_a_child_it_says_in_every_record(shelf: Shelf) -> None:
    told: dict[str, tuple[str, ...]] = {}
    for row in shelf.rows("truth"):
        of_child = tuple(row[column] for column in ("household_id", "tradition", "twin", "sex", "birth_year"))
        assert told.setdefault(row["person_id"], of_child) == of_child


def test_traditions_and_faults_are_named_as_in_the_tables(shelf: Shelf) -> None:
    truth = shelf.rows("truth")

    assert {row["tradition"] for row in truth} <= set(TRADITIONS)
    assert {fault for row in truth for fault in row["errors"].split("|") if fault} <= set(FAULTS)


def test_a_record_without_faults_holds_the_true_sex_and_year_of_birth(shelf: Shelf) -> None:
    truth = {row["record_id"]: row for row in shelf.rows("truth") if row["agency"] == "health"}
    clean = [row for row in shelf.rows("health") if not truth[row["record_id"]]["errors"]]

    assert len(clean) > 2_000
    for row in clean:
        known = truth[row["record_id"]]
        assert row["date_of_birth"][:4] == known["birth_year"]
        assert row["gender"] == {"M": "1", "F": "2"}[known["sex"]]


def test_the_records_closed_at_adoption_are_those_from_before_it(shelf: Shelf) -> None:
    wanted = LARGER
    before = {(row["agency"], row["record_id"]) for row in shelf.rows("truth", wanted) if row["epoch"] == "1"}
    closed = {(row["agency"], row["record_id"]) for row in shelf.rows("restricted", wanted)}

    assert closed == before
    assert closed


def test_a_child_adopted_has_another_surname_and_home_afterwards(shelf: Shelf) -> None:
    wanted = LARGER
    health = {row["record_id"]: row for row in shelf.rows("health", wanted)}
    lives: dict[str, dict[str, dict[str, str]]] = {}
    for row in shelf.rows("truth", wanted):
        if row["agency"] == "health" and row["epoch"] != "0" and not row["errors"]:
            lives.setdefault(row["person_id"], {})[row["epoch"]] = health[row["record_id"]]
    both = [life for life in lives.values() if len(life) == 2]

    same = [life for life in both if life["1"]["family_name"] == life["2"]["family_name"]]

    assert len(both) > 5
    assert len(same) <= 1  # two families may share a common surname
    for life in both:
        assert life["1"]["nhs_number"] != life["2"]["nhs_number"]


def test_twins_share_a_household_and_a_year_of_birth_and_are_few(shelf: Shelf) -> None:
    children = {row["person_id"]: row for row in shelf.rows("truth")}
    twins = [row for row in children.values() if row["twin"] == "1"]
    together = Counter((row["household_id"], row["birth_year"]) for row in twins)

    assert 0.015 < len(twins) / len(children) < 0.035
    assert sum(many >= 2 for many in together.values()) >= len(together) - 1  # the last family may be cut off


def test_nobody_has_a_number_that_was_ever_given_out(shelf: Shelf) -> None:
    numbers = [row["nhs_number"] for row in shelf.rows("health")]

    assert all(number.startswith("9") for number in numbers)
    assert len({NHSNumber(number) for number in numbers}) == len(numbers)


def test_every_upn_has_its_check_letter_and_belongs_to_one_record(shelf: Shelf) -> None:
    numbers = [row["upn"] for row in shelf.rows("education")]

    assert len({UPN(number) for number in numbers}) == len(numbers)


def test_every_postcode_without_a_fault_has_the_form_of_one(shelf: Shelf) -> None:
    truth = {row["record_id"]: row["errors"] for row in shelf.rows("truth")}
    for agency in ("health", "education", "social_care"):
        for row in shelf.rows(agency):
            if row["postcode"] and "pc_typo" not in truth[row["record_id"]]:
                assert Postcode(row["postcode"]).printed == row["postcode"]


def test_police_write_in_capitals_without_marks(shelf: Shelf) -> None:
    for row in shelf.rows("police"):
        assert re.fullmatch(r"[A-Z' .-]+", row["surname"]), row["surname"]
        assert row["forenames"] == row["forenames"].upper()


def test_no_incident_comes_before_the_child(shelf: Shelf) -> None:
    truth = {row["record_id"]: row for row in shelf.rows("truth")}
    for row in shelf.rows("police"):
        assert row["incident_date"][:4] >= truth[row["record_id"]]["birth_year"]


def test_an_unborn_child_has_no_name_and_no_sex(shelf: Shelf) -> None:
    wanted = LARGER
    unborn = {row["record_id"] for row in shelf.rows("truth", wanted) if "unborn" in row["errors"]}
    found = [row for row in shelf.rows("social_care", wanted) if row["record_id"] in unborn]

    assert found
    for row in found:
        assert row["forename"] in ("Unborn", "Unborn Baby", "Baby", "UBB")
        assert row["gender"] in ("Unknown", "Indeterminate")


def test_searches_for_children_on_nobodys_file_have_no_person(shelf: Shelf) -> None:
    known = {row["person_id"] for row in shelf.rows("truth")}
    searched = [row["person_id"] for row in shelf.rows("queries_truth")]

    assert all(person in known or not person for person in searched)
    assert 0.03 < searched.count("") / len(searched) < 0.25


def test_twice_the_errors_leave_fewer_records_without_any(shelf: Shelf) -> None:
    def faultless(wanted: Wanted) -> float:
        truth = shelf.rows("truth", wanted)
        return sum(not row["errors"] for row in truth) / len(truth)

    assert faultless(Wanted(3_000, 5, error_scale=2.0)) < faultless(SMALL) - 0.1


def test_with_no_errors_only_the_unborn_are_left_without_a_name(shelf: Shelf) -> None:
    assert {row["errors"] for row in shelf.rows("truth", Wanted(3_000, 5, error_scale=0.0))} <= {"", "unborn"}


def test_equal_errors_make_spellings_no_commoner_for_any_tradition(shelf: Shelf) -> None:
    def gap(wanted: Wanted) -> float:
        truth = [row for row in shelf.rows("truth", wanted) if row["agency"] in ("health", "education")]
        share = {}
        for british in (True, False):
            mine = [row["errors"] for row in truth if (row["tradition"] == "white_british") == british]
            share[british] = sum("translit" in errors for errors in mine) / len(mine)
        return share[False] / share[True]

    assert gap(LARGER) > 4
    assert gap(Wanted(12_000, seed=8, equal_errors=True)) < 1.6


def test_with_identifiers_other_agencies_know_some_nhs_numbers(shelf: Shelf) -> None:
    wanted = Wanted(3_000, seed=5, identifiers=True)
    truth = {row["record_id"]: row["person_id"] for row in shelf.rows("truth", wanted)}
    whose: dict[str, set[str]] = {}
    for row in shelf.rows("health", wanted):
        whose.setdefault(row["nhs_number"], set()).add(truth[row["record_id"]])

    for agency in ("education", "social_care"):
        rows = shelf.rows(agency, wanted)
        known = [row for row in rows if row["nhs_number"]]
        right = [row for row in known if truth[row["record_id"]] in whose.get(row["nhs_number"], ())]
        assert list(rows[0]) == [*LAYOUTS[agency].split(), "nhs_number"]
        assert 0.4 < len(known) / len(rows) < 0.75
        assert len(right) / len(known) > 0.97
        assert all(NHSNumber(row["nhs_number"]) for row in known)


def test_scattered_numbers_are_all_different_and_in_no_order() -> None:
    numbers = scattered(np.arange(50_000), 60_000, key=3)

    assert np.unique(numbers).size == 50_000
    assert numbers.max() < 60_000
    assert 0.45 < (np.diff(numbers) > 0).mean() < 0.55


def test_no_more_numbers_are_scattered_than_there_are() -> None:
    with pytest.raises(ValueError, match="only 100 numbers"):
        scattered(np.arange(101), 100, key=3)


def test_triplets_are_numbered_one_after_another() -> None:
    births, order = np.repeat(np.arange(2_000), 3), np.tile(np.arange(3), 2_000)

    numbers = nhs_numbers(births, order, key=1)

    assert np.unique(numbers).size == numbers.size
    assert (np.ptp(numbers.reshape(-1, 3), axis=1) < 60).all()
    assert all(NHSNumber(str(number)) for number in numbers)


def test_upns_carry_authority_and_year_of_entry() -> None:
    numbers = upns(np.arange(5_000), np.full(5_000, 330), np.full(5_000, 2016), key=1)

    assert np.unique(numbers).size == 5_000
    for number in numbers:
        assert number[1:4] == "330"
        assert number[8:10] == "16"
        assert upn.calc_check_digit(str(number)[1:]) == number[0]
