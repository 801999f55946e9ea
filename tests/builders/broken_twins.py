"""Broken twins of any file: what goes wrong on the way, and what somebody might send on purpose.

A twin that `must_be_refused` cannot be taken whatever its format; any other is taken with counts that balance
or refused with a finding, but never half of it and never with a traceback.
"""

import io
import os
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

Change = Callable[[bytes], bytes]

LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'ha'>%s]>" % b"".join(
    b"<!ENTITY %c '%s'>" % (98 + level, b"&%c;" % (97 + level) * 10) for level in range(12)
)
DEEP = 100_000
LONG = 3 << 20


@dataclass(frozen=True)
class Twin:
    name: str
    change: Change
    must_be_refused: bool = False
    suffix: str = ""

    def beside(self, path: Path, folder: Path) -> Path:
        made = folder / (path.name if not self.suffix else f"{path.stem}{self.suffix}")
        made.write_bytes(self.change(path.read_bytes()))
        return made


def twins_of(path: Path) -> Iterator[Twin]:
    content = path.read_bytes()
    yield Twin("empty", lambda content: b"", must_be_refused=True)
    yield Twin("one byte", lambda content: content[:1], must_be_refused=True)
    yield Twin("noughts", lambda content: bytes(len(content)), must_be_refused=True)
    if content.startswith(b"PK"):
        yield from _workbooks()
    elif content.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<"):
        yield from _any_text()
        yield from _markup()
    elif content.lstrip(b"\xef\xbb\xbf \r\n").startswith((b"{", b"[")):
        yield from _any_text()
        yield from _json()
    else:
        yield from _any_text()
        yield from _tables()


def _cut(part: float) -> Change:
    return lambda content: content[: int(len(content) * part)]


def _any_text() -> Iterator[Twin]:
    for part in (0.1, 0.5, 0.9):
        yield Twin(f"cut off after {part:.0%}", _cut(part))
    yield Twin("without its last byte", lambda content: content.rstrip()[:-1])
    yield Twin("UTF-16", lambda content: _text(content).encode("utf-16"))
    yield Twin("UTF-16 unmarked", lambda content: _text(content).encode("utf-16-le"), must_be_refused=True)
    yield Twin("Windows-1252", lambda content: _accented(content).encode("cp1252", "replace"))
    yield Twin("no encoding", lambda content: content[: len(content) // 2] + b"\x81\x8d" + content, True)
    yield Twin("NUL bytes", lambda content: content[: len(content) // 2] + b"\0\0\0" + content[-50:], True)
    yield Twin("marked twice", lambda content: b"\xef\xbb\xbf\xef\xbb\xbf" + content)
    yield Twin("CR alone", lambda content: content.replace(b"\r\n", b"\n").replace(b"\n", b"\r"))
    yield Twin("days of 1900", _days("1900"))
    yield Twin("days of 2099", _days("2099"))
    yield Twin("days of 0000", _days("0000"))
    yield Twin("a workbook by name", lambda content: content, suffix=".xlsx")
    yield Twin("nothing but spaces", lambda content: b" \n" * 5_000, must_be_refused=True)
    yield Twin("a picture", lambda content: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, True)


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig", "replace")


def _accented(content: bytes) -> str:
    """The same with an accented letter in the first long word after the header."""
    text = _text(content)
    half = len(text) // 2
    return text[:half] + re.sub(r"\b([A-Z][a-z]{3,})\b", "Zoë", text[half:], count=1) or text + "ë"


def _days(year: str) -> Change:
    def change(content: bytes) -> bytes:
        iso = re.sub(rb"\b(?:19|20)\d\d([-/](?:\d\d|[A-Z][a-z]{2})[-/]\d\d)", year.encode() + rb"\1", content)
        return re.sub(rb"(\d\d/\d\d/)(?:19|20)\d\d\b", rb"\g<1>" + year.encode(), iso)

    return change


def _tables() -> Iterator[Twin]:
    def header_of(content: bytes) -> tuple[bytes, bytes]:
        header, end, rest = content.partition(b"\n")
        return header + end, rest

    def renamed(content: bytes) -> bytes:
        header, rest = header_of(content)
        return re.sub(rb"\w+", b"zz_\\g<0>", header) + rest

    def formulas(content: bytes) -> bytes:
        header, rest = header_of(content)
        row, end, others = rest.partition(b"\n")
        cells = [b"=cmd|'/c calc'!A1" if b'"' not in row else cell for cell in row.split(b",")]
        return header + b",".join(cells) + end + others

    def doubled(content: bytes) -> bytes:
        _, rest = header_of(content)
        return content.rstrip(b"\r\n") + b"\n" + rest

    yield Twin("columns renamed", renamed, must_be_refused=True)
    yield Twin("no header", lambda content: header_of(content)[1], must_be_refused=True)
    yield Twin("header alone", lambda content: header_of(content)[0])
    yield Twin("header twice", lambda content: header_of(content)[0] + content)
    yield Twin("a column twice", lambda content: b",".join([content.split(b",")[0], content]), True)
    yield Twin("formulas", formulas)
    yield Twin("rows doubled", doubled)
    yield Twin("a row short", lambda content: content.rstrip() + b"\nx,y\n")
    yield Twin("a row of commas", lambda content: content.rstrip() + b"\n" + b"," * 50_000 + b"\n")
    yield Twin("quotation left open", lambda content: content.rstrip() + b'\n"x,y\n', True)
    yield Twin("a line without end", lambda content: content + b"x" * LONG, must_be_refused=True)
    yield Twin("markup by name", lambda content: content, suffix=".xml")


def _markup() -> Iterator[Twin]:
    def before_root(more: bytes) -> Change:
        def change(content: bytes) -> bytes:
            place = re.search(rb"<(?![?!])", content)
            return content[: place.start()] + more + content[place.start() :] if place else content

        return change

    def entity_in(declared: bytes) -> Change:
        def change(content: bytes) -> bytes:
            told = before_root(declared)(content)
            return re.sub(rb">([A-Za-z]{3,})</", b">&m;</", told, count=1)

        return change

    def in_a_record(more: bytes) -> Change:
        def change(content: bytes) -> bytes:
            texts = list(re.finditer(rb">[^<>]*[A-Za-z0-9][^<>]*</", content))
            middle = texts[len(texts) // 2]
            return content[: middle.start() + 1] + more + content[middle.end() - 2 :]

        return change

    file = f"file://{Path(__file__)}".encode()
    for name, declared in (
        ("billion laughs", LAUGHS.replace(b"ENTITY l ", b"ENTITY m ")),
        ("external entity", b"<!DOCTYPE x [<!ENTITY m SYSTEM '%s'>]>" % file),
        ("parameter entity", b"<!DOCTYPE x [<!ENTITY %% m SYSTEM '%s'> %%m;]>" % file),
        ("external document type", b"<!DOCTYPE x SYSTEM '%s'>" % file),
        ("plain document type", b"<!DOCTYPE x>"),
    ):
        yield Twin(name, entity_in(declared), must_be_refused=True)
    yield Twin("cut off at a tag", lambda content: content[: content.rindex(b"</")], must_be_refused=True)
    yield Twin("wrong encoding named", _encoding_named(b"UTF-16"), must_be_refused=True)
    yield Twin("unknown encoding named", _encoding_named(b"KLINGON"), must_be_refused=True)
    yield Twin("another root", lambda content: _root_renamed(content), must_be_refused=True)
    yield Twin("nested without end", in_a_record(b"<a>" * DEEP), must_be_refused=True)
    yield Twin("a cell without end", in_a_record(b"x" * (11 << 20)), must_be_refused=True)
    yield Twin("a record without end", in_a_record(b"<a>1</a>" * 50_000))
    yield Twin("an attribute without end", in_a_record(b"<a b='%s'/>" % (b"x" * (11 << 20))), True)
    yield Twin("two roots", lambda content: content + content[content.index(b"<", 5) :], must_be_refused=True)
    yield Twin("everything twice inside", _children_doubled)


def _encoding_named(name: bytes) -> Change:
    def change(content: bytes) -> bytes:
        rest = re.sub(rb"^\s*(?:\xef\xbb\xbf)?<\?.*?\?>", b"", content, count=1)
        return b"<?xml version='1.0' encoding='%s'?>" % name + rest

    return change


def _root_renamed(content: bytes) -> bytes:
    root = re.search(rb"<([A-Za-z]\w*)", content)
    return re.sub(rb"(</?)%s\b" % root[1], rb"\1Zz", content) if root else content


def _children_doubled(content: bytes) -> bytes:
    """The last child of the root, with all that is in it, a second time."""
    end = content.rindex(b"</")
    closing = re.findall(rb"</(\w+)>", content[:end])
    if not closing:
        return content
    start = content.index(b"<%s" % closing[-1])
    return content[:end] + content[start:end] + content[end:]


def _json() -> Iterator[Twin]:
    def first_text(more: bytes) -> Change:
        return lambda content: re.sub(rb':\s*"[^"]*"', lambda found: b": " + more, content, count=1)

    def every_text(more: bytes) -> Change:
        return lambda content: re.sub(rb'(:\s*)"[^"]*"', lambda found: found[1] + more, content)

    yield Twin("nested without end", first_text(b"[" * DEEP), must_be_refused=True)
    yield Twin("deep", first_text(b"[" * 500 + b"]" * 500), must_be_refused=True)
    yield Twin("no number", first_text(b"NaN"), must_be_refused=True)
    yield Twin("a number without end", first_text(b"9" * 50_000), must_be_refused=True)
    yield Twin("a number past all numbers", first_text(b"1e400"), must_be_refused=True)
    yield Twin("comma at the end", lambda content: re.sub(rb"([}\]])\s*$", rb",\1", content), True)
    yield Twin("half a character", every_text(b'"\\ud800x"'))
    yield Twin("half a character in one", first_text(b'"\\ud800x"'))
    yield Twin("NUL written out", every_text(b'"a\\u0000b"'))
    yield Twin("numbers for texts", every_text(b"17"))
    yield Twin("lists for texts", every_text(b"[1, [2]]"))
    yield Twin("objects for texts", every_text(b'{"a": {"b": 1}}'))
    yield Twin("nothing for texts", every_text(b"null"))
    yield Twin("texts for lists", lambda content: re.sub(rb":\s*\[\s*\{", b': "x", "y": [{', content))
    yield Twin("names changed", lambda content: re.sub(rb'"(\w+)"(\s*:)', rb'"zz\1"\2', content), True)
    yield Twin("in a list", lambda content: b"[" + content + b"]")
    yield Twin("twice in a list", lambda content: b"[" + content + b"," + content + b"]")


def repacked(content: bytes, change: Mapping[str, Change], more: Mapping[str, bytes] | None = None) -> bytes:
    """The workbook with some of its parts changed (by the end of their name), and others added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            for end, changed in change.items():
                part = changed(part) if name.endswith(end) else part
            new.writestr(name, part)
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return made.getvalue()


_FIRST_SHEET = "worksheets/sheet1.xml"
_SHARED = "sharedStrings.xml"


def _with_rows(rows: bytes) -> Change:
    return lambda sheet: sheet.replace(b"</sheetData>", rows + b"</sheetData>")


def _cell(place: bytes, text: bytes) -> bytes:
    row = re.sub(rb"\D", b"", place)
    return b'<row r="%s"><c r="%s" t="inlineStr"><is><t>%s</t></is></c></row>' % (row, place, text)


def _workbooks() -> Iterator[Twin]:
    for part in (0.1, 0.5, 0.9):
        yield Twin(f"cut off after {part:.0%}", _cut(part), must_be_refused=True)
    yield Twin(
        "a part that bursts",
        lambda content: repacked(content, {_FIRST_SHEET: _with_rows(_cell(b"A999", b"x" * (60 << 20)))}),
        must_be_refused=True,
    )
    yield Twin("a part larger than it says", _lying, must_be_refused=True)
    yield Twin(
        "a cell in the last corner",
        lambda content: repacked(content, {_FIRST_SHEET: _with_rows(_cell(b"XFD1048576", b"x"))}),
        must_be_refused=True,
    )
    yield Twin("one long text everywhere", _one_text_everywhere, must_be_refused=True)
    yield Twin("a workbook in a zip", _zipped, must_be_refused=True, suffix=".xlsx")
    yield Twin("a zip in a zip in a zip", lambda content: _zipped(_zipped(_zipped(content))), True)
    yield Twin("laughs in a sheet", lambda content: repacked(content, {_FIRST_SHEET: _laughing}), True)
    yield Twin("laughs in the texts", lambda content: repacked(content, {_SHARED: _laughing}), True)
    yield Twin("laughs in the list of sheets", lambda c: repacked(c, {"xl/workbook.xml": _laughing}), True)
    yield Twin(
        "headings renamed",
        lambda content: repacked(content, {_SHARED: lambda part: re.sub(rb"(<t[^>]*>)", rb"\1zz ", part)}),
    )
    yield Twin("sheets cut", lambda content: repacked(content, {".xml": lambda part: part[:-40]}), True)
    yield Twin(
        "days of 2099 and 1900",
        lambda content: repacked(
            content, {_FIRST_SHEET: lambda part: re.sub(rb"<v>4\d{4}<", b"<v>73000<", part)}
        ),
    )
    yield Twin("text by name", lambda content: content, suffix=".csv")
    yield Twin("a password", lambda content: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_096), True)
    yield Twin("a part twice", _a_part_twice, must_be_refused=True)


def _laughing(part: bytes) -> bytes:
    place = re.search(rb"<(?![?!])", part)
    return part[: place.start()] + LAUGHS + part[place.start() :] if place else part


def _lying(content: bytes) -> bytes:
    burst = repacked(content, {_FIRST_SHEET: _with_rows(_cell(b"A999", b"x" * (60 << 20)))})
    with zipfile.ZipFile(io.BytesIO(burst)) as packed:
        size = next(each.file_size for each in packed.infolist() if each.filename.endswith(_FIRST_SHEET))
    return burst.replace(size.to_bytes(4, "little"), (4_000).to_bytes(4, "little"))


def _one_text_everywhere(content: bytes) -> bytes:
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(900, 1_300)
    )
    longer: Change = lambda part: re.sub(  # noqa: E731
        rb"(<si>\s*<t[^>]*>)", lambda found: found[1] + b"x" * (1 << 20), part, count=1
    )
    return repacked(content, {_FIRST_SHEET: _with_rows(rows), _SHARED: longer})


def _zipped(content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("inner.xlsx", content)
    return made.getvalue()


def _a_part_twice(content: bytes) -> bytes:
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a") as packed:
        name = next(each for each in packed.namelist() if each.endswith(_FIRST_SHEET))
        sheet = packed.read(name)
        packed.filelist.append(packed.filelist[0])  # writestr warns of a second one of a name
        packed.filelist.pop()
        packed.NameToInfo.pop(name)
        packed.writestr(name, sheet)
    return made.getvalue()


def long_line(path: Path, content: bytes, *, length: int) -> Path:
    """The file with a line of NULs after its content, which takes no room on the disk."""
    path.write_bytes(content)
    with path.open("r+b") as file:
        file.truncate(len(content) + length)
    return path


def that_are_no_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Things under a file's name that are none."""
    (folder / "folder.csv").mkdir()
    yield "a folder", folder / "folder.csv"
    os.mkfifo(folder / "pipe.csv")
    yield "a pipe that nobody writes to", folder / "pipe.csv"
    (folder / "device.csv").symlink_to("/dev/zero")
    yield "a device without end", folder / "device.csv"
    (folder / "loop.csv").symlink_to(folder / "loop.csv")
    yield "a link to itself", folder / "loop.csv"
    (folder / "gone.csv").symlink_to(folder / "nothing")
    yield "a link to nothing", folder / "gone.csv"
