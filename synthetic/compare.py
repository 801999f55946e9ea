"""python -m synthetic.compare DIR DIR: the statistics of two populations side by side.

How often each fault stands in each agency's records, who is on file, how names are spread, and what an exact
match on surname, first forename and date of birth finds: where these agree, what is learnt on one population
holds for the other.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from synthetic.extracts import AGENCIES
from synthetic.faults import FAULTS
from synthetic.names import TRADITIONS

_NAMES = {
    "health": ("family_name", "given_name", "date_of_birth", "%Y-%m-%d"),
    "education": ("surname", "forename", "date_of_birth", "%Y-%m-%d"),
    "social_care": ("surname", "forename", "date_of_birth", "%d/%m/%Y"),
    "police": ("surname", "forenames", "dob", "%d/%m/%Y"),
}


class Population:
    """One population, read back."""

    def __init__(self, where: Path) -> None:
        self.where = where
        self.truth = self._read("truth")
        self.agencies = {agency: self._read(agency) for agency in AGENCIES}
        written = []
        for agency, (surname, given, born, form) in _NAMES.items():
            written.append(
                self.agencies[agency].select(
                    pl.lit(agency).alias("agency"),
                    "record_id",
                    pl.col(surname).str.to_lowercase().alias("surname"),
                    pl.col(given).str.to_lowercase().str.split(" ").list.first().alias("given"),
                    pl.col(born).str.to_date(form, strict=False).alias("born"),
                )
            )
        self.records = self.truth.join(pl.concat(written), on=["agency", "record_id"])
        self.children = self.truth.filter(pl.col("epoch") == "0").unique("person_id")

    def _read(self, name: str) -> pl.DataFrame:
        return pl.read_csv(self.where / f"{name}.csv", infer_schema=False).fill_null("")

    def exact(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Pairs of records: those truly of one child, with whether they agree; and those that agree."""
        keys = ["surname", "given", "born"]
        whole = self.records.filter(
            (pl.col("surname") != "") & (pl.col("given") != "") & pl.col("born").is_not_null()
        )
        pairs = _pairs(whole, keys)
        truly = _pairs(self.records, ["person_id", "epoch"])
        agree = pl.col("surname") == pl.col("surname_right")
        agree &= pl.col("given") == pl.col("given_right")
        agree &= pl.col("born") == pl.col("born_right")
        found = agree.fill_null(value=False) & (pl.col("surname") != "") & (pl.col("given") != "")
        return truly.with_columns(found=found), pairs


def _percent(true: pl.Series) -> float:
    return 100 * float(true.sum()) / max(1, len(true))


def _pairs(records: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    numbered = records.with_row_index("row")
    return numbered.join(numbered, on=keys, suffix="_right", coalesce=False).filter(
        pl.col("row") < pl.col("row_right")
    )


def statistics(population: Population) -> Iterator[tuple[str, float]]:
    """Each a name and a figure; shares in percent."""
    children, truth = population.children, population.truth
    yield "records a child", len(truth) / truth["person_id"].n_unique()
    yield "twins, % of children", _percent(children["twin"] == "1")
    yield "with brothers or sisters, %", _percent(children["sibling"] == "1")
    yield (
        "adopted, per 1,000 children",
        (
            1000
            * truth.filter(pl.col("adopted") == "1")["person_id"].n_unique()
            / truth["person_id"].n_unique()
        ),
    )
    yield from _on_file(population)
    yield from _faults(population)
    yield from _names(population)
    yield from _exact(population)


def _on_file(population: Population) -> Iterator[tuple[str, float]]:
    children = population.children
    for agency in AGENCIES:
        held = population.truth.filter((pl.col("agency") == agency) & (pl.col("epoch") == "0"))
        counted = held.group_by("person_id").len()
        yield f"{agency}: on file, %", 100 * len(counted) / len(children)
        yield f"{agency}: more than one record, %", _percent(counted["len"] > 1)
    for year in ("2008", "2013", "2018", "2021", "2023"):
        born = children.filter(pl.col("birth_year") == year)
        yield f"born {year}, % of children", 100 * len(born) / len(children)
        for agency in ("education", "police"):
            held = population.truth.filter((pl.col("agency") == agency) & (pl.col("birth_year") == year))
            yield f"born {year}: {agency}, %", 100 * held["person_id"].n_unique() / len(born)
    health = population.agencies["health"].filter(pl.col("postcode") != "")
    yield "children a postcode (health)", len(health) / health["postcode"].n_unique()


def _faults(population: Population) -> Iterator[tuple[str, float]]:
    labelled = population.truth.with_columns(pl.col("errors").str.split("|").alias("fault"))
    for agency in AGENCIES:
        for fault in FAULTS:
            has = labelled.filter(pl.col("agency") == agency)["fault"].list.contains(fault)
            yield f"{agency}: {fault}, %", _percent(has)
    for tradition in TRADITIONS:
        mine = labelled.filter(pl.col("tradition") == tradition)["fault"]
        for fault in ("structure", "translit_fn", "translit_sn", "fn_typo", "sn_typo", "stale_addr"):
            yield f"{tradition}: {fault}, %", _percent(mine.list.contains(fault))


def _names(population: Population) -> Iterator[tuple[str, float]]:
    sound = population.records.filter(
        pl.col("errors").is_in(["", "stale_addr", "pc_missing"])
        & pl.col("agency").is_in(["health", "education"])
    ).unique("person_id", keep="first", maintain_order=True)
    for tradition in TRADITIONS:
        mine = sound.filter(pl.col("tradition") == tradition)
        families = mine.unique("household_id", keep="first", maintain_order=True)
        for what, names in (
            ("surnames", families["surname"]),
            ("boys", mine.filter(pl.col("sex") == "M")["given"]),
            ("girls", mine.filter(pl.col("sex") == "F")["given"]),
        ):
            counts = sorted(names.value_counts()["count"].to_list(), reverse=True)
            many = sum(counts)
            yield f"{tradition}: ten commonest {what}, %", 100 * sum(counts[:10]) / many
            alike = sum(count * (count - 1) for count in counts) / (many * (many - 1))
            yield f"{tradition}: two {what} alike, per 1,000", 1000 * alike
    same = sound.group_by("surname", "given", "born").len()
    yield (
        "children of one name and date of birth, per 10,000",
        1e4 * int((same["len"] > 1).sum()) / len(sound),
    )
    hers = _pairs(sound, ["household_id"])
    yield "brothers and sisters of one surname, %", _percent(hers["surname"] == hers["surname_right"])
    yield "brothers and sisters of one first name, %", _percent(hers["given"] == hers["given_right"])
    twins = hers.filter(pl.col("born") == pl.col("born_right"))
    yield "twins of one sex, %", _percent(twins["sex"] == twins["sex_right"])
    initial = twins["given"].str.head(1) == twins["given_right"].str.head(1)
    yield "twins with one initial, %", _percent(initial)


def _exact(population: Population) -> Iterator[tuple[str, float]]:
    truly, agreeing = population.exact()
    one = (agreeing["person_id"] == agreeing["person_id_right"]) & (
        agreeing["epoch"] == agreeing["epoch_right"]
    )
    yield "exact match: precision, %", _percent(one)
    yield "exact match: recall, %", _percent(truly["found"])
    for tradition in TRADITIONS:
        mine = truly.filter(pl.col("tradition") == tradition)["found"]
        yield f"exact match: recall, {tradition}, %", _percent(mine)


def main(arguments: list[str]) -> None:
    if len(arguments) != 2:
        raise SystemExit(__doc__)
    first, second = (dict(statistics(Population(Path(where)))) for where in arguments)
    wide = max(map(len, first))
    for name, figure in first.items():
        print(f"{name:{wide}} {figure:10.2f} {second[name]:10.2f}")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
