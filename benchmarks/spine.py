"""The main job and its growth: 1, 10 and 200 times the example, beside a peer that checks nothing.

The peer reads the same files with Python's csv module and inserts every row into a bare SQLite table:
what storing costs before any rule is applied.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks.enlarging import enlarge
from benchmarks.measuring import Measured, measure, sightline

TARGETS = {
    "help": "under 0.4 s",
    "example, empty folder to report": "under 10 s, 400 MB",
    "check and import, 200x": "under 60 s, 1,500 MB",
    "all figures, 200x": "under 5 s, 1,500 MB",
}
YEAR = ("--from", "2022-04-01", "--to", "2023-03-31", "--data-from", "2022-01-01")
PEER = """
import csv, pathlib, sqlite3, sys
folder, database = map(pathlib.Path, sys.argv[1:])
connection = sqlite3.connect(database)
for path in sorted(folder.glob("*.csv")):
    with path.open(newline="", encoding="utf-8") as text:
        rows = csv.reader(text)
        header = next(rows)
        connection.execute(f"create table {path.stem} ({','.join(header)})")
        marks = ",".join("?" * len(header))
        connection.executemany(f"insert into {path.stem} values ({marks})", rows)
connection.commit()
"""


def run(sizes: tuple[int, ...] = (1, 10, 200)) -> None:
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as scratch:
        home = Path(scratch)
        tell("help", min((sightline("--help") for _ in range(5)), key=lambda each: each.seconds))
        tell("example, empty folder to report", sightline("demo", data=home / "demo"))
        before: dict[str, tuple[int, Measured]] = {}
        for times in sizes:
            for name, measured in growth(times, home / f"{times}x").items():
                tell(f"{name}, {times}x", measured, before.get(name), times)
                before[name] = (times, measured)


def growth(times: int, folder: Path) -> dict[str, Measured]:
    register, data = str(enlarge(times, folder / "register")), folder / "data"
    return {
        "peer: csv into bare SQLite": measure(
            [sys.executable, "-c", PEER, register, str(folder / "peer.sqlite3")]
        ),
        "check": sightline("register", "check", register, data=data),
        "check and import": sightline("register", "import", register, data=data),
        "import again, nothing changed": sightline("register", "import", register, data=data),
        "all figures": sightline("figures", *YEAR, "--format", "csv", data=data),
    }


def tell(name: str, measured: Measured, before: tuple[int, Measured] | None = None, times: int = 1) -> None:
    grown = ""
    if before:
        factor, size = measured.seconds / before[1].seconds, times // before[0]
        grown = f"   {factor:5.1f} times the time for {size} times the rows"
    print(f"{name:42}{measured}   {TARGETS.get(name, ''):22}{grown}", flush=True)
