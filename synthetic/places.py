"""Where the families live. The towns are real, the postcodes and streets invented."""

import csv
import tomllib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthetic.names import HERE, TRADITIONS, Strings

HOUSEHOLDS_A_POSTCODE = 3.4
Index = NDArray[np.int64]

_UNIT = "ABDEFGHJLNPQRSTUWXYZ"
_SECTOR = 100


@dataclass(frozen=True)
class Place:
    area: str
    town: str
    la_code: str
    la_number: int
    weight: float
    variety: float
    drawn: tuple[str, ...]


def places() -> tuple[Place, ...]:
    with (HERE / "places.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Place(
                row["area"], row["town"], row["la_code"], int(row["la_number"]), float(row["weight"]),
                float(row["variety"]), tuple(row["drawn"].split()),
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


class Country:
    """Every postcode of one population, numbered through: by area, district, sector and unit."""

    def __init__(self, households: float, rng: np.random.Generator) -> None:
        self.places = places()
        weights = np.array([place.weight for place in self.places])
        self.chance = weights / weights.sum()
        self.lives = np.array([self._lives(name) for name in TRADITIONS]).cumsum(axis=1)
        codes: list[str] = []
        area: list[int] = []
        district: list[int] = []
        districts = 0
        for number, place in enumerate(self.places):
            many = max(20, round(self.chance[number] * households / HOUSEHOLDS_A_POSTCODE))
            parts = min(40, max(1, round((many / 40) ** 0.6)))
            outwards = rng.choice(np.arange(1, 60), parts, replace=False)
            for part, outward in enumerate(outwards):
                here = many * (part + 1) // parts - many * part // parts
                for unit in self._units(here, rng):
                    codes.append(f"{place.area}{outward} {unit}")
                area += [number] * here
                district += [districts] * here
                districts += 1
        self.postcodes: Strings = np.array(codes, dtype=object)
        self.area = np.array(area)
        self.district = np.array(district)
        self.area_start = np.searchsorted(self.area, np.arange(len(self.places) + 1))
        self.district_start = np.searchsorted(self.district, np.arange(districts + 1))
        words = tomllib.loads((HERE / "streets.toml").read_text("utf-8"))
        names, kinds = words["names"].split(), words["kinds"].split()
        streets = rng.integers(0, len(names) * len(kinds), len(codes))
        self.street: Strings = np.array(
            [f"{names[street % len(names)]} {kinds[street // len(names)]}" for street in streets],
            dtype=object,
        )

    def _lives(self, tradition: str) -> NDArray[np.float64]:
        variety = np.array([place.variety for place in self.places])
        drawn = np.array([place.drawn.count(tradition) for place in self.places])
        match tradition:
            case "white_british":
                pull = 1 - variety
            case "irish_traveller":
                pull = 0.3 + drawn
            case "mixed":
                pull = 0.25 + variety
            case _:
                pull = variety * (1 + drawn)
        chance = self.chance * pull
        share: NDArray[np.float64] = chance / chance.sum()
        return share

    def _units(self, many: int, rng: np.random.Generator) -> list[str]:
        sectors = min(10, -(-many // _SECTOR))
        if many > sectors * len(_UNIT) ** 2:
            raise ValueError("more postcodes in a district than letters for them")
        units = []
        for part, sector in enumerate(rng.choice(10, sectors, replace=False)):
            here = many * (part + 1) // sectors - many * part // sectors
            for pair in np.sort(rng.choice(len(_UNIT) ** 2, here, replace=False)):
                units.append(f"{sector}{_UNIT[pair // len(_UNIT)]}{_UNIT[pair % len(_UNIT)]}")
        return units

    def homes(self, tradition: Index, rng: np.random.Generator) -> Index:
        """A postcode for each family, where families of its tradition live."""
        chance = rng.random(tradition.size)
        area = np.zeros(tradition.size, np.int64)
        for number in range(len(TRADITIONS)):
            mine = tradition == number
            area[mine] = np.searchsorted(self.lives[number], chance[mine], side="right")
        area = np.minimum(area, len(self.places) - 1)
        return self._within(self.area_start, area, rng)

    def elsewhere(self, home: Index, tradition: Index, near: float, rng: np.random.Generator) -> Index:
        """Another postcode: `near` of the time in the same district, sometimes in the same town."""
        found = self.homes(tradition, rng)
        how = rng.random(home.size)
        same_town = how < near + 0.06
        found[same_town] = self._within(self.area_start, self.area[home[same_town]], rng)
        same_district = how < near
        found[same_district] = self._within(self.district_start, self.district[home[same_district]], rng)
        return found

    def _within(self, starts: Index, part: Index, rng: np.random.Generator) -> Index:
        within: Index = starts[part] + (rng.random(part.size) * (starts[part + 1] - starts[part])).astype(
            np.int64
        )
        return within
