"""Live search: one child looked up among 0.2 and 1 million records, in process, beside Splink 5.

Records, searches and the truth come from the repository's invented population. Each search is timed by
itself, in one thread: from details as typed to ranked identities with their reasons' levels. The peer is
Splink's `predict_between` on the same records and the same searches (a few of them: each takes a good part of
a second), set up as in `linking`. Times are by the clock: on a busy machine read the fastest of several runs.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benchmarks.linking import people_in, splink_columns, trained_splink

TARGET = "1 million records: p50 1 ms, p95 2 ms, 500 searches a second on one core, under 1 GB"
CHILDREN = {"0.2 million": 97_000, "1 million": 485_000}
PEER_SEARCHES = 30
ROUNDS = 3


def run() -> None:
    print(f"\nLive search ({TARGET})")
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as scratch:
        for number, (size, children) in enumerate(CHILDREN.items()):
            folder = Path(scratch) / "population"
            _call("synthetic", "--children", str(children), "--seed", "31", "--out", str(folder))
            found = json.loads(_call("benchmarks.searching", "ours", str(folder)))
            print(
                f"{size:>12}  ours      {_times(found)}, {found['a second']:,.0f} a second; "
                f"{found['scored']:.0f} records scored\n"
                f"{'':24}index {found['megabytes']:,.0f} MB ({found['bytes']:.0f} bytes a record), built in "
                f"{found['build']:.1f} s, process {found['process']:,} MB\n"
                f"{'':24}by rank: first {found['first']:.3f}, in first five {found['five']:.3f}; at the "
                f"threshold: first {found['first found']:.3f}, silent {found['silent']:.3f} of the absent",
                flush=True,
            )
            if number == 0:
                peer = json.loads(_call("benchmarks.searching", "splink", str(folder)))
                ratio = peer["p50"] / found["p50"]
                print(f"{size:>12}  Splink 5  {_times(peer)}: {ratio:,.0f} times as long", flush=True)


def _times(found: dict[str, float]) -> str:
    return ", ".join(f"{name} {found[name]:.2f} ms" for name in ("p50", "p95", "p99"))


def _call(module: str, *words: str) -> str:
    done = subprocess.run([sys.executable, "-m", module, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{module} {' '.join(words)} ended with {done.returncode}:\n{done.stderr[-3000:]}")
    return done.stdout.strip().splitlines()[-1] if done.stdout else ""


def _read(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_csv(folder / f"{name}.csv", infer_schema=False).fill_null("")


def _percentiles(milliseconds: list[float]) -> dict[str, float]:
    return {f"p{part}": float(np.percentile(milliseconds, part)) for part in (50, 95, 99)}


def ours(folder: Path) -> dict[str, Any]:
    from sightline.identity.index import index_of
    from sightline.identity.linking import link
    from sightline.identity.searching import Search, find
    from sightline.identity.sought import sought_as_far_as_read
    from sightline.identity.weights import shipped_weights

    agencies, weights = ("health", "education", "social_care", "police"), shipped_weights()
    closed = _read(folder, "restricted").select("agency", "record_id")
    people = people_in(folder).join(closed, on=("agency", "record_id"), how="anti")
    identities = link(people, agencies=agencies, weights=weights).cluster.astype(np.int64) + 1
    few = people.head(500)
    index_of(few, agencies=agencies, identities=identities[:500], weights=weights)  # compiles
    began = time.perf_counter()
    index = index_of(people, agencies=agencies, identities=identities, weights=weights)
    build = time.perf_counter() - began
    queries = _read(folder, "queries").join(_read(folder, "queries_truth"), on="query_id")
    wanted = [
        sought_as_far_as_read(surname=s, forenames=f, born=b, sex=x, postcode=p)[0]
        for s, f, b, x, p in queries.select(
            "surname", "forename", "date_of_birth", "sex", "postcode"
        ).iter_rows()
    ]
    typed = [each for each in wanted if each is not None][:5_000]
    find(index, typed[0], weights=weights)
    fastest = [np.inf] * len(typed)
    whole = np.inf
    for _ in range(ROUNDS):
        round_began = time.perf_counter()
        for at, each in enumerate(typed):
            one_began = time.perf_counter()
            find(index, each, weights=weights)
            fastest[at] = min(fastest[at], (time.perf_counter() - one_began) * 1e3)
        whole = min(whole, time.perf_counter() - round_began)
    truth = _read(folder, "truth").select("agency", "record_id", "person_id")
    person = people.join(truth, on=("agency", "record_id"), how="left", maintain_order="left")["person_id"]
    true = queries["person_id"].to_list()[:5_000]
    listed = [find(index, each, weights=weights, everyone=True) if each else None for each in wanted[:5_000]]
    seen = [
        [person[each.records[0].row] for each in answer.candidates] if answer else [] for answer in listed
    ]
    bits = [answer.candidates[0].bits if answer and answer.candidates else -99.0 for answer in listed]
    on_file = [at for at, each in enumerate(true) if each]
    absent = [at for at, each in enumerate(true) if not each]
    least = Search().found_bits
    return {
        **_percentiles(fastest),
        "a second": len(typed) / whole,
        "scored": float(np.mean([answer.scored for answer in listed if answer])),
        "build": build,
        "megabytes": index.bytes_held() / 1e6,
        "bytes": index.bytes_held() / len(people),
        "process": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "first": float(np.mean([seen[at][:1] == [true[at]] for at in on_file])),
        "five": float(np.mean([true[at] in seen[at][:5] for at in on_file])),
        "first found": float(np.mean([seen[at][:1] == [true[at]] and bits[at] >= least for at in on_file])),
        "silent": float(np.mean([bits[at] < least for at in absent])),
    }


def splink(folder: Path) -> dict[str, float]:
    from splink import DuckDBAPI

    api = DuckDBAPI()
    linker, records = trained_splink(people_in(folder), api)
    queries = _read(folder, "queries").select(
        pl.lit("search").alias("agency"),
        pl.col("query_id").alias("record_id"),
        pl.col("forename").alias("forenames"),
        "surname",
        pl.col("date_of_birth").str.to_date("%Y-%m-%d", strict=False).alias("born_on"),
        pl.col("sex").replace_strict({"M": "male", "F": "female"}, default=""),
        pl.col("postcode").str.replace_all(" ", ""),
    )
    for name in ("forename", "surname"):
        linker.table_management.compute_tf_table(name)
    took = []
    for at in range(PEER_SEARCHES + 1):
        one = splink_columns(queries[at : at + 1]).to_arrow()
        began = time.perf_counter()
        asked = api.register(one, dataset_display_name=f"search{at}")
        found = linker.inference.predict_between(asked, records)
        api._execute_sql_against_backend(f"select * from {found.physical_name}").fetchall()  # noqa: S608
        took.append((time.perf_counter() - began) * 1e3)
    return _percentiles(took[1:])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("who", choices=("ours", "splink"))
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    print(json.dumps((ours if asked.who == "ours" else splink)(asked.folder)))
