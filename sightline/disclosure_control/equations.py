"""The cells of a release in one order, and the sums that tie them together as rows of numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sightline.statistics.tables import CellKey, Sum


@dataclass(frozen=True)
class Equations:
    """`lines` holds for each sum the position of its total, then those of its parts.

    Cells and sums are sorted, so that the same release gives the same equations whatever order its tables
    came in, and with them the same choice of what to hide.
    """

    keys: tuple[CellKey, ...]
    lines: tuple[tuple[int, ...], ...]

    @cached_property
    def position(self) -> Mapping[CellKey, int]:
        return {key: index for index, key in enumerate(self.keys)}

    @cached_property
    def entries(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """Row, column and value of the matrix that is zero times any table that adds up."""
        sizes = [len(line) for line in self.lines]
        rows = np.repeat(np.arange(len(self.lines)), sizes)
        columns = np.fromiter((cell for line in self.lines for cell in line), dtype=np.int64)
        values = np.ones(len(columns))
        values[np.cumsum([0, *sizes[:-1]])[: len(sizes)]] = -1
        return rows, columns, values

    def in_words(self, line: int) -> str:
        total, *parts = (str(self.keys[cell]) for cell in self.lines[line])
        return f"{total} = {' + '.join(parts)}"


def equations(cells: Iterable[CellKey], sums: Iterable[Sum]) -> Equations:
    """Sums that say nothing (a total that is its only part) or say the same twice are left out."""
    told = {(each.total, tuple(sorted(each.parts, key=str))) for each in sums}
    told = {(total, parts) for total, parts in told if parts != (total,)}
    named = {key for total, parts in told for key in (total, *parts)}
    keys = tuple(sorted(named.union(cells), key=str))
    position = {key: index for index, key in enumerate(keys)}
    lines = sorted((position[total], *(position[part] for part in parts)) for total, parts in told)
    return Equations(keys, tuple(lines))


def check_sums(counts: Mapping[CellKey, int], sums: Iterable[Sum]) -> None:
    """Raise ValueError for a sum that does not hold: an untrue sum would make every proof worthless."""
    for each in sums:
        found = sum(counts[part] for part in each.parts)
        if found != counts[each.total]:
            raise ValueError(f"The parts of “{each.total}” add up to {found}, not to {counts[each.total]}.")
