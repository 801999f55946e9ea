"""JSON within limits."""

from pathlib import Path

import pytest

from sightline.intake.declaration import CannotBeRead
from sightline.intake.reading import documents
from sightline.intake.sources import Source


@pytest.fixture
def file(tmp_path: Path):
    def written(content: bytes) -> Source:
        path = tmp_path / "payload.json"
        path.write_bytes(content)
        return Source(path)

    return written


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_value_is_read_in_every_encoding_json_allows(file, encoding):
    assert documents.json_of(file('{"name": "Zoë"}'.encode(encoding))) == {"name": "Zoë"}


@pytest.mark.parametrize(
    ("content", "rule", "line"),
    [
        (b"", "file.empty", 0),
        (b'{"a": 1,\n "b": [1, 2', "file.not_json", 2),
        (b'{"a": NaN}', "file.not_json", 1),
        (b"{'a': 1}", "file.not_json", 1),
        (b'{"a": "\xff\xfe\xfa"}', "file.encoding_unknown", 1),
        (b"[" * 100_000, "file.deep_json", 1),
        (b"[" * 61 + b"]" * 61, "file.deep_json", 1),
        (b'{"a": ' + b"9" * 10_000 + b"}", "file.not_json", 1),
    ],
)
def test_what_cannot_be_read_says_why_and_where(file, content, rule, line):
    with pytest.raises(CannotBeRead) as caught:
        documents.json_of(file(content))
    assert (caught.value.finding.rule, caught.value.finding.place.line) == (rule, line)


def test_a_value_past_the_limit_is_not_read_at_all(file, monkeypatch):
    monkeypatch.setattr(documents, "LARGEST_VALUE", 10)
    with pytest.raises(CannotBeRead) as caught:
        documents.json_of(file(b'{"a": "longer than ten"}'))
    assert caught.value.finding.rule == "file.large_json"


def test_lines_are_records_with_their_lines(file):
    rows = list(documents.json_lines(file(b'{"id": 1}\n\n{"id": 2}\n')))
    assert [(raw.place.line, raw.content) for raw in rows] == [(1, {"id": 1}), (3, {"id": 2})]
    with pytest.raises(CannotBeRead):
        list(documents.json_lines(file(b"[1]\n")))


@pytest.mark.parametrize(
    ("content", "keys"),
    [
        (b'{"la": 1, "Children": [{"id": {"deep": 1}}], "last": "a \\" {"}', ("la", "Children", "last")),
        (b'[{"id": 1, "name": "x"}, {"other": 2}]', ("id", "name")),
        (b'[["id"]]', ()),
        (b"[]", ()),
        (b"{", ()),
        (b"id,name", None),
        (b"<a/>", None),
    ],
)
def test_the_start_shows_the_names_at_the_top(file, content, keys):
    assert file(content).json_start() == keys
