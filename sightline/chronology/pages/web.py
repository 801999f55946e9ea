"""A chronology as one web page that stands on its own: no script, no font and no other file is fetched."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from sightline.chronology.entries import Chronology, Entry, Fact, ReviewersNote
from sightline.chronology.pages.columns import (
    COMMENT,
    RESPONSE,
    details_of,
    difference_lines,
    quoted,
    response_of,
    said_by,
    who_of,
)
from sightline.chronology.pages.sayings import heading_lines, note_lines, rest_lines, shown_when
from sightline.vocabulary.codes import YesNoNotKnown
from sightline.vocabulary.events import EventSensitivity, StatementType
from sightline.vocabulary.periods import in_words


def as_html(chronology: Chronology) -> str:
    title, *about = heading_lines(chronology)
    shown = {entry.number for entry in chronology.entries}
    return (
        _environment()
        .get_template("chronology.html")
        .render(
            chronology=chronology,
            title=title,
            about=about,
            rest=rest_lines(chronology),
            notes=note_lines(chronology),
            written=_written(chronology.notes),
            # Our own sheet, read from the package; a browser would read “&gt;” in it as it stands.
            css=Markup(_css()),  # noqa: S704
            is_shown=shown.__contains__,
            years=_years(chronology.entries),
        )
    )


def _written(notes: tuple[ReviewersNote, ...]) -> dict[str, list[ReviewersNote]]:
    written: dict[str, list[ReviewersNote]] = {}
    for note in notes:
        if note.column in (RESPONSE, COMMENT) and note.words and note.entry:
            written.setdefault(note.entry, []).append(note)
    return written


def _years(entries: tuple[Entry, ...]) -> list[tuple[str, list[Entry]]]:
    """Entries under the year they are in; those without a date under that."""
    years: dict[str, list[Entry]] = {}
    for entry in entries:
        years.setdefault(str(entry.on.year) if entry.on else "Date not known", []).append(entry)
    return list(years.items())


def _tag_of(fact: Fact) -> str:
    return {YesNoNotKnown.YES: "yes", YesNoNotKnown.NO: "no"}.get(fact.answer, "not-known")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sightline.chronology.pages"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        in_words=in_words,
        when=shown_when,
        details=details_of,
        differences=difference_lines,
        quoted=quoted,
        said_by=said_by,
        who=who_of,
        response=response_of,
        tag=_tag_of,
    )
    environment.globals.update(
        FACT=StatementType.FACT, ORDINARY=EventSensitivity.ORDINARY, SENSITIVE=EventSensitivity.SENSITIVE
    )
    return environment


@cache
def _css() -> str:
    sheet = files("sightline.chronology.pages").joinpath("styles/chronology.css")
    return sheet.read_text(encoding="utf-8").strip()
