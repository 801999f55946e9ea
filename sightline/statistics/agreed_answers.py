"""The agreed coded answers: one row an incident and one row a child, a column a question of the codebook.

The agreed answer is the row of the lowest coder letter for that review, child and question. An incident
with several rapid reviews is one incident: its reviews are put in order (`review_order`), and the answer
is that of the first review which answers the question, so that a child reviewed on a form of its own
(the practice of the first years) is not lost.

Reviews, incidents and children go by whole numbers here, because grouping two million codings by three
columns of text takes seconds.
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
_THEMES_QUESTION = "practice_theme"
_QUESTIONS = pl.Enum([*CHILD_QUESTIONS, *REVIEW_QUESTIONS, _THEMES_QUESTION])


def review_order(reviews: pl.DataFrame) -> pl.DataFrame:
    """Adds `incident_no`, and `review_rank` within the incident: 0 for the review that counts.

    That is the earliest received among those whose notification was not withdrawn; only where all were
    withdrawn does a withdrawn one count. The identifier settles ties, so that no order of rows matters.
    """
    ordered = reviews.sort(
        pl.col("withdrawn_on").is_not_null(), "received_on", "review_id", nulls_last=True
    ).with_columns(incident_no=pl.col("incident_id").rank("dense"))
    return ordered.with_columns(review_rank=pl.int_range(pl.len()).over("incident_no").cast(pl.Int32))


def agreed_codings(codings: pl.DataFrame, *, reviews: pl.DataFrame, children: pl.DataFrame) -> pl.DataFrame:
    """incident_no, child_no (null about the review as a whole), variable, value: what was agreed.

    `reviews` is as `review_order` leaves it; `children` holds child_ref, child_no and incident_no. An answer
    about a child who is not in the review's incident is nobody's and left out.
    """
    coders = codings["coder"].unique().drop_nulls().sort().to_list()
    numbered = (
        codings.lazy()
        .select(
            "review_id",
            "child_ref",
            pl.col("variable").cast(_QUESTIONS, strict=False),
            "value",
            pl.col("coder").cast(pl.Enum(coders)).to_physical().fill_null(len(coders)),
        )
        .filter(pl.col("variable").is_not_null())
        .join(reviews.lazy().select("review_id", "incident_no", "review_rank"), on="review_id")
        .join(children.lazy().select("child_ref", "child_no", home="incident_no"), on="child_ref", how="left")
        .filter(pl.col("child_ref").is_null() | (pl.col("home") == pl.col("incident_no")))
        .drop("review_id", "child_ref", "home")
        .collect()
    )
    key = ("incident_no", "child_no", "variable")
    rank, coder = pl.col("review_rank"), pl.col("coder")
    if (reviews["review_rank"] > 0).any():
        numbered = numbered.filter(rank == rank.min().over(key))
    return numbered.filter(coder == coder.min().over(key))


def child_answers(agreed: pl.DataFrame) -> pl.DataFrame:
    """child_no and a column for each question about a child; null where nobody answered."""
    return _wide(agreed.filter(pl.col("child_no").is_not_null()), key="child_no", questions=CHILD_QUESTIONS)


def review_answers(agreed: pl.DataFrame) -> pl.DataFrame:
    """incident_no and a column for each question about the review as a whole; null where nobody answered."""
    return _wide(agreed.filter(pl.col("child_no").is_null()), key="incident_no", questions=REVIEW_QUESTIONS)


def theme_answers(agreed: pl.DataFrame) -> pl.DataFrame:
    """incident_no and a yes or no for each practice theme, for the incidents whose themes were coded."""
    themes = agreed.filter(pl.col("child_no").is_null() & (pl.col("variable") == _THEMES_QUESTION))
    return themes.group_by("incident_no").agg(
        pl.when((pl.col("value") == theme).any())
        .then(pl.lit("yes"))
        .otherwise(pl.lit("no"))
        .alias(theme_variable(theme))
        for theme in THEMES
    )


def _wide(agreed: pl.DataFrame, *, key: str, questions: tuple[str, ...]) -> pl.DataFrame:
    # A question answered twice by one coder is refused on import; the least value keeps this deterministic.
    return agreed.group_by(key).agg(
        pl.col("value").filter(pl.col("variable") == question).min().alias(question) for question in questions
    )


def not_coded_where_empty(columns: tuple[str, ...]) -> list[pl.Expr]:
    return [pl.col(column).fill_null(NOT_CODED) for column in columns]
