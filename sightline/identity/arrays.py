"""The records of a run as plain arrays: what the scoring kernel reads, and nothing else.

A cluster engine can build the same arrays for a block of records and call the same kernel. Token 0,
postcode 0 and day 0 mean “none”.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FORENAME_SLOTS = 5  # 0 the first, 1 the preferred one, 2 to 4 the others
SURNAME_SLOTS = 4
TOKEN_BYTES = 16
POSTCODE_BYTES = 8

Ints = NDArray[np.int32]
Bits = NDArray[np.float32]


MEMO_SLOTS = 1 << 20


class Names(NamedTuple):
    """The vocabulary of name tokens, row 0 standing for none.

    `chance_*` are base-2 logarithms of how often a stranger's name agrees with this token at a level: the
    same token, one that sounds the same, one that a slip of the keyboard makes, one of the same person's
    other names. They come from the frequencies in the data at hand.
    """

    letters: NDArray[np.uint8]  # (tokens, TOKEN_BYTES)
    length: NDArray[np.uint8]
    made_of: NDArray[np.uint32]  # one bit for each letter of the alphabet in it
    heard: NDArray[np.uint8]  # the letters of the sound
    heard_length: NDArray[np.uint8]
    is_title: NDArray[np.bool_]  # borne beside or instead of a surname
    sound: Ints
    skeleton: Ints
    relative_start: Ints  # (tokens + 1,): where each token's relatives begin in `relative`
    relative: Ints  # sorted within each token
    chance_forename: Bits  # (tokens, 4): same, sound, slip, relative
    chance_surname: Bits  # (tokens, 4)
    memo: NDArray[np.uint64]
    """How pairs of tokens met before stand to each other, so that it is worked out once: MEMO_SLOTS of
    them, or a single one to keep none (where a token's number may come to mean another token). A slot is
    one 64-bit word, so threads may share it."""


class Postcodes(NamedTuple):
    """The postcodes at hand, row 0 standing for none; `chance` per postcode, sector, district and area."""

    letters: NDArray[np.uint8]  # (postcodes, POSTCODE_BYTES)
    length: NDArray[np.uint8]
    sector: Ints
    district: Ints
    area: Ints
    chance: Bits  # (postcodes, 4)


class Records(NamedTuple):
    """One row a record, in the order in which they were given."""

    agency: NDArray[np.int8]
    forenames: Ints  # (records, FORENAME_SLOTS) tokens
    surnames: Ints  # (records, SURNAME_SLOTS) tokens
    born: Ints  # days since 1899-12-31, 0 none; the expected day of an unborn child
    year: NDArray[np.int16]
    month: NDArray[np.int8]
    day: NDArray[np.int8]
    is_expected: NDArray[np.bool_]
    sex: NDArray[np.int8]  # 0 not known, 1 male, 2 female
    postcodes: Ints  # (records, 2): the current one, an earlier one
    area: Ints  # of the postcode, or told by school, practice or authority; 0 none
    nhs_number: NDArray[np.int64]
    upn: NDArray[np.int64]
    is_restricted: NDArray[np.bool_]


class Population(NamedTuple):
    records: Records
    names: Names
    postcodes: Postcodes
