"""Rules on children.csv."""

from datetime import timedelta

import polars as pl

from sightline.register.rules.places import in_operation
from sightline.register.rules.rule import error, warning

LONGEST_PREGNANCY = timedelta(days=294)
"""42 weeks. A notification may be about an unborn child, whose expected date of birth lies ahead."""
CARE_LEAVERS_UNTIL_MONTHS = 25 * 12

_BORN = pl.col("date_of_birth")
_UNTIL = pl.col("incidents.occurred_until")
_AGE = pl.col("age_in_months")
_POSITION = pl.col("position")


def months_between(born: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Completed months from a birth to a day; negative for a day before it."""
    months = (day.dt.year() - born.dt.year()) * 12 + day.dt.month() - born.dt.month()
    return months - (day.dt.day() < born.dt.day()).cast(pl.Int32)


AGE_AT_FIRST = months_between(_BORN, pl.col("incidents.occurred_on"))
AGE_AT_LAST = months_between(_BORN, _UNTIL)
_MONTHS_APART = pl.max_horizontal(AGE_AT_FIRST - _AGE, _AGE - AGE_AT_LAST)

CHILD_RULES = (
    error(
        "children.date_of_birth.long_after_incident",
        "The child was born on {date_of_birth}, too long after the incident of {incidents.occurred_on} to "
        "have been unborn then; correct whichever date is wrong.",
        _BORN > _UNTIL + LONGEST_PREGNANCY,
        column="date_of_birth",
    ),
    warning(
        "children.date_of_birth.after_incident",
        "The child was born on {date_of_birth}, after the incident of {incidents.occurred_on}; correct "
        "whichever date is wrong, unless the child was unborn then.",
        (_BORN > _UNTIL) & (_BORN <= _UNTIL + LONGEST_PREGNANCY),
        column="date_of_birth",
    ),
    error(
        "children.date_of_birth.in_future",
        "The child is not born and not expected within a pregnancy's time of {as_of}; correct the date.",
        pl.col("as_of") + LONGEST_PREGNANCY < _BORN,
        column="date_of_birth",
    ),
    error(
        "children.date_of_birth.too_old",
        "Born on {date_of_birth}, this person was 25 or older at the incident; a register holds children "
        "and care leavers under 25. Correct the date.",
        AGE_AT_LAST >= CARE_LEAVERS_UNTIL_MONTHS,
        column="date_of_birth",
    ),
    error(
        "children.age_in_months.too_old",
        "{age_in_months} months is 25 years or more; a register holds children and care leavers under 25. "
        "Give the age in months.",
        _AGE >= CARE_LEAVERS_UNTIL_MONTHS,
        column="age_in_months",
    ),
    warning(
        "children.age_not_supplied",
        "Neither a date of birth nor an age is supplied; give one if it is known.",
        _BORN.is_null() & _AGE.is_null(),
        column="date_of_birth",
    ),
    warning(
        "children.age_in_months.a_month_off",
        "The age in months, {age_in_months}, is one off what the date of birth gives; the date of birth is "
        "used. Correct or empty the age.",
        (_MONTHS_APART == 1) & (_BORN <= _UNTIL),
        column="age_in_months",
    ),
    error(
        "children.age_in_months.not_by_birth",
        "The age in months, {age_in_months}, is not that of a child born on {date_of_birth} at the incident "
        "of {incidents.occurred_on}; correct whichever is wrong, or empty the age.",
        (_MONTHS_APART > 1) & (_BORN <= _UNTIL),
        column="age_in_months",
    ),
    error(
        "children.position.zero",
        "Positions start at 1, the index child; renumber the children of this incident.",
        _POSITION == 0,
        column="position",
    ),
    error(
        "children.position.repeated",
        "Another child of this incident (line {same_position_as}) has position {position}; renumber them.",
        pl.col("same_position_as").is_not_null(),
        column="position",
    ),
    error(
        "children.position.no_first_child",
        "This incident has no child in position 1, the index child; give one of its children position 1.",
        (pl.col("lowest_position") == _POSITION) & (_POSITION > 1),
        column="position",
    ),
    warning(
        "children.position.gap",
        "There is no child before position {position} in this incident; a child may be missing.",
        (pl.col("lowest_position") < _POSITION) & ~pl.col("has_position_before"),
        column="position",
    ),
    in_operation(
        "children", "residence_la_code", first="incidents.occurred_on", last="incidents.occurred_until"
    ),
)
