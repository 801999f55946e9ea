"""What is said of two records, and of a whole identity, to somebody who must rely on it."""

import json

import pytest
from people_frames import AGENCIES, a_crowd, a_frame, a_person

from sightline.identity.explaining import explain
from sightline.identity.joint_explaining import explain_identity
from sightline.identity.linking import Rulings, link
from sightline.identity.phrases import one_in, strength, to_one
from sightline.identity.weights import shipped_weights

WEIGHTS = shipped_weights()
CROWD = a_crowd(300)


def explained(one, other, **how):
    return explain(a_frame(one, other, *CROWD), 0, 1, WEIGHTS, **how)


def sentence_on(found, field):
    return next(each.sentence for each in found.fields if each.field == field)


def test_another_child_of_the_home_is_named_where_it_is_the_nearest():
    found = explained(a_person(forenames="Amber"), a_person(agency="education", forenames="Gwen"))
    assert found.rival == "another child of the same home"
    assert "likeliest two of one home" in found.sentence
    assert "as they do for another child of the same home" in sentence_on(found, "forename")
    assert "as they are for a twin" in sentence_on(found, "date of birth")
    assert "hardly says anything" in sentence_on(found, "surname")


def test_a_stranger_is_named_where_home_and_name_differ():
    found = explained(a_person(), a_person(agency="education", surname="Moss", postcode="QQ99ZZ", sex="male"))
    assert found.rival == "a stranger"
    assert "likeliest strangers" in found.sentence
    assert "Against it speaks" in found.sentence
    assert next(each for each in found.fields if each.field == "sex").bits < 0


def test_a_rare_surname_says_more_than_a_common_one_and_how_rare_it_is():
    common = {"surname": CROWD[0]["surname"]}
    apart = {"agency": "education", "postcode": "QQ99ZZ", "born_on": None}
    rare, often = (
        explained(a_person(), a_person(**apart)),
        explained(a_person(**common), a_person(**apart | common)),
    )
    assert rare.rival == often.rival == "a stranger"
    assert "about 1 child in 490 has this surname" in sentence_on(rare, "surname")
    assert rare.bits > often.bits


def test_a_field_that_is_not_said_says_nothing():
    found = explained(a_person(sex=""), a_person(agency="education"))
    sex = next(each for each in found.fields if each.field == "sex")
    assert sex.level == "missing"
    assert sex.bits == 0
    assert sex.sentence == "At least one record does not say the sex, which says nothing."


def test_values_are_shown_and_can_be_hidden():
    pair = (
        a_person(forenames="Zuzanna Quillfeather", nhs_number="9000000009"),
        a_person(agency="education", forenames="Gorse"),
    )
    shown, hidden = explained(*pair), explained(*pair, names_hidden=True)
    assert "“Zuzanna Quillfeather”" in sentence_on(shown, "forename")
    assert "3 May 2014" in sentence_on(shown, "date of birth")
    told = json.dumps([each.sentence for each in hidden.fields]) + hidden.sentence
    for value in (
        "Zuzanna",
        "Quillfeather",
        "Gorse",
        "Pebblebrook",
        "2014",
        "ZZ11AA",
        "9000000009",
        "female",
    ):
        assert value not in told
    assert hidden.bits == shown.bits


def test_nothing_is_said_of_a_restricted_record():
    alike = explained(a_person(), a_person(agency="education", is_restricted=True))
    unlike = explained(
        a_person(), a_person(agency="education", is_restricted=True, forenames="Gorse", surname="Moss")
    )
    assert alike == unlike
    assert alike.fields == ()
    assert alike.is_kept_apart
    assert "compared with nobody" in alike.sentence


def test_different_numbers_at_two_agencies_are_for_a_person():
    found = explained(
        a_person(nhs_number="9000000009"), a_person(agency="education", nhs_number="9000000017")
    )
    assert found.is_kept_apart
    assert "a person decides" in found.sentence
    assert "differs between two agencies" in sentence_on(found, "NHS number")


def test_exchanged_names_are_said_to_be_exchanged():
    found = explained(
        a_person(forenames="Thistle", surname="Warbler"),
        a_person(agency="education", forenames="Warbler", surname="Thistle"),
    )
    assert "Once the names in one record are exchanged, the forenames are the same" in sentence_on(
        found, "forename"
    )


@pytest.mark.parametrize(
    ("bits", "said"),
    [
        (0.4, "about as likely that they are one child as two"),
        (10.1, "about 1,100 to 1 that they are one child"),
        (-10.1, "about 1,100 to 1 that they are two children"),
        (30, "more than a million to one that they are one child"),
    ],
)
def test_odds_in_words(bits, said):
    assert to_one(bits) == said


def test_rarity_and_strength_in_words():
    assert one_in(-10.23) == "about 1 child in 1,200"
    assert strength(6.1) == "strong, +6.1 bits"
    assert strength(-2.5) == "moderate, −2.5 bits"
    assert strength(0.7) == "slight, +0.7 bits"


def a_run(*records, rulings=None):
    frame = a_frame(*records, *CROWD)
    return frame, link(frame, agencies=AGENCIES, weights=WEIGHTS, rulings=rulings or Rulings())


def test_an_identity_says_which_pairs_carried_it_and_what_the_agencies_know_together():
    frame, linking = a_run(a_person(), a_person(agency="education"), a_person(agency="police"))
    found = explain_identity(frame, 0, linking, WEIGHTS)
    assert found.rows == (0, 1, 2)
    assert len(found.joins) == 2
    assert "education, health and police are taken for one child" in found.sentence
    assert any("Nearly every child is known to health" in each for each in found.coverage)


def test_a_twin_is_named_as_the_rival_who_was_weighed():
    twins = [a_person(agency=agency, forenames=name) for name in ("Amber", "Gwen") for agency in AGENCIES[:2]]
    frame, linking = a_run(*twins)
    found = explain_identity(frame, 0, linking, WEIGHTS)
    assert found.rows == (0, 1)
    assert found.rivals[0].rival in (2, 3)
    assert "stayed apart" in found.rivals[0].sentence


def test_a_restricted_record_is_nobodys_rival():
    frame, linking = a_run(a_person(is_restricted=True), a_person(agency="education"))
    assert explain_identity(frame, 1, linking, WEIGHTS).rivals == ()
    assert explain_identity(frame, 0, linking, WEIGHTS).rivals == ()


def test_a_join_by_ruling_is_said_to_be_one():
    frame, linking = a_run(
        a_person(),
        a_person(agency="education", forenames="Gorse", surname="Moss", born_on=None),
        rulings=Rulings(same=((0, 1),)),
    )
    assert "Joined by a person's ruling: 1." in explain_identity(frame, 0, linking, WEIGHTS).sentence
