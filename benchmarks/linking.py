"""Linking: block, score and decide 0.2, 1 and 5 million records, beside Splink 5 on DuckDB.

The records come from the repository's invented population. Both sides start from columns in memory and end
with a cluster for every record; reading and standardising are shown apart. The peer is Splink as an expert
would set it up for such records (names with Jaro-Winkler levels and frequencies, dates with tolerance,
postcode with sector and district, eight blocking rules), its training shown apart, because ours needs none.
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

import polars as pl

TARGET = "5 million records: 60 s and 5 GB; a million pairs a second; no training"
CHILDREN = {"0.2 million": 97_000, "1 million": 485_000, "5 million": 2_450_000}
PEER_UP_TO = 1
"""The peer runs on the first sizes only: at 5 million it takes minutes and 9 GB (--all runs it there too)."""


def run(*, with_peer_on_all: bool = False) -> None:
    print(f"\nLinking ({TARGET})")
    before: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as scratch:
        for number, (size, children) in enumerate(CHILDREN.items()):
            folder = Path(scratch) / "population"
            _call("synthetic", "--children", str(children), "--seed", "31", "--out", str(folder))
            ours = json.loads(_call("benchmarks.linking", "ours", str(folder)))
            _tell(size, "ours", ours, before)
            if number <= PEER_UP_TO or with_peer_on_all:
                peer = json.loads(_call("benchmarks.linking", "splink", str(folder)))
                _tell(size, "Splink 5", peer, {})
                ratio = (peer["block"] + peer["decide"]) / (ours["block and score"] + ours["decide"])
                print(f"{'':24}Splink takes {ratio:.1f} times as long, training left out")
            before = ours


def _call(module: str, *words: str) -> str:
    done = subprocess.run([sys.executable, "-m", module, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{module} {' '.join(words)} ended with {done.returncode}:\n{done.stderr[-3000:]}")
    return done.stdout.strip().splitlines()[-1] if done.stdout else ""


def _tell(size: str, who: str, found: dict[str, Any], before: dict[str, float]) -> None:
    stages = ", ".join(f"{name} {value:.1f} s" for name, value in found.items() if isinstance(value, float))
    print(f"{size:>12}  {who:9} {found['records']:>9,} records, {found['pairs']:>11,} pairs: {stages}")
    took = sum(found[name] for name in ("block and score", "block", "decide") if name in found)
    rate = found["pairs"] / took / 1e6
    grown = ""
    if before:
        more = found["records"] / before["records"]
        longer = took / (before["block and score"] + before["decide"])
        grown = f"; {longer:.1f} times as long for {more:.1f} times the records"
    print(
        f"{'':24}together {took:.1f} s, {rate:.2f} million pairs a second, {found['megabytes']:,} MB{grown}",
        flush=True,
    )


def people_in(folder: Path) -> pl.DataFrame:
    """The four plain extracts as the frame that linking takes, unchecked."""
    read = {
        name: pl.read_csv(folder / f"{name}.csv", infer_schema=False)
        for name in ("health", "education", "social_care", "police")
    }
    sexes = {"1": "male", "2": "female", "M": "male", "F": "female", "Male": "male", "Female": "female"}
    outward = r"([A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2})$"

    def frame(name: str, **columns: pl.Expr) -> pl.DataFrame:
        texts = ("surname", "forenames", "preferred_forename", "former_surname", "postcode", "nhs_number")
        empty = {each: pl.lit("") for each in (*texts, "upn", "la_code", "school", "gp_practice")}
        days = {each: pl.lit(None, pl.Date) for each in ("born_on", "expected_on")}
        listed = {"agency": pl.lit(name), "record_id": pl.col("record_id")} | empty | days | columns
        return read[name].select(
            pl.coalesce(value, empty.get(key, value)).alias(key) for key, value in listed.items()
        )

    def sex(column: str) -> pl.Expr:
        return pl.col(column).replace_strict(sexes, default="")

    def joined(*columns: str) -> pl.Expr:
        return pl.concat_str(columns, separator=" ", ignore_nulls=True)

    def day(column: str, form: str) -> pl.Expr:
        return pl.col(column).str.to_date(form, strict=False)

    people = pl.concat(
        [
            frame(
                "health",
                surname=pl.col("family_name"),
                forenames=joined("given_name", "other_names"),
                born_on=day("date_of_birth", "%Y-%m-%d"),
                sex=sex("gender"),
                postcode=pl.col("postcode"),
                nhs_number=pl.col("nhs_number"),
                gp_practice=pl.col("gp_practice"),
            ),
            frame(
                "education",
                surname=pl.col("surname"),
                forenames=joined("forename", "middle_names"),
                preferred_forename=pl.col("preferred_forename"),
                born_on=day("date_of_birth", "%Y-%m-%d"),
                sex=sex("sex"),
                postcode=pl.col("postcode"),
                upn=pl.col("upn"),
                school=pl.col("school_urn"),
            ),
            frame(
                "social_care",
                surname=pl.col("surname"),
                forenames=pl.col("forename"),
                born_on=day("date_of_birth", "%d/%m/%Y"),
                sex=sex("gender"),
                postcode=pl.col("postcode"),
                la_code=pl.col("la_code"),
            ),
            frame(
                "police",
                surname=pl.col("surname"),
                forenames=pl.col("forenames"),
                born_on=day("dob", "%d/%m/%Y"),
                sex=sex("sex"),
                postcode=pl.col("address").str.extract(outward),
            ),
        ],
        how="diagonal",
    )
    return people.with_columns(
        pl.col("postcode").str.replace_all(" ", ""),
        pl.lit(value=False).alias("is_restricted"),
        pl.lit([], pl.List(pl.String)).alias("former_postcodes"),
    )


def ours(folder: Path) -> dict[str, Any]:
    import numpy as np

    from sightline.identity.deciding import decide
    from sightline.identity.pairing import pairs_worth_deciding
    from sightline.identity.reading import population
    from sightline.identity.weights import children_about, shipped_weights

    people = people_in(folder)
    weights = shipped_weights()
    none = (np.empty(0, np.int64), np.empty(0, np.int64))
    agencies = ("health", "education", "social_care", "police")

    def once(rows: pl.DataFrame) -> dict[str, Any]:
        began = time.perf_counter()
        arrays = population(rows, agencies)
        read = time.perf_counter()
        least = float(np.log2(children_about(arrays))) + weights.ask_bits - weights.most_coverage_bits
        pairs = pairs_worth_deciding(arrays, weights, least=least)
        scored = time.perf_counter()
        decision = decide(arrays, pairs, weights, agencies=len(agencies), same=none, never=none)
        decided = time.perf_counter()
        return {
            "records": len(rows),
            "pairs": pairs.compared,
            "identities": len(np.unique(decision.cluster)),
            "read": read - began,
            "block and score": scored - read,
            "decide": decided - scored,
        }

    once(people.head(2_000))  # compiles, or reads what was compiled
    return once(people)


def splink_columns(people: pl.DataFrame) -> pl.DataFrame:
    """The people's columns as the peer compares them."""
    return people.select(
        pl.concat_str("agency", "record_id", separator=":").alias("unique_id"),
        pl.col("forenames")
        .str.to_lowercase()
        .str.split(" ")
        .list.first()
        .replace("", None)
        .alias("forename"),
        pl.col("surname").str.to_lowercase().replace("", None).alias("surname"),
        pl.col("born_on").cast(pl.String).alias("born"),
        pl.col("sex").replace("", None),
        pl.col("postcode").replace("", None),
        pl.col("postcode").str.slice(0, 4).replace("", None).alias("area"),
    )


def trained_splink(people: pl.DataFrame, api: Any) -> tuple[Any, Any]:
    """The peer, trained on these people, and its table of them."""
    import logging
    import warnings

    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on

    rules = [
        *(block_on("born", name) for name in ("surname", "forename", "postcode")),
        *(block_on("postcode", name) for name in ("surname", "forename")),
        block_on("forename", "surname", "area"),
        block_on("forename", "surname", "substr(born, 1, 4)"),
        block_on("born", "substr(surname, 1, 1)", "substr(forename, 1, 1)"),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=rules,
        comparisons=[
            cl.NameComparison("forename").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("born", input_is_string=True),
            cl.ExactMatch("sex"),
            cl.PostcodeComparison("postcode"),
        ],
    )
    records = api.register(splink_columns(people).to_arrow(), dataset_display_name="records")
    linker = Linker(records, settings)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("forename", "surname", "born")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("born"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("surname", "forename"))
    return linker, records


def splink(folder: Path) -> dict[str, Any]:
    from splink import DuckDBAPI

    people = people_in(folder)
    api = DuckDBAPI()
    began = time.perf_counter()
    linker, _ = trained_splink(people, api)
    trained = time.perf_counter()
    found = linker.inference.predict(threshold_match_probability=0.5)
    scored = time.perf_counter()
    linker.clustering.cluster_pairwise_predictions_at_threshold(found, threshold_match_probability=0.99)
    clustered = time.perf_counter()
    count = f"select count(*) from {found.physical_name}"  # noqa: S608
    pairs = api._execute_sql_against_backend(count).fetchall()[0][0]
    return {
        "records": len(people),
        "pairs": int(pairs),
        "training": trained - began,
        "block": scored - trained,
        "decide": clustered - scored,
    }


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("who", choices=("ours", "splink"))
    words.add_argument("folder", type=Path)
    given = words.parse_args()
    result = (ours if given.who == "ours" else splink)(given.folder)
    result["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    print(json.dumps(result))
