"""Compiles the kernel once, when Sightline is set up, so that nobody's first linking waits for it.

python -m sightline.identity.warming
"""

from datetime import date

import polars as pl


def warm() -> None:
    """Link, explain and find three invented records: every compiled function is met on the way."""
    from sightline.identity.index import index_of_population
    from sightline.identity.linking import link_population
    from sightline.identity.reading import population
    from sightline.identity.scoring import evidence_of
    from sightline.identity.searching import find
    from sightline.identity.sought import Sought
    from sightline.identity.weights import shipped_weights

    people = pl.DataFrame(
        {
            "agency": ["health", "education", "police"],
            "record_id": ["1", "2", "3"],
            "surname": ["Invented", "Invented", "Imagined"],
            "forenames": ["Ada May", "Ada", "Bea"],
            "preferred_forename": ["", "", ""],
            "former_surname": ["", "", ""],
            "born_on": [date(2015, 1, 2), date(2015, 1, 2), None],
            "expected_on": pl.Series([None, None, None], dtype=pl.Date),
            "sex": ["female", "female", ""],
            "postcode": ["ZZ11AA", "ZZ11AB", ""],
            "former_postcodes": pl.Series([[], [], []], dtype=pl.List(pl.String)),
            "nhs_number": ["", "", ""],
            "upn": ["", "", ""],
            "la_code": ["", "", ""],
            "school": ["", "", ""],
            "gp_practice": ["", "", ""],
            "is_restricted": [False, False, False],
        }
    )
    arrays = population(people, ("health", "education", "police"))
    linking = link_population(arrays, agencies=3, weights=shipped_weights())
    rows = linking.cluster.astype("int32")
    evidence_of(rows, rows, arrays, shipped_weights())
    index = index_of_population(
        arrays,
        agencies=("health", "education", "police"),
        record_ids=people["record_id"],
        identities=linking.cluster.astype("int64") + 1,
        weights=shipped_weights(),
    )
    find(index, Sought(surname="Invented", forenames="Ada"), weights=shipped_weights(), everyone=True)


if __name__ == "__main__":
    warm()
