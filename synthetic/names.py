"""Lists of names and how often each is borne."""

import itertools
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
Strings = NDArray[np.object_]
TRADITIONS = (
    "white_british", "sasian_muslim", "mixed", "east_european", "indian", "west_african", "arabic",
    "horn_african", "portuguese_latin", "caribbean", "chinese_viet", "turkish_kurdish", "irish_traveller",
)  # fmt: skip


@dataclass(frozen=True)
class Names:
    """Names, the commonest first, and the chance that a draw falls on one of those up to each."""

    names: Strings
    up_to: NDArray[np.float64]

    def drawn(self, rng: np.random.Generator, many: int) -> Strings:
        place = np.searchsorted(self.up_to, rng.random(many), side="right")
        drawn: Strings = self.names[np.minimum(place, self.names.size - 1)]
        return drawn


@dataclass(frozen=True)
class Tradition:
    """How one group of families names its children."""

    name: str
    share: float
    surnames: Names
    boys: Names
    girls: Names
    table: dict[str, Any]

    @property
    def middle(self) -> dict[str, Any]:
        middle: dict[str, Any] = self.table.get("middle", {})
        return middle

    def given(self, sex: int) -> Names:
        return self.girls if sex else self.boys


@cache
def traditions() -> tuple[Tradition, ...]:
    tables = {
        name: tomllib.loads((HERE / "names" / f"{name}.toml").read_text("utf-8")) for name in TRADITIONS
    }
    made: dict[str, Tradition] = {}
    for name in sorted(TRADITIONS, key=lambda name: "given_names_of" in tables[name]):
        table = tables[name]
        like = made.get(table.get("given_names_of", ""))
        made[name] = Tradition(
            name,
            table["share"],
            _names(table["surnames"]) if "surnames" in table else like.surnames,  # type: ignore[union-attr]
            like.boys if like else _names(table["boys"]),
            like.girls if like else _names(table["girls"]),
            table,
        )
    return tuple(made[name] for name in TRADITIONS)


def listed(text: str) -> list[str]:
    return [word for line in text.split(",") if (word := line.strip())]


def _names(table: dict[str, Any]) -> Names:
    """The list, and names made up behind it, falling off so that two draws agree as often as `alike` says."""
    listing = list(dict.fromkeys(listed(table["list"])))
    invented = table.get("invented", 0.0)
    made = _made(table) if "starts" in table else []
    if made and not invented:  # one fall from the commonest to the rarest
        listing, made = list(dict.fromkeys(listing + made)), []
    chances = _falling(len(listing), table["alike"] / (1 - invented) ** 2) * (1 - invented)
    if made:
        made = [name for name in dict.fromkeys(made) if name not in set(listing)]
        chances = np.concatenate([chances, _falling(len(made), 1.6 / len(made)) * invented])
    return Names(np.array(listing + made, dtype=object), np.cumsum(chances))


def _made(table: dict[str, Any]) -> list[str]:
    pairs = itertools.product(listed(table["starts"]), listed(table["ends"]))
    made = [start + end for start, end in pairs if start[-1].lower() != end[0] or len(start) < 4]
    return [str(name) for name in np.random.default_rng(1).permutation(made)]


def _falling(many: int, alike: float) -> NDArray[np.float64]:
    """Chances ∝ 1 / (rank + 3) ** skew, the skew found by halving so that the sum of squares is `alike`."""
    ranks = np.arange(1, many + 1) + 3.0
    low, high = 0.0, 6.0
    for _ in range(60):
        skew = (low + high) / 2
        chances: NDArray[np.float64] = (ranks**-skew).astype(np.float64)
        chances /= chances.sum()
        low, high = (skew, high) if (chances**2).sum() < alike else (low, skew)
    return chances


@cache
def groups(table: str, key: str) -> tuple[tuple[str, ...], ...]:
    lines = tomllib.loads((HERE / table).read_text("utf-8"))[key].strip().splitlines()
    return tuple(tuple(line.split()) for line in lines)
