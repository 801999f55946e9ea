"""Promises about what the repository holds and reaches: nobody's machine, no network, no model fetched."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "sightline"

# The needles are put together here so that this file is not found by its own search.
SOMEBODYS_FOLDER = re.compile(rb"(?<![\w.$}/])/(?:" + b"|".join([b"home", b"Users", b"work"]) + rb")/[a-z]")
PLACE_TO_DOWNLOAD_FROM = re.compile(
    b"|".join(
        [rb"pypi\." + rb"org", rb"python" + rb"hosted", rb"--index" + rb"-url", rb"registry" + rb"\.npmjs"]
    )
)
BESIDE_THE_REPOSITORY = re.compile(rb"\bshared" + rb"/data\b")

NETWORK = re.compile(
    r"(aiohttp|ftplib|http\.(client|server)|httpx|requests|smtplib|socket|urllib\.request|urllib3|websockets)(\.|$)"
)
FETCHING = {"download", "from_pretrained", "snapshot_download", "hf_hub_download", "urlretrieve", "urlopen"}
ASKS_PDS = "identity/pds/client.py"
LOADED_FROM_ELSEWHERE = re.compile(
    r"""(?:\bsrc\s*=|<link\b[^>]*\bhref\s*=|@import|\burl\()\s*["']?\s*(?:https?:)?//""", re.IGNORECASE
)
WHAT_A_BROWSER_READS = {".html", ".jinja", ".css", ".js", ".svg", ".typ", ".xml"}


@pytest.fixture(scope="module")
def committed() -> dict[str, bytes]:
    """Every tracked text file by its path."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True)
    if listed.returncode:
        pytest.skip("not a clone, so there are no tracked files to read")
    names = [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
    contents = {name: (ROOT / name).read_bytes() for name in names}
    return {name: content for name, content in contents.items() if b"\0" not in content[:8000]}


def found_in(committed: dict[str, bytes], needle: re.Pattern[bytes]) -> list[str]:
    return [name for name, content in committed.items() if needle.search(content)]


def reaches_the_network(source: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if NETWORK.match(alias.name)}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            found |= {name for name in names if NETWORK.match(name)}
        elif isinstance(node, ast.Call):
            found |= FETCHING & {ast.unparse(node.func).rpartition(".")[2]}
    return found


def test_no_tracked_file_names_a_place_on_somebodys_machine(committed):
    assert found_in(committed, SOMEBODYS_FOLDER) == []


def test_no_tracked_file_names_a_place_to_download_packages_from(committed):
    assert found_in(committed, PLACE_TO_DOWNLOAD_FROM) == []


def test_only_tests_know_the_public_lists_beside_the_repository(committed):
    assert [
        name for name in found_in(committed, BESIDE_THE_REPOSITORY) if not name.startswith("tests/")
    ] == []


def test_no_database_secret_or_run_is_tracked(committed):
    kept_out = re.compile(r"(\.sqlite3|\.env|\.pem|\.key|\.log)$|^sightline-data/")
    assert [name for name in committed if kept_out.search(name)] == []


def test_no_module_reaches_the_network_or_fetches_a_model_but_the_one_that_asks_pds():
    found = {
        path.relative_to(PACKAGE).as_posix(): reaches_the_network(path.read_text(encoding="utf-8"))
        for path in PACKAGE.rglob("*.py")
    }
    assert {name for name, reached in found.items() if reached} == {ASKS_PDS}


def test_the_one_module_that_reaches_the_network_is_off_until_it_is_configured():
    from django.conf import settings

    assert not any(settings.SIGHTLINE_PDS.values()) and not settings.SIGHTLINE_PDS_RULES


def test_no_page_style_or_script_loads_anything_from_elsewhere(committed):
    read = {
        name: content.decode("utf-8")
        for name, content in committed.items()
        if name.startswith("sightline/") and Path(name).suffix in WHAT_A_BROWSER_READS
    }
    assert read
    assert [name for name, content in read.items() if LOADED_FROM_ELSEWHERE.search(content)] == []


@pytest.mark.parametrize(
    "source",
    [
        "import urllib.request",
        "from http import client",
        "import nltk\nnltk.download('punkt')",
        "model = Model.from_pretrained('small')",
    ],
)
def test_the_search_for_the_network_finds_what_it_is_for(source):
    assert reaches_the_network(source)


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://cdn.example.org/a.js"></script>',
        "<link rel='stylesheet' href='//cdn.example.org/a.css'>",
        "@import url(https://fonts.example.org/css)",
        "src: url('http://fonts.example.org/a.woff2')",
    ],
)
def test_the_search_of_pages_finds_what_it_is_for_and_lets_links_be(page):
    assert LOADED_FROM_ELSEWHERE.search(page)
    assert not LOADED_FROM_ELSEWHERE.search('<a href="https://www.gov.uk/">GOV.UK</a>')
