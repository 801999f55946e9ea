"""The records of a population, ready to be searched: the batch's own arrays, with room for one record more.

That record is the search itself. It is written into the last row with the same tokens and frequencies as any
other, so that the very kernel which scores a run scores it. A name that nobody bears gets a token of its
own with the least chance there is.

Records that arrive are put behind the others and found under keys in a small array of their own, until that
is large enough to be merged; a record that goes is marked. Frequencies stay those of the last building. A
record closed at adoption has no keys and no others in its identity: no search comes to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sightline.identity.arrays import (
    FORENAME_SLOTS,
    SURNAME_SLOTS,
    Names,
    Population,
    Postcodes,
    Records,
)
from sightline.identity.lexicons import Lexicon, cut_letters, lexicon
from sightline.identity.names import relatives, skeleton
from sightline.identity.reading import population as read
from sightline.identity.search_keys import count_and_write
from sightline.identity.weights import Weights, children_about

QUERY_TOKENS = FORENAME_SLOTS + SURNAME_SLOTS
RELATIVES_OF_A_QUERY = 64 * QUERY_TOKENS
ROOM = 2048
"""Rows kept free for records that arrive, and for their names, before arrays must grow."""
LARGEST_RECENT = 1 << 20
"""Entries of records that arrived, beyond which they are merged with the others."""
DIRECTORY_BITS = 16
NEW_NUMBER = 1 << 30
"""From here on numbers of sounds, consonants and places are those of a search alone."""

Entries = NDArray[np.uint64]


@dataclass(slots=True, eq=False)
class Lexicons:
    """Where each text stands in the arrays: whole, or (sounds, parts of a postcode) in a row that has it."""

    tokens: Lexicon
    sounds: Lexicon
    skeletons: Lexicon
    postcodes: Lexicon
    sectors: Lexicon
    districts: Lexicon
    areas: Lexicon


@dataclass(slots=True, eq=False)
class Index:
    """`population` has `count` records in use; the last of its rows is the search's.

    `identity` is the number of each record's identity, 0 for one that is of none but itself; `following`
    leads from each record round all records of its identity. `entries` and `recent` are sorted (key, row).
    """

    population: Population
    count: int
    tokens_used: int
    postcodes_used: int
    relatives_used: int
    agencies: tuple[str, ...]
    record_ids: "RecordIds"
    identity: NDArray[np.int64]
    following: NDArray[np.int32]
    is_gone: NDArray[np.bool_]
    entries: Entries
    directory: NDArray[np.int64]
    recent: Entries
    lexicons: Lexicons
    children: float
    mates: float
    year_chance: NDArray[np.float32]  # base-2 logarithm of the share of children born in each year
    lock: Lock = field(default_factory=Lock, repr=False)
    scratch: Any = None
    rows: dict[tuple[str, str], int] | None = None  # where each record is; see index_changes

    @property
    def query(self) -> int:
        return len(self.identity) - 1

    def record(self, row: int) -> tuple[str, str]:
        return self.agencies[self.population.records.agency[row]], self.record_ids.text(row)

    def bytes_held(self) -> int:
        """Memory of all arrays."""
        arrays: list[NDArray[Any]] = [
            *self.population.records,
            *self.population.names,
            *self.population.postcodes,
        ]
        arrays += [self.identity, self.following, self.is_gone, self.entries, self.directory, self.recent]
        for each in _lexicons(self.lexicons):
            arrays += [each.texts, each.rows]
        return sum(int(array.nbytes) for array in arrays) + self.record_ids.bytes_held()


@dataclass(slots=True, eq=False)
class RecordIds:
    """The agencies' numbers for their records, one behind the other."""

    text_bytes: NDArray[np.uint8]
    start: NDArray[np.int64]
    more: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, texts: pl.Series) -> "RecordIds":
        encoded = [text.encode() for text in texts.to_list()]
        start = np.zeros(len(encoded) + 1, np.int64)
        np.cumsum([len(each) for each in encoded], out=start[1:])
        return cls(np.frombuffer(b"".join(encoded), np.uint8), start)

    def text(self, row: int) -> str:
        held = len(self.start) - 1
        if row >= held:
            return self.more[row - held]
        return bytes(self.text_bytes[self.start[row] : self.start[row + 1]]).decode()

    def bytes_held(self) -> int:
        return int(self.text_bytes.nbytes + self.start.nbytes)


def index_of(
    people: pl.DataFrame, *, agencies: Sequence[str], identities: NDArray[np.int64], weights: Weights
) -> Index:
    """`people` as for `linking.link`; `identities` the number of each row's identity, 0 for none."""
    return index_of_population(
        read(people, agencies),
        agencies=agencies,
        record_ids=people["record_id"],
        identities=identities,
        weights=weights,
    )


def index_of_population(
    population: Population,
    *,
    agencies: Sequence[str],
    record_ids: pl.Series,
    identities: NDArray[np.int64],
    weights: Weights,
) -> Index:
    children = children_about(population)
    mates = weights.mates_bits(population)
    count, tokens = len(population.records.born), len(population.names.length)
    postcodes = len(population.postcodes.sector)
    lexicons = _lexicons_of(population)
    roomy = _with_room(population)
    identity = longer(np.where(population.records.is_restricted, 0, identities).astype(np.int64), ROOM + 1)
    entries = entries_of(roomy, 0, count)
    return Index(
        population=roomy,
        count=count,
        tokens_used=tokens,
        postcodes_used=postcodes,
        relatives_used=len(population.names.relative),
        agencies=tuple(agencies),
        record_ids=RecordIds.of(record_ids),
        identity=identity,
        following=_rings(identity),
        is_gone=np.zeros(len(identity), np.bool_),
        entries=entries,
        directory=directory_of(entries),
        recent=np.empty(0, np.uint64),
        lexicons=lexicons,
        children=children,
        mates=mates,
        year_chance=_year_chances(population.records.year),
    )


def entries_of(population: Population, first: int, stop: int) -> Entries:
    found = np.empty(count_and_write(*population, first, stop, np.empty(0, np.uint64), False), np.uint64)
    count_and_write(*population, first, stop, found, True)
    found.sort()
    return found


def directory_of(entries: Entries) -> NDArray[np.int64]:
    """Where the entries begin whose key begins with each number of DIRECTORY_BITS bits."""
    firsts = np.arange(1 << DIRECTORY_BITS, dtype=np.uint64) << np.uint64(64 - DIRECTORY_BITS)
    return np.append(np.searchsorted(entries, firsts), len(entries)).astype(np.int64)


def _rings(identity: NDArray[np.int64]) -> NDArray[np.int32]:
    """From each row to the next of its identity, from the last to the first."""
    following = np.arange(len(identity), dtype=np.int32)
    order = np.argsort(identity, kind="stable")
    order = order[identity[order] > 0]
    if len(order):
        numbers = identity[order]
        first = np.concatenate(([True], numbers[1:] != numbers[:-1]))
        begins = order[np.flatnonzero(first)][np.cumsum(first) - 1]
        is_last = np.concatenate((first[1:], [True]))
        following[order] = np.where(is_last, begins, np.concatenate((order[1:], order[:1])))
    return following


def _year_chances(years: NDArray[np.int16]) -> NDArray[np.float32]:
    seen = np.bincount(np.clip(years[years > 0], 0, 2199), minlength=2200) + 0.5
    chance: NDArray[np.float32] = np.log2(seen / seen.sum()).astype(np.float32)
    return chance


def longer(array: NDArray[Any], rows: int) -> NDArray[Any]:
    return np.concatenate((array, np.zeros((rows, *array.shape[1:]), array.dtype)))


def _with_room(population: Population) -> Population:
    records, names, postcodes = population
    used = len(names.relative)
    relative = longer(names.relative.astype(np.int32), RELATIVES_OF_A_QUERY)
    starts = np.concatenate(
        (names.relative_start, np.full(ROOM + QUERY_TOKENS, used, names.relative_start.dtype))
    )
    columns = {
        name: longer(column, ROOM + QUERY_TOKENS)
        for name, column in names._asdict().items()
        if name not in ("relative", "relative_start", "memo")
    }
    # No memory of pairs of tokens: a search's token is another token each time.
    columns["memo"] = np.zeros(1, names.memo.dtype)
    return Population(
        Records(*(longer(column, ROOM + 1) for column in records)),
        Names(relative=relative, relative_start=starts, **columns),
        Postcodes(*(longer(column, ROOM + 1) for column in postcodes)),
    )


def _lexicons_of(population: Population) -> Lexicons:
    names, postcodes = population.names, population.postcodes
    tokens = lexicon(names.letters)
    has_bones = np.flatnonzero(names.skeleton > 0)
    bones = [skeleton(bytes(names.letters[row]).rstrip(b"\0").decode()) for row in has_bones]
    width = max((len(each) for each in bones), default=1)
    bone_letters = np.array([each.encode() for each in bones], f"S{width}").view(np.uint8)
    return Lexicons(
        tokens,
        lexicon(names.heard),
        lexicon(bone_letters.reshape(-1, width), has_bones),
        lexicon(postcodes.letters),
        lexicon(cut_letters(postcodes.letters, postcodes.length, 2)),
        lexicon(cut_letters(postcodes.letters, postcodes.length, 3)),
        lexicon(_area_letters(postcodes.letters)),
    )


def _area_letters(letters: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """One letter or two, as the second is a letter or a digit."""
    two = letters[:, :2].copy()
    two[(two[:, 1] < ord("A")), 1] = 0
    return two


def _lexicons(lexicons: Lexicons) -> tuple[Lexicon, ...]:
    return (
        lexicons.tokens, lexicons.sounds, lexicons.skeletons, lexicons.postcodes, lexicons.sectors,
        lexicons.districts, lexicons.areas,
    )  # fmt: skip


def relatives_of(token: str, tokens: Lexicon) -> list[int]:
    return sorted(row for other in relatives().get(token, ()) if (row := tokens.row(other.encode())))
