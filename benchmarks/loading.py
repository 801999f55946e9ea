"""Loading extracts: 0.1 and 1 million rows of health's plain CSV, beside a peer that checks nothing.

The rows come from the repository's invented population, faults and all. The peer reads the same file with
Polars and inserts it with DuckDB: no row is judged, nothing is found, and a stopped load is lost.
"""

import sys
import tempfile
from itertools import islice
from pathlib import Path

from benchmarks.measuring import Measured, measure, sightline

TARGET = "a million rows: under 60 s"
SIZES = (100_000, 1_000_000)
PEER = """
import sys
import duckdb, polars
rows = polars.read_csv(sys.argv[1], infer_schema=False)
connection = duckdb.connect(sys.argv[2])
connection.execute("create table rows as select * from rows")
"""
WHO = ("--agency", "RJ1", "--by", "A benchmark", "--as-of", "2025-10-01")


def run(sizes: tuple[int, ...] = SIZES) -> None:
    print(f"\nLoading plain CSV ({TARGET})")
    print("     rows  what                            seconds    memory   rows a second")
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as scratch:
        home = Path(scratch)
        # A few children are not registered with health, and a few are twice.
        population = [sys.executable, "-m", "synthetic", "--children", str(max(sizes) + 1_000), "--seed", "7"]
        measure([*population, "--out", str(home / "population")])
        before: Measured | None = None
        for size in sizes:
            rows = _first_rows(home / "population" / "health.csv", size, home / f"{size}.csv")
            data = home / f"data-{size}"
            peer = measure([sys.executable, "-c", PEER, str(rows), str(home / f"{size}.duckdb")])
            _tell(size, "peer: Polars into DuckDB", peer)
            loaded = sightline("intake", "load", str(rows), *WHO, data=data)
            grown = f"   {loaded.seconds / before.seconds:.1f} times the time" if before else ""
            _tell(size, "every row judged and kept", loaded, grown)
            again = sightline("intake", "load", str(rows), *WHO, data=data)
            _tell(size, "the same file again", again)
            before = loaded


def _first_rows(source: Path, size: int, target: Path) -> Path:
    with source.open(encoding="utf-8", newline="") as given, target.open("w", encoding="utf-8") as wanted:
        wanted.writelines(islice(given, size + 1))
    return target


def _tell(size: int, what: str, measured: Measured, grown: str = "") -> None:
    print(f"{size:9,}  {what:28}{measured}   {size / measured.seconds:13,.0f}{grown}", flush=True)
