"""Lists of names, and what clerks make of names."""

from random import Random

import numpy as np
import pytest

from synthetic.misheard import mistyped, mistyped_postcode, plain, respelt
from synthetic.names import TRADITIONS, Tradition, traditions
from synthetic.people import feminine, masculine
from synthetic.places import places
from synthetic.rearranged import rearranged


def _chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311


def _ways(
    tradition: str, sex: int, surname: str, given: str, middle: str = "", father: str = ""
) -> set[tuple[str, str]]:
    number = TRADITIONS.index(tradition)
    return {rearranged(number, sex, surname, given, middle, father, _chance(seed)) for seed in range(200)}


@pytest.mark.parametrize("tradition", traditions(), ids=lambda tradition: tradition.name)
def test_two_draws_from_a_list_agree_as_often_as_it_says(tradition: Tradition) -> None:
    for key, names in (
        ("surnames", tradition.surnames),
        ("boys", tradition.boys),
        ("girls", tradition.girls),
    ):
        table = tradition.table.get(key)
        if table and "list" in table:
            chances = np.diff(names.up_to, prepend=0)
            assert (chances**2).sum() == pytest.approx(table["alike"], rel=0.02), key
            assert names.up_to[-1] == pytest.approx(1)
            assert len(set(names.names)) == names.names.size


def test_the_shares_of_the_traditions_make_a_whole() -> None:
    assert sum(tradition.share for tradition in traditions()) == pytest.approx(1, abs=0.005)


def test_british_surnames_have_a_long_tail() -> None:
    assert traditions()[0].surnames.names.size > 3_000


def test_places_draw_only_traditions_there_are() -> None:
    assert {name for place in places() for name in place.drawn} <= set(TRADITIONS)
    assert len({place.area for place in places()}) == len(places())


@pytest.mark.parametrize(
    ("his", "hers"),
    [("Kowalski", "Kowalska"), ("Nowicki", "Nowicka"), ("Ivanov", "Ivanova"), ("Kazlauskas", "Kazlauskaitė"),
     ("Bērziņš", "Bērziņa"), ("Novák", "Nováková"), ("Mazur", "Mazur")],
)  # fmt: skip
def test_daughters_bear_the_feminine_form(his: str, hers: str) -> None:
    assert feminine(his) == hers


def test_a_feminine_form_has_its_masculine() -> None:
    assert masculine("Lewandowska") == "Lewandowski"
    assert masculine("Georgieva") == "Georgiev"


@pytest.mark.parametrize(
    ("name", "bare"), [("Łukasz", "Lukasz"), ("Öztürk", "Ozturk"), ("Yıldırım", "Yildirim"), ("João", "Joao")]
)
def test_marks_are_taken_off(name: str, bare: str) -> None:
    assert plain(name) == bare


def test_a_name_in_a_group_is_respelt_within_it() -> None:
    made = {respelt("Mohammed", _chance(seed), known_only=True) for seed in range(60)}

    assert {"Muhammad", "Mohamed"} <= made
    assert "Mohammed" not in made


def test_a_name_in_no_group_is_not_respelt_where_clerks_know_it() -> None:
    assert respelt("Thornworth", _chance(1), known_only=True) == "Thornworth"


def test_a_slip_changes_a_name_but_little() -> None:
    for seed in range(300):
        slipped = mistyped("Montgomery", _chance(seed))
        assert abs(len(slipped) - 10) <= 2
        assert slipped[0].isupper()


def test_a_slip_in_a_postcode_keeps_letters_letters_and_digits_digits() -> None:
    for seed in range(100):
        slipped = mistyped_postcode("B11 4AA", _chance(seed))
        assert slipped != "B11 4AA"
        assert [letter.isdigit() for letter in slipped] == [letter.isdigit() for letter in "B11 4AA"]


def test_a_double_surname_is_halved_or_joined() -> None:
    assert {("Rocha", "Rita"), ("Lopes", "Rita"), ("Rocha-Lopes", "Rita")} <= _ways(
        "portuguese_latin", 1, "Rocha Lopes", "Rita"
    )


def test_an_article_is_dropped_joined_or_turned() -> None:
    ways = _ways("arabic", 0, "Al-Masri", "Omar", father="Khaled")

    assert {("Masri", "Omar"), ("Al Masri", "Omar"), ("Almasri", "Omar"), ("El-Masri", "Omar")} <= ways


def test_the_fathers_name_stands_where_a_surname_is_asked_for() -> None:
    assert ("Warsame", "Hodan") in _ways("horn_african", 1, "Jama", "Hodan", father="Warsame")


def test_surname_and_given_name_change_places() -> None:
    assert ("Zi-Han", "Zhou") in _ways("chinese_viet", 1, "Zhou", "Zi-Han")


def test_a_daughter_is_written_with_a_title_for_a_surname() -> None:
    assert ("Begum", "Iqra") in _ways("sasian_muslim", 1, "Mirza", "Iqra", father="Tariq")


@pytest.mark.parametrize("tradition", TRADITIONS)
def test_no_way_of_filling_the_boxes_leaves_one_empty(tradition: str) -> None:
    for surname, given in _ways(tradition, 1, "Noor", "Sana", father="Amin") | _ways(
        tradition, 0, "Al-Ali", "Li-Wei", "Jo"
    ):
        assert tradition in ("horn_african", "arabic", "indian", "sasian_muslim") or (surname and given)
