"""Promises about the code itself: which room may know what, and which modules touch nothing outside."""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "sightline"

NO_SUBJECT = {
    *("utils", "util", "helpers", "helper", "common", "misc"),
    *("base", "manager", "handler", "processor", "service"),
}
NOT_RULES = {"models", "actions", "lookups", "apps", "migrations"}
"""The kinds of module that store, act or read (design.md section 3). The others of a room are rules."""

ONLY_RULES = ("vocabulary", "statistics", "disclosure_control", "casework", "coding", "register/rules")
DOOR_TO_SHIPPED_TABLES = PACKAGE / "vocabulary" / "shipped.py"

OUTSIDE = {"io", "logging", "os", "pathlib", "random", "shutil", "socket", "subprocess", "tempfile", "time"}
CLOCK = {
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "timezone.now",
    "timezone.localdate",
}
FILES = {
    *("open", "read_text", "read_bytes", "write_text", "write_bytes", "print", "input"),
    *("read_csv", "scan_csv", "write_csv", "read_parquet", "scan_parquet", "write_parquet", "sink_parquet"),
}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def rules() -> list[Path]:
    return [
        path
        for path in modules()
        if any(path.is_relative_to(PACKAGE / room) for room in ONLY_RULES)
        and path != DOOR_TO_SHIPPED_TABLES
        and not NOT_RULES & set(path.relative_to(PACKAGE).with_suffix("").parts)
    ]


def offences(paths: Iterable[Path], fault: Callable[[str], object]) -> dict[str, object]:
    """What `fault` finds in the source of each file, by its name; files without a fault left out."""
    found = {str(path.relative_to(ROOT)): fault(path.read_text(encoding="utf-8")) for path in paths}
    return {name: fault for name, fault in found.items() if fault}


def imported(source: str) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def called(source: str) -> set[str]:
    """The last two names of each call: “date.today”, “pl.read_csv”."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return {".".join(ast.unparse(call.func).split(".")[-2:]) for call in calls}


def reaches_outside(source: str) -> set[str]:
    calls = called(source)
    return (
        (OUTSIDE & imported(source))
        | (CLOCK & calls)
        | {call for call in calls if call.rpartition(".")[2] in FILES}
    )


def reads_environment(source: str) -> list[int]:
    """Lines that read an environment variable; setting one for a library to read is not reading."""
    tree = ast.parse(source)
    set_here = {
        id(part)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store))
        or (isinstance(node, ast.Attribute) and node.attr == "setdefault")
        for part in ast.walk(node)
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if (
            isinstance(node, ast.Attribute)
            and node.attr in {"environ", "getenv"}
            and id(node) not in set_here
        )
        or (isinstance(node, ast.alias) and node.name in {"environ", "getenv"})
    ]


def lines_beside_tables(source: str) -> int:
    tables = (node for node in ast.parse(source).body if isinstance(node, ast.Assign | ast.AnnAssign))
    return source.count("\n") - sum(node.end_lineno - node.lineno + 1 for node in tables)


def test_the_rooms_import_in_one_direction():
    contracts = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert contracts.returncode == 0, contracts.stdout + contracts.stderr


def test_every_module_is_named_for_its_subject():
    named_for_nothing = [
        str(path.relative_to(ROOT))
        for path in modules()
        if NO_SUBJECT
        & {word for part in path.relative_to(PACKAGE).with_suffix("").parts for word in part.split("_")}
    ]
    assert named_for_nothing == []


def test_rules_read_no_clock_no_file_and_no_surroundings():
    looked_at = rules()
    rooms = {path.relative_to(PACKAGE).parts[0] for path in looked_at}
    assert rooms >= {"vocabulary", "statistics", "disclosure_control", "casework", "coding"}
    assert offences(looked_at, reaches_outside) == {}, "today is an argument called as_of"


def test_only_config_reads_the_environment():
    elsewhere = [path for path in modules() if not path.is_relative_to(PACKAGE / "config")]
    assert offences(elsewhere, reads_environment) == {}


def test_a_file_stays_short_unless_it_is_a_table():
    too_long = offences(modules(), lambda source: max(0, lines_beside_tables(source) - 400))
    assert too_long == {}, "a file past 400 lines is a room asking for another door"


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import date\nas_of = date.today()",
        "import datetime\nnow = datetime.datetime.now(tz=None)",
        "import logging",
        "import polars as pl\nframe = pl.read_csv('register.csv')",
        "text = open('register.csv')",
        "from os import environ",
    ],
)
def test_the_search_of_rules_finds_what_it_is_for(source):
    assert reaches_outside(source)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("import os\nfolder = os.environ['HOME']", [2]),
        ("import os\nfolder = os.getenv('HOME')", [2]),
        ("import os\nhere = 'HOME' in os.environ", [2]),
        ("from os import environ", [1]),
        ("import os\nos.environ['DEMO'] = '1'\nos.environ.setdefault('DEMO', '1')", []),
    ],
)
def test_the_search_for_the_environment_tells_reading_from_setting(source, lines):
    assert reads_environment(source) == lines


def test_the_plain_words_import_nothing_heavy():
    plain = ("codes", "decisions", "findings", "periods", "progress", "units", "areas", "identifiers")
    heavy = ("django", "nhs_number", "numpy", "polars", "scipy", "stdnum")
    program = (
        f"import sys; from sightline.vocabulary import {', '.join(plain)}\n"
        f"print(*[name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
