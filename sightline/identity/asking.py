"""A search written into an index as one more record: the same tokens, sounds and places as any other."""

from collections.abc import Iterator
from datetime import date
from functools import cache

import numpy as np
import polars as pl

from sightline.identity.arrays import FORENAME_SLOTS, POSTCODE_BYTES, SURNAME_SLOTS, TOKEN_BYTES
from sightline.identity.index import (
    NEW_NUMBER,
    QUERY_TOKENS,
    RELATIVES_OF_A_QUERY,
    Index,
    relatives_of,
)
from sightline.identity.lexicons import Lexicon
from sightline.identity.names import skeleton, sound, tables, tokens_of, without_brackets
from sightline.identity.sought import Sought
from sightline.vocabulary.codes import Sex

_EPOCH = date(1970, 1, 1)
_DAYS_BEFORE_EPOCH = 25567  # as reading.population counts them
_SEXES = {Sex.MALE: 1, Sex.FEMALE: 2}


def forename_tokens(text: str) -> tuple[str, ...]:
    """By slot, empty for none, as `reading` fills them."""
    outside, inside = without_brackets(text)
    found = tokens_of(outside, is_forename=True).tokens
    more = [token for name in inside for token in tokens_of(name, is_forename=True).tokens]
    return (*found[:1], "", *dict.fromkeys((*found[1:], *more)))[:FORENAME_SLOTS]


def surname_tokens(*texts: str) -> tuple[str, ...]:
    found: list[str] = []
    for text in texts:
        outside, inside = without_brackets(text)
        for name in (outside, *inside):
            found += tokens_of(name, is_forename=False).tokens
    return tuple(dict.fromkeys(found))[:SURNAME_SLOTS]


def day_number(day: date) -> int:
    return (day - _EPOCH).days + _DAYS_BEFORE_EPOCH


def write_query(index: Index, sought: Sought) -> int:
    """Write the search into its row; returns that row. The caller holds the index's lock."""
    row = index.query
    records = index.population.records
    forenames = forename_tokens(sought.forenames)
    surnames = surname_tokens(sought.surname, *filter(None, (sought.former_surname,)))
    rows = _token_rows(index, [token for token in (*forenames, *surnames) if token])
    records.forenames[row] = 0
    records.surnames[row] = 0
    for slot, token in enumerate(forenames):
        records.forenames[row, slot] = rows[token] if token else 0
    for slot, token in enumerate(surnames):
        records.surnames[row, slot] = rows[token]
    born = sought.born
    whole = born.whole if born else None
    records.born[row] = day_number(whole) if whole else 0
    records.year[row] = born.year if born else 0
    records.month[row] = born.month if born else 0
    records.day[row] = born.day if born else 0
    records.is_expected[row] = False
    records.sex[row] = _SEXES.get(sought.sex, 0) if sought.sex else 0
    place = _postcode_row(index, sought.postcode) if sought.postcode else 0
    records.postcodes[row] = (place, 0)
    records.area[row] = index.population.postcodes.area[place] if place else 0
    records.nhs_number[row] = int(sought.nhs_number) if sought.nhs_number else 0
    records.upn[row] = int(pl.Series([sought.upn]).hash(7)[0]) >> 1 if sought.upn else 0
    records.agency[row] = len(index.agencies)  # of no agency that is held
    records.is_restricted[row] = False
    return row


def exchanged_day(sought: Sought) -> int:
    """The number of the day with day and month exchanged, 0 where there is none."""
    born = sought.born
    if born is None or not born.day or born.day > 12 or born.day == born.month:
        return 0
    return day_number(date(born.year, born.day, born.month))


def _token_rows(index: Index, tokens: list[str]) -> dict[str, int]:
    names = index.population.names
    base = len(names.length) - QUERY_TOKENS
    used = index.relatives_used
    rows: dict[str, int] = {}
    new = 0
    for token in dict.fromkeys(tokens):
        known = index.lexicons.tokens.row(token[:TOKEN_BYTES].encode())
        if known:
            rows[token] = known
            continue
        at = base + new
        new += 1
        fill_token(index, at, token, number=NEW_NUMBER + new)
        related = relatives_of(token, index.lexicons.tokens)[:64]
        stop = min(used + len(related), index.relatives_used + RELATIVES_OF_A_QUERY)
        names.relative[used:stop] = related[: stop - used]
        names.relative_start[at] = used
        used = stop
        names.relative_start[at + 1] = used
        rows[token] = at
    return rows


def fill_token(index: Index, at: int, token: str, *, number: int) -> None:
    """A token that nobody bore when the index was built: its letters and sound, and the least of chances."""
    names, lexicons = index.population.names, index.lexicons
    heard, bones = sound(token), skeleton(token)
    _write_letters(names.letters, at, token.encode(), TOKEN_BYTES)
    names.length[at] = min(len(token), TOKEN_BYTES)
    made = 0
    for letter in token.encode()[:TOKEN_BYTES]:
        made |= 1 << ((letter - ord("a")) & 31)
    names.made_of[at] = made
    _write_letters(names.heard, at, heard.encode(), TOKEN_BYTES)
    names.heard_length[at] = min(len(heard), TOKEN_BYTES)
    names.is_title[at] = heard in _titles_heard()
    like = lexicons.sounds.row(heard[:TOKEN_BYTES].encode())
    names.sound[at] = names.sound[like] if like else number
    with_bones = lexicons.skeletons.row(bones.encode()) if bones else 0
    names.skeleton[at] = names.skeleton[with_bones] if with_bones else (number if bones else 0)
    for table in (names.chance_forename, names.chance_surname):
        table[at] = table[0, 0]  # row 0, of no name, has the least chance
        if like:
            table[at, 1] = table[like, 1]


@cache
def _titles_heard() -> frozenset[str]:
    return frozenset(sound(word) for word in tables().titles)


def _postcode_row(index: Index, text: str) -> int:
    known = index.lexicons.postcodes.row(text.encode()[:POSTCODE_BYTES])
    if known:
        return known
    at = len(index.population.postcodes.sector) - 1
    fill_postcode(index, at, text, number=NEW_NUMBER)
    return at


def fill_postcode(index: Index, at: int, text: str, *, number: int) -> None:
    """A postcode that nobody lived at when the index was built."""
    postcodes = index.population.postcodes
    _write_letters(postcodes.letters, at, text.encode(), POSTCODE_BYTES)
    postcodes.length[at] = min(len(text.encode()), POSTCODE_BYTES)
    postcodes.chance[at] = postcodes.chance[0, 0]
    for column, (place, like) in enumerate(_parts(index, text), start=1):
        place[at] = place[like] if like else number
        if like:
            postcodes.chance[at, column] = postcodes.chance[like, column]


def _parts(index: Index, text: str) -> Iterator[tuple[np.ndarray, int]]:
    postcodes, lexicons = index.population.postcodes, index.lexicons

    def like(lexicon: Lexicon, part: str) -> int:
        return lexicon.row(part.encode()) if part else 0

    yield postcodes.sector, like(lexicons.sectors, text[:-2])
    yield postcodes.district, like(lexicons.districts, text[:-3])
    yield postcodes.area, like(lexicons.areas, text[:2] if text[1:2].isalpha() else text[:1])


def _write_letters(letters: np.ndarray, at: int, text: bytes, width: int) -> None:
    cut = text[:width]
    letters[at] = 0
    letters[at, : len(cut)] = np.frombuffer(cut, np.uint8)
