"""A search has the batch's own evidence, to the bit; a name that nobody bears compares as it would there."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from people_frames import AGENCIES, FORENAMES, SURNAMES, a_crowd, a_frame, a_person

from sightline.identity import gathering
from sightline.identity.asking import write_query
from sightline.identity.comparing import FIELD_COUNT
from sightline.identity.index import index_of
from sightline.identity.reading import population
from sightline.identity.scoring import evidence_of
from sightline.identity.sought import Born as Known
from sightline.identity.sought import Sought
from sightline.identity.weights import shipped_weights
from sightline.vocabulary.codes import Sex

WEIGHTS = shipped_weights()
CROWD = a_crowd(60)
SEARCH = "a search"
NEVER_BORNE = ("Quixwold", "Anabelle-Zed", "Mohammed", "Nguyn", "O’Dabrowski", "Al Jarvis", "Ly", "Ustinova")
NUMBERS = ("", "9434765919", "9434765870")

names = st.lists(st.sampled_from([*FORENAMES, *SURNAMES, *NEVER_BORNE]), max_size=3).map(" ".join)
days = (
    st.none()
    | st.dates(date(2007, 1, 1), date(2024, 12, 31))
    | st.sampled_from([r["born_on"] for r in CROWD])
)
postcodes = st.sampled_from(["", "ZY11AA", "QX91BB", *(str(each["postcode"]) for each in CROWD[:20])])
people = st.fixed_dictionaries(
    {
        "surname": names,
        "forenames": names,
        "former_surname": names,
        "born_on": days,
        "sex": st.sampled_from(["", "male", "female"]),
        "postcode": postcodes,
        "nhs_number": st.sampled_from(NUMBERS),
    }
)


def searched(said):
    born = said["born_on"]
    return Sought(
        surname=said["surname"],
        forenames=said["forenames"],
        former_surname=said["former_surname"],
        born=Known(born.year, born.month, born.day) if born else None,
        sex={"male": Sex.MALE, "female": Sex.FEMALE}.get(said["sex"]),
        postcode=said["postcode"],
        nhs_number=said["nhs_number"],
    )


def by_search(index, said, rows):
    room = gathering.scratch()
    bits, levels = np.empty(len(rows), np.float32), np.empty((len(rows), FIELD_COUNT), np.int8)
    gathering.levels_of(
        write_query(index, searched(said)),
        rows,
        index.population,
        WEIGHTS.table,
        np.float32(index.mates),
        index.year_chance,
        room,
        bits,
        levels,
    )
    return bits, levels


def is_something(said):
    return any(said[name].strip() for name in ("surname", "forenames", "postcode", "nhs_number"))


@settings(deadline=None, max_examples=60)
@given(people.filter(is_something), st.lists(people, min_size=1, max_size=6))
def test_a_search_has_the_evidence_that_a_run_has_of_the_same_two_records(said, others):
    # The one sought is in the frame too, closed, so that every name and place is as common for both.
    same = a_person(**said, agency=SEARCH, is_restricted=True)
    frame = a_frame(same, *(a_person(**other) for other in others), *CROWD)
    agencies = (*AGENCIES, SEARCH)
    rows = np.arange(1, len(frame), dtype=np.int32)
    arrays = population(frame, agencies)
    expected, expected_levels, _ = evidence_of(np.zeros(len(rows), np.int32), rows, arrays, WEIGHTS)
    index = index_of(frame, agencies=agencies, identities=np.zeros(len(frame), np.int64), weights=WEIGHTS)
    bits, levels = by_search(index, said, rows)
    assert levels.tolist() == expected_levels.tolist()
    assert bits.tobytes() == expected.tobytes()


@settings(deadline=None, max_examples=60)
@given(people.filter(is_something))
def test_what_nobody_on_file_has_compares_as_it_would_were_it_on_file(said):
    with_it = population(a_frame(a_person(**said, agency=SEARCH), *CROWD), (*AGENCIES, SEARCH))
    rows = np.arange(1, len(CROWD) + 1, dtype=np.int32)
    _, expected, _ = evidence_of(np.zeros(len(rows), np.int32), rows, with_it, WEIGHTS)
    frame = a_frame(*CROWD)
    index = index_of(frame, agencies=AGENCIES, identities=np.zeros(len(frame), np.int64), weights=WEIGHTS)
    _, levels = by_search(index, said, rows - 1)
    assert levels.tolist() == expected.tolist()
