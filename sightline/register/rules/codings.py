"""Rules on codings.csv, made from the codebooks."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import polars as pl

from sightline.coding.codebook import CODEBOOK_1, CODEBOOKS, Level, Variable
from sightline.register.rules.rule import LAYOUT, Rule, error, not_before
from sightline.vocabulary.codes import Nature, NoAnswer
from sightline.vocabulary.findings import Severity

INDEX_CHILD_NEEDS = {"likely_cause_primary": Nature.DEATH, "harm_primary": Nature.SERIOUS_HARM}
"""The nature that the review must be coded with for the index child to have an answer."""

_VARIABLE, _VALUE, _VERSION = pl.col("variable"), pl.col("value"), pl.col("codebook_version")
_IS_ANSWER = ~_VALUE.is_in(NoAnswer.codes())


def _any(conditions: Iterable[pl.Expr]) -> pl.Expr:
    # Starting from no condition keeps the rule valid for codebooks that give it none.
    return pl.any_horizontal(pl.lit(value=False), *conditions)


def _in_books(which: Callable[[Variable], bool]) -> pl.Expr:
    """The answer is to a variable of this kind in the codebook it names."""
    return _any(
        (version == _VERSION) & _VARIABLE.is_in([each.name for each in book.values() if which(each)])
        for version, book in CODEBOOKS.items()
    )


def _is_not_allowed() -> pl.Expr:
    return _any(
        (version == _VERSION) & (variable.name == _VARIABLE) & ~_VALUE.is_in(_answers_to(variable))
        for version, book in CODEBOOKS.items()
        for variable in book.values()
    )


def _answers_to(variable: Variable) -> list[str]:
    return [*variable.values.codes(), *(str(each) for each in variable.no_answers)]


def _does_not_apply() -> pl.Expr:
    """An answer this child cannot have: the coded nature decides for the index child, the role for others."""
    is_index = pl.col("children.position") == 1
    by_nature = (
        is_index & (name == _VARIABLE) & (pl.col("rapid_reviews.nature") != nature.value)
        for name, nature in INDEX_CHILD_NEEDS.items()
    )
    by_role = (
        ~is_index
        & (variable.name == _VARIABLE)
        & ~pl.col("children.role").is_in([str(role) for role in variable.roles])
        for variable in CODEBOOK_1.values()
        if variable.name in INDEX_CHILD_NEEDS
    )
    return _IS_ANSWER & _any((*by_nature, *by_role))


def _hint_on_value(row: Mapping[str, Any]) -> str:
    variable = CODEBOOKS.get(row["codebook_version"], {}).get(row["variable"])
    return f"It takes {', '.join(_answers_to(variable))}." if variable else ""


CODING_RULES: tuple[Rule, ...] = (
    error(
        "codings.codebook_version.unknown",
        f"There is no codebook {{codebook_version}}; the codebooks are {', '.join(map(str, CODEBOOKS))}.",
        ~_VERSION.is_in(list(CODEBOOKS)),
        column="codebook_version",
    ),
    error(
        "codings.value.not_of_variable",
        "“{value}” is not an answer to {variable}.",
        _is_not_allowed(),
        column="value",
        hint=_hint_on_value,
        hint_needs=("variable", "codebook_version"),
    ),
    error(
        "codings.child_ref.not_for_whole_review",
        "{variable} is about the whole review; empty child_ref.",
        pl.col("child_ref").is_not_null() & _in_books(lambda variable: variable.level is Level.REVIEW),
        column="child_ref",
    ),
    error(
        "codings.child_ref.missing_child",
        "{variable} is about a child; say which in child_ref.",
        pl.col("child_ref").is_null() & _in_books(lambda variable: variable.level is Level.CHILD),
        column="child_ref",
    ),
    error(
        "codings.child_ref.other_incident",
        "“{child_ref}” is a child of another incident than the review's; name a child of its incident.",
        pl.col("children.incident_id") != pl.col("rapid_reviews.incident_id"),
        column="child_ref",
    ),
    error(
        "codings.certainty.without_answer",
        "“{value}” is no answer, so it has no certainty; empty the cell.",
        pl.col("certainty").is_not_null() & ~_IS_ANSWER,
        column="certainty",
    ),
    error(
        "codings.certainty.missing",
        "An answer needs its certainty: confirmed, likely or possible.",
        pl.col("certainty").is_null() & _IS_ANSWER,
        column="certainty",
    ),
    error(
        "codings.value.does_not_apply",
        "{variable} has no answer for this child (the review is coded “{rapid_reviews.nature}”, the child's "
        "role is “{children.role}”); correct the answer or the code it goes by.",
        _does_not_apply(),
        column="value",
        source=f"{LAYOUT}: likely_cause_primary (fatal), harm_primary (non-fatal)",
    ),
    error(
        "codings.value.second_answer",
        "The same coder answered {variable} on line {same_key_as} as well; a coder gives one answer.",
        pl.col("same_key_as").is_not_null() & pl.col("same_row_as").is_null(),
        column="value",
    ),
    error(
        "codings.value.no_answer_beside_answers",
        "The same coder gave {variable} other answers too, so it is not “{value}”; remove one or the other.",
        pl.col("stands_beside_others"),
        column="value",
    ),
    not_before(
        "codings.coded_before_received",
        later="coded_on",
        earlier="rapid_reviews.received_on",
        what="It was coded on {coded_on}, before the review was received on {rapid_reviews.received_on}",
        severity=Severity.WARNING,
    ),
)
