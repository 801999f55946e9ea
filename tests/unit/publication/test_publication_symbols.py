"""What symbols and sources say to readers."""

from dataclasses import replace

from releases import a_safe_release

from sightline.disclosure_control.policies import DEFAULT_POLICY
from sightline.disclosure_control.safe import Symbol
from sightline.publication.document.report_tables import source_of
from sightline.publication.symbols import MEANINGS, symbols_of


def test_only_the_symbols_that_a_release_can_hold_are_explained() -> None:
    assert Symbol.ROUNDS_TO_ZERO not in symbols_of(DEFAULT_POLICY)
    assert Symbol.ROUNDS_TO_ZERO_SENSITIVE in symbols_of(DEFAULT_POLICY)
    other = replace(DEFAULT_POLICY, rounds_to_zero=Symbol.ROUNDS_TO_ZERO)
    assert Symbol.ROUNDS_TO_ZERO in symbols_of(other)
    assert Symbol.ROUNDS_TO_ZERO_SENSITIVE not in symbols_of(other)
    unrounded = replace(DEFAULT_POLICY, rounding={}, rounded_variables={})
    assert set(MEANINGS) - set(symbols_of(unrounded)) == {
        Symbol.ROUNDS_TO_ZERO,
        Symbol.ROUNDS_TO_ZERO_SENSITIVE,
    }


def test_a_source_names_no_layout() -> None:
    sources = {source_of(table) for table in a_safe_release().tables}
    assert sources <= {"the register", "the register, coded from the rapid reviews"}
