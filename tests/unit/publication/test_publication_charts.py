"""Charts as data: what is drawn of a table, in what order, and what happens when it cannot be drawn."""

import pytest
from releases import a_safe_release

from sightline.publication.document.chart_blocks import chart_block
from sightline.publication.document.content import ChartBlock
from sightline.publication.pages.charts import PALETTE, specification
from sightline.publication.pages.drawing import DrawingFailed, draw_all


def block_of(name: str, *, by_size: bool = False) -> ChartBlock:
    table = next(table for table in a_safe_release().tables if table.name == name)
    return chart_block(table, number=1, by_size=by_size)


def test_palette_is_the_analysis_functions() -> None:
    afcharts = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
    assert afcharts == PALETTE


def test_totals_are_not_drawn() -> None:
    assert [mark.label for mark in block_of("panel_likely_cause").marks] == ["Suicide", "Neglect"]


def test_by_size_puts_the_longest_bar_first() -> None:
    chart = block_of("panel_likely_cause", by_size=True)
    assert [(mark.label, mark.value) for mark in chart.marks] == [("Neglect", 106), ("Suicide", 40)]


def test_the_summary_gives_the_longest_bars_and_says_how_many_numbers_are_withheld() -> None:
    assert "The longest bar is Neglect, at 106." in block_of("panel_likely_cause").summary
    crossed = block_of("panel_age_by_nature")
    series = {mark.series for mark in crossed.marks if mark.value is None}
    assert series
    assert not any(f"The longest bar for {name} is" in crossed.summary for name in series)
    assert "The longest bar for Child death, of those shown, is Unknown, at 26." in crossed.summary
    withheld = sum(mark.value is None for mark in crossed.marks)
    assert f"{withheld} numbers are withheld." in crossed.summary


def test_a_withheld_number_has_no_length_and_shows_its_symbol() -> None:
    chart = block_of("panel_age_by_nature")
    withheld = [mark for mark in chart.marks if mark.value is None]
    assert withheld
    assert {mark.shown for mark in withheld} == {"c"}
    assert any("withheld" in sentence for sentence in chart.description)
    data = specification(chart)["data"]["values"]
    assert sum(each["shown"] == "c" for each in data) == len(withheld)


def test_a_table_of_one_column_makes_bars_and_a_crossed_one_panels() -> None:
    assert block_of("panel_likely_cause").kind == "bars"
    assert block_of("department_quarter_by_nature").kind == "panels"


def test_nothing_to_draw_draws_nothing() -> None:
    assert draw_all({}) == {}


def test_a_specification_that_cannot_be_drawn_says_so() -> None:
    with pytest.raises(DrawingFailed):
        draw_all({"broken": {"mark": {"type": "no such mark"}, "data": {"values": []}}})
