"""What always holds of matching: it is the same either way round and in any order, and twins stay two."""

from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from people_frames import AGENCIES, FORENAMES, a_crowd, a_frame, a_person

from sightline.identity.explaining import explain
from sightline.identity.linking import link
from sightline.identity.names import fold, sound, tokens_of
from sightline.identity.reading import population
from sightline.identity.scoring import evidence_of
from sightline.identity.weights import children_about, shipped_weights

# The first run compiles, which takes a minute.
UNHURRIED = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)

TOKENS = (
    "Zuzanna",
    "Zuzana",
    "Fern",
    "Ferm",
    "Livvy",
    "Olivia",
    "Moss",
    "Pebblebrook",
    "Begum",
    "Ali",
    "Cali",
)
NAMES = st.lists(st.sampled_from(TOKENS), max_size=3).map(" ".join)
DAYS = st.sampled_from(
    [None, date(2014, 5, 3), date(2014, 3, 5), date(2014, 5, 1), date(2015, 5, 3), date(1890, 1, 1)]
)
POSTCODES = st.sampled_from(["", "ZZ11AA", "ZZ71AA", "ZZ11AB", "ZZ12BB", "XX95QQ"])
RECORDS = st.builds(
    a_person,
    agency=st.sampled_from(AGENCIES),
    surname=NAMES,
    forenames=NAMES,
    preferred_forename=st.sampled_from(["", *TOKENS]),
    former_surname=st.sampled_from(["", *TOKENS]),
    born_on=DAYS,
    expected_on=DAYS,
    sex=st.sampled_from(["male", "female", ""]),
    postcode=POSTCODES,
    former_postcodes=st.lists(POSTCODES, max_size=1),
    nhs_number=st.sampled_from(["", "9000000009", "9000000017"]),
    upn=st.sampled_from(["", "A000000000001", "B000000000002"]),
)


def every_pair(rows: int) -> tuple[np.ndarray, np.ndarray]:
    first, second = np.triu_indices(rows, 1)
    return first.astype(np.int32), second.astype(np.int32)


@given(records=st.lists(RECORDS, min_size=12, max_size=12))
@UNHURRIED
def test_evidence_is_the_same_either_way_round(records):
    people, weights = population(a_frame(*records), AGENCIES), shipped_weights()
    first, second = every_pair(len(records))
    there, levels, _ = evidence_of(first, second, people, weights)
    back, levels_back, _ = evidence_of(second, first, people, weights)
    assert levels.tolist() == levels_back.tolist()
    np.testing.assert_allclose(there, back, atol=1e-3)


@given(records=st.lists(RECORDS, min_size=6, max_size=6))
@UNHURRIED
def test_what_is_explained_adds_up_to_the_evidence(records):
    frame, weights = a_frame(*records), shipped_weights()
    people = population(frame, AGENCIES)
    first, second = every_pair(len(records))
    evidence, _, _ = evidence_of(first, second, people, weights)
    for a, b, bits in zip(first.tolist(), second.tolist(), evidence.tolist(), strict=True):
        found = explain(frame, a, b, weights, people)
        assert found.bits == pytest.approx(bits - np.log2(children_about(people)), abs=1e-4)
        # The remainder is the other rival alone: between nothing and one bit off, never a hidden term.
        assert -1.001 <= found.other_rival <= 0.001
        assert found.before + sum(field.bits for field in found.fields) + found.other_rival == pytest.approx(
            found.bits
        )


@given(records=st.lists(RECORDS, min_size=2, max_size=14), seed=st.integers(0, 99))
@UNHURRIED
def test_the_order_of_the_records_decides_nothing(records, seed):
    rows = [
        {**record, "record_id": f"R{at}"} for at, record in enumerate([*records, *a_crowd(60, seed=seed)])
    ]
    order = np.random.default_rng(seed).permutation(len(rows))
    weights = shipped_weights()
    straight = link(a_frame(*rows), agencies=AGENCIES, weights=weights).cluster
    mixed = link(a_frame(*[rows[at] for at in order]), agencies=AGENCIES, weights=weights).cluster
    back = np.empty(len(rows), np.int64)
    back[order] = mixed
    assert _partition(straight) == _partition(back)


def _partition(cluster: np.ndarray) -> list[int]:
    """The same for the same groups, whatever their numbers: each row's first fellow."""
    first: dict[int, int] = {}
    return [first.setdefault(number, row) for row, number in enumerate(cluster.tolist())]


@given(pair=st.lists(st.sampled_from(FORENAMES), min_size=2, max_size=2, unique=True))
@UNHURRIED
def test_twins_of_any_two_forenames_stay_two(pair):
    records = [a_person(agency=agency, forenames=name) for name in pair for agency in AGENCIES[:2]]
    found = link(a_frame(*records, *a_crowd(150)), agencies=AGENCIES, weights=shipped_weights())
    assert _partition(found.cluster[:4]) == [0, 0, 2, 2]


@given(
    said=RECORDS,
    others=st.lists(RECORDS, max_size=6),
)
@UNHURRIED
def test_a_restricted_record_is_alone_whatever_it_says(said, others):
    records = [{**said, "is_restricted": True}, said, *others]
    found = link(a_frame(*records, *a_crowd(40)), agencies=AGENCIES, weights=shipped_weights())
    assert found.cluster.tolist().count(found.cluster[0]) == 1


@given(st.text(max_size=60))
@UNHURRIED
def test_any_text_is_a_name_or_none(text):
    for is_forename in (True, False):
        found = tokens_of(text, is_forename=is_forename).tokens
        assert all(token.isascii() and token.isalpha() and token.islower() for token in found)
        assert len(set(found)) == len(found)
        assert all(sound(token) for token in found)


@given(st.text(max_size=60))
@UNHURRIED
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
