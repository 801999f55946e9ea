"""Disclosure policies: named, dated values that say what is hidden, how much protection it gets, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from sightline.disclosure_control.safe import Symbol
from sightline.statistics.tables import CellKey, Geography, Where


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything that disclosure control decides by.

    Counts from 1 to `hides_up_to` are sensitive: they are not shown, and nobody may find out from all that
    is shown, taken together, that a count is one of them. For that the counts that an attacker cannot rule
    out must reach over at least `protection_width`, which is at least `hides_up_to`: an interval that long
    does not fit between 1 and `hides_up_to`. A count that is hidden only to protect another must leave two
    counts possible.

    `rounding` gives the multiple that counts of a geography are rounded to, half up; a geography that is
    not named is not rounded. `rounded_variables` does the same for any count that a variable narrows,
    whatever table it stands in. `exempt` names values of variables whose counts are never sensitive.
    """

    name: str
    title: str
    source: str
    status: str  # confirmed: the source prints it; assumed: our reading of common practice; local: somebody's
    in_force_from: date
    hides_up_to: int
    protection_width: int
    rounding: Mapping[Geography, int] = field(default_factory=dict)
    rounded_variables: Mapping[str, int] = field(default_factory=dict)
    exempt: Where = ()
    may_hide_zeros: bool = True
    smallest_base_of_mean: int = 10
    smallest_base_of_coefficient: int = 10
    rounds_to_zero: Symbol = Symbol.ROUNDS_TO_ZERO_SENSITIVE

    def __post_init__(self) -> None:
        if self.hides_up_to < 1:
            raise ValueError(f"Policy {self.name}: the counts that are hidden start at 1.")
        if self.protection_width < self.hides_up_to:
            raise ValueError(
                f"Policy {self.name}: a width of {self.protection_width} would let an attacker be sure that "
                f"a count is between 1 and {self.hides_up_to}; make it at least {self.hides_up_to}."
            )

    def is_sensitive(self, key: CellKey, count: int) -> bool:
        return 1 <= count <= self.hides_up_to and not self.is_exempt(key)

    def is_exempt(self, key: CellKey) -> bool:
        """A cell is exempt when all the values that it counts of some variable are exempt."""
        exempt = dict(self.exempt)
        return any(set(values) <= set(exempt.get(variable, ())) for variable, values in key.where if values)

    def rounds_to(self, key: CellKey, geography: Geography = Geography.NATIONAL) -> int:
        """The multiple that this count is rounded to; 1 where it is printed as it is."""
        by_variable = (self.rounded_variables.get(variable, 1) for variable, _ in key.where)
        return max(self.rounding.get(geography, 1), *by_variable, 1)


_ROUNDING_SOURCE = (
    "Department for Education, Serious incident notifications, 2021-22 and 2022-23, data guidance: regional "
    "counts to the nearest 10, national and local authority counts unrounded, c for suppressed counts with "
    "secondary suppression, 0 is a true zero."
)

SERIOUS_INCIDENTS_2020 = Policy(
    name="serious-incidents-2020",
    title="Counts of 1 and 2 are hidden; regions to the nearest 10",
    source="Department for Education, Serious incident notifications, Part 1 2020-21, data guidance: a "
    "characteristic breakdown of 2 or fewer is shown as c. " + _ROUNDING_SOURCE,
    status="confirmed",
    in_force_from=date(2020, 4, 1),
    hides_up_to=2,
    protection_width=2,
    rounding=MappingProxyType({Geography.REGIONAL: 10}),
    rounded_variables=MappingProxyType({"region": 10}),
)

UNDER_FIVE = Policy(
    name="under-five",
    title="Counts under 5 are hidden; regions to the nearest 10",
    source="The rule of fewer than five that health and education statistics commonly use, for a release "
    "that must be more careful than the department's own. " + _ROUNDING_SOURCE,
    status="assumed",
    in_force_from=date(2020, 4, 1),
    hides_up_to=4,
    protection_width=4,
    rounding=MappingProxyType({Geography.REGIONAL: 10}),
    rounded_variables=MappingProxyType({"region": 10}),
)

DEFAULT_POLICY = SERIOUS_INCIDENTS_2020
POLICIES: Mapping[str, Policy] = MappingProxyType(
    {policy.name: policy for policy in (SERIOUS_INCIDENTS_2020, UNDER_FIVE)}
)
