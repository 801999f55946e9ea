"""The index of what is stored: kept in the data folder, built anew where anything has changed since.

What it holds follows from what intake has accepted, the last linking, the records closed at adoption and the
code and weights; a digest of these names its folder. Whoever looks is asked why and recorded elsewhere:
`looked` is the one place through which a search of stored people goes.
"""

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import polars as pl

from sightline.identity import index_files
from sightline.identity.index import Index, index_of
from sightline.identity.index_changes import add, remove
from sightline.identity.learnt.lookups import weights_in_force
from sightline.identity.lookups import last_run, people_for_linking
from sightline.identity.runs import code_version
from sightline.identity.searching import Answer, Search, find
from sightline.identity.sought import Sought
from sightline.identity.storing import current_memberships
from sightline.identity.weights import Weights
from sightline.intake.lookups import current_people, last_change
from sightline.intake.restriction_actions import closed_records
from sightline.vocabulary.progress import Progress, silent

FOLDER = "index"


class StoredIndex:
    """The index of the stored people, as of the last `refresh`. For a process that answers many searches."""

    def __init__(self, data: Path, *, weights: Weights | None = None, progress: Progress = silent) -> None:
        self._folder = data / FOLDER
        self._weights = weights or weights_in_force()
        self._state = _State.now(self._weights)
        self.index = _opened(self._folder, self._state, self._weights, progress)

    @property
    def was_linked(self) -> bool:
        """Whether identities have been decided; else each record stands for itself."""
        return bool(self._state.run)

    def looked(self, sought: Sought, *, search: Search | None = None, everyone: bool = False) -> Answer:
        """Look for one person. Every search of stored people comes through here."""
        return find(self.index, sought, weights=self._weights, search=search, everyone=everyone)

    def refresh(self, *, progress: Progress = silent) -> None:
        """Take in what has changed: records that came and went into this index, another linking anew."""
        now = _State.now(self._weights)
        if now == self._state:
            return
        if now.run != self._state.run or now.code != self._state.code:
            self.index = _opened(self._folder, now, self._weights, progress)
        else:
            _bring_up_to_date(self.index, changed_after=self._state.change)
        self._state = now


class _State:
    """What an index follows from."""

    def __init__(self, change: int, run: int, closed: str, code: str) -> None:
        self.change, self.run, self.closed, self.code = change, run, closed, code

    @classmethod
    def now(cls, weights: Weights) -> "_State":
        run = last_run()
        closed = hashlib.sha256(json.dumps(sorted(closed_records())).encode()).hexdigest()
        table = hashlib.sha256(weights.table.tobytes()).hexdigest()[:16]
        code = f"{code_version()} {weights.version} {table} {pl.__version__} {np.__version__}"
        return cls(last_change(), run.pk if run else 0, closed, code)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _State) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]

    @property
    def name(self) -> str:
        return hashlib.sha256(json.dumps(vars(self), sort_keys=True).encode()).hexdigest()[:24]


def _opened(folder: Path, state: _State, weights: Weights, progress: Progress) -> Index:
    kept = index_files.load(folder / state.name)
    if kept is not None:
        return kept
    progress("building the index", 0, 0)
    people = people_for_linking()
    built = index_of(
        people,
        agencies=people["agency"].unique().sort().to_list(),
        identities=_identities(people).to_numpy(),
        weights=weights,
    )
    index_files.save(built, folder / state.name)
    for old in folder.iterdir():
        if old.name != state.name:
            shutil.rmtree(old, ignore_errors=True)
    return built


def _identities(people: pl.DataFrame) -> pl.Series:
    record = ("agency", "record_id")
    joined = people.select(record).join(current_memberships(), on=record, how="left", maintain_order="left")
    return joined["before"].fill_null(0)


def _bring_up_to_date(index: Index, *, changed_after: int) -> None:
    """Add what changed and take out what is held no more, or was closed."""
    record = ("agency", "record_id")
    people = people_for_linking()
    rows = [(row, *index.record(row)) for row in range(index.count) if not index.is_gone[row]]
    held = pl.DataFrame(
        rows, schema={"row": pl.Int64, "agency": pl.String, "record_id": pl.String}, orient="row"
    )
    is_open = people.filter(~pl.col("is_restricted"))
    gone = held.join(is_open, on=record, how="anti")
    remove(index, gone.select(record).iter_rows())
    changed = current_people(changed_after=changed_after).select(record).unique()
    missing = is_open.join(held, on=record, how="anti").select(record)
    came = is_open.join(pl.concat([changed, missing]).unique(), on=record, how="semi")
    add(index, came, identities=_identities(came).to_numpy())
