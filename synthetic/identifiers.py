"""Numbers as agencies give them out: each used once, none telling whose neighbour its child is."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

NHS_SLOTS = 14_900_000
"""Births for which numbers are kept free. Each has six, so that twins are numbered one after another."""

_UPN_LETTERS = np.array(list("ABCDEFGHJKLMNPQRTUVWXYZ"))
_UPN_PER_AUTHORITY = 9_000 * 999


def scattered(index: Numbers, domain: int, key: int) -> Numbers:
    """Each index to a number below `domain`, all different, in no order: a cipher walked until it fits."""
    if index.size and int(index.max()) >= domain:
        raise ValueError(f"only {domain:,} numbers of this kind can be given out")
    side = math.isqrt(domain - 1) + 1
    value = _rounds(index.astype(np.uint64), side, key)
    while (outside := value >= domain).any():
        value[outside] = _rounds(value[outside], side, key)
    return value.astype(np.int64)


def _rounds(value: NDArray[np.uint64], side: int, key: int) -> NDArray[np.uint64]:
    width = np.uint64(side)
    left, right = value // width, value % width
    for step in range(4):
        left, right = right, (left + _mixed(right, key * 4 + step)) % width
    mixed: NDArray[np.uint64] = left * width + right
    return mixed


def _mixed(value: NDArray[np.uint64], key: int) -> NDArray[np.uint64]:
    """A hash of 32 bits of each value."""
    with np.errstate(over="ignore"):
        value = (value + np.uint64(key * 0x9E3779B97F4A7C15 & (2**64 - 1))) * np.uint64(0xBF58476D1CE4E5B9)
        value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (value ^ (value >> np.uint64(31))) >> np.uint64(32)


def nhs_numbers(births: Numbers, order: Numbers, key: int) -> Numbers:
    """A number of the range that starts with 9, never issued, for the `order`-th child of each birth."""
    nine = 900_000_000 + scattered(births, NHS_SLOTS, key) * 6
    numbers = np.zeros(births.size, np.int64)
    found = np.full(births.size, -1)
    for step in range(6):
        digits = (nine + step)[:, None] // 10 ** np.arange(8, -1, -1) % 10
        check = (11 - digits @ np.arange(10, 1, -1) % 11) % 11
        found += check < 10
        fits = (found == order) & (numbers == 0) & (check < 10)
        numbers[fits] = (nine + step)[fits] * 10 + check[fits]
    if births.size and not numbers.all():
        raise ValueError("more children of one birth than numbers kept for it")
    return numbers


def upns(pupils: Numbers, authority: Numbers, year: Numbers, key: int) -> Any:
    """Letter, authority, school, year of entry, serial. `pupils` counts within each authority."""
    place = scattered(pupils, _UPN_PER_AUTHORITY, key)
    body = ((authority * 10_000 + 1_000 + place // 999) * 100 + year % 100) * 1_000 + 1 + place % 999
    digits = body[:, None] // 10 ** np.arange(11, -1, -1) % 10
    letters = _UPN_LETTERS[digits @ np.arange(2, 14) % 23]
    return np.char.add(letters, body.astype("U12"))
