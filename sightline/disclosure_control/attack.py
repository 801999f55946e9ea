"""The attack on a release: what can a reader work out, who has everything published and knows every sum?

Nothing here is shared with the part that chooses what to hide, except the cells and their sums. A cell is
held to be safe only when whole tables were found that fit everything a reader sees and differ in that cell
by enough: each such table is checked in whole numbers, so no rounding error of a solver can pass a leak.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sightline.disclosure_control.equations import Equations
from sightline.disclosure_control.reader import Reader
from sightline.statistics.tables import CellKey
from sightline.vocabulary.progress import Progress, silent

Known = tuple[int, int | None]
"""The smallest and the largest count that what is printed allows; None: no limit."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """A cell whose count can be worked out too closely: between `low` and `high`, by these sums.

    `is_printed`: it need not be worked out. `by_whole_numbers`: it can be only because counts are whole;
    broken numbers would leave more room. The sums are looked for only for the first few cells.
    """

    cell: CellKey
    low: int
    high: int
    sums: tuple[str, ...]
    by_whole_numbers: bool = False
    is_printed: bool = False

    def in_words(self) -> str:
        found = f"is {self.low}" if self.low == self.high else f"lies between {self.low} and {self.high}"
        whole = " (because counts are whole numbers)" if self.by_whole_numbers else ""
        how = " It is printed, or was in an earlier release." if self.is_printed else ""
        if self.sums:
            how = f" What gives it away: {'; '.join(self.sums)}."
        return f"“{self.cell}” {found}{whole}.{how}"


@dataclass(frozen=True, slots=True)
class Attacked:
    """What an attack tried and found."""

    cells_attacked: int
    tables_found: int
    programmes_solved: int
    revealed: tuple[Revealed, ...]


_RANDOM_TABLES = 40
_EXPLAINED = 3
"""Of so many revealed cells the sums are looked for: it takes long, and one mended leak mends many."""


@dataclass(frozen=True, slots=True)
class Defence:
    """What must hold of every cell. `width`: how far the counts that a reader cannot rule out must reach.
    `never_sure_up_to`: of no cell may a reader be sure that its count is between 1 and this, printed or
    not, unless it is `exempt`."""

    width: Mapping[CellKey, int]
    never_sure_up_to: int
    exempt: frozenset[CellKey] = frozenset()


class _Aim:
    """Which cells are still too narrow, given the extremes found so far."""

    def __init__(self, reader: Reader, defence: Defence) -> None:
        keys = reader.equations.keys
        self.reader = reader
        self.width = np.array([defence.width.get(key, 0) for key in keys], dtype=np.int64)
        self.sure = np.array([0 if key in defence.exempt else defence.never_sure_up_to for key in keys])
        self.targets = np.flatnonzero((self.width > 0) | (self.sure > 0))
        self.reach = np.maximum(self.width, self.sure)

    def is_narrow(self, low: Any, high: Any, cells: Any) -> Any:
        return (high - low < self.width[cells]) | ((low >= 1) & (high <= self.sure[cells]))

    def narrow(self, cells: Any) -> Any:
        return cells[self.is_narrow(self.reader.smallest[cells], self.reader.largest[cells], cells)]


def attack(
    equations: Equations,
    *,
    known: Mapping[CellKey, Known],
    defence: Defence,
    counts: Mapping[CellKey, int],
    explain: bool = True,
    progress: Progress = silent,
) -> Attacked:
    """Try to bound every cell more closely than the defence allows.

    `known` says what a reader sees of a cell; a cell that is not in it was never printed. `counts` is the
    true table, or else any other that fits what is seen. A cell for which no table can be found that settles
    it counts as revealed. `explain`: name the sums that reveal the first few.
    """
    low, high = _bounds(equations, known)
    table = np.array([counts[key] for key in equations.keys], dtype=np.int64)
    reader = Reader(equations, table, low, high)
    aim = _Aim(reader, defence)
    _try_at_random(aim)
    revealed: list[Revealed] = []
    doubtful = aim.narrow(aim.targets)
    for number, cell in enumerate(doubtful.tolist()):
        progress("Attacking what is hidden", number, len(doubtful))
        found = _try_one(aim, cell)
        if found is not None:
            with_sums = explain and len(revealed) < _EXPLAINED
            revealed.append(_explained(aim, found) if with_sums else found)
    return Attacked(len(reader.open), reader.tables_found, reader.programmes_solved, tuple(revealed))


def _bounds(equations: Equations, known: Mapping[CellKey, Known]) -> tuple[Any, Any]:
    pairs = [known.get(key, (0, None)) for key in equations.keys]
    low = np.array([low for low, _ in pairs], dtype=np.float64)
    high = np.array([np.inf if high is None else high for _, high in pairs], dtype=np.float64)
    return low, high


def _try_at_random(aim: _Aim) -> None:
    """Tables far from the first in as many doubtful cells at once as may be; each settles many."""
    reader = aim.reader
    targets = np.intersect1d(aim.targets, reader.open)
    if not len(targets):
        return
    chance = np.random.default_rng(1989)
    low, high = reader.within(2 * int(aim.reach.max()))
    for _ in range(_RANDOM_TABLES):
        doubtful = aim.narrow(targets)
        if not len(doubtful):
            return
        goal = np.zeros(len(reader.counts))
        goal[doubtful] = chance.choice((-1, 1), size=len(doubtful)) * chance.integers(
            8, 13, size=len(doubtful)
        )
        found = reader.solve(goal[reader.open], low, high, whole=False)
        if found.x is None or not reader.note(found.x):
            found = reader.solve(goal[reader.open], low, high, whole=True)
            if found.x is not None:
                reader.note(found.x)
        if len(aim.narrow(targets)) > 0.95 * len(doubtful):
            return


def _try_one(aim: _Aim, cell: int) -> Revealed | None:
    """Bound one cell from both sides, first in broken numbers, then, if these leave room, in whole ones.
    In the end only tables that were found, whole and fitting, settle it."""
    reader, one = aim.reader, np.array([cell])
    key = reader.equations.keys[cell]
    if cell not in reader.place:
        count = int(reader.counts[cell])
        return Revealed(key, count, count, (), is_printed=True)
    room_in_broken = False
    for whole in (False, True):
        least, most = _extremes(aim, cell, whole=whole)
        if not len(aim.narrow(one)):
            return None
        low, high = _whole_between(least, most)
        if aim.is_narrow(low, high, cell):
            room_in_broken |= not aim.is_narrow(least, most, cell)
            return Revealed(key, low, high, (), by_whole_numbers=room_in_broken)
        room_in_broken = True
    return Revealed(key, int(reader.smallest[cell]), int(reader.largest[cell]), (), by_whole_numbers=True)


def _extremes(aim: _Aim, cell: int, *, whole: bool, lines: Any = None) -> tuple[float, float]:
    """The least and the greatest count of a cell, looked for no further each way than matters."""
    reader, reach = aim.reader, int(aim.reach[cell])
    place, count = reader.place[cell], int(reader.counts[cell])
    low, high = reader.low[reader.open].copy(), reader.high[reader.open].copy()
    low[place], high[place] = max(low[place], count - reach), min(high[place], count + reach)
    ends = []
    for sign in (1, -1):
        goal = np.zeros(len(reader.open))
        goal[place] = sign
        found = reader.solve(goal, low, high, whole=whole, lines=lines)
        if found.x is not None and lines is None:
            reader.note(found.x)
        # What is not found within the nodes allowed is taken as not there.
        ends.append(float(count if found.x is None else found.x[place]))
    return ends[0], ends[1]


def _whole_between(least: float, most: float) -> tuple[int, int]:
    return int(np.ceil(least - _TOLERANCE)), int(np.floor(most + _TOLERANCE))


_TOLERANCE = 1e-6


def _explained(aim: _Aim, found: Revealed) -> Revealed:
    """With a smallest set of sums that is enough to reveal it."""
    if found.is_printed:
        return found
    cell = aim.reader.equations.position[found.cell]
    lines: list[int] = []
    for ring in _rings(aim.reader, cell):
        lines = [*ring, *lines]
        if _reveal(aim, cell, lines, whole=found.by_whole_numbers):
            break
    for line in list(lines):  # the farthest first
        fewer = [each for each in lines if each != line]
        if _reveal(aim, cell, fewer, whole=found.by_whole_numbers):
            lines = fewer
    words = (aim.reader.equations.in_words(int(aim.reader.lines[line])) for line in reversed(lines))
    return replace(found, sums=tuple(words))


def _reveal(aim: _Aim, cell: int, lines: Sequence[int], *, whole: bool) -> bool:
    ends = _extremes(aim, cell, whole=whole, lines=np.array(lines, dtype=np.int64))
    return bool(aim.is_narrow(*_whole_between(*ends), cell))


def _rings(reader: Reader, cell: int) -> Iterator[list[int]]:
    """The sums that hold a cell, then those that share an open cell with them, and so on outwards."""
    seen: set[int] = set()
    edge = {reader.place[cell]}
    by_cell = reader.matrix.tocsc()
    while edge:
        near = sorted({int(line) for place in edge for line in by_cell[:, [place]].indices} - seen)
        if near:
            yield near
        seen.update(near)
        edge = {int(place) for line in near for place in reader.matrix[[line]].indices}
