"""A rate is its count over a number that everybody knows, so it is hidden wherever its count is."""

import pytest

from sightline.disclosure_control.figures import safe_figure
from sightline.disclosure_control.policies import DEFAULT_POLICY
from sightline.disclosure_control.safe import SafeCell, Symbol
from sightline.statistics.tables import CellKey, Figure, Population, Statistic
from sightline.vocabulary.units import Unit

CELL = CellKey(Population("department", "notifications", None))
RATE = Figure(
    name="notifications_total_per_100_000_children",
    way="department",
    unit=Unit.NOTIFICATION,
    sentence="Notifications, per 100,000 children",
    value=3.88,
    base=11_755_000,
    low=3.53,
    high=4.25,
    statistic=Statistic.RATE,
    cell=CELL,
)


@pytest.mark.parametrize(
    ("printed", "symbol", "value"),
    [
        (SafeCell(456), None, 3.88),
        (SafeCell(None, Symbol.SUPPRESSED), Symbol.SUPPRESSED, None),
        (SafeCell(460, is_rounded=True), Symbol.NOT_AVAILABLE, None),
    ],
)
def test_a_rate_is_seen_where_its_count_is_printed_exactly(printed, symbol, value):
    safe = safe_figure(RATE, shown={CELL: printed}, counts={CELL: 456}, policy=DEFAULT_POLICY)
    assert (safe.symbol, safe.value) == (symbol, value)
