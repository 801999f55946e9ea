"""A coefficient is tied to the count of pairs that agree: who knows the one can work out the other."""

from datetime import date
from pathlib import Path

import sightline.register
from sightline.disclosure_control.protect import protect
from sightline.register.reading import read_register
from sightline.statistics.releases import count_release
from sightline.statistics.tables import Statistic
from sightline.vocabulary.periods import financial_year

EXAMPLE = Path(sightline.register.__file__).parent / "example" / "2022-23"


def test_every_coefficient_carries_the_cell_of_its_agreeing_pairs() -> None:
    register = read_register(EXAMPLE, as_of=date(2026, 1, 1)).register
    assert register is not None
    counted = count_release(register, counting="panel", period=financial_year(2022))
    agreeing = {each.ref: each.cell for each in counted.figures if each.name.endswith("_coders_agree")}
    coefficients = [each for each in counted.figures if each.statistic is Statistic.COEFFICIENT]
    assert coefficients
    for each in coefficients:
        for suffix in ("_cohens_kappa", "_krippendorffs_alpha", "_gwets_ac1"):
            if each.ref.endswith(suffix):
                assert each.cell == agreeing[each.ref.removesuffix(suffix) + "_coders_agree"]
    safe = protect(counted)
    hidden = {ref for ref in agreeing if safe.figures[ref].symbol}
    for ref in hidden:
        assert safe.figures[ref.replace("_coders_agree", "_cohens_kappa")].symbol
