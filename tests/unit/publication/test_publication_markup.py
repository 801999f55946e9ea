"""Reading wording files, and laying out what a release can show of them."""

import pytest

from sightline.publication.document.layout import Grid, Stock, Words, lay_out, wording
from sightline.publication.document.markup import Kind, Passage, WordingError, read_wording

NOTHING = Stock(tables={}, built={}, present=frozenset())


def read(text: str) -> tuple[Passage, ...]:
    return read_wording(text, file="10-test.txt")


def said(text: str, *present: str) -> list[str]:
    """The lines of words that a section keeps."""
    stock = Stock(tables={}, built={}, present=frozenset(present))
    parts = lay_out([read(text)], stock)
    words = [item for part in parts for item in part.items if isinstance(item, Words)]
    return [line.text for item in words for line in item.passage.lines]


def test_a_file_is_read_line_by_line_with_its_places() -> None:
    title, paragraph, items = read("# Title\n\nOne.\nTwo.\n~ Else.\n// a note\n- item\n- another\n")
    assert (title.kind, title.text) == (Kind.TITLE, "Title")
    assert [line.text for line in paragraph.lines] == ["One.", "Two."]
    assert [line.text for line in paragraph.lines[1].alternatives] == ["Else."]
    assert paragraph.lines[1].place == "10-test.txt, line 4"
    assert [line.text for line in items.lines] == ["item", "another"]


def test_an_empty_line_ends_a_paragraph() -> None:
    assert len(read("# Title\n\nOne.\n\nTwo.\n")) == 3


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("One.\n", "begins with"),
        ("", "begins with"),
        ("# Title\n\n~ Else.\n", "directly above"),
        ("# Title\n@tabel x\n", "@tabel"),
        ("# Title\n#No space\n", "#No"),
    ],
)
def test_a_file_that_cannot_be_read_stops_the_build(text: str, what: str) -> None:
    with pytest.raises(WordingError, match=what):
        read(text)


def test_a_grid_without_rows_stops_the_build() -> None:
    with pytest.raises(WordingError, match="needs its rows"):
        lay_out([read("# Title\n\n@grid x | Caption\n\nOne.\n")], NOTHING)


def test_a_grid_has_its_rows() -> None:
    (part,) = lay_out([read("# Title\n\n@grid x | Caption\n| A | B |\n| 1 | 2 |\n")], NOTHING)
    (grid,) = part.items
    assert isinstance(grid, Grid)
    assert len(grid.rows.lines) == 2


def test_a_section_that_needs_what_is_not_there_is_left_out() -> None:
    text = "# Title\n@needs panel department\n\nOne.\n"
    assert said(text, "panel") == []
    assert said(text, "panel", "department") == ["One."]


def test_a_need_under_a_heading_holds_to_the_next_heading() -> None:
    text = "# Title\n\nOne.\n\n## Second\n@needs panel\n\nTwo.\n\n### Deeper\n\nThree.\n\n## Last\n\nFour.\n"
    assert "Two." not in said(text)
    assert "Three." not in said(text)
    assert said(text)[-1] == "Four."
    assert "Three." in said(text, "panel")


def test_the_names_of_the_shipped_sections_are_their_own() -> None:
    titles = [passages[0].lines[0].file.partition("-")[2] for passages in wording()]
    assert len(titles) == len(set(titles)) > 15
