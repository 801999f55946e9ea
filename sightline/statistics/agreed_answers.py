"""The agreed coded answers: one row an incident and one row a child, a column a question of the codebook.

The agreed answer is the row of the lowest coder letter for that review, child and question. An incident
with several rapid reviews is one incident: its reviews are put in order (`review_order`), and the answer
is that of the first review which answers the question, so that a child reviewed on a form of its own
(the practice of the first years) is not lost.
"""

import polars as pl

from sightline.statistics.variables import NOT_CODED, THEMES, theme_variable

CHILD_QUESTIONS = (
    "neglect_experienced",
    "education_status",
    "looked_after_ever",
    "child_protection_plan_ever",
    "child_mental_health_condition",
    "child_health_condition",
    "likely_cause_primary",
    "harm_primary",
)
REVIEW_QUESTIONS = (
    "family_known_to_social_care",
    "domestic_abuse",
    "parental_mental_health",
    "parental_substance_misuse",
)


def review_order(reviews: pl.DataFrame) -> pl.DataFrame:
    """Adds `review_rank` within the incident, 0 for the review that counts.

    That is the earliest received among those whose notification was not withdrawn; only where all were
    withdrawn does a withdrawn one count. The identifier settles ties, so that no order of rows matters.
    """
    return reviews.sort(
        pl.col("withdrawn_on").is_not_null(), "received_on", "review_id", nulls_last=True
    ).with_columns(review_rank=pl.int_range(pl.len()).over("incident_id").cast(pl.Int32))


def child_answers(codings: pl.DataFrame, *, reviews: pl.DataFrame) -> pl.DataFrame:
    """incident_id, child_ref and a column for each question about a child; null where nobody answered.

    `reviews` holds review_id, incident_id and review_rank.
    """
    about_children = codings.filter(
        pl.col("child_ref").is_not_null() & pl.col("variable").is_in(CHILD_QUESTIONS)
    )
    return _wide(
        _agreed(about_children, reviews=reviews), keys=["incident_id", "child_ref"], questions=CHILD_QUESTIONS
    )


def review_answers(codings: pl.DataFrame, *, reviews: pl.DataFrame) -> pl.DataFrame:
    """incident_id and a column for each question about the review as a whole; null where nobody answered."""
    about_reviews = codings.filter(pl.col("child_ref").is_null() & pl.col("variable").is_in(REVIEW_QUESTIONS))
    return _wide(_agreed(about_reviews, reviews=reviews), keys=["incident_id"], questions=REVIEW_QUESTIONS)


def theme_answers(codings: pl.DataFrame, *, reviews: pl.DataFrame) -> pl.DataFrame:
    """incident_id and a yes or no for each practice theme, for the incidents whose themes were coded."""
    themes = codings.filter(pl.col("child_ref").is_null() & (pl.col("variable") == "practice_theme"))
    first = _agreed(themes, reviews=reviews)
    return first.group_by("incident_id").agg(
        pl.when((pl.col("value") == theme).any())
        .then(pl.lit("yes"))
        .otherwise(pl.lit("no"))
        .alias(theme_variable(theme))
        for theme in THEMES
    )


def _agreed(codings: pl.DataFrame, *, reviews: pl.DataFrame) -> pl.DataFrame:
    """The rows of the first review that answers and of its lowest coder letter."""
    ranked = codings.join(
        reviews.select("review_id", "incident_id", "review_rank"), on="review_id", how="inner"
    )
    key = ["incident_id", "child_ref", "variable"]
    rank, coder = pl.col("review_rank"), pl.col("coder")
    if reviews["review_rank"].cast(pl.Boolean).any():
        ranked = ranked.filter(rank == rank.min().over(key))
    return ranked.filter(coder.eq_missing(coder.min().over(key)))


def _wide(agreed: pl.DataFrame, *, keys: list[str], questions: tuple[str, ...]) -> pl.DataFrame:
    # A question answered twice by one coder is refused on import; the least value keeps this deterministic.
    return agreed.group_by(keys).agg(
        pl.col("value").filter(pl.col("variable") == question).min().alias(question) for question in questions
    )


def not_coded_where_empty(columns: tuple[str, ...]) -> list[pl.Expr]:
    return [pl.col(column).fill_null(NOT_CODED) for column in columns]
