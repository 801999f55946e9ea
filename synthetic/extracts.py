"""The extract of each agency in its own columns, date forms and codes, with the truth beside each record."""

from dataclasses import dataclass, field
from random import Random

import numpy as np
import polars as pl
from numpy.typing import NDArray

from synthetic.columns import NO_DATE, coded, dated, padded, strings
from synthetic.faults import BIT, UNKNOWN_SEX, Rates, Written, known_as, labels, written
from synthetic.identifiers import nhs_numbers, scattered, upns
from synthetic.misheard import plain
from synthetic.names import TRADITIONS
from synthetic.people import People
from synthetic.places import Country, Index

AGENCIES = ("health", "education", "social_care", "police")
LAYOUTS = {
    "health": "record_id nhs_number family_name given_name other_names date_of_birth gender postcode "
    "gp_practice",
    "education": "record_id upn surname forename middle_names preferred_forename date_of_birth sex postcode "
    "school_urn attendance_pct",
    "social_care": "record_id person_id surname forename date_of_birth gender ethnicity postcode la_code",
    "police": "record_id surname forenames dob sex address incident_type incident_date",
}
TRUTH = "agency record_id person_id epoch household_id tradition twin sibling adopted sex birth_year errors"
INCIDENTS = (
    "missing_episode", "stop_and_search", "victim_of_crime", "suspect", "welfare_check",
    "anti_social_behaviour", "domestic_abuse_witness", "child_exploitation",
)  # fmt: skip
_ETHNICITIES = {
    "white_british": "WBRI*945 WOTH*17 WIRI*17 NOBT*21",
    "sasian_muslim": "APKN*560 ABAN*250 AOTH*95 AIND*60 NOBT*35",
    "mixed": "MWAS*290 MWBC*280 MOTH*240 MWBA*170 NOBT*20",
    "east_european": "WOTH*800 WROM*90 NOBT*60 WBRI*50",
    "indian": "AIND*820 AOTH*130 NOBT*50",
    "west_african": "BAFR*885 BOTH*75 NOBT*40",
    "arabic": "OOTH*700 AOTH*120 WOTH*90 NOBT*90",
    "horn_african": "BAFR*800 OOTH*110 BOTH*90",
    "portuguese_latin": "WOTH*790 OOTH*100 MOTH*85 NOBT*25",
    "caribbean": "BCRB*870 BOTH*100 MWBC*30",
    "chinese_viet": "CHNE*560 AOTH*350 NOBT*90",
    "turkish_kurdish": "WOTH*680 OOTH*220 NOBT*100",
    "irish_traveller": "WIRT*750 WBRI*100 WIRI*100 REFU*50",
}
# What stands there for a name.
_UNBORN = ("Unborn", "Unborn Baby", "Baby", "UBB")
_SCHOOL_UNTIL = int(np.datetime64("2021-09-01").astype(int))
_FIRST_INCIDENT = int(np.datetime64("2023-03-15").astype(int))
_LAST_INCIDENT = int(np.datetime64("2025-09-01").astype(int))
_SECONDARY = int(np.datetime64("2016-09-01").astype(int))


@dataclass
class Counters:
    """How many numbers of each kind have been given out."""

    key: int
    records: dict[str, int] = field(default_factory=lambda: dict.fromkeys(AGENCIES, 0))
    births: int = 0
    pupils: dict[int, int] = field(default_factory=dict)


def extracts(
    people: People, country: Country, rates: Rates, counters: Counters, rng: np.random.Generator,
    *, identifiers: bool = False,
) -> dict[str, pl.DataFrame]:  # fmt: skip
    """The records of these people in the four agencies."""
    first = counters.births
    event = people.birth_event - people.birth_event.min()
    # One child adopted was born once, but is numbered anew.
    births = first + event * 2 + (people.epoch == 2)
    nhs = nhs_numbers(births, people.birth_order, counters.key)
    counters.births += 2 * int(event.max()) + 2
    frames = {}
    for agency in AGENCIES:
        rows = _on_file(agency, people, rng)
        record = written(people, rows, agency, country, rates, rng)
        repeated = np.zeros(rows.size, bool)
        repeated[1:] = rows[1:] == rows[:-1]
        match agency:
            case "health":
                columns = _health(record, people, repeated, nhs, country, counters, rng)
            case "education":
                columns = _education(record, people, country, counters, rng)
            case "social_care":
                columns = _social_care(record, people, country, counters, rng)
            case _:
                columns = _police(record, people, country, rng)
        if identifiers and agency in ("education", "social_care"):
            columns["nhs_number"] = _known_nhs(nhs[rows], 0.5 if agency == "education" else 0.65, rng)
        index = counters.records[agency] + np.arange(rows.size)
        counters.records[agency] += rows.size
        number = scattered(index, 10**14, counters.key + AGENCIES.index(agency) + 1)
        columns = {"record_id": padded(number, 14, agency[0].upper()), **columns}
        frames[agency] = pl.DataFrame(columns | _truth(record, people, counters.key))
    return frames


def _on_file(agency: str, people: People, rng: np.random.Generator) -> Index:
    """The row of the child of each record, a child's records one after another."""
    many = len(people)
    adopted = people.epoch > 0
    chance = rng.random(many)
    twice = rng.random(many)
    match agency:
        case "health":
            on_file = ((chance < 0.992) | adopted).astype(np.int64)
            on_file += (twice < 0.014) & ~adopted & (on_file > 0)
        case "education":
            on_file = ((chance < 0.95) & (people.epoch != 1) & (people.born < _SCHOOL_UNTIL)).astype(np.int64)
            on_file += (twice < 0.0195) & ~adopted & (on_file > 0)
        case "social_care":
            on_file = ((chance < 0.134 * people.risk) | adopted).astype(np.int64)
            on_file += (twice < 0.106) & ~adopted & (on_file > 0)
        case _:
            base = np.where(people.born < _SECONDARY, 0.080, 0.029)
            base = np.where(people.born > _LAST_INCIDENT - 240, 0.0, base)
            on_file = ((chance < base * people.risk) & ~adopted).astype(np.int64)
            on_file *= np.minimum(rng.geometric(0.605, many), 9)
    return np.repeat(np.arange(many), on_file)


def _health(
    record: Written, people: People, repeated: NDArray[np.bool_], nhs: Index, country: Country,
    counters: Counters, rng: np.random.Generator,
) -> dict[str, object]:  # fmt: skip
    numbers = nhs[record.rows]
    again = np.flatnonzero(repeated)
    numbers[again] = nhs_numbers(
        counters.births + np.arange(again.size), np.zeros(again.size, np.int64), counters.key
    )
    counters.births += again.size
    area = country.area[record.home]
    practice = (80_000 + (area * 7919 + 1234) % 9_000).astype("U5")
    letters = np.array(list("ABCDEFGHJKLMNPY"))[rng.integers(0, 15, len(record))]
    return {
        "nhs_number": padded(numbers, 10),
        "family_name": strings(record.surname),
        "given_name": strings(record.given),
        "other_names": strings(record.middle),
        "date_of_birth": dated(record.born, "%Y-%m-%d"),
        "gender": coded(record.sex, ("1", "2", "9")),
        "postcode": strings(record.postcode),
        "gp_practice": strings(np.char.add(letters, practice)),
    }


def _education(
    record: Written, people: People, country: Country, counters: Counters, rng: np.random.Generator
) -> dict[str, object]:
    area = country.area[record.home]
    authority = np.array([place.la_number for place in country.places])[area]
    pupils = np.zeros(len(record), np.int64)
    for number in np.unique(authority):
        mine = authority == number
        start = counters.pupils.get(int(number), 0)
        pupils[mine] = start + np.arange(int(mine.sum()))
        counters.pupils[int(number)] = start + int(mine.sum())
    born = people.born[record.rows]
    year = born.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1974
    codes = np.empty(len(record), "U13")
    for number in np.unique(authority):
        mine = authority == number
        codes[mine] = upns(pupils[mine], authority[mine], year[mine], counters.key + 40 + int(number))
    preferred = np.full(len(record), "", dtype=object)
    rnd_rows = np.flatnonzero(rng.random(len(record)) < 0.0225)
    rnd = Random(int(rng.integers(2**62)))  # noqa: S311
    for row in rnd_rows:
        called = known_as(people, int(record.rows[row]), rnd)
        preferred[row] = "" if called == record.given[row] else called
    often = rng.random(len(record)) < 0.90
    away = np.where(often, rng.gamma(3.0, 0.95, len(record)), rng.gamma(2.2, 5.2, len(record)))
    return {
        "upn": strings(codes),
        "surname": strings(record.surname),
        "forename": strings(record.given),
        "middle_names": strings(record.middle),
        "preferred_forename": strings(preferred),
        "date_of_birth": dated(record.born, "%Y-%m-%d"),
        "sex": coded(record.sex, ("M", "F", "")),
        "postcode": strings(record.postcode),
        "school_urn": padded(900_000 + area * 500, 6),
        "attendance_pct": pl.Series(np.round(np.clip(97.6 - away, 20, 100), 1)).cast(pl.String),
    }


def _social_care(
    record: Written, people: People, country: Country, counters: Counters, rng: np.random.Generator
) -> dict[str, object]:
    unborn = rng.random(len(record)) < 0.011
    record.faults |= np.where(unborn, BIT["unborn"], 0)
    forename = record.given.copy()
    for row in np.flatnonzero(record.middle != ""):
        forename[row] = f"{forename[row]} {record.middle[row]}"
    called = np.array(_UNBORN, dtype=object)[rng.integers(0, 4, len(record))]
    forename = np.where(unborn, called, forename)
    due = people.born[record.rows] + rng.integers(-14, 15, len(record))
    born = np.where(unborn, np.where(rng.random(len(record)) < 0.2, NO_DATE, due), record.born)
    sex = np.where(unborn, np.where(rng.random(len(record)) < 0.62, 2, 3), record.sex)
    sex = np.where((sex == UNKNOWN_SEX) & (rng.random(len(record)) < 0.3), 3, sex)
    ethnicity = np.empty(len(record), dtype=object)
    for number, name in enumerate(TRADITIONS):
        codes, weights = zip(*(pair.split("*") for pair in _ETHNICITIES[name].split()), strict=True)
        mine = people.tradition[record.rows] == number
        up_to = np.cumsum(np.array(weights, float))
        # The child's own, and now and then another that somebody ticked.
        own = (people.person[record.rows[mine]] * 2654435761 % 2**32) / 2**32
        chance = np.where(rng.random(int(mine.sum())) < 0.08, rng.random(int(mine.sum())), own)
        ethnicity[mine] = np.array(codes, dtype=object)[
            np.searchsorted(up_to, chance * up_to[-1], side="right")
        ]
    la_codes = np.array([place.la_code for place in country.places], dtype=object)
    index = counters.records["social_care"] + np.arange(len(record))
    return {
        "person_id": padded(1_000_000 + scattered(index, 9_000_000, counters.key + 20), 7),
        "surname": strings(record.surname),
        "forename": strings(forename),
        "date_of_birth": dated(born, "%d/%m/%Y"),
        "gender": coded(sex, ("Male", "Female", "Unknown", "Indeterminate")),
        "ethnicity": strings(ethnicity),
        "postcode": strings(record.postcode),
        "la_code": strings(la_codes[country.area[record.home]]),
    }


def _police(record: Written, people: People, country: Country, rng: np.random.Generator) -> dict[str, object]:
    # One address always has one number: it hangs on the family and the postcode.
    house = (people.household[record.rows] * 7919 + record.home * 104_729) % 2**31
    towns = [place.town for place in country.places]
    homeless = (record.postcode == "") & (rng.random(len(record)) < 0.18)
    addresses = []
    for number, home, postcode, none in zip(
        house.tolist(), record.home.tolist(), record.postcode, homeless.tolist(), strict=True
    ):
        if none:
            addresses.append("NO FIXED ABODE")
            continue
        parts = [f"{number % 139 + 1} {country.street[home]}", towns[country.area[home]]]
        if number // 139 % 5 == 0:
            parts.insert(0, f"FLAT {number // 695 % 24 + 1}")
        addresses.append(", ".join([*parts, postcode] if postcode else parts))
    born = people.born[record.rows]
    since = np.maximum(_FIRST_INCIDENT, born + 30)
    when = since + (rng.random(len(record)) * (_LAST_INCIDENT - since)).astype(np.int64)
    forenames = [
        plain(f"{given} {middle}".strip()).upper()
        for given, middle in zip(record.given, record.middle, strict=True)
    ]
    return {
        "surname": pl.Series([plain(name).upper() for name in record.surname], dtype=pl.String),
        "forenames": pl.Series(forenames, dtype=pl.String),
        "dob": dated(record.born, "%d/%m/%Y"),
        "sex": coded(record.sex, ("M", "F", "U")),
        "address": pl.Series(addresses, dtype=pl.String),
        "incident_type": coded(rng.integers(0, len(INCIDENTS), len(record)), INCIDENTS),
        "incident_date": dated(when, "%Y-%m-%d"),
    }


def _known_nhs(numbers: Index, known: float, rng: np.random.Generator) -> pl.Series:
    """The NHS number where another agency has traced it: now and then a stranger's, never misspelt."""
    shifted = np.where(rng.random(numbers.size) < 0.002, np.roll(numbers, 1), numbers)
    text = padded(shifted, 10)
    return pl.select(
        pl.when(pl.lit(rng.random(numbers.size) < known)).then(text).otherwise(pl.lit(""))
    ).to_series()


def _truth(record: Written, people: People, key: int) -> dict[str, object]:
    rows = record.rows
    names = pl.Series(TRADITIONS, dtype=pl.String)
    year = people.born[rows].astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return {
        "_person": scattered(people.person[rows], 10**12, key + 30),
        "_epoch": people.epoch[rows].astype(np.int8),
        "_household": people.household[rows],
        "_tradition": names.gather(people.tradition[rows]),
        "_twin": people.twin[rows].astype(np.int8),
        "_sibling": people.sibling[rows].astype(np.int8),
        "_adopted": (people.epoch[rows] > 0).astype(np.int8),
        "_sex": coded(people.sex[rows], ("M", "F")),
        "_birth_year": year.astype(np.int16),
        "_errors": strings(labels(record.faults)),
    }
