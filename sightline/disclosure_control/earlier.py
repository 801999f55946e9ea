"""What earlier publications showed: they cannot be called back, so their readers know it still."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sightline.disclosure_control.attack import Known
from sightline.disclosure_control.safe import SafeRelease
from sightline.statistics.tables import CellKey, Sum


@dataclass(frozen=True)
class EarlierRelease:
    """`known` says what each printed cell told: (5, 5) a five, (35, 44) a rounded forty, (0, None) hidden.

    `sums` are those that tie its cells, among them any that tie them to the cells of a later release: the
    fifteen months of one report are the year of another and the quarter between.
    """

    name: str
    known: Mapping[CellKey, Known]
    sums: tuple[Sum, ...] = ()

    @classmethod
    def of(cls, release: SafeRelease, *, name: str) -> "EarlierRelease":
        return cls(name, release.known, release.sums)


@dataclass(frozen=True)
class Merged:
    """A release with all that was published before it.

    `counts` holds the true counts of this release and, for cells that only an earlier one has, counts that
    fit what it printed. `revised` names cells that were printed with another number than today's, and
    `untied` sums that do not hold with today's counts: both were about a register since corrected and tell
    nothing exact about today's counts.
    """

    counts: Mapping[CellKey, int]
    known: Mapping[CellKey, Known]
    sums: tuple[Sum, ...]
    revised: tuple[CellKey, ...] = ()
    untied: tuple[Sum, ...] = ()


def merge(
    counts: Mapping[CellKey, int],
    sums: Sequence[Sum],
    earlier: Sequence[EarlierRelease],
    *,
    implied: Mapping[CellKey, Known] | None = None,
) -> Merged:
    """`implied` says what is known of cells of this release that are not printed."""
    known: dict[CellKey, Known] = dict(implied or {})
    tied = list(sums)
    revised: list[CellKey] = []
    for release in earlier:
        changed = {
            key for key, told in release.known.items() if key in counts and not _fits(counts[key], told)
        }
        revised.extend(sorted(changed, key=str))
        renamed = {key: _as_in(release, key) for key in changed}
        for key, told in release.known.items():
            name = renamed.get(key, key)
            known[name] = _narrower(known.get(name, (0, None)), told)
        tied.extend(
            Sum(renamed.get(each.total, each.total), tuple(renamed.get(part, part) for part in each.parts))
            for each in release.sums
        )
    if not earlier:
        return Merged(counts, known, tuple(sums))
    found, untied = _complete(counts, known, tied, own=len(sums))
    return Merged(
        found, known, tuple(each for each in tied if each not in untied), tuple(revised), tuple(untied)
    )


def _fits(count: int, told: Known) -> bool:
    low, high = told
    return low <= count and (high is None or count <= high)


def _narrower(left: Known, right: Known) -> Known:
    highs = [high for high in (left[1], right[1]) if high is not None]
    low, high = max(left[0], right[0]), min(highs, default=None)
    # Two earlier releases that contradict one another: the later one is believed.
    return right if high is not None and high < low else (low, high)


def _as_in(release: EarlierRelease, key: CellKey) -> CellKey:
    """A count that has been corrected since is another count than today's."""
    return replace(
        key, population=replace(key.population, way=f"{key.population.way} (as in {release.name})")
    )


def _complete(
    counts: Mapping[CellKey, int], known: Mapping[CellKey, Known], sums: Sequence[Sum], *, own: int
) -> tuple[dict[CellKey, int], list[Sum]]:
    """Counts for every cell, those unknown chosen so that as many sums as may be hold, the first `own` of
    them above all; and the sums that fail."""
    complete = dict(counts)
    for key, (low, high) in known.items():
        if key not in complete and low == high:
            complete[key] = low
    unknown = sorted(_named(sums, known) - complete.keys(), key=str)
    if unknown:
        complete |= _fitting(unknown, complete, known, sums, own=own)
    untied = [each for each in sums if complete[each.total] != sum(complete[part] for part in each.parts)]
    return complete, untied


def _named(sums: Iterable[Sum], known: Mapping[CellKey, Known]) -> set[CellKey]:
    return {key for each in sums for key in _cells_of(each)} | set(known)


def _cells_of(each: Sum) -> Iterator[CellKey]:
    yield each.total
    yield from each.parts


_OWN_SUM_BROKEN = 1000.0


def _fitting(
    unknown: Sequence[CellKey],
    counts: Mapping[CellKey, int],
    known: Mapping[CellKey, Known],
    sums: Sequence[Sum],
    *,
    own: int,
) -> dict[CellKey, int]:
    """Whole numbers for the unknown cells that break as little of the sums as may be."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import lil_array

    position = {key: index for index, key in enumerate(unknown)}
    open_places = [
        place for place, each in enumerate(sums) if not position.keys().isdisjoint(_cells_of(each))
    ]
    open_sums = [sums[place] for place in open_places]
    blame = np.repeat([_OWN_SUM_BROKEN if place < own else 1.0 for place in open_places], 2)
    matrix = lil_array((len(open_sums), len(unknown) + 2 * len(open_sums)))
    right = np.zeros(len(open_sums))
    for row, each in enumerate(open_sums):
        for key, sign in ((each.total, -1), *((part, 1) for part in each.parts)):
            if key in position:
                matrix[row, position[key]] += sign
            else:
                right[row] -= sign * counts[key]
        matrix[row, len(unknown) + 2 * row] = 1
        matrix[row, len(unknown) + 2 * row + 1] = -1
    told = [known.get(key, (0, None)) for key in unknown]
    slack = 2 * len(open_sums)
    low = [low for low, _ in told] + [0] * slack
    high = [np.inf if high is None else high for _, high in told] + [np.inf] * slack
    found = milp(
        np.r_[np.zeros(len(unknown)), blame],
        constraints=[LinearConstraint(matrix.tocsr(), right, right)] if open_sums else [],
        bounds=Bounds(low, high),
        integrality=np.r_[np.ones(len(unknown)), np.zeros(slack)],
        options={"presolve": False},  # as in master.py
    )
    return {key: round(float(value)) for key, value in zip(unknown, found.x, strict=False)}
