"""Weights learnt from what identifiers tell, and the fallback without them."""

from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
import pytest
from invented_people import AGENCIES, Invented, a_row, frame_of, invented

from sightline.identity import learning
from sightline.identity.arrays import Population
from sightline.identity.expectation import BOUNDED, learn_by_expectation, responsibilities
from sightline.identity.known_pairs import MOST_HOLDING, known_pairs
from sightline.identity.levels import FIELDS, FORENAME, NHS_NUMBER, UPN, Forename
from sightline.identity.linking import link_population
from sightline.identity.pairing import pairs_worth_deciding
from sightline.identity.reading import population
from sightline.identity.relearning import (
    Method,
    Trial,
    may_be_put_in_force,
    measured,
    try_learning,
    without_numbers,
)
from sightline.identity.scoring import HOME, SAME, STRANGER, evidence_of
from sightline.identity.weights import Weights, children_about, shipped_weights, with_table
from sightline.vocabulary.decisions import Refusal

NHS = ("9000000009", "9000000017", "9000000025")
BORN = date(2015, 3, 4)


@pytest.fixture(scope="module", autouse=True)
def fewer_strangers():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learning, "STRANGERS_DRAWN", 300_000)
        yield


@pytest.fixture(scope="module")
def people(tmp_path_factory) -> Invented:
    return invented(tmp_path_factory.mktemp("people"), children=3000, seed=5)


@pytest.fixture(scope="module")
def trial(people, fewer_strangers) -> Trial:
    """Learnt with the shipped weights to start from."""
    return try_learning(people.population, shipped_weights(), version="learnt")


def _read(*rows: dict) -> Population:
    return population(frame_of(list(rows)), tuple(AGENCIES))


def _pairs(pairs) -> set[tuple[int, int]]:
    return set(zip(*(side.tolist() for side in pairs), strict=True))


def _child(agency: str, number: str, **given) -> dict:
    return a_row(
        agency,
        number,
        **{"surname": "Testcase", "forenames": "Anna", "born_on": BORN, "sex": "female"} | given,
    )


def test_records_that_share_a_number_are_of_one_child(people):
    known = known_pairs(people.population)
    a, b = known.same
    assert len(a) > 1000
    assert (people.person[a] == people.person[b]).mean() > 0.995


def test_pairs_of_a_home_are_two_children_of_it(people):
    known = known_pairs(people.population)
    a, b = known.home
    assert len(a) > 1000
    assert (people.person[a] != people.person[b]).mean() > 0.995
    assert (people.home[a] == people.home[b]).mean() > 0.97


def test_no_restricted_record_is_learnt_from(people):
    known = known_pairs(people.population)
    for side in (*known.same, *known.home):
        assert not people.population.records.is_restricted[side].any()
    assert people.population.records.is_restricted.any()


def test_a_shared_number_within_one_agency_tells_of_one_child_too():
    both = _read(_child("health", "H1", nhs_number=NHS[0]), _child("health", "H2", nhs_number=NHS[0]))
    assert _pairs(known_pairs(both).same) == {(0, 1)}


@pytest.mark.parametrize(
    ("other", "is_left_out"),
    [
        ({"surname": "Muster", "forenames": "Oluwaseun", "born_on": date(2009, 11, 30)}, True),
        ({"surname": "Muster", "forenames": "Oluwaseun"}, False),
        ({"forenames": "Oluwaseun", "born_on": date(2009, 11, 30)}, False),
        ({"surname": "Muster", "born_on": date(2009, 11, 30)}, False),
    ],
)
def test_a_shared_number_is_not_believed_against_birth_date_and_both_names(other, is_left_out):
    known = known_pairs(
        _read(
            _child("health", "H1", nhs_number=NHS[0]), _child("education", "E1", nhs_number=NHS[0], **other)
        )
    )
    assert known.contradicted == is_left_out
    assert len(known.same[0]) == (not is_left_out)


def test_a_shared_number_is_not_believed_where_the_other_number_differs():
    known = known_pairs(
        _read(
            _child("education", "E1", nhs_number=NHS[0], upn="A900000000001"),
            _child("social_care", "S1", nhs_number=NHS[0], upn="B900000000002"),
        )
    )
    assert known.contradicted == 1 and len(known.same[0]) == 0


def test_a_number_that_too_many_records_bear_tells_nothing():
    many = [_child("health", f"H{at}", nhs_number=NHS[0]) for at in range(MOST_HOLDING + 1)]
    known = known_pairs(_read(*many))
    assert known.crowded == MOST_HOLDING + 1 and len(known.same[0]) == 0


def test_a_home_is_told_by_one_pair_and_taught_by_the_others():
    at_home = {"postcode": "DH11AA"}
    anna = [
        _child("health", "H1", nhs_number=NHS[0], **at_home),
        _child("education", "E1", nhs_number=NHS[0]),
    ]
    ben = [
        _child("health", "H2", forenames="Benjamin", nhs_number=NHS[1], **at_home),
        _child("education", "E2", forenames="Benjamin", nhs_number=NHS[1], postcode="EX13PB"),
    ]
    known = known_pairs(_read(*anna, *ben))
    assert _pairs(known.same) == {(0, 1), (2, 3)}
    # (0, 2) alone shows that they live together, so it teaches nothing of how postcodes of a home agree.
    assert _pairs(known.home) == {(0, 3), (1, 2), (1, 3)}


def test_one_child_held_twice_under_two_numbers_is_no_home():
    twice = [
        _child("health", f"H{at}", nhs_number=number, postcode="DH11AA")
        for at, number in enumerate((NHS[0], NHS[1], NHS[0], NHS[1]))
    ]
    assert len(known_pairs(_read(*twice)).home[0]) == 0


def test_too_few_known_pairs_are_refused_with_the_reason():
    few = _read(_child("health", "H1", nhs_number=NHS[0]), _child("education", "E1", nhs_number=NHS[0]))
    with pytest.raises(Refusal, match="tell of 1 pairs of records of one child"):
        try_learning(few, shipped_weights(), version="x")


def _blunt_weights() -> Weights:
    """Nobody's: far less sure than the shipped ones, and shaken."""
    weights = shipped_weights()
    shaken = weights.table * 0.5 + np.random.default_rng(1).normal(0, 0.7, weights.table.shape)
    table = np.where(weights.table == 0, 0, np.minimum(shaken, -0.01))
    table[:, [NHS_NUMBER, UPN]] = weights.table[:, [NHS_NUMBER, UPN]]
    return with_table(weights, table, version="blunt")


def _f1(people: Invented, weights: Weights) -> float:
    cluster = link_population(without_numbers(people.population), agencies=4, weights=weights).cluster

    def pairs(labels: np.ndarray) -> int:
        many = np.unique(labels, return_counts=True)[1]
        return int((many * (many - 1) // 2).sum())

    both = pairs(cluster.astype(np.int64) * 1_000_000 + people.person)
    return 2 * both / (pairs(cluster) + pairs(people.person))


def test_learning_from_any_start_comes_near_the_shipped_weights(people):
    blunt = _blunt_weights()
    trial = try_learning(people.population, blunt, version="learnt")
    assert may_be_put_in_force(trial).allowed
    assert trial.after.lost_bits < trial.before.lost_bits
    shipped, learnt = _f1(people, shipped_weights()), _f1(people, trial.weights)
    assert _f1(people, blunt) < shipped - 0.01
    assert learnt > shipped - 0.005


def test_a_trial_is_measured_on_families_that_it_has_not_learnt_from(people, trial):
    known = known_pairs(people.population)
    assert trial.same_pairs + trial.held_out[0] == len(known.same[0])
    assert trial.home_pairs + trial.held_out[1] == len(known.home[0])
    assert min(trial.held_out) > 100


def test_weights_that_do_worse_are_not_put_in_force(people, trial):
    assert may_be_put_in_force(trial).allowed
    known = known_pairs(people.population)
    blunt = replace(trial, weights=_blunt_weights())
    worse = measured(blunt, without_numbers(people.population), known.same, known.home, shipped_weights())
    decision = may_be_put_in_force(worse)
    assert not decision.allowed and "further from the truth" in decision.reason


def test_weights_that_join_more_of_a_home_are_not_put_in_force(trial):
    joining = replace(trial.after, wrongly_joined=trial.before.wrongly_joined + 0.01)
    decision = may_be_put_in_force(replace(trial, after=joining))
    assert not decision.allowed and "of one home" in decision.reason


def test_what_has_not_settled_is_not_put_in_force(trial):
    assert not may_be_put_in_force(replace(trial, has_converged=False)).allowed


def test_identifiers_keep_their_weights(trial):
    numbers = [NHS_NUMBER, UPN]
    assert np.allclose(trial.weights.table[:, numbers], shipped_weights().table[:, numbers], atol=0.001)


def test_expectation_weighs_each_pair_as_the_kernel_does(people):
    weights = shipped_weights()
    found = pairs_worth_deciding(people.population, weights, least=-30)
    a, b = found.first[::7], found.second[::7]
    bits, levels, chances = evidence_of(a, b, people.population, weights)
    prior = -np.log2(children_about(people.population))
    shares = responsibilities(
        levels, chances, weights.table.astype(float), prior, weights.mates_bits(people.population)
    )
    odds = np.log2(shares[SAME] / (shares[HOME] + shares[STRANGER]))
    assert len(a) > 500
    assert np.abs(odds - (bits + prior)).max() < 0.001


def test_the_fallback_settles_and_links_nearly_as_well(people):
    trial = try_learning(people.population, shipped_weights(), version="x", method=Method.EXPECTATION)
    assert trial.method is Method.EXPECTATION and trial.has_converged and trial.rounds > 1
    assert _f1(people, trial.weights) > _f1(people, shipped_weights()) - 0.01


def _made(starts: str, middles: str, ends: str) -> list[str]:
    return ["".join(parts) for parts in product(starts.split(), middles.split(), ends.split())]


_GIVEN = _made("Bram Dor Fal Gim Hul Jen Kor Lum Mav Ner", "ad il op", "an eth is or ut")
_FAMILIES = _made("Ald Brom Carn Dent Elm Fosk Garl Hax Ilk Jor", "en i ar", "by ton well wick")


def _twins(homes: int) -> tuple[Population, np.ndarray, np.ndarray]:
    """Homes with twins and nobody else, each twin known to two agencies: the twin pairs are twice as many as
    the pairs of one child. Gives the rows of the twin pairs too."""
    draw = np.random.default_rng(2)
    rows, first, second = [], [], []
    for home in range(homes):
        names = draw.choice(_GIVEN, 2, replace=False)
        shared = {
            "surname": str(draw.choice(_FAMILIES)),
            "born_on": date(
                int(draw.integers(2008, 2022)), int(draw.integers(1, 13)), int(draw.integers(1, 29))
            ),
            "postcode": f"DH{home % 90 + 1}{home // 90 % 9}A{'PQRSTUWXYZ'[home % 10]}",
        }
        start = len(rows)
        for agency in ("health", "education"):
            for number, name in enumerate(names):
                rows.append(_child(agency, f"{agency}-{home}-{number}", forenames=str(name), **shared))
        first += [start, start, start + 2, start + 1]
        second += [start + 1, start + 3, start + 3, start + 2]
    return _read(*rows), np.array(first, np.int32), np.array(second, np.int32)


def test_the_fallback_never_takes_twins_for_one_child():
    everybody, first, second = _twins(1500)
    weights = shipped_weights()
    pairs = pairs_worth_deciding(everybody, weights, least=-1000.0)
    start = weights
    for turn in range(3):  # learning again from what was learnt must not creep either
        found = learn_by_expectation(everybody, (pairs.first, pairs.second), start, version=f"turn {turn}")
        start = found.weights
    for field, level in BOUNDED:
        assert start.table[SAME, field, level] <= weights.table[SAME, field, level] + 0.001
    assert (
        start.table[SAME, FORENAME, Forename.DIFFERENT] < start.table[HOME, FORENAME, Forename.DIFFERENT] - 4
    )
    bits = evidence_of(first, second, everybody, start)[0] - np.log2(children_about(everybody))
    assert (bits < start.ask_bits).mean() > 0.99
    assert found.same == pytest.approx(3000, rel=0.05)
    assert found.home == pytest.approx(6000, rel=0.05)


def test_bounds_name_levels_of_their_fields():
    assert all(level in set(FIELDS[field]) for field, level in BOUNDED)
