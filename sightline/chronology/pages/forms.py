"""Every form in which a chronology is given out, by name."""

from collections.abc import Callable, Mapping

from sightline.chronology.entries import Chronology
from sightline.vocabulary.codes import Code


class Form(Code):
    TEXT = "text", "Plain text"
    CSV = "csv", "CSV, one row an account"
    JSON = "json", "JSON, all of it"
    HTML = "html", "One web page"
    DOCX = "docx", "Word table for reviewers"


def in_form(chronology: Chronology, form: Form) -> bytes:
    """The file's bytes; text is UTF-8."""
    return _MAKERS[form](chronology)


def _text(chronology: Chronology) -> bytes:
    from sightline.chronology.pages.plain import as_text

    return as_text(chronology).encode()


def _csv(chronology: Chronology) -> bytes:
    from sightline.chronology.pages.comma_separated import as_csv

    return as_csv(chronology).encode()


def _json(chronology: Chronology) -> bytes:
    from sightline.chronology.pages.structured import as_json

    return as_json(chronology).encode()


def _html(chronology: Chronology) -> bytes:
    from sightline.chronology.pages.web import as_html

    return as_html(chronology).encode()


def _docx(chronology: Chronology) -> bytes:
    from sightline.chronology.pages.word import as_docx

    return as_docx(chronology)


_MAKERS: Mapping[Form, Callable[[Chronology], bytes]] = {
    Form.TEXT: _text,
    Form.CSV: _csv,
    Form.JSON: _json,
    Form.HTML: _html,
    Form.DOCX: _docx,
}
