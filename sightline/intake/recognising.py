"""Which format a file is in, and whether it may be this agency's."""

from collections.abc import Iterable, Sequence

from sightline.intake.declaration import CannotBeRead, Format, Rule
from sightline.intake.formats import all_formats
from sightline.intake.reading.faults import cannot_be_read
from sightline.intake.sources import Source
from sightline.vocabulary.findings import Place, Severity

NO_FORMAT = Rule(
    "file.no_format",
    Severity.ERROR,
    "No format takes this file. Its start shows {start}. “sightline intake formats” lists what can be read; "
    "a mapping makes a known format of columns named otherwise.",
)
SEVERAL_FORMATS = Rule(
    "file.several_formats",
    Severity.ERROR,
    "More than one format takes this file: {candidates}. Say with --format which is meant.",
)
UNKNOWN_FORMAT = Rule(
    "file.unknown_format", Severity.ERROR, "There is no format “{name}”. There are: {candidates}."
)
OTHER_FORMAT = Rule(
    "file.other_format",
    Severity.ERROR,
    "This file is not in the format {name}{hint}. Its start shows {start}.",
)


def format_of(source: Source, *, named: str = "", is_mapped: bool = False) -> Format:
    """The one format that takes the file, or the one named. Raises `CannotBeRead`, which names candidates.

    A mapping says itself which format it leads to; the format then tells what is missing.
    """
    if source.size == 0:
        raise cannot_be_read("empty", source.name)
    formats = all_formats()
    place = Place(source.name)
    if named and named not in {each.name for each in formats}:
        raise CannotBeRead(UNKNOWN_FORMAT.at(place, name=named, candidates=_names(formats)))
    form = next((each for each in formats if each.name == named), None)
    if is_mapped and form and len(form.tables) == 1:
        return form
    taking = [each for each in formats if each.recognises(source)]
    if named:
        if named not in {each.name for each in taking}:
            hint = f"; it looks like {_names(taking)}" if taking else ""
            raise CannotBeRead(OTHER_FORMAT.at(place, name=named, hint=hint, start=start_of(source)))
        return next(each for each in taking if each.name == named)
    if not taking:
        if source.is_old_workbook:
            raise cannot_be_read("old_workbook", source.name)
        if source.is_damaged_text:
            raise cannot_be_read("nul_byte", source.name, source.head.split(b"\0", 1)[0].count(b"\n") + 1)
        raise CannotBeRead(NO_FORMAT.at(place, start=start_of(source)))
    if len(taking) > 1:
        raise CannotBeRead(SEVERAL_FORMATS.at(place, candidates=_names(taking)))
    return taking[0]


def _names(formats: Iterable[Format]) -> str:
    return ", ".join(each.name for each in formats)


def start_of(source: Source) -> str:
    """What kind of file it is. Never its words: the first line of a file without a header is somebody's."""
    if elements := source.xml_start():
        return f"XML with the root element “{_short(elements[:1])}”"
    if source.is_workbook:
        return "a workbook of other sheets"
    if source.is_packed:
        return "a zip file, such as a workbook under another name"
    if (keys := source.json_start()) is not None:
        return f"JSON with {len(keys)} names at its top"
    if columns := source.csv_header():
        return f"a table of {len(columns)} columns" if len(columns) > 1 else "text without columns"
    return "neither a table nor XML, JSON or a workbook"


def _short(names: Sequence[str]) -> str:
    return ", ".join(name[:40] for name in names)
