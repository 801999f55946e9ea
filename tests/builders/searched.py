"""An index of invented people, and searches of it."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from people_frames import AGENCIES, a_crowd, a_frame

from sightline.identity.index import Index, index_of
from sightline.identity.searching import Answer, Search, find
from sightline.identity.sought import sought
from sightline.identity.weights import shipped_weights

WEIGHTS = shipped_weights()


def an_index(
    *records: dict[str, object],
    identities: Sequence[int] = (),
    crowd: int = 300,
    people: pl.DataFrame | None = None,
) -> Index:
    """`records` among a crowd; the first of them have `identities`, every other is none's but its own."""
    frame = a_frame(*records, *a_crowd(crowd)) if people is None else people
    numbers = np.zeros(len(frame), np.int64)
    numbers[: len(identities)] = identities
    return index_of(frame, agencies=AGENCIES, identities=numbers, weights=WEIGHTS)


def look(index: Index, *, everyone: bool = False, search: Search | None = None, **typed: str) -> Answer:
    return find(index, sought(**typed), weights=WEIGHTS, search=search, everyone=everyone)


def found(index: Index, **typed: str) -> list[str]:
    """The record that stands first of each identity found, the likeliest identity first."""
    return [each.records[0].record[1] for each in look(index, **typed).candidates]
