"""Records of an XML file, streamed. Nothing in the file is obeyed: no entity, no document type, no network.

What lies between the records is dropped as it is read, so that memory holds one record at a time. Names come
without their namespaces.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from lxml import etree

from sightline.intake.declaration import RawRecord
from sightline.intake.reading.faults import cannot_be_read
from sightline.intake.sources import Source
from sightline.vocabulary.findings import Place

MOST_ELEMENTS_IN_A_RECORD = 20_000
TEXT = "#text"
"""The key of an element's own text where it has attributes too."""

_ENCODING_ERRORS = frozenset(
    {
        etree.ErrorTypes.ERR_INVALID_CHAR,
        etree.ErrorTypes.ERR_INVALID_ENCODING,
        etree.ErrorTypes.ERR_UNKNOWN_ENCODING,
        etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING,
    }
)


def elements(source: Source, tag: str | Collection[str]) -> Iterator[RawRecord]:
    """Every element of one of these names, outermost first, in the file's order. Raises `CannotBeRead`.

    Its content is `{child: [text or nested content, …]}`, with attributes as “@name”.
    """
    wanted = {tag} if isinstance(tag, str) else set(tag)
    if source.size == 0:
        raise cannot_be_read("empty", source.name)
    with source.path.open("rb") as file:
        events = etree.iterparse(
            file,
            events=("start", "end"),
            load_dtd=False,
            no_network=True,
            resolve_entities=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            yield from _records(events, wanted, source.name)
        except etree.XMLSyntaxError as error:
            line = error.lineno or 0
            name = "xml_encoding" if error.code in _ENCODING_ERRORS else "not_xml"
            raise cannot_be_read(name, source.name, line) from None


def _records(events: "etree.iterparse[Any]", wanted: Collection[str], name: str) -> Iterator[RawRecord]:
    record: Any = None
    is_first, held = True, 0
    for event, element in events:
        if is_first:
            is_first = False
            info = element.getroottree().docinfo
            if info.doctype or info.internalDTD is not None:
                raise cannot_be_read("doctype", name, 1)
        if event == "start":
            if record is not None:
                held += 1
                if held > MOST_ELEMENTS_IN_A_RECORD:
                    line = record.sourceline or 0
                    raise cannot_be_read("large_element", name, line, limit=MOST_ELEMENTS_IN_A_RECORD)
            elif local_name(element.tag) in wanted:
                record, held = element, 0
        elif record is None:
            _drop(element)
        elif element is record:
            content = content_of(element)
            yield RawRecord(
                Place(name, element.sourceline or 0),
                local_name(element.tag),
                content if isinstance(content, Mapping) else {TEXT: [content]},
            )
            record = None
            _drop(element)


def _drop(element: Any) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def content_of(element: Any) -> dict[str, list[Any]] | str:
    """The element's text, or its children and attributes by name."""
    attributes = element.attrib
    if not len(element) and not attributes:
        return (element.text or "").strip()
    content: dict[str, list[Any]] = {}
    for name, value in attributes.items():
        content[f"@{local_name(name)}"] = [value.strip()]
    for child in element:
        content.setdefault(local_name(child.tag), []).append(content_of(child))
    if own := (element.text or "").strip():
        content[TEXT] = [own]
    return content


def local_name(tag: Any) -> str:
    """“Child” of “{http://…}Child”."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def first(content: Mapping[str, Any], *path: str) -> str:
    """The text at the first place that has this path, such as “ChildIdentifiers”, “Surname”; or “”."""
    for found in each(content, *path):
        text = found.get(TEXT, [""])[0] if isinstance(found, Mapping) else found
        if text:
            return str(text)
    return ""


def each(content: Mapping[str, Any], *path: str) -> list[Any]:
    """Everything at this path: texts, or nested contents."""
    level: list[Any] = [content]
    for name in path:
        level = [found for one in level if isinstance(one, Mapping) for found in one.get(name, ())]
    return level
