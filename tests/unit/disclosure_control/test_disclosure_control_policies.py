from dataclasses import replace

import pytest
from counted import cell

from sightline.disclosure_control.policies import DEFAULT_POLICY, POLICIES, UNDER_FIVE
from sightline.disclosure_control.primary import sensitive_cells
from sightline.statistics.tables import Geography, where


@pytest.mark.parametrize("policy", POLICIES.values(), ids=list(POLICIES))
def test_every_policy_names_its_source_its_day_and_how_sure_we_are_of_it(policy) -> None:
    assert len(policy.source) > 40 and policy.in_force_from and policy.title
    assert policy.status in ("confirmed", "assumed", "local")


@pytest.mark.parametrize(
    ("count", "is_sensitive"), [(0, False), (1, True), (2, True), (3, False), (400, False)]
)
def test_the_default_hides_one_and_two(count: int, is_sensitive: bool) -> None:
    assert DEFAULT_POLICY.is_sensitive(cell(), count) is is_sensitive


@pytest.mark.parametrize(("count", "is_sensitive"), [(0, False), (1, True), (4, True), (5, False)])
def test_the_stricter_policy_hides_under_five(count: int, is_sensitive: bool) -> None:
    assert UNDER_FIVE.is_sensitive(cell(), count) is is_sensitive


def test_nothing_is_exempt_by_default() -> None:
    assert DEFAULT_POLICY.exempt == ()
    assert DEFAULT_POLICY.is_sensitive(cell(sex="not_known"), 1)


def test_a_cell_is_exempt_only_if_all_its_values_are() -> None:
    lenient = replace(DEFAULT_POLICY, exempt=where(sex=("not_known", "not_supplied")))
    assert not lenient.is_sensitive(cell(sex="not_known"), 1)
    assert not lenient.is_sensitive(cell(sex="not_known", nature="death"), 1)
    assert lenient.is_sensitive(cell(sex=("female", "not_known")), 1)
    assert lenient.is_sensitive(cell(nature="not_known"), 1)


def test_a_width_that_leaves_an_attacker_sure_is_refused() -> None:
    with pytest.raises(ValueError, match="between 1 and 2"):
        replace(DEFAULT_POLICY, protection_width=1)


def test_regions_are_rounded_and_the_nation_and_authorities_are_not() -> None:
    assert DEFAULT_POLICY.rounds_to(cell(region="london")) == 10
    assert DEFAULT_POLICY.rounds_to(cell(), Geography.REGIONAL) == 10
    assert DEFAULT_POLICY.rounds_to(cell(), Geography.NATIONAL) == 1
    assert DEFAULT_POLICY.rounds_to(cell(authority="E06000001"), Geography.LOCAL_AUTHORITY) == 1


def test_small_counts_are_sensitive_whether_or_not_they_are_printed() -> None:
    counts = {cell(sex="f"): 1, cell(sex="m"): 30, cell(): 31, cell(rest="yes"): 2, cell(age="u"): 0}
    assert sensitive_cells(counts, policy=DEFAULT_POLICY) == {cell(sex="f"), cell(rest="yes")}
