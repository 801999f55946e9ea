"""XML from anybody, with nothing in it obeyed."""

from pathlib import Path

import pytest

from sightline.intake.declaration import CannotBeRead
from sightline.intake.reading import markup
from sightline.intake.reading.markup import each, elements, first
from sightline.intake.sources import Source

RETURN = """<?xml version="1.0" encoding="utf-8"?>
<!-- made by hand -->
<Message xmlns="urn:returns" xmlns:x="urn:more">
  <Header><Year>2026</Year></Header>
  <Children>
    <Child x:seen="yes">
      <Name><Surname> Moss </Surname></Name>
      <Plan><On>2026-01-02</On></Plan>
      <Plan kind="second"><On>2026-02-03</On></Plan>
    </Child>
    <Child/>
  </Children>
</Message>
"""


@pytest.fixture
def file(tmp_path: Path):
    def written(content: bytes | str) -> Source:
        path = tmp_path / "return.xml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Source(path)

    return written


def why_unreadable(source: Source) -> tuple[str, int]:
    with pytest.raises(CannotBeRead) as caught:
        list(elements(source, {"Child", "a", "Message"}))
    return caught.value.finding.rule, caught.value.finding.place.line


def test_records_come_with_their_lines_and_without_namespaces(file):
    child, empty = elements(file(RETURN), "Child")
    assert (child.table, child.place.line, empty.place.line) == ("Child", 6, 11)
    assert child.content == {
        "@seen": ["yes"],
        "Name": [{"Surname": ["Moss"]}],
        "Plan": [{"On": ["2026-01-02"]}, {"@kind": ["second"], "On": ["2026-02-03"]}],
    }
    assert first(child.content, "Name", "Surname") == "Moss"
    assert first(child.content, "Name", "Forename") == ""
    assert each(child.content, "Plan", "On") == ["2026-01-02", "2026-02-03"]


def test_the_start_of_a_file_shows_its_root_first(file):
    source = file(RETURN)
    assert source.xml_start()[:3] == ("Message", "Header", "Year")
    assert source.xml_namespace() == "urn:returns"
    assert source.csv_header() == ()
    assert source.json_start() is None


def test_an_element_with_attributes_still_gives_its_text(file):
    (child,) = elements(file('<a><Child><Sex code="1">Male</Sex></Child></a>'), "Child")
    assert first(child.content, "Sex") == "Male"


LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol">
 <!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
 <!ENTITY lol2 "&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;">
 <!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">
]>
<Message><Child>&lol3;</Child></Message>"""


def test_a_document_type_is_refused_before_any_entity_is_read(file):
    assert why_unreadable(file(LAUGHS)) == ("file.doctype", 1)


def test_an_entity_that_reaches_for_a_file_brings_nothing_in(file, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    source = file(
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><Message><Child>&x;</Child></Message>'
    )
    assert why_unreadable(source) == ("file.doctype", 1)


def test_a_document_type_hidden_behind_another_encoding_is_refused_too(file):
    laughs = LAUGHS.replace('version="1.0"', 'version="1.0" encoding="utf-16"')
    assert why_unreadable(file(laughs.encode("utf-16"))) == ("file.doctype", 1)


@pytest.mark.parametrize(
    ("content", "rule", "line"),
    [
        (b"", "file.empty", 0),
        (RETURN[: RETURN.index("<Plan kind")].encode(), "file.not_xml", 9),
        (RETURN.replace("Moss", "M\xf6ss").encode("latin-1"), "file.xml_encoding", 7),
        (b"id,name\n1,Ann\n", "file.not_xml", 1),
        (b"<a>&undeclared;</a>", "file.not_xml", 0),
        (b"<a>" * 400 + b"</a>" * 400, "file.not_xml", 1),
    ],
)
def test_what_is_cut_off_or_no_xml_says_so(file, content, rule, line):
    assert why_unreadable(file(content)) == (rule, line)


def test_records_before_a_cut_are_given_out_first(file):
    cut = RETURN[: RETURN.index("<Child/>")]
    stream = elements(file(cut), "Child")
    assert first(next(stream).content, "Name", "Surname") == "Moss"
    with pytest.raises(CannotBeRead):
        next(stream)


def test_an_element_that_holds_too_much_is_no_record(file, monkeypatch):
    monkeypatch.setattr(markup, "MOST_ELEMENTS_IN_A_RECORD", 10)
    assert why_unreadable(file("<Message>" + "<b/>" * 11 + "</Message>")) == ("file.large_element", 1)


def test_what_was_read_is_let_go(file, monkeypatch):
    """The tree holds what the parser has read ahead, some tens of kilobytes, however long the file is."""
    sizes: list[int] = []
    real = markup.content_of

    def counted(element):
        if element.tag == "Child" and len(sizes) < 200:
            sizes.append(sum(1 for _ in element.getroottree().getroot().iter()))
        return real(element)

    monkeypatch.setattr(markup, "content_of", counted)
    body = "<Noise><x/><x/></Noise><Child><n>1</n></Child>" * 20_000
    assert len(list(elements(file(f"<Message>{body}</Message>"), "Child"))) == 20_000
    assert max(sizes) < 6_000
