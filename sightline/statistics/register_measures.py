"""Measures of everything in the files, whatever the date."""

from functools import partial

from sightline.register.tables import Register
from sightline.statistics.measures import CODEBOOK, Declaration, Measure, breakdown
from sightline.statistics.tables import where
from sightline.vocabulary.units import Unit

_measure = partial(Measure, way="register")

REGISTER: tuple[Declaration, ...] = (
    *(
        _measure(
            name=f"rows_{name}",
            sentence=f"Rows of {name}.csv",
            unit=Unit.ROW,
            rows=name,
            base=None,
        )
        for name in Register.__slots__
    ),
    _measure(
        name="reviews_coded_twice",
        sentence="Rapid reviews that two coders answered",
        unit=Unit.REVIEW,
        rows="rapid_reviews",
        variable="coded_twice",
        counted=("yes",),
        base_sentence="All rapid reviews in the register",
        source=CODEBOOK,
    ),
    _measure(
        name="incidents_with_two_live_notifications",
        sentence="Incidents with two or more notifications that were not withdrawn",
        unit=Unit.INCIDENT,
        rows="incidents",
        variable="live_notifications",
        counted=("two_or_more",),
        base_sentence="All incidents in the register",
    ),
    _measure(
        name="local_reviews_published",
        sentence="Local reviews that were published",
        unit=Unit.LOCAL_REVIEW,
        rows="local_reviews",
        variable="published",
        counted=("yes",),
        base_sentence="All local reviews in the register",
    ),
    _measure(
        name="local_reviews_published_within_6_months",
        sentence="Local reviews published within six calendar months of the decision to hold them",
        unit=Unit.LOCAL_REVIEW,
        rows="local_reviews",
        variable="published_in_time",
        counted=("in_time",),
        base=where(published="yes"),
        base_sentence="Local reviews that were published",
        source="Working Together to Safeguard Children 2023, chapter 5",
    ),
    breakdown(
        "recommendation_status",
        "status",
        way="register",
        rows="recommendations",
        unit=Unit.RECOMMENDATION,
        base_sentence="All recommendations in the register",
    ),
)
