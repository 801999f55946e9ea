"""Passages of wording set as blocks: what is said, what is left out, what is said to be withheld."""

from dataclasses import replace

import pytest
from wordings import a_count, facts_of

from sightline.publication.document.binding import Facts
from sightline.publication.document.content import (
    BulletList,
    Definitions,
    KeyFigures,
    Paragraph,
    TableBlock,
    plain,
)
from sightline.publication.document.markup import Passage, WordingError, read_wording
from sightline.publication.document.passages import Said, say, say_grid


@pytest.fixture(scope="module")
def facts() -> Facts:
    return facts_of(a_count("nature_death", 146), a_count("nature_other", 2), known=("panel.not_asked",))


def passages(text: str) -> tuple[Passage, ...]:
    return read_wording(f"# Title\n\n{text}\n", file="10-test.txt")[1:]


def said(text: str, facts: Facts) -> Said:
    (passage,) = passages(text)
    return say(passage, facts, section="test")


def test_sentences_of_a_paragraph_are_joined(facts: Facts) -> None:
    made = said("{panel.nature_death:count} incidents.\nNo more.", facts)
    assert isinstance(made.block, Paragraph)
    assert plain(made.block.spans) == "146 incidents. No more."
    assert [number.ref for number in made.numbers] == ["panel.nature_death"]


def test_a_withheld_number_is_said_to_be_withheld(facts: Facts) -> None:
    made = said("{panel.nature_other:count} incidents.", facts)
    assert isinstance(made.block, Paragraph)
    assert plain(made.block.spans) == (
        "Some figures on those that are nature_other are withheld, so that nobody can work out a "
        "protected number."
    )
    assert made.numbers == ()


def test_what_is_withheld_of_one_subject_is_said_once_and_in_plain_words(facts: Facts) -> None:
    other = facts_of(
        *(
            replace(a_count(name, 2), sentence=f"Children by health (first listed): {name}. A “reading”")
            for name in ("yes", "no")
        )
    )
    made = said("- {panel.yes:count} incidents.\n- {panel.no:count} incidents.", other)
    assert isinstance(made.block, BulletList)
    (only,) = map(plain, made.block.items)
    assert only.startswith("Some figures on children by health are withheld")


def test_a_count_that_a_table_prints_is_said_without_its_withheld_share() -> None:
    text = "{panel.known:count} incidents ({panel.known:percent}) were known."
    hidden_base = facts_of(a_count("known", 85, base=2))
    cell = hidden_base.figures["panel.known"].cell
    assert cell is not None and hidden_base.figures["panel.known"].symbol is not None
    made = said(text, replace(hidden_base, printed={cell: 85}))
    assert isinstance(made.block, Paragraph)
    assert plain(made.block.spans) == "85 incidents were known."
    withheld = said(text, hidden_base).block
    assert isinstance(withheld, Paragraph) and "withheld" in plain(withheld.spans)


def test_what_was_not_counted_is_left_out(facts: Facts) -> None:
    made = said("- {panel.not_asked:count} incidents.\n- {panel.nature_death:count} incidents.", facts)
    assert isinstance(made.block, BulletList)
    assert [plain(item) for item in made.block.items] == ["146 incidents."]
    assert said("{panel.not_asked:count} incidents.", facts).block is None


def test_a_headline_whose_number_is_withheld_is_left_out(facts: Facts) -> None:
    made = said(
        "= {panel.nature_other:count} | incidents\n= {panel.nature_death:percent} | of incidents ended so",
        facts,
    )
    assert isinstance(made.block, KeyFigures)
    assert [(plain(f.number), plain(f.words)) for f in made.block.figures] == [
        ("37%", "of incidents ended so")
    ]


def test_a_term_has_its_meaning(facts: Facts) -> None:
    made = said(": Base | What a share is of.", facts)
    assert isinstance(made.block, Definitions)
    assert made.block.entries[0].term == "Base"
    assert plain(made.block.entries[0].meaning) == "What a share is of."


@pytest.mark.parametrize("text", ["= {panel.nature_death:count} incidents", ": a | b | c"])
def test_a_line_of_two_sides_needs_one_bar(facts: Facts, text: str) -> None:
    with pytest.raises(WordingError, match="two sides"):
        said(text, facts)


GRID = """@grid ways | From {=period}
| What | Incidents |
| Death | {panel.nature_death:count} incidents |
| Other | {panel.nature_other:count} incidents |
| Nobody asked | {panel.not_asked:count} incidents |"""


def test_a_grid_marks_the_withheld_and_leaves_out_what_was_not_counted(facts: Facts) -> None:
    head, rows = passages(GRID)
    made = say_grid(head, rows, facts, section="test", number=4)
    assert isinstance(made.block, TableBlock)
    assert made.block.caption == "From 1 April 2022 to 31 March 2023"
    assert made.block.label == "Table 4"
    assert [(row.label, row.cells[0].text) for row in made.block.rows] == [
        ("Death", "146 incidents"),
        ("Other", "c"),
    ]
    assert [symbol.value for symbol in made.block.symbols] == ["c"]


def test_a_cell_may_leave_its_unit_to_the_head_of_its_column(facts: Facts) -> None:
    head, rows = passages("@grid x | y\n| What | Incidents |\n| Death | {panel.nature_death:count} |")
    assert say_grid(head, rows, facts, section="test", number=1).block is not None
    head, rows = passages("@grid x | y\n| What | Children |\n| Death | {panel.nature_death:count} |")
    with pytest.raises(WordingError, match="Children"):
        say_grid(head, rows, facts, section="test", number=1)


def test_a_row_with_too_few_cells_stops_the_build(facts: Facts) -> None:
    head, rows = passages("@grid x | y\n| What | Incidents | More |\n| Death | none |")
    with pytest.raises(WordingError, match="as many cells"):
        say_grid(head, rows, facts, section="test", number=1)
