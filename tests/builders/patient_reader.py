"""A reader with all the time in the world: every table in whole numbers that fits what is printed.

Written apart from the attack it checks: no linear programme, only trying one number after the other.
"""

from collections.abc import Iterator, Mapping, Sequence

from sightline.statistics.tables import CellKey, Sum

Known = tuple[int, int | None]
Table = dict[CellKey, int]


class TooMany(Exception):
    """More tries than a test should wait for."""


class PatientReader:
    """`farthest` is the largest count that is tried for a cell that nothing bounds."""

    def __init__(
        self, known: Mapping[CellKey, Known], sums: Sequence[Sum], *, farthest: int = 9, tries: int = 60_000
    ) -> None:
        cells = dict.fromkeys(key for each in sums for key in (each.total, *each.parts))
        self.bounds = {}
        for key in (*cells, *known):
            low, high = known.get(key, (0, None))
            self.bounds[key] = (low, farthest if high is None else high)
        self.sums = [(each.total, each.parts) for each in sums]
        self.tries = tries

    def possible(self) -> dict[CellKey, set[int]]:
        """For each cell, every count that some table that fits gives it."""
        seen: dict[CellKey, set[int]] = {key: set() for key in self.bounds}
        for table in self.tables():
            for key, value in table.items():
                seen[key].add(value)
        return seen

    def tables(self) -> Iterator[Table]:
        yield from self._search(dict(self.bounds))

    def _search(self, bounds: dict[CellKey, tuple[int, int]]) -> Iterator[Table]:
        self.tries -= 1
        if self.tries < 0:
            raise TooMany
        if not self._tighten(bounds):
            return
        undecided = [key for key, (low, high) in bounds.items() if low < high]
        if not undecided:
            yield {key: low for key, (low, _) in bounds.items()}
            return
        chosen = min(undecided, key=lambda key: bounds[key][1] - bounds[key][0])
        for value in range(bounds[chosen][0], bounds[chosen][1] + 1):
            yield from self._search(bounds | {chosen: (value, value)})

    def _tighten(self, bounds: dict[CellKey, tuple[int, int]]) -> bool:
        """Let every sum narrow its cells until none does; False where one cannot hold."""
        changed = True
        while changed:
            changed = False
            for total, parts in self.sums:
                least = sum(bounds[part][0] for part in parts)
                most = sum(bounds[part][1] for part in parts)
                wanted = {total: (least, most)}
                for part in parts:
                    low, high = bounds[part]
                    wanted[part] = (bounds[total][0] - (most - high), bounds[total][1] - (least - low))
                for key, (least_of, most_of) in wanted.items():
                    low, high = bounds[key]
                    narrow = (max(low, least_of), min(high, most_of))
                    if narrow[0] > narrow[1]:
                        return False
                    if narrow != (low, high):
                        bounds[key] = narrow
                        changed = True
        return True
