"""Which counts are sensitive of themselves, printed or not."""

from collections.abc import Mapping

from sightline.disclosure_control.policies import Policy
from sightline.statistics.tables import CellKey


def sensitive_cells(counts: Mapping[CellKey, int], *, policy: Policy) -> frozenset[CellKey]:
    """Every small count that the policy protects, in the order of nothing.

    An implied cell (the rest of a base, the quarter between two windows) is never printed, but who can
    take two printed numbers from one another prints it for himself: it counts here like any other. A true
    zero says of nobody that they are in it, and is not sensitive.
    """
    return frozenset(key for key, count in counts.items() if policy.is_sensitive(key, count))
