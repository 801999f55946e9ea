"""Records that arrive in an index and records that go, without building it anew.

Frequencies stay those of the last building: a few records more or less do not change how rare a name is.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sightline.identity.arrays import Names, Population, Postcodes, Records
from sightline.identity.asking import fill_postcode, fill_token
from sightline.identity.index import (
    LARGEST_RECENT,
    QUERY_TOKENS,
    RELATIVES_OF_A_QUERY,
    ROOM,
    Index,
    directory_of,
    entries_of,
    longer,
    relatives_of,
)
from sightline.identity.reading import population as read

Record = tuple[str, str]


def add(index: Index, people: pl.DataFrame, *, identities: NDArray[np.int64]) -> None:
    """Take in `people` (as for `linking.link`), each in place of what was held of the same record.

    `identities` has the number of each row's identity, 0 for none. A restricted record takes the place of
    what was held of it, and is found by nobody.
    """
    if people.is_empty():
        return
    with index.lock:
        _remove(index, people.select("agency", "record_id").iter_rows())
        new = sorted(set(people["agency"].unique().to_list()) - set(index.agencies))
        index.agencies = (*index.agencies, *new)
        came = read(people, index.agencies)
        tokens = _token_rows(index, came.names)
        places = _postcode_rows(index, came.postcodes)
        first, stop = index.count, index.count + people.height
        _make_room(index, records=people.height)
        held: tuple[NDArray[Any], ...] = index.population.records
        arrived = came.records._replace(
            forenames=tokens[came.records.forenames],
            surnames=tokens[came.records.surnames],
            postcodes=places[came.records.postcodes],
            area=_areas(index, came, places)[came.records.area],
        )
        for column, values in zip(held, arrived, strict=True):
            np.asarray(column)[first:stop] = values
        index.record_ids.more.extend(people["record_id"].to_list())
        for row, record in enumerate(people.select("agency", "record_id").iter_rows(), start=first):
            _rows(index)[record] = row
        index.count = stop
        _put_together(index, first, np.where(came.records.is_restricted, 0, identities))
        arrived_entries = entries_of(index.population, first, stop)
        # Two sorted runs: a stable sort merges them in one walk.
        index.recent = np.sort(np.concatenate((index.recent, arrived_entries)), kind="stable")
        if len(index.recent) > LARGEST_RECENT:
            index.entries = np.sort(np.concatenate((index.entries, index.recent)), kind="stable")
            index.directory = directory_of(index.entries)
            index.recent = np.empty(0, np.uint64)


def remove(index: Index, records: Iterable[Record]) -> int:
    """No search finds these records any more; returns how many of them were held."""
    with index.lock:
        return _remove(index, records)


def _remove(index: Index, records: Iterable[Record]) -> int:
    rows = _rows(index)
    found = [row for record in records if (row := rows.pop(record, None)) is not None]
    index.is_gone[found] = True
    return len(found)


def _rows(index: Index) -> dict[Record, int]:
    """Where each record is, made when first asked for: an index that nothing is added to needs it not."""
    if index.rows is None:
        index.rows = {index.record(row): row for row in range(index.count) if not index.is_gone[row]}
    return index.rows


def _token_rows(index: Index, came: Names) -> NDArray[np.int32]:
    """The row in the index of each token that came; new tokens are put in."""
    rows = np.zeros(len(came.length), np.int32)
    new = []
    for at in range(1, len(rows)):
        text = bytes(came.letters[at]).rstrip(b"\0")
        rows[at] = index.lexicons.tokens.row(text)
        if not rows[at]:
            new.append((at, text))
    _make_room(index, tokens=len(new))
    related: list[tuple[int, int]] = []
    for at, text in new:
        row = index.tokens_used
        fill_token(index, row, text.decode(), number=int(_above(index.population.names)))
        index.lexicons.tokens.more[text] = row
        heard = bytes(index.population.names.heard[row]).rstrip(b"\0")
        if not index.lexicons.sounds.row(heard):
            index.lexicons.sounds.more[heard] = row
        index.tokens_used += 1
        rows[at] = row
        related += [(row, other) for other in relatives_of(text.decode(), index.lexicons.tokens)]
    if new:
        _relate(index, related)
    return rows


def _above(names: Names) -> int:
    """A number that no sound and no consonants have, and no search's."""
    held = slice(0, len(names.length) - QUERY_TOKENS)
    return int(max(names.sound[held].max(), names.skeleton[held].max())) + 1


def _relate(index: Index, pairs: Sequence[tuple[int, int]]) -> None:
    """Take pairs of relatives into the lists of both."""
    names = index.population.names
    used = index.relatives_used
    tokens = len(names.length)
    owners = np.repeat(np.arange(tokens), np.diff(np.minimum(names.relative_start, used)))
    both = np.array([*pairs, *((other, one) for one, other in pairs)], np.int64).reshape(-1, 2)
    owners = np.concatenate((owners, both[:, 0]))
    others = np.concatenate((names.relative[:used], both[:, 1]))
    order = np.lexsort((others, owners))
    start = np.searchsorted(owners[order], np.arange(tokens + 1)).astype(names.relative_start.dtype)
    relative = longer(others[order].astype(names.relative.dtype), RELATIVES_OF_A_QUERY)
    index.relatives_used = len(others)
    index.population = index.population._replace(
        names=names._replace(relative=relative, relative_start=start)
    )


def _postcode_rows(index: Index, came: Postcodes) -> NDArray[np.int32]:
    rows = np.zeros(len(came.sector), np.int32)
    for at in range(1, len(rows)):
        text = bytes(came.letters[at]).rstrip(b"\0")
        known = index.lexicons.postcodes.row(text)
        if not known:
            _make_room(index, postcodes=1)
            known = index.postcodes_used
            places = index.population.postcodes
            highest = max(int(column[:-1].max()) for column in places[2:5])
            fill_postcode(index, known, text.decode(), number=highest + 1)
            index.lexicons.postcodes.more[text] = known
            parts = (text[:-2], text[:-3], text[:2] if text[1:2].isalpha() else text[:1])
            kinds = (index.lexicons.sectors, index.lexicons.districts, index.lexicons.areas)
            for lexicon, part in zip(kinds, parts, strict=True):
                if part and not lexicon.row(part):
                    lexicon.more[part] = known
            index.postcodes_used += 1
        rows[at] = known
    return rows


def _areas(index: Index, came: Population, places: NDArray[np.int32]) -> NDArray[np.int32]:
    """The index's number of each area that came."""
    numbers = np.zeros(int(came.postcodes.area.max(initial=0)) + 1, np.int32)
    numbers[came.postcodes.area] = index.population.postcodes.area[places]
    numbers[0] = 0
    return numbers


def _put_together(index: Index, first: int, identities: NDArray[np.int64]) -> None:
    """Set the new rows' identities, and each into the ring of those that are of it."""
    stop = first + len(identities)
    wanted = np.unique(identities[identities > 0])
    held = np.flatnonzero(np.isin(index.identity[:first], wanted) & ~index.is_gone[:first])
    ring = dict(zip(index.identity[held].tolist(), held.tolist(), strict=True))
    index.identity[first:stop] = identities
    index.is_gone[first:stop] = False
    for row, number in enumerate(identities.tolist(), start=first):
        index.following[row] = row
        if number and number in ring:
            index.following[row] = index.following[ring[number]]
            index.following[ring[number]] = row
        elif number:
            ring[number] = row


def _make_room(index: Index, *, records: int = 0, tokens: int = 0, postcodes: int = 0) -> None:
    """Grow what is too short. The last rows, which are the search's, hold nothing between two searches."""
    held, names, places = index.population
    if index.count + records > len(held.born) - 1:
        more = max(records, ROOM, index.count // 16)
        held = Records(*(longer(column, more) for column in held))
        index.identity, index.is_gone = longer(index.identity, more), longer(index.is_gone, more)
        index.following = np.append(index.following, np.arange(len(index.following), len(held.born)))
        index.following = index.following.astype(np.int32)
    if index.tokens_used + tokens > len(names.length) - QUERY_TOKENS:
        more = max(tokens, ROOM, index.tokens_used // 16)
        grown: dict[str, Any] = {
            name: longer(column, more)
            for name, column in names._asdict().items()
            if name not in ("relative", "relative_start", "memo")
        }
        ends = np.full(more, index.relatives_used, names.relative_start.dtype)
        names = names._replace(relative_start=np.append(names.relative_start, ends), **grown)
    if index.postcodes_used + postcodes > len(places.sector) - 1:
        places = Postcodes(*(longer(column, max(postcodes, ROOM)) for column in places))
    index.population = Population(held, names, places)
