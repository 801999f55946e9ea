"""A report's document set by hand: one sentence and one table, for tests of what stands beside it."""

from sightline.publication.document.content import (
    BoundNumber,
    Cell,
    Document,
    HeadCell,
    Number,
    Paragraph,
    Row,
    Section,
    Status,
    TableBlock,
    Text,
)

MAKER = "Ana Maker"
APPROVER = "Olu Approver"
SENTENCE = "A child died in 146 incidents, and 5 working days are allowed."


def a_document(*, approved_by: str = "", table: str = "panel_likely_cause", number: int = 3) -> Document:
    """Its one table is the safe table of that name, numbered as in a longer report."""
    block = TableBlock(
        id=f"table-{table}",
        number=number,
        caption="Likely cause of death",
        row_head="Likely cause",
        head=(HeadCell("Incidents"),),
        rows=(Row("Total", (Cell((Number("panel.nature_death", "count", "146"),)),)),),
        name=table,
    )
    section = Section("summary", "Summary", (Paragraph((Text(SENTENCE),)), block))
    return Document(
        title="Serious incidents: annual report",
        subtitle="1 April 2022 to 31 March 2023",
        publisher="National body",
        status=Status(MAKER, approved_by),
        warning="The people in this report are invented.",
        sections=(section,),
        numbers=(
            BoundNumber("panel.nature_death", "count", "146", "summary", SENTENCE),
            BoundNumber("rule.notify_within", "count", "5", "summary", SENTENCE),
        ),
    )
