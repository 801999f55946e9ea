"""A chronology as a Word document in the layout that reviewers use, to be written in and read back.

A landscape table, one row an entry: entry, date, time, source, what happened, who, statement, response,
comment. Rows are built as markup at once: the library's own way takes seconds for a few hundred.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from sightline.chronology.entries import Chronology
from sightline.chronology.pages.columns import COMMENT, RESPONSE, WORD_COLUMNS, Row, word_rows
from sightline.chronology.pages.sayings import fact_lines, gap_lines, heading_lines, note_lines, rest_lines
from sightline.vocabulary.periods import in_words

if TYPE_CHECKING:
    from docx.document import Document

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TWIPS = 1440 / 25.4
_SHADE_OF_REVIEWERS = "F3F2F1"


def as_docx(chronology: Chronology) -> bytes:
    """The document. What reviewers write in it comes back by `annotations.reading`."""
    from docx import Document

    document = Document()
    _lay_out(document, chronology)
    title, *about = heading_lines(chronology)
    document.add_heading(title, level=0)
    for line in about:
        document.add_paragraph(line)
    document.add_paragraph(
        "Write in the shaded columns, add rows of your own, and leave the entry numbers as they are: what "
        "you write is kept beside the source. What you change in the other columns is kept as a note, never "
        "over it."
    )
    document.add_heading("Who was asked, and what came back", level=1)
    _add_table(
        document,
        ("Kind", "Agency", "What it told", "Records"),
        (45, 55, 110, 63),
        [
            (
                line.agency_kind.label,
                line.agency_name if line.was_asked else "None",
                line.sentence,
                ", ".join(line.records),
            )
            for line in chronology.coverage
        ],
        about="Each agency that was asked, and what it told",
    )
    document.add_heading("Facts", level=1)
    _add_table(
        document,
        ("Question", "Answer", "Why"),
        (95, 25, 153),
        fact_lines(chronology),
        about="Facts and reasons",
    )
    document.add_heading("Gaps", level=1)
    gaps = gap_lines(chronology)
    for line in gaps or ["None of the lengths that are looked for."]:
        document.add_paragraph(line, style="List Bullet" if gaps else None)
    document.add_heading("Chronology", level=1)
    _append(document, _table_of(word_rows(chronology)))
    if notes := note_lines(chronology):
        document.add_heading("Reviewers' notes on the source", level=1)
        for line in notes:
            document.add_paragraph(line, style="List Bullet")
    for line in rest_lines(chronology):
        document.add_paragraph(line)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _lay_out(document: "Document", chronology: Chronology) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(12)
    section.top_margin = section.bottom_margin = Mm(15)
    for name, size in (("Normal", 10), ("Title", 24), ("Heading 1", 15), ("List Bullet", 10)):
        style: Any = document.styles[name]
        style.font.name = "Arial"
        style.font.size = Pt(size)
        style.font.color.rgb = RGBColor(0x0B, 0x0C, 0x0C)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    normal: Any = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(4)
    language = normal.element.get_or_add_rPr()
    language.append(_markup(f'<w:lang xmlns:w="{_W}" w:val="en-GB"/>'))
    properties = document.core_properties
    properties.title = heading_lines(chronology)[0]
    properties.author = "Sightline"
    properties.comments = ""
    properties.language = "en-GB"
    properties.created = properties.modified = datetime.combine(chronology.as_of, time(), UTC)
    footer = section.footer.paragraphs[0]
    footer.text = (
        f"Child {chronology.child}, as of {in_words(chronology.as_of)}. Handle as a child's record. Page "
    )
    for instruction, between in (("PAGE", " of "), ("NUMPAGES", "")):
        footer._p.append(
            _markup(
                f'<w:fldSimple xmlns:w="{_W}" w:instr="{instruction}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            )
        )
        if between:
            footer.add_run(between)


def _add_table(
    document: "Document",
    headings: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[str]],
    *,
    about: str,
) -> None:
    body = "".join(
        _row([_cell(_paragraphs(cell), width) for cell, width in zip(row, widths, strict=True)])
        for row in rows
    )
    _append(document, _table(headings, widths, body, about=about))


def _table_of(rows: Iterable[Row]) -> str:
    widths = [column.width for column in WORD_COLUMNS]
    body = "".join(
        _row(
            [
                _cell(
                    _paragraphs_of(row, column.name),
                    column.width,
                    is_reviewers=column.name in (RESPONSE, COMMENT),
                )
                for column in WORD_COLUMNS
            ]
        )
        for row in rows
    )
    return _table(
        [column.heading for column in WORD_COLUMNS],
        widths,
        body,
        about="Every entry of the chronology, by date",
    )


def _paragraphs_of(row: Row, column: str) -> str:
    if column == "entry":
        return _paragraph(row.entry, bold=True) + _paragraph(f"check {row.check}", grey=True)
    return _paragraphs(row.cell(column))


def _table(headings: Sequence[str], widths: Sequence[int], body: str, *, about: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    head = _row(
        [
            _cell(_paragraph(heading, bold=True), width)
            for heading, width in zip(headings, widths, strict=True)
        ],
        is_head=True,
    )
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B1B4B6"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f'<w:{side} w:w="{size}" w:type="dxa"/>'
        for side, size in (("top", 40), ("left", 70), ("bottom", 40), ("right", 70))
    )
    return (
        f'<w:tbl xmlns:w="{_W}"><w:tblPr><w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1"/>'
        f"<w:tblCaption w:val={quoteattr(about)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )


def _row(cells: Sequence[str], *, is_head: bool = False) -> str:
    """A row that is not broken over pages where it fits on one; a heading row is repeated on each page."""
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(paragraphs: str, width: int, *, is_reviewers: bool = False) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_SHADE_OF_REVIEWERS}"/>' if is_reviewers else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{shade}</w:tcPr>{paragraphs}</w:tc>'


def _paragraphs(text: str) -> str:
    return "".join(_paragraph(line) for line in text.split("\n"))


@lru_cache(maxsize=1024)
def _paragraph(text: str, *, bold: bool = False, grey: bool = False) -> str:
    look = ("<w:b/>" if bold else "") + ('<w:color w:val="505A5F"/>' if grey else "")
    return (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="20"/></w:pPr><w:r>'
        f'<w:rPr>{look}<w:sz w:val="16"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def _append(document: "Document", table: str) -> None:
    """Before the section's properties, which must stay last, and with room after it."""
    document.add_paragraph()._p.addprevious(_markup(table))


def _markup(markup: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(markup)


def _twips(millimetres: int) -> int:
    return round(millimetres * _TWIPS)
